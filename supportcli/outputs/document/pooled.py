"""Blocks told of several accounts: what they share once, what differs by amounts side by side."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import count, groupby
from operator import itemgetter
from typing import TypeVar

from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import (
    Block,
    Chart,
    Heading,
    Points,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.document.pooled_table import AccountNames, PooledTable, in_order
from supportcli.outputs.document.telling import sentence_case
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_BLANK = "\0"  # stands in a text where an amount does
_A_CHOICE = 2  # curves of a chart that shows one


class _PooledSentence(NamedTuple):
    """A sentence, alone or of a list, with blanks for its amounts."""

    listed: bool
    weight: Weight
    text: str
    amounts: tuple[str, ...] = ()


_PooledPart = _PooledSentence | Block
_Key = tuple[Hashable, int]
"""What parts of several accounts have in common, and how often an account had it before."""
_Kind = TypeVar("_Kind")
_PooledLine = tuple[tuple[str, ...], str]
"""Words and the accounts that they are of; none where they name them, or are of all."""


def pooled(
    told: Mapping[str, Sequence[Block]], currency: str, language: Language
) -> Iterator[Block]:
    """What is told of each account, section by section, with the names of those that have it."""
    yield from _Pool(tuple(told), currency, language).blocks(told)


class _Pool:
    def __init__(self, accounts: tuple[str, ...], currency: str, language: Language) -> None:
        self.accounts = accounts
        self.currency = currency
        self.language = language
        self.say = language.say
        self.names = AccountNames(language)
        zero = language.text(Money(Decimal(0), currency))
        sign = re.escape(zero[: zero.index("0")])
        self.amount = regex(rf"-?{sign}\d[\d,]*(?:\.\d+)?")

    def blocks(self, told: Mapping[str, Sequence[Block]]) -> Iterator[Block]:
        """Every section, in the order in which the accounts have them, what has no title first."""
        every = (block for blocks in told.values() for block in blocks)
        most = max((len(b.curves) for b in every if isinstance(b, Chart)), default=0)
        found = {name: _sections(blocks, min(most, _A_CHOICE)) for name, blocks in told.items()}
        for key in sorted(in_order(found.values()), key=lambda key: bool(key[0])):
            whose = {name: parts[key] for name, parts in found.items() if key in parts}
            yield from self._section(key[0], whose)

    def _section(self, title: str, whose: Mapping[str, list[Block]]) -> Iterator[Block]:
        """A section under its title, which names its accounts where they are not all."""
        holders = tuple(whose) if title else self.accounts
        if title:
            words = Message("{name}", name=title)
            if holders != self.accounts and not _is_of(title, *holders):
                words = Message("{text} ({note})", text=title, note=self.names(holders))
            yield Heading(self.say(words))
        found = {name: dict(self._parts(blocks)) for name, blocks in whose.items()}
        for kind, keys in groupby(in_order(found.values()), key=_kind):
            every = [{n: own[key] for n, own in found.items() if key in own} for key in keys]
            if kind is None:
                for parts in every:
                    yield from self._whole(parts, holders)
            else:
                lines = [self._line(_only(_PooledSentence, parts), holders) for parts in every]
                yield from self._told(*kind, lines)

    def _told(self, listed: bool, weight: Weight, lines: Sequence[_PooledLine]) -> Iterator[Block]:
        """Sentences with the accounts that they are of; in a paragraph those of the same ones."""
        if listed:
            yield Points(tuple(self._of(*line) for line in lines), weight)
            return
        for names, run in groupby(lines, key=itemgetter(0)):
            yield Sentence(self._of(names, self.language.joined(text for _, text in run)), weight)

    def _of(self, names: tuple[str, ...], text: str) -> str:
        """Words with the accounts that they are of, unless those are all that are spoken of."""
        if not names:
            return text
        return self.say(Message("{account}: {why}", account=self.names(names), why=text))

    def _parts(self, blocks: Iterable[Block]) -> Iterator[tuple[_Key, _PooledPart]]:
        """What a section has, by what it has in common with that of other accounts."""
        seen: dict[Hashable, Iterator[int]] = {}
        for part in self._split(blocks):
            key = _in_common(part)
            yield (key, next(seen.setdefault(key, count()))), part

    def _split(self, blocks: Iterable[Block]) -> Iterator[_PooledPart]:
        for block in blocks:
            match block:
                case Sentence():
                    for text in block.parts or (block.text,):
                        yield self._said(text, block.weight)
                case Points():
                    for text in block.items:
                        yield self._said(text, block.weight, listed=True)
                case _:
                    yield block

    def _said(
        self, text: str, weight: Weight = Weight.NORMAL, listed: bool = False
    ) -> _PooledSentence:
        amounts = tuple(self.amount.findall(text))
        return _PooledSentence(listed, weight, self.amount.sub(_BLANK, text), amounts)

    def _line(self, said: Mapping[str, _PooledSentence], holders: tuple[str, ...]) -> _PooledLine:
        """A sentence; where its amounts differ from which to which they go, and whose each is."""
        groups: dict[tuple[str, ...], tuple[str, ...]] = {}
        for name, own in said.items():
            groups[own.amounts] = (*groups.get(own.amounts, ()), name)
        slots = [tuple(dict.fromkeys(slot)) for slot in zip(*groups, strict=True)]
        text = _filled(next(iter(said.values())).text, [self._span(slot) for slot in slots])
        if len(groups) > 1:
            differing = [place for place, slot in enumerate(slots) if len(slot) > 1]
            return (), self._with_each(text, groups, differing)
        return () if tuple(said) == holders else tuple(said), text

    def _with_each(
        self, text: str, groups: Mapping[tuple[str, ...], tuple[str, ...]], places: Sequence[int]
    ) -> str:
        """The sentence with each account's amounts behind it."""
        each = (
            Message(
                "{account} {amounts}",
                account=names,
                amounts=tuple(amounts[place] for place in places),
            )
            for amounts, names in groups.items()
        )
        note = reduce(lambda one, two: Message("{first}; {second}", first=one, second=two), each)
        end = text[-1] if text[-1] in ".。" else ""
        words = Message("{text} ({note})", text=text.removesuffix(end), note=note)
        return self.say(words) + end

    def _span(self, amounts: Sequence[str]) -> str:
        low, *_, high = sorted([*amounts, amounts[0]], key=_number)
        return low if low == high else self.say(Message("{low} to {high}", low=low, high=high))

    def _whole(self, parts: Mapping[str, _PooledPart], holders: tuple[str, ...]) -> Iterator[Block]:
        """A table or chart of several accounts."""
        charts, tables = _only(Chart, parts), _only(Table, parts)
        if charts:
            yield from self._chart(charts, holders)
        elif len({*tables.values()}) == 1 and tuple(tables) == holders:
            yield tables[holders[0]]._replace(apart=False)
        else:
            pool = PooledTable(tables, self.currency, self.names, self.language)
            yield pool.table()._replace(apart=False)
            who = tuple(self.names.said_now())
            yield from [Points(who)] if who else []

    def _chart(self, charts: Mapping[str, Chart], holders: tuple[str, ...]) -> Iterator[Block]:
        """The widest of charts alike; where the accounts stand in it in words."""
        widest = max(charts.values(), key=lambda chart: chart.top)
        if len({chart.here for chart in charts.values()}) == 1:
            yield widest
            return
        lines = tuple(dict.fromkeys(line for chart in charts.values() for line in chart.told))
        yield widest._replace(here=None, told=lines)
        stands = {n: self._said(chart.here.text) for n, chart in charts.items() if chart.here}
        yield Sentence(sentence_case(self._of(*self._line(stands, holders))))


