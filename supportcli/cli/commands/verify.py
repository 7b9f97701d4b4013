"""`supportcli verify`: whether a quote's figures are right.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.errors import translatable

HELP = translatable(
    "Compute a quote's figures again: from the rule that its file carries (exit 1 where one is "
    "another), then from the catalogue of today, which may have changed (exit 0)."
)

QuoteFile = Annotated[
    str, typer.Argument(metavar="FILE", help=translatable("The quote: .json, .html, .md or .xlsx."))
]
VerifyPlans = Annotated[
    str | None,
    typer.Option(
        "--plans",
        metavar="FILE|NAME",
        help=translatable("The catalogue of today (default: the shipped one of its name)."),
    ),
]


def verify(
    context: typer.Context,
    file: QuoteFile,
    plans: VerifyPlans = None,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    date: options.Date = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is `HELP` and each flag's own help."""
    from supportcli.cli.run.verify import verified

    return verified(context.params, context.obj)
