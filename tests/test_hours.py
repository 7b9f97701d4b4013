"""Service hours: when an engineer answers, by the hours of the targets themselves."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from supportcli.advice.rules import RowDefaults
from supportcli.batch.request import Ask
from supportcli.core.plan import Plan, ServiceLevel
from supportcli.core.text import Text
from supportcli.errors import UsageError
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.need import Status
from supportcli.needs.registry import Needs, fit
from tests.builders import catalogue, level, limit, plan, share, within
from tests.parity import START, Case, Customer, rules_of
from tests.runner import TODAY, Done, run_cli
from tests.test_parity import check

DATE = ("--date", "2026-11-23")
MET, NOT, ASSUMED, UNKNOWN = Status.MET, Status.NOT_MET, Status.ASSUMED, Status.UNKNOWN


def told(target: str, hours: str | None) -> ServiceLevel:
    return level(target)._replace(hours=None if hours is None else Text({"en": hours}))


def held(each: Plan, hours: str) -> tuple[Status, str]:
    (result,) = fit(catalogue(each), each, Needs(hours=hours))
    return result.status, str(result.why)


TAKEN = "assumed, as its target runs by the calendar; its hours are not recorded here"
CLOCK, WORK = "engineers around the clock (24x7)", "engineers in business hours"


@pytest.mark.parametrize(
    ("target", "hours", "always", "business"),
    [
        ("1h", "24x7", (MET, "yes, 24x7"), (MET, "yes, 24x7")),
        ("1h", "24/7, by phone", (MET, "yes, 24/7, by phone"), (MET, "yes, 24/7, by phone")),
        ("1h", "09:00-17:00", (NOT, "no, 09:00-17:00"), (MET, "yes, 09:00-17:00")),
        ("8bh", "24x7", (NOT, "no, 24x7"), (MET, "yes, 24x7")),  # its time runs in business hours
        ("15bm", None, (NOT, "no, in business hours"), (MET, "yes, in business hours")),
        ("8bh", None, (NOT, "no, in business hours"), (MET, "yes, in business hours")),
        # it runs by the calendar: at night too, unless hours are stated
        ("1h", None, (ASSUMED, TAKEN), (MET, "yes, by the calendar")),
    ],
)
def test_the_hours_of_a_target(
    target: str, hours: str | None, always: tuple[Status, str], business: tuple[Status, str]
) -> None:
    each = plan("gold", levels=[told(target, hours)])
    assert held(each, "24x7") == (always[0], f"{CLOCK}: {always[1]}")
    assert held(each, "business") == (business[0], f"{WORK}: {business[1]}")


def test_the_best_target_of_the_gravest_severity_counts() -> None:
    lesser = told("1h", "24x7")._replace(severity="question")
    each = plan("gold", levels=[told("8bh", None), lesser])
    assert held(each, "24x7")[0] is NOT
    each = plan("gold", levels=[told("8bh", None), told("1h", "24x7")])
    assert held(each, "24x7")[0] is MET
    quota = told("1h", "24x7")._replace(limit="quota")
    each = plan("gold", levels=[told("8bh", None), quota], limits=[limit("quota", 3, "three")])
    assert held(each, "24x7")[0] is Status.MET_WITHIN_LIMIT


def quick_by_day() -> Plan:
    """In 15 minutes on the group by day, in 8 hours by ticket at night too."""
    by_day = level("15m", "group")._replace(hours=Text({"en": "09:00-17:00"}))
    return plan("gold", levels=[by_day, told("8h", "24x7")])


@pytest.mark.parametrize(
    ("response", "status"),
    [("8h", MET), ("15m", NOT), ("1h", NOT), ("15bm", NOT), ("4bh", NOT), ("8bh", MET)],
)
def test_one_target_does_for_the_time_and_the_hours(response: str, status: Status) -> None:
    each = quick_by_day()
    *_, result = fit(catalogue(each), each, Needs(response=[within(response)], hours="24x7"))
    assert (result.need, result.status) == ("hours", status)


@pytest.mark.parametrize("same", [{}, {"response": "down=15m"}, {"hours": "24x7"}])
def test_batch_and_sql_judge_both_by_one_target(same: dict[str, str]) -> None:
    whole = catalogue(quick_by_day(), plan("all", 2, share("50"), levels=[told("15m", "24x7")]))
    ask = Ask(RowDefaults(rules_of(whole, whole.default_reading, {}), Needs(**same), START))
    times = ("", "15m", "1h", "8h", "14bm", "15bm", "4bh", "8bh")
    hours = ("", "-", "24x7", "business")
    customers = [Customer((Fraction(1000),), response=t, hours=h) for t in times for h in hours]
    check(Case(whole, ask, {}), customers, lined=False)


@pytest.mark.parametrize(
    ("channels", "status", "words"),
    [
        ({"ticket": False, "group": False}, NOT, "not offered"),
        ({"ticket": True, "group": False}, UNKNOWN, "not recorded"),  # answered, nobody says when
        ({"ticket": False}, UNKNOWN, "not recorded"),
        ({}, UNKNOWN, "not recorded"),
    ],
)
def test_without_a_target_hours_are_known_only_where_nobody_can_be_asked(
    channels: dict[str, bool], status: Status, words: str
) -> None:
    assert held(plan("free", channels=channels), "business") == (status, f"{WORK}: {words}")


def test_a_channel_that_cannot_be_used_says_nothing_of_hours() -> None:
    each = plan("free", channels={"ticket": True, "group": False})
    asked = Needs(hours="24x7", without_channels=["ticket"])
    (result,) = fit(catalogue(each), each, asked)
    assert result.status is NOT


@pytest.mark.parametrize(
    ("name", "found"),
    [
        # docs get-support: Basic by cases 24x7 without a target; Advanced, Premium 24x7
        ("ibm-cloud", {"ibm-basic": UNKNOWN, "ibm-advanced": MET, "ibm-premium": MET}),
        ("scaleway", dict.fromkeys(("scw-basic", "scw-advanced", "scw-enterprise"), MET)),
        ("huawei-cloud-intl", {"huawei-intl-developer": NOT, "huawei-intl-business": MET}),
        ("aws", {"aws-basic": NOT, "aws-developer": NOT, "aws-business": MET}),
        ("azure", {"azure-developer": NOT, "azure-standard": ASSUMED}),
    ],
)
def test_what_the_shipped_sources_say_of_the_hours(name: str, found: dict[str, Status]) -> None:
    whole = load_catalogue(name)
    held = {plan.id: fit(whole, plan, Needs(hours="24x7"))[0].status for plan in whole.plans}
    assert {plan_id: held[plan_id] for plan_id in found} == found


@pytest.mark.parametrize("hours", ["24x7", "business"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hours_are_answered_with_yes_or_no(hours: str, language: str) -> None:
    flags = ("--plans", "azure", "--spend", "1000", "--hours", hours, "--lang", language, *DATE)
    out = run_cli("advise", "--explain", "all", "-o", "text", *flags).out
    wanted = {
        ("24x7", "en"): f"{CLOCK}: {TAKEN}",
        ("business", "en"): f"{WORK}: yes, business hours",
        ("24x7", "zh"): "工程师 7×24 小时响应：本工具未收录服务时段",
        ("business", "zh"): "工程师在工作时间响应：是，工作时间",
    }[hours, language]
    assert wanted in out


def test_other_hours_are_refused() -> None:
    with pytest.raises(UsageError, match="nights"):
        Needs(hours="nights")
    run = run_cli("advise", "--spend", "1", "--hours", "nights", *DATE)
    assert run.code == 2
    assert run.err.startswith("supportcli: --hours: 'nights' is not in the catalogue")


def aws(*flags: str) -> Done:
    return run_cli("advise", "--plans", "aws", "--as-of", "2025-06-01", "--spend", "1000", *flags)


@pytest.mark.parametrize("word", ["24x7", "24/7", "7×24 小时", "全天"])
def test_the_flag_and_the_json(word: str) -> None:
    """AWS's Developer answers in business hours; Business, at 10% of 1,000, around the clock."""
    found = json.loads(aws("--hours", word, "-o", "json", *DATE).out)
    assert found["inputs"]["hours"] == "24x7"
    assert found["result"]["recommended"] == "aws-business"
    # 100 a month less 30: 10% of 1,000 against 3% of it, which is 30 (at least 29)
    (saving, *_) = found["result"]["savings"]
    assert saving["give_up"] == ["do without engineers around the clock (24x7)"]


