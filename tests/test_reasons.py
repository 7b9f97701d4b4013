"""The sentences of the advice, word for word in English; the amounts in them are worked by hand."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from supportcli.advice.amounts import annual_cost, annual_difference, fee_words
from supportcli.advice.ask_first import ask_first, question_words
from supportcli.advice.cautions import cautions, not_refunded, open_about_fees, to_confirm
from supportcli.advice.price_terms import Discount, PriceTerms
from supportcli.advice.reasons import giving_way, proposals, reasons, why
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode, recommend
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.catalogue import OpenPoint
from supportcli.core.conditions import Clause, Conditions, Refund, Validity
from supportcli.core.duration import parse_duration
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan, Tam, Unstated
from supportcli.core.schedule import (
    Bracket,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    normalise,
)
from supportcli.errors import Message
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed
from tests.builders import (
    CITE,
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
    past,
    plan,
    point,
    share,
    shipped,
    with_past,
    within,
)

TEN_MINUTES = Needs(response=(ResponseNeed("unavailable", parse_duration("10m")),))
HOUR = Needs(response=(within("1h"),))
QUOTA = limit("quota", 3, "3 urgent tickets a month")


def advise(
    *plans: Plan,
    needs: Needs | None = None,
    spend: str | None = "100",
    points: bool = False,
    doubtful: bool = False,
) -> Advice:
    given = (point("own", "silver"), point("all")) if points else ()
    rules, usage = catalogue(*plans, points=given), every_month(spend)
    return recommend(rules, needs or Needs(), usage, include_doubtful=doubtful)


def in_shipped(
    needs: Needs,
    spend: str | None = "120000",
    reading: str | None = None,
    *,
    doubtful: bool = False,
) -> Advice:
    """`doubtful` ranks the trial edition too, which may no longer be on sale."""
    return recommend(shipped(), needs, every_month(spend), reading, include_doubtful=doubtful)


def words(messages: Iterable[Message]) -> list[str]:
    return [str(message) for message in messages]


def entry(advice: Advice, plan_id: str) -> PlanAdvice:
    return next(each for each in advice.plans if each.plan.id == plan_id)


def said_of(advice: Advice, plan_id: str) -> str:
    return str(why(advice, entry(advice, plan_id)))


# The whole story, as the shipped catalogue tells it


def test_ten_minutes() -> None:
    """17,000 a month; Enterprise 37,000, so 20,000 x 12 = 240,000 more; Premier 45,000 x 12."""
    advice = in_shipped(TEN_MINUTES, doubtful=True)
    assert words(reasons(advice)) == [
        "first response within 10m by DingTalk group (target) (assumed)",
        "It is the cheapest of the 3 plans with a known price that meet your needs.",
        "Limit: at most 30 tickets a month.",
    ]
    assert {each.plan.id: str(why(advice, each)) for each in advice.plans} == {
        "basic": "first response within 2h by ticket (target), needed 10m; "
        "would save CNY 204,000.00 a year.",
        "business": "fits within 10 urgent upgrades a month (or as bought); price "
        "not in our source, may be cheaper: ask.",
        "enterprise-trial": "It is the cheapest of the 3 plans with a known price that meet your "
        "needs.",
        "enterprise": "fits too, CNY 240,000.00 more a year.",
        "premier": "fits too, CNY 540,000.00 more a year.",
        "zhuoyue": "not known to fit: first response (target) not recorded here; needed within "
        "10m.",
    }
    assert words(cautions(advice)) == [
        (
            "Enterprise (trial edition): may no longer be on sale "
            "(Alibaba Cloud, page 37231, 2025-06-16)."
        ),
        ("Assumed: that it serves as Enterprise does (the source's tables have no column for it)."),
        "Otherwise take Enterprise: CNY 444,000.00 a year, CNY 240,000.00 more.",
    ]
    assert ", ".join(map(str, proposals(advice))) == (
        "With a dedicated TAM: Premier, CNY 744,000.00 a year, CNY 540,000.00 more."
    )


def test_ten_minutes_of_what_is_surely_on_sale() -> None:
    """37,000 a month, 444,000 a year; the trial edition's 204,000 would be 240,000 less.

    Premier's 62,000 a month are 25,000 x 12 = 300,000 more. Two plans are surely on sale.
    """
    advice = in_shipped(TEN_MINUTES)
    assert words(reasons(advice)) == [
        "first response within 10m by DingTalk group (target)",
        (
            "It is the cheapest of the 2 plans surely on sale, with a known price, that meet your "
            "needs."
        ),
        "The next plan that fits, Premier, costs CNY 300,000.00 more a year.",
    ]
    assert said_of(advice, "enterprise-trial") == (
        "fits; ask first whether it is still sold, CNY 240,000.00 less a year."
    )
    assert said_of(advice, "premier") == "fits too, CNY 300,000.00 more a year."
    assert cautions(advice) == ()
    assert words(question_words(each, advice) for each in ask_first(advice)) == [
        "Is Enterprise (trial edition) still sold? If so CNY 240,000.00 a year less.",
        "What does Business cost, is it still sold? It may cost less.",
    ]


def test_where_nothing_is_cheaper_nothing_is_to_be_asked() -> None:
    """No need: Basic is free; the trial edition's 12 x 17,000 = 204,000 would be more."""
    advice = in_shipped(Needs())
    assert words(reasons(advice))[0] == (
        "You named no need that asks for more, and no plan costs less."
    )
    assert said_of(advice, "enterprise-trial") == (
        "fits too, CNY 204,000.00 more a year; its sale is in doubt."
    )
    assert ask_first(advice) == ()


