"""A quote in each form that is kept in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supportcli.advice.bounds import one_of
from supportcli.outputs.console import Surface
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.forms import PAGES, in_form
from supportcli.outputs.formats.json.quotation import carried, number_in, quote_json
from supportcli.seal import in_html, in_markdown

if TYPE_CHECKING:
    from supportcli.outputs.document.model import Block

KEPT_FORMS = ("html", "pdf", "xlsx", "md", "json", "csv")


def quote_document(paper: QuotePaper, form: str = "html") -> str | bytes:
    """The quote as a file of that form has it, as `supportcli quote` writes it.

    Args:
        paper: what `quote` made.
        form: html, pdf, xlsx, md, json, or csv (month by month). All but pdf
            and csv carry the rule and the figures, for `verify_quote`.

    Returns:
        Bytes of pdf and xlsx, else a text. The same quote gives the same.

    Raises:
        UsageError: there is no such form.
        OutputError: it is to be a PDF, and no browser is there to print it.
    """
    form = one_of(form, KEPT_FORMS)
    told = quote_json(paper)
    number = number_in(told)
    if form == "json":
        from supportcli.outputs.formats.json.values import written

        return written(told)
    if form == "csv":
        from supportcli.outputs.formats.quote_csv import quote_csv

        return quote_csv(paper, number)
    blocks = quote_blocks(paper, number, form)
    if form == "html":
        return in_html(_page(blocks, paper), carried(told))
    if form == "pdf":
        from supportcli.outputs.formats.pdf import as_pdf

        return as_pdf(_page(blocks, paper, "A4"), paper.date)
    if form == "xlsx":
        from supportcli.outputs.formats.xlsx_quote import quote_book

        return quote_book(paper, blocks, carried(told))
    return in_markdown(in_form(form, blocks, paper.language, Surface()), carried(told))


def page_of(paper: QuotePaper, number: str, form: str) -> str:
    """What one sees of a page that carries its figures: HTML, Markdown, a workbook's cells."""
    blocks = quote_blocks(paper, number, form)
    if form == "html":
        return _page(blocks, paper)
    if form == "xlsx":
        from supportcli.outputs.formats.xlsx_quote import cells_of

        return cells_of(paper, blocks)
    from supportcli.outputs.formats.markdown import as_markdown

    return as_markdown(blocks, paper.language)


def quote_blocks(paper: QuotePaper, number: str, form: str) -> Iterable[Block]:
    """What is said, in the order of the document."""
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
