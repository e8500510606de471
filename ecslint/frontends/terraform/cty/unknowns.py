"""What is told of values that are not known: why, and by what they are known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.data import Spelled
from ecslint.value import Choice, Encoded, Mapping, Ref, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.text import Part
    from ecslint.value import Value


def why(value: Value) -> str:
    """Why a value is not known, in words; empty for one that is."""
    data = value.data
    if isinstance(data, Unknown):
        return data.why
    if isinstance(data, Choice):
        return f"it depends on whether {data.condition.text}"
    if isinstance(data, Text):
        return next((reason for part in data.parts if (reason := _part_why(part))), "")
    if isinstance(data, (Mapping, Sequence)):
        inner = data.items if isinstance(data, Sequence) else [item for _, item in data.entries]
        return data.open or next((reason for item in inner if (reason := why(item))), "")
    return ""


def _part_why(part: Part) -> str:
    if isinstance(part, Unknown):
        return part.why
    if isinstance(part, Ref):
        return f"`{part.attribute}` of `{part.resource.address}` is known only after it is made"
    return why(part.value) if isinstance(part, Encoded) else ""


def symbol(value: Value) -> Hashable:
    """The identity of an unknown value, by which it is known again; None where it has none."""
    data = value.data
    if isinstance(data, Unknown):
        return data.symbol
    if isinstance(data, Spelled):
        return None
    if isinstance(data, Text):
        found = tuple(_part_symbol(part) for part in data.parts)
        return None if None in found else found
    return None


def _part_symbol(part: Part) -> Hashable:
    if isinstance(part, Ref):
        return ("ref", id(part.resource), part.attribute)
    if isinstance(part, Unknown):
        return part.symbol
    return part if isinstance(part, str) else None
