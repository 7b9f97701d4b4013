"""What the numbers in a sheet's columns are, as the customer's people see them there.

A number format can put a currency, a unit or a scale beside a number, or zeros before it. What it
says counts as the same words in a text do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from supportcli.advice.rules import BOUNDS, SPENDS
from supportcli.core.amount_text import DECIMALS
from supportcli.errors import Message, quoted
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spend import DecimalMark, could_be_thousands, has_lone_point
from supportcli.inputs.customers.units import unit_around
from supportcli.inputs.tables.column_use import TOO_LONG, ColumnUse, Refused
from supportcli.inputs.workbook.cells import CellValue, SheetCell, digits_of, text_of
from supportcli.inputs.workbook.number_format import Section
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_EXACT = Context(prec=40)
_CENTS = 2
_NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def sheet_columns(
    columns: Sequence[Column],
    currency: str,
    decimal: DecimalMark | None,
    group_by: str | None = None,
) -> list[ColumnUse]:
    """How the cells of each column are read.

    Args:
        columns: as they were understood.
        currency: of the plans.
        decimal: the mark that the amounts in texts have, if that was said.
        group_by: the column that tells the groups of the customers, if one does.
    """
    by_row = any(column.meaning == "unit" for column in columns)
    return [
        CarriedCells(groups=column.name == group_by or column.period)
        if column.meaning is None
        else _column_use(column, currency, decimal, by_row)
        for column in columns
    ]


def _column_use(
    column: Column, currency: str, decimal: DecimalMark | None, by_row: bool
) -> ColumnUse:
    match column.meaning:
        case "account":
            return AccountCells()
        case meaning if meaning in SPENDS:
            return AmountCells(column, currency, decimal, by_row)
        case meaning if meaning in BOUNDS:
            return CountCells()
        case _:
            return ShownCells()


class _Read:
    """A column that is read, and is not one of amounts."""

    carried = False
    amount = False
    account = False

    def spreads(self, cell: CellValue) -> bool:
        """Always."""
        return True

    def text(self, text: str) -> str | Refused:
        """As it is."""
        return text

    def notes(self) -> Iterator[Message]:
        """None."""
        yield from ()


class CountCells(_Read):
    """Whole numbers: 5 where 5个 is shown."""

    def read(self, cell: SheetCell) -> str | Refused:
        """The number."""
        return cell.text


class ShownCells(_Read):
    """Texts: what is shown as 2小时, 70% or 7折 is that."""

    def read(self, cell: SheetCell) -> str | Refused:
        """The text, a number between the words that are shown around it."""
        section = cell.section
        if cell.value is None or not any(section.words):
            return cell.text
        return _between(section, _moved(cell.text, -section.shift))


class AccountCells(_Read):
    """Numbers of accounts, with the zeros and marks that they are shown with."""

    account = True

    def spreads(self, cell: CellValue) -> bool:
        """Never: rows of one account are told apart or put together elsewhere."""
        return False

    def read(self, cell: SheetCell) -> str | Refused:
        """The digits as they are shown; a number that may have lost some is refused."""
        if not cell.exact:
            return Refused("number_too_long", cell.raw, TOO_LONG)
        section = cell.section
        words = any(section.words) and unit_around(" ".join(section.words), "") is None
        masked = _masked(cell)
        return _between(section, masked) if words and masked.strip() else masked


class CarriedCells(_Read):
    """What nobody reads.

    A number in a merged cell may be an amount, which in each of the rows would count as often.
    """

    carried = True

    def __init__(self, groups: bool) -> None:
        self._groups = groups

    def spreads(self, cell: CellValue) -> bool:
        """A text does, and the number of a group or of a month."""
        return self._groups or not _NUMBER.fullmatch(text_of(cell))

    def read(self, cell: SheetCell) -> str | Refused:
        """The number, with the zeros and marks that it is shown with."""
        return _masked(cell)


class _Way(NamedTuple):
    """How the numbers of a section become amounts in the unit of their column.

    The point is moved by `places`; or the text is what is `shown`, for who reads texts; or it is
    `unclear` what is meant. `unit` is to be told: the number alone would say something else.
    """

    places: int = 0
    shown: bool = False
    unclear: bool = False
    unit: str = ""


class AmountCells:
    """Amounts of money: the currency and the unit beside a number count as if they were written.

    Those with more decimals than an amount may have are rounded as they are shown, to the cent at
    least; where no certain number of decimals is shown they are left. Where another column names
    the unit of each row, a unit beside a number is for who knows both.
    """

    carried = False
    amount = True
    account = False

    def __init__(
        self, column: Column, currency: str, decimal: DecimalMark | None, by_row: bool
    ) -> None:
        self._column = column
        self._currency = currency
        self._decimal = decimal
        self._by_row = by_row
        self._point = "," if decimal == "comma" else "."
        self._power = len(str(column.factor)) - 1
        self._ways: dict[int, tuple[Section, _Way]] = {}  # by identity, the section kept alive
        self._rounded = 0
        self._units: dict[str, int] = {}

    def read(self, cell: SheetCell) -> str | Refused:
        """The amount as a text: the number alone where nothing else is to be said of it."""
        if cell.value is None:
            return self.text(cell.text)
        section = cell.section
        known = self._ways.get(id(section))
        if known is None:
            known = self._ways[id(section)] = section, self._way(section)
        way = known[1]
        if way.unclear:
            shown = _between(section, _moved(cell.text, -section.shift))
            return Refused("ambiguous_number", shown, _UNCLEAR)
        if way.shown:
            return _between(section, self._pointed(_moved(cell.text, -section.shift)))
        if way.unit:
            self._units[way.unit] = self._units.get(way.unit, 0) + 1
        return self._pointed(self._short(_moved(cell.text, way.places), section, way.places))

    def spreads(self, cell: CellValue) -> bool:
        """Never: it is that of all rows together."""
        return False

    def text(self, text: str) -> str | Refused:
        """An amount that is stored as text, which may be 12.500 for 12,500."""
        if self._decimal is None and has_lone_point(text, self._currency):
            return Refused("ambiguous_number", text, could_be_thousands(text))
        return text

    def notes(self) -> Iterator[Message]:
        """Units that only a number format told, and amounts that were rounded."""
        name = quoted(self._column.name)
        for unit, count in self._units.items():
            yield Message(
                "amounts in column {name} that the sheet shows in {unit}, and that were read so: "
                "{count}",
                name=name,
                unit=quoted(unit),
                count=count,
            )
        if self._rounded:
            yield Message(
                "amounts in column {name} with more than {most} decimals that were rounded as the "
                "sheet shows them, to the cent at least: {count}",
                name=name,
                most=DECIMALS,
                count=self._rounded,
            )

    def _way(self, section: Section) -> _Way:
        signed = any(mark in section.before + section.after for mark in "-(")
        if signed or not section.digits:
            return _Way(shown=signed or any(section.words))
        unit = unit_around(" ".join(section.words), self._currency)
        if unit is None or any(each != self._currency for each in unit.currencies):
            return _Way(shown=True)
        power = len(str(unit.factor)) - 1
        if self._by_row and (unit.stated or section.shift):
            return _Way(shown=unit.stated, unclear=not unit.stated)
        if unit.stated and power != self._power > 0:
            return _Way(unclear=True)
        if power:
            return self._in_unit(section, power)
        if section.shift and self._power not in (0, section.shift):
            return _Way(unclear=True)
        return _Way(-section.shift if self._power else 0)

    def _in_unit(self, section: Section, power: int) -> _Way:
        """With a unit of its own, the same as its column's or the only one."""
        if self._power == power:
            return _Way(-section.shift)
        places = power - section.shift
        return _Way(places, unit=" ".join(filter(None, section.words)) if places else "")

    def _short(self, text: str, section: Section, places: int) -> str:
        """With no more decimals than an amount may have, if the sheet shows so few."""
        if len(text.partition(".")[2]) <= DECIMALS or section.decimals is None:
            return text
        self._rounded += 1
        shown = section.decimals - section.shift - places
        decimals = min(DECIMALS, max(_CENTS + self._power, shown))
        unit = Decimal(1).scaleb(-decimals)
        return digits_of(str(Decimal(text).quantize(unit, ROUND_HALF_UP, _EXACT)))

    def _pointed(self, text: str) -> str:
        return text.replace(".", self._point)


_UNCLEAR = Message(
    "the sheet shows the number in another unit than the name of its column or what stands beside "
    "it says; write the number alone"
)


def _between(section: Section, number: str) -> str:
    """A number between the words that are shown around it, or the words that are shown for it."""
    return f"{section.before}{number if section.digits else ''}{section.after}".strip()


def _moved(number: str, places: int) -> str:
    """A number with its point moved to the right."""
    return digits_of(str(Decimal(number).scaleb(places, _EXACT))) if places else number


def _masked(cell: SheetCell) -> str:
    """A whole number with its digits in their places; any other as it is."""
    mask = cell.section.mask
    if not (cell.text.isdigit() and cell.section.padded):
        return cell.text
    digits = list(cell.text)
    found: list[str] = []
    places = sum(mark in "0#" for mark in mask)
    for mark in reversed(mask):
        if mark not in "0#":
            found.append(mark)
            continue
        places -= 1
        if not places:
            found.extend(reversed(digits or mark.replace("#", "")))
        elif digits:
            found.append(digits.pop())
        elif mark == "0":
            found.append(mark)
    return "".join(reversed(found))
