"""Strings in pieces: literal runs with their places, references, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.cty.data import Pointer
from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Spelled, Typed, nfc, why
from ecslint.frontends.terraform.failure import Declined
from ecslint.value import Encoded, Hop, Ref, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecslint.source import Place
    from ecslint.text import Part

LONGEST = 1_000_000
"""The most characters of one string."""


_DELIMITERS = tuple("-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'")
"""Characters that no mark combines with."""


class Piece(NamedTuple):
    """A part of a string. `spelling` is its text, and None for a hole or for what is not written out yet.

    `way` holds the hops that it took before it became a part.
    """

    part: Part
    place: Place | None
    spelling: str | None
    way: Hop | None = None

    @property
    def known(self) -> bool:
        return self.spelling is not None or (
            isinstance(self.part, Encoded) and isinstance(self.part.value, Typed) and self.part.value.whole
        )


def pieces(value: Typed) -> list[Piece]:
    """The pieces of a string, known or not."""
    data = value.data
    if isinstance(data, str):
        # What is only sketched is not known to Terraform, so it has no spelling.
        return [Piece(data, value.place, None if value.doubt else data, value.hops)] if data or value.doubt else []
    if isinstance(data, Text):
        ways = [Hop.chain(way, value.hops) for way in data.ways] or [value.hops] * len(data.parts)
        if isinstance(data, Spelled):
            return [Piece(*piece) for piece in zip(data.parts, data.places, data.spelling, ways, strict=True)]
        return [
            Piece(part, place, part if isinstance(part, str) else None, way)
            for part, place, way in zip(data.parts, data.places, ways, strict=True)
        ]
    return [Piece(hole(value), value.place, None, value.hops)]


def hole(value: Typed) -> Unknown | Ref:
    """What stands in a text for a value of which nothing is known."""
    data = value.data
    if isinstance(data, Pointer):
        return data.part
    if isinstance(data, Unknown):
        return data
    return Unknown(why(value) or "it is known only after apply", value.symbol)


def beginning(value: Typed) -> str:
    """The characters with which an unknown string certainly starts, where Terraform sees that too.

    Source: go-cty's `ctystrings.SafeKnownPrefix`.
    """
    parts = getattr(value.data, "parts", ())
    first = parts[0] if parts else None
    if not isinstance(first, str) or not first.isascii():
        return ""
    # The last character could still become another one, by a mark that follows it.
    return first if first.endswith(_DELIMITERS) else first[:-1]


def joined(parts: Iterable[Piece], place: Place | None) -> Typed:
    """The string of all the pieces. Raises `Declined` where it is too long."""
    merged: list[Piece] = []
    length = 0
    for piece in parts:
        length += len(piece.spelling or "")
        if piece.spelling == "" and not isinstance(piece.part, Ref):
            continue
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.place is None
            and piece.place is None
            and isinstance(piece.part, str)
            and isinstance(last.part, str)
        ):
            known = last.spelling is not None and piece.spelling is not None
            part = last.part + piece.part
            merged[-1] = Piece(part, None, part if known else None, last.way or piece.way)
        else:
            merged.append(piece)
    if length > LONGEST or len(merged) > LONGEST // 64:
        raise Declined("the text is too long to work out here")
    if not merged:
        return Typed("", STRING, place)
    columns = (tuple(piece.part for piece in merged), tuple(piece.place for piece in merged))
    ways = tuple(piece.way for piece in merged)
    if not all(piece.known for piece in merged):
        return Typed(Text(*columns, ways), STRING, place, doubt=Doubt.NOT_NULL)
    if len(merged) == 1 and isinstance(merged[0].part, str):
        # The place of the only part says best where the text is written.
        return Typed(nfc(merged[0].part), STRING, merged[0].place or place, ways[0])
    return Typed(Spelled(*columns, tuple(piece.spelling for piece in merged), ways), STRING, place)


def holds(value: Typed) -> bool:
    """Whether something in a value is a text that keeps references or structure."""
    data = value.data
    if isinstance(data, Elements):
        return any(holds(item) for item in data.items)
    if isinstance(data, Fields):
        return any(holds(item) for item in data.table.values())
    return isinstance(data, Text)
