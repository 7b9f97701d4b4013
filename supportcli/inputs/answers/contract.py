"""The contract as text: term, growth, series, orders, accounts, discount, voucher, tax."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, TypeVar

from supportcli.advice.billing import Deal, Discount, Tax
from supportcli.advice.rules import BOUNDS
from supportcli.advice.usage import Billing, Growth, Order, Spends, Usage, usage_of
from supportcli.core.amount_text import parse_rate
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Basis, PartMonth, Spreading
from supportcli.core.money import round_half_up
from supportcli.core.period import Term
from supportcli.errors import Message, Problem, SupportCliError, UsageError, quoted
from supportcli.inputs.answers.sources import Given, Layers
from supportcli.inputs.values.amount import Per, cautions_of, read_amount
from supportcli.inputs.values.count import read_count
from supportcli.inputs.values.dates import read_start
from supportcli.inputs.values.discount import read_discount, read_paid_discount, read_tax_rate
from supportcli.inputs.values.names import read_choice
from supportcli.inputs.values.texts import half_width

_ORDER = re.compile(
    r"(?P<amount>.+?)(?:\s+paid\s+(?P<paid>.+?))?\s+from\s+(?P<start>\S+)\s+for\s+(?P<months>\S+)"
    r"\s+months?"
)
_GROWTH = re.compile(
    r"(?P<sign>-?)(?P<rate>[^/%]*%)\s*(?:/|a |per |每)\s*(?P<every>month|year|月|年)"
)
_GROWTH_EVERY = re.compile(r"每(?P<every>月|年)\s*(?:增长)?\s*(?P<sign>-?)(?P<rate>[^/%]*%)")
_DATED = re.compile(r"([0-9]{4}-[0-9]{2})[\s,;]+(.*)")
_LARGEST = 1024 * 1024
_EVERY = {"month": 1, "月": 1, "year": 12, "年": 12}
_SPREADING = {"by-month": Spreading.BY_MONTH, "by-day": Spreading.BY_DAY}
_PRORATION = {part.value: part for part in PartMonth}
_SPREADING_WORDS = {"按月": Spreading.BY_MONTH, "按天": Spreading.BY_DAY, "按日": Spreading.BY_DAY}
_DAYS = {"calendar": False, "30": True}
_DAYS_WORDS = {"自然日": False, "按自然日": False, "30天": True, "30 days": True}
_ON = {"all": True, "postpaid": False}
_ON_WORDS = {"全部": True, "全额": True, "后付": False, "后付费": False}
_TAX = {"included": True, "added": False}
_TAX_WORDS = {
    **dict.fromkeys(
        "含税 已含税 价税合计 价内税 内含 tax_included including_tax incl".split(), True
    ),
    **dict.fromkeys("不含税 未税 未含税 税另计 另计 外加 价外税 tax_added plus_tax".split(), False),
    **dict.fromkeys("excluded excluding_tax excl".split(), False),
}

Parsed = TypeVar("Parsed")


class Contract(NamedTuple):
    """What was said about term, spend, accounts and price; None is left to the catalogue."""

    term: Term
    spends: Spends
    orders: tuple[Order, ...]
    spreading: Spreading | None
    proration: PartMonth | None
    thirty: bool
    accounts: int
    deal: Deal
    estimated: bool


def contract_usage(contract: Contract, catalogue: Catalogue) -> Usage:
    """The months of the contract, its orders spread as the catalogue says unless told otherwise."""
    terms = catalogue.terms
    said = terms.spreading.value if terms.spreading else Spreading.BY_MONTH
    billing = Billing(
        contract.spreading or said,
        terms.basis is None or terms.basis.value is Basis.LIST,
        catalogue.currency,
        contract.thirty,
        assumed=contract.spreading is None and terms.spreading is None,
    )
    usage = usage_of(contract.term, contract.spends, contract.orders, billing)
    origin = usage.origin and usage.origin._replace(estimated=contract.estimated)
    return usage._replace(accounts=contract.accounts, origin=origin)


def contract_rules(contract: Contract, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the contract's own rule for parts of a month, where it has one."""
    if contract.proration is None:
        return catalogue
    part = contract.proration
    plans = (plan._replace(terms=plan.terms.prorated(part)) for plan in catalogue.plans)
    return catalogue._replace(plans=tuple(plans))