def test_no_needs() -> None:
    """Free; the trial edition's 12 x 17,000 = 204,000 and Premier's 744,000 are all extra."""
    advice = in_shipped(Needs(), doubtful=True)
    assert words(reasons(advice)) == [
        "You named no need that asks for more, and no plan costs less.",
        "The next plan that fits, Enterprise (trial edition), costs CNY 204,000.00 more a year.",
    ]
    assert said_of(advice, "business") == "price not in our source."
    assert cautions(advice) == ()
    assert ", ".join(map(str, proposals(advice))) == (
        "With a dedicated TAM: Premier, CNY 744,000.00 a year, CNY 744,000.00 more."
    )


def test_a_tam() -> None:
    advice = in_shipped(Needs(tam=True))
    assert words(reasons(advice)) == [
        "dedicated TAM: included",
        "It is the only plan with a known price that meets your needs.",
    ]
    assert said_of(advice, "enterprise") == (
        "dedicated TAM: no (the source contradicts itself); would save CNY 300,000.00 a year."
    )
    assert said_of(advice, "business") == ("not known to fit: dedicated TAM: not recorded here.")
    assert proposals(advice) == ()


def test_a_triple_tie() -> None:
    """600,000 under floor: 60,000 at all three, of which Premier's 50,000 is prepaid."""
    advice = in_shipped(TEN_MINUTES, "600000", "floor", doubtful=True)
    assert words(reasons(advice)) == [
        "first response within 10m by DingTalk group (target)",
        (
            "It costs the same as Enterprise, Enterprise (trial edition), and the higher tier "
            "gives more for it."
        ),
    ]
    assert said_of(advice, "enterprise") == ("fits and costs the same; it is the lower tier.")
    assert words(cautions(advice)) == [
        ("CNY 50,000.00 a month is prepaid and not refunded; if spend falls, Premier costs more.")
    ]
    assert proposals(advice) == (), "Premier has one already"


def test_a_tie_of_two_names_the_next_plan() -> None:
    """250,000 under floor: Premier's minimum is 25,000 more a month, 300,000 a year."""
    advice = in_shipped(TEN_MINUTES, "250000", "floor", doubtful=True)
    assert words(reasons(advice))[1:] == [
        "It costs the same as Enterprise (trial edition), and the higher tier gives more for it.",
        "The next plan that fits, Premier, costs CNY 300,000.00 more a year.",
    ]


def test_no_plan_fits() -> None:
    needs = Needs(TEN_MINUTES.response, None, 40, ["dingtalk-group"])
    advice = in_shipped(needs)
    assert reasons(advice) == ()
    assert cautions(advice) == ()
    assert proposals(advice) == ()
    assert said_of(advice, "enterprise-trial") == (
        "first response within 40m by ticket (target) (assumed), needed 10m; "
        "40 tickets in the busiest month: at most 30 tickets a month."
    )
    assert advice.closest is not None
    assert words(giving_way(advice, advice.closest)) == [
        "accept a first response within 40m instead of 10m"
    ]


