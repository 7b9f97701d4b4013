"""What stands before a result: what was asked for, as it was understood, and what is assumed."""

from __future__ import annotations

from supportcli.advice.recommendation import Advice
from supportcli.advice.usage import Order
from supportcli.core.catalogue import PointKind
from supportcli.core.money import format_rate
from supportcli.language import Language
from supportcli.needs.registry import KINDS
from supportcli.outputs.formats.json.values import Json, amount, day, exact, number, told


def inputs_json(advice: Advice, language: Language) -> Json:
    """The needs, and what the usage was made of."""
    needs, currency = advice.needs, advice.catalogue.currency
    return {
        "monthly_spend": exact(advice.usage.monthly_spend, currency),
        "currency": currency,
        **{
            name: told(value, language)
            for kind in KINDS
            for name, value in kind.inputs(needs).items()
        },
        "quantities": {name: number(count) for name, count in advice.usage.quantities.items()},
        "accounts": advice.usage.accounts,
        "current_plan": needs.current_plan,
        "include_doubtful": advice.include_doubtful,
        **_term(advice),
    }


def assumptions_json(advice: Advice, language: Language) -> list[Json]:
    """What the catalogue assumes where its sources leave a point open."""
    return [
        {
            "id": point.id,
            "kind": point.kind.value,
            "text": language.text(point.text),
            "source": str(point.cite),
        }
        for point in advice.catalogue.open_points
        if point.kind is PointKind.ASSUMPTION
    ]


def _term(advice: Advice) -> Json:
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
        "spreading": origin.billing.spreading.value if origin and origin.orders else None,
        "estimated": bool(origin and origin.estimated),
        "discount": None
        if agreed.discount is None
        else {"rate": format_rate(agreed.discount.rate), "prepaid": agreed.discount.prepaid},
        "voucher": amount(agreed.voucher) if agreed.voucher else None,
        "tax": None
        if agreed.tax is None
        else {"rate": format_rate(agreed.tax.rate), "included": agreed.tax.included},
    }


def _order(order: Order, currency: str) -> Json:
    return {
        "amount": exact(order.listed, currency),
        "paid": exact(order.paid, currency),
        "start": day(order.term.start),
        "months": order.term.months,
    }
