"""A spend given as a range: what is understood, what is refused, and how it is given again."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.inputs.answers.reader import AnswerReader, Answers
from supportcli.inputs.answers.sources import Given
from supportcli.needs.registry import Needs
from supportcli.outputs.formats.answers_file import HEADER, Replay
from tests.builders import shipped
from tests.runner import TODAY, run_cli

NOT_A_RANGE = "{} is not a range of spend; write the lowest first, like 80000..200000"
NOTHING_THERE = "an amount is missing; write it like 12500 or 12,500.00"


def reader_of(text: str) -> tuple[Answers, AnswerReader]:
    reader = AnswerReader(shipped())
    return reader.read({"spend": Given((text,), "--spend")}), reader


def told(answers: Answers) -> list[str]:
    return [str(amount) for amount in answers.span]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("80000..200000", ["80000", "140000", "200000"]),  # (80,000 + 200,000) / 2
        ("8万..20万", ["80000", "140000", "200000"]),
        ("80,000..200,000.00", ["80000", "140000", "200000"]),
        ("80000 .. 200000", ["80000", "140000", "200000"]),
        ("¥80000..200000元", ["80000", "140000", "200000"]),
        ("８万..２０万", ["80000", "140000", "200000"]),
        ("1..2..4", ["1", "2", "4"]),
        ("1..1.000001..4", ["1", "1000001/1000000", "4"]),
        ("0..5", ["0", "5/2", "5"]),
        ("0..0.01", ["0", "1/200", "1/100"]),
    ],
)
def test_a_range_has_a_lowest_a_middle_and_a_highest(text: str, span: list[str]) -> None:
    answers, reader = reader_of(text)
    assert reader.problems == []
    assert told(answers) == span
    assert answers.spend == Fraction(span[1])


@pytest.mark.parametrize(
    ("text", "spend"), [("140000", "140000"), ("14万", "140000"), ("0", "0"), ("unknown", None)]
)
def test_one_amount_is_no_range(text: str, spend: str | None) -> None:
    answers, reader = reader_of(text)
    assert reader.problems == []
    assert answers.span == ()
    assert answers.spend == (None if spend is None else Fraction(spend))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2..1", NOT_A_RANGE.format("'2..1'")),
        ("1..1", NOT_A_RANGE.format("'1..1'")),
        ("0..0", NOT_A_RANGE.format("'0..0'")),
        ("1..2..2", NOT_A_RANGE.format("'1..2..2'")),
        ("1..1..2", NOT_A_RANGE.format("'1..1..2'")),
        ("1..5..4", NOT_A_RANGE.format("'1..5..4'")),
        ("1..2..3..4", NOT_A_RANGE.format("'1..2..3..4'")),
        ("1...2", NOT_A_RANGE.format("'1...2'")),  # from 1 to .2
        ("..5", NOTHING_THERE),
        ("5..", NOTHING_THERE),
        ("..", NOTHING_THERE),
        ("1....2", NOTHING_THERE),
        ("-5..5", "'-5' is below zero; write an amount of 0 or more"),
        ("5..unknown", "'unknown' is not an amount; write it like 12500 or 12,500.00"),
        (
            "1..$2",
            "'$2' is in USD, the plans are in CNY; give the amount in CNY",
        ),
    ],
)
def test_what_is_no_range_is_refused(text: str, words: str) -> None:
    answers, reader = reader_of(text)
    assert list(map(str, reader.problems)) == [f"--spend: {words}"]
    assert (answers.spend, answers.span) == (None, ())


def test_each_end_that_needed_interpreting_is_told() -> None:
    answers, _ = reader_of("8万..20万")
    assert list(map(str, answers.understood)) == [
        "spend understood as CNY 80,000 to CNY 200,000 a month"
    ]
    answers, _ = reader_of("1.000..2.000")
    assert list(map(str, answers.cautions)) == [
        "'1.000' was read with three decimals; for thousands write 1000",
        "'2.000' was read with three decimals; for thousands write 2000",
    ]


# The range again


def replay(*spend: str) -> Replay:
    return Replay(Needs(tickets=3), tuple(map(Fraction, spend)), (), "CNY")


@pytest.mark.parametrize(
    ("spend", "text"),
    [
        ((), "unknown"),
        (("0",), "0"),
        (("140000",), "140000"),
        (("0.005",), "0.005"),
        (("80000", "140000", "200000"), "80000..200000"),
        (("80000", "150000", "200000"), "80000..150000..200000"),
        (("0", "2.5", "5"), "0..5"),
        (("1", "2.125", "4.1"), "1..2.125..4.10"),
    ],
)
def test_the_spend_is_given_again(spend: tuple[str, ...], text: str) -> None:
    again = replay(*spend)
    assert again.command_line() == f"supportcli advise --spend {text} --tickets 3"
    assert again.answers_file() == f'{HEADER}spend: "{text}"\ntickets: 3\n'


in_cents = st.integers(0, 10**13).map(lambda cents: Fraction(cents, 100))


@settings(deadline=None, max_examples=100)
@given(st.lists(in_cents, min_size=2, max_size=3, unique=True).map(sorted))
def test_what_is_given_again_is_understood_as_the_same(ends: list[Fraction]) -> None:
    text = "..".join(f"{int(end * 100) // 100}.{int(end * 100) % 100:02}" for end in ends)
    first, reader = reader_of(text)
    words = Replay(Needs(), first.span, (), "CNY").command_line().split()
    again, _ = reader_of(words[words.index("--spend") + 1])
    assert reader.problems == []
    assert again.span == first.span
    assert (first.span[0], first.span[-1]) == (ends[0], ends[-1])


def test_a_middle_of_more_decimals_than_an_amount_has_is_understood_again() -> None:
    """(0.000001 + 0.000002) / 2 = 0.0000015."""
    first, _ = reader_of("0.000001..0.000002")
    words = Replay(Needs(), first.span, (), "CNY").command_line().split()
    again, reader = reader_of(words[words.index("--spend") + 1])
    assert reader.problems == []
    assert again.span == first.span


def test_a_run_with_a_range_is_the_same_however_it_is_written() -> None:
    """The floor reading: 5,000 or 10% of 40,000, 80,000, 120,000: 5,000, 8,000, 12,000 a month."""
    needed = ("--response", "unavailable=10m", "--include-doubtful")
    flags = (*needed, "--reading", "floor", *TODAY)
    done = run_cli("advise", "--spend", "4万..12万", *flags)
    again = run_cli("advise", "--spend", "40000..80000..120000", *flags)
    assert (done.code, again.code) == (0, 0)
    assert done.out == again.out
    assert "¥60,000..¥144,000 a year" in again.out
    explained = run_cli("advise", "--spend", "4万..12万", *flags, "--explain", "all")
    for annual in (" 60,000", " 96,000", " 144,000"):
        assert annual in explained.out


def test_answers_with_a_range_are_saved_and_read_again(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    asked = ("advise", *TODAY, "-o", "json")
    first = run_cli(*asked, "--spend", "80000..140000..200000", "--save-answers", str(saved))
    assert 'spend: "80000..200000"\n' in saved.read_text(encoding="utf-8")
    assert run_cli(*asked, "--answers", str(saved)).out == first.out


def test_amounts_beside_the_ends_are_of_the_upper_end() -> None:
    """800,000 with 10 %: 105,000 a month listed, 1,260,000 a year; Premier 130,000, 1,560,000."""
    asked = ("--spend", "80000..800000", "--response", "10m", *TODAY)
    agreed = ("--discount", "7折", "--voucher", "60000", "--months", "24", "-o", "text")
    out = run_cli("advise", *asked, *agreed).out
    assert "at the upper end: list ¥1,260,000 a year, 30% off -¥378,000" in out
    assert "¥554,400..¥1,764,000 for 24 months" in out
    assert "1,128,000" not in out  # Premier's of the middle, 440,000
    chat = run_cli("advise", *asked, "-o", "chat").out
    assert "Premier, at most ¥1,560,000 a year" in chat
    today = run_cli("advise", *asked, "--current-plan", "premier", "-o", "text").out
    assert "Premier, at most ¥696,000..¥1,560,000 a year, probably ¥600,000..¥960,000" in today
    # Probably 600,000 - 300,000 at the lower end, 960,000 for either plan at the upper.
    probably = "probably ¥300,000 less at the lower end, the same at the upper end"
    assert f"Enterprise is ¥300,000 less a year, {probably}" in today


def test_what_is_more_or_left_at_the_ends_of_a_range_is_said_of_both() -> None:
    """At 80,000 and 200,000 the trial is 13,000 and 25,000, probably 8,000 and 20,000.

    Enterprise is 20,000 more each, probably 17,000 and 5,000; Premier is 58,000 and 70,000.
    """
    asked = ("--spend", "80000..200000", "--response", "10m", "-o", "text", *TODAY)
    out = run_cli("advise", *asked, "--plan", "enterprise-trial").out
    words = "¥204,000 a year more at the lower end, ¥60,000 a year more at the upper end"
    assert f"Enterprise, ¥240,000 a year more; probably {words}\n" in out
    out = run_cli("advise", *asked, "--tam", "--voucher", "1000000").out
    assert "¥304,000..¥160,000 left" in out  # 1,000,000 - 12 x 58,000 and - 12 x 70,000


def test_the_accounts_of_a_range_add_up_to_its_upper_end() -> None:
    """Premier at 200,000: 70,000 a month, 840,000 a year, x 0.7; Enterprise at 20,000: 226,800."""
    accounts = ("--account", "a=80000..200000,tam", "--account", "b=20000,response=10m")
    for form in ("text", "chat"):
        out = run_cli("advise", *accounts, "--discount", "7折", "-o", form, *TODAY).out
        assert "¥714,000..¥814,800 a year" in out
        assert "¥100,000 to ¥220,000 a month" in out
        assert "588,000" in out
        assert "226,800" in out
        assert "Accounts as at the upper end of the range." in out


@pytest.mark.parametrize(
    ("width", "spend", "heading"),
    [
        ("80", "80000..200000", "Plan, a year at most  at ¥80,000  at ¥200,000"),
        ("80", "unknown", "Year at most, at     ¥10,000  ¥100,000   ¥500,000"),
        ("60", "80000..200000", "Year at most, at    ¥80,000 ¥200,000"),
    ],
)
def test_the_plans_keep_their_heading_over_several_spends(
    width: str, spend: str, heading: str
) -> None:
    asked = () if spend == "unknown" else ("--response", "10m")
    done = run_cli("advise", "--spend", spend, *asked, *TODAY, environment={"COLUMNS": width})
    assert f"\n  {heading}" in done.out


@pytest.mark.parametrize("topics", ["fees,months", "needs", "readings", "whatif", "thresholds"])
def test_what_is_explained_says_which_spend_of_the_range_it_is_for(topics: str) -> None:
    """Of 80,000 to 200,000 the first screen's other amounts are of the upper end too."""
    asked = ("advise", "--response", "10m", *TODAY, "--explain", topics, "-o", "text")
    words = "What follows is told at ¥200,000 a month, the upper end of the range.\n"
    assert words in run_cli(*asked, "--spend", "80000..200000").out
    assert "of the range" not in run_cli(*asked, "--spend", "140000").out


def test_the_accounts_of_a_range_are_explained_at_its_upper_end() -> None:
    """Premier at 80,000: 12 x 58,000 = 696,000; at 200,000: 12 x 70,000 = 840,000.

    With Premier for b too: 12 x (50,000 + 2,000) = 624,000 more, 1,464,000.
    """
    accounts = ("--account", "a=80000..200000,tam", "--account", "b=20000")
    asked = ("--explain", "accounts,whatif,all", "-o", "md")
    done = run_cli("advise", *accounts, *asked, *TODAY)
    details, a, b = re.split(r"\n#+ [ab]\n", done.out[done.out.index("A plan for each of") :])
    assert "\nAccounts as at the upper end of the range.\n" in details
    assert "| a | 200,000 | Premier | 70,000 | 840,000 |" in details
    assert "Together ¥840,000 a year." in details
    assert "One plan for all: Premier, ¥1,464,000 a year." in details
    assert "| lowest | 58,000 | 696,000 |" in details
    assert "What follows is told at ¥200,000 a month" in a
    assert "| highest | 200,000 | Premier | 840,000 |" in a.replace("*", "")
    assert "140,000" not in details
    assert "What follows is told" not in b  # it has no range
    assert "| lowest |" not in b
