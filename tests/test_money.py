"""Numbers as people type them (the rows N1 to N17 of our list of faults), and rounding."""

import decimal
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.money import (
    LONGEST_TEXT,
    Money,
    exact_decimal,
    exact_money,
    format_rate,
    is_currency,
    minor_digits,
    parse_amount,
    parse_discount,
    parse_rate,
    round_half_up,
    round_up,
    signed_rate,
)
from supportcli.errors import AmountError, ExitCode

quick = settings(deadline=None, max_examples=150)

WRITE_IT_LIKE = " is not an amount; write it like 12500 or 12,500.00"
GROUPS = (
    " is not an amount: commas stand between groups of three digits and the point before the "
    "decimals; write it like 12500 or 12,500.00"
)
BELOW_ZERO = " is below zero; write an amount of 0 or more"
EXPONENT = " uses an exponent; write all its digits, like 1000"
TOO_MANY = " has too many digits; write at most 12 digits before the point and 6 after it"
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
    ("100元", "CNY", "100", False),
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
    ("12萬", "CNY", WRITE_IT_LIKE),
    ("1万亿", "CNY", WRITE_IT_LIKE),
    ("万", "CNY", WRITE_IT_LIKE),
    ("10000亿", "CNY", TOO_MANY),
    ("1.2345678万", "CNY", TOO_MANY),
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
    ("0.0000001", "CNY", TOO_MANY),
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


@pytest.mark.parametrize("text", ["1.23", "1.2345", "1234.567", "0.125", "1,234.567", "1.234万"])
def test_other_decimals_are_no_thousands(text: str) -> None:
    assert parse_amount(text, "CNY").caution is None


@pytest.mark.parametrize("digits", [LONGEST_TEXT + 1, 5_000, 200_000])
def test_long_text_is_refused_before_it_is_read(digits: int) -> None:  # N15
    with pytest.raises(AmountError) as caught:
        parse_amount("9" * digits, "CNY")
    assert str(caught.value) == (
        f"'{'9' * 37}...' is too long for a number ({digits} characters); "
        "write at most 12 digits before the point and 6 after it"
    )


def test_longest_text_is_still_read() -> None:
    assert parse_amount("12.5".rjust(LONGEST_TEXT), "CNY").value == Fraction("12.5")


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


@quick
@given(st.integers(0, 10**14 - 1).map(lambda cents: Fraction(cents, 100)))
def test_money_shown_can_be_typed_in_again(amount: Fraction) -> None:
    shown = str(Money(round_half_up(amount, "CNY"), "CNY"))
    assert parse_amount(shown, "CNY").value == amount


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


def test_long_rate_is_refused() -> None:
    with pytest.raises(AmountError, match=r"too long for a number \(65 characters\)"):
        parse_rate("7" * 64 + "%")


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
    ("code", "digits"),
    [
        ("CNY", 2),
        ("USD", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("KWD", 3),
        ("BHD", 3),
        ("CLF", 4),
    ],
)
def test_minor_unit_is_that_of_iso_4217(code: str, digits: int) -> None:
    assert is_currency(code)
    assert minor_digits(code) == digits


@pytest.mark.parametrize("code", ["", "cny", "RMB", "XYZ", "¥", "BTC"])
def test_other_codes_are_no_currencies(code: str) -> None:
    assert not is_currency(code)


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
    ["7", "0.7", "30", "70 off", "off", "", "折", "0折", "00折", "0.0折", "七5折", "-7折", "100折"],
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
