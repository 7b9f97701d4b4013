"""The table of a batch: made ready for the engine, its columns understood, and that told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from supportcli.batch.parquet import check_types, look_into
from supportcli.batch.request import BatchRequest, PriceDefaults, TableSource
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.aliases import other_of, spend_of, stem_of
from supportcli.inputs.customers.schema import Understood, understand
from supportcli.inputs.customers.sheet_columns import sheet_columns
from supportcli.inputs.customers.suggestions import not_by_row, same_for_all
from supportcli.inputs.tables.column_use import ColumnUse, FoundHeader
from supportcli.inputs.tables.files import standard_input
from supportcli.inputs.tables.open import Prepared, TableOptions, kind_of, prepare
from supportcli.inputs.values.texts import normal
from supportcli.safe import safe
from supportcli.system import stand_in


class Opened(NamedTuple):
    """The rows as the engine reads them, what was found on the way, what the columns mean."""

    source: TableSource
    prepared: Prepared
    understood: Understood


class CustomerTable:
    """Opens the table of a request, again with care where the engine could not read it."""

    def __init__(
        self, request: BatchRequest, folder: Path, tell: Callable[[Message], None]
    ) -> None:
        self.request = request
        self._tell = tell
        self.folder = folder
        self.warnings: list[Message] = []
        self.plans_in = Message("the table")
        self._held: Path | None = None  # standard input, which can be read only once

    def tell(self, words: Message) -> None:
        """A word about how the table was read, also for the summary's own warnings."""
        self.warnings.append(words)
        self._tell(words)

    def open(self, force: bool = False) -> Opened:
        """The table made ready, and its columns understood; what was interpreted is told once.

        Raises:
            TableError: it cannot be used as a whole.
            UsageError: its header does not go with the flags.
        """
        given = self.request.path
        path = self._held or (standard_input() if given == "-" else Path(given))
        if isinstance(path, Path) and kind_of(path) == "parquet":
            return self._parquet(path)
        ask = self.request.ask
        options = TableOptions(
            self.request.encoding,
            self.request.sheet,
            self._wanted,
            self._has_spend,
            self._uses,
            ask.decimal == "comma",
            ask.keep_totals,
        )
        prepared = prepare(path, self.folder, options, force)
        if given == "-" and prepared.direct:
            self._held = prepared.path
        understood = self._understood(prepared.columns)
        if not force:
            for note in (*prepared.notes, *understood.notes):
                self.tell(note)
        readable = prepared.path
        if prepared.direct:
            readable = self._beside("input")
            stand_in(prepared.path, readable)
        source = TableSource(
            readable,
            understood.columns,
            not prepared.direct,
            "csv",
            prepared.delimiter,
            prepared.compression,
        )
        return Opened(source, prepared, understood)

    def _parquet(self, path: Path) -> Opened:
        readable, shown = self._beside("input.parquet"), safe(str(path))
        stand_in(path, readable)
        names, types, rows, notes = look_into(readable, shown)
        understood = self._understood(names)
        check_types(understood.columns, types, shown)
        for note in (*notes, *understood.notes):
            self.tell(note)
        prepared = Prepared(readable, names, True, ",", "\n", "none", None, 0, 0, rows, notes)
        source = TableSource(
            readable, understood.columns, False, "parquet", types=types, shown=shown
        )
        return Opened(source, prepared, understood)

    def _beside(self, name: str) -> Path:
        """A free name in our folder: what the engine opens has no sign that it would interpret."""
        return Path(tempfile.mkdtemp(dir=self.folder)) / name

    def _wanted(self, header: str) -> bool:
        """Whether a name is one that we know, with a unit or a hint or without."""
        known = other_of(header) or _spend(header)
        return bool(known) or header in self.request.mapping.values()

    def _has_spend(self, names: Sequence[str]) -> bool:
        """Whether a header names a spend, which every list of customers has."""
        mapped = self.request.mapping.values()
        return any(name in mapped or _spend(name) for name in names)

    def _uses(self, header: FoundHeader) -> Sequence[ColumnUse]:
        """How the cells of a sheet's columns are read."""
        ask = self.request.ask
        columns = self._understood(header.names).columns
        return sheet_columns(columns, ask.same.rules.catalogue.currency, ask.decimal)

    def _understood(self, header: tuple[str, ...]) -> Understood:
        request = self.request
        self._check_current(header)
        understood = understand(
            header,
            request.mapping,
            request.basis,
            request.ask.same.rules.catalogue.currency,
            request.ignored,
        )
        unread = [column.name for column in understood.columns if column.meaning is None]
        quantities = request.ask.same.rules.catalogue.quantities
        notes = (*understood.notes, *same_for_all(unread, quantities), *not_by_row(unread))
        understood = understood._replace(notes=notes)
        if request.ignored and not any(other_of(name) in request.ignored for name in header):
            message = Message("--ignore-plan-column: no column names a plan")
            understood = understood._replace(notes=(*understood.notes, message))
        named = request.ask.group_by
        if named is not None and named not in header:
            message = Message(
                "there is no column {name}; the table has: {known}",
                name=quoted(named),
                known=header,
            )
            raise UsageError([Problem("--group-by", message)])
        for column in understood.columns:
            if column.meaning == "plan":
                self.plans_in = Message(
                    "column {name} of {file}", name=quoted(column.name), file=safe(request.path)
                )
        told = any(column.meaning == "paid_discount" for column in understood.columns)
        if request.ask.paid and request.ask.off is None and not told:
            message = Message("needs the discount that it is after; give --paid-discount 7折")
            raise UsageError([Problem("--basis", message)])
        problems = price_problems(request.ask.price, understood)
        if problems:
            raise UsageError(problems)
        return understood

    def _check_current(self, header: tuple[str, ...]) -> None:
        column = self.request.current_column
        if column is None or normal(column) in map(normal, header):
            return
        message = Message(
            "{text} is neither a plan nor a column; the plans are: {plans}; the columns: {known}",
            text=quoted(column),
            plans=tuple(plan.id for plan in self.request.ask.same.rules.catalogue.plans),
            known=header,
        )
        raise UsageError([Problem("--current-plan", message)])


def price_problems(price: PriceDefaults, understood: Understood) -> list[Problem]:
    """What was agreed on price in part: neither a flag nor a column says the rest."""
    meanings = {column.meaning for column in understood.columns}
    said = {
        "discount": price.discount is not None or "discount" in meanings,
        "discount_on": price.prepaid is not None or "discount_on" in meanings,
        "tax": price.included is not None or "tax_mode" in meanings,
        "tax_rate": price.tax_rate is not None or "tax_rate" in meanings,
    }
    lacking = {
        "discount_on": ("discount", Message("means nothing without a discount; give --discount")),
        "tax": ("tax_rate", Message("needs a rate; give --tax-rate 6%")),
        "tax_rate": ("tax", Message("is it included in the fee, or added? give --tax added")),
    }
    return [
        Problem("--" + name.replace("_", "-"), words)
        for name, (other, words) in lacking.items()
        if said[name] and not said[other]
    ]


def _spend(header: str) -> bool:
    """Whether a name is that of a spend, with a unit or without."""
    return bool(spend_of(normal(header)) or spend_of(stem_of(header)))
