"""Any deal: sums, differences and parts agree, whatever the accounts, the plans and the price."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.billing import Payment
from supportcli.advice.deal import Account, Deal
from supportcli.advice.portfolio import Portfolio, answered
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms, Tax
from supportcli.advice.sums import Sums
from supportcli.advice.to_pay import PriceBasis, ToPay, to_pay, to_pay_more, together
from supportcli.advice.usage import Order, Spends
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Term
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.registry import Needs
from tests.builders import day
from tests.runner import TODAY, run_cli

START = day("2026-12-01")
quick = settings(deadline=None, max_examples=30)


@cache
def shelf(name: str) -> Catalogue:
    return load_catalogue(name).in_force(START)


spends = st.integers(0, 50_000_000).map(lambda cents: Fraction(cents, 100))
rates = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))
vouchers = st.integers(0, 10**8).map(lambda cents: Decimal(cents) / 100)
discounts = st.none() | st.builds(Discount, rates, st.booleans())
taxes = st.none() | st.builds(Tax, rates, st.booleans())
prices = st.tuples(discounts, vouchers, taxes).map(lambda of: PriceTerms(*of))
periods = st.builds(Term, st.dates(START, day("2027-06-30")), st.integers(1, 24))
orders = st.lists(st.builds(Order, spends, st.none(), periods), max_size=2).map(tuple)
needs = st.sampled_from([Needs(), Needs(), Needs(tam=True), Needs(tam=False)])
accounts = st.tuples(needs, spends, orders).map(lambda of: Account("", of[0], Spends(of[1]), of[2]))
terms = st.builds(
    Term, st.sampled_from([START, day("2026-12-15")]), st.sampled_from([1, 5, 12, 13, 24])
)


@st.composite
def deals(draw: st.DrawFn, most: int = 4) -> Deal:
    found = draw(st.lists(accounts, min_size=1, max_size=most))
    named = (one._replace(name=f"account-{place}") for place, one in enumerate(found))
    return Deal(tuple(named), draw(terms), draw(prices))


names = st.sampled_from(["alibaba-cloud-cn", "aws", "huawei-cloud-intl", "scaleway"])


def answer_of(name: str, deal: Deal) -> Portfolio:
    whole = shelf(name)
    return answered(whole, deal, whole.default_reading, START).portfolio


def lines(sums: Sums) -> Iterator[object]:
    """Everything in sums but how the amounts came about."""
    yield from (sums.monthly, sums.annual, sums.term, sums.to_pay, sums.month, sums.settlement)


def due(payments: tuple[Payment, ...]) -> dict[object, Decimal]:
    found: dict[object, Decimal] = {}
    for payment in payments:
        found[payment.day] = found.get(payment.day, Decimal(0)) + payment.due
    return found


@pytest.mark.slow
@quick
@given(names, deals())
def test_the_accounts_make_up_the_total(name: str, deal: Deal) -> None:
    found = answer_of(name, deal)
    shares = [member.share for member in found.members if member.share is not None]
    if found.total is None:
        assert len(shares) < len(found.members)
        return
    total = found.total
    assert together([share.to_pay for share in shares]) == total.to_pay
    for charge, of in (
        (total.monthly, [share.quote.monthly for share in shares]),
        (total.annual, [share.quote.annual for share in shares]),
        (total.term, [share.quote.term for share in shares]),
    ):
        assert sum(each.total for each in of) == charge.total
        if charge.prepaid is not None:
            assert sum(each.prepaid or 0 for each in of) == charge.prepaid
    for place, bill in enumerate(total.settlement.bills):
        of_month = [share.settlement.bills[place] for share in shares]
        for line in ("fee", "net", "tax", "gross", "rest"):
            assert sum(getattr(each, line) for each in of_month) == getattr(bill, line)
    if total.settlement.payments:
        every = tuple(payment for share in shares for payment in share.settlement.payments)
        assert due(every) == due(total.settlement.payments)
    by_plan = [sums.to_pay for _, _, sums in found.by_plan()]
    assert together(by_plan) == total.to_pay
    used = min(deal.agreed.voucher, sum(bill.gross for bill in total.settlement.bills))
    assert total.settlement.voucher_used == used
    assert total.settlement.to_pay == total.to_pay.term - used
    if total.settlement.payments:
        assert sum(payment.voucher for payment in total.settlement.payments) == used


@pytest.mark.slow
@quick
@given(names, deals(1))
def test_recommended_and_difference_are_the_alternative(name: str, deal: Deal) -> None:
    advice = answer_of(name, deal).members[0].advice
    chosen = to_pay(advice, advice.recommended)
    for entry in advice.plans:
        other, more = to_pay(advice, entry), to_pay_more(advice, entry, advice.recommended)
        if chosen is None or other is None or entry.last_day:  # there is no year of it
            assert more is None
            continue
        assert more is not None
        assert chosen.annual + more.annual == other.annual
        assert chosen.monthly + more.monthly == other.monthly
        assert chosen.term + more.term == other.term


@pytest.mark.slow
@quick
@given(names, accounts, st.integers(1, 5), terms, prices)
def test_accounts_alike_are_as_many_of_the_same_by_name(
    name: str, account: Account, count: int, term: Term, price: PriceTerms
) -> None:
    alike = Deal((account._replace(alike=count),), term, price)
    named = alike._replace(
        accounts=tuple(account._replace(name=f"account-{place}") for place in range(count))
    )
    one, other = answer_of(name, alike).total, answer_of(name, named).total
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert list(lines(one)) == list(lines(other))


@pytest.mark.slow
@quick
@given(names, deals(), st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_nothing(
    name: str, deal: Deal, rng: random.Random
) -> None:
    shuffled = list(deal.accounts)
    rng.shuffle(shuffled)
    one, other = answer_of(name, deal), answer_of(name, deal._replace(accounts=tuple(shuffled)))
    plans = {
        m.account.name: m.advice.recommended and m.advice.recommended.plan.id for m in one.members
    }
    assert plans == {
        m.account.name: m.advice.recommended and m.advice.recommended.plan.id for m in other.members
    }
    assert one.together == other.together
    assert (one.total is None) == (other.total is None)
    if one.total is not None and other.total is not None:
        assert list(lines(one.total)) == list(lines(other.total))


@pytest.mark.slow
@quick
@given(deals(), st.integers(1, 11))
def test_a_term_in_two_parts_adds_up(deal: Deal, months: int) -> None:
    """Whole months; of fees by the month, as Alibaba Cloud's are."""
    level = tuple(one._replace(orders=()) for one in deal.accounts)
    whole = deal._replace(accounts=level, term=Term(START, 12))
    first = whole._replace(term=Term(START, months))
    rest = whole._replace(term=Term(day(f"2027-{months:02}-01"), 12 - months))
    totals = [answer_of("alibaba-cloud-cn", one).total for one in (whole, first, rest)]
    if totals[0] is None or totals[1] is None or totals[2] is None:
        assert totals == [None, None, None]
        return
    assert totals[0].to_pay.term == totals[1].to_pay.term + totals[2].to_pay.term
    bills = [total.settlement.bills for total in totals if total]
    assert bills[0] == bills[1] + bills[2]


