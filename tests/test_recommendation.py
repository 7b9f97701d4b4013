"""Which plan is recommended: cases worked by hand, every answer that can be given, random plans."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.fit import fit
from supportcli.advice.needs import Needs, ResponseNeed
from supportcli.advice.questions import response_choices
from supportcli.advice.quote import Charge
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode, recommend
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.duration import parse_duration
from supportcli.core.money import parse_amount
from supportcli.core.plan import Catalogue, Plan, Tam
from supportcli.core.schedule import GreaterOf, Schedule
from tests.builders import (
    ONLY,
    START,
    catalogue,
    every_month,
    flat,
    in_doubt,
    level,
    limit,
    plan,
    share,
    shipped,
    within,
)

NONE = "none"
YES_NO = {"yes": True, "no": False}
CASES = Path(__file__).parent / "cases" / "advice.yaml"
KNOWN = {"name", "why", "needs", "spend", "reading", "expect"}
KNOWN_NEEDS = {"response", "tam", "tickets", "without_channels"}
KNOWN_EXPECTED = {
    *("recommended", "reason", "holds", "by_reading", "monthly", "annual", "tied", "fallback"),
    *("closest", "with_tam", "unpriced_fits", "availability_in_doubt", "statuses", "ranges"),
}

Case = dict[str, Any]


def cases() -> list[Case]:
    """The cases with every value as text; `<<` takes over what a case does not say itself."""
    found: list[Case] = yaml.load(CASES.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for case in found:
        case["expect"] = inherited(case["expect"])
    return found


def inherited(node: Case) -> Case:
    own = {key: value for key, value in node.items() if key != "<<"}
    return {**inherited(node["<<"]), **own} if "<<" in node else own


def needs_of(given: Case) -> Needs:
    return Needs(
        response=tuple(
            ResponseNeed(severity, parse_duration(time))
            for severity, time in given.get("response", {}).items()
        ),
        tam=YES_NO[given["tam"]] if "tam" in given else None,
        tickets=int(given["tickets"]) if "tickets" in given else None,
        without_channels=frozenset(given.get("without_channels", ())),
    )


def spend_of(text: str) -> Usage:
    spend = None if text == "unknown" else parse_amount(text, "CNY").value
    return Usage.level(spend, START)


def name(entry: PlanAdvice | None) -> str:
    return entry.plan.id if entry else NONE


def names(entries: tuple[PlanAdvice, ...]) -> list[str]:
    return [entry.plan.id for entry in entries]


def amounts(charge: Charge) -> dict[str, str]:
    return {
        "total": str(charge.total),
        "prepaid": str(charge.prepaid),
        "postpaid": str(charge.postpaid),
    }


def told(advice: Advice) -> Case:
    """The advice in the words of the cases; what is not there is left out."""
    entry = advice.recommended
    quote = entry.quotes[advice.reading] if entry else None
    statuses = {
        each.plan.id: [result.status.value for result in each.needs] for each in advice.plans
    }
    found: Case = {
        "recommended": name(entry),
        "reason": advice.reason.value,
        "holds": "yes" if advice.holds_under_all_readings else "no",
        "by_reading": {reading: name(each) for reading, each in advice.by_reading.items()},
        "monthly": amounts(quote.monthly) if quote else {},
        "annual": amounts(quote.annual) if quote else {},
        "tied": names(advice.tied),
        "fallback": name(advice.fallback),
        "closest": name(advice.closest),
        "with_tam": name(advice.with_tam),
        "unpriced_fits": names(advice.unpriced_fits),
        "availability_in_doubt": "yes" if entry and entry.plan.availability else NONE,
        "statuses": statuses if any(statuses.values()) else {},
        "ranges": {str(each.start): [p.id for p in each.plans] for each in advice.ranges},
    }
    return {key: value for key, value in found.items() if value not in (NONE, {}, [])}


def expected(case: Case) -> Case:
    """What a case expects; unless it says otherwise every reading recommends the same."""
    found = dict(case["expect"])
    same = dict.fromkeys(("additive", "floor", "flat"), found["recommended"])
    found.setdefault("by_reading", same)
    return {key: value for key, value in found.items() if value != NONE}


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["name"]))
def test_case_worked_by_hand(case: Case) -> None:
    assert set(case) <= KNOWN
    assert case["why"]
    assert set(case.get("needs", {})) <= KNOWN_NEEDS
    assert set(case["expect"]) <= KNOWN_EXPECTED
    assert {"recommended", "reason", "holds"} <= set(case["expect"])
    needs, usage = needs_of(case.get("needs", {})), spend_of(case["spend"])
    advice = recommend(shipped(), needs, usage, case.get("reading"))
    assert told(advice) == expected(case)
    assert advice.needs == needs
    assert advice.usage == usage
    assert advice.reading == case.get("reading", "additive")


def test_cases_have_names_of_their_own() -> None:
    every = [case["name"] for case in cases()]
    assert len(set(every)) == len(every) > 30


def test_the_reading_in_use_stands_first_and_the_other_beside_it() -> None:
    """Default additive beside the likelier floor; flat, which is neither, beside both."""

    def headline(reading: str) -> list[str]:
        advice = recommend(shipped(), Needs(), every_month("0"), reading)
        return [each.id for each in advice.headline_readings]

    assert headline("additive") == ["additive", "floor"]
    assert headline("floor") == ["floor", "additive"]
    assert headline("flat") == ["flat", "additive", "floor"]


def test_a_single_reading_stands_alone() -> None:
    advice = recommend(catalogue(plan("free", fee=flat("0"))), Needs(), every_month("0"))
    assert [each.id for each in advice.headline_readings] == [ONLY]


# Every answer that the questionnaire can give, against a table of the published facts

MONTHLY_CENTS = {"basic": 0, "enterprise-trial": 500000, "enterprise": 2500000, "premier": 5000000}
GROUP, TICKET = "dingtalk-group", "ticket"
MINUTES = {
    "basic": {TICKET: 120},
    "enterprise-trial": {TICKET: 40, GROUP: 10},
    "enterprise": {TICKET: 40, GROUP: 10},
    "premier": {TICKET: 40, GROUP: 10},
}
SPENDS = {"0": 0, "120000": 12000000, "249999.95": 24999995, "250000": 25000000, "600000": 60000000}


def cents(plan_id: str, spend: int, reading: str) -> int:
    """The published rule (facts, section 3) in whole cents, half a cent going up."""
    base, share_of_spend = MONTHLY_CENTS[plan_id], (spend + 5) // 10
    if plan_id == "basic" or reading == "flat":
        return base
    return base + share_of_spend if reading == "additive" else max(base, share_of_spend)


def does_what_is_needed(plan_id: str, needs: Needs) -> bool:
    usable = [m for channel, m in MINUTES[plan_id].items() if channel not in needs.without_channels]
    return (
        all(any(m <= need.within.minutes for m in usable) for need in needs.response)
        and (not needs.tam or plan_id == "premier")
        and (plan_id != "enterprise-trial" or (needs.tickets or 0) <= 30)
    )


def every_answer() -> Iterator[Needs]:
    ids = [channel.id for channel in shipped().channels]
    technical = (TICKET, "urgent-ticket", GROUP)
    given_up = [(), *((each,) for each in ids), *combinations(technical, 2), tuple(ids)]
    times = [None, *(choice.within for choice in response_choices(shipped()))]
    for time, tam, tickets, channels in product(
        times, (None, True, False), (None, 30, 31), given_up
    ):
        response = (ResponseNeed("unavailable", time),) if time else ()
        yield Needs(response, tam, tickets, frozenset(channels))


@pytest.mark.parametrize("reading", ["additive", "floor", "flat"])
def test_every_answer_gets_the_cheapest_plan_or_none_and_the_closest(reading: str) -> None:
    for needs, (text, spend) in product(every_answer(), SPENDS.items()):
        advice = recommend(shipped(), needs, every_month(text, 2), reading)
        costs = {
            plan_id: cents(plan_id, spend, reading)
            for plan_id in MONTHLY_CENTS
            if does_what_is_needed(plan_id, needs)
        }
        best = [plan_id for plan_id in costs if costs[plan_id] == min(costs.values())]
        said = (name(advice.recommended), names(advice.tied))
        assert said == (best[-1] if best else NONE, best[-2::-1]), (needs, text)
        assert (advice.reason is ReasonCode.NO_PLAN_FITS) == (not best)
        assert (advice.closest is not None) == (not best)


@pytest.mark.parametrize("reading", ["additive", "floor", "flat"])
def test_every_answer_without_a_spend_gets_a_plan_or_ranges_or_the_closest(reading: str) -> None:
    for needs in every_answer():
        advice = recommend(shipped(), needs, every_month(None, 2), reading)
        outcomes = (advice.recommended, len(advice.ranges) > 1 or None, advice.closest)
        assert sum(outcome is not None for outcome in outcomes) == 1, needs
        if advice.recommended is None:
            assert advice.reason in (ReasonCode.DEPENDS_ON_SPEND, ReasonCode.NO_PLAN_FITS)


# What the shipped catalogue cannot show


def advise(*plans: Plan, needs: Needs | None = None, spend: str | None = "100") -> Advice:
    return recommend(catalogue(*plans), needs or Needs(), every_month(spend))


def test_no_price_anywhere_leaves_nothing_to_recommend() -> None:
    advice = advise(plan("silver"), plan("gold", 2))
    assert advice.reason is ReasonCode.NO_PLAN_FITS
    assert advice.recommended is None
    assert advice.closest is None
    assert names(advice.unpriced_fits) == ["silver", "gold"]
    assert advice.holds_under_all_readings


def test_no_price_anywhere_and_no_spend() -> None:
    advice = advise(plan("silver"), spend=None)
    assert advice.reason is ReasonCode.NO_PLAN_FITS
    assert advice.ranges == ()


def test_a_tie_at_every_spend_needs_no_spend() -> None:
    """Both cost 5% + 10 at every spend: the higher tier, without asking for the spend."""
    advice = advise(plan("low", 1, share("5", "10")), plan("high", 2, share("5", "10")), spend=None)
    assert advice.reason is ReasonCode.TIE_HIGHER_TIER
    assert name(advice.recommended) == "high"
    assert names(advice.tied) == ["low"]


def test_one_unknown_month_makes_the_spend_unknown() -> None:
    """At 100 a month 10% is cheaper than a flat 20; at a spend not known nobody can say."""
    plans = catalogue(plan("share", 1, share("10")), plan("flat", 2, flat("20")))
    usage = Usage((MonthSpend(START, Fraction(100)), MonthSpend(START.plus(1), None)))
    advice = recommend(plans, Needs(), usage)
    assert advice.reason is ReasonCode.DEPENDS_ON_SPEND
    assert [each.start for each in advice.ranges] == [0, 200]


def test_plans_are_ranked_by_the_whole_term_not_by_its_first_month() -> None:
    """10% costs 0 and then 100, 100 together; the flat 20 costs 40."""
    plans = catalogue(plan("share", 1, share("10")), plan("flat", 2, flat("20")))
    usage = Usage((MonthSpend(START, Fraction(0)), MonthSpend(START.plus(1), Fraction(1000))))
    assert name(recommend(plans, Needs(), usage).recommended) == "flat"


def test_the_fallback_rests_on_nothing() -> None:
    """First and second rest on a likeness, a quota, a doubt; the third, dearer, on nothing."""
    slow, quick = level("2h"), level("10m")
    quota = limit("quota", 3, "3 a month")
    advice = advise(
        plan("doubt", 1, flat("1"), levels=[quick], availability=in_doubt()),
        plan("quota", 2, flat("2"), levels=[level("10m", limit="quota")], limits=[quota]),
        plan("alike", 3, flat("3"), levels=[quick], like="firm"),
        plan("firm", 4, flat("4"), levels=[quick]),
        plan("dear", 5, flat("5"), levels=[quick]),
        plan("slow", 6, flat("0"), levels=[slow]),
        plan("unpriced", 7, levels=[quick]),
        needs=Needs(response=(within("10m"),)),
    )
    assert name(advice.recommended) == "doubt"
    assert name(advice.fallback) == "firm"


def test_there_may_be_no_fallback() -> None:
    advice = advise(plan("doubt", 1, flat("1"), availability=in_doubt()))
    assert advice.reason is ReasonCode.ONLY_FIT
    assert advice.fallback is None


@pytest.mark.parametrize(
    ("plans", "needs", "closest"),
    [
        pytest.param(
            # 8 h is 4 x 2 h, the other is 6 times too slow
            [
                plan("dear", 1, flat("9"), levels=[level("8h")]),
                plan("cheap", 2, flat("1"), levels=[level("12h")]),
            ],
            Needs(response=(within("2h"),)),
            "dear",
            id="the smaller gap before the smaller price",
        ),
        pytest.param(
            [
                plan("one", 1, flat("9"), levels=[level("8h")]),
                plan("two", 2, flat("1"), levels=[level("3h")]),
            ],
            Needs(response=(within("2h"), within("8h", "question")), tickets=5),
            "two",
            id="of one need unmet each the smaller gap",
        ),
        pytest.param(
            [
                # twice 1.5 times too slow against once 4.5 times
                plan("two", 1, flat("1"), levels=[level("3h")]),
                plan("one", 2, flat("9"), levels=[level("9h"), level("2h", severity="question")]),
            ],
            Needs(response=(within("2h"), within("2h", "question"))),
            "one",
            id="fewer needs unmet before the smaller gap",
        ),
        pytest.param(
            [
                plan("none", 1, flat("1")),
                plan("slow", 2, flat("9"), levels=[level("99h")]),
            ],
            Needs(response=(within("2h"),)),
            "slow",
            id="some target before none",
        ),
        pytest.param(
            [
                plan("business", 1, flat("1"), levels=[level("2bh")]),
                plan("calendar", 2, flat("9"), levels=[level("99h")]),
            ],
            Needs(response=(within("2h"),)),
            "calendar",
            id="a gap that can be told before one that cannot",
        ),
        pytest.param(
            [
                plan("dear", 1, flat("9"), levels=[level("8h")]),
                plan("cheap", 2, flat("1"), levels=[level("8h")]),
                plan("unpriced", 3, levels=[level("3h")]),
            ],
            Needs(response=(within("2h"),)),
            "cheap",
            id="of the same gap the smaller price, and never an unpriced plan",
        ),
        pytest.param(
            [
                plan("low", 1, flat("1"), levels=[level("8h")]),
                plan("high", 2, flat("1"), levels=[level("8h")]),
            ],
            Needs(response=(within("2h"),)),
            "low",
            id="of the same price the lower tier",
        ),
    ],
)
def test_closest(plans: list[Plan], needs: Needs, closest: str) -> None:
    advice = advise(*plans, needs=needs)
    assert advice.reason is ReasonCode.NO_PLAN_FITS
    assert name(advice.closest) == closest


# Random plans against a plain reading of the rules

TIMES = ("10m", "1h", "2bh", "2h", "24bh")
fees = st.one_of(
    st.none(),
    st.builds(flat, st.sampled_from(["0", "10", "20"])),
    st.builds(share, st.sampled_from(["0.05", "10"]), st.sampled_from(["0", "10"])),
    st.builds(lambda rate: GreaterOf(flat("10"), share(rate)), st.sampled_from(["5", "10"])),
)
levels = st.builds(
    level,
    st.sampled_from(TIMES),
    st.sampled_from(["ticket", "group"]),
    st.sampled_from([None, "down", "question"]),
    st.sampled_from([None, None, "quota"]),
)


@st.composite
def random_plan(draw: st.DrawFn, tier: int) -> Plan:
    per_month = draw(st.sampled_from([None, 0, 30]))
    tickets = [] if per_month is None else [limit("tickets", per_month, "tickets")]
    fee: Schedule | None = draw(fees)
    return plan(
        f"plan-{tier}",
        tier,
        fee,
        levels=draw(st.lists(levels, max_size=3)),
        tam=draw(st.sampled_from(Tam)),
        limits=[*tickets, limit("quota", 3, "3 a month")],
        availability=draw(st.sampled_from([None, in_doubt()])),
        like=draw(st.sampled_from([None, "plan-1"])),
    )


catalogues = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(random_plan(tier) for tier in range(1, count + 1)))
)
needed = st.builds(
    Needs,
    response=st.lists(
        st.builds(within, st.sampled_from(TIMES), st.sampled_from(["down", "question"])),
        max_size=2,
        unique_by=lambda need: need.severity,
    ).map(tuple),
    tam=st.sampled_from([None, True, False]),
    tickets=st.sampled_from([None, 0, 30, 31]),
    without_channels=st.frozensets(st.sampled_from(["phone", "ticket", "group"]), max_size=1),
)
spends = st.lists(
    st.integers(0, 20_000).map(lambda in_cents: Fraction(in_cents, 100)), min_size=1, max_size=3
)


def lacks_nothing(each: Plan, needs: Needs) -> bool:
    """The needs read plainly: a usable target is soon enough, a TAM is there, tickets suffice."""
    limits = {one.id: one.per_month for one in each.limits if one.per_month is not None}
    return (
        all(
            any(
                one.channel not in needs.without_channels
                and one.severity in (None, need.severity)
                and one.target.minutes <= need.within.minutes
                and not (one.target.business and not need.within.business)
                for one in each.levels
            )
            for need in needs.response
        )
        and (not needs.tam or each.tam.kind is Tam.DEDICATED)
        and (needs.tickets is None or needs.tickets <= limits.get("tickets", needs.tickets))
    )


def invoiced(each: Plan, months: list[Fraction]) -> Decimal | None:
    """What the months' invoices come to, each rounded to the cent, half a cent going up."""
    if each.fees is None:
        return None
    total = each.fees[ONLY].total
    whole = sum(int(total(spend) * 100 + Fraction(1, 2)) for spend in months)
    return Decimal(whole) / 100