def test_the_spend_decides() -> None:
    advice = in_shipped(TEN_MINUTES, None, "floor")
    assert advice.reason is ReasonCode.DEPENDS_ON_SPEND
    assert reasons(advice) == ()
    assert cautions(advice) == ()
    assert said_of(advice, "enterprise").startswith("fits")
    assert "CNY" not in said_of(advice, "enterprise")
    assert said_of(advice, "basic") == ("first response within 2h by ticket (target), needed 10m.")


# Reasons


def test_two_needs_at_most_leave_room_for_the_price() -> None:
    needs = Needs(response=(within("1h"),), tam=True, tickets=5)
    each = plan("gold", fee=flat("1"), levels=[level("1h")], tam=Tam.DEDICATED)
    assert words(reasons(advise(each, needs=needs))) == [
        "first response within 1h by ticket (target)",
        "dedicated TAM: included",
        "It is the only plan with a known price that meets your needs.",
    ]


def test_a_limit_that_was_asked_about_is_not_repeated() -> None:
    tickets = limit("tickets", 30, "at most 30 tickets a month")
    each = plan("gold", fee=flat("1"), limits=[tickets])
    assert words(reasons(advise(each, needs=Needs(tickets=3)))) == [
        "3 tickets in the busiest month: at most 30 tickets a month",
        "It is the only plan with a known price that meets your needs.",
    ]
    assert words(reasons(advise(each)))[-1] == "Limit: at most 30 tickets a month."


def test_the_next_plan_is_the_cheapest_that_costs_more_and_fits() -> None:
    """5 - 1 = 4 a month is 48 a year; of two at that price the higher tier, as everywhere."""
    advice = advise(
        plan("cheap", 1, flat("1"), levels=[level("1h")]),
        plan("slow", 2, flat("2"), levels=[level("2h")]),
        plan("next", 3, flat("5"), levels=[level("1h")]),
        plan("above", 4, flat("5"), levels=[level("1h")]),
        plan("dear", 5, flat("9"), levels=[level("1h")]),
        plan("unpriced", 6, levels=[level("1h")]),
        needs=HOUR,
    )
    assert (
        words(reasons(advice))[-1] == "The next plan that fits, Above, costs CNY 48.00 more a year."
    )


# Why not


def test_a_plan_that_falls_short_and_costs_as_much_saves_nothing() -> None:
    advice = advise(
        plan("fits", 1, flat("1"), levels=[level("1h")]),
        plan("same", 2, flat("1"), levels=[level("2h")]),
        plan("dear", 3, flat("2"), levels=[level("2h")]),
        needs=HOUR,
    )
    expected = "first response within 2h by ticket (target), needed 1h."
    assert said_of(advice, "same") == said_of(advice, "dear") == expected


def test_a_plan_that_partly_falls_short_is_not_only_unknown() -> None:
    advice = advise(
        plan("gold", 2, flat("5"), levels=[level("1h")], tam=Tam.DEDICATED),
        plan("slow", 1, flat("2"), levels=[level("2h")], tam=Tam.UNKNOWN),
        needs=Needs(response=(within("1h"),), tam=True),
    )
    assert said_of(advice, "slow") == (
        "first response within 2h by ticket (target), needed 1h; "
        "dedicated TAM: not recorded here; CNY 36.00 less a year."
    )


def test_an_unpriced_plan_without_a_quota() -> None:
    plans = [plan(name, tier, levels=[level("1h")]) for tier, name in enumerate(("a", "b"), 1)]
    advice = advise(*plans, plan("gold", 3, flat("1"), levels=[level("1h")]), needs=HOUR)
    assert said_of(advice, "a") == ("fits; price not in our source, may be cheaper: ask.")


def test_dearer_by_an_amount_that_nobody_knows() -> None:
    """20% of spend is dearer than 10% at every spend but 0, by an amount that depends on it."""
    advice = advise(plan("cheap", 2, share("10")), plan("dear", 1, share("20", "1")), spend=None)
    assert said_of(advice, "dear") == "fits too, at a higher price."


