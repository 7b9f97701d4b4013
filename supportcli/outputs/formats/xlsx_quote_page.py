"""The first sheet of a quote: its blocks as a page that one prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from supportcli.core.money import Money
from supportcli.outputs.document.model import (
    Block,
    Chart,
    Figures,
    Heading,
    Pairs,
    Points,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.xlsx_cells import money_format
from supportcli.text_width import wrapped

_FIRST, _OTHER, _COLUMNS = 30, 18, 6
_LINE = 17
_A4 = 9
_INPUT = {"bg_color": "#FFF7DB", "font_color": "#1A3FAA", "border": 1, "border_color": "#D9C77E"}


class QuoteStyles:
    """The formats of the sheets of a quote."""

    def __init__(self, book: Workbook, currency: str, accent: str) -> None:
        money, base = money_format(currency), {"font_size": 10, "valign": "vcenter"}
        code = f"{money};-{money}"
        edge = {"bold": True, "top": 1}

        def made(**more: object) -> Format:
            return book.add_format({**base, **more})

        self.title = made(bold=True, font_size=18, font_color=accent)
        self.heading = made(bold=True, font_size=12, font_color=accent, bottom=1)
        self.text = made(text_wrap=True)
        self.strong = made(text_wrap=True, bold=True)
        self.quiet = made(text_wrap=True, font_color="#666666", font_size=9)
        self.caution = made(text_wrap=True, font_color="#8A4B00")
        self.plain = made(font_color="#666666", font_size=9)
        self.beside = made(font_color="#666666", font_size=9, indent=1)
        self.label = made(font_color="#666666", text_wrap=True)
        self.header = made(bold=True, bg_color="#EEF2F7", text_wrap=True, bottom=1)
        self.figures = made(bold=True, bg_color="#EEF2F7", text_wrap=True, bottom=1, align="right")
        self.money = made(num_format=code, align="right")
        self.sum = made(num_format=code, align="right", **edge)
        self.total = made(text_wrap=True, **edge)
        self.big = made(num_format=code, bold=True, font_size=14, align="left")
        self.held = made(num_format=code, align="right", bg_color="#EFEFEF")
        self.number = made(num_format="#,##0.############", align="right")
        self.share = made(num_format="0.####%", align="right")
        self.money_in = made(num_format=code, align="right", **_INPUT)
        self.share_in = made(num_format="0.####%", align="right", **_INPUT)
        self.count_in = made(num_format="0", align="right", **_INPUT)


class QuoteSheet:
    """Writes the page from top to bottom."""

    def __init__(self, sheet: Worksheet, styles: QuoteStyles, paper: QuotePaper) -> None:
        self._sheet, self._styles, self._row = sheet, styles, 0
        zero = Money(Decimal(0), paper.quotation.advice.catalogue.currency)
        self._sign = paper.language.text(zero).rstrip("0123456789.")

    def write(self, blocks: Iterable[Block]) -> None:
        """All blocks; then what makes it print on A4."""
        found = tuple(blocks)
        tables = [len(block.columns) for block in found if isinstance(block, Table)]
        self._last = max((_COLUMNS, *tables)) - 1
        self._sheet.set_column(0, 0, _FIRST)
        self._sheet.set_column(1, self._last, _OTHER)
        for block in found:
            self._block(block)
        set_up(self._sheet, landscape=False)

    def _block(self, block: Block) -> None:
        match block:
            case Pairs(items):
                for pair in items:
                    self._beside(pair.label, pair.text, self._styles.text)
            case Figures(items):
                for figure in items:
                    self._beside(figure.label, figure.amount, self._styles.big, figure.note)
                    if figure.way:
                        self._across(figure.way, self._styles.quiet)
            case Table():
                self._table(block)
            case _:
                self._words(block)

    def _words(self, block: Block) -> None:
        styles = self._styles
        match block:
            case Heading(text):
                self._row += 1
                self._across(text, styles.heading, height=20)
            case Sentence(text, weight):
                self._across(text, self._style(weight), height=0 if self._row else 28)
            case Points(items, weight):
                for item in items:
                    self._across(f"• {item}", self._style(weight))
            case Chart():
                for text in block.told:
                    self._across(text, styles.quiet)

    def _table(self, table: Table) -> None:
        figures = [column.figures for column in table.columns]
        self._titles([column.title for column in table.columns], figures)
        for row in table.rows:
            self._cells(row.cells, figures, row.marked)
        self._row += 1

    def _style(self, weight: Weight) -> Format:
        styles = self._styles
        if not self._row:
            return styles.title
        kinds = {Weight.STRONG: styles.strong, Weight.QUIET: styles.quiet}
        return {**kinds, Weight.CAUTION: styles.caution}.get(weight, styles.text)

    def _across(self, text: str, style: Format, height: int = 0) -> None:
        self._sheet.merge_range(self._row, 0, self._row, self._last, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._high(height, (text, _FIRST + self._last * _OTHER))
        self._row += 1

    def _beside(self, label: str, text: str, style: Format, note: str = "") -> None:
        self._sheet.write_string(self._row, 0, label, self._styles.label)
        last = self._last if not note else 1
        if last > 1:
            self._sheet.merge_range(self._row, 1, self._row, last, "", style)
        self._value(1, text, style, style)
        if note:
            self._sheet.merge_range(self._row, 2, self._row, self._last, "", self._styles.quiet)
            self._sheet.write_string(self._row, 2, note, self._styles.quiet)
        wide = (self._last - 1) * _OTHER
        self._high(22 if note else 0, (note or text, wide))
        self._row += 1

    def _titles(self, titles: Sequence[str], figures: Sequence[bool]) -> None:
        for at, (title, right) in enumerate(zip(titles, figures, strict=True)):
            style = self._styles.figures if right else self._styles.header
            self._sheet.write_string(self._row, at, title, style)
        self._high(0, *((title, self._width(at)) for at, title in enumerate(titles)))
        self._row += 1

    def _cells(self, cells: Sequence[str], figures: Sequence[bool], marked: bool) -> None:
        styles = self._styles
        for at, (text, right) in enumerate(zip(cells, figures, strict=True)):
            words = styles.total if marked else styles.text
            amounts = styles.sum if marked else styles.money
            self._value(at, text, amounts if right else words, amounts)
        self._high(0, *((text, self._width(at)) for at, text in enumerate(cells)))
        self._row += 1

    def _width(self, at: int) -> int:
        return _OTHER if at else _FIRST

    def _value(self, at: int, text: str, style: Format, amounts: Format) -> None:
        """An amount as a number, everything else as a text, never a formula."""
        amount = self._amount(text)
        if amount is None:
            self._sheet.write_string(self._row, at, text, style)
        else:
            self._sheet.write_number(self._row, at, amount, amounts)  # type: ignore[call-overload]

    def _amount(self, text: str) -> Decimal | None:
        bare = text.removeprefix("-")
        if not bare.startswith(self._sign):
            return None
        try:
            amount = Decimal(bare.removeprefix(self._sign).replace(",", ""))
        except InvalidOperation:
            return None
        return -amount if text.startswith("-") else amount

    def _high(self, least: int, *texts: tuple[str, int]) -> None:
        """As many lines as the longest of a row's texts takes: not every program sees to it."""
        lines = max(len(wrapped(text, max(width - 2, 8))) for text, width in texts)
        self._sheet.set_row(self._row, max(least, _LINE * max(lines, 1)))


def set_up(sheet: Worksheet, landscape: bool) -> None:
    """As it is to be looked at and printed."""
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")
    if landscape:
        sheet.set_landscape()
