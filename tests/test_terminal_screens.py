"""First screens on a real terminal of 24 rows: the headline still stands above the prompt."""

from __future__ import annotations

import os
import sys

import pexpect
import pyte
import pytest

from supportcli.text_width import cell_width

ROWS = 24
DAY = ("--date", "2026-11-28")
DEAL = tuple(
    word for number in range(1, 13) for word in ("--account", f"a{number}={number}0000,response=1h")
)
WORST = (
    *("--spend", "1234567.89", "--response", "10m", "--tam", "--tickets", "40"),
    *("--discount", "15%", "--tax", "added", "--tax-rate", "6%", "--current-plan", "enterprise"),
)
CASES = {
    "recommended": ("--spend", "120000", "--response", "10m"),
    "understood": ("--spend", "12万", "--response", "10分钟"),
    "worst": WORST,
    "range": ("--spend", "8万-20万", "--response", "10m"),
    "deal": DEAL,
    "asked": ("--spend", "12万", "--response", "10m", "--plan", "premier", "--discount", "7折"),
    "none fits": ("--plans", "aws", "--spend", "120000", "--response", "1m"),
}
HEADLINES = ("Recommended: ", "Asked for: ", "No plan ", "推荐方案：", "指定计划：", "没有支持计划")
MOST = {80: (22, 79), 60: (23, 59)}


def shown(columns: int, *arguments: str) -> list[str]:
    """What stands on a terminal of that many columns when the program has left."""
    screen = pyte.Screen(columns, ROWS)
    stream = pyte.Stream(screen)
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    environment.pop("COLUMNS", None)
    program = pexpect.spawn(
        sys.executable,
        ["-m", "supportcli", "advise", *DAY, *arguments],
        dimensions=(ROWS, columns),
        env=environment,
        encoding="utf-8",
        timeout=20,
    )
    program.expect(pexpect.EOF)
    stream.feed(program.before or "")
    program.close()
    assert program.exitstatus in (0, 4)
    return [line.rstrip() for line in screen.display]


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("columns", MOST)
@pytest.mark.parametrize("case", CASES)
def test_the_headline_is_on_the_screen_above_the_prompt(case: str, columns: int, code: str) -> None:
    lines = shown(columns, *CASES[case], "--lang", code)
    prompt = max(place for place, line in enumerate(lines) if line) + 1
    words = [line for line in lines[:prompt] if line.startswith("supportcli: ")]
    answer = [line for line in lines[:prompt] if line not in words]
    most, cells = MOST[columns]
    assert prompt < ROWS  # the cursor stands on a row of its own, nothing has scrolled away
    assert len(words) <= 1
    assert len(answer) <= most
    assert max(map(cell_width, answer)) <= cells
    assert answer[0].startswith(HEADLINES)