# Cautions


def test_a_quota() -> None:
    """The firm plan costs 5 - 1 = 4 more a month, 48 a year of 60."""
    advice = advise(
        plan("quick", 1, flat("1"), levels=[level("1h", limit="quota")], limits=[QUOTA]),
        plan("firm", 2, flat("5"), levels=[level("1h")]),
        needs=HOUR,
    )
    assert words(reasons(advice))[0] == (
        "first response within 1h by ticket (target), limit: 3 urgent tickets a month"
    )
    first, second = words(cautions(advice))
    assert first == "A need is met only within a limit of the plan."
    assert second.endswith("take Firm: CNY 60.00 a year, CNY 48.00 more.")


def test_no_plan_is_named_where_none_rests_on_nothing() -> None:
    advice = advise(plan("quick", 1, flat("1"), availability=in_doubt()), doubtful=True)
    assert words(cautions(advice)) == ["Quick: may be gone (the page, 2025-06-16)."]


def test_the_plan_to_take_instead_where_no_amount_is_known() -> None:
    advice = advise(
        plan("quick", 1, share("10"), levels=[level("1h")], like="firm"),
        plan("firm", 2, share("20", "1"), levels=[level("1h")]),
        needs=HOUR,
        spend=None,
    )
    assert words(cautions(advice)) == [
        "Assumed: that it is alike.",
        "Otherwise take Firm: CNY 1.00 + 20% of spend a month.",
    ]


def test_an_assumed_quota_rests_on_the_assumption_too() -> None:
    """Product, section 3: advice that rests on an assumed fact names the assumption."""
    each = plan(
        "trial", 1, flat("1"), levels=[level("1h", limit="quota")], limits=[QUOTA], like="gold"
    )
    advice = advise(each, plan("gold", 2), needs=HOUR)
    assert "Assumed: that it is alike." in words(cautions(advice))


def test_an_assumption_without_brief_words_is_told_in_full_with_one_full_stop() -> None:
    each = plan("trial", 1, flat("1"), levels=[level("1h")], like="gold")
    advice = recommend(catalogue(each, plan("gold", 2), brief=None), HOUR, every_month("0"))
    assert words(cautions(advice)) == ["Assumed: As-the-other."]


def test_an_assumption_that_no_need_rests_on_is_not_named() -> None:
    advice = advise(plan("trial", 1, flat("1"), like="gold"), plan("gold", 2))
    assert cautions(advice) == ()


@pytest.mark.parametrize("spend", ["100", None])
def test_plans_that_cost_the_same_at_every_spend_never_differ(spend: str | None) -> None:
    """No spend, fallen or unknown, makes the higher tier dearer than one with the same fee."""
    fee = share("10", "5")
    advice = advise(plan("low", 1, fee), plan("high", 2, fee), spend=spend)
    assert [each.plan.id for each in advice.tied] == ["low"]
    assert not [each for each in words(cautions(advice)) if "costs more" in each]


# Giving way


@pytest.mark.parametrize(
    ("each", "needs", "expected"),
    [
        (
            plan("slow", fee=flat("1"), levels=[level("16h")]),
            HOUR,
            ["accept a first response within 16h instead of 1h"],
        ),
        (plan("alone", fee=flat("1")), Needs(tam=True), ["do without a dedicated TAM"]),
        (
            plan("few", fee=flat("1"), limits=[limit("tickets", 3, "3 tickets")]),
            Needs(tickets=4),
            ["open fewer tickets (4 tickets in the busiest month: 3 tickets)"],
        ),
        (
            plan("mute", fee=flat("1"), channels={"ticket": True, "group": True}),
            HOUR,
            ["do without a first-response target"],
        ),
    ],
)
def test_giving_way(each: Plan, needs: Needs, expected: list[str]) -> None:
    advice = advise(each, needs=needs)
    assert advice.closest is not None
    assert words(giving_way(advice, advice.closest)) == expected


def test_giving_way_names_the_severity_where_there_are_needs_for_several() -> None:
    each = plan("slow", fee=flat("1"), levels=[level("16h", severity="down")])
    needs = Needs((within("1h"), within("2h", "question")), tam=True)
    advice = advise(each, needs=needs)
    assert words(giving_way(advice, advice.plans[0])) == [
        'accept a first response within 16h instead of 1h when "down"',
        'do without a first-response target when "question"',
        "do without a dedicated TAM",
    ]


