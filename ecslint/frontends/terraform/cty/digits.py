"""Decimal digits of binary numbers: the fewest that say which number it is, and the formats `%e`, `%f` and `%g`.

Source: Go's `math/big`, `ftoa.go` and `decimal.go`.
"""

from __future__ import annotations


class Digits:
    """The decimal number `0.DIGITS * 10**exponent`, with a sign; zero has no digits."""

    __slots__ = ("digits", "exponent", "negative")

    def __init__(self, digits: str, exponent: int, negative: bool) -> None:
        self.digits = digits.rstrip("0")
        self.exponent = exponent if self.digits else 0
        self.negative = negative

    @staticmethod
    def of(mantissa: int, exponent: int) -> Digits:
        """All the digits of `mantissa * 2**exponent`."""
        magnitude = abs(mantissa)
        if exponent >= 0:
            digits, point = str(magnitude << exponent), 0
        else:
            digits, point = str(magnitude * 5**-exponent), exponent
        return Digits(digits, len(digits) + point if magnitude else 0, mantissa < 0)

    def at(self, index: int) -> str:
        return self.digits[index] if index < len(self.digits) else "0"

    def rounded(self, count: int) -> Digits:
        """With at most `count` digits, to nearest, ties to even."""
        if count < 0 or count >= len(self.digits):
            return self
        rest = self.digits[count:]
        tie = rest == "5"
        up = (count > 0 and int(self.digits[count - 1]) % 2 == 1) if tie else rest[0] >= "5"
        return self.up(count) if up else self.down(count)

    def up(self, count: int) -> Digits:
        """With `count` digits, away from zero."""
        if count < 0 or count >= len(self.digits):
            return self
        kept = self.digits[:count].rstrip("9")
        if not kept:
            return Digits("1", self.exponent + 1, self.negative)
        return Digits(kept[:-1] + str(int(kept[-1]) + 1), self.exponent, self.negative)

    def down(self, count: int) -> Digits:
        """With `count` digits, towards zero."""
        if count < 0 or count >= len(self.digits):
            return self
        return Digits(self.digits[:count], self.exponent, self.negative)

    @property
    def sign(self) -> str:
        return "-" if self.negative else ""

    def plain(self) -> str:
        """The number in the form `DIGITSeEXPONENT`, which every reader of numbers takes."""
        return f"{self.sign}{self.digits or '0'}e{self.exponent - len(self.digits)}"

    def fixed(self, places: int) -> str:
        """`%f`; a negative number of places means as many as there are."""
        if places < 0:
            places = max(len(self.digits) - self.exponent, 0)
        before = self.digits[: self.exponent].ljust(self.exponent, "0") if self.exponent > 0 else "0"
        if not places:
            return self.sign + before
        after = "".join(self.at(self.exponent + i) if self.exponent + i >= 0 else "0" for i in range(places))
        return f"{self.sign}{before}.{after}"

    def scientific(self, places: int, letter: str = "e") -> str:
        """`%e`; a negative number of places means as many as there are."""
        if places < 0:
            places = max(len(self.digits) - 1, 0)
        after = "".join(self.at(i) for i in range(1, places + 1))
        power = self.exponent - 1 if self.digits else 0
        point = "." if places else ""
        return f"{self.sign}{self.at(0)}{point}{after}{letter}{'-' if power < 0 else '+'}{abs(power):02d}"

    def general(self, count: int, letter: str = "e") -> str:
        """`%g` with at most `count` digits; a negative count means that the digits are already the fewest."""
        least = 6 if count < 0 else count or 1
        if count < 0:
            count = len(self.digits)
        else:
            count = count or 1
            if least > len(self.digits) >= self.exponent:
                least = len(self.digits)
        power = self.exponent - 1
        if self.digits and (power < -4 or power >= least):
            return self.scientific(min(count, len(self.digits)) - 1, letter)
        if count > self.exponent:
            count = len(self.digits)
        return self.fixed(max(count - self.exponent, 0))


def shortest(mantissa: int, exponent: int, precision: int) -> Digits:
    """The fewest digits that are nearer to `mantissa * 2**exponent` than to any other number of that precision."""
    digits = Digits.of(mantissa, exponent)
    magnitude = abs(mantissa)
    shift = magnitude.bit_length() - (precision + 1)
    ulps = magnitude << -shift if shift < 0 else magnitude >> shift
    lower, upper = Digits.of(ulps - 1, exponent + shift), Digits.of(ulps + 1, exponent + shift)
    even = not ulps & 2
    for index, digit in enumerate(digits.digits):
        low, high = lower.at(index), upper.at(index)
        can_fall = low != digit or (even and index + 1 == len(lower.digits))
        can_rise = digit != high and (even or int(digit) + 1 < int(high) or index + 1 < len(upper.digits))
        if can_fall and can_rise:
            return digits.rounded(index + 1)
        if can_fall:
            return digits.down(index + 1)
        if can_rise:
            return digits.up(index + 1)
    return digits
