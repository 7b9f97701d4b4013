"""Every shipped fee against a second reading of it that shares no code with the first."""

import ast
import random
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pytest

from supportcli.advice.quote import Charge, price
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Validity
from supportcli.core.money import round_half_up
from supportcli.core.period import Month, parse_date
from supportcli.core.plan import Plan
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from tests import second_reader
from tests.second_reader import CENT, MILLION, TOP, Rule, borders, cents_at, rules_of

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "plans.yaml", *sorted((ROOT / "supportcli" / "catalogues").glob("*.yaml"))]
SHAPES = Path(__file__).parent / "cases" / "shapes.yaml"
START = Month(2026, 1)

PER_FEE = 3_000
LEAST = 100_000

FEES = [rule for file in FILES for rule in rules_of(file)]
PAID = [rule for rule in FEES if rule.total != {"flat": "0"}]
EXAMPLES = [rule for rule in rules_of(SHAPES) if rule.total != {"flat": "0"}]


def name(rule: Rule) -> str:
    return " ".join(filter(None, (rule.plan, rule.reading, rule.until and f"until {rule.until}")))


EVERY_FEE = pytest.mark.parametrize("rule", FEES + EXAMPLES, ids=name)


@cache
def catalogue(catalogue_id: str) -> Catalogue:
    return load_catalogue(SHAPES if catalogue_id == "shapes" else catalogue_id)


def plan_of(rule: Rule) -> Plan:
    plan = catalogue(rule.catalogue).plan(rule.plan)
    plan = plan._replace(validity=Validity())  # its fee alone: the months here go on for decades
    return plan.frozen_on(parse_date(rule.until) if rule.until else None)


def charged(rule: Rule, spends: list[int]) -> list[Charge]:
    """What the program charges for each spend (in millionths): a month for each."""
    months = (
        MonthSpend(START.plus(index), Fraction(spend, MILLION))
        for index, spend in enumerate(spends)
    )
    quote = price(plan_of(rule), Usage(tuple(months)), rule.reading)
    assert quote is not None
    return [month.charge for month in quote.months]


def disagreements(rule: Rule, spends: list[int]) -> list[tuple[int, Charge, Charge]]:
    """The spends at which the two readings differ, each with what the two of them say."""
    return [
        (spend, charge, second)
        for spend, charge in zip(spends, charged(rule, spends), strict=True)
        if charge != (second := second_charge(rule, spend))
    ]


def second_charge(rule: Rule, spend: int) -> Charge:
    first = None if rule.prepaid is None else in_money(cents_at(rule.prepaid, spend))
    return Charge(in_money(cents_at(rule.total, spend)), first)


