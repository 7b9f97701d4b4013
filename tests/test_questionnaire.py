"""The questions, answered on a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
from typing import Any

import pexpect
import pyte
import pytest

from tests.runner import TODAY, run_cli

ENTER, DOWN, ESC, BACKSPACE = "\r", "\x1b[B", "\x1b", "\x7f"
ROWS = 120


class Person:
    """Someone at a terminal of a given size, who reads the screen and types."""

    def __init__(self, *arguments: str, columns: int = 100, **surroundings: str) -> None:
        self.screen = pyte.Screen(columns, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **surroundings}
        environment.pop("COLUMNS", None)
        self.program: Any = pexpect.spawn(
            sys.executable,
            ["-m", "supportcli", "advise", *TODAY, *arguments],
            dimensions=(ROWS, columns),
            env=environment,
            encoding="utf-8",
            timeout=20,
        )
        self.program.delaybeforesend = None
        self.program.logfile_read = self

    def write(self, text: str) -> None:
        """What the program sends reaches the screen; a question where the cursor is is answered."""
        self.stream.feed(text)
        self.raw += text
        if "\x1b[6n" in text:
            row, column = self.screen.cursor.y + 1, self.screen.cursor.x + 1
            self.program.send(f"\x1b[{row};{column}R")

    def flush(self) -> None:
        """The screen keeps nothing back."""

    def sees(self, words: str) -> None:
        """Wait until the words are on their way to the screen."""
        self.program.expect_exact(words)

    def types(self, keys: str) -> None:
        self.program.send(keys)

    def leaves(self) -> int:
        """Wait for the end; the exit code."""
        self.program.expect(pexpect.EOF)
        self.left_raw = self.is_raw()
        self.program.close()
        if self.program.signalstatus is not None:
            return -int(self.program.signalstatus)
        return int(self.program.exitstatus)

    def is_raw(self) -> bool:
        """Whether the terminal gives every key to the program and echoes none."""
        modes = termios.tcgetattr(self.program.child_fd)[3]
        return not modes & (termios.ICANON | termios.ECHO)

    @property
    def text(self) -> str:
        """Everything on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)


def test_a_few_answers_give_the_advice_and_the_line_that_repeats_it() -> None:
    someone = Person(columns=140)
    someone.sees("no requirement")
    someone.types(ENTER)
    someone.sees("DingTalk group?")
    someone.types(ENTER)
    someone.sees("TAM")
    someone.sees("not sure")
    someone.types(ENTER)
    someone.sees("Which of these services")
    someone.sees("key-moment assurance")
    someone.types(ENTER)
    someone.sees("busiest month?")
    someone.types("40" + ENTER)
    someone.sees("How many accounts")
    someone.types(ENTER)
    someone.sees("cloud spend")
    someone.types("12万" + ENTER)
    assert someone.leaves() == 0
    assert "Recommended: Enterprise" in someone.text
    assert "spend understood as ¥120,000.00 a month" in someone.text
    line = re.search(r"the same again: supportcli advise (.*)", someone.text)
    assert line is not None
    assert line[1] == (
        "--spend 120000 --response unavailable=10m --no-tam --tickets 40 --date 2026-11-23"
    )
    again = run_cli("advise", *line[1].split(), "--width", "140")
    shown = someone.text.split("Recommended: ")[1].split("supportcli: the same")[0]
    assert again.out.split("Recommended: ")[1].split() == shown.split()


def test_a_wrong_answer_is_explained_beneath_and_corrected_in_place() -> None:
    someone = Person("--response", "10m", "--tam", "--accounts", "1", "--ask")
    someone.sees("DingTalk group?")
    someone.types(ENTER)
    someone.sees("cloud spend")
    someone.types("1e9" + ENTER)
    someone.sees("uses an exponent")
    lines = [line for line in someone.text.splitlines() if line]
    assert lines[-2:] == ["  > 1e9", "'1e9' uses an exponent; write all its digits, like 1000"]
    someone.types(BACKSPACE * 3 + "１２０，０００" + ENTER)
    assert someone.leaves() == 0
    assert "Recommended: Premier" in someone.text
    assert "exponent" not in someone.text


def test_only_what_matters_is_asked() -> None:
    someone = Person()
    someone.sees("no requirement")
    someone.types(DOWN * 3 + ENTER)
    someone.sees("TAM")
    someone.sees("not sure")
    someone.types(ENTER)
    someone.sees("Which of these services")
    someone.sees("Space ticks")
    someone.types(ENTER)
    someone.sees("How many accounts")
    someone.types(ENTER)
    someone.sees("cloud spend")
    someone.types(ENTER)
    assert someone.leaves() == 0
    assert "Recommended: Basic" in someone.text
    assert "busiest month" not in someone.text
    assert "DingTalk group?" not in someone.text
    assert "the same again: supportcli advise --spend unknown --no-tam" in someone.text


