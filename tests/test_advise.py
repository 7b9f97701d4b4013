"""The main job at the command line: what is printed where, and how the run ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from supportcli.errors import ExitCode
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli

TEN_MINUTES = ("--spend", "120000", "--response", "10m")

SCREENS = {
    "basic": ("--spend", "120000"),
    "trial": TEN_MINUTES,
    "enterprise": (*TEN_MINUTES, "--tickets", "40"),
    "no-plan": (*TEN_MINUTES, "--tickets", "40", "--without-channel", "dingtalk-group"),
    "premier": ("--spend", "120000", "--tam"),
    "tie": ("--spend", "250000", "--response", "10m", "--reading", "floor"),
    "confirmed": (
        *("--spend", "120000", "--tam", "--reading", "floor"),
        *("--confirmed-by", "Li Lei, 2026-11-20"),
    ),
    "unknown-spend": ("--spend", "unknown", "--response", "10m"),
    "ranges": ("--spend", "unknown", "--response", "10m", "--reading", "floor"),
}


def advise(*arguments: str, **options: Any) -> Done:
    return run_cli("advise", *TODAY, *arguments, **options)


def result_of(*arguments: str) -> dict[str, Any]:
    done = advise(*arguments, "-o", "json")
    document: dict[str, Any] = json.loads(done.out)
    return document


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, width: str, golden: Golden) -> None:
    done = advise(*SCREENS[name], "--width", width)
    assert max(map(len, done.out.splitlines())) <= int(width)
    golden(f"advise-{name}.{width}.txt", done.out)


@pytest.mark.parametrize("name", ["trial", "no-plan", "ranges"])
@pytest.mark.parametrize("width", ["80", "140"])
def test_screen_with_explanations(name: str, width: str, golden: Golden) -> None:
    golden(
        f"explain-{name}.{width}.txt",
        advise(*SCREENS[name], "--explain", "all", "--width", width).out,
    )


@pytest.mark.parametrize("name", SCREENS)
def test_plain_text(name: str, golden: Golden) -> None:
    golden(f"advise-{name}.plain.txt", advise(*SCREENS[name], "-o", "text").out)


@pytest.mark.parametrize("name", SCREENS)
def test_json(name: str, golden: Golden) -> None:
    golden(f"advise-{name}.json", advise(*SCREENS[name], "-o", "json").out)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--spend", "120000"), ExitCode.DONE),
        (("--spend", "unknown"), ExitCode.DONE),
        (("--spend", "12e4"), ExitCode.USAGE),
        (("--spend", "120000", "--plans", "nowhere.yaml"), ExitCode.CATALOGUE),
        (("--spend", "120000", "--plans", "aws-of-old"), ExitCode.CATALOGUE),
        (("--spend", "120000", "--response", "1m"), ExitCode.NO_PLAN),
        ((*TEN_MINUTES, "--fail-if-over", "443999.99"), ExitCode.OVER_LIMIT),
        ((*TEN_MINUTES, "--fail-if-over", "444000"), ExitCode.DONE),
        ((), ExitCode.ANSWER_MISSING),
        (("--ask", "--response", "10m"), ExitCode.ANSWER_MISSING),
        (("--ask", "--spend", "1"), ExitCode.ANSWER_MISSING),
        (("--ask", "--no-input", "--spend", "1"), ExitCode.USAGE),
        (("--spend", "1", "--out", "advice.xlsx"), ExitCode.USAGE),
        (("--no-input",), ExitCode.ANSWER_MISSING),
    ],
)
def test_exit_code(arguments: tuple[str, ...], code: ExitCode) -> None:
    assert advise(*arguments).code == code


def test_over_the_limit_the_answer_is_written_all_the_same() -> None:
    done = advise(*TEN_MINUTES, "--fail-if-over", "10万", "-o", "json")
    assert json.loads(done.out)["result"]["recommended"] == "enterprise"
    assert done.err == "supportcli: ¥444,000 a year is over the limit of ¥100,000\n"


def test_a_limit_cannot_be_told_without_a_spend() -> None:
    done = advise("--spend", "unknown", "--response", "10m", "--fail-if-over", "10")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "give --spend" in done.err


def test_a_limit_can_be_told_without_a_spend_where_the_fee_does_not_hang_on_it() -> None:
    unknown = ("--spend", "unknown", "--fail-if-over", "0")
    assert advise(*unknown, "--plan", "basic").code == ExitCode.DONE
    assert advise(*unknown).code == ExitCode.USAGE


def test_every_mistake_is_told_at_once() -> None:
    done = advise(
        *("--spend", "-3", "--tickets", "many", "--response", "10", "--reading", "foo"),
        *("--width", "wide", "-o", "pdf", "--without-channel", "fax", "--fail-if-over", "x"),
    )
    assert done.code == ExitCode.USAGE
    assert done.out == ""
    named = [line.split(":")[1].strip() for line in done.err.splitlines()]
    assert sorted(named) == sorted(
        "--spend --tickets --response --reading --width --output --without-channel "
        "--fail-if-over".split()
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("advise", "--spnd", "3"), "there is no flag --spnd; did you mean --spend?"),
        (("advise", "--spend"), "--spend needs a value"),
        (("advise", "--tam=yes"), "--tam takes no value; give it alone"),
        (("advise", "--spend", "1", "extra"), "'extra' is not expected here; see --help"),
        (("advice",), "there is no command 'advice'; did you mean advise?"),
        (("advise", "--spend", "1", "--lang", "xx"), "there is no language 'xx'"),
        (
            ("advise", "--spend", "1", "--response", "fire=10m"),
            "'fire' is not in the catalogue, which has",
        ),
        (("advise", "--spend", "1", "--confirmed-by", "me"), "name it with --reading"),
        (("advise", "--spend", "1", "--date", "01/02/2026"), "write it like 2026-12-31"),
    ],
)
def test_usage_error_is_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = run_cli(*arguments)
    assert done.code == ExitCode.USAGE
    assert words in done.err
    assert done.err.startswith("supportcli: ")
    assert done.err.count("\n") == 1


def test_help_opens_with_the_commands_that_most_people_need() -> None:
    done = run_cli()
    assert done.code == ExitCode.DONE
    assert done.out == run_cli("--help").out == run_cli("-h").out
    assert done.out.count("  supportcli advise") == 3
    assert run_cli("--lang", "zh").out.startswith("该选哪个云支持计划")
    assert run_cli("--version", "--lang", "zh").out == run_cli("--version").out
    for words in (("--version", "-v"), ("-v", "--version"), ("--version", "--verbose")):
        first, second = run_cli(*words).out.splitlines()
        assert first == run_cli("--version").out.rstrip()
        assert second.startswith("Not affiliated with or endorsed by any vendor")
    assert "均无隶属或合作关系" in run_cli("--version", "-v", "--lang", "zh").out


def test_what_was_understood_is_said_beside_the_answer() -> None:
    assert advise("--spend", "１２万元").err == (
        "supportcli: spend understood as ¥120,000 a month\n"
    )
    assert advise("--spend", "120,000.00").err == ""
    assert "three decimals" in advise("--spend", "1.234", "-q").out
    assert advise("--spend", "12万", "--quiet").err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("advise", "--spend", "120000"),
        ("advise", "--account", "p=120000,tam", "--account", "q=1000", "--lang", "zh"),
        ("breakeven", "--response", "10m"),
    ],
)
def test_quietly_nothing_is_said_of_what_to_type_next(words: tuple[str, ...]) -> None:
    """The rest is the same: the last line is left out."""
    told = run_cli(*words, *TODAY).out.splitlines()
    assert told[-1].startswith(("next ", "接下来 "))
    assert run_cli(*words, *TODAY, "-q").out.splitlines() == told[:-1]


def test_a_catalogue_past_its_review_warns() -> None:
    done = run_cli("advise", "--spend", "1", "--date", "2027-05-29", "-o", "json")
    assert "due for review after 2027-05-28" in done.err
    assert "due for review" in json.loads(done.out)["warnings"][0]
    assert run_cli("advise", "--spend", "1", "--date", "2027-05-28").err == ""


def test_answers_are_saved_and_replayed(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    asked = ["--spend", "120000.5", "--response", "10m", "--response", "enquiry=24bh"]
    asked += ["--no-tam", "--tickets", "40", "--without-channel", "hotline", "--reading", "floor"]
    first = advise(*asked, "--save-answers", str(saved), "-o", "json")
    assert first.code == ExitCode.DONE
    again = advise("--answers", str(saved), "-o", "json")
    assert again.out == first.out
    flags_win = advise("--answers", str(saved), "--spend", "5", "-o", "json")
    assert json.loads(flags_win.out)["inputs"]["monthly_spend"] == "5.00"


def test_an_answers_file_is_not_replaced_without_force(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    saved.write_text("mine", encoding="utf-8")
    done = advise("--spend", "1", "--save-answers", str(saved))
    assert done.code == ExitCode.FAILED
    assert "--force" in done.err
    assert saved.read_text(encoding="utf-8") == "mine"
    assert advise("--spend", "1", "--save-answers", str(saved), "--force").code == ExitCode.DONE
    assert saved.read_text(encoding="utf-8").startswith("# supportcli advise --answers")


def test_a_wrong_answers_file_is_a_usage_error_with_its_place(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    saved.write_text("spend: 12000\ntams: true\nspend: 13000\n", encoding="utf-8")
    done = advise("--answers", str(saved))
    assert done.code == ExitCode.USAGE
    assert f"{saved}:2:1: unknown field 'tams'; did you mean tam?" in done.err
    assert f"{saved}:3:1: field 'spend' is given twice, first in line 1" in done.err
    assert advise("--answers", str(tmp_path / "none.yaml")).code == ExitCode.USAGE


def test_values_come_from_flags_then_variables_then_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "supportcli" / "config.yaml"
    config.parent.mkdir()
    config.write_text("reading: flat\noutput: json\n", encoding="utf-8")
    surroundings = {"XDG_CONFIG_HOME": str(tmp_path), "SUPPORTCLI_SPEND": "30000"}

    def reading(*arguments: str, **more: str) -> str:
        done = advise(*arguments, environment={**surroundings, **more})
        found: str = json.loads(done.out)["catalogue"]["reading"]
        return found

    assert reading() == "flat"
    assert reading(SUPPORTCLI_READING="floor") == "floor"
    assert reading("--reading", "additive", SUPPORTCLI_READING="floor") == "additive"
    done = advise("-v", environment=surroundings)
    assert f"reading = flat (from {config}:1)" in done.err
    assert "spend = 30000 (from SUPPORTCLI_SPEND)" in done.err
    assert "date = 2026-11-23 (from --date)" in done.err


def test_a_wrong_variable_is_named() -> None:
    done = advise("--spend", "1", environment={"SUPPORTCLI_READING": "foo"})
    assert done.err.startswith(
        "supportcli: SUPPORTCLI_READING: 'foo' is not in the catalogue; did you mean Floor reading?"
    )


def test_the_form_follows_from_the_ending(tmp_path: Path) -> None:
    target = tmp_path / "advice.json"
    done = advise(*TEN_MINUTES, "--out", str(target))
    assert (done.code, done.out) == (ExitCode.DONE, "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema_version"] == 1
    assert advise(*TEN_MINUTES, "--out", str(target)).code == ExitCode.FAILED
    assert advise(*TEN_MINUTES, "--out", str(target), "--force").code == ExitCode.DONE
    assert advise("--spend", "1", "-o", "text", "--out", "-").out.startswith("Recommended")


def test_text_from_outside_is_harmless_in_every_form() -> None:
    name = "A\x1b]0;pwn\x07[bold]x[/bold]:smiley:\u202e"
    arguments = ("--spend", "1", "--reading", "floor", "--confirmed-by", name)
    for form in ("table", "text"):
        out = advise(*arguments, "-o", form).out
        assert "A\\x1b]0;pwn\\x07[bold]x[/bold]:smiley:<U+202E>" in " ".join(out.split())
        assert "\x1b" not in out
    assert json.loads(advise(*arguments, "-o", "json").out)["catalogue"]["confirmed_by"] == (
        "A\\x1b]0;pwn\\x07[bold]x[/bold]:smiley:<U+202E>"
    )


def test_the_advice_for_every_headline_number_of_the_source() -> None:
    # facts, section 3: additive B + 10% S, floor max(B, 10% S), for B = 50,000 and S = 120,000
    entry = {plan["id"]: plan for plan in result_of("--spend", "120000")["result"]["plans"]}
    assert entry["premier"]["readings"] == {
        "additive": "62000.00",
        "floor": "50000.00",
        "flat": "50000.00",
    }
    assert entry["business"]["monthly"] is None
    assert entry["business"]["published"] is False


@pytest.mark.parametrize(
    "flag",
    ["--plans", "--answers", "--reading", "--save-answers", "--confirmed-by", "--out", "--spend"],
)
def test_an_empty_value_is_no_value(flag: str) -> None:
    """An unset variable in a script must not pass for a choice."""
    done = advise("--response", "10m", flag, "", *(() if flag == "--spend" else ("--spend", "1")))
    assert done.code in (ExitCode.USAGE, ExitCode.CATALOGUE)
    assert done.out == ""


def test_an_output_never_destroys_an_input(tmp_path: Path) -> None:
    plans, link = tmp_path / "mine.txt", tmp_path / "link.txt"
    plans.write_bytes((Path(__file__).parent.parent / "plans.yaml").read_bytes())
    link.hardlink_to(plans)
    before = plans.read_bytes()
    for out in (plans, link):
        done = advise("--spend", "1", "--plans", str(plans), "--out", str(out), "--force")
        assert (done.code, done.out) == (ExitCode.FAILED, "")
        assert "would be lost" in done.err
        assert plans.read_bytes() == before


def test_an_empty_configuration_is_none(tmp_path: Path) -> None:
    config = tmp_path / "supportcli" / "config.yaml"
    config.parent.mkdir()
    surroundings = {"XDG_CONFIG_HOME": str(tmp_path)}
    for text in ("", "# reading: floor\n"):
        config.write_text(text, encoding="utf-8")
        assert advise("--spend", "1", environment=surroundings).code == ExitCode.DONE
    config.write_text("reading: [", encoding="utf-8")
    assert advise("--spend", "1", environment=surroundings).code == ExitCode.USAGE
    assert run_cli("--help", environment=surroundings).code == ExitCode.DONE
    assert run_cli("--help", environment={"XDG_CONFIG_HOME": "/" + "a" * 300}).code == ExitCode.DONE


def test_verbose_names_the_defaults_too() -> None:
    told = advise("--spend", "1", "-v").err
    assert "reading = additive (default)" in told
    assert "plans = alibaba-cloud-cn (default)" in told
    assert "verbose" not in told


def test_the_answer_and_the_saved_answers_are_two_files(tmp_path: Path) -> None:
    same = str(tmp_path / "same.txt")
    done = advise("--spend", "1", "--out", same, "--save-answers", same, "--force")
    assert done.code == ExitCode.USAGE
    assert "--save-answers: is the file of --out too" in done.err
    assert list(tmp_path.iterdir()) == []
