"""A table that is too wide is cut, not broken up into cards; no line ends in blanks."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from supportcli.outputs.console import Surface
from supportcli.outputs.document.model import Row, Table, TableColumn
from supportcli.outputs.formats.terminal import draw
from supportcli.text_width import cell_width
from tests.runner import TODAY, run_cli

FOUR = {
    "alibaba-cloud-cn": "basic business enterprise premier",
    "aws": "aws-basic aws-business aws-business-plus aws-enterprise-2025",
}
LAST = {
    ("alibaba-cloud-cn", "en"): "Premier",
    ("alibaba-cloud-cn", "zh"): "顶级",
    ("aws", "en"): "Support",
    ("aws", "zh"): "Support",
}


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize(("name", "code"), LAST)
def test_plans_stand_side_by_side_at_every_width(name: str, code: str, width: int) -> None:
    """Four in a table or two in each of two; a card would have none beside it."""
    beside = [word for plan in FOUR[name].split() for word in ("--beside", plan)]
    flags = ("--plans", name, "--spend", "120000", "--lang", code, "--width", str(width))
    lines = run_cli("advise", *flags, *beside, *TODAY).out.splitlines()
    assert max(map(cell_width, lines)) <= width
    heads = [above for above, below in pairwise(lines) if set(below) == {"─"}]
    shown = [len(re.split("  +", head.strip())) for head in heads]
    assert (sum(shown), min(shown)) in ((4, 4), (4, 2))
    assert heads[-1].endswith(LAST[name, code])


def table(*rows: str) -> Table:
    cells = tuple(Row(tuple(row.split())) for row in rows)
    return Table(tuple(TableColumn(title) for title in "Name One Two Three".split()), cells)


def test_columns_are_cut_into_few_tables_of_like_size() -> None:
    """Cells of 12: two of them with names of 4 are 4 + 2 x (2 + 12) = 32 wide, three 46."""
    rows = (f"row{i} aaaaaaaaaaa{i} bbbbbbbbbbb{i} ccccccccccc{i}" for i in (1, 2))
    assert draw([table(*rows)], Surface(32)) == (
        "Name  One           Two\n"
        "────────────────────────────────\n"
        "row1  aaaaaaaaaaa1  bbbbbbbbbbb1\n"
        "row2  aaaaaaaaaaa2  bbbbbbbbbbb2\n"
        "\n"
        "Name  Three\n"
        "──────────────────\n"
        "row1  ccccccccccc1\n"
        "row2  ccccccccccc2\n"
    )


def test_rows_of_one_name_stand_below_it() -> None:
    """Cells of 8, with names of 7: 7 + 3 x (2 + 8) = 37 wide, without 28."""
    found = table("Gold111 aaaaaaaa bbbbbbbb cccccccc", "Gold111 dddddddd e f", "Lead222 g h i")
    assert draw([found], Surface(28)) == (
        "One       Two       Three\n"
        "────────────────────────────\n"
        "Gold111\n"
        "aaaaaaaa  bbbbbbbb  cccccccc\n"
        "dddddddd  e         f\n"
        "\n"
        "Lead222\n"
        "g         h         i\n"
    )


def test_where_not_even_one_column_fits_it_is_a_list() -> None:
    rows = (f"row{i} {'a' * 20} {'b' * 20} c" for i in (1, 2))
    drawn = draw([table(*rows)], Surface(24))
    assert drawn.startswith("row1\n  One\n    aaaaaaaaaaaaaaaaaaaa\n")


ASKED = ("advise", "--spend", "120000", "--response", "10m")
VERBS = (
    (*ASKED, "--explain", "all"),
    (*ASKED, "--beside", "basic", "--beside", "premier"),
    ("plans", "show", "enterprise"),
    ("plans", "list"),
    ("plans", "diff", "aws", "azure"),
    ("compare", "--spend", "120000", "--response", "1h"),
    ("advise", "--help"),
)


@pytest.mark.parametrize("flags", ["--width 60", "--width 80 --lang zh", "-o text", "-o md"])
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_line_ends_in_blanks(verb: tuple[str, ...], flags: str) -> None:
    done = run_cli(*verb, *flags.split())
    assert not [line for line in done.out.split("\n") if line != line.rstrip()]


def test_on_a_terminal_no_blanks_stand_at_the_end_below_a_style() -> None:
    rows = Row(("Gold", "short"), marked=True), Row(("Lead", "a longer cell"))
    columns = TableColumn("Name"), TableColumn("One")
    drawn = draw([Table(columns, rows)], Surface(80, styled=True, coloured=True))
    assert "\x1b[" in drawn
    plain = re.sub(r"\x1b\[[0-9;]*m", "", drawn)
    assert not [line for line in plain.split("\n") if line != line.rstrip()]