def test_accounts_by_name_are_answered_in_one_go() -> None:
    someone = Person("--response", "40m", "--tam", "--ask", columns=140)
    someone.sees("How many accounts")
    someone.types("prod=30万 test=x" + ENTER)
    someone.sees("is not an amount")
    someone.types(BACKSPACE + "2万" + ENTER)
    assert someone.leaves() == 0
    assert "Recommended: 2 Premier" in someone.text
    assert "cloud spend of the account" not in someone.text
    line = re.search(r"the same again: supportcli advise (.*)", someone.text)
    assert line is not None
    accounts = "--account 'prod=30万' --account 'test=2万'"
    assert line[1] == f"--response unavailable=40m --tam --date 2026-11-23 {accounts}"


def test_a_channel_that_cannot_be_used_leaves_the_others() -> None:
    someone = Person(
        "--spend",
        "120000",
        "--response",
        "10m",
        "--no-tam",
        "--accounts",
        "1",
        "--ask",
        columns=140,
    )
    someone.sees("DingTalk group?")
    someone.types(DOWN + ENTER)
    assert someone.leaves() == 4
    assert "No plan fits all of these needs" in someone.text
    assert "--without-channel dingtalk-group" in someone.text


def test_several_services_are_ticked() -> None:
    """Of the plans that would do, Premier alone has what is ticked: the first and the third."""
    flags = ("--response", "10m", "--no-tam", "--tickets", "1", "--accounts", "1", "--spend", "1")
    someone = Person(*flags, "--without-channel", "hotline", "--ask", columns=160)
    someone.sees("Which of these services")
    someone.sees("Space ticks")
    someone.types(" " + DOWN * 2 + " " + ENTER)
    assert someone.leaves() == 0
    assert "Recommended: Premier" in someone.text
    assert "need? incident response, monitoring design\n" in someone.text
    shown = someone.text.replace("\n", "")
    assert "--service incident-response --service monitoring-design" in shown


def test_a_spend_given_asks_nothing() -> None:
    someone = Person("--spend", "1", columns=80)
    assert someone.leaves() == 0
    assert someone.text.startswith("Recommended: Basic")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["\x03", ESC, "\x04"], ids=["ctrl-c", "esc", "ctrl-d"])
def test_leaving_a_typed_question(key: str) -> None:
    someone = Person("--response", "40m", "--tam", "--accounts", "1", "--ask")
    someone.sees("cloud spend")
    someone.types(key)
    assert someone.leaves() == 130
    assert someone.text.rstrip().endswith("supportcli: cancelled, nothing was written")
    assert "Traceback" not in someone.text


@pytest.mark.slow
@pytest.mark.parametrize("key", ["\x03", ESC, "\x04"], ids=["ctrl-c", "esc", "ctrl-d"])
def test_leaving_a_list(key: str) -> None:
    someone = Person()
    someone.sees("no requirement")
    someone.types(key)
    assert someone.leaves() == 130
    assert "cancelled, nothing was written" in someone.text


def test_ctrl_d_after_text_and_odd_keys_do_no_harm() -> None:
    someone = Person("--response", "40m", "--tam", "--accounts", "1", "--ask")
    someone.sees("cloud spend")
    someone.types("5\x04\x1c" + ENTER)
    assert someone.leaves() == 0
    assert "¥5 a month" in someone.text


def test_a_pasted_escape_sequence_is_refused() -> None:
    someone = Person("--response", "40m", "--tam", "--accounts", "1", "--ask")
    someone.sees("cloud spend")
    someone.types("\x1b[200~5\x1b]0;pwn\x07\n\x1b[201~" + ENTER)
    someone.sees("invisible character")
    someone.types("\x03")
    assert someone.leaves() == 130


@pytest.mark.slow
@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_a_dumb_terminal_works(terminal: str) -> None:
    someone = Person("--response", "40m", "--tam", "--accounts", "1", "--ask", TERM=terminal)
    someone.sees("cloud spend")
    someone.types("120000" + ENTER)
    assert someone.leaves() == 0
    assert "Recommended: Premier" in someone.text


def test_a_terminal_too_narrow_for_questions_names_the_flags() -> None:
    someone = Person(columns=18)
    assert someone.leaves() == 7
    assert "--spend" in someone.text


