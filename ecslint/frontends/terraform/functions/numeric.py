"""Functions of numbers.

Source: go-cty's `stdlib/number.go` and Terraform's `lang/funcs/number.go`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.types import NUMBER, list_of
from ecslint.frontends.terraform.cty.value import Elements, Typed, sequence, text_of
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions import floats
from ecslint.frontends.terraform.functions.elements import unsure
from ecslint.frontends.terraform.functions.function import Parameter, function, number
from ecslint.frontends.terraform.functions.strings import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.frontends.terraform.cty.numbers import Number
    from ecslint.frontends.terraform.cty.types import Type

MOST_OF_RANGE = 1024
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def of(value: Typed) -> Number:
    """The number of a known value."""
    assert isinstance(value.data, (int, Real))
    return value.data


def made(result: Number) -> Typed:
    return Typed(result, NUMBER)


@function("abs", Parameter("num", NUMBER, dynamic=True), returns=NUMBER)
def abs_(value: Typed) -> Typed:
    found = of(value)
    return made(numbers.negate(found) if found < 0 or found is numbers.MINUS_ZERO else found)


def _rounded(value: Typed, up: bool) -> Typed:
    found = of(value)
    if not isinstance(found, Real) or numbers.infinite(found):
        return made(found or 0)
    cut = numbers.truncate(found)
    if up and found > 0:
        cut += 1
    elif not up and found < 0:
        cut -= 1
    return made(numbers.make(cut, 0, found.precision))


@function("ceil", number("num"), returns=NUMBER)
def ceil(value: Typed) -> Typed:
    return _rounded(value, True)


@function("floor", number("num"), returns=NUMBER)
def floor(value: Typed) -> Typed:
    return _rounded(value, False)


@function("log", number("num"), number("base"), returns=NUMBER)
def log(value: Typed, base: Typed) -> Typed:
    over, under = floats.log(numbers.to_float(of(value))), floats.log(numbers.to_float(of(base)))
    return made(numbers.from_float(_divided(over, under)))


def _divided(over: float, under: float) -> float:
    if under:
        return over / under
    return math.nan if over == 0 or over != over else math.copysign(math.inf, over) * math.copysign(1, under)  # noqa: PLR0124


@function("pow", number("num"), number("power"), returns=NUMBER)
def pow_(value: Typed, power: Typed) -> Typed:
    return made(numbers.from_float(floats.power(numbers.to_float(of(value)), numbers.to_float(of(power)))))


@function("signum", number("num"), returns=NUMBER)
def signum(value: Typed) -> Typed:
    found = whole_number(value)
    return made(numbers.whole((found > 0) - (found < 0)))


def _parse_returns(values: Sequence[Typed]) -> Type:
    if values[0].type.kind != "string":
        raise Failure(f"first argument must be a string, not {values[0].type.name}")
    return NUMBER


@function("parseint", Parameter("number"), number("base"), returns=_parse_returns)
def parseint(value: Typed, base: Typed) -> Typed:
    _parse_returns([value])
    source, radix = text_of(value), whole_number(base)
    if not 2 <= radix <= 62:
        raise Failure("base must be a whole number between 2 and 62 inclusive")
    digits = source[1:] if source[:1] in {"+", "-"} else source
    # Up to base 36 both cases mean the same digit.
    digits = digits.lower() if radix <= 36 else digits
    allowed = _DIGITS[:radix]
    if not digits or any(digit not in allowed for digit in digits) or len(digits) > 4000:
        raise Failure(f'cannot parse "{source}" as a base {radix} integer')
    total = 0
    for digit in digits:
        total = total * radix + allowed.index(digit)
    total = -total if source.startswith("-") else total
    return made(numbers.make(total, 0, max(total.bit_length(), 64)))


_NUMBERS = Parameter("numbers", NUMBER, dynamic=True)


@function("min", rest=_NUMBERS, returns=NUMBER)
def min_(*values: Typed) -> Typed:
    return _extreme(values, -1)


@function("max", rest=_NUMBERS, returns=NUMBER)
def max_(*values: Typed) -> Typed:
    return _extreme(values, 1)


def _extreme(values: Sequence[Typed], direction: int) -> Typed:
    if not values:
        raise Failure("must pass at least one number")
    best = values[0]
    for value in values[1:]:
        if numbers.compare(of(value), of(best)) * direction > 0:
            best = value
    return best


@function("sum", Parameter("list"), returns=NUMBER)
def sum_(value: Typed) -> Typed:
    data = value.data
    if not isinstance(data, Elements):
        raise Failure("cannot sum noniterable")
    if not data.items:
        raise Failure("cannot sum an empty list")
    if not value.whole:
        return unsure(NUMBER, [value])
    total: Number | None = None
    for item in data.items:
        try:
            found = of(convert(item, NUMBER)) if not item.null else None
        except Mismatch:
            found = None
        if found is None:
            raise Failure("argument must be list, set, or tuple of number values")
        total = found if total is None else numbers.add(total, found)
    assert total is not None
    return made(total)


@function("range", rest=Parameter("params", NUMBER), returns=list_of(NUMBER))
def range_(*values: Typed) -> Typed:
    found = [of(value) for value in values]
    zero, one = numbers.whole(0), numbers.whole(1)
    start: Number
    step: Number
    if len(found) in {1, 2}:
        start, end = found if len(found) == 2 else (zero, found[0])
        step = numbers.negate(one) if end < start else one
    elif len(found) == 3:
        start, end, step = found
    else:
        raise Failure("must have one, two, or three arguments")
    return sequence([made(item) for item in _steps(start, end, step)], "list", NUMBER)


def _steps(start: Number, end: Number, step: Number) -> list[Number]:
    down = step < 0
    if (end > start) if down else (end < start):
        raise Failure(
            f"end must be {'less' if down else 'greater'} than start when step is {'negative' if down else 'positive'}"
        )
    out: list[Number] = []
    current = start
    while numbers.compare(current, end) * (-1 if down else 1) < 0:
        if len(out) >= MOST_OF_RANGE:
            raise Failure(f"more than {MOST_OF_RANGE} values were generated")
        out.append(current)
        current = numbers.add(current, step)
    return out
