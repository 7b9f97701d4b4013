"""Plans that another one beats: by hand, and against wishes that a plan grants or does not."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.dominance import Dominated, dominated, gives_no_more
from supportcli.core.catalogue import Catalogue, ContentItem
from supportcli.core.duration import Duration
from supportcli.core.plan import Limit, Plan, ServiceLevel, Tam, Unstated
from supportcli.core.schedule import Bracket, GreaterOf, Schedule, Volume
from tests.builders import (
    CITE,
    LEVEL_CITE,
    ONLY,
    catalogue,
    flat,
    level,
    limit,
    plan,
    schedules,
    share,
    text,
)
from tests.pairwise import dominated_by_pairs
from tests.test_breakeven import possible_thresholds, total

quick = settings(deadline=None, max_examples=150)

ZERO = Fraction(0)
FREE = flat("0")
ALL = {"ticket": True, "group": True, "phone": True}
TEN, THIRTY = limit("urgent", 10, "10 a month"), limit("urgent", 30, "30 a month")
AS_BOUGHT = limit("urgent", None, "as bought")


def described(*plans: Plan, rows: Mapping[str, Mapping[str, str]]) -> Catalogue:
    """A catalogue whose service table has these rows: words by plan."""
    content = tuple(
        ContentItem(name, text(name), {each: text(says) for each, says in by_plan.items()}, CITE)
        for name, by_plan in rows.items()
    )
    return catalogue(*plans)._replace(content=content)


def found(*plans: Plan, rivals: tuple[Plan, ...] | None = None) -> tuple[Dominated, ...]:
    fees = {each.id: each.fees[ONLY].total for each in plans if each.fees}
    return dominated(catalogue(*plans), plans, plans if rivals is None else rivals, fees)


def told(*plans: Plan) -> list[tuple[str, str, Fraction, Fraction | None]]:
    return [(each.plan.id, each.by.id, each.start, each.end) for each in found(*plans)]


# What it is to give no more


def no_more(
    lesser: Plan, better: Plan, rows: Mapping[str, Mapping[str, str]] | None = None
) -> bool:
    return gives_no_more(described(lesser, better, rows=rows or {}), lesser, better)


def low(*levels: ServiceLevel, channels: Mapping[str, bool] = ALL, tam: Tam = Tam.NONE) -> Plan:
    return plan("low", 1, FREE, levels=levels, channels=channels, tam=tam)


def high(*levels: ServiceLevel, channels: Mapping[str, bool] = ALL, tam: Tam = Tam.NONE) -> Plan:
    return plan("high", 2, FREE, levels=levels, channels=channels, tam=tam)


@pytest.mark.parametrize(
    ("mine", "its", "expected"),
    [
        pytest.param([], [], True, id="no targets"),
        pytest.param([], [level("1h")], True, id="no target is no more than one"),
        pytest.param([level("1h")], [], False, id="a target is more than none"),
        pytest.param([level("1h")], [level("1h")], True, id="alike"),
        pytest.param([level("1h")], [level("10m")], True, id="faster"),
        pytest.param([level("10m")], [level("1h")], False, id="slower"),
        pytest.param([level("1h")], [level("1h", "group")], False, id="by another channel"),
        pytest.param([level("1bh")], [level("1h")], True, id="around the clock"),
        pytest.param([level("8h")], [level("1bh")], False, id="in business hours"),
        pytest.param(
            [level("1h")], [level("1h", severity="down")], False, id="for one of two severities"
        ),
        pytest.param(
            [level("1h")],
            [level("1h", severity="down"), level("1h", severity="question")],
            True,
            id="for each severity",
        ),
        pytest.param([level("1h", severity="down")], [level("1h")], True, id="for every severity"),
        pytest.param(
            [level("1h", severity="down")],
            [level("1h", severity="question")],
            False,
            id="for another severity",
        ),
        pytest.param([level("1h")], [level("1h", limit="urgent")], False, id="within a limit"),
        pytest.param([level("1h", limit="urgent")], [level("1h")], True, id="without the limit"),
        pytest.param(
            [level("1h", limit="urgent")], [level("1h", limit="urgent")], True, id="both limited"
        ),
        pytest.param(
            [level("2h"), level("10m", limit="urgent")],
            [level("1h")],
            False,
            id="faster in a limit",
        ),
    ],
)
def test_every_target_must_be_had_with_the_other(
    mine: list[ServiceLevel], its: list[ServiceLevel], expected: bool
) -> None:
    assert no_more(low(*mine), high(*its)) is expected


@pytest.mark.parametrize(
    ("mine", "its", "expected"),
    [
        (ALL, ALL, True),
        (ALL, {**ALL, "phone": False}, False),
        (ALL, {"ticket": True, "group": True}, False),  # nobody says that it has the phone
        ({**ALL, "group": False}, {"ticket": True, "phone": True}, True),
        ({"ticket": True, "group": True}, ALL, True),
        ({"ticket": True, "phone": True}, ALL, False),  # whether the group has a target is open
    ],
)
def test_every_channel_must_be_had_with_the_other(
    mine: dict[str, bool], its: dict[str, bool], expected: bool
) -> None:
    assert no_more(low(channels=mine), high(channels=its)) is expected


@pytest.mark.parametrize("severity", ["down", None])
def test_a_target_left_open_may_be_any(severity: str | None) -> None:
    lesser = low()._replace(unstated=(Unstated("ticket", severity, LEVEL_CITE),))
    assert not no_more(lesser, high(level("1h")))
    assert no_more(low(), high()._replace(unstated=lesser.unstated))


@pytest.mark.parametrize(
    ("mine", "its"),
    [
        (Tam.NONE, "none add_on pool named dedicated unknown"),
        (Tam.ADD_ON, "add_on pool named dedicated"),
        (Tam.POOL, "pool named dedicated"),
        (Tam.NAMED, "named dedicated"),
        (Tam.DEDICATED, "dedicated"),
        (Tam.UNKNOWN, "dedicated"),
    ],
)
def test_a_tam_is_ranked_and_one_that_is_not_stated_may_be_any(mine: Tam, its: str) -> None:
    enough = {other for other in Tam if no_more(low(tam=mine), high(tam=other))}
    assert enough == {Tam(name) for name in its.split()}


@pytest.mark.parametrize(
    ("mine", "its", "expected"),
    [
        (None, None, True),
        (TEN, None, True),
        (None, TEN, False),
        (TEN, TEN, True),
        (TEN, THIRTY, True),
        (THIRTY, TEN, False),
        (AS_BOUGHT, AS_BOUGHT, True),
        (AS_BOUGHT, THIRTY, False),
        (TEN, AS_BOUGHT, False),
        (limit("tickets", 1, "1 ticket"), THIRTY, False),  # of another kind
    ],
)
def test_every_limit_must_be_as_tight(
    mine: Limit | None, its: Limit | None, expected: bool
) -> None:
    lesser, better = (
        one._replace(limits=(bound,) if bound else ())
        for one, bound in ((low(), mine), (high(), its))
    )
    assert no_more(lesser, better) is expected


@pytest.mark.parametrize(
    ("row", "upwards", "downwards"),
    [
        ({}, True, True),
        ({"low": "a", "high": "a"}, True, True),
        ({"low": "a", "high": "b"}, True, False),  # the higher tier is taken to have more
        ({"high": "b"}, True, False),
        ({"low": "a"}, False, True),
    ],
)
def test_described_service_counts_by_the_tier(
    row: dict[str, str], upwards: bool, downwards: bool
) -> None:
    rows = {"same": {"low": "x", "high": "x"}, "row": row}
    assert no_more(low(), high(), rows) is upwards
    assert no_more(high(), low(), rows) is downwards
    level_with = high()._replace(tier=1)
    assert no_more(low(), level_with, rows) is (
        upwards and row.get("low") in (None, row.get("high"))
    )


# Where a plan is beaten


def better(plan_id: str, tier: int, fee: Schedule) -> Plan:
    """Two such plans give the same; against `worse` they give more."""
    return plan(plan_id, tier, fee, tam=Tam.DEDICATED)


def worse(plan_id: str, tier: int, fee: Schedule) -> Plan:
    return plan(plan_id, tier, fee)


VOLUME = Volume((Bracket(Fraction(100), Fraction("0.1")), Bracket(None, Fraction("0.05"))))


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        pytest.param([worse("w", 1, flat("5"))], [], id="a plan is not its own rival"),
        pytest.param([worse("w", 1, flat("5")), better("b", 2, flat("6"))], [], id="dearer"),
        pytest.param(
            [worse("w", 1, flat("5")), better("b", 2, flat("5"))],
            [("w", "b", ZERO, None)],
            id="the same price with more",
        ),
        pytest.param(
            [worse("w", 1, flat("5")), worse("v", 2, flat("5"))], [], id="the same in everything"
        ),
        pytest.param(
            [worse("w", 1, flat("5")), worse("v", 2, flat("4"))],
            [("w", "v", ZERO, None)],
            id="the same for less",
        ),
        pytest.param(  # 10 % of 50 is 5, where the two cost the same
            [worse("w", 1, share("10")), worse("v", 2, flat("5"))],
            [("w", "v", Fraction(50), None), ("v", "w", ZERO, Fraction(50))],
            id="each on its side",
        ),
        pytest.param(
            [worse("w", 1, share("10")), better("b", 2, GreaterOf(flat("5"), share("10")))],
            [("w", "b", Fraction(50), None)],
            id="no more from where both cost 10 %",
        ),
        pytest.param(
            [worse("w", 1, share("10")), worse("v", 2, GreaterOf(flat("5"), share("10")))],
            [("v", "w", ZERO, Fraction(50))],
            id="the same service is better only where it costs less",
        ),
        pytest.param(  # 10 % reaches 7 at 70; from 100 on 5 % is less, until 140
            [worse("w", 1, VOLUME), better("b", 2, flat("7"))],
            [("w", "b", Fraction(70), Fraction(100)), ("w", "b", Fraction(140), None)],
            id="in two ranges",
        ),
        pytest.param(  # 10 % is below 5 to 50; from there on the flat 5 costs least of all
            [worse("w", 1, flat("6")), better("b", 2, share("10")), better("c", 3, flat("5"))],
            [
                ("w", "b", ZERO, Fraction(50)),
                ("w", "c", Fraction(50), None),
                ("b", "c", Fraction(50), None),
                ("c", "b", ZERO, Fraction(50)),
            ],
            id="one range has one winner, the cheapest",
        ),
        pytest.param(
            [worse("w", 1, flat("6")), better("b", 2, flat("5")), better("c", 3, flat("5"))],
            [("w", "c", ZERO, None)],
            id="of two that cost the same the higher tier",
        ),
        pytest.param(
            [worse("w", 1, share("10")), better("b", 2, FREE)],
            [("w", "b", ZERO, None)],
            id="both cost nothing at 0",
        ),
    ],
)
def test_a_plan_is_beaten_by_one_that_costs_no_more_and_gives_no_less(
    plans: list[Plan], expected: list[tuple[str, str, Fraction, Fraction | None]]
) -> None:
    assert told(*plans) == expected


def test_only_a_rival_can_beat() -> None:
    beaten, other = worse("w", 1, flat("5")), better("b", 2, flat("4"))
    assert found(beaten, other, rivals=()) == ()
    assert found(beaten, other, rivals=(beaten,)) == ()
    assert len(found(beaten, other, rivals=(other,))) == 1


@pytest.mark.parametrize("side", ["the beaten", "the winner"])
@pytest.mark.parametrize(
    ("assumed_level", "assumed_tam", "contested", "expected"),
    [
        (False, False, False, False),
        (True, False, False, True),
        (False, True, False, True),
        (False, False, True, True),
    ],
)
def test_it_is_assumed_where_a_fact_of_either_is_in_doubt(
    side: str, assumed_level: bool, assumed_tam: bool, contested: bool, expected: bool
) -> None:
    sure = [worse("w", 1, flat("5")), better("b", 2, flat("4"))]
    sure = [each._replace(levels=(level("2h"), level("1h"))) for each in sure]
    index = 0 if side == "the beaten" else 1
    one = sure[index]
    sure[index] = one._replace(
        levels=(level("2h"), level("1h")._replace(assumed=assumed_level)),
        tam=one.tam._replace(assumed=assumed_tam, contested=contested),
    )
    (only,) = found(*sure)
    assert only.assumed is expected


# Every spend that matters, and every wish

CASES = ("down", "question")  # the gravest first
MINUTES = (10, 60, 120)
TIMES = [Duration(m, b) for m in MINUTES for b in (False, True)]
LEVELS = st.builds(
    ServiceLevel,
    channel=st.sampled_from(["ticket", "group"]),
    severity=st.sampled_from([None, *CASES]),
    target=st.sampled_from(TIMES),
    hours=st.sampled_from([None, None, text("24x7"), text("Mon-Fri")]),
    engineers=st.none(),
    limit=st.sampled_from([None, None, "urgent"]),
    note=st.none(),
    cite=st.just(LEVEL_CITE),
)
STATED = st.fixed_dictionaries({"ticket": st.booleans(), "group": st.booleans()})
CHANNELS = st.just(ALL) | STATED | st.just({"ticket": True, "phone": True})
HOURS = (None, text("24x7"), text("Mon-Fri"))
OPEN = st.sampled_from([(), *((Unstated("ticket", None, LEVEL_CITE, each),) for each in HOURS)])
"""Of an open target nobody knows whether it is had, whatever its hours."""
WORDS = st.sampled_from([None, None, "a", "b"])


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Plans that have most of their service in common, so that many give no more than others."""
    fees = draw(st.lists(schedules, min_size=2, max_size=4))
    aspects: tuple[st.SearchStrategy[object], ...] = (
        st.lists(LEVELS, max_size=3).map(tuple),
        CHANNELS,
        st.sampled_from(Tam),
        st.sampled_from([(), (), (TEN,), (THIRTY,), (AS_BOUGHT,)]),
        st.sampled_from([(), (), ()]) | OPEN,
        WORDS,
    )
    common = [draw(aspect) for aspect in aspects]
    rows: dict[str, str] = {}
    plans = []
    for tier, fee in enumerate(fees):
        levels, channels, tam, limits, unstated, words = (
            draw(aspect) if draw(st.integers(0, 3)) == 0 else shared
            for aspect, shared in zip(aspects, common, strict=True)
        )
        one = plan(f"plan-{tier}", tier, fee, tam=tam, levels=levels)  # type: ignore[arg-type]
        service = {"channels": channels, "limits": limits, "unstated": unstated}
        plans.append(one._replace(**service))  # type: ignore[arg-type]
        if words is not None:
            rows[one.id] = str(words)
    return described(*plans, rows={"row": rows})


