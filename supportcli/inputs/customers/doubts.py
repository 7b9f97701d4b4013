"""Texts around a table with a word of a unit, a currency or a span that nobody understood."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.context import (
    LONGEST,
    Above,
    AmountsSaid,
    said_alone,
    said_in_parts,
    said_in_words,
    texts_in_row,
)
from supportcli.inputs.customers.money_words import money_words
from supportcli.inputs.values.texts import half_width

_CHOOSES = re.compile(
    "除外|不含|剔除|另表|另附|已折|折算|(?:元|[十百千万亿0-9])以[上下]|"
    "超过?[十百千万亿0-9]|top ?[0-9]|前[0-9]+名|exclud|except",
    re.IGNORECASE,
)
"""Titles and notes that say which customers a list has, or how amounts were converted."""


class Doubt(NamedTuple):
    """A text with a word of a unit, a currency or another span that nothing accounts for."""

    text: str
    word: str
    is_span: bool

    def message(self, currency: str) -> Message:
        """What is asked where this is no month's amount, or not known to be one."""
        other = "万元" if currency == "CNY" else "thousand"
        if self.is_span:
            return Message(
                "{text} says another span of time than a month ({word}); give the spend of a "
                "month, or, if the amounts are of a month all the same, say so with --unit {one}",
                text=quoted(self.text),
                word=quoted(self.word),
                one=currency,
            )
        return Message(
            "{text} may say what the amounts are in ({word}) and is not understood; say it with "
            "--unit, as --unit {one} or --unit {other}",
            text=quoted(self.text),
            word=quoted(self.word),
            one=currency,
            other=other,
        )


def doubts_above(above: Above, currency: str, settled: bool = False) -> Iterator[Doubt]:
    """The first unit, currency or span in each row above a header that is not understood.

    Args:
        above: such rows.
        currency: of the plans.
        settled: whether it is said that amounts are in it; others are not asked about then.
    """
    for row in above:
        found = (
            doubt._replace(text=cell)
            for cell, text in texts_in_row(row)
            if (doubt := _doubt_of(text, said_in_parts(text, currency), currency, (), settled))
        )
        yield from islice(found, 1)


def heed_aside(
    texts: Iterable[str],
    factors: Collection[int],
    currency: str,
    unit: AmountsSaid | None,
    named: bool = False,
) -> Iterator[Message]:
    """What is told of texts beside or below the table that say what amounts are in.

    They stop a run, unless they say what is known or the user said it.

    Args:
        texts: such texts.
        factors: of the columns of spend, how many of the currency an amount is.
        currency: of the plans.
        unit: what the user said that all amounts are in.
        named: whether they may be customers, like Dollar General: no single word counts then.

    Raises:
        UsageError: there is one, and the user said nothing.
    """
    for text in dict.fromkeys(texts):
        problem = _aside(text, factors, currency, named)
        if problem is not None and unit is None:
            raise UsageError([Problem("", problem)])
        if problem is not None:
            yield not_used([text])


def not_used(texts: Iterable[str]) -> Message:
    """That texts say what amounts are in and do not count."""
    return Message(
        "not used, because --unit says what the amounts are in: {texts}",
        texts=tuple(map(quoted, texts)),
    )


def _doubt_of(
    text: str,
    said: Collection[AmountsSaid | Message],
    currency: str,
    factors: Collection[int] = (),
    settled: bool = False,
) -> Doubt | None:
    """What a text has of units, currencies and spans beyond what was understood of it.

    Where that refuses it already, nothing.

    Args:
        text: one that is no name of a column of spend.
        said: what was understood.
        currency: of the plans.
        factors: units that are known of the amounts, which it may repeat.
        settled: whether the currency is known.
    """
    if not said and _CHOOSES.search(text):
        return None
    understood = [each for each in said if isinstance(each, AmountsSaid)]
    other = any(each.currency not in (None, currency) for each in understood)
    if other or len(understood) < len(said):
        return None
    words = money_words(text, currency)
    known = {*factors, *(each.factor for each in understood)}
    scales = (word for word, factor in words.scales.items() if factor not in known)
    word = next(iter((*(() if settled else words.currencies), *scales)), None)
    if word or words.span:
        return Doubt(text, word or words.span or "", word is None)
    return None


def _aside(text: str, factors: Collection[int], currency: str, named: bool) -> Message | None:
    """What is asked about a text beside or below the table, unless it says what is known."""
    if _CHOOSES.search(text):
        return None
    plain = half_width(text)[:LONGEST]
    said = said_in_words(plain, currency)
    if not isinstance(said, AmountsSaid):
        said = said_alone(text, currency)
    scales = said is not None and said.factor is not None and {said.factor} != set(factors)
    if said is not None and (scales or said.currency not in (None, currency)):
        return Message(
            "{text} beside or below the table says what amounts are in; if it is about this "
            "table, write it above the header or into the name of the column (or call its own "
            "column unit or currency), else take it out",
            text=quoted(text),
        )
    if named:
        return None
    doubt = _doubt_of(plain, [said] if said else [], currency, factors)
    return None if doubt is None else doubt._replace(text=text).message(currency)
