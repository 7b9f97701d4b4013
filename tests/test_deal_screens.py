"""The first screen of a deal: what is shared, what is spent, what is paid today, how many lines."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from supportcli.language import LANGUAGES
from supportcli.text_width import cell_width
from tests.runner import TODAY, run_cli
from tests.thorough import crossed

POOLED = (
    *("--plans", "aws", "--account", "a=350000,tam", "--account", "b=20000,response=1h"),
    *("--account", "c=10000"),
)
TWELVE = tuple(
    word
    for i in range(1, 13)
    for word in ("--account", f"acc{i}=10000,response=10m,current=premier")
)
AGREED = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000")
INCLUDED = (*AGREED[:3], "included", *AGREED[4:], "--start", "2026-12-15", "--growth", "3%/month")
WANTS = (
    "",
    ",response=10m",
    ",response=10m,tam,tickets=40,current=premier",
    ",order=120万@2026-12-01/12,current=enterprise",
    ",response=1m",
)


SLOW = pytest.mark.slow


def advise(*arguments: str) -> str:
    return run_cli("advise", *TODAY, *arguments).out


@pytest.mark.parametrize("form", ["table", "text", "md"])
def test_one_fee_of_several_accounts_is_said(form: str) -> None:
    """And that Enterprise Support for 1 h is not what b would take alone."""
    said = advise(*POOLED, "-o", form)
    assert "a, b: one fee, shared here by spend (b: cheaper together)" in said
    chinese = advise(*POOLED, "-o", form, "--lang", "zh")
    assert "a、b 合并计一笔服务费，此处按消费分摊（b：合并更省）" in chinese


def test_fees_that_are_not_shared_are_not_said_to_be() -> None:
    assert "one fee" not in advise("--account", "a=350000,tam", "--account", "b=350000,tam")


@pytest.mark.parametrize("form", ["table", "text", "md", "chat"])
def test_that_one_enterprise_has_one_plan_is_said_where_the_accounts_have_several(
    form: str,
) -> None:
    words = "In one enterprise all accounts have the highest plan, Premium;"
    several = ("--account", "a=50000,response=15m", "--account", "b=3000,response=2h")
    assert words in advise("--plans", "ibm-cloud", *several, "-o", form)
    same = ("--account", "a=50000,response=15m", "--account", "b=3000,response=15m")
    assert "In one enterprise" not in advise("--plans", "ibm-cloud", *same, "-o", form)


def test_the_plan_that_one_enterprise_has_is_data() -> None:
    """Of each account alone a takes Premium and b Advanced; with the same need both take it."""
    ibm = ("--plans", "ibm-cloud", "-o", "json", "--account", "a=50000,response=15m")
    for need, plan in (("2h", "ibm-premium"), ("15m", None)):
        told = json.loads(advise(*ibm, "--account", f"b=3000,response={need}"))
        assert told["result"]["highest_plan"] == plan
        assert any("In one enterprise" in each for each in told["warnings"]) is bool(plan)


def test_the_spend_of_an_account_has_its_orders() -> None:
    """1,200,000 over twelve months are 100,000 a month, beside the 350,000."""
    said = advise(
        *(
            "--account",
            "a=350000,tam,order=120万@2026-12-01/12",
            "--account",
            "b=20000,response=10m",
        )
    )
    assert "  a         450,000  TAM" in said
    assert "  Sum       470,000 " in said
    assert "2 accounts, ¥470,000 (¥100,000 ordered) a month before discounts" in said


@pytest.mark.parametrize("width", ["60", "80"])
@pytest.mark.parametrize("form", ["table", "text", "md"])
def test_todays_plans_that_do_not_fit_are_summed(form: str, width: str) -> None:
    """Premier of 50,000 + 10% of 10,000 is 51,000 a month: twelve of them 7,344,000 a year.

    If prepaid counts they are 12 x 12 x 50,000 = 7,200,000 and Enterprise 3,600,000: as much less.
    """
    said = " ".join(advise(*TWELVE, "-o", form, "--width", width).split())
    told = "¥7,344,000 a year, probably ¥7,200,000; ¥3,600,000 less for 12 accounts"
    assert told in said
    assert "acc1: Premier" not in said


def test_what_ends_is_told_beside_the_sum() -> None:
    """Business ends, so that only the Enterprise Support of the other two is compared."""
    words = [f"--account=n{i}=10000,tam,current=business" for i in range(3)]
    words += [f"--account=k{i}=10000,tam,current=enterprise-support" for i in range(2)]
    said = " ".join(advise("--plans", "aws", "-o", "text", *words).split())
    assert "for 2 accounts; 3 end within the term or are not known" in said


CROSSED = crossed(
    list(itertools.product((3, 2, 12), WANTS)),
    list(itertools.product(((), AGREED, INCLUDED), ((), ("--months", "24")))),
    list(LANGUAGES),
    [(60, 23), (80, 22)],
)


@pytest.mark.parametrize(
    ("of", "terms", "code", "size"),
    [pytest.param(*row, marks=[] if row[0][0] == 3 else [SLOW]) for row in CROSSED],
)
def test_every_combination_fits_into_a_small_terminal(
    of: tuple[int, str],
    terms: tuple[tuple[str, ...], ...],
    code: str,
    size: tuple[int, int],
) -> None:
    (count, wants), (width, most) = of, size
    accounts = [
        word
        for i in range(1, count + 1)
        for word in ("--account", f"account-{i}={i}0000{wants if i < count else ''}")
    ]
    said = advise(*accounts, *itertools.chain(*terms), "--lang", code, "--width", str(width))
    lines = said.splitlines()
    assert len(lines) <= most
    assert max(map(cell_width, lines)) < width


def test_as_many_accounts_as_there_is_room_for() -> None:
    """Nine where that is not too long, else fewer."""
    short = advise(*(f"--account=a{i}=1{i}000" for i in range(12)))
    assert sum(line.startswith("  a") and "Basic" in line for line in short.splitlines()) == 9
    long = advise(*TWELVE, *AGREED, "--months", "24").splitlines()
    assert len(long) == 22
    assert sum(line.startswith("  acc") for line in long) == 4


def test_one_figure_where_the_readings_agree() -> None:
    """Basic is free under every reading, whatever another plan would cost."""
    said = advise("--account", "a=1350000", "--account", "b=20000")
    assert "costs     ¥0 a month   ¥0 a year" in said
    assert "ask first" not in said
    assert "probably" not in said
    both = advise("--account", "a=120000,response=10m", "--account", "b=20000")
    assert "Does prepaid count towards postpaid?" in both


def test_differences_of_a_deal_have_two_figures() -> None:
    """At most: Premier 50,000 + 35,000 and 50,000 + 2,000 a month, Enterprise 60,000 and 27,000.

    Probably Premier is 50,000 for either, Enterprise the 10% of 350,000 and 25,000: a year of
    1,644,000 against 1,344,000, or of 1,200,000 against 900,000; a is 300,000 or 180,000 more.
    """
    deal = ("--account", "a=350000,tam", "--account", "b=20000,response=10m")
    for form in ("table", "text", "chat", "md"):
        said = " ".join(advise(*deal, "--current-plan", "enterprise", "-o", form).split())
        assert "¥1,644,000 a year at most, ¥300,000 more; probably ¥1,200,000, ¥300,000" in said
        assert "Premier is ¥300,000 more a year, probably ¥180,000 more" in said
    told = json.loads(advise(*deal, "-o", "json"))["result"]["together"]["by_reading"]
    assert [told[each]["annual"] for each in ("additive", "floor")] == ["1644000.00", "1200000.00"]


AGREED_DEAL = (
    *("--account", "a=350000,tam,order=120万@2026-12-01/12,current=enterprise"),
    *("--account", "b=20000,response=10m", "--account", "c=10000", *AGREED),
)


@pytest.mark.parametrize("months", ["12", "24"])
def test_a_chat_of_a_deal_leaves_nothing_out(months: str) -> None:
    """The orders, every account, the voucher, today's plan, one plan for all: in eight lines."""
    said = advise(*AGREED_DEAL, "--months", months, "-o", "chat")
    assert len(said.splitlines()) == 8
    assert "30% off, with 6% tax, with a voucher" in said.splitlines()[0]
    assert "orders of ¥1,200,000" in said
    assert "Today: a: Enterprise; Premier is ¥222,600 more" in said
    assert "All on Premier: ¥1,762,992" in said
    assert "a (¥450,000 a month, TAM)" in said
    assert "b (¥20,000 a month, 10 min)" in said
    assert "c (¥10,000 a month), free" in said


