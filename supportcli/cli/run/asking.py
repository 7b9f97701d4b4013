"""Whether a person is asked, and the questions for one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli import system
from supportcli.cli.run.proposing import need_prices
from supportcli.cli.run.refused import needing_spend
from supportcli.cli.settings import Settings, no_name
from supportcli.core.catalogue import Catalogue
from supportcli.errors import AnswerMissingError, Message, SupportCliError, UsageError, quoted
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import SPEND_SAID, Layers
from supportcli.needs.need import Choice
from supportcli.outputs.console import can_hold
from supportcli.outputs.document.topic_names import ACCOUNTS, ALL, LIST, TOPICS, Topic
from supportcli.outputs.formats.forms import QUOTE_FILES, ending_of, endings_of, form_of

if TYPE_CHECKING:
    from supportcli.inputs.answers.questionnaire import Questionnaire

_DOT = "·"
_FOR_MACHINES = ("json", "csv")


def asks(settings: Settings, flags: Mapping[str, object]) -> bool:
    """Whether questions are to be put; where one is needed and cannot be, that is an error."""
    wanted = bool(flags.get("ask")) or not settings.given.keys() & set(SPEND_SAID)
    if not wanted:
        return False
    if not flags.get("no_input") and can_ask():
        return True
    if flags.get("ask") and flags.get("no_input"):
        raise UsageError(Message("--ask and --no-input contradict each other; give one of them"))
    raise AnswerMissingError(
        Message(
            "no question can be asked here; give --spend AMOUNT, --spend unknown or "
            "--answers FILE, and no --ask"
        )
        if flags.get("ask")
        else Message(
            "the spend is missing and no question can be asked here; give --spend AMOUNT, "
            "--spend unknown or --answers FILE"
        )
    )


def can_ask() -> bool:
    """Whether there is a person: questions are read from stdin and put on stderr."""
    # Windows has one console, which is drawn on by way of standard output.
    needed = (sys.stdin, sys.stderr, *([sys.stdout] if system.WINDOWS else []))
    return all(stream is not None and stream.isatty() for stream in needed)


def questions(settings: Settings, catalogue: Catalogue, plan: str | None) -> Questionnaire:
    """The questions about what was not given yet; `plan` is what the answer is to be about."""
    from supportcli.inputs.answers.prompt import POINTER, Terminal
    from supportcli.inputs.answers.questionnaire import Questionnaire
    from supportcli.inputs.answers.steps import QuestionSteps

    pointer = POINTER if can_hold(sys.stderr, POINTER) else ">"
    prices = partial(need_prices, settings, catalogue)
    needing = tuple(needing_spend(settings, catalogue, plan))
    steps = QuestionSteps(_on_offer(catalogue, settings), settings.given, prices, needing)
    return Questionnaire(steps, Terminal(settings.words, settings.colour, pointer))


def further(
    questionnaire: Questionnaire, settings: Settings, write: Callable[[Layers, Path], None]
) -> Iterator[tuple[str, ...]]:
    """For each further answer that is wanted, the topics of it that are to be explained.

    None is wanted where the answer is not read on the terminal. `write` makes a quote of what was
    said, into a file; what is wrong with it is told.
    """
    if not has_keys(settings):
        return
    from supportcli.inputs.answers.key_line import Quoting, wished

    between = _DOT if can_hold(sys.stderr, _DOT) else "-"

    def written(name: str) -> None:
        path = Path(name)
        try:
            write(questionnaire.said, path)
        except SupportCliError as error:
            for problem in error.problems:
                settings.warn(Message("{text}", text=settings.words.problem(problem)))
        else:
            settings.warn(Message("the quote is in {file}", file=quoted(name)))

    quoting = Quoting(_quote_file, written, endings_of(QUOTE_FILES))
    while (
        topics := wished(questionnaire, between, _topics(questionnaire.said), quoting)
    ) is not None:
        yield topics


def _quote_file(name: str) -> tuple[Message, ...]:
    """What a file of a quote will be; nothing more is to be said of it.

    Raises:
        UsageError: it is no name of a file, or no form goes by its ending.
    """
    if wrong := no_name(name):
        raise UsageError(wrong)
    if form_of(ending_of(Path(name))) not in QUOTE_FILES:
        known = endings_of(QUOTE_FILES)
        words = "{text} has an ending that is not one of: {known}"
        raise UsageError(Message(words, text=quoted(name), known=known))
    return ()


def has_keys(settings: Settings) -> bool:
    """Whether a line of keys stands below an answer to questions."""
    return settings.out is None and settings.form not in _FOR_MACHINES and sys.stdout.isatty()


def _topics(given: Layers) -> tuple[Choice, ...]:
    """What can be explained."""
    none = {LIST} if "account" in given else {LIST, ACCOUNTS}
    return tuple(
        Choice(Message("{name}: {text}", name=topic.name, text=_tells(topic)), topic.id)
        for topic in TOPICS
        if topic.id not in none
    )


def _tells(topic: Topic) -> Message:
    """What a topic tells; of all of them the rest is of a flag that names several."""
    return Message("the first screen and all of these") if topic.id == ALL else topic.tells


def _on_offer(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The plans that the questions are about: open to new customers, quantities counted in."""
    quantities = AnswerReader(catalogue).read(settings.given).quantities
    open_plans = (p for p in catalogue.plans if not p.validity.closed_on(settings.as_of))
    return catalogue._replace(plans=tuple(open_plans)).with_quantities(quantities)
