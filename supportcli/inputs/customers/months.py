"""Columns of spend that are called by their months: 1月, 2026年1月, 2026-01, Jan 2026.

Three of them at least make a series. It is in the order of the calendar; months without a year
are in that of the file where they follow each other in it (4月 to 12月, 1月 to 3月).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.core.period import Month
from supportcli.errors import Message, quoted
from supportcli.inputs.customers.aliases import Says, spend_of
from supportcli.inputs.customers.units import ColumnUnit, unit_around, unit_of
from supportcli.inputs.values.texts import chinese_number, folded, normal
from supportcli.patterns import regex
from supportcli.record import NamedTuple

LEAST_MONTHS = 3
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LONG = "uary ruary ch il e y ust tember ober ember".split()
_NAME = rf"(?<![a-z])(?P<name>{'|'.join(_NAMES)})(?:t|{'|'.join(_LONG)})?(?![a-z])"
_MONTH = "(?P<month>0?[1-9]|1[0-2])"
_DAY = "(?:[-/.]0?1(?:[ t]00:00(?::00)?)?)?"
_WITH_DAY = regex("[0-9][-/.][0-9]+[-/.][0-9]")
_LIST_ALONE = ("list", "gross", "beforediscount", "beforediscounts", "折扣前", "优惠前", "目录")
_FORMS = tuple(
    map(
        regex,
        (
            rf"(?<![0-9]){_YEAR}\s*年\s*{_MONTH}\s*月份?",
            rf"(?<![0-9]){_YEAR}(?:[-/.]{_MONTH}|(?P<pair>0[1-9]|1[0-2])){_DAY}(?![0-9])",
            rf"(?<![0-9]){_YEAR}[\s-]*{_NAME}",
            rf"{_NAME}(?:[\s.,'-]*(?P<year>(?:20)?[0-9]{{2}})(?![0-9]))?",
            rf"(?<![0-9年]){_MONTH}\s*月份?",
            "(?P<chinese>十[一二]?|(?<!十)[一二三四五六七八九])月份?",
        ),
    )
)


class MonthName(NamedTuple):
    """A month that a column is called by, its year if that is said, and what it says of spend."""

    year: int | None
    month: int
    says: Says


def month_in(name: str, currency: str) -> MonthName | None:
    """The month that a column of spend is called by, with a name of spend and a unit or without."""
    found, rest = _parted(name)
    says = None if found is None else _says(rest, currency)
    return None if found is None or says is None else MonthName(_year(found), _month(found), says)


def unit_named(name: str, currency: str) -> ColumnUnit:
    """The unit that a name states, at its end or beside the month that the column is called by."""
    named = unit_of(name, currency)
    if month_in(name, currency) is None:
        return named
    rest = _parted(name)[1]
    beside = unit_around(rest, currency) or unit_of(rest, currency)
    return beside._replace(stem=named.stem)


def month_said(text: str) -> tuple[int | None, int] | None:
    """The first month that a text names, with its year if that is said; None if it names none."""
    found, _ = _parted(text)
    return None if found is None else (_year(found), _month(found))


def rest_of_month(text: str) -> str | None:
    """What a text says beside the first month that it names; None if it names none."""
    found, rest = _parted(text)
    return None if found is None else rest


def month_columns(header: Sequence[str], currency: str) -> dict[int, MonthName]:
    """The columns that are called by months, by their places."""
    found = ((index, month_in(name, currency)) for index, name in enumerate(header))
    return {index: month for index, month in found if month is not None}


def series_of(months: Mapping[int, MonthName]) -> dict[int, str]:
    """Which month of a series each column is; none where they are no series of a year at most."""
    after = _after_first(months)
    if max(after.values(), default=0) >= len(SERIES):
        return {}
    return {at: SERIES[count] for at, count in after.items()}


def _after_first(months: Mapping[int, MonthName]) -> dict[int, int]:
    dated = [month.year is not None for month in months.values()]
    if len(set(months.values())) < LEAST_MONTHS or any(dated) != all(dated):
        return {}
    if all(dated):
        counts = {at: 12 * (month.year or 0) + month.month for at, month in months.items()}
        first = min(counts.values())
        return {at: count - first for at, count in counts.items()}
    first = _first([month.month for _, month in sorted(months.items())])
    return {at: (month.month - first) % 12 for at, month in months.items()}


def one_month(
    header: Sequence[str], months: Mapping[int, MonthName], currency: str
) -> dict[int, str]:
    """The spend, where a single column is called by a month, as one of spend: 10月折前消费.

    A name with a day may be of that day.
    """
    if len(months) != 1:
        return {}
    [at] = months
    found, rest = _parted(header[at])
    of_a_day = found is not None and _WITH_DAY.search(found[0])
    return {} if of_a_day or unit_around(rest, currency) else {at: MONTHLY}


def too_many_months(header: Sequence[str], months: Mapping[int, MonthName]) -> Message | None:
    """What is said where the columns of months cover more than a year; None where they do not."""
    if max(_after_first(months).values(), default=0) < len(SERIES):
        return None
    names = tuple(quoted(header[at]) for at in months)
    return Message(
        "columns {first} to {last} cover more than twelve months; keep twelve, and give "
        "--ignore-column for each of the others",
        first=names[0],
        last=names[-1],
    )


def is_series(header: Sequence[str]) -> bool:
    """Whether a header has a series of months, whatever they say of spend."""
    return bool(series_of(month_columns(header, "")))


def series_note(names: Sequence[str], mean: bool) -> Message | None:
    """What is said of fewer months than a year has; None where there are all, or no series."""
    if not LEAST_MONTHS <= len(names) < len(SERIES):
        return None
    count, first, last = len(names), quoted(names[0]), quoted(names[-1])
    if mean:
        return Message(
            "{count} months are given, {first} to {last}: the further ones are taken as their mean",
            count=count,
            first=first,
            last=last,
        )
    return Message(
        "{count} months are given, {first} to {last}: the further ones are taken as {last}; "
        "--missing-months mean takes their mean",
        count=count,
        first=first,
        last=last,
    )


def out_of_term(first: str, last: str, start: Month, currency: str) -> Message | None:
    """A refusal of a series by whose months' names some are of the term, at other places in it.

    Args:
        first: the name of its first column.
        last: that of its last.
        start: the first month of the term.
        currency: of the plans.
    """
    begins, ends = (_dated(name, currency) for name in (first, last))
    if begins is None or ends is None or begins == start or ends < start:
        return None
    names = {"first": quoted(first), "last": quoted(last), "start": start, "begins": begins}
    if begins > start:
        return Message(
            "columns {first} to {last} begin after the term, which begins in {start}; give --start "
            "{begins} if it begins with them, or add the months before them",
            **names,
        )
    return Message(
        "columns {first} to {last} begin before the term, which begins in {start}, and go on in "
        "it; give --start {begins} if it begins with them, or --ignore-column for each month "
        "before it; if they are its pattern all the same, call them spend_01, spend_02 and so on",
        **names,
    )


def shift_note(names: Sequence[str], start: Month, currency: str) -> Message | None:
    """That months by other names than the term's are taken as its months."""
    month = month_in(names[0], currency)
    if month is None or (month.month == start.number and month.year in (None, start.year)):
        return None
    return Message(
        "columns {first} to {last} are taken as months 1 to {count} of the term, which begins in "
        "{start}",
        first=quoted(names[0]),
        last=quoted(names[-1]),
        count=len(names),
        start=start,
    )


