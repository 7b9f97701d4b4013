"""Which plan is recommended: cases worked by hand, every answer that can be given, random plans."""

import datetime
import re
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

from supportcli.advice.ask_first import ask_first
from supportcli.advice.price_terms import Discount, PriceTerms, Tax
from supportcli.advice.quote import Charge
from supportcli.advice.recommendation import Advice, Bar, PlanAdvice, ReasonCode, recommend
from supportcli.advice.usage import Billing, MonthSpend, Spends, Usage, usage_of
from supportcli.core.amount_text import parse_amount
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Clause, Conditions, Scope, Spreading, Validity
from supportcli.core.duration import parse_duration
from supportcli.core.period import Month, Term
from supportcli.core.plan import Plan, Tam
from supportcli.core.quantity import Extra
from supportcli.core.schedule import GreaterOf, Schedule
from supportcli.core.source import Cite
from supportcli.errors import ExitCode, UsageError
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.registry import Needs, fit
from supportcli.needs.response import ResponseNeed, response_choices
from tests.builders import (
    ALWAYS,
    ONLY,
    START,
    apiece,
    catalogue,
    day,
    every_month,
    extra,
    flat,
    in_doubt,
    level,
    limit,
    numbers,
    past,
    plan,
    share,
    shipped,
    with_past,
    within,
)
from tests.thorough import crossed

NONE = "none"
YES_NO = {"yes": True, "no": False}
CASES = Path(__file__).parent / "cases" / "advice.yaml"
KNOWN = {"name", "why", "needs", "spend", "reading", "doubtful", "expect"}
KNOWN_NEEDS = {"response", "tam", "tickets", "without_channels"}
KNOWN_EXPECTED = {
    *("recommended", "reason", "holds", "by_reading", "monthly", "annual", "tied", "fallback"),
    *("closest", "with_tam", "unpriced_fits", "availability_in_doubt", "statuses", "ranges"),
    "ask_first",
}

Case = dict[str, Any]


