"""Texts around a table with a word of a unit, a currency or a span that nobody understood."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

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
from supportcli.inputs.customers.date_ranges import range_said
from supportcli.inputs.customers.money_words import money_words
from supportcli.inputs.customers.spans import span_around
from supportcli.inputs.customers.units import scale_word
from supportcli.inputs.values.texts import half_width
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_PICKS = regex(
    "(?:元|[十百千万亿0-9])以[上下]|超过?[十百千万亿0-9]|top ?[0-9]|前[0-9]+名", re.IGNORECASE
)
"""Titles that say which customers a list has."""
_CONVERTS = regex(
    "除外|不含|剔除|另表|另附|已折|折算|按汇率|exclud|except|converted",
    re.IGNORECASE,
)
"""Titles and notes that say what a list has not, or how amounts were converted."""


class AmountsKnown(NamedTuple):
    """What is known of the amounts of a list, which texts around it may repeat.

    Columns of spend are of so many of the currency, by `factors`; they are `monthly` if they say
    by their names that they are of months. The `unit` is what the user said that all are in.
    """

    currency: str
    factors: frozenset[int] = frozenset()
    monthly: bool = False
    unit: AmountsSaid | None = None

    @property
    def unit_word(self) -> str:
        """What --unit takes for the unit that is known: 万 or CNY."""
        factor = next((each for each in sorted(self.factors) if each > 1), 1)
        return self.currency if factor == 1 else scale_word(factor)


def chooses(text: str) -> bool:
    """Whether a text says which customers a list has, or how amounts were converted."""
    return bool(_PICKS.search(text) or _CONVERTS.search(text))


class Doubt(NamedTuple):
    """A text with a word of a unit, a currency or another span that nothing accounts for."""

    text: str
    word: str
    is_span: bool
    where: Message | None = None

    @property
    def shown(self) -> str | Message:
        """The text, and where it stands if that is said."""
        text = quoted(self.text)
        if self.where is None:
            return text
        return Message("{text} ({where})", text=text, where=self.where)

    def message(self, known: AmountsKnown) -> Message:
        """What is asked where this is no month's amount, or not known to be one."""
        currency = known.currency
        other = "万元" if currency == "CNY" else "thousand"
        if self.is_span:
            return Message(
                "{text} says another span of time than a month ({word}); give the spend of a "
                "month, or, if the amounts are of a month all the same, say so with --unit {one}",
                text=self.shown,
                word=quoted(self.word),
                one=known.unit_word,
            )
        return Message(
            "{text} may say what the amounts are in ({word}) and is not understood; say it with "
            "--unit, as --unit {one} or --unit {other}",
            text=self.shown,
            word=quoted(self.word),
            one=currency,
            other=other,
        )


def doubts_above(above: Above, known: AmountsKnown, settled: bool = False) -> Iterator[Doubt]:
    """The first unit, currency or span in each row above a header that is not understood.

    Args:
        above: such rows.
        known: of the amounts below them, without the units of their columns.
        settled: whether it is said that amounts are in the plans' currency; others are not asked
            about then.
    """
    for row in above:
        found = (
            doubt._replace(text=cell)
            for cell, text in texts_in_row(row)
            if (doubt := _doubt_of(text, said_in_parts(text, known.currency), known, settled))
        )
        yield from islice(found, 1)


def heed_aside(
    texts: Iterable[str], known: AmountsKnown, named: bool = False, where: Message | None = None
) -> Iterator[Message]:
    """What is told of texts around the table that say what amounts are in.

    They stop a run, unless they say what is known or the user said it.

    Args:
        texts: such texts.
        known: of the amounts of the table.
        named: whether they may be customers, like Dollar General: no single word counts then.
        where: they stand, if that is in none of the cells beside or below the table.

    Raises:
        UsageError: there is one, and the user said nothing.
    """
    for text in dict.fromkeys(texts):
        problem = _aside(text, known, named, where)
        if problem is not None and known.unit is None:
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
    known: AmountsKnown,
    settled: bool = False,
    alone: bool = True,
) -> Doubt | None:
    """What a text has of units, currencies and spans beyond what was understood of it.

    Where that refuses it already, nothing.

    Args:
        text: one that is no name of a column of spend.
        said: what was understood.
        known: of the amounts, which it may repeat.
        settled: whether the currency is known.
        alone: whether a span counts that stands there without other words.
    """
    understood = [each for each in said if isinstance(each, AmountsSaid)]
    other = any(each.currency not in (None, known.currency) for each in understood)
    if other or len(understood) < len(said):
        return None
    word = None if not said and chooses(text) else _money_word(text, understood, known, settled)
    span = None if word else span_around(text, known.monthly, alone)
    if span and _PICKS.search(text) and range_said(text) is None:
        return None
    return Doubt(text, word or span or "", word is None) if word or span else None


def _money_word(
    text: str, understood: Iterable[AmountsSaid], known: AmountsKnown, settled: bool
) -> str | None:
    """The first word of a currency or a unit that was not understood and is not known."""
    words = money_words(text, known.currency)
    factors = {*known.factors, *(each.factor for each in understood)}
    scales = (word for word, factor in words.scales.items() if factor not in factors)
    return next(iter((*(() if settled else words.currencies), *scales)), None)


def _aside(text: str, known: AmountsKnown, named: bool, where: Message | None) -> Message | None:
    """What is asked about a text beside or below the table, unless it says what is known."""
    currency = known.currency
    plain = half_width(text)[:LONGEST]
    said = None if chooses(text) else said_in_words(plain, currency)
    if not isinstance(said, AmountsSaid):
        said = said_alone(text, currency)
    scales = said is not None and said.factor is not None and {said.factor} != known.factors
    if said is not None and (scales or said.currency not in (None, currency)):
        if where is not None:
            return _elsewhere(said, Doubt(text, "", False, where).shown, known)
        return Message(
            "{text} beside or below the table says what amounts are in; if it is about this "
            "table, write it above the header or into the name of the column (or call its own "
            "column unit or currency), else take it out, or say what all amounts are in: "
            "--unit {one}",
            text=quoted(text),
            one=known.unit_word,
        )
    if named:
        return None
    doubt = _doubt_of(plain, [said] if said else [], known, alone=False)
    return None if doubt is None else doubt._replace(text=text, where=where).message(known)


def _elsewhere(said: AmountsSaid, shown: str | Message, known: AmountsKnown) -> Message:
    """What is asked about a text in none of the sheet's cells."""
    if said.currency not in (None, known.currency):
        return Message(
            "{text} says that amounts are in {given}, the plans are in {currency}; if that is "
            "about the amounts that were read, give them in {currency}; else say what all amounts "
            "are in: --unit {one}",
            text=shown,
            given=str(said.currency),
            currency=known.currency,
            one=known.unit_word,
        )
    return Message(
        "{text} says what amounts are in; if that is about the amounts that were read, give --unit "
        "{said}, else --unit {one}",
        text=shown,
        said=known._replace(factors=frozenset({said.factor or 1})).unit_word,
        one=known.unit_word,
    )
