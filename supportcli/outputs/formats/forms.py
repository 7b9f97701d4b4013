"""The forms that there are: their names, the endings of their files, and what draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

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
    OutputForm("json", (".json",)),
    OutputForm("csv", (".csv",)),
    OutputForm("parquet", (".parquet",)),
    OutputForm("ndjson", (".ndjson", ".jsonl")),
    OutputForm("xlsx", (".xlsx",)),
    # No command has these yet; nothing else is to be written into files that are called so.
    OutputForm("markdown", (".md",)),
    OutputForm("html", (".html",)),
)
_BY_NAME = {form.name: form for form in FORMS}
_BY_ENDING = {ending: form for form in FORMS for ending in form.endings}

ANSWER_FORMS = ("table", "text", "json")
"""What every command's answer and the summary of a batch can be, the usual one first."""
ADVICE_FORMS = (*ANSWER_FORMS, "csv")
"""What the advice for one customer can be; as CSV it is what is charged when."""
ROW_FORMS = ("csv", "parquet", "ndjson", "xlsx")
"""What the results of a batch can be."""
REJECT_FORMS = ("csv",)
"""What its refused rows can be."""


def ending_of(path: Path) -> str:
    """How a file's name ends, in small letters: .csv, a lone point too; empty where it has none."""
    return "." if path.name.endswith(".") else path.suffix.lower()


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


def in_form(name: str, blocks: Iterable[Block], language: Language, surface: Surface) -> str:
    """The blocks in a form that is drawn."""
    draw = _BY_NAME[name].draw
    if draw is None:
        raise ValueError(f"{name} is not drawn")
    return draw(blocks, language, surface)
