"""The topics that were asked for as blocks, and the list of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from supportcli.advice.usage import YEAR
from supportcli.core.money import exact_money, whole
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.breakeven import threshold_blocks
from supportcli.outputs.document.first_screen import FirstScreen
from supportcli.outputs.document.model import Block, Heading, Row, Sentence, Table, Weight
from supportcli.outputs.document.topic_fees import fee_blocks
from supportcli.outputs.document.topic_months import month_blocks
from supportcli.outputs.document.topic_names import ACCOUNTS, ALL, FULL, LIST, TOPICS
from supportcli.outputs.document.topic_needs import need_blocks
from supportcli.outputs.document.topic_readings import reading_blocks
from supportcli.outputs.document.topic_sources import source_blocks
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.topic_whatif import whatif_blocks
from supportcli.outputs.document.wording import columns, months_words


def _thresholds(subject: Subject) -> Iterator[Block]:
    yield from threshold_blocks(subject.advice, subject.language, subject.in_full)


_BLOCKS: Mapping[str, Callable[[Subject], Iterator[Block]]] = {
    "fees": fee_blocks,
    "needs": need_blocks,
    "readings": reading_blocks,
    "months": month_blocks,
    "sources": source_blocks,
    "whatif": whatif_blocks,
    "thresholds": _thresholds,
}
_AT_A_SPEND = {"fees", "needs", "readings", "months", "whatif", "thresholds"}
_OF_A_YEAR = _AT_A_SPEND - {"months"}
_MOST = 3  # topics to name for an answer


def above(first: FirstScreen, subject: Subject) -> Block:
    """The whole answer where all is asked for, else its first line."""
    view = subject.view
    if view.whole or ALL in view.topics:
        return first
    return Sentence(first.headline, Weight.STRONG)


def topics_of_one(subject: Subject) -> Iterator[Block]:
    """What is told of one account; of a range, which spend of it that is for."""
    before = [*_told_at(subject)]
    yield from before
    topics = (topic for topic in subject.view.topics if topic in _BLOCKS)
    for place, topic in enumerate(topics):
        blocks = _BLOCKS[topic](subject)
        yield from blocks if subject.in_full else _closer(blocks, not (before or place))


def _told_at(subject: Subject) -> Iterator[Block]:
    """At which spend the topics are told, and of which year, where that is a question."""
    spend = subject.advice.usage.spend_counted
    if len(subject.view.span) > 1 and spend is not None and _AT_A_SPEND & {*subject.view.topics}:
        upper = whole(exact_money(spend, subject.advice.catalogue.currency))
        words = Message(
            "What follows is told at {spend} a month, the upper end of the range.", spend=upper
        )
        yield Sentence(subject.language.say(words))
    if _OF_A_YEAR & {*subject.view.topics}:
        yield from first_year([subject])


def _closer(blocks: Iterator[Block], below_title: bool) -> Iterator[Block]:
    """What stands below a title without a line between them: a topic is to fit onto a screen."""
    titled = below_title
    for block in blocks:
        match block:
            case Heading() | Table() if titled:
                yield block._replace(apart=False)
            case _:
                yield block
        titled = isinstance(block, Heading)


def first_year(subjects: Sequence[Subject]) -> Iterator[Block]:
    """That amounts are the first year's, where the term is shorter or another year differs."""
    usages = [subject.advice.usage for subject in subjects]
    usage = usages[0]
    months = usage.origin.term.months if usage.origin else len(usage.months)
    if months < YEAR or any(each.uneven for each in usages):
        words = Message(
            "What follows tells the first year, twelve months from {month}; the term is {months}.",
            month=usage.months[0].month,
            months=months_words(months),
        )
        yield Sentence(subjects[0].language.say(words))


def together(told: Mapping[str, list[Block]], language: Language) -> Iterator[Block]:
    """What is told of each account; those of which the same is told stand together."""
    groups: list[tuple[list[str], list[Block]]] = []
    for name, blocks in told.items():
        alike = next((known for known, others in groups if others == blocks), None)
        if alike is None:
            groups.append(([name], blocks))
        else:
            alike.append(name)
    for known, blocks in groups:
        if blocks:
            yield Heading(language.text(tuple(known)))
            yield from blocks


def left_out(subjects: Sequence[Subject]) -> Iterator[Block]:
    """How to see the whole of the topics that are told in short."""
    language, names = subjects[0].language, {topic.id: topic.name for topic in TOPICS}
    topics = subjects[0].view.topics
    short = [topic for topic in topics if any(_is_short(each, topic) for each in subjects)]
    if short:
        words = ",".join(language.text(names[topic]) for topic in (*short, ALL))
        told = Message("In short; all of it: {command}", command=f"--explain {words}")
        yield Sentence(language.say(told), Weight.QUIET)


def _is_short(subject: Subject, topic: str) -> bool:
    blocks = _BLOCKS.get(topic)
    if blocks is None or subject.in_full:
        return False
    view = subject.view._replace(topics=(topic, FULL))
    return list(blocks(subject)) != list(blocks(subject._replace(view=view)))


def topic_list(subject: Subject, known: Sequence[str]) -> Iterator[Block]:
    """Every topic with what it tells, and those that matter most for this answer."""
    if LIST not in subject.view.topics:
        return
    language = subject.language
    rows = (
        Row((language.text(topic.name), language.say(topic.tells)))
        for topic in TOPICS
        if topic.id in known and topic.id != LIST
    )
    titles = columns(language, Message("--explain TOPIC"), Message("What it tells"))
    yield Table(titles, tuple(rows))
    yield subject.heading(Message("For this answer"))
    names = {topic.id: topic.name for topic in TOPICS}
    yield subject.points(
        Message("{name}: {text}", name=names[topic], text=reason)
        for topic, reason in islice(_telling(subject, known), _MOST)
    )


def _telling(subject: Subject, known: Sequence[str]) -> Iterator[tuple[str, Message]]:
    """Topics with why they matter here, the one that matters most first."""
    found = dict(reversed([each for each in _reasons(subject) if each[0] in known]))
    yield from reversed(found.items())


def _reasons(subject: Subject) -> Iterator[tuple[str, Message]]:
    advice, entry = subject.advice, subject.entry
    yield ACCOUNTS, Message("a plan for each, and one plan for all beside them")
    if advice.recommended is None and advice.closest is not None:
        yield "needs", Message("what each plan lacks")
    if subject.several_readings and not _same(subject):
        yield "readings", Message("what parts at most from probably")
    if advice.agreed.change_amounts:
        yield "fees", Message("from the published fee to what is to be paid")
    if len({month.spend for month in advice.usage.months}) > 1:
        yield "months", Message("the months differ")
    if entry is not None and entry.needs and advice.recommended is not None:
        yield "needs", Message("what each of your needs costs")
    if advice.usage.monthly_spend is None:
        yield "thresholds", Message("from which spend on another plan is the cheapest")
    yield "whatif", Message("what another plan, need or spend would change")
    yield "fees", Message("how each fee comes about")
    yield "sources", Message("how sure all of this is")


def _same(subject: Subject) -> bool:
    """Whether the plan spoken of costs the same however the fee rule is read."""
    fees = subject.entry.plan.fees if subject.entry else None
    return fees is not None and len(set(fees.values())) == 1
