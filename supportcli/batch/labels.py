"""The columns of results as people call them: titles and names instead of ids, in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from supportcli.batch.request import Ask
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.doubt_words import doubt_codes, doubt_words
from supportcli.record import NamedTuple
from supportcli.sql.dialects.base import text

ResultKind = Literal["plan", "reading", "reason", "yes", "money", "next", "difference", "codes"]
"""What a column of results holds; `next` are amounts of a plan that nobody is to take."""


class ResultLabel(NamedTuple):
    """What a column of results holds, its title, and what is to be known of it."""

    kind: ResultKind
    title: Message
    explained: Message


_FIXED = {
    "plan": ResultLabel(
        "plan",
        Message("Recommended plan"),
        Message("the plan with the lowest cost over the term among those that meet the needs"),
    ),
    "monthly_fee": ResultLabel(
        "money", Message("Support fee a month"), Message("the fee of the first full month")
    ),
    "prepaid": ResultLabel(
        "money", Message("Prepaid part"), Message("what of it is charged before the month")
    ),
    "postpaid": ResultLabel(
        "money", Message("Postpaid part"), Message("what of it is charged after the month")
    ),
    "annual_cost": ResultLabel(
        "money",
        Message("Annual cost"),
        Message("the fees of twelve months, each rounded as it is invoiced"),
    ),
    "annual_list": ResultLabel(
        "money",
        Message("List price a year"),
        Message("twelve months as the price list has them, before discount and tax"),
    ),
    "next_plan": ResultLabel(
        "plan", Message("Next plan"), Message("the cheapest other plan that meets the needs")
    ),
    "next_monthly_fee": ResultLabel(
        "next", Message("Next plan's fee a month"), Message("its fee of the first full month")
    ),
    "reason_code": ResultLabel(
        "reason", Message("Why this plan"), Message("what decided between the plans")
    ),
    "reading": ResultLabel(
        "reading", Message("Fee reading"), Message("how the published fee rule is understood")
    ),
    "current_annual_cost": ResultLabel(
        "money",
        Message("Annual cost today"),
        Message("twelve months of the plan that the customer has"),
    ),
    "current_difference": ResultLabel(
        "difference",
        Message("Difference from today"),
        Message("what the recommended plan costs more in twelve months"),
    ),
    "old_plan": ResultLabel(
        "plan", Message("Plan before"), Message("the recommended plan by the older rules")
    ),
    "old_monthly_fee": ResultLabel(
        "money", Message("Fee a month before"), Message("its fee of the first full month")
    ),
    "old_annual_cost": ResultLabel(
        "money", Message("Annual cost before"), Message("twelve months by the older rules")
    ),
    "annual_difference": ResultLabel(
        "difference",
        Message("Difference a year"),
        Message("what twelve months cost more than by the older rules"),
    ),
    "likely_annual_cost": ResultLabel(
        "next",
        Message("Annual cost, probably"),
        Message("twelve months under the reading that is the likeliest on the bill"),
    ),
    "doubts": ResultLabel("codes", Message("Doubts"), Message("what the answer rests on")),
    "ask_first": ResultLabel(
        "plan",
        Message("Ask first about"),
        Message("the cheaper plan that may not be sold, or whose price is not known"),
    ),
}
_OF_A_PLAN: Mapping[str, tuple[ResultKind, Message, Message]] = {
    "fits": ("yes", Message("{plan} fits"), Message("whether it meets the needs")),
    "monthly_fee": (
        "next",
        Message("{plan}, fee a month"),
        Message("its fee of the first full month"),
    ),
    "annual_cost": (
        "next",
        Message("{plan}, annual cost"),
        Message("the fees of twelve months, each rounded as it is invoiced"),
    ),
}
REASON_WORDS: Mapping[str, Message] = {
    "cheapest": Message("the cheapest that fits"),
    "only_fit": Message("the only one that fits"),
    "tie_higher_tier": Message("costs the same as another and is the higher one"),
    "no_plan_fits": Message("no plan fits"),
    "only_doubtful_fits": Message("only plans fit whose sale is in doubt"),
    "given": Message("the plan that the list gives"),
    "given_price_unknown": Message("the plan that the list gives, its price unknown"),
}


class Labels:
    """The titles of columns and the names in them, in one language."""

    def __init__(self, ask: Ask, language: Language) -> None:
        self._language = language
        self._columns = dict(_columns(ask))
        catalogues = [rules.catalogue for rules in (ask.same.rules, ask.against) if rules]
        plans = {p.id: p.name for each in reversed(catalogues) for p in each.plans}
        readings = {r.id: r.name for each in reversed(catalogues) for r in each.readings}
        self._names: Mapping[ResultKind, Mapping[str, Text | Message]] = {
            "plan": plans,
            "reading": readings,
            "reason": REASON_WORDS,
        }
        rules = ask.same.rules.catalogue
        self._doubts = {code: doubt_words(code, rules) for code in doubt_codes(rules)}

    def kind(self, name: str) -> ResultKind:
        """What a column of results holds."""
        return self._columns[name].kind

    def title(self, name: str) -> str:
        """The title of a column of results."""
        return self._language.say(self._columns[name].title)

    def explained(self, name: str) -> str:
        """What is to be known of a column of results."""
        return self._language.say(self._columns[name].explained)

    def named(self, name: str, words: str) -> str:
        """The SQL of a column with names for its ids, from the SQL of the ids."""
        kind = self.kind(name)
        if kind == "codes":
            return self._worded(words)
        if kind == "yes":
            yes, no = (text(self._language.say(word)) for word in _YES_OR_NO)
            return f"CASE WHEN {words} THEN {yes} WHEN NOT ({words}) THEN {no} END"
        return _cased(words, self._names.get(kind, {}), self._language)

    def _worded(self, words: str) -> str:
        """The SQL of codes with blanks between them, in words."""
        each = _cased("code", self._doubts, self._language)
        listed = f"list_transform(string_split({words}, ' '), lambda code: {each})"
        return f"array_to_string({listed}, {text(self._language.say(_BETWEEN))})"


def _cased(words: str, names: Mapping[str, Text | Message], language: Language) -> str:
    """The SQL of an id as its name; an id without one stays."""
    cases = " ".join(
        f"WHEN {text(one)} THEN {text(language.text(called))}" for one, called in names.items()
    )
    return f"CASE {words} {cases} ELSE {words} END" if cases else words


_YES_OR_NO = Message("yes"), Message("no")
_BETWEEN = Message("; ")


def _columns(ask: Ask) -> Iterator[tuple[str, ResultLabel]]:
    """Every column of results that there can be for these rules."""
    yield from _FIXED.items()
    twelve = Message("the fees of twelve months, each rounded as it is invoiced")
    for reading in ask.same.rules.catalogue.readings:
        title = Message("Annual cost, {reading}", reading=reading.name)
        yield f"annual_cost_{reading.id}", ResultLabel("next", title, twelve)
    for plan in ask.same.rules.catalogue.plans:
        for what, (kind, words, explained) in _OF_A_PLAN.items():
            label = ResultLabel(kind, Message(words.text, plan=plan.name), explained)
            usual = f"{plan.id}_{what}"
            yield (f"plan_{usual}" if usual in _FIXED else usual), label
