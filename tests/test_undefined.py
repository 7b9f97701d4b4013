"""Whatever is named must be defined: a catalogue is refused by every verb, or by none."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from supportcli.errors import CatalogueError, ExitCode
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import TODAY, run_cli

# Every block there is, and every definition in it named somewhere.
EVERY = """\
id: acme
name: {en: Acme support, zh: 甲方支持}
currency: USD
about: Made up.
spend: One month's charges
review_after: 2027-01-31
sources:
  - {id: site, title: Price page, level: vendor, date: 2026-01-15}
severities:
  - {id: down, name: service down}
channels:
  - {id: mail, name: mail, targets: true}
  - {id: phone, name: phone, targets: false}
terms:
  scope: {is: per_account, source: site}
readings:
  - {id: added, name: added up, total: {sum: [monthly, usage]}, support: a, source: site}
  - {id: least, name: at least, total: {greater_of: [monthly, usage]}, support: b, source: site}
default_reading: least
likeliest_reading: added
quantities:
  - {id: seats, name: seats}
open_points:
  - {id: guess, kind: assumption, text: As Pro., plans: [gold], headline: true, source: site}
plans:
  - id: free
    name: Free
    tier: 1
    fee: free
    source: site
    valid_to: 2027-01-31
    successor: pro
  - id: pro
    name: Pro
    tier: 2
    fee: {monthly: {flat: 29}, usage: {percent: 10%}}
    source: site:2
    channels: {mail: true, phone: false}
    response:
      - {channel: mail, severity: down, target: 8bh, limit: urgent, source: site}
    tam: {kind: pool, source: site}
    limits:
      - {id: urgent, per_month: 10, text: ten urgent cases, source: site}
    availability: {text: may be gone, since: 2026-06-16, source: site}
    extras:
      - {id: people, name: people, quantity: seats, price: {each: 5}, source: site}
  - id: gold
    name: Gold
    tier: 3
    fee: {monthly: {flat: 100}, usage: {percent: 7%}}
    source: site:3
    like: {plan: pro, assumption: guess}
content:
  - {id: docs, name: documents, source: site, plans: {pro: all, gold: all}}
facts:
  - {id: terms, title: Terms, source: site, items: [Paid monthly.], shown: [Read this.]}
examples:
  - {plan: free, spend: 100, fee: 0, source: site}
  - {plan: pro, spend: 100, quantities: {seats: 2}, reading: least, fee: 39, source: site}
"""
BLOCKS = ("sources", "severities", "channels", "readings", "quantities", "open_points", "plans")
PLACE = re.compile(r"^  new\.yaml:[0-9]+:[0-9]+: .+", re.MULTILINE)


class Mutant(NamedTuple):
    """A catalogue that was changed in one place, and what was done to it."""

    name: str
    tree: dict[str, Any]


def definitions(tree: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all that has an id."""
    if isinstance(tree, dict):
        if at and "id" in tree:
            yield at
        for key, value in tree.items():
            yield from definitions(value, (*at, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from definitions(value, (*at, index))


def parent(tree: Any, at: tuple[Any, ...]) -> Any:
    for step in at[:-1]:
        tree = tree[step]
    return tree


def mutants() -> Iterator[Mutant]:
    """The catalogue itself; each block dropped, each definition dropped and given another name."""
    tree = yaml.load(EVERY, yaml.BaseLoader)
    yield Mutant("as it is", tree)
    for block in tree:
        changed = copy.deepcopy(tree)
        del changed[block]
        yield Mutant(f"without {block}", changed)
    for at in definitions(tree):
        place = ".".join(map(str, at))
        changed = copy.deepcopy(tree)
        del parent(changed, at)[at[-1]]
        yield Mutant(f"without {place}", changed)
        changed = copy.deepcopy(tree)
        parent(changed, at)[at[-1]]["id"] = "another"
        yield Mutant(f"{place} misnamed", changed)


def verbs(plans: list[str]) -> Iterator[tuple[str, ...]]:
    """Every verb that reads a catalogue, so that every part of it is looked at."""
    file = "new.yaml"
    yield "plans", "list", "--plans", file
    yield from (("plans", "show", plan, "--plans", file) for plan in plans)
    yield "plans", "check", file
    yield "plans", "test", file
    yield "plans", "diff", "old.yaml", file, "--spend", "5000"
    yield "plans", "diff", file, "old.yaml", "-o", "json"
    with_plans = ("--plans", file, *TODAY)
    yield "advise", "--spend", "5000", "--explain", "all", *with_plans
    yield "advise", "--spend", "5000", "--response", "down=8bh", "-o", "json", *with_plans
    yield "advise", "--account", "a=5000,response=down=8bh", "--account", "b=1", *with_plans
    yield "breakeven", *with_plans
    yield "sql", "--dialect", "duckdb", "--table", "t", *with_plans
    yield "batch", "in.csv", "--out", "out.csv", "--force", *with_plans


@pytest.mark.slow
@pytest.mark.parametrize("mutant", [*mutants()], ids=lambda mutant: mutant.name)
def test_what_is_not_defined_is_refused_by_every_verb_or_by_none(
    mutant: Mutant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(EVERY, encoding="utf-8")
    Path("new.yaml").write_text(yaml.safe_dump(mutant.tree, allow_unicode=True), encoding="utf-8")
    Path("in.csv").write_text("account,monthly_spend\na,5000\n", encoding="utf-8")
    try:
        load_catalogue("new.yaml")
        refused = False
    except CatalogueError:
        refused = True
    for verb in verbs([plan["id"] for plan in mutant.tree.get("plans", ())]):
        done = run_cli(*verb)
        assert "internal error" not in done.err, verb
        if verb[:2] == ("plans", "check"):
            assert (done.code == ExitCode.CATALOGUE) is refused
        elif refused:
            assert done.code == ExitCode.CATALOGUE, verb
            assert PLACE.search(done.err), verb
        elif verb[:2] != ("plans", "test"):
            assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN), verb


@pytest.mark.parametrize("block", BLOCKS)
def test_every_definition_that_is_named_is_missed(block: str, tmp_path: Path) -> None:
    tree = yaml.load(EVERY, yaml.BaseLoader)
    path = tmp_path / "new.yaml"
    for entry in tree[block]:
        named = entry["id"]
        entry["id"] = "another"
        path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
        entry["id"] = named
        with pytest.raises(CatalogueError, match=f"'{named}' is not defined here"):
            load_catalogue(path)
