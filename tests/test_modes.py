"""Every flag counts in every kind of question, or is refused in a sentence: all pairs are tried."""

from __future__ import annotations

import shlex

import pytest
import typer

from supportcli.cli.app import app
from supportcli.inputs.answers.modes import Mode

SERIES = " ".join(["120000"] * 12)
MODES = {
    Mode.ONE: "advise --spend 120000 --response 10m",
    Mode.ALIKE: "advise --spend 120000 --response 10m --accounts 3",
    Mode.NAMED: "advise --account a=120000,response=10m --account b=5000",
    Mode.RANGE: "advise --spend 80000..200000 --response 10m",
    Mode.UNKNOWN: "advise --spend unknown --response 10m --tickets 40",
    Mode.SERIES: f"advise --spend-series '{SERIES}' --response 10m",
    Mode.BREAKEVEN: "breakeven --spend 120000 --response 10m",
    Mode.BATCH: "batch in.csv --out out.csv --force",
}

# A value for every flag of the verb, and what it needs to mean anything.
VALUES = {
    "spend": ("--spend 5000", ""),
    "response": ("--response 2h", ""),
    "without_channel": ("--without-channel dingtalk-group", ""),
    "tam": ("--tam", ""),
    "named_tam": ("--named-tam", ""),
    "hours": ("--hours 24x7", ""),
    "service": ("--service cost-analysis", ""),
    "tickets": ("--tickets 31", ""),
    "quantity": ("--quantity seats=25", ""),
    "months": ("--months 24", ""),
    "start": ("--start 2027-01", ""),
    "growth": ("--growth 3%/month", ""),
    "spend_series": (f"--spend-series '{SERIES}'", ""),
    "order": ("--order '120000 from 2026-12-01 for 12 months'", ""),
    "spreading": ("--spreading by-day", ""),
    "proration": ("--proration fee", "--start 2026-12-15"),
    "days": ("--days 30", "--start 2026-12-15"),
    "accounts": ("--accounts 2", ""),
    "account": ("--account c=5", ""),
    "paid": ("--paid 84000", "--paid-discount 7折"),
    "paid_discount": ("--paid-discount 7折", ""),
    "discount": ("--discount 7折", ""),
    "discount_on": ("--discount-on postpaid", "--discount 7折"),
    "voucher": ("--voucher 60000", ""),
    "tax": ("--tax added", "--tax-rate 6%"),
    "tax_rate": ("--tax-rate 6%", ""),
    "current_plan": ("--current-plan enterprise", ""),
    "customer": ("--customer Ours", ""),
    "valid_until": ("--valid-until 2026-12-31", ""),
    "ask": ("--ask", ""),
    "answers": ("--answers given.yaml", ""),
    "save_answers": ("--save-answers saved.yaml --force", ""),
    "plans": ("--plans aws", ""),
    "as_of": ("--as-of 2026-01-01", "--start 2026-12"),
    "reading": ("--reading floor", ""),
    "confirmed_by": ("--confirmed-by Us", "--reading floor"),
    "fail_if_over": ("--fail-if-over 1", ""),
    "explain": ("--explain", ""),
    "output": ("--output csv", ""),
    "out": ("--out answer.json", ""),
    "verbose": ("--verbose", ""),
    "lang": ("--lang zh", ""),
    "width": ("--width 60", ""),
    "date": ("--date 2027-05-05", ""),
}
OF_THE_RUN = {"no_input", "force", "quiet", "no_color", "debug", "help"}
"""Of no mode: they say how the run goes, and have tests of their own."""
OWN = {
    Mode.ALIKE: {"accounts"},
    Mode.RANGE: {"spend"},
    Mode.ONE: {"spend"},
    Mode.UNKNOWN: {"spend", "tickets", "spend_series", "paid", "paid_discount", "account"},
}
"""What the question of the mode has said already, or what contradicts it."""


def flags_of(verb: str) -> list[str]:
    command = typer.main.get_command(app).commands[verb]  # type: ignore[attr-defined]
    return [flag.name for flag in command.params if not flag.hidden]


PAIRS = [
    pytest.param(mode, flag, id=f"{mode.value}, {flag}")
    for mode in MODES
    for flag in flags_of(shlex.split(MODES[mode])[0])
    if flag not in OF_THE_RUN
]
