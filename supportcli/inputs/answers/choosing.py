"""What a text typed below choices stands for: some of them, or an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from supportcli.errors import Message, UsageError
from supportcli.inputs.answers.question_step import QuestionStep, none_of_the_choices
from supportcli.inputs.values.names import leaves_open
from supportcli.inputs.values.texts import folded, half_width, is_unknown, parted
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.needs.need import Choice
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_BETWEEN = ",，、;；"
_BETWEEN_DIGITS = regex(rf"[\s{_BETWEEN}]+")


class Taken(NamedTuple):
    """The choices by their place, and what is said of how they were understood.

    Where there are none, the words of an answer of its own.
    """

    places: tuple[int, ...] = ()
    words: tuple[Message, ...] = ()


def taken(step: QuestionStep, say: Callable[[Message], str], text: str) -> Taken:
    """What a text stands for: the digit, letter or words of a choice, or what it means.

    Raises:
        SupportCliError: it stands for none of them, and is no answer of its own.
    """
    choices = step.question.choices
    places = _digits(text, len(choices)) if step.question.several else _named(text, choices, say)
    if places:
        return Taken(places)
    if is_unknown(text) and not step.question.several:
        return _not_known(choices) or _meant(step, text)
    if all(choice.keys for choice in choices):
        raise none_of_the_choices(text)  # a name says neither yes nor no
    if not step.question.several:
        return _meant(step, text)
    return Taken(tuple(_each_meant(step, text)))


def _named(text: str, choices: Sequence[Choice], say: Callable[[Message], str]) -> tuple[int, ...]:
    """The choice of which it is the digit, a letter or the words."""
    for place, choice in enumerate(choices):
        if folded(text) in (str(place + 1), *choice.keys, folded(say(choice.words))):
            return (place,)
    truth = _truth(text)
    said = (("n", "y")[truth],) if truth is not None else ()
    return tuple(place for place, choice in enumerate(choices) if choice.keys[:1] in said)


def _truth(text: str) -> bool | None:
    try:
        return read_yes_no(text)
    except UsageError:
        return None


def _meant(step: QuestionStep, text: str) -> Taken:
    """The choice that means the same; a text that asks for nothing is the one that does not."""
    texts = [choice.text for choice in step.question.choices]
    open_ = [choice for choice in texts if is_open(choice)] if leaves_open(text) else []
    chosen = open_ or step.chosen([text])
    return Taken((texts.index(chosen[0]),)) if chosen else Taken(words=step.read(text))


def _not_known(choices: Sequence[Choice]) -> Taken | None:
    """The choice that says so, else the one that asks for nothing, which is told."""
    for place, choice in enumerate(choices):
        if is_unknown(choice.text):
            return Taken((place,))
    for place, choice in enumerate(choices):
        if is_open(choice.text):
            return Taken((place,), (Message("taken as: {words}", words=choice.words),))
    return None


def is_open(text: str) -> bool:
    """Whether a choice asks for nothing, so that it is chosen where nothing was said."""
    return not text or leaves_open(text)


def _digits(text: str, most: int) -> tuple[int, ...]:
    """The places of digits between blanks or commas; none where anything else stands there."""
    parts = [part for part in _BETWEEN_DIGITS.split(half_width(text)) if part]
    numbers = [str(number + 1) for number in range(most)]
    return tuple(map(numbers.index, parts)) if all(part in numbers for part in parts) else ()


def _each_meant(step: QuestionStep, text: str) -> Iterator[int]:
    """The places of the choices that the parts of a text name, none where it asks for nothing."""
    texts = [choice.text for choice in step.question.choices]
    for part in [] if leaves_open(text) else parted(text, _BETWEEN):
        chosen = step.chosen([part])
        if not chosen:
            raise none_of_the_choices(part)
        yield texts.index(chosen[0])
