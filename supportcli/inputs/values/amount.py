"""Amounts as people write them: 12w, 约12万, 12万/月, 120k, 10-15万, 实付8.4万 7折.

Each is rewritten to what `parse_amount` takes, the one door to an exact value.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from supportcli.core.amount_text import (
    INTEGER_DIGITS,
    LARGEST,
    LONGEST_NUMBER,
    ParsedAmount,
    parse_amount,
)
from supportcli.core.money import exact_money, whole
from supportcli.core.text import Text
from supportcli.errors import AmountError, Message, UsageError, quoted
from supportcli.inputs.values.texts import chinese_number, half_width, is_unknown, requoted
from supportcli.patterns import regex
from supportcli.record import NamedTuple

Per = Literal["month", "year"]
"""What an amount is of, where that may stand beside it: 12万/月, ¥444,000 a year."""

_ABOUT = regex(
    r"(?:大约|大概|约为|约|差不多|估计|可能|应该|about|approximately|approx\.?|around|roughly|[~≈])\s*",
    re.IGNORECASE,
)
_OR_SO = regex(r"\s*(?:左右|上下|差不多|吧|\b(?:or so|approx\.?|roughly))$", re.IGNORECASE)
_PER = {
    "month": (
        regex(r"(?:平均)?(?:每个?月|月均)\s*"),
        regex(
            r"\s*(?:(?:/|每|一)\s*个?月|(?:/|per|an?|each)\s*month|/\s*mo|monthly)$", re.IGNORECASE
        ),
    ),
    "year": (
        regex(r"(?:每年|年均|全年)\s*"),
        regex(r"\s*(?:(?:/|每|一)\s*年|(?:/|per|an?|each)\s*year|/\s*yr|annually)$", re.IGNORECASE),
    ),
}
_SCALES = {"k": 1000, "千": 1000, "百万": 10**6, "千万": 10**7}
_SCALED = regex(r"(?<=[0-9])\s*(?P<unit>百万|千万|千|k)(?![A-Za-z万亿])", re.IGNORECASE)
_WAN = regex(r"(?<=[0-9])\s*w(?![A-Za-z])", re.IGNORECASE)
_NUMERALS = regex(r"[一二两三四五六七八九十]{1,3}(?=[千百万亿])")
_UNIT = regex(r"(?<=[0-9])\s*(?:百万|千万|千|万|亿|[kw](?![A-Za-z]))", re.IGNORECASE)
_OWN_UNIT = regex(r"[万亿元円千]|[0-9]\s*[kw](?![a-z])", re.IGNORECASE)
_TO = regex(r"\s*(?:\.\.|[-–—~～至到]|(?<![a-z])to(?![a-z]))\s*", re.IGNORECASE)
_EXPONENT = regex(r"[+-]?[0-9.]+e[+-]?[0-9]+", re.IGNORECASE)
_PAYING = r"(?:我?每?月?(?:实付|实际支付|实际付|折后)|(?:i )?pay|paid)"
_PAID = regex(
    rf"{_PAYING}\s*"
    r"(?P<amount>(?:[^\s,，、;；]|,(?=[0-9]{3}))+?)(?:\s*[,，、;；]\s*|\s+(?:after\s+|at\s+)?|(?<=[万亿元wk]))"
    r"(?P<off>[0-9.]+\s*折|[一二三四五六七八九]{1,2}\s*折|[0-9.]+\s*%\s*off)",
    re.IGNORECASE,
)
_PAID_ALONE = regex(rf"{_PAYING}\s*[^0-9]?[0-9]", re.IGNORECASE)
PAID_EXAMPLE = Text({"en": "paid 84k 30% off", "zh": "实付8.4万 7折"})


class SaidSpend(NamedTuple):
    """A spend as understood: one amount, the three of a range, or (empty) not known.

    `understood` is what is said of it where it needed interpreting; `cautions` are what money may
    hang on, so that the answer itself says it.
    """

    amounts: tuple[Fraction, ...]
    understood: tuple[Message, ...] = ()
    cautions: tuple[Message, ...] = ()


class SaidPaid(NamedTuple):
    """What is paid and the discount that it is after, as their own readers take them."""

    amount: str
    discount: str


def read_amount(text: str, currency: str, per: Per | None = None) -> ParsedAmount:
    """An amount >= 0 as people write it; one of another period than `per` is refused.

    Raises:
        AmountError: it is no amount, or a range.
    """
    try:
        return parse_amount(text, currency)
    except AmountError as refusal:
        _refuse_more_than_one(text, currency)
        rewritten, factor = _rewritten(text, per)
        if (rewritten, factor) == (text, 1):
            raise
        try:
            parsed = parse_amount(rewritten, currency)
        except AmountError as error:
            raise requoted(error, text) from refusal
    if parsed.value * factor >= LARGEST:
        raise AmountError(
            Message(
                "{text} has too many digits; "
                "write at most {digits} digits before the point and 6 after it",
                text=quoted(text),
                digits=INTEGER_DIGITS,
            )
        )
    return ParsedAmount(parsed.value * factor, False, parsed.caution if factor == 1 else None)


def cautions_of(text: str, parsed: ParsedAmount, currency: str) -> tuple[Message, ...]:
    """What money hangs on in how an amount was understood, as the answer itself says it."""
    plain = half_width(text).strip()
    taken = Message(
        "{text} was taken as exactly {amount}",
        text=quoted(text),
        amount=exact_money(parsed.value, currency),
    )
    about = () if _about(plain) == plain else (taken,)
    return (*about, *([parsed.caution] if parsed.caution else []))


def _refuse_more_than_one(text: str, currency: str) -> None:
    """A range, or what is paid with its discount, where one amount is taken."""
    paid = what_is_paid(text)
    if paid is not None:
        raise AmountError(
            Message(
                "{text} is what is paid and its discount in one; give them apart, {paid} and {off}",
                text=quoted(text),
                paid=paid.amount,
                off=paid.discount,
            )
        )
    if len(_parts(text)) == 1:
        return
    try:
        said = read_spend(text, currency)
    except (AmountError, UsageError):
        return
    raise AmountError(
        Message(
            "{text} is a range, and one amount is taken here; write one, such as its middle, "
            "{middle}",
            text=quoted(text),
            middle=exact_money(said.amounts[1], currency),
        )
    )


def names_unit(text: str) -> bool:
    """Whether an amount says in what it is counted: 12万, 12元, 12k."""
    return _OWN_UNIT.search(half_width(text)) is not None


def read_spend(text: str, currency: str) -> SaidSpend:
    """A month's spend: an amount, a range, or a word that says that it is not known.

    A range is lowest..highest, lowest..middle..highest or 10-15万; its middle is halfway where it
    is not given, and a unit that stands only at its end holds for all of it.

    Raises:
        AmountError: an end is no amount.
        UsageError: a range that does not rise.
    """
    if is_unknown(text):
        return SaidSpend(())
    if _PAID_ALONE.match(half_width(text).strip()) and what_is_paid(text) is None:
        words = Message("{text} is what is paid; write the discount after it: {example}")
        raise AmountError(Message(words.text, text=quoted(text), example=PAID_EXAMPLE))
    parts = _parts(text)
    if len(parts) == 1:
        parsed = read_amount(text, currency, "month")
        said = understood_words(parsed.value, currency)
        cautions = cautions_of(text, parsed, currency)
        told = () if parsed.as_written or len(cautions) > bool(parsed.caution) else (said,)
        return SaidSpend((parsed.value,), told, cautions)
    return _range(text, parts, currency)


def understood_words(value: Fraction, currency: str) -> Message:
    """What an amount was understood as, for amounts that needed interpreting."""
    return Message(
        "spend understood as {amount} a month", amount=whole(exact_money(value, currency))
    )


def what_is_paid(text: str) -> SaidPaid | None:
    """What is paid and after which discount, where the text says that: 实付8.4万 7折."""
    match = _PAID.fullmatch(half_width(text).strip()) if len(text) <= LONGEST_NUMBER else None
    return SaidPaid(match["amount"], match["off"]) if match else None


def _rewritten(text: str, per: Per | None) -> tuple[str, int]:
    """The text as `parse_amount` takes it, and what its value is to be multiplied by."""
    if len(text) > LONGEST_NUMBER:
        return text, 1
    plain = half_width(text).strip()
    before = None
    while plain != before:
        before = plain
        plain = _without_period(_about(plain), text, per)
    plain = _NUMERALS.sub(lambda found: str(chinese_number(found[0]) or found[0]), plain)
    plain = _WAN.sub("万", plain)
    scaled = _SCALED.search(plain)
    if scaled is None:
        return (text if plain == half_width(text).strip() else plain), 1
    return _SCALED.sub("", plain, count=1), _SCALES[scaled["unit"].lower()]


def _about(plain: str) -> str:
    match = _ABOUT.match(plain)
    return _OR_SO.sub("", plain[match.end() :] if match else plain)


def _without_period(plain: str, text: str, per: Per | None) -> str:
    for period, (before, after) in _PER.items():
        start, end = before.match(plain), after.search(plain)
        if start is None and end is None:
            continue
        if period != per and per is not None:
            raise AmountError(
                Message("{text} is a year's amount; give a month's", text=quoted(text))
                if per == "month"
                else Message("{text} is a month's amount; give a year's", text=quoted(text))
            )
        if per is not None:
            return after.sub("", plain[start.end() if start else 0 :])
    return plain


def _parts(text: str) -> list[str]:
    """The ends of a range; the text alone where it is none."""
    plain = half_width(text).strip()
    if len(text) > LONGEST_NUMBER or _EXPONENT.fullmatch(plain):
        return [text]
    if ".." in plain:
        return plain.split("..")
    parts = _TO.split(_about(plain))
    return parts if len(parts) > 1 and all(re.search("[0-9]", part) for part in parts) else [text]


def _range(text: str, parts: list[str], currency: str) -> SaidSpend:
    about = _about(half_width(text).strip()) != half_width(text).strip()
    about = about or any(_about(part) != part for part in parts)
    parts = [_about(part) for part in parts]
    last = _UNIT.search(parts[-1])
    units = [_UNIT.search(part) is not None for part in parts]
    shared = last is not None and not any(units[:-1])
    one_sided = any(units) and not all(units) and not shared
    if last is not None and shared:
        parts = [*(_with_unit(part, last[0]) for part in parts[:-1]), parts[-1]]
    parsed = [read_amount(part, currency, "month") for part in parts]
    amounts = [each.value for each in parsed]
    if len(amounts) == 2:  # noqa: PLR2004 - the two ends
        amounts.insert(1, (amounts[0] + amounts[1]) / 2)
    ascending = all(low < high for low, high in pairwise(amounts))
    if one_sided or (shared and not ascending):
        raise UsageError(
            Message(
                "{text} has a unit at one end only; write it at both, like 80k..120k",
                text=quoted(text),
            )
        )
    if len(amounts) != 3 or not ascending or "..." in text:  # noqa: PLR2004
        raise UsageError(
            Message(
                "{text} is not a range of spend; write the lowest first, like 80000..200000",
                text=quoted(text),
            )
        )
    low, high = (whole(exact_money(amounts[i], currency)) for i in (0, -1))
    said = Message("spend understood as {low} to {high} a month", low=low, high=high)
    literal = all(each.as_written for each in parsed) and ".." in half_width(text)
    cautions = tuple(each.caution for each in parsed if each.caution)
    if shared or about:
        return SaidSpend(tuple(amounts), (), (said, *cautions))
    return SaidSpend(tuple(amounts), () if literal else (said,), cautions)


def _with_unit(part: str, unit: str) -> str:
    """The part of a range with the unit that stands at the range's end: 10 of 10-15万."""
    return re.sub(r"(?<=[0-9])(?=[^0-9]*$)", unit, part, count=1)
