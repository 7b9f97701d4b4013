"""One reader for each meaning: a text has one value, or one refusal, at every door."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from supportcli.core.catalogue import Catalogue
from supportcli.core.duration import Duration
from supportcli.core.money import Money, exact_money
from supportcli.core.period import Month
from supportcli.core.plan import Tam, TamFact
from supportcli.errors import SupportCliError
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import Given
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.spend import read_spend as read_cell_spend
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values.amount import SaidSpend, read_amount, read_spend
from supportcli.inputs.values.dates import read_date, read_start
from supportcli.inputs.values.discount import (
    read_discount,
    read_paid_discount,
    read_tax_rate,
    read_told_discount,
)
from supportcli.inputs.values.duration import read_duration
from supportcli.inputs.values.names import read_name
from supportcli.inputs.values.reader import FlagTexts
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.language import LANGUAGES, load_language
from supportcli.needs.channels import ChannelNeed, unusable
from supportcli.needs.registry import KINDS, Needs, eligible
from supportcli.needs.response import ResponseNeed
from supportcli.needs.tam import degree_of, tam_words
from tests.runner import TODAY, run_cli
from tests.test_questionnaire import ENTER, TYPED, Person

SAY = [load_language(code, symbols) for code in LANGUAGES for symbols in (True, False)]


def refusal(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(SupportCliError) as caught:
        read(text)
    return str(caught.value)


# Amounts

AMOUNTS = {
    "120000": 120_000,
    "120,000.00": 120_000,
    "12万": 120_000,
    "12w": 120_000,
    "12W": 120_000,
    "１２ｗ": 120_000,
    "12万元": 120_000,
    "¥12万": 120_000,
    "120k": 120_000,
    "120 K": 120_000,
    "120千": 120_000,
    "十二万": 120_000,
    "约12万": 120_000,
    "大约 12 万": 120_000,
    "~12万": 120_000,
    "about 120,000": 120_000,
    "12万左右": 120_000,
    "大概十二万吧": 120_000,
    "12万差不多吧": 120_000,
    "估计12万": 120_000,
    "120k or so": 120_000,
    "120,000 approx.": 120_000,
    "约12万元左右": 120_000,
    "12万/月": 120_000,
    "12万元/月": 120_000,
    "每月12万": 120_000,
    "每月 ¥120,000.00": 120_000,
    "120000 a month": 120_000,
    "¥120,000 per month": 120_000,
    "120k/month": 120_000,
    "1.2亿": 120_000_000,
    "1.5百万": 1_500_000,
    "2千万": 20_000_000,
    "1.234k": 1_234,
}


@pytest.mark.parametrize(("text", "value"), AMOUNTS.items())
def test_an_amount_is_understood(text: str, value: int) -> None:
    parsed = read_amount(text, "CNY", "month")
    assert (parsed.value, parsed.caution) == (Fraction(value), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12万/年", "'12万/年' is a year's amount; give a month's"),
        ("¥120,000 a year", "'¥120,000 a year' is a year's amount; give a month's"),
        ("12ww", "'12ww' is not an amount; write it like 12500 or 12,500.00"),
        ("12kg", "'12kg' is not an amount; write it like 12500 or 12,500.00"),
        ("一百二十万", "'一百二十万' is not an amount; write it like 12500 or 12,500.00"),
        ("约-5", "'约-5' is below zero; write an amount of 0 or more"),
        ("$5/月", "'$5/月' is in USD, the plans are in CNY; give the amount in CNY"),
    ],
)
def test_an_amount_is_refused_in_its_own_words(text: str, words: str) -> None:
    assert refusal(lambda one: read_amount(one, "CNY", "month"), text) == words


def test_a_number_in_thousands_is_as_small_as_any() -> None:
    """999,999,999.999 k is 12 digits; one more is too large, as it is written out."""
    assert read_amount("999999999.999k", "CNY").value == 999_999_999_999
    assert "too many digits" in refusal(lambda one: read_amount(one, "CNY"), "1000000000k")


def test_a_limit_for_the_year_is_no_months_amount() -> None:
    assert read_amount("¥444,000 a year", "CNY", "year").value == 444_000
    assert refusal(lambda one: read_amount(one, "CNY", "year"), "1万/月") == (
        "'1万/月' is a month's amount; give a year's"
    )


RANGES = {
    "80000..200000": (80_000, 200_000),
    "10..15万": (100_000, 150_000),
    "10-15万": (100_000, 150_000),
    "10～15万": (100_000, 150_000),
    "10 至 15 万元": (100_000, 150_000),
    "10到15w": (100_000, 150_000),
    "10万-15万": (100_000, 150_000),
    "约10-15万/月": (100_000, 150_000),
    "¥80,000 to ¥200,000": (80_000, 200_000),
    "100-150k": (100_000, 150_000),
    "8..20万": (80_000, 200_000),
    "8k..20k": (8_000, 20_000),
    "0..20万": (0, 200_000),
}


@pytest.mark.parametrize(("text", "ends"), RANGES.items())
def test_a_range_is_understood(text: str, ends: tuple[int, int]) -> None:
    low, high = map(Fraction, ends)
    assert read_spend(text, "CNY").amounts == (low, (low + high) / 2, high)


def test_a_unit_that_holds_for_both_ends_is_said_by_the_answer_itself() -> None:
    said = read_spend("10..15万", "CNY")
    words = "spend understood as CNY 100,000 to CNY 150,000 a month"
    assert (list(map(str, said.cautions)), said.understood) == ([words], ())
    for quiet in ((), ("-q",)):
        done = run_cli("advise", "--spend", "10..15万", *TODAY, *quiet)
        assert "¥100,000 to ¥150,000" in " ".join(done.out.split())
        again = run_cli("advise", "--spend", "10..15万", *TODAY, "-o", "json", *quiet)
        assert json.loads(again.out)["warnings"][0] == words.replace("CNY ", "¥")


@pytest.mark.parametrize(
    "text",
    [
        *("8000..1.2万", "10000-15万", "5..3万", "80000..20万"),
        *(
            "8万..200000",
            "8万..20",
            "8k..20",
            "8万-20",
            "8万..14..20万",
            "8..14万..20万",
            "8万..14万..20",
        ),
    ],
)
def test_a_range_whose_unit_cannot_hold_for_both_ends_is_refused(text: str) -> None:
    assert refusal(lambda one: read_spend(one, "CNY"), text) == (
        f"{text!r} has a unit at one end only; write it at both, like 80k..120k"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("约12万", "'约12万' was taken as exactly CNY 120,000.00"),
        ("12w左右", "'12w左右' was taken as exactly CNY 120,000.00"),
        ("about 120,000", "'about 120,000' was taken as exactly CNY 120,000.00"),
        ("约10万-15万", "spend understood as CNY 100,000 to CNY 150,000 a month"),
    ],
)
def test_a_dropped_about_is_said_by_the_answer_itself(text: str, words: str) -> None:
    said = read_spend(text, "CNY")
    assert (list(map(str, said.cautions)), said.understood) == ([words], ())


@pytest.mark.parametrize(
    "flags",
    [
        ("--spend", "约12万"),
        ("--paid", "约12万", "--paid-discount", "7折"),
        ("--spend", "0", "--order", "约12万 from 2026-12-01 for 12 months"),
        ("--spend", "5万", "--voucher", "约12万"),
        ("--account", "prod=约12万"),
    ],
)
def test_a_dropped_about_is_not_hidden_by_quiet(flags: tuple[str, ...]) -> None:
    done = run_cli("advise", *flags, *TODAY, "-q")
    assert "was taken as exactly ¥120,000" in " ".join(done.out.split())
    again = run_cli("advise", *flags, *TODAY, "-q", "-o", "json")
    said = json.loads(again.out)["warnings"]
    assert any("was taken as exactly ¥120,000.00" in words for words in said)


IS_A_RANGE = (
    "{} is a range, and one amount is taken here; write one, such as its middle, CNY 125,000.00"
)
IN_ONE = "{} is what is paid and its discount in one; give them apart, 8.4万 and 7折"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((text, IS_A_RANGE) for text in ("10..15万", "10-15万", "100k..150k")),
        ("实付8.4万 7折", IN_ONE),
    ],
)
def test_where_one_amount_is_taken_the_way_out_is_said(text: str, words: str) -> None:
    words = words.format(repr(text))
    assert refusal(lambda one: read_amount(one, "CNY"), text) == words
    with pytest.raises(CellError) as caught:
        read_cell_spend(text, "CNY")
    assert str(caught.value.message) == words
    done = run_cli("advise", "--paid", text, "--paid-discount", "7折", *TODAY)
    assert done.code == 2
    assert words.replace("CNY ", "¥").replace(".00", "") in done.err


@pytest.mark.parametrize(
    "text", ["unknown", "Unknown", "不清楚", "不知道", "not sure", "don’t know", " 未知 "]
)
def test_not_known_is_an_answer(text: str) -> None:
    assert read_spend(text, "CNY") == SaidSpend(())


@pytest.mark.parametrize(
    "text", ["实付8.4万 7折", "实付8.4万7折", "实付 84000，7折", "paid 84,000 after 30% off"]
)
def test_what_is_paid_is_turned_into_spend_and_marked(text: str) -> None:
    """84,000 is 70 % of 120,000."""
    done = run_cli("advise", "--spend", text, *TODAY, "-o", "json")
    inputs = json.loads(done.out)["inputs"]
    assert (inputs["monthly_spend"], inputs["estimated"]) == ("120000.00", True)


# Shares, dates


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("7折", 30),
        ("八五折", 15),
        ("30%", 30),
        ("30% off", 30),
        ("３０％ OFF", 30),
        ("30%优惠", 30),
    ],
)
def test_a_discount_is_understood(text: str, off: int) -> None:
    assert read_discount(text) == Fraction(off, 100)


@pytest.mark.parametrize("text", ["70%", "100%", "7", "0.7", ".7"])
def test_a_share_that_may_be_what_is_left_to_pay_is_refused(text: str) -> None:
    for read in (read_paid_discount, read_told_discount):
        assert "could be what is paid or what is taken off" in refusal(read, text)


@pytest.mark.parametrize("text", ["x", "七", "9.9折扣", "-5%"])
def test_what_is_no_discount_is_not_said_to_be_one_of_two(text: str) -> None:
    assert "could be" not in refusal(read_told_discount, text)


@pytest.mark.parametrize("text", ["无", "none", "-", "不打折", "No discount", "0%"])
def test_no_discount_takes_nothing_off(text: str) -> None:
    assert read_told_discount(text) == read_paid_discount(text) == 0


@pytest.mark.parametrize(("text", "rate"), [("6", 6), ("6%", 6), ("13", 13), ("６％", 6), ("0", 0)])
def test_a_tax_rate_is_understood(text: str, rate: int) -> None:
    assert read_tax_rate(text) == Fraction(rate, 100)


def test_a_tax_rate_below_one_without_a_sign_is_refused() -> None:
    assert refusal(read_tax_rate, "0.06") == (
        "'0.06' could be 0.06% or 6%; write the one that is meant"
    )


@pytest.mark.parametrize("text", ["2026年12月", "2026 年 12 月", "2026-12", "２０２６年１２月"])
def test_a_month_is_understood(text: str) -> None:
    assert read_start(text) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["2026年12月15日", "2026 年 12 月 15 日", "2026-12-15"])
def test_a_day_is_understood(text: str) -> None:
    assert read_date(text) == read_start(text) == date(2026, 12, 15)


@pytest.mark.parametrize("text", ["2026/12", "12月", "2026年13月", "26年12月", "2026年2月30日"])
def test_no_other_day_is_guessed(text: str) -> None:
    assert refusal(read_start, text) == f"{text!r} is no start; write it like 2026-12 or 2026-12-15"


# Whatever is printed is understood


def catalogues() -> Iterable[Catalogue]:
    return map(load_catalogue, SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_name_that_is_printed_is_accepted_back(name: str) -> None:
    catalogue = load_catalogue(name)
    for things in (
        catalogue.plans,
        catalogue.readings,
        catalogue.channels,
        catalogue.severities,
        catalogue.quantities,
    ):
        for thing in things:
            for text in (thing.id, *map(thing.name.in_language, LANGUAGES), *thing.aliases):
                for form in (text, text.upper(), text.lower(), f" {text} "):
                    assert read_name(form, things) == thing.id, form


def test_every_time_that_is_printed_is_accepted_back() -> None:
    printed = {level.target for c in catalogues() for plan in c.plans for level in plan.levels}
    assert len(printed) > 10
    by_day = (Duration(480, True), Duration(15, True))
    for time in (*printed, Duration(1), Duration(90), Duration(45), *by_day):
        for language in SAY:
            assert read_duration(language.duration(time)) == time
            assert read_duration(str(time)) == time


@pytest.mark.parametrize("amount", ["12345.60", "0", "999999999999.99", "1"])
@pytest.mark.parametrize("currency", ["CNY", "USD", "EUR", "JPY"])
def test_every_amount_that_is_printed_is_accepted_back(amount: str, currency: str) -> None:
    money: Money = exact_money(Fraction(amount), currency)
    for language in SAY:
        assert read_amount(language.money(money), currency, "month").value == Fraction(amount)


def test_every_day_and_month_that_is_printed_is_accepted_back() -> None:
    for language in SAY:
        assert read_start(language.date(Month(2026, 12))) == date(2026, 12, 1)
        assert read_date(language.date(date(2027, 1, 5))) == date(2027, 1, 5)


def test_yes_and_no_as_they_are_printed_are_accepted_back() -> None:
    for language in SAY:
        assert read_yes_no(language.translate("yes")) is True
        assert read_yes_no(language.translate("no")) is False


@pytest.mark.parametrize("name", SHIPPED)
def test_every_choice_of_a_question_is_accepted_as_it_is_printed(name: str) -> None:
    """But for yes and no of a channel, which are of the question alone."""
    catalogue, nobody = load_catalogue(name), Needs()
    seen = 0
    for kind in KINDS:
        if kind is ChannelNeed:
            continue
        for question in kind.questions(catalogue, nobody, partial(eligible, catalogue)):
            for choice, say in product(question.choices, SAY):
                meant = kind.read(choice.text, catalogue, FlagTexts()) if choice.text else None
                found = kind.read_all(say.say(choice.words), catalogue, FlagTexts())
                if meant is not None and meant.asks:
                    assert found == (meant,), say.say(choice.words)
                assert not any(need.asks for need in found) or meant is not None
                seen += 1
    assert seen > 10


@pytest.mark.parametrize("kind", Tam)
def test_every_word_for_a_tam_is_accepted_or_refused_with_a_way_out(kind: Tam) -> None:
    for say in SAY:
        text = say.say(tam_words(TamFact(kind, None, None)))
        if kind in (Tam.DEDICATED, Tam.NAMED):
            assert degree_of(text) is kind
        elif kind is Tam.NONE:
            assert degree_of(text) is None
        elif kind is not Tam.UNKNOWN:
            assert "write yes (one of your own), named" in refusal(degree_of, text)


@pytest.mark.parametrize(
    ("flags", "tax"),
    [
        ("--tax 含税 --tax-rate 6", {"rate": "6%", "included": True}),
        ("--tax included --tax-rate 6%", {"rate": "6%", "included": True}),
        ("--tax 不含税 --tax-rate 13", {"rate": "13%", "included": False}),
        ("--tax Added --tax-rate 6％", {"rate": "6%", "included": False}),
    ],
)
def test_tax_goes_by_its_words(flags: str, tax: object) -> None:
    assert _inputs("--spend", "5", *flags.split())["tax"] == tax


@pytest.mark.parametrize(
    ("flags", "discount"),
    [
        ("--discount 八五折 --discount-on 后付费", {"rate": "15%", "prepaid": False}),
        ("--discount 30%优惠 --discount-on 全部", {"rate": "30%", "prepaid": True}),
    ],
)
def test_a_discount_goes_by_its_words(flags: str, discount: object) -> None:
    assert _inputs("--spend", "5", *flags.split())["discount"] == discount


@pytest.mark.parametrize("text", ["3%/month", "3%/月", "每月3%", "3% a month", "每月增长3%"])
def test_growth_goes_by_its_words(text: str) -> None:
    growth = _inputs("--spend", "5", "--growth", text)["growth"]
    assert growth == {"rate": "3%", "months": 1}


# All doors


class No(str):
    """Words of the refusal of a text."""


DOORS: list[tuple[str, str, object]] = [
    ("spend", "12w", "120000.00"),
    ("spend", "约12万", "120000.00"),
    ("spend", "12万/月", "120000.00"),
    ("spend", "120k", "120000.00"),
    ("spend", "12ww", No("is not an amount")),
    ("spend", "12万/年", No("is a year's amount")),
    ("spend", "-5", No("is below zero")),
    ("spend", "N/A", No("the spend is missing")),
    ("spend", "无", No("the spend is missing")),
    ("response", "半小时", "PT30M"),
    ("response", "30 minutes", "PT30M"),
    ("response", "within 30 minutes", "PT30M"),
    ("response", "< 10 分钟", "PT10M"),
    ("response", "≤2h", "PT2H"),
    ("response", "<=2h", "PT2H"),
    ("response", "＜＝2h", "PT2H"),
    ("response", "十分钟内", "PT10M"),
    ("response", "业务不可用=10m", "PT10M"),
    ("response", "business unavailable＝10 min", "PT10M"),
    ("response", "10 分钟内（专属企业钉钉群）", "PT10M"),
    ("response", "within 30 min (ticket)", "PT30M"),
    ("response", "within 30 min (DingTalk group, ticket)", "PT30M"),
    ("response", "30 分钟内（专属企业钉钉群、工单）", "PT30M"),
    ("response", "不要求", None),
    ("response", "no requirement", None),
    ("response", "none", None),
    ("response", "不清楚", None),
    ("response", "10", No("has no unit")),
    ("response", "soon", No("is not a time")),
    ("response", "30 min (business hours)", "PT30M"),
    ("response", "工作时间 30 分钟", "PT30M"),
    ("response", "bogus=10m", No("is not in the catalogue")),
    ("tickets", "1,000", 1000),
    ("tickets", "40 个", 40),
    ("tickets", "不清楚", None),
    ("tickets", "4.5", No("is not a whole number")),
    ("current_plan", "顶级", "premier"),
    ("current_plan", "Premier", "premier"),
    ("current_plan", "顶级（premier）", "premier"),
    ("current_plan", "Premier (premier)", "premier"),
    ("current_plan", "体验版", "enterprise-trial"),
    ("current_plan", "无", None),
    ("current_plan", "不清楚", None),
    ("current_plan", "Premier (old)", No("did you mean Premier?")),
    ("tam", "是", True),
    ("tam", "dedicated TAM", True),
    ("tam", "专属技术服务经理（TAM）", True),
    ("tam", "named", "named"),
    ("tam", "named, shared", "named"),
    ("tam", "a named TAM", "named"),
    ("tam", "指定，多客户共用", "named"),
    ("tam", "指定技术服务经理（TAM，可多客户共用）", "named"),
    ("tam", "none", False),
    ("tam", "无", False),
    ("tam", "maybe", No("is not yes, no or named; write one of them")),
    *(
        ("tam", text, No("is not a TAM to be asked for; write yes"))
        for text in ("pool", "共享团队", "paid extra", "另行付费", "shared", "共享", "共用")
    ),
    ("hours", "24/7", "24x7"),
    ("hours", "全天", "24x7"),
    ("hours", "around the clock (24x7)", "24x7"),
    ("hours", "7×24 小时", "24x7"),
    ("hours", "in business hours", "business"),
    ("hours", "工作时间", "business"),
    *(("hours", text, None) for text in ("无", "none", "无要求", "不清楚", "unknown", "n/a")),
    ("hours", "sometimes", No("is not in the catalogue, which has: 24x7, business")),
    ("service", "key-moment assurance", "key-moment-assurance"),
    ("service", "AK 及子账号治理", "access-governance"),
    ("service", "关键时刻保障、热线电话", "key-moment-assurance,hotline"),
    ("service", "hotline, online chat", "hotline,chat"),
    ("service", "hotline；chat", "hotline,chat"),
    ("service", "hotline chat", "hotline,chat"),
    *(("service", text, "") for text in ("无", "none", "不要求", "不清楚", "unknown", "-")),
    ("service", "bogus", No("is not in the catalogue, which has: dedicated enterprise group, ")),
    ("service", "hotline, bogus", No("'bogus' is not in the catalogue")),
    ("reading", "Floor reading (likelier on the bill)", "floor"),
    ("reading", "保底口径（更接近实际账单）", "floor"),
    ("reading", "叠加口径（预算上限）", "additive"),
    ("reading", "Floor reading (budget ceiling)", No("is not in the catalogue")),
    ("discount", "减30%", "30%"),
    ("discount", "off 30%", "30%"),
    ("discount", "30% off", "30%"),
    ("discount", "打7折", "30%"),
    ("discount", "七折", "30%"),
    ("discount", "70%", No("could be what is paid or what is taken off")),
    ("discount", "7", No("could be what is paid or what is taken off")),
]
_COLUMNS = {"spend": "monthly_spend", "service": "services"}
_IN_ACCOUNT = {"current_plan": "current"}


def _told(*arguments: str, environment: Mapping[str, str] | None = None) -> Any:
    done = run_cli("advise", *arguments, *TODAY, "-o", "json", environment=environment)
    return json.loads(done.out) if done.out else done.err


def _inputs(*arguments: str) -> Any:
    told = _told(*arguments)
    return told if isinstance(told, str) else told["inputs"]


def _said(name: str, told: Any) -> object:
    inputs = told["inputs"]
    match name:
        case "spend":
            return inputs["monthly_spend"]
        case "response":
            return inputs["response"].get("unavailable")
        case "tam":
            return "named" if inputs["tam_degree"] == "named" else inputs["tam"]
        case "service":
            return ",".join(inputs["services"])
        case "discount":
            return inputs["discount"]["rate"]
        case "reading":
            return told["catalogue"]["reading"]
        case _:
            return inputs[name]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text", "value"), DOORS)
def test_a_flag_a_file_a_variable_and_an_account_read_it_alike(
    name: str, text: str, value: object, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.yaml"
    spend = "" if name == "spend" else 'spend: "5"\n'
    answers.write_text(f"{spend}{name}: {json.dumps(text, ensure_ascii=False)}\n", encoding="utf-8")
    five = () if name == "spend" else ("--spend", "5")
    variable = {f"SUPPORTCLI_{name.upper()}": text}
    doors = [_told("--answers", str(answers)), _told(*five, environment=variable)]
    if name != "tam":  # a switch, which takes no text
        doors.append(_told(f"--{name.replace('_', '-')}={text}", *five))
    if name not in ("reading", "discount"):  # of the deal, not of one account
        said = "x=" + text if name == "spend" else f'x=5,"{_IN_ACCOUNT.get(name, name)}={text}"'
        deal = _told("--account", said)
        doors.append(deal if isinstance(deal, str) else deal["result"]["accounts"][0])
    for told in doors:
        if isinstance(value, No):
            assert isinstance(told, str)
            assert value in told
        else:
            assert _said(name, told) == value


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_reads_it_alike(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text in a row of its own: what is advised is what the plain form of it gives."""
    monkeypatch.chdir(tmp_path)
    names = list(dict.fromkeys(name for name, _, _ in DOORS if name != "spend"))
    header = ["account", "monthly_spend", *(_COLUMNS.get(name, name) for name in names)]

    def rows(form: Callable[[str, str, object], str]) -> list[list[str]]:
        cells = []
        for number, (name, text, value) in enumerate(DOORS):
            row = [str(number), "5", *("" for _ in names)]
            row[header.index(_COLUMNS.get(name, name))] = form(name, text, value)
            cells.append(row)
        return cells

    given = rows(lambda name, text, value: text)
    wanted = rows(lambda name, text, value: text if isinstance(value, No) else _plain(name, value))
    found = [
        _booked(kind, f"{what}.{kind}", [header, *cells])
        for what, cells in (("a", given), ("b", wanted))
    ]
    assert found[0] == found[1]
    results, rejects = found[0]
    refused = [value for _, _, value in DOORS if isinstance(value, No)]
    assert len(results) == len(DOORS) - len(refused)
    for words, row in zip(refused, rejects, strict=True):
        assert words in row[-1]


