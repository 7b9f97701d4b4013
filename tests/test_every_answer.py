"""Every answer to every shipped catalogue: the cheapest plan that fits, or none where none does.

The naive check shares no code with the advice: fees come from the second reading of the YAML,
targets are compared one by one, and the cheapest is looked for among all plans.
"""

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, product
from math import ceil, prod
from pathlib import Path
from typing import NamedTuple

import pytest

from supportcli.advice.recommendation import PlanAdvice, ReasonCode, choice, recommend
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue
from supportcli.core.duration import Duration
from supportcli.core.period import Month
from supportcli.core.plan import TICKETS, Plan, Tam
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed
from tests.builders import START
from tests.pairwise import points_of
from tests.second_reader import CENT, Rule, cents_at, rules_of

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "plans.yaml", *sorted((ROOT / "supportcli" / "catalogues").glob("*.yaml"))]
MOST = 4_000  # combinations of answers up to which all are tried
LARGE = Decimal("999999999.99")
SAMPLE = 400

RULES: dict[tuple[str, str, str], Rule] = {
    (rule.catalogue, rule.plan, rule.reading): rule
    for file in FILES
    for rule in rules_of(file)
    if rule.until is None
}


class Answer(NamedTuple):
    """One answer to each question; `times` has one for each severity of the catalogue."""

    times: tuple[Duration | None, ...]
    tam: bool | None = None
    tickets: int | None = None
    unusable: frozenset[str] = frozenset()


@cache
def shelf(name: str) -> Catalogue:
    return load_catalogue(name)


@cache
def times(name: str) -> list[list[Duration | None]]:
    """For each severity no need, and each target that any plan has for it."""
    whole = shelf(name)
    found: list[list[Duration | None]] = []
    for severity in whole.severities:
        levels = chain.from_iterable(plan.levels for plan in whole.plans)
        targets = {level.target for level in levels if level.severity in (None, severity.id)}
        found.append([None, *sorted(targets, key=lambda each: (each.business, each.minutes))])
    return found


@cache
def others(name: str) -> list[tuple[bool | None, int | None, frozenset[str]]]:
    """The answers beside the response times: each TAM, tickets at each limit, lost channels."""
    whole = shelf(name)
    limits = set(chain.from_iterable(map(limits_of, whole.plans)))
    tickets = [None, *sorted({0, *limits, *(limit + 1 for limit in limits)})]
    ids = [channel.id for channel in whole.channels]
    subsets = chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))
    return list(product((None, True, False), tickets, map(frozenset, subsets)))


def single(name: str) -> Iterator[tuple[Duration | None, ...]]:
    """No response time, and each of them alone."""
    columns = times(name)
    none: list[Duration | None] = [None] * len(columns)
    yield tuple(none)
    for index, column in enumerate(columns):
        yield from ((*none[:index], time, *none[index + 1 :]) for time in column[1:])


@cache
def answers(name: str) -> list[Answer]:
    """All combinations; where they are more than MOST the two parts that have every pair.

    Those are: all combinations of response times with nothing else answered, and each response time
    alone with all combinations of the other answers.
    """
    every = product(*times(name))
    if combinations_of(name) <= MOST:
        return [Answer(each, *other) for each, other in product(every, others(name))]
    plain = map(Answer, every)
    alone = (Answer(each, *other) for each, other in product(single(name), others(name)))
    return list(dict.fromkeys(chain(plain, alone)))


def combinations_of(name: str) -> int:
    return prod(map(len, times(name))) * len(others(name))


def needs_of(name: str, answer: Answer) -> Needs:
    asked = zip(shelf(name).severities, answer.times, strict=True)
    response = tuple(ResponseNeed(severity.id, time) for severity, time in asked if time)
    return Needs(response, answer.tam, answer.tickets, answer.unusable)


class Naive:
    """The published rules, held against answers plan by plan."""

    def __init__(self, name: str, reading: str, spend: Decimal, start: Month = START) -> None:
        self.whole = shelf(name)
        self.able = {plan.id for plan in self.whole.plans if takeable(plan, start)}
        self.costs = {
            plan: cents_at(RULES[name, plan, reading].total, int(spend * 100) * CENT)
            for plan in self.able
            if (name, plan, reading) in RULES
        }
        self.known: dict[object, frozenset[str]] = {}

    def those(self, answer: Answer) -> set[str]:
        """The plans with a price that meet every need."""
        found = set(self.costs)
        for severity, wanted in zip(self.whole.severities, answer.times, strict=True):
            if wanted:
                found &= self.in_time(severity.id, wanted, answer.unusable)
        return found & self.beside(answer.tam, answer.tickets)

    def in_time(self, severity: str, wanted: Duration, unusable: frozenset[str]) -> frozenset[str]:
        key = severity, wanted, unusable
        if key not in self.known:
            self.known[key] = frozenset(
                plan.id
                for plan in self.whole.plans
                for level in plan.levels
                if level.severity in (None, severity)
                and level.channel not in unusable
                and level.target.minutes <= wanted.minutes
                and (wanted.business or not level.target.business)
            )
        return self.known[key]

    def beside(self, tam: bool | None, tickets: int | None) -> frozenset[str]:
        if (tam, tickets) not in self.known:
            self.known[tam, tickets] = frozenset(
                plan.id
                for plan in self.whole.plans
                if not tam or plan.tam.kind is Tam.DEDICATED
                if tickets is None or tickets <= min(limits_of(plan), default=tickets)
            )
        return self.known[tam, tickets]

    def best(self, answer: Answer) -> str | None:
        """The cheapest of them, of equal ones the highest tier."""
        found = self.those(answer)
        tiers = {plan.id: plan.tier for plan in self.whole.plans}
        return min(found, key=lambda plan: (self.costs[plan], -tiers[plan]), default=None)