@settings(deadline=None, max_examples=300)
@given(catalogues, needed, spends)
def test_the_recommended_plan_fits_and_no_other_that_fits_is_cheaper(
    every: tuple[Plan, ...], needs: Needs, months: list[Fraction]
) -> None:
    usage = Usage(tuple(MonthSpend(START.plus(i), spend) for i, spend in enumerate(months)))
    advice = recommend(catalogue(*every), needs, usage)
    fitting: Mapping[str, Decimal] = {
        each.id: cost
        for each in every
        if lacks_nothing(each, needs)
        for cost in [invoiced(each, months)]
        if cost is not None
    }
    if advice.recommended is None:
        assert not fitting
        assert advice.reason is ReasonCode.NO_PLAN_FITS
        assert (advice.closest is None) == all(each.fees is None for each in every)
        return
    chosen = advice.recommended.plan
    least = min(fitting.values())
    assert chosen.fees is not None
    assert fitting[chosen.id] == least
    same = [each.id for each in reversed(every) if fitting.get(each.id) == least]
    assert [chosen.id, *names(advice.tied)] == same
    if advice.fallback is not None:
        assert advice.fallback.plan.id in fitting
        assert advice.fallback.firm


@settings(deadline=None, max_examples=100)
@given(catalogues, needed)
def test_without_a_spend_the_recommended_plan_is_the_cheapest_at_every_spend(
    every: tuple[Plan, ...], needs: Needs
) -> None:
    whole = catalogue(*every)
    advice = recommend(whole, needs, every_month(None, 1))
    if advice.recommended is None:
        return
    for edge in (0, 50, 100, 200, 1000, 10**9):
        at = recommend(whole, needs, every_month(str(edge), 1))
        assert at.recommended is not None
        assert advice.recommended.plan in [each.plan for each in (at.recommended, *at.tied)]


@settings(deadline=None, max_examples=100)
@given(catalogues, needed)
def test_every_need_is_judged_for_every_plan(every: tuple[Plan, ...], needs: Needs) -> None:
    whole: Catalogue = catalogue(*every)
    wanted = [f"response:{need.severity}" for need in needs.response]
    wanted += ["tam"] * bool(needs.tam) + ["tickets"] * (needs.tickets is not None)
    for each in every:
        results = fit(whole, each, needs)
        assert [result.need for result in results] == wanted
        fits = all(result.status.counts_as_met for result in results)
        assert fits == lacks_nothing(each, needs)
