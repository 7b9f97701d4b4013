"""A table of customers quoted by one call, for programs: what `supportcli batch` does."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from supportcli.advice.batch_summary import Outcome
from supportcli.advice.bounds import one_of, whole
from supportcli.advice.price_terms import AS_PUBLISHED, PriceTerms
from supportcli.advice.rules import RowDefaults
from supportcli.batch.job import Job
from supportcli.batch.request import Ask, BatchRequest, Decimals, PriceDefaults, Targets
from supportcli.batch.surroundings import quietly
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.meanings import ColumnBasis
from supportcli.language import load_language
from supportcli.needs.registry import Needs
from supportcli.outputs.files import scratch

DECIMAL_MARKS: Mapping[str, Decimals] = {"point": "point", "comma": "comma"}
MOST_THREADS = 1024


def quote_table(
    table: str | Path,
    out: str | Path,
    start: Month | str,
    *,
    catalogue: Catalogue | str | Path | None = None,
    needs: Needs | None = None,
    months: int = 12,
    accounts: int = 1,
    reading: str | None = None,
    quantities: Mapping[str, Fraction] | None = None,
    columns: Mapping[str, str] | None = None,
    basis: ColumnBasis | None = None,
    paid_discount: Fraction | None = None,
    decimal: Decimals | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    all_plans: bool = False,
    all_readings: bool = False,
    group_by: str | None = None,
    labels: bool = False,
    excel: bool = False,
    strict: bool = False,
    rejects: str | Path | None = None,
    replace: bool = False,
    threads: int = 1,
    agreed: PriceTerms = AS_PUBLISHED,
    include_doubtful: bool = False,
) -> Outcome:
    """Quote every row of a CSV, TSV, XLSX or Parquet file; the ending of `out` tells its form.

    What a row does not say is as `needs`, `months`, `accounts` and `reading` say. `columns` leads
    from our names to the table's columns. Refused rows go to `rejects` (default: beside `out`,
    NAME.rejects.csv), each with its reason. Amounts are in the catalogue's currency; what was
    `agreed` on price holds for rows that do not say otherwise, and amounts are then what is to be
    paid.

    Raises:
        SupportCliError: the table, a file or a value is wrong, in the command line's words;
            nothing is then written.
    """
    known = catalogue if isinstance(catalogue, Catalogue) else load_catalogue(catalogue)
    rows = RowDefaults.of(
        known, start, needs, months, accounts, reading, quantities, include_doubtful
    )
    target = Path(out)
    request = BatchRequest(
        path=str(table),
        ask=Ask(
            same=rows,
            paid=basis == "paid" and not known.counts_paid,
            off=paid_discount,
            decimal=decimal if decimal is None else DECIMAL_MARKS[one_of(decimal, DECIMAL_MARKS)],
            all_plans=all_plans,
            all_readings=all_readings,
            one_reading=reading is not None,
            excel=excel,
            group_by=group_by,
            labels=labels,
            threads=whole(threads, 1, MOST_THREADS),
            price=PriceDefaults.of(agreed),
        ),
        targets=Targets.of(target, None if rejects is None else Path(rejects), replace),
        mapping=columns or {},
        current_column=None,
        basis=basis,
        encoding=encoding,
        sheet=sheet,
        strict=strict,
        files=(Path(table),),
    )
    with scratch() as folder:
        return Job(request, quietly(load_language("en")), folder).run()
