"""The flags about a table of customers and its rows, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from supportcli.errors import translatable

MapFlag = Annotated[
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
UnitFlag = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help=translatable("What all amounts are in, whatever stands around them: 元, 万元, CNY."),
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
IgnorePlanColumn = Annotated[
    bool,
    typer.Option(
        "--ignore-plan-column",
        help=translatable("Advice for every row, also where a column names its plan or reading."),
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
SumByFlag = Annotated[
    str | None,
    typer.Option(
        "--sum-by",
        metavar="account|row",
        help=translatable(
            "account: the rows of an account, also without its name below it, are one customer."
        ),
    ),
]
KeepTotals = Annotated[
    bool, typer.Option("--keep-totals", help=translatable("Rows called Total are customers."))
]
StrictFlag = Annotated[
    bool, typer.Option("--strict", help=translatable("Stop, without OUT, if any row is refused."))
]
LimitFlag = Annotated[
    str | None, typer.Option("--limit", metavar="N", help=translatable("Only the first N rows."))
]
Threads = Annotated[
    str | None, typer.Option("--threads", metavar="N", help=translatable("Threads to use (1)."))
]
DocumentsFlag = Annotated[
    str | None,
    typer.Option(
        "--documents",
        metavar="DIR",
        help=translatable("A folder for a quote of each row, and index.xlsx that leads to them."),
    ),
]
FormFlag = Annotated[
    str | None,
    typer.Option(
        "--form",
        metavar="FORM",
        help=translatable("The form of these documents: html, pdf, xlsx, md or json."),
    ),
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
