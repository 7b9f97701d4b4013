"""A question as it is put to a person, by itself: what it is called, and how answers are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from supportcli.errors import Message
from supportcli.needs.need import Question

SPEND, ACCOUNTS, DISCOUNT, PLAN = "spend", "accounts", "discount", "plan"
"""What is asked about besides needs."""
NOT_KNOWN = Message("not known")

Replies = Mapping[str, tuple[str, ...]]
"""The texts of each answer by the name of its step, none where it was left blank."""


def as_it_stands(text: str) -> tuple[Message, ...]:
    """Nothing is to be said of how it was understood."""
    return ()


class QuestionStep(NamedTuple):
    """A question with the name of its answer.

    Of a typed answer `read` gives what it is understood as, and `blank` is what stands for none
    (None: it has to be given). Texts with the same `meaning` are the same choice.
    """

    name: str
    question: Question
    read: Callable[[str], tuple[Message, ...]] = as_it_stands
    blank: Message | None = None
    meaning: Callable[[str], object] = str

    def chosen(self, former: Iterable[str]) -> tuple[str, ...]:
        """The choices that mean what was said before."""
        meant = [self.meaning(text) for text in former]
        choices = (choice.text for choice in self.question.choices if choice.text)
        return tuple(text for text in choices if self.meaning(text) in meant)
