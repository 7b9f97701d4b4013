"""Plans from the YAML tree: the fee under each reading, the service, the doubts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from supportcli.core.duration import parse_duration
from supportcli.core.piecewise import PiecewiseLinear, lesser
from supportcli.core.plan import (
    Availability,
    Fee,
    Limit,
    Plan,
    Resemblance,
    ServiceLevel,
    Tam,
    TamFact,
)
from supportcli.core.schedule import Schedule, normalise
from supportcli.errors import Message, quoted
from supportcli.inputs.entries import EntryReader
from supportcli.inputs.fees import SHAPES, FeeReader, no_reference
from supportcli.inputs.reader import Reader
from supportcli.inputs.yaml_tree import Fields, Node, Scalar

WHOLE_FEE = "fee"
_FREE, _UNKNOWN = "free", "unknown"


class Rule(NamedTuple):
    """How a reading joins the parts of a plan's published fee, before any plan is known."""

    total: Node
    prepaid: Node | None


class PlanReader:
    """Reads plans against the ids that the rest of the catalogue defines."""

    def __init__(
        self,
        entries: EntryReader,
        fees: FeeReader,
        channels: Mapping[str, object],
        severities: Mapping[str, object],
        points: Mapping[str, object],
        rules: Mapping[str, Rule],
    ) -> None:
        self.reader: Reader = entries.reader
        self.entries = entries
        self.fees = fees
        self.channels = channels
        self.severities = severities
        self.points = points
        self.rules = rules
        self.only_whole = all(
            isinstance(rule.total, Scalar) and rule.total.text == WHOLE_FEE
            for rule in rules.values()
        )

    def read(self, node: Node | None) -> tuple[Plan, ...]:
        """Every plan, in the order of the tiers; one like another takes over its service."""
        places: dict[str, Node] = {}

        def read_one(item: Node) -> Plan:
            plan = self._plan(item)
            places.setdefault(plan.id, item)
            return plan

        plans = self.entries.table(node, read_one)
        for plan_id, plan in plans.items():
            model = plans.get(plan.like.plan) if plan.like else None
            if model is plan:
                self.reader.note(
                    places[plan_id],
                    Message("plan {name} is like itself; name another", name=quoted(plan_id)),
                )
            elif model is not None and model.like is not None:
                self.reader.note(
                    places[plan_id],
                    Message(
                        "plan {name} is like {model}, which is like another itself; name that one",
                        name=quoted(plan_id),
                        model=quoted(model.id),
                    ),
                )
            elif model is not None:
                plans[plan_id] = _like(plan, model)
        self._check_tiers(plans, places)
        return tuple(sorted(plans.values(), key=lambda plan: plan.tier))

    def _check_tiers(self, plans: Mapping[str, Plan], places: Mapping[str, Node]) -> None:
        seen: dict[int, str] = {}
        for plan in plans.values():
            if not plan.tier:
                continue
            if plan.tier in seen:
                self.reader.note(
                    places[plan.id],
                    Message(
                        "plans {first} and {second} have the same tier; number the tiers from "
                        "the lowest up",
                        first=quoted(seen[plan.tier]),
                        second=quoted(plan.id),
                    ),
                )
            seen.setdefault(plan.tier, plan.id)

    def _plan(self, item: Node) -> Plan:
        required = ("id", "name", "tier", "fee", "source")
        optional = (
            "fee_text",
            "channels",
            "response",
            "tam",
            "limits",
            "availability",
            "like",
        )
        fields = self.reader.fields(item, (*required, *optional), required)
        before = self.reader.noted
        published = self._published(fields.get("fee"))
        readable = self.reader.noted == before
        limits = self.entries.table(fields.get("limits"), self._limit)
        return Plan(
            id=self.entries.identifier(fields.get("id")),
            name=self.entries.text(fields.get("name")),
            tier=self.reader.whole(fields.get("tier")) or 0,
            currency=self.fees.currency,
            published=published,
            fees=self._fees(fields.get("fee"), published)
            if readable and self.fees.currency
            else None,
            fee_text=self.entries.optional_text(fields.get("fee_text")),
            cite=self.entries.cite(fields.get("source")),
            channels=self._channels(fields.get("channels")),
            levels=tuple(
                self._level(level, limits) for level in self.reader.items(fields.get("response"))
            ),
            tam=self._tam(fields.get("tam")),
            limits=tuple(limits.values()),
            availability=self._availability(fields.get("availability")),
            like=self._likeness(fields.get("like")),
        )

    # The fee

    def _published(self, node: Node | None) -> Mapping[str, Schedule] | None:
        """The named parts of the fee; none where it is free, None where the price is unknown."""
        if isinstance(node, Scalar):
            if node.text not in (_FREE, _UNKNOWN):
                self.reader.note(
                    node,
                    Message(
                        "{text} is not a fee; write free, unknown, or one like {{flat: 5000}} or "
                        "{{percent: 10%}}",
                        text=quoted(node.text),
                    ),
                )
            return None if node.text == _UNKNOWN else MappingProxyType({})
        if isinstance(node, Fields) and (
            any(key.text in SHAPES for key, _ in node.entries)
            or (self.only_whole and len(node.entries) == 1)
        ):
            whole = self.fees.schedule(node, no_reference(self.reader))
            return MappingProxyType({WHOLE_FEE: whole} if whole else {})
        parts = {}
        for name, (_, value) in self.reader.named(node).items():
            schedule = self.fees.schedule(value, no_reference(self.reader))
            if schedule is not None:
                parts[name] = schedule
        return MappingProxyType(parts)

    def _fees(
        self, node: Node | None, published: Mapping[str, Schedule] | None
    ) -> Mapping[str, Fee] | None:
        if published is None or node is None:
            return None
        before = self.reader.noted
        missing = self._missing_parts(node, published)
        for name in missing:
            self._note_missing_part(node, name)
        if missing:
            return None
        fees = {}
        for reading, rule in self.rules.items():
            total = self._under(rule.total, node, published)
            prepaid = self._under(rule.prepaid, node, published)
            if total is None or prepaid is None:
                continue
            if lesser(prepaid, total) != prepaid:
                self.reader.note(
                    node,
                    Message(
                        "under reading {reading} more is prepaid than the whole fee",
                        reading=quoted(reading),
                    ),
                )
            fees[reading] = Fee(total, prepaid)
        return MappingProxyType(fees) if self.reader.noted == before else None

    def _under(
        self, rule: Node | None, plan_fee: Node, published: Mapping[str, Schedule]
    ) -> PiecewiseLinear | None:
        """What a reading's rule makes of this plan's parts; a free plan costs nothing."""
        if rule is None or isinstance(plan_fee, Scalar):
            return PiecewiseLinear.line()

        schedule = self.fees.schedule(rule, lambda name: published.get(name.text))
        return None if schedule is None else normalise(schedule)

    def _missing_parts(
        self, plan_fee: Node, published: Mapping[str, Schedule]
    ) -> tuple[Scalar, ...]:
        """The parts that the readings need and this fee lacks, each where it is first named."""
        missing: dict[str, Scalar] = {}
        if isinstance(plan_fee, Scalar):
            return ()

        def look(name: Scalar) -> None:
            if name.text not in published:
                missing.setdefault(name.text, name)

        quiet = FeeReader(Reader(self.reader.shown), self.fees.currency)
        for rule in self.rules.values():
            for node in (rule.total, rule.prepaid):
                if node is not None:
                    quiet.schedule(node, look)
        return tuple(missing.values())

    def _note_missing_part(self, plan_fee: Node, name: Scalar) -> None:
        if name.text == WHOLE_FEE:
            message = Message(
                "a fee has one shape where there are no readings; write it like {{flat: 5000}} "
                "or {{sum: [{{flat: 5000}}, {{percent: 10%}}]}}"
            )
        else:
            message = Message(
                "the fee has no part {name}, which the readings need (line {line}); add it",
                name=quoted(name.text),
                line=name.line,
            )
        self.reader.note(plan_fee, message)

    # The service

    def _channels(self, node: Node | None) -> Mapping[str, bool]:
        found = {}
        for key, value in self.reader.named(node).values():
            offered = self.reader.truth(value)
            if offered is not None:
                found[self.entries.reference(key, self.channels)] = offered
        return MappingProxyType(found)

    def _level(self, item: Node, limits: Mapping[str, Limit]) -> ServiceLevel:
        required = ("channel", "target", "source")
        optional = ("severity", "hours", "engineers", "limit", "note")
        fields = self.reader.fields(item, (*required, *optional), required)
        target = self.reader.parsed(fields.get("target"), parse_duration)
        return ServiceLevel(
            channel=self.entries.reference(fields.get("channel"), self.channels),
            severity=self.entries.reference(fields.get("severity"), self.severities) or None,
            target=target or parse_duration("1m"),
            hours=self.entries.optional_text(fields.get("hours")),
            engineers=self.entries.optional_text(fields.get("engineers")),
            limit=self.entries.reference(fields.get("limit"), limits) or None,
            note=self.entries.optional_text(fields.get("note")),
            cite=self.entries.cite(fields.get("source")),
        )

    def _tam(self, node: Node | None) -> TamFact:
        if node is None:
            return TamFact(Tam.UNKNOWN, None, None)
        fields = self.reader.fields(
            node, ("kind", "note", "source", "contested"), ("kind", "source")
        )
        kinds = {kind.value: kind for kind in Tam}
        kind = self.reader.choice(fields.get("kind"), kinds)
        return TamFact(
            kinds.get(kind or "", Tam.UNKNOWN),
            self.entries.optional_text(fields.get("note")),
            self.entries.cite(fields.get("source")),
            contested=self.reader.truth(fields.get("contested")) or False,
        )

    def _limit(self, item: Node) -> Limit:
        fields = self.reader.fields(
            item, ("id", "per_month", "text", "source"), ("id", "text", "source")
        )
        return Limit(
            self.entries.identifier(fields.get("id")),
            self.reader.whole(fields.get("per_month")),
            self.entries.text(fields.get("text")),
            self.entries.cite(fields.get("source")),
        )

    def _availability(self, node: Node | None) -> Availability | None:
        if node is None:
            return None
        fields = self.reader.fields(node, ("text", "since", "source"), ("text", "since", "source"))
        text = self.entries.text(fields.get("text"))
        since = self.reader.date(fields.get("since"))
        cite = self.entries.cite(fields.get("source"))
        return None if since is None else Availability(text, since, cite)

    def _likeness(self, node: Node | None) -> Resemblance | None:
        if node is None:
            return None
        fields = self.reader.fields(node, ("plan", "assumption"), ("plan", "assumption"))
        return Resemblance(
            self.entries.reference(fields.get("plan"), self.entries.plans),
            self.entries.reference(fields.get("assumption"), self.points),
        )


def _like(plan: Plan, model: Plan) -> Plan:
    """The plan with what it does not state itself taken over from its model, marked as assumed."""
    levels, limits = plan.levels, plan.limits
    if not levels:
        levels = tuple(level._replace(assumed=True) for level in model.levels)
        own = {limit.id for limit in limits}
        needed = {level.limit for level in levels} - own
        limits += tuple(limit for limit in model.limits if limit.id in needed)
    return plan._replace(
        channels=plan.channels or model.channels,
        levels=levels,
        limits=limits,
        tam=model.tam._replace(assumed=True) if plan.tam.kind is Tam.UNKNOWN else plan.tam,
    )