def test_a_chat_says_what_the_spend_is_counted_by() -> None:
    grown = advise("--account", "a=10000,tam", "--growth", "3%/month", "-o", "chat")
    assert "It grows by 3% a month." in grown
    series = ("--account", "a=series=100000 300000,tam", "--account", "b=10000", "--months", "2")
    assert "The spend of each month is as you gave it" in advise(*series, "-o", "chat")
    assert "¥3,600,000 less for 12 accounts" in advise(*TWELVE, "-o", "chat")
    assert "one fee, shared here by spend" in advise(*POOLED, "-o", "chat")


@pytest.mark.parametrize("form", ["table", "text", "chat"])
def test_what_comes_closest_is_told_of_each_account_that_no_plan_fits(form: str) -> None:
    """Enterprise at 350,000: 25,000 + 10% of it are 60,000 a month; by the floor 35,000."""
    said = advise("--account", "a=350000,response=1m", "--account", "b=20000", "-o", form)
    said = " ".join(said.split())
    assert "a: Enterprise: accept a first response within 10 min instead of 1 min" in said
    assert "¥720,000 a year at most, probably ¥420,000" in said
    alone = advise("--account", "a=350000,response=1m", "-o", form)
    assert "No plan is known to fit" in alone  # of Zhuoyue no target is recorded
    assert "any of 1" not in alone