TYPED = ("--response", "40m", "--tam", "--accounts", "1", "--ask")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
@pytest.mark.parametrize(("arguments", "words"), [((), "no requirement"), (TYPED, "cloud spend")])
def test_a_signal_from_outside_ends_a_list_and_a_typed_question(
    arguments: tuple[str, ...], words: str, sent: int, code: int
) -> None:
    someone = Person(*arguments)
    someone.sees(words)
    assert someone.is_raw()
    someone.program.kill(sent)
    assert someone.leaves() == code
    assert someone.text.rstrip().endswith("supportcli: cancelled, nothing was written")
    assert "Traceback" not in someone.text
    assert not someone.left_raw


def test_a_signal_between_two_questions_ends_them_too() -> None:
    """Sent by the program itself, where no question is on the screen."""
    code = (
        "import os, signal, sys\n"
        "from supportcli.inputs.answers.questionnaire import Questionnaire\n"
        "Questionnaire._need = lambda self, kind: os.kill(os.getpid(), signal.SIGTERM)\n"
        "from supportcli.__main__ import main\n"
        "sys.argv = ['supportcli', 'advise', '--response', '40m', '--ask']\n"
        "main()\n"
    )
    program = pexpect.spawn(sys.executable, ["-c", code], encoding="utf-8", timeout=20)
    program.expect_exact("supportcli: cancelled, nothing was written")
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 143


def test_no_input_never_asks() -> None:
    someone = Person("--no-input")
    assert someone.leaves() == 7
    assert "--spend AMOUNT" in someone.text


@pytest.mark.slow
def test_no_color_reaches_the_questions() -> None:
    for arguments, coloured in (((), True), (("--no-color",), False)):
        someone = Person("--response", "40m", "--tam", "--accounts", "1", "--ask", *arguments)
        someone.sees("cloud spend")
        assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]", someone.program.before)) == coloured
        someone.types("\x03")
        assert someone.leaves() == 130


def test_the_questions_in_chinese() -> None:
    someone = Person("--lang", "zh", columns=140)
    someone.sees("工程师最晚要在多久内首次响应？")
    someone.sees("无要求")
    someone.types(ENTER)
    someone.sees("贵公司能否使用该渠道：专属企业钉钉群？")
    someone.types(ENTER)
    someone.sees("是否需要专属技术服务经理（TAM）？")
    someone.sees("不确定：先看价格")
    someone.types(ENTER)
    someone.sees("需要以下哪些服务？")
    someone.sees("关键时刻保障")
    someone.types(ENTER)
    someone.sees("最忙的一个月大约提多少个工单？")
    someone.types("很多" + ENTER)
    someone.sees("不是 0 至 999999 的整数")
    someone.types(BACKSPACE * 2 + "40" + ENTER)
    someone.sees("需要覆盖几个账号？")
    someone.types("零" + ENTER)
    someone.sees("不是 1 至 9999 的整数")
    someone.types(BACKSPACE + "2" + ENTER)
    someone.sees("该账号每月云产品消费大约多少？")
    someone.types("１２万元" + ENTER)
    assert someone.leaves() == 0
    text = someone.text.replace(" ", "")  # the screen pads wide characters
    assert "需要以下哪些服务？无\n" in text
    assert "推荐方案：企业级" in text
    assert "消费额理解为每月¥120,000.00" in text
    assert "--spend120000--responseunavailable=10m--no-tam--tickets40--langzh" in text
    assert "--accounts2" in text


def test_leaving_in_chinese() -> None:
    someone = Person("--lang", "zh", "--response", "40m", "--tam", "--accounts", "1", "--ask")
    someone.sees("云产品消费")
    someone.types(ESC)
    assert someone.leaves() == 130
    assert "已取消，未写入任何内容" in someone.text.replace(" ", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("surroundings", "styled", "coloured"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": ""}, False, False),
    ],
)
def test_the_answer_has_the_colours_that_the_terminal_wants(
    surroundings: dict[str, str], styled: bool, coloured: bool
) -> None:
    someone = Person("--spend", "120000", "--response", "10m", columns=100, **surroundings)
    assert someone.leaves() == 0
    assert ("\x1b[" in someone.raw) == styled
    assert bool(re.search(r"\x1b\[[0-9;]*\b(?:3[0-9]|9[0-7])m", someone.raw)) == coloured
    assert "> Enterprise" in someone.text  # marked without colour too


def test_on_a_terminal_without_chinese_the_questions_are_in_english() -> None:
    someone = Person("--lang", "zh", PYTHONIOENCODING="ascii")
    someone.sees("no requirement")
    lines = [line for line in someone.text.splitlines() if line.strip()]
    assert lines[0] == "? How soon must an engineer first respond?"
    assert [line[:3] for line in lines[2:4]] == [" > ", "   "]
    someone.types("\x03")
    assert someone.leaves() == 130
    assert someone.text.rstrip().endswith("supportcli: cancelled, nothing was written")
