"""Texts with holes, and what is known of what fills these."""

from __future__ import annotations

from ecslint.language import ANYTHING, Atom, Literal, Shape, compare
from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import Protocol

    from ecslint.language import Piece
    from ecslint.source import Place
    from ecslint.value import Hop, Value

    class Referable(Protocol):
        """What a `Ref` points to: a resource of the project, seen from here."""

        kind: str
        managed: bool
        place: Place | None

        @property
        def address(self) -> str: ...

        def layout(self, attribute: str) -> tuple[Part, ...] | None:
            """What is known of the attribute's text: configured parts, or its declared shape."""


HOLE = "\0"
"""Stands for a hole in an outline. No text of a deployment can hold it."""

_FIELD = Shape("[^:]*")
"""The partition, the region or the account of an ARN."""

DEEPEST_LAYOUT = 8
MOST_PARTS = 10_000
"""Names made of names of names: how deep they are followed, and how many parts a text may have in the end."""


class Unknown:
    """What cannot be known here, and why.

    `symbol` names the unknown thing where it can be met again (two uses of one variable are equal); `shape` is an
    expression that its text certainly matches; `type` is the frontend's own type of it, if it knows one. What its
    author says nobody may see is `secret`.
    """

    __slots__ = ("secret", "shape", "symbol", "type", "why")

    def __init__(
        self, why: str, symbol: Hashable = None, shape: str = "", type: object = None, *, secret: bool = False
    ) -> None:
        self.why = why
        self.symbol = symbol
        self.shape = shape
        self.type = type
        self.secret = secret

    def __repr__(self) -> str:
        return f"Unknown({self.why!r})"

    def same(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Unknown) and self.symbol is not None and self.symbol == other.symbol


class Ref(NamedTuple):
    """An attribute of a resource of the same project, in the model's word for it (`arn`, `name`, `id`)."""

    resource: Referable
    attribute: str

    def __repr__(self) -> str:
        return f"Ref({self.resource.address}.{self.attribute})"

    def same(self, other: object) -> bool:
        return isinstance(other, Ref) and self.resource is other.resource and self.attribute == other.attribute


class Encoded(NamedTuple):
    """A value's JSON text, kept as the value: `jsonencode` in the middle of a text loses nothing.

    `encode` gives the text as the function that encoded it would, or None where the value is not wholly known.
    """

    value: Value
    encode: Callable[[Value], str | None]

    def text(self) -> str | None:
        return self.encode(self.value)


if TYPE_CHECKING:
    Part = str | Ref | Unknown | Encoded


class Text:
    """A string with holes.

    `places` runs beside `parts`; a part made by a function has none. So does `ways`, with the hops that each part took
    before it became one; it is empty where none took any.
    """

    __slots__ = ("_laid", "parts", "places", "ways")

    def __init__(
        self, parts: tuple[Part, ...], places: tuple[Place | None, ...] = (), ways: tuple[Hop | None, ...] = ()
    ) -> None:
        self.parts = parts
        self.places = places if len(places) == len(parts) else (None,) * len(parts)
        self.ways = ways if any(ways) else ()
        self._laid: _Layout | None = None

    def __repr__(self) -> str:
        return f"Text{list(self.parts)!r}"

    @staticmethod
    def join(parts: Iterable[tuple[Part, Place | None]]) -> str | Text:
        """A text of the parts, or a plain string where all are literal. Literal neighbours without places merge."""
        merged: list[tuple[Part, Place | None]] = []
        for part, place in parts:
            if part == "":
                continue
            if merged and isinstance(part, str) and place is None:
                before, where = merged[-1]
                if isinstance(before, str) and where is None:
                    merged[-1] = (before + part, None)
                    continue
            merged.append((part, place))
        if all(isinstance(part, str) for part, _ in merged):
            return "".join(str(part) for part, _ in merged)
        return Text(tuple(part for part, _ in merged), tuple(place for _, place in merged))

    def layout(self) -> list[Part]:
        """The parts with every reference replaced by what is known of its text."""
        return self._layout().parts

    def pieces(self) -> tuple[Piece, ...]:
        """The text as a language."""
        laid = self._layout()
        if laid.pieces is None:
            laid.pieces = _pieces(laid.parts)
        return laid.pieces

    def _layout(self) -> _Layout:
        if self._laid is None or not self._laid.holds:
            self._laid = _Layout(self.parts)
        return self._laid

    def known(self) -> str | None:
        """The text, where it has no hole left."""
        return self._layout().known

    @property
    def way(self) -> Hop | None:
        """The hops of the part that says most: the first reference that took any, or else the first part."""
        taken = [(part, way) for part, way in zip(self.parts, self.ways, strict=False) if way is not None]
        references = [way for part, way in taken if isinstance(part, Ref)]
        return references[0] if references else taken[0][1] if taken else None

    def same(self, other: Text) -> bool:
        """Whether both hold the same parts, holes included, so that they are equal whatever fills them."""
        mine, theirs = flat(self.parts), flat(other.parts)
        return len(mine) == len(theirs) and all(_same(a, b) for a, b in zip(mine, theirs, strict=True))


