"""Functions that pick values out of others: `coalesce`, `one`, `index`, `matchkeys`, and truth over lists.

Source: Terraform's `lang/funcs/collection.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import maybe
from ecslint.frontends.terraform.cty.compare import equal
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, Type, list_of, map_of
from ecslint.frontends.terraform.cty.unify import unify
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Typed,
    boolean,
    mapping,
    null,
    sequence,
    string,
    text_of,
    unknown,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.elements import LISTS, countable, fields_of, items_of, unsure
from ecslint.frontends.terraform.functions.function import Parameter, anything, function
from ecslint.frontends.terraform.functions.strings import TEXTS
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Sequence


def _coalesce_returns(values: Sequence[Typed]) -> Type:
    found = unify([value.type for value in values], True)
    if found is None:
        raise Failure("all arguments must have the same type")
    return found


@function("coalesce", rest=anything("vals"), returns=_coalesce_returns)
def coalesce(*values: Typed) -> Typed:
    """The first that is neither null nor empty; an unknown one on the way may be it."""
    kind = _coalesce_returns(values)
    for value in values:
        try:
            found = convert(value, kind)
        except Mismatch:
            # Terraform does not look whether the conversion succeeds, and takes what is left for null.
            continue
        if found.doubt:
            result = found if _certain(found) else unsure(kind, [found])
            return Typed(result.data, kind, result.place, result.hops, doubt=Doubt.NOT_NULL)
        if not found.null and not (kind.kind == "string" and text_of(found) == ""):
            return found
    raise Failure("no non-null, non-empty-string arguments")


def _certain(value: Typed) -> bool:
    """Whether an unknown value is certainly neither null nor empty."""
    return value.doubt is Doubt.NOT_NULL and (value.type.kind != "string" or value.equals("").no)


@function("index", Parameter("list"), Parameter("value"), returns=NUMBER)
def index(value: Typed, wanted: Typed) -> Typed:
    if value.type.kind not in {"list", "tuple"}:
        raise Failure("argument must be a list or tuple")
    items = items_of(value)
    if not items:
        raise Failure("cannot search an empty list")
    for at, item in enumerate(items):
        answer = equal(item, wanted)
        if answer.maybe:
            return unsure(NUMBER, [item, wanted])
        if answer.yes:
            return Typed(numbers.whole(at), NUMBER)
    raise Failure("item not found")


def _matchkeys_returns(values: Sequence[Typed]) -> Type:
    if unify([values[1].type, values[2].type], True) is None:
        raise Failure("keys and searchset must be of the same type")
    return values[0].type


@function(
    "matchkeys",
    Parameter("values", LISTS),
    Parameter("keys", LISTS),
    Parameter("searchset", LISTS),
    returns=_matchkeys_returns,
)
def matchkeys(values: Typed, keys: Typed, wanted: Typed) -> Typed:
    kind = _matchkeys_returns([values, keys, wanted])
    if len(items_of(values)) != len(items_of(keys)):
        raise Failure("length of keys and values should be equal")
    common = unify([keys.type, wanted.type], True)
    assert common is not None
    names, searched = items_of(convert(keys, common)), items_of(convert(wanted, common))
    if not searched:
        return sequence([], "list", kind.element)
    if not values.whole or not keys.whole:
        return unsure(kind, [values, keys])
    kept = []
    for name, item in zip(names, items_of(values), strict=True):
        answers = [equal(name, other) for other in searched]
        first = next((answer for answer in answers if not answer.no), None)
        if first is not None and first.maybe:
            return sequence([], "list", kind.element)
        if first is not None:
            kept.append(item)
    return sequence(kept, "list", kind.element)


def _one_returns(values: Sequence[Typed]) -> Type:
    kind = values[0].type
    if kind.kind in {"list", "set"}:
        return kind.element
    if kind.kind == "tuple" and len(kind.elements) <= 1:
        return kind.elements[0] if kind.elements else DYNAMIC
    raise Failure("must be a list, set, or tuple value with either zero or one elements")


def _one_sketch(values: Sequence[Typed]) -> Typed | None:
    data = values[0].data
    if not isinstance(data, Elements) or data.open or len(data.items) != 1:
        return None
    found = items_of(values[0])[0]
    if not maybe(found):
        return found
    from ecslint.frontends.terraform.cty.choice import distribute
    from ecslint.value import ABSENT

    return distribute([found], lambda ways: null(place=found.place) if ways[0].data is ABSENT else ways[0])


@function("one", Parameter("list"), returns=_one_returns, sketch=_one_sketch, nullable=True)
def one(value: Typed) -> Typed:
    kind = _one_returns([value])
    if not countable(value):
        return unsure(kind, [value], nullable=True)
    items = items_of(value)
    if len(items) > 1:
        raise Failure("must be a list, set, or tuple value with either zero or one elements")
    return items[0] if items else null(kind, value.place)


@function("alltrue", Parameter("list", list_of(BOOL)), returns=BOOL)
def alltrue(value: Typed) -> Typed:
    for item in items_of(value):
        if item.doubt:
            return unsure(BOOL, [item])
        if not item.data:
            return boolean(False)
    return boolean(True)


@function("anytrue", Parameter("list", list_of(BOOL)), returns=BOOL)
def anytrue(value: Typed) -> Typed:
    items = items_of(value)
    if any(item.data is True and not item.doubt for item in items):
        return boolean(True)
    return unsure(BOOL, items) if any(item.doubt for item in items) else boolean(False)


@function("transpose", Parameter("values", map_of(TEXTS)), returns=map_of(TEXTS))
def transpose(value: Typed) -> Typed:
    if not value.whole:
        return unsure(map_of(TEXTS), [value])
    turned: dict[str, list[str]] = {}
    for key, names in fields_of(value):
        if names.null or any(name.null for name in items_of(names)):
            raise Failure("input must not contain null")
        for name in items_of(names):
            turned.setdefault(text_of(name), []).append(key.written)
    entries = [
        (Key(name), sequence([string(key) for key in sorted(keys)], "list", STRING)) for name, keys in turned.items()
    ]
    return mapping(entries, "map", TEXTS)


def _gone(name: str, instead: str) -> None:
    @function(name, rest=anything("vals"))
    def run(*_: Typed) -> Typed:
        raise Failure(f'the "{name}" function is no longer available; use {instead}')


_gone("list", "tolist([ ... ])")
_gone("map", "tomap({ ... })")


def _later(name: str, *parameters: Parameter, rest: Parameter | None = None) -> None:
    """A function whose result is another one at every run."""

    @function(name, *parameters, rest=rest, returns=STRING)
    def run(*_: Typed) -> Typed:
        return unknown(STRING, f"`{name}()` gives another result at every run", doubt=Doubt.NOT_NULL)


_later("timestamp")
_later("plantimestamp")
_later("uuid")
_later("bcrypt", Parameter("str", STRING), rest=Parameter("cost", NUMBER))