def cases() -> list[Case]:
    """The cases with every value as text; `<<` takes over what a case does not say itself."""
    found: list[Case] = yaml.load(CASES.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
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
        "with_tam": name(advice.proposed.get("tam")),
        "unpriced_fits": names(advice.unpriced_fits),
        "availability_in_doubt": "yes" if entry and entry.plan.availability else NONE,
        "statuses": statuses if any(statuses.values()) else {},
        "ask_first": {
            each.entry.plan.id: f"{each.saves.amount:f}" if each.saves else "unknown"
            for each in ask_first(advice)
        },
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
    included = case.get("doubtful") == "included"
    advice = recommend(shipped(), needs, usage, case.get("reading"), include_doubtful=included)
    *known, unknown = advice.plans  # of the highest plan nothing is recorded
    assert (unknown.plan.id, unknown.plan.priced) == ("zhuoyue", False)
    assert told(advice._replace(plans=tuple(known))) == expected(case)
    assert advice.needs == needs
    assert advice.usage == usage
    assert advice.reading == case.get("reading", "additive")


def test_cases_have_names_of_their_own() -> None:
    every = [case["name"] for case in cases()]
    assert len(set(every)) == len(every) > 30


def test_the_cases_cite_open_points_that_there_are() -> None:
    cited = re.findall(r"\(.*open point ([a-z-]+)\)", CASES.read_text(encoding="utf-8"))
    assert cited
    assert set(cited) <= {point.id for point in load_catalogue().open_points}


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


def every_answer() -> Iterator[tuple[Needs, tuple[str, int]]]:
    """Each time with each of the channels given up; the others crossed with both of them."""
    ids = [channel.id for channel in shipped().channels]
    technical = (TICKET, "urgent-ticket", GROUP)
    given_up = [(), *((each,) for each in ids), *combinations(technical, 2), tuple(ids)]
    times = [None, *(choice.within for choice in response_choices(shipped()))]
    for (time, channels), tam, tickets, spend in crossed(
        list(product(times, given_up)), (None, True, False), (None, 30, 31), list(SPENDS.items())
    ):
        response = (ResponseNeed("unavailable", time),) if time else ()
        yield Needs(response, tam, tickets, frozenset(channels)), spend


@pytest.mark.slow
@pytest.mark.parametrize("included", [False, True])
@pytest.mark.parametrize("reading", ["additive", "floor", "flat"])
def test_every_answer_gets_the_cheapest_plan_or_none_and_the_closest(
    reading: str, included: bool
) -> None:
    """It is not sure that Business and the trial edition are sold; Business has no price."""
    for needs, (text, spend) in every_answer():
        advice = recommend(
            shipped(), needs, every_month(text, 2), reading, include_doubtful=included
        )
        costs = {
            plan_id: cents(plan_id, spend, reading)
            for plan_id in MONTHLY_CENTS
            if does_what_is_needed(plan_id, needs)
        }
        trial = costs.pop("enterprise-trial", None) if not included else None
        saved = min(costs.values()) - trial if trial is not None else 0
        asked = [each.entry.plan.id for each in ask_first(advice)]
        assert ("enterprise-trial" in asked) == (saved > 0), (needs, text)
        best = [plan_id for plan_id in costs if costs[plan_id] == min(costs.values())]
        said = (name(advice.recommended), names(advice.tied))
        assert said == (best[-1] if best else NONE, best[-2::-1]), (needs, text)
        assert (advice.reason is ReasonCode.NO_PLAN_FITS) == (not best)
        assert (advice.closest is not None) == (not best)


@pytest.mark.slow
@pytest.mark.parametrize("reading", ["additive", "floor", "flat"])
def test_every_answer_without_a_spend_gets_a_plan_or_ranges_or_the_closest(reading: str) -> None:
    for needs, _ in every_answer():
        advice = recommend(shipped(), needs, every_month(None, 2), reading)
        outcomes = (advice.recommended, len(advice.ranges) > 1 or None, advice.closest)
        assert sum(outcome is not None for outcome in outcomes) == 1, needs
        if advice.recommended is None:
            assert advice.reason in (ReasonCode.DEPENDS_ON_SPEND, ReasonCode.NO_PLAN_FITS)


# What the shipped catalogue cannot show


def advise(
    *plans: Plan, needs: Needs | None = None, spend: str | None = "100", doubtful: bool = False
) -> Advice:
    rules = catalogue(*plans)
    return recommend(rules, needs or Needs(), every_month(spend), include_doubtful=doubtful)


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
        doubtful=True,
    )
    assert name(advice.recommended) == "doubt"
    assert name(advice.fallback) == "firm"


def test_there_may_be_no_fallback() -> None:
    advice = advise(plan("doubt", 1, flat("1"), availability=in_doubt()), doubtful=True)
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


# The days of a plan: the term is the year 2026, taken on its first day unless told otherwise


def in_year(validity: Validity, as_of: str | None = None) -> Advice:
    """A plan at 1 a month beside one at 5 that is always there."""
    plans = catalogue(plan("old", 1, flat("1"), validity=validity), plan("gold", 2, flat("5")))
    taken = None if as_of is None else day(as_of)
    return recommend(plans, Needs(), every_month("100"), as_of=taken)


def bar_of(advice: Advice, plan_id: str) -> str:
    """Why a plan cannot be taken; "free" where it can, "absent" where it is not in force."""
    found = {entry.plan.id: entry.bar for entry in advice.plans}
    bar = found.get(plan_id)
    return "absent" if plan_id not in found else bar.value if bar else "free"


