"""From the flags of `advise` to its answer: ask, decide, deliver, and say how it ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.dearest import YearCost, dearest_year
from supportcli.advice.portfolio import DealAnswer, Member, Portfolio
from supportcli.advice.sensitivity import Scenario, scenarios, scenarios_at
from supportcli.cli.run.asking import asks, further, has_keys, questions
from supportcli.cli.run.decide import NO_PAYMENTS, Decided, decided_on, topics_for
from supportcli.cli.run.render import drawn
from supportcli.cli.run.replay import keep_so_far, replay
from supportcli.cli.run.status import working
from supportcli.cli.run.understand import (
    Understanding,
    catalogue_of,
    hindsight,
    noted,
    overdue,
    understand,
    unexplained,
    valid,
)
from supportcli.cli.settings import Settings, origins, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import exact_money
from supportcli.errors import ExitCode, Message, UsageError
from supportcli.inputs.answers.reader import left_open
from supportcli.inputs.answers.sources import OF_A_QUESTION, Layers
from supportcli.inputs.answers.without_effect import without_effect
from supportcli.language import Language
from supportcli.outputs.console import write_words
from supportcli.outputs.formats.forms import PAGES
from supportcli.safe import safe
from supportcli.system import in_rows
from supportcli.text_width import cell_width

if TYPE_CHECKING:
    from supportcli.inputs.answers.questionnaire import Questionnaire


def answer(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Ask where it is wanted, decide, deliver the answer, say what else there is to say."""
    settings = read_settings(flags, language, "advise")
    catalogue = catalogue_of(settings)
    asking = asks(settings, flags)
    understood = understand(settings, catalogue, settings.given)
    settings.look()
    if asking:
        return _talk(settings, catalogue, understood.deal.plan)
    decided = decided_on(settings, catalogue, settings.given, understood)
    _deliver(decided, settings, catalogue)
    return _ended(decided, settings, catalogue)


def _talk(settings: Settings, catalogue: Catalogue, plan: str | None) -> ExitCode:
    """Ask, answer, and answer anew whatever is changed; what was answered is kept in any case."""
    questionnaire = questions(settings, catalogue, plan)
    decided = None
    try:
        questionnaire.ask()
        decided = decided_on(settings, catalogue, questionnaire.said)
        _deliver_below(decided, settings, catalogue)
        for topics in further(questionnaire, settings, partial(_quote, settings, catalogue)):
            shown = settings._replace(explain=topics or settings.explain)
            decided = _anew(decided, questionnaire, shown, catalogue)
    except (KeyboardInterrupt, UsageError):
        keep_so_far(settings, questionnaire.so_far, catalogue)
        if decided is not None:
            _tell_again(decided, settings, catalogue)
        raise
    code = _ended(decided, settings, catalogue)
    _tell_again(decided, settings, catalogue)
    return code


def _quote(settings: Settings, catalogue: Catalogue, said: Layers, path: Path) -> None:
    """Write the quote of what was said into a file."""
    from supportcli.cli.run.quote import quote_below

    quote_below(settings, catalogue, said, path)


def _tell_again(decided: Decided, settings: Settings, catalogue: Catalogue) -> None:
    """The command line that gives the answer that was shown last."""
    again = replay(settings, decided.given, decided.understood, catalogue)
    if settings.quiet:
        return
    words = settings.words.say(Message("the same again: {command}", command=""))
    before = f"supportcli: {words}"
    width = settings.aside().surface.width
    write_words(before + in_rows(safe(again.command_line()), width, cell_width(before)))


def _anew(
    decided: Decided, questionnaire: Questionnaire, settings: Settings, catalogue: Catalogue
) -> Decided:
    """The answer to what is said now; where that does not go together it is as it was."""
    try:
        decided = decided_on(settings, catalogue, questionnaire.said)
    except UsageError as error:
        questionnaire.undo()
        for problem in error.problems:
            settings.tell(Message("{text}", text=settings.words.problem(problem)))
    else:
        _deliver_below(decided, settings, catalogue)
    return decided


def _deliver(
    decided: Decided, settings: Settings, catalogue: Catalogue, keys: bool = False
) -> None:
    """The answer, and how the flags were understood beside it; with `keys` below it."""
    _tell(settings, catalogue, decided.given, decided.understood)
    _tell_unfit(decided.found, settings)
    with working(settings, len(decided.understood.deal.accounts)):
        drawn = _in_form(decided, settings, keys)
    settings.deliver(drawn)


def _deliver_below(decided: Decided, settings: Settings, catalogue: Catalogue) -> None:
    """The same below questions, apart from them, as wide as the terminal is by now."""
    write_words("")
    _deliver(decided, settings.measured(), catalogue, has_keys(settings))


def _ended(decided: Decided, settings: Settings, catalogue: Catalogue) -> ExitCode:
    """Keep the answers where that is wanted, and say how it ended."""
    save_to = settings.text("save_answers")
    if save_to:
        again = replay(settings, decided.given, decided.understood, catalogue)
        settings.save(Path(save_to), again.answers_file())
    return _exit_code(decided.found, decided.understood.limit, settings)


def _tell(
    settings: Settings, catalogue: Catalogue, given: Layers, understood: Understanding
) -> None:
    """How the flags were understood, beside the answer."""
    said = understood.said
    told: tuple[Message, ...] = ()
    if settings.form == "csv":  # rows of amounts hold no words
        told = (*said.cautions, *hindsight(settings, catalogue))
    spends = (given[name] for name in ("spend", "account") if name in given)
    if not any(each.origin == OF_A_QUESTION for each in spends):  # else the question tells it
        told = (*said.understood, *told)
    idle = without_effect(understood.deal, given)
    for words in (*told, *idle, *unexplained(settings), *overdue(settings, catalogue)):
        settings.tell(words)
    if settings.verbose:
        for words in origins(given, understood.reading, catalogue.id):
            settings.tell(words)


