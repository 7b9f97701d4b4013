"""Small values for tests: what the shipped catalogue cannot show, and short ways to say a need."""

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Channel, OpenPoint, PointKind, Reading, Severity
from supportcli.core.conditions import Clause, Conditions, Scope, Validity
from supportcli.core.duration import parse_duration
from supportcli.core.period import Month
from supportcli.core.plan import (
    TICKETS,
    Availability,
    Fee,
    FeeRule,
    Limit,
    Plan,
    Resemblance,
    ServiceLevel,
    Tam,
    TamFact,
)
from supportcli.core.quantity import Extra, Quantity, QuantityUnit
from supportcli.core.schedule import (
    Bracket,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Tiered,
    Volume,
    normalise,
)
from supportcli.core.source import Cite, Source
from supportcli.core.text import Text
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.response import ResponseNeed

CITE = Cite("page", "12")
LEVEL_CITE = Cite("page", "84")
LIMIT_CITE = Cite("page", "102")
TAM_CITE = Cite("page", "42")
START = Month(2026, 1)
ONLY = "only"
NOTHING = Line()
ALWAYS = Validity()


@cache
def shipped() -> Catalogue:
    """The catalogue that is shipped."""
    return load_catalogue()


def text(words: str) -> Text:
    return Text({"en": words})


def within(time: str, severity: str = "down") -> ResponseNeed:
    return ResponseNeed(severity, parse_duration(time))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def numbers(**quantities: str) -> Mapping[str, Fraction]:
    return {name: Fraction(number) for name, number in quantities.items()}


def every_month(spend: str | None, months: int = 12, **quantities: str) -> Usage:
    known = None if spend is None else Fraction(spend)
    return Usage.level(known, START, months, numbers(**quantities))


def flat(amount: str) -> Line:
    return Line(Fraction(amount))


def share(percent: str, base: str = "0") -> Line:
    return Line(Fraction(base), Fraction(percent) / 100)


def apiece(amount: str) -> Line:
    """A price for every piece of a quantity."""
    return Line(rate=Fraction(amount))


def extra(
    extra_id: str,
    price: Schedule,
    quantity: str | None = None,
    *,
    pack: int | None = None,
    yearly: bool = False,
    optional: bool = False,
    prepaid: bool = False,
) -> Extra:
    """A price beside the part that depends on spend; a constant unless a quantity is named."""
    return Extra(
        id=extra_id,
        name=text(extra_id.capitalize()),
        quantity=quantity,
        price=normalise(price),
        pack=pack,
        yearly=yearly,
        optional=optional,
        prepaid=prepaid,
        cite=CITE,
    )


def level(
    target: str, channel: str = "ticket", severity: str | None = None, limit: str | None = None
) -> ServiceLevel:
    """A first-response target; for every severity unless one is named."""
    return ServiceLevel(
        channel, severity, parse_duration(target), None, None, limit, None, LEVEL_CITE
    )


def limit(limit_id: str, per_month: int | None, words: str) -> Limit:
    counts = limit_id if limit_id == TICKETS else None
    return Limit(limit_id, per_month, text(words), LIMIT_CITE, counts)


def in_doubt() -> Availability:
    return Availability(text("may be gone"), datetime.date(2025, 6, 16), CITE)


def plan(
    plan_id: str,
    tier: int = 1,
    fee: Schedule | Mapping[str, Schedule] | None = None,
    *,
    levels: Iterable[ServiceLevel] = (),
    channels: Mapping[str, bool] | None = None,
    tam: Tam = Tam.NONE,
    limits: Iterable[Limit] = (),
    availability: Availability | None = None,
    like: str | None = None,
    prepaid: Schedule | None = NOTHING,
    extras: Iterable[Extra] = (),
    validity: Validity = ALWAYS,
) -> Plan:
    """A plan named after its id, nothing of it prepaid; without a fee it has no price."""
    totals = fee if isinstance(fee, Mapping) else {ONLY: fee} if fee else {}
    first = None if prepaid is None else normalise(prepaid)
    fees = {name: Fee(normalise(total), first) for name, total in totals.items()}
    return Plan(
        id=plan_id,
        name=text(plan_id.title()),
        tier=tier,
        currency="CNY",
        published=None,
        fees=fees or None,
        fee_text=None,
        cite=CITE,
        channels={"ticket": True, "group": False} if channels is None else channels,
        levels=tuple(level._replace(assumed=like is not None) for level in levels),
        tam=TamFact(tam, None, None if tam is Tam.UNKNOWN else TAM_CITE, like is not None),
        limits=tuple(limits),
        availability=availability,
        like=Resemblance(like, "as-the-other") if like else None,
        extras=tuple(extras),
        validity=validity,
    )


