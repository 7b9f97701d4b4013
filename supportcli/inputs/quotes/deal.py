"""The deal of a quote that was written, out of its JSON: what was said, and what is quoted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from supportcli.advice.deal import Account, Deal
from supportcli.advice.price_terms import NOTHING, Discount, PriceTerms, Tax
from supportcli.advice.usage import Growth, Order, Spends, exact_amount
from supportcli.core.amount_text import parse_rate
from supportcli.core.conditions import PartMonth, Spreading
from supportcli.core.money import round_half_up
from supportcli.core.period import Term
from supportcli.inputs.quotes.part import QuotePart, strange
from supportcli.inputs.values.dates import read_date, read_start
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_NUMBER = regex(r"[0-9]{1,15}(\.[0-9]{1,9})?")


class QuotedDeal(NamedTuple):
    """A deal as it was quoted: the plan of each account and that of today, the readings, the day of
    the rules.
    """

    deal: Deal
    plans: tuple[str, ...]
    current: tuple[str | None, ...]
    readings: tuple[str, ...]
    day: datetime.date


def quoted_deal(told: Mapping[str, object]) -> QuotedDeal:
    """The deal that a quote's JSON tells.

    Raises:
        UsageError: something in it is missing, or is not what `quote` writes there.
    """
    whole = QuotePart(told, "")
    inputs, result = whole.part("inputs"), whole.part("result")
    currency = inputs.text("currency")
    accounts, costs = result.parts("accounts"), result.parts("costs")
    if not accounts or not costs:
        raise strange("result")
    said = [account.part("inputs") for account in accounts]
    deal = Deal(
        tuple(
            _account(account.text("account"), each, currency)
            for account, each in zip(accounts, said, strict=True)
        ),
        Term(inputs.read("start", read_start), inputs.count("months", "months")),
        _agreed(inputs, currency),
        spreading=next((s for each in said if (s := _spreading(each))), None),
        proration=inputs.maybe("proration", PartMonth),
        thirty=inputs.text("days") == "30",
    )
    return QuotedDeal(
        deal,
        tuple(account.text("plan") for account in accounts),
        tuple(each.maybe("current_plan", str) for each in said),
        tuple(side.text("reading") for side in costs),
        whole.part("catalogue").read("as_of", read_date),
    )


def quoted_until(told: Mapping[str, object]) -> datetime.date | None:
    """The last day on which a quote is valid, as its JSON tells; None where no day was said.

    Raises:
        UsageError: it is no date.
    """
    return QuotePart(told, "").part("quote").maybe("valid_until", read_date)


def _account(name: str, said: QuotePart, currency: str) -> Account:
    spends = Spends(
        said.maybe("monthly_spend", lambda text: exact_amount(text, currency)),
        _growth(said),
        tuple(exact_amount(text, currency) for text in said.texts("spend_series")),
    )
    orders = tuple(_order(one, currency) for one in said.parts("orders"))
    counted = said.part("quantities")
    quantities = {name: counted.read(name, _quantity) for name in counted.told}
    alike = said.count("accounts", "accounts")
    return Account(name, spends=spends, orders=orders, quantities=quantities, alike=alike)


def _quantity(text: str) -> Fraction:
    """A quantity as JSON has it: a plain decimal number.

    Raises:
        ValueError: anything else.
    """
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return Fraction(text)


def _growth(said: QuotePart) -> Growth | None:
    if said.missing("growth"):
        return None
    growth = said.part("growth")
    return Growth(growth.read("rate", _rate), growth.count("months", "months"))


def _rate(text: str) -> Fraction:
    """A growth below zero has a sign."""
    rate = parse_rate(text.removeprefix("-"))
    return -rate if text.startswith("-") else rate


def _order(one: QuotePart, currency: str) -> Order:
    term = Term(one.read("start", read_date), one.count("months", "months"))
    paid = one.maybe("paid", lambda text: exact_amount(text, currency))
    return Order(exact_amount(one.text("amount"), currency), paid, term)


def _spreading(said: QuotePart) -> Spreading | None:
    return said.maybe("spreading", Spreading)


def _agreed(inputs: QuotePart, currency: str) -> PriceTerms:
    """What was agreed on price."""
    voucher = inputs.maybe("voucher", lambda text: exact_amount(text, currency))
    return PriceTerms(
        _discount(inputs),
        NOTHING if voucher is None else round_half_up(voucher, currency),
        _tax(inputs),
        inputs.count("bought_for", "months"),
    )


def _discount(inputs: QuotePart) -> Discount | None:
    if inputs.missing("discount"):
        return None
    discount = inputs.part("discount")
    return Discount(discount.read("rate", parse_rate), discount.switch("prepaid"))


def _tax(inputs: QuotePart) -> Tax | None:
    if inputs.missing("tax"):
        return None
    tax = inputs.part("tax")
    return Tax(tax.read("rate", parse_rate), tax.switch("included"))