def takeable(plan: Plan, start: Month) -> bool:
    """Surely on sale on the first day of twelve months, and in force until the last of them."""
    if plan.apart is not None:
        return False
    days, first, last = plan.validity, start.first_day, start.plus(11).last_day
    doubt = plan.availability
    return (
        (doubt is None or (doubt.since is not None and doubt.since > first))
        and (days.valid_from is None or days.valid_from <= first)
        and (days.valid_to is None or days.valid_to >= last)
        and (days.closed_to_new is None or days.closed_to_new > first)
    )


def limits_of(plan: Plan) -> list[int]:
    """How many tickets a month the plan allows; nothing where no number is stated."""
    numbers = (limit.per_month for limit in plan.limits if limit.id == TICKETS)
    return [number for number in numbers if number is not None]


def spends(name: str, reading: str) -> list[Decimal]:
    """0, much, and a threshold between two plans with the cent below it, where there is one."""
    priced = [plan.fees[reading].total for plan in shelf(name).plans if plan.fees is not None]
    points = [point for point in points_of(priced) if point]
    middle = points[len(points) // 2 :][:1]
    edges = [Decimal(ceil(point * 100)).scaleb(-2) for point in middle]
    return [Decimal(0), *(edge - Decimal("0.01") for edge in edges), *edges, LARGE]


def level_of(spend: Decimal, start: Month = START) -> Usage:
    return Usage.level(Fraction(spend), start)


def name_of(entry: PlanAdvice | None) -> str | None:
    return entry.plan.id if entry else None


CASES = [
    pytest.param(name, reading.id, id=f"{name} {reading.id}")
    for name in SHIPPED
    for reading in shelf(name).readings
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "reading"), CASES)
def test_every_answer_gets_the_cheapest_plan_that_fits(name: str, reading: str) -> None:
    for spend in spends(name, reading):
        advice = recommend(shelf(name), Needs(), level_of(spend), reading)
        naive = Naive(name, reading, spend)
        wrong = [
            (spend, answer, chosen, best)
            for answer in answers(name)
            for chosen in [name_of(choice(advice, needs_of(name, answer)))]
            for best in [naive.best(answer)]
            if chosen != best
        ]
        assert wrong[:3] == []


@pytest.mark.slow
@pytest.mark.parametrize("month", [1, 2])
def test_some_of_all_answers_asked_afresh_get_the_same(month: int) -> None:
    """Of all combinations, beginning on a day from which AWS keeps (or ends) plans in the term.

    From January the term ends on 2026-12-31, from February on 2027-01-31: three AWS plans are in
    force to 2026-12-31 and cannot be kept then.
    """
    rng, start = random.Random(month), Month(2026, month)
    found: dict[str | None, int] = {}
    for _ in range(SAMPLE // 2):
        name = rng.choice(list(SHIPPED))
        reading = rng.choice(shelf(name).readings).id
        spend = rng.choice(spends(name, reading))
        answer = Answer(tuple(map(rng.choice, times(name))), *rng.choice(others(name)))
        needs, usage = needs_of(name, answer), level_of(spend, start)
        naive = Naive(name, reading, spend, start)
        fresh = recommend(shelf(name), needs, usage, reading)
        again = choice(recommend(shelf(name), Needs(), usage, reading), needs)
        best = naive.best(answer)
        assert (name_of(fresh.recommended), name_of(again)) == (best, best), (name, answer)
        none = ReasonCode.NO_PLAN_FITS, ReasonCode.ONLY_DOUBTFUL_FITS
        assert (fresh.reason in none) == (best is None)
        assert (fresh.closest is not None) == (best is None and bool(naive.costs))
        found[best] = found.get(best, 0) + 1
    assert 10 < found[None] < SAMPLE // 2 - 10


@pytest.mark.parametrize("name", ["alibaba-cloud-cn", "aws"])
def test_the_parts_that_are_tried_have_every_pair_of_answers(name: str) -> None:
    columns: list[list[object]] = [list(column) for column in times(name)]
    columns += (list(dict.fromkeys(column)) for column in zip(*others(name), strict=True))
    rows: list[tuple[object, ...]] = [(*answer.times, *answer[1:]) for answer in answers(name)]
    for left, right in combinations(range(len(columns)), 2):
        pairs = {(row[left], row[right]) for row in rows}
        assert pairs == set(product(columns[left], columns[right]))


@pytest.mark.parametrize(
    ("name", "every", "tried"),
    [
        # 4 x 5 x 5 times, 3 TAM x 4 tickets x 2^5 channels; 100 + (1 + 3 + 4 + 4) x 384 - 12
        ("alibaba-cloud-cn", 38_400, 4_696),
        # 4 x 2 x 2 x 3 x 3, 3 x 2 x 2^4; 144 + (1 + 3 + 1 + 1 + 2 + 2) x 96 - 10
        ("aws", 13_824, 1_094),
        ("azure", 288, 288),  # 2 x 3 x 4, 3 x 2 x 2
        ("google-cloud", 72, 72),  # 3 x 2
        # 3 x 4 x 3 x 5 x 5, 3 x 2 x 2^3; 900 + (1 + 2 + 3 + 2 + 4 + 4) x 48 - 16
        ("huawei-cloud-intl", 43_200, 1_652),
        ("ibm-cloud", 3_888, 3_888),  # 3^4, 3 x 2 x 2^3
        ("scaleway", 120, 120),  # 5, 3 x 2 x 2^2
        ("yandex-cloud", 960, 960),  # times of three severities, TAM, channel,
    ],
)
def test_how_many_answers_there_are(name: str, every: int, tried: int) -> None:
    assert (combinations_of(name), len(answers(name))) == (every, tried)
