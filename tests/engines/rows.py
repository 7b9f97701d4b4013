"""Boundary-heavy customers of a shipped catalogue, and what the library says to each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from supportcli.advice.rules import RowDefaults
from supportcli.batch.request import Ask
from supportcli.core.currencies import minor_digits
from supportcli.core.duration import parse_duration
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.registry import Needs
from tests.parity import START, TODAY, Case, Crowd, Customer, Row, expected, plain, rules_of

COLUMNS = {
    "account": "TEXT",
    "monthly_spend": "DECIMAL(14, 2)",
    "response_minutes": "INTEGER",
    "response_business": "BOOLEAN",
    "tam": "BOOLEAN",
    "named_tam": "BOOLEAN",
    "tickets": "INTEGER",
    "services": "TEXT",
    "hours_24x7": "BOOLEAN",
    "hours_business": "BOOLEAN",
    "accounts": "INTEGER",
    "months": "INTEGER",
    "plan": "TEXT",
    "reading": "TEXT",
    "current_plan": "TEXT",
}
CHUNK = 500


class Sample(NamedTuple):
    """The rows of a table, None for NULL, and for each the library's results as text."""

    catalogue: str
    flags: tuple[str, ...]
    digits: int
    rows: list[tuple[str | None, ...]]
    wanted: list[Row]


def case_of(name: str) -> Case:
    """A shipped catalogue with seven of everything that it counts."""
    whole = load_catalogue(name)
    quantities = {quantity.id: Fraction(7) for quantity in whole.quantities}
    rules = rules_of(whole, whole.default_reading, quantities)
    return Case(whole, Ask(RowDefaults(rules, Needs(), START), all_plans=True), quantities)


def flags_of(case: Case) -> tuple[str, ...]:
    """The flags of `sql` that ask the same of every row as the case does."""
    given = [f"--quantity={name}={number}" for name, number in case.quantities.items()]
    mapped = [f"--map={column}={column}" for column in COLUMNS if column != "account"]
    days = [f"--as-of={TODAY}", f"--date={TODAY}", f"--start={START}"]
    return ("--table=customers", f"--plans={case.whole.id}", *given, *mapped, *days)


def sample(name: str, count: int, processes: int = 1) -> Sample:
    """So many customers of a catalogue; the same ones in every run."""
    case = case_of(name)
    with ProcessPoolExecutor(processes) as pool:
        parts = pool.map(partial(_part, name), range(0, count, CHUNK))
        found = [one for part in parts for one in part][:count]
    return _sample(case, found)._replace(flags=flags_of(case))


def sample_of(case: Case, customers: Sequence[Customer]) -> Sample:
    """These customers of any catalogue."""
    return _sample(case, [(one, _results(expected(case, one))) for one in customers])


def _sample(case: Case, found: Sequence[tuple[Customer, Row]]) -> Sample:
    rows = [_row(index, customer) for index, (customer, _) in enumerate(found)]
    digits = minor_digits(case.whole.currency)
    return Sample(case.whole.id, (), digits, rows, [row for _, row in found])


def _part(name: str, first: int) -> list[tuple[Customer, Row]]:
    case = case_of(name)
    crowd = Crowd(case, random.Random(first), lined=False)
    crowd.blank = set()
    customers = [crowd.customer() for _ in range(CHUNK)]
    return [(customer, _results(expected(case, customer))) for customer in customers]


def _results(row: Row) -> Row:
    """Without what only `batch` has."""
    return {column: words for column, words in row.items() if not column.startswith("current_")}


def _row(index: int, customer: Customer) -> tuple[str | None, ...]:
    within = parse_duration(customer.response) if customer.response not in ("", "-") else None
    return (
        f"c{index}",
        plain(customer.spends[0]),
        str(within.minutes) if within else None,
        str(within.business).lower() if within else None,
        {"": None, "yes": "true"}.get(customer.tam, "false"),
        {"": None, "named": "true"}.get(customer.tam, "false"),
        customer.tickets or None,
        {"": None, "-": ""}.get(customer.services, customer.services),
        {"": None, "24x7": "true"}.get(customer.hours, "false"),
        {"": None, "business": "true"}.get(customer.hours, "false"),
        customer.accounts or None,
        customer.months or None,
        customer.plan or None,
        customer.reading or None,
        customer.current_plan or None,
    )


def from_limit(sample: Sample, limit: int) -> Sample:
    """The same sample where rows with a spend from a limit on are refused, as SQLite must."""
    refused = {"plan": "", "monthly_fee_minor": "", "reason_code": "too_many_digits", "reading": ""}
    wanted = [
        refused if int(row[1] or 0) >= limit else found
        for row, found in zip(sample.rows, sample.wanted, strict=True)
    ]
    return sample._replace(wanted=wanted)


def in_minor_units(sample: Sample) -> Sample:
    """The same sample where amounts are whole numbers of the minor unit, and yes and no 1 and 0."""
    unit = 10**sample.digits

    def minor(amount: str | None) -> str | None:
        return str(int(Decimal(amount) * unit)) if amount else amount

    def bit(words: str | None) -> str | None:
        return {"true": "1", "false": "0"}.get(words or "", words)

    rows = [(row[0], minor(row[1]), *map(bit, row[2:])) for row in sample.rows]
    wanted = []
    for row in sample.wanted:
        found = {}
        for column, words in row.items():
            if column.endswith(("_fee", "_cost", "prepaid", "postpaid")):
                found[f"{column}_minor"] = minor(words) or ""
            else:
                found[column] = bit(words) or ""
        wanted.append(found)
    flags = tuple(flag.replace("=monthly_spend", "=monthly_spend_minor") for flag in sample.flags)
    flags = tuple(
        flag.replace("--map=monthly_spend_minor=", "--map=monthly_spend=") for flag in flags
    )
    return sample._replace(rows=rows, wanted=wanted, flags=flags)


def differences(sample: Sample, found: Sequence[Row]) -> list[tuple[str, str, str, str]]:
    """Account, column, what the library says, what the engine says."""
    by_account = {row["account"]: row for row in found}
    assert len(by_account) == len(found) == len(sample.rows)
    return [
        (str(row[0]), column, words, by_account[str(row[0])].get(column, ""))
        for row, wanted in zip(sample.rows, sample.wanted, strict=True)
        for column, words in wanted.items()
        if by_account[str(row[0])].get(column, "") != words  # a plan without a price has no column
    ]
