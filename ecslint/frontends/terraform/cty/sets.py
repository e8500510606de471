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
from ecslint.frontends.terraform.cty.digits import Digits
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.text import quoted
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Spelled, Typed, text_of
from ecslint.value import YES, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.source import Place


def make_set(items: Iterable[Typed], element: Type, place: Place | None = None) -> Typed:
    """A set of elements of one type; its marks are those of the elements."""
    marks: frozenset[str] = frozenset()
    buckets: dict[int, list[Typed]] = {}
    for item in items:
        marks |= all_marks(item)
        plain = unmarked(item)
        bucket = buckets.setdefault(crc32(hash_text(plain).encode()), [])
        if not any(raw_same(plain, other) for other in bucket):
            bucket.append(plain)
    ordered = [item for code in sorted(buckets) for item in buckets[code]]
    ordered.sort(key=cmp_to_key(_order))
    return Typed(Elements(ordered, "set", element), None, place, marks=marks)


def raw_same(one: Typed, two: Typed) -> bool:
    """Whether two elements are certainly one."""
    return equal(one, two) is YES


def has(items: Sequence, wanted: Typed) -> bool:
    """Whether a set certainly holds an element."""
    return any(raw_same(item, wanted) for item in items.items if isinstance(item, Typed))


def _order(one: Typed, two: Typed) -> int:
    if raw_equal(one, two):
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
    a_text, b_text = hash_text(one).encode(), hash_text(two).encode()
    return (a_text > b_text) - (a_text < b_text)


def hash_text(value: Typed) -> str:
    """The text by which go-cty tells values apart; marks do not count."""
    data = value.data
    if value.doubt is not Doubt.KNOWN:
        return "?"
    if data is None:
        return "~"
    if isinstance(data, bool):
        return "T" if data else "F"
    if isinstance(data, (int, Real)):
        return Digits.of(*numbers.parts(data)).rounded(10).general(10) if not numbers.infinite(data) else str(data)
    if isinstance(data, Fields):
        if data.form == "map":
            inner = "".join(f"{quoted(key)}:{hash_text(item)};" for key, item in data.ordered())
            return "{" + inner + "}"
        return "<" + "".join(hash_text(item) + ";" for _, item in data.ordered()) + ">"
    if isinstance(data, Elements):
        inner = "".join(hash_text(item) + ";" for item in data.items)
        return f"<{inner}>" if data.form == "tuple" else f"[{inner}]"
    return quoted(text_of(value))


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
