"""The question about the spend, and a spend in words as it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from supportcli.core.money import exact_money
from supportcli.errors import Message, Problem, UsageError
from supportcli.inputs.answers.question_step import NOT_KNOWN, SPEND, QuestionStep
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.values.amount import PAID_EXAMPLE
from supportcli.needs.need import Question


def spend_step(reader: AnswerReader, needing: Sequence[Problem] = ()) -> QuestionStep:
    """What one account spends: an amount, a range, or what is paid after a discount.

    `needing` is said of what was given that means nothing without one: it has to be known then.
    """
    question = Question(
        Message("Monthly cloud spend of the account?"),
        Message(
            "{spend}. A range will do (100k-150k), or what you pay and its discount "
            "({example}). Enter if unknown.",
            spend=reader.catalogue.spend,
            example=PAID_EXAMPLE,
        ),
    )
    read = partial(spend_understood, reader, needing=needing)
    return QuestionStep(SPEND, question, read, None if needing else NOT_KNOWN)


def spend_understood(
    reader: AnswerReader, text: str, needing: Sequence[Problem] = ()
) -> tuple[Message, ...]:
    """What a text stands for.

    Raises:
        AmountError, UsageError: it is no spend, or not known where it is needed.
    """
    amounts = reader.read_spend(text).amounts if text else ()
    if not amounts and needing:
        raise UsageError([Problem("", _named(problem)) for problem in needing])
    if not amounts:
        return (NOT_KNOWN,)
    low, high = (exact_money(amounts[end], reader.catalogue.currency) for end in (0, -1))
    if len(amounts) > 1:
        return (Message("{low} to {high} a month", low=low, high=high),)
    if reader.is_estimated(text):
        return (Message("{amount} a month, estimated from what is paid", amount=low),)
    return (Message("{amount} a month", amount=low),)


def _named(problem: Problem) -> Message:
    return Message("{name}: {text}", name=problem.where, text=problem.message)
