"""Exact amounts to money: rounding, and the forms in which amounts and rates are written.

`half_up` is the only place where an amount is rounded to the nearest, `up` the only one where it
is rounded up.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

from supportcli.core.currencies import minor_digits
from supportcli.record import NamedTuple


class Money(NamedTuple):
    """An amount that was rounded to its currency's minor unit, ready to be shown."""

    amount: Decimal
    currency: str

    @property
    def digits(self) -> str:
        """The amount without its sign, with at least the decimals of its currency: 1,200.00."""
        unit = Decimal(1).scaleb(-minor_digits(self.currency))
        return f"{abs(self.amount) + 0 * unit:,f}"

    def __str__(self) -> str:
        sign = "-" if self.amount < 0 else ""
        return f"{self.currency} {sign}{self.digits}"


class ShortMoney(NamedTuple):
    """An amount for where there is little room: without decimals where they are all 0."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        sign = "-" if self.amount < 0 else ""
        return f"{self.currency} {sign}{self.digits}"

    @property
    def digits(self) -> str:
        """The amount without its sign: 1,200."""
        return f"{abs(self.amount):,f}"


def half_up(amount: Fraction, digits: int) -> Decimal:
    """Round an exact amount >= 0 to so many decimals, half a unit of the last going up.

    Source: our assumption; the vendor's pages name no rounding rule.
    """
    scaled = amount * 10**digits
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{units}E-{digits}")


def up(amount: Fraction, digits: int) -> Decimal:
    """The first number of so many decimals that is not below an exact one >= 0."""
    return Decimal(f"{ceil(amount * 10**digits)}E-{digits}")


def whole(money: Money) -> ShortMoney:
    """The same amount, without decimals where they are all 0."""
    number = money.amount.to_integral_value()
    return ShortMoney(number if number == money.amount else money.amount, money.currency)


def finite(number: Fraction, digits: int = 0) -> Decimal:
    """The number unrounded, with at least so many decimals.

    Raises:
        ValueError: it has no finite decimal form (a third, say).
    """
    for decimals in range(digits, 40):
        scaled = number * 10**decimals
        if scaled.denominator == 1:
            return Decimal(f"{scaled.numerator}E-{decimals}")
    raise ValueError(f"{number} has no finite decimal form")


def round_half_up(amount: Fraction, currency: str) -> Decimal:
    """Round an exact amount >= 0 to the currency's minor unit, half a unit going up."""
    return half_up(amount, minor_digits(currency))


def round_up(amount: Fraction, currency: str) -> Decimal:
    """The first amount of the currency's minor unit that is not below an exact one >= 0.

    For a spend from which on something holds: what is a third of a cent too low is not there yet.
    """
    return up(amount, minor_digits(currency))


def exact_decimal(amount: Fraction, currency: str) -> Decimal:
    """The amount unrounded, with at least the currency's decimals; for a finite decimal only.

    Raises:
        ValueError: the amount has no finite decimal form (a third, say).
    """
    return finite(amount, minor_digits(currency))


def exact_money(amount: Fraction, currency: str) -> Money:
    """An amount as it was given, unrounded, with at least the currency's decimals."""
    return Money(exact_decimal(amount, currency), currency)


def nearest_money(amount: Fraction, currency: str) -> Money:
    """An amount unrounded where it has a finite decimal form, else rounded half up."""
    try:
        return exact_money(amount, currency)
    except ValueError:
        return Money(round_half_up(amount, currency), currency)


def apportion(parts: list[Fraction], total: Decimal, currency: str) -> list[Decimal]:
    """Round the parts so that they add up to the rounded total: by largest remainder."""
    unit = Decimal(1).scaleb(-minor_digits(currency))
    scaled = [part / Fraction(unit) for part in parts]
    units = [int(part) for part in scaled]
    missing = int(total / unit) - sum(units)
    by_remainder = sorted(range(len(parts)), key=lambda i: units[i] - scaled[i])
    for index in by_remainder[:missing]:
        units[index] += 1
    return [count * unit for count in units]


def format_rate(rate: Fraction) -> str:
    """The rate as a percentage with the decimals it needs: 10%, 2.5%."""
    return f"{finite(rate * 100):f}%"


class Off(NamedTuple):
    """A share that a discount takes off, which each language says in its way: 30% off, 7折."""

    rate: Fraction


def signed_rate(rate: Fraction, decimals: int = 4) -> str:
    """A difference of rates as a percentage with its sign, rounded half up to so many decimals."""
    units = half_up(abs(rate) * 100, decimals)
    return f"{'-' if rate < 0 and units else '+'}{units.normalize():f}%"
