"""A question with an answer that is typed."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, has_selection
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.selection import SelectionState

from supportcli.errors import Message
from supportcli.inputs.answers.prompt import BACK, INDENT, Feedback, Prompt, Terminal
from supportcli.inputs.values.texts import half_width


class TextPrompt(Prompt):
    """A typed answer; what it is understood as, or what is wrong with it, stands beneath."""

    keys = Message("[Enter goes on; < goes back, Esc leaves]")

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        hint: str,
        understand: Callable[[str], Feedback],
        former: str = "",
        blank: Message | None = None,
    ) -> None:
        """`former` is selected, so that what is typed takes its place.

        `blank` is what an empty answer stands for (None: it is no answer).
        """
        self.understand = understand
        self.blank = blank
        self.said = Feedback()
        self.buffer = Buffer(multiline=False, on_text_changed=lambda _: self._look())
        self.buffer.text = former
        _select(self.buffer)
        super().__init__(
            terminal,
            title,
            hint,
            BufferControl(self.buffer, input_processors=[BeforeInput(f"{INDENT}> ", "class:mark")]),
        )
        self._typing()

    def typed(self) -> str:
        """What stands in the field."""
        return self.buffer.text

    def note(self) -> StyleAndTextTuples:
        """What it is understood as so far, or why it is no answer."""
        return self.told(self.said)

    def _look(self) -> None:
        """Nothing is called wrong while it is being typed."""
        found = self.understand(self.typed().strip()) if self.typed().strip() else Feedback()
        self.said = Feedback() if found.wrong else found

    def _typing(self) -> None:
        at_start = Condition(lambda: self.buffer.cursor_position == 0)

        @self.bindings.add("left", filter=at_start)
        def back(event: KeyPressEvent) -> None:
            self.back()

        @self.bindings.add(Keys.BracketedPaste, filter=has_selection)
        def paste(event: KeyPressEvent) -> None:
            self.buffer.cut_selection()
            self.buffer.insert_text(" ".join(event.data.split()))

        @self.bindings.add("enter")
        def enter(event: KeyPressEvent) -> None:
            text = self.typed().strip()
            if half_width(text) == BACK:
                self.back()
            elif not text and self.blank is not None:
                self.ends(self.terminal.say(self.blank), ())
            else:
                self._finish(text)

    def _finish(self, text: str) -> None:
        self.said = self.understand(text)
        if not self.said.wrong:
            self.ends(self.as_typed(text, self.said), (text,))


def _select(buffer: Buffer) -> None:
    """All of it is selected, as by the keys with Shift: another key takes its place."""
    selection = SelectionState()
    selection.enter_shift_mode()
    buffer.cursor_position = len(buffer.text)
    buffer.selection_state = selection if buffer.text else None
