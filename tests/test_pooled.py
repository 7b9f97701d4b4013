"""`--explain TOPIC` of a deal: what accounts share once, what differs with their names."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from supportcli.language import Language, load_language
from supportcli.outputs.document.model import (
    Block,
    Chart,
    ChartMark,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
    Weight,
    paragraph,
)
from supportcli.outputs.document.pooled import pooled
from tests.runner import TODAY, run_cli

ENGLISH = Language()
TWELVE = (
    "--account=prod=300000,response=10m,tam=yes",
    "--account=test=20000",
    *(f"--account=small{n}={n * 13000},response=5h" for n in range(1, 10, 2)),
    *(f"--account=large{n}={n * 13000},response=1h" for n in range(2, 11, 2)),
)
MOST = {"months": 95, "needs": 60}
"""Lines of the longest topics of twelve accounts; of all others 50."""


def told(*accounts: tuple[Block, ...], code: str = "en") -> list[Block]:
    names = ("prod", "test", "dev", "lab", "web")[: len(accounts)]
    blocks = dict(zip(names, accounts, strict=False))
    return list(pooled(blocks, "CNY", load_language(code) if code == "zh" else ENGLISH))


def test_what_all_say_stands_once_and_what_some_say_with_their_names() -> None:
    shared, own = Points(("Same.",)), Points(("Same.", "Own."))
    assert told((shared,), (own,), (shared,)) == [Points(("Same.", "test: Own."))]
    assert told((own,), (own,)) == [own]


def test_sentences_that_differ_by_amounts_are_one_with_whose_each_is() -> None:
    found = told(
        *((Sentence(f"It costs ¥{amount} more, of ¥9."),) for amount in ("5", "1,200.50", "5"))
    )
    words = "It costs ¥5 to ¥1,200.50 more, of ¥9 (prod, dev ¥5; test ¥1,200.50)."
    assert found == [Sentence(words)]
    chinese = told((Sentence("多 ¥5。"),), (Sentence("多 ¥7。"),), code="zh")
    assert chinese == [Sentence("多 ¥5 至 ¥7（prod ¥5；test ¥7）。")]


def test_sentences_of_a_paragraph_are_told_alone_where_only_some_say_them() -> None:
    both = paragraph(["One.", "Two.", "Three."], ENGLISH)
    first = paragraph(["One.", "Three."], ENGLISH)
    assert told((both,), (both,)) == [Sentence("One. Two. Three.")]
    assert told((both,), (first,)) == [
        Sentence("One."),
        Sentence("prod: Two."),
        Sentence("Three."),
    ]


def test_a_section_of_some_names_them_in_its_title() -> None:
    head, points = Heading("Why"), Points(("So.",))
    assert told((head, points), (Heading("Instead"), points)) == [
        Heading("Why (prod)"),
        points,
        Heading("Instead (test)"),
        points,
    ]


def test_a_title_that_names_its_account_does_not_do_so_twice() -> None:
    points = Points(("So.",))
    assert told((Heading("Instead, for prod"), points), (points,))[-2:] == [
        Heading("Instead, for prod"),
        points,
    ]


def test_many_accounts_are_named_in_full_once() -> None:
    some, all_of_it = (Points(("A.",)),), (Points(("A.", "B.", "C.")),)
    assert told(all_of_it, all_of_it, all_of_it, all_of_it, some) == [
        Points(("A.", "prod, test, dev, lab: B.", "prod, test and 2 more: C."))
    ]
    other = (Points(("A.", "D.")),)
    assert told(all_of_it, all_of_it, some, other, other)[0] == Points(
        ("A.", "prod, test: B.", "prod, test: C.", "lab, web: D.")
    )


def test_groups_that_begin_alike_are_both_named_in_full() -> None:
    accounts = [(Points(texts),) for texts in (("B.", "C."), ("B.", "C."), ("B.",), ("B.", "C."))]
    [points] = told(*accounts, (Points(("C.",)),))
    assert points == Points(("prod, test, dev, lab: B.", "prod, test, lab, web: C."))


def table(*rows: tuple[str, ...], figures: int = 1) -> Table:
    titles = ("Plan, CNY", "Within", "a month", "a year")[: len(rows[0])]
    columns = tuple(
        TableColumn(title, place >= len(titles) - figures) for place, title in enumerate(titles)
    )
    return Table(columns, tuple(map(Row, rows)), titled=True)


def test_figures_of_accounts_stand_in_a_row_for_each() -> None:
    two = table(("Basic", "2 h", "0"), ("Premier", "10 min", "9"))
    one = table(("Premier", "10 min", "8.50"))
    [found] = told((two,), (one,), (one,))
    assert isinstance(found, Table)
    assert [column.title for column in found.columns] == [
        "Account, CNY",
        "Basic: 2 h, a month",
        "Premier: 10 min, a month",
    ]
    assert [row.cells for row in found.rows] == [("prod", "0", "9.00"), ("test, dev", "", "8.50")]


def test_a_table_of_no_currency_in_its_first_heading_has_it_above_the_names() -> None:
    columns = (TableColumn("Within"), TableColumn("a year, CNY", True))
    tables = [(Table(columns, (Row(("2 h", amount)),)),) for amount in ("1", "2")]
    [found] = told(*tables)
    assert isinstance(found, Table)
    assert [column.title for column in found.columns] == ["Account, a year, CNY", "2 h"]


def test_a_table_that_would_get_too_wide_has_the_rows_of_each_account() -> None:
    wide = [
        table(*((f"Plan {n}", "1 h", "1", str(n + more)) for n in range(4)), figures=2)
        for more in (0, 5)
    ]
    [found] = told(*((each,) for each in wide))
    assert isinstance(found, Table)
    assert [column.title for column in found.columns][:2] == ["Account, CNY", "Plan"]
    assert [row.cells[0] for row in found.rows] == ["prod"] * 4 + ["test"] * 4


def test_a_table_of_words_and_who_many_accounts_of_a_row_are() -> None:
    words = Table((TableColumn("Month"),), (Row(("May",)),))
    other = Table((TableColumn("Month"),), (Row(("June",), marked=True),))
    found = told((words,), (words,), (words,), (words,), (other,))
    assert found == [
        Table(
            (TableColumn("Account"), TableColumn("Month")),
            (Row(("prod, test and 2 more", "May")), Row(("web", "June"), marked=True)),
            apart=False,
        ),
        Points(("prod, test and 2 more: prod, test, dev, lab",)),
    ]


def chart(top: int, here: int, curves: int = 2) -> Chart:
    mark = ChartMark(Fraction(here), f"you are here: ¥{here}")
    lines = (f"¥{here}: dear",)
    return Chart(tuple("AB"[:curves]), top, (), (), (), mark, "", "", "", (), lines)  # type: ignore[arg-type]


def test_charts_alike_are_drawn_once_and_where_each_account_stands_is_said() -> None:
    assert told((Heading("Chart"), chart(9, 5)), (Heading("Chart"), chart(20, 7))) == [
        Heading("Chart"),
        chart(20, 7)._replace(here=None, told=("¥5: dear", "¥7: dear")),
        Sentence("You are here: ¥5 to ¥7 (prod ¥5; test ¥7)"),
    ]
    assert told((chart(9, 5),), (chart(9, 5),)) == [chart(9, 5)]


def test_a_chart_of_one_plan_is_left_out_beside_one_that_shows_a_choice() -> None:
    alone, choice = (Heading("One"), chart(9, 5, 1)), (Heading("Two"), chart(9, 5))
    assert told(alone, choice) == [Heading("Two (test)"), chart(9, 5)]
    assert told(alone, alone) == list(alone)


def test_warnings_stay_warnings() -> None:
    found = told((Points(("Care.",), Weight.CAUTION),), (Points(("Fine.",)),))
    assert found == [
        Points(("prod: Care.",), Weight.CAUTION),
        Points(("test: Fine.",)),
    ]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(
    "topic", ["needs", "readings", "months", "thresholds", "whatif", "sources"]
)
def test_a_topic_of_twelve_accounts_is_not_twelve_times_as_long(topic: str, code: str) -> None:
    flags = (*TWELVE, *TODAY, "--lang", code, "--explain", topic)
    lines = run_cli("advise", *flags, environment={"COLUMNS": "80"}).out.splitlines()
    assert len(lines) <= MOST.get(topic, 50)


def test_no_amount_of_an_account_is_lost() -> None:
    """Of large4: 12 x (25,000 + 10% of 52,000) = 362,400 a year, 62,400 less where prepaid counts.

    Premier costs 12 x (50,000 + 5,200) = 662,400.
    """
    out = {
        topic: run_cli("advise", *TWELVE, *TODAY, "--explain", topic, "--width", "200").out
        for topic in ("needs", "readings", "months", "whatif")
    }
    assert re.search(r"large4 ¥362,400(\.00)?[;)]", out["needs"])
    assert re.search(r"^large4 +362,400 +0$", _row(out["needs"], "Price by"), re.MULTILINE)
    assert re.search(r"large4 ¥62,400(\.00)?[;)]", out["readings"])
    assert re.search(r"^large4 +Enterprise +at most .* 362,400$", out["readings"], re.MULTILINE)
    assert re.search(r"^large4 +Term .* 362,400 +300,000 +62,400$", out["months"], re.MULTILINE)
    assert re.search(r"large4 ¥662,400(\.00)?, ¥300,000(\.00)?[;)]", out["whatif"])
    assert Decimal(12) * (25_000 + 5_200) == Decimal(362_400)


def _row(out: str, title: str) -> str:
    """The table below a title; without the empty column of other plans."""
    return re.sub(r" {10,}", "  ", out.partition(title)[2])
