"""What a screen or a document is made of, before any form: headings, sentences, points, tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """How much a sentence matters."""

    STRONG = "strong"
    NORMAL = "normal"
    CAUTION = "caution"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows; `apart` where an empty line belongs before it."""

    text: str
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph."""

    text: str
    weight: Weight = Weight.NORMAL


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences in a list."""

    items: tuple[str, ...]
    weight: Weight = Weight.NORMAL


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; figures are never broken and align at the right."""

    title: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells; `marked` is the one to look at."""

    cells: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names the row; `apart` where empty lines belong around it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    apart: bool = True


Block = Heading | Sentence | Points | Table
