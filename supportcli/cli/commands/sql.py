"""`supportcli sql`: the advice as a statement for the engine that holds the customers.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.errors import translatable

HELP = translatable(
    "Print the fees and the advice as one SQL statement for DuckDB, PostgreSQL, Spark or SQLite: a "
    "row of results for each row of a table, the same as `batch` gives."
)

DialectFlag = Annotated[
    str | None,
    typer.Option(
        "--dialect",
        metavar="ENGINE",
        help=translatable("What runs the statement: duckdb, postgres, spark or sqlite."),
    ),
]
TableFlag = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help=translatable("The table of customers: NAME or SCHEMA.NAME, as it is stored."),
    ),
]
SqlMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="NAME=COLUMN",
        help=translatable(
            "Which column holds what: tam=needs_tam. What is not named holds for every row alike. "
            "Repeatable."
        ),
    ),
]
Key = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        metavar="COLUMN",
        help=translatable("A column to carry beside the results (account). Repeatable."),
    ),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="select|view|function",
        help=translatable(
            "A SELECT, a view, or a function of the columns (select; SQLite has no functions)."
        ),
    ),
]
Called = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar="NAME",
        help=translatable("The name of the view or the function (support_advice)."),
    ),
]
DecimalsFlag = Annotated[
    str | None,
    typer.Option(
        "--decimals",
        metavar="N",
        help=translatable("The most decimals that a spend may have, 0 to 6 (2)."),
    ),
]
OutFile = Annotated[
    str | None,
    typer.Option("--out", metavar="FILE", help=translatable("Write the statement to a file.")),
]


def sql(
    context: typer.Context,
    dialect: DialectFlag = None,
    table: TableFlag = None,
    map_: SqlMap = None,
    key: Key = None,
    as_: As = None,
    name: Called = None,
    decimals: DecimalsFlag = None,
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
    discount: contract_options.DiscountOfNone = None,
    discount_on: contract_options.DiscountOnOfNone = None,
    tax: contract_options.TaxOfNone = None,
    tax_rate: contract_options.TaxRateOfNone = None,
    order: contract_options.OrderOfNone = None,
    plans: options.Plans = None,
    as_of: options.AsOf = None,
    reading: options.ReadingFlag = None,
    include_doubtful: options.IncludeDoubtful = False,
    out: OutFile = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    date: options.Date = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is `HELP` and each flag's own help."""
    from supportcli.cli.run.sql import statement_for

    return statement_for(context.params, context.obj)
