"""Walks a tree of text and places, and notes every mistake so that all can be told at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection
from typing import TypeVar

from supportcli.core.period import parse_date
from supportcli.errors import Message, Problem, SupportCliError, quoted
from supportcli.inputs.strict_yaml.disguise import in_disguise, lookalike
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar

MOST_PROBLEMS = 100
MOST_ITEMS = 1000

Read = TypeVar("Read")


class Reader:
    """Walks a tree and notes every mistake with its place, so that all are told at once."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self._noted: list[tuple[int, int, Message]] = []
        self._found: list[tuple[int, int, Message]] = []

    def note(self, node: Node, message: Message) -> None:
        """Remember a mistake; the place is the node's."""
        self._noted.append((node.line, node.column, message))

    def find(self, node: Node, message: Message) -> None:
        """Remember what is not wrong but could be better; the place is the node's."""
        self._found.append((node.line, node.column, message))

    @property
    def noted(self) -> int:
        """How many mistakes were noted so far."""
        return len(self._noted)

    @property
    def problems(self) -> list[Problem]:
        """What was noted, in the order of the file."""
        return self._placed(self._noted)

    @property
    def findings(self) -> list[Problem]:
        """What could be better, in the order of the file."""
        return self._placed(self._found)

    def _placed(self, told: list[tuple[int, int, Message]]) -> list[Problem]:
        places = sorted(told, key=lambda noted: noted[:2])
        return [Problem(f"{self.shown}:{line}:{column}", words) for line, column, words in places]

    def fields(
        self, node: Node, known: Collection[str], required: Collection[str] = ()
    ) -> dict[str, Node]:
        """The mapping's fields by name, noting each that is unknown, repeated, empty or missing."""
        found: dict[str, Node] = {}
        first: dict[str, int] = {}
        meant: set[str] = set()
        for key, value in self.entries(node):
            if key.text not in known:
                meant.update(self._note_unknown(key, known))
            elif key.text in first:
                self.note(
                    key,
                    Message(
                        "field {name} is given twice, first in line {line}; keep one of the two",
                        name=quoted(key.text),
                        line=first[key.text],
                    ),
                )
            else:
                first[key.text] = key.line
                if isinstance(value, Scalar) and value.empty:
                    self.note(
                        key,
                        Message(
                            "field {name} is empty; give it a value or remove it",
                            name=quoted(key.text),
                        ),
                    )
                else:
                    found[key.text] = value
        for name in required:
            if name not in first and name not in meant and isinstance(node, Fields):
                self.note(node, Message("field {name} is missing; add it", name=quoted(name)))
        return found

    def entries(self, node: Node | None) -> list[tuple[Scalar, Node]]:
        """The mapping's pairs; a node of another kind is noted and has none."""
        if node is None or isinstance(node, Fields):
            return node.entries if node else []
        self.note(node, Message("fields (name: value) are expected here"))
        return []

    def named(self, node: Node | None) -> dict[str, tuple[Scalar, Node]]:
        """The mapping's pairs by name where the names are free; a repeated one is noted."""
        found: dict[str, tuple[Scalar, Node]] = {}
        for key, value in self.entries(node):
            if key.text in found:
                self.note(
                    key,
                    Message(
                        "field {name} is given twice, first in line {line}; keep one of the two",
                        name=quoted(key.text),
                        line=found[key.text][0].line,
                    ),
                )
            else:
                found[key.text] = (key, value)
        return found

    def items(self, node: Node | None) -> list[Node]:
        """The list's items; a node of another kind is noted and has none."""
        if isinstance(node, Items) and len(node.items) > MOST_ITEMS:
            self.note(node, Message("a list of more than {most}; shorten it", most=MOST_ITEMS))
            return []
        if node is None or isinstance(node, Items):
            return node.items if node else []
        self.note(node, Message("a list (- item) is expected here"))
        return []

    def string(self, node: Node | None) -> str | None:
        """The text of a single value; a list, a mapping or nothing at all is noted."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.note(node, Message("a single value is expected here"))
        elif node.empty:
            self.note(node, Message("a value is missing"))
        else:
            return node.text
        return None

    def parsed(self, node: Node | None, parse_text: Callable[[str], Read]) -> Read | None:
        """The value read by one of our own parsers, its refusal noted with the place."""
        text = self.string(node)
        if text is None or node is None:
            return None
        try:
            return parse_text(text)
        except SupportCliError as error:
            for problem in error.problems:
                self.note(node, problem.message)
            return None

    def choice(self, node: Node | None, known: Collection[str]) -> str | None:
        """One of the known words."""
        text = self.string(node)
        if text is None or node is None or text in known:
            return text
        self.note(
            node,
            Message("{text} is not one of: {known}", text=quoted(text), known=tuple(known)),
        )
        return None

    def truth(self, node: Node | None) -> bool | None:
        """true or false, and no other word for it."""
        text = self.string(node)
        if text is None or node is None or text in ("true", "false"):
            return None if text is None else text == "true"
        self.note(
            node, Message("{text} is not a truth value; write true or false", text=quoted(text))
        )
        return None

    def whole(self, node: Node | None) -> int | None:
        """A whole number, 0 or more, of at most 9 digits."""
        text = self.string(node)
        if text is None or node is None:
            return None
        if re.fullmatch(r"[0-9]{1,9}", text):
            return int(text)
        self.note(
            node, Message("{text} is not a whole number; write it like 30", text=quoted(text))
        )
        return None

    def date(self, node: Node | None) -> datetime.date | None:
        """A date as YYYY-MM-DD."""
        return self.parsed(node, parse_date)

    def refuse_if_any(self, heading: Message, error: type[SupportCliError]) -> None:
        """Raise what was noted so far, if anything was."""
        if not self._noted:
            return
        problems = self.problems[:MOST_PROBLEMS]
        left = len(self._noted) - len(problems)
        if left:
            problems.append(Problem(self.shown, Message("and {count} more", count=left)))
        raise error(problems, heading)

    def _note_unknown(self, key: Scalar, known: Collection[str]) -> list[str]:
        """Note the field; what its name was probably meant to be."""
        disguised = in_disguise(key.text)
        if disguised is not None:
            self.note(key, lookalike(disguised))
            return [name for name in known if name in key.text]
        from difflib import get_close_matches

        near = get_close_matches(key.text, known, n=1) if self.noted < MOST_PROBLEMS else []
        self.note(
            key,
            Message(
                "unknown field {name}; did you mean {near}?", name=ascii(key.text), near=near[0]
            )
            if near
            else Message(
                "unknown field {name}; the fields here are: {known}",
                name=quoted(key.text),
                known=tuple(known),
            ),
        )
        return near
