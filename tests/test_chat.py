"""`advise -o chat`: at most eight lines to paste into a chat, every figure of them in the JSON."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli

DEAL = (
    *("--account", "prod=300000,response=1h,tam", "--account", "test=20000"),
    *("--account", "dev=60000,response=2h"),
)
ONE = ("--spend", "120000", "--response", "10m")
HUAWEI = "huawei-cloud-intl"
AGREED = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%")
DRAWN = {"recommended": ONE, "agreed": (*ONE, *AGREED), "deal": DEAL}
LARGE = tuple(
    word
    for number in range(1, 41)
    for word in ("--account", f"a{number}={number}0000,response={'10m' if number % 2 else '2h'}")
)
CASES = {
    **DRAWN,
    "included": (*ONE, "--tax", "included", "--tax-rate", "6%", "--discount", "15%"),
    "renewal": (*ONE, "--current-plan", "enterprise", "--months", "24"),
    "change": (*ONE, "--current-plan", "premier", *AGREED, "--voucher", "5000", "--months", "6"),
    "none fits": ("--spend", "120000", "--response", "1m"),
    "range": ("--spend", "80000..200000", "--response", "10m"),
    "unknown": ("--spend", "unknown", "--response", "10m"),
    "depends": ("--spend", "unknown", "--response", "10m", "--reading", "floor", "--tickets", "31"),
    "alike": (*ONE, "--accounts", "3", "--growth", "3%/month"),
    "asked": (*ONE, "--plan", "premier"),
    "unpriced": (*ONE, "--plan", "business"),
    "asked deal": (*DEAL, "--plan", "premier"),
    "large deal": LARGE,
    "blind deal": (*DEAL, "--account", "new=unknown,response=10m"),
    "unfit deal": (*DEAL, "--account", "new=5,response=1m"),
    "supposed": (*ONE, "--what-if", "fees +5%"),
}
MONEY = re.compile(r"¥([0-9,]+(?:\.[0-9]+)?)")


def advise(*arguments: str) -> Done:
    return run_cli("advise", *TODAY, *arguments)


def amounts(found: Any) -> set[Decimal]:
    """Every amount anywhere in a document."""
    if isinstance(found, dict):
        return set().union(*map(amounts, found.values()))
    if isinstance(found, list):
        return set().union(*map(amounts, found))
    plain = isinstance(found, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", found)
    return {abs(Decimal(found))} if plain else set()


def differences(known: set[Decimal], payable: list[Decimal]) -> set[Decimal]:
    """The amounts, and by how much two that are to be paid a year differ."""
    return known | {abs(one - two) for one in payable for two in payable}


def years(found: Any) -> list[Decimal]:
    """What is to be paid a year, wherever it stands."""
    if isinstance(found, dict):
        own = [Decimal(found["annual"])] if isinstance(found.get("annual"), str) else []
        return [*own, *(year for value in found.values() for year in years(value))]
    return [year for value in found for year in years(value)] if isinstance(found, list) else []


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWN)
def test_the_three_that_were_drawn(name: str, code: str, golden: Golden) -> None:
    golden(f"chat-{name}.{code}.txt", advise(*DRAWN[name], "-o", "chat", "--lang", code).out)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_it_has_at_most_eight_lines_of_figures_that_the_json_has(name: str, code: str) -> None:
    done = advise(*CASES[name], "-o", "chat", "--lang", code)
    assert done.code == (ExitCode.NO_PLAN if name in ("none fits", "unfit deal") else 0), done.err
    lines = done.out.splitlines()
    assert 3 <= len(lines) <= 8
    assert all(line == line.strip() for line in lines)
    document = json.loads(advise(*CASES[name], "-o", "json").out)
    known = differences(amounts(document), sorted(set(years(document))))
    bills = document["result"].get("bills", [])
    known |= {
        sum((Decimal(b[part]) for b in bills), Decimal(0)) for part in ("fee", "tax", "discount")
    }
    if name == "change":  # probably 6 x 18,550 for the term, less the voucher of 5,000
        known.add(Decimal(106_300))
    sums = {"unknown", "depends"}  # rules, not amounts
    told = {Decimal(text.replace(",", "")) for text in MONEY.findall(done.out)}
    each = (
        document["result"].get("accounts") or [document["inputs"]] * document["inputs"]["accounts"]
    )
    spends = sum((Decimal(one["monthly_spend"] or 0) for one in each), Decimal(0))
    assert name in sums or told - known <= {spends}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_plain_text_without_ids_in_every_catalogue(name: str, code: str) -> None:
    catalogue = load_catalogue(name)
    ids = {plan.id for plan in catalogue.plans if "-" in plan.id} | {catalogue.id}
    for needs in (("--response", "1h"), ("--tam",), ("--response", "1m"), ()):
        flags = ("--plans", name, "--spend", "120000", *needs, "-o", "chat", "--lang", code)
        done = advise(*flags)
        assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN), done.err
        assert len(done.out.splitlines()) <= 8
        assert not [each for each in ids if re.search(rf"\b{each}\b", done.out)]
        assert not set(done.out) & set("▶•…≤*_`|#")


def test_a_large_deal_is_summed_up() -> None:
    out = advise(*LARGE, "-o", "chat").out
    assert "20 accounts, " in out
    assert "a40" not in out


def test_supposed_fees_are_said_in_the_message_itself() -> None:
    assert "What if: fees +5%" in advise(*CASES["supposed"], "-o", "chat").out


def test_what_has_no_room_is_refused_or_told() -> None:
    done = advise(*ONE, "--beside", "premier", "-o", "chat")
    words = "supportcli: -o chat: has room for one plan; leave out --beside\n"
    assert (done.code, done.err) == (ExitCode.USAGE, words)
    assert advise(*ONE, "-o", "chat", "--width", "40").out == advise(*ONE, "-o", "chat").out


@pytest.mark.parametrize(
    ("language", "begins"), [("en", "To ask Alibaba Cloud: "), ("zh", "待阿里云确认：")]
)
def test_the_vendor_is_asked_by_its_short_name(language: str, begins: str) -> None:
    lines = advise(*ONE, "-o", "chat", "--lang", language).out.splitlines()
    assert sum(line.startswith(begins) for line in lines) == 1
    called = [load_catalogue(name).whom_to_ask.in_language(language) for name in SHIPPED]
    assert not [name for name in called if re.search("[(（]", name)]


def test_that_the_plan_does_not_fit_is_never_left_out() -> None:
    asked = "--spend 120000 --tam --plan enterprise --current-plan enterprise --months 24"
    agreed = "--growth 3%/month --discount 30% --tax added --tax-rate 6% --voucher 60000"
    out = run_cli("advise", *asked.split(), *agreed.split(), "-o", "chat", *TODAY).out
    assert len(out.splitlines()) <= 8
    assert "Fits: no: TAM" in out


def test_whose_spend_a_formula_is_of_is_said() -> None:
    """75,000 is for three accounts, 30% of the spend of one."""
    asked = "--spend unknown --accounts 3 --response 10m".split()
    for form in ("text", "chat", "md"):
        out = run_cli("advise", *asked, "-o", form, *TODAY).out
        assert "¥75,000 + 30% of spend a month (spend: of each account)" in out


SPENDS = {
    "one": ONE,
    "range": ("--spend", "80000..200000", "--response", "10m"),
    "deal": ("--account", "a=120000,response=10m", "--account", "b=5000"),
}
FULL = ("--plan", "premier", "--current-plan", "premier", "--months", "24")
LEFT_OUT = {
    "en": ("Discount and tax are not", "Tax is not included", "No discount is included"),
    "zh": ("未计折扣和税", "未计税", "未计折扣。"),
}
PAID = {  # Premier at 120,000: 50,000 + 10% of the spend, 24 times, at most and probably (50,000)
    "": ("1,488,000", "1,200,000"),
    "--discount 30%": ("1,041,600", "840,000"),
    "--tax added --tax-rate 6%": ("1,577,280", "1,272,000"),
    "--discount 30% --tax added --tax-rate 6%": ("1,104,096", "890,400"),
}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("agreed", PAID)
@pytest.mark.parametrize("name", SPENDS)
def test_a_full_one_loses_neither_the_term_nor_a_question(
    name: str, agreed: str, code: str
) -> None:
    out = advise(*SPENDS[name], *FULL, *agreed.split(), "-o", "chat", "--lang", code).out
    assert len(out.splitlines()) <= 8
    assert name == "deal" or ("1) " in out and "2) " in out and "3) " in out)
    if name == "one":
        assert all(f"¥{amount}" in out for amount in PAID[agreed])
    assert re.search("24 months,|24 个月合计", out)
    told = [words for words in LEFT_OUT[code] if words in out.splitlines()[-1]]
    neither, taxless, undiscounted = LEFT_OUT[code]
    expected = [] if "discount" in agreed else [undiscounted]
    if "tax" not in agreed:
        expected = [taxless] if expected == [] else [neither]
    assert told == expected


@pytest.mark.parametrize(
    ("code", "free", "unpriced"),
    [
        ("en", "To pay: ¥0 a month, ¥0 a year", "To pay: price not known to us"),
        ("zh", "应付：每月 ¥0、全年 ¥0", "应付：价格待询"),
    ],
)
def test_what_is_to_pay_does_not_cost_besides(code: str, free: str, unpriced: str) -> None:
    words = ("-o", "chat", "--discount", "85折", "--lang", code)
    assert advise(*words, "--spend", "100000", "--response", "2h").out.splitlines()[1] == free
    assert advise(*words, *CASES["unpriced"]).out.splitlines()[1] == unpriced


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("form", ["chat", "table"])
def test_the_others_cost_without_cents_as_each_does(code: str, form: str) -> None:
    """AWS Enterprise at 300,000: 15,000 + 10,500 a month, 306,000 a year; for 1 min there is none.

    The slices are 10 % to 150,000 and 7 % to 500,000.
    """
    accounts = ("p=300000,response=15m,tam", "q=1000", "r=5000,response=1m")
    deal = [word for account in accounts for word in ("--account", account)]
    out = advise("--plans", "aws", *deal, "-o", form, "--lang", code).out
    assert "$306,000" in out
    assert ".00" not in out


def test_a_range_of_accounts_alike_is_the_spend_of_each_in_a_month() -> None:
    alike = ("--spend", "10000..20000", "--accounts", "3", "-o", "chat", "--lang", "zh")
    assert (
        "3 个账号，每个账号月消费（折前）¥10,000 至 ¥20,000"
        in run_cli("advise", *TODAY, *alike).out
    )


def test_a_deal_that_says_all_there_is_has_eight_lines_too() -> None:
    """List prices, a doubtful plan, that it was asked for: nine lines of which none was a rest."""
    accounts = ("--account", "a=300000,response=10m", "--account", "b=20000,response=10m")
    flags = ("--plan", "enterprise-trial", "--include-doubtful", "--discount", "7折")
    for code in ("en", "zh"):
        done = run_cli("advise", *TODAY, *accounts, *flags, "-o", "chat", "--lang", code)
        assert (done.code, len(done.out.splitlines())) == (0, 8), done.err


@pytest.mark.parametrize("flags", [ONE, ("--account", "a=120000,response=10m"), (*ONE, *AGREED)])
def test_before_a_voucher_the_amounts_are_due_not_to_pay(flags: tuple[str, ...]) -> None:
    """444,000 less 10,000 is 434,000, which alone is to pay."""
    out = advise(*flags, "--voucher", "10000", "-o", "chat").out
    assert "\nDue before the voucher: at most ¥" in out
    assert "To pay:" not in out
    # Probably 300,000 less 10,000.
    first = (
        "\nTo pay in the term: at most ¥434,000, probably ¥290,000, after the voucher of ¥10,000\n"
    )
    assert flags is not ONE or first in out
    free = advise("--spend", "12", "--voucher", "10000", "-o", "chat").out
    assert "¥10,000 of the voucher is left." in free
    assert "To pay in the term" not in free


def test_an_alternative_is_another_plan_and_what_is_assumed_of_it_is_said() -> None:
    spend = ("--spend", "120000", "--response", "1h")
    for form in (("-o", "chat"), ("--explain", "whatif")):
        aws, huawei = (advise("--plans", each, *spend, *form).out for each in ("aws", HUAWEI))
        assert aws.count("With a dedicated TAM (assumed): Enterprise Support, $144,000") == 1
        assert "With a dedicated TAM" not in huawei
    assert "With a dedicated TAM: Premier" in advise(*ONE, "-o", "chat").out


def test_a_plan_in_doubt_is_named_with_its_limit() -> None:
    out = advise(*ONE, "-o", "chat").out
    assert "If so up to ¥240,000 a year less. Limit: at most 30 tickets a month. 3)" in out
    chinese = advise(*ONE, "-o", "chat", "--lang", "zh").out
    assert "若是，最多省 ¥240,000。限额：每月最多 30 个工单。3)" in chinese


def test_what_is_left_with_todays_plan_is_told_beside_its_price() -> None:
    """Premier has a TAM and 8 services of the table that Enterprise has not."""
    for form in ("chat", "md"):
        out = advise(*ONE, "--current-plan", "premier", "-o", form).out
        assert "no TAM; 8 services less" in out
        assert "Premier, at most ¥744,000 a year, probably ¥600,000; Enterprise is" in out
    unasked = ("--spend", "120000", "--current-plan", "premier")
    told = "no needs named: first response 2 h; no TAM; 12 services less"
    assert told in advise(*unasked, "-o", "chat").out
    assert f"\ncontent   {told}\n" in advise(*unasked).out


def test_todays_plan_is_told_without_a_price_and_without_another_plan() -> None:
    chinese = advise(*ONE, "--current-plan", "business", "--lang", "zh").out
    assert "\n现用计划  商业级，价格待询\n" in chinese
    none = ("--plans", "cloud-gov", "--spend", "120000", "--response", "1h")
    for form, label in (("table", "today     "), ("chat", "Today: ")):
        out = advise(*none, "--current-plan", "cloudgov-premium", "-o", form).out
        assert f"\n{label}Premium, $12,500 a year\n" in out


@pytest.mark.parametrize("code", ["en", "zh"])
def test_each_question_has_a_line_where_there_are_lines(code: str) -> None:
    """Two more make nine lines: the third question is told with the second."""
    lines = advise(*ONE, "--lang", code, "-o", "chat").out.splitlines()
    assert len(lines) == 8
    (first,) = (line for line in lines if "1) " in line)
    (second,) = (line for line in lines if line.startswith("2) "))
    assert "2) " not in first
    assert "3) " in second


def test_a_question_is_ended_by_its_own_sign() -> None:
    """It stands before another sentence without a full stop behind it."""
    for flags in (ONE, (*ONE, *FULL), (*ONE, "--plan", "enterprise-trial")):
        for code in ("en", "zh"):
            out = advise(*flags, "-o", "chat", "--lang", code).out
            assert "?." not in out
            assert "？。" not in out
