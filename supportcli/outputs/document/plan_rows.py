"""The table of a first screen: what decides of each plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from supportcli.advice.recommendation import Bar, PlanAdvice
from supportcli.core.currencies import sign_of
from supportcli.core.money import ShortMoney, exact_money, whole
from supportcli.errors import Message
from supportcli.needs.need import Need
from supportcli.needs.registry import KINDS
from supportcli.needs.response import ResponseNeed
from supportcli.outputs.document.figures import column_of
from supportcli.outputs.document.first_screen import (
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
)
from supportcli.outputs.document.fit_words import (
    fits_cell,
    is_unfit,
    lacking_words,
    weighty,
)
from supportcli.outputs.document.telling import Telling, currency_name, sentence_case
from supportcli.outputs.document.vendor_questions import number_of


def plan_table(telling: Telling) -> ScreenTable:
    """Plans on sale by what they cost, then those that fit if sold, those to ask about, those
    without a price last.

    Those that end within the term are named below.
    """
    entries = _ordered(telling)
    amounts = _AmountColumns(telling, entries)
    kinds = [kind for kind in KINDS if _has_column(telling, kind)]
    say = telling.say
    columns = (
        ScreenColumn(*amounts.title, least=amounts.least_title),
        *(ScreenColumn(*title, figures=True) for title in amounts.titles),
        *(
            ScreenColumn(say(kind.title(telling.advice.catalogue)), asked=_is_asked(telling, kind))
            for kind in kinds
        ),
        ScreenColumn(say(Message("fits"))),
    )
    rows = tuple(
        _row(telling, entry, cells, kinds)
        for entry, cells in zip(entries, amounts.rows, strict=True)
    )
    return ScreenTable(
        columns,
        rows,
        tuple(left_out(telling, entries)),
        say(Message(", ")),
        telling.semicolon,
    )


def _has_column(telling: Telling, kind: type[Need]) -> bool:
    advice = telling.advice
    return kind.brief_cell(advice.catalogue, advice.plans[0].plan, advice.needs, ()) is not None


def _is_asked(telling: Telling, kind: type[Need]) -> bool:
    return any(isinstance(need, kind) and need.asks for need in telling.advice.needs.needs)


# Which plans, in which order


def _ordered(telling: Telling) -> list[PlanAdvice]:
    advice = telling.advice
    asks = list(telling.asks)
    ending = [entry for entry in advice.plans if entry.bar is not None]
    kept = (advice.needs.current_plan, advice.asked and advice.asked.plan.id)
    named = [entry for entry in ending if entry.plan.id in kept]
    others = [entry for entry in advice.plans if entry not in asks and entry.bar is None]
    others.sort(key=lambda entry: _cost(telling, entry))
    doubtful = [entry for entry in others if entry.doubtful and entry.eligible]
    sold = [entry for entry in others if entry not in doubtful]
    shown = [*sold, *named, *doubtful, *asks]
    return sorted(shown, key=lambda entry: not entry.plan.priced)


def _cost(telling: Telling, entry: PlanAdvice) -> tuple[bool, Decimal, int]:
    advice = telling.advice
    if telling.spends:
        found = telling.figure_at(entry, advice.reading, telling.spends[0])
    else:
        found = telling.figure(entry, advice.reading)
    return found is None, telling.cost(found) if found else Decimal(0), entry.plan.tier


def left_out(telling: Telling, shown: list[PlanAdvice]) -> Iterator[str]:
    """The plans that end or begin within the term, by the day; those that nobody new can take."""
    advice, say = telling.advice, telling.say
    left = [entry for entry in advice.plans if not any(entry is other for other in shown)]
    days = sorted(
        {e.plan.validity.valid_to for e in left if e.bar is Bar.ENDS_WITHIN_TERM} - {None},
        key=str,
    )
    for day in days:
        names = tuple(
            telling.name(entry)
            for entry in left
            if entry.bar is Bar.ENDS_WITHIN_TERM and entry.plan.validity.valid_to == day
        )
        yield say(Message("Ending {date}, within the term: {plans}", date=day, plans=names))
    for begins, plans in advice.beginning.items():
        begun = tuple(plan.short_name for plan in plans)
        yield say(Message("Beginning {date}, within the term: {plans}", date=begins, plans=begun))
    closed = tuple(telling.name(entry) for entry in left if entry.bar is Bar.CLOSED_TO_NEW)
    if closed:
        yield say(Message("Closed to new customers: {plans}", plans=closed))


# What they cost


class _AmountColumns:
    """The columns of amounts: under each reading, or at each spend."""

    def __init__(self, telling: Telling, entries: list[PlanAdvice]) -> None:
        self.telling = telling
        self.entries = entries
        unknown = telling.say(Message("unpriced"))
        columns = [column_of(amounts, unknown, telling.language) for amounts in self._columns()]
        self.rows = [
            self._until_it_ends(entry) if entry.last_day else row
            for entry, row in zip(entries, zip(*columns, strict=True), strict=True)
        ]

    def _until_it_ends(self, entry: PlanAdvice) -> tuple[str, ...]:
        """What a month of it costs: a year of it cannot be had."""
        telling, language = self.telling, self.telling.language
        words = Message("{amount}/mo") if telling.spends else Message("{amount} a month")
        found = [telling.figure_at(entry, telling.advice.reading, s) for s in telling.spends]
        if not telling.spends:
            found = [telling.figure(entry, reading) for reading in telling.readings]
        months = [column_of([each.monthly], "", language)[0] if each else "" for each in found]
        return tuple(telling.say(Message(words.text, amount=m)) if m else "" for m in months)

    def _columns(self) -> Iterator[list[Decimal | None]]:
        telling = self.telling
        for spend in telling.spends:
            found = [
                telling.figure_at(entry, telling.advice.reading, spend) for entry in self.entries
            ]
            yield [each and telling.cost(each) for each in found]
        for reading in () if telling.spends else telling.readings:
            found = [telling.figure(entry, reading) for entry in self.entries]
            yield [each and telling.cost(each) for each in found]

    @property
    def title(self) -> tuple[str, str]:
        """Over the plans, and the same in brief; with what the amounts are of."""
        say, currency = self.telling.say, currency_name(self.telling.currency)
        period = self.telling.period
        if self.telling.in_part or self.telling.uneven:
            brief = Message("{period}, each at") if self._of_each else Message("{period}, at")
            brief_title = sentence_case(say(Message(brief.text, period=period)))
            title = Message("Plan, {currency}, {period}")
            if self.telling.spends and len(self.telling.readings) > 1:
                title = Message("Plan, {period} at most")
            named = say(Message(title.text, currency=currency, period=period))
            return named, brief_title if self.telling.spends else ""
        if not self.telling.spends:
            return say(Message("Plan, {currency} a year", currency=currency)), ""
        if len(self.telling.readings) > 1:
            brief = Message("Year max, each at") if self._of_each else Message("Year at most, at")
            return say(Message("Plan, a year at most")), say(brief)
        brief = Message("Plan, a year, each at") if self._of_each else Message("Plan, a year at")
        return say(Message("Plan, a year")), say(brief)

    @property
    def least_title(self) -> str:
        """Over the plans in the fewest words: of a year, where the amounts are not over it."""
        if self.telling.spends or self.telling.in_part or self.telling.uneven:
            return ""
        one = len(self.telling.readings) == 1
        words = Message("Plan, {currency}") if one else Message("{currency} a year")
        named = Message(words.text, currency=currency_name(self.telling.currency))
        return sentence_case(self.telling.say(named))

    @property
    def _of_each(self) -> bool:
        """Whether the spend is of each of several accounts, what is paid of all of them."""
        return self.telling.advice.usage.accounts > 1

    @property
    def titles(self) -> list[tuple[str, str]]:
        """Over the amounts, and the same in brief."""
        say = self.telling.say
        if self.telling.spends:
            counted = self.telling.spends_counted
            spends = [whole(exact_money(spend, self.telling.currency)) for spend in counted]
            at = Message("each at {spend}") if self._of_each else Message("at {spend}")
            return [(say(Message(at.text, spend=s)), self._bare(s)) for s in spends]
        words = [self.telling.period]
        if len(self.telling.readings) > 1:
            words = [Message("at most"), Message("probably")]
        return [(say(each), "") for each in words]

    def _bare(self, spend: ShortMoney) -> str:
        """A spend with its sign, or without the code that stands for it."""
        language = self.telling.language
        signed = language.symbols and sign_of(spend.currency) is not None
        return language.text(spend) if signed else language.number(spend.amount)


# Whether they do


def _row(
    telling: Telling, entry: PlanAdvice, amounts: tuple[str, ...], kinds: list[type[Need]]
) -> ScreenRow:
    advice = telling.advice
    unmet = {type(result.wanted) for result in entry.unmet}
    told = [
        kind.brief_cell(advice.catalogue, entry.plan, advice.needs, entry.needs) for kind in kinds
    ]
    cells = [
        ScreenCell(telling.say(words), failing=kind in unmet)
        for kind, words in zip(kinds, told, strict=True)
        if words is not None
    ]
    name = telling.language.text(telling.name(entry))
    number = 0 if entry.unmet else number_of(telling, entry)
    row = (ScreenCell(name), *map(ScreenCell, amounts), *cells, fits_cell(telling, entry, number))
    foldable = entry.unmet and entry.plan.id != advice.needs.current_plan and not number
    folded = foldable and entry is not telling.entry
    return ScreenRow(
        row,
        entry is advice.taken,
        _folded(telling, entry, kinds, told) if folded else "",
        number,
        fits_cell(telling, entry, 0),
        _folding(telling, entry) if folded else "",
    )


def _folded(
    telling: Telling, entry: PlanAdvice, kinds: list[type[Need]], told: list[Message | None]
) -> str:
    """The plan with what decides, a time where it is one: Basic (2 h), Enterprise (TAM)."""
    failing = [type(result.wanted) for result in weighty(entry)]
    times = (words for kind, words in zip(kinds, told, strict=True) if kind is ResponseNeed)
    note: object = lacking_words(telling, entry)
    if is_unfit(entry) and ResponseNeed in failing:
        note = next(times)
    words = Message("{plan} ({note})", plan=telling.name(entry), note=note)
    return telling.say(words)


def _folding(telling: Telling, entry: PlanAdvice) -> str:
    """What those are called that stand together."""
    return telling.say(Message("do not fit: ") if is_unfit(entry) else Message("not known: "))