def _tell_unfit(found: DealAnswer, settings: Settings) -> None:
    """Where rows of amounts leave it out: that there is no plan for an account."""
    if settings.form != "csv":
        return
    for member in found.portfolio.members:
        if member.advice.fits_none:
            from supportcli.outputs.document.inquiries import fits_none_words

            words, name = fits_none_words(member.advice), member.account.name
            settings.tell(Message("{account}: {why}", account=name, why=words) if name else words)
    for words in _left_out(found.portfolio):
        settings.warn(words)


def _left_out(found: Portfolio) -> Iterator[Message]:
    """Whose payments the rows are where they are not those of all."""
    if found.total is not None or not found.purchases:
        return
    known = tuple(member.account.name for member in found.members if member.share is not None)
    words = Message("the payments are those of {accounts} alone", accounts=known)
    yield words if found.payments else NO_PAYMENTS


def _in_form(decided: Decided, settings: Settings, keys: bool) -> str:
    """The answer in the form that was asked for; Rich is loaded only for the table."""
    found, understood = decided.found, decided.understood
    if settings.form == "json":
        return _as_json(found, understood, settings)
    if settings.form == "csv":
        from supportcli.outputs.formats.payments_csv import payments_csv

        return payments_csv(found)
    from supportcli.outputs.document.advice import advice_screen
    from supportcli.outputs.document.view import View

    member = found.portfolio.members[0]
    rules = member.advice.catalogue
    past = (*overdue(settings, rules), *hindsight(settings, rules))
    view = View(
        topics_for(settings, found.deal),
        settings.text("confirmed_by"),
        (*valid(found.deal), *noted(understood.said.cautions), *past),
        _scenarios(member),
        "reading" in settings.given,
        member.account.span,
        settings.form in PAGES,
        found.deal.customer,
        left_open(decided.given),
        keys,
    )
    if settings.form == "chat":
        from supportcli.outputs.document.chat import chat_screen

        return drawn(chat_screen(found, settings.language, view), settings)
    if found.deal.beside:
        from supportcli.outputs.document.beside import beside_screen

        return drawn(beside_screen(found, settings.language, view), settings)
    if found.deal.named:
        from supportcli.outputs.document.accounts import accounts_screen

        return drawn(accounts_screen(found, settings.language, view), settings)
    return drawn(advice_screen(found, settings.language, view), settings)


def _as_json(found: DealAnswer, understood: Understanding, settings: Settings) -> str:
    from supportcli.outputs.formats.json.accounts import accounts_json, with_ends
    from supportcli.outputs.formats.json.beside import with_beside
    from supportcli.outputs.formats.json.values import written

    member = found.portfolio.members[0]
    rules = member.advice.catalogue
    past = (*overdue(settings, rules), *hindsight(settings, rules))
    warnings = (*understood.said.cautions, *past)
    day, language, by = settings.as_of, settings.language, settings.text("confirmed_by")
    named = "reading" in settings.given
    if found.deal.named:
        told = accounts_json(found, day, language, warnings, by)
        return written(with_beside(told, found, language, named))
    from supportcli.outputs.formats.json.advice import advice_json

    spends = _scenarios(member) or scenarios(member.advice)
    told = advice_json(member.advice, language, day, warnings, by, spends, found.deal)
    return written(with_beside(with_ends(told, found, language), found, language, named))


def _scenarios(member: Member) -> tuple[Scenario, ...]:
    """The advice at the lowest, the middle and the highest spend, where a range was given."""
    return scenarios_at(member.advice, member.account.span)


def _exit_code(found: DealAnswer, limit: Fraction | None, settings: Settings) -> ExitCode:
    """What is to be paid is held against the limit: of all accounts, in the dearest year."""
    dearest, over = dearest_year(found), False
    if limit is not None and dearest is not None:
        for words in _held_against(found.portfolio):
            settings.tell(words)
        over = Fraction(dearest.cost.amount) > limit
        if over:
            settings.tell(_over(dearest, limit, found.portfolio.last_day))
    if not found.portfolio.fits:
        return ExitCode.NO_PLAN
    return ExitCode.OVER_LIMIT if over else ExitCode.DONE


def _held_against(found: Portfolio) -> Iterator[Message]:
    """Whose cost the limit is held against, where it is not that of all accounts."""
    unfit = tuple(m.account.name for m in found.members if m.share is None and m.advice.fits_none)
    if unfit:
        known = tuple(m.account.name for m in found.members if m.share is not None)
        words = Message("the limit is held against {accounts} alone; no plan fits {others}")
        yield Message(words.text, accounts=known, others=unfit)


def _over(dearest: YearCost, limit: Fraction, until: datetime.date | None) -> Message:
    cost = dearest.cost
    most = exact_money(limit, cost.currency)
    if dearest.number == 1 and until is not None:
        words = Message("{cost} until {date} is over the limit of {limit} a year")
        return Message(words.text, cost=cost, date=until, limit=most)
    if dearest.number == 1:
        return Message("{cost} a year is over the limit of {limit}", cost=cost, limit=most)
    words = Message("year {number} costs {cost}, over the limit of {limit} a year")
    return Message(words.text, number=dearest.number, cost=cost, limit=most)
