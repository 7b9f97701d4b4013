"""A question with choices: one of them is taken, or as many as are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.layout.controls import FormattedTextControl

from supportcli.errors import Message
from supportcli.inputs.answers.prompt import BACK, NARROWEST, Prompt, Terminal
from supportcli.inputs.values.texts import full_width
from supportcli.needs.need import Choice
from supportcli.text_width import cell_width, wrapped

_TICKED, _NOT_TICKED = "[x]", "[ ]"
_DIGITS = 9


class ListPrompt(Prompt):
    """One of several choices."""

    keys = Message("[a digit, or arrows and Enter; < goes back, Esc leaves]")

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        hint: str,
        choices: Sequence[Choice],
        former: Sequence[str] = (),
    ) -> None:
        """`former` is what was chosen before; else the one that is no answer is chosen already."""
        self.choices = choices
        self.words = [terminal.say(choice.words) for choice in choices]
        texts = [choice.text for choice in choices]
        chosen = next((text for text in (*former, "") if text in texts), texts[0])
        self.at = texts.index(chosen)
        control = FormattedTextControl(self._drawn, focusable=True, show_cursor=False)
        super().__init__(terminal, title, hint, control)
        self._moving()
        self._choosing()

    def before(self, place: int) -> str:
        """What stands before the words of a choice: whether it is pointed at, its digit."""
        pointer = self.terminal.pointer if place == self.at else " "
        return f" {pointer} {place + 1 if place < _DIGITS else ' '} "

    def take(self, place: int) -> None:
        """A digit or a letter was pressed."""
        self.at = place
        self.finish()

    def finish(self) -> None:
        """Enter was pressed."""
        text = self.choices[self.at].text
        self.ends(self.words[self.at], [text] if text else [])

    def _drawn(self) -> StyleAndTextTuples:
        found: StyleAndTextTuples = []
        for place in range(len(self.choices)):
            pointed = place == self.at
            found.append(("[SetCursorPosition]" if pointed else "", ""))
            end = "" if place == len(self.choices) - 1 else "\n"
            found.append(("class:pointed" if pointed else "", self._line(place) + end))
        return found

    def _line(self, place: int) -> str:
        """What stands before it and the words, which may need further lines."""
        before = self.before(place)
        room = max(self.terminal.columns - cell_width(before) - 1, NARROWEST)
        return before + ("\n" + " " * cell_width(before)).join(wrapped(self.words[place], room))

    def _moving(self) -> None:
        @self.bindings.add("down")
        @self.bindings.add("c-n")
        def down(event: KeyPressEvent) -> None:
            self.at = (self.at + 1) % len(self.choices)

        @self.bindings.add("up")
        @self.bindings.add("c-p")
        def up(event: KeyPressEvent) -> None:
            self.at = (self.at - 1) % len(self.choices)

        @self.bindings.add("left")
        @self.bindings.add(BACK)
        @self.bindings.add(full_width(BACK))
        def back(event: KeyPressEvent) -> None:
            self.back()

    def _choosing(self) -> None:
        for place, choice in enumerate(self.choices):
            digit = str(place + 1) if place < _DIGITS else ""
            for key in (*digit, *full_width(digit), *choice.keys):
                self.bindings.add(key)(partial(self._press, place))

        @self.bindings.add("enter")
        def enter(event: KeyPressEvent) -> None:
            self.finish()

    def _press(self, place: int, event: KeyPressEvent) -> None:
        self.take(place)


class TickPrompt(ListPrompt):
    """As many of the choices as one ticks."""

    keys = Message("[digits or Space tick, Enter goes on; < goes back, Esc leaves]")

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        hint: str,
        choices: Sequence[Choice],
        former: Sequence[str] = (),
    ) -> None:
        """`former` is what was ticked before."""
        self.ticked = {choice.text for choice in choices if choice.text in former}
        super().__init__(terminal, title, hint, choices)

        @self.bindings.add(" ")
        def tick(event: KeyPressEvent) -> None:
            self.take(self.at)

    def before(self, place: int) -> str:
        """The same with the tick."""
        tick = _TICKED if self.choices[place].text in self.ticked else _NOT_TICKED
        return f"{super().before(place)}{tick} "

    def take(self, place: int) -> None:
        """Tick it, or take the tick away."""
        self.at = place
        self.ticked ^= {self.choices[place].text}

    def finish(self) -> None:
        """All that is ticked."""
        chosen = [choice for choice in self.choices if choice.text in self.ticked]
        words = tuple(choice.words for choice in chosen) or Message("none")
        self.ends(self.terminal.text(words), [choice.text for choice in chosen])
