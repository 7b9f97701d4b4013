"""`supportcli formula`: a plan's fee as one formula of a spreadsheet.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.errors import translatable

HELP = translatable(
    "A plan's fee for a spreadsheet: one formula and the table that it looks up, to paste "
    "(quietly nothing else)."
)

FormulaPlan = Annotated[
    str | None,
    typer.Option("--plan", metavar="PLAN", help=translatable("The plan, by id or name.")),
]
AppFlag = Annotated[
    str | None,
    typer.Option(
        "--app",
        metavar="excel|sheets",
        help=translatable("Whose menus are named: Excel's or Google Sheets' (default: excel)."),
    ),
]
FormulaOutput = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FORM", help=translatable("The form: text or json.")),
]
FormulaOut = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=translatable("Write to a file; its ending can tell the form (.json, .txt)."),
    ),
]
FormulaAsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=translatable("Use the fee in force on that day (default: today)."),
    ),
]


def formula(
    context: typer.Context,
    plan: FormulaPlan = None,
    app: AppFlag = None,
    reading: options.ReadingFlag = None,
    quantity: options.QuantityFlag = None,
    plans: options.Plans = None,
    as_of: FormulaAsOf = None,
    output: FormulaOutput = None,
    out: FormulaOut = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    date: options.Date = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is `HELP` and each flag's own help."""
    from supportcli.cli.run.formula import for_spreadsheets

    return for_spreadsheets(context.params, context.obj)
