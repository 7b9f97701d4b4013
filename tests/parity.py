"""What the library says to a customer, as the columns that batch and SQL write."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, pairwise
from math import ceil
from typing import NamedTuple

from supportcli.advice.ask_first import ask_first
from supportcli.advice.billing import settle
from supportcli.advice.doubts import doubts
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms, Tax
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice, Bar, PlanAdvice, recommend
from supportcli.advice.rules import Rules
from supportcli.advice.usage import Billing, Spends, Usage, usage_of
from supportcli.batch.request import Ask
from supportcli.core.amount_text import parse_discount, parse_rate
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Spreading
from supportcli.core.currencies import minor_digits
from supportcli.core.duration import parse_duration
from supportcli.core.period import Month, Term
from supportcli.core.plan import Fee, Tam
from supportcli.needs.hours import HoursNeed, ServiceHours
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tam import Degree, TamNeed
from supportcli.needs.tickets import TicketsNeed
from tests.builders import day, numbers
from tests.pairwise import points_of

CUSTOMERS = 120
START = Month(2026, 12)
TODAY = day("2026-11-15")
LARGEST = Fraction("999999999999.99")
ZERO = Fraction(0)
MICRO = Fraction(1, 10**6)
LIMITS = (0, 5, 40)
QUANTITIES = numbers(seats="7", hours="2.5", none="0")

Row = dict[str, str]


TAMS: dict[str, Degree | None] = {"yes": Tam.DEDICATED, "named": Tam.NAMED, "no": None}


class Customer(NamedTuple):
    """A row as text; blank is what the flags say."""

    spends: tuple[Fraction, ...]
    response: str = ""
    tam: str = ""
    tickets: str = ""
    services: str = ""
    hours: str = ""
    accounts: str = ""
    months: str = ""
    plan: str = ""
    reading: str = ""
    current_plan: str = ""
    paid_discount: str = ""
    discount: str = ""
    discount_on: str = ""
    tax_mode: str = ""
    tax_rate: str = ""


class Case(NamedTuple):
    """A catalogue as it was loaded, and what holds for all rows."""

    whole: Catalogue
    ask: Ask
    quantities: Mapping[str, Fraction]
    old: Catalogue | None = None


# What `advise` says


def plain(amount: Fraction) -> str:
    return f"{Decimal(amount.numerator) / Decimal(amount.denominator):f}"


def shown(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def needs_of(case: Case, customer: Customer) -> Needs:
    needs = case.ask.same.needs
    gravest = case.whole.severities[0].id
    if customer.response:
        wanted = None if customer.response == "-" else parse_duration(customer.response)
        needs = needs.having(need for need in needs.needs if need.key != f"response:{gravest}")
        needs = needs if wanted is None else needs.with_need(ResponseNeed(gravest, wanted))
    if customer.tickets:
        needs = needs.with_need(TicketsNeed(int(customer.tickets)))
    if customer.tam:
        needs = needs.with_need(TamNeed(TAMS[customer.tam]))
    if customer.hours:
        needs = needs.having(need for need in needs.needs if not isinstance(need, HoursNeed))
    if customer.hours not in ("", "-"):
        needs = needs.with_need(HoursNeed(ServiceHours(customer.hours)))
    if customer.services:
        named = customer.services.split("、") if customer.services != "-" else []
        others = [need for need in needs.needs if not isinstance(need, ServiceNeed)]
        needs = needs.having([*others, *map(ServiceNeed, named)])
    current = customer.current_plan or needs.current_plan
    return Needs.from_asked(needs.needs, current)


def held(case: Case, whole: Catalogue) -> Mapping[str, Fraction]:
    """The quantities that a catalogue has: the library refuses others."""
    return {q.id: case.quantities[q.id] for q in whole.quantities if q.id in case.quantities}


def usage_for(case: Case, customer: Customer, whole: Catalogue) -> Usage:
    ask = case.ask
    months = int(customer.months or ask.same.months)
    if len(customer.spends) == 1:
        usage = Usage.level(customer.spends[0], ask.same.start, months)
    else:
        billing = Billing(Spreading.BY_MONTH, listed=True, currency=case.whole.currency)
        term = Term(ask.same.start.first_day, months)
        usage = usage_of(term, Spends(series=customer.spends), (), billing)
    return usage._replace(
        quantities=held(case, whole), accounts=int(customer.accounts or ask.same.accounts)
    )


def advice_of(case: Case, customer: Customer, whole: Catalogue, reading: str) -> Advice:
    needs = needs_of(case, customer)
    listed = {f"service:{each.id}" for each in whole.services}  # older rules may not list them all
    needs = needs.having(
        need for need in needs.needs if not isinstance(need, ServiceNeed) or need.key in listed
    )
    if needs.current_plan not in {each.id for each in whole.plans}:
        needs = Needs.from_asked(needs.needs)
    if not case.ask.all_readings:  # others cost time and change no plan
        used = dict.fromkeys((reading, whole.likeliest_reading))
        whole = whole._replace(readings=tuple(map(whole.reading, used)))
    usage, agreed = usage_for(case, customer, whole), agreed_with(case, customer)
    included = case.ask.same.include_doubtful
    return recommend(whole, needs, usage, reading, TODAY, agreed, included)


def agreed_with(case: Case, customer: Customer) -> PriceTerms:
    """What a row says of discount and tax, else what holds for all."""
    price, discount, tax = case.ask.price, None, None
    off = parse_discount(customer.discount) if customer.discount else price.discount
    prepaid = price.prepaid is not False
    if customer.discount_on:
        prepaid = customer.discount_on == "all"
    if off is not None:
        discount = Discount(off, prepaid)
    rate = parse_rate(customer.tax_rate) if customer.tax_rate else price.tax_rate
    if rate is not None:
        included = price.included is not False
        tax = Tax(rate, customer.tax_mode == "included" if customer.tax_mode else included)
    return PriceTerms(discount, tax=tax)


def reading_of(case: Case, customer: Customer) -> str:
    return customer.reading or case.ask.same.rules.reading


def chosen_of(advice: Advice, plan_id: str) -> PlanAdvice | None:
    """The plan that is given, or the one that is recommended."""
    if not plan_id:
        return advice.recommended
    return next((entry for entry in advice.plans if entry.plan.id == plan_id), None)


def quote_of(entry: PlanAdvice | None, reading: str) -> Quote | None:
    return entry.quotes[reading] if entry and entry.plan.priced else None


def next_of(advice: Advice, chosen: str) -> PlanAdvice | None:
    """The cheapest other plan over the term, the higher tier of equal ones."""

    def rank(entry: PlanAdvice) -> tuple[Decimal, int]:
        quote = quote_of(entry, advice.reading)
        assert quote is not None
        return advice.agreed.net_term(quote), -entry.plan.tier

    others = (entry for entry in advice.plans if entry.recommendable and entry.plan.id != chosen)
    return min(others, key=rank, default=None)


def to_pay(quote: Quote, agreed: PriceTerms) -> tuple[str, str, str, str]:
    """The same of the bills, each month's rounded by itself."""
    whole = quote.months[0]._replace(charge=quote.monthly)
    [bill] = settle(quote._replace(months=(whole,)), agreed, START.first_day).bills
    year = settle(quote._replace(months=quote.year), agreed, START.first_day).bills
    rest = None if bill.first is None else bill.rest
    annual = sum((each.gross for each in year), Decimal(0))
    return shown(bill.gross), shown(bill.first), shown(rest), shown(annual)