def test_the_needs_that_no_plan_meets_are_seen_in_a_narrow_table_too() -> None:
    said = advise("--account", "a=350000,response=1m", "--account", "b=20000", "--width", "60")
    assert re.search("  a +350,000 1 min none known to fit", said)


def test_a_named_tam_is_no_dedicated_one() -> None:
    said = advise("--account", "a=350000,named-tam", "--account", "b=20000,tam")
    assert "  a         350,000  TAM by name  " in said
    assert "  b          20,000  TAM  " in said


def test_a_plan_that_ends_shows_what_a_month_of_it_costs() -> None:
    """AWS Business at 120,000: 1,000 + 4,900 + 2,000 for the slices to 10,000, 80,000, 120,000."""
    words = ("--plans", "aws", "--spend", "120000", "--response", "1h", "--current-plan")
    [row] = [line for line in advise(*words, "business").splitlines() if line[:11] == "  Business "]
    assert "7,900 a month" in row


def test_what_holds_for_accounts_alike_is_said_once_with_both_figures() -> None:
    """25,000 + 10 % of 120,000 is 37,000, 444,000 a year; the greater of them 300,000."""
    alike = [word for name in "abc" for word in ("--account", f"{name}=120000,response=10m")]
    told = advise(*alike, "--account", "d=100", "--explain", "accounts", "--width", "140")
    assert [line.split()[-2:] for line in told.splitlines() if line.startswith("a ")] == [
        ["444,000", "300,000"]
    ]
    assert told.count("Each of a, b, c: It is the cheapest of") == 1
    assert told.count("Is Enterprise (trial edition) still sold?") == 1
    assert "If prepaid counts towards postpaid: " in told


def test_what_holds_for_every_account_names_none() -> None:
    alike = [word for name in "ab" for word in ("--account", f"{name}=120000,response=10m")]
    told = advise(*alike, "--explain", "accounts", "--width", "140")
    assert "Each account: It is the cheapest of" in told


def test_a_tam_that_is_only_assumed_is_marked_as_one_account_marks_it() -> None:
    """That a TAM of AWS Enterprise Support is one's own is assumed in the catalogue."""
    words = ("--plans", "aws", "--account", "p=300000,response=15m,tam", "--account", "q=1000")
    told = advise(*words)
    assert "  p         300,000  15 min, TAM ?  " in told
    assert "? unsure" in told
    narrow = advise(*words, "--width", "60")
    assert "  p        300,000 15 min, TAM ? Enterprise Support 306,000\n" in narrow
    chat = advise(*words, "-o", "chat")
    assert "p ($300,000 a month, 15 min, TAM ?)" in chat
    assert "? unsure" in chat
    assert "assumed" not in advise(*words[:2], "--account", "q=1000", "-o", "chat")


def test_a_mark_before_another_need_is_explained_too() -> None:
    """AWS limits no tickets; that a TAM is one's own is assumed."""
    words = ("--plans", "aws", "--account", "p=300000,tam,tickets=5", "--account", "q=1000")
    told = advise(*words, "--width", "110")
    assert "  TAM ?, 5 tickets  " in told
    assert "? unsure" in told


