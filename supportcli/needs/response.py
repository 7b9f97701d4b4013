"""How soon a first response must come for a severity; a response, not a fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import ClassVar, Self

from supportcli.core.catalogue import Catalogue, Channel
from supportcli.core.duration import Duration
from supportcli.core.plan import Plan, ServiceLevel, Unstated
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message, UsageError
from supportcli.inputs.values.duration import read_duration
from supportcli.inputs.values.names import id_of, names_of
from supportcli.inputs.values.texts import half_width, normal, parted
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
from supportcli.needs.targets import level_words, marked
from supportcli.patterns import regex
from supportcli.record import NamedTuple, dataclass, replace

GRAVEST = ""
"""The severity of a response time that names none: the gravest of whichever catalogue."""
_CODE = "response_not_understood"
_EQUALS = regex("(?<![<>≤≦])=")
_BRACKETED = regex(r"(?P<time>[^()]+)\((?P<channels>[^()]+)\)\s*")


@dataclass(frozen=True, slots=True)
class ResponseNeed(Need):
    """How soon a first response must come for a severity; a response, not a fix."""

    severity: str
    within: Duration

    field: ClassVar[str] = "response"
    repeated: ClassVar[bool] = True
    between: ClassVar[str] = ",，;；、\n"
    switch: ClassVar[bool] = False
    short: ClassVar[Mapping[str, str]] = {}
    column: ClassVar[str] = "response"
    aliases: ClassVar[str] = """response; response time; first response; first response time; 响应;
        响应时间; 响应时间要求; 首次响应; 首次响应时间"""
    spoken: ClassVar[
        str
    ] = """response; 响应; 首响; 首次反应; 反应时[间效]; reaction; 时效; sla; service level;
        support level; 服务级别; 服务等级;
        服务水平; 支持级别; 支持等级"""
    row: ClassVar[tuple[RowColumn, ...]] = (
        RowColumn("response_minutes", "INTEGER", _CODE, 1, 10**6),
        RowColumn("response_business", "BOOLEAN", _CODE, belongs="response_minutes"),
    )

    @classmethod
    def of(cls, text: str) -> ResponseNeed:
        """10m, for the gravest severity, or with a severity before it: outage=10m.

        Raises:
            AmountError: it is no time.
        """
        severity, time = _severity_and_time(text)
        return cls(severity or GRAVEST, read_duration(time))

    @property
    def key(self) -> str:
        return f"response:{self.severity}"

    @property
    def asks(self) -> bool:
        return True

    def named(self, catalogue: Catalogue) -> Named | None:
        known = tuple(severity.id for severity in catalogue.severities)
        return Named(self.severity, known, Message("severity"))

    def place(self, catalogue: Catalogue) -> int:
        return [severity.id for severity in catalogue.severities].index(self.severity)

    def in_catalogue(self, catalogue: Catalogue) -> Self:
        known = catalogue.severities
        severity = id_of(self.severity, known) if self.severity else gravest(catalogue)
        return replace(self, severity=severity)

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        usable = usable_levels(plan, self.severity, asked)
        meeting = [level for level in usable if level.target.within(self.within)]
        level = min(meeting, key=_speed) if meeting else min(usable, key=_time, default=None)
        status = _status(catalogue, plan, self.severity, asked, meeting)
        unstated = _unstated_cite(plan, self) if status is Status.UNKNOWN else None
        limit = plan.limit(level.limit) if level and level.limit else None
        return NeedResult(
            self,
            status,
            _sentence(catalogue, plan, self, asked, level, status),
            level.cite if level else unstated,
            level,
            (limit,) if limit else (),
            self._gap(level),
            level is None,
        )

    def _gap(self, level: ServiceLevel | None) -> Fraction | None:
        """How many times too slow a target is."""
        if level is None or level.target.business != self.within.business:
            return None
        return Fraction(level.target.minutes, self.within.minutes)

    def words(self, catalogue: Catalogue) -> Message:
        words = Message("first response within {within}", within=self.within)
        if len(catalogue.severities) == 1:
            return words
        name = catalogue.severity(self.severity).name
        return Message('{words} when "{severity}"', words=words, severity=name)

    def dropped(self) -> Need | None:
        return None

    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        return replace(self, within=result.level.target) if result.level else None

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        if result.level is not None:
            words = Message(
                "accept a first response within {target} instead of {within}",
                target=result.level.target,
                within=self.within,
            )
        elif unusable(asked):
            words = Message("do without a first-response target, or use another channel")
        else:
            words = Message("do without a first-response target")
        return words

    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        if len(asked.each(ResponseNeed)) == 1:
            return words
        name = catalogue.severity(self.severity).name
        return Message('{words} when "{severity}"', words=words, severity=name)

    def flag(self) -> tuple[str, ...]:
        return "--response", self.given

    @property
    def given(self) -> str:
        """It as a text that is read back: outage=10m; 10m where no severity is named."""
        return f"{self.severity}={self.within}" if self.severity else str(self.within)

    def in_rows(self, catalogue: Catalogue) -> bool:
        return self.severity == gravest(catalogue)

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        name, time = _severity_and_time(text)
        severity = gravest(catalogue) if name is None else reader.name(name, catalogue.severities)
        within = reader.duration(_without_channels(time, catalogue))
        return None if within is None else cls(severity, within)

    @classmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        found = asked.each(cls)
        yield from ["response:"] if found else []
        yield from (f"  {need.severity}: {need.within}" for need in found)

    @classmethod
    def arguments(cls, asked: Asked) -> Mapping[str, object]:
        found = asked.each(cls)
        return {"response": [need.given for need in found]} if found else {}

    @classmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        found = asked.each(cls)
        return {
            "response": {need.severity: need.within for need in found},
            "response_hours": {need.severity: need.within.hours for need in found},
        }

    @classmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {}

    @classmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {"response": [*map(_target_facts, plan.levels), *map(_target_facts, plan.unstated)]}

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        choices = tuple(
            Choice(
                Message(
                    "within {time} ({channels})",
                    time=choice.within,
                    channels=tuple(channel.name for channel in choice.channels),
                ),
                str(choice.within),
            )
            for choice in response_choices(catalogue)
        )
        if not choices:
            return
        yield Question(
            Message(
                "How soon must an engineer first respond ({severity})?",
                severity=catalogue.severities[0].name,
            ),
            Message("A first response is not a fix."),
            (Choice(Message("no requirement"), "none"), *choices),
        )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        return (_faster(plans, asked, severity) for severity in asked_severities(catalogue, asked))

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        for severity in catalogue.severities:
            always, limited = _targets(plan, severity.id, asked)
            its, its_limited = _targets(other, severity.id, asked)
            if always is not None and _is_faster(always, its):
                if its is None and its_limited is not None and _is_faster(its_limited, always):
                    continue  # told where the shorter one within a limit is the better one
                level = always
            elif limited is not None and _is_gain(limited, its, its_limited, always):
                level = limited
            else:
                continue
            known = its or its_limited
            if known is None:
                yield _only_here(catalogue, other, severity.id, level, asked)
                continue
            worse = _target(known)
            if its is not None and its_limited is not None:
                fast = its_limited.target
                worse = Message("{target} ({fast} within a limit)", target=worse, fast=fast)
            after, before = (_target(level), worse) if gained else (worse, _target(level))
            yield Message(
                'first response to "{severity}" within {target} instead of {before} (targets)',
                severity=severity.name,
                target=after,
                before=before,
            )

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        undescribed = any(c.has_targets and c.id not in plan.channels for c in catalogue.channels)
        return (
            not plan.unstated
            and not undescribed
            and all(
                _is_had(level, severity.id, other)
                for severity in catalogue.severities
                for level in plan.levels
                if level.severity in (None, severity.id)
            )
        )

    @classmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
        return any(level.assumed for level in plan.levels)

    @classmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        names = [catalogue.severity(s).name for s in asked_severities(catalogue, asked)]
        if len(names) == 1:
            return (Message("First response"),)
        return tuple(Message("First response: {severity}", severity=name) for name in names)

    @classmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        severities = asked_severities(catalogue, asked)
        return tuple(target_cell(catalogue, plan, severity, asked, met) for severity in severities)

    @classmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        return iter(())  # the sheet has a table of them

    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        words = Message("first response in {within}", within=self.within)
        told = [need.severity for need in asked.each(ResponseNeed)]
        if told == [gravest(catalogue)]:
            return words
        name = catalogue.severity(self.severity).name
        return Message('{words} when "{severity}"', words=words, severity=name)

    def in_a_word(self, catalogue: Catalogue) -> Message:
        return Message("{target}", target=self.within)

    @classmethod
    def title(cls, catalogue: Catalogue) -> Message:
        return Message("response")

    @classmethod
    def left_open(cls, catalogue: Catalogue, asked: Asked) -> bool:
        return not asked.each(cls)

    @classmethod
    def brief_cell(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> Message | None:
        severities = asked_severities(catalogue, asked)
        first, *others = (_brief(catalogue, plan, each, asked, met) for each in severities)
        for other in others:
            first = Message("{first} / {second}", first=first, second=other)
        return first

    @classmethod
    def remark(cls, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message | None:
        return None

    @classmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        needs = asked.each(cls)
        return _minutes(next((n.within for n in needs if n.severity == gravest(catalogue)), None))

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        needs = [one for one in cls.read_all(text, catalogue, reader) if isinstance(one, cls)]
        if any(need.severity != gravest(catalogue) for need in needs) or len(needs) > 1:
            raise UsageError(
                Message(
                    'a row asks for the gravest severity only, "{severity}"; write its time alone, '
                    "and give the others with --response",
                    severity=catalogue.severities[0].name,
                )
            )
        return _minutes(needs[0].within if needs else None)

    @classmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return ()

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        """Calendar hours meet either kind of need, business hours only their own."""
        usable = [level.target for level in usable_levels(plan, gravest(catalogue), asked)]
        minutes = cell("response_minutes")
        ways = [f"{minutes} IS NULL"]
        for business in (False, True):
            least = min((t.minutes for t in usable if t.business is business), default=None)
            if least is not None:
                only = f"{cell('response_business')} AND " if business else ""
                ways.append(f"{only}{minutes} >= {least}")
        if minutes != "NULL":
            yield " OR ".join(ways)

    @classmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        """From each target's time on, up to the next, a plan stands alike to all times."""
        minutes, business = cell("response_minutes"), cell("response_business")
        targets = {level.target.minutes for level in usable_levels(plan, gravest(catalogue), asked)}
        starts = sorted(targets) if minutes != "NULL" else []
        for start, end in zip_longest(starts, starts[1:]):
            below = "" if end is None else f" AND {minutes} < {end}"
            within = f"{minutes} >= {start}{below}"
            yield Case(f"{within} AND NOT {business}", cls(gravest(catalogue), Duration(start)))
            yield Case(f"{within} AND {business}", cls(gravest(catalogue), Duration(start, True)))


