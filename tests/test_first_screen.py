"""What gives way on a first screen, and in which order, held against screens drawn by hand."""

from __future__ import annotations

import re

import pytest

from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
    SmallPrint,
    TextLine,
    VendorQuestion,
)
from supportcli.outputs.formats.first_screen import most_lines, screen_lines
from supportcli.text_width import cell_width
from tests.runner import TODAY, run_cli

COLUMNS = (
    ScreenColumn("Plan, EUR"),
    ScreenColumn("at most", figures=True),
    ScreenColumn("response", asked=True),
    ScreenColumn("TAM", asked=False),
    ScreenColumn("fits"),
)


def row(
    *texts: str, marked: bool = False, folded: str = "", folding: str = "do not fit: "
) -> ScreenRow:
    *cells, fits = texts
    brief = re.split("[:;]", fits)[0]
    return ScreenRow(
        (*map(ScreenCell, cells), ScreenCell(fits, brief)), marked, folded, folding=folding
    )


ROWS = (
    row("Tin", "0", "2 h", "no", "no: response", folded="Tin (2 h)"),
    row("Gold", "44,000", "10 min", "no", "yes", marked=True),
    row("Silver (trial)", "20,400", "10 min", "?", "ask 2; 30 tickets"),
)
SCREEN = FirstScreen(
    "Recommended: Gold",
    "Acme, EUR",
    (
        AmountLine("at most", "3,700 a month", "44,000 a year", "both parts add up"),
        AmountLine("probably", "2,500 a month", "30,000 a year", "the one counts towards it"),
        Questions(
            "ask first",
            (
                VendorQuestion("Does one count?", "If so 14,000 less."),
                VendorQuestion("Is Silver sold?", "If so 24,000 less."),
                VendorQuestion("What does Bronze cost?", "It may cost less."),
            ),
        ),
    ),
    (
        TextLine("for", ("12,000 a month", "a response in 10 min; not asked: TAM")),
        Clauses("gets", ("group: 10 min", "no TAM", "ticket 40 min, and a good deal more"), "; "),
    ),
    ScreenTable(COLUMNS, ROWS, ("Ends soon: Lead",)),
    SmallPrint(
        (
            ("Prices: a copy.", "Times: targets.", "The bill prevails."),
            ("A copy.", "The bill prevails."),
        ),
        " ",
    ),
    Clauses("next", ("--explain", "--ask", "supportcli breakeven"), "   "),
)

AT_80 = """\
Recommended: Gold                                                     Acme, EUR
at most   3,700 a month   44,000 a year   both parts add up
probably  2,500 a month   30,000 a year   the one counts towards it
ask first 1 Does one count? If so 14,000 less.
          2 Is Silver sold? If so 24,000 less.
          3 What does Bronze cost? It may cost less.

for       12,000 a month
          a response in 10 min; not asked: TAM
gets      group: 10 min; no TAM; ticket 40 min, and a good deal more

  Plan, EUR       at most  response  TAM  fits
  Tin                   0  2 h       no   no: response
> Gold             44,000  10 min    no   yes
  Silver (trial)   20,400  10 min    ?    ask 2; 30 tickets
  Ends soon: Lead

Prices: a copy. Times: targets. The bill prevails.
next      --explain   --ask   supportcli breakeven
"""
# 44 cells: no room for a reason, a word beside "fits", a TAM that nobody asked for.
AT_45 = """\
Recommended: Gold                  Acme, EUR
at most   3,700 a month   44,000 a year
probably  2,500 a month   30,000 a year
ask first 1 Does one count?
            If so 14,000 less.
          2 Is Silver sold?
            If so 24,000 less.
          3 What does Bronze cost?
            It may cost less.

for       12,000 a month
          a response in 10 min;
          not asked: TAM
gets      group: 10 min; no TAM

  Plan, EUR       at most  response  fits
  Tin                   0  2 h       no
> Gold             44,000  10 min    yes
  Silver (trial)   20,400  10 min    ask 2
  Ends soon: Lead

A copy. The bill prevails.
next      --explain   --ask
"""
# 34 cells: no amounts of a month, one blank between columns, and at last no response either.
AT_35 = """\
Recommended: Gold        Acme, EUR
at most   44,000 a year
probably  30,000 a year
"""
TABLE_AT_35 = """\
  Plan, EUR      at most fits
  Tin                  0 no
> Gold            44,000 yes
  Silver (trial)  20,400 ask 2
"""


def drawn(screen: FirstScreen, width: int) -> str:
    lines = ("".join(span.text for span in line).rstrip() for line in screen_lines(screen, width))
    return "".join(f"{line}\n" for line in lines)


def test_at_80_everything_has_its_place() -> None:
    assert drawn(SCREEN, 80) == AT_80


