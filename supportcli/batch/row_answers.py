"""The way back from a row to what was said of its customer, as flags would say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from supportcli.batch.engine import Batch
from supportcli.batch.values import CellTexts
from supportcli.core.money import finite
from supportcli.errors import Message
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.values.texts import blank
from supportcli.needs.need import Need
from supportcli.needs.registry import KINDS
from supportcli.record import NamedTuple
from supportcli.sql.terms import Terms

INDEX = "index.xlsx"
_AMBIGUOUS = 3  # decimals, which could be thousands


class RowAnswers(NamedTuple):
    """A row that is not refused: where it stands, whose it is, what its results are.

    `said` are flags as the command line would have them; one that is None is not given, whatever
    holds for the other rows. What all rows share is not among them.
    """

    line: int
    account: str
    customer: str
    plan: str | None
    annual: Decimal | None
    said: Mapping[str, object]

    @property
    def called(self) -> str:
        """The customer's name, else the account."""
        return self.customer or self.account

    @property
    def one_of(self) -> str:
        """The account, where the name is another: a customer can have several."""
        return self.account if self.customer and self.customer != self.account else ""


class Placed(NamedTuple):
    """The name of a row's document, and what is to be said of it; without one why there is none."""

    name: str | None
    words: Message | None = None


class Documents(NamedTuple):
    """The folder, what makes the document of a row there, and what is there of other runs."""

    folder: Path
    make: Callable[[RowAnswers], Placed]
    stale: Callable[[], Sequence[str]]

    @property
    def leading(self) -> Path:
        """The workbook that leads to them."""
        return self.folder / INDEX


