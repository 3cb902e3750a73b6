"""How likely a value this large is by chance: the tails that tests need, without a library for them."""

import math
from typing import Final

TINY: Final = 1e-300
MAX_TERMS: Final = 10_000
CLOSE: Final = 1e-16


def chi_square_tail(value: float, df: int) -> float:
    """Give the chance of a chi-square above `value`, exactly for whole degrees of freedom.

    >>> round(chi_square_tail(3.841458820694124, 1), 12)
    0.05
    """
    if value <= 0:
        return 1.0
    half = value / 2
    # Q(s, x) = Q(s - 1, x) + x^(s-1) e^-x / Γ(s), down to s = 1 (e^-x) or s = 1/2 (erfc √x).
    total = math.erfc(math.sqrt(half)) if df % 2 else 0.0
    first = 1.5 if df % 2 else 1.0
    for i in range((df - 1) // 2 if df % 2 else df // 2):
        shape = first + i
        total += math.exp((shape - 1) * math.log(half) - half - math.lgamma(shape))
    return min(1.0, total)


def f_tail(value: float, df: float, other: float) -> float:
    """Give the chance of an F above `value`, with `df` and `other` degrees of freedom.

    >>> round(f_tail(161.4476387975881, 1, 1), 12)
    0.05
    """
    return 1.0 if value <= 0 else beta_share(other / 2, df / 2, other / (other + df * value))


def student_tail(value: float, df: float) -> float:
    """Give the chance of Student's t further from zero than `value`, on either side."""
    return beta_share(df / 2, 0.5, df / (df + value * value))


def student_quantile(level: float, df: float) -> float:
    """Give the t within which the share `level` of Student's distribution lies, both sides taken together.

    >>> round(student_quantile(0.95, 1), 6)    # tan(0.475 π)
    12.706205
    """
    low, high = 0.0, 1.0
    while student_tail(high, df) > 1 - level:
        high *= 2
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if student_tail(middle, df) > 1 - level else (low, middle)
    return high


def beta_share(a: float, b: float, x: float) -> float:
    """Give the regularised incomplete beta function I_x(a, b), by its continued fraction."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_share(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return min(1.0, math.exp(front) * _fraction(a, b, x) / a)


def _fraction(a: float, b: float, x: float) -> float:
    """Run the continued fraction 1/(1 + d1/(1 + d2/(1 + …))) by the modified Lentz method."""
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d, c = 1.0 / _away(1.0 + term * d), _away(1.0 + term / c)
            step = c * d
            found *= step
        if abs(step - 1.0) < CLOSE:
            break
    return found


def _away(value: float) -> float:
    """Keep a divisor from zero."""
    return value if abs(value) > TINY else TINY
