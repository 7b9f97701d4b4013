"""The contract as text: what is understood, and each mistake in its words."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.deal import Account, Deal
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms, Tax
from supportcli.advice.usage import Growth, Order, Spends, Usage
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Basis, Clause, Conditions, PartMonth, Spreading, TaxInAmounts
from supportcli.core.period import Term
from supportcli.inputs.answers.deal import DealReader
from supportcli.inputs.answers.sources import Given, flag_name
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.builders import CITE, day, shipped

TODAY = day("2026-11-20")
Value = str | list[str]


class Contract(NamedTuple):
    """A deal of one account (or of some alike), as it was understood."""

    deal: Deal

    @property
    def account(self) -> Account:
        [account] = self.deal.accounts
        return account

    def usage(self, catalogue: Catalogue) -> Usage:
        return self.deal.usage(self.account, catalogue)


def reader_of(
    given_: dict[str, Value], spend: str | None = "100", catalogue: Catalogue | None = None
) -> tuple[Contract, DealReader]:
    """The contract and its reader; `spend` is the level given where no other spend is."""
    told = {} if spend is None or given_.keys() & {"spend", "paid", "spend_series"} else given_
    texts = {**({"spend": spend} if told is given_ and spend is not None else {}), **given_}
    layers = {
        name: Given(tuple(value) if isinstance(value, list) else (value,), flag_name(name))
        for name, value in texts.items()
    }
    reader = DealReader(catalogue or shipped(), TODAY)
    return Contract(reader.read(layers).deal), reader


def read(spend: str | None = "100", /, **given_: Value) -> Contract:
    contract, reader = reader_of(given_, spend)
    assert list(map(str, reader.problems)) == []
    return contract


def mistakes(spend: str | None = "100", /, **given_: Value) -> list[str]:
    return list(map(str, reader_of(given_, spend)[1].problems))


def test_what_holds_where_nothing_is_said() -> None:
    assert read().deal == Deal(
        accounts=(Account(spends=Spends(Fraction(100))),),
        term=Term(day("2026-12-01"), 12),
        agreed=AS_PUBLISHED,
        spreading=None,
        proration=None,
        thirty=False,
    )


@pytest.mark.parametrize(
    ("today", "start"), [("2026-11-30", "2026-12-01"), ("2026-12-01", "2027-01-01")]
)
def test_a_term_begins_next_month_unless_told_otherwise(today: str, start: str) -> None:
    assert DealReader(shipped(), day(today)).read({}).deal.term.start == day(start)


@pytest.mark.parametrize(
    ("text", "start"), [("2026-12", "2026-12-01"), ("2026-12-15", "2026-12-15")]
)
def test_start(text: str, start: str) -> None:
    assert read(start=text).deal.term.start == day(start)


@pytest.mark.parametrize("months", [1, 12, 60])
def test_months(months: int) -> None:
    assert read(months=str(months)).deal.term.months == months


@pytest.mark.parametrize(
    ("text", "rate", "every"),
    [
        ("3%/month", "3/100", 1),
        ("3%/year", "3/100", 12),
        ("3% / month", "3/100", 1),
        ("2.5%/年", "1/40", 12),
        ("３%/月", "3/100", 1),
        ("-5%/month", "-1/20", 1),
        ("-100%/year", "-1", 12),
    ],
)
def test_growth(text: str, rate: str, every: int) -> None:
    assert read(growth=text).account.spends.growth == Growth(Fraction(rate), every)


@pytest.mark.parametrize("text", ["0%/month", "0%/year", "-0%/month"])
def test_growth_of_nothing_is_none(text: str) -> None:
    assert read(growth=text).account.spends.growth is None


FROM_MARCH = Term(day("2026-03-15"), 12)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("120000 from 2026-03-15 for 12 months", Order(Fraction(120000), None, FROM_MARCH)),
        (" 12万 from 2026-03-15 for 12 months ", Order(Fraction(120000), None, FROM_MARCH)),
        (
            "¥120,000.00  from  2026-03-15  for  12  months",
            Order(Fraction(120000), None, FROM_MARCH),
        ),
        (
            "120000 paid 90000 from 2026-03 for 1 month",
            Order(Fraction(120000), Fraction(90000), Term(day("2026-03-01"), 1)),
        ),
    ],
)
def test_order(text: str, order: Order) -> None:
    assert read(order=[text]).account.orders == (order,)


def test_orders_from_flags_and_files(tmp_path: Path) -> None:
    file = tmp_path / "orders.txt"
    file.write_text(
        "\ufeff# ours\n120000 from 2026-03-15 for 12 months # a server\n"
        "\n600 from 2026-04 for 1 month\n",
        encoding="utf-8",
    )
    contract = read(order=[str(file), "5 from 2026-05 for 2 months"])
    assert [order.listed for order in contract.account.orders] == [120000, 600, 5]


@pytest.mark.parametrize(
    ("spend", "given_", "level"),
    [
        ("100", {}, 100),
        (None, {}, None),
        (None, {"order": ["5 from 2026-05 for 2 months"]}, 0),  # nothing is paid as it goes
        ("100", {"order": ["5 from 2026-05 for 2 months"]}, 100),
    ],
)
def test_the_level_of_spend(spend: str | None, given_: dict[str, Value], level: int | None) -> None:
    assert read(spend, **given_).account.spends.level == level


@pytest.mark.parametrize("between", [" ", "\n", "; ", "  ;\t"])
def test_a_series_of_amounts(between: str) -> None:
    contract = read(None, months="3", spend_series=between.join(["100", "2,000.50", "0"]))
    assert list(contract.account.spends.series) == [100, Fraction("2000.5"), 0]


def test_a_series_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "spend.txt"
    file.write_text("2026-12 100\n2027-01, 200  # up\n\n300\n", encoding="utf-8")
    contract = read(None, months="3", spend_series=str(file))
    assert list(contract.account.spends.series) == [100, 200, 300]


def test_a_series_from_mid_month_has_a_part_more() -> None:
    contract = read(None, start="2026-12-15", months="2", spend_series="1 2 3")
    assert list(contract.account.spends.series) == [1, 2, 3]
    assert mistakes(None, start="2026-12-15", months="2", spend_series="1 2") == [
        "--spend-series: has 2 amounts; the term touches 3 months, 2026-12 to 2027-02"
    ]


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ({"paid": "84000", "paid_discount": "7折"}, "120000"),
        ({"paid": "8.4万", "paid_discount": "7折"}, "120000"),
        ({"paid": "84000", "paid_discount": "30% off"}, "120000"),
        ({"paid": "100", "paid_discount": "0%"}, "100"),
        ({"paid": "100", "paid_discount": "10%"}, "111.11"),  # 111.1111
        ({"paid": "100", "paid_discount": "85折"}, "117.65"),  # 117.647
    ],
)
def test_the_spend_before_a_discount(given_: dict[str, Value], level: str) -> None:
    contract = read(None, **given_)
    assert contract.account.spends.level == Fraction(level)
    assert contract.account.estimated
    usage = contract.usage(shipped())
    assert usage.origin is not None
    assert usage.origin.estimated


@pytest.mark.parametrize(
    ("given_", "agreed"),
    [
        ({"discount": "7折"}, PriceTerms(Discount(Fraction(3, 10)))),
        ({"discount": "30%"}, PriceTerms(Discount(Fraction(3, 10)))),
        ({"discount": "30%", "discount_on": "all"}, PriceTerms(Discount(Fraction(3, 10)))),
        (
            {"discount": "30%", "discount_on": "postpaid"},
            PriceTerms(Discount(Fraction(3, 10), False)),
        ),
        ({"voucher": "5000"}, PriceTerms(voucher=Decimal("5000.00"))),
        ({"voucher": "0.005"}, PriceTerms(voucher=Decimal("0.01"))),
        ({"tax": "included", "tax_rate": "6%"}, PriceTerms(tax=Tax(Fraction(6, 100), True))),
        ({"tax": "不含税", "tax_rate": "6"}, PriceTerms(tax=Tax(Fraction(6, 100), False))),
        # nothing off and no tax change nothing
        ({"discount": "无", "discount_on": "postpaid"}, PriceTerms()),
        ({"discount": "0%", "tax": "added", "tax_rate": "0"}, PriceTerms()),
    ],
)
def test_deal(given_: dict[str, Value], agreed: PriceTerms) -> None:
    assert read(**given_).deal.agreed == agreed


@pytest.mark.parametrize(
    ("given_", "field", "value"),
    [
        ({"spreading": "by-day"}, "spreading", Spreading.BY_DAY),
        ({"spreading": "by-month"}, "spreading", Spreading.BY_MONTH),
        ({"proration": "fee"}, "proration", PartMonth.FEE),
        ({"proration": "spend"}, "proration", PartMonth.SPEND),
        ({"proration": "none"}, "proration", PartMonth.NONE),
        ({"days": "30"}, "thirty", True),
        ({"days": "calendar"}, "thirty", False),
    ],
)
def test_choices(given_: dict[str, Value], field: str, value: object) -> None:
    assert getattr(read(**given_).deal, field) == value


@pytest.mark.parametrize("accounts", [1, 3, 9999])
def test_accounts_alike(accounts: int) -> None:
    assert read(accounts=str(accounts)).account.alike == accounts


NOT_AN_ORDER = "is not an order; write it like 120000 from 2026-03-15 for 12 months"


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"months": "0"}, "--months: '0' is not a whole number from 1 to 60; write it like 12"),
        ({"months": "61"}, "--months: '61' is not a whole number from 1 to 60; write it like 12"),
        ({"months": "1.5"}, "--months: '1.5' is not a whole number from 1 to 60; write it like 12"),
        ({"months": "-1"}, "--months: '-1' is not a whole number from 1 to 60; write it like 12"),
        (
            {"start": "soon"},
            "--start: 'soon' is no start; write it like 2026-12 or 2026-12-15",
        ),
        (
            {"start": "2026-02-30"},
            "--start: '2026-02-30' is no start; write it like 2026-12 or 2026-12-15",
        ),
        ({"growth": "3%"}, "--growth: '3%' is not a growth; write it like 3%/month or 3%/year"),
        (
            {"growth": "3/month"},
            "--growth: '3/month' is not a growth; write it like 3%/month or 3%/year",
        ),
        ({"growth": "x%/month"}, "--growth: 'x%' is not a rate; write it like 7% or 2.5%"),
        ({"growth": "101%/year"}, "--growth: '101%' is more than 100%; write it like 7% or 2.5%"),
        ({"order": ["120000"]}, f"--order: '120000' {NOT_AN_ORDER}"),
        ({"order": ["no-file.txt"]}, f"--order: 'no-file.txt' {NOT_AN_ORDER}"),
        ({"order": ["a\0b"]}, f"--order: 'a\\x00b' {NOT_AN_ORDER}"),
        (
            {"order": ["x from 2026-03 for 1 month"]},
            "--order: 'x' is not an amount; write it like 12500 or 12,500.00",
        ),
        (
            {"order": ["5 paid x from 2026-03 for 1 month"]},
            "--order: 'x' is not an amount; write it like 12500 or 12,500.00",
        ),
        (
            {"order": ["5 from March for 1 month"]},
            "--order: 'March' is no start; write it like 2026-12 or 2026-12-15",
        ),
        (
            {"order": ["5 from 2026-03 for 99 months"]},
            "--order: '99' is not a whole number from 1 to 60; write it like 12",
        ),
        (
            {"accounts": "0"},
            "--accounts: '0' is not a whole number from 1 to 9999; write it like 12",
        ),
        (
            {"accounts": "10000"},
            "--accounts: '10000' is not a whole number from 1 to 9999; write it like 12",
        ),
        ({"spreading": "daily"}, "--spreading: 'daily' is not one of: by-month, by-day"),
        ({"days": "31"}, "--days: '31' is not one of: calendar, 30"),
        (
            {"discount": "7"},
            (
                "--discount: '7' could be what is paid or what is taken off; "
                "write it like 7折 or 7% off"
            ),
        ),
        (
            {"discount": "7折", "discount_on": "some"},
            "--discount-on: 'some' is not one of: all, postpaid",
        ),
        ({"voucher": "-5"}, "--voucher: '-5' is below zero; write an amount of 0 or more"),
        ({"tax": "included"}, "--tax: needs a rate; give --tax-rate 6%"),
        ({"tax": "no", "tax_rate": "6%"}, "--tax: 'no' is not one of: included, added"),
        ({"tax_rate": "6%"}, "--tax-rate: means nothing without --tax; give both"),
        ({"discount_on": "all"}, "--discount-on: means nothing without --discount; give both"),
        ({"paid_discount": "7折"}, "--paid-discount: means nothing without --paid; give both"),
        (
            {"paid": "84000"},
            "--paid: needs the discount that it is after; give --paid-discount 7折",
        ),
        (
            {"paid": "5", "paid_discount": "7折", "spend": "5"},
            "--paid: contradicts --spend; give one of them",
        ),
        (
            {"paid": "5", "paid_discount": "100% off"},
            (
                "--paid-discount: '100% off' takes everything off; "
                "nothing can be told from what is paid"
            ),
        ),
        (
            {"growth": "3%/month", "spend_series": " ".join("123456789012")},
            "--growth: contradicts --spend-series; give one of them",
        ),
        (
            {"months": "2", "spend_series": "1 2 3"},
            "--spend-series: has 3 amounts; the term touches 2 months, 2026-12 to 2027-01",
        ),
        (
            {"months": "2", "spend_series": "1 x"},
            "--spend-series: 'x' is not an amount; write it like 12500 or 12,500.00",
        ),
    ],
)
def test_a_mistake_is_told_in_these_words(given_: dict[str, Value], words: str) -> None:
    assert mistakes(**given_) == [words]


def test_every_mistake_is_told_at_once() -> None:
    found = mistakes(months="0", growth="x", accounts="y", order=["a", "b"], discount="c")
    assert [words.partition(":")[0] for words in found] == [
        *("--order", "--order", "--months", "--discount", "--growth", "--accounts"),
    ]


def test_a_series_that_names_other_months_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "spend.txt"
    file.write_text("2026-12 100\n2027-02 200\n", encoding="utf-8")
    assert mistakes(None, months="2", spend_series=str(file)) == [
        "--spend-series: '2027-02' stands where 2027-01 is expected"
    ]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "o.bin"
    file.write_bytes(b"\xff\xfe\x00")
    [words] = mistakes(order=[str(file)])
    assert words.endswith("cannot be read as UTF-8 text")


def test_an_amount_that_may_be_misread_is_pointed_out() -> None:
    contract, reader = reader_of({"voucher": "12.500"})
    assert contract.deal.agreed.voucher == Decimal("12.50")
    assert len(reader.cautions) == 1


@pytest.mark.parametrize(
    "given_", [{"spend": "100"}, {"paid": "70", "paid_discount": "7折"}], ids=["spend", "paid"]
)
def test_a_spend_and_a_series_contradict_each_other(given_: dict[str, Value]) -> None:
    assert mistakes(months="2", spend_series="1 2", **given_) != []


def test_no_order_of_a_long_file_is_lost(tmp_path: Path) -> None:
    """4,000 lines of 40 characters; they are all read, or the file is refused."""
    file = tmp_path / "orders.txt"
    file.write_text(f"{'5 from 2026-03-15 for 12 months':39}\n" * 4000, encoding="utf-8")
    contract, reader = reader_of({"order": [str(file)]})
    assert reader.problems or len(contract.account.orders) == 4000


# What the catalogue says, and what the contract says instead

ORDER = "120000 paid 90000 from 2026-03 for 12 months"


@pytest.mark.parametrize(
    ("catalogue", "given_", "march", "april"),
    [
        ("alibaba", {}, "10000", "10000"),
        # 120,000 / 365 x 31 and x 30, in cents by largest remainder
        ("alibaba", {"spreading": "by-day"}, "10191.78", "9863.02"),
        ("huawei-cloud-intl", {}, "10191.78", "9863.02"),
        ("huawei-cloud-intl", {"spreading": "by-month"}, "10000", "10000"),
        ("aws", {}, "10000", "10000"),  # no rule is stated
    ],
)
def test_the_catalogue_says_how_orders_are_spread(
    catalogue: str, given_: dict[str, Value], march: str, april: str
) -> None:
    whole = shipped() if catalogue == "alibaba" else load_catalogue(catalogue)
    contract, _ = reader_of({"start": "2026-03", "order": [ORDER], **given_}, None, whole)
    usage = contract.usage(whole)
    assert [month.spend for month in usage.months[:2]] == [Fraction(march), Fraction(april)]
    assert sum(month.ordered for month in usage.months) == 120000


@pytest.mark.parametrize(
    ("basis", "monthly"), [(None, 10000), (Basis.LIST, 10000), (Basis.NET, 7500)]
)
def test_the_catalogue_says_which_price_counts(basis: Basis | None, monthly: int) -> None:
    """Issue 5: 10,000.00 a month before the discount, not 7,500.00."""
    clause = None if basis is None else Clause(basis, None, CITE)
    whole = shipped()._replace(terms=Conditions(basis=clause))
    contract = read(None, start="2026-03", order=[ORDER])
    usage = contract.usage(whole)
    assert [month.spend for month in usage.months] == [monthly] * 12


def test_accounts_and_days_are_those_of_the_contract() -> None:
    usage = read(start="2026-03-15", accounts="3", days="30", months="1").usage(shipped())
    assert usage.accounts == 3
    assert [month.share for month in usage.months] == [Fraction(16, 30), Fraction(14, 30)]


def test_the_rule_for_a_part_of_a_month_is_the_contracts_own() -> None:
    whole = shipped()
    assert read().deal.rules(whole) is whole
    ruled = read(proration="none").deal.rules(whole)
    parts = {each.terms.proration and each.terms.proration.value.part for each in ruled.plans}
    assert parts == {PartMonth.NONE}
    assert [each.id for each in ruled.plans] == [each.id for each in whole.plans]
    kept = next(each.terms.proration for each in whole.plans)
    mine = next(each.terms.proration for each in ruled.plans)
    assert kept is not None
    assert mine is not None
    assert (mine.value.unit, mine.text, mine.cite) == (kept.value.unit, None, kept.cite)


def test_a_plan_without_a_rule_takes_the_contracts_too() -> None:
    google = load_catalogue("google-cloud")
    assert all(each.terms.proration is None for each in google.plans)
    contract, _ = reader_of({"proration": "none"}, "5", google)
    for each in contract.deal.rules(google).plans:
        assert each.terms.proration is not None
        assert each.terms.proration.value.part is PartMonth.NONE
        assert str(each.terms.proration.cite) == ""


OTHERWISE = {
    "included": "the source's amounts are without tax, here they are taken to include it",
    "added": "the source's amounts include tax, here it is added to them",
}


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (TaxInAmounts.EXCLUDED, "included"),
        (TaxInAmounts.INCLUDED, "added"),
        (None, None),
    ],
)
def test_a_tax_against_what_the_source_says_is_told(
    stated: TaxInAmounts | None, told: str | None
) -> None:
    """A rate of nothing is no tax, in the amounts or on top of them."""
    yandex = load_catalogue("yandex-cloud")
    tax = None if stated is None else Clause(stated, None, CITE)
    plans = (plan._replace(terms=plan.terms._replace(tax=tax)) for plan in yandex.plans)
    rules = yandex._replace(plans=tuple(plans))
    for said in ("included", "added"):
        for rate in ("20%", "0%"):
            _, reader = reader_of({"tax": said, "tax_rate": rate}, catalogue=rules)
            expected = [OTHERWISE[said]] if said == told and rate == "20%" else []
            assert list(map(str, reader.cautions)) == expected
    assert reader_of({}, catalogue=rules)[1].cautions == []


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(
            ["months", "start", "growth", "order", "accounts", "discount", "voucher", "tax_rate"]
        ),
        st.text("0123456789-./% from折万month年", max_size=20) | st.text(max_size=10),
    )
)
def test_every_text_is_understood_or_a_mistake(given_: dict[str, str]) -> None:
    contract, reader = reader_of(dict(given_))
    if not reader.problems:
        assert contract.usage(shipped()).months
