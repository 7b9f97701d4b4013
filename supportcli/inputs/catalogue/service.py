"""What a plan promises, from the YAML tree: channels, response targets, TAM, limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from supportcli.core.catalogue import Channel
from supportcli.core.duration import Duration, parse_duration
from supportcli.core.plan import (
    TICKETS,
    Availability,
    Limit,
    Plan,
    Resemblance,
    ServiceLevel,
    Tam,
    TamFact,
    Unstated,
)
from supportcli.errors import AmountError, Message, quoted
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.strict_yaml.tree import Node, Scalar

_UNKNOWN = "unknown"
_NO_TARGET = "none"


class ServiceReader:
    """Reads the service of a plan against the channels, severities and open points there are."""

    def __init__(
        self,
        entries: EntryReader,
        channels: Mapping[str, Channel],
        severities: Collection[str],
        points: Collection[str],
        quantities: Collection[str],
    ) -> None:
        self.reader = entries.reader
        self.entries = entries
        self.channels = channels
        self.severities = severities
        self.points = points
        self.quantities = quantities

    def channels_of(
        self, node: Node | None, levels: tuple[ServiceLevel, ...]
    ) -> Mapping[str, bool]:
        """Which channels the plan has; one left out that has no target either is not stated."""
        found = {level.channel: True for level in levels if level.channel}
        for key, value in self.reader.named(node).values():
            offered = self.reader.truth(value)
            if offered is not None:
                found[self.entries.reference(key, self.channels, "channels")] = offered
        return MappingProxyType(found)

    def levels(
        self, node: Node | None, limits: Mapping[str, Limit]
    ) -> tuple[tuple[ServiceLevel, ...], tuple[Unstated, ...]]:
        """The response targets, and those that the source leaves open."""
        levels, unstated = [], []
        seen: dict[tuple[str, str | None, str | None], int] = {}
        for item in self.reader.items(node):
            found = self._level(item, limits)
            place = found.channel, found.severity, getattr(found, "limit", None)
            if place in seen:
                message = Message(
                    "this target is given twice, first in line {line}; keep one", line=seen[place]
                )
                self.reader.note(item, message)
            seen.setdefault(place, item.line)
            if isinstance(found, Unstated):
                unstated.append(found)
            else:
                levels.append(found)
        return tuple(levels), tuple(unstated)

    def _level(self, item: Node, limits: Mapping[str, Limit]) -> ServiceLevel | Unstated:
        known = ("channel", "target", "source", "severity", "hours", "engineers", "limit", "note")
        fields = self.reader.fields(item, known, ("target",))
        channel = self._channel(item, fields.get("channel"))
        severity = (
            self.entries.reference(fields.get("severity"), self.severities, "severities") or None
        )
        cite = self.entries.cite(fields.get("source"), item)
        written = fields.get("target")
        if isinstance(written, Scalar) and written.text in (_UNKNOWN, _NO_TARGET):
            hours = self.entries.optional_text(fields.get("hours"))
            return Unstated(channel, severity, cite, hours, written.text == _NO_TARGET)
        target = self.reader.parsed(written, _parse_target)
        return ServiceLevel(
            channel=channel,
            severity=severity,
            target=target or parse_duration("1m"),
            hours=self.entries.optional_text(fields.get("hours")),
            engineers=self.entries.optional_text(fields.get("engineers")),
            limit=self.entries.reference(fields.get("limit"), limits, "limits") or None,
            note=self.entries.optional_text(fields.get("note")),
            cite=cite,
        )

    def _channel(self, item: Node, node: Node | None) -> str:
        """The channel that is named, or the only one that there is with targets."""
        if node is not None:
            return self.entries.reference(node, self.channels, "channels")
        with_targets = [channel.id for channel in self.channels.values() if channel.has_targets]
        if len(with_targets) == 1:
            return with_targets[0]
        self.reader.note(item, Message("field {name} is missing; add it", name="'channel'"))
        return ""

    def tam(self, node: Node | None) -> TamFact:
        """Whether there is a TAM; unknown where nothing is said."""
        if node is None:
            return TamFact(Tam.UNKNOWN, None, None)
        fields = self.reader.fields(
            node,
            ("kind", "note", "source", "assumed", "contested", "dedicated_extra"),
            ("kind",),
        )
        kinds = {kind.value: kind for kind in Tam}
        kind = self.reader.choice(fields.get("kind"), kinds)
        return TamFact(
            kinds.get(kind or "", Tam.UNKNOWN),
            self.entries.optional_text(fields.get("note")),
            self.entries.cite(fields.get("source"), node),
            assumed=self.reader.truth(fields.get("assumed")) or False,
            contested=self.reader.truth(fields.get("contested")) or False,
            dedicated_extra=self.reader.truth(fields.get("dedicated_extra")) or False,
        )

    def limit(self, item: Node) -> Limit:
        """What the plan allows, in a month unless it says otherwise; by its id it counts tickets.

        The old form gives the number as `per_month: 30`, the other as `most: 30, per: month`.
        """
        known = ("id", "counts", "most", "per", "per_month", "text", "source")
        fields = self.reader.fields(item, known, ("id", "text"))
        limit_id = self.entries.identifier(fields.get("id"))
        counts = self.reader.string(fields.get("counts")) if "counts" in fields else None
        countable = (TICKETS, *self.quantities)
        if counts is not None:
            counts = self.entries.reference(fields["counts"], countable, "quantities")
        period = self.reader.choice(fields.get("per"), ("month", "year"))
        if "per_month" in fields and {"most", "per"} & set(fields):
            message = Message("per_month contradicts most and per; write most: 30, per: month")
            self.reader.note(item, message)
        number = self.reader.whole(fields.get("most", fields.get("per_month")))
        text, cite = (
            self.entries.text(fields.get("text")),
            self.entries.cite(fields.get("source"), item),
        )
        if counts is None and limit_id == TICKETS:
            counts = TICKETS
        return Limit(limit_id, number, text, cite, counts, period == "year")

    def availability(self, node: Node | None) -> Availability | None:
        """Doubt about whether the plan is still sold; it needs a source."""
        if node is None:
            return None
        fields = self.reader.fields(node, ("text", "since", "source"), ("text", "source"))
        text = self.entries.text(fields.get("text"))
        since = self.reader.date(fields.get("since"))
        cite = self.entries.cite(fields.get("source"))
        return Availability(text, since, cite)

    def likeness(self, node: Node | None) -> Resemblance | None:
        """The plan whose service this one is assumed to have."""
        if node is None:
            return None
        fields = self.reader.fields(node, ("plan", "assumption"), ("plan", "assumption"))
        return Resemblance(
            self.entries.reference(fields.get("plan"), self.entries.plans, "plans"),
            self.entries.reference(fields.get("assumption"), self.points, "open_points"),
        )


def _parse_target(text: str) -> Duration:
    """A response time; a word that was meant to be `unknown` is no time."""
    if not text.lower().startswith("unk"):
        return parse_duration(text)
    raise AmountError(
        Message("{text} is not a time; write it like 10m, or unknown", text=quoted(text))
    )


def taken_over(plan: Plan, model: Plan) -> Plan:
    """The plan with what it does not state itself taken over from its model, marked as assumed."""
    levels, limits = plan.levels, plan.limits
    if not levels:
        levels = tuple(level._replace(assumed=True) for level in model.levels)
        own = {limit.id for limit in limits}
        needed = {level.limit for level in levels} - own
        limits += tuple(limit for limit in model.limits if limit.id in needed)
    return plan._replace(
        channels=plan.channels or model.channels,
        channels_assumed=plan.channels_assumed or not plan.channels,
        levels=levels,
        limits=limits,
        tam=model.tam._replace(assumed=True) if plan.tam.kind is Tam.UNKNOWN else plan.tam,
    )
