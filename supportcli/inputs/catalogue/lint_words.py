"""The words of a plan: numbers that the fee does not have, names and lines that do not fit.

Each finding goes with the field that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from supportcli.core.plan import MONTHS, Plan
from supportcli.core.quantity import Extra
from supportcli.core.schedule import (
    Discounted,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Tiered,
    Volume,
)
from supportcli.core.text import Text
from supportcli.errors import Message, quoted
from supportcli.text_width import cell_width, wrapped

SHORT_CELLS = 20  # of the column of plans at 80 columns
GETS_CELLS, GETS_LINES = 69, 2  # beside a label at 80 columns
_REMARK = re.compile(r"[(（][^)）]*[)）]")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z.,])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*"
    r"(%|[万亿千]|[kK](?![A-Za-z]))?(?![0-9]|(?!(?:CNY|RMB|USD|EUR|GBP|JPY)(?![A-Za-z]))[A-Za-z])"
)
_SCALES = {None: Fraction(1), "%": Fraction(1, 100), "万": Fraction(10**4), "亿": Fraction(10**8)}
_SCALES |= dict.fromkeys("千kK", Fraction(1000))
_YEARS = range(1990, 2100)


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
    extras = [number for extra in plan.extras for number in _of_extra(extra)]
    for field, published, words in [
        ("fee_text", plan.published, plan.fee_text),
        *(("history", rule.published, rule.text) for rule in plan.history),
    ]:
        if published is None or words is None:
            continue
        fee = {*extras, *(number for one in published.values() for number in _of(one))}
        known = {number * times for number in fee for times in (1, MONTHS, Fraction(1, MONTHS))}
        for number in dict.fromkeys(_numbers(words)):
            if _value(number) not in known:
                message = Message(
                    "the words on the fee of {plan} name {number}, which the fee does not have",
                    plan=quoted(plan.id),
                    number=quoted(number),
                )
                yield field, message


def _numbers(words: Text) -> Iterator[str]:
    for text in words.by_language.values():
        for match in _NUMBER.finditer(_REMARK.sub("", text)):
            written = match[1] + (match[2] or "")
            if not (written.isdecimal() and int(written) in _YEARS):
                yield written


def _value(written: str) -> Fraction:
    scale = written[-1] if written[-1] in "%万亿千kK" else None
    return Fraction(written.rstrip("%万亿千kK").replace(",", "")) * _SCALES[scale]


def _of_extra(extra: Extra) -> Iterator[Fraction]:
    yield from [Fraction(extra.pack)] if extra.pack else []
    for segment in extra.price.segments:
        yield from (segment.start, segment.intercept, segment.rate)


def _of(schedule: Schedule) -> Iterator[Fraction]:
    """Every amount and every rate of a fee as it was published."""
    match schedule:
        case Line(base, rate):
            yield from (base, rate)
        case Excess(threshold, rate):
            yield from (threshold, rate)
        case Graduated(brackets) | Volume(brackets) | Tiered(brackets):
            for bracket in brackets:
                yield from (bracket.rate, bracket.base)
                yield from [] if bracket.up_to is None else [bracket.up_to]
        case Discounted(fee, off):
            yield from (off, 1 - off)
            yield from _of(fee)
        case Sum(left, right) | GreaterOf(left, right) | LesserOf(left, right):
            yield from _of(left)
            yield from _of(right)
        case _:
            assert_never(schedule)
