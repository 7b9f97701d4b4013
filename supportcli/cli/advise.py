"""`supportcli advise`: which plan, what it costs, and why.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli import options
from supportcli.errors import translatable

HELP = translatable(
    "Recommend a support plan: comparison, reasons and the projected annual cost. "
    "Without --spend it asks a few questions; with it, nothing is asked."
)

Spend = Annotated[
    str | None,
    typer.Option(
        "--spend",
        metavar="AMOUNT",
        help=translatable("Monthly cloud spend before discounts: 120000, 12万, or unknown."),
    ),
]
Response = Annotated[
    list[str] | None,
    typer.Option(
        "--response",
        metavar="[SEVERITY=]TIME",
        help=translatable(
            "First response needed: 10m (gravest severity) or enquiry=16h. Repeatable."
        ),
    ),
]
WithoutChannel = Annotated[
    list[str] | None,
    typer.Option(
        "--without-channel",
        metavar="CHANNEL",
        help=translatable("A channel that you cannot use, such as dingtalk-group. Repeatable."),
    ),
]
TamFlag = Annotated[
    bool | None,
    typer.Option("--tam/--no-tam", help=translatable("Whether a dedicated TAM is needed.")),
]
Tickets = Annotated[
    str | None,
    typer.Option("--tickets", metavar="N", help=translatable("Tickets in the busiest month.")),
]
Quantity = Annotated[
    list[str] | None,
    typer.Option(
        "--quantity",
        metavar="NAME=N",
        help=translatable("What a plan charges for beside the spend: seats=25. Repeatable."),
    ),
]
Ask = Annotated[
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
ConfirmedBy = Annotated[
    str | None,
    typer.Option(
        "--confirmed-by",
        metavar="TEXT",
        help=translatable("Who confirmed the reading, and when (with --reading)."),
    ),
]
FailIfOver = Annotated[
    str | None,
    typer.Option(
        "--fail-if-over",
        metavar="AMOUNT",
        help=translatable("Exit 5 if the recommended plan's year costs more."),
    ),
]


def advise(
    context: typer.Context,
    spend: Spend = None,
    response: Response = None,
    without_channel: WithoutChannel = None,
    tam: TamFlag = None,
    tickets: Tickets = None,
    quantity: Quantity = None,
    ask: Ask = False,
    no_input: NoInput = False,
    answers: AnswersFile = None,
    save_answers: SaveAnswers = None,
    plans: options.Plans = None,
    as_of: options.AsOf = None,
    reading: options.Reading = None,
    confirmed_by: ConfirmedBy = None,
    fail_if_over: FailIfOver = None,
    explain: options.Explain = False,
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
    from supportcli.cli.answer import answer

    return answer(context.params, context.obj)