@pytest.mark.parametrize(
    ("validity", "as_of", "bar"),
    [
        (ALWAYS, None, "free"),
        (Validity(valid_from=day("2025-12-31")), None, "free"),
        (Validity(valid_from=day("2026-01-01")), None, "free"),
        (Validity(valid_from=day("2026-01-02")), None, "absent"),
        (Validity(valid_from=day("2026-01-02")), "2026-01-02", "free"),
        (Validity(valid_from=day("2026-01-01")), "2025-12-31", "absent"),
        (Validity(closed_to_new=day("2025-12-31")), None, "closed_to_new"),
        (Validity(closed_to_new=day("2026-01-01")), None, "closed_to_new"),
        (Validity(closed_to_new=day("2026-01-02")), None, "free"),
        (Validity(closed_to_new=day("2026-01-01")), "2025-12-31", "free"),
        (Validity(closed_to_new=day("2026-01-02")), "2026-01-02", "closed_to_new"),
        (Validity(valid_to=day("2025-12-31")), None, "absent"),
        (Validity(valid_to=day("2026-01-01")), None, "ends_within_term"),
        (Validity(valid_to=day("2026-12-30")), None, "ends_within_term"),
        (Validity(valid_to=day("2026-12-31")), None, "free"),
        (Validity(valid_to=day("2027-01-01")), None, "free"),
        (Validity(valid_to=day("2025-12-31")), "2025-12-31", "ends_within_term"),
        (Validity(valid_to=day("2025-12-31")), "2026-01-01", "absent"),
        (
            Validity(closed_to_new=day("2025-07-01"), valid_to=day("2026-06-30")),
            *(None, "closed_to_new"),
        ),
    ],
)
def test_a_plan_is_recommended_only_where_it_can_be_taken_and_kept(
    validity: Validity, as_of: str | None, bar: str
) -> None:
    advice = in_year(validity, as_of)
    assert bar_of(advice, "old") == bar
    assert bar_of(advice, "gold") == "free"
    assert name(advice.recommended) == ("old" if bar == "free" else "gold")
    assert advice.reason is (ReasonCode.CHEAPEST if bar == "free" else ReasonCode.ONLY_FIT)


def test_the_last_day_of_the_term_is_that_of_its_last_month() -> None:
    """Two months from January: to the last of February."""
    for last, bar in ((27, Bar.ENDS_WITHIN_TERM), (28, None)):
        ending = plan(
            "old", fee=flat("1"), validity=Validity(valid_to=datetime.date(2026, 2, last))
        )
        advice = recommend(catalogue(ending), Needs(), every_month("100", 2))
        assert advice.plans[0].bar is bar


def test_a_plan_that_cannot_be_taken_is_judged_and_priced_all_the_same() -> None:
    advice = in_year(Validity(closed_to_new=day("2020-01-01")))
    closed = advice.plans[0]
    assert closed.fits
    assert not closed.eligible
    quote = closed.quotes[ONLY]
    assert quote is not None
    assert quote.annual.total == 12


def test_a_plan_that_cannot_be_taken_is_named_nowhere() -> None:
    """Not as the cheapest, tied, fallback, closest, with a TAM, by reading, or unpriced fit."""
    closed = Validity(closed_to_new=day("2020-01-01"))
    quick = level("10m")
    old = [
        plan("twin", 1, flat("4"), levels=[quick], validity=closed),
        plan("cheap", 2, flat("1"), levels=[quick], tam=Tam.DEDICATED, validity=closed),
        plan("unpriced", 3, levels=[quick], validity=closed),
    ]
    needs = Needs(response=(within("10m"),))
    doubted = plan("doubt", 4, flat("4"), levels=[quick], availability=in_doubt())
    advice = advise(*old, doubted, needs=needs, doubtful=True)
    assert name(advice.recommended) == "doubt"
    assert advice.tied == ()
    assert advice.fallback is None
    assert not any(advice.proposed.values())
    assert {name(entry) for entry in advice.by_reading.values()} == {"doubt"}
    assert advice.unpriced_fits == ()
    assert advice.reason is ReasonCode.ONLY_FIT
    nothing = advise(*old, needs=needs)
    assert nothing.reason is ReasonCode.NO_PLAN_FITS
    assert nothing.closest is None


