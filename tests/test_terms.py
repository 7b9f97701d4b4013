"""Conditions of a plan: what a plan says itself comes first; the days on which one is in force."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.conditions import (
    Basis,
    Clause,
    Conditions,
    PartMonth,
    Proration,
    ProrationUnit,
    Refund,
    Scope,
    Span,
    Spreading,
    TaxInAmounts,
    Validity,
    Value,
)
from supportcli.core.source import Cite
from tests.builders import CITE, day, text

quick = settings(deadline=None, max_examples=200)

POOLED = Clause(Scope.POOLED, text("all accounts together"), CITE)
OWN_SCOPE = Clause(Scope.PER_ACCOUNT, None, Cite("page", "7"))
LIST = Clause(Basis.LIST, None, CITE)
YEAR = Clause(Span(12, months=True), None, CITE)


@pytest.mark.parametrize(
    ("own", "general", "both"),
    [
        (Conditions(), Conditions(), Conditions()),
        (Conditions(), Conditions(scope=POOLED), Conditions(scope=POOLED)),
        (Conditions(scope=OWN_SCOPE), Conditions(), Conditions(scope=OWN_SCOPE)),
        (Conditions(scope=OWN_SCOPE), Conditions(scope=POOLED), Conditions(scope=OWN_SCOPE)),
        (
            Conditions(scope=OWN_SCOPE, minimum_term=YEAR),
            Conditions(scope=POOLED, basis=LIST),
            Conditions(scope=OWN_SCOPE, minimum_term=YEAR, basis=LIST),
        ),
    ],
)
def test_general_conditions_hold_where_the_plan_says_nothing(
    own: Conditions, general: Conditions, both: Conditions
) -> None:
    assert own.over(general) == both


def clauses(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Clause[Value] | None]:
    return st.none() | st.builds(Clause, values, st.none(), st.just(CITE))


every_terms = st.builds(
    Conditions,
    scope=clauses(st.sampled_from(Scope)),
    basis=clauses(st.sampled_from(Basis)),
    excludes=clauses(st.none()),
    counts=clauses(st.none()),
    minimum_term=clauses(st.builds(Span, st.integers(1, 24), st.booleans())),
    proration=clauses(
        st.builds(Proration, st.sampled_from(PartMonth), st.sampled_from(ProrationUnit), st.none())
    ),
    spreading=clauses(st.sampled_from(Spreading)),
    refund=clauses(st.sampled_from(Refund)),
    bought_for=clauses(st.builds(Span, st.integers(1, 24), st.just(True))),
    tax=clauses(st.sampled_from(TaxInAmounts)),
    shares=clauses(st.none()),
)


@pytest.mark.slow
@quick
@given(every_terms, every_terms, every_terms)
def test_conditions_over_others_in_any_grouping_are_the_same(
    a: Conditions, b: Conditions, c: Conditions
) -> None:
    assert a.over(b).over(c) == a.over(b.over(c))
    assert a.over(Conditions()) == Conditions().over(a) == a.over(a) == a


@quick
@given(every_terms, every_terms)
def test_each_condition_is_the_own_one_else_the_general_one(
    own: Conditions, general: Conditions
) -> None:
    for mine, theirs, both in zip(own, general, own.over(general), strict=True):
        assert both == (theirs if mine is None else mine)


def test_what_is_stated_is_named_in_the_order_of_the_conditions() -> None:
    assert list(Conditions().stated()) == []
    assert list(Conditions(minimum_term=YEAR, scope=POOLED).stated()) == [
        ("scope", POOLED),
        ("minimum_term", YEAR),
    ]


# The days on which a plan is in force; each row is the day before, the day itself, the day after

BEFORE, ON, AFTER = day("2026-02-28"), day("2026-03-01"), day("2026-03-02")


@pytest.mark.parametrize(
    ("validity", "holds", "closed", "ended"),
    [
        (Validity(), (True, True, True), (False, False, False), (False, False, False)),
        (
            Validity(valid_from=ON),
            (False, True, True),
            (False, False, False),
            (False, False, False),
        ),
        (
            Validity(closed_to_new=ON),
            (True, True, True),
            (False, True, True),
            (False, False, False),
        ),
        (
            Validity(valid_to=ON),
            (True, True, False),
            (False, False, False),
            (False, False, True),
        ),
        (
            Validity(valid_from=ON, valid_to=ON),
            (False, True, False),
            (False, False, False),
            (False, False, True),
        ),
        (
            Validity(closed_to_new=ON, valid_to=AFTER, successor="next"),
            (True, True, True),
            (False, True, True),
            (False, False, False),
        ),
    ],
)
def test_validity_before_on_and_after_the_day(
    validity: Validity, holds: tuple[bool, ...], closed: tuple[bool, ...], ended: tuple[bool, ...]
) -> None:
    days = (BEFORE, ON, AFTER)
    assert tuple(map(validity.holds_on, days)) == holds
    assert tuple(map(validity.closed_on, days)) == closed
    assert tuple(map(validity.ends_before, days)) == ended


some_days = st.dates(day("2025-12-25"), day("2026-01-05"))


@quick
@given(st.none() | some_days, st.none() | some_days, some_days)
def test_a_plan_is_in_force_on_the_days_of_its_range_and_no_others(
    first: datetime.date | None, last: datetime.date | None, asked: datetime.date
) -> None:
    validity = Validity(valid_from=first, valid_to=last)
    within = (first or datetime.date.min) <= asked <= (last or datetime.date.max)
    assert validity.holds_on(asked) == within
    if last is not None:
        assert validity.ends_before(asked) == (asked > last)
    assert not (validity.holds_on(asked) and validity.ends_before(asked))