def _severity_and_time(text: str) -> tuple[str | None, str]:
    """What stands before the last equals sign that is not part of <=, and what after it."""
    *name, time = _EQUALS.split(half_width(text))
    return ("=".join(name).strip() if name else None), time


def _without_channels(text: str, catalogue: Catalogue) -> str:
    """A time without the channels that it holds by, as choices show them: within 2 h (ticket)."""
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed is None:
        return text
    known = names_of(catalogue.channels)
    named = parted(bracketed["channels"], ",、")
    return bracketed["time"] if all(normal(one) in known for one in named) else text


def gravest(catalogue: Catalogue) -> str:
    """The id of the gravest severity."""
    return catalogue.severities[0].id


def asked_severities(catalogue: Catalogue, asked: Asked) -> tuple[str, ...]:
    """The severities with a need; the gravest where there is none."""
    severities = tuple(need.severity for need in asked.each(ResponseNeed))
    return severities or (gravest(catalogue),)


def _minutes(within: Duration | None) -> tuple[int | None, bool]:
    return (None, False) if within is None else (within.minutes, within.business)


def _target_facts(level: ServiceLevel | Unstated) -> Mapping[str, object]:
    """A first-response target; None where the source leaves it open."""
    stated = level if isinstance(level, ServiceLevel) else None
    return {
        "severity": level.severity,
        "channel": level.channel,
        "target": stated.target if stated else None,
        "hours": stated.target.hours if stated else None,
        "limit": stated.limit if stated else None,
        "assumed": bool(stated and stated.assumed),
        "source": level.cite,
    }


