"""Rows that are no customers: what their first cell says where they sum up others.

One expression says it to Python and to the engine alike.
"""

from __future__ import annotations

import re

from supportcli.core.currencies import CURRENCIES, SIGNS
from supportcli.inputs.values.texts import half_width
from supportcli.patterns import regex

_BLANK = "[ \t\u00a0\u3000]*"
_MARKS = "[ \t\u00a0\u3000*＊·|'’‘“”_=—–<>《》「」()（）\\[\\]【】-]*"
_WHOLE = """全部 所有 全部客户 所有客户 全体客户 全部账号 所有账号
    总额 总和 总数 总合计 加总 平均 平均值 平均数 均值 最大值 最小值 行标签 列标签 總額 總和
    全部产品 所有产品 全产品 共計 匯總 彙總 平均值 总金额 總金額"""
_ENDING = "合计 小计 总计 共计 累计 汇总 平均值 合計 小計 總計 累計"


def _wide(words: str) -> str:
    """Small Latin letters in their full width; a pattern that heeds no case finds large ones."""
    return words.translate({at: at + 0xFEE0 for at in range(ord("a"), ord("z") + 1)})


_LATIN = (
    r"(?:(?:sub|grand|overall|sum)[\s_-]?)?totals?|sum|overall|averages?|avg|(?:row|column)\slabels"
    r"|all[\s_-](?:customers|accounts|clients|products|services)|mean|median|durchschnitt|(?:gesamt|zwischen)?summe"
    f"|gesamt|[Σ∑]|(?:{_wide('sub|grand')})?[ \u3000_-]?{_wide('total')}{_wide('s')}?"
    f"|{_wide('sum')}"
)
_COUNTED = f"共{_BLANK}[0-9一二三四五六七八九十百千两]{{1,8}}{_BLANK}[家个户条行位名](?:客户|账号)?"
_NAMED = r"(?:sub|grand)[\s_-]?totals?[\s:：(（_-].{1,60}"
_PART = "(?:其中|of which|thereof)[ \u3000:：,，、].{0,60}"
_AMOUNTS = "总?金额|总?消费|总?费用|amount|spend|cost"
_PIVOT = "(?:求和|计数|平均值|最大值|最小值|乘积)项[:：].*|(?:sum|count|average|max|min) of .+"


def _spaced(words: str) -> str:
    """Chinese words, each also as it is typed with blanks inside: 合  计."""
    return "|".join(_BLANK.join(word) for word in words.split())


def _pattern() -> str:
    codes = "|".join(sorted(CURRENCIES))
    signs = "|".join(re.escape(one.sign) for one in SIGNS)
    opening = "[:：(（\\[【]"
    word = (
        f"{_spaced(_WHOLE)}|[^ \t\u3000]{{0,8}}{_BLANK}(?:{_spaced(_ENDING)})|{_LATIN}|{_COUNTED}"
    )
    amount = f"{_BLANK}{opening}?{_BLANK}(?:{_AMOUNTS}|[万千百亿]?(?:{signs}))"
    after = f"(?:{amount}|(?:{opening}| )+(?:{codes}))?"
    bracket = f"(?:{_BLANK}[(（\\[【][^()（）]*[)）\\]】])?"
    named = f"[^ ].{{0,60}} (?:sub)?total|{_NAMED}|{_PART}"
    return f"(?i:{_MARKS}(?:(?:{word}){after}|{named}|{_PIVOT}){bracket}{_MARKS}[:：]?{_BLANK})"


TOTAL = _pattern()
"""What the whole cell is like that says that its row sums up others, for `re` and for RE2."""
_TOTAL = regex(TOTAL)
_PART_OF = regex(f"(?i:{_MARKS}{_PART})")
_OPENING = "total|sum|overall|all"
MAY_BE_TOTAL = (
    f"(?i:{_MARKS}(?:all|{_wide('all')}|(?:{_OPENING}|{_wide(_OPENING)})[\\s\u3000:：_-].{{1,60}}|"
    "(?:全部|所有|全体|其中).{1,30}|"
    f".{{0,30}}(?:{_spaced(_ENDING)}).{{0,20}}"
    r"|ttl|(?:sub[\s_-]?)?tot\.?|totale|insgesamt|[总總合計计]"
    "|[总總](?:计值|消费|費用|费用|數|数)|総計|合计值|全公司|整体|整體|全体))"
)
"""What a cell is like that may say so, if the amounts of its row do: Total East, Total Energies."""


def says_total(text: str) -> bool:
    """Whether a cell says that its row sums up others: 合  计, 华东小计, Total (2), 求和项:消费."""
    return bool(_TOTAL.fullmatch(half_width(text)))


def says_part(text: str) -> bool:
    """Whether a cell says that its row is a part of another: 其中：华东, of which: East."""
    return bool(_PART_OF.fullmatch(half_width(text)))