class _Layout:
    """A text's parts with every reference replaced by what is known of its text, and the language that they are.

    `known` is the text, where it has no hole left. `asked` are the references with what was known of them, which may
    not hold for ever; None where something else than a reference was asked.
    """

    __slots__ = ("asked", "known", "parts", "pieces")

    def __init__(self, parts: Iterable[Part]) -> None:
        self.asked: list[tuple[Ref, tuple[Part, ...] | None]] | None = []
        self.parts: list[Part] = []
        self.pieces: tuple[Piece, ...] | None = None
        rows = [iter(parts)]
        spent = 0
        while rows:
            for part in rows[-1]:
                spent += 1
                deep = isinstance(part, str) or len(rows) > DEEPEST_LAYOUT or spent >= MOST_PARTS
                inner = None if deep else self._inside(part)
                if inner is not None:
                    rows.append(iter(inner))
                    break
                self.parts.append(part)
            else:
                rows.pop()
        texts = [part for part in self.parts if isinstance(part, str)]
        self.known = "".join(texts) if len(texts) == len(self.parts) else None

    def _inside(self, part: Part) -> tuple[Part, ...] | None:
        """What is known of a part's text; None where that is the part itself."""
        if isinstance(part, Ref):
            inner = part.resource.layout(part.attribute)
            if self.asked is not None:
                self.asked.append((part, inner))
            return inner
        if not isinstance(part, Encoded):
            return None
        self.asked = None
        text = part.text()
        return None if text is None else (text,)

    @property
    def holds(self) -> bool:
        """Whether as much is still known of everything that was asked."""
        if self.asked is None:
            return False
        return all([ref.resource.layout(ref.attribute) is inner for ref, inner in self.asked])  # noqa: C419  # quicker


def flat(parts: Iterable[Part]) -> list[Part]:
    flat: list[Part] = []
    for part in parts:
        if isinstance(part, str) and flat and isinstance(flat[-1], str):
            flat[-1] += part
        elif part != "":
            flat.append(part)
    return flat


def _same(one: Part, two: Part) -> bool:
    if isinstance(one, (Ref, Unknown)):
        return one.same(two)
    return one is two or (isinstance(one, str) and one == two)


def _pieces(layout: list[Part]) -> tuple[Piece, ...]:
    """A text's parts as a language. A hole in the partition, region or account of an ARN holds no colon."""
    pieces: list[Piece] = []
    colons = 0
    arn = False
    for index, part in enumerate(layout):
        if isinstance(part, str):
            arn = arn or (index == 0 and part.startswith("arn:"))
            colons += part.count(":")
            pieces.append(Literal(part))
        elif isinstance(part, Unknown) and part.shape:
            pieces.append(Shape(part.shape))
            arn = arn and not compare((pieces[-1],), (_FIELD,))[1]
        elif arn and colons in {1, 3, 4}:
            pieces.append(_FIELD)
        else:
            # The field a later hole stands in cannot be counted past a hole that may hold colons.
            arn = False
            pieces.append(ANYTHING)
    return tuple(pieces)


def atom(thing: Ref | Unknown | Encoded) -> Atom:
    """The piece that stands for a hole on both sides of a question."""
    if isinstance(thing, Ref):
        return Atom((id(thing.resource), thing.attribute))
    if isinstance(thing, Encoded) or thing.symbol is None:
        return Atom(id(thing))
    return Atom(thing.symbol)
