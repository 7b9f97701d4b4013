"""What limits count: tickets of the busiest month, and quantities that a catalogue counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import ClassVar, Self

from supportcli.core.catalogue import Catalogue
from supportcli.core.currencies import minor_digits
from supportcli.core.piecewise import ZERO, PiecewiseLinear, lesser, plus
from supportcli.core.plan import MONTHS, TICKETS, Limit, Plan
from supportcli.core.source import Cite
from supportcli.errors import Message
from supportcli.inputs.values.count import TICKETS_A_MONTH
from supportcli.needs.need import (
    Asked,
    Case,
    Cell,
    Eligible,
    Named,
    Need,
    NeedResult,
    Question,
    RowColumn,
    RowValues,
    Status,
    TextReader,
)
from supportcli.record import dataclass, replace

_WORST_FIRST = (Status.NOT_MET, Status.UNKNOWN, Status.MET_WITHIN_LIMIT, Status.MET)


@dataclass(frozen=True, slots=True)
class TicketsNeed(Need):
    """How many tickets the busiest month has, or how much each has of a quantity, by its id.

    Raises:
        ValueError: less than none.
    """

    count: int | Fraction
    what: str = TICKETS

    field: ClassVar[str] = TICKETS
    repeated: ClassVar[bool] = False
    switch: ClassVar[bool] = False
    short: ClassVar[Mapping[str, str]] = {}
    column: ClassVar[str] = TICKETS
    aliases: ClassVar[str] = """tickets; ticket count; number of tickets; tickets per month;
        monthly tickets; 工单; 工单数; 工单量; 工单数量; 月工单数; 月工单量; 每月工单数"""
    spoken: ClassVar[str] = "tickets?; 工单"
    row: ClassVar[tuple[RowColumn, ...]] = (
        RowColumn(TICKETS, "INTEGER", "tickets_not_understood", *TICKETS_A_MONTH),
    )

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("tickets are 0 or more")

    @property
    def key(self) -> str:
        return TICKETS if self.what == TICKETS else f"quantity:{self.what}"

    @property
    def asks(self) -> bool:
        return True

    def named(self, catalogue: Catalogue) -> Named | None:
        return None

    def place(self, catalogue: Catalogue) -> int:
        return 0

    def in_catalogue(self, catalogue: Catalogue) -> Self:
        return self

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        words, every = self.words(catalogue), plan.counting(self.what)
        if not every:
            return self._unlimited(catalogue, plan)
        status = min(map(self._within, every), key=_WORST_FIRST.index)
        limits = tuple(limit for limit in every if self._within(limit) is status)
        texts = tuple(limit.text for limit in limits)
        why = Message("{words}: {limit}", words=words, limit=texts)
        if status is not Status.MET and any(map(self._in_a_year_only, limits)):
            why = self._in_a_year(why)
        return NeedResult(self, status, why, limits[0].cite, limits=limits)

    def _within(self, limit: Limit) -> Status:
        """How a limit stands to so many in a month; whether a year's holds may depend on others."""
        if limit.allowed is None:
            return Status.MET_WITHIN_LIMIT
        if self._in_a_year_only(limit):
            return Status.UNKNOWN if self.what == TICKETS else Status.NOT_MET
        return Status.NOT_MET if self.count > limit.allowed else Status.MET

    def _in_a_year_only(self, limit: Limit) -> bool:
        """Whether a year's limit holds for so many in one month, and not in every month."""
        most = limit.allowed
        return limit.yearly and most is not None and self.count <= most < self.count * MONTHS

    def _in_a_year(self, words: Message) -> Message:
        year = self.count * MONTHS
        if self.what == TICKETS:
            return Message(
                "{words}; {year} a year if every month has so many", words=words, year=year
            )
        return Message(
            "{words}; the number counts as each month's: {year} a year", words=words, year=year
        )

    def _unlimited(self, catalogue: Catalogue, plan: Plan) -> NeedResult:
        """What is said where no limit counts it; one of which nobody says what it counts may."""
        words = self.words(catalogue)
        limits = _uncounted(plan) if self.what == TICKETS else ()
        if limits:
            texts = tuple(limit.text for limit in limits)
            why = Message("{words}: {limit}", words=words, limit=texts)
            why = Message("{words}; whether it counts them is not recorded here", words=why)
            return NeedResult(self, Status.UNKNOWN, why, limits[0].cite, limits=limits)
        if self.what == TICKETS and plan.limits:
            why = Message("{words}: no limit on tickets stated", words=words)
        else:
            why = Message("{words}: no limit stated", words=words)
        return NeedResult(self, Status.MET, why, None)

    def words(self, catalogue: Catalogue) -> Message:
        if self.what == TICKETS:
            return Message("{count} tickets in the busiest month", count=self.count)
        name = catalogue.quantity(self.what).name
        return Message("{name}: {number}", name=name, number=self.count)

    def dropped(self) -> Need | None:
        return None

    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        allowed = [limit.a_month for limit in result.limits if limit.a_month is not None]
        return replace(self, count=min(allowed)) if allowed else None

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        if self.what == TICKETS:
            return Message("open fewer tickets ({need})", need=result.why)
        return Message("stay within the limit ({need})", need=result.why)

    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        return words

    def flag(self) -> tuple[str, ...]:
        return ("--tickets", str(self.count)) if self.what == TICKETS else ()

    def in_rows(self, catalogue: Catalogue) -> bool:
        return self.what == TICKETS

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        count = reader.count(text)
        return None if count is None else cls(count)

    @classmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        return (f"tickets: {count}" for count in _tickets(asked))

    @classmethod
    def arguments(cls, asked: Asked) -> Mapping[str, object]:
        count = next(_tickets(asked), None)
        return {} if count is None else {"tickets": int(count)}

    @classmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        return {"tickets": next(_tickets(asked), None)}

    @classmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {
            "limits": [
                {
                    "id": limit.id,
                    "per_month": limit.per_month,
                    "per_year": limit.allowed if limit.yearly else None,
                    "counts": limit.counts,
                    "text": limit.text,
                    "source": limit.cite,
                }
                for limit in plan.limits
            ]
        }

    @classmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {
            "limits": {
                limit.id: {
                    "per_month": limit.per_month,
                    "per_year": limit.allowed if limit.yearly else None,
                    "counts": limit.counts,
                    "text": limit.text,
                }
                for limit in plan.limits
            }
        }

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        if tickets_matter(eligible(asked)):
            yield Question(
                Message("How many tickets in your busiest month?"),
                Message("One of the plans has a limit. Enter if you don't know."),
            )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        """One ticket more than each limit allows."""
        now = next(_tickets(asked), 0)
        limits = {
            most + 1
            for plan in plans
            for limit in plan.counting(TICKETS)
            if (most := limit.a_month) is not None and most >= now
        }
        yield (cls(count) for count in sorted(limits))

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        """A limit that falls away is gained; a new one is no loss, see `new_limits`."""
        for limit in other.limits:
            if plan.limit(limit.id) is None and gained:
                yield Message("no limit stated such as: {limit}", limit=limit.text)

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        return all(_is_as_tight(plan.limit(limit.id), limit) for limit in other.limits)

    @classmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
        return False

    @classmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        return (Message("Limits"),)

    @classmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        limits = tuple(limit.text for limit in plan.limits)
        return (Message("{text}", text=limits) if limits else Message("none stated"),)

    @classmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        return ((Message("{text}", text=limit.text), limit.cite) for limit in plan.limits)

    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        if self.what == TICKETS:
            return Message("{count} tickets a month", count=self.count)
        return self.words(catalogue)

    def in_a_word(self, catalogue: Catalogue) -> Message:
        return (
            Message("{count} tickets", count=self.count)
            if self.what == TICKETS
            else self.words(catalogue)
        )

    @classmethod
    def title(cls, catalogue: Catalogue) -> Message:
        return Message("tickets")

    @classmethod
    def left_open(cls, catalogue: Catalogue, asked: Asked) -> bool:
        return not any(True for _ in _tickets(asked))

    @classmethod
    def brief_cell(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> Message | None:
        return None

    @classmethod
    def remark(cls, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message | None:
        if any(True for _ in _tickets(asked)):
            return None
        most = min(
            (m for li in plan.counting(TICKETS) if (m := li.a_month) is not None), default=None
        )
        return None if most is None else Message("{count} tickets", count=most)

    @classmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        return (next(_tickets(asked), None),)

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        return (reader.count(text),)

    @classmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return ()

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        for limit in plan.counting(TICKETS):
            if limit.a_month is not None:
                yield f"COALESCE({cell(TICKETS)}, 0) <= {limit.a_month}"
        if _uncounted(plan) and not plan.counting(TICKETS):
            yield f"{cell(TICKETS)} IS NULL"

    @classmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        """From none on, and from one more than each limit allows."""
        tickets = cell(TICKETS)
        limits = {limit.a_month for limit in plan.counting(TICKETS)} - {None}
        starts = sorted({0, *(most + 1 for most in limits if most is not None)})
        if tickets == "NULL":
            return
        for start, end in zip_longest(starts, starts[1:]):
            below = "" if end is None else f" AND {tickets} < {end}"
            yield Case(f"{tickets} >= {start}{below}", cls(start))


def _tickets(asked: Asked) -> Iterator[int]:
    """The tickets of the busiest month, if they were told."""
    return (int(need.count) for need in asked.each(TicketsNeed) if need.what == TICKETS)


def _uncounted(plan: Plan) -> tuple[Limit, ...]:
    """Limits of which nobody says what they count, nor that a target holds within them."""
    used = {level.limit for level in plan.levels}
    return tuple(limit for limit in plan.limits if limit.counts is None and limit.id not in used)


def _is_as_tight(mine: Limit | None, its: Limit) -> bool:
    """Whether whatever is within one limit is within the other."""
    if mine is None:
        return False
    if mine.allowed is None or its.allowed is None or mine.counts != its.counts:
        return mine == its
    times = MONTHS if its.yearly and not mine.yearly else 1
    return mine.allowed * times <= its.allowed


def tickets_matter(eligible: Sequence[Plan]) -> bool:
    """Whether a plan with a ticket limit could be the cheapest that meets the other needs.

    It could not where another plan that fits, of a higher tier or without a limit, costs no more
    at any spend under any reading.
    """
    limited = [plan for plan in eligible if plan.counting(TICKETS)]
    return any(not _beaten(plan, eligible) for plan in limited)


def _beaten(plan: Plan, rivals: Sequence[Plan]) -> bool:
    return any(
        not rival.counting(TICKETS) and _always_wins(rival, plan)
        for rival in rivals
        if rival is not plan
    )


def _always_wins(rival: Plan, plan: Plan) -> bool:
    """Whether the rival wins at every spend under every reading; a tie needs the higher tier.

    A lower tier must stay cheaper by a minor unit, or rounding could make a tie of it.
    """
    handicap = PiecewiseLinear.line(
        ZERO if rival.tier > plan.tier else Fraction(1, 10 ** minor_digits(plan.currency))
    )
    fees, rival_fees = plan.fees or {}, rival.fees or {}
    pairs = ((rival_fees[name].per_month, fee.per_month) for name, fee in fees.items())
    return all(lesser(plus(own, handicap), other) == plus(own, handicap) for own, other in pairs)