@pytest.mark.slow
@quick
@given(names, deals())
def test_a_discount_and_a_tax_of_nothing_change_nothing(name: str, deal: Deal) -> None:
    nothing = PriceTerms(Discount(Fraction(0)), tax=Tax(Fraction(0), included=False))
    plain = answer_of(name, deal._replace(agreed=AS_PUBLISHED))
    other = answer_of(name, deal._replace(agreed=nothing))
    assert (plain.annual, plain.saved) == (other.annual, other.saved)
    if plain.total is None or other.total is None:
        assert plain.total is other.total
        return
    assert plain.total.settlement == other.total.settlement
    assert plain.total.to_pay[:3] == other.total.to_pay[:3]
    assert plain.total.to_pay[:3] == (
        plain.total.monthly.total,
        plain.total.annual.total,
        plain.total.term.total,
    )


def test_amounts_of_another_basis_have_neither_difference_nor_sum() -> None:
    basis = PriceBasis(1, "additive", None, None)
    one = ToPay(Decimal(1), Decimal(12), Decimal(12), "CNY", basis)
    for other in (
        one._replace(basis=basis._replace(reading="floor")),
        one._replace(basis=basis._replace(tax=Tax(Fraction(6, 100), included=False))),
        one._replace(currency="USD"),
    ):
        with pytest.raises(ValueError, match="another basis"):
            one.less(other)
        with pytest.raises(ValueError, match="another basis"):
            together([one, other])
    with pytest.raises(ValueError, match="another basis"):
        one.less(one._replace(basis=basis._replace(accounts=2)))
    assert together([one, one]).basis.accounts == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["alibaba-cloud-cn", "scaleway"])
def test_a_batch_of_the_accounts_has_their_amounts(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert name in SHIPPED
    monkeypatch.chdir(tmp_path)
    rng = random.Random(17)
    rows = [
        (f"account-{place}", Decimal(rng.randrange(50_000_000)) / 100, rng.random() < 0.5)
        for place in range(40)
    ]
    table = "".join(f"{one},{spend},{'yes' if tam else 'no'}\n" for one, spend, tam in rows)
    Path("in.csv").write_text("account,monthly_spend,tam\n" + table, encoding="utf-8")
    price = ("--discount", "15%", "--tax", "added", "--tax-rate", "6%", "--plans", name)
    assert run_cli("batch", "in.csv", "--out", "out.csv", *price, *TODAY).code == 0
    out = Path("out.csv").read_text(encoding="utf-8")
    found = {row["account"]: row for row in csv.DictReader(io.StringIO(out))}
    deal = Deal(
        tuple(Account(one, Needs(tam=tam), Spends(Fraction(spend))) for one, spend, tam in rows),
        Term(START, 12),
        PriceTerms(Discount(Fraction(15, 100)), tax=Tax(Fraction(6, 100), included=False)),
    )
    portfolio = answer_of(name, deal)
    for member in portfolio.members:
        row, chosen = found[member.account.name], member.advice.recommended
        assert row["plan"] == (chosen.plan.id if chosen else "")
        if member.share is not None:
            assert Decimal(row["annual_cost"]) == member.share.to_pay.annual
            assert Decimal(row["monthly_fee"]) == member.share.to_pay.monthly
