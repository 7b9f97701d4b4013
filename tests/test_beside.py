"""`advise --beside`: plans side by side, with all in which they differ."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.text_width import cell_width
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli
from tests.test_asked import MODES, ONE

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)
DAY = datetime.date(2026, 11, 23)
TWO = ("--beside", "enterprise", "--beside", "premier")


def advise(*arguments: str) -> Done:
    return run_cli("advise", *TODAY, *arguments)


def beside(*arguments: str) -> dict[str, Any]:
    found = json.loads(advise(*arguments, "-o", "json").out)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)]
    assert errors == []
    result: dict[str, Any] = found["result"]["beside"]
    return result


def cells(found: dict[str, Any], about: str) -> list[str]:
    [row] = [row for row in found["rows"] if row["about"] == about]
    return list(row["cells"].values())


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", ["one", "deal"])
def test_screen(name: str, code: str, golden: Golden) -> None:
    flags = (*MODES[name], *TWO, "--lang", code)
    golden(f"beside-{name}.{code}.txt", advise(*flags, "--width", "80").out)
    for width in (40, 60, 80, 140):
        lines = advise(*flags, "--width", str(width)).out.splitlines()
        assert max(map(cell_width, lines)) <= width


def test_amounts_fit_and_what_differs() -> None:
    """At 120,000: 25,000 and 12,000, 50,000 and 12,000; probably what is prepaid alone."""
    found = beside(*ONE, *TWO)
    assert found["plans"] == ["enterprise", "premier"]
    assert cells(found, "at most") == [
        "¥37,000 a month, ¥444,000 a year",
        "¥62,000 a month, ¥744,000 a year",
    ]
    assert cells(found, "probably")[0] == "¥25,000 a month, ¥300,000 a year"
    assert cells(found, "TAM") == ["none", "dedicated"]
    assert cells(found, "key-moment assurance") == ["not included", "included"]
    always = ("at most", "probably", "fits")
    assert all(row["differs"] for row in found["rows"] if row["about"] not in always)
    assert not any(row["about"] == "DingTalk group" for row in found["rows"])


def test_limits_and_sale_are_told_apart() -> None:
    found = beside(*ONE, "--beside", "enterprise", "--beside", "enterprise-trial")
    assert cells(found, "limits") == ["none", "at most 30 tickets a month"]
    assert cells(found, "sale") == ["on sale", "may no longer be on sale"]


def test_a_deal_is_summed_up() -> None:
    """Premier: 50,000 for each of three and 10% of 380,000."""
    found = beside(*MODES["deal"], *TWO)
    assert cells(found, "at most")[1] == f"¥188,000 a month, ¥{12 * 188_000:,} a year"
    assert cells(found, "fits") == ["no: prod", "yes"]


def test_a_range_has_both_ends() -> None:
    """Premier at 80,000 and at 200,000: 58,000 and 70,000 a month."""
    found = beside(*MODES["range"], *TWO)
    assert cells(found, "at most")[1] == "¥58,000..¥70,000 a month, ¥696,000..¥840,000 a year"


def test_one_stands_beside_the_plan_that_the_answer_is_about() -> None:
    assert beside(*ONE, "--beside", "premier")["plans"] == ["enterprise", "premier"]
    asked = beside(*ONE, "--beside", "premier", "--plan", "basic")
    assert asked["plans"] == ["basic", "premier"]
    assert beside(*ONE, *TWO, "--plan", "basic")["plans"] == ["basic", "enterprise", "premier"]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            (*ONE, "--beside", "enterprise"),
            "--beside: needs another plan beside this one",
        ),
        ((*MODES["none fits"], "--beside", "basic"), "--beside: needs another plan"),
        ((*ONE, *TWO, "-o", "csv"), "-o csv: has the payments of one plan; leave out --beside"),
        ((*ONE, *TWO, "--beside", "顶级"), "--beside: 'premier' is given twice; keep one"),
        ((*ONE, "--beside", "premir"), "--beside: 'premir' is not in the catalogue"),
    ],
)
def test_what_cannot_be_put_side_by_side_is_refused(flags: tuple[str, ...], words: str) -> None:
    done = advise(*flags)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith(f"supportcli: {words}")


@pytest.mark.parametrize("mode", MODES)
def test_answers_keep_them(mode: str, tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    first = advise(*MODES[mode], *TWO, "--save-answers", str(saved))
    assert first.out.startswith("Side by side: Enterprise, Premier\n")
    again = advise("--answers", str(saved))
    assert (again.code, again.out) == (first.code, first.out)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SHIPPED)
def test_every_plan_of_every_catalogue_has_its_place(name: str, code: str) -> None:
    plans = load_catalogue(name).in_force(DAY).plans
    day = ("--as-of", str(DAY), "--lang", code, "-o", "text")
    for plan in plans[1:]:
        flags = ("--plans", name, "--spend", "120000", "--beside", plans[0].id, "--beside", plan.id)
        done = advise(*flags, *day)
        assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN), done.err
        assert not {p.id for p in plans if "-" in p.id} & set(done.out.split())