def test_business_hours_are_met_by_the_cheaper_plan(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    out = aws(
        "--hours", "business", "-o", "text", "--explain", "all", "--save-answers", str(saved), *DATE
    ).out
    assert "Recommended: Developer" in out
    assert "Hours business hours, 08:00-18:00 in the customer's country" in out
    assert "hours: business\n" in saved.read_text(encoding="utf-8")
    assert "工程师在工作时间响应" in aws("--hours", "business", "--lang", "zh", *DATE).out


@pytest.mark.parametrize(
    ("cell", "plan_id"),
    [
        ("24x7", "aws-business"),
        ("工作时间", "aws-developer"),
        ("无", "aws-basic"),
        ("", "aws-basic"),
    ],
)
def test_a_cell(tmp_path: Path, cell: str, plan_id: str) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(f"account,monthly_spend,服务时间\na,1000,{cell}\n", encoding="utf-8")
    flags = ("--out", str(out), "--plans", "aws", "--as-of", "2025-06-01", "--start", "2025-06")
    run = run_cli("batch", str(table), *flags, *DATE)
    assert run.code == 0, run.err
    assert f",{plan_id}," in out.read_text(encoding="utf-8")


def test_a_cell_that_is_neither_is_refused(tmp_path: Path) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("account,monthly_spend,hours\na,1000,nights\n", encoding="utf-8")
    assert run_cli("batch", str(table), "--out", str(out), *DATE).code == 6
    assert "hours_not_understood" in (tmp_path / "out.rejects.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("same", [None, "24x7", "business"])
@pytest.mark.parametrize("name", ["alibaba-cloud-cn", "aws", "azure", "google-cloud"])
def test_advise_and_batch_and_sql_agree(name: str, same: str | None) -> None:
    whole = load_catalogue(name)
    quantities = {quantity.id: Fraction(7) for quantity in whole.quantities}
    rules = rules_of(whole, whole.default_reading, quantities)
    ask = Ask(RowDefaults(rules, Needs(hours=same), START), all_plans=True)
    customers = [Customer((Fraction(1000),), hours=each) for each in ("", "-", "24x7", "business")]
    check(Case(whole, ask, quantities), customers, lined=False)


def test_the_column_says_what_is_assumed() -> None:
    """The hours of the trial edition's targets are taken from another plan."""
    done = run_cli(
        *("advise", "--spend", "120000", "--hours", "24x7", "--response", "10m"),
        *("-o", "text", "--explain", "all", *DATE),
    )
    every_plan = done.out.split("All plans")[1].split("\n\n")[0]
    rows = {line.split(":")[0].removeprefix("* "): line for line in every_plan.splitlines()}
    assert "Hours 24x7 (assumed)" in rows["Enterprise (trial)"]
    assert "Hours 24x7;" in rows["Enterprise"]


@pytest.mark.parametrize(
    ("plans", "asked", "row"),
    [
        ("azure", ("--response", "1h"), r"> Standard +1,200  1 h +no +yes \(hours \?\)"),
        ("yandex-cloud", (), r"> Basic +0  \? +no +yes \(hours \?\)"),
    ],
)
def test_hours_that_are_not_recorded_are_no_plain_yes(
    plans: str, asked: tuple[str, ...], row: str
) -> None:
    """Neither sheet says when these plans answer; at 60 columns the sign stays without its word."""
    flags = ("advise", *TODAY, "--plans", plans, "--spend", "100", *asked, "--hours", "24x7")
    assert re.search(row, run_cli(*flags, "--width", "80").out)
    assert re.search(r"^> .* yes \?$", run_cli(*flags, "--width", "60").out, re.MULTILINE)
    assert "its hours are not recorded here" in run_cli(*flags, "-o", "chat").out
