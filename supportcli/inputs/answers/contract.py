"""What holds for a whole deal, as text: term, growth, rules for parts of months, the price."""

from __future__ import annotations

import datetime
from fractions import Fraction

from supportcli.advice.deal import Account, Deal
from supportcli.advice.price_terms import Discount, PriceTerms, Tax, tax_doubts
from supportcli.advice.rules import BOUNDS
from supportcli.advice.usage import Growth
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import PartMonth, Spreading
from supportcli.core.money import round_half_up
from supportcli.core.period import Term
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.answers.layer import LayerReader
from supportcli.inputs.answers.sources import Layers
from supportcli.inputs.values.count import read_count
from supportcli.inputs.values.dates import read_date, read_start
from supportcli.inputs.values.discount import read_tax_rate, read_told_discount
from supportcli.inputs.values.names import read_plan
from supportcli.inputs.values.order import read_growth
from supportcli.inputs.values.price_terms import read_discount_on, read_tax

_SPREADING = {"by-month": Spreading.BY_MONTH, "by-day": Spreading.BY_DAY}
_PRORATION = {part.value: part for part in PartMonth}
_SPREADING_WORDS = {"按月": Spreading.BY_MONTH, "按天": Spreading.BY_DAY, "按日": Spreading.BY_DAY}
_DAYS = {"calendar": False, "30": True}
_DAYS_WORDS = {"自然日": False, "按自然日": False, "30天": True, "30 days": True}


class ContractReader(LayerReader):
    """Reads what holds for all accounts of a deal, noting every mistake in `problems`."""

    def __init__(self, catalogue: Catalogue, given: Layers, as_of: datetime.date) -> None:
        super().__init__(catalogue, given)
        self.catalogue = catalogue
        self.as_of = as_of

    def read(self) -> Deal:
        """The deal without its accounts."""
        self.belong("discount_on", "discount", "tax_rate", "tax")
        term, agreed = Term(self._start(), self.one("months", _months) or 12), self._agreed()
        if agreed.bought_for > term.months:
            self.note("bought_for", Message("is longer than the term; give --months too"))
        return Deal(
            accounts=(Account(),),
            term=term,
            agreed=agreed,
            spreading=self.choice("spreading", _SPREADING, _SPREADING_WORDS),
            proration=self.choice("proration", _PRORATION, {}),
            thirty=self.choice("days", _DAYS, _DAYS_WORDS) or False,
            customer=self.one("customer", str.strip),
            valid_until=self._valid_until(),
            plan=self.one("plan", self._plan),
            beside=self._beside(),
        )

    def _valid_until(self) -> datetime.date | None:
        """The last day on which the price holds: not before the day of the answer."""
        day = self.one("valid_until", read_date)
        if day is not None and day < self.as_of:
            message = Message("{day} is before {date}, the day of this answer; give a later day")
            self.note("valid_until", Message(message.text, day=day, date=self.as_of))
        return day

    def _beside(self) -> tuple[str, ...]:
        plans = tuple(self.each("beside", self._plan))
        for plan in sorted({plan for plan in plans if plans.count(plan) > 1}):
            self.note("beside", Message("{name} is given twice; keep one", name=quoted(plan)))
        return plans

    def _plan(self, text: str) -> str:
        return read_plan(text, self.catalogue)

    def growth(self) -> Growth | None:
        """How the spend of every account grows; None where it does not."""
        found = self.one("growth", lambda text: Growth(*read_growth(text)))
        return found if found is not None and found.rate else None

    def _start(self) -> datetime.date:
        found = self.one("start", read_start)
        if found is not None:
            return found
        year, month = divmod(self.as_of.year * 12 + self.as_of.month, 12)
        return datetime.date(year, month + 1, 1)

    def _agreed(self) -> PriceTerms:
        rate = self.one("discount", read_told_discount)
        on = self.one("discount_on", read_discount_on)
        voucher = self.one("voucher", self.amount)
        included = self.one("tax", read_tax)
        tax = self.one("tax_rate", read_tax_rate)
        if included is not None and "tax_rate" not in self.given:
            message = Message("needs a rate; give --tax-rate 6%")
            self.note("tax", message)
        taxed = Tax.said(tax, included)
        self.cautions += tax_doubts(self.catalogue, taxed and taxed.included)
        return PriceTerms(
            Discount.said(rate, on),
            round_half_up(voucher or Fraction(0), self.currency),
            taxed,
            self.one("bought_for", self._at_once) or 1,
        )

    def _at_once(self, text: str) -> int:
        """For how many months the part that is charged first is paid at once."""
        months = read_count(text, "months", BOUNDS["months"])
        clauses = [plan.terms.bought_for for plan in self.catalogue.plans]
        known = sorted({clause.value.number for clause in clauses if clause is not None})
        if months == 1 or months in known:
            return months
        if not known:
            message = Message("no plan of the catalogue says that months are bought at once")
            raise UsageError(message)
        raise UsageError(
            Message(
                "{text} is not a number of months bought at once: {known}",
                text=quoted(text),
                known=tuple(map(str, known)),
            )
        )


def _months(text: str) -> int:
    return read_count(text, "months", BOUNDS["months"])
