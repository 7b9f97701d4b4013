"""A sheet that computes a quote under one reading: change a coloured cell, and all follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from supportcli.advice.billing import Bill, Settlement
from supportcli.advice.lookup import LookupCells, LookupRow, lookup_formula
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.quotation import Certainty, UnderReading
from supportcli.advice.usage import Growth
from supportcli.core.currencies import minor_digits
from supportcli.errors import Message
from supportcli.outputs.document.quotation.live import LiveAccount, LiveMonth
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.xlsx_quote_page import QuoteStyles, set_up

_NAMES = {
    Certainty.ONLY: Message("Fee"),
    Certainty.AT_MOST: Message("At most"),
    Certainty.PROBABLY: Message("Probably"),
}
_TITLES = (
    *(Message("Month"), Message("Spend"), Message("Fee"), Message("Prepaid"), Message("Postpaid")),
    *(Message("Discount"), Message("After the discount"), Message("Tax"), Message("To pay")),
)


class LiveSheet:
    """Writes the inputs, each account with its table and its months, the sums."""

    def __init__(
        self, book: Workbook, styles: QuoteStyles, paper: QuotePaper, side: UnderReading
    ) -> None:
        self._book, self._styles, self._paper, self._side = book, styles, paper, side
        self._name = paper.language.say(_NAMES[side.role])
        self._sheet = book.add_worksheet(self._name)
        self._digits = minor_digits(paper.quotation.advice.catalogue.currency)
        self._agreed = paper.quotation.found.agreed
        self._row = 0
        self._sums: list[str] = []

    def write(self, accounts: Sequence[LiveAccount], growth: Growth) -> None:
        """The whole sheet."""
        say, sheet, styles = self._paper.language.say, self._sheet, self._styles
        sheet.set_default_row(18)
        sheet.set_row(0, 30)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, len(_TITLES) - 1, 17)
        sheet.write_string(0, 0, self._title(), styles.title)
        words = Message("Change a coloured cell and every figure below is computed again.")
        sheet.write_string(1, 0, say(words), styles.plain)
        if not all(account.live for account in accounts):
            held = Message(
                "Grey cells hold values, which do not follow: months in part, plans that change "
                "within the term, pooled spend, the growth of one account alone."
            )
            sheet.write_string(2, 0, say(held), styles.plain)
        self._row = 3
        if any(account.spend is not None for account in accounts):
            self._growth(growth)
        self._months_of(accounts)
        self._inputs()
        top = self._row
        self._row += 4
        for number, account in enumerate(accounts, 1):
            self._account(account, f"spend_{number}" if len(accounts) > 1 else "spend")
        self._results(top, self._side.sums.settlement)
        set_up(sheet, landscape=True)

    def _title(self) -> str:
        """What the sheet is called, and which understanding of the rule it follows."""
        if self._side.role is Certainty.ONLY:
            return self._name
        reading = self._paper.quotation.advice.catalogue.reading(self._side.reading)
        return f"{self._name} · {self._paper.language.text(reading.in_brief)}"

    def _input(
        self,
        label: Message,
        name: str,
        value: object,
        style: Format,
        note: Message | None = None,
    ) -> None:
        """A cell to be changed, with a name; beside it what it may be."""
        self._sheet.write_string(self._row, 0, self._paper.language.say(label), self._styles.label)
        self._sheet.write_number(self._row, 1, value, style)  # type: ignore[call-overload]
        self._book.define_name(f"'{self._name}'!{name}", f"='{self._name}'!$B${self._row + 1}")
        if note is not None:
            self._sheet.write_string(
                self._row, 2, self._paper.language.say(note), self._styles.beside
            )
        self._row += 1

    def _allow(self, **limits: object) -> None:
        """What the last cell that was written may be."""
        self._sheet.data_validation(self._row - 1, 1, self._row - 1, 1, limits)

    def _growth(self, growth: Growth) -> None:
        self._input(Message("Growth of spend"), "growth", float(growth.rate), self._styles.share_in)
        often = Message("1: it grows every month; 12: every year")
        label, style = Message("Grows every so many months"), self._styles.count_in
        self._input(label, "every", growth.every, style, often)
        self._allow(validate="list", source=["1", "12"])

    def _months_of(self, accounts: Sequence[LiveAccount]) -> None:
        """How many months count, and how many there can be."""
        term = len(accounts[0].months)
        most = max(len(account.months) + len(account.beyond) for account in accounts)
        label, held = Message("Months"), self._paper.quotation.answer.deal.term
        words = Message("from 1 to {count}, as many as there are rows below", count=most)
        if most > term:
            words = Message("from 1 to {count}; the rows after the term are folded", count=most)
        elif held.start.day != 1:
            label, words = (
                Message("Calendar months"),
                Message(
                    "from 1 to {count}; the term of {months} months begins and ends within one",
                    count=most,
                    months=held.months,
                ),
            )
        self._input(label, "months", term, self._styles.count_in, words)
        self._allow(validate="integer", criteria="between", minimum=1, maximum=most)

    def _inputs(self) -> None:
        agreed, styles = self._agreed, self._styles
        discount = agreed.discount.rate if agreed.discount else Fraction(0)
        tax = agreed.tax.rate if agreed.tax else Fraction(0)
        self._input(Message("Discount"), "discount", float(discount), styles.share_in)
        self._input(Message("Tax"), "tax", float(tax), styles.share_in)
        self._input(Message("Voucher"), "voucher", agreed.voucher, styles.money_in)

    def _results(self, row: int, settled: Settlement) -> None:
        """Due, what the voucher pays, what is left to pay: above all accounts."""
        due = sum((bill.gross for bill in settled.bills), NOTHING)
        lines = (
            (Message("Due"), "=" + "+".join(self._sums), due),
            (Message("Voucher"), f"=-MIN(voucher,B{row + 1})", -settled.voucher_used),
            (Message("To pay"), f"=B{row + 1}+B{row + 2}", settled.to_pay),
        )
        for at, (label, formula, value) in enumerate(lines, row):
            last = at == row + len(lines) - 1
            style = self._styles.sum if last else self._styles.money
            words = self._styles.total if last else self._styles.label
            self._sheet.write_string(at, 0, self._paper.language.say(label), words)
            self._sheet.write_formula(at, 1, formula, style, value)

    def _account(self, account: LiveAccount, name: str) -> None:
        say, text = self._paper.language.say, self._paper.language.text
        title = " · ".join(filter(None, (text(account.name), text(account.plan))))
        self._sheet.write_string(self._row, 0, title, self._styles.heading)
        self._row += 1
        if account.spend is not None:
            self._input(Message("Monthly spend"), name, _cell(account.spend), self._styles.money_in)
        if account.alike > 1:
            words = Message("{count} accounts alike", count=account.alike)
            self._sheet.write_string(self._row, 0, say(words), self._styles.label)
            self._row += 1
        total = self._table(Message("Fee: from, base, rate"), account.totals)
        prepaid = None
        if account.prepaid is not None:
            prepaid = self._table(Message("Prepaid: from, base, rate"), account.prepaid)
        for at, label in enumerate(_TITLES):
            style = self._styles.figures if at else self._styles.header
            self._sheet.write_string(self._row, at, say(label), style)
        self._row += 1
        first = self._row
        for number, month in enumerate((*account.months, *account.beyond), 1):
            if number > len(account.months):
                self._sheet.set_row(self._row, None, None, {"level": 1, "hidden": True})
            self._month(account, month, number, name, (total, prepaid))
        if account.beyond:
            self._sheet.set_row(self._row, None, None, {"collapsed": True})
        self._sum_row(account, first)

    def _table(self, label: Message, rows: Sequence[LookupRow]) -> tuple[str, str, str]:
        """A table to look up; where its columns are."""
        say, styles = self._paper.language.say, self._styles
        self._sheet.write_string(self._row, 0, say(label), styles.label)
        first = self._row + 1
        for row in rows:
            self._sheet.write_number(self._row, 1, row.start, styles.money)  # type: ignore[call-overload]
            self._sheet.write_number(self._row, 2, float(row.base), styles.number)
            self._sheet.write_number(self._row, 3, float(row.rate), styles.share)
            self._row += 1
        start, base, rate = (f"${column}${first}:${column}${self._row}" for column in "BCD")
        return start, base, rate

    def _month(
        self,
        account: LiveAccount,
        month: LiveMonth,
        number: int,
        name: str,
        tables: tuple[tuple[str, str, str], tuple[str, str, str] | None],
    ) -> None:
        bill, charge, row = month.bill, month.charge, self._row + 1
        counts = int(number <= len(account.months))
        self._sheet.write_string(self._row, 0, str(bill.month), self._styles.text)
        spent = self._spend(month, number, name) if month.follows else None
        self._cell(1, spent, _cell(month.spend), self._spend_style(account, month))
        looked = [
            self._fee(account, table, number, yearly, row) if month.looked_up and table else None
            for table, yearly in zip(tables, (month.yearly, month.yearly_prepaid), strict=True)
        ]
        for at, (formula, value) in enumerate(
            zip(looked, (charge.total, charge.prepaid), strict=True), 2
        ):
            if value is not None:
                style = self._styles.money if formula else self._styles.held
                words = formula or f"=IF({number}<=months,{value},0)"
                self._cell(at, words, value * counts, style)
        if charge.prepaid is not None:
            postpaid = (charge.total - charge.prepaid) * counts
            self._cell(4, f"=C{row}-D{row}", postpaid, self._styles.money)
        for at, (formula, value) in enumerate(self._lines(account, bill, row), 5):
            self._cell(at, formula, value * counts, self._styles.money)
        self._row += 1

    def _spend_style(self, account: LiveAccount, month: LiveMonth) -> Format:
        """A month's own spend is there to be changed; one that does not follow is grey."""
        if account.spend is None:
            return self._styles.money_in
        return self._styles.money if month.follows else self._styles.held

    def _spend(self, month: LiveMonth, number: int, name: str) -> str:
        """The account's spend as it is by that month: what has not grown is not rounded."""
        times = f"INT({number - 1}/every)"
        grown = f"IF({times}*growth=0,{name},ROUND({name}*(1+growth)^{times},{self._digits}))"
        grown = grown if number > 1 else name
        return f"={grown}+{_cell(month.ordered)}" if month.ordered else f"={grown}"

    def _fee(
        self,
        account: LiveAccount,
        table: tuple[str, str, str],
        number: int,
        yearly: Fraction,
        row: int,
    ) -> str:
        formula = lookup_formula(LookupCells(f"B{row}", *table), self._digits)[1:]
        if yearly:
            formula = formula.replace("ROUND(", f"ROUND({_cell(yearly)}+", 1)
        times = f"*{account.alike}" if account.alike > 1 else ""
        return f"=IF({number}<=months,{formula}{times},0)"

    def _lines(self, account: LiveAccount, bill: Bill, row: int) -> tuple[tuple[str, Decimal], ...]:
        """Discount, what is left, tax, what is to be paid."""
        agreed, count, digits = self._agreed, account.alike, self._digits
        times, each = (f"*{count}", f"/{count}") if count > 1 else ("", "")
        spared = agreed.discount is not None and not agreed.discount.prepaid
        base = f"(C{row}-D{row})" if spared else f"C{row}"
        included = agreed.tax is not None and agreed.tax.included
        tax = f"=ROUND(G{row}{each}*tax,{digits}){times}"
        if included:
            tax = f"=G{row}-ROUND(G{row}{each}/(1+tax),{digits}){times}"
        return (
            (f"=-ROUND({base}{each}*discount,{digits}){times}", -bill.discount),
            (f"=C{row}+F{row}", bill.net),
            (tax, bill.tax),
            (f"=G{row}" if included else f"=G{row}+H{row}", bill.gross),
        )

    def _cell(self, at: int, formula: str | None, value: Decimal, style: Format) -> None:
        """A formula with its value, or a value."""
        if formula is None:
            self._sheet.write_number(self._row, at, value, style)  # type: ignore[call-overload]
        else:
            self._sheet.write_formula(self._row, at, formula, style, value)

    def _sum_row(self, account: LiveAccount, top: int) -> None:
        say, styles, months = self._paper.language.say, self._styles, account.months
        self._sheet.write_string(self._row, 0, say(Message("Sum")), styles.total)
        self._sheet.write_blank(self._row, 1, None, styles.total)
        bills, fee = [month.bill for month in months], _sum(month.charge.total for month in months)
        known = [m.charge.prepaid for m in months if m.charge.prepaid is not None]
        first = _sum(known) if len(known) == len(months) else None
        amounts = (
            *(fee, first, None if first is None else fee - first),
            -_sum(bill.discount for bill in bills),
            *(_sum(bill.net for bill in bills), _sum(bill.tax for bill in bills)),
            _sum(bill.gross for bill in bills),
        )
        for at, (letter, value) in enumerate(zip("CDEFGHI", amounts, strict=True), 2):
            if value is not None:
                formula = f"=SUM({letter}{top + 1}:{letter}{self._row})"
                self._sheet.write_formula(self._row, at, formula, styles.sum, value)
        self._sums.append(f"I{self._row + 1}")
        self._row += 2


def _cell(amount: Fraction) -> Decimal:
    """An amount as a cell has it."""
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)