# How a plan stands to a time


def usable_levels(plan: Plan, severity: str, asked: Asked) -> list[ServiceLevel]:
    """The targets for a severity by a channel that can be used."""
    closed = unusable(asked)
    return [
        level
        for level in plan.levels
        if level.severity in (None, severity) and level.channel not in closed
    ]


def fastest_level(plan: Plan, severity: str, asked: Asked) -> ServiceLevel | None:
    """The shortest target for a severity by a usable channel; of equal ones that without quota."""
    return min(usable_levels(plan, severity, asked), key=_time, default=None)


def without_target(catalogue: Catalogue, plan: Plan, severity: str, asked: Asked) -> Status:
    """What the lack of a target means: not met, or unknown where the source does not tell."""
    return _status(catalogue, plan, severity, asked, [])


def _speed(level: ServiceLevel) -> tuple[bool, bool, int]:
    return level.limit is not None, level.target.business, level.target.minutes


def _time(level: ServiceLevel) -> tuple[bool, int, bool]:
    return level.target.business, level.target.minutes, level.limit is not None


def _unstated_cite(plan: Plan, wanted: ResponseNeed) -> Cite:
    """The source that leaves the target open, else that of the plan."""
    cites = (u.cite for u in plan.unstated if u.severity in (None, wanted.severity))
    return next(cites, plan.cite)


