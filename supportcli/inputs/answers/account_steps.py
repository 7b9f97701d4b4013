"""The questions about accounts: one, several alike, or each by name with a spend of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from supportcli.advice.rules import BOUNDS
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem, UsageError
from supportcli.inputs.answers.accounts import named_in, read_accounts
from supportcli.inputs.answers.question_step import ACCOUNTS, SPEND, QuestionStep, Replies
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import Given
from supportcli.inputs.answers.spend_step import spend_understood
from supportcli.inputs.values.count import read_count
from supportcli.inputs.values.texts import is_unknown
from supportcli.needs.need import Choice, Question

_INSTEAD = Message("They take the place of the spend that you gave before.")
_ONE = Message("one")
_ALIKE, _NAMED = "alike", "named"


def account_steps(
    catalogue: Catalogue, replies: Replies, own: bool, needing: Sequence[Problem] = ()
) -> Iterator[QuestionStep]:
    """How many there are; with `own` each may have a spend of its own.

    `needing` is said of what was given that means nothing without the spend of each.
    """
    choices = (
        Choice(_ONE, ""),
        Choice(Message("several that spend as much each"), _ALIKE),
        Choice(Message("several, each with a spend of its own"), _NAMED),
    )
    title = Message("How many accounts are to be covered?")
    hint = Message("Main accounts; sub-users do not count.")
    shown = choices if own else choices[:-1]
    yield QuestionStep(ACCOUNTS, Question(title, hint, shown))
    chosen = replies.get(ACCOUNTS, ())
    if chosen == (_ALIKE,):
        title = Message("How many accounts?")
        hint = Message("Each spends as much as you said.")
        yield QuestionStep(f"{ACCOUNTS}:{_ALIKE}", Question(title, hint), _read_number)
    elif chosen == (_NAMED,):
        title = Message("Which accounts, and what does each spend in a month?")
        hint = Message("All in one line: prod=300k test=20k")
        if replies.get(SPEND):
            hint = Message("{first} {second}", first=_INSTEAD, second=hint)
        read = partial(_read_named, catalogue, needing)
        yield QuestionStep(f"{ACCOUNTS}:{_NAMED}", Question(title, hint), read)


def answered_accounts(part: str, texts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The flag that says an answer, and its texts; which of the choices it was says nothing."""
    if part == _NAMED:
        return "account", named_in(*texts)
    return ACCOUNTS, texts if part and not all(map(is_unknown, texts)) else ()


def _read_number(text: str) -> tuple[Message, ...]:
    if is_unknown(text):
        return (Message("taken as: {words}", words=_ONE),)
    read_count(text, "accounts", BOUNDS["accounts"])
    return ()


def _read_named(catalogue: Catalogue, needing: Sequence[Problem], text: str) -> tuple[Message, ...]:
    """Each with its name and spend; beside what is wrong stands what is understood."""
    problems: list[Problem] = []
    words = []
    for account in read_accounts({"account": Given(named_in(text), "")}, problems):
        reader = AnswerReader(catalogue)
        reader.read(account.given)
        wrong = [*reader.problems]
        if not wrong and "spend" in account.given:
            try:
                [spend] = spend_understood(reader, account.given["spend"].texts[0], needing)
                words.append(Message("{name}: {text}", name=account.name, text=spend))
            except UsageError as error:
                wrong += error.problems
        problems += (_of(account.name, problem) for problem in wrong)
    if problems:
        raise UsageError(problems, Message("{text}", text=tuple(words)) if words else None)
    return tuple(words)


def _of(name: str, problem: Problem) -> Problem:
    return Problem("", Message("{name}: {text}", name=name, text=problem.message))
