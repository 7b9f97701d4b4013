"""A page that carries its quote as JSON, so that it can be verified: sealed, and out of sight."""

from __future__ import annotations

from supportcli.inputs.quotes.carried import HTML_END, MARKDOWN_END, html_start, markdown_start

_BODY_END = "</body>"


def in_markdown(page: str, told: str) -> str:
    """The page with the JSON in a comment at its end, which nothing in it can close."""
    safe = told.replace("--", "-\\u002d").replace(">", "\\u003e")
    return f"{page}\n{markdown_start(page + chr(10) * 2)}{safe}{MARKDOWN_END}\n"


def in_html(page: str, told: str) -> str:
    """The page with the JSON in an element that no browser runs or shows."""
    safe = told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    before, end, after = page.rpartition(_BODY_END)
    return f"{before}{html_start(page)}{safe}{HTML_END}{end}{after}"
