"""The command line: builds the app in one language and turns mistakes into words and exit codes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Annotated

import typer
import typer.core
import typer.main

from supportcli import __version__, interruption
from supportcli.cli.asked_language import asked_language, without_lang
from supportcli.cli.flags import common as options
from supportcli.cli.misses import given_twice, meant, meant_as_spend
from supportcli.cli.topics import with_topic
from supportcli.errors import (
    ExitCode,
    Message,
    Problem,
    SupportCliError,
    UsageError,
    quoted,
    translatable,
)
from supportcli.language import Language
from supportcli.outputs.console import (
    PipeClosedError,
    in_english,
    spoken_on,
    surface_of,
    write_out,
    write_words,
)

# Each verb is a module with a function of its name, or with COMMANDS of its own; only the one that
# is called is loaded.
VERBS = tuple("advise quote verify formula compare breakeven batch sql plans config".split())

Version = Annotated[
    bool, typer.Option("--version", help=translatable("Show the version and leave; with -v more."))
]
_NO_VENDORS = Message(
    "Not affiliated with or endorsed by any vendor; the names of plans are their owners'. Prices "
    "are copies of published ones: the vendor's bill prevails."
)


def run(arguments: Sequence[str]) -> int:
    """Run the program and give its exit code; a user's mistake becomes words, never a traceback."""
    language = Language()
    try:
        language = asked_language(arguments)
        _tell_the_handler(language)
        return _called(arguments, language)
    except SupportCliError as error:
        return _refused(error, language)
    except KeyboardInterrupt:
        code = ExitCode(interruption.code() or ExitCode.INTERRUPTED)
        words = _CANCELLED_LATER if interruption.has_written() else _CANCELLED
        return _failed(words, language, code)
    except PipeClosedError:
        return ExitCode.FAILED
    except Exception as error:
        if "--debug" in arguments:
            raise
        message = Message(
            "internal error ({kind}); please report it, with what --debug prints",
            kind=type(error).__name__,
        )
        return _failed(message, language, ExitCode.FAILED)


_CANCELLED = Message("cancelled, nothing was written")
_CANCELLED_LATER = Message("cancelled")


def _tell_the_handler(language: Language) -> None:
    """The words for a signal, ready to be written: it may come at any moment."""
    said = spoken_on(sys.stderr, language)
    interruption.say(said.say(_CANCELLED), said.say(_CANCELLED_LATER))


def _refused(error: SupportCliError, language: Language) -> ExitCode:
    """Every problem on a line of its own, below the heading where there is one."""
    said = spoken_on(sys.stderr, language).without_cents()
    lines = [said.problem(problem) for problem in error.problems]
    if error.heading is None:
        for line in lines:
            write_words(f"supportcli: {line}")
    else:
        words = "\n  ".join([said.say(error.heading), *lines])
        write_words(f"supportcli: {words}")
    return error.exit_code


def _failed(message: Message, language: Language, code: ExitCode) -> ExitCode:
    write_words(f"supportcli: {spoken_on(sys.stderr, language).say(message)}")
    return code


def _called(arguments: Sequence[str], language: Language) -> int:
    words, code = without_lang(arguments)
    words = with_topic(words)
    if sum(word.partition("=")[0] == "--lang" for word in arguments) > 1:
        raise UsageError([Problem("--lang", Message("is given twice; keep one"))])
    if words in ([], ["plans"]) or {"-h", "--help"} & set(words):
        return _help(words, language)
    if "--version" in words and {*words} <= {"--version", "-v", "--verbose"}:
        more = [] if words == ["--version"] else [spoken_on(sys.stdout, language).say(_NO_VENDORS)]
        write_out("".join(f"{line}\n" for line in (f"supportcli {__version__}", *more)))
        return ExitCode.DONE
    app = build([words[0]] if words[0] in VERBS else VERBS)
    asked = [*words, "--lang", code] if code else words  # every command takes it, at its end
    if problems := given_twice(_command(app, words), words):
        raise UsageError(problems)
    try:
        ended = app.main(asked, prog_name="supportcli", standalone_mode=False, obj=language)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        return _failed(_usage_words(error), language, ExitCode.USAGE)
    if ended == ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    return ended if isinstance(ended, int) else ExitCode.DONE


def _command(
    tree: typer.core.TyperGroup, words: Sequence[str]
) -> typer.core.TyperCommand | typer.core.TyperGroup:
    """The command that the first words name, as far as they name one."""
    found: typer.core.TyperCommand | typer.core.TyperGroup = tree
    for word in words:
        if not isinstance(found, typer.core.TyperGroup) or word not in found.commands:
            break
        inner = found.commands[word]
        if not isinstance(inner, typer.core.TyperCommand | typer.core.TyperGroup):
            break
        found = inner
    return found


