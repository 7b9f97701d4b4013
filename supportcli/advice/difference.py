"""What differs between two catalogues: plans, fees, limits, response times, conditions, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, TypeVar

from supportcli.advice.quote import price
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Identified
from supportcli.core.duration import Duration
from supportcli.core.period import Month
from supportcli.core.piecewise import PiecewiseLinear, minus
from supportcli.core.plan import Plan
from supportcli.needs.services import service_words

_ANY_MONTH = Month(2000, 1)


_Entry = TypeVar("_Entry", bound=Identified)


class ChangeKind(Enum):
    """What sort of thing changed."""

    PLAN = "plan"
    FEE = "fee"
    PREPAID = "prepaid"
    EXTRA = "extra"
    LIMIT = "limit"
    RESPONSE = "response"
    CHANNEL = "channel"
    TAM = "tam"
    TERMS = "terms"
    VALIDITY = "validity"
    TEXT = "text"
    SOURCE = "source"


class Change(NamedTuple):
    """One difference: of a plan (None: of the catalogue), old and new value.

    `field` says which where a kind has several: a reading, a severity and channel, an id.

    A value is None where the thing is not there. `since` is the lowest spend at which two fees
    differ (unrounded; the fees may meet again above it).
    """

    plan: str | None
    kind: ChangeKind
    field: str
    old: object
    new: object
    since: Fraction | None = None


class FeeChange(NamedTuple):
    """What a plan costs a month at one spend under one reading, before and after."""

    plan: str
    reading: str
    old: Decimal | None
    new: Decimal | None


def differences(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Every difference that matters to somebody who buys, in the order of the new plans."""
    return tuple(_differences(old, new))


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
    plan = _by_id(catalogue.plans).get(plan_id)
    if plan is None or plan.fees is None or reading not in plan.fees:
        return None
    quote = price(plan.frozen_on(None), Usage.level(spend, _ANY_MONTH, 1, quantities), reading)
    return quote.monthly.total if quote else None


