"""`advise --beside`: plans side by side, with all in which they differ."""

from __future__ import annotations

import datetime
import itertools
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


AGREED = (
    *("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "6000"),
    *("--months", "24"),
)


def test_what_was_agreed_is_told_of_each() -> None:
    """List 37,000 and 62,000 a month, 70% of it and 6% on that: 27,454 and 46,004 to be paid.

    Premier is 25,000 x 0.7 x 1.06 = 18,550 a month dearer under both readings.
    """
    found = beside(*ONE, *TWO, *AGREED)
    assert cells(found, "at most")[1] == "¥46,004 a month, ¥552,048 a year"
    assert cells(found, "against Enterprise") == ["–", f"¥{12 * 18_550:,} a year more"]
    assert cells(found, "due") == [
        "list ¥444,000 a year, 30% off -¥133,200, 6% tax +¥18,648",
        "list ¥744,000 a year, 30% off -¥223,200, 6% tax +¥31,248",
    ]
    assert cells(found, "term")[0] == f"¥{24 * 27_454:,} for 24 months, probably ¥445,200"
    assert cells(found, "voucher")[1] == (
        f"-¥6,000: ¥{24 * 46_004 - 6_000:,} to pay in the term, probably ¥884,400"
    )


FULL = (
    *(*ONE, *TWO, *AGREED, "--growth", "2%/month", "--current-plan", "basic"),
    *("--order", "120万 from 2026-12-01 for 12 months"),
)


def agreed_rows(*flags: str) -> list[list[str]]:
    rows = json.loads(advise(*FULL, *flags, "-o", "json").out)["result"]["beside"]["rows"][:6]
    return [[row["about"], *row["cells"].values()] for row in rows]


@pytest.mark.parametrize("form", ["text", "md"])
@pytest.mark.parametrize(
    ("code", "notes"),
    [
        (
            "en",
            (
                "It grows by 2% a month.",
                "orders of ¥1,200,000",
                "Today: Basic, ¥0 the first year",
            ),
        ),
        ("zh", ("消费每月增长 2%。", "原价合计 ¥1,200,000", "现用计划：基础服务，首年 ¥0")),
    ],
)
def test_all_of_it_is_told_in_every_form(code: str, notes: tuple[str, ...], form: str) -> None:
    out = advise(*FULL, "--lang", code, "-o", form).out
    told = (*notes, *(text for row in agreed_rows("--lang", code) for text in row))
    assert [text for text in told if text not in out] == []


@pytest.mark.parametrize("width", ["60", "80"])
def test_nothing_is_cut_where_there_is_little_room(width: str) -> None:
    lines = advise(*FULL, "--width", width, "-o", "table").out.splitlines()
    head = next(line for line in lines if line.split() == ["Enterprise", "Premier"])
    starts = [0, head.index("Enterprise"), head.index("Premier"), None]
    table = lines[lines.index(head) + 2 :]
    columns = [
        "".join("".join(line[start:end].split()) for line in table)
        for start, end in itertools.pairwise(starts)
    ]
    for row in agreed_rows():
        for text, column in zip(row, columns, strict=True):
            assert "".join(text.split()) in column


def test_a_gap_that_is_not_known_says_so() -> None:
    found = beside(*ONE, "--beside", "enterprise", "--beside", "business", "--beside", "basic")
    assert cells(found, "against Enterprise") == [
        "–",
        "not known",
        "¥444,000 a year less, probably ¥300,000 a year less",
    ]
    found = beside(*ONE, "--beside", "business", "--beside", "basic", *AGREED)
    assert not [row for row in found["rows"] if row["about"].startswith("against")]
    assert cells(found, "voucher")[0] == "not known"


def test_a_gap_at_both_ends_of_a_range() -> None:
    """Basic is free; Enterprise costs 33,000 and 45,000 a month at most, probably 25,000."""
    found = beside(*MODES["range"], "--beside", "basic", "--beside", "enterprise")
    assert cells(found, "against Basic")[1] == (
        f"¥{12 * 33_000:,}..¥{12 * 45_000:,} a year more, probably ¥{12 * 25_000:,} a year more"
    )


def test_the_needs_of_a_deal_are_told_by_account() -> None:
    out = advise(*MODES["deal"], *TWO, "-o", "text").out
    assert "\nprod: first response in 1 h, a dedicated TAM; not asked: tickets\n" in out
    same = advise("--account", "a=1", "--account", "b=2", *TWO, "--tam", "-o", "text").out
    assert "\na dedicated TAM; not asked: response, tickets\n" in same


@pytest.mark.parametrize(
    ("code", "about", "cells", "folded"),
    [
        ("en", "TAM", "dedicated none ?", "for Enterprise (trial): "),
        ("zh", "故障应急", "包含 不包含 ?", "企业级-体验版按假设与其他相同："),
    ],
)
def test_each_thing_has_one_row_and_none_differs_by_an_assumption_alone(
    code: str, about: str, cells: str, folded: str
) -> None:
    """The trial edition is taken to be like Enterprise: 4 services Premier has too."""
    flags = ("--spend", "120000", "--response", "10m", "--width", "140", "--lang", code)
    plans = ("--beside", "premier", "--beside", "enterprise-trial")
    told = run_cli("advise", *flags, *plans, *TODAY).out
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert f"{about} {cells}" in lines
    assert folded in told
    for name in ("hotline", "dedicated TAM", "热线电话支持", "健康检查（智能顾"):
        assert sum(line.startswith(name) for line in lines) <= 1
    assert not [line for line in lines if "not described" in line or "来源未说明" in line]
