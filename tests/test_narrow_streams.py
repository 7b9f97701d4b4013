"""A stream that cannot hold a language gets English, whole, and one line says so."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supportcli.outputs.console import _PLAINER
from tests.runner import TODAY, Done, run_cli
from tests.test_languages import CHINESE, po

HOLD_NO_CHINESE = ("ascii", "latin-1", "cp1252", "koi8-r", "big5", "shift_jis", "euc_kr")
HOLD_CHINESE = ("utf-8", "utf-16", "gb18030", "cp936", "gb2312", "hz")
ANSWERS = {
    "table": "advise --spend 120000 --response 10m",
    "text": "advise --spend 120000 --tam -o text",
    "accounts": "advise --account a=5 --account b=300000",
    "breakeven": "breakeven --response 10m",
    "batch": "batch in.csv --out out.csv --force",
    "compare": "compare --spend 50000",
    "plans list": "plans list",
    "plans show": "plans show premier",
    "plans check": "plans check in.csv",
    "plans test": "plans test aws",
    "plans diff": "plans diff aws azure",
    "--help": "--help",
    "advise --help": "advise --help",
    "plans --help": "plans --help",
}
IN_ENGLISH = (
    "supportcli: standard output ({}) cannot hold the language asked for, so this is in English; "
    "set PYTHONIOENCODING=utf-8\n"
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("account,spend\n生产,5\n测试,很多\n", encoding="utf-8")


def ran(
    line: str, *more: str, lang: str = "zh", encoding: str = "utf-8", words: str | None = None
) -> Done:
    today = TODAY if line.split(maxsplit=1)[0] not in ("plans", "--help") else ()
    today = () if "--help" in line else today
    given = (*line.split(), *more, *today, "--lang", lang)
    return run_cli(*given, encoding=encoding, words_encoding=words)


@pytest.mark.parametrize("encoding", HOLD_NO_CHINESE)
@pytest.mark.parametrize("name", ["table", "plans check"])
def test_where_chinese_cannot_be_written_there_is_english(name: str, encoding: str) -> None:
    english = ran(ANSWERS[name], lang="en", encoding=encoding)
    done = ran(ANSWERS[name], encoding=encoding)
    assert (done.code, done.out) == (english.code, english.out)
    assert done.err == english.err + IN_ENGLISH.format(encoding)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_and_help_is_english_on_an_ascii_stream(name: str) -> None:
    english = ran(ANSWERS[name], lang="en", encoding="ascii")
    done = ran(ANSWERS[name], encoding="ascii")
    assert (done.code, done.out) == (english.code, english.out)
    assert sorted(done.err.splitlines()) == sorted(
        [*english.err.splitlines(), *IN_ENGLISH.format("ascii").splitlines()]
    )
    assert done.out.count("?") == ran(ANSWERS[name], lang="en").out.count("?")
    assert "?" not in done.err


@pytest.mark.parametrize("encoding", HOLD_CHINESE)
def test_where_chinese_can_be_written_it_is(encoding: str) -> None:
    for name in ("table", "advise --help"):
        done = ran(ANSWERS[name], encoding=encoding)
        assert CHINESE.search(done.out)
        assert done.err == ""
    held = {c for message in po("zh") for c in str(message.string)} - set(_PLAINER)
    for character in held:
        assert character.encode(encoding, "ignore"), character


def test_quiet_leaves_the_line_out() -> None:
    done = ran(ANSWERS["table"], "--quiet", encoding="ascii")
    assert done.out.startswith("Recommended: ")
    assert done.err == ""


def test_words_and_answer_each_go_by_their_own_stream() -> None:
    wide = ran("advise --spend 12万 --tam", encoding="utf-8", words="ascii")
    assert wide.out.startswith("推荐方案")
    assert wide.err == "supportcli: spend understood as CNY 120,000 a month\n"
    narrow = ran("advise --spend 12万 --tam", encoding="ascii", words="utf-8")
    assert narrow.out.startswith("Recommended: ")
    assert narrow.err == (
        "supportcli: 消费额理解为每月 ¥120,000\n"
        "supportcli: 标准输出的编码（ascii）无法显示所选语言，因此改用英文；"
        "如需中文，请设置 PYTHONIOENCODING=utf-8\n"
    )


@pytest.mark.parametrize(
    "line", ["advise --spend 1e9", "advise --spnd 5", "plans show lost", "batch no.csv --out a.csv"]
)
def test_refusals_are_english_where_standard_error_holds_nothing_else(line: str) -> None:
    english = ran(line, lang="en", encoding="ascii")
    assert english.err.startswith("supportcli: ")
    assert ran(line, encoding="utf-8", words="ascii") == english
    assert CHINESE.search(ran(line, encoding="ascii", words="utf-8").err)


def test_a_file_is_in_the_language_that_was_asked_for() -> None:
    there = ran(ANSWERS["text"], encoding="utf-8").out
    done = ran(ANSWERS["text"], "--out", "advice.txt", encoding="ascii")
    assert (done.out, done.err) == ("", "")
    assert Path("advice.txt").read_text(encoding="utf-8") == there
    assert "¥" in there


def test_refused_rows_are_in_the_language_that_was_asked_for() -> None:
    for encoding in ("utf-8", "ascii"):
        ran("batch in.csv --out out.csv --force", encoding=encoding)
        with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
            [reject] = csv.DictReader(file)
        assert reject["text"] == "很多"
        assert CHINESE.search(reject["message"])


def test_results_on_standard_output_are_utf_8_and_the_summary_goes_by_standard_error() -> None:
    """The rows are bytes: no encoding of the stream changes them."""
    line = "batch in.csv --out - --rejects no.csv --force"
    command = [sys.executable, "-m", "supportcli", *line.split(), "--lang", "zh", *TODAY]
    done = subprocess.run(
        command,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 6
    assert "生产,5,basic" in done.stdout.decode("utf-8")
    assert "Basic" in done.stderr.decode("ascii")
    assert "cannot hold" not in done.stderr.decode("ascii")


JSON = {
    "advise": "advise --spend 120000 --tam -o json",
    "accounts": "advise --account 生产=5 -o json",
    "breakeven": "breakeven -o json",
    "batch": "batch in.csv --out out.csv --force -o json",
    "compare": "compare --spend 50000 -o json",
    "plans list": "plans list -o json",
    "plans show": "plans show premier -o json",
    "plans check": "plans check in.csv -o json",
    "plans diff": "plans diff aws azure -o json",
    "plans schema": "plans schema",
}


@pytest.mark.parametrize("name", JSON)
def test_json_keeps_its_language_and_escapes_it(name: str) -> None:
    """Nothing is lost: read back, it is what a stream of UTF-8 got."""
    for encoding in ("ascii", "cp1252", "cp936"):
        wide, narrow = ran(JSON[name]), ran(JSON[name], encoding=encoding)
        assert json.loads(narrow.out) == json.loads(wide.out)
        assert narrow.code == wide.code
        assert "cannot hold" not in narrow.err


def test_a_letter_beyond_sixteen_bits_is_a_pair_in_json() -> None:
    done = ran("advise --account 𠮷=5 -o json", encoding="ascii")
    assert r'"\ud842\udfb7"' in done.out
    assert json.loads(done.out) == json.loads(ran("advise --account 𠮷=5 -o json").out)


def test_a_name_that_cannot_be_written_is_its_number_and_no_question_mark() -> None:
    said = ran(
        "advise --spend 1 --reading floor --confirmed-by 李雷 -o text", lang="en", encoding="ascii"
    )
    assert r"confirmed by \u674e\u96f7" in said.out
    wrong = ran("advise --spend 很多", lang="en", encoding="ascii")
    assert r"'\u5f88\u591a' is not an amount" in wrong.err
    rows = ran("batch in.csv --dry-run", lang="en", encoding="ascii")
    assert r"\u751f\u4ea7,5,basic" in rows.out
    assert "?" not in "".join(line for line in said.out.splitlines() if "confirmed by" in line)
    assert "?" not in wrong.err + rows.out


def test_a_statement_is_never_escaped() -> None:
    """It names plans as they are written: escaped it would be another statement."""
    done = ran("sql --dialect duckdb --table t", encoding="ascii")
    assert (done.code, done.out) == (1, "")
    assert "cannot hold these letters; give --out FILE" in done.err
    ran("sql --dialect duckdb --table t --out a.sql", encoding="ascii")
    there = ran("sql --dialect duckdb --table t", encoding="utf-8").out
    assert Path("a.sql").read_text(encoding="utf-8") == there


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_in_a_real_process(surroundings: dict[str, str]) -> None:
    command = [sys.executable, "-m", "supportcli", *ANSWERS["text"].split(), "--lang", "zh", *TODAY]
    done = subprocess.run(
        command, capture_output=True, env={"PATH": os.environ["PATH"], **surroundings}, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"Recommended: Premier\n")
    assert done.stdout.count(b"?") == ran(ANSWERS["text"], lang="en").out.count("?")
    assert done.stderr.count(b"\n") == 1
    assert b"cannot hold the language asked for, so this is in English" in done.stderr