def test_a_plan_that_cannot_be_taken_is_in_no_range() -> None:
    closed = Validity(closed_to_new=day("2020-01-01"))
    free = plan("free", 1, flat("0"), validity=closed)
    advice = advise(free, plan("share", 2, share("10")), plan("flat", 3, flat("20")), spend=None)
    assert [[one.id for one in part.plans] for part in advice.ranges] == [["share"], ["flat"]]


@pytest.mark.parametrize("as_of", [None, "2026-06-30"])
def test_a_day_without_plans_is_refused(as_of: str | None) -> None:
    later = plan("gold", fee=flat("1"), validity=Validity(valid_from=day("2026-07-01")))
    taken = None if as_of is None else day(as_of)
    with pytest.raises(UsageError) as caught:
        recommend(catalogue(later), Needs(), every_month("1"), as_of=taken)
    asked = as_of or "2026-01-01"
    assert str(caught.value) == (
        f"no plan of the catalogue is in force on {asked}; give another day"
    )
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_term_may_end_with_the_calendar() -> None:
    whole = catalogue(plan("gold", fee=flat("1")))
    assert recommend(whole, Needs(), Usage.level(Fraction(1), Month(9999, 1))).recommended


PAST = (past("9", "2024-12-31"), past("1", "2025-06-30"), past("7", "2025-12-31"))
RULED = with_past(plan("rule", 1, flat("3")), *PAST)


@pytest.mark.parametrize(
    ("as_of", "fee", "recommended"),
    [
        (None, "3.00", "rule"),  # the first of the term
        ("2026-01-01", "3.00", "rule"),
        ("2025-12-31", "7.00", "flat"),
        ("2025-07-01", "7.00", "flat"),
        ("2025-06-30", "1.00", "rule"),
        ("2025-01-01", "1.00", "rule"),
        ("2024-12-31", "9.00", "flat"),
        ("1999-01-01", "9.00", "flat"),
    ],
)
def test_the_fees_of_a_day_hold_for_ever_where_they_are_made_to_last(
    as_of: str | None, fee: str, recommended: str
) -> None:
    whole = catalogue(RULED, plan("flat", 2, flat("5")))
    lasting = whole.in_force(day(as_of or "2026-01-01")).lasting()
    advice = recommend(lasting, Needs(), every_month("0"))
    quote = advice.plans[0].quotes[ONLY]
    assert quote is not None
    assert {str(month.charge.total) for month in quote.months} == {fee}
    assert name(advice.recommended) == recommended


@pytest.mark.parametrize(
    ("start", "annual"),
    [
        (Month(2024, 12), "50.00"),  # 9 + 6 x 1 + 5 x 7
        (Month(2025, 1), "48.00"),  # 6 x 1 + 6 x 7
        (Month(2025, 11), "44.00"),  # 2 x 7 + 10 x 3
        (Month(2026, 1), "36.00"),  # 12 x 3
    ],
)
def test_each_month_has_the_fee_in_force_on_its_first_day(start: Month, annual: str) -> None:
    usage = Usage.level(Fraction(0), start)
    advice = recommend(catalogue(RULED), Needs(), usage)
    quote = advice.plans[0].quotes[ONLY]
    assert quote is not None
    assert str(quote.annual.total) == annual


@pytest.mark.parametrize("as_of", ["1999-01-01", "2025-12-31", "2026-01-01"])
def test_the_months_of_the_term_have_their_own_fees_whatever_the_day(as_of: str) -> None:
    advice = recommend(catalogue(RULED), Needs(), every_month("0"), as_of=day(as_of))
    quote = advice.plans[0].quotes[ONLY]
    assert quote is not None
    assert str(quote.annual.total) == "36.00"