def grants(one: Plan, channel: str, severity: str, time: Duration, unlimited: bool) -> bool:
    """Whether a wish comes true: an answer by that channel in time, as often as one likes or not.

    A wish in business hours is met around the clock too; one around the clock not in business
    hours only.
    """
    return any(
        of.channel == channel
        and (of.severity is None or of.severity == severity)
        and of.target.minutes <= time.minutes
        and (not of.target.business or time.business)
        and not (unlimited and of.limit)
        for of in one.levels
    )


WISHES = [
    (channel, severity, time, unlimited)
    for channel in ("ticket", "group")
    for severity in CASES
    for time in TIMES
    for unlimited in (True, False)
]
ORDER = [Tam.NONE, Tam.ADD_ON, Tam.POOL, Tam.NAMED, Tam.DEDICATED]
AS_TIGHT = [
    *((mine, ()) for mine in [(), (TEN,), (THIRTY,), (AS_BOUGHT,)]),
    ((TEN,), (TEN,)),
    ((TEN,), (THIRTY,)),
    ((THIRTY,), (THIRTY,)),
    ((AS_BOUGHT,), (AS_BOUGHT,)),
]


def at_night(one: Plan) -> int:
    """Whether the gravest case with a target is answered at night: 0 no, 1 not recorded, 2 yes."""
    of_case = [[of for of in one.levels if of.severity in (None, case)] for case in CASES]
    return max((night_of(of) for of in next(filter(None, of_case), ())), default=0)


