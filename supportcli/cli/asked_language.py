"""In which language a run speaks; known before the app is built, so that its help speaks it too."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.errors import Message, SupportCliError, UsageError, quoted
from supportcli.language import LANGUAGES, Language, load_language, preferred_language

if TYPE_CHECKING:
    from supportcli.inputs.answers.sources import Layers


def asked_language(arguments: Sequence[str]) -> Language:
    """The language by flag, answers file, variable, configuration file or locale.

    Raises:
        UsageError: there is no such language.
    """
    rest, code = without_lang(arguments)
    code = code or _saved(rest) or os.environ.get("SUPPORTCLI_LANG") or _configured()
    code = code or preferred_language(os.environ)
    if code not in LANGUAGES:
        raise UsageError(
            Message(
                "there is no language {text}; there are: {known}",
                text=quoted(code),
                known=LANGUAGES,
            )
        )
    return load_language(code)


def without_lang(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """The arguments that are not about the language, and the language asked for last."""
    rest, code = [], None
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            code = next(words, None)
        elif word.startswith("--lang="):
            code = word.partition("=")[2]
        else:
            rest.append(word)
    return rest, code


def _saved(arguments: Sequence[str]) -> str | None:
    """The language of an answers file."""
    places = [at for at, word in enumerate(arguments[:-1]) if word == "--answers"]
    paths = [arguments[at + 1] for at in places]
    paths += [word.partition("=")[2] for word in arguments if word.startswith("--answers=")]
    if not paths:
        return None
    from supportcli.inputs.answers.sources import from_file

    return _language_in(lambda: from_file(Path(paths[-1])))


def _configured() -> str | None:
    """The language of the configuration file."""
    from supportcli.inputs.answers.sources import from_config

    return _language_in(lambda: from_config(os.environ))


def _language_in(read: Callable[[], Layers]) -> str | None:
    """The language that a file names; what is wrong in that file is told later."""
    try:
        given = read().get("lang")
    except SupportCliError:
        return None
    return given.texts[0] if given else None
