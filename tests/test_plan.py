"""A plan on a day and with its extras counted in; the catalogue of one day."""

import datetime
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.change import ChangeKind
from supportcli.advice.change_names import Names
from supportcli.advice.difference import differences
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Validity
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Fee, FeeRule, Plan
from supportcli.core.quantity import Extra, Quantity, QuantityUnit
from supportcli.core.schedule import GreaterOf, Line, Schedule, normalise
from supportcli.core.source import Cite
from tests.builders import (
    ONLY,
    apiece,
    catalogue,
    day,
    extra,
    flat,
    numbers,
    past,
    plan,
    share,
    text,
    with_past,
)

quick = settings(deadline=None, max_examples=150)


# The fee rule of a day


FIRST, SECOND = past("10", "2022-06-30"), past("20", "2024-12-31")
NOW = plan("gold", fee=flat("30"))


def amount_of(found: Plan) -> Fraction | None:
    return None if found.fees is None else found.fees[ONLY].total(Fraction(0))


@pytest.mark.parametrize("rules", [(FIRST, SECOND), (SECOND, FIRST)], ids=["in", "out of order"])
@pytest.mark.parametrize(
    ("asked", "amount"),
    [
        ("1999-01-01", 10),
        ("2022-06-29", 10),
        ("2022-06-30", 10),
        ("2022-07-01", 20),
        ("2024-12-31", 20),
        ("2025-01-01", 30),
        ("2999-01-01", 30),
    ],
)
def test_the_rule_of_a_day_is_the_first_that_had_not_ended(
    rules: tuple[FeeRule, ...], asked: str, amount: int
) -> None:
    assert amount_of(with_past(NOW, *rules).on(day(asked))) == amount


def test_a_past_rule_brings_its_own_words_and_source_and_nothing_else_changes() -> None:
    now = with_past(NOW._replace(validity=Validity(successor="platinum")), FIRST)
    old = now.on(day("2022-01-01"))
    assert old.published == FIRST.published
    assert old.fee_text == text("10 a month")
    assert old.cite == Cite("page", "2022-06-30")
    same = old._replace(
        published=now.published, fees=now.fees, fee_text=now.fee_text, cite=now.cite
    )
    assert same == now


def test_a_past_price_may_be_unknown() -> None:
    old = with_past(NOW, past(None, "2022-06-30")).on(day("2022-06-30"))
    assert old.fees is None
    assert not old.priced


def test_without_past_rules_the_fee_is_that_of_every_day() -> None:
    assert NOW.on(day("1999-01-01")) is NOW


def test_a_day_without_a_rule_has_the_fee_as_it_stands() -> None:
    ended = NOW._replace(history=(FIRST,))
    assert ended.on(day("2022-07-01")) is ended


@pytest.mark.parametrize(
    ("first", "second", "amount"),
    [
        ("2022-01-01", "2026-01-01", 30),
        ("2026-01-01", "2022-01-01", 10),
        ("2022-01-01", "2023-01-01", 20),
    ],
)
def test_from_one_day_the_rule_of_another_can_be_found(
    first: str, second: str, amount: int
) -> None:
    dated = with_past(NOW, FIRST, SECOND)
    assert amount_of(dated.on(day(first)).on(day(second))) == amount


@pytest.mark.parametrize(("asked", "amount"), [(None, 30), ("2022-06-30", 10), ("2022-07-01", 20)])
def test_a_frozen_plan_has_one_fee_for_ever(asked: str | None, amount: int) -> None:
    frozen = with_past(NOW, FIRST, SECOND).frozen_on(None if asked is None else day(asked))
    for later in ("1999-01-01", "2023-01-01", "2999-01-01"):
        assert amount_of(frozen.on(day(later))) == amount


def test_another_day_has_its_extras_counted_afresh() -> None:
    seated = with_past(NOW._replace(extras=(SEATS,)), FIRST).with_quantities(numbers(seats="2"))
    old = seated.on(day("2022-06-30"))
    assert amount_of(old) == 10
    assert not old.counted
    assert amount_of(old.with_quantities(numbers(seats="3"))) == 310
    assert amount_of(old.on(day("2022-07-01")).with_quantities(numbers(seats="2"))) == 230