def night_of(target: ServiceLevel) -> int:
    if target.target.business:
        return 0
    return 1 if target.hours is None else 2 * (target.hours == text("24x7"))


def naively_no_more(whole: Catalogue, one: Plan, other: Plan) -> bool:
    """Whatever is wished for and whatever the truth of what is not recorded: the other one does."""
    possible = [ORDER if p.tam.kind is Tam.UNKNOWN else [p.tam.kind] for p in (one, other)]
    best, least = (ORDER.index(possible[0][-1]), ORDER.index(possible[1][0]))
    mine, its = (whole.content[0].by_plan.get(p.id) for p in (one, other))
    return (
        not one.unstated
        and {"ticket", "group"} <= set(one.channels)
        and all(grants(other, *wish) for wish in WISHES if grants(one, *wish))
        and all(other.channels.get(c, False) for c in ALL if one.channels.get(c, False))
        and best <= least
        and at_night(one) <= at_night(other)
        and (one.limits, other.limits) in AS_TIGHT
        and (mine is None or mine == its or (its is not None and other.tier > one.tier))
    )


@pytest.mark.slow
@quick
@given(catalogues())
def test_gives_no_more_agrees_with_every_wish(whole: Catalogue) -> None:
    for one in whole.plans:
        for other in whole.plans:
            assert gives_no_more(whole, one, other) is naively_no_more(whole, one, other)


