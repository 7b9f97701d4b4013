"""Numbers as people type them (the rows N1 to N17 of our list of faults)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.amount_text import LONGEST_NUMBER, parse_amount, parse_discount, parse_rate
from supportcli.core.money import (
    Off,
    format_rate,
)
from supportcli.errors import AmountError, ExitCode
from supportcli.inputs.values.discount import read_discount
from supportcli.language import Language, load_language

quick = settings(deadline=None, max_examples=150)

WRITE_IT_LIKE = " is not an amount; write it like 12500 or 12,500.00"
GROUPS = (
    " is not an amount: commas stand between groups of three digits and the point before the "
    "decimals; write it like 12500 or 12,500.00"
)
BELOW_ZERO = " is below zero; write an amount of 0 or more"
EXPONENT = " uses an exponent; write all its digits, like 1000"
TOO_MANY = " has too many digits; write at most 12 digits before the point and 6 after it"
TOO_FINE = " has more than 6 decimals; write at most 6, in a spreadsheet with ROUND(…, 6)"
NOT_A_RATE = " is not a rate; write it like 7% or 2.5%"

# text, currency of the plans, value, whether it needs no echo of what was understood
UNDERSTOOD = [
    ("0", "CNY", "0", True),
    ("12500", "CNY", "12500", True),
    ("1,234.56", "CNY", "1234.56", True),  # N1
    ("1,234,567.89", "CNY", "1234567.89", True),
    ("999,999,999,999.999999", "CNY", "999999999999.999999", True),
    ("1,234", "CNY", "1234", True),  # N3
    ("１２３", "CNY", "123", False),  # N5
    ("１２，３４５．６７", "CNY", "12345.67", False),
    ("＋５", "CNY", "5", False),
    ("12万", "CNY", "120000", False),  # N6
    ("12萬", "CNY", "120000", False),
    ("1億", "CNY", "100000000", False),
    ("１２万", "CNY", "120000", False),
    ("12 万", "CNY", "120000", False),
    ("1.2万", "CNY", "12000", False),
    ("1,200万", "CNY", "12000000", False),
    ("1.5亿", "CNY", "150000000", False),
    ("9999.999999亿", "CNY", "999999999900", False),
    ("1.5万元", "CNY", "15000", False),
    ("1.5万", "USD", "15000", False),
    ("¥100", "CNY", "100", False),  # N7
    ("¥100", "JPY", "100", False),
    ("￥100", "CNY", "100", False),
    ("￥100", "JPY", "100", False),
    ("¥ 1,234.50", "CNY", "1234.5", False),
    ("CNY 100", "CNY", "100", False),
    ("cny100", "CNY", "100", False),
    ("100 CNY", "CNY", "100", False),
    ("RMB100", "CNY", "100", False),
    ("100rmb", "CNY", "100", False),
    ("人民币100", "CNY", "100", False),
    ("CN¥100", "CNY", "100", False),
    ("100元", "CNY", "100", False),
    ("12萬", "CNY", "120000", False),
    ("1億圓", "CNY", "100000000", False),
    ("¥100元", "CNY", "100", False),
    ("100円", "JPY", "100", False),
    ("$100", "USD", "100", False),
    ("US$100", "USD", "100", False),
    ("$100", "SGD", "100", False),
    ("100美元", "USD", "100", False),
    ("€100", "EUR", "100", False),
    ("100 €", "EUR", "100", False),
    ("100欧元", "EUR", "100", False),
    ("£100", "GBP", "100", False),
    ("-0", "CNY", "0", False),  # N11
    ("-0.00", "CNY", "0", False),
    ("−0", "CNY", "0", False),
    ("¥-0", "CNY", "0", False),
    ("  12.5  ", "CNY", "12.5", True),  # N12
    ("12.5\n", "CNY", "12.5", True),
    ("\u300012.5", "CNY", "12.5", True),
    ("\u00a012.5\u202f", "CNY", "12.5", True),
    (".5", "CNY", "0.5", True),  # N13
    ("+100", "CNY", "100", False),
    ("+ 100", "CNY", "100", False),
    ("¥+100", "CNY", "100", False),
    ("999999999999", "CNY", "999999999999", True),  # N15
    ("0.000001", "CNY", "0.000001", True),
    ("0.125", "CNY", "0.125", True),
]

# text, currency of the plans, the words after the quoted text
REFUSED = [
    ("1.234,56", "CNY", GROUPS),  # N2
    ("1 234,56", "CNY", GROUPS),
    ("1\u00a0234,56", "CNY", GROUPS),
    ("1\u202f234,56", "CNY", GROUPS),
    ("1'234.56", "CNY", GROUPS),
    ("1 234", "CNY", GROUPS),
    ("1,23,456", "CNY", GROUPS),  # N4
    ("1,2,3", "CNY", GROUPS),
    ("12,34.5", "CNY", GROUPS),
    ("1.234.567", "CNY", GROUPS),
    ("1234,567", "CNY", GROUPS),
    ("1,2345", "CNY", GROUPS),
    (",100", "CNY", GROUPS),
    ("100,", "CNY", GROUPS),
    ("1,234.567,890", "CNY", GROUPS),
    ("0,123", "EUR", GROUPS),  # a decimal comma: no group of thousands begins with a zero
    ("١٢٣", "CNY", WRITE_IT_LIKE),  # N5
    ("१२३", "CNY", WRITE_IT_LIKE),
    ("𝟏𝟐𝟑", "CNY", WRITE_IT_LIKE),
    ("5²", "CNY", WRITE_IT_LIKE),
    ("½", "CNY", WRITE_IT_LIKE),
    ("①", "CNY", WRITE_IT_LIKE),
    ("一百", "CNY", WRITE_IT_LIKE),  # N6
    ("1万亿", "CNY", WRITE_IT_LIKE),
    ("万", "CNY", WRITE_IT_LIKE),
    ("10000亿", "CNY", TOO_MANY),
    ("1.2345678万", "CNY", TOO_FINE),
    ("$100", "CNY", " is in USD, the plans are in CNY; give the amount in CNY"),  # N7
    ("US$100", "SGD", " is in USD, the plans are in SGD; give the amount in SGD"),
    ("100 usd", "CNY", " is in USD, the plans are in CNY; give the amount in CNY"),
    ("CNY 100", "USD", " is in CNY, the plans are in USD; give the amount in USD"),
    ("¥100", "USD", " is in CNY, the plans are in USD; give the amount in USD"),
    ("100元", "JPY", " is in CNY, the plans are in JPY; give the amount in JPY"),
    ("¥100元", "JPY", " is in CNY, the plans are in JPY; give the amount in JPY"),
    ("€100", "USD", " is in EUR, the plans are in USD; give the amount in USD"),
    ("$100元", "CNY", " is in USD, the plans are in CNY; give the amount in CNY"),
    ("XYZ 100", "CNY", WRITE_IT_LIKE),
    ("100 per", "CNY", WRITE_IT_LIKE),
    ("¥", "CNY", WRITE_IT_LIKE),
    ("1e9", "CNY", EXPONENT),  # N8
    ("1E+2", "CNY", EXPONENT),
    ("1.5e3", "CNY", EXPONENT),
    ("+1e-2", "CNY", EXPONENT),
    ("1e999999999", "CNY", EXPONENT),  # N9
    ("-1e999999999", "CNY", EXPONENT),
    ("NaN", "CNY", WRITE_IT_LIKE),  # N10
    ("sNaN", "CNY", WRITE_IT_LIKE),
    ("Infinity", "CNY", WRITE_IT_LIKE),
    ("-inf", "CNY", WRITE_IT_LIKE),
    ("-0.001", "CNY", BELOW_ZERO),  # N11
    ("1_234", "CNY", WRITE_IT_LIKE),  # N13
    ("1__0", "CNY", WRITE_IT_LIKE),
    ("0x10", "CNY", WRITE_IT_LIKE),
    ("1/3", "CNY", WRITE_IT_LIKE),
    ("50%", "CNY", " is a percentage, not an amount; write 12500"),
    ("５０％", "CNY", " is a percentage, not an amount; write 12500"),
    ("1.", "CNY", GROUPS),
    (".", "CNY", GROUPS),
    ("12,500 or so", "CNY", WRITE_IT_LIKE),
    ("(100)", "CNY", BELOW_ZERO),  # N14
    ("(1,234.50)", "CNY", BELOW_ZERO),
    ("( 100 )", "CNY", BELOW_ZERO),
    ("(x)", "CNY", WRITE_IT_LIKE),
    ("−100", "CNY", BELOW_ZERO),
    ("–100", "CNY", BELOW_ZERO),
    ("—100", "CNY", BELOW_ZERO),
    ("-100", "CNY", BELOW_ZERO),
    ("－１００", "CNY", BELOW_ZERO),
    ("-1万", "CNY", BELOW_ZERO),
    ("¥-100", "CNY", BELOW_ZERO),
    ("--100", "CNY", WRITE_IT_LIKE),
    ("1000000000000", "CNY", TOO_MANY),  # N15
    ("1,000,000,000,000", "CNY", TOO_MANY),
    ("0.0000001", "CNY", TOO_FINE),
    ("1" * 34, "CNY", TOO_MANY),
]


@pytest.mark.parametrize(("text", "currency", "value", "as_written"), UNDERSTOOD)
def test_amount_is_understood(text: str, currency: str, value: str, as_written: bool) -> None:
    parsed = parse_amount(text, currency)
    assert parsed.value == Fraction(value)
    assert parsed.as_written is as_written
    assert parsed.caution is None


@pytest.mark.parametrize(("text", "currency", "words"), REFUSED)
def test_amount_is_refused_in_these_words(text: str, currency: str, words: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text, currency)
    assert str(caught.value) == repr(text) + words
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("text", ["", " ", "\n", "\u3000"])
def test_missing_amount(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text, "CNY")
    assert str(caught.value) == "an amount is missing; write it like 12500 or 12,500.00"


@pytest.mark.parametrize(
    ("text", "number", "thousands", "as_written"),
    [
        ("1.234", "1.234", "1234", True),
        (" 12.500 ", "12.500", "12500", True),
        ("999.000", "999.000", "999000", True),
        ("１．２３４", "1.234", "1234", False),
        ("€1.234", "1.234", "1234", False),  # with its mark it is the usual German 1,234
        ("1.234 EUR", "1.234", "1234", False),
    ],
)
def test_three_decimals_could_be_thousands(
    text: str, number: str, thousands: str, as_written: bool
) -> None:
    parsed = parse_amount(text, "EUR")
    assert parsed.value == Fraction(number)
    assert parsed.as_written is as_written
    assert str(parsed.caution) == (
        f"'{number}' was read with three decimals; for thousands write {thousands}"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000.0000000000", "1000"),
        ("5.5" + "0" * 50, "5.5"),
        ("0.0000010000", "0.000001"),
        ("¥1,200.5000000 元", "1200.5"),
        ("1.25000000万", "12500"),
    ],
)
def test_zeros_at_the_end_of_the_decimals_are_no_digits(text: str, value: str) -> None:
    assert parse_amount(text, "CNY").value == Fraction(value)


@pytest.mark.parametrize("text", ["1.23", "1.2345", "1234.567", "0.125", "1,234.567", "1.234万"])
def test_other_decimals_are_no_thousands(text: str) -> None:
    assert parse_amount(text, "CNY").caution is None


@pytest.mark.parametrize("digits", [LONGEST_NUMBER + 1, 5_000, 200_000])
def test_long_text_is_refused_before_it_is_read(digits: int) -> None:  # N15
    with pytest.raises(AmountError) as caught:
        parse_amount("9" * digits, "CNY")
    assert str(caught.value) == (
        f"'{'9' * 37}...' is too long for a number ({digits} characters); "
        "write at most 12 digits before the point and 6 after it"
    )


def test_longest_text_is_still_read() -> None:
    assert parse_amount("12.5".rjust(LONGEST_NUMBER), "CNY").value == Fraction("12.5")


@pytest.mark.parametrize(
    ("text", "shown", "code"),
    [
        ("1\u200b00", r"'1\u200b00'", "200B"),  # N16
        ("\u202e001", r"'\u202e001'", "202E"),
        ("\ufeff100", r"'\ufeff100'", "FEFF"),
        ("1\u00ad00", r"'1\xad00'", "00AD"),
        ("1\x0000", r"'1\x0000'", "0000"),
        ("1\t000", r"'1\t000'", "0009"),
        ("\x1b[31m1", r"'\x1b[31m1'", "001B"),
        ("1\ud80000", r"'1\ud80000'", "D800"),
        ("1\uffff00", r"'1\uffff00'", "FFFF"),
        ("1\ue00000", r"'1\ue00000'", "E000"),
    ],
)
def test_invisible_character_is_named(text: str, shown: str, code: str) -> None:
    words = f"{shown} holds an invisible character (U+{code}); type the number again"
    with pytest.raises(AmountError) as caught:
        parse_amount(text, "CNY")
    assert str(caught.value) == words
    with pytest.raises(AmountError) as caught:
        parse_rate(text)
    assert str(caught.value) == words


amounts = st.integers(0, 10**18 - 1).map(lambda millionths: Decimal(millionths).scaleb(-6))


@quick
@given(amounts, st.sampled_from(["{:f}", "{:,f}", " {:,f}\n", "¥{:,f}", "{:f}元", "CNY {:f}"]))
def test_every_amount_is_read_as_it_was_written(amount: Decimal, form: str) -> None:
    assert parse_amount(form.format(amount), "CNY").value == Fraction(amount)


near_numbers = st.text(
    "0123456789０９.,．，+-−()%％ \u3000\u00a0\n\t'eE_/x万亿元円¥￥$€CNYUSDRMB\u200b"
)


@quick
@given(st.text() | near_numbers, st.sampled_from(["CNY", "USD", "KWD"]))
def test_every_text_is_an_amount_or_a_mistake(text: str, currency: str) -> None:
    try:
        parsed = parse_amount(text, currency)
    except AmountError:
        return
    assert 0 <= parsed.value < 10**12
    assert (parsed.value * 10**6).denominator == 1


@quick
@given(st.text() | near_numbers)
def test_every_text_is_a_rate_or_a_mistake(text: str) -> None:
    try:
        rate = parse_rate(text)
    except AmountError:
        return
    assert 0 <= rate <= 1
    assert parse_rate(format_rate(rate)) == rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("10%", "1/10"),
        ("2.5%", "1/40"),
        ("2.5 %", "1/40"),
        (" 7% ", "7/100"),
        ("７％", "7/100"),
        (".5%", "1/200"),
        ("100%", "1"),
        ("0%", "0"),
        ("0", "0"),
        ("0.07", "7/100"),
        (".07", "7/100"),
        ("1.0", "1"),
    ],
)
def test_rate_is_understood(text: str, rate: str) -> None:
    assert parse_rate(text) == Fraction(rate)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7", NOT_A_RATE),
        ("1", NOT_A_RATE),
        ("", NOT_A_RATE),
        ("%", NOT_A_RATE),
        ("7%%", NOT_A_RATE),
        ("1,000%", NOT_A_RATE),
        ("1,5%", NOT_A_RATE),
        ("7.%", NOT_A_RATE),
        ("1e-1", NOT_A_RATE),
        ("1/10", NOT_A_RATE),
        ("nan", NOT_A_RATE),
        ("ten", NOT_A_RATE),
        ("١٠%", NOT_A_RATE),
        ("-5%", " is below zero; a rate is 0% or more"),
        ("−0.07", " is below zero; a rate is 0% or more"),
        ("－５％", " is below zero; a rate is 0% or more"),
        ("150%", " is more than 100%; write it like 7% or 2.5%"),
        ("1.5", " is more than 100%; write it like 7% or 2.5%"),
        ("100.01%", " is more than 100%; write it like 7% or 2.5%"),
    ],
)
def test_rate_is_refused_in_these_words(text: str, words: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_rate(text)
    assert str(caught.value) == repr(text) + words


@pytest.mark.parametrize("text", ["7.1234567%", "0.1234567", "0." + "0" * 58 + "1%"])
def test_rate_has_at_most_six_decimals(text: str) -> None:  # N15: "everywhere"
    with pytest.raises(AmountError):
        parse_rate(text)


def test_zeros_at_the_end_of_a_rate_are_no_digits() -> None:
    assert parse_rate("0.07" + "0" * 20) == Fraction(7, 100)
    assert parse_rate("7.50000000%") == Fraction(75, 1000)


def test_long_rate_is_refused() -> None:
    with pytest.raises(AmountError, match=r"too long for a number \(65 characters\)"):
        parse_rate("7" * 64 + "%")


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("7折", "3/10"),  # 70% is paid
        ("7 折", "3/10"),
        (" 7折 ", "3/10"),
        ("７折", "3/10"),
        ("七折", "3/10"),
        ("85折", "3/20"),
        ("八五折", "3/20"),
        ("8.5折", "3/20"),
        ("9.5折", "1/20"),
        ("99折", "1/100"),
        ("8.25折", "7/40"),  # 82.5% is paid
        ("82.5折", "7/40"),
        ("0.05折", "199/200"),
        ("0.5折", "19/20"),
        ("30%", "3/10"),
        ("30% off", "3/10"),
        ("30%off", "3/10"),
        ("30 % off", "3/10"),
        ("30％", "3/10"),
        ("2.5%", "1/40"),
        ("0%", "0"),
        ("100%", "1"),
    ],
)
def test_discount_is_what_is_taken_off(text: str, off: str) -> None:
    assert parse_discount(text) == Fraction(off)


@pytest.mark.parametrize(
    "text",
    [
        *("7", "0.7", "30", "70 off", "off", "", "折", "0折", "00折", "0.0折", "0.00折", "10.5折"),
        *("七5折", "-7折", "100折"),
    ],
)
def test_other_text_is_no_discount(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_discount(text)
    words = f"{text!r} is not a discount; write it like 7折 or 30% off"
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-5%", "'-5%' is below zero; a rate is 0% or more"),
        ("130%", "'130%' is more than 100%; write it like 7% or 2.5%"),
        ("x%", "'x%' is not a rate; write it like 7% or 2.5%"),
        ("30%\u200b", "'30%\\u200b' holds an invisible character (U+200B); type the number again"),
    ],
)
def test_a_share_that_cannot_be_taken_off_is_refused(text: str, words: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_discount(text)
    assert str(caught.value) == words


@quick
@given(st.integers(1, 99))
def test_a_discount_in_tenths_is_the_rest_of_what_is_paid(paid: int) -> None:
    tenths = Decimal(paid) / 10
    assert parse_discount(f"{tenths:f}折") == 1 - Fraction(paid, 100)
    assert parse_discount(f"{100 - paid}%") == parse_discount(f"{tenths}折")


@pytest.mark.parametrize(
    ("typed", "told"),
    # 30 off leaves 7 tenths, 17.5 off 8.25, 99.5 off 0.05; 0 and 100 off are no tenths to say
    [
        ("30%", "7折"),
        ("七折", "7折"),
        ("82.5折", "8.25折"),
        ("99.5%", "0.05折"),
        ("0%", "优惠 0%"),
        ("100%", "优惠 100%"),
    ],
)
def test_a_discount_is_told_in_tenths_in_chinese_and_taken_back(typed: str, told: str) -> None:
    off = parse_discount(typed)
    assert load_language("zh").text(Off(off)) == told
    assert read_discount(told) == off
    assert Language().text(Off(Fraction(7, 40))) == "17.5% off"


@pytest.mark.parametrize("text", ["10折", "01折"])
def test_ten_tenths_are_never_taken_for_one(text: str) -> None:
    """All of it is paid: 0 off, or a mistake; not nine tenths off."""
    try:
        off = parse_discount(text)
    except AmountError:
        return
    assert off == 0


@quick
@given(st.text() | near_numbers | st.text("0123456789.% 折七八off"))
def test_every_text_is_a_discount_or_a_mistake(text: str) -> None:
    try:
        off = parse_discount(text)
    except AmountError:
        return
    assert 0 <= off <= 1
