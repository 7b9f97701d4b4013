"""What each plan costs as SQL: the rounded fee of each distinct month, and the sums of them.

Made from the segments that `advise` evaluates. Plain CASE, ROUND and decimal literals; nothing is
divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby, takewhile
from typing import NamedTuple

from supportcli.advice.quote import is_pooled, rules_by_month, usage_held
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.currencies import minor_digits
from supportcli.core.piecewise import ZERO, PiecewiseLinear, plus
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.sql.agreed import Invoice, Invoices
from supportcli.sql.dialects.base import Dialect, text
from supportcli.sql.terms import Offer, StageColumns, Terms


class PlanCosts:
    """The columns of what a plan costs a row; all sums are of rounded months."""

    def __init__(self, offer: Offer, terms: Terms, columns: StageColumns, dialect: Dialect) -> None:
        self.offer = offer
        self.terms = terms
        self.columns = columns
        self.dialect = dialect
        self.digits = minor_digits(offer.currency)

    def add(self, plan: Plan, reading: str, stages: CostStages) -> None:
        """Each distinct month's fee, then the sums over a year and over the term.

        Without a reading by that of each row. Where a discount or tax was agreed every amount is
        what is to be paid, but for the year's list price.
        """
        if self.terms.agreed is not None:
            invoices = Invoices(self.terms.agreed, self.dialect, self.digits)
            self._add_agreed(plan, reading, invoices, stages)
            return
        fees, sums, column = stages.fees, stages.sums, self.columns.of
        pieces = self._pieces(plan, reading)
        year, term = [], []
        for index, piece in enumerate(pieces):
            known = column(f"m{index}", plan, reading)
            fees[known] = self._month(plan, piece.total, piece.spend)
            year.append((known, piece.months_of_year))
            term.append((known, self._months_within(piece)))
            if piece.begins_year:
                more = column(f"y{index}", plan, reading)
                whole = self._month(plan, _raised(piece.total, piece.yearly), piece.spend)
                fees[more] = f"{whole} - {fees[known]}"
                year.append((more, "1" if piece.start == 0 else "0"))
                term.append((more, self._years_within(piece)))
        first = pieces[0]
        month = self._month(plan, _raised(first.total, first.yearly), first.spend)
        fees[column("first", plan, reading)] = self._if_known(plan, month)
        fees[column("pre", plan, reading)] = self._if_known(plan, self._prepaid(plan, first))
        sums[column("annual", plan, reading)] = self._if_known(plan, _sum(year))
        if not reading:
            sums[column("term", plan)] = _sum(term)

    def _add_agreed(self, plan: Plan, reading: str, invoices: Invoices, stages: CostStages) -> None:
        """The same after the discount and with the tax; ranked after the discount."""
        column, pieces = self.columns.of, self._pieces(plan, reading)
        listed, net, gross = _Sums(), _Sums(), _Sums()

        def made(piece: _Piece, name: str, raised: bool) -> Invoice:
            return self._agreed_invoice(plan, reading, piece, name, raised, invoices, stages)

        for index, piece in enumerate(pieces):
            each = made(piece, f"m{index}", False)
            year, term = piece.months_of_year, self._months_within(piece)
            listed.add(each.fee, year, term)
            net.add(each.net, year, term)
            gross.add(each.gross, year, term)
            if piece.begins_year:
                more = made(piece, f"y{index}", True)
                year, term = "1" if piece.start == 0 else "0", self._years_within(piece)
                listed.add(f"({more.fee} - {each.fee})", year, term)
                net.add(f"({more.net} - {each.net})", year, term)
                gross.add(f"({more.gross} - {each.gross})", year, term)
        self._add_first(plan, reading, made(pieces[0], "f", True), invoices, stages)
        for name, sums in (("annual", gross), ("list", listed)):
            year = self._of_all(plan, f"({_sum(sums.year)})")
            stages.sums[column(name, plan, reading)] = self._if_known(plan, year)
        if not reading:
            stages.sums[column("term", plan)] = self._of_all(plan, f"({_sum(net.term)})")

    def _agreed_invoice(
        self,
        plan: Plan,
        reading: str,
        piece: _Piece,
        name: str,
        raised: bool,
        invoices: Invoices,
        stages: CostStages,
    ) -> Invoice:
        """One invoice of a run of months, with its steps; `raised` by what is charged yearly."""
        column = self.columns.of
        yearly, prepaid = (piece.yearly, piece.yearly_prepaid) if raised else (ZERO, ZERO)
        columns = [column(f"{name}_{step}", plan, reading) for step in ("net", "tax", "fee", "pre")]
        invoice = Invoice(*columns)
        fee = self._invoice(plan, _raised(piece.total, yearly), piece.spend)
        stages.fees[invoice.fee] = self.dialect.wide(fee, self.digits)
        stages.fees[columns[3]] = self._first_part(plan, piece, prepaid)
        stages.nets[invoice.net] = invoices.net(invoice)
        stages.taxes[invoice.tax] = invoices.tax(invoice)
        return invoice

    def _add_first(
        self, plan: Plan, reading: str, first: Invoice, invoices: Invoices, stages: CostStages
    ) -> None:
        """What is to be paid of the first month, and which part of it first."""
        column = self.columns.of
        kept = column("kept", plan, reading)
        stages.taxes[kept] = invoices.kept(first)
        month = self._of_all(plan, first.gross)
        stages.sums[column("first", plan, reading)] = self._if_known(plan, month)
        prepaid = self._of_all(plan, invoices.first(first, kept))
        stages.sums[column("pre", plan, reading)] = self._if_known(plan, prepaid)

    def known_months(self, plan: Plan) -> int:
        """For how many months of the horizon the price is known."""
        return len(self._rules(plan))

    def _prepaid(self, plan: Plan, first: _Piece) -> str:
        """The part of the first month charged first; unknown where the reading does not say it."""
        return self._of_all(plan, self._first_part(plan, first, first.yearly_prepaid))

    def _first_part(self, plan: Plan, piece: _Piece, yearly: Fraction) -> str:
        """The prepaid part of one invoice, with what is charged yearly of it."""
        if not piece.prepaid:
            return self.dialect.unknown(self.digits)
        words = self._invoice(plan, _raised(piece.prepaid, yearly), piece.spend)
        if len(piece.prepaid) == len(piece.total):
            return words
        stated = ", ".join(map(text, piece.prepaid))
        return f"CASE WHEN {self.terms.reading} IN ({stated}) THEN {words} END"

    def _rules(self, plan: Plan) -> list[Mapping[str, Fee]]:
        """The fees of each month that the plan is to be had, up to the first that is unknown."""
        months = self._held(plan)
        numbers = {each.extra.quantity: each.number for each in plan.counted}
        usage = Usage(months, {name: number for name, number in numbers.items() if name})
        rules = rules_by_month(plan, usage)
        return [fees for fees in takewhile(bool, (rule.fees for rule in rules)) if fees]

    def _held(self, plan: Plan) -> tuple[MonthSpend, ...]:
        """The months of the horizon as far as the plan goes; all where it ended before them."""
        start = self.offer.start
        months = tuple(MonthSpend(start.plus(i), None) for i in range(self.offer.horizon))
        return usage_held(plan, Usage(months)).months

    def _if_known(self, plan: Plan, words: str) -> str:
        """A figure, where the price of every month of a row's term is known."""
        known = self.known_months(plan)
        if known == len(self._held(plan)):  # no price of a later month is unknown
            return words
        return f"CASE WHEN {self.terms.months} <= {known} THEN {words} END"

    def _pieces(self, plan: Plan, reading: str) -> list[_Piece]:
        """The runs of months of one spend under one rule."""
        rules, spends = self._rules(plan), self.terms.spends
        wanted = (reading,) if reading else self.terms.readings
        runs = groupby(range(len(rules)), key=lambda i: (min(i, len(spends) - 1), rules[i]))
        pieces = []
        for (spend, fees), run in runs:
            indexes = list(run)
            chosen = {one: fees[one] for one in wanted}
            stated = {one: part.prepaid for one, part in chosen.items()}
            some = next(iter(chosen.values()))
            pieces.append(
                _Piece(
                    spends[spend],
                    {one: part.total for one, part in chosen.items()},
                    {one: part for one, part in stated.items() if part is not None},
                    some.yearly,
                    some.yearly_prepaid,
                    indexes[0],
                    indexes[-1] + 1,
                )
            )
        return pieces

    def _month(self, plan: Plan, by_reading: Mapping[str, PiecewiseLinear], spend: str) -> str:
        """A month's fee of all accounts, rounded; by the row's reading if that matters."""
        return self._of_all(plan, self._invoice(plan, by_reading, spend))

    def _invoice(self, plan: Plan, by_reading: Mapping[str, PiecewiseLinear], spend: str) -> str:
        """The same of one invoice: accounts whose spend is pooled get one, others one each."""
        accounts, pooled, scale = self.terms.accounts, is_pooled(plan), self.terms.scale
        several = self.dialect.times(spend, scale, accounts)
        at = f"({several})" if pooled and accounts != "1" else spend
        texts = {
            one: self.dialect.fee(each, at, scale, self.offer.currency)
            for one, each in by_reading.items()
        }
        rounded = next(iter(texts.values()))
        if len(set(texts.values())) > 1:
            cases = " ".join(f"WHEN {text(one)} THEN {each}" for one, each in texts.items())
            rounded = f"CASE {self.terms.reading} {cases} END"
        return rounded

    def _of_all(self, plan: Plan, invoice: str) -> str:
        """The invoices of all accounts."""
        if self.terms.accounts == "1":
            return invoice
        if is_pooled(plan):
            return self.dialect.wide(invoice, self.digits)
        return self.dialect.times(invoice, self.digits, self.terms.accounts)

    def _months_within(self, piece: _Piece) -> str:
        """How many months of a run lie within a row's term."""
        months, start, end = self.terms.months, piece.start, piece.end
        if months.isdigit():
            return str(max(min(int(months), end) - start, 0))
        if start == 0 and end == self.offer.horizon:
            return months
        return self.dialect.larger(f"{self.dialect.smaller(months, str(end))} - {start}", "0")

    def _years_within(self, piece: _Piece) -> str:
        """How many years of a row's term begin in a run."""
        begins = [i for i in range(0, self.offer.horizon, MONTHS) if piece.start <= i < piece.end]
        months = self.terms.months
        if months.isdigit():
            return str(sum(int(months) > begin for begin in begins))
        counted = (f"CASE WHEN {months} > {begin} THEN 1 ELSE 0 END" for begin in begins)
        return f"({' + '.join(counted)})"


