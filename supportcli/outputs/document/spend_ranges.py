"""The cheapest plan by spend as a table, and what it means where several cost the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.cautions import not_refunded
from supportcli.core.money import round_up
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Sentence, Table, Weight
from supportcli.outputs.document.money_table import MoneyRow, money_table
from supportcli.outputs.document.wording import columns


def ranges_table(ranges: Sequence[SpendRange], currency: str, language: Language) -> Table:
    """From which spend on which plan is the cheapest."""
    titles = Message("Monthly spend from"), Message("Cheapest plan that meets the needs")
    rows = (
        MoneyRow(
            (
                round_up(part.start, currency),
                language.text(tuple(plan.name for plan in part.plans)),
            )
        )
        for part in ranges
    )
    figures, words = columns(language, titles[0], figures=True), columns(language, titles[1])
    return money_table((*figures, *words), rows, currency, language, apart=False)


def tie_caution(ranges: Sequence[SpendRange], language: Language) -> Iterator[Block]:
    """What it means where several plans are named; nothing where none are."""
    tied = [plan for part in ranges for plan in part.plans[1:]]
    if not tied:
        return
    words = Message("Plans named together cost the same; at other spends the first can cost more.")
    if any(map(not_refunded, tied)):
        words = Message(
            "Plans named together cost the same; what is prepaid is not refunded, and at other "
            "spends the first can cost more."
        )
    yield Sentence(language.say(words), Weight.CAUTION)
