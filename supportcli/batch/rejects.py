"""The refused rows of a batch: gathered in the order of their lines, each with its reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from pathlib import Path
from typing import NoReturn

from supportcli.advice.refusals import REFUSALS
from supportcli.batch.engine import Batch
from supportcli.batch.parquet import why_unreadable
from supportcli.batch.request import BatchRequest, StrictError
from supportcli.batch.values import why_refused
from supportcli.errors import Message, Problem, quoted
from supportcli.inputs.customers.totals import says_part
from supportcli.inputs.tables.open import Prepared, Reject, read_rejects
from supportcli.inputs.tables.rows import PART_OF, SUMS_UP
from supportcli.language import Language
from supportcli.outputs.formats.spreadsheet import guarded
from supportcli.record import replace
from supportcli.safe import safe

SHEET_TITLE = Message("Sheet")
REJECT_TITLES: Mapping[str, Message] = {
    "line": Message("Row"),
    "column": Message("Column"),
    "code": Message("Reason"),
    "text": Message("What stands there"),
    "message": Message("What to do"),
}
"""The columns of refused rows, as people call them."""
CALLED_TITLES: Mapping[str, Message] = {
    "account": Message("Account"),
    "customer": Message("Customer"),
}
"""Those that tell whose row it is."""
_SHEET = "sheet"
_LONGEST_TEXT = 200


def structural(prepared: Prepared) -> Iterator[Reject]:
    """The rows that could not be read as rows at all."""
    return read_rejects(prepared.rejects) if prepared.rejects else iter(())


def rejects_of(batch: Batch, prepared: Prepared) -> Iterator[Reject]:
    """The rows with a cell that cannot be understood, or that contradict others."""
    columns = batch.source.columns
    for line, place, code, text, lines, factor, account, customer, months in batch.rejects():
        column = columns[place] if factor is None else replace(columns[place], factor=factor)
        if code == "account_twice":
            others = tuple(place_of(each, prepared) for each in lines or () if each != line)
            message = _twice(others, months)
        elif code == "rows_differ":
            others = tuple(place_of(each, prepared) for each in lines or ())
            message = Message(
                "differs between the customer's rows, lines {lines}; write the same in each",
                lines=others,
            )
        elif code == "account_missing":
            message = Message("no customer is named here or above; write the name")
        elif code == "total_row":
            message = PART_OF if says_part(text) else SUMS_UP
        else:
            message = why_unreadable(code, text) or why_refused(batch.ask, columns, column, text)
        shown, called = text[:_LONGEST_TEXT], (account[:_LONGEST_TEXT], customer[:_LONGEST_TEXT])
        yield Reject(line, column.name, code, shown, message, called)


def _twice(lines: Sequence[str], months: bool) -> Message:
    """Of an account that is on other lines too, where its rows are `months` or may be customers."""
    if months:
        return Message(
            "is also on line {lines}; keep the row of one month, or give each month a column, "
            "spend_01 to spend_12",
            lines=tuple(lines),
        )
    return Message(
        "is also on line {lines}; keep one of them, or give --duplicates keep", lines=tuple(lines)
    )


def names_customers(batch: Batch) -> bool:
    """Whether a refused row is told with its account and, from another column, its name."""
    return any(column.names for column in batch.source.columns)


def refused_rows(batch: Batch, prepared: Prepared) -> Iterator[Reject]:
    """Every row that is refused, in the order of the lines."""
    return merge(structural(prepared), rejects_of(batch, prepared), key=lambda reject: reject.line)


def place_of(line: int, prepared: Prepared) -> str:
    """A line as its user knows it: its number, behind the sheet's name where there are several."""
    sheet, number = prepared.place(line)
    return f"{sheet}:{number}" if sheet else str(number)


def told(reject: Reject, prepared: Prepared) -> Message:
    """A refused row in one sentence."""
    return Message(
        "line {line}, {column}: {words}",
        line=place_of(reject.line, prepared),
        column=quoted(reject.column),
        words=reject.message,
    )


def write_rejects(
    path: Path, batch: Batch, prepared: Prepared, request: BatchRequest, language: Language
) -> int:
    """Every refused row in the order of the lines, with what to write instead; how many.

    With labels the titles and the reasons are words of the language. Where customers have a name
    beside their account, both are told. Who opens the results in a spreadsheet opens these there.

    Raises:
        StrictError: there is one, and none was to be.
    """
    count = 0
    excel = request.for_spreadsheet
    with path.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        # Every text in quotes: left to itself the writer leaves a lone carriage return bare.
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        called = CALLED_TITLES if names_customers(batch) else {}
        writer.writerow(_header(prepared, called, language if request.ask.labels else None))
        for each in refused_rows(batch, prepared):
            if request.strict:
                _stop(f"{safe(request.path)}:{safe(place_of(each.line, prepared))}", each)
            sheet, line = prepared.place(each.line)
            code = language.say(REFUSALS[each.code]) if request.ask.labels else each.code
            texts = [each.column, code, each.text, language.say(each.message)]
            texts += [sheet] if prepared.sheets else []
            texts += each.customer if called else ()
            writer.writerow((line, *(map(guarded, texts) if excel else texts)))
            count += 1
    return count


def _header(
    prepared: Prepared, called: Mapping[str, Message], language: Language | None
) -> list[str]:
    """The ids of the columns, or their titles in a language."""
    titles = {**REJECT_TITLES, **({_SHEET: SHEET_TITLE} if prepared.sheets else {}), **called}
    return [language.say(title) if language else name for name, title in titles.items()]


def _stop(where: str, reject: Reject) -> NoReturn:
    place = f"{where}: {safe(reject.column)}" if reject.column else where
    heading = Message("a row is refused, nothing was written:")
    raise StrictError([Problem(place, reject.message)], heading)
