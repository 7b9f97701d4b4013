"""Services as needs: which plan has which, at every door, in both languages."""

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from supportcli.advice.rules import RowDefaults
from supportcli.batch.request import Ask
from supportcli.core.catalogue import Catalogue, Offered, Service, ServiceFact
from supportcli.core.text import Text
from supportcli.needs.need import Status
from supportcli.needs.registry import Needs, fit
from supportcli.needs.services import ServiceNeed
from tests.builders import CITE, catalogue, flat, plan, shipped
from tests.parity import START, Case, Customer, rules_of
from tests.runner import Done, run_cli
from tests.test_parity import check
from tests.test_turning import EIGHT

DATE = ("--date", "2026-11-23")


def advise(*flags: str) -> Done:
    return run_cli("advise", "--spend", "120000", *flags, *DATE)


def made(*facts: ServiceFact | None) -> Catalogue:
    """A plan for each fact, ever dearer; None where nothing is said of it."""
    plans = [plan(f"p{n}", n + 1, flat(str(n))) for n in range(len(facts))]
    known = {f"p{n}": fact for n, fact in enumerate(facts) if fact is not None}
    care = Service("care", Text({"en": "care", "zh": "关怀"}), known, CITE, ("kindness",))
    return catalogue(*plans)._replace(services=(care,))


TWICE = ServiceFact(Offered.LIMITED, Text({"en": "twice a year"}))


@pytest.mark.parametrize(
    ("fact", "status", "why"),
    [
        (ServiceFact(Offered.YES, None), Status.MET, "care: included"),
        (ServiceFact(Offered.YES, None, True), Status.ASSUMED, "care: included (assumed)"),
        (ServiceFact(Offered.NO, None), Status.NOT_MET, "care: not included"),
        (TWICE, Status.MET_WITHIN_LIMIT, "care: within a limit: twice a year"),
        (ServiceFact(Offered.UNKNOWN, None), Status.UNKNOWN, "care: not recorded"),
        (None, Status.UNKNOWN, "care: not recorded"),
    ],
)
def test_what_a_plan_has(fact: ServiceFact | None, status: Status, why: str) -> None:
    whole = made(fact)
    (result,) = fit(whole, whole.plans[0], Needs(services=["care"]))
    assert (result.need, result.status, str(result.why)) == ("service:care", status, why)


def test_a_plan_that_is_like_another_is_assumed_to_have_its_services() -> None:
    trial = shipped().plan("enterprise-trial")
    (result,) = fit(shipped(), trial, Needs(services=["expert-consultation"]))
    assert result.status is Status.ASSUMED


@pytest.mark.parametrize(
    "name", ["key-moment-assurance", "关键时刻保障", "Key-moment assurance", "重保"]
)
def test_a_service_goes_by_any_of_its_names(name: str) -> None:
    found = json.loads(advise("--service", name, "-o", "json").out)
    assert found["inputs"]["services"] == ["key-moment-assurance"]
    assert found["result"]["recommended"] == "premier"
    # 62,000 a month; without it Basic, which is free
    (cost,) = found["result"]["needs"]
    assert (cost["need"], cost["annual_cost"]) == ("service:key-moment-assurance", "744000.00")
    assert found["result"]["savings"][0]["give_up"] == ["do without key-moment assurance"]


