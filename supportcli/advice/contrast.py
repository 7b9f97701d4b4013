"""Two plans side by side: what the one has that the other has not, and the difference in money."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.amounts import annual_difference
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.money import Money
from supportcli.core.plan import Plan
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.needs.need import Unrecorded
from supportcli.needs.registry import KINDS
from supportcli.record import NamedTuple


class ContentChange(NamedTuple):
    """A row of the service table that differs; None where a plan is not described."""

    name: Text
    before: Text | None
    after: Text | None


class Contrast(NamedTuple):
    """What taking one plan instead of another changes.

    `extra` is what it costs more a year (below zero: less; None: that cannot be said), `content`
    the rows of the service table that differ, of the other plan and of this one. `limits` are those
    that the plan has and the other has not; `unrecorded` is what the other has and of which nobody
    says whether the plan has it.
    """

    extra: Money | None
    gains: tuple[Message, ...]
    losses: tuple[Message, ...]
    content: tuple[ContentChange, ...]
    limits: tuple[Message, ...] = ()
    unrecorded: tuple[Message, ...] = ()

    @property
    def worse(self) -> tuple[Message, ...]:
        """What is lost, and what is newly limited."""
        return (*self.losses, *self.limits)

    @property
    def open(self) -> tuple[Message, ...]:
        """That something is not recorded, in one sentence."""
        if not self.unrecorded:
            return ()
        return (Message("not recorded: {things}", things=self.unrecorded),)


def contrast(advice: Advice, entry: PlanAdvice, other: PlanAdvice) -> Contrast:
    """What a customer gains and loses who takes the plan instead of the other one.

    Only channels that can be used count, and only what is known to be better; what the source
    leaves open of either plan, or what is assumed, is said beside it.
    """
    lost = tuple(_better(advice, other.plan, entry.plan, gained=False))
    return Contrast(
        annual_difference(advice, entry, other, either_way=True),
        tuple(_better(advice, entry.plan, other.plan, gained=True)),
        tuple(words for words in lost if not isinstance(words, Unrecorded)),
        tuple(_content(advice, other.plan, entry.plan)),
        tuple(
            Message("a new limit: {limit}", limit=limit.text)
            for limit in entry.plan.limits
            if other.plan.limit(limit.id) is None
        ),
        tuple(dict.fromkeys(words.about for words in lost if isinstance(words, Unrecorded))),
    )


def _content(advice: Advice, before: Plan, after: Plan) -> Iterator[ContentChange]:
    for item in advice.catalogue.content:
        texts = item.by_plan.get(before.id), item.by_plan.get(after.id)
        if texts[0] != texts[1]:
            yield ContentChange(item.name, *texts)


def _better(advice: Advice, plan: Plan, other: Plan, *, gained: bool) -> Iterator[Message]:
    """What the plan has that the other has not, or has only slower or within a limit.

    Told as gained by who takes the plan, or as lost by who takes the other one.
    """
    for kind in KINDS:
        yield from kind.better(advice.catalogue, plan, other, advice.needs, gained=gained)
