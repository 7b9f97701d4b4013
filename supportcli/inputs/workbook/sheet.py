"""The rows of a sheet, one after the other, as a parser goes through its part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers.expat import XMLParserType

from supportcli.inputs.workbook.cells import (
    DIGITS,
    PLAIN_NUMBER,
    CellValue,
    Formula,
    SheetCell,
    number_cell,
)
from supportcli.inputs.workbook.moments import iso_text
from supportcli.inputs.workbook.package import BrokenError, ElementEnd, Package
from supportcli.inputs.workbook.places import COLUMN_NUMBERS, MOST_COLUMNS_OF_A_SHEET
from supportcli.inputs.workbook.styles import Styles
from supportcli.inputs.workbook.texts import LONGEST_CELL, Handlers, Texts, rich_text, unescaped
from supportcli.record import NamedTuple

MOST_ROWS = 1_048_576
_USUAL = (None, "s", "n")
_VALUE, _FORMULA, _SHARED, _INLINE = " v", " f", " F", " is"  # no attribute has a blank


class TooManyRowsError(Exception):
    """A sheet with more rows than one can have."""


class OutOfOrderError(Exception):
    """A row, or a cell of it, that comes twice or too late; the row's number."""

    def __init__(self, row: int, cell: bool = False) -> None:
        super().__init__(row, cell)
        self.row = row
        self.cell = cell


class SheetRow(NamedTuple):
    """A row of a sheet: its number and what is in it, by column from 1; empty cells left out."""

    number: int
    cells: dict[int, CellValue]
    hidden: bool


class Shared(NamedTuple):
    """What all sheets of a workbook share; `read` makes of a text the value of a cell.

    Where `typed`, every number is a cell, so that it can be told from a text of digits. Where not
    `calculated`, a program wrote the formulas and stored 0 for results that it does not know.
    """

    package: Package
    texts: Texts[SheetCell]
    styles: Styles
    since_1904: bool
    read: Callable[[str], CellValue]
    typed: bool
    calculated: bool


