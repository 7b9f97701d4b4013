"""Names that two things share: a finding where they stand, and a refusal where one is named."""

import json
from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.runner import TODAY, run_cli

OWN = """\
id: own
name: Own
currency: CNY
severities: [{id: down, name: down}, {id: slow, name: slow}]
channels: [{id: mail, name: mail, targets: true}, {id: ring, name: ring, targets: true}]
quantities: [{id: seats, name: seats}, {id: packs, name: packs}]
services: [{id: care, name: care, plans: {}}, {id: chat, name: chat, plans: {}}]
plans:
  - {id: one, name: Gold, tier: 1, fee: {flat: 10}}
  - {id: two, name: Silver, tier: 2, fee: {flat: 20}}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: Silver", "name: gold", "10:5: finding: 'gold' is a name of 'one' and of 'two'"),
        ("name: Silver", "name: S, aliases: [ONE]", "10:5: finding: 'ONE' is a name of 'one'"),
        ("name: Silver", "name: {en: S, zh: ｇｏｌｄ}", "10:5: finding: 'ｇｏｌｄ' is a name of"),
        ("name: slow", "name: Down", "4:38: finding: 'Down' is a name of 'down' and of 'slow'"),
        ("name: ring", "name: r, aliases: [mail]", "5:51: finding: 'mail' is a name of 'mail'"),
        ("name: packs", "name: Seats", "6:40: finding: 'Seats' is a name of 'seats'"),
        ("name: chat", "name: c, aliases: [care]", "7:47: finding: 'care' is a name of 'care'"),
    ],
)
def test_a_shared_name_is_a_finding(old: str, new: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    assert f"own.yaml:{told}" in run_cli("plans", "check", str(path)).out


def test_days_tell_plans_of_one_name_apart(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    text = OWN.replace("name: Silver", "name: Gold, valid_from: 2026-01-01")
    for until, found in (("2025-12-31", False), ("2026-01-01", True)):
        path.write_text(text.replace("tier: 1", f"tier: 1, valid_to: {until}"), encoding="utf-8")
        assert ("is a name of" in run_cli("plans", "check", str(path)).out) is found


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_names_are_apart(name: str) -> None:
    assert "is a name of" not in run_cli("plans", "check", name).out


SEVERAL = "'gold' is a name of several: one, two; write the id"


def test_a_name_of_several_is_refused_with_their_ids(tmp_path: Path) -> None:
    """Also where an alias of a third one is the same: a name outweighs it."""
    path = tmp_path / "own.yaml"
    more = "  - {id: top, name: Top, aliases: [gold], tier: 3, fee: {flat: 30}}\n"
    path.write_text(OWN.replace("name: Silver", "name: gold") + more, encoding="utf-8")
    plans = f"--plans={path}"
    done = run_cli("advise", plans, "--spend=1", "--current-plan=gold", *TODAY)
    assert (done.code, done.err) == (ExitCode.USAGE, f"supportcli: --current-plan: {SEVERAL}\n")
    done = run_cli("plans", "show", "gold", plans)
    assert done.code == ExitCode.USAGE
    assert SEVERAL in done.err
    table = tmp_path / "c.csv"
    table.write_text("account,monthly_spend,current_plan\na,1,gold\nb,1,one\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    done = run_cli("batch", str(table), plans, f"--out={out}", *TODAY)
    assert done.code == ExitCode.ROWS_REFUSED
    assert SEVERAL in (tmp_path / "out.rejects.csv").read_text("utf-8")
    done = run_cli("batch", str(table), plans, f"--out={out}", "--current-plan=gold", *TODAY)
    assert done.code == ExitCode.USAGE
    assert SEVERAL in done.err


@pytest.mark.parametrize(
    ("said", "reading"),
    [("at most", "additive"), ("最多", "additive"), ("Probably", "floor"), ("大概率", "floor")],
)
def test_a_reading_goes_by_what_screens_call_its_amounts(said: str, reading: str) -> None:
    """Additive is Alibaba's ceiling, floor the likelier; AWS has one reading and no such words."""
    flags = ("advise", "--spend", "120000", "--reading", said, "-o", "json")
    assert json.loads(run_cli(*flags).out)["catalogue"]["reading"] == reading
    assert run_cli(*flags, "--plans", "aws").code == 2
