"""One look at all rows: how many, which texts, and whether any needs interpreting."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import duckdb

from supportcli.batch.asked import asked
from supportcli.batch.months_apart import check_months
from supportcli.batch.names_above import filled
from supportcli.batch.ordinary import is_plain_account, odd_account
from supportcli.batch.rows import PLAIN_SCALE, Meaning
from supportcli.batch.unheeded import refuse_unheeded
from supportcli.batch.unnumbered import is_part, is_pivot, some_may_sum_up, unnumbered
from supportcli.batch.values import Word, words_of
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.suggestions import holds_orders
from supportcli.inputs.values.texts import blank
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.sql.dialects.base import text

FEW = 256  # distinct texts of a column that are told apart row by row, without a join
_DAY = r"\d{4}\s*[-.年]\s*\d{1,2}"
_ORDER = rf"\d[^@＠]*[@＠]\s*{_DAY}[^/／]*[/／]\s*\d|\d.*\sfrom\s+{_DAY}\S*\s+for\s+\d"
_SHORTEST = len("5@2026-1/1")
_HOURS_OF_WORK = regex(r"\d+([.,]\d+)?\s*(h|hrs?|hours?|个?小时|工时|人时)?", re.IGNORECASE)


class Survey(NamedTuple):
    """What one look at all rows tells: how many, which texts, what is out of the ordinary.

    The `cautions` are to be told; `apart` where some are of accounts with several months.
    """

    rows: int
    odd_spends: int
    odd_rows: int
    repeated: bool
    lacking: bool
    words: Mapping[str, list[Word]]
    cautions: tuple[Message, ...] = ()
    apart: bool = False

    @property
    def plain(self) -> bool:
        """Whether every row can be quoted as it stands."""
        refused = any(word.code for words in self.words.values() for word in words)
        many = any(len(words) > FEW for words in self.words.values())
        odd = self.odd_spends or self.odd_rows or self.repeated or self.lacking
        return not (odd or refused or many)


def look(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Survey:
    """One pass over the rows.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
        UsageError: a column says what the amounts are in and is not understood, or it counts hours
            of work.
    """
    typed = meaning.typed.values()
    unread = [column for column in meaning.source.columns if column.free]
    wanted = [
        "count(*)",
        " + ".join(f"count(*) FILTER (WHERE NOT {meaning.is_plain(c)})" for c in meaning.spends),
        f"count(*) FILTER (WHERE {' OR '.join(_odd_rows(meaning)) or 'FALSE'})",
        *_accounts(meaning),
        f"count(*) FILTER (WHERE {_is_blank(meaning)})",
        *_names(meaning),
        *(f"list(DISTINCT c{column.index})" for column in typed),
        *(f"any_value(c{c.index}) FILTER (WHERE {_is_order(c)})" for c in unread),
    ]
    [found] = asked(db, _with_plain_accounts(meaning, wanted))
    rows, odd_spends, odd, some, distinct, blanks, groups, names, *more = found
    lists, orders = more[: len(typed)], more[len(typed) :]
    _refuse_orders(unread, orders)
    if blanks or meaning.ask.limit is not None:
        _refuse_nameless(db, meaning)
    heeded = tuple(refuse_unheeded(db, meaning))
    texts = {name: several or () for name, several in zip(meaning.typed, lists, strict=True)}
    words = {name: words_of(meaning.kinds[name], several) for name, several in texts.items()}
    _refuse_hours_of_work(meaning, words.get("hours", ()))
    lacking = any(
        meaning.kinds[name].missing and any(t is None or blank(t) for t in several or (None,))
        for name, several in texts.items()
    )
    repeated = some != distinct or meaning.together is not None
    several = repeated or meaning.ask.keep_duplicates or meaning.ask.limit is not None
    apart = check_months(db, meaning) if several else ()
    if not odd_spends and _has_sums(db, meaning, groups, names):
        odd += 1
    cautions = (*heeded, *apart)
    return Survey(rows, odd_spends, odd, repeated, lacking, words, cautions, bool(apart))


def _refuse_hours_of_work(meaning: Meaning, words: Sequence[Word]) -> None:
    """A column that is called by hours may count those of work: no service is needed in them."""
    if words and all(word.code and _HOURS_OF_WORK.fullmatch(word.text.strip()) for word in words):
        message = Message(
            "column {name} counts hours, as {text}: of hours of service it says 24x7 or business "
            "hours; give --ignore-column {name} to do without it",
            name=quoted(meaning.typed["hours"].name),
            text=quoted(words[0].text),
        )
        raise UsageError([Problem("", message)])


def _refuse_nameless(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> None:
    """Rows below a customer that have no name are its products, or customers: money hangs on it."""
    query = meaning.nameless()
    if query is None:
        return
    [(count, name, line)] = asked(db, query)
    if count:
        message = Message(
            "rows with a spend and no account below one that has it: {count} (the first on line "
            "{line}, below {name}); give --sum-by account if they are the same customer's, whose "
            "rows are then added up; if each row is a customer, give it an account, or --sum-by "
            "row for all of them; leave out rows that sum up others",
            count=count,
            line=line,
            name=quoted(name),
        )
        raise UsageError([Problem("", message)])


def _has_sums(db: duckdb.DuckDBPyConnection, meaning: Meaning, groups: int, names: int) -> bool:
    """Whether a row may sum up others by its amounts, which are all plain."""
    if groups or (names and is_pivot(meaning)):
        return True
    if not names:
        return False
    amounts = [meaning.amount(column, PLAIN_SCALE) for column in meaning.spends]
    rows = f"(SELECT *, 0 AS part FROM {meaning.relation(counted=True)})"
    return bool(asked(db, some_may_sum_up(rows, unnumbered(meaning), amounts))[0][0])


def _is_order(column: Column) -> str:
    """Whether a cell says a prepaid order, as --order takes it."""
    cell = f"c{column.index}"
    found = f"regexp_matches({cell}, {text(_ORDER)})"
    # Not with AND: the engine would try the slower expression on every row.
    return f"CASE WHEN strlen({cell}) >= {_SHORTEST} THEN {found} ELSE FALSE END"


def _refuse_orders(columns: Sequence[Column], examples: Sequence[str | None]) -> None:
    """Orders in a column that nobody reads are money that would be missing, whatever its name."""
    found = zip(columns, examples, strict=True)
    problems = [
        Problem(quoted(example), holds_orders(quoted(column.name)))
        for column, example in found
        if example is not None
    ]
    if problems:
        raise UsageError(problems)


def _odd_rows(meaning: Meaning) -> list[str]:
    """What makes a row odd by itself, its spends aside."""
    account = [] if meaning.account is None else [odd_account(meaning.account)]
    faults = (test for *_, test in meaning.faults())
    found = (*meaning.sums(), *meaning.may_sum_up(), *meaning.sums_beside())
    return [*account, *(test for _, test in found), *faults]


def _accounts(meaning: Meaning) -> list[str]:
    """How many accounts there are, and how many different ones; 0 and 0 where nobody asks."""
    if meaning.account is None or meaning.ask.keep_duplicates:
        return ["0", "0"]
    cell = f"c{meaning.account.index}"
    return [f"count({cell})", f"count(DISTINCT CASE WHEN {cell} IS NOT NULL THEN hash({cell}) END)"]


def _is_blank(meaning: Meaning) -> str:
    """Whether a row lacks the account that its table has a column for."""
    if meaning.account is None:
        return "FALSE"
    cell = f"c{meaning.account.index}"
    return f"CASE WHEN {is_plain_account(cell)} THEN FALSE ELSE NOT {filled(cell)} END"


def _names(meaning: Meaning) -> list[str]:
    """How many accounts are parts of what is above them, how many are names; 0 where put together.

    What is put together may be both: it is asked where the rows are.
    """
    if meaning.together is not None or meaning.account is None:
        return ["0", "0"]
    return [f"count(*) FILTER (WHERE {test})" for test in (is_part(meaning), unnumbered(meaning))]


def _with_plain_accounts(meaning: Meaning, wanted: Sequence[str]) -> str:
    """The query for what is wanted; each account is held against the pattern of plain ones once."""
    columns, rows = ", ".join(wanted), meaning.relation()
    if meaning.account is None:
        return f"SELECT {columns} FROM {rows}"
    plain = is_plain_account(f"c{meaning.account.index}")
    told = columns.replace(plain, "plain_account")
    return f"SELECT {told} FROM (SELECT *, {plain} AS plain_account FROM {rows})"
