"""A quote in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from supportcli.cli.run.render import drawn
from supportcli.cli.settings import Settings
from supportcli.errors import Message
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.view import View
from supportcli.outputs.formats.forms import PAGES
from supportcli.seal import in_html, in_markdown

if TYPE_CHECKING:
    from supportcli.outputs.document.model import Block

_LEFT_OUT = {
    "csv": (
        *("voucher", "valid_until", "prepared_by", "note", "because", "for_whom"),
        "current_plan",
    ),
    "chat": ("prepared_by", "note", "because", "for_whom"),
}


def written_quote(paper: QuotePaper, view: View, settings: Settings) -> str | bytes:
    """The document; a page that is kept carries its figures. `view` is what a chat tells.

    Raises:
        OutputError: it is to be a PDF, and none can be printed.
    """
    from supportcli.outputs.formats.json.quotation import carried, number_in, quote_json

    told = quote_json(paper)
    number = number_in(told)
    if settings.form == "json":
        from supportcli.outputs.formats.json.values import written

        return written(told)
    if settings.form == "csv":
        from supportcli.outputs.formats.quote_csv import quote_csv

        return quote_csv(paper, number)
    if settings.form == "chat":
        from supportcli.outputs.document.chat import chat_screen

        words = Message("Quote number {number}.", number=number)
        shown = view._replace(notes=(words, *view.notes))
        return drawn(chat_screen(paper.quotation.answer, paper.language, shown), settings)
    blocks = _blocks(paper, number, settings.form)
    if settings.form == "html":
        return in_html(_page(blocks, paper), carried(told))
    if settings.form == "pdf":
        from supportcli.outputs.formats.pdf import as_pdf

        return as_pdf(_page(blocks, paper, "A4"), paper.date)
    if settings.form == "xlsx":
        from supportcli.outputs.formats.xlsx_quote import quote_book

        return quote_book(paper, blocks, carried(told))
    page = drawn(blocks, settings)
    return in_markdown(page, carried(told)) if settings.form == "md" else page


def page_of(paper: QuotePaper, number: str, form: str) -> str:
    """What one sees of a page that carries its figures: HTML, Markdown, a workbook's cells."""
    blocks = _blocks(paper, number, form)
    if form == "html":
        return _page(blocks, paper)
    if form == "xlsx":
        from supportcli.outputs.formats.xlsx_quote import cells_of

        return cells_of(paper, blocks)
    from supportcli.outputs.formats.markdown import as_markdown

    return as_markdown(blocks, paper.language)


def unsaid(paper: QuotePaper, settings: Settings) -> Iterator[Message]:
    """What was given and the form has no place for; of rows also what the figures rest on."""
    for name in _LEFT_OUT.get(settings.form, ()):
        if name in settings.given:
            origin = settings.given[name].origin
            yield Message("{flag} adds nothing to {form}", flag=origin, form=settings.form)
    if settings.form == "csv":
        yield from paper.notes


def _blocks(paper: QuotePaper, number: str, form: str) -> Iterable[Block]:
    from supportcli.outputs.document.quotation.pages import quote_pages

    return quote_pages(
        paper, number, headed=form in ("html", "pdf"), carries=form in (*PAGES, "xlsx")
    )


def _page(blocks: Iterable[Block], paper: QuotePaper, sheet: str = "") -> str:
    from supportcli.outputs.formats.html import HtmlPage, as_html

    letter = paper.letter
    looks = HtmlPage(
        company=letter.company or "", logo=letter.logo, accent=letter.colour, sheet=sheet
    )
    return as_html(blocks, paper.language, looks)
