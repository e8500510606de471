"""Terraform's numbers: binary floating point with a precision of its own for every number, 512 bits for a literal.

Source: go-cty, whose numbers are Go's `big.Float`. A whole number is an `int` (512 bits of precision) or a `Whole`
(fewer); any other number is a `Real`, which is the `Decimal` that Terraform would print. Results are rounded to
nearest, ties to even, to the greater precision of the operands, as `big.Float` does it.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

PRECISION = 512
MOST_BITS = 4096
"""The largest binary exponent, either way, that is calculated with: `1e9999999` would fill the memory."""

_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([eEpP])([+-]?[0-9]+))?")
_EXACT = Context(prec=8192, Emin=-999999, Emax=999999)


class OutOfRange(Exception):
    """The number is larger or smaller than ecslint calculates with; Terraform may know it."""

    def __init__(self) -> None:
        super().__init__("the number is too large or too small to calculate with here")


class NotANumber(Exception):
    """The operation has no result, or the text is no number; Terraform says so too."""


class Whole(int):
    """A whole number with another precision than 512 bits, such as a length."""

    precision: int


class Real(Decimal):
    """A number that is not whole: `mantissa` times two to the power of `exponent`, rounded to `precision` bits."""

    __slots__ = ("exponent", "mantissa", "precision")

    mantissa: int
    exponent: int
    precision: int


if TYPE_CHECKING:
    Number = int | Real


def _infinity(sign: int) -> Real:
    value = Real("Infinity" if sign > 0 else "-Infinity")
    value.mantissa, value.exponent, value.precision = sign, 0, PRECISION
    return value


INFINITY, MINUS_INFINITY = _infinity(1), _infinity(-1)
MINUS_ZERO = Whole(0)
"""Zero with a sign, which is equal to the one without but is written with it."""
MINUS_ZERO.precision = PRECISION


def whole(value: int, precision: int = 64) -> int:
    """A whole number of a precision, by default that of a length or an index."""
    number = Whole(value)
    number.precision = precision
    return number


def precision(number: Number) -> int:
    """How many bits of mantissa the number has."""
    if isinstance(number, (Whole, Real)):
        return number.precision
    return PRECISION


def parts(number: Number) -> tuple[int, int]:
    """Mantissa and exponent."""
    return (number.mantissa, number.exponent) if isinstance(number, Real) else (int(number), 0)


def infinite(number: Number) -> bool:
    return isinstance(number, Real) and number.is_infinite()


def round_off(mantissa: int, exponent: int, bits: int) -> tuple[int, int]:
    """The number with at most `bits` bits of mantissa, to nearest, ties to even."""
    extra = abs(mantissa).bit_length() - bits
    if extra <= 0:
        return mantissa, exponent
    magnitude = abs(mantissa)
    kept, rest = magnitude >> extra, magnitude & ((1 << extra) - 1)
    half = 1 << (extra - 1)
    if rest > half or (rest == half and kept & 1):
        kept += 1
    return (-kept if mantissa < 0 else kept), exponent + extra


def make(mantissa: int, exponent: int, bits: int = PRECISION) -> Number:
    """The number `mantissa * 2**exponent` at a precision. Raises `OutOfRange`."""
    mantissa, exponent = round_off(mantissa, exponent, bits)
    if mantissa == 0:
        return 0 if bits == PRECISION else whole(0, bits)
    zeros = (mantissa & -mantissa).bit_length() - 1
    mantissa >>= zeros
    exponent += zeros
    if not -MOST_BITS <= exponent + abs(mantissa).bit_length() <= MOST_BITS or exponent < -2 * MOST_BITS:
        raise OutOfRange
    if exponent >= 0:
        value = mantissa << exponent
        return value if bits == PRECISION else whole(value, bits)
    from ecslint.frontends.terraform.cty.digits import shortest

    real = Real(shortest(mantissa, exponent, bits).plain())
    real.mantissa, real.exponent, real.precision = mantissa, exponent, bits
    return real


def parse(text: str) -> Number:
    """The number that a decimal text says. Raises `NotANumber` and `OutOfRange`."""
    found = _NUMBER.fullmatch(text) if text.isascii() else None
    if found is None or not (found[2] or found[3]):
        if text.lstrip("+-") in {"Inf", "inf"} and len(text) <= 4:
            return MINUS_INFINITY if text.startswith("-") else INFINITY
        raise NotANumber("a number is required")
    sign, before, after, kind, power = found.groups()
    digits = ((before or "") + (after or "")).lstrip("0")
    if not digits:
        return MINUS_ZERO if sign == "-" else 0
    if after is None and kind is None and len(before) < 150:
        return -int(before) if sign == "-" else int(before)
    if len(digits) > MOST_BITS or len(power or "") > 6:
        raise OutOfRange
    scale = int(power or 0)
    mantissa = -int(digits) if sign == "-" else int(digits)
    fives = twos = -len(after or "")
    if kind in {"e", "E"}:
        fives += scale
    if abs(fives) > MOST_BITS or abs(scale) > 2 * MOST_BITS:
        raise OutOfRange
    return _scaled(mantissa, twos + scale, fives)


def _scaled(mantissa: int, twos: int, fives: int) -> Number:
    """`mantissa * 2**twos * 5**fives`, with the intermediate roundings of `big.Float.Parse`."""
    if fives == 0:
        return make(mantissa, twos)
    power, exponent = _power_of_five(abs(fives), PRECISION + 64)
    if fives > 0:
        return make(mantissa * power, twos + exponent)
    return _quotient(mantissa, twos, power, exponent, PRECISION)


def _power_of_five(count: int, bits: int) -> tuple[int, int]:
    if count <= 27:
        return 5**count, 0
    result, factor = (5**27, 0), (5, 0)
    count -= 27
    while count:
        if count & 1:
            result = round_off(result[0] * factor[0], result[1] + factor[1], bits)
        factor = round_off(factor[0] * factor[0], 2 * factor[1], bits + 64)
        count >>= 1
    return result


def _quotient(over: int, over_exponent: int, under: int, under_exponent: int, bits: int) -> Number:
    shift = max(bits + 2 + abs(under).bit_length() - abs(over).bit_length(), 0)
    quotient, rest = divmod(abs(over) << shift, abs(under))
    # The last bit stands for all that was cut off, so that a tie is told from what lies just above it.
    quotient = quotient << 1 | bool(rest)
    if (over < 0) != (under < 0):
        quotient = -quotient
    return make(quotient, over_exponent - under_exponent - shift - 1, bits)


def from_float(value: float) -> Number:
    """A number of 53 bits, such as `pow` gives. Raises `NotANumber` for NaN."""
    if value != value:  # noqa: PLR0124  # the one value that is not equal to itself
        raise NotANumber("the result is not a number")
    if value in {float("inf"), float("-inf")}:
        return INFINITY if value > 0 else MINUS_INFINITY
    if value == 0:
        return MINUS_ZERO if str(value).startswith("-") else 0
    over, under = value.as_integer_ratio()
    return make(over, 1 - under.bit_length(), 53)


def to_float(number: Number) -> float:
    """The nearest number of 53 bits."""
    if infinite(number):
        return float(number)
    try:
        return float(exact(number))
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def exact(number: Number) -> Fraction:
    """A finite number, exactly."""
    mantissa, exponent = parts(number)
    return Fraction(mantissa) * Fraction(2) ** exponent


def compare(one: Number, two: Number) -> int:
    """Less than zero, zero or more, as `one` is less than, equal to or greater than `two`."""
    if isinstance(one, Real) or isinstance(two, Real):
        if infinite(one) or infinite(two):
            return int(Decimal(one).compare(Decimal(two)))
        a, b = exact(one), exact(two)
        return (a > b) - (a < b)
    return (one > two) - (one < two)


def add(one: Number, two: Number) -> Number:
    """Raises `NotANumber` and `OutOfRange`."""
    if infinite(one) or infinite(two):
        if infinite(one) and infinite(two) and one != two:
            raise NotANumber("can't compute sum of opposing infinities")
        return one if infinite(one) else two
    (a, p), (b, q) = parts(one), parts(two)
    low = min(p, q)
    return make((a << (p - low)) + (b << (q - low)), low, max(precision(one), precision(two)))


def negate(number: Number) -> Number:
    if number == 0:
        return 0 if number is MINUS_ZERO else MINUS_ZERO
    if infinite(number):
        return MINUS_INFINITY if number > 0 else INFINITY
    mantissa, exponent = parts(number)
    return make(-mantissa, exponent, precision(number))


def multiply(one: Number, two: Number) -> Number:
    """Raises `NotANumber` and `OutOfRange`."""
    if infinite(one) or infinite(two):
        if one == 0 or two == 0:
            raise NotANumber("can't multiply zero by infinity")
        return INFINITY if (one > 0) == (two > 0) else MINUS_INFINITY
    if one == 0 or two == 0:
        return _zero(one, two)
    (a, p), (b, q) = parts(one), parts(two)
    mantissa, exponent = round_off(a * b, p + q, PRECISION)
    # go-cty lets the precision grow to what the product needs.
    needed = abs(mantissa >> max((mantissa & -mantissa).bit_length() - 1, 0)).bit_length()
    return make(mantissa, exponent, max(precision(one), precision(two), needed))


def divide(one: Number, two: Number) -> Number:
    """Raises `NotANumber` and `OutOfRange`."""
    if infinite(two) or two == 0:
        if (infinite(one) and infinite(two)) or (one == 0 and two == 0):
            raise NotANumber("can't divide zero by zero or infinity by infinity")
        if infinite(two):
            return 0
        return INFINITY if one > 0 else MINUS_INFINITY
    if infinite(one):
        return INFINITY if (one > 0) == (two > 0) else MINUS_INFINITY
    if one == 0:
        return _zero(one, two)
    (a, p), (b, q) = parts(one), parts(two)
    return _quotient(a, p, b, q, max(precision(one), precision(two)))


def _zero(one: Number, two: Number) -> Number:
    """Zero, with the sign that a product or a quotient of the two has."""
    negative = [number < 0 or number is MINUS_ZERO for number in (one, two)]
    return MINUS_ZERO if negative[0] != negative[1] else 0


def truncate(number: Number) -> int:
    """The whole part of a finite number, towards zero."""
    mantissa, exponent = parts(number)
    return (
        mantissa << exponent if exponent >= 0 else -(-mantissa >> -exponent) if mantissa < 0 else mantissa >> -exponent
    )


def modulo(one: Number, two: Number) -> Number:
    """What is left after division, with the sign of the dividend. Raises `NotANumber` and `OutOfRange`."""
    if infinite(one) or infinite(two):
        return multiply(one, two)
    if two == 0 or (one is MINUS_ZERO and two > 0):
        return one
    times = make(truncate(divide(one, two)), 0, precision(one))
    product = make(*_product(two, times), precision(one))
    return make(*_difference(one, product), precision(one))


def _product(one: Number, two: Number) -> tuple[int, int]:
    (a, p), (b, q) = parts(one), parts(two)
    return a * b, p + q


def _difference(one: Number, two: Number) -> tuple[int, int]:
    (a, p), (b, q) = parts(one), parts(two)
    low = min(p, q)
    return (a << (p - low)) - (b << (q - low)), low


def integer(number: Number) -> int | None:
    """The number as Go's `int`, where it is one."""
    if isinstance(number, Real) or not -(1 << 63) <= number < 1 << 63:
        return None
    return int(number)


def text(number: Number) -> str:
    """The number as Terraform writes it into strings and JSON: decimal, without an exponent."""
    if isinstance(number, Real):
        if number.is_infinite():
            return "+Inf" if number > 0 else "-Inf"
        return format(number, "f")
    if number is MINUS_ZERO:
        return "-0"
    if number.bit_length() <= precision(number):
        return str(int(number))
    from ecslint.frontends.terraform.cty.digits import shortest

    return shortest(int(number), 0, precision(number)).fixed(-1)
