"""What is asked once there is an answer: a discount, and another plan."""

from __future__ import annotations

from functools import partial

from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message
from supportcli.inputs.answers.question_step import DISCOUNT, PLAN, QuestionStep
from supportcli.inputs.values.discount import read_told_discount
from supportcli.inputs.values.names import read_plan
from supportcli.needs.need import Choice, Question


def discount_step() -> QuestionStep:
    """The discount on the fee."""
    title = Message("Which discount on the support fee?")
    hint = Message("{paid} or {off}. Enter for none.", paid="7折", off="30% off")
    return QuestionStep(DISCOUNT, Question(title, hint), _read_share, Message("none"))


def plan_step(catalogue: Catalogue) -> QuestionStep:
    """The plan that the answer is for."""
    plans = (Choice(Message("{name}", name=plan.name), plan.id) for plan in catalogue.plans)
    title = Message("Which plan is the answer to be for?")
    hint = Message("The recommended one stands beside it.")
    question = Question(title, hint, (Choice(Message("the recommended one"), ""), *plans))
    return QuestionStep(PLAN, question, meaning=partial(read_plan, catalogue=catalogue))


def _read_share(text: str) -> tuple[Message, ...]:
    read_told_discount(text)
    return ()
