"""`supportcli plans`: the catalogues themselves: list, show, check, test, compare, export.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.cli.flags import table as table_options
from supportcli.errors import translatable

HELP = translatable("The catalogues: list, show, check, test, compare, export; the schema.")

PlansAsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=translatable("Only the plans and fees in force on that day (default: of all days)."),
    ),
]
PlanArgument = Annotated[str, typer.Argument(metavar="PLAN")]
File = Annotated[str, typer.Argument(metavar="FILE|NAME")]
OneOfThem = Annotated[str | None, typer.Argument(metavar="[FILE|NAME]", show_default=False)]
Old = Annotated[str, typer.Argument(metavar="OLD")]
New = Annotated[str, typer.Argument(metavar="NEW")]
CheckOutput = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FORM", help=translatable("The form: table, text or json.")
    ),
]
CheckOut = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=translatable("Write to a file; its ending can tell the form (.json, .txt)."),
    ),
]
FactsFlag = Annotated[
    bool,
    typer.Option(
        "--facts",
        help=translatable(
            "Where every figure comes from, and which are less sure (without a name: of all the "
            "shipped catalogues)."
        ),
    ),
]
CheckStrict = Annotated[
    bool, typer.Option("--strict", help=translatable("Findings count as mistakes (exit 3)."))
]
AtSpend = Annotated[
    str | None,
    typer.Option(
        "--spend",
        metavar="AMOUNT",
        help=translatable("Show what the changes do to the fees at this monthly spend."),
    ),
]
ImpactFlag = Annotated[
    str | None,
    typer.Option(
        "--impact",
        metavar="LIST",
        help=translatable(
            "Show what the changes do to the customers of a CSV, TSV, XLSX or Parquet file; the "
            "flags below belong to it."
        ),
    ),
]
ImpactRejects = Annotated[
    str | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        help=translatable("Write the refused rows with their reasons to a file, as .csv."),
    ),
]
ImpactCurrentPlan = Annotated[
    str | None,
    typer.Option(
        "--current-plan",
        metavar="PLAN|COLUMN",
        help=translatable(
            "The plan of today, the same for all, or the column that names it: who has a closed "
            "plan may keep it."
        ),
    ),
]
ImpactStrict = Annotated[
    bool, typer.Option("--strict", help=translatable("Stop if any row is refused."))
]
KindFlag = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="catalogue|output",
        help=translatable("Which schema: of a catalogue (default) or of the JSON output."),
    ),
]
Shipped = Annotated[str, typer.Argument(metavar="NAME")]
OutCatalogue = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="FILE", help=translatable("Write the catalogue to a file (.yaml).")
    ),
]
OutSchema = Annotated[
    str | None,
    typer.Option("--out", metavar="FILE", help=translatable("Write the schema to a file.")),
]


def list_catalogues(
    context: typer.Context,
    file: OneOfThem = None,
    plans: options.Plans = None,
    as_of: PlansAsOf = None,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.plans import list_catalogues as command

    return command(context.params, context.obj)


def show_plan(
    context: typer.Context,
    plan: PlanArgument,
    plans: options.Plans = None,
    as_of: PlansAsOf = None,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.plans import show_plan as command

    return command(context.params, context.obj)


def check_file(
    context: typer.Context,
    file: OneOfThem = None,
    facts: FactsFlag = False,
    strict: CheckStrict = False,
    output: CheckOutput = None,
    out: CheckOut = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.checks import check_file as command

    return command(context.params, context.obj)


def run_examples(
    context: typer.Context,
    file: File,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.checks import run_examples as command

    return command(context.params, context.obj)


def compare(
    context: typer.Context,
    old: Old,
    new: New,
    spend: AtSpend = None,
    what_if: options.WhatIfFlag = None,
    quantity: options.QuantityFlag = None,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    debug: options.Debug = False,
    impact: ImpactFlag = None,
    rejects: ImpactRejects = None,
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
    accounts: contract_options.Accounts = None,
    months: contract_options.Months = None,
    start: contract_options.StartMonth = None,
    discount: contract_options.DiscountFlag = None,
    discount_on: contract_options.DiscountOn = None,
    tax: contract_options.TaxFlag = None,
    tax_rate: contract_options.TaxRate = None,
    order: contract_options.OrderOfNone = None,
    current_plan: ImpactCurrentPlan = None,
    ignore_column: table_options.IgnoreColumn = None,
    ignore_plan_column: table_options.IgnorePlanColumn = False,
    group_by: table_options.GroupBy = None,
    duplicates: table_options.Duplicates = None,
    sum_by: table_options.SumByFlag = None,
    keep_totals: table_options.KeepTotals = False,
    strict: ImpactStrict = False,
    limit: table_options.LimitFlag = None,
    threads: table_options.Threads = None,
    as_of: options.AsOf = None,
    reading: options.ReadingFlag = None,
    include_doubtful: options.IncludeDoubtful = False,
    date: options.Date = None,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.plans import compare as command

    return command(context.params, context.obj)


def print_schema(
    context: typer.Context,
    kind: KindFlag = None,
    out: OutSchema = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.plans import print_schema as command

    return command(context.params, context.obj)


def export(
    context: typer.Context,
    name: Shipped,
    out: OutCatalogue = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over."""
    from supportcli.cli.run.plans import export as command

    return command(context.params, context.obj)


COMMANDS = {
    "list": (list_catalogues, translatable("The shipped catalogues and their plans, with dates.")),
    "show": (show_plan, translatable("Everything about one plan: fee, service, doubts, sources.")),
    "check": (check_file, translatable("Every mistake in a catalogue file, with line and column.")),
    "test": (run_examples, translatable("Whether the worked examples of a catalogue hold.")),
    "diff": (compare, translatable("What differs between two catalogues, in rules and in money.")),
    "export": (export, translatable("A shipped catalogue as a file, to change a copy of it.")),
    "schema": (print_schema, translatable("The JSON Schema of a catalogue, for editors.")),
}
