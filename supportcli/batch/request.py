"""What a batch was asked for, and what came of it, as values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

from supportcli.advice.price_terms import PriceTerms
from supportcli.advice.rules import RowDefaults, Rules
from supportcli.errors import ExitCode, Message, SupportCliError, UsageError, quoted
from supportcli.inputs.customers.context import AmountsSaid
from supportcli.inputs.customers.meanings import ColumnBasis
from supportcli.inputs.customers.schema import Column
from supportcli.outputs.files import no_file
from supportcli.outputs.formats.forms import VERB_FORMS, ending_of, endings_of, form_of
from supportcli.record import NamedTuple

Decimals = Literal["point", "comma"]
MissingMonths = Literal["last", "mean"]
SumBy = Literal["account", "row"]
RATE_UNITS = 10**8


class PriceDefaults(NamedTuple):
    """What was agreed on price with every row that does not say otherwise; None: nobody said it.

    `discount` is the share taken off the fee, `prepaid` whether off what is prepaid too; `included`
    whether the fee includes the tax, `tax_rate` its rate. Rates have at most eight decimals.
    """

    discount: Fraction | None = None
    prepaid: bool | None = None
    included: bool | None = None
    tax_rate: Fraction | None = None

    @classmethod
    def of(cls, agreed: PriceTerms) -> PriceDefaults:
        """The same of one customer; a voucher is no price.

        Raises:
            UsageError: a rate that has more decimals.
        """
        discount, tax = agreed.discount, agreed.tax
        rates = [one.rate for one in (discount, tax) if one is not None]
        if any((rate * RATE_UNITS).denominator != 1 for rate in rates):
            raise UsageError(Message("a rate has at most eight decimals"))
        return cls(
            discount.rate if discount else None,
            discount.prepaid if discount else None,
            tax.included if tax else None,
            tax.rate if tax else None,
        )

    @property
    def said(self) -> bool:
        """Whether a discount or a tax was agreed."""
        return self.discount is not None or self.tax_rate is not None


class Ask(NamedTuple):
    """What holds for every row that does not say otherwise, and what OUT is to hold.

    `same` are rules, needs and term; `paid` where a column of spend holds what is paid, and spend
    counts before its discount; `off` is then the share that the discount takes off (None: a column
    says). `missing_months` is what the months of a term are that no column of a series holds (None:
    the last one that there is).
    `unit` is what all amounts are in, if that was said.
    `against` are the older rules to compare with. `sum_by` is whether rows of an account are put
    together, or each row is a customer (None: nobody said it). `one_reading` where a reading
    was named, so that nothing is told under the likeliest one.
    """

    same: RowDefaults
    paid: bool = False
    off: Fraction | None = None
    decimal: Decimals | None = None
    missing_months: MissingMonths | None = None
    unit: AmountsSaid | None = None
    all_plans: bool = False
    all_readings: bool = False
    one_reading: bool = False
    against: Rules | None = None
    keep_duplicates: bool = False
    keep_totals: bool = False
    sum_by: SumBy | None = None
    limit: int | None = None
    excel: bool = False
    group_by: str | None = None
    labels: bool = False
    threads: int = 1
    price: PriceDefaults = PriceDefaults()

    @property
    def compared_with(self) -> Message:
        """What the costs are held against, if they are."""
        ours = self.same.rules
        if self.against is None:
            return Message("the plans of today")
        theirs = self.against.catalogue
        if theirs.file == ours.catalogue.file and theirs.what_if != ours.catalogue.what_if:
            return Message("the fees as they are")
        if theirs.file == ours.catalogue.file:
            name = self.against.catalogue.reading(self.against.reading).name
            return Message("another reading ({reading})", reading=name)
        return Message("the older rules")


class TableSource(NamedTuple):
    """Clean text columns: a file that the engine reads, and what each column means.

    `lined` where each record begins with its physical line. Of Parquet `types` are the engine's
    types of the columns; `shown` is what the user calls the file, `separator` that of its cells.
    `units` are those that a column of the unit of each row names.
    """

    path: Path
    columns: tuple[Column, ...]
    lined: bool
    kind: Literal["csv", "parquet"] = "csv"
    delimiter: str = ","
    compression: str = "none"
    types: tuple[str, ...] = ()
    shown: str = ""
    separator: str = ","
    units: Mapping[str, int] | None = None


class Targets(NamedTuple):
    """Where things go: the results (None: no file), the refused rows (None: nowhere), the form.

    Files that are there already are refused unless they are to be replaced.
    """

    out: Path | None
    rejects: Path | None
    form: str
    replace: bool = False

    @classmethod
    def of(cls, out: Path | None, rejects: Path | None, replace: bool = False) -> Targets:
        """The form as the ending tells, the refused rows beside the results unless named.

        Raises:
            UsageError: the ending is that of no form, or something else than a file is there.
        """
        if out is None:
            return cls(None, rejects, "csv", replace)
        form = file_form(out, VERB_FORMS["batch --out"])
        beside = out.with_name(f"{out.stem}.rejects.csv")
        return cls(out, rejects or beside, form, replace)


def file_form(path: Path, forms: Sequence[str]) -> str:
    """Which of the forms a file has, as its ending tells; the first where it has no ending.

    Raises:
        UsageError: it tells none of them, or something else than a file is there.
    """
    ending = ending_of(path)
    wrong = None if form_of(ending) in forms else no_file(path)
    if wrong is not None:
        raise UsageError(wrong)
    form = form_of(ending) if ending else forms[0]
    if form is None or form not in forms:
        unknown = Message(
            "{text} has an ending that is not one of: {known}",
            text=quoted(str(path)),
            known=endings_of(forms),
        )
        raise UsageError(unknown)
    return form


class BatchRequest(NamedTuple):
    """One run of `batch` as it was asked for.

    `mapping` leads from our names to columns; `current_column` is the one that --current-plan
    named; a column of what is `ignored`, or that is among the `unread`, is only carried through.
    `files` are all that is read: catalogues and, unless it is `-`, the table at `path`. `made` is
    the day that a workbook says it was made on (the first of the term unless given), `notes` what
    its rules and its term take for granted.
    """

    path: str
    ask: Ask
    targets: Targets
    mapping: Mapping[str, str]
    current_column: str | None
    basis: ColumnBasis | None
    encoding: str | None
    sheet: str | None
    strict: bool
    files: tuple[Path, ...]
    ignored: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    made: datetime.date | None = None
    notes: tuple[Message, ...] = ()

    @property
    def for_spreadsheet(self) -> bool:
        """Whether what is written is to be opened in a spreadsheet."""
        return self.ask.excel or self.targets.form == "xlsx"


class RaggedError(Exception):
    """The engine could not split a file that was thought clean; it is to be normalised."""


class StrictError(SupportCliError):
    """A row was refused and the user wanted none to be."""

    exit_code = ExitCode.FAILED
