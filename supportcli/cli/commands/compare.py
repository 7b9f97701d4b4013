"""`supportcli compare`: the recommended plan of each vendor for the same needs.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.cli.flags import needs as need_options
from supportcli.errors import translatable

HELP = translatable(
    "Vendors side by side: the recommended plan of each catalogue for the same needs, its fee in "
    "the catalogue's currency and, at your rates, in yours."
)

ComparedSpend = Annotated[
    str | None,
    typer.Option(
        "--spend",
        metavar="AMOUNT",
        help=translatable("Monthly cloud spend before discounts, in the currency of --currency."),
    ),
]
ComparedResponse = Annotated[
    list[str] | None,
    typer.Option(
        "--response",
        metavar="[CLASS=]TIME",
        help=translatable(
            "First response needed: 1h (each vendor's gravest severity), or for a class: "
            "outage=1h, degraded=4h, question=24h. Repeatable."
        ),
    ),
]
CurrencyFlag = Annotated[
    str | None,
    typer.Option(
        "--currency",
        metavar="CODE",
        help=translatable(
            "The currency of --spend and of converted amounts (default: the first catalogue's)."
        ),
    ),
]
RateFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        metavar="CODE=RATE[@DATE]",
        help=translatable(
            "What one unit of a currency is worth in that of --currency, and since when: "
            "USD=7.1@2026-11-28. Repeatable."
        ),
    ),
]
ComparedPlans = Annotated[
    list[str] | None,
    typer.Option(
        "--plans",
        metavar="FILE|NAME",
        help=translatable(
            "A catalogue: a YAML file, or a shipped one's name (default: all of those). Repeatable."
        ),
    ),
]


def compare(
    context: typer.Context,
    spend: ComparedSpend = None,
    currency: CurrencyFlag = None,
    rate: RateFlag = None,
    response: ComparedResponse = None,
    without_channel: need_options.WithoutChannel = None,
    tam: need_options.TamFlag = None,
    named_tam: need_options.NamedTam = False,
    hours: need_options.HoursFlag = None,
    service: need_options.ServiceFlag = None,
    tickets: need_options.Tickets = None,
    quantity: options.QuantityFlag = None,
    plans: ComparedPlans = None,
    as_of: options.AsOf = None,
    include_doubtful: options.IncludeDoubtful = False,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    date: options.Date = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is `HELP` and each flag's own help."""
    from supportcli.cli.run.compare import side_by_side

    return side_by_side(context.params, context.obj)