def _plain(name: str, value: object) -> str:
    """What a value is in the plainest form that a cell can have."""
    times = {"PT30M": "30m", "PT2H": "2h", "PT10M": "10m"}
    truths = {True: "yes", False: "no", None: ""}
    if value is None or isinstance(value, bool):
        return truths[value]
    return times.get(str(value), str(value))


def _booked(kind: str, name: str, table: list[list[str]]) -> tuple[list[Any], list[Any]]:
    if kind == "csv":
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    else:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in table:
            sheet.append(row)
        book.save(name)
    run_cli("batch", name, "--out", f"{name}.csv", "--force", "-q", *TODAY)
    kept_columns = ("account", "plan", "annual_cost", "reading")
    kept = _of(
        f"{name}.csv",
        lambda row: {k: row[k] for k in kept_columns},
    )
    return kept, _of(f"{name}.rejects.csv", lambda row: [*row.values()])


def _of(name: str, take: Callable[[dict[str, str]], Any]) -> list[Any]:
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return [take(row) for row in csv.DictReader(file)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, value) for name, text, value in DOORS if name == "spend"),
        ("10-15万", "100000.00"),
        ("实付8.4万 7折", "120000.00"),
    ],
)
def test_the_question_about_the_spend_reads_it_alike(text: str, value: str) -> None:
    someone = Person(*TYPED)
    someone.sees("cloud spend")
    someone.types(text + ENTER)
    if isinstance(value, No):
        someone.sees(value)
        return
    assert someone.done() == 0
    assert f"¥{Decimal(value):,}".removesuffix(".00") in someone.text


