"""A quote as a workbook: the document, and a sheet for each reading that computes it anew."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable

from xlsxwriter import Workbook

from supportcli.outputs.document.model import Block
from supportcli.outputs.document.quotation.live import growth_of, live_accounts
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.xlsx_quote_live import LiveSheet
from supportcli.outputs.formats.xlsx_quote_page import QuoteSheet, QuoteStyles
from supportcli.seal import in_markdown
from supportcli.sheet_cells import CARRIER, sheet_texts

_LONGEST = 8_000  # characters of a cell, of which others keep fewer than fit
_SAME_NAME = ("Quote", "报价单")


def quote_book(paper: QuotePaper, blocks: Iterable[Block], told: str) -> bytes:
    """The workbook with the JSON on a sheet that nobody sees, sealed over all cells."""
    shown = tuple(blocks)
    seen = cells_of(paper, shown)
    return _book(paper, shown, in_markdown(seen, told)[len(seen) + 1 :])


def cells_of(paper: QuotePaper, blocks: Iterable[Block]) -> str:
    """The cells of the workbook that people see, a line for each."""
    return sheet_texts(_book(paper, blocks, "")).seen


def _book(paper: QuotePaper, blocks: Iterable[Block], carried: str) -> bytes:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    made = datetime.datetime.combine(paper.date, datetime.time())
    book.set_properties({"created": made})
    quoted, language = paper.quotation, paper.language
    currency = quoted.advice.catalogue.currency
    styles = QuoteStyles(book, currency, paper.letter.colour or "#1F4E79")
    QuoteSheet(book.add_worksheet(_SAME_NAME[language.code == "zh"]), styles, paper).write(blocks)
    growth = growth_of(quoted.advice.usage)
    for side in quoted.sides:
        sheet = LiveSheet(book, styles, paper, side)
        accounts = tuple(live_accounts(quoted, side))
        sheet.write(accounts, growth)
    carrier = book.add_worksheet(CARRIER)
    carrier.very_hidden()
    line = carried.replace("\n", "")
    for row, start in enumerate(range(0, len(line), _LONGEST)):
        carrier.write_string(row, 0, line[start : start + _LONGEST])
    book.close()
    return file.getvalue()
