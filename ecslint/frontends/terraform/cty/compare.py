"""Equality as Terraform sees it, with three answers.

Source: go-cty's `Value.Equals` and `Value.RawEquals`. Values of different types are never equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.strings import beginning
from ecslint.frontends.terraform.cty.types import conforms
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Spelled, Typed, text_of
from ecslint.value import MAYBE, NO, YES, Answer, Value

if TYPE_CHECKING:
    from collections.abc import Iterable


def equal(one: Typed, two: Typed) -> Answer:
    """Whether Terraform calls two values equal; marks do not count."""
    if one.doubt or two.doubt:
        return _equal_unknown(one, two)
    if one.data is None or two.data is None:
        return Answer.of(one.data is None and two.data is None)
    if not _settled(one) or not _settled(two):
        possible = conforms(one.type, two.type) or conforms(two.type, one.type)
        return MAYBE if possible else NO
    return _equal_known(one, two) if one.type == two.type else NO


def _settled(value: Typed) -> bool:
    """Whether the type of a value, and of everything in it, is known for good."""
    data = value.data
    if value.doubt:
        return not value.type.has_dynamic
    if not isinstance(data, (Elements, Fields)) or data.whole:
        return True
    return all(map(_settled, data.items if isinstance(data, Elements) else data.table.values()))


def _equal_unknown(one: Typed, two: Typed) -> Answer:
    if one.null or two.null:
        other = two if one.null else one
        return MAYBE if other.doubt is Doubt.UNKNOWN else NO
    if one.doubt and two.doubt:
        return MAYBE
    known, other = (two, one) if one.doubt else (one, two)
    if not conforms(known.type, other.type):
        return NO
    if other.type.has_dynamic:
        return MAYBE
    if known.type != other.type:
        return NO
    # What a text can be is known better here than Terraform knows it, but only its answer counts in the language.
    prefix = beginning(other)
    return NO if prefix and not text_of(known).startswith(prefix) else MAYBE


def _equal_known(one: Typed, two: Typed) -> Answer:
    a, b = one.data, two.data
    if isinstance(a, (str, Spelled)) and isinstance(b, (str, Spelled)):
        return Answer.of(text_of(one) == text_of(two))
    if isinstance(a, bool) or isinstance(b, bool):
        return Answer.of(a is b)
    if isinstance(a, (int, Real)) and isinstance(b, (int, Real)):
        return Answer.of(numbers.compare(a, b) == 0)
    if isinstance(a, Elements) and isinstance(b, Elements):
        if a.form == "set":
            return _equal_sets(a, b)
        if len(a.items) != len(b.items):
            return NO
        return _all(equal(x, y) for x, y in zip(a.items, b.items, strict=True))
    if isinstance(a, Fields) and isinstance(b, Fields):
        if a.table.keys() != b.table.keys():
            return NO
        return _all(equal(value, b.table[key]) for key, value in a.ordered())
    return NO


def _all(answers: Iterable[Answer]) -> Answer:
    """The first answer that is not YES, as go-cty stops at it."""
    return next((answer for answer in answers if not answer.yes), YES)


def _equal_sets(one: Elements, two: Elements) -> Answer:
    if any(item.doubt for item in (*one.items, *two.items)):
        return MAYBE
    if len(one.items) != len(two.items):
        return NO
    from ecslint.frontends.terraform.cty.hashes import hash_text

    buckets: dict[str, list[Typed]] = {}
    for item in two.items:
        buckets.setdefault(hash_text(item), []).append(item)
    return _all(
        Answer.of(any(equal(item, other).yes for other in buckets.get(hash_text(item), ()))) for item in one.items
    )


def raw_equal(one: Typed, two: Typed) -> bool:
    """Whether two values are the same in every respect, unknown ones included."""
    if one.type != two.type or one.doubt != two.doubt or one.marks != two.marks:
        return False
    if one.doubt:
        return one.data is two.data or (one.symbol is not None and one.symbol == two.symbol)
    a, b = one.data, two.data
    if isinstance(a, Elements) and isinstance(b, Elements):
        return len(a.items) == len(b.items) and all(map(raw_equal, a.items, b.items))
    if isinstance(a, Fields) and isinstance(b, Fields):
        return a.table.keys() == b.table.keys() and all(raw_equal(v, b.table[k]) for k, v in a.table.items())
    return (a is None and b is None) or equal(one, two).yes


def null_literal(value: Value) -> bool:
    """Whether this is `null` as it is written, of no type."""
    return isinstance(value, Typed) and value.null and value.type.kind == "dynamic"
