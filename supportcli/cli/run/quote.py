"""From the flags of `quote` to its document."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from supportcli.advice.letter import Letter
from supportcli.advice.portfolio import DealAnswer
from supportcli.cli.run.asking import asks, questions
from supportcli.cli.run.decide import Decided, decided_on
from supportcli.cli.run.quote_forms import unsaid, written_quote
from supportcli.cli.run.replay import replay
from supportcli.cli.run.understand import (
    catalogue_of,
    hindsight,
    noted,
    overdue,
    understand,
    valid,
)
from supportcli.cli.settings import Settings, origins, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import ExitCode, Message, Problem, UsageError
from supportcli.errors import quoted as quoted_text
from supportcli.inputs.answers.letter import read_letter
from supportcli.inputs.answers.reader import left_open
from supportcli.inputs.answers.sources import Layers, from_config, layered, read_each
from supportcli.inputs.answers.without_effect import without_effect
from supportcli.inputs.catalogue.excerpt import excerpt
from supportcli.inputs.values.dates import read_date
from supportcli.language import Language
from supportcli.outputs.console import Surface
from supportcli.outputs.document.inquiries import fits_none_words
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.telling import reading_notes
from supportcli.outputs.document.view import View
from supportcli.outputs.formats.forms import ending_of, form_of
from supportcli.patterns import regex
from supportcli.quotes.paper import plans_of, readings_of
from supportcli.quotes.paper import quoted as figures_of
from supportcli.safe import safe

_DAYS = regex(r"([1-9][0-9]{0,3}) ?(?:d|days?|天|日)", re.IGNORECASE)


def quoted(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Ask where it is wanted, decide, write the document; exit 4 where no plan fits."""
    settings = of_quotes(read_settings(flags, language, "quote"))
    catalogue = catalogue_of(settings)
    asking = asks(settings, flags)
    problems = list(settings.problems)
    letter = read_letter(settings.given, language.code, problems)
    settings = settings._replace(problems=tuple(problems))
    deciding = _as_json(settings)
    understood = understand(deciding, catalogue, settings.given)
    settings.look()
    if settings.form == "pdf":
        from supportcli.outputs.browser import browser

        browser()  # none there is said before anything is asked
    decided = (
        _asked(deciding, catalogue, understood.deal.plan)
        if asking
        else decided_on(deciding, catalogue, settings.given, understood)
    )
    found = decided.found
    _tell(settings, decided, catalogue)
    if not any(member.advice.taken for member in found.portfolio.members):
        settings.warn(_nothing(found))
        return ExitCode.NO_PLAN
    settings.deliver(document_of(settings, decided, letter, catalogue))
    _keep(settings, decided, catalogue)
    return ExitCode.DONE if found.portfolio.fits else ExitCode.NO_PLAN


def quote_below(advice: Settings, catalogue: Catalogue, said: Layers, path: Path) -> None:
    """The quote of an answer to questions, as `quote` with these flags makes it; into a file.

    Raises:
        UsageError: it cannot be made of what was said.
        OutputError: the file cannot be written.
    """
    given = layered(said, from_config(os.environ, of_quotes=True))
    form = form_of(ending_of(path)) or ""
    asked = advice._replace(given=given, out=path, form=form, language=advice.asked)
    settings = of_quotes(asked._replace(surface=Surface(None), problems=()))
    problems = list(settings.problems)
    letter = read_letter(settings.given, settings.language.code, problems)
    settings = settings._replace(problems=tuple(problems))
    settings.look()
    understood = understand(settings, catalogue, settings.given)
    decided = decided_on(settings, catalogue, settings.given, understood)
    if not any(member.advice.taken for member in decided.found.portfolio.members):
        raise UsageError(_nothing(decided.found))
    settings.deliver(document_of(settings, decided, letter, catalogue))


def document_of(
    settings: Settings, decided: Decided, letter: Letter, catalogue: Catalogue
) -> str | bytes:
    """The quote in the form that was asked for; what the form has no place for is told.

    Raises:
        UsageError: some of it has no known amount.
        OutputError: it is to be a PDF, and none can be printed.
    """
    paper = _paper(settings, decided, letter)
    for words in unsaid(paper, settings):
        settings.tell(words)
    return written_quote(paper, _chat(settings, decided, catalogue), settings)


def of_quotes(settings: Settings) -> Settings:
    """As quotes take them: without other plans beside, and valid until a day."""
    given = {name: one for name, one in settings.given.items() if name != "beside"}
    return _dated(settings._replace(given=given))


