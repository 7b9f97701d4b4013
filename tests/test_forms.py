"""One list of forms: what a command takes, what its help names, and which ending tells which."""

import re
from pathlib import Path

import pytest
import typer

from supportcli.batch.request import Targets
from supportcli.cli.app import build
from supportcli.errors import UsageError
from supportcli.language import Language
from supportcli.outputs.document.model import Points
from supportcli.outputs.formats.forms import (
    FILES_ALONE,
    FORMS,
    VERB_ENDINGS,
    VERB_FORMS,
    endings_of,
    form_of,
)
from supportcli.outputs.formats.markdown import as_markdown, escaped
from tests.runner import TODAY, run_cli

ARGUMENTS = {
    "advise": ("--spend", "120000"),
    "breakeven": (),
    "quote": ("--spend", "120000"),
    "verify": ("{folder}/quote.json",),
    "formula": ("--plan", "enterprise"),
    "compare": ("--spend", "50000", "--plans", "aws"),
    "batch": ("{folder}/in.csv", "--out", "{folder}/results.csv"),
    "batch --dry-run": ("{folder}/in.csv",),
    "plans list": (),
    "plans show": ("developer", "--plans", "aws"),
    "plans check": ("aws",),
    "plans test": ("aws",),
    "plans diff": ("aws", "azure"),
    "config path": (),
    "config show": (),
}
COMMANDS = [
    ((*verb.split(), *words), VERB_FORMS[verb])
    for verb, words in ARGUMENTS.items()
    if not verb.startswith("batch")
]
BATCH = (("batch", "in.csv", "--out", "out.csv"), VERB_FORMS["batch"])
ROW_FORMS = VERB_FORMS["batch --out"]


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
    words: tuple[str, ...],
    forms: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("supportcli.outputs.browser._run", lambda *_: 0)  # none need be there
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


SENTENCES = ("plans check", "verify")  # which have no table or list in any form
SHAPES = {
    "table": r"(?s)[^#{].*( • |\S  +\S).*",
    "text": r"(?s)(?!\s*[{#|]).+",
    "md": r"(?s)##? .*\n(\| .* \|\n\| -|- ).*",
    "html": r"(?s)<!DOCTYPE html>\n<html lang=\"en\">.*<h1>.*</html>",
    "chat": r"[^\n]+(\n[^\n]+){2,7}",
    "json": r'(?s)\{.*"schema_version": 1.*',
    "csv": r"(day|account|number),.*(?s:.*)",
}


def test_every_verb_is_tried() -> None:
    with_files = {"batch --out", "batch --rejects", "batch --form"}
    assert set(ARGUMENTS) == set(VERB_FORMS) - set(VERB_ENDINGS) - with_files


@pytest.mark.parametrize("form", [form.name for form in FORMS])
@pytest.mark.parametrize("verb", ARGUMENTS)
def test_a_verb_has_a_form_or_refuses_it_with_those_that_it_has(
    verb: str, form: str, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text("account,monthly_spend\na,120000\nb,none\n")
    words = [word.format(folder=tmp_path) for word in ARGUMENTS[verb]]
    if verb == "verify":
        run_cli("quote", *ARGUMENTS["quote"], "--out", *words)
    done = run_cli(*verb.split(), *words, "-o", form, "--lang", "en")
    if form in FILES_ALONE and form in VERB_FORMS[verb]:
        assert (done.code, done.out) == (2, "")
        assert f"{form} goes into a file" in done.err
    elif form in VERB_FORMS[verb]:
        assert done.code in (0, 6), done
        assert re.fullmatch(SHAPES[form], done.out.strip()) or verb in SENTENCES, done.out
    else:
        known = ", ".join(VERB_FORMS[verb])
        assert done.code == 2
        assert f"'{form}' is not one of: {known}\n" in done.err
        assert done.out == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. Mai", "1\\. Mai"),
        ("1.5 x", "1.5 x"),
        ("# a", "\\# a"),
        ("- a", "\\- a"),
        ("a - b", "a - b"),
        ("a|b `c` *d* _e_ [f](g) ~h~", "a\\|b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) \\~h\\~"),
        ("<b> &amp; < 10 min", "\\<b> \\&amp; < 10 min"),
        ("$x$ for $5", "\\$x\\$ for $5"),
        ("see https://a.example/b_c.html.", "see `https://a.example/b_c.html`."),
        ("two\nlines", "two lines"),
        ('=HYPERLINK("http://a.b/c","d")', '\\=HYPERLINK("`http://a.b/c`","d")'),
        ("WWW.a.b|x, a_b@c.de", "`WWW.a.b`\\|x, `a_b@c.de`"),
        ("mailto:a@b.co+c@d.ee", "`mailto:a@b.co+c@d.ee`"),
        ("`http://a`，你好", "\\``http://a`\\`，你好"),
        ("http://例.中国 www.例.cn", "`http://`例.中国 `www.`例.cn"),
        ("a @ b, www, http:", "a @ b, www, http:"),
    ],
)
def test_what_comes_from_outside_is_no_markdown(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_name_of_an_account_is_shown_as_it_is_in_markdown() -> None:
    done = run_cli("advise", "--account", "a|b*<i>=20000", "-o", "md", "--date", "2026-11-28")
    assert "| a\\|b\\*\\<i> |" in done.out


def test_only_the_address_at_the_end_of_an_item_is_a_link_in_markdown() -> None:
    """There stand those of sources; names and notes stand before or elsewhere."""
    items = ("1. FAQ (vendor) https://a.b/c_d.htm", "http://a.b: x", "a.b/http://c", "https://a.b")
    assert as_markdown([Points(items)], Language()) == (
        "- 1\\. FAQ (vendor) <https://a.b/c_d.htm>\n- `http://a.b`: x\n- a.b/`http://c`\n"
        "- <https://a.b>\n"
    )
    name = '=HYPERLINK("http://evil.example","x") www.evil.example me@evil.example'
    flags = [word for flag in ("--for", "--by", "--note", "--number") for word in (flag, name)]
    page = run_cli("quote", *flags, "--account", f"{name.split()[1]}=20000", "-o", "md", *TODAY).out
    page = page.partition("<!--")[0]
    assert "<http://evil" not in page
    assert re.findall(r"(?<!`)(?:http://|www\.|me@)evil", page) == []
    advised = run_cli("advise", "--account", "www.evil.example=20000", "-o", "md", *TODAY).out
    assert "`www.evil.example`" in advised
    assert re.findall(r"(?<!`)www\.evil", advised) == []


def test_a_form_for_all_runs_gives_way_where_a_command_has_not_got_it() -> None:
    listed = run_cli("plans", "list", environment={"SUPPORTCLI_OUTPUT": "chat"})
    assert (listed.code, listed.err) == (0, "")
    assert re.fullmatch(SHAPES["table"], listed.out.strip())
    assert run_cli("plans", "list", environment={"SUPPORTCLI_OUTPUT": "parchment"}).code == 2
