"""The table of `breakeven`'s first screen: from which spend on which plan is the cheapest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from supportcli.advice.breakeven import SpendRange, range_of
from supportcli.advice.thresholds import BreakEven
from supportcli.core.money import round_up
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.outputs.document.figures import column_of
from supportcli.outputs.document.first_screen import (
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
)
from supportcli.outputs.document.plan_rows import left_out
from supportcli.outputs.document.telling import Telling, currency_name
from supportcli.text_width import cell_width

SAME = " = "


def same_words(plans: Sequence[Plan], telling: Telling) -> str:
    """Plans that cost the same, the higher tier first: Premier = Enterprise."""
    return SAME.join(telling.language.text(plan.short_name) for plan in plans)


class ThresholdTable:
    """The ranges under each reading, of plans on sale, then with those to ask about."""

    def __init__(
        self,
        telling: Telling,
        found: Sequence[BreakEven],
        labels: Sequence[str],
        questions: Mapping[str, int],
    ) -> None:
        self.telling = telling
        self.found = found
        self.labels = labels
        self.questions = questions
        self.say = telling.say
        self.asked = {plan.id for each in found if each.if_sold for plan in each.if_sold.plans}

    def of(self, rows: tuple[ScreenRow, ...]) -> ScreenTable:
        """The table with these of its rows."""
        currency = currency_name(self.telling.currency)
        spend = self.say(Message("Spend from, {currency}", currency=currency))
        brief = self.say(Message("From, {currency}", currency=currency))
        columns = (
            ScreenColumn(spend, brief, figures=True),
            *map(ScreenColumn, self.labels),
            *([ScreenColumn(self.say(Message("sold")))] if self.asked else []),
        )
        below = tuple(self._below(rows, brief=False))
        return ScreenTable(columns, rows, below, below_brief=tuple(self._below(rows, brief=True)))

    def shortened(self, rows: tuple[ScreenRow, ...], count: int) -> ScreenTable:
        """The same with so many rows, those around where one stands; and how many are left out."""
        here = next((place for place, row in enumerate(rows) if row.marked), 0)
        first = max(0, min(here - count // 2, len(rows) - count))
        top = rows[first]
        whole = top._replace(cells=tuple(cell._replace(brief="") for cell in top.cells))
        table = self.of((whole, *rows[first + 1 : first + count]))
        words = self.say(Message("{count} more: --explain", count=len(rows) - count))
        below, brief = (words, *table.below), (words, *table.below_brief)
        return table._replace(below=below, below_brief=brief)

    def rows(self, spend: Fraction | None) -> tuple[ScreenRow, ...]:
        """From each spend on at which another plan is the cheapest under one of the readings."""
        sold = [each.shown for each in self.found]
        parts = [*self._section(sold, spend, None)]
        if self.asked:
            asked = [each.shown_if_sold or each.shown for each in self.found]
            parts += self._section(asked, None, min(self.questions.get(i, 0) for i in self.asked))
        if not parts:
            return ()
        amounts = [round_up(start, self.telling.currency) for start, _ in parts]
        spends = column_of(amounts, "", self.telling.language)
        return tuple(
            row._replace(cells=(ScreenCell(text), *row.cells))
            for text, (_, row) in zip(spends, parts, strict=True)
        )

    def _section(
        self,
        found: Sequence[tuple[SpendRange, ...]],
        spend: Fraction | None,
        question: int | None,
    ) -> Iterator[tuple[Fraction, ScreenRow]]:
        starts = sorted({part.start for ranges in found for part in ranges})
        for above, start, end in zip([None, *starts], starts, [*starts[1:], None], strict=False):
            cells = [self._cell(ranges, start, above) for ranges in found]
            here = spend is not None and start <= spend and (end is None or spend < end)
            if not self.asked:
                yield start, ScreenRow(tuple(cells), here)
            elif question is None:
                sold = ScreenCell(self.say(Message("yes")))
                yield start, ScreenRow((*cells, sold), here)
            else:
                yield start, self._in_doubt(cells, question)

    def _in_doubt(self, cells: Sequence[ScreenCell], question: int) -> ScreenRow:
        words = Message("ask {number}", number=question) if question else Message("perhaps")
        asked = ScreenCell(self.say(words))
        return ScreenRow(
            (*cells, asked), False, "", question, ScreenCell(self.say(Message("perhaps")))
        )

    def _cell(
        self, ranges: Sequence[SpendRange], start: Fraction, above: Fraction | None
    ) -> ScreenCell:
        """All that cost the same; in brief the first one, where the row above names the others."""
        first, *others = plans = range_of(ranges, start).plans
        before = () if above is None else range_of(ranges, above).plans
        text = same_words(plans, self.telling)
        if not others or before not in (plans, tuple(others)):
            return ScreenCell(text)
        brief = self.say(Message("{plan} = above", plan=first.short_name))
        return ScreenCell(text, brief if cell_width(brief) < cell_width(text) else "")

    def _below(self, rows: Sequence[ScreenRow], *, brief: bool) -> Iterator[str]:
        cells = [cell for row in rows for cell in row.cells]
        if brief and any(cell.brief for cell in cells):
            yield self.say(Message("= above: costs the same as what the row above names"))
        elif any(SAME in cell.text for cell in cells):
            yield self.say(Message("= costs the same; the higher tier comes first"))
        if any(each.paid for each in self.found):
            free = tuple(plan.short_name for plan in self._free())
            yield self.say(Message("These are plans with a fee; free: {plans}", plans=free))
        on_offer = [entry for entry in self.telling.advice.plans if entry.bar is None]
        yield from left_out(self.telling, on_offer)

    def _free(self) -> Iterator[Plan]:
        paid = {plan.id for each in self.found for plan in each.with_fee}
        return (plan for plan in self.found[0].eligible if plan.id not in paid)
