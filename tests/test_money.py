"""Rounding, and how amounts and rates are written (N11 and N17 of our list of faults)."""

import decimal
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.amount_text import parse_amount
from supportcli.core.money import (
    Money,
    exact_decimal,
    exact_money,
    format_rate,
    round_half_up,
    round_up,
    signed_rate,
)

quick = settings(deadline=None, max_examples=150)
amounts = st.integers(0, 10**18 - 1).map(lambda millionths: Decimal(millionths).scaleb(-6))


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        ("1/10", "10%"),
        ("1/40", "2.5%"),
        ("0", "0%"),
        ("1", "100%"),
        ("9/200", "4.5%"),
        ("1/100000000", "0.000001%"),
    ],
)
def test_rate_is_shown_with_the_decimals_it_needs(rate: str, shown: str) -> None:
    assert format_rate(Fraction(rate)) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("0", "CNY", "0.00"),
        ("966.664999", "USD", "966.66"),
        ("966.665", "USD", "966.67"),  # half to even would give 966.66
        ("0.125", "USD", "0.13"),  # half to even would give 0.12
        ("2900/3", "USD", "966.67"),
        ("29000001/30000", "USD", "966.67"),
        ("0.004999", "CNY", "0.00"),
        ("0.005", "CNY", "0.01"),
        ("0.5", "JPY", "1"),  # half to even would give 0
        ("1234.5", "JPY", "1235"),
        ("1234.499999", "JPY", "1234"),
        ("0.0005", "KWD", "0.001"),
        ("1.2345", "KWD", "1.235"),
        ("1.23449", "KWD", "1.234"),
        ("1.00005", "CLF", "1.0001"),
        ("999999999999.999999", "CNY", "1000000000000.00"),
        ("999999999999.994999", "CNY", "999999999999.99"),
    ],
)
def test_half_a_unit_goes_up(amount: str, currency: str, shown: str) -> None:
    assert str(round_half_up(Fraction(amount), currency)) == shown


@quick
@given(amounts, st.sampled_from(["JPY", "USD", "KWD", "CLF"]))
def test_rounding_agrees_with_the_decimal_module(amount: Decimal, currency: str) -> None:
    unit = {"JPY": "1", "USD": "0.01", "KWD": "0.001", "CLF": "0.0001"}[currency]
    assert round_half_up(Fraction(amount), currency) == amount.quantize(
        Decimal(unit), rounding=ROUND_HALF_UP
    )


@quick
@given(st.integers(0, 10**12), st.sampled_from([(1, "JPY"), (100, "CNY"), (1000, "BHD")]))
def test_exactly_half_a_unit_goes_up(units: int, currency: tuple[int, str]) -> None:
    per_whole, code = currency
    half_more = Fraction(2 * units + 1, 2 * per_whole)
    assert Fraction(round_half_up(half_more, code)) == Fraction(units + 1, per_whole)


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("0", "CNY", "0.00"),
        ("0", "JPY", "0"),
        ("967", "JPY", "967"),  # an exact amount stays
        ("966.67", "USD", "966.67"),
        ("966.667", "KWD", "966.667"),
        ("966.6667", "CLF", "966.6667"),
        ("2900/3", "JPY", "967"),  # 966.666...
        ("2900/3", "USD", "966.67"),
        ("2900/3", "KWD", "966.667"),
        ("2900/3", "CLF", "966.6667"),
        ("1000/3", "JPY", "334"),  # a third goes up, where half up would go down
        ("1000/3", "USD", "333.34"),
        ("1000/3", "KWD", "333.334"),
        ("1000/3", "CLF", "333.3334"),
        ("0.000001", "USD", "0.01"),
        ("966.670001", "USD", "966.68"),
        ("999999999999.999999", "CNY", "1000000000000.00"),
    ],
)
def test_round_up_gives_the_first_amount_that_is_reached(
    amount: str, currency: str, shown: str
) -> None:
    assert str(round_up(Fraction(amount), currency)) == shown


@pytest.mark.slow
@quick
@given(
    st.fractions(0, 10**9),
    st.sampled_from([(1, "JPY"), (100, "CNY"), (1000, "BHD"), (10_000, "CLF")]),
)
def test_round_up_is_less_than_a_unit_above(amount: Fraction, currency: tuple[int, str]) -> None:
    per_whole, code = currency
    up = Fraction(round_up(amount, code))
    assert (up * per_whole).denominator == 1
    assert 0 <= up - amount < Fraction(1, per_whole)


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        ("1/10", "+10%"),
        ("-1/10", "-10%"),
        ("1", "+100%"),
        ("-1/40", "-2.5%"),
        ("0", "+0%"),
        ("1/3", "+33.3333%"),
        ("-2/3", "-66.6667%"),
        ("0.0000005", "+0.0001%"),  # half of the last decimal
        ("-0.0000005", "-0.0001%"),
        ("0.0000004", "+0%"),
    ],
)
def test_a_difference_of_rates_has_a_sign(rate: str, shown: str) -> None:
    assert signed_rate(Fraction(rate)) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("29", "USD", "29.00"),
        ("29", "JPY", "29"),
        ("29", "KWD", "29.000"),
        ("999.999", "USD", "999.999"),
        ("1000.0007", "USD", "1000.0007"),
        ("12.5", "JPY", "12.5"),
        ("1/8", "CNY", "0.125"),
        ("-1/8", "CNY", "-0.125"),
    ],
)
def test_exact_amount_keeps_all_its_decimals(amount: str, currency: str, shown: str) -> None:
    assert str(exact_decimal(Fraction(amount), currency)) == shown


def test_a_third_has_no_exact_decimal() -> None:
    with pytest.raises(ValueError, match="2900/3 has no finite decimal form"):
        exact_decimal(Fraction(2900, 3), "USD")


@pytest.mark.parametrize("text", ["1234567890123456789012345678.55", "0.1" + "0" * 30 + "1"])
def test_exact_means_exact_beyond_28_digits(text: str) -> None:  # N17
    assert Fraction(exact_decimal(Fraction(text), "CNY")) == Fraction(text)


def test_rounding_does_not_hang_on_the_precision_of_the_thread() -> None:  # N17
    with decimal.localcontext(prec=6):
        assert str(round_half_up(Fraction("1234567.894"), "CNY")) == "1234567.89"
        assert str(exact_decimal(Fraction("1234567.894"), "CNY")) == "1234567.894"


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("62000.00", "CNY", "CNY 62,000.00"),
        ("1235", "JPY", "JPY 1,235"),
        ("0.00", "USD", "USD 0.00"),
    ],
)
def test_money_is_shown_with_its_currency(amount: str, currency: str, shown: str) -> None:
    assert str(Money(Decimal(amount), currency)) == shown


def test_exact_money_is_not_rounded() -> None:
    assert str(exact_money(Fraction("966.6655"), "USD")) == "USD 966.6655"
    assert str(exact_money(Fraction(1250), "JPY")) == "JPY 1,250"


def test_zero_is_shown_without_a_sign() -> None:  # N11
    zero = parse_amount("-0.00", "CNY").value
    assert str(Money(round_half_up(zero, "CNY"), "CNY")) == "CNY 0.00"


@quick
@given(st.integers(0, 10**14 - 1).map(lambda cents: Fraction(cents, 100)))
def test_money_shown_can_be_typed_in_again(amount: Fraction) -> None:
    shown = str(Money(round_half_up(amount, "CNY"), "CNY"))
    assert parse_amount(shown, "CNY").value == amount
