"""What a quote rests on: assumptions, what to confirm, conditions, sources, the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from supportcli.advice.cautions import cautions, to_confirm
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.catalogue import OpenPoint, PointKind
from supportcli.core.plan import Plan
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.outputs.document.billing import basis_words
from supportcli.outputs.document.model import Block, Heading, Points, Sentence
from supportcli.outputs.document.plan import sources_of
from supportcli.outputs.document.quotation.conditions import condition_words, sale_words
from supportcli.outputs.document.quotation.contract_words import terms_only
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.vendor_questions import asked_first
from supportcli.outputs.document.wording import cited_words, source_words, term_words


def basis_blocks(paper: QuotePaper) -> Iterator[Block]:
    """In the order in which a customer may ask for it."""
    yield from _points(paper, Message("What is assumed"), _assumed(paper))
    yield from _points(paper, Message("To be confirmed by the vendor"), _confirm(paper))
    if paper.letter.internal:
        yield from _points(paper, Message("Take care (internal)"), _doubts(paper))
    yield from _points(paper, Message("Conditions"), _conditions(paper))
    yield from _facts(paper)
    yield from _points(paper, Message("Sources"), _sources(paper))


def _points(paper: QuotePaper, title: Message, items: Iterator[str]) -> Iterator[Block]:
    told = tuple(dict.fromkeys(filter(None, items)))
    if told:
        yield Heading(paper.language.say(title))
        yield Points(told)


def _plans(paper: QuotePaper) -> list[Plan]:
    return [entry.plan for entry in paper.quotation.taken]


def _assumed(paper: QuotePaper) -> Iterator[str]:
    language, quoted = paper.language, paper.quotation
    members = quoted.found.members
    yield from _of_each(paper, [(m.account.name, basis_words(m.advice, True)) for m in members])
    yield from map(language.say, paper.notes)
    for point in _open(paper):
        if point.kind is PointKind.ASSUMPTION or paper.letter.internal:
            yield _point(paper, point)


def _of_each(paper: QuotePaper, said: Sequence[tuple[object, Iterable[Message]]]) -> Iterator[str]:
    """What is said of each by name; what is said of all, once without."""
    whose: dict[str, list[object]] = {}
    for name, messages in said:
        for words in messages:
            whose.setdefault(paper.language.say(words), []).append(name)
    for text, names in whose.items():
        named = Message("{account}: {why}", account=tuple(names), why=text)
        yield text if len(names) == len(said) else paper.language.say(named)


def _open(paper: QuotePaper) -> Iterator[OpenPoint]:
    """The open points about the quoted plans."""
    for point in paper.quotation.advice.catalogue.open_points:
        if any(map(point.concerns, _plans(paper))):
            yield point


def _point(paper: QuotePaper, point: OpenPoint) -> str:
    """With its source for colleagues; for a customer as terms say it."""
    catalogue = paper.quotation.advice.catalogue
    if paper.letter.internal:
        return cited_words(
            Message("{text}", text=point.text), point.cite, catalogue, paper.language
        )
    told = paper.language.text(point.contract or point.text)
    return told if point.contract else terms_only(told)


def _confirm(paper: QuotePaper) -> Iterator[str]:
    """What the vendor has to say before all of it holds: in the customer's edition as sentences."""
    language, confirmed = paper.language, paper.confirmed_by is not None
    members, internal = paper.quotation.found.members, paper.letter.internal
    if not internal:
        yield from map(language.say, (*condition_words(paper), *sale_words(paper)))
    asked: dict[str, tuple[Message, list[Text]]] = {}
    for member in members:
        for point in to_confirm(member.advice, confirmed):
            if point.confirm is not None and internal:
                yield language.text(point.confirm)
            elif point.confirm is not None and not _told_above(paper, point):
                words = _asked_of(member.advice, point)
                _, texts = asked.setdefault(language.say(words), (words, []))
                texts += [] if point.confirm in texts else [point.confirm]
    for words, texts in asked.values():
        yield language.say(Message(words.text, **{**words.values, "what": tuple(texts)}))
    if not internal:
        for member in members:
            yield from map(language.say, _may_cost_less(member.advice))


