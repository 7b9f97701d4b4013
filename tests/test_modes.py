"""Every flag counts in every kind of question, or is refused in a sentence: all pairs are tried."""

from __future__ import annotations

import shlex
import shutil
from functools import cache
from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.answers.modes import REFUSED, Mode
from supportcli.inputs.answers.sources import flag_name
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import TODAY, run_cli
from tests.test_help import COMMANDS

SERIES = " ".join(["120000"] * 12)
MODES = {
    Mode.ONE: "advise --spend 120000 --response 10m",
    Mode.ALIKE: "advise --spend 120000 --response 10m --accounts 3",
    Mode.NAMED: "advise --account a=120000,response=10m --account b=5000",
    Mode.RANGE: "advise --spend 80000..200000 --response 10m",
    Mode.UNKNOWN: "advise --spend unknown --response 10m --tickets 40",
    Mode.SERIES: f"advise --spend-series '{SERIES}' --response 10m",
    Mode.BREAKEVEN: "breakeven --spend 120000 --response 10m",
    Mode.BATCH: "batch in.csv --out out.csv --force",
}

# A value for every flag of the verb, and what it needs to mean anything.
VALUES = {
    "spend": ("--spend 5000", ""),
    "response": ("--response 2h", ""),
    "without_channel": ("--without-channel dingtalk-group", ""),
    "tam": ("--tam", ""),
    "named_tam": ("--named-tam", ""),
    "hours": ("--hours 24x7", ""),
    "service": ("--service cost-analysis", ""),
    "tickets": ("--tickets 31", ""),
    "quantity": ("--quantity seats=25", ""),
    "months": ("--months 24", ""),
    "start": ("--start 2027-01", ""),
    "growth": ("--growth 3%/month", ""),
    "spend_series": (f"--spend-series '{SERIES}'", ""),
    "order": ("--order '120000 from 2026-12-01 for 12 months'", ""),
    "spreading": ("--spreading by-day", ""),
    "proration": ("--proration fee", "--start 2026-12-15"),
    "days": ("--days 30", "--start 2026-12-15"),
    "accounts": ("--accounts 2", ""),
    "account": ("--account c=5", ""),
    "paid": ("--paid 84000", "--paid-discount 7折"),
    "paid_discount": ("--paid-discount 7折", ""),
    "discount": ("--discount 7折", ""),
    "discount_on": ("--discount-on postpaid", "--discount 7折"),
    "voucher": ("--voucher 60000", ""),
    "tax": ("--tax added", "--tax-rate 6%"),
    "tax_rate": ("--tax-rate 6%", ""),
    "bought_for": ("--bought-for 12", "--plans huawei-cloud-intl"),
    "current_plan": ("--current-plan enterprise", ""),
    "plan": ("--plan premier", ""),
    "beside": ("--beside premier --beside basic", ""),
    "customer": ("--customer Ours", ""),
    "valid_until": ("--valid-until 2026-12-31", ""),
    "ask": ("--ask", ""),
    "answers": ("--answers given.yaml", ""),
    "save_answers": ("--save-answers saved.yaml --force", ""),
    "plans": ("--plans aws", ""),
    "include_doubtful": ("--include-doubtful", ""),
    "what_if": ("--what-if 'fees +5%'", ""),
    "as_of": ("--as-of 2026-01-01", "--start 2026-12"),
    "reading": ("--reading floor", ""),
    "confirmed_by": ("--confirmed-by Us", "--reading floor"),
    "fail_if_over": ("--fail-if-over 1", ""),
    "explain": ("--explain all", ""),
    "output": ("--output csv", ""),
    "out": ("--out answer.json", ""),
    "verbose": ("--verbose", ""),
    "lang": ("--lang zh", ""),
    "width": ("--width 60", ""),
    "date": ("--date 2027-05-05", ""),
}
OF_BATCH = {
    "input_": ("in.csv", ""),  # a second one
    "rejects": ("--rejects rejected.csv", ""),
    "map_": ("--map accounts=number", ""),
    "basis": ("--basis paid", "--paid-discount 7折"),
    "paid_discount": ("--paid-discount 7折", "--basis paid"),
    "decimal": ("--decimal ,", ""),
    "unit": ("--unit k", ""),
    "missing_months": ("--missing-months mean", ""),
    "encoding": ("--encoding utf-16", ""),
    "sheet": ("--sheet A", ""),
    "all_plans": ("--all-plans", ""),
    "readings": ("--readings", ""),
    "against": ("--against aws", ""),
    "against_reading": ("--against-reading floor", ""),
    "ignore_column": ("--ignore-column plan", ""),
    "ignore_plan_column": ("--ignore-plan-column", ""),
    "group_by": ("--group-by number", ""),
    "duplicates": ("--duplicates keep", ""),
    "keep_totals": ("--keep-totals", ""),
    "sum_by": ("--sum-by account", ""),
    "excel": ("--excel", ""),
    "labels": ("--labels", ""),
    "strict": ("--strict", ""),
    "dry_run": ("--dry-run", ""),
    "limit": ("--limit 1", ""),
    "documents": ("--documents documents", ""),
    "form": ("--form md", "--documents documents"),
    "prepared_by": ("--by Us", "--documents documents"),
    "valid_until": ("--valid 2026-12-31", "--documents documents"),
    "note": ("--note Thanks", "--documents documents"),
    "for_whom": ("--for-whom internal", "--documents documents"),
    "output": ("--output text", ""),
    "out": ("--out other.csv", ""),
    "without_channel": ("--without-channel dingtalk-group", "--response 10m"),
    "response": ("--response 10m", ""),
    "hours": ("--hours 24x7", "--plans aws"),
    "months": ("--months 1", "--start 2026-12 --plans aws"),
    "date": ("--date 2027-05-05 --start 2026-12", "--start 2026-12"),
}
TABLE = """account,monthly_spend,number,plan
a,5000,2,
=b,120000.5,1,premier
a,5000,2,
c,20000,2,
wrong,x,1,
Total,150000.5,8,
"""
GIVEN = "months: 24\ntickets: 31\n"
OF_THE_RUN = {"no_input", "force", "quiet", "no_color", "debug", "threads", "width"}
"""Of no mode: they say how the run goes, not what it is asked; they have tests of their own."""


