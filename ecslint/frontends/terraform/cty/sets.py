"""Sets: which values are one, and in which order a set holds them.

Source: go-cty's `set_internals.go`. Primitive values are in their own order; others in the order of a text that is
made of them, and where that does not tell them apart, of its CRC-32.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING
from zlib import crc32

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.compare import equal, raw_equal
from ecslint.frontends.terraform.cty.hashes import hash_text
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.value import Elements, Fields, Spelled, Typed, text_of
from ecslint.value import YES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.source import Place


class Members:
    """Values of one type, each once, found by their texts."""

    def __init__(self, items: Iterable[Typed] = ()) -> None:
        self.buckets: dict[str, list[Typed]] = {}
        for item in items:
            self.add(item)

    def add(self, item: Typed) -> bool:
        """Take a value in, unless one that is certainly the same is there; whether it was taken."""
        bucket = self.buckets.setdefault(hash_text(item), [])
        if any(equal(item, other) is YES for other in bucket):
            return False
        bucket.append(item)
        return True

    def __contains__(self, item: Typed) -> bool:
        return any(equal(item, other) is YES for other in self.buckets.get(hash_text(item), ()))


def make_set(items: Iterable[Typed], element: Type, place: Place | None = None) -> Typed:
    """A set of elements of one type; its marks are those of the elements."""
    marks: frozenset[str] = frozenset()
    members = Members()
    for item in items:
        marks |= all_marks(item)
        members.add(unmarked(item))
    if all(isinstance(item.data, str) and not item.doubt for bucket in members.buckets.values() for item in bucket):
        found = sorted((item for bucket in members.buckets.values() for item in bucket), key=text_of)
        return Typed(Elements(found, "set", element), None, place, marks=marks)
    texts = sorted(members.buckets, key=lambda text: crc32(text.encode()))
    pairs = [(item, text) for text in texts for item in members.buckets[text]]
    pairs.sort(key=cmp_to_key(_order))
    return Typed(Elements([item for item, _ in pairs], "set", element), None, place, marks=marks)


def _order(mine: tuple[Typed, str], theirs: tuple[Typed, str]) -> int:
    (one, one_text), (two, two_text) = mine, theirs
    if one_text == two_text and raw_equal(one, two):
        return 0
    if one.null != two.null:
        return 1 if one.null else -1
    if bool(one.doubt) != bool(two.doubt):
        return 1 if one.doubt else -1
    a, b = one.data, two.data
    if isinstance(a, (str, Spelled)) and isinstance(b, (str, Spelled)):
        return -1 if text_of(one) < text_of(two) else 1
    if isinstance(a, bool) and isinstance(b, bool):
        return -1 if a < b else 1
    if isinstance(a, (int, Real)) and isinstance(b, (int, Real)):
        return numbers.compare(a, b)
    return (one_text > two_text) - (one_text < two_text)


def all_marks(value: Typed) -> frozenset[str]:
    """The marks of a value and of everything in it."""
    marks = value.marks
    if value.deep:
        data = value.data
        if isinstance(data, Elements):
            for item in data.items:
                marks |= all_marks(item)
        elif isinstance(data, Fields):
            for item in data.table.values():
                marks |= all_marks(item)
    return marks


def unmarked(value: Typed) -> Typed:
    """The value with no marks, at any depth."""
    if not value.deep:
        return value
    data = value.data
    if isinstance(data, Elements) and data.marked:
        data = Elements([unmarked(item) for item in data.items], data.form, data.element, data.open)
    elif isinstance(data, Fields) and data.marked:
        data = Fields([(key, unmarked(item)) for key, item in data.entries], data.form, data.element, data.open)
    return Typed(data, value._type, value.place, value.hops, doubt=value.doubt, key=value.key)