@pytest.mark.parametrize(
    "spend",
    [
        "0",
        None,
    ],
)
def test_the_fees_of_the_term_decide_and_not_those_of_the_day_before_it(spend: str | None) -> None:
    """7 until the last of December, 3 in every month of the term, against 5."""
    whole = catalogue(RULED, plan("flat", 2, flat("5")))
    advice = recommend(whole, Needs(), every_month(spend), as_of=day("2025-12-31"))
    assert name(advice.recommended) == "rule"


# Prices beside the spend

SEATS = extra("seats", apiece("1"), "seats")
VISIT = extra("visit", flat("120"), yearly=True)


@pytest.mark.parametrize(
    ("seats", "recommended", "tied"),
    [
        ("0", "seated", []),
        ("9", "seated", []),  # 10 + 9 = 19 against 20
        ("10", "flat", ["seated"]),
        ("11", "flat", []),
    ],
)
def test_seats_decide(seats: str, recommended: str, tied: list[str]) -> None:
    whole = catalogue(plan("seated", 1, flat("10"), extras=[SEATS]), plan("flat", 2, flat("20")))
    for spend in ("100", None):
        advice = recommend(whole, Needs(), every_month(spend, seats=seats))
        assert (name(advice.recommended), names(advice.tied)) == (recommended, tied)


def test_a_plan_that_lacks_a_quantity_is_never_recommended_nor_closest() -> None:
    seated = plan("seated", 1, flat("1"), extras=[SEATS])
    advice = advise(seated, plan("dear", 2, flat("99")))
    assert name(advice.recommended) == "dear"
    assert names(advice.unpriced_fits) == ["seated"]
    assert advice.plans[0].quotes == {ONLY: None}
    alone = advise(seated, needs=Needs(tam=True))
    assert alone.closest is None


@pytest.mark.parametrize(
    ("months", "recommended"),
    [
        # 10 a month and 120 a year against 21 a month
        (1, "flat"),  # 130 against 21
        (10, "flat"),  # 220 against 210
        (11, "visit"),  # 230 against 231
        (12, "visit"),  # 240 against 252
        (13, "flat"),  # 370 against 273: a second year begins
        (24, "visit"),  # 480 against 504
    ],
)
def test_a_yearly_charge_counts_in_the_term_that_it_falls_into(
    months: int, recommended: str
) -> None:
    whole = catalogue(plan("visit", 1, flat("10"), extras=[VISIT]), plan("flat", 2, flat("21")))
    advice = recommend(whole, Needs(), every_month("100", months))
    assert name(advice.recommended) == recommended


def test_without_a_spend_a_yearly_charge_counts_by_its_twelfth() -> None:
    """10 + 120 / 12 = 20, which is 10% of 200."""
    visit = plan("visit", 1, flat("10"), extras=[VISIT])
    advice = advise(visit, plan("share", 2, share("10")), spend=None)
    assert [part.start for part in advice.ranges] == [0, 200]
    assert name(advise(visit, plan("flat", 2, flat("21")), spend=None).recommended) == "visit"


def test_a_short_term_without_a_spend_bears_the_whole_yearly_charge() -> None:
    """Three months: 30 + 120 = 150 against 3 x 21 = 63, whatever the spend."""
    visit = plan("visit", 1, flat("10"), extras=[VISIT])
    whole = catalogue(visit, plan("flat", 2, flat("21")))
    assert name(recommend(whole, Needs(), every_month(None, 3)).recommended) == "flat"


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
    """The needs read plainly: a usable target is soon enough, a TAM is there, tickets suffice.

    A quota within which no target holds may be one of tickets.
    """
    limits = {one.id: one.per_month for one in each.limits if one.per_month is not None}
    counted = "tickets" in limits or any(one.limit == "quota" for one in each.levels)
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
        and (
            needs.tickets is None
            or (counted and needs.tickets <= limits.get("tickets", needs.tickets))
        )
    )


