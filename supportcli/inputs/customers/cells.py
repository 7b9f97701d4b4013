"""What one cell of a list of customers means: each text to a value, or to a refusal with a code.

The functions keep nothing: the same text means the same in every row, so each text is read once.
An amount of spend is read in `spend_cell`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from supportcli.advice.refusals import CellCode
from supportcli.advice.rules import BOUNDS
from supportcli.core.amount_text import FULL_WIDTH, LONGEST_NUMBER, parse_discount
from supportcli.core.duration import Duration, parse_duration
from supportcli.core.text import Text
from supportcli.errors import AmountError, Message, quoted
from supportcli.inputs.customers.text import CellError, folded, normal

Count = Literal["tickets", "accounts", "months"]

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+[eE][+-]?[0-9]+|[eE][+-][0-9]+)")
_TOTALS = frozenset("合计 小计 总计 总额 总和 共计 total totals subtotal sum grandtotal".split())


def read_account(text: str) -> str:
    """The account's name or number as it was written, without what spreadsheets put around it.

    Blank is an account too. 12E5 without a sign may be somebody's id; 1.2E+15 is nobody's.

    Raises:
        CellError: a number that a spreadsheet has rounded.
    """
    account = _bare(text)
    if _EXPONENT.fullmatch(folded(account)):
        message = Message(
            "{text} has lost digits in a spreadsheet; format the column as text and enter it again",
            text=quoted(text),
        )
        raise CellError("account_exponent", message)
    return account


_BRACKETS = re.compile(r"[(（\[【][^()（）]*[)）\]】]\s*$")
_SUM_OF = re.compile(r"\S{0,8}(?:合计|小计|总计)")


def is_total(text: str) -> bool:
    """Whether a cell says that its row sums up others: 合计, 华东小计, Total (2)."""
    name = _BRACKETS.sub("", _bare(text)).rstrip(" :：")
    whole = normal(_bare(text))
    return whole in _TOTALS or normal(name) in _TOTALS or bool(_SUM_OF.fullmatch(name))


def _bare(text: str) -> str:
    wrapped = _WRAPPED.fullmatch(text.strip())
    inner = wrapped[1].replace('""', '"') if wrapped else text
    return inner.strip().removeprefix("'").strip()


# Needs

_FLAGS = {
    **dict.fromkeys("是 有 要 需要 √ ✓ ✔ y yes true 1".split(), True),
    **dict.fromkeys("否 无 不要 不需要 × ✗ ✘ n no false 0".split(), False),
}
_NO_REQUIREMENT = frozenset(("-", "--", "—", "–", "无", "不要求", "无要求", "不限", "n/a", "none"))
_NO_REQUIREMENT |= {"no requirement"}
_UNITS = {
    **dict.fromkeys("m min mins minute minutes 分 分钟".split(), "m"),
    **dict.fromkeys("h hr hrs hour hours 小时 个小时".split(), "h"),
    **dict.fromkeys("d day days 天".split(), "d"),
    **dict.fromkeys("bh businesshour businesshours 工作小时 个工作小时".split(), "bh"),
}
_MINUTES = {"m": 1, "h": 60, "d": 1440}
_TIME = re.compile(
    r"(?:≤|≦|<=|<|不超过|within )?\s*(?P<number>[0-9]{1,20}(?:\.[0-9]{1,3})?)\s*"
    r"(?P<unit>[^\W\d_]*(?: [^\W\d_]+)?)"
)
_HALF_AN_HOUR = re.compile("(?:≤|≦|<=|<|不超过|within )?\\s*(?:半个?小时|half an hour)")


def read_flag(text: str) -> bool:
    """Yes or no in the ways that people tick a list; an x is refused, it ticks and it crosses.

    Raises:
        CellError: neither.
    """
    answer = _FLAGS.get(folded(text))
    if answer is None:
        message = Message("{text} is not yes or no; write one", text=quoted(text))
        raise CellError("tam_not_understood", message)
    return answer


def read_response(text: str) -> Duration | None:
    """The time until the first response that is needed; None where the cell says that none is.

    Raises:
        CellError: no unit, or no time.
    """
    plain = folded(text)
    if plain in _NO_REQUIREMENT:
        return None
    plain = re.sub("(?:以|之)?内$", "", plain)
    match = _TIME.fullmatch(plain)
    if match and not match["unit"]:
        message = Message(
            "{text} has no unit; write it like 10m, 2h or 24bh (business hours)", text=quoted(text)
        )
        raise CellError("response_without_unit", message)
    written = "30m" if _HALF_AN_HOUR.fullmatch(plain) else match and _short(match)
    try:
        return parse_duration(written or text)
    except AmountError as error:
        values = error.problems[0].message.values | {"text": quoted(text)}
        message = Message(error.problems[0].message.text, **values)
        raise CellError("response_not_understood", message) from None


def _short(match: re.Match[str]) -> str:
    """The time as our own short form, a fraction of hours or days in minutes: 0.5h is 30m."""
    number, unit = Fraction(match["number"]), _UNITS.get(match["unit"].replace(" ", ""), "?")
    minutes = number * _MINUTES.get(unit, 0)
    if number.denominator == 1:
        return f"{number}{unit}"
    return f"{minutes}m" if minutes.denominator == 1 and minutes else "?"


# Counts, names, discounts

COUNTS: dict[Count, CellCode] = {
    "tickets": "tickets_not_understood",
    "accounts": "accounts_not_understood",
    "months": "months_not_understood",
}
_WHOLE = re.compile("[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}")


def read_count(text: str, what: Count) -> int:
    """A whole number of tickets a month, of accounts or of months.

    Raises:
        CellError: anything else, 40.0 too, or a number out of range.
    """
    (least, most), code = BOUNDS[what], COUNTS[what]
    plain = text.translate(FULL_WIDTH).strip()
    if _WHOLE.fullmatch(plain) and least <= int(plain.replace(",", "")) <= most:
        return int(plain.replace(",", ""))
    message = Message(
        "{text} is not a whole number from {least} to {most}; write it like 12",
        text=quoted(text),
        least=least,
        most=most,
    )
    raise CellError(code, message)


def names_of(entries: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """The known names for `read_name`: ids, and names in every language that stand for one id."""
    listed = tuple(entries)
    ids = {normal(entry): entry for entry, _ in listed}
    owners: dict[str, set[str]] = {}
    for entry, name in listed:
        for written in name.by_language.values():
            owners.setdefault(normal(written), set()).add(entry)
    return {name: min(owner) for name, owner in owners.items() if len(owner) == 1} | ids


def read_name(
    text: str, known: Mapping[str, str], code: Literal["plan_unknown", "reading_unknown"]
) -> str:
    """The id of a plan or a reading, by its id or by its name in any language.

    Raises:
        CellError: the catalogue has none of that name.
    """
    found = known.get(normal(text))
    if found is not None:
        return found
    from difflib import get_close_matches

    near = get_close_matches(normal(text)[:LONGEST_NUMBER], known, n=1)
    message = (
        Message(
            "{text} is not in the catalogue; did you mean {near}?",
            text=quoted(text),
            near=known[near[0]],
        )
        if near
        else Message(
            "{text} is not in the catalogue, which has: {known}",
            text=quoted(text),
            known=tuple(dict.fromkeys(known.values())),
        )
    )
    raise CellError(code, message)


def read_paid_discount(text: str) -> Fraction:
    """The share that the discount on what is paid takes off: 7折 is 3/10, 30% off too.

    Raises:
        CellError: anything that could mean paid or taken off, and a discount of everything.
    """
    plain = folded(text)
    off = None
    if plain.endswith(("折", "off")):
        try:
            off = parse_discount(plain)
        except AmountError:
            off = None
    if off is None:
        message = Message(
            "{text} could be what is paid or what is taken off; write it like {paid} or {off}",
            text=quoted(text),
            paid="7折",
            off="30% off",
        )
        raise CellError("discount_not_understood", message)
    if off == 1:
        message = Message(
            "{text} takes everything off; nothing can be told from what is paid", text=quoted(text)
        )
        raise CellError("discount_not_understood", message)
    return off
