"""The questions put to a person on a terminal; the answers come back as the texts of flags."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit.filters import Always, Condition
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.output import ColorDepth, create_output

from supportcli import interruption
from supportcli.advice.questions import deciding_channels, response_choices, tickets_matter
from supportcli.core.catalogue import Catalogue, Channel
from supportcli.errors import AnswerMissingError, Message, SupportCliError
from supportcli.inputs.answers.sources import (
    UNKNOWN,
    AnswerReader,
    Given,
    Layers,
    read_account_count,
    read_tickets,
)
from supportcli.language import Language
from supportcli.text_width import wrapped

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

NARROWEST = 20
INDENT = "  "
ORIGIN = "?"

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

    def __init__(self, catalogue: Catalogue, language: Language, colour: bool = True) -> None:
        self.catalogue = catalogue
        self.say = language.say
        self.text = language.text
        self.reader = AnswerReader(catalogue)
        self.output = create_output(stdout=sys.stderr)
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT
        self.answers: dict[str, Given] = {}

    def ask(self, given: Layers) -> Layers:
        """The given answers with the missing ones asked for.

        Raises:
            KeyboardInterrupt: Ctrl-C, Ctrl-D on an empty answer, or Esc.
            AnswerMissingError: the terminal is too narrow for questions.
        """
        if self.output.get_size().columns < NARROWEST:
            raise AnswerMissingError(
                Message("the terminal is too narrow for questions; use flags, such as --spend")
            )
        self.answers = dict(given)
        for name, question in (
            ("response", self._response),
            ("without_channel", self._channels),
            ("tam", self._tam),
            ("tickets", self._tickets),
            ("accounts", self._accounts),
            ("spend", self._spend),
        ):
            if name not in given:
                texts = tuple(question())
                if texts:
                    self.answers[name] = Given(texts, ORIGIN)
        return self.answers

    def _response(self) -> Iterator[str]:
        choices = [
            (
                Message(
                    "within {time} ({channels})",
                    time=choice.within,
                    channels=tuple(channel.name for channel in choice.channels),
                ),
                str(choice.within),
            )
            for choice in response_choices(self.catalogue)
        ]
        yield from self._choose(
            Message("How soon must an engineer first respond?"),
            Message(
                "In the gravest case ({severity}); a response, not a fix.",
                severity=self.catalogue.severities[0].name,
            ),
            [*choices, (Message("no requirement"), "")],
        )

    def _channels(self) -> Iterator[str]:
        needs = self.reader.read(_only(self.answers, "response")).needs
        for channel in deciding_channels(self.catalogue, needs):
            yield from self._usable(channel)

    def _usable(self, channel: Channel) -> Iterator[str]:
        yield from self._choose(
            Message("Can your company use this channel: {channel}?", channel=channel.name),
            Message("Without it, the other channels decide."),
            [(Message("yes"), ""), (Message("no"), channel.id)],
        )

    def _tam(self) -> Iterator[str]:
        yield from self._choose(
            Message("Do you need a dedicated TAM (technical account manager)?"),
            Message("Knows your systems, plans their stability, meets you regularly."),
            [
                (Message("no"), "false"),
                (Message("yes"), "true"),
                (Message("not sure: show the price"), ""),
            ],
        )

    def _tickets(self) -> Iterator[str]:
        known = _only(self.answers, "response", "without_channel", "tam")
        if tickets_matter(self.catalogue, self.reader.read(known).needs):
            yield from self._type(
                Message("How many tickets in your busiest month?"),
                Message("One of the plans has a limit. Enter if you don't know."),
                read_tickets,
            )

    def _accounts(self) -> Iterator[str]:
        yield from self._type(
            Message("How many accounts are to be covered?"),
            Message("Each with the same spend; sub-users do not count. Enter for one."),
            read_account_count,
        )

    def _spend(self) -> Iterator[str]:
        reply = self._type(
            Message("Monthly cloud spend of the account?"),
            Message("{spend}. Enter if unknown.", spend=self.catalogue.spend),
            self.reader.read_spend,
        )
        yield next(reply, UNKNOWN)

    def _wrapped(self, text: str) -> str:
        """The text in lines, indented below its question."""
        room = self.output.get_size().columns - len(INDENT) - 1
        return "\n".join(INDENT + line for line in wrapped(text, room))

    def _choose(
        self, title: Message, hint: Message, choices: list[tuple[Message, str]]
    ) -> Iterator[str]:
        """One of the choices; the empty value stands for no answer."""
        prompt = questionary.select(
            self.say(title),
            choices=[questionary.Choice(self.say(words), value=value) for words, value in choices],
            instruction="\n"
            + self._wrapped(self.say(Message("{hint} [arrows, Enter; Esc leaves]", hint=hint))),
            style=_STYLE,
            output=self.output,
            color_depth=self.depth,
        )
        value = _answer_to(prompt)
        if value:
            yield value

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


def _only(given: Layers, *names: str) -> Layers:
    return {name: value for name, value in given.items() if name in names}


def _answer_to(prompt: questionary.Question) -> str:
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
            return str(application.run(handle_sigint=False) or "")
    except EOFError:
        raise KeyboardInterrupt from None


def _ends_soon(application: Application[str]) -> bool:
    """Whether the question, told by a signal, will end itself and give the terminal back."""
    if application.loop is None:
        return False  # it has not taken the terminal yet, or no longer has it

    def leave() -> None:
        if application.future is not None and not application.future.done():
            application.exit(exception=KeyboardInterrupt, style="class:aborting")

    application.loop.call_soon_threadsafe(leave)
    return True
