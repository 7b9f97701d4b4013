"""Clean tables to quotes, many at a time: one SQL statement, no fee computed in Python."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

from supportcli.advice.quote import priced_throughout
from supportcli.advice.usage import Usage
from supportcli.batch.dialect import name, text
from supportcli.batch.interpreted import Interpreted
from supportcli.batch.relation import PLAIN_SCALE, Meaning, Survey
from supportcli.batch.request import Ask, Gap, Group, Outcome, Rules, Source
from supportcli.batch.sql import Advice, Book, Terms
from supportcli.core.plan import MONTHS
from supportcli.errors import Message, OutputError, fault

MEMORY = "320MB"
_LINE = "supportcli line"
TOP = 5
RESULTS = (
    "plan",
    "monthly_fee",
    "prepaid",
    "postpaid",
    "annual_cost",
    "next_plan",
    "next_monthly_fee",
    "reason_code",
    "reading",
)


EngineError = duckdb.Error


def parquet_columns(path: Path) -> tuple[str, ...]:
    """The names of a Parquet file's columns."""
    with duckdb.connect() as db:
        found = db.execute(f"DESCRIBE SELECT * FROM read_parquet({text(str(path))})").fetchall()
    return tuple(str(row[0]) for row in found)


def parquet_rows(path: Path) -> int:
    """How many rows a Parquet file says that it has."""
    with duckdb.connect() as db:
        counted = f"SELECT count(*) FROM read_parquet({text(str(path))})"
        return int(db.execute(counted).fetchall()[0][0])