def _is_of(title: str, name: str, *others: str) -> bool:
    """Whether a title says that it is of one account."""
    return not others and (title.startswith(f"{name} ") or title.endswith(f" {name}"))


def _only(kind: type[_Kind], parts: Mapping[str, object]) -> dict[str, _Kind]:
    return {name: part for name, part in parts.items() if isinstance(part, kind)}


def _in_common(part: _PooledPart) -> Hashable:
    """What a part has in common with those of other accounts that are told together with it."""
    match part:
        case _PooledSentence():
            return part._replace(amounts=())
        case Table():
            return tuple(column.title for column in part.columns)
        case Chart():
            return part.curves, part.thresholds
        case _:
            return part


def _kind(key: _Key) -> tuple[bool, Weight] | None:
    """Whether sentences stand in a list, and how much they matter; None of what is none."""
    said = key[0]
    return (said.listed, said.weight) if isinstance(said, _PooledSentence) else None


def _sections(blocks: Iterable[Block], curves: int) -> dict[tuple[str, int], list[Block]]:
    """Blocks by the heading above them and how often that was met before.

    Left out are charts with fewer curves.
    """
    found: dict[tuple[str, int], list[Block]] = {}
    key = ("", 0)
    for block in blocks:
        if isinstance(block, Heading):
            key = (block.text, sum(title == block.text for title, _ in found))
            found[key] = []
        else:
            found.setdefault(key, []).append(block)
    few = [
        key
        for key, own in found.items()
        if any(isinstance(block, Chart) and len(block.curves) < curves for block in own)
    ]
    return {key: own for key, own in found.items() if key not in few}


def _filled(text: str, amounts: Sequence[str]) -> str:
    first, *others = text.split(_BLANK)
    return first + "".join(a + other for a, other in zip(amounts, others, strict=True))


def _number(amount: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.-]", "", amount))
