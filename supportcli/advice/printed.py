"""The figures that a page shows against those of the same page made anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from supportcli.advice.verification import Difference, Printed
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_SIGN = r"(?:[A-Z]{3} ?)?[$\u00a2-\u00a5\u20a0-\u20c0]|[A-Z]{3} ?(?=\d)"
_FIGURE = regex(
    rf"\d{{4}}-\d\d(?:-\d\d)?|[-+]?(?:{_SIGN})?\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?%?", re.ASCII
)
_AMOUNT = regex(rf"[-+]?(?:{_SIGN})\d")
_ALONE = regex(r"-?\d+(?:\.\d+)?(?:e[-+]\d+)?(?: =.*)?")


class PageLine(NamedTuple):
    """A line or a cell of a page as one reads it: below which heading, and what it is called."""

    section: str
    label: str
    text: str

    @property
    def figures(self) -> list[str]:
        """Every number, with its sign of money, and every date."""
        return _FIGURE.findall(self.text)

    @property
    def amounts(self) -> list[str]:
        """The numbers that are money for sure, or a cell's own."""
        if _ALONE.fullmatch(self.text):
            return self.figures[:1]
        return [each for each in self.figures if _AMOUNT.match(each)]

    @property
    def where(self) -> str:
        """Where it is found."""
        return ": ".join(filter(None, (self.section, self.label)))

    @property
    def words(self) -> tuple[str, ...]:
        """The same without its figures."""
        return tuple(_FIGURE.sub("#", text) for text in self)


def compared(page: Sequence[PageLine], anew: Sequence[PageLine], *, strictly: bool) -> Printed:
    """Every figure of a page that is another one; `strictly` where all of it could be made anew.

    Else lines that only one of them has are nobody's.
    """
    count, wrong, strays, missing = 0, list[Difference](), list[PageLine](), list[PageLine]()
    matcher = SequenceMatcher(None, page, anew, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            count += sum(bool(line.figures) for line in page[start:end])
            continue
        left = list(anew[first:last])
        for line in page[start:end]:
            other = next((each for each in left if each.words == line.words), None)
            if other is None:
                strays.append(line)
                continue
            left.remove(other)
            count += bool(line.figures)
            wrong += _apart(line, other)
        missing += left
    if not strictly:
        return Printed(count, tuple(wrong), alike=False, whole=False)
    wrong += (Difference(where, each, None) for where, each in _only(strays, anew))
    wrong += (Difference(where, None, each) for where, each in _only(missing, page))
    return Printed(count, tuple(wrong), alike=not (wrong or strays or missing), whole=True)


def _apart(line: PageLine, other: PageLine) -> Iterator[Difference]:
    """The figures that differ between two lines of the same words."""
    for stated, computed in zip(line.figures, other.figures, strict=True):
        if stated != computed:
            yield Difference(other.where, stated, computed)


def _only(lines: Iterable[PageLine], elsewhere: Iterable[PageLine]) -> Iterator[tuple[str, str]]:
    """The amounts of lines that stand nowhere on the other page."""
    known = {figure for line in elsewhere for figure in line.figures}
    for line in lines:
        yield from ((line.where, each) for each in line.amounts if each not in known)