class CostStages(NamedTuple):
    """The columns of what plans cost, by the stages in which they are made."""

    fees: dict[str, str]
    nets: dict[str, str]
    taxes: dict[str, str]
    sums: dict[str, str]

    @classmethod
    def empty(cls) -> CostStages:
        """No column yet."""
        return cls({}, {}, {}, {})


class _Sums:
    """So many times each column, over a year and over the term."""

    def __init__(self) -> None:
        self.year: list[tuple[str, str]] = []
        self.term: list[tuple[str, str]] = []

    def add(self, column: str, year: str, term: str) -> None:
        """A column and how often it counts in either."""
        self.year.append((column, year))
        self.term.append((column, term))


class _Piece(NamedTuple):
    """Months, from one index up to another, of one spend under one rule."""

    spend: str
    total: Mapping[str, PiecewiseLinear]
    prepaid: Mapping[str, PiecewiseLinear]
    yearly: Fraction
    yearly_prepaid: Fraction
    start: int
    end: int

    @property
    def months_of_year(self) -> str:
        """How many of the months are of the first year."""
        return str(min(self.end, MONTHS) - min(self.start, MONTHS))

    @property
    def begins_year(self) -> bool:
        """Whether a year's charge is due in one of the months."""
        return bool(self.yearly) and -(-self.start // MONTHS) * MONTHS < self.end


def _raised(fees: Mapping[str, PiecewiseLinear], amount: Fraction) -> Mapping[str, PiecewiseLinear]:
    """The fees with a constant on top."""
    return {one: plus(each, PiecewiseLinear.line(amount)) for one, each in fees.items()}


def _sum(parts: Iterable[tuple[str, str]]) -> str:
    """So many times each column."""
    terms = [
        column if count == "1" else f"{column} * {count}" for column, count in parts if count != "0"
    ]
    return " + ".join(terms)
