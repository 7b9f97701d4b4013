"""A TAM has degrees: which plan meets which, in which words, at every door."""

import json
from pathlib import Path

import pytest

from supportcli.core.plan import Plan, Tam
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.need import Status
from supportcli.needs.registry import Needs, fit
from tests.builders import catalogue, plan
from tests.runner import Done, run_cli

MET, NOT = Status.MET, Status.NOT_MET


DATE = ("--date", "2026-11-23")


def advise(*flags: str) -> Done:
    return run_cli("advise", *flags, *DATE)


def batch(*flags: str) -> Done:
    return run_cli("batch", *flags, *DATE)


def held(kind: Tam, needs: Needs, *, assumed: bool = False) -> tuple[Status, str]:
    each: Plan = plan("gold", tam=kind)
    each = each._replace(tam=each.tam._replace(assumed=assumed))
    (result,) = fit(catalogue(each), each, needs)
    return result.status, str(result.why)


@pytest.mark.parametrize(
    ("kind", "dedicated", "named"),
    [
        (Tam.DEDICATED, (MET, "included"), (MET, "included, a dedicated one")),
        (
            Tam.NAMED,
            (NOT, "no, a named one who serves several customers"),
            (MET, "included, shared with other customers"),
        ),
        (Tam.POOL, (NOT, "no, a pool of TAMs"), (NOT, "no, a pool of TAMs")),
        (Tam.ADD_ON, (NOT, "no, a paid extra"), (NOT, "no, a paid extra")),
        (Tam.NONE, (NOT, "no"), (NOT, "no")),
        (
            Tam.UNKNOWN,
            (Status.UNKNOWN, "not recorded here"),
            (Status.UNKNOWN, "not recorded here"),
        ),
    ],
)
def test_a_named_one_is_met_by_a_dedicated_one_and_not_the_other_way_round(
    kind: Tam, dedicated: tuple[Status, str], named: tuple[Status, str]
) -> None:
    assert held(kind, Needs(tam=True)) == (dedicated[0], f"dedicated TAM: {dedicated[1]}")
    assert held(kind, Needs(tam="named")) == (named[0], f"named TAM: {named[1]}")


def test_an_assumed_one_is_said_to_be() -> None:
    found = held(Tam.DEDICATED, Needs(tam="named"), assumed=True)
    assert found == (Status.ASSUMED, "named TAM: included, a dedicated one (assumed)")


GOOGLE = ("--spend", "20000", "--plans", "google-cloud")


@pytest.mark.parametrize(
    ("flag", "recommended", "inputs"),
    [
        ("--tam", None, (True, "dedicated")),
        ("--named-tam", "gcp-premium", (True, "named")),
        ("--no-tam", "gcp-basic", (False, None)),
    ],
)
def test_the_flags_and_the_json(
    flag: str, recommended: str | None, inputs: tuple[bool, str | None]
) -> None:
    """Google's Premium has a named TAM who serves several customers; a dedicated one is extra."""
    found = json.loads(advise(*GOOGLE, flag, "-o", "json").out)
    assert found["result"]["recommended"] == recommended
    assert (found["inputs"]["tam"], found["inputs"]["tam_degree"]) == inputs


@pytest.mark.parametrize("other", ["--tam", "--no-tam"])
def test_two_flags_contradict_each_other(other: str) -> None:
    run = advise("--spend", "1", "--named-tam", other)
    assert run.code == 2
    assert "contradicts" in run.err


def test_the_answers_again(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    first = advise(*GOOGLE, "--named-tam", "-o", "json", "--save-answers", str(saved))
    assert "tam: named\n" in saved.read_text(encoding="utf-8")
    again = advise("--answers", str(saved), "-o", "json")
    assert again.out == first.out


def test_what_is_left_open_again(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    flags = ("--unsure-tam", "--response", "none", "--tickets", "不清楚", "--service", "none")
    first = advise("--spend", "1", *flags, "--save-answers", str(saved))
    assert "no requirement: response; unsure: TAM, tickets\n" in first.out
    said = ('response: "none"', 'tam: "unknown"', 'service: "none"', 'tickets: "unknown"')
    assert saved.read_text(encoding="utf-8").splitlines()[2:] == [*said]
    again = advise("--answers", str(saved))
    assert (again.out, again.err) == (first.out, "")


@pytest.mark.parametrize(
    ("cell", "plan_id"),
    [
        ("named", "gcp-premium"),
        ("指定", "gcp-premium"),
        ("指定，多客户共用", "gcp-premium"),
        ("否", "gcp-basic"),
    ],
)
def test_a_cell_says_which(tmp_path: Path, cell: str, plan_id: str) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(f"account,monthly_spend,tam\na,20000,{cell}\n", encoding="utf-8")
    run = batch(str(table), "--out", str(out), "--plans", "google-cloud")
    assert run.code == 0, run.err
    assert f",{plan_id}," in out.read_text(encoding="utf-8")


def test_the_screens_say_which_it_is() -> None:
    first = advise(*GOOGLE, "--named-tam").out
    assert "> Premium           180,000  15 min              named  yes\n" in first
    assert "named, shared" in advise(*GOOGLE, "--named-tam", "--explain", "all").out
    chinese = advise(*GOOGLE, "--named-tam", "--lang", "zh", "--explain", "all").out
    assert "指定技术服务经理（TAM）：包含，多客户共用" in chinese


def test_a_degree_has_one_word_in_chinese() -> None:
    """What AWS calls designated is taken as dedicated, and 指定 is our word for named."""
    for name in SHIPPED:
        for one in load_catalogue(name).plans:
            told = one.gets.in_language("zh") if one.gets else ""
            note = one.tam.note.in_language("zh") if one.tam.note else ""
            if one.tam.kind is not Tam.NAMED:
                assert "指定" not in told + note, one.id
            if one.tam.kind is Tam.DEDICATED:
                assert "专属" in told, one.id