class Batch:
    """A connection of its own with the source's rows surveyed, ready to be written."""

    def __init__(self, ask: Ask, source: Source, folder: Path) -> None:
        self.ask = ask
        self.meaning = Meaning(ask, source)
        self.source = source
        self.doing = _LOOKING
        self.cautions: list[Message] = []
        self.db = duckdb.connect(
            config={
                "threads": ask.threads,
                "memory_limit": MEMORY,
                "temp_directory": str(folder),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self.db.execute("SET enable_progress_bar = true")  # else there is no progress to ask for
        self.db.execute("SET enable_progress_bar_print = false")

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close the connection; the engine's own faults become ours.

        Raises:
            OutputError: a file could not be written, or there is not enough memory.
            KeyboardInterrupt: the statement was interrupted.
        """
        self.db.close()
        match error:
            case RuntimeError() if "interrupted" in str(error):
                raise KeyboardInterrupt from error
            case duckdb.OutOfMemoryException() if not _is_full(error):
                message = Message("not enough memory; divide the table, or use fewer threads")
                raise OutputError(message) from error
            case duckdb.IOException() | duckdb.OutOfMemoryException():
                reason = fault(OSError(_number(error), ""))
                raise OutputError(Message("cannot write: {reason}", reason=reason)) from error
            case _:
                return

    def prepare(self) -> Survey:
        """Look at all rows once and read what is out of the ordinary.

        Raises:
            RaggedError: the engine cannot split the file into its columns.
        """
        survey = self.meaning.survey(self.db)
        self.survey = survey
        self.scale = PLAIN_SCALE
        if survey.plain:
            self.rows = self.meaning.plain_rows(survey.words)
        else:
            interpreted = Interpreted(self.db, self.meaning, survey)
            self.rows, self.scale = "rows", interpreted.scale
            self.cautions = interpreted.cautions
        return survey

    def percent(self) -> float:
        """How far the statement that runs is; below 0 where that cannot be said."""
        return float(self.db.query_progress())

    # What is written

    def write(self, path: Path, form: str) -> int:
        """All rows that are not refused, with their results, in the file's order; how many."""
        self.doing = _QUOTING
        outputs = self._outputs(form)
        joined = form == "csv" and self._needs_no_quotes()
        query = self._ordered(_joined(outputs) if joined else outputs)
        options = {
            "csv": "FORMAT csv, HEADER true, NULLSTR ''" + (_AS_IT_IS if joined else ""),
            "parquet": "FORMAT parquet, COMPRESSION zstd",
            "ndjson": "FORMAT json",
        }[form]
        target = text(str(path))
        try:
            done = self.db.execute(
                f"COPY ({query}) TO {target} ({options}, USE_TMP_FILE false)"
            ).fetchone()
        except duckdb.IOException as error:
            raise OSError(_number(error), str(error)) from error
        return int(done[0]) if done else 0

    def _needs_no_quotes(self) -> bool:
        """Whether no cell holds a quote, a comma or a line break, so that lines can be joined."""
        source = self.source
        return source.kind == "csv" and not source.lined and source.delimiter == ","

    def fetch(self) -> Iterator[tuple[object, ...]]:
        """The same rows one by one, the header first."""
        self.doing = _QUOTING
        cursor = self.db.execute(self._ordered(self._outputs("csv")))
        yield tuple(column[0] for column in cursor.description or ())
        while rows := cursor.fetchmany(10_000):
            yield from rows

    def rejects(self) -> Iterator[tuple[int, int, str, str, list[int] | None]]:
        """Line, column, code, text and, for an account that comes twice, the lines."""
        if self.survey.plain:
            return
        cells = " ".join(f"WHEN {c.index} THEN c{c.index}" for c in self.source.columns)
        cursor = self.db.execute(
            f"SELECT line, place, code, coalesce(CASE place {cells} END, ''), lines FROM rows "
            "WHERE code IS NOT NULL ORDER BY line"
        )
        while found := cursor.fetchmany(10_000):
            yield from found

    def outcome(self, written: int, refused: Mapping[str, int], blank: int) -> Outcome:
        """The summary, and the proof that every row that was read is in one of the counts."""
        self.doing = _ADDING
        group = self._group()
        query = self._select(
            {
                "g": group,
                "plan": "a_plan",
                "monthly": "a_monthly",
                "annual": "a_annual",
                "gap": self._gap(),
                "before": f"CASE WHEN a_annual IS NOT NULL THEN {self._before()} END",
            }
        )
        found = self.db.execute(
            "SELECT g, plan, count(*), sum(monthly), sum(annual), sum(gap), "
            "sum(CASE WHEN gap IS NOT NULL THEN before END) "
            f"FROM ({query}) GROUP BY g, plan ORDER BY g, plan NULLS LAST"
        ).fetchall()
        groups = tuple(
            Group(g, plan, n, monthly, annual) for g, plan, n, monthly, annual, *_ in found
        )
        gaps = [row[5:7] for row in found if row[5] is not None]
        counted = sum(group.customers for group in groups)
        if counted != written:
            raise AssertionError(f"{written} rows written, {counted} counted")
        no_plan = sum(group.customers for group in groups if group.plan is None)
        own = dict(self.db.execute(_CODES).fetchall()) if not self.survey.plain else {}
        codes = {**own}
        for code, count in refused.items():
            codes[code] = codes.get(code, 0) + count
        rejected = sum(codes.values())
        read = self.survey.rows + sum(refused.values()) + blank
        return Outcome(
            read,
            written - no_plan,
            no_plan,
            rejected,
            blank,
            codes,
            groups,
            sum((gap for gap, _ in gaps), Decimal(0)) if gaps else None,
            sum((before for _, before in gaps), Decimal(0)) if gaps else None,
            tuple(self._top()) if gaps else (),
        )

    def _top(self) -> Iterator[Gap]:
        account = self.meaning.account
        query = self._select(
            {
                "account": "NULL" if account is None else f"c{account.index}",
                "old": self._before(),
                "new": "a_annual",
            }
        )
        found = self.db.execute(
            f"SELECT account, old, new FROM ({query}) WHERE old <> new "
            f"ORDER BY abs(new - old) DESC, account LIMIT {TOP}"
        )
        yield from (Gap(*row) for row in found.fetchall())

    def _group(self) -> str:
        column = next((c for c in self.source.columns if c.name == self.ask.group_by), None)
        return "NULL" if column is None else f"c{column.index}"

    def _before(self) -> str:
        if self.ask.against is not None:
            return "b_annual"
        return self._current() or "NULL"

    def _gap(self) -> str:
        before = self._before()
        return "NULL" if before == "NULL" else f"a_annual - {before}"

    def _current(self) -> str | None:
        """What the plan that a customer has costs a year."""
        advice, current = self._advice(), self._terms().current_plan
        if current == "NULL" or not advice.plans:
            return None
        cases = " ".join(
            f"WHEN {text(plan.id)} THEN {advice.column('annual', plan)}" for plan in advice.plans
        )
        return f"(CASE {current} {cases} END)"

    # The statement

    def _terms(self) -> Terms:
        return self.meaning.terms(self.scale, self.survey.words)

    def _horizon(self) -> int:
        said = (w.values[0] for w in self.survey.words.get("months", ()) if w.code is None)
        return max([MONTHS, self.ask.months, *(int(str(months)) for months in said)])

    def _book(self, rules: Rules) -> Book:
        usage = Usage.level(None, self.ask.start)
        catalogue = rules.catalogue
        plans = tuple(priced_throughout(plan, usage) for plan in catalogue.plans)
        return Book(
            catalogue._replace(plans=plans),
            self.ask.start,
            self.ask.needs,
            rules.closed,
            self._horizon(),
        )

    def _advice(self) -> Advice:
        return Advice(self._book(self.ask.rules), self._terms(), "a")

    def _against(self) -> Advice | None:
        if self.ask.against is None:
            return None
        rules = self.ask.against
        terms = self._terms()
        known = {reading.id for reading in rules.catalogue.readings}
        if rules.reading != self.ask.rules.reading:
            terms = terms._replace(reading=text(rules.reading), readings=(rules.reading,))
        elif not known.issuperset(terms.readings):
            readings = tuple(reading for reading in terms.readings if reading in known)
            known_ones = ", ".join(map(text, readings))
            reading = (
                f"CASE WHEN {terms.reading} IN ({known_ones}) "
                f"THEN {terms.reading} ELSE {text(rules.reading)} END"
            )
            terms = terms._replace(reading=reading, readings=readings)
        return Advice(self._book(rules), terms, "b")

    def _select(self, outputs: Mapping[str, str]) -> str:
        """The rows that are not refused, stage by stage, down to the columns that are wanted."""
        readings = self._other_readings()
        query = f"SELECT * FROM {self.rows}"
        if not self.survey.plain:
            query += " WHERE code IS NULL"
        against = self._against()
        for advice, more in ((self._advice(), readings), (against, ())):
            for stage in advice.stages(more) if advice else ():
                added = ", ".join(f"{words} AS {column}" for column, words in stage.items())
                query = f"SELECT *, {added} FROM ({query})"
        wanted = ", ".join(f"{words} AS {name(column)}" for column, words in outputs.items())
        return f"SELECT {wanted} FROM ({query})"

    def _ordered(self, outputs: Mapping[str, str]) -> str:
        """The same in the order of the file; rows that need no interpreting are in it already."""
        if self.survey.plain:
            return self._select(outputs)
        lined = self._select({**outputs, _LINE: "line"})
        return f"SELECT * EXCLUDE ({name(_LINE)}) FROM ({lined}) ORDER BY {name(_LINE)}"

    def _other_readings(self) -> tuple[str, ...]:
        every = tuple(reading.id for reading in self.ask.rules.catalogue.readings)
        return every if self.ask.all_readings else ()

    def _outputs(self, form: str) -> dict[str, str]:
        """The input's own columns, then the results."""
        results = self._results()
        if form == "ndjson":
            results = {one: f"CAST({words} AS VARCHAR)" for one, words in results.items()}
        own = {}
        for column in self.source.columns:
            shown = column.name
            while shown in results or shown in own:
                shown = f"input_{shown}"
            cell = f"c{column.index}"
            own[shown] = _guarded(cell) if self.ask.excel else cell
        return {**own, **results}

    def _results(self) -> dict[str, str]:
        advice = self._advice()
        found = dict(
            zip(
                RESULTS,
                (
                    "a_plan",
                    "a_monthly",
                    "a_prepaid",
                    "a_monthly - a_prepaid",
                    "a_annual",
                    "a_next",
                    "a_next_monthly",
                    "a_reason",
                    self._terms().reading,
                ),
                strict=True,
            )
        )
        for reading in self._other_readings():
            found[f"annual_cost_{reading}"] = advice.column("annual", None, reading)
        current = self._current()
        if current is not None:
            found["current_annual_cost"] = current
            found["current_difference"] = f"a_annual - {current}"
        if self.ask.against is not None:
            found |= {
                "old_plan": "b_plan",
                "old_monthly_fee": "b_monthly",
                "old_annual_cost": "b_annual",
                "annual_difference": "a_annual - b_annual",
            }
        if self.ask.all_plans:
            for plan in advice.plans:
                found[f"{plan.id}_fits"] = advice.column("fits", plan)
                found[f"{plan.id}_monthly_fee"] = advice.column("first", plan)
                found[f"{plan.id}_annual_cost"] = advice.column("annual", plan)
        return found


_LOOKING = Message("looking at the rows")
_QUOTING = Message("quoting")
_ADDING = Message("adding up")
_SYSTEM = {errno.ENOSPC: "No space left", errno.EDQUOT: "quota", errno.EFBIG: "too large"}
_CODES = "SELECT code, count(*) FROM rows WHERE code IS NOT NULL GROUP BY code ORDER BY code"

_AS_IT_IS = ", QUOTE '', ESCAPE '', DELIMITER '\x01'"

_FORMULA = r"^[\s\x{3000}]*[=+\-@＝＋－＠]"
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"


def _joined(outputs: Mapping[str, str]) -> dict[str, str]:
    """One column of whole lines: the engine writes it in half the time of many columns."""
    cells = ", ',', ".join(outputs.values())
    return {",".join(outputs): f"concat({cells})"}


def _is_full(error: Exception) -> bool:
    """Whether it was the disk that had no room, which the engine may call a lack of memory."""
    return any(words in str(error) for words in _SYSTEM.values())


def _number(error: Exception) -> int:
    """The system's number of a fault that the engine tells in words."""
    return next((n for n, words in _SYSTEM.items() if words in str(error)), errno.EIO)


def guarded(found: str) -> str:
    """A text as a spreadsheet may have it: marked as text where it looks like a formula."""
    formula = re.match(r"[\s\u3000]*[=+\-@＝＋－＠]", found)
    return f"'{found}" if formula and not re.fullmatch(_NUMBER, found) else found


def _guarded(cell: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as text."""
    formula = f"regexp_matches({cell}, {text(_FORMULA)})"
    plain = f"regexp_full_match({cell}, {text(_NUMBER)})"
    return f"CASE WHEN {formula} AND NOT {plain} THEN '''' || {cell} ELSE {cell} END"
