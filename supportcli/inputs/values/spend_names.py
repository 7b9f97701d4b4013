"""What the name of a column of amounts says of them, whether we know the name or not."""

from __future__ import annotations

from supportcli.inputs.values.texts import folded
from supportcli.patterns import regex

_NO_LETTER = "(?<![a-z])"
_AMOUNTS = "(?:cost|amount|spend|price|fee|charge|unblended|amortized|pay)"
_PAID = regex(
    "折后|折扣后|实付|实收|实际支付|实际付款|应付|应收|支付|付款|净额|净消费|优惠后|抵扣后|减免后|"
    rf"after.{{0,3}}(?:discount|credit)|{_NO_LETTER}discounted|{_NO_LETTER}(?:pre)?paid|payable|"
    rf"payment|blended|amorti[sz]ed|effective.{{0,3}}cost|{_NO_LETTER}net(?![a-z])|"
    rf"{_NO_LETTER}net{_AMOUNTS}"
)
_LIST = regex(
    "折前|折扣前|优惠前|原价|目录|官网价|刊例|列表价|牌价|before.{0,3}discount|undiscounted|on.?demand|"
    rf"{_NO_LETTER}gross|retail|list.{{0,3}}(?:price|cost|spend|amount)|{_NO_LETTER}list(?![a-z])"
)
_ALONE = "(?<![a-z0-9])"
_NOT_A_MONTH = regex(
    r"/\s*(?:年|季|日|天|周|year|yr|quarter|qtr|day|week)|每(?:年|季|日|天|周)|"
    "[年日周]均|(?<![0-9今昨本当某])[日周旬](?:消费|费用|金额|账单|支出)|[半双][月周]|小时消费|"
    f"{_NO_LETTER}(?:bi-?weekly|fortnight)|"
    "季均|累计|半年|全年|近(?!30天|[1一]个?月)[0-9一二两三四五六七八九十]+个?(?:月|天|年)|"
    f"{_NO_LETTER}(?:annual|yearly|quarterly|daily|weekly|hourly|cumulative|accumulated|lifetime)|"
    rf"{_NO_LETTER}per\W*(?:year|annum|quarter|day|week|hour)|p\.a\.|year.to.date|"
    f"{_ALONE}(?:ytd|ltm|ttm)(?![a-z])|"
    rf"{_NO_LETTER}(?:last|past|trailing)(?!\W*30\W*day|\W*1\W*month)\W*[0-9]+\W*(?:month|day)"
)
_MONTHS = regex(
    r"(?<![0-9])0?(?P<first>[0-9]{1,2})月?\s*[-~–—至到]\s*(?:20[0-9]{2}年)?0?(?P<last>[0-9]{1,2})月"
)
_MONTHLY_MEAN = regex(
    r"月均|月平均|平均月|每月平均|(?:average|avg|mean)\W*month|month(?:ly)?\W*(?:average|avg|mean)"
)
_OTHER_SPAN = regex(
    f"年度|季度|季消费|年消费|年费|上年|"
    f"{_ALONE}(?:q[1-4]|h[12]|fy[ -]?(?:20)?[0-9]{{2}})(?![0-9a-z])|"
    f"{_NO_LETTER}(?:year|quarter)|(?<=[0-9])q[1-4](?![0-9])"
)
_NOT_MONTHLY = regex("年")
_TIMES = regex(r"(?:(?<![a-z0-9])x|(?<![0-9\s])\s*[×*÷/])\s*(?:12|52|365|[34])(?![0-9月])")
_MONTHLY = regex("月|month")


def says_paid(name: str) -> bool:
    """Whether a name says that its amounts are after discounts: 实付, net cost, 2026-01 折后."""
    text = folded(name)
    return bool(_PAID.search(text)) and not _LIST.search(text)


def says_list(name: str) -> bool:
    """Whether a name says that its amounts are before discounts: 折前, list price, onDemandCost."""
    return bool(_LIST.search(folded(name)))


def says_other_span(name: str) -> bool:
    """Whether a name says another span of time than a month: 年消费, spend (x12), not 年1月."""
    return _says_span(name) or _TIMES.search(folded(name)) is not None


def times_said(name: str) -> str | None:
    """How often a month is taken by a name that says no other span: x12, or /12 for a year's."""
    found = None if _says_span(name) else _TIMES.search(folded(name))
    return None if found is None else found[0].strip()


def _says_span(name: str) -> bool:
    text = folded(name)
    bare = _NOT_MONTHLY.search(text) and not _MONTHLY.search(text)
    return bool(bare) or other_span(text) is not None


def other_span(text: str) -> str | None:
    """What a text says of another span than a month: 元/年, YTD, 1-12月; a year as of 2026 is none.

    A year or a quarter beside a month, as in 2026年度月消费, is none either.

    Args:
        text: in small letters and half-width forms.
    """
    if _MONTHLY_MEAN.search(text):
        return None
    months = _MONTHS.search(text)
    if months and int(months["first"]) != int(months["last"]):
        return months[0]
    found = _NOT_A_MONTH.search(text) or (
        None if _MONTHLY.search(text) else _OTHER_SPAN.search(text)
    )
    return None if found is None else found[0]
