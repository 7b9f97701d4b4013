"""What the help says is so: the flags and commands that it names, choices, defaults, forms."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from supportcli.cli.app import VERBS, build
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES
from tests.runner import TODAY, Done, run_cli
from tests.test_languages import messages

FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
TABLE = "account,spend\na,5000\nb,300000\n"


def commands() -> dict[str, Any]:
    """Every command by the words that call it."""
    found = {}
    for verb, command in build(VERBS).commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            found[verb] = command
        else:
            found |= {f"{verb} {name}": one for name, one in inner.items()}
    return found


COMMANDS = commands()
GROUPS = [verb for verb in VERBS if verb not in COMMANDS]
OPTIONS = [
    (name, option)
    for name, command in COMMANDS.items()
    for option in command.params
    if getattr(option, "help", None) is not None
]


def flags_of(name: str) -> set[str]:
    known = [n for option in COMMANDS[name].params for n in (*option.opts, *option.secondary_opts)]
    return {"--help", *known}


def named_wrongly(text: str, known: set[str]) -> Iterator[str]:
    """The flags and commands in a text that are not there.

    A flag belongs to the command line in which it stands, elsewhere to the command of the text.
    """
    for line in text.splitlines():
        said, *lines = re.split(r"(?:^|(?<=[ （(`]))supportcli ", line)
        yield from (flag for flag in FLAG.findall(said) if flag not in known)
        for each in lines:
            words = re.split(r"  |[`。，；]", each)[0]
            placeholders = ("COMMAND", *(f"{group} COMMAND" for group in GROUPS))
            called = [c for c in (*COMMANDS, *placeholders) if re.match(rf"{c}\b", words)]
            if not called and words not in GROUPS:
                yield f"supportcli {words}"
                continue
            of_it = flags_of(called[0]) if set(called) & set(COMMANDS) else known
            yield from (flag for flag in FLAG.findall(words) if flag not in of_it)


def help_of(words: str, code: str) -> str:
    done = run_cli(*words.split(), "--help", "--lang", code, environment={"COLUMNS": "400"})
    assert done.code == ExitCode.DONE
    return done.out


def test_what_is_not_there_is_found() -> None:
    text = "see --explain\n  supportcli advise --paid 3  and\n  supportcli batch --paid 3\n"
    text += "(supportcli plans lost)\n（见 supportcli plans show。）"
    assert list(named_wrongly(text, {"--spend"})) == [
        "--explain",
        "--paid",
        "supportcli plans lost)",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_flag_and_command_that_a_help_names_exists_there(name: str, code: str) -> None:
    assert list(named_wrongly(help_of(name, code), flags_of(name))) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_flag_that_is_only_refused_stands_in_no_help(name: str) -> None:
    shown = FLAG.findall(help_of(name, "en"))
    hidden = [option for option in COMMANDS[name].params if getattr(option, "hidden", False)]
    assert not {flag for option in hidden for flag in option.opts} & set(shown)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("words", ["", *GROUPS])
def test_the_helps_of_program_and_groups_name_what_exists(words: str, code: str) -> None:
    anywhere = set().union(*map(flags_of, COMMANDS)) | {"--version"}
    assert list(named_wrongly(help_of(words, code), anywhere)) == []


def test_every_flag_and_command_that_a_message_names_exists_somewhere() -> None:
    anywhere = set().union(*map(flags_of, COMMANDS))
    for text in messages():
        assert list(named_wrongly(text.replace("supportcli {", "{"), anywhere)) == [], text


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(TABLE, encoding="utf-8")
    Path("quote.json").write_text(quote(), encoding="utf-8")


@cache
def quote() -> str:
    return run_cli("quote", "--spend", "120000", *TODAY, "-o", "json").out


BASE = {
    "advise": "--spend 120000 --tam",
    "breakeven": "--response 10m",
    "quote": "--spend 120000 --response 10m --tam --number Q-1",
    "verify": "quote.json",
    "formula": "--plan aws-developer",
    "compare": "--spend 50000 --plans aws",
    "batch": "in.csv --out - --rejects r.csv",
    "sql": "--dialect duckdb --table t",
    "plans list": "",
    "plans show": "premier",
    "plans check": "aws",
    "plans test": "aws",
    "plans diff": "alibaba-cloud-cn alibaba-cloud-cn --impact in.csv",
    "plans export": "aws",
    "plans schema": "",
    "config path": "",
    "config show": "",
}
MEANS_NOTHING_ALONE = {
    "--discount-on": "--discount 7折",
    "--tax": "--tax-rate 6%",
}


def ran(name: str, *more: str) -> Done:
    return run_cli(*name.split(), *shlex.split(BASE[name]), *more, *today_for(name, more))


def today_for(name: str, more: Sequence[str]) -> tuple[str, ...]:
    """The day to take for today, where the command has one and it is not given."""
    return TODAY if "--date" in flags_of(name) and "--date" not in more else ()


def listed(option: Any) -> list[str]:
    """The values that a flag's help lists: a|b before the text, or a, b or c in it."""
    if re.fullmatch(r"[a-z0-9-]+(\|[a-z0-9-]+)+", option.metavar or ""):
        return str(option.metavar).split("|")
    if option.metavar in ("FORM", "ENGINE"):
        words = option.help.split(": ")[1].split(" (")[0].rstrip(".")
        return re.split(r", | or ", words)
    return []


