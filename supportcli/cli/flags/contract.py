"""The flags about term, spend of each month, accounts and price, each declared once.

A hidden one is known to a verb only to be refused with the way out.
"""

from __future__ import annotations

from typing import Annotated

import typer

from supportcli.errors import translatable

Months = Annotated[
    str | None,
    typer.Option("--months", metavar="N", help=translatable("The term: 1 to 60 months (12).")),
]
Start = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="DATE",
        help=translatable(
            "Where the term begins: 2026-12, or 2026-12-15 "
            "(default: the month after today, or after --as-of)."
        ),
    ),
]
StartMonth = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="MONTH",
        help=translatable(
            "The month in which the term begins: 2026-12 "
            "(default: the one after today, or after --as-of)."
        ),
    ),
]
GrowthFlag = Annotated[
    str | None,
    typer.Option(
        "--growth", metavar="RATE", help=translatable("How spend grows: 3%/month or 3%/year.")
    ),
]
SpendSeries = Annotated[
    str | None,
    typer.Option(
        "--spend-series",
        metavar="FILE|AMOUNTS",
        help=translatable("The spend of each month: a file, or amounts separated by blanks."),
    ),
]
OrderFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--order",
        metavar="ORDER|FILE",
        help=translatable(
            'A prepaid order, at list price: "120000 from 2026-03-15 for 12 months". Repeatable.'
        ),
    ),
]
SpreadingFlag = Annotated[
    str | None,
    typer.Option(
        "--spreading",
        metavar="by-month|by-day",
        help=translatable("How orders are spread (default: as the catalogue says)."),
    ),
]
ProrationFlag = Annotated[
    str | None,
    typer.Option(
        "--proration",
        metavar="fee|minimum|spend|none",
        help=translatable("What part of a month costs (default: as the catalogue says)."),
    ),
]
Days = Annotated[
    str | None,
    typer.Option(
        "--days", metavar="calendar|30", help=translatable("The days of a month in part.")
    ),
]
Accounts = Annotated[
    str | None,
    typer.Option(
        "--accounts", metavar="N", help=translatable("Accounts that spend as much each (1).")
    ),
]
AccountFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        metavar="NAME=SPEND",
        help=translatable(
            "One of several accounts, with what it needs, ordered and has today: "
            "prod=300000,response=10m,tam,order=1200000@2026-12-01/12,current=enterprise; the "
            "spend of each month as series: 'prod=series=300000 310000,tam'. Repeatable."
        ),
    ),
]
Paid = Annotated[
    str | None,
    typer.Option(
        "--paid", metavar="AMOUNT", help=translatable("What is paid a month, after a discount.")
    ),
]
PaidDiscount = Annotated[
    str | None,
    typer.Option(
        "--paid-discount",
        metavar="DISCOUNT",
        help=translatable("The discount that the amount paid is after: 7折 or 30% (the same)."),
    ),
]
DiscountFlag = Annotated[
    str | None,
    typer.Option(
        "--discount", metavar="DISCOUNT", help=translatable("Off the fee: 7折 or 30% (the same).")
    ),
]
DiscountOn = Annotated[
    str | None,
    typer.Option(
        "--discount-on",
        metavar="all|postpaid",
        help=translatable("Whether what is prepaid is discounted too (default: all)."),
    ),
]
Voucher = Annotated[
    str | None,
    typer.Option("--voucher", metavar="AMOUNT", help=translatable("A voucher to pay with.")),
]
TaxFlag = Annotated[
    str | None,
    typer.Option(
        "--tax",
        metavar="included|added",
        help=translatable("Whether the fee includes tax (with --tax-rate)."),
    ),
]
TaxRate = Annotated[
    str | None,
    typer.Option("--tax-rate", metavar="RATE", help=translatable("The tax rate: 6%.")),
]
BoughtFor = Annotated[
    str | None,
    typer.Option(
        "--bought-for",
        metavar="N",
        help=translatable(
            "Months whose prepaid part is paid at once on the first day, where the plan has that."
        ),
    ),
]
CurrentPlan = Annotated[
    str | None,
    typer.Option(
        "--current-plan", metavar="PLAN", help=translatable("Compare with the plan of today.")
    ),
]
PlanFlag = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help=translatable("Answer for this plan; the recommended one stands beside it."),
    ),
]
BesideFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--beside",
        metavar="PLAN",
        help=translatable(
            "Put plans side by side: all in which they differ. Repeatable; one alone stands beside "
            "the plan that is recommended or asked for."
        ),
    ),
]
Customer = Annotated[
    str | None,
    typer.Option("--customer", metavar="TEXT", help=translatable("Whom the answer is for.")),
]
ValidUntil = Annotated[
    str | None,
    typer.Option(
        "--valid-until", metavar="DATE", help=translatable("Until when the price is agreed.")
    ),
]

OrderOfNone = Annotated[list[str] | None, typer.Option("--order", hidden=True)]
DiscountOfNone = Annotated[str | None, typer.Option("--discount", hidden=True)]
DiscountOnOfNone = Annotated[str | None, typer.Option("--discount-on", hidden=True)]
TaxOfNone = Annotated[str | None, typer.Option("--tax", hidden=True)]
TaxRateOfNone = Annotated[str | None, typer.Option("--tax-rate", hidden=True)]
