"""What a batch writes for a customer is what `advise` says to that customer, to the minor unit."""

import csv
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from supportcli.advice.batch_summary import Group, Outcome
from supportcli.advice.rules import RowDefaults
from supportcli.batch.engine import Batch
from supportcli.batch.request import Ask, PriceDefaults, TableSource
from supportcli.core.amount_text import parse_discount, parse_rate
from supportcli.core.catalogue import Catalogue, Offered, Service, ServiceFact
from supportcli.core.conditions import Validity
from supportcli.core.duration import Duration
from supportcli.core.money import round_half_up
from supportcli.core.piecewise import lesser
from supportcli.core.plan import Availability, Fee, FeeRule, Plan, Tam, Unstated
from supportcli.core.quantity import Extra
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
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.meanings import ColumnBasis
from supportcli.inputs.customers.schema import understand
from supportcli.inputs.tables.open import TableOptions, prepare
from supportcli.needs.registry import Needs
from tests.builders import (
    CITE,
    apiece,
    catalogue,
    extra,
    flat,
    level,
    limit,
    plan,
    pooled,
    text,
    within,
)
from tests.parity import (
    CUSTOMERS,
    LIMITS,
    QUANTITIES,
    START,
    TODAY,
    ZERO,
    Case,
    Customer,
    Row,
    beside_every_start,
    crowd,
    expected,
    plain,
    rules_of,
)
from tests.thorough import examples

CATALOGUES = examples(20)
READINGS = ("one", "two", "three")

by_the_catalogue = settings(
    deadline=None,
    max_examples=CATALOGUES,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # the rows are many: no shrinking
)


# What a batch writes


