"""The flags that every verb shares, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from supportcli.errors import translatable

Plans = Annotated[
    str | None,
    typer.Option(
        "--plans",
        metavar="FILE|NAME",
        help=translatable("The catalogue: a YAML file, or a shipped one's name."),
    ),
]
ReadingFlag = Annotated[
    str | None,
    typer.Option(
        "--reading",
        metavar="NAME",
        help=translatable(
            "Which reading of the fee rule to use; the default catalogue has additive, floor, flat."
        ),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="en|zh", help=translatable("The language of the answer.")),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORM",
        help=translatable("The form: table, text, md, html or json."),
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=translatable(
            "Write to a file; its ending can tell the form (.json, .md, .html, .txt)."
        ),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=translatable("Replace files that exist."))]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help=translatable("Only the answer and errors, no other words.")),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help=translatable("Say where each value came from."))
]
NoColor = Annotated[bool, typer.Option("--no-color", help=translatable("No colours."))]
Width = Annotated[
    str | None,
    typer.Option(
        "--width", metavar="N", help=translatable("Columns to use (default: the terminal's).")
    ),
]
QuantityFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--quantity",
        metavar="NAME=N",
        help=translatable("What a plan charges for beside the spend: seats=25. Repeatable."),
    ),
]
ConfirmedBy = Annotated[
    str | None,
    typer.Option(
        "--confirmed-by",
        metavar="TEXT",
        help=translatable("Who confirmed the reading, and when (with --reading)."),
    ),
]
IncludeDoubtful = Annotated[
    bool,
    typer.Option(
        "--include-doubtful",
        help=translatable(
            "Recommend plans too whose sale is in doubt; else they are only to be asked about."
        ),
    ),
]
WhatIfFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        metavar="TEXT",
        help=translatable(
            'Other fees for this run: "fees +5%", or PLAN.KEY=AMOUNT like '
            "enterprise.monthly=26250. Repeatable."
        ),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=translatable(
            "Use the plans and fees in force on that day (default: the first day of the term)."
        ),
    ),
]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="TOPIC",
        help=translatable(
            "Explain the answer: fees, needs, readings, months, sources, whatif, thresholds, "
            "accounts, all, or several with commas between; a topic with all (fees,all) is told "
            "in full; alone it lists the topics."
        ),
    ),
]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help=translatable("The day to take for today.")),
]
Debug = Annotated[
    bool, typer.Option("--debug", help=translatable("Show tracebacks of internal errors."))
]
