"""A quote in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.cli.run.render import drawn
from supportcli.cli.settings import Settings
from supportcli.errors import Message
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.view import View
from supportcli.outputs.formats.json.quotation import number_in, quote_json
from supportcli.quotes.document import KEPT_FORMS, quote_blocks, quote_document

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
    if settings.form in KEPT_FORMS:
        return quote_document(paper, settings.form)
    number = number_in(quote_json(paper))
    if settings.form == "chat":
        from supportcli.outputs.document.chat import chat_screen

        words = Message("Quote number {number}.", number=number)
        shown = view._replace(notes=(words, *view.notes))
        return drawn(chat_screen(paper.quotation.answer, paper.language, shown), settings)
    return drawn(quote_blocks(paper, number, settings.form), settings)


def unsaid(paper: QuotePaper, settings: Settings) -> Iterator[Message]:
    """What was given and the form has no place for; of rows also what the figures rest on."""
    for name in _LEFT_OUT.get(settings.form, ()):
        if name in settings.given:
            origin = settings.given[name].origin
            yield Message("{flag} adds nothing to {form}", flag=origin, form=settings.form)
    if settings.form == "csv":
        yield from paper.notes