def _firm(level: ServiceLevel) -> bool:
    return level.limit is None and not level.assumed


def _status(
    catalogue: Catalogue, plan: Plan, severity: str, asked: Asked, meeting: list[ServiceLevel]
) -> Status:
    if any(level.limit is None for level in meeting):
        return Status.MET if any(_firm(level) for level in meeting) else Status.ASSUMED
    if meeting:
        return Status.MET_WITHIN_LIMIT
    closed = unusable(asked)
    if any(
        open_target.severity in (None, severity)
        and open_target.channel not in closed
        and not open_target.none
        for open_target in plan.unstated
    ):
        return Status.UNKNOWN
    undescribed = [
        channel
        for channel in catalogue.channels
        if channel.has_targets and channel.id not in closed and channel.id not in plan.channels
    ]
    return Status.UNKNOWN if undescribed else Status.NOT_MET


def _sentence(
    catalogue: Catalogue,
    plan: Plan,
    wanted: ResponseNeed,
    asked: Asked,
    level: ServiceLevel | None,
    status: Status,
) -> Message:
    severity = _told_severity(catalogue, wanted, asked)
    subject = _subject(severity)
    if level is None and status is Status.UNKNOWN:
        return Message(
            "{subject} not recorded here; needed within {within}",
            subject=subject,
            within=wanted.within,
        )
    if level is None and not unusable(asked):
        return Message(
            "{subject} needed within {within}; the plan has no target for it",
            subject=subject,
            within=wanted.within,
        )
    if level is None:
        return Message(
            "{subject} needed within {within}; none of the channels that you can use has a target",
            subject=subject,
            within=wanted.within,
        )
    channel = catalogue.channel(level.channel).name
    target = Message(
        "first response within {target} by {channel} (target)", target=level.target, channel=channel
    )
    if severity is not None:
        target = Message(
            'first response to "{severity}" within {target} by {channel} (target)',
            severity=severity,
            target=level.target,
            channel=channel,
        )
    target = marked(target, assumed=level.assumed)
    match status:
        case Status.MET_WITHIN_LIMIT:
            limit = plan.limit(level.limit) if level.limit else None
            words = limit.text if limit else None
            return Message("{target}, limit: {limit}", target=target, limit=words)
        case Status.NOT_MET:
            return Message("{target}, needed {within}", target=target, within=wanted.within)
        case Status.UNKNOWN:
            return Message(
                "{target}, needed {within}; whether another channel is faster is not recorded here",
                target=target,
                within=wanted.within,
            )
        case _:
            return target


