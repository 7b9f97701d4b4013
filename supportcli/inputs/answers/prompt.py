"""One question at a time on a terminal: drawn, answered by keys, left standing with its answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, UIControl, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth, create_output
from questionary import Question, Style

from supportcli import interruption
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.record import NamedTuple
from supportcli.safe import safe
from supportcli.text_width import cell_width, wrapped

NARROWEST = 20
INDENT = "  "
POINTER = "»"
_A_SECOND = 1.0  # arrow keys begin with an Esc, and a slow line may part it from the rest
_AT_ONCE = 0.001
BACK = "<"

_STYLE = Style(
    [
        ("mark", "fg:ansicyan bold"),
        ("title", "bold"),
        ("answer", "fg:ansicyan"),
        ("pointed", "fg:ansicyan bold"),
        ("wrong", "fg:ansired"),
    ]
)

Reply = tuple[str, ...] | None
"""The texts of an answer, none where it was left blank; None where one goes back."""


class Feedback(NamedTuple):
    """What a text was understood as (empty: as it stands), or what is wrong with it.

    `places` are those of the choices that it stands for.
    """

    words: str = ""
    wrong: bool = False
    places: tuple[int, ...] = ()


class Drawn(NamedTuple):
    """What an answered question takes of a window so many columns wide."""

    columns: int
    lines: int


class _Screen(Application[Reply]):
    """What a question is drawn on; a signal is left to those who tell by its code who ended."""

    def run(self, *args: Any, **options: Any) -> Reply:
        # Left to itself it makes a key of the signal.
        return super().run(*args, **{**options, "handle_sigint": False})


class Terminal:
    """Where questions are put, and in which language; standard output is left to the answer."""

    def __init__(self, language: Language, colour: bool = True, pointer: str = POINTER) -> None:
        self.say = language.say
        self.text = language.text
        self.output = create_output(stdout=sys.stderr)
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT
        self.pointer = pointer

    @property
    def columns(self) -> int:
        """How wide it is just now."""
        return self.output.get_size().columns

    def wipe(self, drawn: Drawn) -> None:
        """Take away what stands last; in a window of another width it has other lines."""
        if drawn.columns == self.columns:
            self.output.cursor_up(drawn.lines)
            self.output.erase_down()
            self.output.flush()

    def lines(self, text: str) -> str:
        """The text in lines, indented below its question."""
        room = max(self.columns - len(INDENT) - 1, NARROWEST)
        return "\n".join(INDENT + line for line in wrapped(text, room))


class Prompt:
    """What all questions have in common: the head, what stands below until it is answered, keys.

    `control` is what the keys go to, `keys` says which; the answer stands beside the head then.
    """

    keys: ClassVar[Message]

    def __init__(self, terminal: Terminal, title: str, hint: str, control: UIControl) -> None:
        self.terminal = terminal
        self.title = title
        self.hint = hint
        self.answer = ""
        self.bindings = KeyBindings()
        body = HSplit([_window(self._hint), _control(control), _window(self.note)])
        self.application = _Screen(
            layout=Layout(
                HSplit([_window(self._head), ConditionalContainer(body, ~is_done)]),
                focused_element=control,
            ),
            key_bindings=self.bindings,
            style=_STYLE,
            output=terminal.output,
            color_depth=terminal.depth,
        )
        self.application.ttimeoutlen = _A_SECOND
        self.application.timeoutlen = _AT_ONCE
        self._leaving()

    def run(self) -> Reply:
        """The answer.

        Raises:
            KeyboardInterrupt: Ctrl-C, Ctrl-D on an empty answer, Esc, or a signal.
        """
        try:
            with interruption.Asking(partial(_ends_soon, self.application)):
                reply: Reply = Question(self.application).unsafe_ask()
                return reply
        except EOFError:
            raise KeyboardInterrupt from None

    @property
    def drawn(self) -> Drawn:
        """What is left of it once it is answered."""
        text = "".join(fragment[1] for fragment in self._head())
        return Drawn(self.terminal.columns, text.count("\n") + 1)

    @property
    def draft(self) -> tuple[str, ...] | None:
        """The part of an answer that is kept where one goes back; None where there is none."""
        return None

    def note(self) -> StyleAndTextTuples:
        """What is said below what was answered so far."""
        return []

    def typed(self) -> str:
        """What stands in the field, where there is one."""
        return ""

    def back(self) -> None:
        """To the question before, without a trace of this one."""
        self.application.erase_when_done = True
        self.application.exit(result=None)

    def ends(self, answer: str, texts: Iterable[str]) -> None:
        """Answered: the words that stand for it, and the texts."""
        self.answer = answer
        self.application.exit(result=tuple(texts))

    def told(self, said: Feedback) -> StyleAndTextTuples:
        """What a text is understood as, or what is wrong with it."""
        style = "class:wrong" if said.wrong else ""
        return [(style, self.terminal.lines(said.words))] if said.words else []

    def as_typed(self, text: str, said: Feedback) -> str:
        """A text and what it was understood as."""
        words = Message("{text} ({words})", text=text, words=said.words)
        return self.terminal.say(words) if said.words else safe(text)

    def _head(self) -> StyleAndTextTuples:
        room = max(self.terminal.columns - len(INDENT) - 1, NARROWEST)
        title = wrapped(self.title, room)
        found: StyleAndTextTuples = [("class:mark", "? ")]
        found.append(("class:title", f"\n{INDENT}".join(title)))
        if self.answer:
            fits = cell_width(f"{title[-1]} {self.answer}") <= room
            gap = self.terminal.say(Message("{first} {second}", first="", second=""))
            found.append(("", gap if fits else "\n"))
            found.append(
                ("class:answer", self.answer if fits else self.terminal.lines(self.answer))
            )
        return found

    def _hint(self) -> StyleAndTextTuples:
        texts = (self.hint, self.terminal.say(self.keys))
        return [("", "\n".join(map(self.terminal.lines, texts)))]

    def _leaving(self) -> None:
        blank = Condition(lambda: not self.typed())

        @self.bindings.add("c-c")
        @self.bindings.add("escape")
        @self.bindings.add("c-d", filter=blank)
        def leave(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt)

        @self.bindings.add("escape", Keys.Any)
        def nothing(event: KeyPressEvent) -> None:
            """A letter with Alt is sent as Esc and the letter."""


def _window(text: Callable[[], StyleAndTextTuples]) -> ConditionalContainer:
    """Lines that take no more room than they need, none where there are none."""
    window = Window(FormattedTextControl(text), dont_extend_height=True)
    return ConditionalContainer(window, Condition(lambda: bool("".join(f[1] for f in text()))))


def _control(control: UIControl) -> Window:
    return Window(control, dont_extend_height=True, wrap_lines=True)


def _ends_soon(application: Application[Reply]) -> bool:
    """Whether the question, told by a signal, will end itself and give the terminal back."""
    if application.loop is None:
        return False  # it has not taken the terminal yet, or no longer has it

    def leave() -> None:
        if application.future is not None and not application.future.done():
            application.exit(exception=KeyboardInterrupt)

    application.loop.call_soon_threadsafe(leave)
    return True
