"""One list of forms: what a command takes, what its help names, and which ending tells which."""

import re
from pathlib import Path

import pytest
import typer

from supportcli.batch.request import Targets
from supportcli.cli.app import build
from supportcli.errors import UsageError
from supportcli.outputs.formats.forms import (
    ADVICE_FORMS,
    ANSWER_FORMS,
    FORMS,
    ROW_FORMS,
    endings_of,
    form_of,
)
from tests.runner import run_cli

COMMANDS = [
    (("advise", "--spend", "1"), ADVICE_FORMS),
    (("breakeven",), ANSWER_FORMS),
    (("plans", "list"), ANSWER_FORMS),
    (("plans", "show", "developer"), ANSWER_FORMS),
    (("plans", "check", "aws"), ANSWER_FORMS),
    (("plans", "test", "aws"), ANSWER_FORMS),
    (("plans", "diff", "aws", "aws"), ANSWER_FORMS),
]
BATCH = (("batch", "in.csv", "--out", "out.csv"), ANSWER_FORMS)


def help_of(words: tuple[str, ...], flag: str) -> str:
    """What a command's help says of a flag."""
    command = build([words[0]]).commands[words[0]]
    if isinstance(command, typer.core.TyperGroup):
        command = command.commands[words[1]]
    return next(
        option.help or ""
        for option in command.params
        if isinstance(option, typer.core.TyperOption) and flag in option.opts
    )


def named(text: str) -> set[str]:
    """The forms that a help text names."""
    return {form.name for form in FORMS} & set(re.findall(r"\w+", text.partition(":")[2]))


def test_a_name_and_an_ending_mean_one_form() -> None:
    names = [form.name for form in FORMS]
    endings = endings_of(names)
    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize(("words", "forms"), [*COMMANDS, BATCH], ids=str)
def test_a_command_takes_the_forms_that_its_help_names(
    words: tuple[str, ...], forms: tuple[str, ...]
) -> None:
    done = run_cli(*words, "-o", "parchment")
    known = ", ".join(forms)
    assert done.err == f"supportcli: --output: 'parchment' is not one of: {known}\n"
    assert named(help_of(words, "--output")) == set(forms)


@pytest.mark.parametrize(("words", "forms"), COMMANDS, ids=str)
def test_an_ending_tells_a_form_that_the_command_has_or_is_refused(
    words: tuple[str, ...], forms: tuple[str, ...], tmp_path: Path
) -> None:
    for form in FORMS:
        for ending in form.endings:
            done = run_cli(*words, "--out", str(tmp_path / f"answer{ending}"))
            refused = "--out: " in done.err
            assert refused is (form.name not in forms), (ending, done)


@pytest.mark.parametrize(("words", "forms"), COMMANDS, ids=str)
def test_the_help_of_out_names_endings_that_tell_a_form(
    words: tuple[str, ...], forms: tuple[str, ...]
) -> None:
    endings = re.findall(r"\.[a-z]+(?=[,)])", help_of(words, "--out"))
    assert endings
    assert set(endings) <= set(endings_of(forms))


def test_the_results_of_a_batch_have_the_forms_that_the_help_names() -> None:
    told = re.findall(r"\.[a-z]+(?=[,.])", help_of(BATCH[0], "--out"))
    assert sorted(map(str, map(form_of, told))) == sorted(ROW_FORMS)


def test_an_ending_tells_how_the_results_of_a_batch_are_written() -> None:
    for ending in endings_of(ROW_FORMS):
        assert Targets.of(Path(f"out{ending.upper()}"), None).form == form_of(ending)
    for ending in sorted({*endings_of(form.name for form in FORMS)} - {*endings_of(ROW_FORMS)}):
        with pytest.raises(UsageError):
            Targets.of(Path(f"out{ending}"), None)