@pytest.mark.parametrize(
    ("code", "terms", "title"),
    [
        ("en", (), r"Account  .* a year at most  probably"),
        (
            "en",
            ("--growth", "3%/month", "--months", "18"),
            r"Account  .* first year at most  probably",
        ),
        ("en", ("--months", "2"), r"Account  .* 2 months at most  probably"),
        ("zh", ("--growth", "3%/month", "--months", "18"), "账号（首年，元）  .* 最多"),
    ],
)
def test_a_table_of_two_figures_says_what_they_are_of(
    code: str, terms: tuple[str, ...], title: str
) -> None:
    two = ("--account", "account-1=350000,tam", "--account", "account-2=20000,response=10m")
    said = advise(*two, *terms, "--lang", code, "--width", "80")
    assert re.search(title, said), said


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("width", ["60", "80"])
def test_rows_of_accounts_rank_before_what_else_may_go(width: str, code: str) -> None:
    """Three accounts with all that can be agreed are three rows."""
    first = ("--account", "甲=350000,tam,order=1200000@2026-12-01/12")
    others = ("--account", "乙=20000,response=10m", "--account", "丙=10000")
    terms = ("--growth", "3%/month", "--months", "18", "--customer", "ACME")
    agreed = (*AGREED, "--discount", "30%", "--valid-until", "2026-12-31")
    arguments = (*first, *others, *terms, *agreed[2:])
    said = advise(*arguments, "--lang", code, "--width", width).splitlines()
    assert [line[2] for line in said if line.startswith(("  甲 ", "  乙 ", "  丙 "))] == [*"甲乙丙"]
    assert len(said) <= {"80": 22, "60": 23}[width]


@pytest.mark.parametrize(
    ("code", "held"), [("en", "today     12 Premier: "), ("zh", "顶级 12 个：")]
)
def test_the_plan_that_all_accounts_have_today_is_named(code: str, held: str) -> None:
    assert held in advise(*TWELVE, "--lang", code, "--width", "80")


@pytest.mark.parametrize("months", ["2", "24"])
def test_months_are_of_the_whole_term_fees_of_the_first_year(months: str) -> None:
    deal = ("--account", "a=350000,tam", "--account", "b=20000,response=10m", "--months", months)
    grown = (*deal, "--growth", "3%/month")
    assert "first year" not in advise(*grown, "--explain", "months")
    assert "What follows tells the first year" in advise(*grown, "--explain", "fees")
    chinese = advise(*grown, "--explain", "fees", "--lang", "zh")
    assert "以下金额为首年（自 2026 年 12 月起 12 个月）" in chinese


def test_what_a_plan_asked_for_costs_more_stays_on_a_full_screen() -> None:
    """One account has it today, so that the reasons differ; there is room for a word alone."""
    accounts = ("--account", "prod=350000,response=10m", "--account", "test=480000,response=10m")
    third = ("--account", "dev=250000,response=10m,current=enterprise-trial")
    plan = ("--plan", "enterprise-trial", "--months", "18", "--growth", "3%/month", *AGREED)
    said = advise(*accounts, *third, *plan, "--width", "80")
    assert "fits      if sold; recommended: 3 Enterprise,\n          ¥" in said
    told = " ".join(advise(*accounts, *third, *plan, "-o", "text").split())
    sold = "if sold (30 tickets) (prod, test); if sold (today's, 30 tickets) (dev)"
    assert f"fits: {sold}; recommended" in told


@pytest.mark.parametrize(
    ("code", "cell", "whole"),
    [
        ("en", "none known to fit", "no plan is known to fit prod"),
        ("zh", "尚不能确定", "尚不能确定哪个支持计划满足 prod 的需求"),
    ],
)
@pytest.mark.parametrize("form", ["table", "chat", "md"])
def test_what_nobody_states_is_not_told_as_what_is_not_met(
    form: str, code: str, cell: str, whole: str
) -> None:
    """VSHN's response times are by contract: no plan is known to answer within an hour, or not."""
    asked = ("--plans", "vshn", "--account", "prod=300000,response=1h", "--account", "test=20000")
    out = run_cli("advise", *asked, "-o", form, "--lang", code, *TODAY).out
    assert whole in out
    assert form == "chat" or cell in out
    assert not re.search("none fits|no plan fits|均不满足|没有", out)


def test_nor_where_it_is_so_of_all_accounts() -> None:
    asked = ("--plans", "vshn", "--account", "a=3,response=1h", "--account", "b=2,response=1h")
    done = run_cli("advise", *asked, "--explain", "accounts", "-o", "text", *TODAY)
    assert "No plan is known to fit any of 2 accounts" in done.out
    assert "none known to fit" in done.out
    assert "no plan fits" not in done.out


def test_fees_of_many_accounts_tell_once_what_is_the_same() -> None:
    """10 x 10,000 more spend: 50,000 + 10 % of 110,000 is 61,000, 732,000 a year."""
    many = [f"--account=p{i}={100 + 10 * i}000,tam" for i in range(1, 11)]
    told = advise(*many, "--account", "d=100", "--account", "e=200", "--explain", "fees")
    assert len(told.splitlines()) < 60
    assert "p1            Premier       61,000      732,000" in told
    assert told.count("Conditions: Premier, Basic") == told.count("50,000 a month, prepaid") == 1
    assert "p1: ¥61,000 = ¥50,000 + 10% of ¥110,000" in told