class ContractReader:
    """Reads the contract for one catalogue, noting every mistake in `problems`."""

    def __init__(self, catalogue: Catalogue, as_of: datetime.date) -> None:
        self.currency = catalogue.currency
        self.as_of = as_of
        self.problems: list[Problem] = []
        self.cautions: list[Message] = []

    def read(self, given: Layers, spend: Fraction | None) -> Contract:
        """The whole contract; `spend` is the level that was given (None: unknown)."""
        self.given = given
        self._belong("paid_discount", "paid", "discount_on", "discount", "tax_rate", "tax")
        for name in ("growth", "spend", "paid"):
            self._exclude(name, "spend_series")
        term = Term(self._start(), self._one("months", _months) or 12)
        paid = self._paid()
        growth = self._one("growth", _parse_growth)
        series = self._series(term)
        orders = tuple(self._each("order", self._orders))
        flat = [order for group in orders for order in group]
        known = paid if paid is not None else spend
        if known is None and flat and "spend" not in given:
            known = Fraction(0)
        if known is None and not series and "spend" in given:
            self._need_spend("growth", "order")
        return Contract(
            term=term,
            spends=Spends(known, growth, series),
            orders=tuple(flat),
            spreading=self._choice("spreading", _SPREADING, _SPREADING_WORDS),
            proration=self._choice("proration", _PRORATION, {}),
            thirty=self._choice("days", _DAYS, _DAYS_WORDS) or False,
            accounts=self._one("accounts", _accounts) or 1,
            deal=self._deal(),
            estimated=paid is not None,
        )

    def _start(self) -> datetime.date:
        found = self._one("start", read_start)
        if found is not None:
            return found
        year, month = divmod(self.as_of.year * 12 + self.as_of.month, 12)
        return datetime.date(year, month + 1, 1)

    def _paid(self) -> Fraction | None:
        """The spend before discount, estimated from what is paid after it."""
        paid = self._one("paid", self._monthly)
        off = self._one("paid_discount", read_paid_discount)
        if paid is None:
            return None
        if "paid_discount" not in self.given:
            message = Message("needs the discount that it is after; give --paid-discount 7折")
            self.problems.append(Problem(self.given["paid"].origin, message))
        if "spend" in self.given:
            message = Message("and a spend contradict each other; give one of them")
            self.problems.append(Problem(self.given["paid"].origin, message))
        if off is None:
            return None
        return Fraction(round_half_up(paid / (1 - off), self.currency))

    def _series(self, term: Term) -> tuple[Fraction, ...]:
        given = self.given.get("spend_series")
        if given is None:
            return ()
        months = [str(month) for month, _ in term.parts()]
        found = self._one("spend_series", lambda text: self._amounts(text, months))
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
        if len(found) != len(months):
            raise UsageError(
                Message(
                    "has {count} amounts; the term touches {months} months, {first} to {last}",
                    count=len(found),
                    months=len(months),
                    first=months[0],
                    last=months[-1],
                )
            )
        return tuple(found)

    def _orders(self, text: str) -> tuple[Order, ...]:
        """One order, or a file with an order on each line."""
        return tuple(map(self._order, _lines(text) if _is_file(text) else [text]))

    def _order(self, text: str) -> Order:
        match = _ORDER.fullmatch(text.strip())
        if match is None:
            raise UsageError(
                Message(
                    "{text} is not an order; write it like 120000 from 2026-03-15 for 12 months",
                    text=quoted(text),
                )
            )
        paid = None if match["paid"] is None else self._amount(match["paid"])
        term = Term(read_start(match["start"]), _months(match["months"]))
        return Order(self._amount(match["amount"]), paid, term)

    def _deal(self) -> Deal:
        rate = self._one("discount", read_discount)
        on = self._choice("discount_on", _ON, _ON_WORDS)
        voucher = self._one("voucher", self._amount)
        included = self._choice("tax", _TAX, _TAX_WORDS)
        tax = self._one("tax_rate", read_tax_rate)
        if included is not None and "tax_rate" not in self.given:
            message = Message("needs a rate; give --tax-rate 6%")
            self.problems.append(Problem(self.given["tax"].origin, message))
        return Deal(
            None if rate is None else Discount(rate, True if on is None else on),
            round_half_up(voucher or Fraction(0), self.currency),
            None if tax is None or included is None else Tax(tax, included),
        )

    def _monthly(self, text: str) -> Fraction:
        return self._amount(text, "month")

    def _amount(self, text: str, per: Per | None = None) -> Fraction:
        parsed = read_amount(text, self.currency, per)
        self.cautions += cautions_of(text, parsed, self.currency)
        return parsed.value

    # What was given under a name

    def _belong(self, *pairs: str) -> None:
        """Each first name means something only with the one after it."""
        for name, needed in zip(pairs[::2], pairs[1::2], strict=True):
            if name in self.given and needed not in self.given:
                flag = "--" + needed.replace("_", "-")
                message = Message("means nothing without {flag}; give both", flag=flag)
                self.problems.append(Problem(self.given[name].origin, message))

    def _need_spend(self, *names: str) -> None:
        """What says how spend changes means nothing where the spend is unknown."""
        for name in names:
            if name in self.given:
                message = Message("means nothing without a spend; give --spend AMOUNT")
                self.problems.append(Problem(self.given[name].origin, message))

    def _exclude(self, name: str, other: str) -> None:
        if name in self.given and other in self.given:
            flag = "--" + other.replace("_", "-")
            message = Message("and {flag} contradict each other; give one of them", flag=flag)
            self.problems.append(Problem(self.given[name].origin, message))

    def _choice(
        self, name: str, known: Mapping[str, Parsed], words: Mapping[str, Parsed]
    ) -> Parsed | None:
        return self._one(name, lambda text: read_choice(text, known, words))

    def _one(self, name: str, read: Callable[[str], Parsed]) -> Parsed | None:
        values = self._each(name, read)
        return values[0] if values else None

    def _each(self, name: str, read: Callable[[str], Parsed]) -> Sequence[Parsed]:
        given: Given | None = self.given.get(name)
        values = []
        for text in given.texts if given else ():
            try:
                values.append(read(text))
            except SupportCliError as error:
                origin = given.origin if given else ""
                self.problems += [Problem(origin, problem.message) for problem in error.problems]
        return values


def _months(text: str) -> int:
    return read_count(text, "months", BOUNDS["months"])


def _accounts(text: str) -> int:
    return read_count(text, "accounts", BOUNDS["accounts"])


def _parse_growth(text: str) -> Growth:
    plain = half_width(text).strip().casefold()
    match = _GROWTH.fullmatch(plain) or _GROWTH_EVERY.fullmatch(plain)
    if match is None:
        raise UsageError(
            Message("{text} is not a growth; write it like 3%/month or 3%/year", text=quoted(text))
        )
    rate = parse_rate(match["rate"])
    return Growth(-rate if match["sign"] else rate, _EVERY[match["every"]])


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