CHOICES = [(name, option) for name, option in OPTIONS if listed(option)]


@pytest.mark.parametrize(
    ("name", "option"), CHOICES, ids=[f"{name} {option.opts[0]}" for name, option in CHOICES]
)
def test_the_choices_are_those_that_the_help_lists(name: str, option: Any) -> None:
    flag = max(option.opts, key=len)
    more = shlex.split(MEANS_NOTHING_ALONE.get(flag, ""))
    base = shlex.split(BASE[name])
    if flag in base:  # given once, and not again
        at = base.index(flag)
        base[at : at + 2] = []
    done = run_cli(*name.split(), *base, *more, flag, "nonsense", *today_for(name, more))
    assert done.code == ExitCode.USAGE
    [line] = [line for line in done.err.splitlines() if "nonsense" in line]
    assert line.rpartition(": ")[2].split(", ") == listed(option)


# What the help says is taken where a flag is not given: a value that must make no difference and
# one that must; where the flag needs others to mean anything, these.
DEFAULTS = {
    ("advise", "--months"): ("12", "13", ""),
    ("advise", "--start"): ("2026-12", "2027-01", ""),
    ("advise", "--as-of"): ("2026-12-01", "2020-01-01", "--start 2026-12 --plans aws"),
    ("advise", "--accounts"): ("1", "2", ""),
    ("advise", "--discount-on"): ("all", "postpaid", "--discount 7折"),
    ("advise", "--spreading"): (
        "by-month",
        "by-day",
        '--order "120000 from 2026-12-10 for 3 months"',
    ),
    ("advise", "--proration"): ("spend", "fee", "--start 2026-12-15"),
    ("quote", "--months"): ("12", "13", ""),
    ("quote", "--start"): ("2026-12", "2027-01", ""),
    ("quote", "--as-of"): ("2026-12-01", "2026-01-01", "--start 2026-12"),
    ("quote", "--accounts"): ("1", "2", ""),
    ("quote", "--discount-on"): ("all", "postpaid", "--discount 7折"),
    ("quote", "--spreading"): (
        "by-month",
        "by-day",
        '--order "120000 from 2026-12-10 for 3 months"',
    ),
    ("breakeven", "--months"): ("12", "1", "--start 2026-12 --plans aws"),
    ("breakeven", "--start"): ("2026-12", "2025-06", "--plans aws"),
    ("breakeven", "--as-of"): ("2026-12-01", "2020-01-01", "--start 2026-12 --plans aws"),
    ("breakeven", "--accounts"): ("1", "2", "--spend 9"),
    ("breakeven", "--discount-on"): ("all", "postpaid", "--discount 7折"),
    ("formula", "--app"): ("excel", "sheets", ""),
    ("formula", "--as-of"): ("2026-11-23", "2022-01-01", ""),
    ("compare", "--currency"): ("USD", "CNY", ""),
    ("compare", "--as-of"): ("2026-12-01", "2020-01-01", ""),
    ("batch", "--months"): ("12", "1", "--start 2026-12 --plans aws"),
    ("batch", "--start"): ("2026-12", "2025-06", "--plans aws --response 1h"),
    ("batch", "--as-of"): ("2026-12-01", "2020-01-01", "--start 2026-12 --plans aws"),
    ("batch", "--accounts"): ("1", "2", ""),
    ("batch", "--discount-on"): ("all", "postpaid", "--discount 7折"),
    ("batch", "--duplicates"): ("refuse", "keep", ""),
    ("batch", "--threads"): ("1", "", ""),
    ("sql", "--months"): ("12", "13", ""),
    ("sql", "--start"): ("2026-12", "2027-01", ""),
    ("sql", "--as-of"): ("2026-12-01", "2020-01-01", "--start 2026-12 --plans aws"),
    ("sql", "--accounts"): ("1", "2", ""),
    ("sql", "--key"): ("account", "id", ""),
    ("sql", "--as"): ("select", "view", ""),
    ("sql", "--name"): ("support_advice", "other", "--as view"),
    ("sql", "--decimals"): ("2", "3", ""),
    ("plans diff", "--months"): ("12", "1", "--start 2026-12"),
    ("plans diff", "--start"): ("2026-12", "2025-06", ""),
    ("plans diff", "--accounts"): ("1", "2", "--response 10m"),
    ("plans diff", "--discount-on"): ("all", "postpaid", "--discount 7折 --response 10m"),
    ("plans diff", "--duplicates"): ("refuse", "keep", ""),
    ("plans diff", "--threads"): ("1", "", ""),
    ("plans schema", "--kind"): ("catalogue", "output", ""),
}
# Defaults that are no value of the flag.
OTHERWISE = {
    "--width": "the terminal's",
    "--encoding": "found out",
    "--rejects": "beside OUT",
    "--number": "made of the day and of the content",
    "quote --proration": "in the words of its source, which a rule of one's own has not",
    "verify --plans": "the shipped one of its name",
    "plans --as-of": "of all days",
    "compare --plans": "all the shipped ones",
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "flag"), DEFAULTS)
def test_a_default_is_what_the_help_says(name: str, flag: str) -> None:
    value, other, more = DEFAULTS[name, flag]
    if flag == "--duplicates":
        Path("in.csv").write_text(TABLE + "a,7\n", encoding="utf-8")
    given = shlex.split(more)
    usual = ran(name, *given)
    Path("r.csv").unlink(missing_ok=True)
    assert usual.code in (ExitCode.DONE, ExitCode.ROWS_REFUSED), usual.err
    assert ran(name, *given, flag, value) == usual
    Path("r.csv").unlink(missing_ok=True)
    if other:
        assert ran(name, *given, flag, other) != usual


