"""What is to be paid as SQL: a discount off each invoice, a tax on top, each rounded where made.

For engines with decimals. The steps are those of `advice.billing`, a stage of columns each.
"""

from __future__ import annotations

from supportcli.record import NamedTuple
from supportcli.sql.dialects.base import Dialect
from supportcli.sql.terms import Agreed

YES, NO = "TRUE", "FALSE"


class Invoice(NamedTuple):
    """The columns of one invoice, by their steps; `fee` and `prepaid` are of the list price.

    `prepaid` is NULL where nobody says which part it is.
    """

    net: str
    tax: str
    fee: str
    prepaid: str

    @property
    def gross(self) -> str:
        """What is to be paid of it."""
        return f"({self.net} + {self.tax})"


class Invoices:
    """Makes the columns of invoices: nets in one stage, taxes in the next, first parts after it."""

    def __init__(self, agreed: Agreed, dialect: Dialect, digits: int) -> None:
        self.agreed = agreed
        self.dialect = dialect
        self.digits = digits

    def net(self, invoice: Invoice) -> str:
        """The fee less the discount, rounded half up where it is made; of all where unsaid."""
        base = invoice.fee
        if self.agreed.prepaid != YES:
            kept = f"COALESCE({self._wide(invoice.prepaid)}, 0)"
            if self.agreed.prepaid != NO:
                kept = f"CASE WHEN {self.agreed.prepaid} THEN 0 ELSE {kept} END"
            base = f"({base} - {kept})"
        return self._wide(f"{invoice.fee} - {self._share(base, self.agreed.discount)}")

    def tax(self, invoice: Invoice) -> str:
        """The tax that is added to what is left."""
        return self._wide(self._share(invoice.net, self.agreed.tax))

    def kept(self, invoice: Invoice) -> str:
        """The prepaid part after the discount, not more than what is left of the whole."""
        whole = self._wide(invoice.prepaid)
        part = whole if self.agreed.prepaid == NO else self._less_its_discount(whole)
        return f"CASE WHEN {part} > {invoice.net} THEN {invoice.net} ELSE {part} END"

    def _less_its_discount(self, whole: str) -> str:
        less = self._wide(f"{whole} - {self._share(whole, self.agreed.discount)}")
        if self.agreed.prepaid == YES:
            return less
        return f"(CASE WHEN {self.agreed.prepaid} THEN {less} ELSE {whole} END)"

    def first(self, invoice: Invoice, kept: str) -> str:
        """The prepaid part of what is to be paid: gross times kept over net, rounded half up.

        Nothing is divided, and no product has the digits of two amounts and a rate twice: the tax
        on the part, rounded, is at most one unit from it, and this says where it is.
        """
        rate = self.agreed.tax
        unit = "1" if self.digits == 0 else f"0.{'0' * (self.digits - 1)}1"
        half = f"0.{'0' * self.digits}5"
        rounded = self._share(kept, rate)
        over = f"({kept} * {rate} + {half} - {rounded}) * {invoice.net}"
        over += f" + ({invoice.tax} - {invoice.net} * {rate}) * {kept}"
        step = (
            f"CASE WHEN {over} < 0 THEN -{unit} "
            f"WHEN {invoice.net} > 0 AND {over} >= {unit} * {invoice.net} THEN {unit} ELSE 0 END"
        )
        return self._wide(f"{kept} + {rounded} + {step}")

    def _share(self, amount: str, rate: str) -> str:
        return f"ROUND({amount} * {rate}, {self.digits})"

    def _wide(self, amount: str) -> str:
        return self.dialect.wide(amount, self.digits)
