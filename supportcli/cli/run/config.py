"""From the flags of `config` to where the configuration file is and what is set."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from supportcli.cli.run.quote import of_quotes
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import catalogue_of, understand
from supportcli.cli.settings import Settings, checked_settings, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import CatalogueError, ExitCode, Message, UsageError
from supportcli.inputs.answers.letter import read_letter
from supportcli.inputs.answers.sources import (
    HOUSE,
    OF_THE_HOUSE,
    PREFIX,
    SETTINGS,
    Given,
    config_path,
    from_config,
    from_environment,
    layered,
)
from supportcli.language import Language
from supportcli.outputs.document.configuration import Configured, SetBy, configuration

_NOT_THERE = Message("there is no such file yet")


def told_path(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Where the file is looked for, whatever is in it."""
    settings = checked_settings(flags, language, "config path")
    path = config_path(os.environ)
    there = path.is_file()
    if settings.form == "json":
        from supportcli.outputs.formats.json.configuration import path_json
        from supportcli.outputs.formats.json.values import written

        settings.deliver(written(path_json(path, there)))
    else:
        settings.deliver(f"{path}\n")
    if not there:
        settings.tell(_NOT_THERE)
    return ExitCode.DONE


def told_settings(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Every setting with its source; what is wrong with any is told at once, as usage."""
    settings = read_settings(flags, language, "config show")
    catalogue = _checked(of_quotes(settings))
    path, told = config_path(os.environ), tuple(_told(settings, catalogue))
    if settings.form == "json":
        from supportcli.outputs.formats.json.configuration import configuration_json
        from supportcli.outputs.formats.json.values import written

        settings.deliver(written(configuration_json(path, path.is_file(), told)))
        return ExitCode.DONE
    blocks = configuration(path, path.is_file(), told, settings.language)
    settings.deliver(drawn(blocks, settings))
    return ExitCode.DONE


def _checked(settings: Settings) -> Catalogue:
    """The catalogue that is set.

    Raises:
        UsageError: a value is not one that the commands take; with each of them.
        CatalogueError: there is no such catalogue, and nothing else is wrong.
    """
    problems = list(settings.problems)
    read_letter(settings.given, settings.language.code, problems)
    try:
        catalogue = catalogue_of(settings)
    except CatalogueError as error:
        if not problems:
            raise
        raise UsageError([*problems, *error.problems]) from None
    understand(settings._replace(problems=tuple(problems)), catalogue, settings.given)
    return catalogue


def _told(settings: Settings, catalogue: Catalogue) -> Iterator[Configured]:
    """What every command reads, what only quotes do, and what else the variables say."""
    defaults = {
        "plans": catalogue.id,
        "reading": catalogue.default_reading,
        "lang": settings.asked.code,
        "output": "table",
    }
    own = {name: one for name, one in settings.given.items() if name != "output"}  # of this run
    given = layered(own, from_environment(os.environ), from_config(os.environ))
    for name in SETTINGS:
        yield _configured(name, given.get(name), defaults.get(name))
    for name in OF_THE_HOUSE:
        yield _configured(f"{HOUSE}.{name}", given.get(name), None)
    for name, one in given.items():
        if name not in (*SETTINGS, *OF_THE_HOUSE) and one.origin.startswith(PREFIX):
            yield _configured(name, one, None)


def _configured(name: str, given: Given | None, default: str | None) -> Configured:
    if given is None:
        return Configured(name, () if default is None else (default,), SetBy.DEFAULT, None)
    return Configured(name, given.texts, _set_by(given.origin), given.origin)


def _set_by(where: str) -> SetBy:
    if where.startswith(PREFIX):
        return SetBy.VARIABLE
    return SetBy.FLAG if where.startswith("--") else SetBy.FILE