def test_every_default_that_the_help_tells_is_tried() -> None:
    told = {
        (name, max(option.opts, key=len))
        for name, option in OPTIONS
        if re.search(r"\((?:default|[a-z0-9_]+[);])", option.help)
    }
    otherwise = {
        (name, flag)
        for name, flag in told
        if flag in OTHERWISE or f"{name.split()[0]} {flag}" in OTHERWISE
    }
    assert told - otherwise == set(DEFAULTS)


def test_the_default_start_is_the_month_after_the_day_that_is_looked_at() -> None:
    base = ("--as-of", "2027-03-05")
    assert ran("advise", *base) == ran("advise", *base, "--start", "2027-04")
    assert "2027-04" in ran("advise", *base, "-o", "text").out


ENDINGS = [
    (name, ending)
    for name, option in OPTIONS
    if option.opts == ["--out"]
    for ending in re.findall(r"\.[a-z]+", option.help)
    if (name, ending) not in (("quote", ".pdf"), ("quote", ".xlsx"))  # no standard output has them
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ending"), ENDINGS)
def test_an_ending_of_out_tells_the_form(name: str, ending: str) -> None:
    target = Path(f"new{ending}")
    if name == "batch":
        done = run_cli("batch", "in.csv", "--out", str(target), *TODAY)
        starts = {".csv": b"account,", ".parquet": b"PAR1", ".xlsx": b"PK", ".ndjson": b'{"'}
        assert (done.code, target.read_bytes().startswith(starts[ending])) == (0, True)
        return
    forms = {".json": "json", ".md": "md", ".html": "html", ".txt": "text", ".csv": "csv"}
    chosen = () if name == "plans export" else ("-o", forms[ending])  # which has one form alone
    shown = ran(name, *chosen).out
    ran(name, "--out", str(target))
    assert target.read_text(encoding="utf-8") == shown


def test_the_schema_has_one_form() -> None:
    ran("plans schema", "--out", "new.txt")
    assert Path("new.txt").read_text(encoding="utf-8") == ran("plans schema").out


def test_the_readings_are_those_that_the_help_names() -> None:
    [said] = {option.help for _, option in OPTIONS if option.opts == ["--reading"]}
    readings = [reading.id for reading in load_catalogue().readings]
    assert said.endswith(f"has {', '.join(readings)}.")


def test_sqlite_alone_has_no_functions() -> None:
    for engine in ("duckdb", "postgres", "spark", "sqlite"):
        done = run_cli("sql", "--dialect", engine, "--as", "function", *TODAY)
        assert done.code == (ExitCode.USAGE if engine == "sqlite" else ExitCode.DONE)


def test_a_batch_and_a_statement_begin_with_a_month_and_an_advice_with_a_day() -> None:
    for name in ("batch", "sql"):
        assert "begins within a month" in ran(name, "--start", "2026-12-15").err
    for name in ("advise", "breakeven"):
        assert ran(name, "--start", "2026-12-15").code == ExitCode.DONE


def test_nothing_is_asked_where_a_spend_is_given() -> None:
    for words in ("--spend 5", "--paid 5 --paid-discount 7折", "--account a=5"):
        assert run_cli("advise", *shlex.split(words), *TODAY).code == ExitCode.DONE
    for words in ("", "--spend 5 --ask"):
        assert run_cli("advise", *words.split(), *TODAY).code == ExitCode.ANSWER_MISSING
