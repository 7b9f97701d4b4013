"""The table of a batch: made ready for the engine, its columns understood, and that told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from supportcli.advice.batch_summary import Amounts
from supportcli.advice.rules import SERIES
from supportcli.batch.amounts import amounts_of, carried, with_units
from supportcli.batch.discounts import with_discount
from supportcli.batch.parquet import check_types, look_into
from supportcli.batch.request import BatchRequest, PriceDefaults, RaggedError, TableSource
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.aliases import BESIDE_AMOUNTS, other_of, spend_of, stem_of
from supportcli.inputs.customers.bills import bill_message, is_bill, is_of_bill
from supportcli.inputs.customers.context import Above, says_other
from supportcli.inputs.customers.doubts import heed_aside
from supportcli.inputs.customers.file_names import heed_name
from supportcli.inputs.customers.months import is_series, out_of_term, series_note, shift_note
from supportcli.inputs.customers.schema import Understood, known_amounts, understand
from supportcli.inputs.customers.sheet_columns import sheet_columns
from supportcli.inputs.customers.spans import range_stated
from supportcli.inputs.customers.suggestions import all_quoted, not_by_row, same_for_all
from supportcli.inputs.tables.column_use import ColumnUse, FoundHeader
from supportcli.inputs.tables.files import standard_input
from supportcli.inputs.tables.open import Prepared, TableOptions, kind_of, prepare, read_rejects
from supportcli.inputs.values.spend import NOT_DIVIDED
from supportcli.inputs.values.texts import normal
from supportcli.outputs.document.given import GivenBy
from supportcli.record import NamedTuple
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
        self,
        request: BatchRequest,
        folder: Path,
        tell: Callable[[Message], None],
        warn: Callable[[Message], None],
    ) -> None:
        self.request = request
        self._tell = tell
        self._warn = warn
        self.folder = folder
        self.warnings: list[Message] = []
        self._named: dict[str | None, str] = {}
        self.units: tuple[Message, ...] = ()
        self.not_used: tuple[Message, ...] = ()
        self.carried: tuple[str, ...] = ()
        self.amounts = Amounts()
        self._held: Path | None = None  # standard input, which can be read only once

    def tell(self, words: Message) -> None:
        """A word about how the table was read, also for the summary's own warnings."""
        self.warnings.append(words)
        (self._warn if words in (*self.units, *self.not_used) else self._tell)(words)

    def warn(self, words: Message) -> None:
        """The same of a word that money hangs on, which is told quietly too."""
        self.warnings.append(words)
        self._warn(words)

    def column_of(self, meaning: str) -> str | None:
        """What the table calls the column that means it."""
        return self._named.get(meaning)

    @property
    def given_by(self) -> GivenBy:
        """Where rows name plans and readings of their own, and the reading of the others."""
        rules = self.request.ask.same.rules
        usual = rules.catalogue.reading(rules.reading).name
        return GivenBy(self._place_of("plan"), self._place_of("reading"), usual)

    def _place_of(self, meaning: str) -> Message:
        column = self.column_of(meaning)
        if column is None:
            return Message("the table")
        name, file = quoted(column), safe(self.request.path)
        return Message("column {name} of {file}", name=name, file=file)

    def open(self, force: bool = False) -> Opened:
        """The table made ready, and its columns understood; what was interpreted is told once.

        Raises:
            TableError: it cannot be used as a whole.
            UsageError: its header does not go with the flags.
        """
        try:
            return self._opened(force, told=force)
        except RaggedError:
            if force:
                raise
            return self._opened(force=True, told=False)

    def _opened(self, force: bool, told: bool) -> Opened:
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
            lambda text: says_other(text, ask.same.rules.catalogue.currency) or range_stated(text),
        )
        prepared = prepare(path, self.folder, options, force)
        if given == "-" and prepared.direct:
            self._held = prepared.path
        understood = self._understood(prepared.columns, prepared.above)
        understood = understood.with_units(self._heed(prepared, understood))
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
            separator=prepared.separator,
        )
        opened = self._settled(Opened(source, prepared, understood))
        if not told:
            self._tell_all(opened)
        return opened

    def _heed(self, prepared: Prepared, understood: Understood) -> Iterator[Message]:
        """What texts beside and below the table say of amounts."""
        ask = self.request.ask
        known = known_amounts(understood.columns, ask.same.rules.catalogue.currency, ask.unit)
        for text, where, worded in prepared.aside:
            yield from heed_aside([text], known, worded, where)
        for text, alone in dict.fromkeys(_ragged_rows(prepared)):
            yield from heed_aside([text], known, named=not alone)
        yield from self._heed_name(understood)

    def _heed_name(self, understood: Understood) -> Iterator[Message]:
        """What the name of the file says of amounts."""
        ask = self.request.ask
        known = known_amounts(understood.columns, ask.same.rules.catalogue.currency, ask.unit)
        yield from heed_name(self.request.path, known)

    def _tell_all(self, opened: Opened) -> None:
        for note in (*opened.prepared.notes, *opened.understood.notes):
            self.tell(note)
        if self.carried:
            names = all_quoted(self.carried)
            self.tell(Message("columns that are carried and not read: {columns}", columns=names))

    def _settled(self, opened: Opened) -> Opened:
        """With what is known once the cells are: the units that a column names, if it names any."""
        source, understood = with_units(
            self.request.ask, opened.source, opened.understood, self.folder
        )
        if "discount" not in self.request.mapping:
            source, understood = with_discount(self.request.ask, source, understood, self.folder)
        opened = opened._replace(source=source, understood=understood)
        self.units = opened.understood.units
        self.not_used = opened.prepared.not_used
        self.amounts = amounts_of(opened.source.columns)
        self.carried = carried(opened.source.columns, self.request.ask.group_by)
        return opened

    def _parquet(self, path: Path) -> Opened:
        readable, shown = self._beside("input.parquet"), safe(str(path))
        stand_in(path, readable)
        names, types, rows, notes = look_into(readable, shown)
        understood = self._understood(names)
        understood = understood.with_units(self._heed_name(understood))
        check_types(understood.columns, types, shown)
        prepared = Prepared(readable, names, True, ",", "\n", "none", None, 0, 0, rows, notes)
        source = TableSource(
            readable, understood.columns, False, "parquet", types=types, shown=shown
        )
        opened = self._settled(Opened(source, prepared, understood))
        self._tell_all(opened)
        return opened

    def _beside(self, name: str) -> Path:
        """A free name in our folder: what the engine opens has no sign that it would interpret."""
        return Path(tempfile.mkdtemp(dir=self.folder)) / name

    def _wanted(self, header: str) -> bool:
        """Whether a name is one that we know, with a unit or a hint or without."""
        other = other_of(header)
        known = _spend(header) or is_of_bill(header) or other not in (None, *BESIDE_AMOUNTS)
        return bool(known) or header in self.request.mapping.values()

    def _has_spend(self, names: Sequence[str]) -> bool:
        """Whether a header names a spend, which every list of customers has, or is a bill's."""
        mapped = self.request.mapping.values()
        known = any(name in mapped or _spend(name) for name in names)
        return known or is_bill(names) or is_series(names)

    def _uses(self, header: FoundHeader) -> Sequence[ColumnUse]:
        """How the cells of a sheet's columns are read."""
        ask = self.request.ask
        columns = self._understood(header.names, header.above).columns
        currency = ask.same.rules.catalogue.currency
        return sheet_columns(columns, currency, ask.decimal, ask.group_by)

    def _understood(self, header: tuple[str, ...], above: Sequence[Above] = ()) -> Understood:
        request = self.request
        bill = bill_message(header)
        if bill is not None:
            raise UsageError([Problem(safe(request.path), bill)])
        self._check_current(header)
        understood = understand(
            header,
            request.mapping,
            request.basis,
            request.ask.same.rules.catalogue.currency,
            request.ignored,
            request.unread,
            above,
            request.ask.unit,
            request.ask.same.rules.catalogue.counts_paid,
        )
        unread = [column.name for column in understood.columns if column.meaning is None]
        quantities = request.ask.same.rules.catalogue.quantities
        notes = (
            *understood.notes,
            *self._of_months(understood),
            *same_for_all(unread, quantities),
            *not_by_row(unread),
            *self._not_divided(understood),
        )
        understood = understood._replace(notes=notes)
        if request.ignored and not any(other_of(name) in request.ignored for name in header):
            message = Message("--ignore-plan-column: no column names a plan or a reading")
            understood = understood._replace(notes=(*understood.notes, message))
        named = request.ask.group_by
        if named is not None and named not in header:
            message = Message(
                "there is no column {name}; the table has: {known}",
                name=quoted(named),
                known=header,
            )
            raise UsageError([Problem("--group-by", message)])
        self._named = {column.meaning: column.name for column in understood.columns}
        told = any(column.meaning == "paid_discount" for column in understood.columns)
        if request.ask.paid and request.ask.off is None and not told:
            message = Message("needs the discount that it is after; give --paid-discount 7折")
            raise UsageError([Problem("--basis", message)])
        if request.ask.sum_by == "account" and "account" not in {
            c.meaning for c in understood.columns
        }:
            message = Message("no column names the account; give --map account=COLUMN")
            raise UsageError([Problem("--sum-by", message)])
        problems = price_problems(request.ask.price, understood)
        if problems:
            raise UsageError(problems)
        return understood

    def _not_divided(self, understood: Understood) -> Iterator[Message]:
        """That a discount on what is paid changes nothing, where that is what counts."""
        request = self.request
        told = any(column.meaning == "paid_discount" for column in understood.columns)
        if request.basis == "paid" and not request.ask.paid and (told or request.ask.off):
            yield NOT_DIVIDED

    def _of_months(self, understood: Understood) -> Iterator[Message]:
        """What is said of a series with fewer months than a year has."""
        said = self.request.ask.missing_months
        by_meaning = {column.meaning: column.name for column in understood.columns}
        names = [by_meaning[name] for name in SERIES if name in by_meaning]
        if names and not {*SERIES} & {*self.request.mapping}:
            yield from self._placed(names)
        note = series_note(names, said == "mean")
        if note is not None:
            yield note
        elif said is not None:
            yield Message("--missing-months: no month is missing")

    def _placed(self, names: Sequence[str]) -> Iterator[Message]:
        """What is said of months that are called by others than those of the term."""
        same = self.request.ask.same
        currency = same.rules.catalogue.currency
        problem = out_of_term(names[0], names[-1], same.start, currency)
        if problem is not None:
            raise UsageError([Problem("", problem)])
        note = shift_note(names, same.start, currency)
        if note is not None:
            yield note

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


def _ragged_rows(prepared: Prepared) -> Iterator[tuple[str, bool]]:
    """What lines of too few cells or too many say, as notes, and whether it stands there alone."""
    for each in read_rejects(prepared.rejects) if prepared.rejects else ():
        if each.code == "too_few_fields":
            yield each.text, prepared.separator not in each.text
        elif each.code == "too_many_fields":
            cells = [cell.strip(' "') for cell in each.text.split(prepared.separator)]
            alone = sum(map(bool, cells)) == 1
            yield from ((cell, alone) for cell in cells[len(prepared.columns) :] if cell)


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
