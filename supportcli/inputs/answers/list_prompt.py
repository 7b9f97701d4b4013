"""A question with choices: one of them is taken, or as many as are ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.controls import FormattedTextControl

from supportcli.errors import Message
from supportcli.inputs.answers.choosing import is_open
from supportcli.inputs.answers.prompt import BACK, NARROWEST, Feedback, Prompt, Terminal
from supportcli.inputs.values.texts import half_width
from supportcli.needs.need import Choice
from supportcli.safe import safe
from supportcli.text_width import cell_width, wrapped

_TICKED, _NOT_TICKED = "[x]", "[ ]"
_DIGITS = 9


class ListPrompt(Prompt):
    """One of several choices; what is typed stands beneath until Enter, whatever it begins with."""

    keys = Message("[a digit or arrows, then Enter; < goes back, Esc leaves]")

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        hint: str,
        choices: Sequence[Choice],
        understand: Callable[[str], Feedback],
        former: Sequence[str] = (),
        text: str = "",
    ) -> None:
        """`former` is what was chosen before; else the one that is no answer is chosen already.

        `text` is what was typed before; what is typed now takes its place.
        """
        self.choices = choices
        self.understand = understand
        self.words = [terminal.say(choice.words) for choice in choices]
        texts = [choice.text for choice in choices]
        usual = next(filter(is_open, texts), texts[0])
        self.at = texts.index(next((text for text in former if text in texts), usual))
        control = FormattedTextControl(self._drawn, focusable=True, show_cursor=False)
        super().__init__(terminal, title, hint, control)
        self._moving()
        self._typing()
        self.text, self.said = "", Feedback()
        self.write(text)
        self.selected = bool(text)

    def typed(self) -> str:
        """What was typed."""
        return self.text

    def write(self, text: str) -> None:
        """Another text beneath; where it stands for a choice, that one is pointed at."""
        self.selected = False
        self.text = text.lstrip()
        found = self.understand(text.strip()) if text.strip() else Feedback()
        self.said = Feedback() if found.wrong else found
        for place in found.places[:1]:
            self.at = place

    @property
    def kept(self) -> str:
        """To what further keys are added."""
        return "" if self.selected else self.text

    def before(self, place: int) -> str:
        """What stands before the words of a choice: whether it is pointed at, its digit."""
        pointer = self.terminal.pointer if self.points_at(place) else " "
        return f" {pointer} {place + 1 if place < _DIGITS else ' '} "

    def points_at(self, place: int) -> bool:
        """Whether Enter would take the choice: not where something else is being typed."""
        return place == self.at and (not self.text or place in self.said.places)

    def note(self) -> StyleAndTextTuples:
        """What is being typed, and what it is understood as or why it is no answer."""
        if not self.text:
            return []
        typed = self.terminal.lines(f"> {safe(self.text)}")
        told = self.told(self.said)
        style = "class:selected" if self.selected else "class:mark"
        return [(style, typed), *([("", "\n")] if told else []), *told]

    def finish(self) -> None:
        """Enter was pressed."""
        text = self.text.strip()
        if half_width(text) == BACK:
            self.back()
            return
        self.said = self.understand(text) if text else Feedback(places=(self.at,))
        if not self.said.wrong:
            self.takes(text)

    def takes(self, text: str) -> None:
        """What was typed is an answer, or stands for one."""
        if not self.said.places:
            self.ends(self.as_typed(text, self.said), [text])
            return
        [place] = self.said.places
        chosen = self.choices[place].text
        words = self.as_typed(text, self.said) if self.said.words else self.words[place]
        self.ends(words, [chosen] if chosen else [])

    def _drawn(self) -> StyleAndTextTuples:
        found: StyleAndTextTuples = []
        for place in range(len(self.choices)):
            pointed = self.points_at(place)
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
            self._move(1)

        @self.bindings.add("up")
        @self.bindings.add("c-p")
        def up(event: KeyPressEvent) -> None:
            self._move(-1)

        @self.bindings.add("left", filter=Condition(lambda: not self.kept))
        def back(event: KeyPressEvent) -> None:
            self.back()

        @self.bindings.add("enter")
        def enter(event: KeyPressEvent) -> None:
            self.finish()

    def _move(self, by: int) -> None:
        self.write("")
        self.at = (self.at + by) % len(self.choices)

    def _typing(self) -> None:
        @self.bindings.add(Keys.Any)
        def type_(event: KeyPressEvent) -> None:
            if event.data.isprintable():
                self.press(event.data)

        @self.bindings.add(Keys.BracketedPaste)
        def paste(event: KeyPressEvent) -> None:
            self.write(self.kept + " ".join(event.data.split()))

        @self.bindings.add("c-h")
        def rub_out(event: KeyPressEvent) -> None:
            self.write(self.kept[:-1])

        @self.bindings.add("c-u")
        @self.bindings.add("c-w")
        def clear(event: KeyPressEvent) -> None:
            self.write("")

    def press(self, key: str) -> None:
        """A key was pressed that stands for itself."""
        self.write(self.kept + key)


class TickPrompt(ListPrompt):
    """As many of the choices as one ticks."""

    keys = Message("[digits or Space tick, Enter goes on; < goes back, Esc leaves]")

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        hint: str,
        choices: Sequence[Choice],
        understand: Callable[[str], Feedback],
        former: Sequence[str] = (),
        text: str = "",
    ) -> None:
        """`former` is what was ticked before."""
        self.ticked = {choice.text for choice in choices if choice.text in former}
        super().__init__(terminal, title, hint, choices, understand, (), text)

    @property
    def draft(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(choice.text for choice in self._chosen())

    def before(self, place: int) -> str:
        """The same with the tick."""
        tick = _TICKED if self.choices[place].text in self.ticked else _NOT_TICKED
        return f"{super().before(place)}{tick} "

    def press(self, key: str) -> None:
        """Tick it, or take the tick away; text is begun by what is no digit of a choice."""
        digits = [str(place + 1) for place in range(len(self.choices))][:_DIGITS]
        if self.text or half_width(key) not in (" ", *digits):
            super().press(key)
            return
        self.at = self.at if key.isspace() else digits.index(half_width(key))
        self.ticked ^= {self.choices[self.at].text}

    def finish(self) -> None:
        """All that is ticked, and what was typed."""
        if self.text.strip():
            super().finish()
        else:
            self._end()

    def takes(self, text: str) -> None:
        """What was typed is ticked too; a word for nothing takes all ticks away."""
        named = {self.choices[place].text for place in self.said.places}
        self.ticked = self.ticked | named if named else set()
        self._end()

    def _end(self) -> None:
        words = tuple(choice.words for choice in self._chosen()) or Message("none")
        self.ends(self.terminal.text(words), self.draft)

    def _chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.text in self.ticked]
