"""Plans from the YAML tree: price, service, conditions, each read by its own reader."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.core.conditions import Conditions
from supportcli.core.plan import Apart, Limit, Plan
from supportcli.core.source import Cite
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.conditions import VALIDITY, ConditionsReader
from supportcli.inputs.catalogue.extras import ExtraReader
from supportcli.inputs.catalogue.fees import FEE_FIELDS, PlanFeeReader
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.service import ServiceReader, taken_over
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Node, Scalar

_REQUIRED = ("id", "name", "tier", "fee")
_SERVICE = ("channels", "channels_assumed", "response", "tam", "limits", "availability", "like")
_FIELDS = (
    *_REQUIRED,
    "aliases",
    "short",
    "gets",
    "apart",
    *FEE_FIELDS[1:],
    "part_source",
    "extras",
    "included",
    "history",
    *VALIDITY,
    "terms",
    *_SERVICE,
)

Where = tuple[str, ...]
"""What stands somewhere in the file: a plan by its id, then its field, then an entry of that."""


class PlanReader:
    """Reads plans against the ids that the rest of the catalogue defines."""

    def __init__(
        self,
        entries: EntryReader,
        fees: PlanFeeReader,
        extras: ExtraReader,
        service: ServiceReader,
        terms: ConditionsReader,
        general: Conditions,
    ) -> None:
        self.reader: Reader = entries.reader
        self.entries = entries
        self.fees = fees
        self.extras = extras
        self.service = service
        self.terms = terms
        self.general = general
        self.places: dict[Where, Node] = {}

    def read(self, node: Node | None) -> tuple[Plan, ...]:
        """Every plan, in the order of the tiers; one like another takes over its service."""
        plans = self.entries.table(node, self._placed)
        for plan_id, plan in plans.items():
            model = plans.get(plan.like.plan) if plan.like else None
            if model is plan:
                self.reader.note(
                    self.places[plan_id,],
                    Message("plan {name} is like itself; name another", name=quoted(plan_id)),
                )
            elif model is not None and model.like is not None:
                self.reader.note(
                    self.places[plan_id,],
                    Message(
                        "plan {name} is like {model}, which is like another itself; name that one",
                        name=quoted(plan_id),
                        model=quoted(model.id),
                    ),
                )
            elif model is not None:
                plans[plan_id] = taken_over(plan, model)
            if plan.validity.successor == plan_id:
                self.reader.note(
                    self.places[plan_id,],
                    Message("plan {name} is its own successor; name another", name=quoted(plan_id)),
                )
        self._check_tiers(plans)
        return tuple(sorted(plans.values(), key=lambda plan: plan.tier))

    def _placed(self, item: Node) -> Plan:
        fields = self.reader.fields(item, _FIELDS, _REQUIRED)
        plan = self._plan(item, fields)
        self.places.setdefault((plan.id,), item)
        for name, node in fields.items():
            self.places.setdefault((plan.id, name), node)
        return plan

    def _limits(self, plan_id: str, node: Node | None) -> Mapping[str, Limit]:
        def read_one(item: Node) -> Limit:
            limit = self.service.limit(item)
            self.places.setdefault((plan_id, "limits", limit.id), item)
            return limit

        return self.entries.table(node, read_one)

    def _terms(self, node: Node | None) -> Conditions:
        """Those of all plans where it states no other; none where nothing is known of it."""
        if isinstance(node, Scalar) and node.text == "unknown":
            return Conditions()
        return self.terms.terms(node).over(self.general)

    def _tier(self, node: Node | None) -> int:
        tier = self.reader.whole(node)
        if node is not None and tier == 0:
            self.reader.note(node, Message("tiers are numbered from 1 up; write it like 2"))
        return tier or 0

    def _part_cite(self, node: Node | None) -> Cite | None:
        return None if node is None else self.entries.cite(node)

    def _apart(self, node: Node | None) -> Apart | None:
        kinds = {kind.value: kind for kind in Apart}
        return kinds.get(self.reader.choice(node, kinds) or "")

    def _check_tiers(self, plans: Mapping[str, Plan]) -> None:
        seen: dict[int, str] = {}
        for plan in plans.values():
            if not plan.tier:
                continue  # noted already
            if plan.tier in seen:
                self.reader.note(
                    self.places[plan.id,],
                    Message(
                        "plans {first} and {second} have the same tier; number the tiers from "
                        "the lowest up",
                        first=quoted(seen[plan.tier]),
                        second=quoted(plan.id),
                    ),
                )
            seen.setdefault(plan.tier, plan.id)

    def _plan(self, item: Node, fields: dict[str, Node]) -> Plan:
        plan_id = self.entries.identifier(fields.get("id"))
        rule = self.fees.rule(item, fields)
        limits = self._limits(plan_id, fields.get("limits"))
        extras = tuple(self.entries.table(fields.get("extras"), self.extras.read).values())
        levels, unstated = self.service.levels(fields.get("response"), limits)
        return Plan(
            id=plan_id,
            name=self.entries.text(fields.get("name")),
            tier=self._tier(fields.get("tier")),
            currency=self.fees.fees.currency,
            published=rule.published,
            fees=rule.fees,
            fee_text=rule.text,
            cite=rule.cite,
            channels=self.service.channels_of(fields.get("channels"), levels),
            levels=levels,
            tam=self.service.tam(fields.get("tam")),
            limits=tuple(limits.values()),
            availability=self.service.availability(fields.get("availability")),
            like=self.service.likeness(fields.get("like")),
            unstated=unstated,
            extras=extras,
            included=self.extras.included(fields.get("included"), extras, rule.cite),
            history=self.fees.history(fields.get("history"), rule),
            terms=self._terms(fields.get("terms")),
            validity=self.terms.validity(fields, item),
            aliases=self.entries.aliases(fields.get("aliases")),
            short=self.entries.optional_text(fields.get("short")),
            gets=self.entries.optional_text(fields.get("gets")),
            apart=self._apart(fields.get("apart")),
            channels_assumed=self.reader.truth(fields.get("channels_assumed")) or False,
            part_cite=self._part_cite(fields.get("part_source")),
        )
