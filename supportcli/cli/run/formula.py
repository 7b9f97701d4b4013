"""From the flags of `formula` to a plan's fee for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from supportcli.advice.amounts import beyond_words
from supportcli.advice.cautions import contested_fee
from supportcli.cli.run.flag_reader import FlagReader
from supportcli.cli.run.plans import found_plan, quantities_of
from supportcli.cli.run.understand import overdue
from supportcli.cli.settings import Settings, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.errors import ExitCode, Message, Problem, UsageError
from supportcli.inputs.answers.without_effect import nothing_here
from supportcli.inputs.values.names import read_reading
from supportcli.language import Language
from supportcli.outputs.document.spreadsheet import SheetFee, sheet_fee_text

APPS = ("excel", "sheets")


def for_spreadsheets(flags: Mapping[str, object], language: Language) -> ExitCode:
    """The one formula with its table; exit 2 where the price is not known."""
    settings = read_settings(flags, language, "formula")
    found = _SheetReader(flags, settings).fee()
    if settings.quiet and settings.form != "json":
        for words in found.notes:
            settings.warn(words)
    settings.deliver(_written(found, settings))
    return ExitCode.DONE


class _SheetReader(FlagReader):
    """Reads which fee is asked for, noting every mistake."""

    def fee(self) -> SheetFee:
        """The fee of the plan.

        Raises:
            UsageError: every mistake; or the plan has no price that can be told.
        """
        self.problems += self.settings.problems
        app = self.choice("app", APPS) or APPS[0]
        if self.text("plan") is None:
            self.note("--plan", Message("is missing; see supportcli plans list"))
            raise UsageError(self.problems)
        catalogue, plan = self._plan()
        reading, numbers = self._reading(catalogue), self._quantities(catalogue)
        if self.problems:
            raise UsageError(self.problems)
        given = self.settings.given
        day = self.settings.as_of if "as_of" in given else self.settings.today
        priced = plan.on(day).with_quantities(numbers)
        if priced.fees is None or priced.lacking:
            raise UsageError([Problem("--plan", _no_price(catalogue, priced))])
        self._tell_idle(priced, numbers)
        fee = priced.fees[reading]
        notes = (*contested_fee(catalogue, priced), *overdue(self.settings, catalogue))
        return SheetFee(catalogue, priced, catalogue.reading(reading), fee, day, app, notes)

    def _tell_idle(self, plan: Plan, numbers: Mapping[str, Fraction]) -> None:
        """That a quantity plays no part in the fee."""
        if numbers.keys() - {each.extra.quantity for each in plan.counted}:
            why = Message("{plan} charges nothing for it", plan=plan.name)
            self.settings.tell(nothing_here("--quantity", why))

    def _plan(self) -> tuple[Catalogue, Plan]:
        try:
            return found_plan(str(self.text("plan")), self.settings.text("plans"))
        except UsageError as error:
            self.problems += [Problem("--plan", each.message) for each in error.problems]
            raise UsageError(self.problems) from None

    def _quantities(self, catalogue: Catalogue) -> Mapping[str, Fraction]:
        try:
            return quantities_of(self.flags, catalogue)
        except UsageError as error:
            self.problems += error.problems
            return {}

    def _reading(self, catalogue: Catalogue) -> str:
        given = self.settings.given.get("reading")
        if given is None:
            return catalogue.default_reading
        try:
            return read_reading(given.texts[0], catalogue)
        except UsageError as error:
            self.problems += [Problem(given.origin, each.message) for each in error.problems]
            return catalogue.default_reading


def _no_price(catalogue: Catalogue, plan: Plan) -> Message:
    if plan.beyond:
        return Message("{plan}: {words}", plan=plan.name, words=beyond_words(catalogue, plan))
    if plan.fees is None:
        return Message("the price of {plan} is not known to us", plan=plan.name)
    return Message(
        "the price of {plan} depends on {names}; give {flags}",
        plan=plan.name,
        names=tuple(catalogue.quantity(name).name for name in plan.lacking),
        flags=tuple(f"--quantity {name}=N" for name in plan.lacking),
    )


def _written(found: SheetFee, settings: Settings) -> str:
    if settings.form == "json":
        from supportcli.outputs.formats.json.spreadsheet import sheet_fee_json
        from supportcli.outputs.formats.json.values import written

        return written(sheet_fee_json(found, settings.language))
    return sheet_fee_text(found, settings.language, settings.quiet)