@pytest.mark.slow
@quick
@given(catalogues(), st.data())
def test_what_is_beaten_is_that_of_all_pairs(whole: Catalogue, data: st.DataObject) -> None:
    """With plans that give the same as others at another price, and rivals that are not sold."""
    twins = [
        each._replace(id=f"{each.id}-too", tier=each.tier + 100, fees=other.fees)
        for each, other in zip(whole.plans[::2], whole.plans[1::2], strict=False)
    ]
    plans = [*whole.plans, *twins]
    rivals = data.draw(st.lists(st.sampled_from(plans), unique_by=id))
    fees = {each.id: each.fees[ONLY].total for each in plans if each.fees}
    for offered in (plans, rivals):
        by_pairs = dominated_by_pairs(whole, plans, offered, fees)
        assert dominated(whole, plans, offered, fees) == by_pairs


def naive_winner(whole: Catalogue, one: Plan, spend: Fraction) -> Plan | None:
    """The cheapest rival that gives no less and costs less, or the same with more."""
    fee = total(one, spend)
    rivals = [
        (total(other, spend), -other.tier, other)
        for other in whole.plans
        if other.id != one.id
        and naively_no_more(whole, one, other)
        and (
            total(other, spend) < fee
            or (total(other, spend) == fee and not naively_no_more(whole, other, one))
        )
    ]
    return min(rivals, key=lambda rival: rival[:2])[2] if rivals else None


