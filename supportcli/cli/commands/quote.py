"""`supportcli quote`: a document to hand to a customer.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.commands.advise import AnswersFile, AskFlag, NoInput, SaveAnswers
from supportcli.cli.flags import common as options
from supportcli.cli.flags import contract as contract_options
from supportcli.cli.flags import needs as need_options
from supportcli.errors import translatable

HELP = translatable(
    "A quote to send: for whom, which plan, what it costs, what one gets, what it rests on. It "
    "takes what advise takes; supportcli verify computes its figures again."
)

For = Annotated[
    str | None,
    typer.Option(
        "--for", "--customer", metavar="NAME", help=translatable("Whom the quote is for.")
    ),
]
Number = Annotated[
    str | None,
    typer.Option(
        "--number",
        metavar="TEXT",
        help=translatable("The quote's number (default: made of the day and of the content)."),
    ),
]
Valid = Annotated[
    str | None,
    typer.Option(
        "--valid",
        "--valid-until",
        metavar="30d|DATE",
        help=translatable("Until when it is valid: so many days from today, or a day."),
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help=translatable("Who prepared the quote.")),
]
Note = Annotated[
    str | None,
    typer.Option("--note", metavar="TEXT", help=translatable("A sentence of your own in it.")),
]
Because = Annotated[
    str | None,
    typer.Option(
        "--because",
        metavar="TEXT",
        help=translatable("Why it is this plan, where another one is recommended."),
    ),
]
ForWhom = Annotated[
    str | None,
    typer.Option(
        "--for-whom",
        metavar="customer|internal",
        help=translatable("Who reads it: the customer, or colleagues, with every doubt."),
    ),
]
QuoteOutput = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORM",
        help=translatable(
            "The form: table, text, md, html, pdf, chat, json, csv or xlsx (csv: month by month)."
        ),
    ),
]
QuoteOut = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=translatable(
            "Write to a file; its ending can tell the form "
            "(.json, .md, .html, .pdf, .csv, .xlsx, .txt)."
        ),
    ),
]


def quote(
    context: typer.Context,
    spend: need_options.Spend = None,
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
    customer: For = None,
    number: Number = None,
    valid_until: Valid = None,
    prepared_by: By = None,
    note: Note = None,
    because: Because = None,
    for_whom: ForWhom = None,
    ask: AskFlag = False,
    no_input: NoInput = False,
    answers: AnswersFile = None,
    save_answers: SaveAnswers = None,
    plans: options.Plans = None,
    as_of: options.AsOf = None,
    reading: options.ReadingFlag = None,
    include_doubtful: options.IncludeDoubtful = False,
    confirmed_by: options.ConfirmedBy = None,
    output: QuoteOutput = None,
    out: QuoteOut = None,
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
    from supportcli.cli.run.quote import quoted

    return quoted(context.params, context.obj)
