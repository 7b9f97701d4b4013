"""Once there is an answer: one line of keys, each of which changes one thing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from supportcli.errors import Message
from supportcli.inputs.answers.prompt import KeyPrompt
from supportcli.inputs.answers.question_step import ACCOUNTS, DISCOUNT, PLAN, SPEND
from supportcli.inputs.answers.questionnaire import Questionnaire
from supportcli.inputs.answers.sources import OF_A_QUESTION
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.response import ResponseNeed
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tam import TamNeed


class Wish(Enum):
    """What one wants after an answer."""

    CHANGE = "another answer"
    EXPLAIN = "explain"
    DONE = "done"


class ChangeKey(NamedTuple):
    """A letter, the word with it in brackets, and what is asked about anew."""

    letter: str
    words: Message
    groups: tuple[str, ...]


_CHANGES = (
    ChangeKey("s", Message("[s]pend"), (SPEND,)),
    ChangeKey("r", Message("[r]esponse"), (ResponseNeed.field, ChannelNeed.field)),
    ChangeKey("t", Message("[t]am"), (TamNeed.field,)),
    ChangeKey("v", Message("se[v]ices"), (ServiceNeed.field,)),
    ChangeKey("p", Message("[p]lan"), (PLAN,)),
    ChangeKey("d", Message("[d]iscount"), (DISCOUNT,)),
)


def wished(questionnaire: Questionnaire, between: str) -> Wish:
    """What one wants next; a change has been answered by then.

    Raises:
        KeyboardInterrupt: as with any question.
    """
    keys = tuple(_offered(questionnaire))
    while True:
        letter = _pressed(questionnaire, keys, between)
        found = next((key for key in keys if key.letter == letter), None)
        if found is None:
            return Wish(letter)
        if questionnaire.change(found.groups):
            return Wish.CHANGE


def _offered(questionnaire: Questionnaire) -> Iterator[ChangeKey]:
    """The keys that would ask anything."""
    account = questionnaire.said.get("account")
    for key in _CHANGES:
        if account is not None and key.groups == (SPEND,):
            if account.origin == OF_A_QUESTION:
                yield key._replace(groups=(ACCOUNTS,))
        elif questionnaire.offers(key.groups):
            yield key


def _pressed(questionnaire: Questionnaire, keys: tuple[ChangeKey, ...], between: str) -> str:
    say = questionnaire.terminal.say
    rest = (Message("[e]xplain"), Message("Enter done"))
    line = between.join((" ".join(say(key.words) for key in keys), " ".join(map(say, rest))))
    texts = {key.letter: key.letter for key in keys}
    texts |= {letter.upper(): letter for letter in texts}
    texts |= {"e": Wish.EXPLAIN.value, "E": Wish.EXPLAIN.value, "enter": Wish.DONE.value}
    [letter] = KeyPrompt(questionnaire.terminal, line, texts).run() or ()
    return letter
