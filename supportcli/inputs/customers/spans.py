"""Spans of time other than a month that a text may say the amounts beside it are of.

A range of dates says one, and so does a year, a quarter or YTD: in words about amounts, behind a
word like 统计区间, or where nothing else stands. Titles have such words in names too (FY2026
customer list), which say nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from supportcli.inputs.customers.date_ranges import range_said
from supportcli.inputs.customers.money_words import speaks_of_amounts
from supportcli.inputs.customers.months import month_said
from supportcli.inputs.customers.periods import is_period
from supportcli.inputs.values.spend_names import other_span
from supportcli.inputs.values.texts import folded, normal
from supportcli.patterns import regex

_LONGEST = 1000
_KEY = regex("统计|期间|区间|周期|账期|范围|时段|(?<![a-z])(?:period|range)(?![a-z])")
_OTHER_THINGS = regex(
    "合同|续[约费签]|有效|服务期|保修|导出|更新|(?<![a-z])(?:contract|valid|renew|effective|warranty|"
    "terms?(?![a-z]))"
)
_TOTALS = regex("累计|year.to.date|cumulative|(?<![a-z0-9])(?:ytd|ltm|ttm)(?![a-z])")
_STATED = regex(
    r"单位|/|每|(?<![a-z])(?:per|all|units?)(?![a-z])|(?:amounts?|figures?|spend)\s+(?:is|are)"
)
_SPANS = regex(
    "上半年|下半年|半年|[全整财本今去上当]年|年度|累计|季度?|(?<![a-z])(?:ytd|ltm|ttm|half)(?![a-z])|"
    r"(?:(?:19|20)?[0-9]{2})?q[1-4]|h[12]|fy|(?<![0-9])(?!1(?![0-9]))[0-9]+\W?(?:个月|months?)"
)
_FILLERS = regex(
    "统计|区间|期间|周期|账期|时间|范围|时段|数据|来源|合计|汇总|总计|总额|本表|以下|以上|截至|截止|"
    "[前第近共为是的按一二三四年月日个表]|(?<![a-z])(?:calendar|fiscal|full|first|second|period|range|"
    "date|data|from|to|of|the|total|sum|for|reporting|months?|quarters?|years?|annual|yearly|"
    "quarterly)(?![a-z])"
)
_YEAR_ALONE = regex(r"\W*(?:19|20)[0-9]{2}\s*年?\W*")
_LETTERS = regex(r"[^\W\d_]")
_MONTHLY = regex("月|month")
_BEGINS = regex("开始|起始|起|start(?:ing)?|begin(?:ning)?|from")
_ENDS = regex("结束|截止|截至|终止|止|end(?:ing)?|until|to$")
_WHEN = frozenset(("", *"月份 月 日期 时间 date month time day".split()))


def of_a_month(names: Sequence[str]) -> bool:
    """Whether the columns of spend are of months by their names, or are several months."""
    return len(names) > 1 or any(_MONTHLY.search(folded(name)) for name in names)


def span_around(text: str, monthly: bool = False, alone: bool = True) -> str | None:
    """What a text around a table says of another span than a month; None where it says nothing.

    Args:
        text: one that is no name of a column of spend.
        monthly: whether the columns of spend say that they are of months, which goes before all
            but the statement of a unit (单位：元/年).
        alone: whether a span that stands there without other words counts.
    """
    plain = folded(text[:_LONGEST])
    of_amounts = speaks_of_amounts(plain)
    word = other_span(plain)
    if monthly:
        return word if of_amounts and _STATED.search(plain) else None
    keyed = of_amounts or _KEY.search(plain) is not None
    found = range_said(plain)
    if found and (keyed or (found.longer and not _OTHER_THINGS.search(plain))):
        return found.text
    if word and (keyed or _TOTALS.search(plain)):
        return word
    return _span_alone(plain) if alone else None


def range_stated(text: str) -> bool:
    """Whether a text anywhere states the range of dates that figures are of: 统计区间：1-10月."""
    plain = folded(text[:_LONGEST])
    keyed = _KEY.search(plain) and not _OTHER_THINGS.search(plain)
    return bool(keyed) and range_said(plain) is not None


def span_in_period(text: str) -> str | None:
    """What a cell that says which time its row is of says of another span than a month."""
    plain = folded(text[:_LONGEST])
    found = range_said(plain)
    if found:
        return found.text
    word = other_span(plain) if _TOTALS.search(plain) else None
    return word or _span_alone(plain)


def begins_and_ends(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of columns that say where the time of a row begins and ends: 开始月份, 结束月份."""
    begins = {
        _BEGINS.sub("", folded(name), 1): name for name in names if _BEGINS.search(folded(name))
    }
    for name in names:
        plain = folded(name)
        stem = _ENDS.sub("", plain, 1)
        first = begins.get(stem) if stem != plain else None
        of_rows = normal(stem) in _WHEN or is_period(stem) or _KEY.search(stem)
        if first and first != name and of_rows and not _OTHER_THINGS.search(stem):
            yield first, name


def _span_alone(plain: str) -> str | None:
    """The text, where it is nothing but a span of time that is no month."""
    if month_said(plain) or _LETTERS.search(_FILLERS.sub("", _SPANS.sub("", plain))):
        return None
    found = _SPANS.search(plain)
    if found or _YEAR_ALONE.fullmatch(plain):
        return found[0] if found else plain
    return other_span(plain)
