"""The flags that only `batch` has, understood: what is asked of the rows, and where things go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from supportcli.advice.rules import RowDefaults, Rules
from supportcli.batch.request import (
    Ask,
    BatchRequest,
    Decimals,
    MissingMonths,
    PriceDefaults,
    SumBy,
    Targets,
    file_form,
)
from supportcli.cli.run.defaults import closed, every_row
from supportcli.cli.run.flag_reader import FlagReader
from supportcli.cli.run.understand import rules
from supportcli.cli.settings import Settings, no_name
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem, SupportCliError, UsageError, contradicts, quoted
from supportcli.inputs.catalogue.bundled import DEFAULT, find_catalogue
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.context import AmountsSaid, said_of_amounts
from supportcli.inputs.customers.meanings import ColumnBasis
from supportcli.inputs.values.discount import read_paid_discount, read_tax_rate, read_told_discount
from supportcli.inputs.values.names import names_of, no_plan, read_reading
from supportcli.inputs.values.price_terms import read_discount_on, read_tax
from supportcli.inputs.values.texts import normal
from supportcli.outputs.formats.forms import VERB_FORMS
from supportcli.system import same_place

Value = TypeVar("Value")


class RequestReader(FlagReader):
    """Reads flag by flag, noting every mistake."""

    older_flag = "--against"
    """What names the older rules."""

    def __init__(
        self, flags: Mapping[str, object], settings: Settings, catalogue: Catalogue
    ) -> None:
        super().__init__(flags, settings)
        self.catalogue = catalogue

    def order(self) -> BatchRequest:
        """All of it, as far as it can be understood."""
        path = str(self.flags["input_"])
        basis = self._basis()
        mapping, current = self.mapping(), self._current_column()
        if current is not None:
            if "current_plan" in mapping:
                self.note("--current-plan", Message("is mapped twice; keep one"))
            mapping["current_plan"] = current
        ask = self._ask(basis, current is None)
        files = [find_catalogue(name)[0] for name in dict.fromkeys(self.catalogues())]
        return BatchRequest(
            path=path,
            ask=ask,
            targets=self.targets(),
            mapping=mapping,
            current_column=current,
            basis=basis,
            encoding=self.text("encoding"),
            sheet=self.text("sheet"),
            strict=bool(self.flags["strict"]),
            files=(*files, *([] if path == "-" else [Path(path)])),
            ignored=self._ignored(mapping),
            unread=tuple(dict.fromkeys(self.several("ignore_column"))),
            made=self.settings.today,
        )

    def catalogues(self) -> tuple[str | None, ...]:
        """The names of the rules and of the older ones, where they are other files."""
        return self.settings.text("plans"), self.text("against")

    def _ignored(self, mapping: Mapping[str, str]) -> tuple[str, ...]:
        """The columns of plans and readings, where each row is to get advice all the same."""
        if not self.flags["ignore_plan_column"]:
            return ()
        if "plan" in map(normal, mapping):
            self.note("--ignore-plan-column", contradicts("--map plan"))
        return "plan", "reading"

    # What is asked of the rows

    def _ask(self, basis: ColumnBasis | None, plan_given: bool) -> Ask:
        """What holds for every row."""
        without = () if plan_given else ("current_plan",)
        same = every_row(self.settings, self.catalogue, without, self.problems)
        return Ask(
            same=same,
            paid=basis == "paid" and not same.rules.catalogue.counts_paid,
            off=self._discount(),
            decimal=self._decimal(),
            missing_months=self._missing_months(),
            unit=self._unit(same.rules.catalogue.currency),
            all_plans=bool(self.flags["all_plans"]),
            all_readings=bool(self.flags["readings"]),
            one_reading="reading" in self.settings.given,
            against=self._against(same),
            keep_duplicates=self.choice("duplicates", ("refuse", "keep")) == "keep",
            keep_totals=bool(self.flags["keep_totals"]),
            sum_by=self._sum_by(),
            limit=self._count("limit"),
            excel=bool(self.flags["excel"]),
            group_by=self.text("group_by"),
            labels=bool(self.flags["labels"]),
            threads=self._count("threads") or 1,
            price=self._price(),
        )

    def _price(self) -> PriceDefaults:
        """What was agreed on price; what goes with what is known once the columns are."""
        return PriceDefaults(
            self._given("discount", read_told_discount),
            self._given("discount_on", read_discount_on),
            self._given("tax", read_tax),
            self._given("tax_rate", read_tax_rate),
        )

    def _given(self, name: str, read: Callable[[str], Value]) -> Value | None:
        """What was said by a flag, a variable or the configuration."""
        given = self.settings.given.get(name)
        if given is None:
            return None
        try:
            return read(given.texts[0])
        except SupportCliError as error:
            self.problems += [Problem(given.origin, problem.message) for problem in error.problems]
            return None

    def _basis(self) -> ColumnBasis | None:
        """What a column of spend holds, if that was said."""
        found = self.choice("basis", ("list", "paid"))
        return "paid" if found == "paid" else "list" if found else None

    def _decimal(self) -> Decimals | None:
        found = self.choice("decimal", ("comma", "point"))
        return "comma" if found == "comma" else "point" if found else None

    def _against(self, same: RowDefaults) -> Rules | None:
        named, reading = self.text("against"), self.text("against_reading")
        supposed = bool(same.rules.catalogue.what_if)
        if supposed and reading is None:
            named = named or self.settings.text("plans") or DEFAULT
        if named is None and reading is None:
            return None
        ours, other = same.rules, same.rules.catalogue
        if named is not None:
            other = rules(load_catalogue(named), self.settings)
            other = other.with_quantities(same.quantities)
        used = other.default_reading
        if reading is None:
            known = [each.id for each in other.readings]
            used = ours.reading if ours.reading in known else used
        else:
            used = self._read("against_reading", lambda: read_reading(reading, other)) or used
        if other.currency != ours.catalogue.currency:
            message = Message("is in {currency}, the plans are not", currency=other.currency)
            self.note(self.older_flag, message)
        return Rules(other, used, closed(self.settings, other))

    def _sum_by(self) -> SumBy | None:
        """How rows become customers; the rows of an account that are added up come once."""
        found = self.choice("sum_by", ("account", "row"))
        if found == "account" and self.flags["duplicates"] is not None:
            self.note("--sum-by", contradicts("--duplicates"))
        return "account" if found == "account" else "row" if found else None

    def _unit(self, currency: str) -> AmountsSaid | None:
        """What all amounts are in, which is of the plans' currency."""
        text = self.text("unit")
        said = None if text is None else said_of_amounts(text, currency)
        if text is not None and said is None:
            message = Message(
                "{text} is no unit of money; write it like {one} or {other}",
                text=quoted(text),
                one=currency,
                other="万元" if currency == "CNY" else "thousand",
            )
            self.note("--unit", message)
        elif said is not None and said.currency not in (None, currency):
            message = Message(
                "the amount is in {given}, the plans are in {currency}; give the amount in "
                "{currency}",
                given=str(said.currency),
                currency=currency,
            )
            self.note("--unit", message)
        return said

    def _missing_months(self) -> MissingMonths | None:
        found = self.choice("missing_months", ("last", "mean"))
        return "mean" if found == "mean" else "last" if found else None

    def _discount(self) -> Fraction | None:
        text = self.text("paid_discount")
        if text is None:
            return None
        if self.flags["basis"] != "paid":
            message = Message("means nothing without {flag}; give both", flag="--basis paid")
            self.note("--paid-discount", message)
        return self._read("paid_discount", lambda: read_paid_discount(text))

    # Which columns

    def _current_column(self) -> str | None:
        """What --current-plan names, where it is no plan: the column that holds each row's own."""
        given = self.settings.given.get("current_plan")
        plans = names_of((*self.catalogue.plans, *self.catalogue.left_out))
        if given is None or no_plan(given.texts[0]) or plans.has(given.texts[0]):
            return None
        return given.texts[0]

    # Where things go

    def targets(self) -> Targets:
        """Where the results and the refused rows go."""
        out, refused = self._out(), self.file("--rejects", self.text("rejects"))
        needed = self.text("out") == "-" and not self.flags["dry_run"]
        if needed and self.text("rejects") is None:
            self.note("--rejects", Message("is needed where the results go to standard output"))
        self.check_rejects(out, refused)
        try:
            return Targets.of(out, refused, self.settings.force)
        except UsageError as error:
            self.problems += [Problem("--out", problem.message) for problem in error.problems]
            return Targets.of(None, refused)

    def check_rejects(self, out: Path | None, refused: Path | None) -> None:
        """Note a file for refused rows that cannot be one."""
        if out and refused and same_place(out, refused):
            self.note("--rejects", Message("is the file of --out too; name another"))
        elif refused:
            self._read("rejects", lambda: file_form(refused, VERB_FORMS["batch --rejects"]))

    def _out(self) -> Path | None:
        """The file for the results; None for standard output."""
        text = self.text("out")
        if text is None and not (self.flags["dry_run"] or self.flags["documents"]):
            message = Message("is missing; name the file for the results, or - for standard output")
            self.note("--out", message)
        if text is not None and not text.strip():
            self.note("--out", Message("is empty; give it a value"))
        return None if text == "-" else self.file("--out", text)

    def file(self, flag: str, text: str | None) -> Path | None:
        """The file that is named, if one is; a name that no file can have is noted."""
        wrong = no_name(text or "")
        if wrong is not None:
            self.note(flag, wrong)
        return Path(text) if text and text.strip() and wrong is None else None

    # One flag

    def _read(self, name: str, read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except SupportCliError as error:
            origin = "--" + name.replace("_", "-")
            self.problems += [Problem(origin, problem.message) for problem in error.problems]
            return None

    def _count(self, name: str) -> int | None:
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= 10**9):
            message = Message("{text} is not a whole number above 0", text=quoted(text))
            self.note(f"--{name}", message)
            return None
        return int(text)