def invoiced(each: Plan, months: list[Fraction]) -> Decimal | None:
    """What the months' invoices come to, each rounded to the cent, half a cent going up."""
    if each.fees is None:
        return None
    total = each.fees[ONLY].total
    whole = sum(int(total(spend) * 100 + Fraction(1, 2)) for spend in months)
    return Decimal(whole) / 100


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(catalogues, needed, spends, st.booleans())
def test_the_recommended_plan_fits_and_no_other_that_fits_is_cheaper(
    every: tuple[Plan, ...], needs: Needs, months: list[Fraction], included: bool
) -> None:
    """Every other that fits and is cheaper, but may not be sold, is to be asked about."""
    usage = Usage(tuple(MonthSpend(START.plus(i), spend) for i, spend in enumerate(months)))
    advice = recommend(catalogue(*every), needs, usage, include_doubtful=included)
    costs: Mapping[str, Decimal] = {
        each.id: cost
        for each in every
        if lacks_nothing(each, needs)
        for cost in [invoiced(each, months)]
        if cost is not None
    }
    doubted = {each.id for each in every if each.availability and not included}
    fitting = {one: cost for one, cost in costs.items() if one not in doubted}
    least = min(fitting.values(), default=Decimal("Infinity"))
    asked = {each.entry.plan.id for each in ask_first(advice) if each.entry.plan.fees}
    assert asked == {one for one, cost in costs.items() if one in doubted and cost < least}
    if advice.recommended is None:
        assert not fitting
        assert (advice.reason is ReasonCode.NO_PLAN_FITS) == (not costs)
        unfit = [each for each in every if each.fees and each.id not in costs]
        assert (advice.closest is None) == (not unfit)
        return
    chosen = advice.recommended.plan
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


# A deal, the plan of today, accounts

FIRST, AFTER = plan("first", 1, flat("100"), prepaid=flat("100")), plan("after", 2, flat("110"))
ON_ALL, ON_POSTPAID = Discount(Fraction(1, 2)), Discount(Fraction(1, 2), prepaid=False)


@pytest.mark.parametrize(
    ("agreed", "recommended"),
    [
        (PriceTerms(), "first"),
        (PriceTerms(ON_ALL), "first"),  # 50 and 55
        (PriceTerms(ON_POSTPAID), "after"),  # 100, all of it prepaid, and 55
        (PriceTerms(voucher=Decimal(10**6), tax=Tax(Fraction(6, 100), included=False)), "first"),
    ],
)
def test_the_discount_decides_which_plan_is_cheapest(agreed: PriceTerms, recommended: str) -> None:
    advice = recommend(catalogue(FIRST, AFTER), Needs(), every_month("5"), agreed=agreed)
    assert name(advice.recommended) == recommended
    assert advice.agreed == agreed
    assert advice.by_reading == {ONLY: advice.recommended}


def test_a_discount_can_make_a_tie() -> None:
    """100 prepaid, and half of 200."""
    whole = catalogue(FIRST, plan("after", 2, flat("200")))
    advice = recommend(whole, Needs(), every_month("5"), agreed=PriceTerms(ON_POSTPAID))
    assert (name(advice.recommended), names(advice.tied)) == ("after", ["first"])


def test_the_discount_counts_for_the_fallback_and_for_the_price_of_a_tam() -> None:
    doubted = plan("doubted", 1, flat("1"), availability=in_doubt())
    first = plan("first", 2, flat("100"), prepaid=flat("100"), tam=Tam.DEDICATED)
    after = plan("after", 3, flat("110"), tam=Tam.DEDICATED)
    agreed = PriceTerms(ON_POSTPAID)
    advice = recommend(
        catalogue(doubted, first, after),
        Needs(),
        every_month("5"),
        agreed=agreed,
        include_doubtful=True,
    )
    assert name(advice.recommended) == "doubted"
    assert name(advice.fallback) == "after"
    assert name(advice.proposed["tam"]) == "after"


