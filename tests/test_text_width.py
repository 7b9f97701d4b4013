"""Columns stand one below the other in a terminal, whatever letters a name is written in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from supportcli.errors import ExitCode
from supportcli.text_width import cell_width, in_clauses, widest_piece, wrapped
from tests.runner import TODAY, run_cli

# Each kind of letter with the columns that a terminal gives it, counted by hand.
LETTERS = {
    "a": 1,
    "é": 1,
    "e\u0301": 1,
    "Ж": 1,
    "中": 2,
    "。": 2,
    "か\u3099": 2,
    "葛\U000e0100": 2,
    "한": 2,
    "ｱ": 1,
    "Ａ": 2,
    "▶": 1,
    "✓": 1,
    "⌚": 2,
    "☎": 1,
    "☎\ufe0f": 2,
    "☎\ufe0e": 1,
    "❤\ufe0f": 2,
    "1\ufe0f\u20e3": 2,
    "#\ufe0f\u20e3": 2,
    "👍": 2,
    "👍🏽": 2,
    "👨\u200d👩\u200d👧": 2,
    "👩🏽\u200d🚀": 2,
    "🏳\ufe0f\u200d🌈": 2,
    "🇨🇳": 2,
    "नि": 2,
    "स्": 1,
    "क्ष": 2,
    "ไ": 1,
    "ที่": 1,
    "த": 1,
    "मी": 2,
}
PIECES = st.sampled_from([*LETTERS, " ", "(", ")", "（", "）", "12", "万", ",", ": "])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(("letter", "columns"), LETTERS.items())
def test_a_letter_takes_the_columns_that_a_terminal_gives_it(letter: str, columns: int) -> None:
    assert cell_width(letter) == columns == wcswidth(letter)


@given(TEXTS)
def test_a_text_is_as_wide_as_wcwidth_says(text: str) -> None:
    assert cell_width(text) == wcswidth(text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=8))
def test_any_text_is_as_wide_as_wcwidth_says(text: str) -> None:
    assert cell_width(text) == wcswidth(text)


@given(TEXTS, st.integers(min_value=2, max_value=12))
def test_lines_fit_and_no_letter_is_torn(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(wcswidth(line) <= width for line in lines)
    letters = [letter for letter in iter_graphemes(text) if not letter.isspace()]
    drawn = [one for line in lines for one in iter_graphemes(line) if not one.isspace()]
    assert drawn == letters
    assert widest_piece(text) <= max(map(wcswidth, text.split(" ")))


# On the screens

NAMES = ("Pro ☎\ufe0f", "家庭 👨\u200d👩\u200d👧", "स्तर नि", "1\ufe0f\u20e3 e\u0301 Plus")
CATALOGUE = """\
id: acme
name: Acme ❤\ufe0f
currency: CNY
sources:
  - {{id: site, title: Price page, level: vendor, date: 2026-01-15}}
severities:
  - {{id: down, name: service down}}
channels:
  - {{id: mail, name: ☎\ufe0f नि, targets: true}}
