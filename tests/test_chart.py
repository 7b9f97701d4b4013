"""Charts of fees: where letters and dots stand by hand, marks, any number of plans."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from supportcli.core.schedule import GreaterOf, Line, normalise
from supportcli.errors import ExitCode
from supportcli.outputs.console import Surface
from supportcli.outputs.document.model import Chart, ChartMark, Curve
from supportcli.outputs.formats.chart import COLOURS, ROWS, ChartLine, chart_lines
from supportcli.outputs.formats.terminal import draw
from supportcli.text_width import cell_width
from tests.builders import flat, share
from tests.runner import TODAY, Done, run_cli

ZERO = Fraction(0)
CHART = Chart(
    curves=(
        Curve("Share", normalise(share("10"))),
        Curve("Least", normalise(GreaterOf(flat("40"), share("5")))),
    ),
    top=Fraction(1000),
    fees=(ChartMark(ZERO, "0"), ChartMark(Fraction(50), "50"), ChartMark(Fraction(100), "100")),
    spends=tuple(ChartMark(Fraction(each), str(each)) for each in (0, 500, 1000)),
    thresholds=(ChartMark(Fraction(400), "at 400"),),
    here=ChartMark(Fraction(700), "here: 700"),
    cheapest="best",
    several="several",
    others="others",
    more=("2 more",),
    told=("in words",),
)

# 31 columns, 1000 / 30 of spend each; nine rows, 100 / 8 of fee each. In column c 10 % is 100 c/30,
# in row 0.2667 c: 29 and 30 in row 8 (7.73), 25 (6.67) to 28 in row 7, and so on. 40 is in row 3
# (3.2), and from 43.75 on in row 4, which 5 % is at 875, column 27 (26.25). 10 % is in row 3 from
# column 10 (2.67), where both are, to 13 (3.47).
LETTERS = """\
 100 |                             AA
     |                         AAAA
     |                     AAAA
     |                 AAAA
  50 |              AAA          BBBB
     |BBBBBBBBBB****BBBBBBBBBBBBB
     |      AAAA
     |  AAAA
   0 |AA
     +------------1------------------
      0             500          1000
best  AAAAAAAAAAAABBBBBBBBBBBBBBBBBBB
                           ^
