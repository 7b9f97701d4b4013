"""What each need costs, the price by response time, what to give up, what would need another plan.

Small catalogues have two severities (down, question) and three channels (phone, ticket, group); a
year has twelve months, so a flat fee of 5 a month costs 60.00 a year.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode, recommend
from supportcli.advice.whatif import (
    Demand,
    NeedCost,
    Saving,
    Step,
    demands,
    need_costs,
    savings,
    staircase,
)
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Validity
from supportcli.core.duration import Duration, parse_duration
from supportcli.core.money import Money
from supportcli.core.plan import Plan, Tam
from supportcli.core.schedule import GreaterOf, Schedule
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed, asked_severities
from tests.builders import (
    catalogue,
    day,
    every_month,
    flat,
    level,
    limit,
    plan,
    share,
    shipped,
    within,
)

NONE = "none"


def advise(
    *plans: Plan,
    needs: Needs | None = None,
    spend: str | None = "100",
    months: int = 12,
    agreed: PriceTerms = AS_PUBLISHED,
) -> Advice:
    return recommend(catalogue(*plans), needs or Needs(), every_month(spend, months), agreed=agreed)


def differing(needs: Needs, **changed: Any) -> Needs:
    """The needs with other values of some fields."""
    fields = ("response", "tam", "tickets", "without_channels", "current_plan")
    return Needs(**({name: getattr(needs, name) for name in fields} | changed))


def wants(*times: str, **rest: object) -> Needs:
    """Needs with the times for down and then question, and whatever else."""
    response = tuple(map(within, times, ("down", "question")))
    return differing(Needs(response=response), **rest)


def name(entry: PlanAdvice | None) -> str:
    return entry.plan.id if entry else NONE


def amount(money: Money | None) -> str:
    return f"{money.amount:f}" if money else NONE


def cost(found: NeedCost) -> str:
    return f"{found.need}: {amount(found.annual)}, {name(found.without)}"


def step(found: Step) -> str:
    return f"{found.within or NONE}: {name(found.entry)}, {amount(found.annual)}"


def saving(found: Saving) -> tuple[str, str, list[str]]:
    return name(found.entry), amount(found.saved), list(map(str, found.giving_up))


def demand(found: Demand) -> str:
    return f"{found.words}: {name(found.entry)}, {amount(found.extra)}"


# The shipped catalogue by hand


def of_shipped(needs: Needs, spend: str = "120000", *, doubtful: bool = True) -> Advice:
    """With the trial edition among the plans, which may no longer be on sale."""
    return recommend(shipped(), needs, every_month(spend), include_doubtful=doubtful)


TEN = (within("10m", "unavailable"),)
EVERYTHING = Needs(TEN, tam=True, tickets=40)


def test_a_tam_costs_300000_a_year() -> None:
    """10% of 120,000 is 12,000 in either: 12 x 62,000 = 744,000 for Premier, which alone has a TAM.

    Without it Enterprise at 12 x 37,000 = 444,000 (the trial edition has 30 tickets, not 40).
    """
    advice = of_shipped(EVERYTHING)
    assert name(advice.recommended) == "premier"
    assert list(map(cost, need_costs(advice))) == [
        "response:unavailable: 0.00, premier",
        "tam: 300000.00, enterprise",
        "tickets: 0.00, premier",
    ]


def test_what_to_give_up_of_a_tam_ten_minutes_and_40_tickets() -> None:
    """Against 744,000: Enterprise 444,000, the trial edition 12 x 17,000 = 204,000, Basic 0.

    Of one need each first, then of two the greater saving.
    """
    assert list(map(saving, savings(of_shipped(EVERYTHING)))) == [
        ("enterprise", "300000.00", ["do without a dedicated TAM"]),
        (
            *("basic", "744000.00"),
            [
                "accept a first response within 2h instead of 10m",
                "do without a dedicated TAM",
            ],
        ),
        (
            *("enterprise-trial", "540000.00"),
            [
                "do without a dedicated TAM",
                "open fewer tickets (40 tickets in the busiest month: at most 30 tickets a month)",
            ],
        ),
    ]


def test_only_a_lost_group_chat_could_ask_for_more_than_everything() -> None:
    """10 minutes is the shortest target, by the group alone; 31 tickets are fewer than 40."""
    assert list(map(demand, demands(of_shipped(EVERYTHING)))) == [
        "no use of DingTalk group: none, none"
    ]


@pytest.mark.parametrize(
    ("needs", "severity", "expected"),
    [
        # 12 x 17,000; 2h is Basic's, whose tickets are as quick for everything
        (Needs(), "unavailable", ["10m: enterprise-trial, 204000.00", "2h: basic, 0.00"]),
        # of a problem the priced plans know 40m (tickets) at best; only Business has 10m, unpriced
        (
            *(Needs(), "problem"),
            ["10m: none, none", "40m: enterprise-trial, 204000.00", "2h: basic, 0.00"],
        ),
        (EVERYTHING, "unavailable", ["10m: premier, 744000.00"]),
        # the other need holds whatever the time
        (
            *(EVERYTHING, "problem"),
            ["10m: none, none", "40m: premier, 744000.00"],
        ),
        # 31 tickets: 12 x 37,000
        (
            *(Needs(tickets=31), "enquiry"),
            ["10m: none, none", "40m: enterprise, 444000.00", "2h: basic, 0.00"],
        ),
    ],
)
def test_price_by_response_time_of_the_shipped_plans(
    needs: Needs, severity: str, expected: list[str]
) -> None:
    assert list(map(step, staircase(of_shipped(needs), severity))) == expected


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        # Basic costs nothing and meets 2h; 31 tickets it allows
        (
            Needs(),
            [
                (
                    'first response within 40m when "business unavailable": '
                    "enterprise-trial, 204000.00"
                ),
                "a dedicated TAM: premier, 744000.00",
            ],
        ),
        # from the trial edition: 744,000 - 204,000, 444,000 - 204,000
        (
            Needs(TEN),
            [
                "a dedicated TAM: premier, 540000.00",
                "31 tickets in the busiest month: enterprise, 240000.00",
                "no use of DingTalk group: none, none",
            ],
        ),
        # 10 minutes is met already, and without the group tickets meet 40
        (
            Needs((within("40m", "unavailable"),)),
            [
                "a dedicated TAM: premier, 540000.00",
                "31 tickets in the busiest month: enterprise, 240000.00",
            ],
        ),
    ],
)
def test_what_would_need_another_of_the_shipped_plans(needs: Needs, expected: list[str]) -> None:
    assert list(map(demand, demands(of_shipped(needs)))) == expected


def test_what_would_be_otherwise_is_surely_on_sale_too() -> None:
    """Enterprise at 444,000 instead of the trial edition: 744,000 - 444,000 for a TAM."""
    advice = of_shipped(Needs(TEN), doubtful=False)
    assert list(map(step, staircase(advice, "unavailable"))) == [
        "10m: enterprise, 444000.00",
        "2h: basic, 0.00",
    ]
    assert list(map(demand, demands(advice))) == [
        "a dedicated TAM: premier, 300000.00",
        "no use of DingTalk group: none, none",
    ]
    assert [saving(each)[:2] for each in savings(of_shipped(EVERYTHING, doubtful=False))] == [
        ("enterprise", "300000.00"),
        ("basic", "744000.00"),
    ]


# What each need costs, in small catalogues: 5 a month is 60 a year, 9 is 108

QUICK = plan("quick", 2, flat("9"), levels=[level("10m")])
SLOW = plan("slow", 1, flat("5"), levels=[level("2h")])
RISING = plan("rising", 2, share("10", "30"), levels=[level("10m")])


@pytest.mark.parametrize(
    ("plans", "needs", "spend", "expected"),
    [
        pytest.param([SLOW, QUICK], Needs(), "1", [], id="nothing needed"),
        pytest.param(
            [SLOW, QUICK], wants("10m"), "1", ["response:down: 48.00, slow"], id="108 - 60"
        ),
        pytest.param(
            [SLOW, QUICK], wants("2h"), "1", ["response:down: 0.00, slow"], id="costs nothing"
        ),
        pytest.param(
            *([SLOW, QUICK], wants("10m", "10m"), "1"),
            ["response:down: 0.00, quick", "response:question: 0.00, quick"],
            id="either need alone makes it dear, so neither costs anything given the other",
        ),
        pytest.param(
            [plan("tickets", 1, flat("5"), limits=[limit("tickets", 30, "30")]), QUICK],
            *(Needs(tickets=31), "1", ["tickets: 48.00, tickets"]),
            id="tickets",
        ),
        pytest.param(
            [plan("group", 1, flat("5"), levels=[level("10m", "group")]), QUICK],
            wants("10m", without_channels=frozenset({"phone", "group"})),
            "1",
            [
                "response:down: 48.00, group",
                "without_channel:group: 48.00, group",
                "without_channel:phone: 0.00, quick",
            ],
            id="channels that cannot be used, in the order of their ids",
        ),
        pytest.param(
            *([SLOW, QUICK], wants("10m", tam=True), "1"),
            ["response:down: none, none", "tam: none, quick"],
            id="no plan meets the needs",
        ),
        pytest.param(
            *([SLOW, QUICK], wants("10m", tam=False), "1"),
            ["response:down: 48.00, slow"],
            id="no TAM is no need",
        ),
        pytest.param(
            *([plan("low", 1, share("10", "10")), RISING], wants("10m"), None),
            ["response:down: 240.00, low"],
            id="spend unknown, (30 - 10) x 12 at every spend",
        ),
        pytest.param(
            *([SLOW, RISING], wants("10m"), None),
            ["response:down: none, slow"],
            id="spend unknown, the difference rises with it",
        ),
        pytest.param(
            *([plan("share", 1, share("10")), plan("top", 3, flat("99"), levels=[level("10m")])],),
            *(wants("10m"), None, ["response:down: none, none"]),
            id="spend unknown, the plan without the need depends on it",
        ),
        pytest.param(
            [
                plan("bh", 1, flat("5"), levels=[level("2bh")]),
                plan("ch", 2, flat("9"), levels=[level("2h")]),
            ],
            *(wants("2h"), "1", ["response:down: 48.00, bh"]),
            id="business hours meet no calendar hours",
        ),
    ],
)
def test_what_each_need_costs(
    plans: list[Plan], needs: Needs, spend: str | None, expected: list[str]
) -> None:
    assert list(map(cost, need_costs(advise(*plans, needs=needs, spend=spend)))) == expected


def test_each_need_is_told_in_words() -> None:
    needs = wants("10m", "2h", tam=True, tickets=3, without_channels=frozenset({"phone"}))
    assert [str(found.words) for found in need_costs(advise(QUICK, needs=needs))] == [
        'first response within 10m when "down"',
        'first response within 2h when "question"',
        "a dedicated TAM",
        "3 tickets in the busiest month",
        "no use of phone",
    ]
    [alone] = need_costs(advise(QUICK, needs=wants("10m")))
    assert str(alone.words) == 'first response within 10m when "down"'


def test_a_need_is_told_without_the_only_severity_of_the_catalogue() -> None:
    whole = catalogue(QUICK)
    whole = whole._replace(severities=whole.severities[:1])
    [alone] = need_costs(recommend(whole, wants("10m"), every_month("1")))
    assert str(alone.words) == "first response within 10m"


def test_what_is_told_of_money_is_after_a_discount() -> None:
    """30% off: 12 x 6.30 = 75.60 and 12 x 3.50 = 42.00, a difference of 33.60.

    Where nothing is taken off what is prepaid, and 5 of the 9 are: 5 + 2.80 = 7.80 a month, 93.60 a
    year, 51.60 more.
    """
    partly = plan("quick", 2, flat("9"), levels=[level("10m")], prepaid=flat("5"))
    for quick_plan, prepaid, year, gap in (
        (QUICK, True, "75.60", "33.60"),
        (partly, False, "93.60", "51.60"),
    ):
        agreed = PriceTerms(Discount(Fraction(3, 10), prepaid))
        advice = advise(SLOW, quick_plan, needs=wants("10m"), agreed=agreed)
        assert list(map(cost, need_costs(advice))) == [f"response:down: {gap}, slow"]
        assert list(map(step, staircase(advice, "down"))) == [
            f"10m: quick, {year}",
            "2h: slow, 42.00",
        ]
        assert [amount(found.saved) for found in savings(advice)] == [gap]
        first = demands(advise(SLOW, quick_plan, needs=wants("2h"), agreed=agreed))[0]
        assert demand(first) == f'first response within 10m when "down": quick, {gap}'


# The price by response time


UNPRICED = plan("unpriced", 4, levels=[level("5m")])


@pytest.mark.parametrize(
    ("plans", "needs", "spend", "expected"),
    [
        pytest.param(
            *([SLOW, QUICK], Needs(), "1"),
            ["10m: quick, 108.00", "2h: slow, 60.00"],
            id="no requirement is as good as the longest time",
        ),
        pytest.param(
            *([SLOW, plan("free", 3, flat("0"))], Needs(), "1"),
            ["2h: slow, 60.00", "none: free, 0.00"],
            id="a plan without a target where nothing is needed",
        ),
        pytest.param([plan("free", 3, flat("0"))], Needs(), "1", ["none: free, 0.00"], id="none"),
        pytest.param(
            *([SLOW, UNPRICED], Needs(), "1"),
            ["5m: none, none", "2h: slow, 60.00"],
            id="a plan without a price has the shortest target",
        ),
        pytest.param(
            *([SLOW, QUICK], Needs(tam=True), "1", ["10m: none, none"]),
            id="another need is met by no plan",
        ),
        pytest.param(
            [
                plan("both", 1, flat("9"), levels=[level("1h"), level("4bh", "group")]),
                plan("office", 2, flat("5"), levels=[level("8bh")]),
                plan("free", 3, flat("0")),
            ],
            *(Needs(), "1", ["1h: both, 108.00", "8bh: office, 60.00", "none: free, 0.00"]),
            id="business hours after calendar hours",
        ),
        pytest.param(
            [
                plan("low", 1, flat("1"), levels=[level("2h", severity="question")]),
                plan("high", 2, flat("5"), levels=[level("1h", severity="down")]),
            ],
            *(Needs(), "1", ["1h: high, 60.00", "none: low, 12.00"]),
            id="targets of another severity are none of it",
        ),
        pytest.param(
            *([SLOW, RISING], Needs(), None, ["10m: rising, none", "2h: slow, 60.00"]),
            id="spend unknown",
        ),
        pytest.param(
            [
                plan("share", 1, share("10"), levels=[level("2h")]),
                plan("flat", 2, flat("9"), levels=[level("2h")]),
                plan("top", 3, flat("99"), levels=[level("10m")]),
            ],
            *(Needs(), None, ["10m: top, 1188.00", "2h: none, none"]),
            id="spend unknown, from 2h on it decides",
        ),
        pytest.param(
            [
                plan("ticket", 1, flat("5"), levels=[level("2h")]),
                plan("group", 2, flat("9"), levels=[level("1h", "group"), level("2h")]),
            ],
            Needs(without_channels=frozenset({"group"})),
            *("1", ["1h: none, none", "2h: ticket, 60.00"]),
            id="a channel that cannot be used",
        ),
    ],
)
def test_price_by_response_time(
    plans: list[Plan], needs: Needs, spend: str | None, expected: list[str]
) -> None:
    advice = advise(*plans, needs=needs, spend=spend)
    assert list(map(step, staircase(advice, "down"))) == expected


def test_steps_in_business_hours_are_at_every_target() -> None:
    """A wish of 10bm is met by 10m alone, of 90bm by 90m too, of 4bh by every plan.

    Where only another severity has a target in business hours there are no such steps.
    """
    quick_plan = plan("quick", 3, flat("9"), levels=[level("10m")])
    mid = plan("mid", 2, flat("5"), levels=[level("90m")])
    office = plan("office", 1, flat("1"), levels=[level("4bh")])
    advice = advise(quick_plan, mid, office)
    assert list(map(step, staircase(advice, "down"))) == [
        *("10m: quick, 108.00", "90m: mid, 60.00"),
        *("10bm: quick, 108.00", "90bm: mid, 60.00", "4bh: office, 12.00"),
    ]
    elsewhere = office._replace(levels=(level("4bh", severity="question"),))
    assert list(map(step, staircase(advise(quick_plan, mid, elsewhere), "down"))) == [
        *("10m: quick, 108.00", "90m: mid, 60.00", "none: office, 12.00"),
    ]


def test_a_step_without_a_plan_tells_whether_that_depends_on_the_spend() -> None:
    """10% of spend is less than 9 below 90, and more above; what meets 5m has no known price."""
    by_share = plan("share", 1, share("10"), levels=[level("2h")])
    by_flat = plan("flat", 2, flat("9"), levels=[level("2h")])
    top = plan("top", 3, flat("99"), levels=[level("10m")])

    def told(*plans: Plan, spend: str | None) -> list[tuple[str, bool]]:
        steps = staircase(advise(*plans, spend=spend), "down")
        return [(step(each), each.depends) for each in steps]

    assert told(by_share, by_flat, top, spend=None) == [
        ("10m: top, 1188.00", False),
        ("2h: none, none", True),
    ]
    # at 100 it is 9 for the flat one, 108 a year
    assert told(by_share, by_flat, top, spend="100") == [
        ("10m: top, 1188.00", False),
        ("2h: flat, 108.00", False),
    ]
    assert told(SLOW, UNPRICED, spend=None) == [
        ("5m: none, none", False),
        ("2h: slow, 60.00", False),
    ]


def test_a_target_in_calendar_hours_meets_a_wish_in_business_hours_between_two_targets() -> None:
    """2h at 1 a month meets 2bh, which lies beyond the last step: 1bh, which it does not meet."""
    advice = advise(
        plan("calendar", 1, flat("1"), levels=[level("2h")]),
        plan("office", 2, flat("5"), levels=[level("1bh")]),
        needs=wants("2bh"),
    )
    assert name(advice.recommended) == "calendar"
    reached = [
        name(found.entry)
        for found in staircase(advice, "down")
        if found.within and found.within.business and found.within.minutes <= 120
    ]
    assert reached[-1] == "calendar"


@pytest.mark.parametrize(
    ("needs", "asked"),
    [
        (Needs(), ("down",)),
        (wants("1h"), ("down",)),
        (Needs((within("1h", "question"),)), ("question",)),
        (wants("1h", "2h"), ("down", "question")),
    ],
)
def test_the_severities_that_are_asked_about(needs: Needs, asked: tuple[str, ...]) -> None:
    assert asked_severities(advise(SLOW, needs=needs).catalogue, needs) == asked


# What to give up to pay less


CALENDAR = plan("calendar", 3, flat("9"), levels=[level("8h")], tam=Tam.DEDICATED)


@pytest.mark.parametrize(
    ("plans", "needs", "spend", "expected"),
    [
        pytest.param([SLOW, QUICK], Needs(), "1", [], id="nothing to give up"),
        pytest.param(
            *([SLOW, QUICK], wants("10m"), "1"),
            [("slow", "48.00", ["accept a first response within 2h instead of 10m"])],
            id="108 - 60",
        ),
        pytest.param(
            [plan("bh", 1, flat("5"), levels=[level("8bh")]), CALENDAR],
            *(wants("8h"), "1"),
            [("bh", "48.00", ["accept a first response within 8bh instead of 8h"])],
            id="business hours instead of calendar hours",
        ),
        pytest.param(
            [plan("bare", 1, flat("5")), CALENDAR],
            *(wants("8h"), "1"),
            [("bare", "48.00", ["do without a first-response target"])],
            id="no target at all",
        ),
        pytest.param(
            [plan("bare", 1, flat("5")), CALENDAR],
            *(wants("8h", without_channels=frozenset({"phone"})), "1"),
            [
                (
                    *("bare", "48.00"),
                    ["do without a first-response target, or use another channel"],
                )
            ],
            id="no target by a channel that can be used",
        ),
        pytest.param(
            [
                plan("bare", 1, flat("0")),
                plan("half", 2, flat("5"), levels=[level("1h", severity="down")]),
                plan("full", 3, flat("9"), levels=[level("1h")]),
            ],
            *(wants("1h", "1h"), "1"),
            [
                ("half", "48.00", ['do without a first-response target when "question"']),
                (
                    *("bare", "108.00"),
                    [
                        'do without a first-response target when "down"',
                        'do without a first-response target when "question"',
                    ],
                ),
            ],
            id="several severities, the fewest needs first",
        ),
        pytest.param(
            [plan("unsaid", 1, flat("5"), tam=Tam.UNKNOWN), CALENDAR],
            *(Needs(tam=True), "1"),
            [("unsaid", "48.00", ["dedicated TAM: not recorded here (find out first)"])],
            id="a TAM of which nobody says",
        ),
        pytest.param(
            [
                plan("unsaid", 1, flat("5"), levels=[level("9h")], channels={"ticket": True}),
                CALENDAR,
            ],
            *(wants("8h"), "1"),
            [
                (
                    *("unsaid", "48.00"),
                    [
                        (
                            "first response within 9h by ticket (target), needed 8h; whether "
                            "another channel is faster is not recorded here (find out first)"
                        )
                    ],
                )
            ],
            id="a channel that is not described",
        ),
        pytest.param(
            [
                plan("few", 1, flat("5"), limits=[limit("tickets", 30, "at most 30")]),
                plan("many", 2, flat("9")),
            ],
            *(Needs(tickets=31), "1"),
            [
                (
                    *("few", "48.00"),
                    ["open fewer tickets (31 tickets in the busiest month: at most 30)"],
                )
            ],
            id="tickets one above the limit",
        ),
        pytest.param(
            [
                plan("few", 1, flat("5"), limits=[limit("tickets", 30, "at most 30")]),
                plan("many", 2, flat("9")),
            ],
            *(Needs(tickets=30), "1", []),
            id="tickets at the limit",
        ),
        pytest.param(
            [
                plan("slow", 1, flat("5"), levels=[level("2h")]),
                plan("slower", 2, flat("6"), levels=[level("4h")]),
                QUICK._replace(tier=3),
            ],
            *(wants("10m"), "1"),
            [("slow", "48.00", ["accept a first response within 2h instead of 10m"])],
            id="a plan that is slower and dearer than another is not told",
        ),
        pytest.param(
            [plan("quick", 1, flat("5"), levels=[level("10m")]), plan("dear", 2, flat("9"))],
            *(wants("10m"), "1", []),
            id="giving up what is cheaper anyway",
        ),
        pytest.param(
            [plan("quick", 1, flat("5"), levels=[level("10m")]), plan("same", 2, flat("5"))],
            *(wants("10m"), "1", []),
            id="giving up for the same price",
        ),
        pytest.param(
            [
                plan("closed", 1, flat("1"), validity=Validity(closed_to_new=day("2020-01-01"))),
                plan("unpriced", 2),
                QUICK._replace(tier=3),
            ],
            *(wants("10m"), "1", []),
            id="plans that cannot be taken, or have no price",
        ),
        pytest.param(
            [
                plan("none", 1, flat("1")),
                plan("tam", 2, flat("9"), tam=Tam.DEDICATED),
                plan("quick", 3, flat("5"), levels=[level("10m")]),
            ],
            *(wants("10m", tam=True), "1"),
            [
                ("tam", NONE, ["do without a first-response target"]),
                ("quick", NONE, ["do without a dedicated TAM"]),
                (
                    *("none", NONE),
                    ["do without a first-response target", "do without a dedicated TAM"],
                ),
            ],
            id="no plan meets the needs: what would give way, the fewest needs, then the tier",
        ),
        pytest.param(
            [plan("low", 1, share("10", "10")), RISING],
            *(wants("10m"), None),
            [("low", "240.00", ["do without a first-response target"])],
            id="spend unknown, (30 - 10) x 12 less at every spend",
        ),
        pytest.param([SLOW, RISING], wants("10m"), None, [], id="less by an unknown amount"),
        pytest.param(
            [
                plan("share", 1, share("10"), levels=[level("10m")]),
                plan("flat", 2, flat("9"), levels=[level("10m")]),
                plan("free", 3, flat("0")),
            ],
            *(wants("10m"), None, []),
            id="no plan is recommended before the spend is known",
        ),
        pytest.param(
            [
                plan("share", 1, share("10")),
                plan("flat", 2, flat("9"), levels=[level("2h")]),
            ],
            *(wants("10m"), None),
            [("flat", NONE, ["accept a first response within 2h instead of 10m"])],
            id="no plan fits, and one of those that would depends on a spend that is not known",
        ),
    ],
)
def test_what_to_give_up(
    plans: list[Plan], needs: Needs, spend: str | None, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert list(map(saving, savings(advise(*plans, needs=needs, spend=spend)))) == expected


@pytest.mark.parametrize(
    ("cheap", "needs", "certain"),
    [
        pytest.param(SLOW, wants("10m"), True, id="known to be slower"),
        pytest.param(
            plan("unsaid", 1, flat("5"), levels=[level("10m")], tam=Tam.UNKNOWN),
            *(wants("10m", tam=True), False),
            id="a TAM of which nobody says",
        ),
        pytest.param(
            plan("unsaid", 1, flat("5"), channels={"ticket": True}),
            *(wants("10m"), False),
            id="a channel that is not described",
        ),
        pytest.param(
            plan("partly", 1, flat("5"), levels=[level("2h")], tam=Tam.UNKNOWN),
            *(wants("10m", tam=True), False),
            id="one need is not met for sure, of the other nobody says",
        ),
        pytest.param(
            plan("unsaid", 1, flat("5"), levels=[level("2h")], tam=Tam.UNKNOWN),
            *(wants("10m", tam=False), True),
            id="what nobody says is not needed",
        ),
    ],
)
def test_a_saving_is_certain_where_the_plan_is_known_not_to_fit(
    cheap: Plan, needs: Needs, certain: bool
) -> None:
    full = plan("full", 2, flat("9"), levels=[level("10m")], tam=Tam.DEDICATED)
    [found] = savings(advise(cheap, full, needs=needs))
    assert (found.entry.plan.id, found.certain) == (cheap.id, certain)


# What would need another plan


FEW = plan("few", 1, flat("1"), limits=[limit("tickets", 30, "30")])
MORE = plan("more", 2, flat("5"), limits=[limit("tickets", 100, "100")])
ANY = plan("any", 3, flat("9"), limits=[limit("tickets", None, "as ordered")])


@pytest.mark.parametrize(
    ("plans", "needs", "spend", "expected"),
    [
        pytest.param(
            *([SLOW, QUICK], wants("10m", tam=True), "1", []), id="nothing is recommended"
        ),
        pytest.param(
            *([SLOW, QUICK], Needs(), "1"),
            [
                'first response within 10m when "down": quick, 48.00',
                "a dedicated TAM: none, none",
            ],
            id="2h is met by the plan that is recommended, 10m is not",
        ),
        pytest.param(
            [SLOW, plan("mid", 2, flat("6"), levels=[level("1h")]), QUICK._replace(tier=3)],
            *(wants("2h"), "1"),
            [
                'first response within 1h when "down": mid, 12.00',
                "a dedicated TAM: none, none",
                "no use of ticket: none, none",
            ],
            id="the longest of the shorter times",
        ),
        pytest.param(
            [QUICK, plan("tam", 3, flat("20"), levels=[level("10m")], tam=Tam.DEDICATED)],
            *(wants("10m"), "1"),
            ["a dedicated TAM: tam, 132.00", "no use of ticket: none, none"],
            id="(20 - 9) x 12, and no time is shorter",
        ),
        pytest.param(
            *([FEW, MORE, ANY], Needs(), "1"),
            [
                "a dedicated TAM: none, none",
                "31 tickets in the busiest month: more, 48.00",
            ],
            id="one ticket above the smallest limit",
        ),
        pytest.param(
            *([FEW, MORE, ANY], Needs(tickets=30), "1"),
            [
                "a dedicated TAM: none, none",
                "31 tickets in the busiest month: more, 48.00",
            ],
            id="tickets at the limit",
        ),
        pytest.param(
            *([FEW, MORE, ANY], Needs(tickets=31, tam=False), "1"),
            [
                "a dedicated TAM: none, none",
                "101 tickets in the busiest month: any, 48.00",
            ],
            id="tickets one above the limit",
        ),
        pytest.param(
            *([FEW, MORE], Needs(tickets=100), "1"),
            [
                "a dedicated TAM: none, none",
                "101 tickets in the busiest month: none, none",
            ],
            id="more tickets than any plan allows",
        ),
        pytest.param(
            *([FEW._replace(tier=2), MORE._replace(tier=1), ANY], Needs(tickets=101), "1"),
            ["a dedicated TAM: none, none"],
            id="no plan sets a higher limit",
        ),
        pytest.param(
            [
                plan("group", 1, flat("1"), levels=[level("1h", "group"), level("2h")]),
                plan("ticket", 2, flat("5"), levels=[level("1h")]),
            ],
            *(wants("1h"), "1"),
            ["a dedicated TAM: none, none", "no use of group: ticket, 48.00"],
            id="the channel by which the time is met",
        ),
        pytest.param(
            [
                plan("twice", 1, flat("1"), levels=[level("1h", "group")]),
                plan("ticket", 2, flat("5"), levels=[level("1h")]),
            ],
            *(wants("1h", "1h"), "1"),
            ["a dedicated TAM: none, none", "no use of group: ticket, 48.00"],
            id="a channel by which two times are met is told once",
        ),
        pytest.param(
            [
                plan("slow", 1, flat("1"), levels=[level("2h")]),
                plan("down", 2, flat("5"), levels=[level("1h", severity="down"), level("2h")]),
                plan("both", 3, flat("9"), levels=[level("1h")]),
            ],
            *(wants("2h", "2h", tam=False), "1"),
            [
                'first response within 1h when "down": down, 48.00',
                'first response within 1h when "question": both, 96.00',
                "a dedicated TAM: none, none",
                "no use of ticket: none, none",
            ],
            id="each severity by itself",
        ),
        pytest.param(
            [
                plan("office", 1, flat("1"), levels=[level("8bh")]),
                plan("day", 2, flat("5"), levels=[level("8h")]),
            ],
            *(wants("8bh"), "1"),
            [
                'first response within 8h when "down": day, 48.00',
                "a dedicated TAM: none, none",
                "no use of ticket: none, none",
            ],
            id="calendar hours instead of business hours",
        ),
        pytest.param(
            *([plan("low", 1, share("10", "10")), RISING], Needs(), None),
            [
                'first response within 10m when "down": rising, 240.00',
                "a dedicated TAM: none, none",
            ],
            id="spend unknown, dearer by the same at every spend",
        ),
        pytest.param(
            *([SLOW, RISING], wants("2h"), None),
            [
                'first response within 10m when "down": rising, none',
                "a dedicated TAM: none, none",
                "no use of ticket: none, none",
            ],
            id="spend unknown, dearer by an amount that rises with it",
        ),
    ],
)
def test_what_would_need_another_plan(
    plans: list[Plan], needs: Needs, spend: str | None, expected: list[str]
) -> None:
    assert list(map(demand, demands(advise(*plans, needs=needs, spend=spend)))) == expected


def test_a_demand_may_lead_to_a_plan_that_depends_on_the_spend() -> None:
    """10% of spend is less than 9 below 90, and more above; nobody has a TAM."""
    advice = advise(
        plan("free", 1, flat("0")),
        plan("share", 2, share("10"), levels=[level("2h")]),
        plan("flat", 3, flat("9"), levels=[level("2h")]),
        spend=None,
    )
    assert name(advice.recommended) == "free"
    assert [(demand(found), found.depends) for found in demands(advice)] == [
        ('first response within 2h when "down": none, none', True),
        ("a dedicated TAM: none, none", False),
    ]


def test_a_catalogue_of_one_severity_needs_no_name_of_it() -> None:
    """Scaleway at 0: Basic 0 at 8h, Advanced 12 x 50 at 2h, Enterprise 12 x 999 with a TAM."""
    advice = recommend(load_catalogue("scaleway"), Needs(), every_month("0"))
    assert list(map(demand, demands(advice))) == [
        "first response within 2h: scw-advanced, 600.00",
        "a dedicated TAM: scw-enterprise, 11988.00",
    ]


def test_a_further_demand_asks_for_more() -> None:
    """Azure, severity C within 4bh: only ProDirect, at 4h, for 1,000 a month.

    8h of Standard is no further demand: it does not even meet the 4bh.
    """
    needs = Needs((within("4bh", "sev-c"),))
    advice = recommend(load_catalogue("azure"), needs, every_month("1000"))
    assert name(advice.recommended) == "azure-prodirect"
    assert "azure-standard" not in [name(found.entry) for found in demands(advice)]


# Random plans against the advice asked afresh


TIMES = ("10m", "1h", "2bh", "2h", "24bh")
fees = st.one_of(
    st.none(),
    st.builds(flat, st.sampled_from(["0", "10", "20"])),
    st.builds(share, st.sampled_from(["0.05", "10"]), st.sampled_from(["0", "10"])),
    st.just(GreaterOf(flat("10"), share("5"))),
)
levels = st.builds(
    level,
    st.sampled_from(TIMES),
    st.sampled_from(["ticket", "group"]),
    st.sampled_from([None, "down", "question"]),
)


@st.composite
def random_plan(draw: st.DrawFn, tier: int) -> Plan:
    fee: Schedule | None = draw(fees)
    allowed = draw(st.sampled_from([[], [30], [100]]))
    return plan(
        f"plan-{tier}",
        tier,
        fee,
        levels=draw(st.lists(levels, max_size=3)),
        tam=draw(st.sampled_from(Tam)),
        limits=[limit("tickets", count, "tickets") for count in allowed],
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
spends = st.integers(0, 20_000).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
random_cases = given(catalogues.map(lambda every: catalogue(*every)), needed, spends)
quick = settings(deadline=None, max_examples=100)


def a_year(advice: Advice, entry: PlanAdvice | None) -> Money | None:
    quote = entry.quotes[advice.reading] if entry else None
    return Money(quote.annual.total, "CNY") if quote else None


def each_without(needs: Needs) -> Iterable[Needs]:
    """The needs with one left out, in turn: times, the TAM, tickets, channels."""
    for left_out in needs.response:
        rest = tuple(need for need in needs.response if need is not left_out)
        yield differing(needs, response=rest)
    if needs.tam:
        yield differing(needs, tam=None)
    if needs.tickets is not None:
        yield differing(needs, tickets=None)
    for channel in sorted(needs.without_channels):
        yield differing(needs, without_channels=needs.without_channels - {channel})


@quick
@random_cases
def test_a_need_costs_what_the_advice_without_it_saves(
    whole: Catalogue, needs: Needs, spend: str
) -> None:
    advice = recommend(whole, needs, every_month(spend))
    year = a_year(advice, advice.recommended)
    expected = []
    for rest in each_without(needs):
        afresh = recommend(whole, rest, every_month(spend))
        other = a_year(afresh, afresh.recommended)
        gap = Money(year.amount - other.amount, "CNY") if year and other else None
        expected.append((name(afresh.recommended), gap))
    found = need_costs(advice)
    assert [(name(each.without), each.annual) for each in found] == expected
    assert all(each.annual is None or each.annual.amount >= 0 for each in found)


def at(whole: Catalogue, needs: Needs, spend: str, time: Duration | None) -> Advice:
    """The advice afresh where the first response for "down" is needed within a time."""
    others = tuple(need for need in needs.response if need.severity != "down")
    wanted = () if time is None else (ResponseNeed("down", time),)
    return recommend(whole, differing(needs, response=(*wanted, *others)), every_month(spend))


@quick
@random_cases
def test_each_step_is_the_advice_at_its_time(whole: Catalogue, needs: Needs, spend: str) -> None:
    """At every target of the severity, calendar hours first; equal neighbours are one step.

    Then, where any is in business hours, at as many whole business hours as each: 1bh for 10m.
    """
    known = {
        str(each.target)
        for one in whole.plans
        for each in one.levels
        if each.severity in (None, "down")
    }
    if known & {"2bh", "24bh"}:
        in_hours = {"10m": "10bm", "1h": "1bh", "2h": "2bh"}
        known |= {in_hours[time] for time in known & set(in_hours)}
    in_order = [parse_duration(time) for time in ("10m", "1h", "2h", "10bm", "1bh", "2bh", "24bh")]
    times = [*(time for time in in_order if str(time) in known), None]
    afresh = [(time, at(whole, needs, spend, time)) for time in times]
    steps = [next(same) for _, same in groupby(afresh, lambda each: name(each[1].recommended))]
    assert [
        (found.within, name(found.entry), found.annual)
        for found in staircase(recommend(whole, needs, every_month(spend)), "down")
    ] == [(time, name(each.recommended), a_year(each, each.recommended)) for time, each in steps]


@pytest.mark.slow
@quick
@random_cases
def test_between_two_targets_nothing_changes(whole: Catalogue, needs: Needs, spend: str) -> None:
    """Each calendar hour up to 3h has the plan of the last step up to it; before the first none."""
    advice = recommend(whole, needs, every_month(spend))
    steps = [
        found for found in staircase(advice, "down") if found.within and not found.within.business
    ]
    for minutes in (5, 9, 10, 11, 59, 60, 61, 119, 120, 121, 180):
        reached = [step.entry for step in steps if step.within and step.within.minutes <= minutes]
        now = at(whole, needs, spend, Duration(minutes)).recommended
        assert name(now) == name(reached[-1] if reached else None)


@quick
@random_cases
def test_between_two_targets_in_business_hours_nothing_changes(
    whole: Catalogue, needs: Needs, spend: str
) -> None:
    """The same of business hours; only where any target is in them is there a step for them."""
    targets = [
        each.target for one in whole.plans for each in one.levels if each.severity in (None, "down")
    ]
    if not any(target.business for target in targets):
        return
    steps = staircase(recommend(whole, needs, every_month(spend)), "down")
    for hours in (1, 2, 3, 23, 24, 25):
        now = at(whole, needs, spend, Duration(hours * 60, business=True)).recommended
        reached = [
            found.entry
            for found in steps
            if found.within and (not found.within.business or found.within.minutes <= hours * 60)
        ]
        met = any(target.minutes <= hours * 60 for target in targets)
        assert name(now) == name(reached[-1] if met and reached else None)


@quick
@random_cases
def test_what_is_saved_is_saved_by_a_plan_that_lacks_something(
    whole: Catalogue, needs: Needs, spend: str
) -> None:
    advice = recommend(whole, needs, every_month(spend))
    year = a_year(advice, advice.recommended)
    found = savings(advice)
    for each in found:
        lacking = next(one for one in advice.plans if one.plan is each.entry.plan).unmet
        assert len(each.giving_up) == len(lacking) > 0
        other = a_year(advice, each.entry)
        assert other is not None
        assert amount(each.saved) == (f"{year.amount - other.amount:f}" if year else NONE)
        assert each.saved is None or each.saved.amount > 0
    priced = [one for one in advice.plans if one.plan.priced]
    if advice.reason is ReasonCode.NO_PLAN_FITS:
        assert bool(found) == bool(priced)
    assert [len(each.giving_up) for each in found] == sorted(len(e.giving_up) for e in found)


def test_no_plan_and_a_plan_by_spend_are_two_steps() -> None:
    """Within 10m only the unpriced plan answers; within 2h 10 % of spend or 9, by the spend."""
    whole = catalogue(
        plan("unpriced", 3, None, levels=[level("10m")]),
        plan("share", 1, share("10"), levels=[level("2h")]),
        plan("flat", 2, flat("9"), levels=[level("2h")]),
    )
    advice = recommend(whole, Needs(), every_month(None))
    assert [(step.within, step.depends) for step in staircase(advice, "down")] == [
        (parse_duration("10m"), False),
        (parse_duration("2h"), True),
    ]


def test_without_a_spend_no_difference_is_told_after_a_discount() -> None:
    """50 + 10 % against 60 + 10 %, 30 % off what is charged after: who costs less is not told."""
    whole = catalogue(
        plan("cheap", 1, share("10", "50"), prepaid=flat("50")),
        plan("dear", 2, share("10", "60"), levels=[level("10m")]),
    )
    agreed = PriceTerms(Discount(Fraction(3, 10), prepaid=False))
    advice = recommend(whole, wants("10m"), every_month(None), agreed=agreed)
    assert [saving.saved for saving in savings(advice)] == []
    assert [cost.annual for cost in need_costs(advice)] == [None]