def table(customers: Sequence[Customer], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The header and the rows; columns that are blank throughout are left out."""
    many = len(texts[0]) > 1
    spends = [f"spend_{n:02}" for n in range(1, 13)] if many else ["monthly_spend"]
    wanted = [n for n in Customer._fields[1:] if any(getattr(c, n) for c in customers)]
    rows = [["account", *wanted, *spends]]
    for index, (customer, spent) in enumerate(zip(customers, texts, strict=True)):
        rows.append([f"c{index}", *(getattr(customer, name) for name in wanted), *spent])
    return rows


def written(
    rows: list[list[str]], ask: Ask, folder: Path, *, lined: bool
) -> tuple[list[Row], Outcome]:
    """The rows through a file and the engine, and what the summary says."""
    path, out = folder / "customers.csv", folder / "out.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    prepared = prepare(path, folder, TableOptions(), force=lined)
    assert prepared.direct is not lined
    basis: ColumnBasis | None = "paid" if ask.paid else None
    columns = understand(prepared.columns, {}, basis, ask.same.rules.catalogue.currency).columns
    source = TableSource(
        prepared.path, columns, lined, "csv", prepared.delimiter, prepared.compression
    )
    with Batch(ask, source, folder) as batch:
        batch.prepare()
        assert list(batch.rejects()) == []
        count = batch.write(out, "csv")
        outcome = batch.outcome(count, {}, 0)
    with out.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [row["account"] for row in found] == [row[0] for row in rows[1:]]
    return found, outcome


def differences(wanted: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[int, str, str, str]]:
    """Row, column, what advise says, what the batch wrote."""
    for index, (one, other) in enumerate(zip(wanted, found, strict=True)):
        for column, words in one.items():
            if other.get(column, "") != words:
                yield index, column, words, other.get(column, "(no such column)")


def check(
    case: Case, customers: Sequence[Customer], *, lined: bool, told: Sequence[str] = ()
) -> None:
    """Hold every row against the advice for it; `told` are other texts for the spends."""
    texts = [[one] for one in told] or [[plain(spend) for spend in c.spends] for c in customers]
    wanted = [expected(case, customer) for customer in customers]
    with tempfile.TemporaryDirectory() as folder:
        found, outcome = written(table(customers, texts), case.ask, Path(folder), lined=lined)
    wrong = list(differences(wanted, found))
    assert [(*each, customers[each[0]]) for each in wrong[:3]] == []
    assert outcome.adds_up
    assert (outcome.read, outcome.rejected) == (len(customers), 0)
    assert outcome.no_plan == sum(not row["plan"] for row in wanted)
    assert {group.plan or "": group for group in outcome.groups} == summed(wanted)


def summed(rows: Sequence[Row]) -> dict[str, Group]:
    by_plan = defaultdict(list)
    for row in rows:
        by_plan[row["plan"]].append(row)

    def total(of: list[Row], column: str) -> Decimal | None:
        known = [Decimal(row[column]) for row in of if row.get(column)]
        return sum(known, Decimal(0)) if known else None

    return {
        name: Group(
            None,
            name or None,
            len(of),
            total(of, "monthly_fee"),
            total(of, "annual_cost"),
            total(of, "annual_list"),
            total(of, "likely_annual_cost"),
        )
        for name, of in by_plan.items()
    }


# Random catalogues

units = st.sampled_from([Fraction(n) for n in ("0.000001", "0.01", "0.1", "1", "100", "25000")])
money = st.builds(lambda count, unit: count * unit, st.integers(0, 60), units)
rates = st.integers(0, 20).map(lambda percent: Fraction(percent, 100)) | st.sampled_from(
    [Fraction(n) for n in ("0", "1", "0.025", "0.0333", "0.12345678")]
)


@st.composite
def brackets(draw: st.DrawFn, based: bool = False) -> tuple[Bracket, ...]:
    ends = sorted(draw(st.sets(money.filter(bool), max_size=4)))
    bases = money if based else st.just(ZERO)
    return tuple(Bracket(end, draw(rates), draw(bases)) for end in [*ends, None])


leaves = (
    st.builds(Line, money)
    | st.builds(Line, st.just(ZERO), rates)
    | st.builds(Line, money, rates)
    | st.builds(Excess, money, rates)
    | st.builds(Graduated, brackets())
    | st.builds(Volume, brackets())
    | st.builds(Tiered, brackets(based=True))
)
pairs = st.sampled_from([Sum, GreaterOf, LesserOf])
schedules: st.SearchStrategy[Schedule] = leaves | st.builds(
    lambda pair, left, right: pair(left, right), pairs, leaves, leaves
)
targets = st.sampled_from(["10m", "40m", "2h", "8bh", "16bh", "24h"])
CHANNELS = ("phone", "ticket", "group")


@st.composite
def levels(draw: st.DrawFn) -> list[tuple[str, str, str | None, str | None]]:
    one = st.tuples(
        targets,
        st.sampled_from(CHANNELS),
        st.sampled_from([None, "down", "question"]),
        st.sampled_from([None, None, "quota"]),
    )
    return draw(st.lists(one, max_size=4))


@st.composite
def extras(draw: st.DrawFn) -> list[Extra]:
    """By month or by year, by a quantity or not; `licences` is a number that nobody gives."""
    found = []
    for index in range(draw(st.sampled_from([0, 0, 1, 2]))):
        quantity = draw(st.sampled_from([None, "seats", "hours", "none", "licences"]))
        made = extra(
            f"extra-{index}",
            apiece(str(draw(st.integers(0, 9)))) if quantity else flat(str(draw(money))),
            quantity,
            pack=draw(st.sampled_from([None, 5])) if quantity else None,
            yearly=draw(st.booleans()),
            optional=quantity == "licences" and draw(st.integers(0, 3)) > 0,
        )
        found.append(made._replace(prepaid=draw(st.sampled_from([None, True, True, False]))))
    return found


Fees = Mapping[str, Fee] | None


@st.composite
def fees_of(
    draw: st.DrawFn, pool: Sequence[Schedule], readings: Sequence[str]
) -> Mapping[str, Fee]:
    def part() -> Schedule:
        return draw(st.sampled_from(pool))

    said = draw(st.sampled_from(["nothing", "nothing", "all", "some"]))
    same = part() if draw(st.booleans()) else None
    found = {}
    for index, reading in enumerate(readings):
        first = said == "all" or (said == "some" and index != 1)
        total = normalise(same or part())
        prepaid = lesser(normalise(part()), total)  # a catalogue with more of it is refused
        found[reading] = Fee(total, prepaid if first else None)
    return found


dates = st.integers(-60, 1900).map(lambda days: TODAY + timedelta(days=days))
month_ends = st.integers(0, 60).map(lambda index: START.plus(index).last_day)


@st.composite
def plans(
    draw: st.DrawFn, plan_id: str, tier: int, pool: Sequence[Schedule], readings: Sequence[str]
) -> Plan:
    rarely = st.integers(0, 3).map(lambda n: n == 0)
    chosen = fees_of(pool, readings)
    quota = [limit("quota", 10, "ten")]
    tickets = draw(st.sampled_from([None, None, "some", *LIMITS]))
    if tickets is not None:
        quota.append(limit("tickets", tickets if isinstance(tickets, int) else None, "limit"))
    validity = Validity(
        closed_to_new=draw(dates) if draw(rarely) else None,
        valid_to=draw(dates | month_ends) if draw(rarely) else None,
    )
    made = plan(
        plan_id,
        tier,
        levels=[level(*each) for each in draw(levels())],
        channels=dict.fromkeys(draw(st.sets(st.sampled_from(CHANNELS))), True),
        tam=draw(st.sampled_from([*Tam, Tam.DEDICATED])),
        limits=quota,
        like="other" if draw(rarely) else None,
        extras=draw(extras()),
        validity=validity,
    )._replace(
        fees=None if draw(rarely) else draw(chosen),
        unstated=(Unstated("phone", None, CITE),) if draw(rarely) else (),
        availability=Availability(text("maybe"), draw(dates), CITE) if draw(rarely) else None,
    )
    if draw(rarely):
        made = made._replace(tam=made.tam._replace(dedicated_extra=True))
    ends = sorted(draw(st.sets(dates | month_ends, max_size=3))) if draw(rarely) else []
    if ends:
        rules = [FeeRule(None, draw(chosen), None, CITE, end) for end in ends]
        if draw(rarely):
            rules[0] = rules[0]._replace(fees=None)
        made = made._replace(history=(*rules, FeeRule(None, made.fees, None, CITE)))
    return pooled(made) if draw(st.booleans()) else made


@st.composite
def catalogues(draw: st.DrawFn, readings: Sequence[str], currency: str) -> Catalogue:
    """Up to five plans whose fees come from a few schedules, so that some cost the same."""
    pool = draw(st.lists(schedules | st.just(flat("0")), min_size=1, max_size=5))
    count = draw(st.integers(1, 5))
    tiers = draw(st.permutations(range(count)))
    found = [draw(plans(f"plan-{tier}", tier, pool, readings)) for tier in tiers]
    found[0] = found[0]._replace(validity=Validity())
    likely = draw(st.sampled_from(readings))
    whole = catalogue(*found, readings=readings, default=readings[0], likeliest=likely)
    named = tuple(each._replace(currency=currency) for each in whole.plans)
    offered = st.builds(ServiceFact, st.sampled_from(Offered), st.none(), st.booleans())
    by_plan = st.dictionaries(st.sampled_from([one.id for one in named]), offered)
    services = tuple(
        Service(name, text(name), draw(by_plan), CITE)
        for name in draw(st.sampled_from([(), ("care", "care-plus")]))
    )
    return whole._replace(currency=currency, plans=named, services=services)


@st.composite
def cases(draw: st.DrawFn, currency: str | None = None) -> Case:
    money_of = currency or draw(st.sampled_from(["CNY", "JPY", "KWD"]))
    readings = READINGS[: draw(st.integers(1, 3))]
    whole = draw(catalogues(readings, money_of))
    wanted = [within(draw(targets), "question")] if draw(st.integers(0, 3)) == 0 else []
    if draw(st.booleans()):
        wanted.append(within(draw(targets)))
    unusable = draw(st.sets(st.sampled_from(CHANNELS), max_size=1))
    present = [each.id for each in whole.in_force(TODAY).plans]
    needs = Needs(
        tuple(wanted),
        draw(st.sampled_from([None, None, True, False])),
        draw(st.sampled_from([None, 5])),
        frozenset(unusable),
        draw(st.sampled_from([None, None, *present])),
    )
    same = RowDefaults(
        rules_of(whole, draw(st.sampled_from(readings))),
        needs,
        START,
        months=draw(st.sampled_from([12, 12, 1, 36])),
        accounts=draw(st.sampled_from([1, 1, 3])),
        include_doubtful=draw(st.sampled_from([False, False, True])),
    )
    return Case(whole, Ask(same), QUANTITIES)


seeds = st.integers(0, 2**32)


@pytest.mark.slow
@by_the_catalogue
@given(cases(), st.booleans(), seeds)
def test_every_row_is_what_advise_says(case: Case, lined: bool, seed: int) -> None:
    check(case, crowd(case, seed, lined=lined), lined=lined)


@pytest.mark.slow
@settings(by_the_catalogue, max_examples=examples(12))
@given(cases(), st.booleans(), seeds)
def test_every_row_of_twelve_spends_is_what_advise_says(case: Case, lined: bool, seed: int) -> None:
    check(case, crowd(case, seed, lined=lined, months=12), lined=lined)


@st.composite
def comparisons(draw: st.DrawFn) -> Case:
    """All columns that can be asked for, against older rules with readings of their own."""
    case = draw(cases())
    readings = READINGS[: draw(st.integers(1, 3))]
    old = draw(catalogues(readings, case.whole.currency))
    old = old._replace(services=case.whole.services)  # the same vendor's: what it names is the same
    ours = case.ask.same.rules.reading
    used = ours if ours in readings and draw(st.booleans()) else draw(st.sampled_from(readings))
    ask = case.ask._replace(all_readings=True, all_plans=True, against=rules_of(old, used))
    return case._replace(ask=ask, old=old)


@pytest.mark.slow
@settings(by_the_catalogue, max_examples=examples(10))
@given(comparisons(), st.booleans(), seeds)
def test_every_column_that_is_asked_for_is_what_advise_says(
    case: Case, lined: bool, seed: int
) -> None:
    check(case, crowd(case, seed, lined=lined)[: CUSTOMERS // 3], lined=lined)


DISCOUNTS = ("7折", "85折", "9.5折", "0.1折", "50% off", "33.333333% off", "0% off")


@pytest.mark.slow
@settings(by_the_catalogue, max_examples=examples(12))
@given(cases(), st.booleans(), seeds, st.sampled_from(DISCOUNTS))
def test_what_is_paid_counts_before_its_discount(
    case: Case, lined: bool, seed: int, general: str
) -> None:
    """Divided by the share that is paid, rounded half up to the minor unit."""
    rng = random.Random(seed)
    paid = crowd(case, seed, lined=lined)[: CUSTOMERS // 2]
    case = case._replace(ask=case.ask._replace(paid=True, off=parse_discount(general)))
    customers = []
    for customer in paid:
        said = rng.choice(["", *DISCOUNTS])
        before = customer.spends[0] / (1 - parse_discount(said or general))
        spend = Fraction(round_half_up(before, case.whole.currency))
        customers.append(customer._replace(spends=(spend,), paid_discount=said))
    told = [plain(customer.spends[0]) for customer in paid]
    check(case, customers, lined=lined, told=told)


agreements = st.builds(
    PriceDefaults,
    st.none() | st.sampled_from(DISCOUNTS).map(parse_discount),
    st.none() | st.booleans(),
    st.booleans(),
    st.sampled_from(["0%", "6%", "13%", "0.000001%", "100%"]).map(parse_rate),
)


@pytest.mark.slow
@settings(by_the_catalogue, max_examples=examples(12))
@given(comparisons(), agreements, st.booleans(), seeds)
def test_what_is_to_be_paid_is_what_advise_says(
    case: Case, price: PriceDefaults, lined: bool, seed: int
) -> None:
    """Discount and tax of the flags and of the rows; every amount is after them."""
    rng = random.Random(seed)
    case = case._replace(ask=case.ask._replace(price=price))
    customers = [
        customer._replace(
            discount=rng.choice(["", *DISCOUNTS, "100% off"]),
            discount_on=rng.choice(["", "all", "postpaid"]),
            tax_mode=rng.choice(["", "included", "added"]),
            tax_rate=rng.choice(["", "6%", "9.99%"]),
        )
        for customer in crowd(case, seed, lined=lined)[: CUSTOMERS // 3]
    ]
    check(case, customers, lined=lined)


# Every shipped catalogue


SHELF = [
    pytest.param(name, reading.id, id=f"{name} {reading.id}")
    for name in SHIPPED
    for reading in load_catalogue(name).readings
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "reading"), SHELF)
def test_every_start_of_every_shipped_fee(name: str, reading: str) -> None:
    whole = load_catalogue(name)
    quantities = {quantity.id: Fraction(7) for quantity in whole.quantities}
    same = RowDefaults(rules_of(whole, reading, quantities), Needs(), START)
    ask = Ask(same, all_plans=True)
    targets = {level.target for each in whole.plans for level in each.levels}
    fastest = min(targets, key=lambda target: target.minutes, default=Duration(60))
    customers = [
        Customer((spend,), response, tam, tickets)
        for spend in beside_every_start(whole, reading)
        for response, tam, tickets in product(
            ("-", str(fastest)), ("yes", "named", "no"), ("", "41")
        )
    ]
    check(Case(whole, ask, quantities), customers, lined=False)
