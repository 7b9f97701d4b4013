"""What differs between two editions of one plan: fees, limits, response times, conditions."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from supportcli.advice.change import (
    Change,
    ChangeKind,
    always,
    changed,
    changed_field,
    field_words,
    in_both,
    in_mappings,
)
from supportcli.advice.change_names import FIELD_WORDS, Names, Words, by_id
from supportcli.core.duration import Duration
from supportcli.core.piecewise import PiecewiseLinear, minus
from supportcli.core.plan import Plan
from supportcli.core.source import NO_SOURCE, Cite
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.record import NamedTuple


class PlanChanges:
    """Compares editions of plans, with the names of both catalogues."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def of(self, old: Plan, new: Plan) -> Iterator[Change]:
        """Every change of a plan that both catalogues have."""
        for field in ("name", "short", "gets", "tier", "apart", "fee_text", "availability"):
            yield from changed_field(new.id, field, getattr(old, field), getattr(new, field))
        named, likes = self.names.named, (old.like, new.like)
        models = (like and named("plans", like.plan) for like in likes)
        yield from changed_field(new.id, "like", *models)
        why = (like and named("open_points", like.assumption) for like in likes)
        yield from changed_field(new.id, "assumption", *why)
        yield from self._fees(old, new)
        extras = by_id(old.extras), by_id(new.extras)
        yield from in_mappings(new.id, ChangeKind.EXTRA, "", *extras, always())
        yield from in_mappings(
            new.id, ChangeKind.INCLUDED, "", _included(old), _included(new), self._quantity
        )
        yield from in_mappings(new.id, ChangeKind.LIMIT, "", _limits(old), _limits(new), always())
        yield from self._service(old, new)
        yield from in_mappings(
            new.id, ChangeKind.VALIDITY, "", self._days(old), self._days(new), field_words
        )
        terms = old.terms._asdict(), new.terms._asdict()
        yield from in_mappings(new.id, ChangeKind.TERMS, "", *terms, field_words)
        places = self.names.place(old.cite), self.names.place(new.cite)
        yield from changed(new.id, ChangeKind.SOURCE, "", *places)
        further: Mapping[str, Callable[[Plan], Cite | None]] = {
            "part_source": lambda plan: plan.part_cite,
            "validity_source": lambda plan: plan.validity.cite,
        }
        for field, of in further.items():
            was, now = (cite and self.names.place(cite) for cite in (of(old), of(new)))
            about = (FIELD_WORDS[field],)
            yield from changed(new.id, ChangeKind.SOURCE, field, was, now, about)
        yield from self._past_fees(old, new)
        yield from self._part_sources(old, new)

    def _quantity(self, name: str) -> Words:
        return (self.names.words("quantities", name),)

    def _part_sources(self, old: Plan, new: Plan) -> Iterator[Change]:
        """Where the parts come from that both editions have."""
        where, texts = self._where(old, new), {limit.id: limit.text for limit in new.limits}
        parts: Mapping[str, tuple[Callable[[Plan], Mapping[str, Cite]], Callable[[str], Words]]] = {
            "tam": (lambda plan: {"": plan.tam.cite or NO_SOURCE}, always(Message("TAM"))),
            "response": (lambda plan: _of_levels(plan, "cite"), where),
            "limit": (_limit_cites, lambda limit: (texts[limit],)),
            "until": (lambda plan: _of_past(plan, "cite"), _until),
        }
        for field, (cites, about) in parts.items():
            was, now = (
                {name: self.names.place(cite) for name, cite in cites(each).items()}
                for each in (old, new)
            )
            yield from in_both(new.id, ChangeKind.SOURCE, field, was, now, about)

    def _where(self, old: Plan, new: Plan) -> Callable[[str], Words]:
        """What each place of a target is called."""
        places = {**_places(old), **_places(new)}
        return lambda place: self.names.target(*places[place])

    def _service(self, old: Plan, new: Plan) -> Iterator[Change]:
        where = self._where(old, new)
        targets = _targets(old), _targets(new)
        yield from in_mappings(new.id, ChangeKind.RESPONSE, "", *targets, where)
        for field in ("hours", "engineers", "note"):
            texts = _of_levels(old, field), _of_levels(new, field)
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
        days = plan.validity._asdict()
        del days["cite"]  # a source, not a day
        return {**days, "successor": successor}

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
        """The older fees, under each reading, and their words."""
        past = _past(old), _past(new)
        for rule in dict.fromkeys((*past[0], *past[1])):
            until, reading = rule
            several = reading is not None
            field = f"until {until}, {reading}" if several else f"until {until}"
            about: Words = (Message("until {date}", date=until),)
            about += (self.names.words("readings", reading),) if reading is not None else ()
            fees = past[0].get(rule), past[1].get(rule)
            yield from changed(new.id, ChangeKind.FEE, field, *fees, about)
        texts = _of_past(old, "text"), _of_past(new, "text")
        words = FIELD_WORDS["fee_text"]
        about_text = partial(_until, before=(words,))
        yield from in_both(new.id, ChangeKind.TEXT, "fee_text until", *texts, about_text)


def _until(day: str, before: Words = ()) -> Words:
    return (*before, Message("until {date}", date=day))


def _of_past(plan: Plan, field: str) -> Mapping[str, Any]:
    return {str(rule.until): getattr(rule, field) for rule in plan.history if rule.until}


def _included(plan: Plan) -> Mapping[str, Fraction]:
    return {each.quantity: each.number for each in plan.included}


def _limit_cites(plan: Plan) -> Mapping[str, Cite]:
    return {limit.id: limit.cite for limit in plan.limits}


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
        _place(v.severity, v.channel, None): v._replace(hours=None, cite=NO_SOURCE)
        for v in plan.unstated
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


def _of_levels(plan: Plan, field: str) -> Mapping[str, Any]:
    """What a source says of each target, of those that it leaves open too."""
    left_open = {
        _place(v.severity, v.channel, None): getattr(v, field, None) for v in plan.unstated
    }
    stated = {_place(v.severity, v.channel, v.limit): getattr(v, field) for v in plan.levels}
    return {**left_open, **stated}