def test_columns_give_way_in_their_order() -> None:
    assert drawn(SCREEN, 45) == AT_45
    found = drawn(SCREEN, 35)
    assert found.startswith(AT_35)
    assert TABLE_AT_35 in found


def test_blanks_between_columns_give_way_before_a_column_that_was_asked_for() -> None:
    # 2 + 14 + 7 + 8 + 5 = 36 cells and three blanks: 39; with two each it is 42
    assert "> Gold            44,000 10 min   yes\n" in drawn(SCREEN, 40)
    assert "> Gold             44,000  10 min    yes\n" in drawn(SCREEN, 43)


def longer(count: int) -> FirstScreen:
    """The screen with so many needs: each is a line that never gives way."""
    needs = tuple(f"need {number}" for number in range(1, count + 1))
    return SCREEN._replace(basis=(TextLine("for", needs), Clauses("gets", PARTS, "; ")))


PARTS = ("group: 10 min", "a TAM", "and so much that it takes a second line of the screen to tell")
# 1 + 2 + 3 questions + 1 + needs + 2 of what one gets + 1 + 5 of the table + 1 + 2 = 18 + needs
ORDER = {
    4: ("for", "\ngets", "and so much", "3 What", "\n\nPrices", "  Tin  "),
    5: ("for", "\ngets", "3 What", "\n\nPrices", "  Tin  "),
    6: ("for", "\ngets", "\n\nPrices", "  Tin  "),
    7: ("for", "\ngets", "  Tin  "),
    8: ("for", "  Tin  "),
}
EVERY = ("for", "\ngets", "and so much", "3 What", "\n\nPrices", "  Tin  ")


@pytest.mark.parametrize("count", ORDER)
def test_lines_give_way_in_their_order(count: int) -> None:
    found = drawn(longer(count), 80)
    assert len(found.splitlines()) == most_lines(80) == 22
    assert tuple(words for words in EVERY if words in found) == ORDER[count]
    assert ("at most" in found, "2 Is Silver sold?" in found) == (True, True)


def test_what_one_gets_ends_at_a_comma_before_it_is_left_out() -> None:
    """A first part of more than a line: with 5 needs a line of it is left, with 8 none."""
    part = f"group (day, night): 10 min, {'then ' * 14}1 h"
    gets = Clauses("gets", (part, "no TAM"), "; ", cut=True)
    told = [drawn(longer(n)._replace(basis=(longer(n).basis[0], gets)), 80) for n in (5, 8)]
    assert "gets      group (day, night): 10 min\n\n" in told[0]
    assert "\ngets" not in told[1]
    unbroken = gets._replace(parts=(part.replace(", then", " then"),))
    found = drawn(SCREEN._replace(basis=(unbroken,)), 45)
    assert "gets      group (day, night)" in found


@pytest.mark.parametrize(
    ("words", "width"),
    [
        ("--lang zh", "60"),
        ("--include-doubtful", "80"),
        ("--as-of 2025-01-01", "80"),
        ("--plan enterprise-trial", "80"),
    ],
)
def test_what_one_gets_stands_longer_than_a_third_question(words: str, width: str) -> None:
    asked = f"--spend 120000 --response 10m --width {width} {words}".split()
    out = run_cli("advise", "--date", "2026-11-28", *asked).out
    assert "\ngets " in out or "\n服务内容" in out
    assert len(out.splitlines()) <= most_lines(int(width))


def test_rows_that_do_not_fit_are_the_last_to_give_way() -> None:
    """Two at least: a row alone would save no line."""
    copper = row("Copper", "9", "1 h", "no", "no: response", folded="Copper (1 h)")
    rows = (ROWS[0], copper, *ROWS[1:])
    screen = longer(8)._replace(table=SCREEN.table._replace(rows=rows))
    found = drawn(screen, 80)
    assert len(found.splitlines()) == 22
    assert "  Tin  " not in found
    assert "  Do not fit: Tin (2 h), Copper (1 h)\n  Ends soon: Lead\n" in found


def test_what_is_merely_not_known_to_fit_is_not_said_not_to() -> None:
    copper = row("Copper", "9", "?", "no", "not known", folded="Copper (?)", folding="not known: ")
    zinc = row("Zinc", "9", "3 h", "no", "no", folded="Zinc (3 h)")
    screen = longer(8)._replace(
        table=SCREEN.table._replace(rows=(ROWS[0], copper, zinc, *ROWS[1:]))
    )
    told = "  Do not fit: Tin (2 h), Zinc (3 h); not known: Copper (?)\n"
    assert told in drawn(screen, 80)


