"""A first screen as lines of a width and a number: what gives way is left out in a set order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    ScreenTable,
    SmallPrint,
    TextLine,
    VendorQuestion,
)
from supportcli.outputs.formats.screen_spans import MARGIN, Role, ScreenLine, ScreenSpan, padded
from supportcli.outputs.formats.screen_table import table_lines
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width, in_clauses, wrapped

_LABEL = 10  # cells of the labels at the left, in every language
_GAP = 3  # blanks between the amounts of a line
_QUESTIONS = 3
_CLAUSES = 2
_AT_80, _AT_60 = 22, 23
_FULL = 80
_COMMA, _OPENS, _CLOSES = (regex(signs) for signs in (", |，", "[(（]", "[)）]"))
_NARROW = 30  # cells below which labels have lines of their own


class _Room(NamedTuple):
    """How much is shown: lines of what one gets, questions, rows that are folded, a blank line.

    `kept` are the lines at most of what else does not give way; `worth` are the questions with a
    line of its own for what the answer is worth.
    """

    clauses: int = _CLAUSES
    questions: int = _QUESTIONS
    folded: int = 0
    kept: int = _CLAUSES
    apart: bool = True
    joined: bool = False  # no blank line above the table
    spare: bool = False  # what gives way to everything else
    worth: int = _QUESTIONS


_LEAST = _Room(clauses=0, questions=2, apart=False)
_LAST = (
    _LEAST,
    _LEAST._replace(kept=1),
    _LEAST._replace(kept=1, joined=True),
    _LEAST._replace(kept=1, joined=True, worth=0),
)


def most_lines(width: int) -> int:
    """How many lines a first screen may have at a width."""
    return _AT_80 if width >= _FULL else _AT_60


def screen_lines(screen: FirstScreen, width: int) -> list[ScreenLine]:
    """The screen in lines of less than the width, and of no more than there may be."""
    lines: list[ScreenLine] = []
    most = most_lines(width) - (not screen.commands.parts)  # what stands there instead is below
    bare = screen._replace(vendor="") if _is_wide(screen, width - 1) else screen
    for whole, room in product((screen, bare), _rooms(screen)):
        lines = list(_lines(whole, screen.table, width - 1, room))
        if len(lines) <= most:
            return lines
    for table, room in product(screen.smaller, _LAST):
        lines = list(_lines(bare, table, width - 1, room))
        if len(lines) <= most:
            return lines
    return lines


def _rooms(screen: FirstScreen) -> Iterator[_Room]:
    """Less and less room: what gives way first is first given up."""
    yield _Room(spare=True)
    yield _Room()
    yield _Room(clauses=1)
    yield _Room(clauses=1, worth=_QUESTIONS - 1)
    yield _Room(clauses=1, questions=2)
    yield _Room(clauses=1, questions=2, apart=False)
    yield _LEAST
    rows = screen.table.rows
    for folded in range(2, 1 + sum(bool(row.folded) for row in rows)):
        yield _LEAST._replace(folded=folded)
    folding = sum(bool(row.folded) for row in rows)
    yield _LEAST._replace(folded=folding if folding > 1 else 0, joined=True)


def _lines(
    screen: FirstScreen, table: ScreenTable, width: int, room: _Room
) -> Iterator[ScreenLine]:
    yield from _headline(screen, width)
    yield from _answer(screen, width, room)
    yield ()
    yield from _basis(screen, width, room)
    if table.rows or table.below:
        if not room.joined:
            yield ()
        yield from table_lines(table, width, room.questions, room.folded)
    if room.apart:
        yield ()
    lines = max(1, min(screen.small_print.kept, room.kept))
    for line in _small_print(screen.small_print, width, lines):
        yield (ScreenSpan(line, Role.QUIET),)
    if screen.commands.parts:
        commands = _clauses(screen.commands, width - _LABEL, 1)
        yield _label(screen.commands.label), ScreenSpan(commands)


def _small_print(print_: SmallPrint, width: int, most: int) -> list[str]:
    """The first version that has room, else the last one; broken between sentences."""
    lines: list[str] = []
    for sentences in print_.versions:
        lines = _packed(sentences, print_.between, width)
        if len(lines) <= most:
            break
    return lines


def _packed(sentences: Sequence[str], between: str, width: int) -> list[str]:
    """As many whole sentences in a line as it holds."""
    lines: list[str] = []
    for sentence in sentences:
        longer = f"{lines[-1]}{between}{sentence}" if lines else ""
        if lines and cell_width(longer) <= width:
            lines[-1] = longer
        else:
            lines += wrapped(sentence, width)
    return lines


def _headline(screen: FirstScreen, width: int) -> Iterator[ScreenLine]:
    if not _is_wide(screen, width):
        gap = width - cell_width(screen.headline) - cell_width(screen.vendor)
        yield (
            ScreenSpan(screen.headline, Role.HEAD),
            ScreenSpan(" " * gap),
            ScreenSpan(screen.vendor, Role.QUIET),
        )
        return
    for line in wrapped(screen.headline, width):
        yield (ScreenSpan(line, Role.HEAD),)
    for line in wrapped(screen.vendor, width) if screen.vendor else ():
        yield (ScreenSpan(line, Role.QUIET),)


def _is_wide(screen: FirstScreen, width: int) -> bool:
    """Whether there is no room for the vendor beside the headline."""
    return not screen.vendor or (
        width - cell_width(screen.headline) - cell_width(screen.vendor) < MARGIN
    )


def _label(text: str) -> ScreenSpan:
    return ScreenSpan(padded(text, max(_LABEL, cell_width(text) + 1)), Role.LABEL)


# The answer


def _answer(screen: FirstScreen, width: int, room: _Room) -> Iterator[ScreenLine]:
    amounts = [line for line in screen.answer if isinstance(line, AmountLine)]
    columns = _amount_columns(amounts, width)
    for line in screen.answer:
        match line:
            case AmountLine():
                yield from _amounts(line, columns, width)
            case TextLine(label, sentences, strong):
                role = Role.HEAD if strong else Role.PLAIN
                yield from _labelled(label, [(sentence, role) for sentence in sentences], width)
            case Clauses():
                yield from _shortened(line, width, room)
            case Questions():
                yield from _questions(line, room, width)


def _amount_columns(amounts: Sequence[AmountLine], width: int) -> tuple[int, int]:
    """Cells of the amounts of a month and of a year; none for a month where both do not fit."""
    month = max((cell_width(line.month) for line in amounts), default=0)
    year = max((cell_width(line.year) for line in amounts), default=0)
    return (0 if _LABEL + month + _GAP + year > width else month), year


def _amounts(line: AmountLine, columns: tuple[int, int], width: int) -> Iterator[ScreenLine]:
    if width < _NARROW:
        yield from _labelled(line.label, [(line.year, Role.YEAR)], width)
        return
    month = f"{padded(line.month, columns[0])}{' ' * _GAP}" if columns[0] else ""
    year = padded(line.year, columns[1]) if line.reason else line.year
    taken = _LABEL + cell_width(month + year) + _GAP
    spans = [_label(line.label), ScreenSpan(month), ScreenSpan(year, Role.YEAR)]
    if line.reason and taken + cell_width(line.reason) <= width:
        spans.append(ScreenSpan(" " * _GAP + line.reason))
    yield tuple(spans)


def _labelled(
    label: str, sentences: Iterable[tuple[str, Role]], width: int, signs: Sequence[str] = ()
) -> Iterator[ScreenLine]:
    """Sentences beside a label, each from a line of its own on, the first signs before them."""
    beside = _label(label)
    if width < _NARROW:
        yield (beside,)
        beside = ScreenSpan(" " * MARGIN)
    for place, (text, role) in enumerate(sentences):
        sign = signs[place] if signs else ""
        for line in in_clauses(text, width - cell_width(beside.text + sign)):
            yield beside, ScreenSpan(sign + line, role)
            beside = ScreenSpan(" " * cell_width(beside.text))
            sign = " " * cell_width(sign)


def _questions(questions: Questions, room: _Room, width: int) -> Iterator[ScreenLine]:
    beside = width - (MARGIN if width < _NARROW else _LABEL) - MARGIN
    lines, signs = [], []
    for number, item in enumerate(questions.items[: room.questions], 1):
        parts = list(_question(item, questions.between, beside))[: 1 + (number <= room.worth)]
        lines += [(part, Role.ASK) for part in parts]
        signs += [f"{number} ", *[" " * MARGIN] * (len(parts) - 1)]
    yield from _labelled(questions.label, lines, width, signs)


def _question(item: VendorQuestion, between: str, width: int) -> Iterator[str]:
    """In a line, else what it is worth from a line of its own on."""
    whole = f"{item.asked}{between}{item.worth}".rstrip()
    if cell_width(whole) <= width or not item.worth:
        yield whole
        return
    yield item.asked
    yield item.worth


# What it rests on


def _basis(screen: FirstScreen, width: int, room: _Room) -> Iterator[ScreenLine]:
    for line in screen.basis:
        match line:
            case TextLine(label, sentences):
                yield from _labelled(label, [(text, Role.PLAIN) for text in sentences], width)
            case Clauses():
                yield from _shortened(line, width, room)


def _shortened(line: Clauses, width: int, room: _Room) -> Iterator[ScreenLine]:
    """As many of its first parts as there is room for."""
    if line.spare and not room.spare:
        return
    text = _clauses(line, width - _LABEL, max(room.clauses, min(line.kept, room.kept)))
    if text:
        yield from _labelled(line.label, [(text, Role.PLAIN)], width)


def _clauses(clauses: Clauses, width: int, lines: int) -> str:
    """As many of the first parts as there are lines for."""
    for count in range(len(clauses.parts), 0, -1):
        text = clauses.between.join(clauses.parts[:count])
        if len(wrapped(text, width)) <= lines:
            return text
        if clauses.summed:
            return clauses.summed
    return _to_a_comma(clauses.parts[0], width) if clauses.cut and lines else ""


def _to_a_comma(text: str, width: int) -> str:
    """As much as a line holds up to a comma that is in no brackets; all where that is nothing."""
    ends = (match.start() for match in _COMMA.finditer(text))
    heads = [head for end in ends if _is_closed(head := text[:end]) and cell_width(head) <= width]
    return heads[-1] if heads else text


def _is_closed(text: str) -> bool:
    return len(_OPENS.findall(text)) == len(_CLOSES.findall(text))
