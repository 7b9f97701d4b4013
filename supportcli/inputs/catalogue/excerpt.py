"""The part of a catalogue that the fees of some plans follow: to be carried, and read again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from supportcli.inputs.catalogue.bundled import find_catalogue
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar, parse, read_bytes

_OF_CATALOGUE = (
    *("id", "name", "vendor", "vendor_short", "currency", "spend", "sources", "terms", "readings"),
    *("default_reading", "likeliest_reading", "quantities", "plans"),
)
_NOT_OF_PLANS = (
    *("aliases", "gets", "channels", "channels_assumed", "response", "tam", "limits", "like"),
    "successor",
)
"""What a plan gives beside its fee, and what names other plans."""


def excerpt(name: str | Path | None, plans: Collection[str]) -> Mapping[str, object]:
    """The rules of these plans of a catalogue as plain values, in the words of its file.

    `load_catalogue` reads them again: what they say of fees is what the whole catalogue says. Why
    a reading may hold is not among them.
    """
    path, shown = find_catalogue(name)
    whole = _plain(parse(read_bytes(path, shown), shown))
    if not isinstance(whole, Mapping):
        raise TypeError("a catalogue that was loaded is a mapping")
    kept = {key: whole[key] for key in _OF_CATALOGUE if key in whole}
    if kept.get("readings"):
        kept["readings"] = [
            {**reading, "support": reading.get("brief") or reading["name"]}
            for reading in kept["readings"]
        ]
    kept["plans"] = [_fee_of(plan) for plan in whole["plans"] if plan["id"] in plans]
    return kept


def _fee_of(plan: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in plan.items() if key not in _NOT_OF_PLANS}


def _plain(node: Node | None) -> object:
    """A mapping, a list or a text; None where nothing stands."""
    match node:
        case Fields():
            return {key.text: _plain(value) for key, value in node.entries}
        case Items():
            return [_plain(item) for item in node.items]
        case Scalar():
            return None if node.empty else node.text
        case _:
            return None
