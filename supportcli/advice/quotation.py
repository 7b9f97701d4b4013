"""What a quote says in figures: the plans that are taken, under each reading that is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import chain, repeat

from supportcli.advice.cautions import contested_fees, what_becomes
from supportcli.advice.contrast import Contrast, contrast
from supportcli.advice.deal import Deal
from supportcli.advice.from_today import FromToday, from_today
from supportcli.advice.portfolio import DealAnswer, Member, Portfolio, portfolio
from supportcli.advice.purchases import Share
from supportcli.advice.reasons import within_words
from supportcli.advice.recommendation import Advice, PlanAdvice, recommend
from supportcli.advice.sums import Sums
from supportcli.advice.to_pay import ToPay, to_pay_more, together
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message
from supportcli.needs.registry import Needs
from supportcli.record import NamedTuple


class Certainty(Enum):
    """How sure the amounts of a reading are: the only ones, the most, the likeliest."""

    ONLY = "only"
    AT_MOST = "at_most"
    PROBABLY = "probably"


class UnderReading(NamedTuple):
    """The deal under one reading: the sums of all accounts, and each account's part of them."""

    reading: str
    role: Certainty
    sums: Sums
    shares: tuple[Share, ...]


class ContentFor(NamedTuple):
    """What taking another plan changes for some accounts, whose needs may be others."""

    accounts: tuple[str, ...]
    content: Contrast


class NextPlan(NamedTuple):
    """The next plan up or down for some accounts that take the same plan: what it costs more.

    `more` is what is to be paid more under each reading that is told (below zero: less), of all
    these accounts together; `contents` is what taking it instead changes, once for all to whom it
    changes the same.
    """

    up: bool
    accounts: tuple[str, ...]
    taken: PlanAdvice
    other: PlanAdvice
    more: tuple[ToPay, ...]
    contents: tuple[ContentFor, ...]


class Quotation(NamedTuple):
    """An answer to be quoted: what it comes to under one reading or two, and the plans next to it.

    The readings are the one in use, which is the most that is to be paid, and the likeliest.
    `changes` are those against the plans of today, where any are known.
    """

    answer: DealAnswer
    sides: tuple[UnderReading, ...]
    steps: tuple[NextPlan, ...]
    changes: tuple[FromToday, ...]

    @property
    def found(self) -> Portfolio:
        """The accounts with their plans."""
        return self.answer.portfolio

    @property
    def advice(self) -> Advice:
        """That of the first account; rules, term and price terms are those of all."""
        return self.found.members[0].advice

    @property
    def taken(self) -> tuple[PlanAdvice, ...]:
        """The plans that are quoted, each once, in the order of the accounts."""
        entries = (member.advice.taken for member in self.found.members)
        return tuple({entry.plan.id: entry for entry in entries if entry}.values())

    @property
    def overruled(self) -> tuple[Member, ...]:
        """The accounts that take another plan than the one that is recommended for them."""
        return tuple(member for member in self.found.members if member.advice.other_asked)


def quotation(answer: DealAnswer, readings: Sequence[str]) -> Quotation | None:
    """What is quoted under one reading or two; None where some of it has no known amount."""
    found = answer.portfolio
    sides = tuple(_sides(found, readings))
    if len(sides) < len(readings):
        return None
    steps, changes = _steps(found, readings), from_today(found, readings)
    return Quotation(answer, sides, tuple(steps), tuple(changes))


def quote_notices(found: Quotation, confirmed: bool) -> tuple[Message, ...]:
    """What sources contradict about the fees, when the quoted plans and those of today end.

    Fees that somebody has `confirmed` are no longer in doubt.
    """
    priced = (*found.taken, *(step.other for step in found.steps))
    contested = contested_fees(found.advice.catalogue, (entry.plan for entry in priced))
    ends = (
        Message("{words}. The amounts are until then.", words=within_words(found.advice, entry))
        for entry in found.taken
        if entry.last_day is not None
    )
    becoming = (what_becomes(member.advice, True) for member in found.found.members)
    doubts = () if confirmed else contested
    return tuple(dict.fromkeys((*doubts, *ends, *chain.from_iterable(becoming))))


def _sides(found: Portfolio, readings: Sequence[str]) -> Iterator[UnderReading]:
    roles = (Certainty.AT_MOST, Certainty.PROBABLY) if len(readings) > 1 else (Certainty.ONLY,)
    for reading, role in zip(readings, roles, strict=True):
        sums = found.under(reading)
        shares = tuple(share for share in found.shares_under(reading) if share is not None)
        if sums is not None:
            yield UnderReading(reading, role, sums, shares)