# The price of a TAM


def test_the_price_of_a_tam_where_no_amount_is_known() -> None:
    gold = plan("gold", 2, share("20", "1"), tam=Tam.DEDICATED)
    advice = advise(plan("silver", 1, share("10")), gold, spend=None)
    assert ", ".join(map(str, proposals(advice))) == (
        "With a dedicated TAM: Gold, CNY 1.00 + 20% of spend a month."
    )


def test_no_plan_with_a_tam_has_no_price() -> None:
    silver = plan("silver", 1, flat("1"))
    assert proposals(advise(silver, plan("gold", 2, tam=Tam.DEDICATED))) == ()
    assert proposals(advise(silver, needs=Needs(tam=False))) == ()


# Open points


def ids(points: Iterable[OpenPoint]) -> list[str]:
    return [each.id for each in points]


def test_what_is_open_about_the_fees_is_said_whatever_is_recommended() -> None:
    """Facts, section 2: shown, never silently decided; Basic's screen shows the other fees too."""
    for needs, spend in ((Needs(), "120000"), (Needs(tam=True), "120000"), (TEN_MINUTES, None)):
        advice = in_shipped(needs, spend)
        assert ids(open_about_fees(advice)) == ["combination", "about-10-percent"]
    assert open_about_fees(advise(plan("unpriced"), points=True)) == ()


def test_to_confirm_begins_with_what_the_plan_rests_on() -> None:
    trial = ids(to_confirm(in_shipped(TEN_MINUTES, doubtful=True)))
    assert trial[:3] == ["trial-postpaid", "trial-as-enterprise", "ticket-limit"]
    assert trial[3:] == ["combination", "about-10-percent", "not-stated", "on-sale"]
    assert ids(to_confirm(in_shipped(Needs(tam=True)))) == [
        *("premier-postpaid", "premier-includes-enterprise", "combination"),
        *("about-10-percent", "not-stated"),
    ]
    assert ids(to_confirm(in_shipped(Needs()))) == ["not-stated"]


def test_a_confirmed_reading_settles_how_the_parts_combine_and_nothing_else() -> None:
    advice = in_shipped(Needs(tam=True))
    assert ids(open_about_fees(advice, confirmed=True)) == ["about-10-percent"]
    left = ids(to_confirm(advice, confirmed=True))
    assert left == [
        *("premier-postpaid", "premier-includes-enterprise", "about-10-percent", "not-stated"),
    ]


def test_to_confirm_where_no_plan_is_named() -> None:
    points = ids(to_confirm(in_shipped(TEN_MINUTES, None, "floor")))
    assert points == ["combination", "about-10-percent", "not-stated", "on-sale"]


# The small ones


def test_annual_cost() -> None:
    advice = in_shipped(Needs(tam=True))
    assert str(annual_cost(advice, entry(advice, "premier"))) == "CNY 744,000.00"
    assert annual_cost(advice, entry(advice, "business")) is None


def test_a_year_and_what_one_costs_more_are_after_the_discount() -> None:
    """Floor, 300,000, 30% off what is not prepaid: (5,000 + 0.7 x 25,000) x 12 = 270,000.

    Enterprise (25,000 + 0.7 x 5,000) x 12 = 342,000: 72,000 more. Without the discount both cost
    30,000 a month, and the higher tier is taken.
    """
    agreed = PriceTerms(Discount(Fraction(3, 10), prepaid=False))
    advice = recommend(
        shipped(),
        TEN_MINUTES,
        every_month("300000"),
        "floor",
        agreed=agreed,
        include_doubtful=True,
    )
    trial, enterprise = entry(advice, "enterprise-trial"), entry(advice, "enterprise")
    assert advice.recommended is trial
    assert str(annual_cost(advice, trial)) == "CNY 270,000.00"
    assert str(annual_difference(advice, enterprise, trial)) == "CNY 72,000.00"
    assert said_of(advice, "enterprise") == "fits too, CNY 72,000.00 more a year."
    assert words(cautions(advice))[-1] == (
        "Otherwise take Enterprise: CNY 342,000.00 a year, CNY 72,000.00 more."
    )
    plainly = in_shipped(TEN_MINUTES, "300000", "floor")
    assert plainly.recommended is entry(plainly, "enterprise")


