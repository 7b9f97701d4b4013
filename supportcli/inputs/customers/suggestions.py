"""What is said of a header that is not understood, and what its names may have been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.core.text import NamedThing
from supportcli.errors import Message, quoted
from supportcli.inputs.customers.aliases import COLUMNS, NOT_BY_ROW, Says, spend_of, stem_of
from supportcli.inputs.tables.unknown_header import flags_for, likely_spend
from supportcli.inputs.values.names import names_of
from supportcli.inputs.values.spend_names import says_list, says_other_span, says_paid
from supportcli.inputs.values.texts import folded, normal
from supportcli.needs.registry import KINDS
from supportcli.record import NamedTuple

_MOST_NAMED = 20
_LONGEST_NAME = 40
NEEDED = tuple(kind.column for kind in KINDS if kind.column)
KNOWN = {normal(name): name for name in (*COLUMNS, *SERIES)}


def not_one(header: Sequence[str], column: str, found: Sequence[int]) -> Message:
    """A column that the user named is not in the header, or several are."""
    if found:
        return Message(
            "column {name} could be any of {columns}; rename the others",
            name=quoted(column),
            columns=all_quoted(header[index] for index in found),
        )
    near = nearest(normal(column), {normal(name): name for name in header})
    if near is not None:
        return Message(
            "there is no column {name}; did you mean {near}?",
            name=quoted(column),
            near=quoted(near),
        )
    return Message(
        "there is no column {name}; the columns are: {columns}",
        name=quoted(column),
        columns=all_quoted(header),
    )


class WantedSpend(NamedTuple):
    """Whether what is `paid` is the spend that is wanted, and whether the user said which one."""

    paid: bool = False
    said: bool = False


def no_spend(
    header: Sequence[str], found: Mapping[Says, Mapping[int, str]], wanted: WantedSpend
) -> Message:
    """No column can be taken as spend: none is known, or none says what it holds."""
    names = [header[index] for index in found["open"] or found["list"]]
    monthly = [header[index] for index, of in found["open"].items() if of == MONTHLY]
    if found["open"] and not monthly:
        return Message(
            "{columns}: before discount, or what is paid? say --basis list or --basis paid",
            columns=all_quoted(names),
        )
    if monthly and wanted.paid:
        return Message(
            "{columns}: before discount, or what is paid, which counts here? say --basis list or "
            "--basis paid",
            columns=all_quoted(names),
        )
    if monthly:
        return Message(
            "{columns}: before discount, or what is paid? say --basis list or --basis paid, "
            "or name the spend before discount: --map monthly_spend={first}",
            columns=all_quoted(names),
            first=_before_discount(header, monthly),
        )
    if found["list"] and not wanted.said:
        return Message(
            "{columns}: before discount by its name, and these plans' fees count the spend after "
            "discount; name what is paid: --map monthly_spend=COLUMN, or, if nothing is "
            "discounted, say --basis list",
            columns=all_quoted(names),
        )
    if found["list"]:
        return Message(
            "{columns}: before discount by its name, and --basis paid says that it is paid; "
            "leave --basis out, or name what is paid: --map monthly_spend=COLUMN",
            columns=all_quoted(names),
        )
    likely = likely_spend(header, wanted.paid)
    if likely is not None:
        return Message(
            "no column is known to hold the monthly spend; if {name} does, give {flags}; "
            "the columns are: {columns}",
            name=quoted(likely),
            flags=flags_for(likely, wanted.paid),
            columns=all_quoted(header),
        )
    return Message(
        "no column holds the monthly spend; name it with --map monthly_spend=COLUMN, "
        "the columns are: {columns}",
        columns=all_quoted(header),
    )


def _before_discount(header: Sequence[str], monthly: Sequence[str]) -> str:
    """The column that may hold the spend before discount: never one that says it is paid."""
    before = (name for name in header if says_list(name) and not says_other_span(name))
    name = next(chain(before, (name for name in monthly if not says_paid(name))), None)
    return "COLUMN" if name is None else quoted(name)


def same_names(header: Sequence[str]) -> Iterator[Message]:
    """A refusal for each name that several columns have."""
    for same in alike(folded(name) for name in header):
        yield Message(
            "columns {first} and {second} are both called {name}; rename one of them",
            first=same[0] + 1,
            second=same[1] + 1,
            name=quoted(header[same[0]]),
        )


def same_meanings(
    header: Sequence[str], meanings: Mapping[int, str], sheets: int = 1
) -> Iterator[Message]:
    """A refusal for each meaning that columns with different names have.

    Each may stand in a sheet of its own, where several `sheets` are read: then none counts alone.
    """
    for same in alike(meanings.get(index, "") for index in range(len(header))):
        names = [header[index] for index in same]
        if len({folded(name) for name in names}) == 1:
            continue
        known = {"columns": all_quoted(names), "meaning": meanings[same[0]]}
        first = quoted(names[0])
        yield (
            Message(
                "columns {columns} all mean {meaning}; if each is of another sheet, call them the "
                "same, in the same unit, or read each sheet alone: --sheet NAME; else say which "
                "one counts, like --map {meaning}={first}",
                **known,
                first=first,
            )
            if sheets > 1
            else Message(
                "columns {columns} all mean {meaning}; say which one counts, like "
                "--map {meaning}={first}",
                **known,
                first=first,
            )
        )


def meant_by(name: str, known: Iterable[str]) -> str | None:
    """Which of our names a text stands for: in another form, or spend for monthly_spend."""
    spend = spend_of(normal(name))
    own = spend[0] if spend and spend[1] == "own" else None
    return {normal(one): one for one in known}.get(normal(name), own)


def no_name(name: str, known: Sequence[str] = COLUMNS) -> Message:
    """A name that none of ours is; the twelve months are told in short."""
    near = nearest(normal(name), {normal(one): one for one in (*known, *SERIES)})
    if near is not None:
        return Message("--map knows no {name}; did you mean {near}?", name=quoted(name), near=near)
    return Message(
        "--map knows no {name}; the names are: {known}",
        name=quoted(name),
        known=(*(one for one in known if one not in SERIES), "spend_01 ... spend_12"),
    )


def nearest(key: str, known: Mapping[str, str]) -> str | None:
    """What a name was probably meant to be, from normal forms to what they stand for."""
    from difflib import get_close_matches

    near = get_close_matches(key[:_LONGEST_NAME], known, n=1, cutoff=0.8) if key else []
    return known[near[0]] if near else None


def same_for_all(names: Iterable[str], quantities: Iterable[NamedThing]) -> Iterator[Message]:
    """What is said of columns with the names of quantities, which rows cannot say themselves."""
    known = names_of(quantities)
    for name in names:
        quantity = known.get(normal(name)) or known.get(stem_of(name))
        if quantity is not None:
            yield Message(
                "column {name} is carried through unread; a quantity is the same for every row: "
                "--quantity {quantity}=N",
                name=quoted(name),
                quantity=quantity,
            )


def not_by_row(names: Iterable[str]) -> Iterator[Message]:
    """What is said of columns with what a contract has and no row can say, with the way out."""
    for name in names:
        of = NOT_BY_ROW.get(normal(name)) or NOT_BY_ROW.get(stem_of(name))
        if of == "voucher":
            yield Message(
                "column {name} is carried through unread; a voucher is no price: "
                "take it off what is to be paid, or give --voucher to advise",
                name=quoted(name),
            )
        elif of == "growth":
            yield Message(
                "column {name} is carried through unread; put the growth into the months of the "
                "row, spend_01 to spend_12",
                name=quoted(name),
            )


def orders_by_name(names: Iterable[str]) -> Iterator[Message]:
    """A refusal for each column that is called by orders: they are money that nobody would read."""
    for name in names:
        if "order" in (NOT_BY_ROW.get(normal(name)), NOT_BY_ROW.get(stem_of(name))):
            yield holds_orders(quoted(name))


def holds_orders(column: object) -> Message:
    """Why a column of orders is refused, with the ways out."""
    return Message(
        "column {name} holds orders; spread them into the months of each row, spend_01 to "
        "spend_12, or give --ignore-column {name} to do without them",
        name=column,
    )


def alike(values: Iterable[str]) -> list[list[int]]:
    """The places of each value that stands in several; blanks are not compared."""
    places: dict[str, list[int]] = {}
    for index, value in enumerate(values):
        if value:
            places.setdefault(value, []).append(index)
    return [found for found in places.values() if len(found) > 1]


def all_quoted(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are shown in a sentence: the first of them, if there are many."""
    shown = tuple(map(quoted, islice(names, _MOST_NAMED + 1)))
    return shown if len(shown) <= _MOST_NAMED else (*shown[:_MOST_NAMED], "...")
