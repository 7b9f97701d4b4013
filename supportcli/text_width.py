"""Lines of a width: broken between words, in Chinese between characters, never inside an amount."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from supportcli.patterns import regex

# Characters that take their one or two columns whatever stands beside them: Latin, Cyrillic, signs,
# Chinese, Japanese, Korean; neither marks that combine nor what joins or chooses emoji.
_PLAIN = regex(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u2426\u2460-\u2b73\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uff01-\uff5e\uffe0-\uffe6]*"
)
_WIDE = "\u2e80-\u2fdf\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "\u0300-\u036f\u200d\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_OPENING, _CLOSING = "（「『《〈【“", "，。：；、！？）」』》〉】”…"
_UNITS = "min\\b|h\\b|months?\\b|分钟|小时|个月|个|天|次|行|年|月|日|万元|[万亿元]"
_WORDS = "大概率|最多|先问|而不是|工作|小时|(?:企业|商业|卓越|顶)级"
"""What headlines and the names of plans are made of, which is not parted either."""
_CLAUSE = regex("[,;](?= )|[，；]")
# What stays together: a wide character or a run of others, with the punctuation around it, and a
# number with its unit and with what it is compared by.
_PIECE = regex(
    f"[{_OPENING}]*"
    f"(?:[(\\[]*(?:< )?[0-9][0-9,.]* (?:{_UNITS})[,.;:!?%)\\]]*"
    f"|[(\\[]*(?:{_WORDS}|[{_WIDE}])[{_MARKS}]*[,.;:!?%)\\]]*"
    f"|[^\\s{_WIDE}{_OPENING}{_CLOSING}]+(?:[万亿]?元|[万亿折])?)?"
    f"[{_CLOSING}]*[ \\n]*"
)


@cache
def cell_width(text: str) -> int:
    """How many columns a terminal gives the text."""
    if text.isascii():
        return len(text)
    if _PLAIN.fullmatch(text):
        return len(text) + sum(unicodedata.east_asian_width(one) in ("W", "F") for one in text)
    from wcwidth import wcswidth, wcwidth  # their tables cost a start more than most of ours

    columns: int = wcswidth(text)
    return columns if columns >= 0 else sum(max(wcwidth(one), 0) for one in text)


@cache
def pieces(text: str) -> tuple[str, ...]:
    """The parts between which the text may be broken, each with the blanks after it."""
    return tuple(piece for piece in _PIECE.findall(text) if piece)


def widest_piece(text: str) -> int:
    """The narrowest that the text can be drawn without a piece being broken."""
    return max((cell_width(piece.rstrip()) for piece in pieces(text)), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most that width; only a piece wider than that is broken itself."""
    if cell_width(text) <= width and "\n" not in text:
        return [text.rstrip()]
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and cell_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        *full, rest = _broken(piece, width) if cell_width(piece.rstrip()) > width else [piece]
        lines[-1] += full[0] if full else rest
        lines += [*full[1:], rest] if full else []
    return [line.rstrip() for line in lines]


def in_clauses(text: str, width: int) -> list[str]:
    """The same number of lines; where the last is short, it begins with a whole clause."""
    lines = wrapped(text, width)
    if len(lines) == 1 or cell_width(lines[-1]) * 2 > width:
        return lines
    *before, head, last = lines
    joint = text[text.rindex(head, 0, text.rindex(last)) :].rstrip()
    ends = [found.end() for found in _CLAUSE.finditer(head)]
    if not ends or cell_width(joint[ends[-1] :].lstrip()) > width:
        return lines
    return [*before, joint[: ends[-1]], joint[ends[-1] :].lstrip()]


def _broken(piece: str, width: int) -> list[str]:
    parts = [""]
    for one in _letters(piece):
        if parts[-1] and not one.isspace() and cell_width(parts[-1] + one) > width:
            parts.append("")
        parts[-1] += one
    return parts


def _letters(text: str) -> Iterable[str]:
    """What a reader takes for one character each, with its marks and all that is joined to it."""
    if _PLAIN.fullmatch(text):
        return text
    from wcwidth import iter_graphemes

    return iter_graphemes(text)
