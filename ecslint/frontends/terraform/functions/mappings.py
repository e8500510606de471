"""Functions of maps and objects.

Source: go-cty's `stdlib/collection.go`, Terraform's `lang/funcs/collection.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import otherwise
from ecslint.frontends.terraform.cty.convert import convert
from ecslint.frontends.terraform.cty.types import (
    DYNAMIC,
    EMPTY_OBJECT,
    EMPTY_TUPLE,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    tuple_of,
)
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Fields,
    Typed,
    mapping,
    sequence,
    text_of,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.elements import LATER, fields_of, items_of, unsure
from ecslint.frontends.terraform.functions.function import Parameter, anything, function
from ecslint.frontends.terraform.functions.strings import TEXTS
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def _keys_returns(values: Sequence[Typed]) -> Type:
    kind = values[0].type
    if kind.kind == "map":
        return TEXTS
    if kind.kind == "object":
        return tuple_of([STRING] * len(kind.attributes)) if kind.attributes else EMPTY_TUPLE
    raise Failure("must have map or object type")


@function("keys", Parameter("inputMap", unknown=True), returns=_keys_returns)
def keys(value: Typed) -> Typed:
    kind = _keys_returns([value])
    if kind.kind == "tuple":
        names = sorted(value.type.attributes)
        places = value.data.keys() if isinstance(value.data, Fields) else {}
        return sequence([Typed(name, STRING, places[name].place if name in places else None) for name in names])
    if value.doubt or not isinstance(value.data, Fields):
        return unsure(kind, [value])
    places = value.data.keys()
    return sequence([Typed(key, STRING, places[key].place) for key, _ in value.data.ordered()], "list", STRING)


def _values_returns(values: Sequence[Typed]) -> Type:
    kind = values[0].type
    if kind.kind == "map":
        return list_of(kind.element)
    if kind.kind == "object":
        return tuple_of(kind.attributes[name] for name in sorted(kind.attributes))
    raise Failure("values() requires a map as the first argument")


def _values_sketch(values: Sequence[Typed]) -> Typed | None:
    data = values[0].data
    if not isinstance(data, Fields):
        return None
    return Typed(Elements([item for _, item in _ordered(values[0])], "tuple", None, data.open), doubt=Doubt.NOT_NULL)


def _ordered(value: Typed) -> list[tuple[Key, Typed]]:
    return sorted(fields_of(value), key=lambda entry: entry[0].written)


@function("values", Parameter("mapping"), returns=_values_returns, sketch=_values_sketch)
def values_(value: Typed) -> Typed:
    kind = _values_returns([value])
    items = [item for _, item in _ordered(value)]
    return sequence(items, "list", kind.element) if kind.kind == "list" else sequence(items)


def _lookup_returns(values: Sequence[Typed]) -> Type:
    if len(values) > 3:
        raise Failure(f"lookup() takes two or three arguments, got {len(values)}")
    kind, key = values[0].type, values[1]
    if kind.kind == "map":
        if len(values) == 3:
            convert(values[2], kind.element)
        return kind.element
    if kind.kind != "object":
        raise Failure("lookup() requires a map as the first argument")
    if key.doubt:
        return DYNAMIC
    if text_of(key) in kind.attributes:
        return kind.attributes[text_of(key)]
    if len(values) == 3:
        return values[2].type
    raise Failure(f'the given object has no attribute "{text_of(key)}"')


def _lookup_sketch(values: Sequence[Typed]) -> Typed | None:
    value, key = values[:2]
    if key.doubt or not isinstance(value.data, Fields):
        return None
    found = value.data.table.get(text_of(key))
    if found is not None:
        return otherwise(found.through(value.hops), lambda: values[2] if len(values) == 3 else _missing(text_of(key)))
    return None if value.data.open or len(values) < 3 else values[2]


def _missing(name: str) -> Typed:
    return unknown(DYNAMIC, f"`{name}` may not be there")


@function(
    "lookup",
    Parameter("inputMap", unknown=True),
    Parameter("key", STRING, unknown=True),
    rest=anything("default"),
    returns=_lookup_returns,
    sketch=_lookup_sketch,
    nullable=True,
)
def lookup(value: Typed, key: Typed, *default: Typed) -> Typed:
    kind = _lookup_returns([value, key, *default])
    if value.doubt or key.doubt:
        found = _lookup_sketch([value, key, *default])
        if found is None:
            return unsure(kind, [value, key], nullable=True)
        return Typed(found.data, kind, found.place, found.hops, doubt=Doubt.UNKNOWN)
    assert isinstance(value.data, Fields)
    entry = value.data.table.get(text_of(key))
    if entry is not None:
        return entry.through(value.hops)
    if not default:
        raise Failure(f'lookup failed to find key "{text_of(key)}"')
    return convert(default[0], kind)


def _merge_returns(values: Sequence[Typed]) -> Type:
    if not values:
        return EMPTY_OBJECT
    attributes: dict[str, Type] = {}
    sure = True
    for value in values:
        kind = value.type
        if kind.kind == "dynamic":
            return DYNAMIC
        if not kind.mapping:
            raise Failure(f'arguments must be maps or objects, got "{kind.name}"')
        if kind.kind == "object" and not value.null:
            attributes.update(kind.attributes)
        elif isinstance(value.data, Fields) and not value.doubt:
            attributes.update(dict.fromkeys(value.data.table, kind.element))
        elif value.doubt:
            sure = False
    if all(value.type == values[0].type for value in values):
        return values[0].type
    return object_of(attributes) if sure else DYNAMIC


def _merge_sketch(values: Sequence[Typed]) -> Typed | None:
    """What is certainly in the result; an unknown mapping may replace all that stands before it."""
    entries: dict[str, tuple[Key, Typed]] = {}
    openness = ""
    for value in values:
        if value.null:
            continue
        data = value.data
        if isinstance(data, Fields) and not data.open:
            _overlay(entries, fields_of(value))
            continue
        openness = (data.open if isinstance(data, Fields) else "") or why(value) or LATER
        entries = {name: (key, unknown(DYNAMIC, openness, None, item.place)) for name, (key, item) in entries.items()}
        if isinstance(data, Fields):
            _overlay(entries, fields_of(value))
    return Typed(Fields(entries.values(), "object", None, openness), doubt=Doubt.NOT_NULL)


def _overlay(entries: dict[str, tuple[Key, Typed]], more: Iterable[tuple[Key, Typed]]) -> None:
    """Put entries over others; one that may not be there leaves the other's place to it then."""
    for key, item in more:
        below = entries.get(key.written)
        entries[key.written] = (key, item if below is None else _over(item, below[1]))


