"""The summary of a batch as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from supportcli.advice.batch_summary import Amounts, Outcome
from supportcli.advice.rules import RowDefaults, Rules
from supportcli.core.money import signed_rate
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.formats.json.values import (
    Json,
    amount,
    confirmed,
    day,
    document,
    rules_json,
    said,
)
from supportcli.record import NamedTuple

FIRST_STALE = 10


class Files(NamedTuple):
    """Where the refused rows are, the table, its columns that gave rows plans and readings.

    `carried` are the columns that nothing is read from, `not_used` what else was left out.
    """

    rejects: str | None
    table: str
    plan_column: str | None
    reading_column: str | None
    amounts: Amounts
    carried: tuple[str, ...] = ()
    not_used: tuple[Message, ...] = ()
    documents: MadeDocuments | None = None


class MadeDocuments(NamedTuple):
    """The documents of a run: their folder, the workbook that leads to them, how many of each kind.

    `left` were not written because another file of the name is there, `lacking` are rows without
    one, `stale` the names of documents there that are not of this run.
    """

    folder: str
    leading: str
    written: int
    there: int
    left: int
    lacking: int
    stale: Sequence[str]


class RefusedLine(NamedTuple):
    """A row that is refused: the sheet where there are several, its line, what stands there."""

    sheet: str | None
    line: int
    column: str
    code: str
    text: str
    message: Message


class Rehearsed(NamedTuple):
    """What the columns of a table mean (None: nothing), its first rows by column, those refused."""

    columns: Mapping[str, str | None]
    rows: Sequence[Mapping[str, object]]
    refused: Sequence[RefusedLine]
    amounts: Amounts
    carried: tuple[str, ...]
    not_used: tuple[Message, ...]


def rehearsal_json(
    found: Rehearsed,
    rules: Rules,
    as_of: datetime.date,
    warnings: Iterable[Message],
    language: Language,
) -> Json:
    """How a table is understood, and its first rows with the texts that the results have."""
    result = {
        "columns": [{"column": name, "meaning": each} for name, each in found.columns.items()],
        "first_rows": [
            {name: cell if cell is None else str(cell) for name, cell in row.items()}
            for row in found.rows
        ],
        "first_refused": [
            {**each._asdict(), "message": language.say(each.message)} for each in found.refused
        ],
        "amounts": _amounts(found.amounts),
        "not_used": _not_used(found.carried, found.not_used, language),
    }
    return document(
        "batch",
        result,
        catalogue=confirmed(rules_json(rules.catalogue, as_of, rules.reading), None),
        warnings=said(warnings, language),
    )


def batch_json(
    outcome: Outcome,
    rules: Rules,
    as_of: datetime.date,
    files: Files,
    warnings: Iterable[Message],
    language: Language,
) -> Json:
    """How many rows went where, and what the plans cost."""
    return document(
        "batch",
        {**_of_table(outcome, files, language), **_documents(files.documents)},
        catalogue=confirmed(rules_json(rules.catalogue, as_of, rules.reading), None),
        warnings=said(warnings, language),
    )


def impact_json(
    outcome: Outcome,
    same: RowDefaults,
    older: Rules,
    as_of: datetime.date,
    files: Files,
    warnings: Iterable[Message],
    language: Language,
) -> Json:
    """What other rules do to a list of customers, as a part of another answer."""
    rules = same.rules
    return {
        "table": files.table,
        "start": str(same.start),
        "months": same.months,
        "old": rules_json(older.catalogue, as_of, older.reading),
        "new": rules_json(rules.catalogue, as_of, rules.reading),
        "warnings": said(warnings, language),
        **_of_table(outcome, files, language),
    }


def _of_table(outcome: Outcome, files: Files, language: Language) -> Json:
    """What came of the rows, and how their table was read."""
    return {
        **_result(outcome),
        "rejects_file": files.rejects,
        "given_plans_in": _column(files, files.plan_column) if outcome.given else None,
        "given_readings_in": _column(files, files.reading_column) if outcome.own_reading else None,
        "amounts": _amounts(files.amounts),
        "not_used": _not_used(files.carried, files.not_used, language),
    }


def _documents(made: MadeDocuments | None) -> Json:
    """What became of the documents, where some were asked for."""
    if made is None:
        return {}
    found = {
        "folder": made.folder,
        "index": made.leading,
        "written": made.written,
        "already_there": made.there,
        "other_file_there": made.left,
        "rows_without": made.lacking,
        "stale": {"count": len(made.stale), "first": list(made.stale[:FIRST_STALE])},
    }
    return {"documents": found}


def _not_used(columns: Iterable[str], notes: Iterable[Message], language: Language) -> Json:
    return {"columns": list(columns), "notes": said(notes, language)}


def _column(files: Files, name: str | None) -> Json | None:
    return None if name is None else {"file": files.table, "column": name}


def _amounts(amounts: Amounts) -> Json:
    return {
        "columns": [
            {"column": each.name, "unit": each.unit, "currency": each.currency}
            for each in amounts.columns
        ],
        "unit_column": amounts.unit_column,
        "currency_column": amounts.currency_column,
    }


def outcome_json(outcome: Outcome) -> Json:
    """The same without the rules, where only the outcome is known."""
    return document("batch", _result(outcome))


def _result(outcome: Outcome) -> Json:
    return {
        "rows": {
            "read": outcome.read,
            "quoted": outcome.quoted,
            "no_plan_fits": outcome.no_plan,
            "rejected": outcome.rejected,
            "blank": outcome.blank,
            "added": outcome.added,
        },
        "rejects": dict(sorted(outcome.codes.items())),
        "groups": [
            {
                "group": group.group,
                "plan": group.plan,
                "customers": group.customers,
                "monthly": amount(group.monthly),
                "annual": amount(group.annual),
                "annual_likely": amount(group.likely),
                "annual_list": amount(group.listed),
            }
            for group in outcome.groups
        ],
        "doubts": [
            {"plan": each.plan, "code": each.code, "customers": each.customers}
            for each in outcome.doubts
        ],
        "given_plans": outcome.given,
        "given_readings": outcome.own_reading,
        "given_ending": [
            {"plan": each.plan, "until": day(each.last_day), "customers": each.customers}
            for each in outcome.ending
        ],
        "current_ending": [
            {"plan": each.plan, "until": day(each.last_day), "customers": each.customers}
            for each in outcome.current_ending
        ],
        "annual_before": amount(outcome.before),
        "annual_difference": amount(outcome.difference),
        "annual_before_likely": amount(outcome.likely_before),
        "annual_difference_likely": amount(outcome.likely_difference),
        "annual_today": amount(outcome.today),
        "annual_instead_of_today": amount(outcome.instead_of_today),
        "not_compared": None if outcome.difference is None else outcome.not_compared,
        "shifts": [
            {
                "by": shift.by,
                "name": shift.name,
                "customers": shift.customers,
                "before": amount(shift.before),
                "after": amount(shift.after),
                "percent": None if shift.share is None else signed_rate(shift.share),
                "pay_more": shift.more,
                "pay_less": shift.less,
            }
            for shift in outcome.shifts
        ],
        "top_differences": [
            {
                "account": each.account,
                "customer": each.customer,
                "before": amount(each.before),
                "after": amount(each.after),
            }
            for each in outcome.gaps
        ],
        "moves": [
            {
                "from": each.old,
                "to": each.new,
                "customers": each.customers,
                "before": amount(each.before),
                "after": amount(each.after),
            }
            for each in outcome.moves
        ],
    }
