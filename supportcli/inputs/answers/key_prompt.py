"""The line of keys below an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.controls import FormattedTextControl

from supportcli.errors import Message, quoted
from supportcli.inputs.answers.prompt import Feedback, Prompt, Reply, Terminal
from supportcli.inputs.values.texts import half_width
from supportcli.safe import safe
from supportcli.text_width import cell_width

RESIZED = "resized"


class KeyPrompt(Prompt):
    """One key of several, in a line that is gone once one is pressed; Enter ends it."""

    def __init__(
        self,
        terminal: Terminal,
        words: Sequence[str],
        short: Sequence[str],
        keys: Iterable[str],
    ) -> None:
        """The words that show the keys, shorter ones for a narrow window, and their letters."""
        line = FormattedTextControl(self._line, focusable=True, show_cursor=False)
        super().__init__(terminal, "", "", line)
        self.words = words
        self.short = short
        self.letters = frozenset(keys)
        self.text, self.said = "", Feedback()
        self.columns = terminal.columns
        self.application.before_render += self._measure
        self._pressing()

    def typed(self) -> str:
        """What was typed that begins with none of the keys."""
        return self.text

    def note(self) -> StyleAndTextTuples:
        """What was typed, or that it is no key."""
        typed = Feedback(f"> {safe(self.text)}") if self.text else self.said
        return self.told(typed)

    def _head(self) -> StyleAndTextTuples:
        return []

    def _line(self) -> StyleAndTextTuples:
        """The words where one line holds them, else the short ones, last in as few as may be."""
        for words, gap in ((self.words, " "), (self.short, " "), (self.short, "")):
            if cell_width(line := gap.join(words)) < self.terminal.columns:
                return [("class:mark", line)]
        lines = [""]
        for word in self.short:
            longer = f"{lines[-1]} {word}".lstrip()
            if cell_width(longer) < self.terminal.columns:
                lines[-1] = longer
            else:
                lines.append(word)
        return [("class:mark", "\n".join(lines))]

    def _measure(self, application: Application[Reply]) -> None:
        """What stands above was drawn for another width once the window has got a new one."""
        if self.terminal.columns != self.columns and not application.is_done:
            self._press(RESIZED)

    def _hint(self) -> StyleAndTextTuples:
        return []

    def _pressing(self) -> None:
        @self.bindings.add(Keys.Any)
        @self.bindings.add(Keys.BracketedPaste)
        def type_(event: KeyPressEvent) -> None:
            key = half_width(" ".join(event.data.split()))
            if not self.text and key.casefold() in self.letters:
                self._press(key.casefold())
            elif key.isprintable():
                self.text += key

        @self.bindings.add("c-h")
        def rub_out(event: KeyPressEvent) -> None:
            self.text = self.text[:-1]

        @self.bindings.add("enter")
        def enter(event: KeyPressEvent) -> None:
            if not self.text:
                self._press("")
                return
            words = Message("{text} is none of these keys", text=quoted(self.text))
            self.text, self.said = "", Feedback(self.terminal.say(words), wrong=True)

    def _press(self, key: str) -> None:
        self.application.erase_when_done = True
        self.ends("", (key,))
