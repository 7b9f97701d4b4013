"""Flags that are understood and change nothing here: that is said of each."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.deal import Deal
from supportcli.core.period import Month
from supportcli.errors import Message
from supportcli.inputs.answers.sources import Layers, flag_name


def without_effect(deal: Deal, given: Layers) -> Iterator[Message]:
    """What is said of each flag of this time; a house's default that changes nothing is no news."""
    orders = any(account.orders for account in deal.accounts)
    whole = deal.term.start.day == 1
    grown = _first_grown(deal)
    reasons = {
        "spreading": None if orders else Message("there is no prepaid order"),
        "proration": Message("no month of the term is in part") if whole else None,
        "days": Message("no month of the term is in part") if whole else None,
        "growth": grown
        and Message("the spend first grows in {month}, after the term", month=grown),
    }
    for name, why in reasons.items():
        flag = flag_name(name)
        if why is not None and name in given and given[name].origin == flag:
            yield nothing_here(flag, why)


def nothing_here(flag: str, why: Message) -> Message:
    """That a flag was understood, and why the answer is the same without it."""
    return Message("{flag} changes nothing here: {why}", flag=flag, why=why)


def _first_grown(deal: Deal) -> Month | None:
    """The first month of grown spend where it lies after the term."""
    grows = [account.spends.growth.every for account in deal.accounts if account.spends.growth]
    months = [month for month, _ in deal.term.parts()]
    first = min(grows, default=0)
    return months[0].plus(first) if first >= len(months) else None
