"""Service hours: when an engineer answers, by the hours of the gravest targets that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import ClassVar, Self, assert_never

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan, ServiceLevel, Unstated
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.inputs.values.names import leaves_open
from supportcli.needs.channels import unusable
from supportcli.needs.need import (
    Asked,
    Case,
    Cell,
    Choice,
    Eligible,
    Named,
    Need,
    NeedResult,
    Question,
    RowColumn,
    RowValues,
    Status,
    TextReader,
    Unrecorded,
)
from supportcli.needs.response import ResponseNeed, gravest, usable_levels, without_target
from supportcli.patterns import regex
from supportcli.record import NamedTuple, dataclass

_CODE = "hours_not_understood"
_Timed = ServiceLevel | Unstated
"""Whose hours are told: a target, or one that is left open."""

_CLOCK = regex("24 ?[x×/*] ?7|7 ?[x×/*] ?24")


class ServiceHours(Enum):
    """When an engineer must answer."""

    ALWAYS = "24x7"
    BUSINESS = "business"


class HoursName(NamedTuple):
    """What people call such hours, as a reader of names wants it."""

    id: str
    name: Text
    aliases: tuple[str, ...]


HOURS_NAMES = (
    HoursName(
        ServiceHours.ALWAYS.value,
        Text({"en": "24x7", "zh": "7×24 小时"}),
        (
            "24/7",
            "7x24",
            "7×24",
            "24×7",
            "7/24",
            "around the clock",
            "around the clock (24x7)",
            "全天",
            "全天候",
        ),
    ),
    HoursName(
        ServiceHours.BUSINESS.value,
        Text({"en": "business", "zh": "工作时间"}),
        ("business hours", "in business hours", "5x8", "5×8", "8x5", "8×5", "工作日", "上班时间"),
    ),
)


@dataclass(frozen=True, slots=True)
class HoursNeed(Need):
    """The hours in which an engineer must answer."""

    hours: ServiceHours

    field: ClassVar[str] = "hours"
    repeated: ClassVar[bool] = False
    switch: ClassVar[bool] = False
    short: ClassVar[Mapping[str, str]] = {}
    column: ClassVar[str] = "hours"
    aliases: ClassVar[str] = """hours; service hours; support hours; 服务时间; 服务时段; 支持时间;
        支持时段"""
    spoken: ClassVar[str] = "hours; 7[x×*]24; 24[x×*]7; 服务时[间段]; 支持时[间段]"
    row: ClassVar[tuple[RowColumn, ...]] = (
        RowColumn("hours_24x7", "BOOLEAN", _CODE),
        RowColumn("hours_business", "BOOLEAN", _CODE),
    )

    @property
    def key(self) -> str:
        return "hours"

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
        best = self._best(catalogue, plan, asked)
        if best is None:
            status = _without_target(catalogue, plan, asked)
            why = Message("{name}: {text}", name=self.words(catalogue), text=_none(status))
            return NeedResult(self, status, why, plan.cite, lacking=True)
        status = _standing(best, self.hours)[1]
        why = Message("{name}: {text}", name=self.words(catalogue), text=self._why(best))
        if isinstance(best, Unstated):
            return NeedResult(self, status, why, best.cite)
        limit = plan.limit(best.limit) if best.limit else None
        return NeedResult(
            self,
            status,
            _marked(why) if best.assumed else why,
            best.cite,
            limits=(limit,) if limit else (),
        )

    def _best(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> _Timed | None:
        levels = _gravest_levels(catalogue, plan, asked)
        return min(levels, key=lambda level: _standing(level, self.hours)[0], default=None)

    def _why(self, level: _Timed) -> Message:
        """Whether a target's hours are those that are needed, and what they are."""
        always_needed = self.hours is ServiceHours.ALWAYS
        if always_needed and always(level) is None:
            return Message(
                "assumed, as its target runs by the calendar; its hours are not recorded here"
            )
        if always_needed and not always(level):
            return Message("no, {text}", text=_told(level))
        return Message("yes, {text}", text=_told(level))

    def told_of(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message:
        best = self._best(catalogue, plan, asked)
        if best is None:
            return _none(_without_target(catalogue, plan, asked))
        taken = self.hours is ServiceHours.ALWAYS and always(best) is None
        words = Message("24x7") if taken else _told(best)
        assumed = isinstance(best, ServiceLevel) and best.assumed
        return _marked(words) if taken or assumed else words

    def words(self, catalogue: Catalogue) -> Message:
        match self.hours:
            case ServiceHours.ALWAYS:
                return Message("engineers around the clock (24x7)")
            case ServiceHours.BUSINESS:
                return Message("engineers in business hours")
            case _:
                assert_never(self.hours)

    def dropped(self) -> Need | None:
        return None

    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        less = self.hours is ServiceHours.ALWAYS and not result.lacking
        return HoursNeed(ServiceHours.BUSINESS) if less else None

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        return Message("do without {need}", need=self.words(catalogue))

    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        return words

    def flag(self) -> tuple[str, ...]:
        return "--hours", self.hours.value

    def in_rows(self, catalogue: Catalogue) -> bool:
        return True

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        return None if leaves_open(text) else cls(ServiceHours(reader.name(text, HOURS_NAMES)))

    @classmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        return (f"hours: {need.hours.value}" for need in asked.each(cls))

    @classmethod
    def arguments(cls, asked: Asked) -> Mapping[str, object]:
        found = next(iter(asked.each(cls)), None)
        return {} if found is None else {"hours": found.hours.value}

    @classmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        return {"hours": next((need.hours.value for need in asked.each(cls)), None)}

    @classmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {}

    @classmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {}  # each target has its hours

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        """Where some of the plans that would do answer around the clock, and others do not."""
        always = cls(ServiceHours.ALWAYS)
        results = (always.held_against(catalogue, plan, asked) for plan in eligible(asked))
        if len({result.status.counts_as_met for result in results if result}) > 1:
            yield Question(
                Message("When must an engineer answer?"),
                Message("Nights and weekends count only around the clock."),
                (
                    Choice(Message("no requirement"), ""),
                    Choice(Message("in business hours"), ServiceHours.BUSINESS.value),
                    Choice(Message("around the clock (24x7)"), ServiceHours.ALWAYS.value),
                ),
            )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        if any(need.hours is ServiceHours.BUSINESS for need in asked.each(cls)):
            yield iter([cls(ServiceHours.ALWAYS)])

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        """Where it is asked for; the hours of each target are told beside it."""
        for need in asked.each(cls):
            mine, its = (need.held_against(catalogue, each, asked) for each in (plan, other))
            if mine and its and mine.status is Status.MET and not its.status.counts_as_met:
                words = need.words(catalogue)
                if its.status is Status.UNKNOWN:
                    words = Unrecorded(words, other, cls.title(catalogue))
                yield words

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        nobody = Asked((), None)
        mine, its = (
            {always(level) for level in _gravest_levels(catalogue, each, nobody)}
            for each in (plan, other)
        )
        return True in its or (True not in mine and (None in its or None not in mine))

    @classmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
        return False  # whether a target is assumed is told of the target

    @classmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        return (Message("Hours"),) if asked.each(cls) else ()

    @classmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        return tuple(need.told_of(catalogue, plan, asked) for need in asked.each(cls))

    @classmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        return iter(())  # they stand in the table of targets

    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        return self.words(catalogue)

    def in_a_word(self, catalogue: Catalogue) -> Message:
        return Message("{text}", text=self.hours.value)

    @classmethod
    def title(cls, catalogue: Catalogue) -> Message:
        return Message("hours")

    @classmethod
    def left_open(cls, catalogue: Catalogue, asked: Asked) -> bool:
        return False

    @classmethod
    def brief_cell(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> Message | None:
        return None

    @classmethod
    def remark(cls, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message | None:
        return None

    @classmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        return _booleans(next((need.hours for need in asked.each(cls)), None))

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        need = cls.read(text, catalogue, reader)
        return _booleans(need.hours if isinstance(need, cls) else None)

    @classmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return ()

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        for case in cls.row_cases(catalogue, plan, asked, cell):
            result = case.held_against(catalogue, plan, asked)
            if result and not result.status.counts_as_met:
                yield f"NOT ({case.when})"

    @classmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        """Each of the two with each time that is needed, since one target must do for both."""
        times = [*ResponseNeed.row_cases(catalogue, plan, asked, cell)]
        for column, hours in zip(
            cls.row, (ServiceHours.ALWAYS, ServiceHours.BUSINESS), strict=True
        ):
            value, need = cell(column.name), cls(hours)
            if value == "FALSE":
                continue
            for when, time, _ in times:
                yield Case(f"{value} AND COALESCE({when}, FALSE)", need, (time,))
            others = " OR ".join(f"({when})" for when, *_ in times) or "FALSE"
            yield Case(f"{value} AND NOT COALESCE({others}, FALSE)", need)


def _gravest_levels(catalogue: Catalogue, plan: Plan, asked: Asked) -> Sequence[_Timed]:
    """The targets for the gravest severity that the plan has any for.

    Where a time is needed too, those that keep it: one target must do for both.
    """
    for severity in catalogue.severities:
        levels = usable_levels(plan, severity.id, asked)
        times = [need.within for need in asked.each(ResponseNeed) if need.severity == severity.id]
        quick = [level for level in levels if all(level.target.within(time) for time in times)]
        if levels:
            return quick or levels
    closed = unusable(asked)
    return [each for each in plan.unstated if each.hours and each.channel not in closed]


def always(level: _Timed) -> bool | None:
    """Whether a target holds around the clock; None where its hours are not recorded here."""
    if isinstance(level, ServiceLevel) and level.target.business:
        return False
    if level.hours is None:
        return None
    return any(_CLOCK.search(words) for words in level.hours.by_language.values())


def _standing(level: _Timed, wanted: ServiceHours) -> tuple[int, Status]:
    """How good a target is for what is wanted, the best first, and what that comes to.

    One that counts by the calendar is assumed to hold at night too where no hours are stated.
    """
    clock = always(level)
    if wanted is ServiceHours.ALWAYS and clock is False:
        return 4, Status.NOT_MET
    if isinstance(level, Unstated):
        return 1, Status.MET
    if level.limit is not None:
        return 3, Status.MET_WITHIN_LIMIT
    if level.assumed or (wanted is ServiceHours.ALWAYS and clock is None):
        return 2, Status.ASSUMED
    return 1, Status.MET


def _told(level: _Timed) -> Message:
    if level.hours is not None or isinstance(level, Unstated):
        return Message("{text}", text=level.hours)
    return Message("in business hours") if level.target.business else Message("by the calendar")


def _without_target(catalogue: Catalogue, plan: Plan, asked: Asked) -> Status:
    """What the lack of a target says of the hours: nothing, where somebody can be asked at all."""
    closed = unusable(asked)
    if any(
        channel.has_targets and plan.channels.get(channel.id) and channel.id not in closed
        for channel in catalogue.channels
    ):
        return Status.UNKNOWN
    return without_target(catalogue, plan, gravest(catalogue), asked)


def _none(status: Status) -> Message:
    return Message("not recorded") if status is Status.UNKNOWN else Message("not offered")


def _marked(words: Message) -> Message:
    return Message("{words} (assumed)", words=words)


def _booleans(hours: ServiceHours | None) -> RowValues:
    """Whether around the clock, whether in business hours at least."""
    return hours is ServiceHours.ALWAYS, hours is ServiceHours.BUSINESS
