"""From the flags of `breakeven` to its answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from supportcli.advice.recommendation import Advice
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import (
    advice_for,
    catalogue_of,
    hindsight,
    noted,
    overdue,
    topics_of,
    understand,
    unexplained,
)
from supportcli.cli.settings import read_settings
from supportcli.errors import ExitCode, Message
from supportcli.inputs.answers.modes import Mode
from supportcli.inputs.answers.sources import Layers, flag_name
from supportcli.inputs.answers.without_effect import nothing_here
from supportcli.language import Language
from supportcli.outputs.document.topic_names import OF_BREAKEVEN
from supportcli.outputs.formats.forms import PAGES


def turning(flags: Mapping[str, object], language: Language) -> ExitCode:
    """The ranges of spend for the needs; exit 4 where no plan with a known price meets them."""
    settings = read_settings(flags, language, "breakeven")
    catalogue = catalogue_of(settings)
    # Variables may say more than this verb is asked; what has no flag here plays no part.
    given = {name: one for name, one in settings.given.items() if name in flags}
    for name in ("tax", "tax_rate"):
        if name in given and given[name].origin != flag_name(name):
            del given[name]
    understood = understand(settings, catalogue, given, Mode.BREAKEVEN)
    topics = topics_of(settings, OF_BREAKEVEN)
    advice, said = advice_for(settings, catalogue, understood), understood.said
    warnings = overdue(settings, catalogue)
    idle = _open_to_all(advice, given, settings.as_of)
    for words in (*said.understood, *idle, *unexplained(settings), *warnings):
        settings.tell(words)
    by = settings.text("confirmed_by")
    if settings.form == "json":
        from supportcli.outputs.formats.json.breakeven import break_even_json
        from supportcli.outputs.formats.json.values import written

        told = (*said.cautions, *warnings, *hindsight(settings, advice.catalogue))
        answer = break_even_json(advice, settings.language, settings.as_of, told, by)
        settings.deliver(written(answer))
    else:
        from supportcli.outputs.document.breakeven_screen import break_even_screen
        from supportcli.outputs.document.telling import reading_notes
        from supportcli.outputs.document.view import View

        whose = reading_notes(advice, advice.reading_given, by)
        notes = (*noted(said.cautions), *hindsight(settings, advice.catalogue), *whose)
        view = View(topics, by, notes, whole=settings.form in PAGES)
        screen = break_even_screen(advice, settings.language, view)
        settings.deliver(drawn(screen, settings))
    return ExitCode.NO_PLAN if advice.fits_none else ExitCode.DONE


def _open_to_all(advice: Advice, given: Layers, day: datetime.date) -> Iterator[Message]:
    """That the plan of today is not closed to others, so that having it changes no threshold."""
    current, flag = advice.needs.current_plan, flag_name("current_plan")
    if current is None or given["current_plan"].origin != flag:
        return
    plan = advice.catalogue.plan(current)
    if not plan.validity.closed_on(day):
        yield nothing_here(flag, Message("{plan} is not closed to others", plan=plan.name))