def flags_of(mode: Mode) -> list[str]:
    command = COMMANDS[shlex.split(MODES[mode])[0]]
    flags = (one.name for one in command.params if not one.hidden)
    return [name for name in flags if name not in OF_THE_RUN]


PAIRS = [
    pytest.param(
        mode,
        flag,
        id=f"{mode.value}, {flag}",
        marks=[] if mode in (Mode.ALIKE, Mode.NAMED) else [pytest.mark.slow],
    )
    for mode in MODES
    for flag in flags_of(mode)
]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ran(*words: str) -> tuple[ExitCode, str, dict[str, str]]:
    """How the command ends, what it says on standard error, and everything that it writes."""
    for path in Path().iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    Path("in.csv").write_text(TABLE, encoding="utf-8")
    Path("given.yaml").write_text(GIVEN, encoding="utf-8")
    line = " ".join(words)
    day = () if "--date" in line else TODAY
    form = () if {"--output", "--explain"} & set(shlex.split(line)) else ("-o", "json")
    done = run_cli(*shlex.split(line), *day, *form)
    written = (path for path in sorted(Path().rglob("*")) if path.is_file())
    files = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in written}
    return ExitCode(done.code), done.err, {"standard output": done.out, **files}


@cache
def without(*words: str) -> tuple[ExitCode, str, dict[str, str]]:
    """The same without the flag, which is asked for once for all flags of a mode."""
    return ran(*words)


@pytest.mark.parametrize(("mode", "flag"), PAIRS)
def test_each_flag_makes_a_difference_or_is_refused(mode: Mode, flag: str) -> None:
    of_the_verb = {**VALUES, **(OF_BATCH if mode is Mode.BATCH else {})}
    value, needed = of_the_verb[flag]
    form = "-o text" if flag == "explain" else ""
    code, said, written = ran(MODES[mode], needed, value)
    if flag in REFUSED[mode]:
        assert code is ExitCode.USAGE
        why = REFUSED[mode][flag]
        words = f"contradicts {flag_name(why)};" if isinstance(why, str) else str(why)
        assert words in said
    if code is ExitCode.USAGE:
        assert said.startswith("supportcli: ")
        assert written["standard output"] == ""
        return
    assert (code, said, written) != without(MODES[mode], needed, form)


BESIDE_THE_ANSWER = [
    ("breakeven --response 10m -o text", "--months 24"),
    ("breakeven --response 10m -o text", "--spend unknown"),
    ("batch plain.csv --out out.csv --force -o json", "--months 24"),
    ("batch plain.csv --out out.csv --force -o json", "--ignore-plan-column"),
    ("advise --spend 5 -o csv", "--what-if 'premier.monthly=5'"),
    ("advise --spend 5 -o json", "--explain"),
    ("advise --spend 5 -o csv", "--explain"),
]
"""Flags that leave the amounts of a form as they are: that is said."""


@pytest.mark.parametrize(("line", "flag"), BESIDE_THE_ANSWER)
def test_a_flag_that_changes_no_amount_is_told(line: str, flag: str) -> None:
    Path("plain.csv").write_text("account,monthly_spend\na,5000\n", encoding="utf-8")
    first = run_cli(*shlex.split(line), *TODAY)
    done = run_cli(*shlex.split(line), *shlex.split(flag), *TODAY)
    assert first.code == ExitCode.DONE
    assert done.out != first.out or done.err != first.err


