"""What each plan costs as SQL: the rounded fee of each distinct month, and the sums of them.

Made from the segments that `advise` evaluates. Plain CASE, ROUND and decimal literals; nothing is
divided.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby, takewhile

from supportcli.advice.quote import is_pooled, rules_by_month, usage_held
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.currencies import minor_digits
from supportcli.core.piecewise import ZERO, PiecewiseLinear
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.record import NamedTuple
from supportcli.sql.agreed import Invoice, Invoices
from supportcli.sql.choice import lasts
from supportcli.sql.dialects.base import Dialect, text
from supportcli.sql.pieces import CostSums, Counts, Piece, raised, sum_of
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
        counted = CostSums()
        for index, piece in enumerate(pieces):
            known = column(f"m{index}", plan, reading)
            fees[known] = self._month(plan, piece.total, piece.spend)
            counted.add(known, self._months_of(plan, piece))
            if piece.begins_year:
                more = column(f"y{index}", plan, reading)
                whole = self._month(plan, raised(piece.total, piece.yearly), piece.spend)
                fees[more] = f"{whole} - {fees[known]}"
                counted.add(more, self._years_of(piece))
        first = pieces[0]
        month = self._month(plan, raised(first.total, first.yearly), first.spend)
        fees[column("first", plan, reading)] = self._if_known(plan, month)
        fees[column("pre", plan, reading)] = self._if_known(plan, self._prepaid(plan, first))
        sums[column("annual", plan, reading)] = self._if_known(plan, self._of_year(plan, counted))
        if not reading:
            sums[column("term", plan)] = sum_of(counted.term)

    def _add_agreed(self, plan: Plan, reading: str, invoices: Invoices, stages: CostStages) -> None:
        """The same after the discount and with the tax; ranked after the discount."""
        column, pieces = self.columns.of, self._pieces(plan, reading)
        listed, net, gross = CostSums(), CostSums(), CostSums()

        def made(piece: Piece, name: str, raised: bool) -> Invoice:
            return self._agreed_invoice(plan, reading, piece, name, raised, invoices, stages)

        for index, piece in enumerate(pieces):
            each = made(piece, f"m{index}", False)
            counts = self._months_of(plan, piece)
            listed.add(each.fee, counts)
            net.add(each.net, counts)
            gross.add(each.gross, counts)
            if piece.begins_year:
                more = made(piece, f"y{index}", True)
                counts = self._years_of(piece)
                listed.add(f"({more.fee} - {each.fee})", counts)
                net.add(f"({more.net} - {each.net})", counts)
                gross.add(f"({more.gross} - {each.gross})", counts)
        self._add_first(plan, reading, made(pieces[0], "f", True), invoices, stages)
        for name, sums in (("annual", gross), ("list", listed)):
            year = self._of_all(plan, f"({self._of_year(plan, sums)})")
            stages.sums[column(name, plan, reading)] = self._if_known(plan, year)
        if not reading:
            stages.sums[column("term", plan)] = self._of_all(plan, f"({sum_of(net.term)})")

    def _agreed_invoice(
        self,
        plan: Plan,
        reading: str,
        piece: Piece,
        name: str,
        with_yearly: bool,
        invoices: Invoices,
        stages: CostStages,
    ) -> Invoice:
        """One invoice of a run of months, with its steps, and what is charged yearly if wanted."""
        column = self.columns.of
        yearly, prepaid = (piece.yearly, piece.yearly_prepaid) if with_yearly else (ZERO, ZERO)
        columns = [column(f"{name}_{step}", plan, reading) for step in ("net", "tax", "fee", "pre")]
        invoice = Invoice(*columns)
        fee = self._invoice(plan, raised(piece.total, yearly), piece.spend)
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

    def _prepaid(self, plan: Plan, first: Piece) -> str:
        """The part of the first month charged first; unknown where the reading does not say it."""
        return self._of_all(plan, self._first_part(plan, first, first.yearly_prepaid))

    def _first_part(self, plan: Plan, piece: Piece, yearly: Fraction) -> str:
        """The prepaid part of one invoice, with what is charged yearly of it."""
        if not piece.prepaid:
            return self.dialect.unknown(self.digits)
        words = self._invoice(plan, raised(piece.prepaid, yearly), piece.spend)
        if len(piece.prepaid) == len(piece.total):
            return words
        stated = ", ".join(map(text, piece.prepaid))
        return f"CASE WHEN {self.terms.reading} IN ({stated}) THEN {words} END"

    def _rules(self, plan: Plan) -> list[Mapping[str, Fee]]:
        """The fees of each month of the horizon, up to the first whose price is unknown."""
        months = self._months()
        numbers = {each.extra.quantity: each.number for each in plan.counted}
        usage = Usage(months, {name: number for name, number in numbers.items() if name})
        rules = rules_by_month(plan, usage)
        return [fees for fees in takewhile(bool, (rule.fees for rule in rules)) if fees]

    def _months(self) -> tuple[MonthSpend, ...]:
        start = self.offer.start
        return tuple(MonthSpend(start.plus(i), None) for i in range(self.offer.horizon))

    def _held(self, plan: Plan) -> int:
        """How many months of the horizon the plan is to be had; all where it ended before them."""
        return len(usage_held(plan, Usage(self._months())).months)

    def _of_year(self, plan: Plan, sums: CostSums) -> str:
        """A year; as much of it as can be bought where the plan ends within the row's term."""
        found = lasts(self.offer, self.terms, plan)
        whole = sum_of(sums.year)
        if not found or self._held(plan) == self.offer.horizon:
            return whole
        return f"CASE WHEN {found[0]} THEN {whole} ELSE {sum_of(sums.held)} END"

    def _if_known(self, plan: Plan, words: str) -> str:
        """A figure, where the price of every month of a row's term is known."""
        known = self.known_months(plan)
        if known == self.offer.horizon:
            return words
        return f"CASE WHEN {self.terms.months} <= {known} THEN {words} END"

    def _pieces(self, plan: Plan, reading: str) -> list[Piece]:
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
                Piece(
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

    def _months_of(self, plan: Plan, piece: Piece) -> Counts:
        """How many months of a run are of the first year, of what can be bought of it, the term."""
        held = min(self._held(plan), MONTHS)
        return Counts(
            piece.months_up_to(MONTHS), piece.months_up_to(held), self._months_within(piece)
        )

    def _years_of(self, piece: Piece) -> Counts:
        """The same of years."""
        first = "1" if piece.start == 0 else "0"
        return Counts(first, first, self._years_within(piece))

    def _months_within(self, piece: Piece) -> str:
        """How many months of a run lie within a row's term."""
        months, start, end = self.terms.months, piece.start, piece.end
        if months.isdigit():
            return str(max(min(int(months), end) - start, 0))
        if start == 0 and end == self.offer.horizon:
            return months
        return self.dialect.larger(f"{self.dialect.smaller(months, str(end))} - {start}", "0")

    def _years_within(self, piece: Piece) -> str:
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
