"""The page of a quote made anew from what its file carries, and held against it."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.advice.printed import PageLine, compared
from supportcli.advice.quotation import Quotation, quote_notices, quoted_again
from supportcli.advice.verification import Printed, Today
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, UsageError
from supportcli.inputs.quotes.carried import Carried
from supportcli.inputs.quotes.deal import QuotedDeal
from supportcli.inputs.quotes.letter import quoted_letter, quoted_needs
from supportcli.inputs.quotes.lines import lines_of
from supportcli.inputs.quotes.part import QuotePart
from supportcli.inputs.values.dates import read_date
from supportcli.language import Language, load_language
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.quotes.document import page_of

_LANGUAGES = ("en", "zh")


def printed(
    carried: Carried, said: QuotedDeal, quoted: Quotation | None, today: Today | None
) -> Printed | None:
    """Every figure that the page shows and that is not the one that the rule gives.

    None where the file has no page, or none can be made anew.
    """
    if not carried.page or quoted is None:
        return None
    try:
        page = lines_of(carried.page, carried.form)
        whole = today is not None and today.same and not today.altered
        quotation = _in_full(today.catalogue, carried.told, said) if today and whole else quoted
        found = [
            compared(page, _anew(carried, quotation or quoted, language), strictly=whole)
            for language in _languages(carried.told)
        ]
    except UsageError:
        return None
    return min(found, key=lambda each: len(each.wrong))


def _in_full(
    catalogue: Catalogue, told: Mapping[str, object], said: QuotedDeal
) -> Quotation | None:
    """With everything that the catalogue says beside the fee, and with what was needed."""
    return quoted_again(catalogue.in_force(said.day), *said, needs=quoted_needs(told))


def _languages(told: Mapping[str, object]) -> tuple[Language, ...]:
    """That of the page, with signs of money and with codes of currencies."""
    code = QuotePart(told, "").part("quote").text("language")
    known = code if code in _LANGUAGES else _LANGUAGES[0]
    return load_language(known), load_language(known, symbols=False)


def _anew(carried: Carried, quoted: Quotation, language: Language) -> tuple[PageLine, ...]:
    told = QuotePart(carried.told, "")
    letter, rules = told.part("quote"), told.part("catalogue")
    paper = QuotePaper(
        quoted,
        language,
        quoted_letter(carried.told),
        letter.read("date", read_date),
        rules.read("as_of", read_date),
        rules.maybe("confirmed_by", str),
        _notes(told, quoted, language),
        {},
    )
    return lines_of(page_of(paper, letter.text("number"), carried.form), carried.form)


def _notes(told: QuotePart, quoted: Quotation, language: Language) -> tuple[Message, ...]:
    """What the figures rest on beside them, in its own words."""
    confirmed = not told.part("catalogue").missing("confirmed_by")
    others = {language.say(words) for words in quote_notices(quoted, confirmed)}
    notes = (text for text in told.texts("warnings") if text not in others)
    return tuple(Message("{text}", text=text) for text in notes)
