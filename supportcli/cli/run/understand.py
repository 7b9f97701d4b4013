"""What was asked for, understood: rules, answers, contract, reading; every mistake at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

from supportcli.advice.deal import Deal
from supportcli.advice.portfolio import answered
from supportcli.advice.recommendation import Advice
from supportcli.cli.run.refused import refused
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem, SupportCliError, UsageError
from supportcli.inputs.answers.deal import DealReader, SaidDeal
from supportcli.inputs.answers.modes import Mode
from supportcli.inputs.answers.sources import Layers, flag_name
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.names import read_reading
from supportcli.outputs.document.topic_names import ACCOUNTS, OF_ONE, TOPICS, told
from supportcli.record import NamedTuple


def catalogue_of(settings: Settings) -> Catalogue:
    """The rules that are asked for, with the fees that are supposed."""
    return rules(supposing(settings, settings.text("plans")), settings)


def supposing(settings: Settings, name: str | None) -> Catalogue:
    """A catalogue with the fees that are supposed for this run."""
    given = settings.given.get("what_if")
    if given is None:
        return load_catalogue(name)
    try:
        return load_catalogue(name, given.texts)
    except UsageError as error:
        problems = [Problem(given.origin, problem.message) for problem in error.problems]
        raise UsageError(problems) from None


def rules(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The plans in force on the day that is asked for; they last where one looks back at it."""
    rules = catalogue.in_force(settings.as_of)
    if not settings.looks_back:
        return rules
    return rules.lasting()._replace(changed=rules.next_change(settings.as_of))


class Understanding(NamedTuple):
    """Everything that was said, understood: the deal, the reading that is used, the limit."""

    said: SaidDeal
    reading: str
    limit: Fraction | None
    asked_reading: str | None

    @property
    def deal(self) -> Deal:
        """What the answer is for."""
        return self.said.deal


def advice_for(settings: Settings, catalogue: Catalogue, understood: Understanding) -> Advice:
    """The advice for the one account that was spoken of, or for those alike."""
    deal, reading = understood.deal, understood.asked_reading
    found = answered(catalogue, deal, reading, settings.as_of, settings.include_doubtful)
    return found.portfolio.members[0].advice


def understand(
    settings: Settings, catalogue: Catalogue, given: Layers, verb: Mode | None = None
) -> Understanding:
    """The deal, the reading and the limit, or every mistake in them all."""
    problems = list(settings.problems)
    asked = settings.as_of if "as_of" in settings.given else settings.today
    # A list refuses a row's plan that ended before the rules, so it refuses a flag's too.
    today = None if verb is Mode.BATCH else settings.today
    reader = DealReader(catalogue, asked, verb, today)
    said = reader.read(given)
    problems += reader.problems
    reading = _reading(settings, catalogue, problems)
    limit = _limit(settings, catalogue, problems)
    if verb is None:
        problems += refused(settings, catalogue, given, said.deal)
    if problems:
        raise UsageError(problems)
    asked_reading = reading if "reading" in settings.given else None
    return Understanding(said, reading, limit, asked_reading)


def _reading(settings: Settings, catalogue: Catalogue, problems: list[Problem]) -> str:
    given = settings.given.get("reading")
    if given is None:
        if "confirmed_by" in settings.given:
            message = Message("says who confirmed a reading; name it with --reading")
            problems.append(Problem(settings.given["confirmed_by"].origin, message))
        return catalogue.default_reading
    try:
        return read_reading(given.texts[0], catalogue)
    except UsageError as error:
        problems += [Problem(given.origin, problem.message) for problem in error.problems]
        return catalogue.default_reading


def _limit(settings: Settings, catalogue: Catalogue, problems: list[Problem]) -> Fraction | None:
    given = settings.given.get("fail_if_over")
    if given is None:
        return None
    try:
        return read_amount(given.texts[0], catalogue.currency, "year").value
    except SupportCliError as error:
        problems += [Problem(given.origin, problem.message) for problem in error.problems]
        return None


