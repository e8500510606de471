"""How values are shown to people: like JSON, with `${…}` where something is not known."""

from __future__ import annotations

import json

from ecslint.lean import TYPE_CHECKING
from ecslint.value import Choice, Encoded, Mapping, Ref, Sequence, Text, written

if TYPE_CHECKING:
    from ecslint.text import Part
    from ecslint.value import Value

DEEPEST = 32
"""How deep a collection is shown."""


def notation(value: Value, depth: int = 0) -> str:
    """Any value in one line."""
    data = value.data
    if isinstance(data, Text):
        return quoted(data)
    if isinstance(data, Choice):
        then, other = notation(data.then, depth), notation(data.other, depth)
        return f"{then} if {data.condition.text}, else {other}"
    if isinstance(data, (Mapping, Sequence)):
        if depth == DEEPEST:
            return "…"
        return _mapping(data, depth + 1) if isinstance(data, Mapping) else _sequence(data, depth + 1)
    scalar = value.scalar
    if isinstance(scalar, str):
        return json.dumps(scalar, ensure_ascii=False)
    return written(scalar) if scalar is not None else "null" if data is None else "${…}"


def quoted(text: Text) -> str:
    """A text with its references by name; one that is a reference and nothing else stands without quotes."""
    if len(text.parts) == 1 and isinstance(text.parts[0], Ref):
        return reference(text.parts[0])
    return '"' + "".join(_part(part) for part in text.parts) + '"'


def reference(ref: Ref) -> str:
    """An attribute as its author calls it."""
    return f"{ref.resource.address}.{ref.attribute}"


def _part(part: Part) -> str:
    if isinstance(part, str):
        return json.dumps(part, ensure_ascii=False)[1:-1]
    if isinstance(part, Ref):
        return f"${{{reference(part)}}}"
    if isinstance(part, Encoded):
        known = part.text()
        return f"${{jsonencode({notation(part.value)})}}" if known is None else _part(known)
    return "${…}"


def _mapping(data: Mapping, depth: int) -> str:
    items = [f"{json.dumps(key.written, ensure_ascii=False)}: {notation(item, depth)}" for key, item in data.entries]
    return "{" + ", ".join([*items, "…"] if data.open else items) + "}"


def _sequence(data: Sequence, depth: int) -> str:
    items = [notation(item, depth) for item in data.items]
    return "[" + ", ".join([*items, "…"] if data.open else items) + "]"
