"""The lines of an answer that is pasted into a chat: at most eight, each told on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from supportcli.advice.price_terms import AS_PUBLISHED, NOTHING, PriceTerms
from supportcli.core.money import format_rate
from supportcli.errors import Message
from supportcli.outputs.document.first_basis import prices_words
from supportcli.outputs.document.first_screen import AmountLine, Clauses, Questions, TextLine
from supportcli.outputs.document.first_terms import Told, after_voucher, voucher_left
from supportcli.outputs.document.telling import Telling, in_a_row, sentence_case
from supportcli.outputs.document.wording import discount_words
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width

MOST_LINES = 8
_ENDS = (".", "。", "?", "？")


class ChatLine(NamedTuple):
    """A line; one that `follows` is told in the line above it where there are too many."""

    text: str
    follows: bool = False


def fitting(telling: Telling, lines: Iterable[ChatLine]) -> list[str]:
    """As many lines as there may be, nothing left out: one that follows joins that above it, where
    both are the shortest together.

    Where none does, the last but one, which is not the closing line, joins the one above it.
    """
    told = list(lines)
    while len(told) > MOST_LINES:
        widths = [cell_width(line.text) for line in told]
        following = (place for place, line in enumerate(told) if line.follows)
        together = {place: widths[place - 1] + widths[place] for place in following}
        place = min(together, key=lambda each: (together[each], -each), default=len(told) - 2)
        above, line = told[place - 1 : place + 1]
        told[place - 1 : place + 1] = [above._replace(text=_after(telling, above.text, line.text))]
    return [line.text for line in told]


def _after(telling: Telling, first: str, second: str) -> str:
    """Two sentences, the first one ended."""
    if not first.endswith(_ENDS):
        first = telling.say(Message("{words}.", words=first))
    return telling.gap.join((first, second))


def headed(telling: Telling, words: Message, terms: PriceTerms | None = None) -> Message:
    """Whose plans they are, and which one it is, with what was agreed."""
    agreed = tuple(_agreed(terms or telling.advice.agreed))
    if agreed:
        words = Message("{text} ({note})", text=words, note=agreed)
    return Message(
        "{vendor} support: {words}", vendor=telling.advice.catalogue.vendor_name, words=words
    )


def _agreed(agreed: PriceTerms) -> Iterator[Message]:
    if agreed.discount is not None:
        yield discount_words(agreed.discount.rate, agreed.discount.prepaid)
    if agreed.tax is not None:
        rate = format_rate(agreed.tax.rate)
        included = Message("{rate} tax included", rate=rate)
        yield included if agreed.tax.included else Message("with {rate} tax", rate=rate)
    if agreed.voucher != NOTHING:
        yield Message("with a voucher")


def amounts_line(
    telling: Telling, lines: Sequence[AmountLine | TextLine], agreed: PriceTerms
) -> str:
    """The amounts of a month and a year, at most and probably, in one line.

    With a voucher they are what is due before it; what is to be paid stands above.
    """
    costs = telling.say(Message("costs"))
    to_pay = agreed != AS_PUBLISHED  # which stands in the place of that label
    told = [telling.say(_amount(line, to_pay and line.label == costs)) for line in lines]
    text = told[0] if len(told) == 1 else telling.semicolon.join(told)
    if to_pay:
        words = Message("To pay: {words}")
        if agreed.voucher:
            words = Message("Due before the voucher: {words}")
        return telling.say(Message(words.text, words=text))
    return sentence_case(text)


def _amount(line: AmountLine | TextLine, bare: bool) -> Message:
    """The amounts behind their label, or bare of it."""
    if isinstance(line, TextLine):
        words = Message("{text}") if bare else Message("{name}: {text}")
        return Message(words.text, name=line.label, text=line.sentences)
    month, year = (" ".join(text.split()) for text in (line.month, line.year))
    words = Message("{month}, {year}") if bare else Message("{label} {month}, {year}")
    return Message(words.text, label=line.label, month=month, year=year)


def labelled(telling: Telling, lines: Iterable[TextLine | Clauses]) -> Iterator[str]:
    """Lines of the first screen, each in one line with its label."""
    for line in lines:
        told: object = line.sentences if isinstance(line, TextLine) else line.few
        words = Message("{name}: {text}", name=line.label, text=told)
        yield sentence_case(telling.say(words))


def way_line(telling: Telling, lines: Iterable[TextLine]) -> Iterator[ChatLine]:
    """From the list price to what is to be paid, at most where two readings are told."""
    for line in lines:
        words = Message("How it comes about: {words}", words=line.sentences)
        if len(telling.readings) > 1:
            words = Message("How it comes about, at most: {words}", words=line.sentences)
        yield ChatLine(telling.say(words))


def voucher_line(telling: Telling, found: Told, voucher: Decimal) -> Iterator[ChatLine]:
    """What is to be paid in the term after a voucher, which comes first; what is left of it."""
    if voucher == NOTHING or not all(found):
        return
    if not any(each.term for each in found[0]):
        left = Message("{left} of the voucher is left.", left=telling.short(voucher))
        yield ChatLine(telling.say(left), follows=True)
        return
    most, *others = dict.fromkeys(after_voucher(telling, found, voucher))
    words = Message("{text}", text=most)
    if others:
        likely = (Message("probably {amount}", amount=other) for other in others)
        words = in_a_row([Message("at most {amount}", amount=most), *likely])
    words = Message(
        "To pay in the term: {words}, after the voucher of {voucher}",
        words=words,
        voucher=telling.short(voucher),
    )
    yield ChatLine(telling.say(in_a_row([words, *voucher_left(telling, found, voucher)])))


def question_lines(telling: Telling, asked: Questions | None) -> Iterator[ChatLine]:
    """What to ask the vendor, and what the answers are worth: each question in a line."""
    if asked is None:
        return
    told = ((item.asked, item.worth, *item.limits) for item in asked.items)
    shown = [asked.between.join(filter(None, parts)) for parts in told]
    if len(shown) > 1:
        shown = [f"{number}) {text}" for number, text in enumerate(shown, 1)]
    words = Message("To ask {vendor}: {text}")
    vendor = telling.advice.catalogue.whom_to_ask
    yield ChatLine(telling.say(Message(words.text, vendor=vendor, text=shown[0])))
    yield from (ChatLine(text, follows=True) for text in shown[1:])


def notes_line(telling: Telling, notes: Sequence[Message]) -> Iterator[ChatLine]:
    """What is to be known of how the answer came about."""
    if notes:
        text = telling.language.joined(map(telling.say, notes))
        yield ChatLine(sentence_case(text), follows=True)


def closing_line(telling: Telling, assumed: bool = False) -> ChatLine:
    """What is left out, whose copy the prices are, what prevails, and what a "?" means."""
    left_out = map(telling.say, _left_out(telling.advice.agreed))
    return ChatLine(telling.language.joined([*left_out, *prices_words(telling, assumed)]))


def _left_out(agreed: PriceTerms) -> Iterator[Message]:
    if agreed.discount is None and agreed.tax is None:
        yield Message("Discount and tax are not included.")
    elif agreed.tax is None:
        yield Message("Tax is not included.")
    elif agreed.discount is None:
        yield Message("No discount is included.")
