"""What stands before a result: what was asked for, as it was understood, and what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from supportcli.advice.deal import Deal
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.recommendation import Advice
from supportcli.advice.usage import Order
from supportcli.core.catalogue import PointKind
from supportcli.core.money import format_rate
from supportcli.core.plan import Plan
from supportcli.language import Language
from supportcli.needs.registry import KINDS
from supportcli.outputs.formats.json.billing import discount_json, tax_json
from supportcli.outputs.formats.json.values import Json, amount, cited, day, exact, number, told
from supportcli.safe import safe


def inputs_json(advice: Advice, language: Language, deal: Deal | None = None) -> Json:
    """The needs, what the usage was made of, and what was said of the whole deal."""
    needs, currency = advice.needs, advice.catalogue.currency
    return {
        "monthly_spend": exact(advice.usage.monthly_spend, currency),
        "monthly_spend_counted": exact(advice.usage.spend_counted, currency),
        "monthly_spend_range": None if deal is None else _range(deal.accounts[0].span, currency),
        "currency": currency,
        **{
            name: told(value, language)
            for kind in KINDS
            for name, value in kind.inputs(needs).items()
        },
        "quantities": {name: number(count) for name, count in advice.usage.quantities.items()},
        "accounts": advice.usage.accounts,
        "current_plan": needs.current_plan,
        "plan": advice.asked.plan.id if advice.asked else None,
        "beside": list(deal.beside) if deal else [],
        "include_doubtful": advice.include_doubtful,
        **_term(advice, deal),
        **_said(deal),
    }


def _range(span: Sequence[Fraction], currency: str) -> Json | None:
    """The lowest and the highest spend, where a range was given; `monthly_spend` is its middle."""
    if not span:
        return None
    return {"lowest": exact(span[0], currency), "highest": exact(span[-1], currency)}


def deal_inputs_json(answer: DealAnswer) -> Json:
    """What holds for all accounts of a deal; what each spends and needs stands with it."""
    deal, members = answer.deal, answer.portfolio.members
    shared = _term(members[0].advice._replace(agreed=deal.agreed), deal)
    own = ("spend_series", "orders", "estimated")
    return {
        "currency": members[0].advice.catalogue.currency,
        "accounts": len(members),
        "plan": deal.plan,
        "beside": list(deal.beside),
        "include_doubtful": members[0].advice.include_doubtful,
        **{name: value for name, value in shared.items() if name not in own},
        **_said(deal),
    }


def _said(deal: Deal | None) -> Json:
    """What a deal says of itself beside the price."""
    proration, customer = (deal.proration, deal.customer) if deal else (None, None)
    return {
        "proration": proration.value if proration else None,
        "days": "30" if deal and deal.thirty else "calendar",
        "customer": customer and safe(customer),
        "valid_until": day(deal.valid_until) if deal else None,
    }


def assumptions_json(
    advice: Advice, language: Language, plans: Sequence[Plan] | None = None
) -> list[Json]:
    """What the catalogue assumes where its sources leave a point open.

    Of all plans; of some that are quoted, as terms say it.
    """
    return [
        {
            "id": point.id,
            "kind": point.kind.value,
            "text": language.text(point.text if plans is None else point.contract or point.text),
            "source": cited(point.cite),
        }
        for point in advice.catalogue.open_points
        if point.kind is PointKind.ASSUMPTION and (plans is None or any(map(point.concerns, plans)))
    ]


def _term(advice: Advice, deal: Deal | None = None) -> Json:
    """Term, growth, series, orders and what was agreed."""
    origin, agreed, currency = advice.usage.origin, advice.agreed, advice.catalogue.currency
    start = advice.usage.first_day
    growth = origin.spends.growth if origin else None
    return {
        "months": origin.term.months if origin else len(advice.usage.months),
        "start": str(advice.usage.months[0].month) if start.day == 1 else day(start),
        "growth": None
        if growth is None
        else {"rate": format_rate(growth.rate), "months": growth.every},
        "spend_series": [exact(spend, currency) for spend in origin.spends.series]
        if origin
        else [],
        "orders": [_order(order, currency) for order in (origin.orders if origin else ())],
        "spreading": _spreading(advice, deal),
        "estimated": bool(origin and origin.estimated),
        "discount": discount_json(agreed.discount),
        "voucher": amount(agreed.voucher) if agreed.voucher else None,
        "tax": tax_json(agreed.tax),
        "bought_for": agreed.bought_for,
    }


def _spreading(advice: Advice, deal: Deal | None) -> str | None:
    """How orders are spread; None where there are none and nobody spoke of it."""
    origin = advice.usage.origin
    if origin is not None and origin.orders:
        return origin.billing.spreading.value
    return deal.spreading.value if deal and deal.spreading else None


def _order(order: Order, currency: str) -> Json:
    return {
        "amount": exact(order.listed, currency),
        "paid": exact(order.paid, currency),
        "start": day(order.term.start),
        "months": order.term.months,
    }
