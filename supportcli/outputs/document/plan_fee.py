"""A plan's fee as blocks: the rule, what it was before, its slices, and what it comes to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.amounts import extra_words, fee_words, included_words
from supportcli.advice.cautions import contested_fee
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import (
    exact_decimal,
    format_rate,
    half_up,
    nearest_money,
    round_half_up,
    round_up,
)
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.catalogues import fee_rule, fee_span
from supportcli.outputs.document.model import Block, Heading, Points, Sentence, Table, Weight
from supportcli.outputs.document.money_table import MoneyRow, money_table
from supportcli.outputs.document.plan_words import reading_words
from supportcli.outputs.document.wording import cite_words, cited_words, columns

ROUND_SPENDS = tuple(Fraction(10) ** power * step for power in range(3, 7) for step in (1, 2, 5))
_WHOLE_SHARES = 100  # per cent: from there on decimals say nothing


def fee_blocks(
    catalogue: Catalogue, plan: Plan, day: datetime.date | None, language: Language
) -> Iterator[Block]:
    """The fee by the rule of a day, which the plan has already (None: the present one)."""
    yield from _PlanFee(catalogue, plan, day, language).blocks()


def _nothing(plan: Plan) -> bool:
    """Whether no spend costs anything in a month: no table has anything to tell."""
    return all(fee.total == PiecewiseLinear.line() for fee in (plan.fees or {}).values())


class _PlanFee:
    def __init__(
        self, catalogue: Catalogue, plan: Plan, day: datetime.date | None, language: Language
    ) -> None:
        self.catalogue = catalogue
        self.plan = plan
        self.day = day
        self.language = language
        self.say = language.say
        self.text = language.text

    def blocks(self) -> Iterator[Block]:
        """The rule, its slices under each reading, and what it comes to."""
        yield Heading(self.say(Message("Fee")))
        published = fee_rule(self.catalogue, self.plan, self.language)
        cite = cite_words(self.plan.cite, self.catalogue)
        rule = Message("{text} [{cite}]", text=published, cite=cite) if cite else None
        first = self.say(rule) if rule else published
        span = fee_span(self.plan, self.day)
        if span:
            told = Message("{rule} ({span})", rule=first, span=tuple(span))
            first = self.say(told)
        doubts = map(self.say, contested_fee(self.catalogue, self.plan))
        beside = *self._extras(), *self._included()
        yield Points((first, *doubts, *self._prepaid(), *self._past(), *beside))
        counted = self.plan.with_quantities({})
        if self.plan.fees is None or _nothing(counted):
            return
        same = len({fee.total for fee in self.plan.fees.values()}) == 1
        for reading in self.catalogue.readings:
            yield from self._slices(reading.id, None if same else reading_words(reading))
            if same:
                break
        yield Heading(self.say(Message("Fees at round spends")))
        if counted.lacking:
            names = tuple(self.catalogue.quantity(name).name for name in counted.lacking)
            yield Sentence(self.say(Message("Without what {names} cost.", names=names)))
        yield self._round(counted)
        if not same:
            words = Message(
                "The share of spend is of the fee under the {reading}.",
                reading=self.catalogue.readings[0].name,
            )
            yield Sentence(self.say(words), Weight.QUIET)
        yearly = next(iter(counted.fees.values())).yearly if counted.fees else 0
        if yearly:
            amount = nearest_money(Fraction(yearly), self.plan.currency)
            yield Sentence(self.say(Message("And {amount} once a year.", amount=amount)))

    def _prepaid(self) -> Iterator[str]:
        """How much is charged first, under the default reading."""
        fee = self.plan.fees[self.catalogue.default_reading] if self.plan.fees else None
        if fee is None or fee.total == PiecewiseLinear.line():
            return
        words = Message("Which part is charged first is not recorded here.")
        if fee.prepaid is not None:
            rule = fee_words(fee.prepaid, self.plan.currency)
            words = Message("Charged first: {rule}; the rest after the month.", rule=rule)
        yield self.say(words)

    def _past(self) -> Iterator[str]:
        for rule in self.plan.history:
            if rule.until is None:
                continue  # the present one
            fee = rule.fees[self.catalogue.default_reading] if rule.fees else None
            words: object = fee_words(fee.total, self.plan.currency) if fee else Message("unknown")
            told = Message("Until {date}: {rule}", date=rule.until, rule=rule.text or words)
            yield cited_words(told, rule.cite, self.catalogue, self.language)

    def _extras(self) -> Iterator[str]:
        for extra in self.plan.extras:
            known = self.catalogue.quantity(extra.quantity) if extra.quantity else None
            price = extra_words(extra, known.unit if known else None, self.plan.currency)
            words = Message("{name}: {price}", name=extra.name, price=price)
            if known is not None:
                flag = f"--quantity {known.id}=N"
                words = Message(
                    "{words}; by {name} ({flag})", words=words, name=known.name, flag=flag
                )
            yield cited_words(words, extra.cite, self.catalogue, self.language)

    def _included(self) -> Iterator[str]:
        for each in self.plan.included:
            words = Message(
                "included: {what}; what more cost is not recorded here ({flag})",
                what=included_words(self.catalogue, [each]),
                flag=f"--quantity {each.quantity}=N",
            )
            yield cited_words(words, each.cite, self.catalogue, self.language)

    def _slices(self, reading: str, name: object | None) -> Iterator[Block]:
        """The normal form: from which spend on, the fee there, and what is added above."""
        fees = self.plan.fees or {}
        title = Message("Slice by slice")
        if name is not None:
            title = Message("Slice by slice: {reading}", reading=name)
        yield Heading(self.say(title))
        titles = (Message("Spend from"), Message("Fee there"), Message("of the spend above"))
        currency = self.plan.currency
        rows = [
            MoneyRow(
                (
                    round_up(segment.start, currency),
                    nearest_money(segment.at(segment.start), currency).amount,
                    format_rate(segment.rate),
                )
            )
            for segment in fees[reading].total.segments
        ]
        yield self._table(titles, rows)

    def _round(self, counted: Plan) -> Table:
        """The fee under each reading at round spends, and the share of spend that it is."""
        known = counted.fees or {}
        readings = [reading for reading in self.catalogue.readings if reading.id in known]
        if len({known[reading.id].total for reading in readings}) == 1:
            readings = readings[:1]
        names = [Message("{name}", name=reading.name) for reading in readings]
        heads = [Message("Monthly spend"), *(names if len(names) > 1 else [Message("Monthly fee")])]
        heads.append(Message("of spend"))
        rows = []
        for spend in ROUND_SPENDS:
            totals = [round_half_up(known[r.id].total(spend), self.plan.currency) for r in readings]
            share = Fraction(totals[0]) / spend * 100
            rate = half_up(share, 0 if share >= _WHOLE_SHARES else 2)
            rows.append(
                MoneyRow((exact_decimal(spend, self.plan.currency), *totals, f"{rate:,f}%"))
            )
        return self._table(heads, rows)

    def _table(self, titles: Sequence[Message], rows: Sequence[MoneyRow]) -> Table:
        heads = columns(self.language, *titles, figures=True)
        return money_table(heads, rows, self.plan.currency, self.language, apart=False)
