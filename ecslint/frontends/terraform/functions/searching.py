"""Functions that count and search.

Source: go-cty's `stdlib/collection.go`, Terraform's `lang/funcs/collection.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.compare import equal
from ecslint.frontends.terraform.cty.text import clusters
from ecslint.frontends.terraform.cty.types import (
    BOOL,
    NUMBER,
)
from ecslint.frontends.terraform.cty.value import (
    Elements,
    Fields,
    Typed,
    boolean,
    text_of,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.elements import countable, items_of, unsure
from ecslint.frontends.terraform.functions.function import Parameter, function

if TYPE_CHECKING:
    from collections.abc import Sequence


@function("length", Parameter("value", unknown=True, dynamic=True), returns=NUMBER)
def length(value: Typed) -> Typed:
    kind = value.type
    if kind.kind in {"number", "bool"}:
        raise Failure("argument must be a string, a collection type, or a structural type")
    if kind.kind == "tuple":
        return Typed(numbers.whole(len(kind.elements)), NUMBER)
    if kind.kind == "object":
        return Typed(numbers.whole(len(kind.attributes)), NUMBER)
    data = value.data
    if value.doubt or not countable(value):
        return unsure(NUMBER, [value])
    if isinstance(data, Elements):
        return Typed(numbers.whole(len(data.items)), NUMBER)
    if isinstance(data, Fields):
        return Typed(numbers.whole(len(data.table)), NUMBER)
    return Typed(numbers.whole(len(clusters(text_of(value)))), NUMBER)


def _contains_sketch(values: Sequence[Typed]) -> Typed | None:
    value, wanted = values
    if isinstance(value.data, Elements) and not wanted.doubt:
        answers = [equal(item, wanted) for item in value.data.items]
        if any(answer.yes for answer in answers):
            return boolean(True)
        if not value.data.open and all(answer.no for answer in answers):
            return boolean(False)
    return None


@function("contains", Parameter("list"), Parameter("value"), returns=BOOL, sketch=_contains_sketch)
def contains(value: Typed, wanted: Typed) -> Typed:
    if not value.type.sequence:
        raise Failure("argument must be list, tuple, or set")
    answers = [equal(wanted, item) for item in items_of(value)]
    if any(answer.yes for answer in answers):
        return boolean(True)
    if any(answer.maybe for answer in answers):
        return unsure(BOOL, [value, wanted])
    return boolean(False)
