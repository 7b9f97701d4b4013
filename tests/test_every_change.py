"""`supportcli plans diff` says something of whatever changes in a catalogue."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from supportcli.advice.difference import differences
from supportcli.core.catalogue import Catalogue
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import run_cli
from tests.test_schema import EVERYTHING

# Beside what the schema's own example has: how to buy, and a second one of what can be named.
WHOLE = EVERYTHING
for before, more in {
    "review_after": "checked: 2026-11-01\nhow_to_buy: {text: On the site, source: site}\n",
    "severities:\n": "  - {id: blog, title: A blog, level: secondary, date: 2026-01-15}\n",
    "channels:\n": "  - {id: up, name: service up}\n",
    "plans:\n  -": "  - {id: orders, name: orders, unit: money}\n",
    "    availability": "      - {id: calls, per_month: 10, text: ten calls, source: site}\n",
    "examples:\n": "  - {id: doubt, kind: assumption, text: Gold may differ.}\n",
}.items():
    assert WHOLE.count(before) == 1
    WHOLE = WHOLE.replace(before, more + before)
TREE = yaml.load(WHOLE, yaml.CBaseLoader)
RULES = frozenset(("fee", "price", "total"))  # compared as the fees that they come to
OTHERS: dict[str, Any] = {
    "source": "blog",
    "currency": "EUR",
    "checked": "2026-11-02",
    "review_after": "2027-01-30",
    "level": "secondary",
    "date": "2026-01-16",
    "url": "https://acme.example/other",
    "severities.severity_class.is": "degraded",
    "terms.scope.is": "per_account",
    "terms.basis.is": "list",
    "minimum_term.is": "2 months",
    "terms.proration.is": "minimum",
    "terms.proration.unit": "day",
    "change_day": "old",
    "terms.spreading.is": "by_month",
    "terms.refund.is": "by_day",
    "terms.tax.is": "included",
    "readings.prepaid": "usage",
    "discount.of": "usage",
    "discount.by": "10%",
    "default_reading": "added",
    "likeliest_reading": "odd",
    "quantities.unit": "hours",
    "plans.terms": {"refund": {"is": "none", "source": "site"}},
    "plans.tier": "8",
    "plans.fee": "unknown",
    "valid_to": "2025-12-30",
    "valid_from": "2020-01-02",
    "closed_to_new": "2025-06-29",
    "successor": "gold",
    "until": "2024-12-30",
    "extras.per": "month",
    "extras.quantity": "orders",
    "pack": "8",
    "targets": "false",
    "channels.mail": "false",
    "channels.phone": "true",
    "response.channel": "phone",
    "response.severity": "up",
    "response.target": "11m",
    "response.limit": "calls",
    "tam.kind": "dedicated",
    "extras.prepaid": "false",
    "optional": "false",
    "assumed": "false",
    "contested": "true",
    "dedicated_extra": "false",
    "per_month": "8",
    "since": "2026-06-17",
    "like.plan": "free",
    "like.assumption": "doubt",
    "apart": "partner",
    "services.plans.free": "included",
    "services.plans.pro.is": "included",
    "open_points.kind": "not_stated",
    "open_points.plans": "free",
    "headline": "false",
    "examples.plan": "free",
    "examples.reading": "odd",
    "examples.spend": "8",
    "seats": "8",
    "support-hours": "8",
    "marketplace": "8",
    "examples.fee": "8",
    "as_of": "2026-01-02",
}
"""What values that are no free text become, by the last names on the way to them."""


def leaves(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if not isinstance(tree, dict | list):
        yield path
        return
    for name, each in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from leaves(each, (*path, name))


def kinds() -> dict[str, tuple[str | int, ...]]:
    """The first place of every field, by the names on the way to it."""
    found: dict[str, tuple[str | int, ...]] = {}
    for path in leaves(TREE):
        if path[-1] != "id" and not RULES.intersection(path[:-1]):
            found.setdefault(".".join(each for each in path if isinstance(each, str)), path)
    return found


def loaded(tree: Any, tmp_path: Path) -> Catalogue:
    file = tmp_path / "one.yaml"
    file.write_text(json.dumps(tree), encoding="utf-8")
    return load_catalogue(str(file))._replace(file=b"")


def with_other(kind: str, path: tuple[str | int, ...]) -> Any:
    """The catalogue with another value at that place."""
    tree = copy.deepcopy(TREE)
    *above, last = path
    part = tree
    for name in above:
        part = part[name]
    others = (OTHERS[end] for end in OTHERS if f".{kind}".endswith(f".{end}"))
    part[last] = next(others, f"{part[last]} x")
    return tree


def test_whatever_changes_is_told(tmp_path: Path) -> None:
    old = loaded(TREE, tmp_path)
    found = kinds()
    assert len(found) > 120
    others = {kind: loaded(with_other(kind, path), tmp_path) for kind, path in found.items()}
    assert [kind for kind, new in others.items() if new == old] == []
    assert [kind for kind, new in others.items() if not differences(old, new)] == []


@pytest.mark.parametrize(
    ("old", "new", "words", "chinese"),
    [
        ("title: Billing", "title: Bills", "heading: Billing -> Bills", "标题"),
        ("name: documentation", "name: papers", "row of the service table: documentation", "服务"),
        ("[audit]", "[audits]", "service: changed: yearly review", "yearly review"),
        ("note: twice a year", "note: once", "within a limit: twice a year (assumed) ->", "twice"),
        ("headline: true", "headline: false", "on the first screen (a guess): yes -> no", "首屏"),
        ("plans: [gold], h", "plans: [pro], h", "open point, only for (a guess): Gold", "仅适用"),
        (
            "kind: assumption, text: Gold is",
            "kind: contradiction, text: Gold is",
            "open point, kind (a guess): assumption -> contradiction",
            "假设",
        ),
        (
            "headline: true, source: site",
            "headline: true, source: blog",
            "source (a guess): Price page -> A blog",
            "（a guess）：Price page → A blog",
        ),
        (
            "text: ten urgent cases, source: site",
            "text: ten urgent cases, source: blog",
            "source (ten urgent cases): Price page -> A blog",
            "ten urgent cases",
        ),
        (
            "contested: false, source: site",
            "contested: false, source: blog",
            "source (TAM): Price page -> A blog",
            "TAM",
        ),
        (
            "fee_text: dearer\n        source: site",
            "fee_text: dearer\n        source: blog",
            "source (until 2024-12-31): Price page -> A blog",
            "2024-12-31",
        ),
        (
            "fee_text: dearer",
            "fee_text: less",
            "fee in words (until 2024-12-31): dearer -> less",
            "2024",
        ),
        ("fee: 170", "fee: 171", ", as of 2026-01-01): $170 -> $171", "算例（"),
        ("worked: 100 + 70", "worked: 70 + 100", "example ($1,000, added up, seats=25", "算例"),
    ],
)
def test_what_it_says(
    old: str, new: str, words: str, chinese: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert WHOLE.count(old) == 1
    Path("old.yaml").write_text(WHOLE, encoding="utf-8")
    Path("new.yaml").write_text(WHOLE.replace(old, new), encoding="utf-8")
    diff = ("plans", "diff", "old.yaml", "new.yaml")
    assert words in run_cli(*diff).out
    assert chinese in run_cli(*diff, "--lang", "zh").out