def test_a_number_is_not_parted_from_its_unit() -> None:
    parts = ("专属群：业务不可用 10 分钟，其余级别 1 小时、16 小时",)
    for width in range(30, 60):
        screen = SCREEN._replace(basis=(Clauses("服务内容", parts, "；"),))
        for line in drawn(screen, width).splitlines():
            assert not line.endswith(("10", "1", "16", "分", "小"))


def test_wide_letters_take_two_cells_in_labels_and_columns() -> None:
    columns = (ScreenColumn("支持计划"), ScreenColumn("最多", figures=True), ScreenColumn("满足"))
    rows = (row("企业级", "444,000", "是", marked=True), row("基础", "0", "否"))
    screen = SCREEN._replace(
        answer=(AmountLine("最多", "每月 ¥37", "全年 ¥444"),), table=ScreenTable(columns, rows)
    )
    found = drawn(screen, 80)
    assert "最多      每月 ¥37   全年 ¥444\n" in found
    assert "  支持计划     最多  满足\n> 企业级    444,000  是\n  基础            0  否\n" in found


@pytest.mark.parametrize("width", range(20, 101))
def test_no_line_is_as_wide_as_the_screen_where_the_names_leave_room(width: int) -> None:
    least = 33  # of the table: 2 + 14 + 1 + 7 + 1 + 5, and the amounts of a year
    for line in drawn(SCREEN, width).splitlines():
        assert cell_width(line) < max(width, least)


@pytest.mark.parametrize(
    ("flags", "english", "chinese"),
    [
        (("--spend", "20000"), "Plan, CNY a year", "支持计划（全年，元）"),
        (("--spend", "20000", "--months", "6"), "Plan, CNY, 6 months", "支持计划（6 个月，元）"),
        (("--spend", "8万..20万"), "Plan, a year at most", "支持计划（全年最多）"),
        (
            ("--spend", "8万..20万", "--months", "6"),
            "Plan, 6 months at most",
            "支持计划（6 个月最多）",
        ),
        (("--account", "a=20000", "--account", "b=0"), "Account, CNY a year", "账号（全年，元）"),
    ],
)
def test_rows_as_text_stand_below_what_their_amounts_are_of(
    flags: tuple[str, ...], english: str, chinese: str
) -> None:
    for code, title in (("en", english), ("zh", chinese)):
        done = run_cli("advise", "--response", "10m", *flags, "-o", "text", "--lang", code)
        assert f"\n\n{title}\n" in done.out


def test_a_series_is_told_from_its_lowest_month_to_its_highest() -> None:
    """The account beside it spends 20,000 in each month: 120,000 to 220,000 together."""
    series = " ".join(["100000"] * 6 + ["200000"] * 6)
    one = ("advise", "--spend-series", series, "--tam")
    deal = ("advise", "--account", f"a=series={series},tam", "--account", "b=20000")
    for form in ("text", "chat"):
        assert "¥100,000 to ¥200,000 a month before" in run_cli(*one, "-o", form).out
        assert "2 accounts, ¥120,000 to ¥220,000 a month" in run_cli(*deal, "-o", form).out
    assert "Premier: a (¥100,000 to ¥200,000 a month, TAM)" in run_cli(*deal, "-o", "chat").out
    assert "\na: 1st month 100,000;" in run_cli(*deal, "-o", "text").out
    months = run_cli(*one, "--explain", "all", "-o", "text").out
    assert "Spend ¥100,000 to ¥200,000" in months


@pytest.mark.parametrize(
    ("code", "short", "long"),
    [
        ("en", "for: ¥100,000 to ¥200,000.50 a month", "Spend ¥100,000 to ¥200,000.50 a month"),
        (
            "zh",
            "月消费（折前）¥100,000 至 ¥200,000.50",
            "按月消费（折前）¥100,000 至 ¥200,000.50",
        ),
    ],
)
def test_a_series_is_told_to_the_cent_above_the_months(code: str, short: str, long: str) -> None:
    series = " ".join(["100000"] * 11 + ["200000.5"])
    flags = ("--spend-series", series, "--tam", "--explain", "all", "-o", "text", "--lang", code)
    out = run_cli("advise", *flags).out
    assert short in out
    assert long in out


def test_the_worth_of_the_third_question_gives_way_before_the_question() -> None:
    """At 70 columns 24 lines would hold all three; without the last one's second line 23 do.

    At 60 there is room for it or for what one gets, which stays.
    """
    asked = ("advise", "--spend", "120000", "--response", "10m", *TODAY)
    lines = run_cli(*asked, "--width", "70").out.splitlines()
    assert len(lines) == 23
    place = lines.index("          3 What does Business cost, is it still sold?")
    assert lines[place + 1] == ""
    narrow = run_cli(*asked, "--width", "60").out
    assert "gets      DingTalk group: 10 min (business unavailable)" in narrow
    assert "What does Business cost" not in narrow