def test_several_services_stand_in_the_comparison_and_the_answers_again(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    flags = ("--service", "dedicated-group", "--service", "risk-warnings")
    out = advise(*flags, "--save-answers", str(saved), "-o", "text").out
    assert "Recommended: Enterprise\n" in out
    assert "Is Enterprise (trial) still sold?" in out
    assert (
        "for: dedicated enterprise group, risk warnings; not asked: response, TAM, tickets" in out
    )
    explained = advise(*flags, "-o", "text", "--explain", "all").out
    assert (
        "dedicated enterprise group included (assumed); risk warnings included (assumed)"
        in explained
    )
    assert saved.read_text(encoding="utf-8").count("\n  - ") == 2
    again = run_cli("advise", "--answers", str(saved), "-o", "text", *DATE)
    assert again.out == out


def test_without_any_asked_for_no_service_is_held_against_the_plans() -> None:
    assert (
        "key-moment assurance included" not in advise("--tam", "-o", "text", "--explain", "all").out
    )


def test_a_service_that_is_not_there_is_refused() -> None:
    run = advise("--service", "massage")
    assert run.code == 2
    assert run.err.startswith("supportcli: --service: 'massage' is not in the catalogue")


def test_chinese() -> None:
    out = advise("--service", "用云成本分析", "--lang", "zh", "-o", "text", "--explain", "all").out
    assert "用云成本分析：包含" in out
    assert "不要求用云成本分析" in out


@pytest.mark.parametrize(
    ("cell", "plan_id"),
    [
        ("专家会诊、风险预警", "enterprise"),
        ("expert-consultation; cost-analysis", "premier"),
        ("expert-consultation，风险预警", "enterprise"),
        ("无", "basic"),
        ("", "basic"),
    ],
)
def test_a_cell_names_several(tmp_path: Path, cell: str, plan_id: str) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(f"account,monthly_spend,需要的服务\na,120000,{cell}\n", encoding="utf-8")
    run = run_cli("batch", str(table), "--out", str(out), *DATE)
    assert run.code == 0, run.err
    assert f",{plan_id}," in out.read_text(encoding="utf-8")


def test_a_cell_that_names_none_of_them_is_refused(tmp_path: Path) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("account,monthly_spend,services\na,1,chat、massage\n", encoding="utf-8")
    run = run_cli("batch", str(table), "--out", str(out), *DATE)
    assert run.code == 6
    rejects = (tmp_path / "out.rejects.csv").read_text(encoding="utf-8")
    assert "service_unknown" in rejects
    assert "massage" in rejects


def test_advise_and_batch_and_sql_agree_on_every_service_and_every_two() -> None:
    whole = shipped()
    ask = Ask(RowDefaults(rules_of(whole, "additive", {}), Needs(), START), all_plans=True)
    ids = [service.id for service in whole.services]
    told = ["", "-", *ids, *map("、".join, pairwise(ids))]
    customers = [Customer((Fraction(120000),), services=each) for each in told]
    check(Case(whole, ask, {}), customers, lined=False)


def test_what_holds_for_every_row_gives_way_to_a_cell() -> None:
    whole = shipped()
    same = Needs(services=["cost-analysis"])
    ask = Ask(RowDefaults(rules_of(whole, "additive", {}), same, START), all_plans=True)
    customers = [Customer((Fraction(9),), services=each) for each in ("", "-", "risk-warnings")]
    check(Case(whole, ask, {}), customers, lined=False)


def test_what_is_taken_from_another_plan_is_assumed_wherever_it_is_told() -> None:
    """The trial edition's hotline stands among its channels and among its services."""
    out = run_cli("plans", "show", "enterprise-trial", "-o", "text").out
    told = [line for line in out.splitlines() if "hotline: " in line]
    assert len(told) > 1
    assert all("(assumed)" in line for line in told)
    shown = json.loads(run_cli("plans", "show", "enterprise-trial", "-o", "json").out)
    assert shown["result"]["channels_assumed"] is True
    shown = json.loads(run_cli("plans", "show", "enterprise", "-o", "json").out)
    assert shown["result"]["channels_assumed"] is False


def test_other_services_are_gained_and_lost_together_and_unknown_ones_are_neither() -> None:
    """Of the plans.yaml: 8 that Premier has and Enterprise has not, none recorded of Zhuoyue."""
    told = json.loads(advise("--response", "10m", "-o", "json").out)["result"]["plans"]
    premier, zhuoyue, basic = (
        next(each for each in told if each["id"] == name)["versus"]
        for name in ("premier", "zhuoyue", "basic")
    )
    assert premier["gains"][1:] == [EIGHT]
    assert (zhuoyue["losses"], zhuoyue["gains"]) == ([], [])
    assert zhuoyue["not_recorded"] == ["first response times", "services"]
    assert basic["losses"][-1].startswith("4 services: dedicated enterprise group, expert")


def test_what_is_not_recorded_is_no_loss_on_the_screen() -> None:
    told = advise("--response", "10m", "--explain", "whatif,all", "--width", "300").out
    (row,) = (line for line in told.splitlines() if line.startswith("Zhuoyue "))
    assert row.endswith("not recorded: first response times, services")


@pytest.mark.parametrize(
    ("its", "gained", "lost"),
    [
        (ServiceFact(Offered.NO, None), ["service: care"], []),
        (ServiceFact(Offered.YES, None, True), [], []),
        (TWICE, ["service: care"], []),
        (None, [], []),
    ],
)
def test_a_single_service_is_named(
    its: ServiceFact | None, gained: list[str], lost: list[str]
) -> None:
    whole = made(ServiceFact(Offered.YES, None), its)
    mine, other = whole.plans
    nothing = Needs()
    better = ServiceNeed.better
    assert list(map(str, better(whole, mine, other, nothing, gained=True))) == gained
    assert list(map(str, better(whole, other, mine, nothing, gained=False))) == lost
