"""Whether a quote's figures are right, and what the catalogue of today makes of it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.quotation import Certainty, Quotation
from supportcli.advice.verification import Difference, Moved, Verified
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Points, Row, Sentence, Table, Weight
from supportcli.outputs.document.telling import in_a_row
from supportcli.outputs.document.wording import columns
from supportcli.safe import safe

_INSTEAD = {
    Certainty.ONLY: Message("{now} instead of {then}"),
    Certainty.AT_MOST: Message("at most {now} instead of {then}"),
    Certainty.PROBABLY: Message("probably {now} instead of {then}"),
}
_AS_BEFORE = {
    Certainty.ONLY: Message("{now} as before"),
    Certainty.AT_MOST: Message("at most {now} as before"),
    Certainty.PROBABLY: Message("probably {now} as before"),
}
_MOST = 20  # figures or lines that are told
_LONGEST = 160


def verification(found: Verified, language: Language) -> Iterator[Block]:
    """The verdict, every figure that is wrong, what else was changed, what today makes of it."""
    yield Sentence(language.say(_verdict(found)), Weight.STRONG)
    unsigned = Message(
        "It says that the amounts follow from the rule and the inputs in the file, not who wrote "
        "it: a seal is no signature."
    )
    yield Sentence(language.say(unsigned), Weight.QUIET)
    if found.wrong:
        yield _wrong_table(found.wrong, Message("stated"), language)
    if found.printed is not None and found.printed.wrong:
        yield _wrong_table(found.printed.wrong, Message("the page says"), language)
    for words in _changed(found):
        yield Sentence(language.say(words), Weight.CAUTION)
    if found.changed and not found.untouched:
        yield Points(tuple(_cut(safe(line)) for line in found.changed[:_MOST]), Weight.CAUTION)
    if found.expired is not None:
        words = Message("The quote expired on {date}.", date=found.expired)
        yield Sentence(language.say(words), Weight.CAUTION)
    for words in _today_words(found):
        yield Sentence(language.say(words))
    for words in _compared(found):
        yield Sentence(language.say(words), Weight.QUIET)


def _verdict(found: Verified) -> Message:
    number = safe(found.number)
    if found.wrong:
        words = Message("{number}: figures are not what the rule in the file gives: {count}")
        return Message(words.text, number=number, count=len(found.wrong))
    if found.printed is not None and found.printed.wrong:
        words = Message("{number}: the page shows other figures than the rule gives: {count}")
        return Message(words.text, number=number, count=len(found.printed.wrong))
    if not found.right:
        return Message("{number}: it is not as it was written", number=number)
    return Message("{number}: every amount follows from the rule in the file", number=number)


def _compared(found: Verified) -> Iterator[Message]:
    """What of the page was held against the page made anew."""
    if found.printed is None:
        return
    words = Message(
        "The page was made anew and compared: {count} lines or cells with figures.",
        count=found.printed.figures,
    )
    part = Message(
        "The page was made anew and compared as far as the rule in the file leads: {count} lines "
        "or cells with figures.",
        count=found.printed.figures,
    )
    yield words if found.printed.whole else part
    if found.printed.alike and not found.whole:
        yield Message("The file was saved by another program; one reads the same in it.")


def _wrong_table(wrong: Sequence[Difference], said: Message, language: Language) -> Table:
    titles = columns(language, Message("Where"))
    figures = columns(language, said, Message("computed"), figures=True)
    shown = [*map(_cells, wrong[:_MOST])]
    if len(wrong) > _MOST:
        words = Message("and {count} more", count=len(wrong) - _MOST)
        shown.append((language.say(words), "", ""))
    return Table((*titles, *figures), tuple(map(Row, shown)))


def _cells(one: Difference) -> tuple[str, str, str]:
    stated, computed = (
        "-" if value is None else safe(str(value)) for value in (one.stated, one.computed)
    )
    return safe(one.where), stated, computed


def _changed(found: Verified) -> Iterator[Message]:
    if not found.sealed:
        yield Message("The content was changed after it was written: its SHA-256 is another.")
    if found.today is not None and found.today.altered:
        yield Message("The rule in the file is not that of the catalogue that it names.")
    if not found.untouched:
        words = Message("The page was changed after it was written.")
        lines = Message("The page was changed after it was written; lines that were not there:")
        yield lines if found.changed else words


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def _today_words(found: Verified) -> Iterator[Message]:
    today, name = found.today, safe(found.catalogue)
    if today is None:
        yield Message("There is no catalogue {name} here to compare with; give --plans.", name=name)
    elif today.same:
        yield Message("The catalogue here is the one of the quote.")
    elif today.quoted is None:
        yield Message("The catalogue here is another: it has no such plan or price.")
    elif not found.moved:
        yield Message("The catalogue here is another, older or newer.")
    elif all(each.then == each.now for each in found.moved):
        yield Message("The catalogue here is another, older or newer; the total is the same.")
    else:
        words = Message(
            "The catalogue here is another, older or newer: by it the term costs {words}."
        )
        currency = today.catalogue.currency
        parts = [_moved_words(each, currency) for each in found.moved]
        yield Message(words.text, words=in_a_row(parts))
        yield _basis_words(today.quoted)


def _moved_words(each: Moved, currency: str) -> Message:
    """One total, now and then."""
    then, now = Money(each.then, currency), Money(each.now, currency)
    if then == now:
        return Message(_AS_BEFORE[each.role].text, now=now)
    return Message(_INSTEAD[each.role].text, now=now, then=then)


def _basis_words(now: Quotation) -> Message:
    """What these totals are of, and what they are after."""
    agreed = now.found.agreed
    parts = [Message("The term is of {count} months", count=now.answer.deal.term.months)]
    if agreed.discount is not None:
        parts.append(Message("amounts are after the discount"))
    if agreed.tax is not None:
        parts.append(Message("amounts are with the tax"))
    if agreed.voucher:
        parts.append(Message("what the voucher pays is taken off"))
    return Message("{words}.", words=in_a_row(parts))