def _dated(settings: Settings) -> Settings:
    """With the day until which it is valid; what is neither that nor so many days is noted."""
    given = settings.given.get("valid_until")
    if given is None or not given.texts[0].strip():
        return settings
    problems = list(settings.problems)
    until = read_each(given, lambda text: _until(text, settings.today), problems)
    layers = {name: one for name, one in settings.given.items() if name != "valid_until"}
    if until:
        layers["valid_until"] = given._replace(texts=(until[0].isoformat(),))
    return settings._replace(given=layers, problems=tuple(problems))


def _until(text: str, today: datetime.date) -> datetime.date:
    """So many days from today, or the day itself."""
    days = _DAYS.fullmatch(text.strip())
    if days is not None:
        return today + datetime.timedelta(days=int(days[1]))
    try:
        return read_date(text)
    except UsageError:
        words = Message(
            "{text} is neither days nor a date; write 30d or 2026-12-31", text=quoted_text(text)
        )
        raise UsageError(words) from None


def _as_json(settings: Settings) -> Settings:
    """Rows of a quote are its lines: unlike payments they hang on no day that may be unknown."""
    return settings._replace(form="json") if settings.form == "csv" else settings


def _asked(settings: Settings, catalogue: Catalogue, plan: str | None) -> Decided:
    questionnaire = questions(settings, catalogue, plan)
    questionnaire.ask()
    return decided_on(settings, catalogue, questionnaire.said)


def _tell(settings: Settings, decided: Decided, catalogue: Catalogue) -> None:
    """How the flags were understood, beside the document."""
    understood, given = decided.understood, decided.given
    idle = without_effect(understood.deal, given)
    for words in (*understood.said.understood, *idle, *overdue(settings, catalogue)):
        settings.tell(words)
    if settings.verbose:
        for words in origins(given, understood.reading, catalogue.id):
            settings.tell(words)


def _nothing(found: DealAnswer) -> Message:
    """That there is nothing to quote."""
    words = fits_none_words(found.portfolio.members[0].advice)
    return Message("{words}: there is nothing to quote; name a plan with --plan", words=words)


def _paper(settings: Settings, decided: Decided, letter: Letter) -> QuotePaper:
    """The quote whole.

    Raises:
        UsageError: some of it has no known amount.
    """
    found, deal, by = decided.found, decided.found.deal, settings.text("confirmed_by")
    try:
        quoted = figures_of(found, _readings(found, settings, by))
    except UsageError as error:
        where = _spend_of(decided.given)
        raise UsageError([Problem(where, each.message) for each in error.problems]) from None
    whose = letter._replace(
        customer=deal.customer and safe(deal.customer), valid_until=deal.valid_until
    )
    catalogue = quoted.advice.catalogue
    return QuotePaper(
        quoted,
        settings.language,
        whose,
        settings.today,
        settings.as_of,
        by,
        tuple(_notes(settings, decided, catalogue)),
        excerpt(settings.text("plans"), plans_of(quoted)),
    )


def _spend_of(given: Layers) -> str:
    """Where the spend was given."""
    return next((given[name].origin for name in ("spend", "account") if name in given), "--spend")


def _readings(found: DealAnswer, settings: Settings, by: str | None) -> tuple[str, ...]:
    return readings_of(found, settings.language, "reading" in settings.given or by is not None)


def _notes(settings: Settings, decided: Decided, catalogue: Catalogue) -> Iterator[Message]:
    advice = decided.found.portfolio.members[0].advice
    yield from noted(decided.understood.said.cautions)
    yield from overdue(settings, catalogue)
    yield from hindsight(settings, catalogue)
    yield from reading_notes(advice, "reading" in settings.given, settings.text("confirmed_by"))


def _chat(settings: Settings, decided: Decided, catalogue: Catalogue) -> View:
    """What a chat tells beside the figures; its own lines say whose reading it is."""
    past = (*overdue(settings, catalogue), *hindsight(settings, catalogue))
    deal = decided.found.deal
    return View(
        confirmed_by=settings.text("confirmed_by"),
        notes=(*valid(deal), *noted(decided.understood.said.cautions), *past),
        named="reading" in settings.given,
        customer=deal.customer,
        left_open=left_open(decided.given),
    )


def _keep(settings: Settings, decided: Decided, catalogue: Catalogue) -> None:
    """Save the answers where that is wanted."""
    name = settings.text("save_answers")
    if name:
        again = replay(settings, decided.given, decided.understood, catalogue)
        settings.save(Path(name), again.answers_file())