def _steps(found: Portfolio, readings: Sequence[str]) -> Iterator[NextPlan]:
    """For the accounts of each plan the next one up and the next one down, where they have a price.

    Not of accounts that pay one fee together: what another plan costs one of them hangs on all.
    """
    groups: dict[str, list[Member]] = {}
    for member in (each for each in found.members if not found.sharing(each)):
        taken = member.advice.taken
        groups.setdefault(taken.plan.id if taken else "", []).append(member)
    for members in groups.values():
        for up in (True, False):
            yield from _step(members, readings, up)


def _step(members: Sequence[Member], readings: Sequence[str], up: bool) -> Iterator[NextPlan]:
    advice = members[0].advice
    taken = advice.taken
    other = next_plan(advice, taken, up) if taken else None
    if taken is None or other is None:
        return
    more = [more for reading in readings if (more := _more(members, other, reading))]
    if len(more) == len(readings):
        names = tuple(member.account.name for member in members)
        contents = tuple(_contents(members, other.plan.id))
        yield NextPlan(up, names, taken, other, tuple(more), contents)


def _contents(members: Sequence[Member], plan: str) -> Iterator[ContentFor]:
    """What the plan changes for each of these accounts, together where it is the same.

    What it costs more is another thing for each.
    """
    found: list[tuple[Contrast, list[str]]] = []
    for member in members:
        entries = {entry.plan.id: entry for entry in member.advice.plans}
        taken = member.advice.taken or entries[plan]
        content = contrast(member.advice, entries[plan], taken)
        names = next((names for other, names in found if other[1:] == content[1:]), None)
        if names is None:
            found.append((content, [member.account.name]))
        else:
            names.append(member.account.name)
    yield from (ContentFor(tuple(names), content) for content, names in found)


def next_plan(advice: Advice, taken: PlanAdvice, up: bool) -> PlanAdvice | None:
    """The plan of the next higher or lower tier that can be bought at a known price."""
    can_be_had = [
        entry
        for entry in advice.plans
        if entry.plan.priced and entry.bar is None and not entry.doubtful
    ]
    higher = [entry for entry in can_be_had if entry.plan.tier > taken.plan.tier]
    lower = [entry for entry in can_be_had if entry.plan.tier < taken.plan.tier]
    return min(higher, key=_tier, default=None) if up else max(lower, key=_tier, default=None)


def _tier(entry: PlanAdvice) -> int:
    return entry.plan.tier


def _more(members: Sequence[Member], other: PlanAdvice, reading: str) -> ToPay | None:
    """What the other plan costs these accounts more; None where that of one cannot be told."""
    known = []
    for member in members:
        entries = {entry.plan.id: entry for entry in member.advice.plans}
        found = to_pay_more(member.advice, entries[other.plan.id], member.advice.taken, reading)
        if found is None:
            return None
        known.append(found)
    return together(known)


def quoted_again(
    catalogue: Catalogue,
    deal: Deal,
    plans: Sequence[str],
    current: Sequence[str | None],
    readings: Sequence[str],
    day: datetime.date,
    needs: Sequence[Needs] = (),
) -> Quotation | None:
    """The same plan for each account of a deal, by the rules of a catalogue; whatever it needs.

    With `needs`, one for each account, the answer also tells how the plans stand to them.

    `current` are the plans of today, of which only those count that the catalogue has. None where a
    plan is not there, or some of it has no known amount.

    Raises:
        UsageError: the catalogue has no such reading, or no plan in force on the day.
    """
    rules = deal.rules(catalogue)
    agreed = deal.agreed.without_voucher if deal.named else deal.agreed
    members, there = [], {plan.id for plan in catalogue.plans}
    every = zip(deal.accounts, plans, current, needs or repeat(None), strict=False)
    for account, plan, held, needed in every:
        usage = deal.usage(account, catalogue)
        if needed is None:
            asked = Needs(current_plan=held if held in there else None)
        else:
            asked = needed.of(catalogue, usage.quantities)
        advice = recommend(rules, asked, usage, readings[0], day, agreed).about(plan)
        if advice.asked is None:
            return None
        members.append(Member(account, advice))
    return quotation(DealAnswer(deal, portfolio(tuple(members), deal.agreed)), readings)
