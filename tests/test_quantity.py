"""Prices beside the spend: what a number of seats, packs, hours comes to, and how one is read."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.quantity import Counted, Extra, QuantityUnit, charged, parse_quantity
from supportcli.core.schedule import Bracket, Excess, Graduated, GreaterOf, Sum
from supportcli.errors import AmountError, ExitCode
from tests.builders import apiece, extra, flat, share

quick = settings(deadline=None, max_examples=200)

SEATS = extra("seats", apiece("100"), "seats")
PACKS = extra("packs", apiece("300"), "incidents", pack=5)
ENGINEER = extra(
    "engineer",
    Sum(flat("2500"), Excess(Fraction(10), Fraction(250))),
    "hours",
    yearly=True,
)
COVER = extra("cover", GreaterOf(flat("7000"), share("2")), "covered", optional=True)
GRADED = extra(
    "graded",
    Graduated((Bracket(Fraction(10), Fraction(100)), Bracket(None, Fraction(80)))),
    "seats",
)
FLOORED_PACKS = extra("floored", GreaterOf(flat("400"), apiece("150")), "tests", pack=100)


@pytest.mark.parametrize(
    ("priced", "number", "amount"),
    [
        (SEATS, "0", "0"),
        (SEATS, "1", "100"),
        (SEATS, "25", "2500"),  # 25 x 100
        (PACKS, "0", "0"),  # packs of 5 at 300 each, a pack begun is paid whole
        (PACKS, "1", "300"),
        (PACKS, "5", "300"),
        (PACKS, "6", "600"),
        (PACKS, "12", "900"),
        (PACKS, "4.5", "300"),
        (PACKS, "5.000001", "600"),
        (FLOORED_PACKS, "200", "400"),  # 2 x 150 = 300, less than the minimum
        (FLOORED_PACKS, "201", "450"),  # 3 x 150
        (ENGINEER, "0", "2500"),  # 10 hours included, 250 for each further one
        (ENGINEER, "10", "2500"),
        (ENGINEER, "10.01", "2502.5"),
        (ENGINEER, "10.5", "2625"),
        (ENGINEER, "14", "3500"),
        (COVER, "0", "7000"),  # 2% reaches 7,000 at 350,000
        (COVER, "349999.99", "7000"),
        (COVER, "350000", "7000"),
        (COVER, "350000.01", "7000.0002"),
        (COVER, "500000", "10000"),
        (GRADED, "10", "1000"),  # the first ten at 100, the others at 80
        (GRADED, "25", "2200"),  # 1,000 + 15 x 80
    ],
)
def test_price_of_a_number(priced: Extra, number: str, amount: str) -> None:
    assert priced.amount(Fraction(number)) == Fraction(amount)


@quick
@given(st.integers(1, 50), st.fractions(0, 500))
def test_packs_are_enough_and_one_fewer_would_not_be(pack: int, number: Fraction) -> None:
    counted = extra("packs", apiece("1"), "pieces", pack=pack).amount(number)
    assert counted.denominator == 1
    assert number <= counted * pack < number + pack


def counted(amount: str, *, yearly: bool, prepaid: bool) -> Counted:
    what = extra("any", flat(amount), yearly=yearly, prepaid=prepaid)
    return Counted(what, Fraction(0), Fraction(amount))


FOUR_KINDS = (
    counted("1", yearly=False, prepaid=False),
    counted("20", yearly=False, prepaid=True),
    counted("300", yearly=True, prepaid=False),
    counted("4000", yearly=True, prepaid=True),
)


@pytest.mark.parametrize(
    ("yearly", "prepaid", "amount"),
    [
        (False, None, 21),
        (False, True, 20),
        (False, False, 1),
        (True, None, 4300),
        (True, True, 4000),
        (True, False, 300),
    ],
)
def test_extras_of_a_kind_are_added(yearly: bool, prepaid: bool | None, amount: int) -> None:
    assert charged(FOUR_KINDS, yearly=yearly, prepaid=prepaid) == amount
    assert charged((), yearly=yearly, prepaid=prepaid) == 0


# Reading a number

PIECES, HOURS, MONEY = QuantityUnit.COUNT, QuantityUnit.HOURS, QuantityUnit.MONEY


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("25", PIECES, "25"),
        (" 25 ", PIECES, "25"),
        ("0", PIECES, "0"),
        ("007", PIECES, "7"),
        ("1,000", PIECES, "1000"),
        ("２５", PIECES, "25"),
        ("１，０００", PIECES, "1000"),
        ("999999999", PIECES, "999999999"),
        ("12.5", HOURS, "12.5"),
        ("12", HOURS, "12"),
        ("0.000001", HOURS, "0.000001"),
        ("1,000.25", HOURS, "1000.25"),
        ("１２．５", HOURS, "12.5"),
        ("350000", MONEY, "350000"),
        ("350,000.50", MONEY, "350000.5"),
        ("35万", MONEY, "350000"),
        ("¥350,000", MONEY, "350000"),
    ],
)
def test_number_is_understood(text: str, unit: QuantityUnit, number: str) -> None:
    assert parse_quantity(text, unit, "CNY") == Fraction(number)


NOT_WHOLE = "is not a whole number; write it like 30"
NOT_HOURS = "is not a number of hours; write it like 12.5"


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        *(
            (text, PIECES, NOT_WHOLE)
            for text in ("", " ", "-1", "+1", "2.5", "2.0", "1e3", "ten", "1 000", "1000000000")
        ),
        *(
            (text, HOURS, NOT_HOURS)
            for text in ("", "-1", ".5", "5.", "1e3", "2h", "1.0000001", "1000000000", "٣")
        ),
    ],
)
def test_other_text_is_no_number(text: str, unit: QuantityUnit, words: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_quantity(text, unit, "CNY")
    assert str(caught.value) == f"{text!r} {words}"
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("text", ["", "-1", "10%", "$100", "1e6"])
def test_what_is_no_amount_is_no_quantity_of_money(text: str) -> None:
    with pytest.raises(AmountError):
        parse_quantity(text, MONEY, "CNY")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("12,5", HOURS), ("2,5", PIECES), ("1,0000", PIECES), (",5", PIECES), ("1,2,3", HOURS)],
)
def test_a_comma_that_divides_no_thousands_is_refused(text: str, unit: QuantityUnit) -> None:
    with pytest.raises(AmountError):
        parse_quantity(text, unit, "CNY")


@quick
@given(st.integers(0, 999_999_999), st.integers(0, 999_999))
def test_a_number_is_read_as_it_was_written(whole: int, millionths: int) -> None:
    assert parse_quantity(f"{whole:,}", PIECES, "CNY") == whole
    exact = whole + Fraction(millionths, 10**6)
    assert parse_quantity(f"{whole}.{millionths:06}", HOURS, "CNY") == exact
