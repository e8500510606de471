"""What values of Terraform's types are made of: texts in pieces, elements, entries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from ecslint.frontends.terraform.failure import Declined
from ecslint.language import Literal
from ecslint.value import Encoded, Key, Mapping, Ref, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.language import Piece
    from ecslint.source import Place
    from ecslint.text import Part
    from ecslint.value import Hop

HEAVIEST = 300_000
"""How many scalars a value may hold, written out; a longer text counts for every 64 characters."""


class Spelled(Text):
    """A text whose characters are known and whose parts are kept, for their places and for what they refer to.

    `spelling` runs beside `parts`: the characters that each stands for, or nothing for an `Encoded` one, which is
    written out on first use only.
    """

    __slots__ = ("_text", "spelling", "weight")

    def __init__(
        self,
        parts: tuple[Part, ...],
        places: tuple[Place | None, ...],
        spelling: tuple[str | None, ...],
        ways: tuple[Hop | None, ...] = (),
    ) -> None:
        super().__init__(parts, places, ways)
        self.spelling = spelling
        self.weight = _bearable(
            len(parts)
            + sum(
                [
                    len(text) // 64 if text is not None else _inner(part)
                    for part, text in zip(parts, spelling, strict=True)
                ]
            )
        )
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            pairs = zip(self.parts, self.spelling, strict=True)
            self._text = nfc("".join(_spelled(part) if text is None else text for part, text in pairs))
        return self._text

    def layout(self) -> list[Part]:
        return [self.text]

    def pieces(self) -> tuple[Piece, ...]:
        return (Literal(self.text),)

    def known(self) -> str:
        return self.text


def _inner(part: Part) -> int:
    return getattr(part.value, "weight", 1) if isinstance(part, Encoded) else 1


def _spelled(part: Part) -> str:
    return (part.text() or "") if isinstance(part, Encoded) else str(part)


def nfc(text: str) -> str:
    """The text as Terraform keeps it, in normal form C."""
    return text if text.isascii() else normalize("NFC", text)


def _bearable(weight: int) -> int:
    """The weight of a value; a few lines can ask for a value that fills the memory. Raises `Declined`."""
    if weight > HEAVIEST:
        raise Declined("the value is too large to work out here")
    return weight


class Elements(Sequence):
    """The elements of a list, a set or a tuple. `element` is the type of a list's or a set's.

    `marked` says that something in it is marked, `whole` that everything in it is known, `weight` how much that is.
    Making one raises `Declined` where it would be too much.
    """

    __slots__ = ("element", "marked", "weight", "whole")

    items: tuple[Typed, ...]

    def __init__(
        self, items: Iterable[Typed] = (), form: str = "tuple", element: Type | None = None, open: str = ""
    ) -> None:
        super().__init__(items, open, form)
        self.element = element
        self.marked = any(item.deep for item in self.items)
        self.whole = not open and all(item.whole for item in self.items)
        self.weight = _bearable(1 + sum([item.weight for item in self.items]))


class Fields(Mapping):
    """The entries of a map or an object, as written; `table` has them by key. `element` is the type of a map's."""

    __slots__ = ("element", "marked", "table", "weight", "whole")

    entries: tuple[tuple[Key, Typed], ...]

    def __init__(
        self,
        entries: Iterable[tuple[Key, Typed]] = (),
        form: str = "object",
        element: Type | None = None,
        open: str = "",
    ) -> None:
        super().__init__(entries, open, form)
        self.element = element
        self.table: dict[str, Typed] = {key.written: value for key, value in self.entries}
        self.marked = any(value.deep for value in self.table.values())
        self.whole = not open and all(value.whole for value in self.table.values())
        self.weight = _bearable(1 + sum([value.weight for value in self.table.values()]))

    def ordered(self) -> list[tuple[str, Typed]]:
        """Keys and values in the order in which Terraform goes through them."""
        return sorted(self.table.items(), key=lambda item: item[0])

    def keys(self) -> dict[str, Key]:
        """The keys as written, with their places; of duplicates the last."""
        return {key.written: key for key, _ in self.entries}


class Pointer(Unknown):
    """An unknown value of an unknown type that is an attribute of something; in a text it is a reference to that."""

    __slots__ = ("part",)

    def __init__(self, why: str, part: Ref) -> None:
        super().__init__(why, ("ref", id(part.resource), part.attribute))
        self.part = part


class Record(Unknown):
    """An object whose attributes are looked up one by one, such as a resource."""

    __slots__ = ("lookup",)

    def __init__(self, why: str, lookup: Callable[[str], Typed], symbol: Hashable = None) -> None:
        super().__init__(why, symbol)
        self.lookup = lookup