def build(verbs: Sequence[str]) -> typer.core.TyperGroup:
    """The command tree with those verbs; only their modules are loaded."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback()(_top)
    for verb in verbs:
        module = _module(verb)
        if not hasattr(module, "COMMANDS"):
            app.command()(getattr(module, verb))
            continue
        group = typer.Typer(rich_markup_mode=None)
        for name, (command, _) in module.COMMANDS.items():
            group.command(name)(command)
        app.add_typer(group, name=verb)
    tree = typer.main.get_command(app)
    if not isinstance(tree, typer.core.TyperGroup):
        raise TypeError("an app with a callback is a group")
    return tree


def _module(verb: str) -> ModuleType:
    return import_module(f"supportcli.cli.commands.{verb}")


def _help(arguments: Sequence[str], language: Language) -> ExitCode:
    """Print the help of the verb that is named, else that of the program."""
    from supportcli.cli.help import command_help, group_help, program_help

    asked, language = language, spoken_on(sys.stdout, language)
    if language.code != asked.code:
        write_words(f"supportcli: {spoken_on(sys.stderr, asked).say(in_english())}")
    width = surface_of(sys.stdout, os.environ, None, no_color=True).width
    verb = next((word for word in arguments if word in VERBS), None)
    tree = build([verb] if verb else VERBS)
    if verb is None:
        purposes = {name: _module(name).HELP for name in VERBS}
        write_out(program_help(tree, purposes, language, width))
        return ExitCode.DONE
    module, command = _module(verb), tree.commands[verb]
    if not isinstance(command, typer.core.TyperGroup):
        write_out(command_help(command.params, verb, module.HELP, language, width))
        return ExitCode.DONE
    named = next((word for word in arguments if word in command.commands), None)
    if named is None:
        purposes = {f"{verb} {one}": text for one, (_, text) in module.COMMANDS.items()}
        write_out(group_help(verb, module.HELP, purposes, language, width))
    else:
        purpose = module.COMMANDS[named][1]
        write_out(
            command_help(
                command.commands[named].params, f"{verb} {named}", purpose, language, width
            )
        )
    return ExitCode.DONE


def _top(version: Version = False, lang: options.Lang = None) -> None:
    """The flags that stand before a verb; both are acted on before the tree is built."""


def _usage_words(error: typer.TyperException) -> Message:
    """The library's usage errors in our own words; it tells them apart by class and attribute."""
    option = getattr(error, "option_name", None)
    if option is None:
        return _word_of_no_flag(error)
    if type(error).__name__ == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        elsewhere = _with_flag(option)
        if elsewhere:
            return Message(
                "there is no flag {flag} here; it belongs to: {commands}",
                flag=option,
                commands=elsewhere,
            )
        if near:
            return Message(
                "there is no flag {flag}; did you mean {near}?", flag=option, near=near[0]
            )
        return Message("there is no flag {flag}; see --help", flag=option)
    if "not take" in error.message:
        return Message("{flag} takes no value; give it alone", flag=option)
    return Message("{flag} needs a value", flag=option)


def _with_flag(flag: str) -> tuple[str, ...]:
    """The verbs that have a flag, and not only to refuse it."""
    return tuple(
        verb
        for verb, command in build(VERBS).commands.items()
        for param in command.params
        if flag in param.opts and not getattr(param, "hidden", False)
    )


def _missing(error: typer.TyperException) -> str | None:
    """What stands for an argument that was left out."""
    param = getattr(error, "param", None) if type(error).__name__ == "MissingParameter" else None
    return param.metavar if isinstance(param, typer.core.TyperArgument) else None


def _commands_of(error: typer.TyperException) -> tuple[str, ...]:
    """The commands where the word stood that is none."""
    context = getattr(error, "ctx", None)
    group = context.command if context else None
    return tuple(group.commands) if isinstance(group, typer.core.TyperGroup) else VERBS


def _word_of_no_flag(error: typer.TyperException) -> Message:
    """A word that is no flag, where a command or nothing more was expected, or none at all."""
    missing = _missing(error)
    if missing:
        return Message("{name} is missing; see --help", name=missing)
    word = re.search(r"'(.*?)'|\((?!s\))(.*)\)", error.message)
    if word is None:
        return Message("{text}; see --help", text=error.message.rstrip("."))
    text = word[1] or word[2]
    if error.message.startswith("No such command"):
        known = _commands_of(error)
        return meant(text, known) or Message(
            "there is no command {word}; the commands are: {known}",
            word=quoted(text),
            known=known,
        )
    context = getattr(error, "ctx", None)
    return meant_as_spend(text, getattr(context, "command", None)) or Message(
        "{word} is not expected here; see --help", word=quoted(text)
    )
