"""Texts for a spreadsheet: what it would take for a formula or a value stays the text it is.

The patterns hold in Python and in DuckDB, so they look neither ahead nor back; each text is made
of their parts in one way at most, so no text takes long.
"""

from __future__ import annotations

import re

_BLANKS = "\t\n\x0b\x0c\r \u00a0\u3000"
_DASHES = "－–—-"
FORMULA = f"^[{_BLANKS}]*[=+@＝＋－＠-]"
NUMBER = "-?[0-9]+([.][0-9]+)?"
STAYS = f"0|-?[1-9][0-9]{{0,10}}|-?(0|[1-9][0-9]{{0,5}})[.][0-9]{{0,3}}[1-9]|[{_DASHES}]+"
"""A number that is shown with its own digits, however wide the column; a dash for nothing."""

_DIGIT = "0-9０-９٠-٩۰-۹½¼¾"
_SIGN = f"−+＋\t \u00a0\u202f\u3000.．,，:：/／\\\\'’()（）%％$＄¥￥€£₩₹{_DASHES}"
_DAYS = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|jun|july?|aug(ust)?|sep(tember)?|oct(ober)?"
    "|nov(ember)?|dec(ember)?|(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?"
)
_SIGNS = "[年月日号时時点分秒元]|上午|下午|星期[一二三四五六日天]|[一二三四五六七八九十]+月"
_PART = (
    f"[{_DIGIT}{_SIGN}]|{_DAYS}|{_SIGNS}|true|false|#(n/a|div/0!|ref!|name[?]|value!|num!|null!)"
)
LOST = f"(?i)({_PART})({_PART}|[ap]m?|[etz])*"
VALUED = f"(?i)[#{_DIGIT}]|true|false"
"""What is made of the signs and words of numbers, days and times alone, and names a value.

A number loses its first and last zeros, and its last digits where it is long; 12E5 becomes one,
1-2 and 3/4 a day, 10:30 a time, in one language or another. One too many costs nothing: it is
shown as it is.
"""
LONGEST_QUOTED = 255
"""The most characters that a formula can have in a text."""


def guarded(found: str) -> str:
    """A cell or a header as a spreadsheet may have it; ="0012" is shown as the text 0012."""
    if re.fullmatch(STAYS, found):
        return found
    lost = re.fullmatch(LOST, found) and re.search(VALUED, found)
    if lost and len(found) <= LONGEST_QUOTED:
        return f'="{found}"'
    return f"'{found}" if lost or re.match(FORMULA, found) else found
