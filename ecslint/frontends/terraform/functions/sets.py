"""Functions of sets.

Source: go-cty's `stdlib/set.go` and `stdlib/collection.go`.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.convert import convert
from ecslint.frontends.terraform.cty.data import HEAVIEST
from ecslint.frontends.terraform.cty.sets import Members, make_set
from ecslint.frontends.terraform.cty.types import DYNAMIC, Type, list_of, set_of, tuple_of
from ecslint.frontends.terraform.cty.unify import unify
from ecslint.frontends.terraform.cty.value import Elements, Typed, sequence
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.elements import countable, items_of, unsure
from ecslint.frontends.terraform.functions.function import Parameter, function

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Combine = Callable[[list[Typed], list[Typed]], list[Typed]]

SETS = set_of(DYNAMIC)


def _returns(values: Sequence[Typed]) -> Type:
    elements = [
        value.type.element
        for value in values
        if value.type.element.kind != "dynamic"
        or value.doubt
        or not isinstance(value.data, Elements)
        or value.data.items
    ]
    if not elements:
        return SETS
    common = unify(elements, True)
    if common is None:
        raise Failure("given sets must all have compatible element types")
    return set_of(common)


def _those(mine: list[Typed], theirs: list[Typed], shared: bool) -> list[Typed]:
    members = Members(theirs)
    return [item for item in mine if (item in members) is shared]


def _operation(
    name: str, parameters: tuple[Parameter, ...], rest: Parameter | None, combine: Combine, loose: bool
) -> None:
    @function(name, *parameters, rest=rest, returns=_returns)
    def run(*values: Typed) -> Typed:
        kind = _returns(values)
        sets = [convert(value, kind) for value in values]
        if not loose and not all(value.whole for value in sets):
            return unsure(kind, sets)
        if len({value.type for value in sets}) > 1:
            raise Failure("the sets have elements of different types")
        items = items_of(sets[0])
        for other in sets[1:]:
            items = combine(items, items_of(other))
        return make_set(items, kind.element)


_SET = Parameter("first_set", SETS, dynamic=True)
_operation("setunion", (_SET,), _SET, lambda mine, theirs: [*mine, *theirs], True)
_operation("setintersection", (_SET,), _SET, lambda mine, theirs: _those(mine, theirs, True), False)
_operation("setsubtract", (_SET, _SET), None, lambda mine, theirs: _those(mine, theirs, False), False)


def _product_returns(values: Sequence[Typed]) -> Type:
    if len(values) < 2:
        raise Failure("at least two arguments are required")
    elements: list[Type] = []
    for value in values:
        kind = value.type
        if kind.kind == "tuple":
            common = unify(kind.elements, True) if kind.elements else DYNAMIC
            if common is None:
                raise Failure("all elements must be of the same type")
            elements.append(common)
        elif kind.kind in {"list", "set"}:
            elements.append(kind.element)
        else:
            raise Failure("a set or a list is required")
    ordered = all(value.type.kind != "set" for value in values)
    return (list_of if ordered else set_of)(tuple_of(elements))


@function("setproduct", rest=Parameter("sets", unknown=True), returns=_product_returns)
def setproduct(*values: Typed) -> Typed:
    kind = _product_returns(values)
    if not all(countable(value) for value in values):
        return unsure(kind, values)
    rows = [items_of(value) for value in values]
    if prod(map(len, rows)) * len(rows) > HEAVIEST:
        raise Declined("the product is too large to work out here")
    types = kind.element.elements
    made = [sequence([convert(item, type) for item, type in zip(row, types, strict=True)]) for row in product(*rows)]
    if len({row.type for row in made}) > 1:
        raise Failure("the elements of an argument are of different types")
    return sequence(made, "list", kind.element) if kind.kind == "list" else make_set(made, kind.element)
