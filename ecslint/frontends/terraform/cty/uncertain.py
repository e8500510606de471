"""Conversion of values that are not known: their type, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.data import Pointer, Record
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.types import COLLECTIONS, DYNAMIC, Type, object_of, tuple_of
from ecslint.frontends.terraform.cty.unify import unify
from ecslint.frontends.terraform.cty.value import Elements, Fields, Spelled, Typed, unknown
from ecslint.value import Choice, Key, Mapping, Sequence, Text, Unknown

if TYPE_CHECKING:
    from ecslint.value import Data


def filled(given: Type, wanted: Type) -> Type:
    """The wanted type, its dynamic parts filled in from the given one."""
    if given.kind == "dynamic" or wanted.primitive:
        return wanted
    if wanted.kind == "dynamic":
        return given
    if wanted.kind == "object":
        return object_of(
            {
                name: filled(given.element if given.kind == "map" else given.attributes.get(name, DYNAMIC), attribute)
                for name, attribute in wanted.attributes.items()
            }
        )
    if wanted.kind == "tuple":
        if given.kind != "tuple" or len(given.elements) != len(wanted.elements):
            return wanted
        return tuple_of(map(filled, given.elements, wanted.elements))
    if given.collection:
        inner = given.element
    else:
        types = list(given.elements) or list(given.attributes.values())
        inner = (unify(types, True) if types else None) or DYNAMIC
    return COLLECTIONS[wanted.kind](filled(inner, wanted.element))


def uncertain(value: Typed, type: Type) -> Typed:
    """An unknown value of another type, with what is known of it."""
    return Typed(
        _sketch(value.data, type),
        type,
        value.place,
        value.hops,
        doubt=value.doubt,
        marks=value.marks,
        key=value.key,
    )


def _sketch(data: Data, wanted: Type) -> Data:
    if isinstance(data, Choice):
        return Choice(data.condition, _branch(data.then, wanted), _branch(data.other, wanted))
    if isinstance(data, Pointer) and wanted.kind == "string":
        return Text((data.part,))
    if isinstance(data, Record) and wanted.kind == "object":
        entries = [(Key(name), _branch(data.lookup(name), type)) for name, type in wanted.attributes.items()]
        return Fields(entries)
    if isinstance(data, Unknown):
        return Unknown(
            data.why,
            data.symbol,
            data.shape or _SHAPES.get(_kind(data), "") * (wanted.kind == "string"),
            wanted,
            secret=data.secret,
        )
    if isinstance(data, Elements) and wanted.sequence:
        form = wanted.kind if wanted.kind == "set" else "list" if wanted.kind == "list" else data.form
        element = wanted.element if wanted.collection else DYNAMIC
        return Elements([_branch(item, element) for item in data.items], form, element, data.open)
    if isinstance(data, Fields) and wanted.mapping:
        each = [(key, _branch(item, _member(wanted, key))) for key, item in data.entries]
        return Fields(each, "map" if wanted.kind == "map" else data.form, wanted.element, data.open)
    if isinstance(data, (Text, Spelled)) and wanted.kind == "string":
        return data
    if isinstance(data, (str, bool, int, Real)) and wanted.primitive:
        return _branch(Typed(data), wanted).data
    why = data.open if isinstance(data, (Mapping, Sequence)) else ""
    return data if wanted.kind == "dynamic" else Unknown(why or "it is known only after apply", None, "", wanted)


_SHAPES = {"number": "-?[0-9]+(\\.[0-9]+)?", "bool": "true|false"}


def _kind(data: Unknown) -> str:
    return data.type.kind if isinstance(data.type, Type) else ""


def _member(wanted: Type, key: Key) -> Type:
    return wanted.element if wanted.kind == "map" else wanted.attributes.get(key.written, DYNAMIC)


def _branch(value: object, wanted: Type) -> Typed:
    """One of the things that an unknown value may be. Where it does not fit, there is nothing to say of it."""
    from ecslint.frontends.terraform.cty.convert import Mismatch, convert

    assert isinstance(value, Typed)
    try:
        return convert(value, wanted)
    except (Mismatch, numbers.OutOfRange) as error:
        return unknown(wanted, f"it cannot be converted: {error}", None, value.place)
