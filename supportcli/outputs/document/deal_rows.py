"""The table of a deal's first screen: a row for each account, the dearest ones where many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.recommendation import ReasonCode
from supportcli.core.money import exact_decimal
from supportcli.errors import Message
from supportcli.needs.response import ResponseNeed
from supportcli.outputs.document.deal_sums import (
    needs_in_words,
    needs_of_all,
    shares_of,
    some_names,
)
from supportcli.outputs.document.figures import column_of
from supportcli.outputs.document.first_amounts import more_words, told_title
from supportcli.outputs.document.first_screen import (
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
)
from supportcli.outputs.document.inquiries import merely_unstated
from supportcli.outputs.document.telling import Telling, currency_name, in_a_row
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width, wrapped

_MOST, _LEAST = 9, 1  # accounts in the table
_NAME, _BRIEF_NAME, _LEAST_NAME = 24, 16, 11  # cells of an account's name
_CUT = ".."
_NEEDS = 2  # their column


class _Line(NamedTuple):
    """An account with what is to be paid a year for its plan, under each reading that is told."""

    member: Member
    years: tuple[Decimal | None, ...]


def deal_tables(telling: Telling, found: Portfolio) -> tuple[ScreenTable, ...]:
    """The table of nine accounts, and smaller ones: where there is no room, the rest is summed.

    What one plan for all costs gives way before any account does.
    """
    rows = _DealRows(telling, found)
    most = min(_MOST, len(found.members))
    bare = [rows.table(count, bare=True) for count in range(most, _LEAST - 1, -1)]
    return rows.table(most), *bare


def one_for_all(telling: Telling, found: Portfolio) -> Iterator[str]:
    """What one plan for all accounts would cost, where they do not all take it anyway."""
    one, total = found.together, found.total
    chosen = {m.advice.taken.plan.id for m in found.members if m.advice.taken}
    if one is None or total is None or found.last_day or chosen == {one.plan.id}:
        return
    told = [_one_and_more(telling, found, reading) for reading in telling.readings]
    (year, gap), (likely, likely_gap) = told[0], told[-1]
    words = Message("All on {plan}: {amount} {when}, {gap}.")
    if len(told) > 1:
        words = Message("All on {plan}: {amount} {when} at most, {gap}; probably {likely}, {then}.")
    values = {"amount": telling.short(year), "likely": telling.short(likely), "when": telling.when}
    gaps = {"gap": more_words(telling, [gap]), "then": more_words(telling, [likely_gap])}
    yield telling.say(Message(words.text, plan=one.plan.short_name, **values, **gaps))


def _one_and_more(telling: Telling, found: Portfolio, reading: str) -> tuple[Decimal, Decimal]:
    """What one plan for all costs a year under a reading, and what more than a plan for each."""
    one, each = found.together_under(reading), found.under(reading)
    year = NOTHING if one is None else telling.cost(one.to_pay)
    return year, year - (NOTHING if each is None else telling.cost(each.to_pay))


def shared_fees(telling: Telling, found: Portfolio) -> Iterator[str]:
    """Which accounts pay one fee together, and for which of them that is the reason of the plan."""
    for members in found.pooled:
        taken = members[0].advice.taken
        if taken is not None and taken.plan.free:
            continue  # of nothing there is nothing to share
        words = Message(
            "{accounts}: one fee, shared here by spend", accounts=some_names(_names(members))
        )
        shares = shares_of(members)
        if shares is not None:
            words = Message("{words}; {shares}", words=words, shares=shares.text)
        cheaper = [each for each in members if each.advice.reason is ReasonCode.SHARED]
        if cheaper and found.asked is None:
            names = some_names(_names(cheaper))
            why = Message("{accounts}: cheaper together", accounts=names)
            words = Message("{text} ({note})", text=words, note=why)
        yield telling.say(Message("{words}.", words=words))


def _names(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(member.account.name for member in members)


class _DealRows:
    def __init__(self, telling: Telling, found: Portfolio) -> None:
        self.telling = telling
        self.found = found
        self.say = telling.say
        self.period = told_title(telling, [one.whole.quote for one in found.purchases])
        self.alike = needs_of_all(found) is not None
        least = {self._name(member, _LEAST_NAME) for member in found.members}
        self.told_apart = len(least) == len(found.members)
        shares = [found.shares_under(reading) for reading in telling.readings]
        self.lines = [
            _Line(member, tuple(share and telling.cost(share.to_pay) for share in each))
            for member, each in zip(found.members, zip(*shares, strict=True), strict=True)
        ]

    def table(self, most: int, bare: bool = False) -> ScreenTable:
        """A row for each account, or for the dearest ones; what is left of them; the sum."""
        lines = self.lines
        if len(lines) > most:
            lines = sorted(lines, key=lambda line: line.years[0] or NOTHING, reverse=True)[:most]
        rest = [line for line in self.lines if not any(line is other for other in lines)]
        figures = iter(self._figures(lines, rest))
        rows = [self._row(line, next(figures)) for line in lines]
        if rest:
            more = Message("and {count} more", count=len(rest))
            rows.append(self._summed(more, next(figures)))
        rows.append(self._summed(Message("Sum"), next(figures)))
        others = () if bare else tuple(one_for_all(self.telling, self.found))
        below = (*shared_fees(self.telling, self.found), *others)
        whole = ScreenTable(self._columns(), tuple(rows), below)
        return _without(whole, _NEEDS) if self.alike else whole

    def _figures(self, lines: Sequence[_Line], rest: Sequence[_Line]) -> list[tuple[str, ...]]:
        """Spend and years of each row: of the accounts, of those that are left, of all."""
        groups = [[line] for line in lines] + ([list(rest)] if rest else []) + [self.lines]
        unknown = self.say(Message("unknown"))
        columns = [column_of([_sum_of(g, _spend) for g in groups], unknown, self.telling.language)]
        for index in range(len(self.telling.readings)):
            years = [_sum_of(group, _year(index)) for group in groups]
            columns.append(column_of(years, unknown, self.telling.language))
        return list(zip(*columns, strict=True))

    def _row(self, line: _Line, figures: tuple[str, ...]) -> ScreenRow:
        advice, entry = line.member.advice, line.member.advice.taken
        catalogue, needs = advice.catalogue, advice.needs
        asked = needs_in_words(line.member)
        response = Message("")
        if entry is not None:
            found = ResponseNeed.brief_cell(catalogue, entry.plan, needs, entry.needs)
            response = found or response
        return ScreenRow(
            (
                self._name_cell(line.member),
                ScreenCell(figures[0]),
                ScreenCell(self.say(in_a_row(asked) if asked else Message("none"))),
                self._plan_cell(line.member),
                *map(ScreenCell, figures[1:]),
                ScreenCell(self.telling.language.text(response)),
            )
        )

    def _summed(self, name: Message, figures: tuple[str, ...]) -> ScreenRow:
        blank = ScreenCell("")
        amounts = map(ScreenCell, figures[1:])
        return ScreenRow(
            (ScreenCell(self.say(name)), ScreenCell(figures[0]), blank, blank, *amounts, blank)
        )

    def _name_cell(self, member: Member) -> ScreenCell:
        """As short as tells the accounts apart."""
        least = self._name(member, _LEAST_NAME) if self.told_apart else ""
        return ScreenCell(self._name(member, _NAME), self._name(member, _BRIEF_NAME), least=least)

    def _name(self, member: Member, most: int) -> str:
        """The account's name; of a long one its beginning and its end."""
        name = self.telling.language.text(member.account.name)
        if cell_width(name) <= most:
            return name
        half = (most - len(_CUT)) // 2
        return f"{wrapped(name, half)[0]}{_CUT}{wrapped(name[::-1], half)[0][::-1]}"

    def _plan_cell(self, member: Member) -> ScreenCell:
        """The plan, marked where there is no room for the need that it is assumed to meet."""
        plan, entry = self._plan(member), member.advice.taken
        assumed = entry is not None and any(met.rests_on_assumption for met in entry.needs)
        alone = self.say(Message("{target} ?", target=plan)) if assumed else ""
        plan = alone if alone and self.alike else plan
        return ScreenCell(plan, failing=entry is None or bool(entry.unmet), alone=alone)

    def _plan(self, member: Member) -> str:
        chosen = member.advice.taken
        if chosen is not None:
            return self.telling.language.text(chosen.plan.short_name)
        if member.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            return self.say(Message("by spend"))
        unstated = merely_unstated(member.advice)
        return self.say(Message("none known to fit") if unstated else Message("none fits"))

    def _title(self) -> str:
        """Over the accounts, with what the amounts that are to be paid are of."""
        currency = currency_name(self.telling.currency)
        if self.period == Message("a year"):
            return self.say(Message("Account, {currency} a year", currency=currency))
        words = Message("Account, {currency}, {period}")
        return self.say(Message(words.text, currency=currency, period=self.period))

    def _spend_title(self) -> Message:
        """Over what a month's spend is; of a series it is the first one's."""
        series = any(member.advice.usage.series for member in self.found.members)
        return Message("1st month") if series else Message("spend/mo")

    def _columns(self) -> tuple[ScreenColumn, ...]:
        say = self.say
        any_asks = any(map(needs_in_words, self.found.members))
        return (
            ScreenColumn(self._title(), say(Message("Account"))),
            ScreenColumn(say(self._spend_title()), figures=True, asked=True),
            ScreenColumn(say(Message("needs")), asked=any_asks, weight=2),
            ScreenColumn(say(Message("plan"))),
            *self._amount_columns(),
            ScreenColumn(say(ResponseNeed.title(self.telling.advice.catalogue)), asked=False),
        )

    def _amount_columns(self) -> Iterator[ScreenColumn]:
        """One for each reading that is told; in brief they say what the first column leaves out."""
        if len(self.telling.readings) == 1:
            yield ScreenColumn(self.say(self.period), figures=True)
            return
        most = self.say(Message("at most"))
        brief = self.say(Message("{period} at most", period=self.period))
        yield ScreenColumn(most, brief, figures=True, least=most)
        yield ScreenColumn(self.say(Message("probably")), figures=True, asked=True, weight=1)


def _without(table: ScreenTable, index: int) -> ScreenTable:
    """The table without a column."""
    columns = (*table.columns[:index], *table.columns[index + 1 :])
    cells = ((*row.cells[:index], *row.cells[index + 1 :]) for row in table.rows)
    rows = (row._replace(cells=each) for row, each in zip(table.rows, cells, strict=True))
    return table._replace(columns=columns, rows=tuple(rows))


def _spend(line: _Line) -> Decimal | None:
    """Of all that the line is for, with its orders."""
    usage = line.member.advice.usage
    if usage.spend_counted is None:
        return None
    currency = line.member.advice.catalogue.currency
    return exact_decimal(usage.spend_counted * usage.accounts, currency)


def _year(index: int) -> Callable[[_Line], Decimal | None]:
    """What an account's plan costs a year under the reading of that index."""
    return lambda line: line.years[index]


def _sum_of(lines: Sequence[_Line], of: Callable[[_Line], Decimal | None]) -> Decimal | None:
    """None where one of them is not known."""
    found = [of(line) for line in lines]
    known = [each for each in found if each is not None]
    return sum(known, NOTHING) if len(known) == len(found) else None
