"""Powers and logarithms, to the last bit as Go calculates them on amd64.

Source: Go's `math/pow.go`, `math/log.go` and `math/exp_amd64.s` (the variant with fused multiplication). The C
library behind Python's own functions rounds some results differently.
"""

from __future__ import annotations

import math

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_LOG = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
_LN2_UPPER, _LN2_LOWER = 0.69314718055966295651160180568695068359375, 0.28235290563031577122588448175013436025525412e-12
_LOG2_E = 1.4426950408889634073599246810018920
_OVERFLOW = 7.09782712893384e02
_TAYLOR = (
    1.9841269841269841270e-4,
    1.3888888888888888889e-3,
    8.3333333333333333333e-3,
    4.1666666666666666667e-2,
    1.6666666666666666667e-1,
    0.5,
    1.0,
)
_TAYLOR_LAST = 2.4801587301587301587e-5


def log(x: float) -> float:
    """The natural logarithm."""
    if math.isnan(x) or x == math.inf:
        return x
    if x < 0:
        return math.nan
    if x == 0:
        return -math.inf
    fraction, exponent = math.frexp(x)
    if fraction < math.sqrt(2) / 2:
        fraction *= 2
        exponent -= 1
    f = fraction - 1
    s = f / (2 + f)
    s2 = s * s
    s4 = s2 * s2
    l1, l2, l3, l4, l5, l6, l7 = _LOG
    rest = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7))) + s4 * (l2 + s4 * (l4 + s4 * l6))
    half = 0.5 * f * f
    return exponent * _LN2_HIGH - ((half - (s * (half + rest) + exponent * _LN2_LOW)) - f)


def exp(x: float) -> float:
    """The power of e."""
    if math.isnan(x) or x == math.inf:
        return x
    if x == -math.inf:
        return 0.0
    if x > _OVERFLOW:
        return math.inf
    exponent = round(x * _LOG2_E)
    x = _fused(-_LN2_UPPER, exponent, x)
    x = _fused(-_LN2_LOWER, exponent, x)
    x *= 0.0625
    y = _TAYLOR_LAST
    for factor in _TAYLOR:
        y = _fused(y, x, factor)
    x *= y
    for _ in range(3):
        x *= x + 2.0
    x = _fused(x, x + 2.0, 1.0)
    return math.ldexp(x, exponent) if exponent > -1075 else 0.0


def _fused(a: float, b: float, c: float) -> float:
    """a * b + c, rounded once."""
    from fractions import Fraction

    return float(Fraction(a) * Fraction(b) + Fraction(c))


def power(x: float, y: float) -> float:
    """x to the power of y."""
    special = _special_power(x, y)
    if special is not None:
        return special
    fraction, whole = math.modf(abs(y))
    if fraction and x < 0:
        return math.nan
    if whole >= 1 << 63:
        return 1.0 if x == -1 else 0.0 if (abs(x) < 1) == (y > 0) else math.inf
    result, result_exponent = 1.0, 0
    if fraction:
        if fraction > 0.5:
            fraction -= 1
            whole += 1
        result = exp(fraction * log(x))
    mantissa, exponent = math.frexp(x)
    bits = int(whole)
    while bits:
        if not -(1 << 12) <= exponent <= 1 << 12:
            result_exponent += exponent
            break
        if bits & 1:
            result *= mantissa
            result_exponent += exponent
        mantissa *= mantissa
        exponent <<= 1
        if mantissa < 0.5:
            mantissa += mantissa
            exponent -= 1
        bits >>= 1
    if y < 0:
        result, result_exponent = 1 / result, -result_exponent
    try:
        return math.ldexp(result, result_exponent)
    except OverflowError:
        return math.copysign(math.inf, result)


def _special_power(x: float, y: float) -> float | None:
    """The power where one of the two is nothing to calculate with; None where it is."""
    if y == 0 or x == 1:
        return 1.0
    if y == 1:
        return x
    if x == 0:
        odd = math.copysign(1, x) < 0 and abs(y) < 1 << 53 and y % 2 == 1
        if y < 0:
            return -math.inf if odd else math.inf
        return x if odd else 0.0
    if math.isinf(y):
        return 1.0 if x == -1 else 0.0 if (abs(x) < 1) == (y > 0) else math.inf
    if math.isinf(x):
        return power(1 / x, -y) if x < 0 else 0.0 if y < 0 else math.inf
    if abs(y) == 0.5:
        root = math.sqrt(x) if x >= 0 else math.nan
        return root if y > 0 else 1 / root
    return None