def _may_cost_less(advice: Advice) -> Iterator[Message]:
    """Plans that would do and may cost less, as far as the vendor is to say so."""
    for entry in asked_first(advice):
        names = {"plan": entry.plan.name, "vendor": advice.catalogue.whom_to_ask}
        if entry is advice.taken:
            continue
        if entry.sold_apart:
            words = Message("{plan} may do with {extra}; {vendor} is to say at which price.")
            yield Message(words.text, **names, extra=entry.sold_apart)
        elif not entry.plan.priced:
            words = Message("{plan} may cost less; {vendor} is to say its price.")
            yield Message(words.text, **names)
        else:
            words = Message("{plan} may cost less if {vendor} sells it.")
            yield Message(words.text, **names)


def _told_above(paper: QuotePaper, point: OpenPoint) -> bool:
    """Whether the sentences above ask it: which reading holds, whether a plan is sold."""
    if point.kind is PointKind.CONTRADICTION and point.headline:
        return bool([*condition_words(paper)])
    doubtful = {entry.plan.id for entry in paper.quotation.taken if entry.doubtful}
    return point.id == "on-sale" and bool(doubtful & set(point.plans))


def _asked_of(advice: Advice, point: OpenPoint) -> Message:
    """The sentence about all points of one plan, or about those of several; `what` is open."""
    vendor, entry = advice.catalogue.whom_to_ask, advice.taken
    if entry is not None and point.plans == (entry.plan.id,):
        words = Message("For {plan}, {vendor} is to confirm: {what}.")
        return Message(words.text, plan=entry.plan.name, vendor=vendor, what="")
    return Message("{vendor} is to confirm: {what}.", vendor=vendor, what="")


def _doubts(paper: QuotePaper) -> Iterator[str]:
    """What colleagues are to know: doubts about the plans, plans that may cost less."""
    say = paper.language.say
    for member in paper.quotation.found.members:
        yield from map(say, cautions(member.advice))
        for entry in asked_first(member.advice):
            yield say(_ask_first(entry))


def _ask_first(entry: PlanAdvice) -> Message:
    name = entry.plan.name
    if entry.sold_apart:
        extra = entry.sold_apart
        return Message("Ask first about the price of {extra} for {name}.", extra=extra, name=name)
    return Message("Ask first about {name}.", name=name)


def _conditions(paper: QuotePaper) -> Iterator[str]:
    say = paper.language.say
    plans = _plans(paper)
    terms = _of_each(paper, [(p.name, (w for _, w in term_words(p.terms))) for p in plans])
    yield from (_told(paper, text) for text in terms)
    catalogue = paper.quotation.advice.catalogue
    yield say(Message("Spend: {text}", text=catalogue.spend))
    yield say(Message("Response times are targets; the vendor's bill prevails."))
    yield say(Message("For all else (scope, exclusions, duties) the vendor's own terms hold."))


def _told(paper: QuotePaper, text: str) -> str:
    """For colleagues all of it; for a customer what are terms."""
    return text if paper.letter.internal else terms_only(text)


def _facts(paper: QuotePaper) -> Iterator[Block]:
    """What the vendor says of scope, duties and charging, group by group."""
    language, plans = paper.language, _plans(paper)
    for group in paper.quotation.advice.catalogue.facts:
        if any(map(group.concerns, plans)):
            items, shown = (
                tuple(filter(None, (_told(paper, language.text(text)) for text in texts)))
                for texts in (group.items, group.shown)
            )
            if items or shown:
                yield Heading(language.text(group.title))
            if items:
                yield Points(items)
            yield from map(Sentence, shown)


def _sources(paper: QuotePaper) -> Iterator[str]:
    """For colleagues all, by the numbers that are cited; for a customer others' own, through."""
    catalogue, language = paper.quotation.advice.catalogue, paper.language
    if paper.letter.internal:
        yield from (source_words(catalogue, source, language) for source in catalogue.sources)
        return
    found = {s.id: s for plan in _plans(paper) for s in sources_of(catalogue, plan)}
    ours = ("derived", "assumed")
    for number, source in enumerate((s for s in found.values() if s.level not in ours), 1):
        note = terms_only(language.text(source.note or ""))
        yield source_words(catalogue, source, language, number=number, note=note)