@pytest.mark.parametrize(
    ("text", "id_", "minutes"),
    [("业务不可用=10m", "unavailable", 10), ("一般咨询＝半小时", "enquiry", 30)],
)
def test_a_severity_goes_by_its_name_in_any_language(text: str, id_: str, minutes: int) -> None:
    answers = AnswerReader(load_catalogue()).read({"response": Given((text,), "x")})
    assert answers.needs.response == (ResponseNeed(id_, Duration(minutes)),)


@pytest.mark.parametrize("text", ["钉钉", "专属企业钉钉群", "DingTalk Group", "dingtalk"])
def test_a_channel_goes_by_its_short_names(text: str) -> None:
    answers = AnswerReader(load_catalogue()).read({"without_channel": Given((text,), "x")})
    assert unusable(answers.needs) == {"dingtalk-group"}


@pytest.mark.parametrize(
    "text",
    [
        "业务不可用=10m; enquiry=16h",
        "业务不可用=10m，一般咨询=16h",
        "unavailable=10 min enquiry=16 hours",
    ],
)
def test_several_needs_may_stand_in_one_text(text: str) -> None:
    told = {"unavailable": "PT10M", "enquiry": "PT16H"}
    assert _inputs("--spend", "5", f"--response={text}")["response"] == told
    variable = {"SUPPORTCLI_RESPONSE": text}
    assert _told("--spend", "5", environment=variable)["inputs"]["response"] == told