def pooled(one: Plan) -> Plan:
    """The plan with one fee for the spend of all accounts together."""
    return one._replace(terms=Conditions(scope=Clause(Scope.POOLED, None, CITE)))


def past(amount: str | None, until: str) -> FeeRule:
    """A flat fee that held up to a day; without an amount its price is unknown."""
    published = None if amount is None else {"fee": flat(amount)}
    fees = None if amount is None else {ONLY: Fee(normalise(flat(amount)), normalise(NOTHING))}
    return FeeRule(published, fees, text(f"{amount} a month"), Cite("page", until), day(until))


def with_past(present: Plan, *rules: FeeRule) -> Plan:
    """A plan with older fee rules, which stand before the present one."""
    rule = FeeRule(present.published, present.fees, present.fee_text, present.cite)
    return present._replace(history=(*rules, rule) if rules else ())


def point(
    point_id: str, *plans: str, headline: bool = False, brief: str | None = None
) -> OpenPoint:
    """An open point whose text is a sentence; the brief words, if any, are a part of one."""
    return OpenPoint(
        id=point_id,
        kind=PointKind.ASSUMPTION,
        text=text(f"{point_id.capitalize()}."),
        brief=text(brief) if brief else None,
        contract=None,
        confirm=None,
        plans=plans,
        headline=headline,
        cite=CITE,
    )


def catalogue(
    *plans: Plan,
    readings: Iterable[str] = (ONLY,),
    default: str = ONLY,
    likeliest: str = ONLY,
    points: Iterable[OpenPoint] = (),
    brief: str | None = "that it is alike",
) -> Catalogue:
    """Plans with two severities and three channels, of which the phone has no targets."""
    words = text("words")
    counted = {extra.quantity for each in plans for extra in each.extras}
    counted |= {limit.counts for each in plans for limit in each.limits}
    return Catalogue(
        id="test",
        name=words,
        currency="CNY",
        about=words,
        spend=words,
        review_after=None,
        file=b"",
        sources=(Source("page", text("the page"), "secondary", None, None),),
        severities=tuple(Severity(name, text(name)) for name in ("down", "question")),
        channels=tuple(
            Channel(name, text(name), name != "phone", None)
            for name in ("phone", "ticket", "group")
        ),
        readings=tuple(Reading(name, text(name), None, words, None) for name in readings),
        default_reading=default,
        likeliest_reading=likeliest,
        plans=tuple(sorted(plans, key=lambda each: each.tier)),
        content=(),
        facts=(),
        open_points=(point("as-the-other", brief=brief), *points),
        quantities=tuple(
            Quantity(name, text(name), QuantityUnit.HOURS)
            for name in sorted(name for name in counted if name and name != TICKETS)
        ),
    )


# Random schedules. Amounts are tenths, rates hundredths up to 20 %, so every intercept is a
# multiple of a thousandth.
money = st.integers(0, 60).map(lambda dimes: Fraction(dimes, 10))
rates = st.integers(0, 20).map(lambda percent: Fraction(percent, 100))


@st.composite
def bracket_lists(draw: st.DrawFn, based: bool = False) -> tuple[Bracket, ...]:
    ends = sorted(draw(st.sets(money.filter(bool), max_size=3)))
    bases = money if based else st.just(Fraction(0))
    return tuple(Bracket(end, draw(rates), draw(bases)) for end in [*ends, None])


leaves = (
    st.builds(Line, money, rates)
    | st.builds(Excess, money, rates)
    | st.builds(Graduated, bracket_lists())
    | st.builds(Volume, bracket_lists())
    | st.builds(Tiered, bracket_lists(based=True))
)
schedules = (
    leaves
    | st.builds(Sum, leaves, leaves)
    | st.builds(GreaterOf, leaves, leaves)
    | st.builds(LesserOf, leaves, leaves)
)
