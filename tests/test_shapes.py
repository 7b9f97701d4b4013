"""Every shape of fee that vendors publish: it loads, comes to what was worked out, adds up."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from supportcli.advice.quote import Quote, price
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Example
from supportcli.core.conditions import ChangeDay, PartMonth, Proration, ProrationUnit
from supportcli.core.period import Month
from supportcli.core.plan import Plan
from supportcli.errors import CatalogueError
from supportcli.inputs.catalogue.loader import check_catalogue, load_catalogue

SHAPES = Path(__file__).parent / "cases" / "shapes.yaml"
START = Month(2026, 1)
MONTHS = 24
ONLY = "published"
CENT = Fraction(1, 100)

# Of 17 rows of shapes only this one cannot be held: a year's spend, by class of product.
REFUSED = 13


@cache
def shapes() -> Catalogue:
    return load_catalogue(SHAPES)


def quoted(plan_id: str, spend: str | None, **quantities: str) -> Quote | None:
    """What the plan costs; underscores stand for the hyphens of quantities."""
    numbers = {name.replace("_", "-"): Fraction(number) for name, number in quantities.items()}
    level = None if spend is None else Fraction(spend)
    return price(shapes().plan(plan_id), Usage.level(level, START, MONTHS, numbers), ONLY)


def priced(plan_id: str, spend: str | None, **quantities: str) -> Quote:
    quote = quoted(plan_id, spend, **quantities)
    assert quote is not None
    return quote


def named(example: Example) -> str:
    numbers = (f"{float(number):g} {name}" for name, number in example.quantities.items())
    return ", ".join((f"{example.plan} @ {float(example.spend):.2f}", *numbers))


EVERY_EXAMPLE = pytest.mark.parametrize("example", shapes().examples, ids=named)
EVERY_PLAN = pytest.mark.parametrize("plan", shapes().plans, ids=lambda plan: plan.id)


def example_quote(example: Example) -> Quote:
    usage = Usage.level(example.spend, START, MONTHS, example.quantities)
    quote = price(shapes().plan(example.plan), usage, ONLY)
    assert quote is not None
    return quote


# The catalogue


def test_there_is_a_plan_for_every_row_but_the_one_that_is_refused() -> None:
    rows = {int(plan.id.split("-")[1]) for plan in shapes().plans}
    assert rows == set(range(1, 18)) - {REFUSED}


def test_the_only_findings_are_the_fees_that_are_meant_to_jump() -> None:
    checked = check_catalogue(SHAPES)
    assert checked.problems == ()
    told = [str(finding.message) for finding in checked.findings]
    words = [each for each in told if "has no name of at most 20 cells" not in each]
    jumping = [re.search(r"row-[0-9a-z-]+.*jumps", sentence) for sentence in words]
    assert [found and found[0].split("'")[0] for found in jumping] == [
        "row-08-constant-computed-beforehand",
        "row-09-whole-amount",
        "row-09-whole-amount",
    ]


@EVERY_PLAN
def test_every_plan_has_several_examples(plan: Plan) -> None:
    fees = [example.fee for example in shapes().examples if example.plan == plan.id]
    assert len(fees) >= 2
    assert plan.fees is not None


@EVERY_PLAN
def test_every_border_has_an_example_on_it_and_one_cent_either_side(plan: Plan) -> None:
    assert plan.fees is not None
    spends = {example.spend for example in shapes().examples if example.plan == plan.id}
    for segment in plan.fees[ONLY].total.segments[1:]:
        # The first cent on the new line, the last on the old one, and one more above the border.
        on = -(-segment.start // CENT) * CENT
        assert on in spends
        assert on - CENT in spends
        assert segment.start.denominator not in (1, 10, 100) or on + CENT in spends


# The fees


@EVERY_EXAMPLE
def test_the_example_holds(example: Example) -> None:
    quote = example_quote(example)
    assert quote.monthly.total == Decimal(example.fee.numerator) / example.fee.denominator


@EVERY_EXAMPLE
def test_slices_and_extras_add_up_to_the_month(example: Example) -> None:
    quote = example_quote(example)
    amounts = [part.amount for part in quote.slices] + [part.amount for part in quote.extras]
    assert sum(amounts, Decimal(0)) == quote.monthly.total
    assert min(amounts) >= 0
    first = quote.slices[0].slice
    assert first.start == 0 or first.base  # at a jump, the constant that is published there


@EVERY_EXAMPLE
def test_the_parts_are_within_a_cent_of_what_they_are_exactly(example: Example) -> None:
    quote = example_quote(example)
    for part in quote.slices:
        assert abs(Fraction(part.amount) - part.slice.amount) < CENT
    for extra in quote.extras:
        assert abs(Fraction(extra.amount) - extra.counted.amount) < CENT


@EVERY_EXAMPLE
def test_what_is_charged_first_and_after_adds_up(example: Example) -> None:
    charge = example_quote(example).monthly
    if charge.prepaid is not None:
        assert charge.postpaid is not None
        assert charge.postpaid >= 0
        assert charge.prepaid + charge.postpaid == charge.total


@EVERY_EXAMPLE
def test_a_year_is_the_sum_of_its_months(example: Example) -> None:
    quote = example_quote(example)
    totals = [month.charge.total for month in quote.months]
    assert quote.annual.total == sum(totals[:12])
    assert totals[:12] == totals[12:]


# The explanations, a few of them word for word


@pytest.mark.parametrize(
    ("plan_id", "spend", "expected"),
    [
        ("row-04-minimum-or-rate", "5000", ["500.00"]),
        ("row-05-minimum-or-graduated", "85000", ["1000.00", "4900.00", "250.00"]),
        ("row-05-minimum-or-graduated", "500", ["100.00"]),
        ("row-06-base-plus-rate", "800", ["64.00"]),
        ("row-07-excess-over-one-threshold", "897.44", ["11.54", "15.39"]),
        ("row-07-excess-over-several-thresholds", "3205.13", ["76.92", "125.64", "32.05"]),
        # a whole-amount bracket is one slice: all at the rate of its bracket
        ("row-09-whole-amount", "6000", ["300.00"]),
        ("row-10-floor-and-cap", "10000", ["400.00", "0.00"]),
        ("row-15-minimum-discounted-as-well", "500", ["85.00"]),
    ],
)
def test_the_slices_of_a_fee(plan_id: str, spend: str, expected: list[str]) -> None:
    assert [str(part.amount) for part in priced(plan_id, spend).slices] == expected


def test_the_extras_are_told_one_by_one() -> None:
    quote = priced("row-11-per-user-in-three-roles", "0", users_a="30", users_b="4", users_c="2")
    assert [(part.counted.extra.id, str(part.amount)) for part in quote.extras] == [
        ("role-a", "3000.00"),
        ("role-b", "1000.00"),
        ("role-c", "3000.00"),
    ]


# Row 2: a year


def test_a_yearly_price_is_charged_in_the_first_month_of_each_year() -> None:
    quote = priced("row-02-flat-a-year-with-hours", "5000", support_hours="12")
    totals = [str(month.charge.total) for month in quote.months]
    assert totals == ["3000.00", *["0.00"] * 11] * 2
    assert str(quote.annual.total) == "3000.00"


def test_a_twelfth_of_the_year_holds_it_against_other_plans() -> None:
    plan = shapes().plan("row-02-flat-a-year-with-hours")
    plan = plan.with_quantities({"support-hours": Fraction(12)})
    assert plan.fees is not None
    assert plan.fees[ONLY].per_month(Fraction(0)) == 250


# Row 7, row 8: the same rule with and without a rounded constant


def test_a_constant_that_was_rounded_when_it_was_printed_is_kept_as_printed() -> None:
    by_slices = priced("row-07-excess-over-several-thresholds", "2564.19")
    as_printed = priced("row-08-constant-computed-beforehand", "2564.19")
    assert (str(by_slices.monthly.total), str(as_printed.monthly.total)) == ("202.57", "202.56")


# Row 9: the total may fall


def test_a_whole_amount_fee_falls_where_its_rate_does() -> None:
    before, on = priced("row-09-whole-amount", "4999.99"), priced("row-09-whole-amount", "5000")
    assert before.monthly.total > on.monthly.total


# Row 10: no cap is written by leaving it out


@pytest.mark.parametrize("nothing", ["{flat: 0}", "{flat: 0.00}", "{percent: 0%}"])
def test_a_cap_of_nothing_is_refused(tmp_path: Path, nothing: str) -> None:
    message = refusal(tmp_path, f"{{lesser_of: [{{percent: 5%}}, {nothing}]}}")
    assert "a cap of 0 makes the fee 0; leave the cap out where there is none" in message


# Rows 11, 12, 14: quantities


@pytest.mark.parametrize(
    ("plan_id", "given", "lacking"),
    [
        ("row-02-flat-a-year-with-hours", {}, ("support-hours",)),
        ("row-11-per-user-in-three-roles", {}, ("users-a", "users-b", "users-c")),
        ("row-11-per-user-in-three-roles", {"users-a": 1, "users-c": 0}, ("users-b",)),
        ("row-12-incidents-and-packs", {"incidents": 3}, ("urgent-tickets",)),
        ("row-12-incidents-and-packs", {"urgent-tickets": 3}, ("incidents",)),
    ],
)
def test_without_its_quantity_a_plan_has_no_price(
    plan_id: str, given: dict[str, int], lacking: tuple[str, ...]
) -> None:
    numbers = {name: Fraction(number) for name, number in given.items()}
    plan = shapes().plan(plan_id)
    assert price(plan, Usage.level(Fraction(500), START, MONTHS, numbers), ONLY) is None
    counted = plan.with_quantities(numbers)
    assert counted.lacking == lacking
    assert not counted.priced


def test_a_quantity_of_another_plan_changes_nothing() -> None:
    alone = priced("row-06-base-plus-rate", "800")
    beside = priced("row-06-base-plus-rate", "800", users_a="7", workloads="100")
    assert alone.monthly == beside.monthly
    assert beside.extras == ()


def test_a_fee_that_hangs_on_quantities_alone_needs_no_spend() -> None:
    quote = priced("row-12-incidents-and-packs", None, incidents="11", urgent_tickets="11")
    assert str(quote.monthly.total) == "4940.00"
    assert quoted("row-14-add-on-on-a-part-of-the-spend", None, workloads="1") is None


def test_an_optional_extra_is_charged_only_where_it_is_taken() -> None:
    plan_id = "row-14-add-on-on-a-part-of-the-spend"
    without, taken = priced(plan_id, "400000"), priced(plan_id, "400000", workloads="360000")
    assert without.extras == ()
    assert [str(part.amount) for part in taken.extras] == ["7200.00"]
    assert taken.monthly.total - without.monthly.total == 7200


def test_counting_twice_counts_once() -> None:
    quantities = {"incidents": Fraction(11), "urgent-tickets": Fraction(11)}
    once = shapes().plan("row-12-incidents-and-packs").with_quantities(quantities)
    assert once.with_quantities(quantities) == once


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("quantity: users-a, price: {percent: 5%}", "percent"),
        ("quantity: money, price: {each: 5}", "each"),
        ("quantity: users, price: {flat: 5}", "'users' is not defined here; known: users-a, money"),
        ("quantity: users-a, price: {each: 5}, pack: 0", "a pack holds at least 1"),
        ("quantity: users-a, price: {graduated: [{up_to: 1.5, each: 5}, {each: 4}]}", "1.5"),
        ("quantity: users-a, price: {annual: {each: 5}}", "cannot be held"),
    ],
)
def test_an_extra_that_does_not_fit_is_refused(tmp_path: Path, extra: str, words: str) -> None:
    message = refusal(tmp_path, "free", f"extras: [{{id: x, name: x, {extra}, source: ours}}]")
    assert words in message
    assert message.count("\n") == 1, "one mistake, said once"


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param("price: {percent: 2%}", id="a rate of no quantity"),
        pytest.param("price: {flat: 10}, optional: true", id="optional, but by no quantity"),
        pytest.param("price: {flat: 10}, pack: 10", id="packs of no quantity"),
    ],
)
def test_an_extra_that_lacks_its_quantity_is_refused(tmp_path: Path, extra: str) -> None:
    message = refusal(tmp_path, "free", f"extras: [{{id: x, name: x, {extra}, source: ours}}]")
    assert "quantity" in message


def test_a_misspelt_quantity_is_one_mistake(tmp_path: Path) -> None:
    extra = "{id: x, name: x, quantity: users, price: {each: 5}, source: ours}"
    assert refusal(tmp_path, "free", f"extras: [{extra}]").count("\n") == 1


def test_an_extra_that_is_prepaid_belongs_to_what_is_charged_first(tmp_path: Path) -> None:
    yearly = "{id: x, name: x, price: {flat: 120}, per: year, prepaid: true, source: ours}"
    monthly = "{id: y, name: y, quantity: users-a, price: {each: 5}, prepaid: true, source: ours}"
    after = (
        "{id: z, name: z, quantity: users-a, price: {each: 0.333}, prepaid: false, source: ours}"
    )
    extras = f"prepaid: {{flat: 7}}\n    extras: [{yearly}, {monthly}, {after}]"
    path = written(tmp_path, "{line: {base: 7, rate: 10%}}", extras)
    usage = Usage.level(Fraction(50), START, MONTHS, {"users-a": Fraction(2)})
    quote = price(load_catalogue(path).plan("only"), usage, ONLY)
    assert quote is not None
    charges = [
        (str(month.charge.prepaid), str(month.charge.postpaid)) for month in quote.months[:2]
    ]
    assert charges == [("137.00", "5.67"), ("17.00", "5.67")]


# Row 13: what is no function of one month's spend


BEYOND = (
    "a fee on a whole year's spend, or on spend by class of product, cannot be held: a fee is a "
    "function of one month's spend; write unknown and say the rule in fee_text"
)
ANNUAL = "{annual: {graduated: [{up_to: 1800000, rate: 10%}, {up_to: 6000000, rate: 7%}]}}"
BY_CLASS = "{by_class: {azure: {percent: 10%}, server: {percent: 8%}}}"


@pytest.mark.parametrize(
    "fee",
    [
        ANNUAL,
        BY_CLASS,
        f"{{greater_of: [{{flat: 4166.67}}, {ANNUAL}]}}",
        f"{{sum: [{{flat: 1}}, {BY_CLASS}]}}",
        f"{{discount: {{of: {ANNUAL}, by: 5%}}}}",
        "{annual: {percent: 10%}, flat: 50000}",
    ],
)
def test_a_year_s_spend_and_classes_of_spend_are_refused(tmp_path: Path, fee: str) -> None:
    message = refusal(tmp_path, fee)
    assert BEYOND in message
    assert message.count("\n") == 1, "one mistake, said once"


# Row 15: the flag


def test_whether_the_minimum_is_discounted_too_makes_a_difference() -> None:
    both = [
        str(priced(f"row-15-minimum-{kind}", "500").monthly.total)
        for kind in ("discounted-as-well", "not-discounted")
    ]
    assert both == ["85.00", "100.00"]


# Row 16: what is charged first


@pytest.mark.parametrize(
    ("spend", "prepaid", "postpaid"),
    [
        ("0", "90.00", "0.00"),
        ("899.99", "90.00", "0.00"),
        ("900.05", "90.00", "0.01"),
        ("9000", "90.00", "810.00"),
        ("300000", "90.00", "15120.00"),
    ],
)
def test_the_minimum_is_prepaid_and_the_excess_billed_after(
    spend: str, prepaid: str, postpaid: str
) -> None:
    charge = priced("row-16-minimum-prepaid", spend).monthly
    assert (str(charge.prepaid), str(charge.postpaid)) == (prepaid, postpaid)


def test_where_nobody_says_what_is_prepaid_nothing_is_said() -> None:
    charge = priced("row-05-minimum-or-graduated", "85000").monthly
    assert (charge.prepaid, charge.postpaid) == (None, None)


@pytest.mark.parametrize("fee", ["free", "unknown"])
def test_what_is_prepaid_of_no_fee_is_refused(tmp_path: Path, fee: str) -> None:
    assert "prepaid" in refusal(tmp_path, fee, "prepaid: {flat: 50}")


# Row 17: parts of a month


def test_every_kind_of_proration_is_held() -> None:
    found = {plan.id: plan.terms.proration.value for plan in shapes().plans if plan.terms.proration}
    assert found == {
        "row-17-by-day-change-on-the-new-plan": Proration(
            PartMonth.FEE, ProrationUnit.DAY, ChangeDay.NEW
        ),
        "row-17-by-day-change-on-the-old-plan": Proration(
            PartMonth.FEE, ProrationUnit.DAY, ChangeDay.OLD
        ),
        "row-17-spend-by-day": Proration(PartMonth.SPEND, ProrationUnit.DAY, None),
        "row-17-minimum-by-second": Proration(PartMonth.MINIMUM, ProrationUnit.SECOND, None),
        "row-17-no-proration": Proration(PartMonth.NONE, ProrationUnit.DAY, None),
    }


# Section 7 of our facts: the vendors' own examples


@pytest.mark.parametrize(
    ("plan_id", "spend", "fee"),
    [
        ("row-04-minimum-or-rate", "5000", "500.00"),
        ("row-04-minimum-or-rate", "12000", "540.00"),
        ("row-06-base-plus-rate", "800", "64.00"),
        # what the monthly rule gives where the vendor rounded day by day (26.87 and 234.57)
        ("row-07-excess-over-one-threshold", "897.44", "26.93"),
        ("row-07-excess-over-several-thresholds", "3205.13", "234.61"),
    ],
)
def test_aiven_and_yandex(plan_id: str, spend: str, fee: str) -> None:
    assert str(priced(plan_id, spend).monthly.total) == fee


def written(tmp_path: Path, fee: str, more: str = "") -> Path:
    """A catalogue whose only plan has that fee."""
    lines = (
        "id: one\nname: One\ncurrency: USD\nspend: spend\n"
        "sources: [{id: ours, title: ours, level: assumed}]\n"
        "quantities: [{id: users-a, name: users}, {id: money, name: money, unit: money}]\n"
        f"plans:\n  - id: only\n    name: Only\n    tier: 1\n    fee: {fee}\n    source: ours\n"
    )
    path = tmp_path / "one.yaml"
    path.write_text(f"{lines}    {more}\n", encoding="utf-8")
    return path


def refusal(tmp_path: Path, fee: str, more: str = "") -> str:
    """What the loader says to such a catalogue: a heading, then a line for each mistake."""
    path = written(tmp_path, fee, more)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    return str(caught.value)
