"""What is worth asking, in order, given what was said so far; the answers as the texts of flags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from supportcli.advice.rules import BOUNDS
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import exact_money
from supportcli.core.text import Text
from supportcli.errors import Message, Problem, UsageError
from supportcli.inputs.answers.accounts import named_in, read_accounts
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import SPEND_SAID, UNKNOWN_SPEND, Given, Layers
from supportcli.inputs.values.amount import SaidSpend, what_is_paid
from supportcli.inputs.values.count import read_count
from supportcli.inputs.values.discount import read_told_discount
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.hours import HoursNeed
from supportcli.needs.need import Choice, Need, Question
from supportcli.needs.registry import FIELDS, IN_QUESTIONS, eligible
from supportcli.needs.response import ResponseNeed

ORIGIN = "?"
"""Where an answer to a question comes from."""
SPEND, ACCOUNTS, DISCOUNT = "spend", "accounts", "discount"
_WITHOUT_PART = (SPEND, DISCOUNT)
_FIELDS = {SPEND: ("spend", "spend_series", "paid", "paid_discount")}
"""What is said of a group where it is more than what it is called."""
_OF_RESPONSE = (ChannelNeed.field, HoursNeed.field)
_ALIKE, _NAMED = "alike", "named"
_NOT_KNOWN = Message("not known")
_PAID = Text({"en": "paid 84k 30% off", "zh": "实付8.4万 7折"})

Replies = Mapping[str, tuple[str, ...]]
"""The texts of each answer by the name of its step, none where it was left blank."""


class QuestionStep(NamedTuple):
    """A question with the name of its answer.

    Of a typed answer `read` gives what it is understood as, and `blank` is what stands for none
    (None: it has to be given). Texts with the same `meaning` are the same choice.
    """

    name: str
    question: Question
    read: Callable[[str], tuple[Message, ...]]
    blank: Message | None = None
    meaning: Callable[[str], object] = str

    def chosen(self, former: Iterable[str]) -> tuple[str, ...]:
        """The choices that mean what was said before."""
        meant = [self.meaning(text) for text in former]
        choices = (choice.text for choice in self.question.choices if choice.text)
        return tuple(text for text in choices if self.meaning(text) in meant)


class QuestionSteps:
    """The questions for one catalogue, group by group: spend, each kind of need, accounts.

    `given` is what was said elsewhere; a group of which anything was is not asked about.
    """

    def __init__(
        self, catalogue: Catalogue, given: Layers, prices: Callable[[Layers], Iterable[Message]]
    ) -> None:
        """`prices` tells what a need would cost that nobody spoke of, given what was said."""
        self.catalogue = catalogue
        self.given = given
        self.prices = prices
        self.reader = AnswerReader(catalogue)

    def groups(self) -> Iterator[str]:
        """What is asked about, in order."""
        if not any(name in self.given for name in SPEND_SAID):
            yield SPEND
        yield from (kind.field for kind in IN_QUESTIONS if kind.field not in self.given)
        if not {"accounts", "account", "order"} & self.given.keys():
            yield ACCOUNTS

    def without(self, groups: Iterable[str]) -> tuple[QuestionSteps, dict[str, tuple[str, ...]]]:
        """As if nothing had been given of the groups, and what was, by the names of the steps."""
        dropped = {name for group in groups for name in _FIELDS.get(group, (group,))}
        rest = {name: given for name, given in self.given.items() if name not in dropped}
        former = {
            name if name in _WITHOUT_PART else f"{name}:0": given.texts
            for name, given in self.given.items()
            if name in dropped
        }
        return QuestionSteps(self.catalogue, rest, self.prices), former

    def of(self, group: str, replies: Replies) -> Iterator[QuestionStep]:
        """The questions of a group, each only if its answer could matter."""
        if group == SPEND:
            yield self._spend()
        elif group == ACCOUNTS:
            yield from self._accounts(replies)
        elif group == DISCOUNT:
            yield self._discount()
        else:
            kind = next(kind for kind in IN_QUESTIONS if kind.field == group)
            yield from self._need(kind, replies)

    def said(self, replies: Replies) -> dict[str, Given]:
        """What was given and what was answered, as flags would say it."""
        found = dict(self.given)
        for name, texts in replies.items():
            field, said = _as_flags(name, texts)
            if said:
                found[field] = Given((*_of_answers(found, field), *said), ORIGIN)
        if _of_answers(found, "account") and _of_answers(found, SPEND):
            del found[SPEND]  # each account has its own
        return found

    def _need(self, kind: type[Need], replies: Replies) -> Iterator[QuestionStep]:
        """What is worth asking about a kind of need, given what was said of those before it."""
        before = (SPEND, *FIELDS[: FIELDS.index(kind.field)])
        known = self.said({n: r for n, r in replies.items() if n.partition(":")[0] in before})
        needs = self.reader.read({n: given for n, given in known.items() if n in FIELDS}).needs
        asked = kind.questions(self.catalogue, needs, partial(eligible, self.catalogue))
        prices = tuple(self.prices(known)) if kind.proposed(needs) else ()
        meaning, read = partial(self.reader.read_needs, kind), partial(self._read_need, kind)
        for place, question in enumerate(asked):
            told = question._replace(hint=_in_a_row(question.hint, *prices))
            yield QuestionStep(f"{kind.field}:{place}", told, read, _NOT_KNOWN, meaning)

    def _read_need(self, kind: type[Need], text: str) -> tuple[Message, ...]:
        self.reader.read_needs(kind, text)
        return ()

    def _spend(self) -> QuestionStep:
        question = Question(
            Message("Monthly cloud spend of the account?"),
            Message(
                "{spend}. A range will do (100k-150k), or what you pay and its discount "
                "({example}). Enter if unknown.",
                spend=self.catalogue.spend,
                example=_PAID,
            ),
        )
        return QuestionStep(SPEND, question, self._read_spend, _NOT_KNOWN)

    def _read_spend(self, text: str) -> tuple[Message, ...]:
        said = self.reader.read_spend(text)
        return (self._spend_words(said, what_is_paid(text) is not None),)

    def _spend_words(self, said: SaidSpend, estimated: bool) -> Message:
        """A spend as it was understood."""
        if not said.amounts:
            return _NOT_KNOWN
        low, high = (exact_money(said.amounts[end], self.catalogue.currency) for end in (0, -1))
        if low != high:
            return Message("{low} to {high} a month", low=low, high=high)
        if estimated:
            return Message("{amount} a month, estimated from what is paid", amount=low)
        return Message("{amount} a month", amount=low)

    def _accounts(self, replies: Replies) -> Iterator[QuestionStep]:
        named = Choice(Message("several, each with a spend of its own"), _NAMED)
        alike = Choice(Message("several that spend as much each"), _ALIKE)
        own = not any(name in self.given for name in SPEND_SAID)
        yield QuestionStep(
            ACCOUNTS,
            Question(
                Message("How many accounts are to be covered?"),
                Message("Main accounts; sub-users do not count."),
                (Choice(Message("one"), ""), alike, *([named] if own else [])),
            ),
            _as_it_stands,
        )
        chosen = replies.get(ACCOUNTS, ())
        if chosen == (_ALIKE,):
            title = Message("How many accounts?")
            hint = Message("Each spends as much as you said.")
            yield QuestionStep(f"{ACCOUNTS}:{_ALIKE}", Question(title, hint), _read_number)
        elif chosen == (_NAMED,):
            title = Message("Which accounts, and what does each spend in a month?")
            hint = Message("All in one line: prod=300k test=20k")
            yield QuestionStep(f"{ACCOUNTS}:{_NAMED}", Question(title, hint), self._read_named)

    def _read_named(self, text: str) -> tuple[Message, ...]:
        """Each with its name and spend."""
        problems: list[Problem] = []
        named = read_accounts({"account": Given(named_in(text), "")}, problems)
        words = []
        for account in named:
            reader = AnswerReader(self.catalogue)
            reader.read(account.given)
            problems += reader.problems
            spend = reader.problems or self._read_spend(account.given["spend"].texts[0])[0]
            words.append(Message("{name}: {text}", name=account.name, text=spend))
        if problems:
            raise UsageError(problems)
        return tuple(words)

    def _discount(self) -> QuestionStep:
        question = Question(
            Message("Which discount on the support fee?"),
            Message("{paid} or {off}. Enter for none.", paid="7折", off="30% off"),
        )
        return QuestionStep(DISCOUNT, question, _read_share, Message("none"))


def counted_as(group: str) -> str:
    """The group that it is counted with: by which channel and when belongs to how soon."""
    return ResponseNeed.field if group in _OF_RESPONSE else group


def _as_flags(name: str, texts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The flag that says an answer, and its texts; none where the answer says nothing by itself."""
    field, _, part = name.partition(":")
    if field == SPEND:
        return field, texts or (UNKNOWN_SPEND,)
    if field == ACCOUNTS and part == _NAMED:
        return "account", named_in(*texts)
    return field, () if name == ACCOUNTS else texts


def _in_a_row(first: Message, *others: Message) -> Message:
    """One sentence after the other."""
    for other in others:
        first = Message("{first} {second}", first=first, second=other)
    return first


def _of_answers(found: Layers, field: str) -> tuple[str, ...]:
    """What other answers gave of a field already."""
    given = found.get(field)
    return given.texts if given and given.origin == ORIGIN else ()


def _as_it_stands(text: str) -> tuple[Message, ...]:
    return ()


def _read_number(text: str) -> tuple[Message, ...]:
    read_count(text, "accounts", BOUNDS["accounts"])
    return ()


def _read_share(text: str) -> tuple[Message, ...]:
    read_told_discount(text)
    return ()