days = st.dates(day("2020-01-01"), day("2020-02-29"))


@quick
@given(st.lists(days, unique=True, max_size=6), days)
def test_rule_by_walking_through_the_days(ends: list[datetime.date], asked: datetime.date) -> None:
    rules = {end: past(str(index), end.isoformat()) for index, end in enumerate(ends)}
    expected = amount_of(NOW)
    walked = asked
    while walked <= day("2020-02-29"):
        if walked in rules:
            expected = Fraction(ends.index(walked))
            break
        walked += datetime.timedelta(days=1)
    assert amount_of(with_past(NOW, *rules.values()).on(asked)) == expected


# Extras counted in

SEATS = extra("seats", apiece("100"), "seats")
HELD = extra("held", apiece("10"), "seats", prepaid=True)
VISIT = extra("visit", flat("600"), yearly=True)
SETUP = extra("setup", flat("40"), yearly=True, prepaid=True)
COVER = extra("cover", GreaterOf(flat("7000"), share("2")), "covered", optional=True)


def fee_of(found: Plan) -> Fee:
    assert found.fees is not None
    return found.fees[ONLY]


@pytest.mark.parametrize(
    ("extras", "known", "expected"),
    [
        # 1,000 + 10% of spend, 1,000 of it prepaid; what is added to total, prepaid and per year
        ([], {}, (0, 0, 0, 0)),
        ([SEATS], {"seats": "25"}, (2500, 0, 0, 0)),
        ([HELD], {"seats": "25"}, (250, 250, 0, 0)),
        ([VISIT], {}, (0, 0, 600, 0)),
        ([SETUP], {}, (0, 0, 40, 40)),
        ([SEATS, HELD, VISIT, SETUP], {"seats": "2"}, (220, 20, 640, 40)),
        ([COVER], {}, (0, 0, 0, 0)),
        ([COVER], {"covered": "500000"}, (10000, 0, 0, 0)),
        ([SEATS], {"seats": "1", "covered": "500000"}, (100, 0, 0, 0)),
    ],
)
def test_extras_are_added_to_the_part_they_belong_to(
    extras: list[Extra], known: dict[str, str], expected: tuple[int, int, int, int]
) -> None:
    priced = plan("gold", fee=share("10", "1000"), prepaid=flat("1000"), extras=extras)
    monthly, first, yearly, yearly_first = map(Fraction, expected)
    assert fee_of(priced.with_quantities(numbers(**known))) == Fee(
        PiecewiseLinear.line(1000 + monthly, Fraction(1, 10)),
        PiecewiseLinear.line(1000 + first),
        yearly,
        yearly_first,
    )


def test_every_extra_that_is_due_is_counted_with_its_number_and_amount() -> None:
    priced = plan("gold", fee=flat("1"), extras=[VISIT, SEATS, COVER])
    found = priced.with_quantities(numbers(seats="3"))
    parts = [(part.extra.id, str(part.number), str(part.amount)) for part in found.counted]
    assert parts == [("visit", "0", "600"), ("seats", "3", "300")]
    assert found.extras == priced.extras


def test_every_reading_has_the_extras() -> None:
    priced = plan("gold", fee={ONLY: flat("1"), "other": share("10")}, extras=[SEATS])
    fees = priced.with_quantities(numbers(seats="1")).fees
    assert fees is not None
    assert {name: fee.total(Fraction(50)) for name, fee in fees.items()} == {
        ONLY: 101,
        "other": 105,
    }


def test_where_nobody_says_what_is_prepaid_an_extra_does_not_tell_either() -> None:
    priced = plan("gold", fee=flat("1"), prepaid=None, extras=[HELD, SETUP])
    fee = fee_of(priced.with_quantities(numbers(seats="1")))
    assert fee.prepaid is None
    assert fee.postpaid is None
    assert fee.total == PiecewiseLinear.line(Fraction(11))


CALLS = extra("calls", apiece("5"), "calls")


