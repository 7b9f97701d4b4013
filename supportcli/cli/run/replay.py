"""What was said, as the same again: a command line, or a file of answers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.cli.run.understand import Understanding, understand
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, UsageError
from supportcli.inputs.answers.accounts import account_text, read_accounts
from supportcli.inputs.answers.reader import left_open
from supportcli.inputs.answers.sources import CONTRACT, NOT_NEEDED, NOT_SAID, Layers, flag_name
from supportcli.needs.registry import IN_QUESTIONS, Needs
from supportcli.system import command_line

if TYPE_CHECKING:
    from supportcli.outputs.formats.answers_file import Replay


def keep_so_far(settings: Settings, given: Layers, catalogue: Catalogue) -> None:
    """Save the answers of who leaves, where they were to be saved."""
    name = settings.text("save_answers")
    if name is None or given == settings.given:
        return
    try:
        understood = understand(settings, catalogue, given)
    except UsageError:
        return  # what does not go together is no file of answers
    settings.save(Path(name), replay(settings, given, understood, catalogue).answers_file())
    again = command_line(["supportcli", "advise", "--answers", name, "--ask"])
    settings.tell(Message("the answers so far are kept; go on with {command}", command=again))


def _texts(given: Layers, name: str) -> tuple[str, ...]:
    return given[name].texts if name in given else ()


def replay(
    settings: Settings, given: Layers, understood: Understanding, catalogue: Catalogue
) -> Replay:
    """What was said, to be said again."""
    from supportcli.outputs.formats.answers_file import Replay

    flags = ("plans", "as_of", "reading", "confirmed_by", "fail_if_over", "lang", "output", "date")
    accounts = read_accounts(given, [])
    texts = {n: _texts(given, n) for n in ("accounts", *CONTRACT)}
    texts["account"] = tuple(map(account_text, accounts))
    named = (
        *((flag_name(name), settings.text(name)) for name in flags),
        *((flag_name(name), text) for name, each in texts.items() for text in each),
        *([("--include-doubtful", "")] if settings.include_doubtful else []),
        *([("--explain", ",".join(settings.explain))] if settings.explain else []),
    )
    return Replay(
        understood.said.general,
        _spend(given, understood),
        settings.given["quantity"].texts if "quantity" in settings.given else (),
        catalogue.currency,
        tuple((flag, value) for flag, value in named if value is not None),
        tuple(_left_open(given, understood.said.general)),
    )


def _left_open(given: Layers, needs: Needs) -> Iterator[tuple[str, str]]:
    """What was left open of the needs, and how that is said again."""
    unknown = left_open(given)
    for kind in IN_QUESTIONS:
        if kind.field in unknown and not needs.each(kind):
            yield kind.field, NOT_SAID if unknown[kind.field] else NOT_NEEDED


def _spend(given: Layers, understood: Understanding) -> tuple[Fraction, ...] | str | None:
    """The spend that was given: amounts, or the text of what is paid; None where none was."""
    if "spend" not in given:
        return None
    [account] = understood.deal.accounts
    if account.estimated:
        return given["spend"].texts[0]
    level = account.spends.level
    return account.span or (() if level is None else (level,))