def figures(quote: Quote | None, agreed: PriceTerms = AS_PUBLISHED) -> tuple[str, str, str, str]:
    if quote is None:
        return "", "", "", ""
    if agreed != AS_PUBLISHED:
        return to_pay(quote, agreed)
    monthly = quote.monthly
    return (
        shown(monthly.total),
        shown(monthly.prepaid),
        shown(monthly.postpaid),
        shown(quote.annual.total),
    )


def expected(case: Case, customer: Customer) -> Row:
    """Every column of results for a customer."""
    reading = reading_of(case, customer)
    advice = advice_of(case, customer, case.whole, reading)
    entry = chosen_of(advice, customer.plan)
    quote = quote_of(entry, reading)
    name = entry.plan.id if entry else ""
    following = next_of(advice, name) if entry else None
    reason = advice.reason.value
    if customer.plan:
        reason = "given" if quote else "given_price_unknown"
    agreed = agreed_with(case, customer)
    monthly, prepaid, postpaid, annual = figures(quote, agreed)
    row = {
        "plan": name,
        "monthly_fee": monthly,
        "prepaid": prepaid,
        "postpaid": postpaid,
        "annual_cost": annual,
        "next_plan": following.plan.id if following else "",
        "next_monthly_fee": figures(quote_of(following, reading), agreed)[0],
        "reason_code": reason,
        "reading": reading,
    }
    likely = quote_of(entry, case.whole.likeliest_reading)
    asked = ask_first(advice, chosen=entry)
    row["likely_annual_cost"] = figures(likely, agreed)[3]
    row["doubts"] = " ".join(doubts(advice, entry))
    row["ask_first"] = asked[0].entry.plan.id if asked else ""
    if agreed != AS_PUBLISHED:
        row["annual_list"] = figures(quote)[3]
    return row | beside(case, customer, advice, entry)


