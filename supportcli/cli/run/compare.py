"""From the flags of `compare` to its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from supportcli.advice.comparison import AskedOfAll, Compared, compared
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import hindsight, noted, overdue, rules
from supportcli.cli.settings import Settings, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.exchange import Rate
from supportcli.core.period import Month
from supportcli.errors import (
    AmountError,
    AnswerMissingError,
    ExitCode,
    Message,
    Problem,
    UsageError,
    quoted,
)
from supportcli.inputs.answers.comparison import as_given, in_words, known_needs
from supportcli.inputs.answers.sources import read_each
from supportcli.inputs.catalogue.bundled import SHIPPED, find_catalogue
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.values.amount import cautions_of, read_amount
from supportcli.inputs.values.rates import read_currency, read_rate
from supportcli.language import Language
from supportcli.record import NamedTuple


class _Told(NamedTuple):
    """The answer: a row for each catalogue, what was asked of all, and words about both."""

    rows: tuple[Compared, ...]
    asked: AskedOfAll
    needs: tuple[str, ...]
    words: Mapping[str, Message]
    notes: tuple[Message, ...]


def side_by_side(flags: Mapping[str, object], language: Language) -> ExitCode:
    """A row for each catalogue; exit 4 where no plan of any of them fits."""
    settings = read_settings(flags, language, "compare")
    names = _names(settings)
    told = _told(settings, [rules(load_catalogue(name), settings) for name in names], flags)
    settings.deliver(_written(told, settings), [find_catalogue(name)[0] for name in names])
    fits_none = all(row.fits_none for row in told.rows)
    return ExitCode.NO_PLAN if fits_none else ExitCode.DONE


def _told(
    settings: Settings, catalogues: Sequence[Catalogue], flags: Mapping[str, object]
) -> _Told:
    """The rows, once everything that was given is understood.

    Raises:
        UsageError: every mistake, a missing spend among them.
        AnswerMissingError: nothing is wrong but that there is no spend.
    """
    given = {name: one for name, one in settings.given.items() if name in flags}
    problems = list(settings.problems)
    asked = _asked(settings, catalogues, problems)
    needs = known_needs(given, catalogues, problems)
    _refuse(problems, "spend" in given)
    rows = tuple(
        compared(catalogue, known, asked)
        for catalogue, known in zip(catalogues, needs, strict=True)
    )
    heard = _heard(settings.given["spend"].texts[0], asked.currency)
    notes = (*noted(heard), *_due(settings, catalogues), *hindsight(settings, *catalogues))
    return _Told(rows, asked, as_given(given), in_words(given, catalogues), notes)


def _refuse(problems: list[Problem], has_spend: bool) -> None:
    missing = Message("there is no spend to compare at; give --spend AMOUNT")
    if problems:
        raise UsageError(problems if has_spend else [*problems, Problem("--spend", missing)])
    if not has_spend:
        raise AnswerMissingError(missing)


def _due(settings: Settings, catalogues: Sequence[Catalogue]) -> Iterator[Message]:
    """Which catalogues are past the day of their review."""
    for catalogue in catalogues:
        for words in overdue(settings, catalogue):
            yield Message("{account}: {why}", account=catalogue.whom_to_ask, why=words)


def _written(told: _Told, settings: Settings) -> str:
    """The answer in the form that was asked for."""
    rows, asked, needs, words, notes = told
    if settings.form == "json":
        from supportcli.outputs.formats.json.compare import compare_json
        from supportcli.outputs.formats.json.values import written

        return written(compare_json(rows, asked, needs, settings.as_of, notes, settings.language))
    from supportcli.outputs.document.compare import compare_screen

    return drawn(compare_screen(rows, asked, words, notes, settings.language), settings)


def _names(settings: Settings) -> tuple[str, ...]:
    """The catalogues that are named, each once, else all the shipped ones."""
    given = settings.given.get("plans")
    if given is None:
        return tuple(SHIPPED)
    for name in given.texts:
        if given.texts.count(name) > 1:
            words = Message("{name} is given twice; keep one", name=quoted(name))
            raise UsageError([*settings.problems, Problem(given.origin, words)])
    return given.texts


def _asked(
    settings: Settings, catalogues: Sequence[Catalogue], problems: list[Problem]
) -> AskedOfAll:
    """The spend (0 without one), its currency and the rates to it, with every mistake noted."""
    given = settings.given
    read = read_each(given.get("currency"), read_currency, problems)
    currency = read[0] if read else catalogues[0].currency
    spends = read_each(
        given.get("spend"), lambda text: _spend(text, currency, bool(read)), problems
    )
    rates = tuple(read_each(given.get("rate"), read_rate, problems))
    known = {catalogue.currency for catalogue in catalogues}
    problems += (Problem("--rate", words) for words in _wrong(rates, currency, known))
    start = Month.after(settings.today)
    spend = spends[0] if spends else Fraction(0)
    return AskedOfAll(spend, currency, rates, start, settings.as_of, settings.include_doubtful)


def _heard(text: str, currency: str) -> tuple[Message, ...]:
    """What money hangs on in how the spend was understood."""
    return cautions_of(text, read_amount(text, currency, "month"), currency)


def _spend(text: str, currency: str, said: bool) -> Fraction:
    """A month's spend; of one that is marked as in another currency it is told which flag says so.

    Raises:
        AmountError: it is no amount in that currency.
    """
    try:
        return read_amount(text, currency, "month").value
    except AmountError as error:
        [problem] = error.problems
        given = problem.message.values.get("given")
        if given is None:
            raise
        words = Message("{text} is in {given}; give --currency {given}")
        if said:
            words = Message("{text} is in {given}, which contradicts --currency {currency}")
        raise AmountError(
            Message(words.text, text=quoted(text), given=given, currency=currency)
        ) from None


def _wrong(rates: Sequence[Rate], currency: str, known: set[str]) -> list[Message]:
    """Rates that mean nothing: a second one, that of the user's own currency, one of no row."""
    found = []
    names = [rate.currency for rate in rates]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            found.append(Message("{name} is given twice; keep one", name=quoted(name)))
        if name == currency:
            found.append(
                Message("{name} is the currency that is converted to; leave it out", name=name)
            )
        elif name not in known:
            found.append(
                Message(
                    "no catalogue here has amounts in {name}; they are in: {known}",
                    name=name,
                    known=tuple(sorted(known)),
                )
            )
    return found
