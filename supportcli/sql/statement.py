"""One statement for an engine of its own: from a table's columns to the advice for each row.

Stages that only add columns: what the table says, why a row is refused, its values, then the fees,
sums and choices of `sql.AdviceStages`. Every name is quoted; no text of a customer's is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, NoReturn

from supportcli.advice.rules import BOUNDS, MONTHLY, SERIES, RowDefaults
from supportcli.core.currencies import minor_digits
from supportcli.core.plan import MONTHS
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.needs.registry import ROW_COLUMNS, usual_in_rows
from supportcli.sql.advice import UNKNOWN, AdviceStages, Book, Terms, plan_column
from supportcli.sql.dialects.base import Dialect, literal, number, text

Form = Literal["select", "view", "function"]

_NEEDS = {column.name: column for column in ROW_COLUMNS}
_TYPES = {
    **{name: column.type for name, column in _NEEDS.items()},
    "accounts": "INTEGER",
    "months": "INTEGER",
    "plan": "TEXT",
    "reading": "TEXT",
    "current_plan": "TEXT",
}
MEANINGS = (MONTHLY, *SERIES, *_TYPES)
"""What a column can be said to hold."""


class Wanted(NamedTuple):
    """What the statement is to do: for which rows, from which columns of which table.

    `same` is what holds for a row that does not say otherwise; `columns` leads from our names to
    the table's. `decimals` are those that a spend may have.
    """

    same: RowDefaults
    columns: Mapping[str, str]
    keys: tuple[str, ...]
    table: tuple[str, ...]
    form: Form
    called: tuple[str, ...]
    decimals: int


class Statement:
    """The statement of a dialect, as text.

    Raises:
        UsageError: the dialect cannot do it exactly, or cannot hold a name.
    """

    def __init__(self, wanted: Wanted, dialect: Dialect) -> None:
        self.wanted = wanted
        self.dialect = dialect
        self.digits = minor_digits(wanted.same.rules.catalogue.currency)
        self.scale = 0 if dialect.whole else wanted.decimals
        self.limit = 0
        self.spends = [m for m in (MONTHLY, *SERIES) if m in wanted.columns]
        self.advice = AdviceStages(self._book(), self._terms(), "a", dialect)
        self.results = self._results()
        self._stages = self._staged()
        self._check_names()

    # The whole

    def words(self, notes: Iterable[str]) -> str:
        """The statement, with comments before it; ends with a line break."""
        lines = [f"-- {' '.join(note.split())}" for note in notes]
        return "\n".join([*lines, *self._framed(), ""])

    def _framed(self) -> list[str]:
        wanted, dialect = self.wanted, self.dialect
        query = self._query()
        called = ".".join(map(dialect.name, wanted.called))
        if wanted.form == "select":
            return [*query[:-1], f"{query[-1]};"]
        if wanted.form == "view":
            return [f"{dialect.replace} VIEW {called} AS", *query[:-1], f"{query[-1]};"]
        taken = (
            f"{dialect.name(column)} {self._type(meaning)}"
            for meaning, column in wanted.columns.items()
        )
        given = (f"{dialect.name(column)} {self._result_type(column)}" for column in self.results)
        return dialect.function(called, taken, given, query)

    def same(self, mapped: bool) -> tuple[str, ...]:
        """What holds for every row, or where a mapped cell is NULL: names and values as SQL."""
        constants = self._constants()
        columns = self.wanted.columns
        said = {*columns, *(name for name, one in _NEEDS.items() if one.belongs in columns)}
        return tuple(f"{m} {constants[m]}" for m in _TYPES if (m in said) is mapped)

    def _staged(self) -> list[tuple[str, str, Mapping[str, str] | None]]:
        """The stages with their comments and what each adds; the first takes from the table."""
        try:
            advised = self.advice.stages()  # first: the dialect's limit is of the fees it wrote
        except ValueError:  # a factor without a decimal form
            self._refuse_fees()
        words = [_COMMENTS[min(n, len(_COMMENTS) - 1)] for n in range(len(advised))]
        self.limit = self._limit()
        stages: list[tuple[str, str, Mapping[str, str] | None]] = [
            ("given", "what the table says", None),
            ("checked", "why a row is refused; every row comes back", {"refused": self._refusal()}),
            ("valued", "its values, or what holds for every row", self._values()),
            *((f"advice_{n}", words[n], stage) for n, stage in enumerate(advised)),
        ]
        tables = {part.casefold() for part in self.wanted.table}
        while any(named in tables for named, _, _ in stages):  # a stage must not hide the table
            stages = [(f"s_{named}", comment, added) for named, comment, added in stages]
        return stages

    def _query(self) -> list[str]:
        lines = []
        before = ""
        for index, (named, comment, added) in enumerate(self._stages):
            start = "WITH " if index == 0 else ""
            lines.append(f"{start}{named} AS {self.dialect.before_stage}( -- {comment}")
            if added is None:
                lines += self._given()
            else:
                lines.append("  SELECT *,")
                lines += _listed(f"{each} AS {column}" for column, each in added.items())
                lines.append(f"  FROM {before}{self.dialect.after_stage}")
            lines.append("),")
            before = named
        lines[-1] = ")"
        keys = [f"k{i} AS {self.dialect.name(key)}" for i, key in enumerate(self._keys)]
        shown = (f"{words} AS {self.dialect.name(one)}" for one, words in self.results.items())
        return [*lines, "SELECT", *_listed([*keys, *shown]), f"FROM {before}"]

    @property
    def _keys(self) -> tuple[str, ...]:
        return () if self.wanted.form == "function" else self.wanted.keys

    def _given(self) -> list[str]:
        wanted, name = self.wanted, self.dialect.name
        whose = "" if wanted.form == "function" else "t."
        cells = [f"{whose}{name(key)} AS k{i}" for i, key in enumerate(self._keys)]
        for meaning, column in wanted.columns.items():
            cell = f"{whose}{name(column)}"
            if _TYPES.get(meaning) == "TEXT":  # an enumeration's too
                cell = f"CAST({cell} AS {self.dialect.text_type})"
            cells.append(f"{cell} AS g_{meaning}")
        lines = ["  SELECT", *_listed(cells)]
        if wanted.form == "function":
            return lines
        return [*lines, f"  FROM {'.'.join(map(name, wanted.table))} AS t"]

    # Rows that cannot be used

    def _refusal(self) -> str:
        """The code of what is wrong with a row, as `batch` has it, or NULL."""
        cases = []
        for spend in self.spends:
            cases += self._refused_spends(f"g_{spend}")
        for meaning in _TYPES:
            if meaning in self.wanted.columns:
                cases += self._refused(meaning, f"g_{meaning}")
        return "CASE " + " ".join(f"WHEN {test} THEN {text(code)}" for test, code in cases) + " END"

    def _refused_spends(self, cell: str) -> list[tuple[str, str]]:
        found = [(f"{cell} IS NULL", "spend_missing")]
        if self.dialect.whole:
            found.append((f"typeof({cell}) <> 'integer'", "spend_not_understood"))
            return [*found, (f"{cell} < 0", "spend_negative"), (f"{cell} >= {self.limit}", _LARGE)]
        kind = self.dialect.spend_type(self.scale)
        largest = number(self.limit - Fraction(1, 10**self.scale))
        return [
            *found,
            (f"{cell} < 0", "spend_negative"),
            (f"{cell} > {largest}", _LARGE),
            (f"CAST({cell} AS {kind}) IS NULL", "spend_not_understood"),
            (self.dialect.inexact(cell, self.scale), _LARGE),
        ]

    def _refused(self, meaning: str, cell: str) -> list[tuple[str, str]]:
        catalogue = self.wanted.same.rules.catalogue
        whole, need = self.dialect.whole, _NEEDS.get(meaning)
        if need is not None and need.type == "BOOLEAN":
            return [(f"{cell} NOT IN (0, 1)", need.code)] if whole else []
        match meaning:
            case "plan" | "current_plan":
                known = ", ".join(text(plan.id) for plan in catalogue.plans)
                return [(f"{self.dialect.same_text(cell)} NOT IN ({known})", "plan_unknown")]
            case "reading":
                known = ", ".join(text(reading.id) for reading in catalogue.readings)
                return [(f"{self.dialect.same_text(cell)} NOT IN ({known})", "reading_unknown")]
            case _:
                (least, most) = BOUNDS[meaning]
                code = need.code if need else f"{meaning}_not_understood"
        outside = f"{cell} < {least} OR {cell} > {most}"
        if whole:
            return [(f"typeof({cell}) NOT IN ('integer', 'null') OR {outside}", code)]
        value = f"CAST({cell} AS INTEGER)"
        unread = f"{cell} IS NOT NULL AND {value} IS NULL"
        return [(outside, code), (f"{value} <> {cell}", code), (unread, code)]

    def _limit(self) -> int:
        """The first spend that is too large."""
        wanted = self.wanted
        accounts, months = (
            BOUNDS[count][1] if count in wanted.columns else same
            for count, same in (("accounts", wanted.same.accounts), ("months", wanted.same.months))
        )
        limit = self.dialect.limit(self.digits, accounts, max(months, MONTHS))
        if not limit:
            self._refuse_fees()
        return limit

    def _refuse_fees(self) -> NoReturn:
        message = Message("{engine} has no numbers for such fees", engine=self.dialect.called)
        raise UsageError([Problem("--dialect", message)])

    # What the rows say

    def _book(self) -> Book:
        wanted = self.wanted
        longest = BOUNDS["months"][1] if "months" in wanted.columns else wanted.same.months
        return Book.of(
            wanted.same.rules, wanted.same.start, wanted.same.needs, max(MONTHS, longest)
        )

    def _constants(self) -> Mapping[str, str]:
        """What holds for a row that does not say."""
        wanted, needs = self.wanted, self.wanted.same.needs
        usual = usual_in_rows(wanted.same.rules.catalogue, needs)
        return {
            **{name: literal(value) for name, value in usual.items()},
            "accounts": str(wanted.same.accounts),
            "months": str(wanted.same.months),
            "plan": UNKNOWN,
            "reading": text(wanted.same.rules.reading),
            "current_plan": text(needs.current_plan) if needs.current_plan else UNKNOWN,
        }

    def _terms(self) -> Terms:
        constants, columns = self._constants(), self.wanted.columns
        said = {m: f"v_{m}" if m in columns else constants[m] for m in _TYPES}
        for name, column in _NEEDS.items():
            if column.belongs in columns:
                said[name] = f"v_{name}"
        readings: tuple[str, ...] = (self.wanted.same.rules.reading,)
        if "reading" in columns:
            every = (reading.id for reading in self.wanted.same.rules.catalogue.readings)
            readings = tuple(dict.fromkeys([*readings, *every]))
        return Terms(
            spends=tuple(f"x{i}" for i in range(len(self.spends))),
            scale=self.scale,
            needs={name: said[name] for name in _NEEDS},
            accounts=said["accounts"],
            months=said["months"],
            plan=said["plan"],
            reading=said["reading"],
            readings=readings,
            current_plan=said["current_plan"],
        )

    def _values(self) -> dict[str, str]:
        """Of a refused row there are none: nothing is then computed that could fail."""
        constants = self._constants()
        found = {}
        for index, spend in enumerate(self.spends):
            cell = f"g_{spend}"
            if not self.dialect.whole:
                cell = f"CAST({cell} AS {self.dialect.spend_type(self.scale)})"
            found[f"x{index}"] = f"CASE WHEN refused IS NULL THEN {cell} END"
        for meaning, column_type in _TYPES.items():
            if meaning not in self.wanted.columns:
                continue
            cell = f"g_{meaning}"
            if column_type == "INTEGER":
                cell = f"CAST({cell} AS INTEGER)"
            constant = constants[meaning]
            known = cell if constant == UNKNOWN else f"COALESCE({cell}, {constant})"
            found[f"v_{meaning}"] = f"CASE WHEN refused IS NULL THEN {known} END"
        for name, column in _NEEDS.items():
            if column.belongs in self.wanted.columns:  # what a row says is not of the flag's kind
                own = f"COALESCE(g_{name}, FALSE)" if name in self.wanted.columns else "FALSE"
                empty = f"g_{column.belongs} IS NULL"
                found[f"v_{name}"] = f"CASE WHEN {empty} THEN {constants[name]} ELSE {own} END"
        return found

    # What comes out

    def _results(self) -> dict[str, str]:
        """The columns of results, as `batch` calls them, each plan's too; none of a refused row."""
        amount, advice = self._amount, self.advice
        found = {
            "plan": "a_plan",
            amount("monthly_fee"): "a_monthly",
            amount("prepaid"): "a_prepaid",
            amount("postpaid"): "a_monthly - a_prepaid",
            amount("annual_cost"): "a_annual",
            "next_plan": "a_next",
            amount("next_monthly_fee"): "a_next_monthly",
        }
        for plan in advice.plans:
            found[plan_column(plan, "fits", found)] = advice.column("fits", plan)
            found[plan_column(plan, amount("monthly_fee"), found)] = advice.column("first", plan)
            found[plan_column(plan, amount("annual_cost"), found)] = advice.column("annual", plan)
        shown = {}
        for column, words in found.items():
            value = f"CASE WHEN refused IS NULL THEN {words} END"
            kind = self._result_type(column)
            exact = kind.startswith("DECIMAL")
            shown[column] = f"CAST({value} AS {kind})" if exact else value
        shown["reason_code"] = "COALESCE(refused, a_reason)"
        shown["reading"] = f"CASE WHEN refused IS NULL THEN {self._terms().reading} END"
        return shown

    def _amount(self, column: str) -> str:
        """A column of amounts; where it counts minor units its name says so."""
        return f"{column}_minor" if self.dialect.whole else column

    def _result_type(self, column: str) -> str:
        if column.endswith("_fits"):
            return "BOOLEAN"
        if column.endswith(("_fee", "_cost", "prepaid", "postpaid")):
            return f"DECIMAL(24, {self.digits})"
        return self.dialect.text_type

    def _type(self, meaning: str) -> str:
        kind = _TYPES.get(meaning, self.dialect.number_type)
        return self.dialect.text_type if kind == "TEXT" else kind

    def _check_names(self) -> None:
        """Every name can be held, and none stands for two things."""
        problems = [*self._names_held(), *self._names_alone()]
        if self.wanted.form == "function":
            problems += self._names_of_the_function()
        if problems:
            raise UsageError(problems)

    def _names_held(self) -> Iterator[Problem]:
        """Names that the engine would cut off or change."""
        longest, unusable = self.dialect.longest_name, self.dialect.unusable
        ours = [(flag, one) for flag, names in _flagged(self.wanted) for one in names]
        for flag, one in [*ours, *(("--plans", column) for column in self.results)]:
            if len(one.encode()) > longest:
                message = Message(
                    "{name} has more than {most} bytes, which {engine} cannot hold",
                    name=quoted(one),
                    most=longest,
                    engine=self.dialect.called,
                )
                yield Problem(flag, message)
            if unusable and unusable in one:
                message = Message(
                    "{name} holds {part}, which {engine} does not leave as it is; rename it",
                    name=quoted(one),
                    part=quoted(unusable),
                    engine=self.dialect.called,
                )
                yield Problem(flag, message)

    def _names_alone(self) -> Iterator[Problem]:
        """Columns of the result that are called the same, and a view that is its own table."""
        wanted = self.wanted
        called, table = ([p.casefold() for p in one] for one in (wanted.called, wanted.table))
        short = min(len(called), len(table))
        if wanted.form == "view" and called[-short:] == table[-short:]:
            message = Message("is the table's own name; choose another for the view")
            yield Problem("--name", message)
        taken = {column.casefold() for column in self.results}
        for key in self._keys:
            if key.casefold() in taken:
                message = Message("{name} is also a column of the results", name=quoted(key))
                yield Problem("--key", message)
            taken.add(key.casefold())

    def _names_of_the_function(self) -> Iterator[Problem]:
        """Parameters that are called the same, or as something inside."""
        inside = {one for _, _, added in self._stages for one in added or ()}
        inside |= {f"g_{meaning}" for meaning in self.wanted.columns}
        given = [column.casefold() for column in self.wanted.columns.values()]
        for column in self.wanted.columns.values():
            if given.count(column.casefold()) > 1:
                message = Message("{name} is mapped twice; keep one", name=quoted(column))
                yield Problem("--map", message)
            if column.casefold() in inside:
                message = Message(
                    "{name} is a name that the function uses; choose another", name=quoted(column)
                )
                yield Problem("--map", message)


_LARGE = "too_many_digits"
_COMMENTS = ("fees of the months", "sums, and whether a plan fits", "the choice, step by step")


def _flagged(wanted: Wanted) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The names that were given, by their flags."""
    yield "--table", wanted.table
    yield "--key", wanted.keys
    yield "--map", tuple(wanted.columns.values())
    yield "--name", wanted.called


def _listed(columns: Iterable[str]) -> list[str]:
    """Columns, one on a line."""
    several = list(columns)
    return [f"    {column}{',' if n < len(several) else ''}" for n, column in enumerate(several, 1)]