@pytest.mark.parametrize(
    ("extras", "known", "lacking"),
    [
        ([SEATS], {}, ("seats",)),
        ([SEATS], {"calls": "1"}, ("seats",)),
        ([SEATS], {"seats": "0"}, ()),
        ([SEATS, HELD], {}, ("seats",)),  # one number is enough for both
        ([SEATS, CALLS], {}, ("seats", "calls")),
        ([CALLS, SEATS], {}, ("calls", "seats")),
        ([SEATS, CALLS], {"seats": "1"}, ("calls",)),
        ([COVER, VISIT], {}, ()),
        ([COVER, SEATS], {"covered": "1"}, ("seats",)),
    ],
)
def test_a_number_that_is_not_knownis_lacking_unless_the_extra_is_optional(
    extras: list[Extra], known: dict[str, str], lacking: tuple[str, ...]
) -> None:
    found = plan("gold", fee=flat("1"), extras=extras).with_quantities(numbers(**known))
    assert found.lacking == lacking
    assert found.priced is not bool(lacking)
    assert bool(found.counted) is not bool(lacking)


def test_a_plan_without_a_price_gets_none_by_its_extras() -> None:
    found = plan("gold", extras=[SEATS]).with_quantities(numbers(seats="1"))
    assert found.fees is None
    assert not found.priced
    assert found.counted == ()


def test_a_plan_without_extras_is_the_same_plan() -> None:
    bare = plan("gold", fee=flat("1"))
    assert bare.with_quantities(numbers(seats="25")) is bare


quantity_sets: st.SearchStrategy[Mapping[str, Fraction]] = st.dictionaries(
    st.sampled_from(["seats", "covered", "calls"]), st.integers(0, 10**6).map(Fraction)
)
extra_lists = st.lists(
    st.sampled_from([SEATS, HELD, VISIT, SETUP, COVER, CALLS]),
    unique_by=lambda one: one.id,
    max_size=6,
)


@quick
@given(extra_lists, quantity_sets, quantity_sets, st.sampled_from([None, Line(), flat("10")]))
def test_counting_a_second_time_changes_nothing(
    extras: list[Extra],
    known: Mapping[str, Fraction],
    others: Mapping[str, Fraction],
    prepaid: Line | None,
) -> None:
    priced = plan("gold", fee=share("10", "10"), prepaid=prepaid, extras=extras)
    once = priced.with_quantities(known)
    assert once.with_quantities(known) == once
    if once.counted or once.lacking:
        assert once.with_quantities(others) is once


@quick
@given(extra_lists, quantity_sets)
def test_a_price_is_expectedonly_with_every_number_it_hangs_on(
    extras: list[Extra], known: Mapping[str, Fraction]
) -> None:
    needed = {one.quantity for one in extras if one.quantity and not one.optional}
    found = plan("gold", fee=flat("1"), extras=extras).with_quantities(known)
    assert found.priced == (needed <= known.keys())
    assert set(found.lacking) == needed - known.keys()


@pytest.mark.parametrize(
    ("total", "prepaid", "postpaid"),
    [
        (share("10", "1000"), flat("1000"), share("10")),
        (flat("5"), flat("5"), Line()),
        (flat("5"), Line(), flat("5")),
        (flat("5"), None, None),
    ],
)
def test_postpaid_is_the_rest_where_the_prepaid_part_is_known(
    total: Line, prepaid: Line | None, postpaid: Line | None
) -> None:
    fee = Fee(normalise(total), None if prepaid is None else normalise(prepaid))
    assert fee.postpaid == (None if postpaid is None else normalise(postpaid))


@pytest.mark.parametrize(("yearly", "per_month"), [("0", "50"), ("600", "100"), ("2500", "775/3")])
def test_per_month_holds_a_twelfth_of_what_is_charged_yearly(yearly: str, per_month: str) -> None:
    """50 + 2,500 / 12 = 258.33..., which is 775 thirds."""
    fee = Fee(normalise(share("10", "50")), None, Fraction(yearly))
    assert fee.per_month == PiecewiseLinear.line(Fraction(per_month), Fraction(1, 10))


# The catalogue of a day

MARCH = day("2026-03-01")
EVENTS = catalogue(
    plan("early", 1, flat("1"), validity=Validity(valid_to=day("2026-02-28"))),
    with_past(plan("always", 2, flat("2")), past("9", "2026-02-28")),
    plan("late", 3, flat("3"), extras=[SEATS], validity=Validity(valid_from=MARCH)),
)


