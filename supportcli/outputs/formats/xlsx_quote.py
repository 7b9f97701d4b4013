"""A quote as a workbook: the document, and a sheet for each reading that computes it anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook

from supportcli.outputs.document.model import Block
from supportcli.outputs.document.quotation.live import growth_of, live_accounts
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.xlsx_quote_live import LiveSheet
from supportcli.outputs.formats.xlsx_quote_page import QuoteSheet, QuoteStyles
from supportcli.seal import in_markdown
from supportcli.sheet_cells import CARRIER, sheet_texts

_LONGEST = 32_000  # characters of a cell
_SAME_NAME = ("Quote", "报价单")


def write_quote_book(path: Path, paper: QuotePaper, blocks: Iterable[Block], told: str) -> None:
    """The workbook with the JSON on a sheet that nobody sees, sealed over all cells that are seen.

    Raises:
        OSError: it cannot be written.
    """
    shown = tuple(blocks)
    _write(path, paper, shown, "")
    seen = sheet_texts(path.read_bytes()).seen
    sealed = in_markdown(seen, told)[len(seen) + 1 :]
    _write(path, paper, shown, sealed)


def _write(path: Path, paper: QuotePaper, blocks: Iterable[Block], carried: str) -> None:
    book = Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
    made = datetime.datetime.combine(paper.date, datetime.time())
    book.set_properties({"created": made})
    quoted, language = paper.quotation, paper.language
    currency = quoted.advice.catalogue.currency
    styles = QuoteStyles(book, currency, paper.letter.colour or "#1F4E79")
    QuoteSheet(book.add_worksheet(_SAME_NAME[language.code == "zh"]), styles, paper).write(blocks)
    growth = growth_of(quoted.advice.usage)
    for side in quoted.sides:
        reading = quoted.advice.catalogue.reading(side.reading)
        sheet = LiveSheet(book, styles, paper, language.text(reading.name))
        sheet.write(tuple(live_accounts(paper, side)), side.sums.settlement, growth)
    carrier = book.add_worksheet(CARRIER)
    carrier.very_hidden()
    for row, start in enumerate(range(0, len(carried), _LONGEST)):
        carrier.write_string(row, 0, carried[start : start + _LONGEST])
    book.close()
