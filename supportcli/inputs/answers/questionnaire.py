"""The questions put to a person on a terminal; the answers come back as the texts of flags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from supportcli.errors import AnswerMissingError, Message, SupportCliError
from supportcli.inputs.answers.choosing import taken
from supportcli.inputs.answers.list_prompt import ListPrompt, TickPrompt
from supportcli.inputs.answers.prompt import NARROWEST, Drawn, Feedback, Prompt, Reply, Terminal
from supportcli.inputs.answers.question_step import QuestionStep
from supportcli.inputs.answers.sources import Layers
from supportcli.inputs.answers.steps import QuestionSteps
from supportcli.inputs.answers.text_prompt import TextPrompt
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.response import ResponseNeed
from supportcli.needs.services import ServiceNeed

_MOST = 6
"""Nobody answers more questions in one go; those about the accounts count as one."""
_PART_OF = {ChannelNeed.field: ResponseNeed.field}
"""What is asked because of an answer to another question and counts with it."""


class Questionnaire:
    """Asks what was not given yet, each question only if it matters; one may go back."""

    def __init__(self, steps: QuestionSteps, terminal: Terminal) -> None:
        self.steps = steps
        self.terminal = terminal
        self.replies: dict[str, tuple[str, ...]] = {}
        self.former: dict[str, tuple[str, ...]] = {}
        self.before = self.steps, self.replies, self.former
        self.drawn = Drawn(0, 0)

    @property
    def said(self) -> Layers:
        """What was given and what was answered so far."""
        return self.steps.said(self.replies)

    @property
    def so_far(self) -> Layers:
        """The same with the answers from which one went back."""
        known = {**self.former, **self.replies}
        steps = (step for group in self.steps.groups() for step in self.steps.of(group, known))
        names = {*self.replies, *(step.name for step in steps)}
        return self.steps.said({name: reply for name, reply in known.items() if name in names})

    def ask(self) -> None:
        """Ask all of it, in order.

        Raises:
            KeyboardInterrupt: Ctrl-C, Ctrl-D on an empty answer, or Esc.
            AnswerMissingError: the terminal is too narrow for questions.
        """
        if self.terminal.columns < NARROWEST:
            raise AnswerMissingError(
                Message("the terminal is too narrow for questions; use flags, such as --spend")
            )
        groups = tuple(self.steps.groups())
        while not self._through(groups, counted=True):
            pass  # before the first question there is none

    def offers(self, groups: Sequence[str]) -> bool:
        """Whether there is anything to be asked about them."""
        steps, _ = self.steps.without(groups)
        return any(step for group in groups for step in steps.of(group, self.replies))

    def change(self, groups: Sequence[str]) -> bool:
        """Ask some groups anew; false where one went back, and everything is as it was."""
        self.before = self.steps, dict(self.replies), dict(self.former)
        self.steps, dropped = self.steps.without(groups)
        self.former |= dropped
        for name in self.before[1]:
            if name.partition(":")[0] in groups:
                del self.replies[name]
        changed = False
        try:
            changed = self._through(groups)
        finally:
            if not changed:
                self.undo()
        return changed

    def put(self, step: QuestionStep, place: tuple[int, int] | None = None) -> Reply:
        """One question, with which of how many it is; None where one goes back from it."""
        question, former = step.question, self.former.get(step.name, ())
        title, hint, text = question.title, self.terminal.say(question.hint), " ".join(former)
        if place is not None:
            number, total = place
            title = Message("{number} of {total}  {title}", number=number, total=total, title=title)
        head = self.terminal.say(title)
        if question.choices:
            kind = TickPrompt if question.several else ListPrompt
            chosen, choose = step.chosen(former), partial(self._taken, step)
            rest = "" if chosen else text
            prompt: Prompt = kind(self.terminal, head, hint, question.choices, choose, chosen, rest)
        else:
            understand = partial(self._understood, step)
            prompt = TextPrompt(self.terminal, head, hint, understand, text, step.blank)
        return self._run(step, prompt)

    def undo(self) -> None:
        """What was given and answered is as it was before the last change."""
        self.steps, self.replies, self.former = self.before

    def _through(self, groups: Sequence[str], counted: bool = False) -> bool:
        """Ask what the groups hold; false where one goes back from the first question.

        Where they are `counted`, each shows its number and how many there are by what is known.
        """
        asked: list[tuple[str, Drawn]] = []
        while steps := self._left(groups, [name for name, _ in asked]):
            questions = _questions([*(name for name, _ in asked), *(step.name for step in steps)])
            place = questions.index(_question(steps[0].name)) + 1, len(questions)
            reply = self.put(steps[0], place if counted else None)
            if reply is not None:
                self.replies[steps[0].name] = self.former[steps[0].name] = reply
                asked.append((steps[0].name, self.drawn))
            elif asked:
                name, drawn = asked.pop()
                del self.replies[name]
                self.terminal.wipe(drawn)
            else:
                return False
        return True

    def _left(self, groups: Sequence[str], asked: Sequence[str]) -> list[QuestionStep]:
        """What is still to be asked, as far as can be told from the answers so far.

        Where that were too many, what matters least is left to its key.
        """
        steps = (step for group in groups for step in self.steps.of(group, self.replies))
        left = [step for step in steps if step.name not in asked]
        questions = _questions([*asked, *(step.name for step in left)])
        spared = ServiceNeed.field if len(questions) > _MOST else ""
        return [step for step in left if step.name.partition(":")[0] != spared]

    def _run(self, step: QuestionStep, prompt: Prompt) -> Reply:
        """The answer; of one from which one goes back, what is ticked is kept."""
        reply = prompt.run()
        self.drawn = prompt.drawn
        if reply is None and prompt.draft is not None:
            self.former[step.name] = prompt.draft
        return reply

    def _understood(self, step: QuestionStep, text: str) -> Feedback:
        try:
            return Feedback(self.terminal.text(step.read(text)))
        except SupportCliError as error:
            return self._wrong(error)

    def _taken(self, step: QuestionStep, text: str) -> Feedback:
        """The choices that a text stands for, or an answer of its own."""
        try:
            found = taken(step, self.terminal.say, text)
        except SupportCliError as error:
            return self._wrong(error)
        return Feedback(self.terminal.text(found.words), places=found.places)

    def _wrong(self, error: SupportCliError) -> Feedback:
        understood = [] if error.heading is None else [error.heading]
        lines = [*understood, *(problem.message for problem in error.problems)]
        return Feedback("\n".join(map(self.terminal.say, lines)), wrong=True)


def _questions(names: Iterable[str]) -> list[str]:
    """Which questions some steps are, in order; one may have several."""
    return list(dict.fromkeys(map(_question, names)))


def _question(name: str) -> str:
    group = name.partition(":")[0]
    return _PART_OF.get(group, group)
