"""Values with Terraform's types.

A `Typed` is a `Value` that also knows its type, whether Terraform would know it, and its marks. What Terraform calls
unknown may still say a lot: a string has parts, a collection holds elements that are certainly in it, a conditional is
one of two values. All of that stands in `data`, where rules read it; `doubt` says that the language may not.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.data import Elements, Fields, Record, Spelled, nfc
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.types import (
    BOOL,
    COLLECTIONS,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    object_of,
    tuple_of,
)
from ecslint.frontends.terraform.cty.unknowns import symbol, why
from ecslint.value import Hop, Key, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ecslint.source import Place
    from ecslint.value import Data

SENSITIVE, EPHEMERAL = "sensitive", "ephemeral"
NO_MARKS: frozenset[str] = frozenset()


class Doubt(IntEnum):
    """Whether Terraform knows a value before it applies anything."""

    KNOWN = 0
    NOT_NULL = 1
    UNKNOWN = 2


class Typed(Value):
    """A value of a type. Without `doubt`, `data` is what Terraform would know it to be."""

    __slots__ = ("_type", "doubt", "marks")

    def __init__(
        self,
        data: Data,
        type: Type | None = None,
        place: Place | None = None,
        hops: Hop | None = None,
        *,
        doubt: Doubt = Doubt.KNOWN,
        marks: frozenset[str] = NO_MARKS,
        key: Key | None = None,
    ) -> None:
        self.data = data
        self.place = place
        self.key = key
        self.hops = hops
        self._type = type
        self.doubt = doubt
        self.marks = marks

    @property
    def type(self) -> Type:
        if self._type is None:
            self._type = _implied(self.data)
        return self._type

    @property
    def deep(self) -> bool:
        """Whether this or anything in it is marked."""
        data = self.data
        return bool(self.marks) or (isinstance(data, (Elements, Fields)) and data.marked)

    @property
    def whole(self) -> bool:
        """Whether this and everything in it is known."""
        data = self.data
        return not self.doubt and (not isinstance(data, (Elements, Fields)) or data.whole)

    @property
    def weight(self) -> int:
        """How many scalars this holds, written out."""
        data = self.data
        if isinstance(data, (Elements, Fields)):
            return data.weight
        if isinstance(data, str):
            return 1 + len(data) // 64
        if isinstance(data, Text):
            return data.weight if isinstance(data, Spelled) else len(data.parts)
        return 1

    @property
    def null(self) -> bool:
        """Whether Terraform knows that this is null."""
        return self.data is None and not self.doubt

    @property
    def symbol(self) -> Hashable:
        """What tells this unknown thing from others; None where nothing does."""
        return symbol(self)

    def hop(self, place: Place | None, text: str) -> Typed:
        return self.copy(hops=Hop(place, text, self.hops))

    def through(self, hops: Hop | None) -> Typed:
        if hops is None:
            return self
        if self.hops is None:
            return self.copy(hops=hops)
        return self.copy(hops=Value.through(self, hops).hops)

    def under(self, key: Key) -> Typed:
        copy = self.copy()
        copy.key = key
        return copy

    def copy(
        self,
        *,
        place: Place | None = None,
        hops: Hop | None = None,
        marks: frozenset[str] | None = None,
        type: Type | None = None,
    ) -> Typed:
        """The same value at another place, with other hops, marks or type."""
        return Typed(
            self.data,
            type or self._type,
            place or self.place,
            hops or self.hops,
            doubt=self.doubt,
            marks=self.marks if marks is None else marks,
            key=self.key,
        )

    def mark(self, marks: frozenset[str]) -> Typed:
        """The value with more marks."""
        return self if marks <= self.marks else self.copy(marks=self.marks | marks)


def _implied(data: Data) -> Type:
    if isinstance(data, (str, Text)):
        return STRING
    if isinstance(data, bool):
        return BOOL
    if isinstance(data, (int, Real)):
        return NUMBER
    if isinstance(data, Elements):
        if data.form == "tuple":
            return tuple_of(item.type for item in data.items)
        return COLLECTIONS[data.form](data.element or DYNAMIC)
    if isinstance(data, Fields):
        if data.form == "object":
            return object_of({name: value.type for name, value in data.table.items()})
        return COLLECTIONS[data.form](data.element or DYNAMIC)
    return data.type if isinstance(data, Unknown) and isinstance(data.type, Type) else DYNAMIC


def string(text: str, place: Place | None = None) -> Typed:
    return Typed(nfc(text), STRING, place)


def null(type: Type = DYNAMIC, place: Place | None = None) -> Typed:
    return Typed(None, type, place)


def boolean(fact: bool, place: Place | None = None) -> Typed:
    return Typed(fact, BOOL, place)


def sequence(
    items: Iterable[Typed], form: str = "tuple", element: Type | None = None, place: Place | None = None
) -> Typed:
    """A known tuple, or a known list of elements of one type; `cty.sets` makes sets."""
    return Typed(Elements(items, form, element), None, place)


def mapping(
    entries: Iterable[tuple[Key, Typed]], form: str = "object", element: Type | None = None, place: Place | None = None
) -> Typed:
    """A known object, or a known map of values of one type."""
    return Typed(Fields(entries, form, element), None, place)


def unknown(
    type: Type,
    why: str,
    symbol: Hashable = None,
    place: Place | None = None,
    *,
    doubt: Doubt = Doubt.UNKNOWN,
    shape: str = "",
) -> Typed:
    """A value of which nothing but the type is known."""
    return Typed(Unknown(why, symbol, shape, type), type, place, doubt=doubt)


def text_of(value: Typed) -> str:
    """The characters of a known string."""
    data = value.data
    return data.text if isinstance(data, Spelled) else str(data)


__all__ = [
    "EPHEMERAL",
    "NO_MARKS",
    "SENSITIVE",
    "Doubt",
    "Elements",
    "Fields",
    "Record",
    "Spelled",
    "Typed",
    "boolean",
    "mapping",
    "nfc",
    "null",
    "sequence",
    "string",
    "symbol",
    "text_of",
    "unknown",
    "why",
]
