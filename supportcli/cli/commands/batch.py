"""`supportcli batch`: many customers from a table: one answer for each, and what was refused.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.errors import translatable

HELP = translatable(
    "Quote many customers from a CSV, TSV, XLSX or Parquet file: a plan and its cost for each row, "
    "and every row that cannot be quoted in a file of its own with the reason."
)

Input = Annotated[str, typer.Argument(metavar="INPUT")]
BatchMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="NAME=COLUMN",
        help=translatable("Which column holds what: monthly_spend=月消费. Repeatable."),
    ),
]
BasisFlag = Annotated[
    str | None,
    typer.Option(
        "--basis",
        metavar="list|paid",
        help=translatable("What a column of spend holds: before discounts, or what is paid."),
    ),
]
DecimalFlag = Annotated[
    str | None,
    typer.Option(
        "--decimal",
        metavar="comma|point",
        help=translatable("The decimal mark of the amounts, where it could be either."),
    ),
]
MissingMonthsFlag = Annotated[
    str | None,
    typer.Option(
        "--missing-months",
        metavar="last|mean",
        help=translatable("Months that have no column: as the last one, unless mean is given."),
    ),
]
EncodingFlag = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help=translatable("The encoding (default: found out).")
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME|all",
        help=translatable("The sheet of an XLSX file, or all with a known header."),
    ),
]
Rejects = Annotated[
    str | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        help=translatable("Where the refused rows go, as .csv (default: beside OUT)."),
    ),
]
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
IgnorePlanColumn = Annotated[
    bool,
    typer.Option(
        "--ignore-plan-column",
        help=translatable("Advice for every row, also where a column names its plan."),
    ),
]
IgnoreColumn = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore-column",
        metavar="COLUMN",
        help=translatable("A column to carry through unread, whatever it is called. Repeatable."),
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
GroupBy = Annotated[
    str | None,
    typer.Option(
        "--group-by", metavar="COLUMN", help=translatable("Sums for each value of a column.")
    ),
]
Duplicates = Annotated[
    str | None,
    typer.Option(
        "--duplicates",
        metavar="refuse|keep",
        help=translatable("What to do with an account that comes twice (refuse)."),
    ),
]
KeepTotals = Annotated[
    bool, typer.Option("--keep-totals", help=translatable("Rows called Total are customers."))
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
BatchStrict = Annotated[
    bool, typer.Option("--strict", help=translatable("Stop, without OUT, if any row is refused."))
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help=translatable("Say how the header is understood; write nothing.")
    ),
]
LimitFlag = Annotated[
    str | None, typer.Option("--limit", metavar="N", help=translatable("Only the first N rows."))
]
Threads = Annotated[
    str | None, typer.Option("--threads", metavar="N", help=translatable("Threads to use (1)."))
]
CurrentPlanColumn = Annotated[
    str | None,
    typer.Option(
        "--current-plan",
        metavar="PLAN|COLUMN",
        help=translatable(
            "Compare with the plan of today: the same for all, or the column that names it."
        ),
    ),
]
Summary = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORM",
        help=translatable("The form of the summary: table, text, md or json."),
    ),
]


def batch(
    context: typer.Context,
    input_: Input,
    out: OutTable = None,
    rejects: Rejects = None,
    map_: BatchMap = None,
    basis: BasisFlag = None,
    paid_discount: contract_options.PaidDiscount = None,
    decimal: DecimalFlag = None,
    missing_months: MissingMonthsFlag = None,
    encoding: EncodingFlag = None,
    sheet: Sheet = None,
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
    current_plan: CurrentPlanColumn = None,
    ignore_column: IgnoreColumn = None,
    ignore_plan_column: IgnorePlanColumn = False,
    all_plans: AllPlans = False,
    readings: Readings = False,
    against: Against = None,
    against_reading: AgainstReading = None,
    group_by: GroupBy = None,
    duplicates: Duplicates = None,
    keep_totals: KeepTotals = False,
    excel: Excel = False,
    labels: LabelsFlag = False,
    strict: BatchStrict = False,
    dry_run: DryRun = False,
    limit: LimitFlag = None,
    threads: Threads = None,
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
