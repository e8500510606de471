"""Functions that convert, mark, and tell types.

Source: Terraform's `lang/funcs/conversion.go` and `sensitive.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.convert import Mismatch, conversion, convert
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, Type, list_of, map_of, set_of
from ecslint.frontends.terraform.cty.value import (
    EPHEMERAL,
    SENSITIVE,
    Doubt,
    Elements,
    Fields,
    Typed,
    boolean,
    null,
    string,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.function import Parameter, function

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY = Parameter("v", null=True, unknown=True, dynamic=True, marked=True)


def _converts(name: str, wanted: Type) -> None:
    @function(name, _ANY, returns=wanted, nullable=True)
    def run(value: Typed) -> Typed:
        if value.type != wanted and conversion(value.type, wanted, True) is None:
            raise Failure(f"cannot convert {value.type.name} to {wanted.name}")
        try:
            made = convert(value, wanted)
        except Mismatch as error:
            raise Failure(f"cannot convert {value.type.name} to {wanted.name}: {error}") from error
        if not value.doubt:
            return made
        # Terraform forgets what it knew of the type of the elements.
        return Typed(made.data, wanted, made.place, made.hops, doubt=Doubt.UNKNOWN, marks=made.marks, key=made.key)


for _name, _type in (
    ("tostring", STRING),
    ("tonumber", NUMBER),
    ("tobool", BOOL),
    ("toset", set_of(DYNAMIC)),
    ("tolist", list_of(DYNAMIC)),
    ("tomap", map_of(DYNAMIC)),
):
    _converts(_name, _type)


def _same(values: Sequence[Typed]) -> Type:
    return values[0].type


@function("sensitive", _ANY, returns=_same, nullable=True)
def sensitive(value: Typed) -> Typed:
    return value.mark(frozenset({SENSITIVE}))


@function("nonsensitive", _ANY, returns=_same, nullable=True)
def nonsensitive(value: Typed) -> Typed:
    return value.copy(marks=value.marks - {SENSITIVE})


@function("issensitive", _ANY, returns=BOOL, nullable=True)
def issensitive(value: Typed) -> Typed:
    if SENSITIVE in value.marks:
        return boolean(True)
    return unknown(BOOL, why(value)) if value.doubt else boolean(False)


@function("ephemeralasnull", _ANY, returns=_same, nullable=True)
def ephemeralasnull(value: Typed) -> Typed:
    if EPHEMERAL in value.marks:
        return null(value.type, value.place)
    data = value.data
    if isinstance(data, Elements) and data.marked:
        inner = Elements([ephemeralasnull(item) for item in data.items], data.form, data.element, data.open)
        return Typed(inner, value._type, value.place, value.hops, doubt=value.doubt, marks=value.marks)
    if isinstance(data, Fields) and data.marked:
        entries = [(key, ephemeralasnull(item)) for key, item in data.entries]
        fields = Fields(entries, data.form, data.element, data.open)
        return Typed(fields, value._type, value.place, value.hops, doubt=value.doubt, marks=value.marks)
    return value


@function("type", Parameter("value", null=True, unknown=True, dynamic=True), returns=STRING)
def type_(value: Typed) -> Typed:
    """Only in `terraform console`, which prints it."""
    return string(value.type.spelled())
