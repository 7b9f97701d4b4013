"""Columns that say which month a row is of, and the month that each of their cells means.

Rows of one account and several months are no parts of one month: they are not to be added up.
"""

from __future__ import annotations

from supportcli.inputs.customers.aliases import stem_of
from supportcli.inputs.customers.months import month_said, rest_of_month
from supportcli.inputs.values.texts import folded, normal
from supportcli.patterns import regex

_NAMES = frozenset(
    map(
        normal,
        """month; year month; month year; bill month; billing month; invoice month; usage month;
        statement month; spend month; billing period; bill period; billing period start;
        billing period start date; billing period end; billing cycle; bill cycle; invoice period;
        charge period; charge period start; usage start date; usage period; statement period;
        period; date; usage date; billing date; bill date; invoice date; quarter; year; 月; 月份;
        账单月; 账单月份; 账单年月; 账单周期; 账单日期; 账务月份; 账务期间; 出账月份; 出账日期;
        账期; 结算月; 结算月份; 结算周期; 结算账期; 统计月; 统计月份; 统计日期; 统计周期; 消费月;
        消费月份; 消费日期; 消费年月; 消费时间; 计费月份; 费用月份; 费用期间; 月度; 年月; 期间;
        会计期间; 所属月份; 所属期; 所属期间; 日期; 季度; 年份; 年度""".split(";"),
    )
)
_ENDS = ("账期", "账单月份", "消费月份", "billingperiodstart", "billingperiodstartdate")
_DAY = regex(r"(?P<month>(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2]))(?:[0-2][0-9]|3[01])")
_OF_DAY = regex(r"[-/.\s]*(?:[0-3]?[0-9]\s*[日号]?)?(?:[t\s]+[0-9:.]+z?)?[\s日号]*")


def is_period(name: str) -> bool:
    """Whether a column says by its name which month, or day, or year each row is of."""
    key = normal(name)
    return key in _NAMES or stem_of(name) in _NAMES or key.endswith(_ENDS)


def period_of(text: str) -> str:
    """The month that a cell means, in one form for all its spellings and days; else its text."""
    plain = folded(text)
    day = _DAY.fullmatch(plain)
    month = month_said(day["month"] if day else plain)
    return plain if month is None else f"{month[0] or ''}-{month[1]:02}"


def says_month(text: str) -> bool:
    """Whether a cell is nothing but a month, or a day of one: 2026-01, 2026年1月5日, Jan."""
    plain = folded(text)
    found = rest_of_month(plain)
    return bool(_DAY.fullmatch(plain)) or (found is not None and bool(_OF_DAY.fullmatch(found)))
