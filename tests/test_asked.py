"""`advise --plan`: the whole answer for a plan that was asked for, beside the recommended one."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.errors import ExitCode
from supportcli.text_width import cell_width
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)
ONE = ("--spend", "120000", "--response", "10m")
DEAL = (
    *("--account", "prod=300000,response=1h,tam", "--account", "test=20000"),
    *("--account", "dev=60000,response=2h"),
)
ASKED = {"en": "Asked for: ", "zh": "指定计划："}
MODES = {
    "one": ONE,
    "alike": (*ONE, "--accounts", "3"),
    "deal": DEAL,
    "range": ("--spend", "80000..200000", "--response", "10m"),
    "unknown": ("--spend", "unknown", "--response", "10m"),
    "blind deal": (*DEAL, "--account", "new=unknown"),
    "none fits": ("--spend", "120000", "--response", "1m"),
    "renewal": (*ONE, "--current-plan", "enterprise", "--discount", "7折"),
}


def advise(*arguments: str) -> Done:
    return run_cli("advise", *TODAY, *arguments)


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(advise(*arguments, "-o", "json").out)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)]
    assert errors == []
    return found


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", ["one", "deal", "none fits"])
def test_screen(name: str, code: str, golden: Golden) -> None:
    flags = (*MODES[name], "--plan", "premier", "--lang", code)
    golden(f"asked-{name.replace(' ', '-')}.{code}.txt", advise(*flags, "--width", "80").out)
    for width in (60, 80):
        lines = advise(*flags, "--width", str(width)).out.splitlines()
        assert max(map(cell_width, lines)) < width
        assert len(lines) <= (22 if width == 80 else 23)


def test_months_and_payments_are_of_the_plan_that_was_asked_for() -> None:
    """Premier: 50,000 and 10% of 120,000 a month; Enterprise: 25,000 and the same."""
    found = document(*ONE, "--plan", "premier")
    result = found["result"]
    assert found["inputs"]["plan"] == "premier"
    assert result["recommended"] == "enterprise"
    assert {month["total"] for month in result["months"]} == {"62000.00"}
    assert sum(Decimal(bill["gross"]) for bill in result["bills"]) == 12 * 62_000
    assert sum(Decimal(payment["to_pay"]) for payment in result["payments"]) == 12 * 62_000
    asked = result["asked"]
    assert (asked["id"], asked["eligible"]) == ("premier", True)
    assert asked["to_pay"]["annual"] == "744000.00"
    assert asked["difference"]["annual"] == "300000.00"


def test_rows_of_payments_are_of_the_plan_that_was_asked_for() -> None:
    rows = list(csv.DictReader(io.StringIO(advise(*ONE, "--plan", "premier", "-o", "csv").out)))
    assert sum(Decimal(row["to_pay"]) for row in rows) == 12 * 62_000


def test_a_deal_has_the_plan_for_each_account() -> None:
    """Premier: 50,000 and 10%, of 300,000, 20,000 and 60,000; else 80,000 a month and nothing."""
    found = document(*DEAL, "--plan", "Premier")
    result = found["result"]
    assert found["inputs"]["plan"] == "premier"
    months = {one["account"]: one["months"][0]["total"] for one in result["accounts"]}
    assert months == {"prod": "80000.00", "test": "52000.00", "dev": "56000.00"}
    assert result["total"]["to_pay"]["annual"] == f"{12 * 188_000}.00"
    assert result["asked"]["eligible"]
    assert result["asked"]["difference"]["annual"] == f"{12 * (188_000 - 80_000)}.00"
    assert [one["recommended"] for one in result["accounts"]] == ["premier", "basic", "basic"]


def test_a_deal_names_the_accounts_that_the_plan_does_not_do_for() -> None:
    done = advise(*DEAL, "--plan", "enterprise", "-o", "text")
    assert "fits: no: TAM (prod); recommended: 1 Premier, 2 Basic" in done.out
    assert document(*DEAL, "--plan", "enterprise")["result"]["asked"]["eligible"] is False


def test_a_plan_that_does_not_fit_is_told_so() -> None:
    done = advise(*ONE, "--plan", "basic", "-o", "text")
    assert done.code == ExitCode.DONE
    words = "fits: no: response; recommended: Enterprise, ¥444,000 a year more; "
    assert f"{words}probably ¥300,000 a year more\n" in done.out


def test_that_no_plan_fits_is_exit_4_for_a_plan_too() -> None:
    done = advise(*MODES["none fits"], "--plan", "premier", "-o", "text")
    assert done.code == ExitCode.NO_PLAN
    assert "fits: no: response; no plan is recommended\n" in done.out


@pytest.mark.parametrize(("limit", "code"), [("743999", 5), ("744000", 0)])
def test_the_limit_is_held_against_the_plan_that_was_asked_for(limit: str, code: int) -> None:
    assert advise(*ONE, "--plan", "premier", "--fail-if-over", limit).code == code


@pytest.mark.parametrize("flags", [("--fail-if-over", "1"), ("-o", "csv")])
@pytest.mark.parametrize("mode", ["one", "deal", "none fits"])
def test_what_hangs_on_an_unknown_price_is_refused(mode: str, flags: tuple[str, ...]) -> None:
    done = advise(*MODES[mode], "--plan", "business", *flags)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    words = f"{' '.join(flags[: 1 + (flags[0] == '-o')])}: cannot be told"
    assert done.err == f"supportcli: {words}: the price of Business is not known to us\n"


def test_a_plan_in_doubt_is_asked_about_first() -> None:
    lines = advise(*ONE, "--plan", "企业级-体验版", "-o", "text").out.splitlines()
    assert lines[0] == "Asked for: Enterprise (trial edition)"
    assert "ask first: Is Enterprise (trial) still sold?" in lines
    assert document(*ONE, "--plan", "enterprise-trial")["result"]["asked"]["doubtful"]


@pytest.mark.parametrize("name", ["premier", "Premier", "顶级", "PREMIER"])
def test_any_of_its_names_will_do(name: str) -> None:
    assert advise(*ONE, "--plan", name).out == advise(*ONE, "--plan", "premier").out


def test_a_near_miss_names_the_plan() -> None:
    done = advise(*ONE, "--plan", "premir")
    words = "--plan: 'premir' is not in the catalogue; did you mean Premier?"
    assert (done.code, done.err) == (ExitCode.USAGE, f"supportcli: {words}\n")


@pytest.mark.parametrize("mode", MODES)
def test_answers_keep_it(mode: str, tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    first = advise(*MODES[mode], "--plan", "premier", "--save-answers", str(saved))
    assert first.out.startswith("Asked for: ")
    again = advise("--answers", str(saved))
    assert (again.code, again.out) == (first.code, first.out)


def test_a_variable_names_it_too() -> None:
    done = run_cli("advise", *TODAY, *ONE, environment={"SUPPORTCLI_PLAN": "premier"})
    assert done.out == advise(*ONE, "--plan", "premier").out


@pytest.mark.parametrize("plan", ["basic", "enterprise-trial", "enterprise", "premier", "business"])
@pytest.mark.parametrize("mode", MODES)
def test_every_form_answers_for_every_plan(mode: str, plan: str) -> None:
    flags = (*MODES[mode], "--plan", plan)
    assert document(*flags)["result"]["asked"]["id"] == plan
    shown = advise(*flags, "--explain", "all", "-o", "text").out
    assert shown.startswith(advise(*flags, "-o", "text").out.rstrip("\n"))


def fits_line(*arguments: str) -> str:
    lines = advise(*arguments, "-o", "text").out.splitlines()
    return next(line for line in lines if line.startswith("fits: "))


def test_a_range_has_the_difference_at_both_ends() -> None:
    """Premier is 25,000 a month dearer than Enterprise at any spend of the range.

    Basic is free: Enterprise costs 25,000 and 10% of 80,000 or 200,000 more, probably 25,000.
    """
    premier = fits_line(*MODES["range"], "--plan", "premier")
    assert premier == f"fits: yes; recommended: Enterprise, ¥{12 * 25_000:,} a year less"
    most = f"¥{12 * 33_000:,}..¥{12 * 45_000:,} a year more"
    basic = fits_line(*MODES["range"], "--plan", "basic")
    words = f"recommended: Enterprise, {most}; probably ¥{12 * 25_000:,} a year more"
    assert basic == f"fits: no: response; {words}"


def test_the_ends_of_a_range_may_differ_in_which_is_dearer() -> None:
    """On-Ramp is 10%: 10,000 and 50,000 a month. Enterprise is 15,000, and at 500,000
    15,000 + 7% of 350,000 = 39,500. A term of its own: Enterprise ended with that November."""
    day = ("--as-of", "2025-01-01", "--start", "2025-01-01", "--response", "30m", "--months", "11")
    flags = ("--plans", "aws", "--spend", "100000..500000", "--plan", "aws-enterprise-onramp")
    low, high, term = 11 * 5_000, 11 * 10_500, "for 11 months"
    gaps = f"${low:,} more {term} at the lower end, ${high:,} less {term} at the upper end"
    assert fits_line(*flags, *day) == f"fits: yes; recommended: Enterprise (classic), {gaps}"
    today = ("--current-plan", "aws-enterprise-onramp")
    told = run_cli("advise", *TODAY, *flags[:4], *day, *today, "-o", "text").out
    name = "Enterprise (classic) is"
    gaps = (
        f"{name} ${low:,} more {term} at the lower end, "
        f"{name} ${high:,} less {term} at the upper end"
    )
    assert f"\ntoday: Enterprise On-Ramp, $110,000..$550,000 {term}; {gaps}\n" in told


def test_a_deal_has_it_at_both_ends_too() -> None:
    """Two of Premier: 50,000 each and 10%; Enterprise 25,000 and 10% for one, the other free."""
    accounts = ("--account", "a=80000..200000,response=10m", "--account", "b=20000")
    told = fits_line(*accounts, "--plan", "premier")
    gap = 12 * (50_000 + 52_000 - 25_000)
    assert told.endswith(
        f"recommended: 1 Enterprise, 1 Basic, ¥{gap:,} a year less; "
        f"probably ¥{12 * 75_000:,} a year less"
    )


def test_the_plan_of_today_and_the_closest_have_both_ends() -> None:
    today = advise(*MODES["range"], "--current-plan", "basic", "-o", "text").out
    # At 80,000 and at 200,000 the 10% is below the 25,000 a month: probably 300,000 for either.
    told = "Enterprise is ¥396,000..¥540,000 more a year, probably ¥300,000 more\n"
    assert f"today: Basic, ¥0 a year; {told}" in today
    closest = advise("--spend", "80000..200000", "--response", "1m", "-o", "text").out
    assert "¥396,000..¥540,000 a year at most, probably ¥300,000\n" in closest


@pytest.mark.parametrize(
    ("catalogue", "code", "word"),
    [("aws", "en", "'Business Support+'"), ("alibaba-cloud-cn", "zh", "企业级")],
)
def test_the_next_line_names_the_plan_as_a_shell_passes_it_on(
    catalogue: str, code: str, word: str
) -> None:
    flags = ("--plans", catalogue, "--spend", "12000", "--lang", code, "--width", "100")
    given = shlex.split(advise(*flags).out.splitlines()[-1])
    plan = given[given.index("--plan") + 1]
    assert plan == shlex.split(word)[0]
    assert advise(*flags, "--plan", plan).out.splitlines()[0].startswith(f"{ASKED[code]}{plan} ")


@pytest.mark.parametrize("name", ["Big $HOME", "Small"])
def test_a_name_that_no_shell_passes_on_or_that_two_share_is_typed_as_the_id(
    name: str, tmp_path: Path
) -> None:
    names = ("Tiny", name, "Small")
    plans = "".join(
        f"  - {{id: p{tier}, tier: {tier}, name: {each}, fee: {{flat: {tier}}}, fee_text: a fee}}\n"
        for tier, each in enumerate(names, 1)
    )
    file = tmp_path / "mine.yaml"
    file.write_text(f"id: mine\nname: Mine\ncurrency: USD\nplans:\n{plans}", encoding="utf-8")
    assert "   --plan p2   " in advise("--plans", str(file), "--spend", "12000").out


@pytest.mark.parametrize("text", ["Enterprise (trial)", "enterprise (TRIAL)"])
def test_a_short_name_that_is_printed_is_taken_back(text: str) -> None:
    assert document(*ONE, "--plan", text)["result"]["asked"]["id"] == "enterprise-trial"


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        # Nothing is known of Zhuoyue; Business has 10 minutes within a limit and nothing on a TAM.
        ("zhuoyue", "not known: TAM (a); not known: response (b); price not known (c); "),
        (
            "business",
            "not known: TAM (a); price not known (within a limit) (b); price not known (c); ",
        ),
        ("enterprise-trial", "no: TAM, 30 tickets (a); if sold (30 tickets) (b, c); "),
        ("enterprise", "no: TAM (a); "),
        ("premier", "yes; "),
    ],
)
def test_of_a_deal_what_is_not_known_is_not_said_to_be_no_nor_yes(plan: str, words: str) -> None:
    accounts = "--account a=350000,tam --account b=20000,response=10m --account c=5000"
    out = advise(*accounts.split(), "--plan", plan, "-o", "text").out
    assert f"\nfits: {words}recommended: 1 Premier, 1 Enterprise, 1 Basic" in out


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "fits: no: ends 2026-12-31; recommended: 2 Basic"),
        ("zh", "满足需求：否：2026 年 12 月 31 日终止；推荐方案为 Basic 2 个"),
    ],
)
def test_a_reason_that_holds_for_all_accounts_is_told_without_their_names(
    code: str, words: str
) -> None:
    """AWS ends Business on that day, within the term, whatever an account spends."""
    accounts = "--plans aws --account a=50000 --account b=200 --start 2026-12"
    out = advise(*accounts.split(), "--plan", "aws-business", "-o", "text", "--lang", code).out
    assert f"\n{words}" in out


def test_of_a_deal_it_is_told_whose_todays_plan_fits_where_all_fit() -> None:
    accounts = "--account a=20000,response=10m,current=enterprise --account b=20000,response=10m"
    out = advise(*accounts.split(), "--plan", "enterprise", "-o", "text").out
    assert "\nfits: yes (today's) (a); yes (b); " in out


def test_a_row_of_the_plan_asked_for_says_that_it_is_not_known_to_fit() -> None:
    one = ("--spend", "120000", "--response", "10m", "-o", "text")
    assert "* Zhuoyue: at most unpriced; probably unpriced; response ?; TAM ?; fits not known" in (
        advise(*one, "--plan", "zhuoyue").out
    )
    assert "fits ask 2" in advise(*one, "--plan", "business").out


def test_what_is_folded_says_why_it_does_not_fit_and_apart_what_is_not_known() -> None:
    asked = "--spend 120000 --response 10m --tam --current-plan enterprise --months 24"
    agreed = "--growth 3%/month --discount 30% --tax added --tax-rate 6% --voucher 5000"
    out = advise(*asked.split(), *agreed.split(), "--width", "60").out
    told = " ".join(out.split())
    assert (
        "Do not fit: Basic (2 h), Enterprise (trial) (TAM); "
        "not known: Business (TAM), Zhuoyue (response, TAM) " in told
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "recommended: Enterprise; at most ¥600,000 a year less"),
        ("zh", "推荐方案为企业级；最多全年少 ¥600,000"),
    ],
)
def test_what_differs_by_the_same_at_every_spend_is_told_of_an_unknown_one(
    code: str, said: str
) -> None:
    """Two accounts, each 50,000 instead of 25,000 a month, twelve times; both add 10 %."""
    asked = ("--spend", "unknown", "--accounts", "2", "--response", "10m", "--plan", "premier")
    assert said in run_cli("advise", *TODAY, *asked, "-o", "chat", "--lang", code).out
    basic = run_cli("advise", *TODAY, "--spend", "unknown", "--plan", "premier", "-o", "chat").out
    assert "recommended: Basic\n" in basic


@pytest.mark.parametrize(
    "flags",
    [
        "--spend 120000",
        "--plans cloud-digit --spend 120000",
        "--plans yandex-cloud --spend 1000",
        "--plans aiven --spend 12000",
        "--spend 120000 --response 10m --plan business",
        "--spend 120000 --response 10m --plan enterprise-trial",
        "--spend 120000 --response 10m --discount 10% --voucher 5000",
    ],
)
@pytest.mark.parametrize("width", ["60", "80"])
def test_who_is_told_to_ask_sees_the_question(flags: str, width: str) -> None:
    """Whatever number a row or the line "fits" names stands before a question above it."""
    out = advise(*flags.split(), "--width", width).out
    assert not re.search(r"(\bfits +|  )ask(?! (\d|first))", out)
    named = {int(number) for number in re.findall(r"\bask (\d)", out)}
    asked = {int(n) for n in re.findall(r"^(?:ask first|         ) (\d) [A-Z]", out, re.MULTILINE)}
    assert named <= asked


def test_those_without_a_price_stand_last() -> None:
    out = advise("--spend", "120000", "--response", "10m", "--width", "80").out
    names = ["Basic", "Enterprise", "Premier", "Enterprise (trial)", "Zhuoyue", "Business"]
    assert re.findall(r"^[> ] (\w+(?: \(trial\))?)  +\S+  +\S+  ", out, re.MULTILINE) == names


def test_only_a_reason_that_has_no_room_is_left_out() -> None:
    """79 cells less 57 before the last column: 16 of "no: response, TAM", 24 of the last two."""
    flags = "--spend 120000 --response 1m --tam --width 80"
    last = re.findall(r"^[> ] [A-Z].*  (no.*)$", advise(*flags.split()).out, re.MULTILINE)
    assert last == [*["no: response, TAM"] * 3, "no: response", "not known", "not known"]


def test_where_no_plan_fits_an_account_the_plan_asked_for_has_a_price_and_no_difference() -> None:
    """Premier: 50,000 + 10% of 350,000 and 50,000 + 10% of 20,000 are 137,000 a month."""
    deal = ("--account", "a=350000,response=1m", "--account", "b=20000", "--plan", "premier")
    asked = json.loads(run_cli("advise", *deal, *TODAY, "-o", "json").out)["result"]["asked"]
    assert asked["eligible"] is False
    assert asked["to_pay"]["monthly"] == "137000.00"
    assert asked["difference"] is None