def _differences(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    settings = ("default_reading", "likeliest_reading")
    for field in ("name", "currency", "about", "spend", "review_after", *settings):
        yield from _changed(None, ChangeKind.TEXT, field, getattr(old, field), getattr(new, field))
    yield from _tables(None, ChangeKind.SOURCE, "", old.sources, new.sources)
    for field in ("readings", "severities", "channels", "quantities"):
        yield from _tables(None, ChangeKind.TEXT, field, getattr(old, field), getattr(new, field))
    before, after = _by_id(old.plans), _by_id(new.plans)
    for plan_id in _ids(old.plans, new.plans):
        if plan_id not in before or plan_id not in after:
            gone, come = before.get(plan_id), after.get(plan_id)
            yield Change(plan_id, ChangeKind.PLAN, "", gone and gone.name, come and come.name)
        else:
            yield from _plan(before[plan_id], after[plan_id])
    yield from _contents(old, new)
    yield from _services(old, new)
    yield from _mappings(None, ChangeKind.TEXT, "facts", _facts(old), _facts(new))
    for field in ("text", "brief", "confirm"):
        points = [{p.id: getattr(p, field) for p in each.open_points} for each in (old, new)]
        yield from _mappings(None, ChangeKind.TEXT, f"open_points {field}", *points)


def _contents(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """The rows of the service table, plan by plan."""
    before, after = ({item.id: item.by_plan for item in each.content} for each in (old, new))
    for item in dict.fromkeys((*before, *after)):
        texts = before.get(item, {}), after.get(item, {})
        for plan in dict.fromkeys((*texts[0], *texts[1])):
            field = f"content {item}"
            yield from _changed(
                plan, ChangeKind.TEXT, field, texts[0].get(plan), texts[1].get(plan)
            )


def _services(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """Which plans have which services."""
    before, after = ({one.id: one.by_plan for one in each.services} for each in (old, new))
    for service in dict.fromkeys((*before, *after)):
        facts = before.get(service, {}), after.get(service, {})
        for plan in dict.fromkeys((*facts[0], *facts[1])):
            was, now = (each.get(plan) for each in facts)
            said = was and service_words(was.offered), now and service_words(now.offered)
            yield from _changed(plan, ChangeKind.TEXT, f"service {service}", *said)


def _facts(catalogue: Catalogue) -> Mapping[str, object]:
    return {
        f"{group.id} {number}": text
        for group in catalogue.facts
        for number, text in enumerate((*group.items, *group.shown), start=1)
    }


def _plan(old: Plan, new: Plan) -> Iterator[Change]:
    for field in ("name", "tier", "fee_text", "availability", "like"):
        yield from _changed(
            new.id, ChangeKind.TEXT, field, getattr(old, field), getattr(new, field)
        )
    yield from _fees(old, new)
    yield from _tables(new.id, ChangeKind.EXTRA, "", old.extras, new.extras)
    yield from _mappings(new.id, ChangeKind.LIMIT, "", _limits(old), _limits(new))
    yield from _mappings(new.id, ChangeKind.RESPONSE, "", _targets(old), _targets(new))
    for words in ("hours", "engineers", "note"):
        yield from _mappings(
            new.id, ChangeKind.TEXT, words, _level_texts(old, words), _level_texts(new, words)
        )
    yield from _mappings(new.id, ChangeKind.CHANNEL, "", old.channels, new.channels)
    yield from _changed(
        new.id, ChangeKind.TAM, "", old.tam._replace(cite=None), new.tam._replace(cite=None)
    )
    yield from _mappings(
        new.id, ChangeKind.VALIDITY, "", old.validity._asdict(), new.validity._asdict()
    )
    yield from _mappings(new.id, ChangeKind.TERMS, "", old.terms._asdict(), new.terms._asdict())
    yield from _changed(new.id, ChangeKind.SOURCE, "", old.cite, new.cite)
    yield from _mappings(new.id, ChangeKind.FEE, "", _past(old), _past(new))


def _past(plan: Plan) -> Mapping[str, object]:
    """The older fees, under each reading."""
    return {
        f"until {rule.until}{'' if len(rule.fees or {}) < 2 else ', ' + reading}": fee.total  # noqa: PLR2004
        for rule in plan.history
        if rule.until is not None
        for reading, fee in (rule.fees or {}).items()
    }


def _fees(old: Plan, new: Plan) -> Iterator[Change]:
    before, after = old.fees or {}, new.fees or {}
    readings = dict.fromkeys((*before, *after))
    for reading in readings:
        field = reading if len(readings) > 1 else ""
        was, now = before.get(reading), after.get(reading)
        totals = was and was.total, now and now.total
        if totals[0] != totals[1]:
            yield Change(new.id, ChangeKind.FEE, field, totals[0], totals[1], _parting(*totals))
        first = was and was.prepaid, now and now.prepaid
        yield from _changed(new.id, ChangeKind.PREPAID, field, first[0], first[1])


def _parting(old: PiecewiseLinear | None, new: PiecewiseLinear | None) -> Fraction | None:
    """The spend from which on two fees part; None where one of them is not there."""
    if old is None or new is None:
        return None
    gap = minus(old, new)
    return next(s.start for s in gap.segments if s.intercept or s.rate)


def _limits(plan: Plan) -> Mapping[str, object]:
    return {limit.id: (limit.per_month, limit.text) for limit in plan.limits}


def _targets(plan: Plan) -> Mapping[str, object]:
    """Each target by its place; what it holds within and what is assumed belong to it."""
    found: dict[str, object] = {_place(v.severity, v.channel, None): v for v in plan.unstated}
    return {
        **found,
        **{
            _place(v.severity, v.channel, v.limit): Target(v.target, v.assumed) for v in plan.levels
        },
    }


class Target(NamedTuple):
    """A first-response target as far as it can differ."""

    target: Duration
    assumed: bool


def _place(severity: str | None, channel: str, limit: str | None) -> str:
    return ", ".join(filter(None, (severity or "*", channel, limit)))


def _level_texts(plan: Plan, words: str) -> Mapping[str, object]:
    return {_place(v.severity, v.channel, v.limit): getattr(v, words) for v in plan.levels}


def _tables(
    plan: str | None, kind: ChangeKind, field: str, old: tuple[_Entry, ...], new: tuple[_Entry, ...]
) -> Iterator[Change]:
    """Two lists of entries with ids."""
    yield from _mappings(plan, kind, field, _by_id(old), _by_id(new))


def _mappings(
    plan: str | None,
    kind: ChangeKind,
    field: str,
    old: Mapping[str, object],
    new: Mapping[str, object],
) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        path = f"{field} {name}".strip()
        yield from _changed(plan, kind, path, old.get(name), new.get(name))


def _changed(
    plan: str | None, kind: ChangeKind, field: str, old: object, new: object
) -> Iterator[Change]:
    if old != new:
        yield Change(plan, kind, field, old, new)


def _by_id(entries: tuple[_Entry, ...]) -> dict[str, _Entry]:
    return {entry.id: entry for entry in entries}


def _ids(old: tuple[_Entry, ...], new: tuple[_Entry, ...]) -> tuple[str, ...]:
    """Every id of either, in the order of the new ones."""
    return tuple(dict.fromkeys((*_by_id(new), *_by_id(old))))