def test_the_discount_decides_without_a_spend_too() -> None:
    advice = recommend(
        catalogue(FIRST, AFTER), Needs(), every_month(None), agreed=PriceTerms(ON_POSTPAID)
    )
    priced_by_spend = plan("by-spend", 3, share("1", "300"))
    again = recommend(
        catalogue(FIRST, AFTER, priced_by_spend),
        Needs(),
        every_month(None),
        agreed=PriceTerms(ON_POSTPAID),
    )
    assert (name(advice.recommended), name(again.recommended)) == ("after", "after")


POOLED = plan("pooled", 1, flat("100"))._replace(
    terms=Conditions(scope=Clause(Scope.POOLED, None, Cite("page", "9")))
)
APIECE = plan("apiece", 2, flat("60"))


@pytest.mark.parametrize(("accounts", "recommended"), [(1, "apiece"), (2, "pooled")])
def test_the_number_of_accounts_decides(accounts: int, recommended: str) -> None:
    """100 for all, or 60 each."""
    usage = every_month("5")._replace(accounts=accounts)
    assert name(recommend(catalogue(POOLED, APIECE), Needs(), usage).recommended) == recommended


def test_the_number_of_accounts_decides_without_a_spend_too() -> None:
    usage = every_month(None)._replace(accounts=2)
    assert name(recommend(catalogue(POOLED, APIECE), Needs(), usage).recommended) == "pooled"


def test_the_plan_of_today_is_open_to_who_has_it() -> None:
    closed = Validity(closed_to_new=day("2025-12-01"))
    whole = catalogue(plan("old", 1, flat("10"), validity=closed), plan("new", 2, flat("20")))
    found = {
        today: recommend(whole, Needs(current_plan=today), every_month("5"))
        for today in (None, "new", "old")
    }
    assert {today: name(advice.recommended) for today, advice in found.items()} == {
        None: "new",
        "new": "new",
        "old": "old",
    }
    assert [entry.bar for entry in found[None].plans] == [Bar.CLOSED_TO_NEW, None]
    assert [entry.bar for entry in found["old"].plans] == [None, None]


def test_the_plan_of_today_ends_when_it_ends() -> None:
    ends = Validity(closed_to_new=day("2025-12-01"), valid_to=day("2026-06-30"))
    whole = catalogue(plan("old", 1, flat("10"), validity=ends), plan("new", 2, flat("20")))
    advice = recommend(whole, Needs(current_plan="old"), every_month("5"))
    assert advice.plans[0].bar is Bar.ENDS_WITHIN_TERM
    assert name(advice.recommended) == "new"


def test_a_plan_of_today_that_is_none_of_the_catalogue_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        recommend(catalogue(FIRST, AFTER), Needs(current_plan="gone"), every_month("5"))
    words = "there is no plan 'gone'; the catalogue has: first, after"
    assert str(caught.value) == words


def test_a_term_from_any_day_on_is_judged_by_its_days() -> None:
    """The plan ends on 14 March 2027, the last day of the twelve months."""
    billing = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
    for last, bar in (("2027-03-14", None), ("2027-03-13", Bar.ENDS_WITHIN_TERM)):
        whole = catalogue(plan("only", fee=flat("1"), validity=Validity(valid_to=day(last))))
        usage = usage_of(Term(day("2026-03-15"), 12), Spends(Fraction(5)), (), billing)
        assert [entry.bar for entry in recommend(whole, Needs(), usage).plans] == [bar]


# Random days and extras

edges = st.sampled_from(
    [
        *(None, None, day("2025-12-31"), day("2026-01-01"), day("2026-01-02")),
        *(day("2026-02-27"), day("2026-02-28"), day("2026-03-01")),
    ]
)
validities = st.builds(Validity, valid_from=edges, closed_to_new=edges, valid_to=edges)
some_extras = st.lists(
    st.sampled_from(
        [
            SEATS,
            VISIT,
            extra("portal", flat("5")),
            extra("cover", GreaterOf(flat("3"), share("2")), "covered", optional=True),
        ]
    ),
    max_size=3,
    unique_by=lambda one: one.id,
)


