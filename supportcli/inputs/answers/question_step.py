"""A question as it is put to a person, by itself: what it is called, and how answers are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from supportcli.errors import Message, UsageError, quoted
from supportcli.needs.need import Question
from supportcli.record import NamedTuple

SPEND, ACCOUNTS, DISCOUNT, PLAN = "spend", "accounts", "discount", "plan"
"""What is asked about besides needs."""
NOT_KNOWN = Message("not known")

Replies = Mapping[str, tuple[str, ...]]
"""The texts of each answer by the name of its step, none where it was left blank."""


def none_of_the_choices(text: str) -> UsageError:
    """Why a text typed below choices is no answer."""
    words = Message("{text} is none of the choices; type the digit or the words of one")
    return UsageError(Message(words.text, text=quoted(text)))


def no_answer_of_its_own(text: str) -> tuple[Message, ...]:
    """How a text is read where only choices are answers.

    Raises:
        UsageError: always.
    """
    raise none_of_the_choices(text)


class QuestionStep(NamedTuple):
    """A question with the name of its answer.

    Of a typed answer, or one that is none of the choices, `read` gives what it is understood as;
    `blank` is what stands for none (None: it has to be given). Texts with the same `meaning` are
    the same choice.
    """

    name: str
    question: Question
    read: Callable[[str], tuple[Message, ...]] = no_answer_of_its_own
    blank: Message | None = None
    meaning: Callable[[str], object] = str

    def chosen(self, former: Iterable[str]) -> tuple[str, ...]:
        """The choices that mean what was said before."""
        meant = [self.meaning(text) for text in former]
        choices = (choice.text for choice in self.question.choices if choice.text)
        return tuple(text for text in choices if self.meaning(text) in meant)