def test_a_year_is_the_sum_of_its_months() -> None:
    """Spends of 0 and 100 at 10%: 0 + 10."""
    usage = Usage((MonthSpend(START, Fraction(0)), MonthSpend(START.plus(1), Fraction(100))))
    advice = recommend(catalogue(plan("share", 1, share("10"))), Needs(), usage, ONLY)
    assert str(annual_cost(advice, advice.plans[0])) == "CNY 10.00"


def rate(percent: str) -> Fraction:
    return Fraction(percent) / 100


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Line(), "CNY 0.00"),
        (flat("29"), "CNY 29.00"),
        (share("2.5"), "2.5% of spend"),
        (share("10", "50000"), "CNY 50,000.00 + 10% of spend"),
        (
            # 29 = 3% of 966.666..., shown to the cent
            GreaterOf(flat("29"), share("3")),
            "CNY 29.00; from CNY 966.67 on 3% of spend",
        ),
        (
            # 5% of what lies above 1,000 is 5% of all less 50
            Excess(Fraction(1000), rate("5")),
            "CNY 0.00; from CNY 1,000.00 on 5% of spend - CNY 50.00",
        ),
        (
            # 10% up to 10,000 is 1,000; above it 7%, so 300 more than 7% of all; 5% from 80,000
            Graduated(
                (
                    Bracket(Fraction(10000), rate("10")),
                    Bracket(Fraction(80000), rate("7")),
                    Bracket(None, rate("5")),
                )
            ),
            (
                "10% of spend; from CNY 10,000.00 on CNY 300.00 + 7% of spend; "
                "from CNY 80,000.00 on CNY 1,900.00 + 5% of spend"
            ),
        ),
        (LesserOf(share("10"), flat("500")), "10% of spend; from CNY 5,000.00 on CNY 500.00"),
        (share("0.125", "0.005"), "CNY 0.005 + 0.125% of spend"),
    ],
)
def test_fee_words(schedule: Schedule, expected: str) -> None:
    assert str(fee_words(normalise(schedule), "CNY")) == expected


def test_fee_words_of_the_shipped_readings() -> None:
    fees = shipped().plan("premier").fees
    assert fees is not None
    told: dict[str, PiecewiseLinear] = {reading: fee.total for reading, fee in fees.items()}
    assert {reading: str(fee_words(fee, "CNY")) for reading, fee in told.items()} == {
        "additive": "CNY 50,000.00 + 10% of spend",
        "floor": "CNY 50,000.00; from CNY 500,000.00 on 10% of spend",
        "flat": "CNY 50,000.00",
    }


def test_an_unpriced_plan_that_fits_where_no_other_does() -> None:
    """Cheaper than what, where nothing is recommended: so only that one should ask."""
    slow = plan("slow", 2, flat("1"), levels=[level("2h")])
    advice = advise(plan("a", levels=[level("1h")]), slow, needs=HOUR)
    assert said_of(advice, "a") == "fits; price not in our source: ask."
    quota = plan("a", levels=[level("1h", limit="calls")], limits=[limit("calls", 3, "3 calls")])
    assert said_of(advise(quota, slow, needs=HOUR), "a") == (
        "fits within 3 calls; price not in our source: ask."
    )


def test_a_tam_at_no_extra_cost() -> None:
    advice = advise(plan("gold", 1, flat("5"), tam=Tam.DEDICATED), plan("silver", 2, flat("5")))
    assert (
        ", ".join(map(str, proposals(advice)))
        == "With a dedicated TAM: Gold, CNY 60.00 a year, the same."
    )


REFUNDED = Conditions(refund=Clause(Refund.BY_DAY, None, CITE))
LOST = Conditions(refund=Clause(Refund.NONE, None, CITE))


@pytest.mark.parametrize(
    ("terms", "lost"), [(LOST, True), (REFUNDED, False), (Conditions(), False)]
)
def test_a_prepaid_part_is_lost_only_where_the_source_says_so(
    terms: Conditions, lost: bool
) -> None:
    assert not_refunded(plan("gold")._replace(terms=terms)) is lost


