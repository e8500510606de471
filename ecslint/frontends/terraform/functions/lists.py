"""Functions of lists.

Source: go-cty's `stdlib/collection.go` and `sequence.go`. What an unknown list certainly holds is kept where the
function lets it be told.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import maybe
from ecslint.frontends.terraform.cty.convert import convert
from ecslint.frontends.terraform.cty.sets import Members
from ecslint.frontends.terraform.cty.types import (
    DYNAMIC,
    STRING,
    Type,
    list_of,
    tuple_of,
)
from ecslint.frontends.terraform.cty.unify import unify
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Typed,
    sequence,
    text_of,
    why,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.elements import LATER, LISTS, items_of, unsure
from ecslint.frontends.terraform.functions.function import Parameter, anything, function, number
from ecslint.frontends.terraform.functions.strings import TEXTS, whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence


def _element_returns(values: Sequence[Typed]) -> Type:
    kind, index = values[0].type, values[1]
    if kind.kind == "list":
        return kind.element
    if kind.kind != "tuple":
        raise Failure(f"cannot read elements from {kind.name}")
    if index.doubt:
        return DYNAMIC
    if not kind.elements:
        raise Failure("cannot use element function with an empty list")
    return kind.elements[whole_number(index) % len(kind.elements)]


def _element_sketch(values: Sequence[Typed]) -> Typed | None:
    value, index = values
    data = value.data
    if index.doubt or not isinstance(data, Elements) or data.open or not data.items or any(map(maybe, data.items)):
        return None
    return items_of(value)[whole_number(index) % len(data.items)]


@function(
    "element", Parameter("list"), number("index"), returns=_element_returns, sketch=_element_sketch, nullable=True
)
def element(value: Typed, index: Typed) -> Typed:
    if value.type.kind not in {"list", "tuple"}:
        raise Failure(f"cannot read elements from {value.type.name}")
    items = items_of(value)
    at = whole_number(index)
    if not items:
        raise Failure("cannot use element function with an empty list")
    if at < 0 and value.type.kind == "tuple" and at % len(items):
        # Only lists may be counted from the end in 1.11.
        raise Failure("a negative index is not allowed for a tuple")
    return items[at % len(items)]


def _coalesce_list_returns(values: Sequence[Typed]) -> Type:
    if any(value.doubt for value in values):
        return DYNAMIC
    return values[0].type


@function("coalescelist", rest=anything("vals"), returns=_coalesce_list_returns)
def coalescelist(*values: Typed) -> Typed:
    if not values:
        raise Failure("at least one argument is required")
    for value in takewhile(lambda value: not value.doubt, values):
        if value.type.kind not in {"list", "tuple"}:
            raise Failure("coalescelist arguments must be lists or tuples")
    for value in values:
        if value.doubt:
            return _coalesced_list(values)
        if isinstance(value.data, Elements) and value.data.items:
            return value
    raise Failure("no non-null arguments")


def _coalesced_list(values: Sequence[Typed]) -> Typed:
    """The first list that certainly has elements, if all before it certainly have none."""
    for value in values:
        data = value.data
        if isinstance(data, Elements) and any(not maybe(item) for item in data.items):
            return Typed(data, DYNAMIC, value.place, value.hops, doubt=Doubt.NOT_NULL)
        if not (value.null or (isinstance(data, Elements) and not data.items and not data.open)):
            break
    return unsure(DYNAMIC, values)


def _compact_sketch(values: Sequence[Typed]) -> Typed | None:
    data = values[0].data
    if not isinstance(data, Elements):
        return None
    kept = [item for item in items_of(values[0]) if item.doubt or not (item.null or text_of(item) == "")]
    # An unknown string may be empty, and then it is left out.
    if any(item.doubt and not _has_text(item) for item in kept):
        return Typed(
            Elements([i for i in kept if not i.doubt or _has_text(i)], "list", STRING, LATER), doubt=Doubt.NOT_NULL
        )
    return Typed(Elements(kept, "list", STRING, data.open), doubt=Doubt.NOT_NULL)


def _has_text(value: Typed) -> bool:
    return value.starts_with("").yes and value.equals("").no


@function("compact", Parameter("list", TEXTS), returns=TEXTS, sketch=_compact_sketch)
def compact(value: Typed) -> Typed:
    if not value.whole:
        return _compact_sketch([value]) or unsure(TEXTS, [value])
    kept = [item for item in items_of(value) if not item.null and text_of(item) != ""]
    return sequence(kept, "list", STRING)


@function("distinct", Parameter("list", LISTS), returns=lambda values: values[0].type)
def distinct(value: Typed) -> Typed:
    if not value.whole:
        return unsure(value.type, [value])
    members = Members()
    return sequence([item for item in items_of(value) if members.add(item)], "list", value.type.element)


@function(
    "chunklist", Parameter("list", LISTS, marked=True), number("size"), returns=lambda values: list_of(values[0].type)
)
def chunklist(value: Typed, size: Typed) -> Typed:
    step = whole_number(size)
    if step < 0:
        raise Failure("the size argument must be positive")
    items = items_of(value)
    each = value.type.element
    if not items:
        return sequence([], "list", value.type)
    starts = range(0, len(items), step) if step else [0]
    chunks = [sequence(items[at : at + step] if step else items, "list", each) for at in starts]
    return sequence(chunks, "list", list_of(each))


def _flatten_sketch(values: Sequence[Typed]) -> Typed | None:
    found: list[Typed] = []
    openness: list[str] = []
    _gather(values[0], found, openness)
    return Typed(Elements(found, "tuple", None, next(iter(openness), "")), doubt=Doubt.NOT_NULL)


def _gather(value: Typed, found: list[Typed], openness: list[str]) -> None:
    """All that is in a sequence and in the sequences in it; why there may be more."""
    data = value.data
    assert isinstance(data, Elements)
    if data.open:
        openness.append(data.open)
    for item in items_of(value):
        if isinstance(item.data, Elements) and not item.null:
            _gather(item, found, openness)
        elif item.doubt and (item.type.sequence or item.type.kind == "dynamic") and item.kind != "string":
            openness.append(why(item) or LATER)
        else:
            found.append(item)


@function(
    "flatten",
    Parameter("list", unknown=True),
    returns=lambda _: DYNAMIC,
    sketch=lambda values: _flatten_sketch(values) if isinstance(values[0].data, Elements) else None,
)
def flatten(value: Typed) -> Typed:
    if not isinstance(value.data, Elements):
        if value.whole:
            raise Failure("can only flatten lists, sets and tuples")
        return unsure(DYNAMIC, [value])
    if value.doubt:
        return _flatten_sketch([value]) or unsure(DYNAMIC, [value])
    found: list[Typed] = []
    openness: list[str] = []
    _gather(value, found, openness)
    if not value.whole or openness:
        return Typed(Elements(found, "tuple", None, next(iter(openness), "")), DYNAMIC, doubt=Doubt.NOT_NULL)
    return sequence(found)


def _reverse_returns(values: Sequence[Typed]) -> Type:
    kind = values[0].type
    if kind.kind == "tuple":
        return tuple_of(reversed(kind.elements))
    if kind.kind in {"list", "set"}:
        return list_of(kind.element)
    raise Failure(f"can only reverse list or tuple values, not {kind.name}")


@function("reverse", Parameter("list"), returns=_reverse_returns)
def reverse(value: Typed) -> Typed:
    kind = _reverse_returns([value])
    items = items_of(value)[::-1]
    return sequence(items, "list", kind.element) if kind.kind == "list" else sequence(items)


def _sort_sketch(values: Sequence[Typed]) -> Typed | None:
    data = values[0].data
    if not isinstance(data, Elements):
        return None
    return Typed(Elements(data.items, "list", STRING, data.open or _ORDER), doubt=Doubt.NOT_NULL)


_ORDER = "the order is known only after apply"


@function("sort", Parameter("list", TEXTS), returns=TEXTS, sketch=_sort_sketch)
def sort(value: Typed) -> Typed:
    if not value.whole:
        return _sort_sketch([value]) or unsure(TEXTS, [value])
    items = items_of(value)
    if any(item.null for item in items):
        raise Failure("a null string cannot be sorted")
    return sequence(sorted(items, key=text_of), "list", STRING)


def _bounds(values: Sequence[Typed]) -> tuple[int, int] | None:
    value, start, end = values
    size = len(value.data.items) if isinstance(value.data, Elements) else None
    found: list[int] = []
    for name, index in (("start", start), ("end", end)):
        if index.doubt:
            continue
        at = whole_number(index)
        if at < 0:
            raise Failure(f"{name} index must not be less than zero")
        if size is not None and at > size and not value.doubt:
            raise Failure(f"{name} index must not be greater than the length of the list")
        found.append(at)
    if len(found) < 2:
        return None
    if found[0] > found[1]:
        raise Failure("start index must not be greater than end index")
    return found[0], found[1]


def _slice_returns(values: Sequence[Typed]) -> Type:
    kind = values[0].type
    if kind.kind not in {"list", "tuple"}:
        raise Failure("must be a list or tuple value")
    bounds = _bounds(values)
    if kind.kind == "list":
        return kind
    return DYNAMIC if bounds is None else tuple_of(kind.elements[bounds[0] : bounds[1]])


@function("slice", Parameter("list"), number("start_index"), number("end_index"), returns=_slice_returns)
def slice_(value: Typed, start: Typed, end: Typed) -> Typed:
    kind = value.type
    if kind.kind not in {"list", "tuple"}:
        raise Failure("must be a list or tuple value")
    bounds = _bounds([value, start, end])
    assert bounds is not None
    items = items_of(value)[bounds[0] : bounds[1]]
    return sequence(items, "list", kind.element) if kind.kind == "list" else sequence(items)


def _concat_returns(values: Sequence[Typed]) -> Type:
    if not values:
        raise Failure("at least one argument is required")
    if all(value.type.kind == "list" for value in values):
        common = unify([value.type for value in values], True)
        if common is not None:
            return common
    elements: list[Type] = []
    for value in values:
        kind = value.type
        if kind.kind == "tuple":
            elements += kind.elements
        elif kind.kind == "list":
            if value.doubt or not isinstance(value.data, Elements):
                return DYNAMIC
            elements += [kind.element] * len(value.data.items)
        else:
            raise Failure(f"all arguments must be lists or tuples; got {kind.name}")
    return tuple_of(elements)


def _concat_sketch(values: Sequence[Typed]) -> Typed | None:
    """All that is certainly in one of the lists."""
    found: list[Typed] = []
    openness = ""
    for value in values:
        data = value.data
        if isinstance(data, Elements):
            found += items_of(value)
            openness = openness or data.open
        else:
            openness = openness or why(value) or LATER
    return Typed(Elements(found, "tuple", None, openness), doubt=Doubt.NOT_NULL)


@function("concat", rest=Parameter("seqs"), returns=_concat_returns, sketch=_concat_sketch)
def concat(*values: Typed) -> Typed:
    kind = _concat_returns(values)
    if kind.kind == "list":
        lists = [convert(value, kind) for value in values]
        return sequence([item for value in lists for item in items_of(value)], "list", kind.element)
    return sequence([item for value in values for item in items_of(value)])
