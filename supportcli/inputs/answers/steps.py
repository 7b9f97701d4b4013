"""What is worth asking, in order, given what was said so far; the answers as the texts of flags."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.inputs.answers.account_steps import account_steps, answered_accounts
from supportcli.inputs.answers.contract_steps import discount_step, plan_step
from supportcli.inputs.answers.modes import Mode, refusals
from supportcli.inputs.answers.question_step import (
    ACCOUNTS,
    DISCOUNT,
    NOT_KNOWN,
    PLAN,
    SPEND,
    QuestionStep,
    Replies,
)
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import (
    NOT_SAID,
    OF_A_QUESTION,
    SPEND_SAID,
    Given,
    Layers,
)
from supportcli.inputs.answers.spend_step import spend_step
from supportcli.needs.need import Need, Question
from supportcli.needs.registry import FIELDS, IN_QUESTIONS, Needs, eligible
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tickets import TicketsNeed

_WITHOUT_PART = (SPEND, DISCOUNT, PLAN)
_FIELDS = {SPEND: ("spend", "spend_series", "paid", "paid_discount")}
"""What is said of a group where it is more than what it is called."""


class QuestionSteps:
    """The questions for one catalogue, group by group: spend, each kind of need, accounts.

    `given` is what was said elsewhere; a group of which anything was is not asked about.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        given: Layers,
        prices: Callable[[Layers], Iterable[Message]],
        needing: tuple[Problem, ...] = (),
        anew: Collection[str] = (),
    ) -> None:
        """`prices` tells what a need would cost that nobody spoke of, given what was said.

        `needing` is said of what cannot be told without a spend, besides the flags of `given`;
        the groups of `anew` are asked about by themselves.
        """
        self.catalogue = catalogue
        self.given = given
        self.prices = prices
        self.needing = needing
        self.anew = anew
        self.reader = AnswerReader(catalogue)

    def groups(self) -> Iterator[str]:
        """What is asked about, in order."""
        if not any(name in self.given for name in SPEND_SAID):
            yield SPEND
        yield from (kind.field for kind in IN_QUESTIONS if kind.field not in self.given)
        if not {"accounts", "account", "order"} & self.given.keys():
            yield ACCOUNTS

    def without(self, groups: Collection[str]) -> tuple[QuestionSteps, dict[str, tuple[str, ...]]]:
        """As if nothing had been given of the groups, and what was, by the names of the steps."""
        dropped = {name for group in groups for name in _FIELDS.get(group, (group,))}
        rest = {name: given for name, given in self.given.items() if name not in dropped}
        former = {
            name if name in _WITHOUT_PART else f"{name}:0": given.texts
            for name, given in self.given.items()
            if name in dropped
        }
        steps = QuestionSteps(self.catalogue, rest, self.prices, self.needing, tuple(groups))
        return steps, former

    def of(self, group: str, replies: Replies) -> Iterator[QuestionStep]:
        """The questions of a group, each only if its answer could matter."""
        if group == SPEND:
            yield spend_step(self.reader, self._needing())
        elif group == ACCOUNTS:
            own = not any(name in self.given for name in SPEND_SAID)
            yield from account_steps(self.catalogue, replies, own, self._needing())
        elif group == DISCOUNT:
            yield discount_step()
        elif group == PLAN:
            yield plan_step(self.catalogue)
        else:
            kind = next(kind for kind in IN_QUESTIONS if kind.field == group)
            yield from self._need(kind, replies)

    def said(self, replies: Replies) -> dict[str, Given]:
        """What was given and what was answered, as flags would say it."""
        found = dict(self.given)
        for name, texts in replies.items():
            field, said = _as_flags(name, texts)
            if said:
                found[field] = Given((*_of_answers(found, field), *said), OF_A_QUESTION)
        if _of_answers(found, "account") and _of_answers(found, SPEND):
            del found[SPEND]  # each account has its own
        return found

    def _needing(self) -> tuple[Problem, ...]:
        """What was given that means nothing without a spend, or cannot be told without one."""
        return (*refusals([Mode.UNKNOWN], self.given), *self.needing)

    def _need(self, kind: type[Need], replies: Replies) -> Iterator[QuestionStep]:
        """What is worth asking about a kind of need, given what was said of those before it."""
        before = (SPEND, *FIELDS[: FIELDS.index(kind.field)])
        known = self.said({n: r for n, r in replies.items() if n.partition(":")[0] in before})
        needs = self.reader.read({n: given for n, given in known.items() if n in FIELDS}).needs
        if kind.field in self.anew and kind is ServiceNeed:
            needs = Needs()  # who asks for them by a key may ask for what no plan has with the rest
        asked = kind.questions(self.catalogue, needs, partial(eligible, self.catalogue))
        prices = tuple(self.prices(self._apart_from(kind, replies))) if kind.proposed(needs) else ()
        meaning = partial(self.reader.read_needs, kind)
        for place, question in enumerate(asked):
            told = _priced(question, prices) if prices else question
            read = partial(self._read_need, kind, bool(question.choices))
            yield QuestionStep(f"{kind.field}:{place}", told, read, NOT_KNOWN, meaning)

    def _apart_from(self, kind: type[Need], replies: Replies) -> dict[str, Given]:
        """All that was said, but for what was answered about a kind of need."""
        return self.said({n: r for n, r in replies.items() if n.partition(":")[0] != kind.field})

    def _read_need(self, kind: type[Need], of_its_own: bool, text: str) -> tuple[Message, ...]:
        """What a text asks for, where it is none of the choices beside it."""
        needs = self.reader.read_needs(kind, text)
        return tuple(need.words(self.catalogue) for need in needs) if of_its_own else ()


def _as_flags(name: str, texts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The flag that says an answer, and its texts; none where the answer says nothing by itself."""
    field, _, part = name.partition(":")
    if field == SPEND:
        return field, texts or (NOT_SAID,)
    if field == TicketsNeed.field:
        return field, texts or (NOT_SAID,)
    if field == ACCOUNTS:
        return answered_accounts(part, texts)
    return field, texts


def _priced(question: Question, prices: Iterable[Message]) -> Question:
    """A question with what it would cost, which the answer shows to who is not sure."""
    hint, unsure = question.hint, Message("not sure: show the price")
    for price in prices:
        hint = Message("{first} {second}", first=hint, second=price)
    choices = (
        choice._replace(words=unsure) if choice.text == NOT_SAID else choice
        for choice in question.choices
    )
    return question._replace(hint=hint, choices=tuple(choices))


def _of_answers(found: Layers, field: str) -> tuple[str, ...]:
    """What other answers gave of a field already."""
    given = found.get(field)
    return given.texts if given and given.origin == OF_A_QUESTION else ()
