"""What one account spends, as text: a level, what is paid, a series of months, prepaid orders."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from supportcli.advice.deal import series_mistake
from supportcli.advice.rules import BOUNDS
from supportcli.advice.usage import Growth, Order, Spends
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Term
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.answers.layer import LayerReader
from supportcli.inputs.answers.sources import Layers, contradiction
from supportcli.inputs.values.discount import read_paid_discount
from supportcli.inputs.values.order import read_order
from supportcli.inputs.values.spend import NOT_DIVIDED, before_discount
from supportcli.patterns import regex

_DATED = regex(r"([0-9]{4}-[0-9]{2})[\s,;]+(.*)")
_LARGEST = 1024 * 1024


class SpendReader(LayerReader):
    """Reads what one account spends over a term, noting every mistake in `problems`."""

    def __init__(
        self, catalogue: Catalogue, given: Layers, term: Term, growth: Growth | None
    ) -> None:
        super().__init__(catalogue, given)
        self.term = term
        self.growth = growth
        self.counts_paid = catalogue.counts_paid
        self.estimated = False
        self.orders: tuple[Order, ...] = ()

    def read(self, spend: Fraction | None) -> Spends:
        """What is known of it; `spend` is the level that was given (None: unknown)."""
        self.belong("paid_discount", "paid")
        paid = self._paid()
        series = self._series()
        self.orders = tuple(order for group in self.each("order", self._orders) for order in group)
        outside = (order for order in self.orders if not order.counts_in(self.term))
        self.cautions += map(_adds_nothing, outside)
        self.estimated = paid is not None and not self.counts_paid
        known = paid if paid is not None else spend
        if known is None and self.orders and "spend" not in self.given:
            known = Fraction(0)
        return Spends(known, self.growth, series)

    def _paid(self) -> Fraction | None:
        """The spend that counts: what is paid, or what that was before its discount."""
        paid = self.one("paid", self._monthly)
        off = self.one("paid_discount", read_paid_discount)
        if paid is None:
            return None
        if "paid_discount" not in self.given and not self.counts_paid:
            message = Message("needs the discount that it is after; give --paid-discount 7折")
            self.note("paid", message)
        if "spend" in self.given:
            self.problems.append(contradiction(self.given, "paid", "spend"))
        if self.counts_paid:
            self.cautions += [] if off is None else [NOT_DIVIDED]
            return paid
        return None if off is None else before_discount(paid, off, self.currency)

    def _series(self) -> tuple[Fraction, ...]:
        months = [str(month) for month, _ in self.term.parts()]
        found = self.one("spend_series", lambda text: self._amounts(text, months))
        return found or ()

    def _amounts(self, text: str, months: list[str]) -> tuple[Fraction, ...]:
        """Amounts of months: from a file, one on each line, or separated by blanks."""
        entries = _lines(text) if _is_file(text) else re.split(r"[\s;]+", text.strip())
        found = []
        for index, entry in enumerate(entries):
            dated = _DATED.fullmatch(entry)
            month, rest = dated.groups() if dated else ("", entry)
            if month and index < len(months) and month != months[index]:
                raise UsageError(
                    Message(
                        "{text} stands where {month} is expected",
                        text=quoted(month),
                        month=months[index],
                    )
                )
            found.append(self._monthly(rest))
        mistake = series_mistake(len(found), self.term)
        if mistake is not None:
            raise UsageError(mistake)
        return tuple(found)

    def _orders(self, text: str) -> tuple[Order, ...]:
        """One order, or a file with an order on each line."""
        return tuple(map(self._order, _lines(text) if _is_file(text) else [text]))

    def _order(self, text: str) -> Order:
        return Order(*read_order(text, self.amount, BOUNDS["months"]))

    def _monthly(self, text: str) -> Fraction:
        return self.amount(text, "month")


def _adds_nothing(order: Order) -> Message:
    return Message(
        "the order from {first} to {last} lies outside the term and adds nothing",
        first=order.term.start,
        last=order.term.end,
    )


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _lines(path: str) -> list[str]:
    """The lines of a small text file that say something.

    Raises:
        UsageError: it cannot be read as UTF-8 text, or is larger than 1 MiB.
    """
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            text = file.read(_LARGEST + 1)
    except (OSError, UnicodeError):
        raise UsageError(
            Message("{text} cannot be read as UTF-8 text", text=quoted(path))
        ) from None
    if len(text) > _LARGEST:
        raise UsageError(Message("{text} is larger than 1 MiB", text=quoted(path)))
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