def _over(item: Typed, below: Typed) -> Typed:
    return otherwise(item, lambda: below)


@function("merge", rest=Parameter("maps", null=True, dynamic=True), returns=_merge_returns, sketch=_merge_sketch)
def merge(*values: Typed) -> Typed:
    kind = _merge_returns(values)
    entries: dict[str, tuple[Key, Typed]] = {}
    for value in values:
        if not value.null:
            if isinstance(value.data, Elements) and not value.data.items:
                continue
            if not isinstance(value.data, Fields):
                raise Failure("arguments must be maps or objects")
            for key, item in fields_of(value):
                entries[key.written] = (key, item)
    if kind.kind == "map":
        return mapping(entries.values(), "map", kind.element)
    return mapping(entries.values())


def _zipmap_returns(values: Sequence[Typed]) -> Type:
    kind = values[1].type
    if kind.kind == "list":
        return map_of(kind.element)
    if kind.kind == "tuple":
        return DYNAMIC
    raise Failure("values argument must be a list or tuple value")


@function("zipmap", Parameter("keys", TEXTS), Parameter("values"), returns=_zipmap_returns)
def zipmap(names: Typed, values: Typed) -> Typed:
    kind = _zipmap_returns([names, values])
    if not names.whole:
        return unsure(kind, [names])
    found, items = items_of(names), items_of(values)
    if len(found) != len(items):
        raise Failure(f"number of keys ({len(found)}) does not match number of values ({len(items)})")
    if any(name.null for name in found):
        raise Failure("keys list has null value")
    entries = {text_of(name): (Key(text_of(name), name.place), item) for name, item in zip(found, items, strict=True)}
    if kind.kind == "map":
        return mapping(entries.values(), "map", kind.element)
    return mapping(entries.values())
