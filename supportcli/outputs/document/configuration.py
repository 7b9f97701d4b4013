"""What is set, and where, as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Heading, Row, Sentence, Table
from supportcli.outputs.document.wording import columns
from supportcli.record import NamedTuple
from supportcli.safe import safe


class SetBy(Enum):
    """What says it, the strongest first."""

    FLAG = "flag"
    VARIABLE = "variable"
    FILE = "file"
    DEFAULT = "default"


class Configured(NamedTuple):
    """A setting by its name in the file, what it is (empty: nothing), and what says so, and where.

    `where` is a flag, a variable, or a line of the file; None for what nobody set.
    """

    name: str
    texts: tuple[str, ...]
    origin: SetBy
    where: str | None


def configuration(
    path: Path, there: bool, settings: Sequence[Configured], language: Language
) -> Iterator[Block]:
    """Where the file is looked for, and every setting with what says it."""
    yield Heading(language.say(Message("Configuration")), apart=False)
    words = Message("The configuration file: {path}", path=safe(str(path)))
    if not there:
        words = Message("The configuration file, not there yet: {path}", path=safe(str(path)))
    yield Sentence(language.say(words))
    titles = Message("Setting"), Message("Value"), Message("Set by")
    rows = tuple(_row(one, language) for one in settings)
    yield Table(columns(language, *titles), rows)
    order = Message("A flag prevails over a variable, that over the file, that over the default.")
    yield Sentence(language.say(order))


def _row(one: Configured, language: Language) -> Row:
    value = Message("{text}", text=tuple(map(safe, one.texts))) if one.texts else Message("not set")
    default = language.say(Message("default")) if one.texts else ""
    where = default if one.where is None else safe(one.where)
    return Row((one.name, language.say(value), where))
