"""The conditions of a plan from the YAML tree: scope, basis, term, proration, validity."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from itertools import pairwise
from typing import TypeVar

from supportcli.core.conditions import (
    Basis,
    ChangeDay,
    Clause,
    Conditions,
    PartMonth,
    Proration,
    ProrationUnit,
    Refund,
    Scope,
    Span,
    Spreading,
    TaxInAmounts,
    Validity,
)
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.strict_yaml.tree import Node

Value = TypeVar("Value")
Kind = TypeVar("Kind", bound=Enum)

VALIDITY = ("valid_from", "closed_to_new", "valid_to", "successor", "validity_source")


class ConditionsReader:
    """Reads conditions; each is a kind, words where they are needed, and a source."""

    def __init__(self, entries: EntryReader) -> None:
        self.reader = entries.reader
        self.entries = entries

    def terms(self, node: Node | None) -> Conditions:
        """The conditions that are stated; the others are None."""
        fields = self.reader.fields(node, Conditions._fields) if node else {}
        return Conditions(
            scope=self._clause(fields.get("scope"), self._kind(Scope)),
            basis=self._clause(fields.get("basis"), self._kind(Basis)),
            excludes=self._words(fields.get("excludes")),
            counts=self._words(fields.get("counts")),
            minimum_term=self._clause(fields.get("minimum_term"), self._span),
            proration=self._proration(fields.get("proration")),
            spreading=self._clause(fields.get("spreading"), self._kind(Spreading)),
            refund=self._clause(fields.get("refund"), self._kind(Refund)),
            bought_for=self._clause(fields.get("bought_for"), self._whole_months),
            tax=self._clause(fields.get("tax"), self._kind(TaxInAmounts)),
            shares=self._words(fields.get("shares")),
        )

    def validity(self, fields: dict[str, Node], place: Node) -> Validity:
        """From when to when; days in the wrong order are noted."""
        source = fields.get("validity_source")
        found = Validity(
            self.reader.date(fields.get("valid_from")),
            self.reader.date(fields.get("closed_to_new")),
            self.reader.date(fields.get("valid_to")),
            self.entries.reference(fields.get("successor"), self.entries.plans, "plans") or None,
            None if source is None else self.entries.cite(source),
        )
        days = [(name, day) for name, day in zip(VALIDITY, found[:3], strict=False) if day]
        for (early, before), (late, after) in pairwise(days):
            if after < before:
                self.reader.note(
                    fields.get(late, place),
                    Message(
                        "{late} {after} is before {early} {before}; mend one of the two",
                        late=late,
                        after=after.isoformat(),
                        early=early,
                        before=before.isoformat(),
                    ),
                )
        return found

    def _clause(
        self, node: Node | None, read: Callable[[Node | None], Value | None]
    ) -> Clause[Value] | None:
        if node is None:
            return None
        fields = self.reader.fields(node, ("is", "text", "source"), ("is",))
        value = read(fields.get("is"))
        text = self.entries.optional_text(fields.get("text"))
        cite = self.entries.cite(fields.get("source"), node)
        return None if value is None else Clause(value, text, cite)

    def _words(self, node: Node | None) -> Clause[None] | None:
        if node is None:
            return None
        fields = self.reader.fields(node, ("text", "source"), ("text",))
        text = self.entries.optional_text(fields.get("text"))
        return Clause(None, text, self.entries.cite(fields.get("source"), node))

    def _proration(self, node: Node | None) -> Clause[Proration] | None:
        if node is None:
            return None
        fields = self.reader.fields(node, ("is", "unit", "change_day", "text", "source"), ("is",))
        part = self._kind(PartMonth)(fields.get("is"))
        unit = self._kind(ProrationUnit)(fields.get("unit")) or ProrationUnit.DAY
        change_day = self._kind(ChangeDay)(fields.get("change_day"))
        text = self.entries.optional_text(fields.get("text"))
        cite = self.entries.cite(fields.get("source"), node)
        return None if part is None else Clause(Proration(part, unit, change_day), text, cite)

    def _kind(self, kinds: type[Kind]) -> Callable[[Node | None], Kind | None]:
        known = {str(kind.value): kind for kind in kinds}
        return lambda node: known.get(self.reader.choice(node, known) or "")

    def _whole_months(self, node: Node | None) -> Span | None:
        span = self._span(node)
        if span is not None and node is not None and not span.months:
            self.reader.note(node, Message("is counted in months; write it like 12 months"))
        return span

    def _span(self, node: Node | None) -> Span | None:
        return self.reader.parsed(node, _parse_span)


def _parse_span(text: str) -> Span:
    match = re.fullmatch(r"([1-9][0-9]{0,3}) (day|month)s?", text)
    if match is None:
        raise UsageError(
            Message(
                "{text} is not a length of time; write it like 30 days or 1 month",
                text=quoted(text),
            )
        )
    return Span(int(match[1]), match[2] == "month")