PAYMENTS = "advise --spend 120000 --response 10m -o csv"
NOTHING_HERE = [
    # Twelve months from 2026-12: the first month of another spend is 2027-12.
    (PAYMENTS, "--growth 3%/year", "the spend first grows in 2027-12, after the term"),
    (f"{PAYMENTS} --months 1", "--growth 3%/month", "grows in 2027-01, after the term"),
    (PAYMENTS, "--days 30", "no month of the term is in part"),
    (PAYMENTS, "--proration none", "no month of the term is in part"),
    (PAYMENTS, "--spreading by-day", "there is no prepaid order"),
    ("breakeven --response 10m", "--current-plan enterprise", "Enterprise is not closed to others"),
]
SOMETHING = [
    f"{PAYMENTS} --growth 3%/year --months 13",
    f"{PAYMENTS} --start 2026-12-15 --days 30 --proration none",
    f"{PAYMENTS} --order '120000 from 2026-12-15 for 12 months' --spreading by-day",
    "breakeven --plans closed.yaml --current-plan developer",
]


@pytest.mark.parametrize(("line", "flag", "why"), NOTHING_HERE)
def test_a_flag_without_effect_says_so(line: str, flag: str, why: str) -> None:
    first = run_cli(*shlex.split(line), *TODAY)
    done = run_cli(*shlex.split(line), *shlex.split(flag), *TODAY)
    assert (done.code, done.out) == (ExitCode.DONE, first.out)
    assert f"{flag.split(maxsplit=1)[0]} changes nothing here: " in done.err
    assert why in done.err


@pytest.mark.parametrize("line", SOMETHING)
def test_one_that_has_an_effect_does_not(line: str) -> None:
    text = load_catalogue("aws").file.decode()
    closed = text.replace("valid_to: 2026-12-31", "closed_to_new: 2026-01-01", 1)
    Path("closed.yaml").write_text(closed, encoding="utf-8")
    done = run_cli(*shlex.split(line), *TODAY)
    assert done.code == ExitCode.DONE
    assert "changes nothing" not in done.err


def test_a_default_of_the_house_without_effect_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTCLI_DAYS", "30")
    assert "changes nothing" not in run_cli(*shlex.split(PAYMENTS), *TODAY).err


COMPARED = "compare --spend 50000 --plans cloud-gov --plans alibaba-cloud-cn"
OF_COMPARE = {
    "currency": ("--currency CNY", ""),
    "rate": ("--rate CNY=0.14", ""),
    "response": ("--response 10m", ""),
    "without_channel": ("--without-channel dingtalk-group", "--response 10m"),
    "quantity": ("--quantity support-hours=4", ""),
    "plans": ("--plans azure", ""),
    "as_of": ("--as-of 2020-01-01", ""),
    "include_doubtful": ("--include-doubtful", "--response 10m --rate CNY=0.14"),
    "date": ("--date 2027-05-05", ""),
}


@pytest.mark.parametrize(
    "flag",
    [p.name for p in COMMANDS["compare"].params if not p.hidden and p.name not in OF_THE_RUN],
)
def test_each_flag_of_compare_makes_a_difference_or_is_refused(flag: str) -> None:
    value, needed = {**VALUES, **OF_COMPARE}[flag]
    code, said, written = ran(COMPARED, needed, value)
    if code is ExitCode.USAGE:
        assert said.startswith("supportcli: ")
        assert written["standard output"] == ""
    else:
        assert (code, said, written) != without(COMPARED, needed)


def test_the_table_names_flags_that_there_are() -> None:
    for mode, flags in REFUSED.items():
        verb = "advise" if mode not in (Mode.BREAKEVEN, Mode.BATCH) else mode.value
        known = {one.name for one in COMMANDS[verb].params} | {"range", "unknown"}
        assert set(flags) <= known


KEPT_BY_NONE = {"ask", "save_answers", "output", "out", "verbose", "width", "date"}
"""What says how an answer is written, and today, which is another day when it is replayed."""
SAVED = [
    pytest.param(
        mode,
        flag,
        id=f"{mode.value}, {flag}",
        marks=[] if mode is Mode.NAMED else [pytest.mark.slow],
    )
    for mode in (Mode.ONE, Mode.ALIKE, Mode.NAMED, Mode.RANGE)
    for flag in flags_of(mode)
    if flag not in KEPT_BY_NONE and flag not in REFUSED[mode]
]


@pytest.mark.parametrize(("mode", "flag"), SAVED)
def test_saved_answers_give_the_same_answer_again(mode: Mode, flag: str) -> None:
    value, needed = VALUES[flag]
    line = " ".join([MODES[mode], needed, value])
    Path("given.yaml").write_text(GIVEN, encoding="utf-8")
    form = ("-o", "text") if flag in ("explain", "lang") else ("-o", "json")
    first = run_cli(*shlex.split(line), *TODAY, *form, "--save-answers", "saved.yaml")
    if first.code == ExitCode.USAGE:
        assert not Path("saved.yaml").exists()
        return
    again = run_cli("advise", "--answers", "saved.yaml", *TODAY, *form)
    assert (again.code, again.out) == (first.code, first.out)


def test_breakeven_says_why_it_takes_no_tax(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run_cli("breakeven", "--tax", "added", "--tax-rate", "6%", *TODAY)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.count("moves no threshold: every plan has the same rate") == 2
    monkeypatch.setenv("SUPPORTCLI_TAX", "added")
    assert run_cli("breakeven", *TODAY).code == ExitCode.DONE