def _dated(name: str, currency: str) -> Month | None:
    month = month_in(name, currency)
    return None if month is None or month.year is None else Month(month.year, month.month)


def series_problems(meant: Collection[str]) -> Iterator[Message]:
    """What is wrong with the months among the meanings of columns: too few, or one left out."""
    given = [name for name in SERIES if name in meant]
    if not given:
        return
    until = SERIES[: SERIES.index(given[-1]) + 1]
    missing = tuple(name for name in until if name not in meant)
    if MONTHLY in meant:
        yield Message("monthly_spend and spend_01 contradict each other; keep one of them")
    elif missing:
        yield Message("a month of spend is left out; add {names}", names=missing)
    elif len(given) < LEAST_MONTHS:
        yield Message("give three to twelve months of spend, from spend_01 on, or monthly_spend")


def _parted(name: str) -> tuple[re.Match[str] | None, str]:
    """The first month that a text names, if it names one, and the text without it."""
    text = folded(name)
    found = next(filter(None, (form.search(text) for form in _FORMS)), None)
    return found, text if found is None else f"{text[: found.start()]} {text[found.end() :]}"


def _says(rest: str, currency: str) -> Says | None:
    """What is left of a name without its month says of spend; None if it is no name of spend."""
    if unit_around(rest, currency) is not None:
        return "open"
    stem = unit_of(rest, currency).stem
    if stem in _LIST_ALONE:
        return "list"
    spend = spend_of(normal(rest)) or spend_of(stem)
    return spend[1] if spend is not None and spend[0] == MONTHLY else None


def _year(found: re.Match[str]) -> int | None:
    year = found.groupdict().get("year")
    return None if year is None else int(year) % 100 + (100 * (int(year) // 100) or 2000)


def _month(found: re.Match[str]) -> int:
    said = found.groupdict()
    if said.get("name"):
        return _NAMES.index(said["name"]) + 1
    number = said.get("month") or said.get("pair")
    return int(number) if number else chinese_number(said["chinese"]) or 0


def _first(months: Sequence[int]) -> int:
    """The month that a series without years begins with."""
    follow = all((later - sooner) % 12 == 1 for sooner, later in pairwise(months))
    return months[0] if follow else min(months)