@pytest.mark.parametrize("width", ["80", "60"])
def test_how_the_vendor_divides_one_fee_is_said_beside_the_shares(width: str) -> None:
    """24 + 5 % of 480 is 48 a month; by spend 40 and 8, on the vendor's bill 44 and 4."""
    accounts = ("--account", "a=400,response=30m", "--account", "b=80,response=30m")
    said = advise("--plans", "yandex-cloud", *accounts, "--width", width)
    assert "$48 a month" in said
    assert "a, b: one fee, shared here by spend" in said
    why = advise("--plans", "yandex-cloud", *accounts, "--width", width, "--explain", "all")
    assert "the vendor charges the fixed 24 to one of them." in " ".join(why.split())


YANDEX = ("--plans", "yandex-cloud", "--response", "30m", "--account", "a=400", "--account", "b=80")


def test_shares_that_the_vendor_does_not_charge_are_said_to_be_ours() -> None:
    """24 and 5 % of 480 are 48: by spend 40 and 8, the vendor's own page says 44 and 4."""
    said = "the vendor charges the fixed 24 to one account"
    first = " ".join(advise(*YANDEX).split())
    assert "a 400 Business 480 30 min b 80 Business 96" in first  # 12 times each
    assert f"a, b: one fee, shared here by spend; {said}." in first
    assert f"shared here by spend; {said}." in advise(*YANDEX, "-o", "chat")
    chinese = advise(*YANDEX, "--lang", "zh")
    assert "此处按消费分摊；厂商将固定的 24 美元计入其中一个账号。" in chinese
    warnings = json.loads(advise(*YANDEX, "-o", "json"))["warnings"]
    assert warnings == [f"Shared by spend here; {said}."]
    quote = run_cli("quote", *TODAY, *YANDEX, "-o", "md").out
    assert f"Shared by spend here; {said}." in quote
    assert said not in advise(*POOLED)


LONG = "生产数据平台与交易核心系统"
OTHERS = ("test=20000", "dev=60000,response=4h", "core=1234567.89,response=30m")


@pytest.mark.parametrize("width", ["60", "80", "100"])
@pytest.mark.parametrize("name", ["prod", LONG])
@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("en", ("1 h, TAM", "none", "4 h", "30 min")),
        ("zh", ("1 小时，TAM", "无", "4 小时", "30 分钟")),
    ],
)
def test_the_needs_of_each_account_are_seen_at_any_width(
    code: str, needs: tuple[str, ...], name: str, width: str
) -> None:
    """And both years; the spend of a month, and a part of a long name, give way before."""
    accounts = [
        word for each in (f"{name}=300000,response=1h,tam", *OTHERS) for word in ("--account", each)
    ]
    found = advise(*accounts, "--lang", code, "--width", width).splitlines()
    first = next(i for i, line in enumerate(found) if line.split()[:1] == ["test"]) - 1
    rows = found[first : first + 4]
    assert [words for words, row in zip(needs, rows, strict=True) if f" {words} " not in row] == []
    # 12 x (50,000 + 10% of 300,000) at most; 12 x 50,000 where prepaid counts
    assert "960,000.00" in rows[0]
    assert "600,000.00" in rows[0]


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "each account: first response in 10 min"), ("zh", "各账号：10 分钟内首次响应")],
)
@pytest.mark.parametrize("count", [2, 40])
def test_needs_that_are_alike_are_told_once(count: int, code: str, words: str) -> None:
    accounts = [
        word
        for i in range(1, count + 1)
        for word in ("--account", f"account-{i}={i}0000,response=10m")
    ]
    for width in ("60", "80"):
        said = advise(*accounts, "--lang", code, "--width", width)
        assert said.count(words) == 1
        assert " needs " not in said


def test_names_that_would_be_cut_to_the_same_are_not_cut_so_short() -> None:
    """Both are 生产..系统 in eleven cells; in sixteen they differ."""
    accounts = ("--account", f"{LONG}=300000,response=1h", "--account", "生产订单系统=200000,tam")
    more = ("--account", "core=1234567.89,response=30m")
    said = advise(*accounts, *more, "--width", "60")
    assert "生产..系统" not in said
    assert "生产数..心系统" in said


@pytest.mark.parametrize(("code", "words"), [("en", "one fee"), ("zh", "一笔服务费")])
def test_of_a_plan_without_a_fee_nothing_is_said_to_be_shared(code: str, words: str) -> None:
    accounts = ("--plans", "yandex-cloud", "--account", "a=400", "--account", "b=80")
    assert words not in advise(*accounts, "--lang", code)
    assert words in advise(*accounts, "--lang", code, "--response", "30m")