def in_money(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def some_spends(rule: Rule) -> list[int]:
    return spends_for(f"{rule.catalogue} {name(rule)}")


@cache
def spends_for(seed: str) -> list[int]:
    """Spends up to 10^9, as many small as great ones: most in cents, some finer, in millionths."""
    rng = random.Random(seed)
    in_cents = (int(10 ** rng.uniform(0, 11)) * CENT for _ in range(PER_FEE - 500))
    finer = (int(10 ** rng.uniform(0, 15)) for _ in range(500))
    return [*in_cents, *finer]


def around_borders(rule: Rule) -> list[int]:
    """The spends on every border and one cent either side, nothing and very much."""
    on = borders(rule.total) | (borders(rule.prepaid) if rule.prepaid else set())
    beside = chain.from_iterable((border - 1, border, border + 1) for border in on)
    return [cents * CENT for cents in sorted({0, 1, *beside, TOP})]


@pytest.mark.slow
@EVERY_FEE
def test_both_readings_agree_at_random_spends(rule: Rule) -> None:
    assert disagreements(rule, some_spends(rule)) == []


@EVERY_FEE
def test_both_readings_agree_on_the_borders(rule: Rule) -> None:
    assert disagreements(rule, around_borders(rule)) == []


@EVERY_FEE
def test_the_charge_is_the_fee_rounded_once(rule: Rule) -> None:
    fees = plan_of(rule).fees
    assert fees is not None
    for spend in around_borders(rule):
        exact = fees[rule.reading].total(Fraction(spend, MILLION))
        second = Fraction(second_reader.fee_at(rule.total, spend), MILLION * MILLION)
        assert exact == second
        assert round_half_up(exact, "USD") == in_money(cents_at(rule.total, spend))


# What was compared


def test_every_fee_of_every_catalogue_is_compared() -> None:
    assert {file.name for file in FILES} == {Path(shipped).name for shipped in SHIPPED.values()}
    priced: set[tuple[str, str, str | None, str]] = set()
    for shipped in SHIPPED:
        for plan in (plan for plan in catalogue(shipped).plans if not plan.extras):
            priced |= {(shipped, plan.id, None, reading) for reading in plan.fees or {}}
            for rule in (rule for rule in plan.history if rule.until):
                until = str(rule.until)
                priced |= {(shipped, plan.id, until, reading) for reading in rule.fees or {}}
    assert {rule[:4] for rule in FEES} == priced


def test_there_was_enough_to_compare() -> None:
    assert len(PAID) >= 39
    assert len({rule.plan for rule in PAID}) >= 27
    assert len([rule for rule in PAID if rule.until]) >= 3
    for rule in PAID:
        assert len(some_spends(rule)) == PER_FEE
        assert len(set(some_spends(rule))) > PER_FEE * 3 // 4
    assert len(PAID) * PER_FEE >= LEAST


def test_the_spends_are_small_and_great() -> None:
    spends = [spend for rule in PAID for spend in some_spends(rule)]
    tens = [10**power * MILLION for power in range(10)]
    decades = [sum(1 for s in spends if low <= s < high) for low, high in pairwise(tens)]
    assert min(decades) > len(spends) // 20
    assert any(spend % CENT for spend in spends)


def test_every_shape_is_read() -> None:
    words = " ".join(str((rule.total, rule.prepaid)) for rule in FEES)
    shipped = {shape for shape in second_reader.SHAPES if f"'{shape}'" in words}
    assert shipped >= {"flat", "percent", "line", "excess", "graduated", "sum", "greater_of"}
    words += " ".join(str(rule.total) for rule in EXAMPLES)
    assert all(f"'{shape}'" in words for shape in second_reader.SHAPES)


@pytest.mark.parametrize(
    ("plan", "until", "reading", "expected"),
    [
        # 29 / 3% = 966.666...
        ("aws-developer", None, "published", ["966.67"]),
        ("aws-business", None, "published", ["1000.01", "10000.00", "80000.00", "250000.00"]),
        # 10% of 150,000 is the minimum of 15,000: two borders, a cent apart
        (
            "aws-enterprise",
            None,
            "published",
            ["150000.00", "150000.01", "500000.00", "1000000.00"],
        ),
        ("yandex-business-2022", None, "published", ["769.23", "2564.10"]),
        ("gcp-premium", "2024-10-31", "published", []),
        ("enterprise", None, "additive", []),
        ("enterprise", None, "floor", ["250000.01"]),
        ("scw-enterprise", None, "table", ["4995.01"]),
        ("scw-enterprise", None, "example", ["4950.01"]),
        ("row-10-floor-and-cap", None, "published", ["1000.01", "8000.00"]),
    ],
)
def test_the_borders_are_found(
    plan: str, until: str | None, reading: str, expected: list[str]
) -> None:
    [rule] = [r for r in FEES + EXAMPLES if (r.plan, r.until, r.reading) == (plan, until, reading)]
    assert [str(in_money(cents)) for cents in sorted(borders(rule.total))] == expected


def slips(rule: Rule) -> list[Rule]:
    """The rule with one bracket's rate, one limit, or the minimum a little wrong."""
    wrong = []
    [minimum, graduated] = rule.total["greater_of"]
    for index, bracket in enumerate(graduated["graduated"]):
        for field, slip in (("rate", "{}.001%"), ("up_to", "{}1")):
            if field in bracket:
                copy = deepcopy(rule.total)
                text = bracket[field].removesuffix("%")
                copy["greater_of"][1]["graduated"][index][field] = slip.format(text)
                wrong.append(rule._replace(total=copy))
    higher = {"flat": f"{minimum['flat']}.01"}
    return [*wrong, rule._replace(total={"greater_of": [higher, graduated]})]


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["aws-business", "gcp-premium", "huawei-intl-enterprise"])
def test_a_slip_of_the_pen_would_be_noticed(plan: str) -> None:
    [rule] = [rule for rule in PAID if rule.plan == plan and not rule.until]
    assert len(slips(rule)) == 8
    for wrong in slips(rule):
        assert disagreements(wrong, some_spends(rule))


def test_the_second_reader_shares_nothing_with_the_first() -> None:
    tree = ast.parse(Path(second_reader.__file__).read_text(encoding="utf-8"))
    imported = {
        module
        for node in ast.walk(tree)
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported == {"collections.abc", "itertools", "pathlib", "typing", "yaml"}
