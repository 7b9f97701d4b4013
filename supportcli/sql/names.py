"""The names in a statement: every one can be held by the engine, and none stands for two things."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.sql.dialects.base import Dialect
from supportcli.sql.request import NEEDS, Wanted


def check_names(
    wanted: Wanted, dialect: Dialect, results: Collection[str], inside: Collection[str]
) -> None:
    """`results` are the columns that come out, `inside` those that the statement makes.

    Raises:
        UsageError: a name that was given, or one of the catalogue's, cannot be used.
    """
    problems = [*_held(wanted, dialect, results), *_alone(wanted, results), *_apart(wanted)]
    if wanted.form == "function":
        problems += _of_the_function(wanted, inside)
    if problems:
        raise UsageError(problems)


def _flagged(wanted: Wanted, results: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every name by the flag that it comes from."""
    for flag, names in (
        ("--table", wanted.table),
        ("--key", wanted.keys),
        ("--map", wanted.columns.values()),
        ("--name", wanted.called),
        ("--plans", results),
    ):
        yield from ((flag, name) for name in names)


def _held(wanted: Wanted, dialect: Dialect, results: Collection[str]) -> Iterator[Problem]:
    """Names that the engine would cut off or change."""
    longest, unusable = dialect.longest_name, dialect.unusable
    for flag, name in _flagged(wanted, results):
        if len(name.encode()) > longest:
            message = Message(
                "{name} has more than {most} bytes, which {engine} cannot hold",
                name=quoted(name),
                most=longest,
                engine=dialect.called,
            )
            yield Problem(flag, message)
        if unusable and unusable in name:
            message = Message(
                "{name} holds {part}, which {engine} does not leave as it is; rename it",
                name=quoted(name),
                part=quoted(unusable),
                engine=dialect.called,
            )
            yield Problem(flag, message)


def _alone(wanted: Wanted, results: Collection[str]) -> Iterator[Problem]:
    """Columns that stand for two things, and a view that is its own table."""
    called, table = ([part.casefold() for part in one] for one in (wanted.called, wanted.table))
    short = min(len(called), len(table))
    if wanted.form == "view" and called[-short:] == table[-short:]:
        message = Message("is the table's own name; choose another for the view")
        yield Problem("--name", message)
    mapped = [column.casefold() for column in wanted.columns.values()]
    for twice in dict.fromkeys(column for column in mapped if mapped.count(column) > 1):
        name = next(column for column in wanted.columns.values() if column.casefold() == twice)
        yield Problem(
            "--map", Message("column {name} is mapped twice; keep one", name=quoted(name))
        )
    taken = {column.casefold() for column in results}
    for key in wanted.shown_keys:
        if key.casefold() in taken:
            message = Message("{name} is also a column of the results", name=quoted(key))
            yield Problem("--key", message)
        taken.add(key.casefold())


def _apart(wanted: Wanted) -> Iterator[Problem]:
    """Columns that say nothing without another one."""
    for name, column in NEEDS.items():
        if name in wanted.columns and column.belongs and column.belongs not in wanted.columns:
            message = Message("{name} needs {other} beside it", name=name, other=column.belongs)
            yield Problem("--map", message)


def _of_the_function(wanted: Wanted, inside: Collection[str]) -> Iterator[Problem]:
    """Parameters that are called as something inside."""
    for column in wanted.columns.values():
        if column.casefold() in inside:
            message = Message(
                "{name} is a name that the function uses; choose another", name=quoted(column)
            )
            yield Problem("--map", message)
