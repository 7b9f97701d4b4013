"""Once there is an answer: one line of keys, each of which changes one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from supportcli.errors import Message
from supportcli.inputs.answers.key_prompt import RESIZED, KeyPrompt
from supportcli.inputs.answers.question_step import (
    ACCOUNTS,
    DISCOUNT,
    PLAN,
    SPEND,
    QuestionStep,
)
from supportcli.inputs.answers.questionnaire import Questionnaire
from supportcli.inputs.answers.sources import OF_A_QUESTION
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.need import Choice, Question
from supportcli.needs.response import ResponseNeed
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tam import TamNeed

_EXPLAIN, _DONE = "e", ""
_RESPONSE = (ResponseNeed.field, ChannelNeed.field)


class ChangeKey(NamedTuple):
    """A letter, the word with it in brackets, a shorter one, and what is asked about anew."""

    letter: str
    words: Message
    short: Message
    groups: tuple[str, ...]


_CHANGES = (
    ChangeKey("s", Message("[s]pend"), Message("[s]pend"), (SPEND,)),
    ChangeKey("r", Message("[r]esponse"), Message("[r]esp"), _RESPONSE),
    ChangeKey("t", Message("[t]am"), Message("[t]am"), (TamNeed.field,)),
    ChangeKey("v", Message("ser[v]ices"), Message("ser[v]"), (ServiceNeed.field,)),
    ChangeKey("p", Message("[p]lan"), Message("[p]lan"), (PLAN,)),
    ChangeKey("d", Message("[d]iscount"), Message("[d]isc"), (DISCOUNT,)),
)
_SHORT_REST = Message("[e]xpl"), Message("Enter")


def wished(
    questionnaire: Questionnaire, between: str, topics: Sequence[Choice]
) -> tuple[str, ...] | None:
    """What one wants next: another answer, a topic of this one explained, or None: nothing more.

    A change has been answered by then. In a window of another width the same answer is wanted anew.

    Raises:
        KeyboardInterrupt: as with any question.
    """
    keys = tuple(_offered(questionnaire))
    while True:
        letter = _pressed(questionnaire, keys, between)
        if letter == _DONE:
            return None
        if letter == RESIZED:
            return ()
        if letter == _EXPLAIN:
            topic = questionnaire.put(_about(topics))
            if topic is not None:
                return topic
            continue
        groups = next(key.groups for key in keys if key.letter == letter)
        if questionnaire.change(groups):
            return ()


def _offered(questionnaire: Questionnaire) -> Iterator[ChangeKey]:
    """The keys that would ask anything."""
    account = questionnaire.said.get("account")
    for key in _CHANGES:
        if account is not None and key.groups == (SPEND,):
            if account.origin == OF_A_QUESTION:
                yield key._replace(groups=(ACCOUNTS,))
        elif questionnaire.offers(key.groups):
            yield key


def _about(topics: Sequence[Choice]) -> QuestionStep:
    title, hint = Message("What is to be explained?"), Message("One topic on a screen.")
    return QuestionStep(_EXPLAIN, Question(title, hint, tuple(topics)))


def _pressed(questionnaire: Questionnaire, keys: tuple[ChangeKey, ...], between: str) -> str:
    say = questionnaire.terminal.say
    rest = (Message("[e]xplain"), Message("Enter done"))
    words = [*(say(key.words) for key in keys)]
    words += (word for each in rest for word in (between, say(each)))
    short = [say(word) for word in (*(key.short for key in keys), *_SHORT_REST)]
    letters = (*(key.letter for key in keys), _EXPLAIN)
    [letter] = KeyPrompt(questionnaire.terminal, words, short, letters).run() or ()
    return letter
