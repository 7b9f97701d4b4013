"""What differs between two catalogues: plans, fees, limits, response times, conditions, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.change import Change, ChangeKind, changed, changed_field, in_mappings
from supportcli.advice.change_names import FIELD_WORDS, Names, Words, by_id
from supportcli.advice.entry_changes import EntryChanges
from supportcli.advice.plan_changes import PlanChanges
from supportcli.advice.quote import price
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Identified
from supportcli.core.period import Month
from supportcli.record import NamedTuple

_ANY_MONTH = Month(2000, 1)


class FeeChange(NamedTuple):
    """What a plan costs a month at one spend under one reading, before and after."""

    plan: str
    reading: str
    old: Decimal | None
    new: Decimal | None


def differences(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Every difference that matters to somebody who buys, in the order of the new plans."""
    return tuple(_Comparison(old, new).changes())


def fee_changes(
    old: Catalogue, new: Catalogue, spend: Fraction, quantities: Mapping[str, Fraction]
) -> tuple[FeeChange, ...]:
    """What each plan of either catalogue costs at that spend, where the two differ.

    Where two catalogues have different currencies nothing can be compared.
    """
    if old.currency != new.currency:
        return ()
    found = []
    for plan_id in _ids(old.plans, new.plans):
        for reading in _ids(old.readings, new.readings):
            fees = [_fee_at(each, plan_id, reading, spend, quantities) for each in (old, new)]
            if fees[0] != fees[1]:
                found.append(FeeChange(plan_id, reading, *fees))
    return tuple(found)


def _fee_at(
    catalogue: Catalogue,
    plan_id: str,
    reading: str,
    spend: Fraction,
    quantities: Mapping[str, Fraction],
) -> Decimal | None:
    plan = by_id(catalogue.plans).get(plan_id)
    if plan is None or plan.fees is None or reading not in plan.fees:
        return None
    quote = price(plan.frozen_on(None), Usage.level(spend, _ANY_MONTH, 1, quantities), reading)
    return quote.monthly.total if quote else None


_ITS_OWN = (
    *("name", "vendor", "vendor_short", "currency", "about", "spend"),
    *("checked", "review_after"),
)


class _Comparison:
    """Two catalogues held against each other."""

    def __init__(self, old: Catalogue, new: Catalogue) -> None:
        self.old = old
        self.new = new
        self.names = Names(old, new)

    def changes(self) -> Iterator[Change]:
        old, new = self.old, self.new
        for field in _ITS_OWN:
            yield from changed_field(None, field, getattr(old, field), getattr(new, field))
        how = (each.how_to_buy and each.how_to_buy.text for each in (old, new))
        yield from changed_field(None, "how_to_buy", *how)
        was, now = (e.how_to_buy and self.names.place(e.how_to_buy.cite) for e in (old, new))
        about = (FIELD_WORDS["how_to_buy"],)
        yield from changed(None, ChangeKind.SOURCE, "how_to_buy", was, now, about)
        for field in ("default_reading", "likeliest_reading"):
            used = (self.names.named("readings", getattr(each, field)) for each in (old, new))
            yield from changed_field(None, field, *used)
        yield from self._lists(None, ChangeKind.SOURCE, "sources")
        for field in ("readings", "severities", "channels", "quantities"):
            yield from self._lists(None, ChangeKind.TEXT, field)
        yield from self._plans()
        yield from EntryChanges(old, new, self.names).changes()

    def _lists(self, plan: str | None, kind: ChangeKind, field: str) -> Iterator[Change]:
        """Two lists of entries with ids."""
        entries = by_id(getattr(self.old, field)), by_id(getattr(self.new, field))
        list_name = (FIELD_WORDS[field],) if field in FIELD_WORDS else ()

        def about(name: str) -> Words:
            return (*list_name, self.names.words(field, name))

        yield from in_mappings(plan, kind, "" if field == "sources" else field, *entries, about)

    def _plans(self) -> Iterator[Change]:
        before, after = by_id(self.old.plans), by_id(self.new.plans)
        plans = PlanChanges(self.names)
        for plan_id in _ids(self.old.plans, self.new.plans):
            if plan_id not in before or plan_id not in after:
                gone, come = before.get(plan_id), after.get(plan_id)
                yield Change(plan_id, ChangeKind.PLAN, "", gone and gone.name, come and come.name)
            else:
                yield from plans.of(before[plan_id], after[plan_id])


def _ids(old: tuple[Identified, ...], new: tuple[Identified, ...]) -> tuple[str, ...]:
    """Every id of either, in the order of the new ones."""
    return tuple(dict.fromkeys(entry.id for entry in (*new, *old)))