def beside(case: Case, customer: Customer, advice: Advice, entry: PlanAdvice | None) -> Row:
    """The columns that come where they are asked for, or where there is a current plan."""
    ask, row, agreed = case.ask, Row(), agreed_with(case, customer)
    cost = quote_of(entry, advice.reading)
    if advice.needs.current_plan:
        today = chosen_of(advice, advice.needs.current_plan)
        lasts = today is not None and today.bar is not Bar.ENDS_WITHIN_TERM
        current = quote_of(today, advice.reading) if lasts else None
        row["current_annual_cost"] = figures(current, agreed)[3]
        row["current_difference"] = difference(cost, current, agreed)
    if ask.all_readings:
        for reading in case.whole.readings:
            row[f"annual_cost_{reading.id}"] = figures(quote_of(entry, reading.id), agreed)[3]
    if case.old is not None and ask.against is not None:
        used = ask.against.reading
        if used == ask.same.rules.reading and advice.reading in {r.id for r in case.old.readings}:
            used = advice.reading
        before = advice_of(case, customer, case.old, used)
        old = chosen_of(before, customer.plan)
        row["old_plan"] = customer.plan or (old.plan.id if old else "")
        row["old_monthly_fee"], _, _, row["old_annual_cost"] = figures(quote_of(old, used), agreed)
        row["annual_difference"] = difference(cost, quote_of(old, used), agreed)
    if ask.all_plans:
        for each in advice.plans:
            monthly, _, _, annual = figures(quote_of(each, advice.reading), agreed)
            row[f"{each.plan.id}_monthly_fee"] = monthly
            row[f"{each.plan.id}_annual_cost"] = annual
            if monthly:
                row[f"{each.plan.id}_fits"] = str(each.eligible).lower()
    return row


def difference(new: Quote | None, old: Quote | None, agreed: PriceTerms) -> str:
    costs = [figures(quote, agreed)[3] for quote in (new, old)]
    return shown(Decimal(costs[0]) - Decimal(costs[1])) if all(costs) else ""


# Customers


def rules_of(
    whole: Catalogue, reading: str, quantities: Mapping[str, Fraction] = QUANTITIES
) -> Rules:
    """A catalogue as `batch` takes it."""
    closed = frozenset(each.id for each in whole.plans if each.validity.closed_on(TODAY))
    return Rules(whole.in_force(TODAY).with_quantities(quantities), reading, closed)


def fees_in(whole: Catalogue) -> list[Mapping[str, Fee]]:
    """The fees of every plan, of today and of every other rule."""
    found = [each.fees for each in whole.plans]
    found += [rule.fees for each in whole.plans for rule in each.history]
    return [fees for fees in found if fees is not None]


