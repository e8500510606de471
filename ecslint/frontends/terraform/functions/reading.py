"""Documents in strings, with the places of what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint import jsontext
from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Typed, nfc, string, unknown, why
from ecslint.value import Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from decimal import Decimal

    from ecslint.value import Data


def _read(value: Typed) -> Value | None:
    if value.place is None:
        return None
    try:
        read, problems = jsontext.read_value(value, value.place.span(), why(value))
    except jsontext.TooDeep:
        return None
    return None if problems else read


def placed(result: Typed, source: Typed) -> Typed:
    """What was decoded of a text, everything at the place where it stands in the text."""
    read = _read(source)
    return result if read is None else _placed(result, read).through(source.hops)


def _placed(result: Typed, read: Value) -> Typed:
    data, theirs = result.data, read.data
    place = read.place or result.place
    if isinstance(data, Elements) and isinstance(theirs, Sequence) and len(data.items) == len(theirs.items):
        items = [_placed(mine, other) for mine, other in zip(data.items, theirs.items, strict=True)]
        return Typed(Elements(items, data.form, data.element), None, place)
    if isinstance(data, Fields) and isinstance(theirs, Mapping) and len(data.entries) == len(theirs.entries):
        pairs = zip(data.entries, theirs.entries, strict=True)
        return Typed(Fields([(key, _placed(mine, other)) for (_, mine), (key, other) in pairs]), None, place)
    return result.copy(place=place)


def read_json(value: Typed) -> Typed | None:
    """What can be read of JSON with holes; nothing where it is not JSON."""
    read = _read(value)
    return None if read is None else _lifted(read).through(value.hops)


def _lifted(read: Value) -> Typed:
    """A value of the core as one that Terraform does not know."""
    data: Data = read.data
    if isinstance(data, Sequence):
        items = Elements([_lifted(item) for item in data.items], "tuple", None, data.open)
        return Typed(items, DYNAMIC, read.place, doubt=Doubt.NOT_NULL)
    if isinstance(data, Mapping):
        entries = [(key, _lifted(item).under(key)) for key, item in data.entries]
        return Typed(Fields(entries, "object", None, data.open), DYNAMIC, read.place, doubt=Doubt.NOT_NULL)
    if isinstance(read, Typed):
        return read
    if isinstance(data, Text):
        return Typed(data, None, read.place, doubt=Doubt.NOT_NULL)
    if isinstance(data, str):
        return string(nfc(data), read.place)
    if data is None or isinstance(data, bool):
        return Typed(data, None, read.place)
    if isinstance(data, (int, float)):
        return Typed(_number(data), None, read.place)
    return unknown(DYNAMIC, data.why if isinstance(data, Unknown) else "it is known only after apply", None, read.place)


def _number(data: float | Decimal) -> numbers.Number:
    return data if isinstance(data, int) else numbers.parse(repr(data))