@pytest.mark.parametrize(
    ("prepaid", "terms", "expected"),
    [
        (
            "5",
            LOST,
            "CNY 5.00 a month is prepaid and not refunded; if spend falls, High costs more.",
        ),
        ("5", REFUNDED, "CNY 5.00 a month is prepaid; if spend falls, High costs more."),
        ("5", Conditions(), "CNY 5.00 a month is prepaid; if spend falls, High costs more."),
        ("0", LOST, "If spend falls, High costs more."),
        (None, LOST, "If spend falls, High costs more."),
    ],
)
def test_a_tie_that_holds_at_this_spend_only(
    prepaid: str | None, terms: Conditions, expected: str
) -> None:
    """10% of 50.00 is 5.00, the flat fee of the higher tier."""
    first = None if prepaid is None else flat(prepaid)
    high = plan("high", 2, flat("5"), prepaid=first)._replace(terms=terms)
    advice = advise(plan("low", 1, share("10")), high, spend="50")
    assert words(cautions(advice)) == [expected]


def test_what_is_prepaid_a_month_leaves_out_what_is_prepaid_a_year() -> None:
    """10% of 60 is 6 a month, 72 a year, as 5 a month and 12 once a year are."""
    setup = extra("setup", flat("12"), yearly=True, prepaid=True)
    high = plan("high", 2, flat("5"), prepaid=flat("5"), extras=[setup])
    advice = advise(plan("low", 1, share("10")), high, spend="60")
    assert words(cautions(advice))[0].startswith("CNY 5.00 a month is prepaid;")


@pytest.mark.parametrize(
    ("until", "told"),
    [
        # the term is the year 2026: a fee that began with it or begins after it is no change in it
        ("2025-12-31", []),
        ("2026-01-01", ["The fee of Gold changes on 2026-01-02."]),
        ("2026-06-30", ["The fee of Gold changes on 2026-07-01."]),
        ("2026-12-30", ["The fee of Gold changes on 2026-12-31."]),
        ("2026-12-31", []),
    ],
)
def test_a_fee_that_changes_within_the_term_is_told(until: str, told: list[str]) -> None:
    gold = with_past(plan("gold", 1, flat("5")), past("4", until))
    assert words(cautions(advise(gold, plan("dear", 2, flat("9"))))) == told


# Plans that cannot be taken, and plans whose price needs a quantity

CLOSED = Validity(closed_to_new=day("2025-07-01"), successor="gold")
ENDING = Validity(valid_to=day("2026-06-30"), successor="gold")


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        (CLOSED, "fits; closed to new customers since 2025-07-01; its successor is Gold."),
        (
            CLOSED._replace(successor=None),
            "fits; closed to new customers since 2025-07-01.",
        ),
        (
            # a successor that is not to be had yet is not named
            CLOSED._replace(successor="future"),
            "fits; closed to new customers since 2025-07-01.",
        ),
        (ENDING, "fits; ends on 2026-06-30, within the term; its successor is Gold."),
        (ENDING._replace(successor=None), "fits; ends on 2026-06-30, within the term."),
        (
            ENDING._replace(closed_to_new=day("2026-01-01")),
            "fits; closed to new customers since 2026-01-01; its successor is Gold.",
        ),
    ],
)
def test_why_a_plan_that_fits_cannot_be_taken(validity: Validity, expected: str) -> None:
    future = Validity(valid_from=day("2026-01-02"))
    advice = advise(
        plan("old", 1, flat("1"), validity=validity),
        plan("gold", 2, flat("5")),
        plan("future", 3, flat("1"), validity=future),
    )
    assert said_of(advice, "old") == expected
    assert advice.recommended is entry(advice, "gold")


def test_an_unmet_need_is_told_before_that_a_plan_is_closed() -> None:
    advice = advise(
        plan("old", 1, flat("1"), levels=[level("2h")], validity=CLOSED),
        plan("gold", 2, flat("5"), levels=[level("1h")]),
        needs=HOUR,
    )
    assert said_of(advice, "old").startswith(
        "first response within 2h by ticket (target), needed 1h"
    )


