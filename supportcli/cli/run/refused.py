"""What an answer cannot give in its form, told before a question is put or anything is computed."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.deal import Deal
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.inputs.answers.accounts import without_spend
from supportcli.inputs.answers.modes import BLIND, BLIND_ACCOUNTS
from supportcli.inputs.answers.sources import Layers


def refused(
    settings: Settings, catalogue: Catalogue, given: Layers, deal: Deal
) -> Iterator[Problem]:
    """What is asked for that the form has no room for, or that hangs on a spend nobody knows."""
    if deal.beside and settings.form == "csv":
        yield Problem("-o csv", Message("has the payments of one plan; leave out --beside"))
    if deal.beside and settings.form == "chat":
        yield Problem("-o chat", Message("has room for one plan; leave out --beside"))
    accounts = without_spend(given)
    for where, words in needing_spend(settings, catalogue, deal.plan) if accounts else ():
        named = Message(BLIND_ACCOUNTS.text, accounts=accounts)
        yield Problem(where, named if "account" in given else words)


def needing_spend(settings: Settings, catalogue: Catalogue, plan: str | None) -> Iterator[Problem]:
    """What was asked for that cannot be told without a spend, unless no fee hangs on it.

    `plan` is the id of the one that the answer is to be about, if there is one.
    """
    plans = (one for one in catalogue.plans if plan in (None, one.id))
    fees = (fee for one in plans for fee in (one.fees or {}).values())
    if all(fee.per_month.is_constant() for fee in fees):
        return
    if "fail_if_over" in settings.given:
        yield Problem(settings.given["fail_if_over"].origin, BLIND["fail_if_over"])
    if settings.form == "csv":
        yield Problem("-o csv", BLIND["csv"])
