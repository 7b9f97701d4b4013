"""One statement for an engine of its own: from a table's columns to the advice for each row.

Stages that only add columns: what the table says, why a row is refused, its values, then the fees,
sums and choices of the advice. Every name is quoted; no text of a customer's is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from supportcli.core.currencies import minor_digits
from supportcli.core.plan import MONTHS
from supportcli.errors import Message, Problem, UsageError
from supportcli.record import NamedTuple
from supportcli.sql.advice import AdviceStages, ResultColumn
from supportcli.sql.cells import TableCells
from supportcli.sql.dialects.base import Dialect
from supportcli.sql.names import check_names
from supportcli.sql.request import TYPES, Wanted
from supportcli.sql.terms import Offer

_COMMENTS = ("fees of the months", "sums, and whether a plan fits", "the choice, step by step")


class _Stage(NamedTuple):
    """A step of the statement and the columns that it adds; the first takes from the table."""

    name: str
    comment: str
    added: Mapping[str, str]


class Statement:
    """The statement of a dialect, as text; `limit` is the first spend that is too large.

    Raises:
        UsageError: the dialect cannot do it exactly, or cannot hold a name.
    """

    def __init__(self, wanted: Wanted, dialect: Dialect) -> None:
        self.wanted = wanted
        self.dialect = dialect
        self.cells = TableCells(wanted, dialect)
        self.digits = minor_digits(wanted.same.rules.catalogue.currency)
        offer = Offer.of(wanted.same.rules, wanted.same, wanted.longest_term)
        self.advice = AdviceStages(offer, self.cells.terms(), "a", dialect)
        self.results = self._results()
        advised, self.limit = self._advised()
        self._stages = self._staged(advised)
        made = {column for stage in self._stages for column in stage.added}
        made |= {f"g_{meaning}" for meaning in wanted.columns}
        check_names(wanted, dialect, self.results, made)

    def words(self, notes: Iterable[str]) -> str:
        """The statement, with comments before it; ends with a line break."""
        lines = [f"-- {' '.join(note.split())}" for note in notes]
        return "\n".join([*lines, *self._framed(), ""])

    # Its stages

    def _advised(self) -> tuple[list[dict[str, str]], int]:
        """The stages of the advice and, of the fees in them, the first spend that is too large."""
        wanted, limit = self.wanted, 0
        try:
            advised = self.advice.stages()
            months = max(wanted.longest_term, MONTHS)
            limit = self.dialect.limit(self.digits, wanted.most_accounts, months)
        except ValueError:  # a factor without a decimal form
            advised = []
        if not limit:
            message = Message("{engine} has no numbers for such fees", engine=self.dialect.called)
            raise UsageError([Problem("--dialect", message)])
        return advised, limit

    def _staged(self, advised: list[dict[str, str]]) -> list[_Stage]:
        refused, lists = {"refused": self.cells.refusal(self.limit)}, self.cells.lists()
        comments = (_COMMENTS[min(n, len(_COMMENTS) - 1)] for n in range(len(advised)))
        stages = [
            _Stage("given", "what the table says", {}),
            *([_Stage("parted", "the ids of its lists", lists)] if lists else []),
            _Stage("checked", "why a row is refused; every row comes back", refused),
            _Stage("valued", "its values, or what holds for every row", self.cells.values()),
            *(
                _Stage(f"advice_{n}", comment, stage)
                for n, (comment, stage) in enumerate(zip(comments, advised, strict=True))
            ),
        ]
        tables = {part.casefold() for part in self.wanted.table}
        while any(stage.name in tables for stage in stages):  # a stage must not hide the table
            stages = [stage._replace(name=f"s_{stage.name}") for stage in stages]
        return stages

    # Its lines

    def _framed(self) -> list[str]:
        wanted, dialect = self.wanted, self.dialect
        query = self._query()
        called = ".".join(map(dialect.name, wanted.called))
        if wanted.form == "select":
            return [*query[:-1], f"{query[-1]};"]
        if wanted.form == "view":
            return [f"{dialect.replace} VIEW {called} AS", *query[:-1], f"{query[-1]};"]
        taken = (
            f"{dialect.name(column)} {dialect.type_of(TYPES.get(meaning, 'NUMERIC'))}"
            for meaning, column in wanted.columns.items()
        )
        given = (f"{dialect.name(name)} {kind}" for name, (_, kind) in self.results.items())
        return dialect.function(called, taken, given, query)

    def _query(self) -> list[str]:
        name, lines, before = self.dialect.name, ["WITH "], ""
        for stage in self._stages:
            lines[-1] += f"{stage.name} AS {self.dialect.before_stage}( -- {stage.comment}"
            lines += self._from(before, stage) if before else self._given()
            lines += ["),", ""]
            before = stage.name
        keys = [f"k{i} AS {name(key)}" for i, key in enumerate(self.wanted.shown_keys)]
        shown = (f"{words} AS {name(one)}" for one, (words, _) in self.results.items())
        return [*lines[:-2], ")", "SELECT", *_listed([*keys, *shown]), f"FROM {before}"]

    def _given(self) -> list[str]:
        lines = ["  SELECT", *_listed(self.cells.given())]
        if self.wanted.form == "function":
            return lines
        return [*lines, f"  FROM {'.'.join(map(self.dialect.name, self.wanted.table))} AS t"]

    def _from(self, before: str, stage: _Stage) -> list[str]:
        added = _listed(f"{words} AS {column}" for column, words in stage.added.items())
        return ["  SELECT *,", *added, f"  FROM {before}{self.dialect.after_stage}"]

    # What comes out

    def _results(self) -> dict[str, tuple[str, str]]:
        """The columns of results as SQL, each with its type; of a refused row only the code."""
        chosen, resting = self.advice.chosen(), self.advice.resting()
        found = {**chosen, **self.advice.of_every_plan({**chosen, **resting})}
        code = ("COALESCE(refused, a_reason)", self.dialect.text_type)
        reading = self._shown(ResultColumn("id", self.advice.terms.reading))
        shown = {name: self._shown(each) for name, each in found.items()}
        more = {name: self._shown(each) for name, each in resting.items()}
        return {**shown, "reason_code": code, "reading": reading, **more}

    def _shown(self, result: ResultColumn) -> tuple[str, str]:
        value = f"CASE WHEN refused IS NULL THEN {result.words} END"
        match result.kind:
            case "amount":
                return self.dialect.amount(value, self.digits)
            case "yes_no":
                return value, "BOOLEAN"
            case "id":
                return value, self.dialect.text_type


def _listed(columns: Iterable[str]) -> list[str]:
    """Columns, one on a line."""
    several = list(columns)
    return [f"    {column}{',' if n < len(several) else ''}" for n, column in enumerate(several, 1)]
