"""The questions put to a person on a terminal; the answers come back as the texts of flags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from supportcli.errors import AnswerMissingError, Message, SupportCliError
from supportcli.inputs.answers.list_prompt import ListPrompt, TickPrompt
from supportcli.inputs.answers.prompt import NARROWEST, Prompt, Reply, Terminal
from supportcli.inputs.answers.sources import Layers
from supportcli.inputs.answers.steps import QuestionStep, QuestionSteps, counted_as
from supportcli.inputs.answers.text_prompt import Feedback, TextPrompt


class Questionnaire:
    """Asks what was not given yet, each question only if it matters; one may go back."""

    def __init__(self, steps: QuestionSteps, terminal: Terminal) -> None:
        self.steps = steps
        self.terminal = terminal
        self.replies: dict[str, tuple[str, ...]] = {}
        self.former: dict[str, tuple[str, ...]] = {}

    @property
    def said(self) -> Layers:
        """What was given and what was answered so far."""
        return self.steps.said(self.replies)

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
        while not self._through(tuple(self.steps.groups()), progress=True):
            pass  # before the first question there is none

    def undo(self, steps: QuestionSteps, replies: dict[str, tuple[str, ...]]) -> None:
        """What was given and answered is as it was."""
        self.steps, self.replies = steps, replies

    def change(self, groups: Sequence[str]) -> bool:
        """Ask some groups anew; false where one went back, and everything is as it was."""
        before, replies = self.steps, dict(self.replies)
        self.steps, dropped = before.without(groups)
        self.former |= dropped
        for name in replies:
            if name.partition(":")[0] in groups:
                del self.replies[name]
        changed = self._through(groups)
        if not changed:
            self.undo(before, replies)
        return changed

    def _through(self, groups: Sequence[str], progress: bool = False) -> bool:
        """Ask what the groups hold; false where one goes back from the first question."""
        asked: list[str] = []
        while (found := self._next(groups, asked)) is not None:
            group, step = found
            reply = self._put(step, self._title(step, group, groups if progress else ()))
            if reply is not None:
                self.replies[step.name] = self.former[step.name] = reply
                asked.append(step.name)
            elif asked:
                del self.replies[asked.pop()]
            else:
                return False
        return True

    def _next(self, groups: Sequence[str], asked: Sequence[str]) -> tuple[str, QuestionStep] | None:
        steps = ((group, step) for group in groups for step in self.steps.of(group, self.replies))
        return next(((group, step) for group, step in steps if step.name not in asked), None)

    def _title(self, step: QuestionStep, group: str, groups: Sequence[str]) -> str:
        """The question, with which of how many it is."""
        title = step.question.title
        if groups:
            asked = (each for each in groups if any(self.steps.of(each, self.replies)))
            counted = list(dict.fromkeys(map(counted_as, asked)))
            title = Message(
                "{number} of {total}  {title}",
                number=counted.index(counted_as(group)) + 1,
                total=len(counted),
                title=title,
            )
        return self.terminal.say(title)

    def _put(self, step: QuestionStep, title: str) -> Reply:
        question, former = step.question, self.former.get(step.name, ())
        hint = self.terminal.say(question.hint)
        prompt: Prompt
        if question.choices:
            kind = TickPrompt if question.several else ListPrompt
            prompt = kind(self.terminal, title, hint, question.choices, step.chosen(former))
        else:
            understand = partial(self._understood, step)
            text = " ".join(former)
            prompt = TextPrompt(self.terminal, title, hint, understand, text, step.blank)
        return prompt.run()

    def _understood(self, step: QuestionStep, text: str) -> Feedback:
        try:
            return Feedback(self.terminal.text(step.read(text)))
        except SupportCliError as error:
            wrong = [self.terminal.say(problem.message) for problem in error.problems]
            return Feedback("\n".join(wrong), wrong=True)
