"""What the name of a column of amounts says of them, whether we know the name or not."""

from __future__ import annotations

import re

from supportcli.inputs.values.texts import folded

_NO_LETTER = "(?<![a-z])"
_AMOUNTS = "(?:cost|amount|spend|price|fee|charge|unblended|amortized|pay)"
_PAID = re.compile(
    "折后|折扣后|实付|实收|实际支付|实际付款|应付|应收|支付|付款|净额|净消费|优惠后|抵扣后|减免后|"
    rf"after.{{0,3}}(?:discount|credit)|{_NO_LETTER}discounted|{_NO_LETTER}(?:pre)?paid|payable|"
    rf"payment|blended|amorti[sz]ed|effective.{{0,3}}cost|{_NO_LETTER}net(?![a-z])|"
    rf"{_NO_LETTER}net{_AMOUNTS}"
)
_LIST = re.compile(
    "折前|折扣前|优惠前|原价|目录|官网价|刊例|列表价|牌价|before.{0,3}discount|undiscounted|on.?demand|"
    rf"{_NO_LETTER}gross|retail|list.{{0,3}}(?:price|cost|spend|amount)|{_NO_LETTER}list(?![a-z])"
)
_NOT_MONTHLY = re.compile(
    f"年|季度|每季|季消费|{_NO_LETTER}annual|year|quarter|daily|每日|日均|每天|每周|weekly"
)
_MONTHLY = re.compile("月|month")


def says_paid(name: str) -> bool:
    """Whether a name says that its amounts are after discounts: 实付, net cost, 2026-01 折后."""
    text = folded(name)
    return bool(_PAID.search(text)) and not _LIST.search(text)


def says_list(name: str) -> bool:
    """Whether a name says that its amounts are before discounts: 折前, list price, onDemandCost."""
    return bool(_LIST.search(folded(name)))


def says_other_span(name: str) -> bool:
    """Whether a name says another span of time than a month: 年消费, quarterly spend, not 年1月."""
    text = folded(name)
    return bool(_NOT_MONTHLY.search(text)) and not _MONTHLY.search(text)
