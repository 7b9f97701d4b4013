"""From the flags of `sql` to the statement."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping

from supportcli.advice.rules import MONTHLY, SPENDS, RowDefaults
from supportcli.cli.run.defaults import every_row, refuse_price
from supportcli.cli.run.flag_reader import FlagReader
from supportcli.cli.run.understand import hindsight, overdue, rules
from supportcli.cli.settings import read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import ExitCode, Message, OutputError, UsageError, quoted
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.months import series_problems
from supportcli.inputs.customers.suggestions import meant_by, no_name
from supportcli.language import Language
from supportcli.outputs.console import can_hold
from supportcli.patterns import regex
from supportcli.sql.dialects.base import Dialect
from supportcli.sql.dialects.registry import DIALECTS
from supportcli.sql.notes import statement_notes
from supportcli.sql.request import MEANINGS, Form, Wanted
from supportcli.sql.statement import Statement

_FORMS: tuple[Form, ...] = ("select", "view", "function")
_PART = regex(r'"((?:[^"]|"")+)"|([^."]+)')
_USUAL_KEY = "account"
_USUAL_NAME = "support_advice"
_MOST_DECIMALS = 6
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def statement_for(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Print the statement, or write it to a file."""
    settings = read_settings(flags, language, "sql")
    catalogue = rules(load_catalogue(settings.text("plans")), settings)
    reader = _StatementReader(flags, settings)
    dialect = reader.dialect()
    same = reader.same(catalogue)
    wanted = reader.wanted(same, dialect)
    if wanted is None or reader.problems:
        raise UsageError(reader.problems)
    statement = Statement(wanted, dialect)
    for words in (*overdue(settings, catalogue), *hindsight(settings, catalogue)):
        settings.tell(words)
    notes = [settings.language.say(note) for note in statement_notes(statement, settings.as_of)]
    text = statement.words(notes)
    if settings.out is None and not can_hold(sys.stdout, text):
        raise OutputError(Message("standard output cannot hold these letters; give --out FILE"))
    settings.deliver(text)
    return ExitCode.DONE


class _StatementReader(FlagReader):
    """Reads what only `sql` has, noting every mistake."""

    def dialect(self) -> Dialect:
        """The engine's SQL; DuckDB's where that was not said, which is noted."""
        known = tuple(DIALECTS)
        if self.text("dialect") is None:
            self.note("--dialect", Message("is missing; choose one of: {known}", known=known))
        return DIALECTS[self.choice("dialect", known) or "duckdb"]()

    def same(self, catalogue: Catalogue) -> RowDefaults | None:
        """What holds for every row; None where that cannot be understood, which is noted."""
        refuse_price(self.settings, self.problems)
        try:
            return every_row(self.settings, catalogue, (), self.problems)
        except UsageError as error:
            self.problems += error.problems
            return None

    def wanted(self, same: RowDefaults | None, dialect: Dialect) -> Wanted | None:
        """What the statement is to do; None where not all of it is known."""
        chosen = self.choice("as_", _FORMS)
        form: Form = next((one for one in _FORMS if one == chosen), "select")
        if form not in dialect.forms:
            message = Message(
                "{engine} has no such thing; choose one of: {known}",
                engine=dialect.called,
                known=dialect.forms,
            )
            self.note("--as", message)
        table = self.text("table")
        if table is None and form != "function":
            self.note("--table", Message("is missing; see --help"))
        if table is not None and form == "function":
            self.note("--table", Message("a function has no table; leave it out"))
        columns, keys = self._columns(dialect), self._keys(form)
        parts = self._parts("--table", table) if table is not None else ()
        called = self._parts("--name", self.text("name") or _USUAL_NAME)
        decimals = self._decimals(dialect)
        if same is None:
            return None
        return Wanted(
            same=same,
            columns=columns,
            keys=keys,
            table=parts,
            form=form,
            called=called,
            decimals=decimals,
        )

    def _columns(self, dialect: Dialect) -> dict[str, str]:
        """Our names to the table's columns."""
        found: dict[str, str] = {}
        for known, column in self.mapping().items():
            meaning = meant_by(known, MEANINGS)
            if meaning is None:
                self.note("", no_name(known, MEANINGS))
            elif meaning in found:
                self.note("--map", Message("{name} is mapped twice; keep one", name=meaning))
            else:
                found[meaning] = self._seen("--map", column)
        return self._spends(found, dialect) | found

    def _spends(self, found: Mapping[str, str], dialect: Dialect) -> dict[str, str]:
        """The column of spend by its usual name, where none was named."""
        for words in series_problems(found):
            self.note("--map", words)
        if found.keys().isdisjoint(SPENDS):
            return {MONTHLY: f"{MONTHLY}_minor" if dialect.whole else MONTHLY}
        return {}

    def _keys(self, form: str) -> tuple[str, ...]:
        keys = self.several("key")
        if keys and form == "function":
            self.note("--key", Message("a function has no table; leave it out"))
        return tuple(self._seen("--key", key) for key in keys) or (_USUAL_KEY,)

    def _parts(self, flag: str, text: str) -> tuple[str, ...]:
        """A name and what it stands in, parted by dots but within double quotes."""
        parts, at = [], 0
        while True:
            part = _PART.match(text, at)
            if part is None:
                break
            parts.append(part[1].replace('""', '"') if part[1] else part[2].strip())
            at = part.end() + 1
            if part.end() == len(text) or text[part.end()] != ".":
                break
        if not all(parts) or not parts or at <= len(text) or text.endswith("."):
            message = Message(
                '{text} is not a name; write it like sales.customers or "two words"',
                text=quoted(text),
            )
            self.note(flag, message)
        return tuple(self._seen(flag, one) for one in parts)

    def _seen(self, flag: str, name: str) -> str:
        """A name, if every character of it can be seen."""
        if any(unicodedata.category(character) in _UNSEEN for character in name):
            message = Message(
                "{name} holds a character that cannot be seen; rename it", name=quoted(name)
            )
            self.note(flag, message)
        return name

    def _decimals(self, dialect: Dialect) -> int:
        text = self.text("decimals")
        if text is None:
            return 2
        if dialect.whole:
            message = Message(
                "{engine} has whole numbers only; leave it out", engine=dialect.called
            )
            self.note("--decimals", message)
        if not (text.isascii() and text.isdigit() and int(text) <= _MOST_DECIMALS):
            message = Message("{text} is not a number from 0 to 6", text=quoted(text))
            self.note("--decimals", message)
            return 2
        return int(text)