def _told_severity(catalogue: Catalogue, wanted: ResponseNeed, asked: Asked) -> Text | None:
    """The severity that a sentence names; None where it is the gravest one and the only one."""
    if len(asked.each(ResponseNeed)) == 1 and wanted.severity == gravest(catalogue):
        return None
    return catalogue.severity(wanted.severity).name


def _subject(severity: Text | None) -> Message:
    """What a sentence on a response time is about."""
    if severity is None:
        return Message("first response (target)")
    return Message('first response (target) when "{severity}"', severity=severity)


def _judged(
    plan: Plan, severity: str, asked: Asked, met: Sequence[NeedResult]
) -> ServiceLevel | None:
    """The target by which the need is judged, else the fastest one."""
    key = f"response:{severity}"
    judged = [result for result in met if result.need == key]
    return judged[0].level if judged else fastest_level(plan, severity, asked)


def target_cell(
    catalogue: Catalogue, plan: Plan, severity: str, asked: Asked, met: Sequence[NeedResult] = ()
) -> Message:
    """A plan's target for a severity, by the channels that can be used, or that there is none."""
    level = _judged(plan, severity, asked, met)
    if level is not None:
        return level_words(level, catalogue.channel(level.channel).name)
    if without_target(catalogue, plan, severity, asked) is Status.NOT_MET:
        return Message("none by your channels") if unusable(asked) else Message("none")
    return Message("not recorded")


def _brief(
    catalogue: Catalogue, plan: Plan, severity: str, asked: Asked, met: Sequence[NeedResult]
) -> Message:
    level = _judged(plan, severity, asked, met)
    if level is not None:
        return _bare(level)
    if without_target(catalogue, plan, severity, asked) is not Status.NOT_MET:
        return Message("?")
    lesser = _of_lesser(catalogue, plan, severity, asked)
    return Message("none") if lesser is None else Message("({target})", target=_bare(lesser))


def _bare(level: ServiceLevel) -> Message:
    target = Message("{target}", target=level.target)
    return Message("{target} ?", target=target) if level.assumed else target


def _of_lesser(
    catalogue: Catalogue, plan: Plan, severity: str, asked: Asked
) -> ServiceLevel | None:
    """The target for the gravest of the lesser severities that the plan has one for."""
    graver_first = [each.id for each in catalogue.severities]
    lesser = graver_first[graver_first.index(severity) + 1 :]
    levels = (fastest_level(plan, each, asked) for each in lesser)
    return next((level for level in levels if level is not None), None)


# What differs from another plan


def _is_had(level: ServiceLevel, severity: str, other: Plan) -> bool:
    return any(
        its.channel == level.channel
        and its.severity in (None, severity)
        and its.target.within(level.target)
        and (its.limit is None or level.limit is not None)
        for its in other.levels
    )


