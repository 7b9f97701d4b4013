"""From an answer to the quote of it, and the quote in each form that is kept in a file."""

from __future__ import annotations

import datetime
from pathlib import Path

from supportcli.advice.bounds import one_of
from supportcli.advice.letter import Letter
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.quotation import Quotation, quotation
from supportcli.errors import Message, UsageError
from supportcli.inputs.catalogue.excerpt import excerpt
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES, Language, load_language
from supportcli.outputs.document.deal_answer import deal_telling
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.telling import reading_notes, told_readings
from supportcli.safe import safe

ONE_SPEND = Message("a quote is of one spend; give one amount a month")
_PLAIN = Letter()


def quote(
    answer: DealAnswer,
    letter: Letter = _PLAIN,
    *,
    date: datetime.date,
    plans: str | Path | None = None,
    confirmed_by: str | None = None,
    lang: str = "en",
) -> QuotePaper:
    """The quote of an answer, as `supportcli quote` makes it.

    Amounts are in the currency of the catalogue, each rounded to the cent once. Where readings of
    the fee's rule differ the most and the likeliest are told, unless somebody confirmed the one in
    use; rules are those of the first day of the term.

    Args:
        answer: what `recommend` says of a deal.
        letter: what stands around the figures; customer and last day are of the deal, if not here.
        date: the day that it is written on.
        plans: the catalogue of the answer as `load_catalogue` takes it; the quote carries its rule.
        confirmed_by: who confirmed the reading.
        lang: en or zh.

    Raises:
        UsageError: the spend is a range or unknown, no plan fits, a price is not known, or the
            catalogue is another one than that of the answer.
        CatalogueError: the catalogue cannot be read.
    """
    language = load_language(one_of(lang, LANGUAGES))
    deal = answer.deal._replace(
        customer=answer.deal.customer if letter.customer is None else letter.customer,
        valid_until=letter.valid_until or answer.deal.valid_until,
    )
    answer = answer._replace(deal=deal)
    found = quoted(answer, readings_of(answer, language, confirmed_by is not None))
    advice = found.advice
    whose = letter._replace(customer=deal.customer, valid_until=deal.valid_until)
    if load_catalogue(plans).sha256 != advice.catalogue.sha256:
        raise UsageError(Message("the answer is of another catalogue; give its file as plans"))
    texts = ("customer", "number", "prepared_by", "company", "note", "because", "footer")
    said = {name: safe(text) for name in texts if (text := getattr(whose, name)) is not None}
    return QuotePaper(
        found,
        language,
        whose._replace(**said),  # type: ignore[arg-type]
        date,
        deal.term.start,
        confirmed_by,
        tuple(reading_notes(advice, False, confirmed_by)),
        excerpt(plans, plans_of(found)),
    )


def quoted(answer: DealAnswer, readings: tuple[str, ...]) -> Quotation:
    """The figures under these readings.

    Raises:
        UsageError: some of it has no known amount.
    """
    known = all(member.advice.usage.spend_known for member in answer.portfolio.members)
    if answer.deal.ends or not known:
        raise UsageError(ONE_SPEND)
    found = quotation(answer, readings)
    if found is None:
        raise UsageError(_unknown(answer))
    return found


def readings_of(answer: DealAnswer, language: Language, one: bool) -> tuple[str, ...]:
    """The readings that are told: one where it was asked for or confirmed, or none differs."""
    if answer.deal.named:
        return deal_telling(answer, language, one).readings
    return told_readings(answer.portfolio.members[0].advice, one)


def plans_of(found: Quotation) -> set[str]:
    """The plans that the quote speaks of in figures."""
    today = {change.renewal.current.plan.id for change in found.changes}
    others = {step.other.plan.id for step in found.steps}
    return {entry.plan.id for entry in found.taken} | others | today


def _unknown(answer: DealAnswer) -> Message:
    """Why an amount cannot be told."""
    for member in answer.portfolio.members:
        taken = member.advice.taken
        if taken is not None and not taken.plan.priced:
            return Message("the price of {plan} is not known to us", plan=taken.plan.name)
        if taken is None and member.advice.fits_none:
            return Message("no plan fits {account}", account=member.account.name)
    return ONE_SPEND
