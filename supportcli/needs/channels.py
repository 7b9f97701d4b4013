"""Channels that a customer cannot use: what they alone offer does not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from supportcli.core.catalogue import Catalogue, Channel
from supportcli.core.plan import Plan
from supportcli.core.source import Cite
from supportcli.errors import Message
from supportcli.needs.listed import ListedNeed
from supportcli.needs.need import (
    Asked,
    Case,
    Cell,
    Choice,
    Eligible,
    Need,
    NeedResult,
    Question,
    RowColumn,
    RowValues,
    TextReader,
)
from supportcli.record import dataclass


@dataclass(frozen=True, slots=True)
class ChannelNeed(ListedNeed):
    """A channel, by its id, that cannot be used."""

    noun: ClassVar[Message] = Message("channel")
    argument: ClassVar[str] = "without_channels"
    field: ClassVar[str] = "without_channel"
    repeated: ClassVar[bool] = True
    between: ClassVar[str] = ",，;；、\n"
    switch: ClassVar[bool] = False
    short: ClassVar[Mapping[str, str]] = {}
    column: ClassVar[str] = ""
    aliases: ClassVar[str] = ""
    spoken: ClassVar[str] = ""
    row: ClassVar[tuple[RowColumn, ...]] = ()

    @classmethod
    def listed(cls, catalogue: Catalogue) -> tuple[Channel, ...]:
        return catalogue.channels

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        return None

    def words(self, catalogue: Catalogue) -> Message:
        return Message("no use of {channel}", channel=catalogue.channel(self.id).name)

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        return Message("use {channel}", channel=catalogue.channel(self.id).name)

    def in_rows(self, catalogue: Catalogue) -> bool:
        return False

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        return cls(reader.name(text, catalogue.channels))

    @classmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {}

    @classmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {"channels": dict(plan.channels), "channels_assumed": plan.channels_assumed}

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        for channel in deciding_channels(catalogue, asked, eligible):
            yield Question(
                Message("Can your company use this channel: {channel}?", channel=channel.name),
                Message("Without it, the other channels decide."),
                (Choice(Message("yes"), "", "yY是"), Choice(Message("no"), channel.id, "nN否")),
            )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        channels = dict.fromkeys(result.level.channel for result in met if result.level)
        return (iter([cls(channel)]) for channel in channels)

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        return iter(())  # a channel is no gain of its own: what it offers is told as such

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        return all(other.channels.get(name) for name, offered in plan.channels.items() if offered)

    @classmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
        return plan.channels_assumed

    @classmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        return ()

    @classmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        return ()

    @classmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        for channel in catalogue.channels:
            offered = plan.channels.get(channel.id)
            words = Message("not recorded")
            if offered is not None:
                words = Message("yes") if offered else Message("no")
            if offered is not None and plan.channels_assumed:
                words = Message("{words} (assumed)", words=words)
            yield Message("{name}: {text}", name=channel.name, text=words), None

    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        return self.words(catalogue)

    def in_a_word(self, catalogue: Catalogue) -> Message:
        return self.words(catalogue)

    @classmethod
    def title(cls, catalogue: Catalogue) -> Message:
        return Message("channel")

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
        return ()

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        return ()

    @classmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return ()

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        return iter(())

    @classmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        return iter(())


def unusable(asked: Asked) -> frozenset[str]:
    """The ids of the channels that cannot be used."""
    return frozenset(need.id for need in asked.each(ChannelNeed))


def deciding_channels(
    catalogue: Catalogue, asked: Asked, eligible: Eligible
) -> tuple[Channel, ...]:
    """The channels without which fewer priced plans would meet the response times.

    None where there is but one channel with response times: nobody buys support without it.
    """
    if sum(channel.has_targets for channel in catalogue.channels) <= 1:
        return ()
    with_all = eligible(asked)
    return tuple(
        channel
        for channel in catalogue.channels
        if eligible(asked.with_need(ChannelNeed(channel.id))) != with_all
    )
