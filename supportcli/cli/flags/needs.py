"""The flags about what a customer spends and needs, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from supportcli.errors import translatable

Spend = Annotated[
    str | None,
    typer.Option(
        "--spend",
        metavar="AMOUNT",
        help=translatable(
            "Monthly cloud spend before discounts: 120000, 12万, 80000..200000, or unknown."
        ),
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
NamedTam = Annotated[
    bool,
    typer.Option(
        "--named-tam",
        help=translatable("A TAM by name is needed, who may serve other customers too."),
    ),
]
UnsureTam = Annotated[
    bool,
    typer.Option(
        "--unsure-tam",
        hidden=True,  # for the line that repeats answers: it changes what is said, no amount
        help=translatable("Whether a TAM is needed is not known yet; the answer says so."),
    ),
]
HoursFlag = Annotated[
    str | None,
    typer.Option(
        "--hours",
        metavar="24x7|business",
        help=translatable("When an engineer must answer: around the clock, or in business hours."),
    ),
]
ServiceFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--service",
        metavar="NAME",
        help=translatable("A service that the plan must have, by id or name. Repeatable."),
    ),
]
Tickets = Annotated[
    str | None,
    typer.Option("--tickets", metavar="N", help=translatable("Tickets in the busiest month.")),
]
