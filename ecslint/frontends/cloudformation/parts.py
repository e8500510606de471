"""The parts of a text, with the places at which they are written, and what makes two of them the same."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.value import Ref, Text, Unknown, Value, written

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ecslint.source import Place
    from ecslint.text import Part

    Run = tuple[Part, "Place | None"]


def runs(value: Value) -> list[Run] | None:
    """The parts of a text with their places; None where the value is no text."""
    data = value.data
    if isinstance(data, Text):
        return list(zip(data.parts, data.places, strict=True))
    if isinstance(data, Unknown):
        return [(data, value.place)]
    scalar = value.scalar
    return None if scalar is None else [(written(scalar), value.place)]


def identity(value: Value) -> Hashable:
    """Something that equal texts share, holes included; for what is no text, the datum itself."""
    parts = runs(value)
    return ("datum", id(value.data)) if parts is None else outline(part for part, _ in parts)


def outline(parts: Iterable[Part]) -> tuple[Hashable, ...]:
    """Parts as they compare: literal neighbours merged, the same thing by the same name wherever it is met."""
    found: list[Hashable] = []
    for part in parts:
        if isinstance(part, str):
            if found and isinstance(found[-1], str):
                found[-1] += part
            elif part:
                found.append(part)
        elif isinstance(part, Ref):
            found.append((id(part.resource), part.attribute))
        elif isinstance(part, Unknown) and part.symbol is not None:
            found.append(("unknown", part.symbol))
        else:
            found.append(("part", id(part)))
    return tuple(found)
