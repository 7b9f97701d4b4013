"""What the plan that is advised has less of than today's, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.portfolio import Member
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.renewal import renewal
from supportcli.core.plan import Tam
from supportcli.errors import Message
from supportcli.needs.need import Need, Unrecorded
from supportcli.needs.response import ResponseNeed
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tam import TamNeed, tam_words
from supportcli.outputs.document.first_basis import asked_words
from supportcli.outputs.document.first_screen import Clauses
from supportcli.outputs.document.telling import Telling


def content_lines(telling: Telling) -> Iterator[Clauses]:
    """What is lost by who leaves today's plan; that no need was named stays whatever gives way."""
    words, unasked = _lost_words(telling), asked_words(telling) is None
    if words:
        if unasked:
            first = Message("no needs named: {words}", words=words[0])
            words = (telling.say(first), *words[1:])
        yield _clauses(telling, words, unasked)


def deal_content_lines(telling: Telling, members: Sequence[Member]) -> Iterator[Clauses]:
    """The same of each account that has a plan today; those that lose the same stand together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    unasked = False
    for member in members:
        alone = telling._replace(advice=member.advice)
        if words := _lost_words(alone):
            groups.setdefault(words, []).append(member.account.name)
            unasked |= asked_words(alone) is None
    if groups:
        lost = (
            Message("{account}: {why}", account=tuple(names), why=words)
            for words, names in groups.items()
        )
        count = sum(map(len, groups.values()))
        summed = Message("{count} accounts get less: --explain whatif", count=count)
        line = _clauses(telling, tuple(map(telling.say, lost)), unasked)
        yield line._replace(summed=telling.say(summed)) if len(groups) > 1 else line


def _clauses(telling: Telling, words: tuple[str, ...], unasked: bool) -> Clauses:
    label = telling.say(Message("content"))
    return Clauses(label, words, telling.semicolon, int(unasked), spare=not unasked)


def _lost_words(telling: Telling) -> tuple[str, ...]:
    found, chosen = renewal(telling.advice), telling.advice.taken
    if found is None or chosen is None:
        return ()
    return tuple(map(telling.say, _lost(telling, found.current, chosen)))


def _lost(telling: Telling, old: PlanAdvice, new: PlanAdvice) -> Iterator[Message]:
    advice, plan = telling.advice, new.plan
    if any(_of(telling, ResponseNeed, old, new)):
        target = ResponseNeed.brief_cell(advice.catalogue, plan, advice.needs, new.needs)
        yield Message("first response {target}", target=target)
    if any(_of(telling, TamNeed, old, new)):
        none = plan.tam.kind is Tam.NONE
        yield Message("no TAM") if none else Message("TAM: {kind}", kind=tam_words(plan.tam))
    fewer = sum(
        int(str(each.values.get("count", 1))) for each in _of(telling, ServiceNeed, old, new)
    )
    if fewer:
        words = Message("{count} services less") if fewer > 1 else Message("{count} service less")
        yield Message(words.text, count=fewer)


def _of(telling: Telling, kind: type[Need], old: PlanAdvice, new: PlanAdvice) -> Iterator[Message]:
    """What is known to be lost of a kind."""
    advice = telling.advice
    lost = kind.better(advice.catalogue, old.plan, new.plan, advice.needs, gained=False)
    return (each for each in lost if not isinstance(each, Unrecorded))