def _only_here(
    catalogue: Catalogue, other: Plan, severity: str, level: ServiceLevel, asked: Asked
) -> Message:
    """A target that the other plan has not, or of which nobody says whether it has."""
    words = Message(
        'first response to "{severity}" within {target} (target)',
        severity=catalogue.severity(severity).name,
        target=_target(level),
    )
    if without_target(catalogue, other, severity, asked) is not Status.UNKNOWN:
        return words
    return Unrecorded(words, other, Message("first response times"))


def _is_gain(
    limited: ServiceLevel,
    its: ServiceLevel | None,
    its_limited: ServiceLevel | None,
    always: ServiceLevel | None,
) -> bool:
    """Whether a target within a limit is better; not where the usual one is worse for it."""
    if always is not None and its is not None and _is_faster(its, always):
        return False
    return _is_faster(limited, its) and _is_faster(limited, its_limited)


def _is_faster(level: ServiceLevel, other: ServiceLevel | None) -> bool:
    """Whether a target is the better one; fewer business hours and more hours are not compared."""
    if other is None:
        return True
    return level.target.within(other.target) and level.target != other.target


def _targets(
    plan: Plan, severity: str, asked: Asked
) -> tuple[ServiceLevel | None, ServiceLevel | None]:
    """The fastest target without a limit, and a faster one within a limit where there is one."""
    usable = usable_levels(plan, severity, asked)
    always = min((v for v in usable if v.limit is None), key=_speed, default=None)
    limited = min((v for v in usable if v.limit is not None), key=_speed, default=None)
    if limited is not None and not _is_faster(limited, always):
        limited = None
    return always, limited


def _target(level: ServiceLevel) -> Message:
    words = Message("{target}", target=level.target)
    return marked(words, limited=level.limit is not None, assumed=level.assumed)


# The times there are


class ResponseChoice(NamedTuple):
    """A first-response time that some plan offers for the gravest severity, with its channels."""

    within: Duration
    channels: tuple[Channel, ...]


def response_choices(catalogue: Catalogue) -> tuple[ResponseChoice, ...]:
    """Every distinct target for the gravest severity, the fastest first.

    Channels with a quota are named only where no other offers the time.
    """
    free: dict[Duration, set[str]] = {}
    limited: dict[Duration, set[str]] = {}
    for plan in catalogue.plans:
        for level in plan.levels:
            if level.severity in (None, gravest(catalogue)):
                found = free if level.limit is None else limited
                found.setdefault(level.target, set()).add(level.channel)
    channels = {**limited, **free}
    return tuple(
        ResponseChoice(target, tuple(c for c in catalogue.channels if c.id in channels[target]))
        for target in sorted(channels, key=_pace)
    )


def times_that_matter(plans: Sequence[Plan], severity: str) -> list[Duration]:
    """The times at which the plans that meet them can change, calendar hours first.

    In business hours, where any target is in them, a calendar target of as long counts too.
    """
    targets = _all_targets(plans, severity)
    calendar = {target for target in targets if not target.business}
    business = {
        Duration(target.minutes, business=True)
        for target in targets
        if len(calendar) < len(targets)
    }
    return sorted(calendar | business, key=_pace)


def _faster(plans: Sequence[Plan], asked: Asked, severity: str) -> Iterator[Need]:
    """Shorter and shorter times, among the targets that there are."""
    needs = asked.each(ResponseNeed)
    wanted = next((n.within for n in needs if n.severity == severity), None)
    targets = {
        target
        for target in _all_targets(plans, severity)
        if wanted is None or (target.within(wanted) and target != wanted)
    }
    for within in sorted(targets, key=_pace, reverse=True):
        yield ResponseNeed(severity, within)


def _all_targets(plans: Sequence[Plan], severity: str) -> set[Duration]:
    levels = (level for plan in plans for level in plan.levels)
    return {level.target for level in levels if level.severity in (None, severity)}


def _pace(target: Duration) -> tuple[bool, int]:
    return target.business, target.minutes