def edges(whole: Catalogue) -> list[Fraction]:
    """Where a fee bends or jumps, or two fees meet."""
    found = {ZERO}
    for fee in chain.from_iterable(fees.values() for fees in fees_in(whole)):
        parts = [fee.total] if fee.prepaid is None else [fee.total, fee.prepaid]
        found |= {segment.start for part in parts for segment in part.segments}
    for reading in whole.readings:
        totals = dict.fromkeys(fees[reading.id].total for fees in fees_in(whole))
        found |= set(points_of(list(totals)) if totals else ())
    return sorted(found)


class Crowd:
    """Customers at random, around what matters in a catalogue."""

    def __init__(self, case: Case, rng: random.Random, *, lined: bool) -> None:
        self.case = case
        self.rng = rng
        self.lined = lined
        digits = minor_digits(case.whole.currency)
        self.unit = Fraction(1, 10 ** (digits if lined else min(digits, 2)))
        self.edges = edges(case.whole)
        self.blank = {name for name in Customer._fields if rng.random() < 0.25}
        rules = case.ask.same.rules.catalogue
        times = ["10m", "39m", "40m", "2h", "15bm", "8bh", "16bh", "24bh", "1d", "-"]
        tickets = chain.from_iterable((n, n + 1) for n in LIMITS)
        self.pools: dict[str, Sequence[str]] = {
            "response": times,
            "tam": ["yes", "named", "no", "no"],
            "hours": ["24x7", "business", "-"],
            "tickets": [str(n) for n in tickets],
            "accounts": ["1", "2", "3", "9999"],
            "months": ["1", "2", "11", "12", "12", "13", "24", "25", "60"],
            "plan": ["", "", "", *(each.id for each in rules.plans)],
            "reading": [each.id for each in rules.readings],
            "current_plan": [each.id for each in rules.plans],
        }
        ids = [each.id for each in rules.services]
        if ids:
            self.pools["services"] = ["-", *ids, *map("、".join, pairwise(ids))]

    def customer(self, months: int = 1) -> Customer:
        told = {name: self.cell(name) for name in self.pools}
        accounts = int(told["accounts"] or self.case.ask.same.accounts)
        return Customer(tuple(self.spend(accounts) for _ in range(months)), **told)

    def cell(self, name: str) -> str:
        if name in self.blank or self.rng.random() < 0.3:
            return ""
        return self.rng.choice(self.pools[name])

    def spend(self, accounts: int) -> Fraction:
        rng = self.rng
        kind = rng.random()
        if kind < 0.03:
            return LARGEST
        if kind < 0.2:
            return Fraction(rng.randint(0, 10 ** rng.randint(1, 9))) * self.unit
        if kind < 0.3 and self.lined:
            return Fraction(rng.randint(0, 10**9)) * MICRO
        edge = rng.choice(self.edges) / rng.choice([1, 1, accounts])
        unit = MICRO if self.lined and rng.random() < 0.2 else self.unit
        spend = (ceil(edge / unit) + rng.choice([-1, 0, 0, 1])) * unit
        return min(max(spend, ZERO), LARGEST)


def crowd(case: Case, seed: int, *, lined: bool, months: int = 1) -> list[Customer]:
    made = Crowd(case, random.Random(seed), lined=lined)
    return [made.customer(months) for _ in range(CUSTOMERS // (1 if months == 1 else 3))]


def beside_every_start(whole: Catalogue, reading: str) -> list[Fraction]:
    """Each spend where a segment begins, and the minor unit on either side."""
    unit = Fraction(1, 10 ** minor_digits(whole.currency))
    starts = {s.start for fees in fees_in(whole) for s in fees[reading].total.segments}
    grid = {ZERO, *(ceil(start / unit) * unit for start in starts)}
    return sorted({max(at + step, ZERO) for at in grid for step in (-unit, ZERO, unit)})