class _PlainStyles(dict[str | None, bool]):
    """Whether a number in a style may be taken as its digits alone, by the style."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def __missing__(self, style: str | None) -> bool:
        plain = self._shared.styles.format(style).plain and not self._shared.typed
        self[style] = plain
        return plain


class WorkbookSheet:
    """A sheet's part, to be gone through once.

    `merged` counts the merged areas and `hidden` has the columns that are not shown, as far as the
    sheet was read.
    """

    def __init__(self, shared: Shared, part: str) -> None:
        self.merged = 0
        self.hidden: list[range] = []
        self._shared = shared
        self.part = part
        self._formulas: dict[str, Formula] = {}
        self._plain = _PlainStyles(shared)
        self._text = shared.texts.reader()

    def rows(self) -> Iterator[SheetRow]:
        """The rows that the part has, in their order, empty ones too.

        Raises:
            BrokenError: the part is damaged.
            OutOfOrderError: it contradicts itself.
            TooManyRowsError: it has more than a sheet can have.
        """
        walk = _Walk(self)
        for _ in self._shared.package.pieces(self.part, walk.prepare):
            yield from walk.rows
            walk.rows.clear()
            walk.check()
        try:
            walk.finish()
        except (LookupError, ValueError):
            raise BrokenError(self.part) from None
        yield from walk.rows

    def row(self, number: int, hidden: bool, cells: list[dict[str, str]]) -> SheetRow:
        """A row from the attributes of its cells and what stands in them.

        Raises:
            OutOfOrderError: a cell comes twice or too late.
            ValueError: a cell is nothing that a cell can be.
        """
        found: dict[int, CellValue] = {}
        digits = str(number)
        text, plain, match = self._text, self._plain, PLAIN_NUMBER.fullmatch
        at = 0
        value: CellValue
        for given in cells:
            before = at
            place = given.get("r")
            at = COLUMN_NUMBERS[place.removesuffix(digits)] if place else before + 1
            if at <= before:
                raise OutOfOrderError(number, cell=True)
            raw, kind = given.get(_VALUE), given.get("t")
            if _FORMULA in given or kind not in _USUAL:
                value = self._other(given, number, at)
            elif not raw:
                continue
            elif kind == "s":
                value = text(int(raw))
            elif plain[given.get("s")] and len(raw) <= DIGITS and match(raw):
                value = raw
            else:
                value = self._number(raw, given)
            if value != "":
                found[at] = value
        return SheetRow(number, found, hidden)

    def _number(self, raw: str, given: dict[str, str]) -> CellValue:
        shown = self._shared.styles.format(given.get("s"))
        value = number_cell(raw.strip(), shown, self._shared.since_1904)
        if self._shared.typed and isinstance(value, str) and not shown.dated:
            return SheetCell(value, raw, value=float(raw), format=shown)
        return value

    def _other(self, given: dict[str, str], row: int, column: int) -> CellValue:
        """A cell with a formula, or of a rarer kind."""
        raw, kind = given.get(_VALUE, ""), given.get("t", "n")
        formula = self._formula(given, row, column) if _FORMULA in given else None
        unknown = not raw or (raw == "0" and not self._shared.calculated)
        if formula and unknown and kind != "str":
            return SheetCell(f"={formula.text}", "", "formula_without_value", formula=formula)
        value = self._of_kind(kind, raw, given) if raw or kind == "inlineStr" else ""
        if formula is None or value == "":
            return value
        if isinstance(value, SheetCell):
            return value._replace(formula=formula)
        return SheetCell(value, raw, formula=formula)

    def _of_kind(self, kind: str, raw: str, given: dict[str, str]) -> CellValue:
        match kind:
            case "n":
                return self._number(raw, given)
            case "s":
                return self._text(int(raw))
            case "str":
                return self._shared.read(unescaped(raw))
            case "inlineStr":
                return self._shared.read(unescaped(given.get(_INLINE, "")))
            case "b":
                return "true" if int(raw) else "false"
            case "d":
                return iso_text(raw)
            case _:
                return SheetCell(raw, raw, "error_cell")

    def _formula(self, given: dict[str, str], row: int, column: int) -> Formula:
        text, number = given[_FORMULA], given.get(_SHARED)
        if number is None:
            return Formula(text, row, column)
        if text:
            self._formulas[number] = Formula(text, row, column)
        return self._formulas.get(number) or Formula("", row, column)


class _Walk:
    """The handlers of a parser that goes through a sheet's part, and the rows found since emptied.

    Of a cell it keeps the attributes, and beside them what stands in it. An element's end is told
    only within a text in runs: elsewhere blanks between elements do no harm.
    """

    def __init__(self, sheet: WorkbookSheet) -> None:
        self.rows: list[SheetRow] = []
        self._sheet = sheet
        self._number = 0
        self._row: dict[str, str] | None = None
        self._cells: list[dict[str, str]] = []

    def prepare(self, parser: XMLParserType, ended: ElementEnd) -> None:
        """Set the parser's handlers once the name of the first element tells the names' space."""

        def first(name: str, given: dict[str, str]) -> None:
            self._space = name.removesuffix("worksheet")
            self._parser = parser
            self._outside = self._handlers(ended)
            self._inside = rich_text(self._space, "is", self._leave, ended)
            self._outside.set(parser)

        parser.StartElementHandler = first
        parser.buffer_size = LONGEST_CELL

    def _handlers(self, ended: ElementEnd) -> Handlers:
        """Functions that share their variables: they are called several times for each cell."""
        cell, shown, line = (self._space + name for name in ("c", "v", "row"))
        begin, rarer, cells = self._begin, self._rarer, self._cells
        current: dict[str, str] = {}
        key = ""

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal current, key
            if name == cell:
                current, key = given, ""
                cells.append(given)
            elif name == shown:
                key = _VALUE
            elif name == line:
                begin(given)
            else:
                key = rarer(name, given, current)

        def data(text: str) -> None:
            # The text of an element comes in one piece; blanks alone are those between elements.
            if key and not text.isspace():
                if key not in current:
                    current[key] = text
                elif len(current[key]) <= LONGEST_CELL:
                    current[key] += text

        return Handlers(start, ended, data)

    def _rarer(self, name: str, given: dict[str, str], cell: dict[str, str]) -> str:
        """Take an element that most cells do not have: the key of the text in it, if it counts."""
        match name.removeprefix(self._space):
            case "f":
                cell[_FORMULA] = ""
                if given.get("t") == "shared":
                    cell[_SHARED] = given.get("si", "")
                return _FORMULA
            case "is":
                self._cell = cell
                self._inside.set(self._parser)
            case "mergeCell":
                self._sheet.merged += 1
            case "col" if given.get("hidden") in _YES:
                self._sheet.hidden.append(range(int(given["min"]), int(given["max"]) + 1))
        return ""

    def _leave(self, text: str) -> None:
        """A text that may stand in runs ends."""
        self._cell[_INLINE] = text
        self._outside.set(self._parser)

    def check(self) -> None:
        """Look at the row that is not whole yet.

        Raises:
            BrokenError: it has more cells than a row can have.
        """
        if len(self._cells) > MOST_COLUMNS_OF_A_SHEET:
            raise BrokenError(self._sheet.part)

    def _begin(self, given: dict[str, str]) -> None:
        self.finish()
        self._row = given

    def finish(self) -> None:
        """The row that came last is whole.

        Raises:
            OutOfOrderError: it comes twice or too late.
            ValueError: a cell is nothing that a cell can be.
        """
        if self._row is None:
            return
        before, self._number = self._number, int(self._row.get("r") or self._number + 1)
        if self._number <= before:
            raise OutOfOrderError(self._number)
        if self._number > MOST_ROWS:
            raise TooManyRowsError
        hidden = self._row.get("hidden") in _YES
        self.rows.append(self._sheet.row(self._number, hidden, self._cells))
        self._cells.clear()
        self._row = None


_YES = ("1", "true")