class AnswersByRow:
    """Reads back from the rows of a batch, in the order of the table."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._meaning = batch.meaning
        self._same = batch.ask.same
        selection = batch.selection
        self._terms = self._meaning.terms(selection.scale, selection.words)

    def rows(self) -> Iterator[RowAnswers]:
        """Each row that is not refused; nothing else may be asked of the engine meanwhile."""
        wanted = self._wanted()
        names = tuple(wanted)
        for at, found in enumerate(self._batch.rows_with(wanted)):
            yield self._answers(at, dict(zip(names, found, strict=True)))

    def _wanted(self) -> dict[str, str]:
        """What is to be known of each row, as SQL."""
        terms, source = self._terms, self._meaning.source
        counted = self._batch.selection.plain and not source.lined
        found = {
            "line": "NULL" if counted else "line",
            "account": self._cell(self._meaning.account),
            "customer": self._cell(self._meaning.customer),
            "plan": "a_plan",
            "annual": "a_annual",
            "months": terms.months,
            "accounts": terms.accounts,
            "given plan": terms.plan,
            "current_plan": terms.current_plan,
            "reading": terms.reading,
        }
        found |= {f"spend {at}": one for at, one in enumerate(self._spends(terms))}
        found |= {f"cell {name}": self._cell(one) for name, one in self._meaning.typed.items()}
        found |= dict(self._valued())
        return {name: f"({words})" for name, words in found.items()}

    def _spends(self, terms: Terms) -> Sequence[str]:
        """Those that fees depend on; of a month that was paid what was paid."""
        return ("a0",) if self._is_paid(terms) else terms.spends

    def _is_paid(self, terms: Terms) -> bool:
        return self._batch.ask.paid and len(terms.spends) == 1

    def _valued(self) -> Iterator[tuple[str, str]]:
        """What is agreed on price."""
        for meaning in ("paid_discount", "discount", "discount_on", "tax_mode", "tax_rate"):
            for at, words in enumerate(self._meaning.values(meaning)):
                yield f"{meaning} {at}", words

    @staticmethod
    def _cell(column: Column | None) -> str:
        return "NULL" if column is None else f"CAST(c{column.index} AS VARCHAR)"

    # One row

    def _answers(self, at: int, row: Mapping[str, object]) -> RowAnswers:
        account, customer = (" ".join(str(row[name] or "").split()) for name in _WHOSE)
        said = {
            "customer": customer or account or None,
            **self._spent(row),
            **self._named(row),
            **self._price(row),
            **self._needs(row),
        }
        line, annual = row["line"], row["annual"]
        return RowAnswers(
            at + self._first if line is None else int(str(line)),
            account,
            customer,
            None if row["plan"] is None else str(row["plan"]),
            annual if isinstance(annual, Decimal) else None,
            said,
        )

    @property
    def _first(self) -> int:
        """The line of the first row, where each is on a line and none is told."""
        return 1 if self._meaning.source.kind == "parquet" else 2

    def _spent(self, row: Mapping[str, object]) -> dict[str, object]:
        spends = [_digits(row[name]) for name in row if name.startswith("spend ")]
        none = dict.fromkeys(("spend", "spend_series", "paid", "paid_discount"))
        if self._is_paid(self._terms):
            left = Fraction(str(row["paid_discount 0"])) / Fraction(str(row["paid_discount 1"]))
            return {**none, "paid": spends[0], "paid_discount": _off(1 - left)}
        if len(spends) == 1:
            return {**none, "spend": spends[0]}
        last = len(spends) - 1
        series = (spends[min(at, last)] for at in range(int(str(row["months"]))))
        return {**none, "spend_series": " ".join(series)}

    def _named(self, row: Mapping[str, object]) -> dict[str, object]:
        """The term, the accounts, the plans and the reading, as far as the row says them."""
        said: dict[str, object] = {"plan": row["given plan"]}
        for name in ("months", "accounts", "current_plan", "reading"):
            if self._says(row, name):
                said[name] = None if row[name] is None else str(row[name])
        return said

    def _price(self, row: Mapping[str, object]) -> dict[str, object]:
        typed, said = self._meaning.typed, dict[str, object]()
        if "discount" in typed or "discount_on" in typed:
            rate = Fraction(str(row["discount 0"]))
            on = "all" if row["discount_on 0"] else "postpaid"
            said |= {"discount": _off(rate) if rate else None, "discount_on": on if rate else None}
        if "tax_mode" in typed or "tax_rate" in typed:
            said["tax"] = "included" if row["tax_mode 0"] else "added"
            said["tax_rate"] = f"{finite(Fraction(str(row['tax_rate 0'])) * 100):f}%"
        return said

    def _needs(self, row: Mapping[str, object]) -> dict[str, object]:
        """What the row itself asks for, beside what no row can say."""
        said: dict[str, object] = {}
        catalogue, asked = self._same.rules.catalogue, self._same.needs
        for kind in KINDS:
            if kind.column and self._says(row, kind.column):
                text = str(row[f"cell {kind.column}"])
                own = kind.read_all(text, catalogue, CellTexts())
                others = [need for need in asked.each(kind) if not need.in_rows(catalogue)]
                said |= {kind.field: None, **_flags(kind, [*others, *own])}
        return said

    def _says(self, row: Mapping[str, object], meaning: str) -> bool:
        cell = row.get(f"cell {meaning}")
        return cell is not None and not blank(str(cell))


_WHOSE = ("account", "customer")


def _flags(kind: type[Need], needs: Sequence[Need]) -> dict[str, object]:
    """Needs as the flags that ask for them."""
    texts, found = list[str](), dict[str, object]()
    for need in needs:
        match need.flag():
            case (_, text):
                texts.append(text)
            case (flag,):
                name = flag.removeprefix("--").replace("-", "_")
                plain = name.removeprefix("no_")
                found[plain] = name == plain
    if texts:
        found[kind.field] = tuple(texts) if kind.repeated else texts[0]
    return found


def _digits(amount: object) -> str:
    """An amount that reads back as itself: 12.345 could be thousands, 12.3450 could not."""
    digits = finite(Fraction(str(amount)))
    more = len(f"{digits:f}".partition(".")[2]) == _AMBIGUOUS
    return f"{digits:f}{'0' if more else ''}"


def _off(rate: Fraction) -> str:
    return f"{finite(rate * 100):f}% off"