@pytest.mark.slow
@quick
@given(catalogues())
def test_the_winner_of_every_stretch_is_told(whole: Catalogue) -> None:
    """Between two spends where a line begins or meets another, two fees keep their order.

    So the spend amid them stands for all between. Where a stretch begins the winner costs no more,
    and where there is none no rival costs less.
    """
    plans = list(whole.plans)
    fees = {each.id: each.fees[ONLY].total for each in plans if each.fees}
    results = dominated(whole, plans, plans, fees)
    starts = sorted({ZERO, *possible_thresholds(plans)})
    for one in plans:
        mine = [each for each in results if each.plan is one]
        assert {each.start for each in mine} | {each.end for each in mine} <= {*starts, None}
        for first, second in pairwise(mine):
            assert first.end is not None
            assert first.end < second.start or (first.end == second.start and first.by != second.by)
        for start, end in pairwise([*starts, starts[-1] + 1]):
            here = [e.by for e in mine if e.start <= start and (e.end is None or start < e.end)]
            winner = naive_winner(whole, one, (start + end) / 2)
            assert here == ([] if winner is None else [winner])
            if winner is not None:
                assert total(winner, start) <= total(one, start)
            else:
                rivals = [r for r in plans if r is not one and naively_no_more(whole, one, r)]
                assert all(total(rival, start) >= total(one, start) for rival in rivals)