A Share   B Least   * several
1 at 400   ^ here: 700
2 more
"""


def text(lines: list[ChartLine]) -> str:
    joined = ("".join(span.text for span in line).rstrip() for line in lines)
    return "".join(f"{line}\n" for line in joined)


def test_letters_by_hand() -> None:
    assert text(chart_lines(CHART, 37)) == LETTERS


def test_where_there_is_no_room_it_is_in_words() -> None:
    assert text(chart_lines(CHART, 20)) == "in words\n"
    assert text(chart_lines(CHART, 20, dots=True)) == "in words\n"


def dots_of(lines: list[ChartLine]) -> Iterator[tuple[int, int, int | None]]:
    """Every dot: its column (two to a cell), its level (four to a cell), its curve."""
    places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    for row, (_, *spans) in enumerate(lines[:ROWS]):
        column = 0
        for span in spans:
            for letter in span.text:
                for bit, (across, down) in enumerate(places):
                    if letter > "~" and (ord(letter) - 0x2800) >> bit & 1:
                        yield 2 * column + across, 4 * (ROWS - row) - 1 - down, span.curve
                column += 1


def test_dots_are_the_nearest_to_the_fee() -> None:
    """62 places of 1000 / 61 of spend, 36 levels of 100 / 35 of fee; a cell has one curve's colour.

    Between two places all dots are set, so that the line has no gap.
    """
    found = list(dots_of(chart_lines(CHART, 37, dots=True)))
    owned = {(across, level): curve for across, level, curve in found}
    for index, curve in enumerate(CHART.curves):
        for across in range(60):  # the last cell is the curve's letter
            level = round(curve.fee(Fraction(1000 * across, 61)) / 100 * 35)
            assert (across, level) in owned
            if index == len(CHART.curves) - 1:
                assert owned[across, level] == index
    uprights = {across for across, _, curve in found if curve is None}
    assert uprights == {24}  # column 12, the left of its dots: 400 of 1000 in 31 columns


def test_the_letter_of_a_curve_stands_at_its_end() -> None:
    """At the right edge at the height of its fee there; both where two of them end together."""
    one = CHART.curves[0]
    alike = CHART._replace(curves=(one, one))
    row = ROWS - 1 - round(one.fee(Fraction(1000)) / alike.highest * 35) // 4
    ends = [text([line]).rstrip()[-2:] for line in chart_lines(alike, 37, dots=True)[:ROWS]]
    assert [index for index, end in enumerate(ends) if end == "AB"] == [row]


def test_a_jump_is_drawn_without_a_gap() -> None:
    """Every level on the way up has a dot, but the two of the last cell, which the letter has."""
    steps = normalise(GreaterOf(Line(), Line(Fraction(-99900), Fraction(200))))
    one = CHART._replace(curves=(Curve("jump", steps),), thresholds=(), here=None)
    levels = {level for _, level, _ in dots_of(chart_lines(one, 37, dots=True))}
    assert levels == set(range(4 * ROWS - 2))


@pytest.mark.parametrize(
    ("surface", "dotted"),
    [
        (Surface(80, styled=True, coloured=True), True),
        (Surface(80, styled=True, coloured=False), False),
        (Surface(80, styled=True, coloured=True, ascii_only=True), False),
        (Surface(80), False),
    ],
)
def test_dots_are_for_a_terminal_with_colours_and_more_than_ascii(
    surface: Surface, dotted: bool
) -> None:
    drawn = draw([CHART], surface)
    assert bool(re.search("[\u2800-\u28ff]", drawn)) is dotted
    assert drawn.isascii() is not dotted
    assert ("* several" in drawn) is not dotted


def many(count: int, fee: str) -> str:
    """A catalogue of so many plans, each with a fee of its number."""
    rows = (
        f"  - {{id: p{i}, name: Plan {i}, tier: {i}, fee: {fee.format(i * 100, 60 - i / 10)}}}\n"
        for i in range(1, count + 1)
    )
    return "id: many\nname: many\ncurrency: USD\nplans:\n" + "".join(rows)


PARALLEL = "{{sum: [{{flat: {0}}}, {{percent: 10%}}]}}"
CROSSING = "{{greater_of: [{{flat: {0}}}, {{percent: {1}%}}]}}"


def asked(path: Path, *flags: str) -> Done:
    return run_cli("breakeven", *TODAY, "--plans", str(path), "--explain", "thresholds,all", *flags)


@pytest.mark.parametrize("count", [1, 6, 7, 26, 27, 60])
@pytest.mark.parametrize("fee", [PARALLEL, CROSSING], ids=["parallel", "crossing"])
def test_any_number_of_plans_is_drawn_and_no_name_is_dropped_without_a_word(
    count: int, fee: str, tmp_path: Path
) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(many(count, fee), encoding="utf-8")
    done = asked(path, "--width", "80")
    assert (done.code, done.err) == (ExitCode.DONE, "")
    assert max(map(cell_width, done.out.splitlines())) <= 80
    named = re.findall(r"(?:^|   )([A-Z]) Plan ([0-9]+)", done.out, re.MULTILINE)
    assert [int(number) for _, number in named] == [*range(1, min(count, 26) + 1)]
    assert ("+ others" in done.out) is (count > 26)
    told = asked(path, "-o", "text").out
    assert ("more plans" in told) is (count > 26)


def test_more_thresholds_than_digits_are_told(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(many(30, CROSSING), encoding="utf-8")
    assert "20 more thresholds at higher spends" in asked(path, "--width", "80").out


def test_more_curves_than_colours_are_letters() -> None:
    curve = CHART.curves[0]
    for count, dotted in ((COLOURS, True), (COLOURS + 1, False)):
        drawn = draw([CHART._replace(curves=(curve,) * count)], Surface(80, True, True))
        assert bool(re.search("[\u2800-\u28ff]", drawn)) is dotted


def test_both_thresholds_are_in_the_chart_of_the_default_catalogue() -> None:
    """10 % is 25,000 at 250,000 and 50,000 at 500,000; the first only if the trial is sold."""
    flags = ("--response", "10m", "--spend", "120000", "--explain", "thresholds", "--width", "80")
    out = run_cli("breakeven", *TODAY, *flags).out
    assert "1 ¥250,000   2 ¥500,000   ^ you are here: ¥120,000\n" in out
    assert "A Enterprise (trial) (ask first)   B Enterprise   C Premier" in out


def test_of_many_plans_those_beside_a_threshold_prove_it(tmp_path: Path) -> None:
    """Plan i costs 100 i or 60 - i/10 %: the next one is met at 100 (i + 1) / (0.6 - i / 1000)."""
    path = tmp_path / "many.yaml"
    path.write_text(many(30, CROSSING), encoding="utf-8")
    result = json.loads(run_cli("breakeven", *TODAY, "--plans", str(path), "-o", "json").out)
    second = result["result"]["ranges"][1]
    assert (second["from"], second["plans"]) == ("333.89", ["p2"])  # 200 / 59.9 % = 333.8898
    assert [side["spend"] for side in second["proof"]] == ["333.88", "333.89"]
    assert [list(side["fees"]) for side in second["proof"]] == [["p1", "p2"]] * 2
    told = asked(path, "-o", "text").out
    assert "- $333.89: Plan 1 $200.00011, Plan 2 $200\n" in told  # 59.9 % of it