def test_a_plan_that_cannot_be_taken_is_no_runner_up_and_not_counted() -> None:
    advice = advise(
        plan("gold", 2, flat("5"), levels=[level("1h")]),
        plan("next", 1, flat("9"), levels=[level("1h")]),
        plan("old", 3, flat("6"), levels=[level("1h")], validity=CLOSED),
        needs=HOUR,
    )
    assert words(reasons(advice))[1:] == [
        "It is the cheapest of the 2 plans with a known price that meet your needs.",
        "The next plan that fits, Next, costs CNY 48.00 more a year.",
    ]


SEATS = extra("seats", apiece("1"), "seats")
CALLS = extra("calls", apiece("1"), "calls")


def test_a_plan_that_lacks_quantities_names_their_flags() -> None:
    advice = advise(
        plan("both", 1, flat("1"), extras=[SEATS, CALLS]),
        plan("seated", 2, flat("1"), extras=[SEATS]),
        plan("gold", 3, flat("5")),
    )
    assert said_of(advice, "both") == (
        "fits; its price needs a quantity: --quantity seats=N, --quantity calls=N."
    )
    assert said_of(advice, "seated") == "fits; its price needs a quantity: --quantity seats=N."
    assert entry(advice, "seated") in advice.unpriced_fits


def test_with_its_quantities_a_plan_is_compared_as_any_other() -> None:
    """1 + 25 = 26 against 5 a month: 21 x 12 = 252."""
    plans = catalogue(plan("seated", 2, flat("1"), extras=[SEATS]), plan("gold", 3, flat("5")))
    advice = recommend(plans, Needs(), every_month("0", seats="25"))
    assert said_of(advice, "seated") == "fits too, CNY 252.00 more a year."


def test_a_plan_without_a_price_asks_for_no_quantity() -> None:
    advice = advise(plan("unpriced", 1, extras=[SEATS]), plan("gold", 2, flat("5")))
    assert said_of(advice, "unpriced") == "fits; price not in our source, may be cheaper: ask."


def test_a_price_as_a_rule_has_what_is_charged_once_a_year() -> None:
    visit = extra("visit", flat("600"), yearly=True)
    gold = plan("gold", 2, share("20", "1"), tam=Tam.DEDICATED, extras=[visit])
    (told,) = proposals(advise(plan("silver", 1, share("10")), gold, spend=None))
    assert "600.00" in str(told)


def test_a_rule_in_words_has_the_monthly_extras() -> None:
    gold = plan("gold", 2, share("20", "1"), tam=Tam.DEDICATED, extras=[SEATS])
    silver = plan("silver", 1, share("10"))
    advice = recommend(catalogue(silver, gold), Needs(), every_month(None, seats="2"))
    assert ", ".join(map(str, proposals(advice))) == (
        "With a dedicated TAM: Gold, CNY 3.00 + 20% of spend a month."
    )


def test_a_need_that_nobody_can_judge_is_to_be_found_out() -> None:
    ticket = Unstated("ticket", None, CITE)
    mute = plan("mute", fee=flat("1"), channels={"ticket": True, "group": True})
    advice = advise(mute._replace(unstated=(ticket,)), needs=HOUR)
    assert advice.closest is not None
    (told,) = words(giving_way(advice, advice.closest))
    assert told == ("first response (target) not recorded here; needed within 1h (find out first)")


def test_a_channel_that_cannot_be_used_could_be() -> None:
    ticket = plan("ticket", fee=flat("1"), levels=[level("10m")])
    needs = Needs(HOUR.response, without_channels=frozenset({"ticket"}))
    advice = advise(ticket, needs=needs)
    assert advice.closest is not None
    assert words(giving_way(advice, advice.closest)) == [
        "do without a first-response target, or use another channel"
    ]


def test_the_cheapest_of_the_plans_still_on_offer() -> None:
    closed = Validity(closed_to_new=day("2025-12-01"))
    gone = plan("gone", 1, flat("1"), validity=closed)
    advice = advise(gone, plan("here", 2, flat("2")), plan("dear", 3, flat("3")))
    assert words(reasons(advice))[0] == (
        "You named no need that asks for more, and no plan still on offer costs less."
    )
