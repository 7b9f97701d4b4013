"""A second reading of a catalogue's fees that shares nothing with the first.

It takes the YAML as text, knows brackets and nothing of segments, and counts in whole numbers:
spend in millionths, rates in millionths, so that a fee comes in units of 10^-12 of the currency.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

MILLION = 10**6
CENT = 10**4  # of spend
FEE_CENT = 10**10
TOP = 10**11  # cents: the greatest spend that borders are looked for below

# A tree of YAML in which every scalar is still text.
Tree = Any

SHAPES = {
    "flat",
    "percent",
    "line",
    "excess",
    "graduated",
    "volume",
    "tiers",
    "discount",
    "sum",
    "greater_of",
    "lesser_of",
}
PAIRS: dict[str, Callable[[list[int]], int]] = {"sum": sum, "greater_of": max, "lesser_of": min}


class Rule(NamedTuple):
    """One fee: a plan's, under a reading, until a day or (None) still."""

    catalogue: str
    plan: str
    until: str | None
    reading: str
    total: Tree
    prepaid: Tree | None


def rules_of(file: Path) -> Iterator[Rule]:
    """Every fee in the file that has a price; those with extras beside them are left out."""
    tree = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    if tree["currency"] not in ("BDT", "CHF", "CNY", "EUR", "USD"):
        raise ValueError("only currencies with cents are read here")
    for plan in tree["plans"]:
        if "extras" in plan:
            continue
        for entry in (plan, *plan.get("history", [])):
            for reading in tree.get("readings", [{"id": "published"}]):
                if entry["fee"] != "unknown":
                    total, prepaid = _under(reading, entry)
                    until = entry.get("until")
                    yield Rule(tree["id"], plan["id"], until, reading["id"], total, prepaid)


def _under(reading: Tree, entry: Tree) -> tuple[Tree, Tree | None]:
    """The reading's words for the total and for what is prepaid, the plan's parts put in."""
    fee = entry["fee"]
    if fee == "free":
        return {"flat": "0"}, {"flat": "0"}
    if list(fee) == ["by_reading"]:
        parts = {"fee": fee["by_reading"][reading["id"]]}
    else:
        parts = {"fee": fee} if set(fee) & SHAPES else dict(fee)
    total = _put_in(reading.get("total", "fee"), parts)
    if "prepaid" in reading:
        return total, _put_in(reading["prepaid"], parts)
    return total, entry.get("prepaid")


def _put_in(rule: Tree, parts: Tree) -> Tree:
    if isinstance(rule, str):
        return parts[rule]
    return {
        key: [_put_in(item, parts) for item in value] if key in PAIRS else value
        for key, value in rule.items()
    }


def money(text: str) -> int:
    """Millionths of an amount such as 12,500.00."""
    whole, _, decimals = text.replace(",", "").partition(".")
    if not (whole + decimals).isdecimal() or len(decimals) > 6:
        raise ValueError(f"{text} is not an amount")
    return int(whole + decimals.ljust(6, "0"))


def rate(text: str) -> int:
    """Millionths of a rate such as 4.5%."""
    if not text.endswith("%"):
        raise ValueError(f"{text} is not a percentage")
    return _exactly(money(text[:-1]), 100)


def fee_at(fee: Tree, spend: int) -> int:
    """The fee at a spend in millionths, in units of 10^-12."""
    [(shape, value)] = fee.items()
    match shape:
        case "flat":
            return money(value) * MILLION
        case "percent":
            return spend * rate(value)
        case "line":
            return money(value["base"]) * MILLION + spend * rate(value["rate"])
        case "excess":
            return max(0, spend - money(value["over"])) * rate(value["rate"])
        case "graduated" | "volume" | "tiers":
            return _in_brackets(shape, value, spend)
        case "discount":
            return _exactly(fee_at(value["of"], spend) * (MILLION - rate(value["by"])), MILLION)
        case _:
            return PAIRS[shape]([fee_at(part, spend) for part in value])


def _in_brackets(shape: str, items: Tree, spend: int) -> int:
    brackets = list(_brackets(items, spend))
    if shape == "graduated":
        return sum(max(0, min(spend, end) - start) * rate(i["rate"]) for start, end, i in brackets)
    [(start, item)] = [(start, item) for start, end, item in brackets if start <= spend < end]
    if shape == "volume":
        return spend * rate(item["rate"])
    return money(item["base"]) * MILLION + (spend - start) * rate(item["rate"])


def _brackets(items: Tree, spend: int) -> Iterator[tuple[int, int, Tree]]:
    """From where to where each bracket goes; the last ends above the spend."""
    start = 0
    for item in items:
        written = item.get("below", item.get("up_to"))
        end = money(written) if written is not None else max(start, spend) + 1
        yield start, end, item
        start = end


def cents_at(fee: Tree, spend: int) -> int:
    """The fee in cents, half a cent going up."""
    return (2 * fee_at(fee, spend) + FEE_CENT) // (2 * FEE_CENT)


def borders(fee: Tree) -> set[int]:
    """The spends, in cents, at which another line comes into force, or the first cent after it."""
    [(shape, value)] = fee.items()
    match shape:
        case "excess":
            return {_exactly(money(value["over"]), CENT)}
        case "graduated" | "volume" | "tiers":
            return {
                _exactly(money(item.get("below", item.get("up_to"))), CENT) for item in value[:-1]
            }
        case "discount":
            return borders(value["of"])
        case "sum" | "greater_of" | "lesser_of":
            found = set().union(*map(borders, value))
            if shape != "sum":
                found |= set(_takeovers(value, sorted({0, *found, TOP})))
            return found
        case _:
            return set()


def _takeovers(parts: Tree, points: list[int]) -> Iterator[int]:
    """Between neighbouring points two fees are lines: where the one overtakes the other."""
    left, right = parts

    def ahead(cents: int) -> bool:
        return fee_at(right, cents * CENT) > fee_at(left, cents * CENT)

    for start, end in pairwise(points):
        low, high = start, end - 1
        if ahead(low) == ahead(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if ahead(middle) == ahead(low) else (low, middle)
        yield high


def _exactly(number: int, by: int) -> int:
    quotient, rest = divmod(number, by)
    if rest:
        raise ValueError(f"{number} is no multiple of {by}")
    return quotient
