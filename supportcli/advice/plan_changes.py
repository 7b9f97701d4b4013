"""What differs between two editions of one plan: fees, limits, response times, conditions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.change import (
    Change,
    ChangeKind,
    always,
    changed,
    changed_field,
    field_words,
    in_mappings,
)
from supportcli.advice.change_names import FIELD_WORDS, Names, Words, by_id
from supportcli.core.duration import Duration
from supportcli.core.piecewise import PiecewiseLinear, minus
from supportcli.core.plan import Plan
from supportcli.core.text import Text
from supportcli.errors import Message


class PlanChanges:
    """Compares editions of plans, with the names of both catalogues."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def of(self, old: Plan, new: Plan) -> Iterator[Change]:
        """Every change of a plan that both catalogues have."""
        for field in ("name", "short", "gets", "tier", "apart", "fee_text", "availability"):
            yield from changed_field(new.id, field, getattr(old, field), getattr(new, field))
        models = (each.like and self.names.named("plans", each.like.plan) for each in (old, new))
        yield from changed_field(new.id, "like", *models)
        yield from self._fees(old, new)
        extras = by_id(old.extras), by_id(new.extras)
        yield from in_mappings(new.id, ChangeKind.EXTRA, "", *extras, always())
        yield from in_mappings(new.id, ChangeKind.LIMIT, "", _limits(old), _limits(new), always())
        yield from self._service(old, new)
        yield from in_mappings(
            new.id, ChangeKind.VALIDITY, "", self._days(old), self._days(new), field_words
        )
        terms = old.terms._asdict(), new.terms._asdict()
        yield from in_mappings(new.id, ChangeKind.TERMS, "", *terms, field_words)
        places = self.names.place(old.cite), self.names.place(new.cite)
        yield from changed(new.id, ChangeKind.SOURCE, "", *places)
        was, now = (each.part_cite and self.names.place(each.part_cite) for each in (old, new))
        about = (FIELD_WORDS["part_source"],)
        yield from changed(new.id, ChangeKind.SOURCE, "part_source", was, now, about)
        yield from self._past_fees(old, new)

    def _service(self, old: Plan, new: Plan) -> Iterator[Change]:
        places = {**_places(old), **_places(new)}

        def where(place: str) -> Words:
            return self.names.target(*places[place])

        targets = _targets(old), _targets(new)
        yield from in_mappings(new.id, ChangeKind.RESPONSE, "", *targets, where)
        for field in ("hours", "engineers", "note"):
            texts = _level_texts(old, field), _level_texts(new, field)
            for change in in_mappings(new.id, ChangeKind.TEXT, field, *texts, always()):
                place = change.field.removeprefix(f"{field} ")
                yield change._replace(about=(FIELD_WORDS[field], *where(place)))

        def channel(name: str) -> Words:
            return (self.names.words("channels", name),)

        offered = old.channels, new.channels
        yield from in_mappings(new.id, ChangeKind.CHANNEL, "", *offered, channel)
        tams = old.tam._replace(cite=None), new.tam._replace(cite=None)
        yield from changed(new.id, ChangeKind.TAM, "", *tams)

    def _days(self, plan: Plan) -> Mapping[str, object]:
        successor = self.names.named("plans", plan.validity.successor)
        return {**plan.validity._asdict(), "successor": successor}

    def _fees(self, old: Plan, new: Plan) -> Iterator[Change]:
        before, after = old.fees or {}, new.fees or {}
        readings = dict.fromkeys((*before, *after))
        for reading in readings:
            several = len(readings) > 1
            field = reading if several else ""
            about = (self.names.words("readings", reading),) if several else ()
            was, now = before.get(reading), after.get(reading)
            totals = was and was.total, now and now.total
            if totals[0] != totals[1]:
                since = _parting(*totals)
                yield Change(new.id, ChangeKind.FEE, field, *totals, since, about)
            first = was and was.prepaid, now and now.prepaid
            yield from changed(new.id, ChangeKind.PREPAID, field, *first, about)

    def _past_fees(self, old: Plan, new: Plan) -> Iterator[Change]:
        """The older fees, under each reading."""
        past = _past(old), _past(new)
        for rule in dict.fromkeys((*past[0], *past[1])):
            until, reading = rule
            several = reading is not None
            field = f"until {until}, {reading}" if several else f"until {until}"
            about: Words = (Message("until {date}", date=until),)
            about += (self.names.words("readings", reading),) if reading is not None else ()
            fees = past[0].get(rule), past[1].get(rule)
            yield from changed(new.id, ChangeKind.FEE, field, *fees, about)


def _past(plan: Plan) -> Mapping[tuple[datetime.date, str | None], PiecewiseLinear]:
    """The older fees by their last day and, where there are several, their reading."""
    return {
        (rule.until, reading if len(rule.fees or {}) > 1 else None): fee.total
        for rule in plan.history
        if rule.until is not None
        for reading, fee in (rule.fees or {}).items()
    }


def _parting(old: PiecewiseLinear | None, new: PiecewiseLinear | None) -> Fraction | None:
    """The spend from which on two fees part; None where one of them is not there."""
    if old is None or new is None:
        return None
    gap = minus(old, new)
    return next(s.start for s in gap.segments if s.intercept or s.rate)


class LimitTerms(NamedTuple):
    """A limit as far as it can differ: how many, of what, in a month or a year, and its words."""

    allowed: int | None
    yearly: bool
    counts: str | None
    text: Text


def _limits(plan: Plan) -> Mapping[str, object]:
    return {
        limit.id: LimitTerms(limit.allowed, limit.yearly, limit.counts, limit.text)
        for limit in plan.limits
    }


class Target(NamedTuple):
    """A first-response target as far as it can differ."""

    target: Duration
    assumed: bool


def _targets(plan: Plan) -> Mapping[str, object]:
    """Each target by its place; what it holds within and what is assumed belong to it."""
    found: dict[str, object] = {
        _place(v.severity, v.channel, None): v._replace(hours=None) for v in plan.unstated
    }
    return {
        **found,
        **{
            _place(v.severity, v.channel, v.limit): Target(v.target, v.assumed) for v in plan.levels
        },
    }


def _places(plan: Plan) -> Mapping[str, tuple[str | None, str, str | None]]:
    """What each place of a target consists of."""
    parts = [(v.severity, v.channel, v.limit) for v in plan.levels]
    parts += [(v.severity, v.channel, None) for v in plan.unstated]
    return {_place(*each): each for each in parts}


def _place(severity: str | None, channel: str, limit: str | None) -> str:
    return ", ".join(filter(None, (severity or "*", channel, limit)))


def _level_texts(plan: Plan, words: str) -> Mapping[str, object]:
    """What a source says of each target, of those that it leaves open too."""
    left_open = {
        _place(v.severity, v.channel, None): getattr(v, words, None) for v in plan.unstated
    }
    stated = {_place(v.severity, v.channel, v.limit): getattr(v, words) for v in plan.levels}
    return {**left_open, **stated}
