"""`supportcli breakeven`: from which spend which plan is the cheapest.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.errors import translatable

HELP = translatable(
    "From which monthly spend which plan is the cheapest that meets the needs: exact thresholds, "
    "plans that another one beats, a chart. With --spend also where you are."
)

SpendNow = Annotated[
    str | None,
    typer.Option(
        "--spend", metavar="AMOUNT", help=translatable("Your monthly spend: where you are.")
    ),
]
BreakEvenCurrentPlan = Annotated[
    str | None,
    typer.Option(
        "--current-plan",
        metavar="PLAN",
        help=translatable("The plan that you have: you may keep it where it is closed to others."),
    ),
]


def breakeven(
    context: typer.Context,
    spend: SpendNow = None,
    response: need_options.Response = None,
    without_channel: need_options.WithoutChannel = None,
    tam: need_options.TamFlag = None,
    named_tam: need_options.NamedTam = False,
    hours: need_options.HoursFlag = None,
    service: need_options.ServiceFlag = None,
    tickets: need_options.Tickets = None,
    quantity: options.QuantityFlag = None,
    months: contract_options.Months = None,
    start: contract_options.Start = None,
    accounts: contract_options.Accounts = None,
    discount: contract_options.DiscountFlag = None,
    discount_on: contract_options.DiscountOn = None,
    tax: contract_options.TaxOfNone = None,
    tax_rate: contract_options.TaxRateOfNone = None,
    current_plan: BreakEvenCurrentPlan = None,
    plans: options.Plans = None,
    what_if: options.WhatIfFlag = None,
    as_of: options.AsOf = None,
    reading: options.ReadingFlag = None,
    include_doubtful: options.IncludeDoubtful = False,
    confirmed_by: options.ConfirmedBy = None,
    explain: options.Explain = None,
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
    from supportcli.cli.run.breakeven import turning

    return turning(context.params, context.obj)
