"""The flags that every verb shares, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

Plans = Annotated[
    str | None,
    typer.Option(
        "--plans", metavar="FILE|NAME", help="The catalogue: a YAML file, or a shipped one's name."
    ),
]
Reading = Annotated[
    str | None,
    typer.Option(
        "--reading", metavar="NAME", help="How to understand the fee rule (see --explain)."
    ),
]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="en", help="The language of the answer.")
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FORM", help="The form: table, text or json."),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="FILE", help="Write to a file; its ending can tell the form (.json, .txt)."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Only the answer and errors, no other words.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say where each value came from.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours.")]
Width = Annotated[
    str | None,
    typer.Option("--width", metavar="N", help="Columns to use (default: the terminal's)."),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show where every figure and judgement comes from.")
]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="The day to take for today."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show tracebacks of internal errors.")]
