"""The forms that there are: their names, the endings of their files, and what draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from supportcli.record import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from supportcli.language import Language
    from supportcli.outputs.console import Surface
    from supportcli.outputs.document.model import Block

Drawing = Callable[["Iterable[Block]", "Language", "Surface"], str]


def _table(blocks: Iterable[Block], language: Language, surface: Surface) -> str:
    from supportcli.outputs.formats.terminal import draw  # with Rich, which only a table needs

    return draw(blocks, surface)


def _text(blocks: Iterable[Block], language: Language, surface: Surface) -> str:
    from supportcli.outputs.formats.text import as_text

    return as_text(blocks, language)


def _markdown(blocks: Iterable[Block], language: Language, surface: Surface) -> str:
    from supportcli.outputs.formats.markdown import as_markdown

    return as_markdown(blocks, language)


def _html(blocks: Iterable[Block], language: Language, surface: Surface) -> str:
    from supportcli.outputs.formats.html import as_html

    return as_html(blocks, language)


class OutputForm(NamedTuple):
    """A form in which an answer or rows are written, and the endings that tell it.

    `draw` makes its text of blocks; None where it holds values or rows, which are no blocks.
    """

    name: str
    endings: tuple[str, ...] = ()
    draw: Drawing | None = None


FORMS = (
    OutputForm("table", draw=_table),
    OutputForm("text", (".txt",), _text),
    OutputForm("md", (".md",), _markdown),
    OutputForm("html", (".html", ".htm"), _html),
    OutputForm("pdf", (".pdf",)),
    OutputForm("chat", draw=_text),
    OutputForm("json", (".json",)),
    OutputForm("csv", (".csv",)),
    OutputForm("parquet", (".parquet",)),
    OutputForm("ndjson", (".ndjson", ".jsonl")),
    OutputForm("xlsx", (".xlsx",)),
)
_BY_NAME = {form.name: form for form in FORMS}
_BY_ENDING = {ending: form for form in FORMS for ending in form.endings}

PAGES = ("md", "html")
"""Those that are read apart from the command: explanations have the answer above them."""
FILES_ALONE = ("pdf", "xlsx")
"""Those that no standard output shows, of the answers that are written at once."""
_DRAWN = ("table", "text", *PAGES)
QUOTE_FILES = ("html", "pdf", "xlsx", "md", "json")
"""The forms of a quote that one keeps or sends as a file."""

VERB_FORMS: Mapping[str, tuple[str, ...]] = {
    "advise": (*_DRAWN, "chat", "json", "csv"),  # as CSV it is what is charged when
    "quote": (*_DRAWN, "pdf", "chat", "json", "csv", "xlsx"),  # as CSV its lines, month by month
    "verify": (*_DRAWN, "json"),
    "formula": ("text", "json"),
    "breakeven": (*_DRAWN, "json"),
    "compare": (*_DRAWN, "json"),
    "batch": (*_DRAWN, "json"),  # the summary
    "batch --dry-run": ("csv", "json"),
    "batch --out": ("csv", "parquet", "ndjson", "xlsx"),
    "batch --rejects": ("csv",),
    "batch --form": QUOTE_FILES,
    "plans list": (*_DRAWN, "json"),
    "plans show": (*_DRAWN, "json"),
    "plans check": ("table", "text", "json"),  # lines as compilers write them
    "plans test": (*_DRAWN, "json"),
    "plans diff": (*_DRAWN, "json"),
    "plans export": ("text",),
    "plans schema": ("json",),
    "config path": ("text", "json"),
    "config show": (*_DRAWN, "json"),
    "sql": ("text",),
}
"""Which verb has which form, the usual one first; a batch has others for its files."""
VERB_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "plans export": (".yaml", ".yml"),
    "plans schema": (".json", ".txt"),
    "sql": (".sql", ".txt"),
}
"""How files may end of verbs that have one form alone, which has names of its own."""


def ending_of(path: Path) -> str:
    """How a file's name ends, in small letters: .csv, a lone point too; empty where it has none."""
    return "." if path.name.endswith(".") else path.suffix.lower()


def is_form(name: str) -> bool:
    """Whether any command has a form of that name."""
    return name in _BY_NAME


def fits(form: str, ending: str) -> bool:
    """Whether a file with that ending may hold the form: its own, or .txt for what is drawn."""
    told = form_of(ending)
    return told in (None, form) or (told == "text" and not _BY_NAME[form].endings)


def form_of(ending: str) -> str | None:
    """The form of a file with that ending, in capitals too."""
    form = _BY_ENDING.get(ending.lower())
    return form.name if form else None


def endings_of(names: Iterable[str]) -> tuple[str, ...]:
    """The endings that tell one of these forms."""
    return tuple(ending for name in names for ending in _BY_NAME[name].endings)


def goes_by_stream(name: str) -> bool:
    """Whether its language is one that the stream can hold: it is drawn of words, with no signs for
    other characters.
    """
    return name != "html" and is_drawn(name)


def is_drawn(name: str) -> bool:
    """Whether it is drawn of words; else it holds values or rows."""
    return name in _BY_NAME and _BY_NAME[name].draw is not None


def in_form(name: str, blocks: Iterable[Block], language: Language, surface: Surface) -> str:
    """The blocks in a form that is drawn."""
    draw = _BY_NAME[name].draw
    if draw is None:
        raise ValueError(f"{name} is not drawn")
    return draw(blocks, language, surface)