plans:
{plans}"""
PLAN = """\
  - id: p{tier}
    name: "{name}"
    tier: {tier}
    fee: {{flat: {price}}}
    source: site
    channels: {{mail: true}}
    response:
      - {{channel: mail, severity: down, target: {tier}h, source: site}}
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A catalogue whose plans have such names."""
    monkeypatch.chdir(tmp_path)
    plans = "".join(
        PLAN.format(name=name, tier=tier, price=1000 * tier) for tier, name in enumerate(NAMES, 1)
    )
    Path("plans.yaml").write_text(CATALOGUE.format(plans=plans), encoding="utf-8")
    return "plans.yaml"


def columns_of(pattern: str, out: str) -> list[list[int]]:
    """Where in a terminal what is looked for begins, for each line that has it."""
    found = (
        [wcswidth(line[: one.start()]) for one in re.finditer(pattern, line)]
        for line in out.splitlines()
    )
    return [columns for columns in found if columns]


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_a_list_of_plans_with_such_names(width: str, catalogue: str) -> None:
    done = run_cli("plans", "list", "--plans", catalogue, "--width", width)
    assert done.code == ExitCode.DONE
    assert all(name in done.out for name in NAMES)
    [headings] = columns_of(r"Fee a month|Source", done.out)
    assert columns_of(r"¥[0-9],000|vendor's", done.out) == [headings] * len(NAMES)


def test_an_advice_on_plans_with_such_names(catalogue: str) -> None:
    asked = ("advise", "--spend", "5000", "--plans", catalogue, "--width", "80", *TODAY)
    done = run_cli(*asked, "--explain", "all")
    assert done.code == ExitCode.DONE
    table = done.out.split("What each plan costs")[1].split("\n\n")[0]
    assert all(name in table for name in NAMES)
    ends = [wcswidth(line) for line in table.splitlines()[2:]]
    assert len(ends) == len(NAMES) + 1
    assert len(set(ends)) == 1, "amounts at the right end below each other"
    first = columns_of(r"(?<= )[1-4] h(?= )|yes$", run_cli(*asked).out)
    assert [len(columns) for columns in first[-len(NAMES) :]] == [2] * len(NAMES)
    assert len(set(map(tuple, first[-len(NAMES) :]))) == 1


def test_accounts_with_such_names(catalogue: str) -> None:
    accounts = [word for name in NAMES for word in ("--account", f"{name}=5000")]
    done = run_cli("advise", *accounts, "--plans", catalogue, "--width", "80", *TODAY)
    assert done.code == ExitCode.DONE
    found = columns_of(r"(?<=  )5,000|(?<=none   )Pro ☎|(?<= )12,000", done.out)
    rows = [columns for columns in found if len(columns) == 3]
    assert len(rows) == len(NAMES)
    assert len(set(map(tuple, rows))) == 1


def test_groups_of_a_batch_with_such_names(catalogue: str) -> None:
    rows = "".join(f"{name},5000\n" for name in NAMES)
    Path("in.csv").write_text(f"group,monthly_spend\n{rows}", encoding="utf-8")
    wanted = ("--group-by", "group", "--out", "out.csv", "--width", "80", *TODAY)
    done = run_cli("batch", "in.csv", "--plans", catalogue, *wanted)
    assert done.code == ExitCode.DONE
    found = columns_of(r"(?<=  )Pro ☎|¥1,000", done.out)
    assert len(found) == len(NAMES)
    assert len(set(map(tuple, found))) == 1


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (
            "first response in 1 h, a dedicated TAM; not asked: tickets",
            50,
            ["first response in 1 h, a dedicated TAM;", "not asked: tickets"],
        ),
        (
            "月消费（折前）¥120,000，自 2026 年 12 月起 12 个月",
            49,
            ["月消费（折前）¥120,000，", "自 2026 年 12 月起 12 个月"],
        ),
        ("one, two, three four five six", 18, ["one, two, three", "four five six"]),
        ("no clause ends in this text at all", 30, ["no clause ends in this text at", "all"]),
        ("short enough, all of it", 30, ["short enough, all of it"]),
        ("first, " + "word " * 8 + "end", 20, wrapped("first, " + "word " * 8 + "end", 20)),
    ],
)
def test_a_short_last_line_begins_with_a_clause(text: str, width: int, lines: list[str]) -> None:
    assert in_clauses(text, width) == lines


@given(st.text(alphabet="ab ,;，；月消 1", max_size=40), st.integers(4, 30))
def test_clauses_lose_nothing_and_take_no_more_lines(text: str, width: int) -> None:
    found = in_clauses(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert len(found) == len(wrapped(text, width))
    assert all(cell_width(line) <= width for line in found)


@pytest.mark.parametrize(
    "text", ["12 个月", "2026 年", "12 月", "1 日，", "30 次", "< 10 min", "< 10 分钟"]
)
def test_a_number_stays_with_its_unit_and_what_it_is_compared_by(text: str) -> None:
    assert widest_piece(text) == cell_width(text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        # Columns counted by hand: two for each character, the word that does not fit goes down.
        ("全年大概率少", 8, ["全年", "大概率少"]),
        ("顶级最多", 6, ["顶级", "最多"]),
        ("（先问 2）。", 6, ["（先问", "2）。"]),
        ("推荐企业级-体验版", 8, ["推荐", "企业级-", "体验版"]),
        ("约 12万元", 6, ["约", "12万元"]),
        ("约 10 万元。", 9, ["约", "10 万元。"]),
        ("大概率", 4, ["大概", "率"]),  # wider than a line: it has to be
    ],
)
def test_a_word_of_a_headline_and_an_amount_are_not_parted(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize("width", range(20, 40))
def test_words_that_sentences_are_made_of_are_not_parted_either(width: int) -> None:
    lines = wrapped("仅在工作时间内首次响应，而不是 24 个工作小时内解决", width)
    assert not [line for line in lines if line.endswith(("而", "而不", "工", "小"))]
