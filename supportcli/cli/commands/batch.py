"""`supportcli batch`: many customers from a table: one answer for each, and what was refused.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.commands.quote import By, ForWhom, Note, Valid
from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.cli.flags import table as table_options
from supportcli.errors import translatable

HELP = translatable(
    "Quote many customers from a CSV, TSV, XLSX or Parquet file: a plan and its cost for each row, "
    "and every row that cannot be quoted in a file of its own with the reason."
)

Input = Annotated[str, typer.Argument(metavar="INPUT")]
OutTable = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=translatable(
            "The results; the ending tells the form: .csv, .parquet, .xlsx, .ndjson."
        ),
    ),
]
AllPlans = Annotated[
    bool, typer.Option("--all-plans", help=translatable("Every plan's figures beside the advice."))
]
Readings = Annotated[
    bool,
    typer.Option("--readings", help=translatable("The year's cost under every reading too.")),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="FILE|NAME",
        help=translatable("Compare with older rules: what a price change does to each customer."),
    ),
]
AgainstReading = Annotated[
    str | None,
    typer.Option(
        "--against-reading",
        metavar="NAME",
        help=translatable("Compare with another reading of the fee rule."),
    ),
]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel", help=translatable("CSV for Excel: a byte order mark, no live formulas.")
    ),
]
LabelsFlag = Annotated[
    bool,
    typer.Option(
        "--labels",
        help=translatable("Names instead of ids in OUT, in your language (.xlsx: always)."),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=translatable(
            "Say how the header is understood, quote three rows as csv or json; write nothing."
        ),
    ),
]
Summary = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORM",
        help=translatable("The form of the summary: table, text, md, html or json."),
    ),
]
NumberOfNone = Annotated[str | None, typer.Option("--number", hidden=True)]
BecauseOfNone = Annotated[str | None, typer.Option("--because", hidden=True)]
ForOfNone = Annotated[str | None, typer.Option("--for", "--customer", hidden=True)]


def batch(
    context: typer.Context,
    input_: Input,
    out: OutTable = None,
    rejects: table_options.Rejects = None,
    documents: table_options.DocumentsFlag = None,
    form: table_options.FormFlag = None,
    prepared_by: By = None,
    valid_until: Valid = None,
    note: Note = None,
    for_whom: ForWhom = None,
    number: NumberOfNone = None,
    because: BecauseOfNone = None,
    customer: ForOfNone = None,
    map_: table_options.MapFlag = None,
    basis: table_options.BasisFlag = None,
    paid_discount: contract_options.PaidDiscount = None,
    decimal: table_options.DecimalFlag = None,
    unit: table_options.UnitFlag = None,
    missing_months: table_options.MissingMonthsFlag = None,
    encoding: table_options.EncodingFlag = None,
    sheet: table_options.Sheet = None,
    response: need_options.Response = None,
    without_channel: need_options.WithoutChannel = None,
    tam: need_options.TamFlag = None,
    named_tam: need_options.NamedTam = False,
    hours: need_options.HoursFlag = None,
    service: need_options.ServiceFlag = None,
    tickets: need_options.Tickets = None,
    quantity: options.QuantityFlag = None,
    accounts: contract_options.Accounts = None,
    months: contract_options.Months = None,
    start: contract_options.StartMonth = None,
    discount: contract_options.DiscountFlag = None,
    discount_on: contract_options.DiscountOn = None,
    tax: contract_options.TaxFlag = None,
    tax_rate: contract_options.TaxRate = None,
    order: contract_options.OrderOfNone = None,
    current_plan: table_options.CurrentPlanColumn = None,
    ignore_column: table_options.IgnoreColumn = None,
    ignore_plan_column: table_options.IgnorePlanColumn = False,
    all_plans: AllPlans = False,
    readings: Readings = False,
    against: Against = None,
    against_reading: AgainstReading = None,
    group_by: table_options.GroupBy = None,
    duplicates: table_options.Duplicates = None,
    sum_by: table_options.SumByFlag = None,
    keep_totals: table_options.KeepTotals = False,
    excel: Excel = False,
    labels: LabelsFlag = False,
    strict: table_options.StrictFlag = False,
    dry_run: DryRun = False,
    limit: table_options.LimitFlag = None,
    threads: table_options.Threads = None,
    plans: options.Plans = None,
    what_if: options.WhatIfFlag = None,
    as_of: options.AsOf = None,
    reading: options.ReadingFlag = None,
    include_doubtful: options.IncludeDoubtful = False,
    output: Summary = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    date: options.Date = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is `HELP` and each flag's own help."""
    from supportcli.cli.run.batch import answer_book

    return answer_book(context.params, context.obj)
