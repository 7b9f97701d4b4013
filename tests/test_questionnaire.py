"""The questions, answered on a real pseudo-terminal."""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
import signal
import sys
import termios
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from prompt_toolkit.application import application, create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from supportcli.errors import Message, SupportCliError
from supportcli.inputs.answers.choosing import taken
from supportcli.inputs.answers.list_prompt import ListPrompt
from supportcli.inputs.answers.prompt import Feedback, Prompt, Terminal
from supportcli.inputs.answers.steps import QuestionSteps
from supportcli.inputs.answers.text_prompt import TextPrompt
from supportcli.language import Language
from supportcli.needs.need import Choice
from tests.builders import shipped
from tests.runner import TODAY, run_cli

ENTER, DOWN, LEFT, ESC, BACKSPACE = "\r", "\x1b[B", "\x1b[D", "\x1b", "\x7f"
ROWS = 120
REST = ("--tam", "--service", "key-moment-assurance", "--tickets", "1", "--accounts", "1", "--ask")
"""What leaves the spend alone to be asked for, with a response time."""
TYPED = ("--response", "40m", *REST)
LISTED = ("--spend", "1", "--ask")


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
        """Wait until the words stand on the screen, in or below the question that came last."""
        while "".join(words.split()) not in "".join(self.last.split()):
            self.program.expect(".+")

    @property
    def last(self) -> str:
        """The screen from the question on that came last."""
        return self.text[self.text.rfind("\n? ") + 1 :]

    @property
    def heads(self) -> list[str]:
        """Which question of how many each on the screen is."""
        lines = self.text.splitlines()
        return [line.partition("  ")[0] for line in lines if line.startswith("? ")]

    def types(self, keys: str) -> None:
        self.program.send(keys)

    def resizes(self, columns: int, rows: int = ROWS) -> None:
        """The window is made narrower or wider, or lower."""
        self.screen.resize(rows, columns)
        self.program.setwinsize(rows, columns)

    def is_heard(self) -> None:
        """Wait until the program has taken all that was typed."""
        nothing = bytes(4)
        with open(os.ttyname(self.program.child_fd), "rb", buffering=0) as line:  # noqa: PTH123
            while fcntl.ioctl(line, termios.FIONREAD, nothing) != nothing:
                pass

    def begins(self) -> set[str]:
        """What the lines of the last question begin with."""
        return {line[:2] for line in self.last.splitlines() if line}

    def leaves(self) -> int:
        """Wait for the end; the exit code."""
        self.program.expect(pexpect.EOF)
        self.left_raw = self.is_raw()
        self.program.close()
        if self.program.signalstatus is not None:
            return -int(self.program.signalstatus)
        return int(self.program.exitstatus)

    def done(self, words: str = "Enter done") -> int:
        """Change nothing more; the exit code."""
        self.sees(words)
        self.types(ENTER)
        return self.leaves()

    def is_raw(self) -> bool:
        """Whether the terminal gives every key to the program and echoes none."""
        modes = termios.tcgetattr(self.program.child_fd)[3]
        return not modes & (termios.ICANON | termios.ECHO)

    @property
    def again(self) -> str:
        """The flags of the line that repeats the answer, its rows in one."""
        line = re.search(r"the same again: supportcli advise ((?:.*\\\n)*.*)", self.text)
        assert line is not None
        return re.sub(r"\\\n *", "", line[1])

    @property
    def text(self) -> str:
        """Everything on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)


def test_a_few_answers_give_the_advice_and_the_line_that_repeats_it() -> None:
    """What 10 min brings up, the limit of tickets, is counted from then on."""
    someone = Person(columns=140)
    someone.sees("1 of 5  Monthly cloud spend")
    someone.types("12万" + ENTER)
    someone.sees("2 of 5  How soon must")
    someone.types("2" + ENTER)
    someone.sees("2 of 6  Can your company use this channel: DingTalk group?")
    someone.types("y" + ENTER)
    someone.sees("3 of 6  Do you need a dedicated TAM?")
    someone.sees("With a dedicated TAM: Premier, at most ¥744,000 a year, ¥300,000 more.")
    someone.types("n" + ENTER)
    someone.sees("4 of 6  Which of these services do you need?")
    someone.types(ENTER)
    someone.sees("5 of 6  How many tickets in your busiest month?")
    someone.types("40" + ENTER)
    someone.sees("6 of 6  How many accounts")
    someone.types(ENTER)
    assert someone.done() == 0
    gravest = "How soon must an engineer first respond (business unavailable)?"
    assert [line for line in someone.text.splitlines() if line[:2] == "? "] == [
        "? 1 of 5  Monthly cloud spend of the account? 12万 (¥120,000 a month)",
        f"? 2 of 5  {gravest} within 10 min (DingTalk group)",
        "? 2 of 6  Can your company use this channel: DingTalk group? yes",
        "? 3 of 6  Do you need a dedicated TAM? no",
        "? 4 of 6  Which of these services do you need? none",
        "? 5 of 6  How many tickets in your busiest month? 40",
        "? 6 of 6  How many accounts are to be covered? one",
    ]
    assert "Recommended: Enterprise" in someone.text
    assert repeats_itself(someone) == (
        "--spend 120000 --response unavailable=10m --no-tam --tickets 40 --date 2026-11-23"
    )


def repeats_itself(someone: Person) -> str:
    """The flags of the line that repeats the answer, which give the same answer."""
    line = someone.again
    again = run_cli("advise", *line.split(), "--width", "140")
    shown = someone.text.split("Recommended: ")[1].split("supportcli: the same")[0]
    answer = again.out.split("Recommended: ")[1].split("\nnext ")[0]  # which the keys stand for
    assert answer.split() == shown.split()
    return line


def test_a_wrong_answer_is_explained_beneath_and_corrected_in_place() -> None:
    someone = Person("--response", "10m", "--without-channel", "ticket", *REST)
    someone.sees("cloud spend")
    someone.types("1e9" + ENTER)
    someone.sees("uses an exponent")
    lines = [line.strip() for line in someone.text.splitlines() if line]
    assert lines[-2:] == ["> 1e9", "'1e9' uses an exponent; write all its digits, like 1000"]
    someone.types(BACKSPACE * 3 + "１２０，０００" + ENTER)
    assert someone.done() == 0
    assert "Recommended: Premier" in someone.text
    assert "exponent" not in someone.text


def test_only_what_matters_is_asked() -> None:
    someone = Person(columns=140)
    for words in ("cloud spend", "no requirement", "dedicated TAM?", "services", "accounts"):
        someone.sees(words)
        someone.types(ENTER)
    assert someone.done() == 0
    assert "the account? not known" in someone.text
    assert "(business unavailable)? no requirement" in someone.text
    assert "need? none" in someone.text
    assert "Recommended: Basic" in someone.text
    assert "no requirement: response; unsure: TAM; not asked: tickets" in someone.text
    assert "busiest month" not in someone.text
    assert "DingTalk group?" not in someone.text
    again = repeats_itself(someone)
    assert again == "--spend unknown --response none --unsure-tam --date 2026-11-23"


def test_one_goes_back_to_the_former_answer_and_changes_it() -> None:
    """By Left at the start of a text, by < alone, and by either in a list."""
    someone = Person("--response", "40m", "--no-tam", "--service", "key-moment-assurance", "--ask")
    someone.sees("1 of 2  Monthly cloud spend")
    someone.types(LEFT + "5" + ENTER)  # before the first one there is none
    someone.sees("2 of 2  How many accounts")
    someone.types("<" + ENTER)
    someone.sees("1 of 2  Monthly cloud spend")
    someone.sees("¥5 a month")
    someone.types("50" + ENTER)
    someone.sees("2 of 2  How many accounts")
    someone.types("2" + ENTER)
    someone.sees("How many accounts?")
    someone.types("<" + ENTER)
    someone.sees("» 2 several that spend as much each")
    someone.types(LEFT)
    someone.sees("¥50 a month")
    someone.types(ENTER)
    someone.sees("» 2 several that spend as much each")
    someone.types("1" + ENTER)
    assert someone.done() == 0
    assert "--spend 50 --response" in someone.text
    assert "--accounts" not in someone.text


def test_going_back_takes_the_former_answer_off_the_screen_and_keeps_what_is_ticked() -> None:
    """At 60 columns an answer stands in several lines; in a window made wider it is left."""
    needs = ("--spend", "1", "--response", "10m", "--without-channel", "hotline", "--tickets", "1")
    someone = Person(*needs, "--ask", columns=60)
    someone.sees("1 of 3  Do you need a dedicated TAM?")
    someone.types("n" + ENTER)
    someone.sees("2 of 3  Which of these services")
    someone.types("2" + LEFT)
    someone.sees("1 of 3  Do you need a dedicated TAM?")
    someone.sees("» 2 no")
    assert someone.heads == ["? 1 of 3"]
    someone.types(ENTER)
    someone.sees("2 of 3  Which of these services")
    someone.sees("2 [x]")
    someone.types("1" + ENTER)
    someone.sees("3 of 3  How many accounts")
    someone.types(LEFT)
    someone.sees("1 [x]")
    assert someone.heads == ["? 1 of 3", "? 2 of 3"]
    someone.types(ENTER)
    someone.sees("» 1 one")
    someone.types("2" + ENTER)
    someone.sees("3 of 3  How many accounts?")
    someone.resizes(100)
    someone.types(LEFT)
    someone.sees("» 2 several")
    assert someone.heads == ["? 1 of 3", "? 2 of 3", "? 3 of 3", "? 3 of 3"]
    someone.types("\x03")
    assert someone.leaves() == 130


def test_accounts_by_name_are_answered_in_one_go() -> None:
    flags = ("--response", "40m", "--tam", "--service", "key-moment-assurance")
    someone = Person(*flags, "--ask", columns=180)
    someone.sees("cloud spend")
    someone.types(ENTER)
    someone.sees("How many accounts")
    someone.types("3" + ENTER)
    someone.sees("Which accounts")
    assert "place of the spend" not in someone.last
    someone.types(ENTER)
    someone.sees("lists no account")
    someone.types("prod=30万 test=x" + ENTER)
    someone.sees("prod: ¥300,000 a month")
    someone.sees("test: 'x' is not an amount")
    someone.types(BACKSPACE + "2万")
    someone.sees("prod: ¥300,000 a month, test: ¥20,000 a month")
    someone.types(ENTER)
    assert someone.done() == 0
    assert "Recommended: 2 Premier" in someone.text
    accounts = "--account 'prod=30万' --account 'test=2万'"
    assert someone.again.startswith(
        "--response unavailable=40m --tam --service key-moment-assurance"
    )
    assert someone.again.endswith(f"--date 2026-11-23 {accounts}")


@pytest.mark.parametrize(
    ("typed", "understood", "flag"),
    [
        ("paid 8.4万 7折", "¥120,000 a month, estimated from what is paid", "'paid 8.4万 7折'"),
        ("10-15万", "¥100,000 to ¥150,000 a month", "100000..150000"),
        ("不清楚", "not known", "unknown"),
    ],
)
def test_what_is_paid_a_range_and_not_known_are_spends(
    typed: str, understood: str, flag: str
) -> None:
    someone = Person(*TYPED, columns=140)
    someone.sees("cloud spend")
    someone.types(typed)
    someone.sees(understood)
    someone.types(ENTER)
    assert someone.done() == 0
    assert f"the account? {typed} ({understood})" in someone.text.replace("清 楚", "清楚")
    assert f"--spend {flag} " in someone.text


def test_a_channel_that_cannot_be_used_leaves_the_others() -> None:
    flags = ("--spend", "120000", "--response", "10m", "--no-tam", "--accounts", "1")
    someone = Person(*flags, "--ask", columns=140)
    someone.sees("1 of 3  Can your company use this channel: DingTalk group?")
    someone.types("n" + ENTER)
    assert someone.done() == 4
    assert "No plan with a known price fits all of these needs" in someone.text
    assert "--without-channel dingtalk-group" in someone.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("10m", "within 10 min (DingTalk group)"),
        ("\x1b[200~half an hour\n\x1b[201~", "half an hour (first response within 30 min"),
    ],
)
def test_a_time_typed_below_choices_is_that_time(typed: str, answer: str) -> None:
    """None of its letters is a key of this question or of the next."""
    someone = Person("--spend", "1", "--without-channel", "hotline", "--ask", columns=180)
    someone.sees("» 1 no requirement")
    for key in typed if typed[0] != ESC else [typed]:
        someone.types(key)
        someone.is_heard()
    someone.types(ENTER)
    someone.sees("» 3 not sure")
    assert f"(business unavailable)? {answer}" in someone.text
    someone.types("\x03")
    assert someone.leaves() == 130


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1", "none"),
        ("２", "10m"),
        ("10m", "10m"),
        ("10 min", "10m"),
        ("10分钟", "10m"),
        ("十分钟内", "10m"),
        ("2h", "2h"),
        ("≤2h", "2h"),
        ("within 40 min (ticket)", "40m"),
        ("No requirement", "none"),
        ("不限", "none"),
        ("unknown", "none"),
        ("半小时", None),
        ("8h", None),
    ],
)
def test_what_a_text_below_the_times_stands_for(typed: str, text: str | None) -> None:
    """Shipped: none, 10 min, 40 min, 2 h; another time is an answer of its own."""
    [step] = QuestionSteps(shipped(), {}, lambda said: ()).of("response", {})
    places = taken(step, Language().say, typed).places
    assert [step.question.choices[place].text for place in places] == [text][: text is not None]


@pytest.mark.parametrize(
    ("prices", "unsure"),
    [((), "not sure"), ((Message("It costs 1."),), "not sure: show the price")],
)
def test_a_price_is_promised_only_where_one_is_known(
    prices: tuple[Message, ...], unsure: str
) -> None:
    [step] = QuestionSteps(shipped(), {}, lambda said: prices).of("tam", {})
    assert [Language().say(choice.words) for choice in step.question.choices][2:] == [unsure]
    assert Language().say(step.question.hint).endswith("It costs 1." if prices else "regularly.")


@pytest.mark.parametrize("typed", ["10", "0", "soon", "30x"])
def test_what_is_no_time_is_refused_below_the_times(typed: str) -> None:
    [step] = QuestionSteps(shipped(), {}, lambda said: ()).of("response", {})
    with pytest.raises(SupportCliError):
        taken(step, Language().say, typed)


def test_what_is_no_answer_below_choices_is_refused_with_what_it_was() -> None:
    someone = Person("--response", "40m", "--spend", "1", "--ask")
    someone.sees("TAM")
    someone.types("10m")
    someone.sees("> 10m")
    assert "»" not in someone.last  # Enter would take none of them
    someone.types(ENTER)
    someone.sees("'10m' is not yes, no or named")
    someone.types(BACKSPACE * 3 + "not sure: show the price" + ENTER)
    someone.sees("Which of these services")
    assert "? not sure: show the price" in someone.text
    someone.types("1, Monitoring Design" + ENTER)
    someone.sees("How many accounts")
    assert "need? incident response, monitoring design" in " ".join(someone.text.split())
    someone.types("10" + ENTER)
    someone.sees("'10' is none of the choices; type the digit or the words of one")
    someone.types("\x03")
    assert someone.leaves() == 130


def test_several_services_are_ticked() -> None:
    """Of the plans that would do, Premier alone has what is ticked: the first and the third."""
    flags = ("--response", "10m", "--no-tam", "--tickets", "1", "--accounts", "1", "--spend", "1")
    someone = Person(*flags, "--without-channel", "hotline", "--ask", columns=160)
    someone.sees("Which of these services")
    someone.types("13" + DOWN + "  " + ENTER)
    assert someone.done() == 0
    assert "Recommended: Premier" in someone.text
    assert "need? incident response, monitoring design\n" in someone.text
    assert "--service incident-response --service monitoring-design" in someone.again


def test_a_key_after_the_answer_changes_one_thing() -> None:
    """Premier lists 744,000 a year, 520,800 after 30% off; an unknown spend has no discount."""
    flags = ("--spend", "12万", "--response", "10m", "--no-tam", "--tickets", "40")
    someone = Person(*flags, "--without-channel", "ticket", "--accounts", "1", "--ask", columns=200)
    someone.sees("Which of these services")
    someone.types(ENTER)
    someone.sees("Recommended: Enterprise ")
    someone.sees("[t]am")
    someone.types("10m" + ENTER)
    someone.sees("'10m' is none of these keys")
    someone.types("t")
    someone.sees("» 2 no")
    someone.types("y" + ENTER)
    someone.sees("Recommended: Premier ")
    someone.sees("Enter done")
    someone.types("d")
    someone.sees("30% off. Enter for none")
    someone.types("7折" + ENTER)
    someone.sees("¥520,800 a year")
    someone.sees("Enter done")
    someone.types("s")
    someone.sees("> 12万")
    someone.types("unknown" + ENTER)  # in the place of what stands there
    someone.sees("--discount: means nothing without a spend")
    someone.sees("Enter done")
    someone.types("p")
    someone.sees("Which plan")
    someone.types("<" + ENTER)
    assert someone.done() == 0
    assert someone.again.startswith("--spend 120000 --response unavailable=10m --without-channel")
    assert "--tam" in someone.again
    assert "--discount" in someone.again


def test_the_numbers_of_questions_leave_none_out() -> None:
    """AWS asks for hours only where no response time is asked for."""
    someone = Person("--plans", "aws", columns=140)
    someone.sees("1 of 5  Monthly cloud spend")
    someone.types("120000" + ENTER)
    someone.sees("2 of 5  How soon must")
    someone.types("1h" + ENTER)
    someone.sees("3 of 4  Do you need a dedicated TAM?")
    someone.types("n" + ENTER)
    someone.sees("4 of 4  How many accounts")
    someone.types("\x03")
    assert someone.leaves() == 130


def test_a_quote_is_a_key_away(tmp_path: Path) -> None:
    """Written as `quote` with the same flags would; a wrong name is asked about again."""
    flags = ("--spend", "12万", "--response", "10m", "--no-tam", "--tickets", "40")
    rest = ("--without-channel", "ticket", "--service", "none", "--ask")
    someone = Person(*flags, *rest, columns=140)
    someone.sees("How many accounts")
    someone.types(ENTER)
    someone.sees("[q]uote")
    someone.types("q")
    someone.sees("> quote.html")
    someone.types("quote.doc" + ENTER)
    someone.sees("has an ending that is not one of")
    kept, told = tmp_path / "kept.json", tmp_path / "told.json"
    kept.write_text("mine", encoding="utf-8")
    someone.types("\x15" + str(kept) + ENTER)
    someone.sees("--force")
    someone.sees("Enter done")
    someone.types("q")
    someone.sees("kept.json")
    someone.types("\x15" + str(told) + ENTER)
    someone.sees("the quote is in")
    assert someone.done() == 0
    assert kept.read_text(encoding="utf-8") == "mine"
    alone = tmp_path / "alone.json"
    made = run_cli("quote", *TODAY, *flags, *rest[:-1], "--accounts", "1", "--out", str(alone))
    assert made.code == 0
    assert told.read_bytes() == alone.read_bytes()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            ("--spend", "10-15万", "--accounts", "3", "--discount", "7折"),
            # At 150,000 Premier lists 780,000 and Enterprise 480,000: times 3 accounts, times 0.7.
            ": Premier, at most ¥1,638,000 a year, ¥630,000 more (all 3 accounts).",
        ),
        (
            ("--account", "a=15万", "--account", "b=12万", "--discount", "7折"),
            # (780,000 + 744,000) times 0.7, and 300,000 more for each, times 0.7.
            " for each account: at most ¥1,066,800 a year together, ¥420,000 more.",
        ),
    ],
)
def test_a_price_beside_choices_is_what_all_accounts_pay(
    flags: tuple[str, ...], words: str
) -> None:
    needs = ("--response", "10m", "--without-channel", "ticket", "--tickets", "40")
    someone = Person(*flags, *needs, "--service", "none", "--ask", columns=140)
    someone.sees(f"With a dedicated TAM{words}")
    someone.types("\x03")
    assert someone.leaves() == 130


def test_a_price_of_one_reading_is_no_upper_bound() -> None:
    """Enterprise is 10,000 and 5,000 a month, with a TAM and without."""
    flags = ("--plans", "aws", "--account", "a=100000", "--account", "b=50000")
    needs = ("--response", "15m", "--tickets", "1", "--service", "none")
    someone = Person(*flags, *needs, "--ask", columns=140)
    someone.sees(" for each account: $180,000 a year together, $0 more.")
    someone.types("\x03")
    assert someone.leaves() == 130


@pytest.mark.parametrize(
    ("language", "head", "mark", "last"),
    [
        ("en", "Recommended: ", "? unsure", "third-party copy"),
        ("zh", "推荐方案：", "? 为未确定", "价格：第三方"),
    ],
)
def test_the_recommendation_stands_above_the_keys_in_a_small_window(
    language: str, head: str, mark: str, last: str
) -> None:
    """24 rows of 60 columns; in a window that was made wider the answer is drawn anew."""
    needs = ("--response", "10m", "--without-channel", "ticket", "--service", "none")
    flags = ("--spend", "12万", *needs, "--tickets", "40", "--accounts", "1", "--lang", language)
    someone = Person(*flags, "--ask", columns=60)
    someone.resizes(60, rows=24)
    someone.sees("» 3")
    someone.types("3" + ENTER)
    someone.sees("[d]")
    shown = "".join(someone.text.split())
    assert "[s]" in someone.text.rstrip().splitlines()[-1]  # all keys in one line
    assert "".join(head.split()) in shown
    assert "".join(mark.split()) in shown
    assert "".join(last.split()) not in shown
    someone.resizes(80, rows=24)
    someone.sees(last)
    while not someone.text.rstrip().endswith(("Enter", "束")):  # below which the keys stand again
        someone.program.expect(".+")
    someone.types(ENTER)
    assert someone.leaves() == 0


def test_a_machine_s_answer_has_no_keys_below_it() -> None:
    someone = Person("--response", "40m", *REST, "-o", "json")
    someone.sees("cloud spend")
    someone.types("5" + ENTER)
    assert someone.leaves() == 0
    assert '"monthly_spend": "5.00"' in someone.raw
    assert "Enter done" not in someone.raw


def test_the_topics_of_an_answer_are_a_key_away_and_who_leaves_then_has_had_the_answer() -> None:
    someone = Person("--spend", "1", *REST, columns=100)
    someone.sees("How soon must")
    someone.types(ENTER)
    someone.sees("Enter done")
    someone.types("e")
    someone.sees("What is to be explained?")
    someone.sees("3 readings")
    someone.types("3" + ENTER)
    someone.sees("Floor reading")
    someone.sees("Enter done")
    someone.types("\x03")
    assert someone.leaves() == 130
    assert "the same again: supportcli advise --spend 1 " in someone.text
    assert someone.text.rstrip().endswith("\nsupportcli: cancelled")


def test_who_leaves_keeps_what_was_answered(tmp_path: Path) -> None:
    kept = tmp_path / "a.yaml"
    someone = Person("--save-answers", str(kept), columns=200)
    someone.sees("cloud spend")
    someone.types("10-15万" + ENTER)
    someone.sees("no requirement")
    someone.types("2" + ENTER)
    someone.sees("DingTalk group?")
    someone.types("<" + ENTER)
    someone.sees("» 2 within 10 min")
    someone.types(LEFT)
    someone.sees("> 10-15万")
    someone.types("\x03")
    assert someone.leaves() == 130
    assert f"go on with supportcli advise --answers {kept} --ask" in someone.text
    assert someone.text.rstrip().endswith("\nsupportcli: cancelled")
    assert 'spend: "100000..150000"\nresponse:\n  unavailable: 10m\n' in kept.read_text("utf-8")


def test_a_spend_is_demanded_where_a_flag_needs_one_and_names_say_that_they_replace_it() -> None:
    flags = ("--response", "40m", "--no-tam", "--discount", "7折", "--tickets", "1")
    someone = Person(*flags, "--fail-if-over", "5", "--ask", columns=140)
    someone.sees("cloud spend")
    someone.types(ENTER)
    someone.sees("--discount: means nothing without a spend")
    someone.sees("--fail-if-over: cannot be told without a spend")
    someone.types("12万" + ENTER)
    someone.sees("services")
    someone.types(ENTER)
    someone.sees("How many accounts")
    someone.types("3" + ENTER)
    someone.sees("They take the place of the spend that you gave before. All in one line: prod")
    someone.types("prod=3万 test=不清楚" + ENTER)
    someone.sees("test: --fail-if-over: cannot be told without a spend")
    someone.types("\x03")
    assert someone.leaves() == 130


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 140])
def test_a_question_fits_the_terminal_and_is_drawn_anew_in_another(
    columns: int, language: str
) -> None:
    """Its lines are broken by us: what the terminal broke would begin in the first column."""
    someone = Person("--lang", language, "--spend", "1", "--response", "40m", "--ask")
    someone.resizes(columns)
    someone.sees("TAM")
    someone.sees("» 3")
    assert someone.begins() <= {"? ", "  ", " »"}
    someone.resizes(columns - 20)
    someone.types(DOWN)
    someone.sees("» 1")
    assert someone.begins() <= {"? ", "  ", " »"}
    someone.types("\x03")
    assert someone.leaves() == 130


def test_the_bytes_of_an_arrow_key_may_come_one_by_one() -> None:
    someone = Person(*LISTED)
    someone.sees("» 1 no requirement")
    for byte in DOWN:
        someone.types(byte)
        someone.is_heard()
    someone.sees("» 2 ")
    someone.types("\x03")
    assert someone.leaves() == 130


@pytest.mark.parametrize(
    ("late", "reply"), [(["[", "B", ENTER], ("b",)), (["x", ENTER], ("",)), ([], None)]
)
def test_esc_counts_only_after_a_second_without_a_further_byte(
    late: list[str], reply: tuple[str, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait for the second is replaced: each of the late bytes comes within it."""
    waits: list[float] = []
    with create_pipe_input() as keys, create_app_session(input=keys):
        terminal = Terminal(Language())
        terminal.output = DummyOutput()
        choices = (Choice(Message("one"), "a"), Choice(Message("none"), "b"))
        prompt = ListPrompt(terminal, "Which?", "", choices, lambda text: Feedback(wrong=True))

        async def wait(seconds: float) -> None:
            waits.append(seconds)
            if late:
                keys.send_text(late.pop(0))
                await asyncio.Event().wait()

        monkeypatch.setattr(application, "sleep", wait)
        keys.send_text(ESC)
        if reply is None:
            with pytest.raises(KeyboardInterrupt):
                prompt.run()
        else:
            assert prompt.run() == (reply if reply[0] else ("a",))
    assert set(waits) == {1.0}


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        (ENTER, "about 12w"),
        ("250k" + ENTER, "250k"),
        ("\x1b[200~250k\x1b[201~" + ENTER, "250k"),
        (BACKSPACE + "5" + ENTER, "5"),
        (LEFT + "0" + ENTER, "about 120w"),
        ("<" + ENTER, None),
    ],
)
@pytest.mark.parametrize("choices", [(), (Choice(Message("one"), "a"),)], ids=["text", "list"])
def test_what_is_typed_takes_the_place_of_the_former_answer(
    choices: tuple[Choice, ...], keys: str, reply: str | None
) -> None:
    """In a text alone the arrow keys move the cursor; in a list Left goes back."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        terminal = Terminal(Language())
        terminal.output = DummyOutput()
        pipe.send_text(keys)
        if choices:
            prompt: Prompt = ListPrompt(
                terminal, "?", "", choices, lambda text: Feedback(), text="about 12w"
            )
            reply = None if keys.startswith(LEFT) else reply
        else:
            prompt = TextPrompt(terminal, "?", "", lambda text: Feedback(), "about 12w")
        assert prompt.run() == (None if reply is None else (reply,))


def test_a_spend_given_asks_nothing() -> None:
    someone = Person("--spend", "1", columns=80)
    assert someone.leaves() == 0
    assert someone.text.startswith("Recommended: Basic")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["\x03", ESC, "\x04"], ids=["ctrl-c", "esc", "ctrl-d"])
def test_leaving_a_typed_question(key: str) -> None:
    someone = Person(*TYPED)
    someone.sees("cloud spend")
    someone.types(key)
    assert someone.leaves() == 130
    assert someone.text.rstrip().endswith("supportcli: cancelled, nothing was written")
    assert "Traceback" not in someone.text


@pytest.mark.slow
@pytest.mark.parametrize("key", ["\x03", ESC, "\x04"], ids=["ctrl-c", "esc", "ctrl-d"])
def test_leaving_a_list(key: str) -> None:
    someone = Person(*LISTED)
    someone.sees("no requirement")
    someone.types(key)
    assert someone.leaves() == 130
    assert "cancelled, nothing was written" in someone.text


def test_ctrl_d_after_text_and_odd_keys_do_no_harm() -> None:
    someone = Person(*TYPED)
    someone.sees("cloud spend")
    someone.types("5\x04\x1c" + ENTER)
    assert someone.done() == 0
    assert "¥5 a month" in someone.text


def test_a_pasted_escape_sequence_is_refused() -> None:
    someone = Person(*TYPED)
    someone.sees("cloud spend")
    someone.types("\x1b[200~5\x1b]0;pwn\x07\n\x1b[201~" + ENTER)
    someone.sees("invisible character")
    someone.types("\x03")
    assert someone.leaves() == 130


@pytest.mark.slow
@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_a_dumb_terminal_works(terminal: str) -> None:
    someone = Person(*TYPED, TERM=terminal)
    someone.sees("cloud spend")
    someone.types("120000" + ENTER)
    assert someone.done() == 0
    assert "Recommended: Premier" in someone.text


def test_a_terminal_too_narrow_for_questions_names_the_flags() -> None:
    someone = Person(columns=18)
    assert someone.leaves() == 7
    assert "--spend" in someone.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
@pytest.mark.parametrize(
    ("arguments", "words"), [(LISTED, "no requirement"), (TYPED, "cloud spend")]
)
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
        "Questionnaire.put = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\n"
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
        someone = Person(*TYPED, *arguments)
        someone.sees("cloud spend")
        assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]", someone.raw)) == coloured
        someone.types("\x03")
        assert someone.leaves() == 130


def test_the_questions_in_chinese() -> None:
    someone = Person("--lang", "zh", columns=140)
    someone.sees("1/5  该账号每月云产品消费大约多少？")
    someone.types("１２万元" + ENTER)
    someone.sees("业务不可用时，工程师最晚要在多久内首次响应？")
    someone.sees("无要求")
    someone.types(DOWN + ENTER)
    someone.sees("贵公司能否使用该渠道：专属企业钉钉群？")
    someone.types("是" + ENTER)
    someone.sees("是否需要专属技术服务经理（TAM）？")
    someone.sees("不确定：先看价格")
    someone.types("２" + ENTER)
    someone.sees("4/6  需要以下哪些服务？")
    someone.types(ENTER)
    someone.sees("最忙的一个月大约提多少个工单？")
    someone.types("很多" + ENTER)
    someone.sees("不是 0 至 999999 的整数")
    someone.types(BACKSPACE * 2 + "40" + ENTER)
    someone.sees("需要覆盖几个账号？")
    someone.types("2" + ENTER + "零" + ENTER)
    someone.sees("不是 1 至 9999 的整数")
    someone.types(BACKSPACE + "2" + ENTER)
    assert someone.done("回车结束") == 0
    text = someone.text.replace(" ", "").replace("\\\n", "")  # the screen pads wide characters
    assert "大约多少？１２万元（每月¥120,000）\n" in text
    assert "推荐方案：企业级" in text
    assert "--spend120000--responseunavailable=10m--no-tam--tickets40--langzh" in text
    assert "--accounts2" in text


def test_leaving_in_chinese() -> None:
    someone = Person("--lang", "zh", *TYPED)
    someone.sees("云产品消费")
    someone.types("\x03")
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
    someone = Person("--lang", "zh", "--spend", "1", "--ask", PYTHONIOENCODING="ascii")
    someone.sees("no requirement")
    someone.sees("40 min")
    lines = [line for line in someone.text.splitlines() if line.strip()]
    assert lines[0].startswith("? 1 of 4  How soon must an engineer first respond")
    assert [line[:3] for line in lines[3:5]] == [" > ", "   "]
    someone.types("\x03")
    assert someone.leaves() == 130
    assert someone.text.rstrip().endswith("supportcli: cancelled, nothing was written")
