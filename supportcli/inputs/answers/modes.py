"""Which flags mean nothing in which kind of question: one table, everything else is honoured."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from supportcli.errors import Message, Problem
from supportcli.inputs.answers.sources import OF_A_QUESTION, Layers, contradiction, flag_name


class Mode(Enum):
    """A kind of question that the same flags can put."""

    ONE = "one account"
    ALIKE = "accounts alike"
    NAMED = "named accounts"
    RANGE = "a range of spend"
    UNKNOWN = "an unknown spend"
    SERIES = "a series of months"
    BREAKEVEN = "breakeven"
    BATCH = "batch"


_WHOSE = Message(
    "belongs to one account: whose is it? Name them: "
    "--account prod=300000,order=1200000@2026-12-01/12 --account test=20000"
)
_ONE_BUYS = Message("is for one purchase; leave out --account")
_NO_SPEND = Message("means nothing without a spend; give --spend AMOUNT")
_HERE = Message("takes one spend here: where you are")
_SAME_FOR_ALL = Message(
    "moves no threshold: every plan has the same rate; advise tells what is to be paid with it"
)
_NOT_KNOWN = Message("is where you are; leave it out where the spend is not known")

REFUSED: Mapping[Mode, Mapping[str, Message | str]] = {
    Mode.ONE: {},
    Mode.ALIKE: {"order": _WHOSE},
    Mode.NAMED: {
        **dict.fromkeys(("spend", "spend_series", "paid", "paid_discount", "accounts"), "account"),
        "order": _WHOSE,
        "bought_for": _ONE_BUYS,
    },
    Mode.RANGE: {},
    Mode.UNKNOWN: {
        **dict.fromkeys(("growth", "order"), _NO_SPEND),
        **dict.fromkeys(
            ("discount", "discount_on", "voucher", "tax", "tax_rate", "bought_for"), _NO_SPEND
        ),
    },
    Mode.SERIES: dict.fromkeys(("growth", "spend", "paid"), "spend_series"),
    Mode.BREAKEVEN: {
        "range": _HERE,
        "unknown": _NOT_KNOWN,
        **dict.fromkeys(("tax", "tax_rate"), _SAME_FOR_ALL),
    },
    Mode.BATCH: {},
}
"""What is refused in each mode, by the names of flags, and why; or the flag that it contradicts.

A spend that is one is called `range` or `unknown`.
"""
BLIND: Mapping[str, Message] = {
    "fail_if_over": Message("cannot be told without a spend; give --spend"),
    "csv": Message("has what is paid when, which cannot be told without a spend; give --spend"),
}
"""What is refused where the amount cannot be told, as without a spend; `csv` is the form."""
BLIND_ACCOUNTS = Message(
    "cannot be told without the spend of {accounts}; give it in --account: NAME=AMOUNT"
)
"""The same where it is of accounts by name."""


def refusals(
    modes: Collection[Mode], given: Layers, besides: Collection[str] = ()
) -> Iterator[Problem]:
    """Each flag that was given and means nothing in one of the modes; `besides` has no texts."""
    told: set[str] = set()
    for mode in modes:
        for name, why in REFUSED[mode].items():
            if name in told or not (name in given or name in besides):
                continue
            told.add(name)
            if isinstance(why, str):
                yield contradiction(given, name, why)
            else:
                yield Problem(_origin(name, given), why)


def _origin(name: str, given: Layers) -> str:
    if name in given:
        origin = given[name].origin
        return flag_name(name) if origin == OF_A_QUESTION else origin
    return "--spend" if name in ("range", "unknown") else name
