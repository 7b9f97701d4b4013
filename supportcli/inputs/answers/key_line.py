"""Once there is an answer: one line of keys, each of which changes one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
from supportcli.record import NamedTuple

_EXPLAIN, _QUOTE, _DONE = "e", "q", ""
_USUAL_QUOTE = "quote.html"
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
_REST = Message("[e]xplain"), Message("[q]uote"), Message("Enter done")
_SHORT_REST = Message("[e]xpl"), Message("[q]uote"), Message("Enter")


class Quoting(NamedTuple):
    """How a quote is made of an answer: how the name of its file is read, and what writes it."""

    understood: Callable[[str], tuple[Message, ...]]
    write: Callable[[str], None]
    endings: tuple[str, ...]


def wished(
    questionnaire: Questionnaire, between: str, topics: Sequence[Choice], quoting: Quoting
) -> tuple[str, ...] | None:
    """What one wants next: another answer, a topic of this one explained, or None: nothing more.

    A change has been answered by then, and a quote that was wanted is written. In a window of
    another width the same answer is wanted anew.

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
        if letter == _QUOTE:
            _quoted(questionnaire, quoting)
            continue
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


def _quoted(questionnaire: Questionnaire, quoting: Quoting) -> None:
    """Ask for the file and write the quote into it."""
    title = Message("Into which file is the quote to be written?")
    hint = Message("How it ends tells the form: {endings}.", endings=quoting.endings)
    step = QuestionStep(_QUOTE, Question(title, hint), quoting.understood)
    questionnaire.former.setdefault(_QUOTE, (_USUAL_QUOTE,))
    named = questionnaire.put(step)
    if named is not None:
        quoting.write(named[0])


def _about(topics: Sequence[Choice]) -> QuestionStep:
    title, hint = Message("What is to be explained?"), Message("One topic on a screen.")
    return QuestionStep(_EXPLAIN, Question(title, hint, tuple(topics)))


def _pressed(questionnaire: Questionnaire, keys: tuple[ChangeKey, ...], between: str) -> str:
    say = questionnaire.terminal.say
    words = [*(say(key.words) for key in keys)]
    words += (word for each in _REST for word in (between, say(each)))
    short = [say(word) for word in (*(key.short for key in keys), *_SHORT_REST)]
    letters = (*(key.letter for key in keys), _EXPLAIN, _QUOTE)
    [letter] = KeyPrompt(questionnaire.terminal, words, short, letters).run() or ()
    return letter
