"""The questions put to a person on a terminal; the answers come back as the texts of flags."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit.filters import Always, Condition
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.output import ColorDepth, create_output

from supportcli import interruption
from supportcli.advice.rules import BOUNDS
from supportcli.core.catalogue import Catalogue
from supportcli.errors import AnswerMissingError, Message, Problem, SupportCliError, UsageError
from supportcli.inputs.answers.accounts import is_account, named_in, read_accounts
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import UNKNOWN_SPEND, Given, Layers
from supportcli.inputs.values.count import read_count
from supportcli.language import Language
from supportcli.needs.need import Choice, Need
from supportcli.needs.registry import FIELDS, IN_QUESTIONS, eligible
from supportcli.text_width import wrapped

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

_NARROWEST = 20
INDENT = "  "
POINTER = "»"
ORIGIN = "?"
_OF_ONE = ("accounts", "spend")  # which named accounts say of themselves

_STYLE = questionary.Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("answer", "fg:ansicyan"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "fg:ansicyan bold"),
        ("selected", ""),
    ]
)


class Questionnaire:
    """Asks what was not given yet, in the order of the flags, each question only if it matters."""

    def __init__(
        self, catalogue: Catalogue, language: Language, colour: bool = True, pointer: str = POINTER
    ) -> None:
        self.catalogue = catalogue
        self.say = language.say
        self.text = language.text
        self.reader = AnswerReader(catalogue)
        self.output = create_output(stdout=sys.stderr)
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT
        self.pointer = pointer
        self.answers: dict[str, Given] = {}

    def ask(self, given: Layers) -> Layers:
        """The given answers with the missing ones asked for.

        Raises:
            KeyboardInterrupt: Ctrl-C, Ctrl-D on an empty answer, or Esc.
            AnswerMissingError: the terminal is too narrow for questions.
        """
        if self.output.get_size().columns < _NARROWEST:
            raise AnswerMissingError(
                Message("the terminal is too narrow for questions; use flags, such as --spend")
            )
        self.answers = dict(given)
        for name, question in self._questions():
            if name in given or (name in _OF_ONE and "account" in self.answers):
                continue
            texts = tuple(question())
            if name == "accounts" and any(map(is_account, texts)):
                self.answers["account"] = Given(named_in(texts[0]), ORIGIN)
            elif texts:
                self.answers[name] = Given(texts, ORIGIN)
        return self.answers

    def _questions(self) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
        for kind in IN_QUESTIONS:
            yield kind.field, partial(self._need, kind)
        yield "accounts", self._accounts
        yield "spend", self._spend

    def _need(self, kind: type[Need]) -> Iterator[str]:
        """What is worth asking about a kind of need, given what was said of the others."""
        known = {name: said for name, said in self.answers.items() if name in FIELDS}
        needs = self.reader.read(known).needs
        for question in kind.questions(self.catalogue, needs, partial(eligible, self.catalogue)):
            if question.several:
                yield from self._tick(question.title, question.hint, question.choices)
            elif question.choices:
                yield from self._choose(question.title, question.hint, question.choices)
            else:
                read = partial(self.reader.read_needs, kind)
                yield from self._type(question.title, question.hint, read)

    def _accounts(self) -> Iterator[str]:
        yield from self._type(
            Message("How many accounts are to be covered?"),
            Message(
                "A number where each spends as much, or each by name: prod=300000 test=20000. "
                "Sub-users do not count. Enter for one."
            ),
            self._read_accounts,
        )

    def _read_accounts(self, text: str) -> object:
        """How many there are, or each with its name and spend."""
        if not is_account(text):
            return read_count(text, "accounts", BOUNDS["accounts"])
        problems: list[Problem] = []
        named = read_accounts({"account": Given(named_in(text), "")}, problems)
        reader = AnswerReader(self.catalogue)
        for account in named:
            reader.read(account.given)
        problems += reader.problems
        if problems:
            raise UsageError(problems)
        return named

    def _spend(self) -> Iterator[str]:
        reply = self._type(
            Message("Monthly cloud spend of the account?"),
            Message("{spend}. Enter if unknown.", spend=self.catalogue.spend),
            self.reader.read_spend,
        )
        yield next(reply, UNKNOWN_SPEND)

    def _wrapped(self, text: str) -> str:
        """The text in lines, indented below its question."""
        room = self.output.get_size().columns - len(INDENT) - 1
        return "\n".join(INDENT + line for line in wrapped(text, room))

    def _choose(self, title: Message, hint: Message, choices: Sequence[Choice]) -> Iterator[str]:
        """One of the choices; the empty value stands for no answer."""
        prompt = questionary.select(
            self.say(title),
            choices=[questionary.Choice(self.say(words), value=value) for words, value in choices],
            instruction="\n"
            + self._wrapped(self.say(Message("{hint} [arrows, Enter; Esc leaves]", hint=hint))),
            style=_STYLE,
            pointer=self.pointer,
            output=self.output,
            color_depth=self.depth,
        )
        value = _answer_to(prompt)
        if value:
            yield value

    def _tick(self, title: Message, hint: Message, choices: Sequence[Choice]) -> Iterator[str]:
        """As many of the choices as one likes."""
        prompt = questionary.checkbox(
            self.say(title),
            choices=[questionary.Choice(self.say(words), value=value) for words, value in choices],
            instruction="\n"
            + self._wrapped(
                self.say(Message("{hint} [Space ticks, Enter goes on; Esc leaves]", hint=hint))
            ),
            style=_STYLE,
            output=self.output,
            color_depth=self.depth,
            erase_when_done=True,  # it would say "done" in English; what was ticked is said below
        )
        ticked = _answers_to(prompt)
        words = tuple(choice.words for choice in choices if choice.text in ticked)
        self.output.write(f"? {self.say(title)} {self.text(words or Message('none'))}\n")
        self.output.flush()
        yield from ticked

    def _type(self, title: Message, hint: Message, read: Callable[[str], object]) -> Iterator[str]:
        """A typed answer that the reader accepts; what it refuses is explained and corrected."""

        def check(text: str) -> bool | str:
            try:
                if text.strip():
                    read(text)
            except SupportCliError as error:
                return self.say(error.problems[0].message)
            return True

        prompt = questionary.text(
            f"{self.say(title)}\n{self._wrapped(self.say(hint))}\n  >",
            validate=check,
            style=_STYLE,
            output=self.output,
            color_depth=self.depth,
            reserve_space_for_menu=0,
        )
        for window in prompt.application.layout.find_all_windows():
            window.dont_extend_height = Always()  # what is refused then stands right beneath
        value = _answer_to(prompt).strip()
        if value:
            yield value


def _answer_to(prompt: questionary.Question) -> str:
    """The one answer, or an empty text."""
    return str(_reply_to(prompt) or "")


def _answers_to(prompt: questionary.Question) -> list[str]:
    """All that was ticked."""
    found = _reply_to(prompt)
    return [str(each) for each in found] if isinstance(found, list) else []


def _reply_to(prompt: questionary.Question) -> object:
    """The answer; Esc, Ctrl-D on an empty line and a signal leave as Ctrl-C does."""
    leaving = KeyBindings()

    @leaving.add("escape", eager=True)
    @leaving.add("c-d", eager=True, filter=Condition(lambda: not typed()))
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    application = prompt.application

    def typed() -> bool:
        return bool(application.current_buffer.text)

    bindings = application.key_bindings
    application.key_bindings = merge_key_bindings([b for b in (bindings, leaving) if b])
    try:
        with interruption.Asking(partial(_ends_soon, application)):
            # Left to itself it makes a key of the signal, which its lists ignore.
            return application.run(handle_sigint=False)
    except EOFError:
        raise KeyboardInterrupt from None


def _ends_soon(application: Application[object]) -> bool:
    """Whether the question, told by a signal, will end itself and give the terminal back."""
    if application.loop is None:
        return False  # it has not taken the terminal yet, or no longer has it

    def leave() -> None:
        if application.future is not None and not application.future.done():
            application.exit(exception=KeyboardInterrupt, style="class:aborting")

    application.loop.call_soon_threadsafe(leave)
    return True