def overdue(settings: Settings, catalogue: Catalogue) -> tuple[Message, ...]:
    """A warning where the catalogue is older than it says it should get."""
    if catalogue.review_after is None or settings.today <= catalogue.review_after:
        return ()
    return (
        Message(
            "the catalogue was due for review after {date}; prices may have changed",
            date=catalogue.review_after,
        ),
    )


def unexplained(settings: Settings) -> tuple[Message, ...]:
    """That the form has nothing for explanations to add to, where they were asked for this time."""
    given = settings.given.get("explain")
    asked = given is not None and given.origin == flag_name("explain")
    if not asked or settings.form not in ("json", "csv", "chat"):
        return ()
    return (Message("--explain adds nothing to {form}", form=settings.form),)


def topics_of(settings: Settings, known: tuple[str, ...]) -> tuple[str, ...]:
    """What is to be explained of an answer that has those topics.

    Raises:
        UsageError: it has not one that was asked for this time.
    """
    given = settings.given.get("explain")
    wrong = [topic for topic in settings.explain if topic not in known]
    if given is not None and given.origin == flag_name("explain") and wrong:
        names = {topic.id: topic.name for topic in TOPICS}
        words = Message(
            "{topic} is no topic here; there are: {known}",
            topic=names[wrong[0]],
            known=tuple(names[topic] for topic in known),
        )
        if wrong[0] == ACCOUNTS and known == OF_ONE:
            words = Message(
                "{topic} is of several accounts; name them: "
                "--account prod=300000,response=10m --account test=20000",
                topic=names[ACCOUNTS],
            )
        raise UsageError([Problem(given.origin, words)])
    return told(tuple(topic for topic in settings.explain if topic in known), known)


def noted(cautions: Iterable[Message]) -> tuple[Message, ...]:
    """What money hangs on in how the answers were understood, as sentences of the answer."""
    return tuple(Message("Note: {words}.", words=words) for words in cautions)


def valid(deal: Deal) -> tuple[Message, ...]:
    """Until when the answer holds, where that was said."""
    day = deal.valid_until
    return () if day is None else (Message("Valid until {date}.", date=day),)


def hindsight(settings: Settings, *catalogues: Catalogue) -> tuple[Message, ...]:
    """What the rules of a past day assume, and other fees than those of today."""
    return (*supposed(settings), *looking_back(settings, *catalogues))


def looking_back(settings: Settings, *catalogues: Catalogue) -> tuple[Message, ...]:
    """What the rules of a past day assume."""
    if settings.looks_back:
        alone = len(catalogues) == 1
        return tuple(dict.fromkeys(_held(settings.as_of, each, alone) for each in catalogues))
    if settings.as_of < settings.today.replace(day=1) and any(map(_undated, catalogues)):
        return (
            Message(
                "Of some plans no first day is given here; they are taken to have been in force "
                "on {date} as today.",
                date=settings.as_of,
            ),
        )
    return ()


def _held(date: datetime.date, catalogue: Catalogue, alone: bool) -> Message:
    """That the rules of a past day are used beyond it, even where it is known when they ended."""
    day = catalogue.changed
    if day is None:
        return Message(
            "The rules of {date} are taken to hold for the whole term; since when they have "
            "been in force is known only where a day is given.",
            date=date,
        )
    told = Message(
        "The rules of {date} count throughout; others hold from {day} on (--as-of {asked}).",
        date=date,
        day=day,
        asked=day.isoformat(),
    )
    return told if alone else Message("{name}: {text}", name=catalogue.whom_to_ask, text=told)


def _undated(catalogue: Catalogue) -> bool:
    """Whether it is not given since when the rules of a plan with a fee are in force."""
    return any(
        plan.validity.valid_from is None and not plan.history and not plan.free
        for plan in catalogue.plans
    )


def supposed(settings: Settings) -> tuple[Message, ...]:
    """That the fees are not those of the catalogue."""
    given = settings.given.get("what_if")
    if given is None:
        return ()
    from supportcli.outputs.document.wording import supposed_words  # which JSON does not need

    return (supposed_words(given.texts),)
