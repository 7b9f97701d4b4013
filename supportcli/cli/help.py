"""The help texts, drawn by ourselves: in the chosen language, with wide characters in line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer.core

from supportcli.errors import Message, translatable
from supportcli.language import PURPOSE, Language
from supportcli.outputs.console import USUAL_WIDTH
from supportcli.text_width import cell_width, wrapped

EXAMPLES = (
    ("supportcli advise", translatable("a few questions, then the advice")),
    ("supportcli advise --spend 120000 --response 10m", translatable("the same from flags")),
    ("supportcli advise --spend 120000 -o json", translatable("for scripts")),
)
HELP_FLAG = ("-h, --help", translatable("Show this help and leave."))

_INDENT, _GAP = "  ", "  "

HelpPairs = list[tuple[str, str]]


def program_help(
    tree: typer.core.TyperGroup, purposes: dict[str, str], language: Language, width: int | None
) -> str:
    """What the program is for, the commands that most people need, every command, every flag."""
    columns = width or USUAL_WIDTH
    lines = [
        *wrapped(language.translate(PURPOSE), columns),
        "",
        *_listed([(line, language.translate(text)) for line, text in EXAMPLES], columns),
        "",
        language.say(Message("Usage: {line}", line="supportcli COMMAND [FLAG]...")),
        "",
        language.say(Message("Commands")),
        *_listed([(name, language.translate(text)) for name, text in purposes.items()], columns),
        "",
        language.say(Message("Flags")),
        *_listed(_flags(tree.params, language), columns),
    ]
    return "\n".join(lines) + "\n"


def group_help(
    verb: str, purpose: str, purposes: dict[str, str], language: Language, width: int | None
) -> str:
    """What a group of commands is for, and each of them."""
    columns = width or USUAL_WIDTH
    lines = [
        language.say(Message("Usage: {line}", line=f"supportcli {verb} COMMAND [FLAG]...")),
        "",
        *wrapped(language.translate(purpose), columns),
        "",
        language.say(Message("Commands")),
        *_listed([(name, language.translate(text)) for name, text in purposes.items()], columns),
    ]
    return "\n".join(lines) + "\n"


def command_help(
    params: Sequence[object], name: str, purpose: str, language: Language, width: int | None
) -> str:
    """What the command is for and each of its flags."""
    columns = width or USUAL_WIDTH
    words = [p.metavar or "" for p in params if isinstance(p, typer.core.TyperArgument)]
    usage = " ".join(["supportcli", name, *words, "[FLAG]..."])
    lines = [
        language.say(Message("Usage: {line}", line=usage)),
        "",
        *wrapped(language.translate(purpose), columns),
        "",
        language.say(Message("Flags")),
        *_listed(_flags(params, language), columns),
    ]
    return "\n".join(lines) + "\n"


def _flags(params: Sequence[object], language: Language) -> HelpPairs:
    pairs = []
    for option in params:
        if isinstance(option, typer.core.TyperOption) and not option.hidden:
            names = ", ".join([*sorted(option.opts, key=len), *option.secondary_opts])
            names += f" {option.metavar}" if option.metavar else ""
            pairs.append((names, language.translate(option.help or "")))
    return [*pairs, (HELP_FLAG[0], language.translate(HELP_FLAG[1]))]


def _listed(pairs: HelpPairs, columns: int) -> Iterator[str]:
    """Names at the left, what they mean beside them, below them where a name is too long."""
    longest = max(cell_width(name) for name, _ in pairs)
    room = min(longest, columns * 2 // 3)
    rest = columns - len(_INDENT) - room - len(_GAP)
    for name, text in pairs:
        beside = wrapped(text, rest)
        if cell_width(name) > room:
            yield _INDENT + name
        else:
            yield f"{_INDENT}{name}{' ' * (room - cell_width(name))}{_GAP}{beside.pop(0)}".rstrip()
        yield from (f"{_INDENT}{' ' * room}{_GAP}{line}" for line in beside)
