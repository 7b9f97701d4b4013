"""Currencies by their codes, and by the signs that people mark them with."""

from collections import Counter

import pytest

from supportcli.core.amount_text import parse_amount
from supportcli.core.currencies import (
    SIGNS,
    CurrencySign,
    currencies_meant,
    is_currency,
    minor_digits,
    sign_of,
)
from supportcli.errors import AmountError
from supportcli.inputs.customers.units import unit_of
from tests.runner import TODAY, run_cli


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
    ("mark", "meant"),
    [
        ("¥", ("CNY", "JPY")),
        ("元", ("CNY",)),
        ("rmb", ("CNY",)),
        ("US$", ("USD",)),
        ("新台币", ("TWD",)),
        ("kwd", ("KWD",)),
        ("XYZ", ()),
        ("per", ()),
        ("", ()),
    ],
)
def test_a_mark_stands_for_these_currencies(mark: str, meant: tuple[str, ...]) -> None:
    assert currencies_meant(mark) == meant


@pytest.mark.parametrize(
    ("currency", "sign"),
    [("CNY", "¥"), ("JPY", "¥"), ("USD", "$"), ("EUR", None), ("GBP", "£"), ("HKD", None)],
)
def test_amounts_are_written_with_a_sign_that_names_one_currency(
    currency: str, sign: str | None
) -> None:
    assert sign_of(currency) == sign


def test_the_list_of_signs_has_each_once_and_leads_to_real_currencies() -> None:
    assert max(Counter(each.sign for each in SIGNS).values()) == 1
    assert max(Counter(code for each in SIGNS for code in each.shown).values()) == 1
    for each in SIGNS:
        assert all(map(is_currency, each.meant))
        assert set(each.shown) <= set(each.meant)


@pytest.mark.parametrize("each", SIGNS, ids=lambda each: each.sign)
def test_every_sign_is_read_where_the_list_says_and_nowhere_else(each: CurrencySign) -> None:
    for stands, text in ((each.before, f"{each.sign}5"), (each.after, f"5{each.sign}")):
        if stands:
            assert parse_amount(text, each.meant[0]).value == 5
        else:
            with pytest.raises(AmountError):
                parse_amount(text, each.meant[0])
    if each.sign != "US$":  # names of columns are compared in small letters
        assert unit_of(f"spend ({each.sign})", "CHF").currencies == (each.meant[0],)


@pytest.mark.parametrize(
    ("plans", "name"), [("vshn", "瑞士法郎"), ("cloud-digit", "孟加拉塔卡"), ("scaleway", "欧元")]
)
def test_the_currency_of_a_screen_has_its_chinese_name(plans: str, name: str) -> None:
    flags = ("--plans", plans, "--spend", "5000", "--lang", "zh", "-o", "text")
    assert f"，单位：{name}\n" in run_cli("advise", *flags, *TODAY).out


def test_amounts_in_euros_are_written_in_one_way() -> None:
    """With the code, in columns and in sentences: terminals differ in the width of the sign."""
    flags = ("--plans", "scaleway", "--spend", "5000", "--response", "1h")
    told = [
        run_cli("advise", *flags, *more, *TODAY).out
        for more in (("-o", "text"), ("-o", "chat"), ("--explain", "all"))
    ]
    told.append(run_cli("plans", "show", "scw-business", "--plans", "scaleway").out)
    told[:-1] = [out for out in told[:-1] if "EUR 500" in out]
    assert len(told) == 4  # in a table the code stands in its head alone
    assert all("EUR" in out and "€" not in out for out in told)
