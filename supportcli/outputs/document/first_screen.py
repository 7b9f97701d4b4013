"""The first screen of an answer as a value: what is said, and what may be left out of it.

Four blocks: the answer, what it rests on, a table, the small print. How many of its lines and
columns are shown is for the form to say that draws it.
"""

from __future__ import annotations

from supportcli.record import NamedTuple

_FEW = 3  # parts of a sentence


class AmountLine(NamedTuple):
    """Amounts of a month and of a year, and what makes them so; a month may be empty."""

    label: str
    month: str
    year: str
    reason: str = ""


class TextLine(NamedTuple):
    """Sentences beside a label, each on a line of its own; `strong` where one is to be seen."""

    label: str
    sentences: tuple[str, ...]
    strong: bool = False


class VendorQuestion(NamedTuple):
    """What to ask the vendor, and what the answer is worth.

    `limits` are those of the plan, for a form that has no table beside the questions.
    """

    asked: str
    worth: str
    limits: tuple[str, ...] = ()


class Questions(NamedTuple):
    """Questions beside a label, the one that matters most first; they are numbered from 1.

    `between` stands between a question and what it is worth.
    """

    label: str
    items: tuple[VendorQuestion, ...]
    between: str = " "

    @property
    def whole(self) -> tuple[str, ...]:
        """Each question and what it is worth, as a form with a table beside them tells it."""
        parts = ((item.asked, item.worth) for item in self.items)
        return tuple(self.between.join(filter(None, each)) for each in parts)


class Clauses(NamedTuple):
    """Parts of a sentence, the least telling last; there is room for a line or two.

    `kept` is how many lines of it never give way; `summed` is told instead of all parts where there
    is no room for each of them (empty: the first ones are told). The first one may be `cut` at a
    comma rather than be left out. What is `spare` is the first to give way.
    """

    label: str
    parts: tuple[str, ...]
    between: str
    kept: int = 0
    summed: str = ""
    cut: bool = False
    spare: bool = False

    @property
    def few(self) -> str:
        """All parts, or what sums up many of them."""
        whole = self.between.join(self.parts)
        return self.summed if self.summed and len(self.parts) > _FEW else whole


class SmallPrint(NamedTuple):
    """Whole sentences, and the same in fewer words: the first version is told that `kept` lines
    hold, else the last one.
    """

    versions: tuple[tuple[str, ...], ...]
    between: str
    kept: int = 1

    @property
    def whole(self) -> str:
        """All that there is to say."""
        return self.between.join(self.versions[0])


class ScreenColumn(NamedTuple):
    """A column's heading, the same in brief; one that may be left out says whether it was `asked`
    for, and of those alike the one of the least `weight` goes first.

    `least` are the fewest words, where a brief heading says what another one no longer does.
    """

    title: str
    brief: str = ""
    figures: bool = False
    asked: bool | None = None
    least: str = ""
    weight: int = 0


class ScreenCell(NamedTuple):
    """A cell's text, the same in a word, and whether it is why the row does not fit.

    `alone` stands there where the column before it is left out, `least` where otherwise one that
    was asked for would be (empty: the same as ever).
    """

    text: str
    brief: str = ""
    failing: bool = False
    alone: str = ""
    least: str = ""


class ScreenRow(NamedTuple):
    """A row's cells; `folded` is what stands for it where there is no room (empty: it stays), and
    `folding` the words before all those that are folded for the same reason.

    `question` is the number of a question that its last cell names; `alone` stands there where that
    question is not shown.
    """

    cells: tuple[ScreenCell, ...]
    marked: bool = False
    folded: str = ""
    question: int = 0
    alone: ScreenCell = ScreenCell("")
    folding: str = ""


class ScreenTable(NamedTuple):
    """A table; the first column names the row, the last one has words to spare.

    `below` are sentences under it, `below_brief` those under cells in brief (empty: the same);
    `between` is what stands between rows that are folded, `apart` what stands between those of
    different reasons.
    """

    columns: tuple[ScreenColumn, ...]
    rows: tuple[ScreenRow, ...]
    below: tuple[str, ...] = ()
    between: str = ", "
    apart: str = "; "
    below_brief: tuple[str, ...] = ()


class FirstScreen(NamedTuple):
    """The whole of it.

    `smaller` are tables to take instead, one after the other, where nothing else makes room.
    `vendor` stands at the right of the headline, `commands` are what to type next: as many as one
    line holds.
    """

    headline: str
    vendor: str
    answer: tuple[AmountLine | TextLine | Clauses | Questions, ...]
    basis: tuple[TextLine | Clauses, ...]
    table: ScreenTable
    small_print: SmallPrint
    commands: Clauses
    smaller: tuple[ScreenTable, ...] = ()

    def without_commands(self) -> FirstScreen:
        """For who wants only the answer, or above a line of keys, which do what commands would."""
        return self._replace(commands=self.commands._replace(parts=()))