@st.composite
def random_plan_with_days(draw: st.DrawFn, tier: int) -> Plan:
    bought = draw(random_plan(tier))
    return bought._replace(validity=draw(validities), extras=tuple(draw(some_extras)))


catalogues_with_days = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(random_plan_with_days(tier) for tier in range(1, count + 1)))
)
some_numbers = st.sampled_from(
    [{}, numbers(seats="0"), numbers(seats="7"), numbers(seats="7", covered="1000")]
)
two_spends = st.lists(spends.map(lambda several: several[0]), min_size=2, max_size=2)
FIRST_DAY, LAST_DAY = day("2026-01-01"), day("2026-02-28")


def to_be_had(validity: Validity) -> bool:
    """In force from the first to the last day of the two months, and open on the first."""
    begins, closes, ends = validity.valid_from, validity.closed_to_new, validity.valid_to
    return (
        (begins is None or begins <= FIRST_DAY)
        and (closes is None or closes > FIRST_DAY)
        and (ends is None or ends >= LAST_DAY)
    )


def extras_of(
    extras: tuple[Extra, ...], given_numbers: Mapping[str, Fraction]
) -> tuple[Fraction, Fraction] | None:
    """What the extras come to a month and a year; None where a number is lacking."""
    monthly, once = Fraction(0), Fraction(0)
    for one in extras:
        if one.quantity is not None and one.quantity not in given_numbers:
            if not one.optional:
                return None
            continue
        number = given_numbers[one.quantity] if one.quantity else Fraction(0)
        monthly += Fraction(0) if one.yearly else one.amount(number)
        once += one.amount(number) if one.yearly else Fraction(0)
    return monthly, once


def cost_of_two_months(
    each: Plan, spends_: list[Fraction], given_numbers: Mapping[str, Fraction]
) -> Decimal | None:
    beside = extras_of(each.extras, given_numbers)
    if each.fees is None or beside is None:
        return None
    total, (monthly, once) = each.fees[ONLY].total, beside
    exact = [total(spends_[0]) + monthly + once, total(spends_[1]) + monthly]
    return Decimal(sum(int(amount * 100 + Fraction(1, 2)) for amount in exact)) / 100


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(catalogues_with_days, needed, two_spends, some_numbers)
def test_of_the_plans_to_be_had_the_cheapest_with_its_extras_is_recommended(
    every: tuple[Plan, ...],
    needs: Needs,
    two: list[Fraction],
    given_numbers: Mapping[str, Fraction],
) -> None:
    usage = Usage(tuple(MonthSpend(START.plus(i), spend) for i, spend in enumerate(two)))
    whole = catalogue(*every)
    known = {quantity.id for quantity in whole.quantities}
    given_numbers = {name: number for name, number in given_numbers.items() if name in known}
    usage = usage._replace(quantities=given_numbers)
    if not whole.in_force(FIRST_DAY).plans:
        with pytest.raises(UsageError):
            recommend(whole, needs, usage)
        return
    advice = recommend(whole, needs, usage, include_doubtful=True)
    costs = {
        one.id: cost
        for one in every
        if to_be_had(one.validity) and lacks_nothing(one, needs)
        for cost in [cost_of_two_months(one, two, given_numbers)]
        if cost is not None
    }
    least = min(costs.values(), default=None)
    same = [one.id for one in reversed(every) if costs.get(one.id, NONE) == least]
    recommended = [advice.recommended] if advice.recommended else []
    assert [entry.plan.id for entry in (*recommended, *advice.tied)] == same
    for named in (advice.fallback, advice.closest, advice.proposed.get("tam")):
        assert named is None or to_be_had(named.plan.validity)
    for entry in advice.plans:
        assert (entry.bar is None) == to_be_had(entry.plan.validity)
