"""The words of a plan: numbers that the fee does not have, names and lines that do not fit.

Each finding goes with the field that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.core.plan import FeeRule, Plan
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.fee_numbers import numbers_in, numbers_of
from supportcli.text_width import cell_width, wrapped

SHORT_CELLS = 20  # of the column of plans at 80 columns
GETS_CELLS, GETS_LINES = 69, 2  # beside a label at 80 columns


def lengthy_words(plan: Plan) -> Iterator[tuple[str, Message]]:
    """Names that do not fit into the column of a table, and what one gets that needs three lines.

    A name that is too long wants a short one in each language; a short one that is too long is one
    finding too.
    """
    for code in dict.fromkeys((*plan.name.by_language, *plan.short_name.by_language)):
        if cell_width(plan.short_name.in_language(code)) > SHORT_CELLS:
            message = Message(
                "{plan} has no name of at most {cells} cells in {code}; give one, like "
                "short: {{en: …, zh: …}}",
                plan=quoted(plan.id),
                cells=SHORT_CELLS,
                code=code,
            )
            yield "short" if plan.short else "name", message
    for code, words in (plan.gets.by_language if plan.gets else {}).items():
        if len(wrapped(words, GETS_CELLS)) > GETS_LINES:
            message = Message(
                "what {plan} gives (gets) is longer than {lines} lines of {cells} cells in {code}",
                plan=quoted(plan.id),
                lines=GETS_LINES,
                cells=GETS_CELLS,
                code=code,
            )
            yield "gets", message


def untrue_words(plan: Plan) -> Iterator[tuple[str, Message]]:
    """Amounts and rates in the words on a fee that it has not; a remark in brackets may differ."""
    present = FeeRule(plan.published, plan.fees, plan.fee_text, plan.cite)
    for field, rule in [("fee_text", present), *(("history", rule) for rule in plan.history)]:
        if rule.published is None or rule.text is None:
            continue
        known = numbers_of(rule, plan.extras)
        for number in dict.fromkeys(numbers_in(rule.text)):
            if number.value not in known:
                message = Message(
                    "the words on the fee of {plan} name {number}, which the fee does not have",
                    plan=quoted(plan.id),
                    number=quoted(number.text),
                )
                yield field, message
