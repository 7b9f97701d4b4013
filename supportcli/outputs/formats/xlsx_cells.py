"""The cells of a workbook: numbers as numbers, texts never formulas, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from supportcli.core.currencies import minor_digits
from supportcli.errors import Message, OutputError
from supportcli.outputs.document.pages import PageColumn, PageKind
from supportcli.patterns import regex

LONGEST_CELL_TEXT = 32_767
_LARGEST = Decimal(10**13)  # more have not all of their digits in a sheet, which keeps fifteen
_DIGITS = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]{1,6})?")
_FIGURES = {"align": "right", "indent": 1}  # apart from a text in the column behind them
# Signs that a program shows the same in every country, with the language that tells whose they are.
_SIGNS = {
    "CNY": "[$¥-804]",
    "USD": "[$$-409]",
    "JPY": "[$¥-411]",
    "EUR": "[$€-2]",
    "GBP": "[$£-809]",
}


def money_format(currency: str) -> str:
    """The number format of amounts in a currency, with its sign or its code."""
    digits = minor_digits(currency)
    return (
        _SIGNS.get(currency, f"[${currency}] ") + "#,##0" + ("." + "0" * digits if digits else "")
    )


class CellStyles:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Workbook, currency: str) -> None:
        money = money_format(currency)
        self._codes: dict[PageKind, str] = {
            "text": "General",
            "kept": "@",
            "link": "@",
            "count": "#,##0_ ",
            "number": "#,##0.00####_ ",
            "money": f"{money}_ ",
            "difference": f"+{money}_ ;[Red]-{money}_ ;{money}_ ",
        }
        self._book = book
        self._made: dict[tuple[PageKind, bool], Format] = {}
        edge = {"bold": True, "bg_color": "#F2F2F2", "bottom": 1, "valign": "vcenter"}
        self.header = book.add_format({**edge, "text_wrap": True})
        self.figures = book.add_format({**edge, **_FIGURES, "text_wrap": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format({"bold": True})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, kind: PageKind, total: bool = False) -> Format:
        """How the values of a column are shown."""
        found = self._made.get((kind, total))
        if found is None:
            edge = {"bold": True, "top": 1} if total else {}
            side = {} if kind in _TEXTS else _FIGURES
            found = self._book.add_format({"num_format": self._codes[kind], **side, **edge})
            self._made[kind, total] = found
        return found


class CellWriter:
    """Writes values into a sheet: numbers of digits as numbers, everything else as text."""

    def __init__(self, sheet: Worksheet, styles: CellStyles) -> None:
        self.sheet = sheet
        self.styles = styles
        self._links = 0

    def of(self, kind: PageKind) -> _Write:
        """A function that writes a value of that kind to a row and a column, if it is one."""
        style = self.styles.of(kind)
        if kind == "link":
            return self._link
        if kind in _TEXTS:
            shown = None if kind == "text" else style
            return lambda row, column, value: self.text(row, column, value, shown)
        number, text = self.sheet.write_number, self.text

        def write(row: int, column: int, value: object) -> None:
            found = value if value.__class__ is Decimal else _number(value)
            if found is None or not -_LARGEST < found < _LARGEST:
                text(row, column, value, style)
            else:
                # A decimal is written with its own digits, no float is made of it.
                number(row, column, found, style)  # type: ignore[call-overload]

        return write

    def text(self, row: int, column: int, value: object, style: Format | None) -> None:
        """A text as it is, whatever it looks like; nothing where there is none.

        Raises:
            OutputError: it is longer than a cell can hold.
        """
        if value is None or value == "":
            return
        if self.sheet.write_string(row, column, str(value), style):
            raise OutputError(
                Message(
                    "a sheet holds {count} characters in a cell at most; write CSV",
                    count=LONGEST_CELL_TEXT,
                )
            )

    def _link(self, row: int, column: int, value: object) -> None:
        """A name that leads to the file; a sheet holds so many links, the rest are plain names."""
        if value is None or self._links == _MOST_LINKS:
            self.text(row, column, value, None)
            return
        self._links += 1
        self.sheet.write_url(row, column, f"external:{value}", string=str(value))

    def titles(self, row: int, columns: Sequence[PageColumn]) -> None:
        """The header of a table."""
        for at, column in enumerate(columns):
            style = self.styles.header if column.kind in _TEXTS else self.styles.figures
            self.text(row, at, column.title, style)

    def totals(
        self, row: int, columns: Sequence[PageColumn], total: str, formula: Callable[[int], str]
    ) -> None:
        """The sums of columns as formulas with their values, behind a word for them."""
        for at, column in enumerate(columns):
            style = self.styles.of(column.kind, total=True)
            if column.sum is not None:
                self.sheet.write_formula(row, at, formula(at), style, column.sum)
            elif at == 0:
                self.text(row, at, total, style)
            else:  # the line above the sums has no gap
                self.sheet.write_blank(row, at, None, style)


_TEXTS = ("text", "kept", "link")
_MOST_LINKS = 65_530
_Write = Callable[[int, int, object], None]


def _number(value: object) -> Decimal | None:
    """A value as a number: a whole one, or a text that is digits alone."""
    if isinstance(value, int | Decimal):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else None
