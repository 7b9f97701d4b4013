"""`supportcli advise`: which plan, what it costs, and why.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.errors import translatable

HELP = translatable(
    "Recommend a support plan: comparison, reasons and the projected annual cost. "
    "Without a spend it asks a few questions; with one it asks nothing, unless --ask is given."
)

AdviceOutput = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORM",
        help=translatable(
            "The form: table, text, md, html, chat, json or csv (what is charged when)."
        ),
    ),
]
AdviceOut = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=translatable(
            "Write to a file; its ending can tell the form (.json, .md, .html, .txt, .csv)."
        ),
    ),
]
AskFlag = Annotated[
    bool, typer.Option("--ask", help=translatable("Ask for what the flags leave open."))
]
NoInput = Annotated[bool, typer.Option("--no-input", help=translatable("Never ask."))]
AnswersFile = Annotated[
    str | None,
    typer.Option("--answers", metavar="FILE", help=translatable("Answers saved earlier (YAML).")),
]
SaveAnswers = Annotated[
    str | None,
    typer.Option("--save-answers", metavar="FILE", help=translatable("Save the answers (YAML).")),
]
FailIfOver = Annotated[
    str | None,
    typer.Option(
        "--fail-if-over",
        metavar="AMOUNT",
        help=translatable(
            "Exit 5 if more is to be paid in a year of the term, all accounts together."
        ),
    ),
]


def advise(
    context: typer.Context,
    spend: need_options.Spend = None,
    response: need_options.Response = None,
    without_channel: need_options.WithoutChannel = None,
    tam: need_options.TamFlag = None,
    named_tam: need_options.NamedTam = False,
    unsure_tam: need_options.UnsureTam = False,
    hours: need_options.HoursFlag = None,
    service: need_options.ServiceFlag = None,
    tickets: need_options.Tickets = None,
    quantity: options.QuantityFlag = None,
    months: contract_options.Months = None,
    start: contract_options.Start = None,
    growth: contract_options.GrowthFlag = None,
    spend_series: contract_options.SpendSeries = None,
    order: contract_options.OrderFlag = None,
    spreading: contract_options.SpreadingFlag = None,
    proration: contract_options.ProrationFlag = None,
    days: contract_options.Days = None,
    accounts: contract_options.Accounts = None,
    account: contract_options.AccountFlag = None,
    paid: contract_options.Paid = None,
    paid_discount: contract_options.PaidDiscount = None,
    discount: contract_options.DiscountFlag = None,
    discount_on: contract_options.DiscountOn = None,
    voucher: contract_options.Voucher = None,
    tax: contract_options.TaxFlag = None,
    tax_rate: contract_options.TaxRate = None,
    bought_for: contract_options.BoughtFor = None,
    current_plan: contract_options.CurrentPlan = None,
    plan: contract_options.PlanFlag = None,
    beside: contract_options.BesideFlag = None,
    customer: contract_options.Customer = None,
    valid_until: contract_options.ValidUntil = None,
    ask: AskFlag = False,
    no_input: NoInput = False,
    answers: AnswersFile = None,
    save_answers: SaveAnswers = None,
    plans: options.Plans = None,
    what_if: options.WhatIfFlag = None,
    as_of: options.AsOf = None,
    reading: options.ReadingFlag = None,
    include_doubtful: options.IncludeDoubtful = False,
    confirmed_by: options.ConfirmedBy = None,
    fail_if_over: FailIfOver = None,
    explain: options.Explain = None,
    output: AdviceOutput = None,
    out: AdviceOut = None,
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
    from supportcli.cli.run.advise import answer

    return answer(context.params, context.obj)