def told(found: Catalogue) -> dict[str, Fraction | None]:
    return {one.id: amount_of(one) for one in found.plans}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2026-02-28", {"early": 1, "always": 9}),
        ("2026-03-01", {"always": 2, "late": 3}),
    ],
)
def test_in_force_are_the_plans_of_the_day_each_with_its_fee(
    asked: str, expected: dict[str, int]
) -> None:
    found = EVENTS.in_force(day(asked))
    assert told(found) == expected
    assert {each.id for each in (*found.plans, *found.left_out)} == {p.id for p in EVENTS.plans}
    assert found._replace(plans=EVENTS.plans, left_out=()) == EVENTS
    assert found.in_force(day(asked)) == found


def test_no_plan_may_be_in_force() -> None:
    only = catalogue(plan("gold", fee=flat("1"), validity=Validity(valid_from=MARCH)))
    assert only.in_force(day("2026-02-28")).plans == ()


def test_the_next_known_change_is_a_begin_an_end_or_another_fee() -> None:
    last = day("9999-12-31")
    whole = catalogue(
        plan("a", fee=flat("1"), validity=Validity(MARCH, None, day("2026-06-30"))),
        plan("b", 2, fee=flat("2"), validity=Validity(valid_to=last)),
    )
    asked = ("2026-02-28", "2026-03-01", "2026-06-30", "2026-07-01")
    found = [whole.next_change(day(each)) for each in asked]
    assert found == [MARCH, day("2026-07-01"), day("2026-07-01"), None]


def test_lasting_fees_never_change() -> None:
    lasting = EVENTS.in_force(day("2026-02-28")).lasting()
    assert told(lasting.in_force(day("2999-12-31"))) == {"early": 1, "always": 9}


def test_lasting_plans_never_end_and_stay_closed() -> None:
    closed = Validity(day("2020-01-01"), MARCH, day("2026-12-31"), "next")
    lasting = catalogue(plan("gold", fee=flat("1"), validity=closed), NOW).lasting()
    assert lasting.plan("gold").validity == Validity(day("2020-01-01"), MARCH, None, "next")


def test_quantities_are_counted_in_every_plan() -> None:
    assert told(EVENTS.with_quantities(numbers(seats="2"))) == {
        "early": 1,
        "always": 2,
        "late": 203,
    }
    assert EVENTS.with_quantities({}).plan("late").lacking == ("seats",)


def test_a_quantity_is_found_by_its_id() -> None:
    seats = Quantity("seats", text("seats"), QuantityUnit.COUNT)
    found = EVENTS._replace(quantities=(seats,))
    assert found.quantity("seats") is seats
    with pytest.raises(KeyError, match="hours"):
        found.quantity("hours")


# Against another catalogue's plan of the same id


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # a flat 30 and max(30, 10%) part at 300
        (flat("30"), GreaterOf(flat("30"), share("10")), ["fee from 300"]),
        (flat("30"), flat("31"), ["fee from 0"]),
        # where one has no price there is no spend from which the two part
        (None, flat("30"), ["fee from None", "prepaid from None"]),
        (flat("30"), None, ["fee from None", "prepaid from None"]),
        (flat("30"), flat("30"), []),
    ],
)
def test_two_fees_differ_from_the_spend_on_at_which_they_part(
    old: Schedule | None, new: Schedule | None, expected: list[str]
) -> None:
    found = differences(catalogue(plan("gold", fee=old)), catalogue(plan("gold", fee=new)))
    assert [f"{change.kind.value} from {change.since}" for change in found] == expected


def test_another_past_is_a_difference() -> None:
    two = catalogue(NOW), catalogue(with_past(NOW, FIRST))
    assert {(change.plan, change.kind) for change in differences(*two)} == {
        ("gold", ChangeKind.FEE)
    }


def test_what_neither_catalogue_defines_keeps_its_id() -> None:
    both = catalogue(plan("kept"))
    assert Names(both, both).of("plans", "kept") == text("Kept")
    assert Names(both, both).of("plans", "nobody") == "nobody"
