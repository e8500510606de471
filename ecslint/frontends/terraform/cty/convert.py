"""Conversion from type to type, as Terraform does it wherever one type is wanted and another is given.

Source: go-cty's `convert` package. A conversion is found from the types alone and may still fail on a value; it is
*unsafe* if it can. An unknown value becomes unknown of the wanted type, and what is known of it is converted too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.sets import make_set
from ecslint.frontends.terraform.cty.types import (
    DYNAMIC,
    Type,
    list_of,
)
from ecslint.frontends.terraform.cty.uncertain import filled, uncertain
from ecslint.frontends.terraform.cty.unify import unify
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Typed, null, text_of
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.value import Data

    Conversion = Callable[[Typed], Typed]
    Found = Conversion | None


class Mismatch(Exception):
    """The value cannot be converted."""


def convert(value: Typed, wanted: Type) -> Typed:
    """The value as one of the wanted type. Raises `Mismatch`."""
    if wanted.kind == "dynamic" or (wanted.primitive and value.type is wanted):
        return value
    given = value.type
    if given == wanted.required():
        return value
    found = conversion(given, wanted, True)
    if found is None:
        raise Mismatch(mismatch(given, wanted))
    return found(value)


def mismatch(given: Type, wanted: Type) -> str:
    """Why one type is not the other, in words."""
    if given.kind == "object" and wanted.kind == "object":
        missing = sorted(wanted.attributes.keys() - given.attributes.keys() - wanted.optional)
        if missing:
            names = ", ".join(f'"{name}"' for name in missing)
            return f"attribute {names} is required" if len(missing) == 1 else f"attributes {names} are required"
    return f"{wanted.name} required" if wanted.primitive else f"{wanted.name} required, but have {given.name}"


def conversion(given: Type, wanted: Type, unsafe: bool) -> Found:
    """How values of one type become values of another; nothing if they cannot."""
    found = _known(given, wanted, unsafe)
    if found is None:
        return None
    inner = found

    def run(value: Typed) -> Typed:
        if wanted.kind == "dynamic":
            return value
        if value.doubt:
            return uncertain(value, filled(value.type, wanted.required()))
        if value.data is None:
            return _as(value, None, filled(value.type, wanted.required()))
        converted = inner(value)
        return converted.mark(value.marks) if value.marks else converted

    return run


def _known(given: Type, wanted: Type, unsafe: bool) -> Found:
    """The conversion of values that are known and not null."""
    if wanted.kind == "dynamic":
        return lambda value: value
    if given.kind == "dynamic":
        return (lambda value: convert(value, wanted)) if unsafe else None
    if given.primitive and wanted.primitive:
        return _primitive(given, wanted, unsafe)
    pair = (given.kind, wanted.kind)
    if pair == ("object", "object"):
        return _object_to_object(given, wanted, unsafe)
    if pair == ("tuple", "tuple"):
        return _tuple_to_tuple(given, wanted, unsafe)
    if pair == ("map", "object"):
        return _map_to_object(given, wanted, unsafe) if unsafe else None
    if pair == ("list", "set") and not unsafe:
        return None
    if given.collection and wanted.collection and (given.kind == "map") == (wanted.kind == "map"):
        return _collection(given, wanted, unsafe)
    if pair in {("tuple", "list"), ("tuple", "set"), ("object", "map")}:
        return _structure(given, wanted, unsafe)
    return None


def _as(value: Typed, data: Data, type: Type | None) -> Typed:
    """A converted value: other data, the same place and story."""
    return Typed(data, type, value.place, value.hops, doubt=value.doubt, key=value.key)


def _primitive(given: Type, wanted: Type, unsafe: bool) -> Found:
    if given == wanted:
        return lambda value: value
    if wanted.kind == "string":
        return lambda value: _as(value, written(value), wanted)
    if given.kind == "string" and unsafe:
        return _to_number if wanted.kind == "number" else _to_bool
    return None


def written(value: Typed) -> str:
    """A known primitive value as text."""
    data = value.data
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, Real)):
        return numbers.text(data)
    return text_of(value)


def _to_number(value: Typed) -> Typed:
    try:
        return _as(value, numbers.parse(text_of(value)), None)
    except numbers.NotANumber as error:
        raise Mismatch(str(error)) from error


def _to_bool(value: Typed) -> Typed:
    text = text_of(value)
    if text in {"true", "1", "false", "0"}:
        return _as(value, text in {"true", "1"}, None)
    hint = f'; to convert from string, use lowercase "{text.lower()}"' if text.lower() in {"true", "false"} else ""
    raise Mismatch(f"a bool is required{hint}")


def _object_to_object(given: Type, wanted: Type, unsafe: bool) -> Found:
    inner: dict[str, Found] = {}
    for name, attribute in wanted.attributes.items():
        if name not in given.attributes:
            if name not in wanted.optional:
                return None
            continue
        inner[name] = None
        if given.attributes[name] != attribute:
            inner[name] = conversion(given.attributes[name], attribute, unsafe)
            if inner[name] is None:
                return None

    def run(value: Typed) -> Typed:
        entries = [
            (key, _plain_null(_apply(inner[key.written], item)))
            for key, item in _fields(value).entries
            if key.written in inner
        ]
        given_names = {key.written for key, _ in entries}
        missing = sorted(wanted.optional - given_names)
        entries += [(Key(name), null(wanted.attributes[name].required(), value.place)) for name in missing]
        return _as(value, Fields(entries), None)

    return run


def _plain_null(value: Typed) -> Typed:
    return value.copy(type=value.type.required()) if value.null else value


def _apply(found: Found, value: Typed) -> Typed:
    return value if found is None else found(value)


def _tuple_to_tuple(given: Type, wanted: Type, unsafe: bool) -> Found:
    if len(given.elements) != len(wanted.elements):
        return None
    inner: list[Found] = []
    for mine, theirs in zip(given.elements, wanted.elements, strict=True):
        inner.append(None if mine == theirs else conversion(mine, theirs, unsafe))
        if mine != theirs and inner[-1] is None:
            return None

    def run(value: Typed) -> Typed:
        items = [_apply(found, item) for found, item in zip(inner, _items(value), strict=True)]
        return _as(value, Elements(items), None)

    return run


def _map_to_object(given: Type, wanted: Type, unsafe: bool) -> Found:
    inner: dict[str, Found] = {}
    for name, attribute in wanted.attributes.items():
        if attribute == given.element:
            continue
        inner[name] = conversion(given.element, attribute, unsafe)
        # An optional attribute that does not fit only matters if the map has it.
        if inner[name] is None and name not in wanted.optional:
            return None

    def run(value: Typed) -> Typed:
        entries: list[tuple[Key, Typed]] = []
        for key, item in _fields(value).entries:
            if key.written not in wanted.attributes:
                continue
            if key.written in inner and inner[key.written] is None:
                raise Mismatch(f'map element type is incompatible with attribute "{key.written}"')
            entries.append((key, _plain_null(_apply(inner.get(key.written), item))))
        missing = wanted.attributes.keys() - {key.written for key, _ in entries}
        for name in sorted(missing):
            if name not in wanted.optional:
                raise Mismatch(f'map has no element for required attribute "{name}"')
            entries.append((Key(name), null(wanted.attributes[name], value.place)))
        return _as(value, Fields(entries), None)

    return run


def _collection(given: Type, wanted: Type, unsafe: bool) -> Found:
    """From a collection to one of the same or another kind."""
    same = given.element == wanted.element
    inner = None if same else conversion(given.element, wanted.element, unsafe)
    if not same and inner is None:
        return None
    element = given.element if wanted.element.kind == "dynamic" else wanted.element.required()

    def run(value: Typed) -> Typed:
        if isinstance(value.data, Fields):
            entries = [(key, _apply(inner, item)) for key, item in value.data.entries]
            return _built_map(value, entries, element, wanted.element, False)
        items = [_plain_null(_apply(inner, item)) for item in _items(value)]
        if wanted.kind == "list" and given.kind == "set" and len(items) > 1 and any(item.doubt for item in items):
            # How many elements there are is open while some could turn out to be the same.
            listed = Elements(items, "list", element, "how many there are is known only after apply")
            return Typed(listed, list_of(element), value.place, value.hops, doubt=Doubt.NOT_NULL, key=value.key)
        return _built(value, wanted.kind, items, element)

    return run


def _structure(given: Type, wanted: Type, unsafe: bool) -> Found:
    """From a tuple to a list or a set, and from an object to a map."""
    types = list(given.elements) if given.kind == "tuple" else list(given.attributes.values())
    element: Type | None = wanted.element
    if not types:
        return lambda value: _as(value, _empty(wanted.kind, wanted.element.required()), None)
    if wanted.element.kind == "dynamic":
        element = unify(types, unsafe)
        mixed = element is DYNAMIC and any(each.kind != "dynamic" for each in types)
        if element is None or (mixed and wanted.kind != "map"):
            return None
    assert element is not None
    inner = {each: None if each == element else conversion(each, element, unsafe) for each in set(types)}
    if any(found is None and each != element for each, found in inner.items()):
        return None
    unified = element

    def run(value: Typed) -> Typed:
        if isinstance(value.data, Fields):
            entries = [(key, _apply(inner[item.type], item)) for key, item in value.data.entries]
            return _built_map(value, entries, unified.required(), unified, unsafe)
        items = [_apply(inner[item.type], item) for item in _items(value)]
        if wanted.kind == "list":
            items = _unified(items, unsafe)
        return _built(value, wanted.kind, [_plain_null(item) for item in items], unified.required())

    return run


def _unified(items: list[Typed], unsafe: bool) -> list[Typed]:
    """Converted elements as elements of one type."""
    types = [item.type for item in items]
    unified = unify(types, unsafe)
    if unified is None:
        raise Mismatch("cannot find a common base type for all elements")
    return [
        item if type == unified else _apply(conversion(type, unified, unsafe), item)
        for item, type in zip(items, types, strict=True)
    ]


def _empty(kind: str, element: Type) -> Data:
    return Fields((), "map", element) if kind == "map" else Elements((), kind, element)


def _built(value: Typed, kind: str, items: list[Typed], element: Type) -> Typed:
    """A list or set of converted elements, which must have come out as one type."""
    if items:
        element = _one_type(items, kind)
    if kind == "set":
        made = make_set(items, element)
        return Typed(made.data, None, value.place, value.hops, marks=made.marks, key=value.key)
    return _as(value, Elements(items, kind, element), None)


def _built_map(value: Typed, entries: list[tuple[Key, Typed]], element: Type, wanted: Type, unsafe: bool) -> Typed:
    if entries and (wanted.collection or wanted.kind == "object"):
        items = _unified([item for _, item in entries], unsafe)
        entries = [(key, item) for (key, _), item in zip(entries, items, strict=True)]
    if entries:
        element = _one_type([item for _, item in entries], "map")
    return _as(value, Fields(entries, "map", element), None)


def _one_type(items: list[Typed], kind: str) -> Type:
    """The type of all elements, of which dynamic ones take any."""
    element = DYNAMIC
    for item in items:
        if element.kind == "dynamic":
            element = item.type
        elif item.type.kind != "dynamic" and item.type != element:
            raise Mismatch(f"element types must all match for conversion to {kind}")
    return element


def _items(value: Typed) -> tuple[Typed, ...]:
    assert isinstance(value.data, Elements)
    return value.data.items


def _fields(value: Typed) -> Fields:
    assert isinstance(value.data, Fields)
    return value.data
