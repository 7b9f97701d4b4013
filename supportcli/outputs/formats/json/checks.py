"""What is said of catalogues as JSON: mistakes, examples, and what differs between two."""

from __future__ import annotations

from collections.abc import Sequence

from supportcli.advice.change import Change
from supportcli.advice.change_names import NamedId, NamedIds, Place
from supportcli.advice.difference import FeeChange
from supportcli.advice.examples import ExampleOutcome
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.language import Language
from supportcli.outputs.document.checks import value_words
from supportcli.outputs.formats.json.plan import numbers_json
from supportcli.outputs.formats.json.values import (
    Json,
    amount,
    catalogue_json,
    cited,
    day,
    document,
    exact,
    rounded,
)


def check_json(
    name: str, problems: Sequence[Problem], findings: Sequence[Problem], language: Language
) -> Json:
    """Mistakes and findings of a catalogue file."""
    result = {
        "file": name,
        "mistakes": [problem_json(problem, language) for problem in problems],
        "findings": [problem_json(problem, language) for problem in findings],
    }
    return document("plans check", result)


def problem_json(problem: Problem, language: Language) -> Json:
    """A mistake or a finding, and where it is."""
    return {"where": problem.where, "message": language.say(problem.message)}


def examples_json(catalogue: Catalogue, outcomes: Sequence[ExampleOutcome]) -> Json:
    """Every example with what came out."""
    result = {
        "holds": all(outcome.holds for outcome in outcomes),
        "examples": [
            {
                "plan": outcome.example.plan,
                "spend": exact(outcome.example.spend, catalogue.currency),
                "reading": outcome.example.reading,
                "quantities": numbers_json(outcome.example),
                "as_of": day(outcome.example.as_of),
                "expected": amount(outcome.expected),
                "found": {name: amount(fee) for name, fee in outcome.found.items()},
                "holds": outcome.holds,
                "source": cited(outcome.example.cite),
            }
            for outcome in outcomes
        ],
    }
    return document("plans test", result, catalogue=catalogue_json(catalogue))


def difference_json(
    old: Catalogue,
    new: Catalogue,
    changes: Sequence[Change],
    fees: Sequence[FeeChange],
    impact: Json | None,
    language: Language,
) -> Json:
    """What differs, what it does to the fees at one spend and to a list of customers."""

    def words(value: object, catalogue: Catalogue) -> str | None:
        match value:
            case None:
                return None
            case NamedId(id=known):
                return known
            case NamedIds(entries=entries):
                return ", ".join(entry.id for entry in entries)
            case Place(cite=cite):
                return str(cite)
        return language.say(Message("{value}", value=value_words(value, catalogue)))

    result = {
        "changes": [
            {
                "plan": change.plan,
                "kind": change.kind.value,
                "field": change.field,
                "old": words(change.old, old),
                "new": words(change.new, new),
                "from_spend": rounded(change.since, new.currency),
            }
            for change in changes
        ],
        "fees": [
            {
                "plan": fee.plan,
                "reading": fee.reading,
                "old": amount(fee.old),
                "new": amount(fee.new),
            }
            for fee in fees
        ],
        "impact": impact,
    }
    return document("plans diff", result, catalogue=catalogue_json(new))
