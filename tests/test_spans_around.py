"""Spans of time around a list that are no month stop it, unless its spend is monthly by name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from supportcli.inputs.customers.date_ranges import range_said
from supportcli.inputs.customers.spans import begins_and_ends, span_around, span_in_period
from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def book(text: str, *flags: str) -> Done:
    """With a response of ten minutes the postpaid part is a tenth of the spend."""
    Path("in.csv").write_text(text, encoding="utf-8")
    needs = ("--response", "10m", "--out", "out.csv", "--force", *TODAY)
    return run_cli("batch", "in.csv", *needs, *flags)


def postpaid() -> list[str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [row["postpaid"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-01-01 至 2026-10-31", "2026-01-01 至 2026-10-31"),
        ("2026-01-01 00:00:00 ~ 2026-10-31 23:59:59", "2026-01-01 ~ 2026-10-31"),
        ("Jan 2026 - Oct 2026", "jan 2026 - oct 2026"),
        ("Jan-Oct 2026", "jan-oct 2026"),
        ("2026年1-10月", "1-10月"),
        ("2026.01-10", "2026.01-10"),
        ("202601-202610", "202601-202610"),
        ("01/01/2026 - 10/31/2026", "01/01/2026 - 10/31/2026"),
        ("2025-2026", "2025-2026"),
        ("开始：2026-01-01 结束：2026-10-31", "2026-01-01 结束:2026-10-31"),
        ("Nov 2025 to Jan 2026", "nov 2025 to jan 2026"),
        *((each, None) for each in ("2026-10-01 至 2026-10-31", "2026-10-01~2026-11-01")),
        *((each, None) for each in ("2026-09-26~2026-10-25", "10月1日-31日", "2026-11-28 10:00")),
        *((each, None) for each in ("Oct-12", "Top 3-5", "2026-02-30~2026-05-01", "2026-2025")),
    ],
)
def test_ranges_of_dates_that_are_no_month(text: str, found: str | None) -> None:
    said = range_said(text)
    assert (said and said.text) == found


def test_a_week_is_a_range_that_is_not_longer_than_a_month() -> None:
    said = range_said("2026-10-01~2026-10-07")
    assert said is not None
    assert not said.longer
    assert span_around("统计周期：2026-10-01~2026-10-07")
    assert span_around("会议 2026-10-01~2026-10-07") is None


ABOVE = [
    *("统计区间：2026-01-01 至 2026-10-31", "Period: Jan 2026 - Oct 2026", "2026年1-10月累计"),
    *("全年", "2026 YTD", "2026年1-10月", "H1 2026", "Q3", "2026年前三季度", "12-month total"),
    *(
        "Calendar year 2025",
        "时间范围：近一年",
        "2026",
        "FY26",
        "年消费",
        "From 2026-01 to 2026-10",
    ),
]
NONE = [
    *("2026年10月", "Oct 2026", "统计区间：2026-10-01 至 2026-10-31", "FY2026 customer list"),
    *(
        "合同期 2026-01 至 2026-12",
        "近30天",
        "全年续约客户清单",
        "更新：2026-11-28",
    ),
]


@pytest.mark.parametrize("line", ABOVE)
def test_a_span_above_stops_a_list_whose_spend_says_no_month(line: str) -> None:
    done = book(f"{line}\n账号,折前消费\nA,1200\n")
    assert (done.code, "another span of time than a month" in done.err) == (2, True)
    assert span_around(line, monthly=True) is None


@pytest.mark.parametrize("line", NONE)
def test_a_month_above_and_spans_of_other_things_say_nothing(line: str) -> None:
    assert span_around(line) is None


def test_what_a_stop_for_a_span_tells_to_type_settles_it() -> None:
    # 12 units of 10,000 CNY: 120,000 a month, a tenth of it 12,000
    done = book("全年（单位：万元）\n账号,折前消费\nA,12\n")
    assert "say so with --unit 万" in done.err
    assert book("全年（单位：万元）\n账号,折前消费\nA,12\n", "--unit", "万").code == 0
    assert postpaid() == ["12000.00"]


@pytest.mark.parametrize("name", ["月均消费", "monthly_spend"])
@pytest.mark.parametrize("line", ["年消费", "2026年度客户消费表", "2026年1-10月"])
def test_a_spend_that_says_month_goes_before_a_title(line: str, name: str) -> None:
    assert book(f"{line}\n账号,{name}\nA,1200\n", "--basis", "list").code == 0
    assert book(f"单位：元/年\n账号,{name}\nA,1200\n", "--basis", "list").code == 2


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        *(("账期", "2026年"), ("账期", "202601-202610"), ("period", "Jan-Oct 2026")),
        *(("统计区间", "2026-01-01~2026-10-31"), ("year", "2026"), ("季度", "2026Q3")),
        *(("period", "2026 YTD"), ("开始月份,结束月份", "2026-01,2026-10")),
        ("start date,end date", "2026-01-01,2026-10-31"),
    ],
)
def test_a_column_of_more_than_a_month_stops_the_run_until_it_is_settled(
    names: str, cells: str
) -> None:
    text = f"账号,折前消费,{names}\nA,1200,{cells}\n"
    done = book(text)
    assert (done.code, "another span than a month" in done.err) == (2, True)
    last = names.rsplit(",", maxsplit=1)[-1]
    for flag, value in (("--unit", "CNY"), ("--ignore-column", last)):
        assert f"{flag} " in done.err
        assert book(text, flag, value).code == 0
        assert postpaid() == ["120.00"]
    assert book(text.replace("折前消费", "折前月消费")).code == 0


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        *(("账期", "2026-10"), ("year,month", "2026,10"), ("付款周期", "季度")),
        *(
            ("开始月份,结束月份", "2026-10,2026-10"),
            ("合同开始日期,合同结束日期", "2026-01-01,2026-12-31"),
        ),
        ("billing period start,billing period end", "2026-10-01,2026-11-01"),
    ],
)
def test_a_column_of_a_month_says_nothing(names: str, cells: str) -> None:
    assert book(f"账号,折前消费,{names}\nA,1200,{cells}\n").code == 0


def test_titles_that_pick_customers_say_no_span_but_a_range_does() -> None:
    assert book("年消费TOP50客户\n账号,折前消费\nA,1200\n").code == 0
    assert book("2026年1-10月消费TOP50客户\n账号,折前消费\nA,1200\n").code == 2


def test_cells_and_pairs() -> None:
    assert span_in_period("2026年1-10月累计") == "1-10月"
    assert span_in_period("累计至2026年10月") == "累计"
    assert [*begins_and_ends(["start", "end", "x"])] == [("start", "end")]


@pytest.mark.parametrize("column", ["币,USD", "计数,万元", "备注,金额单位万元"])
def test_what_a_stop_for_a_unit_in_a_column_tells_to_type_settles_it(column: str) -> None:
    name, said = column.split(",")
    text = f"账号,折前月消费,{name}\nA,1200,{said}\n"
    done = book(text)
    assert done.code == 2
    for flag, value in (("--unit", "CNY"), ("--ignore-column", name)):
        assert f"{flag} " in done.err
        settled = book(text, flag, value)
        assert settled.code == 0
        assert postpaid() == ["120.00"]
        assert ("not used, because --unit says" in settled.err) == (flag == "--unit")


@pytest.mark.parametrize("column", ["备注,消费按美元结算，已折人民币", "上市地,HKD", "上市地,CNY"])
def test_remarks_that_say_no_unit(column: str) -> None:
    name, said = column.split(",")
    assert book(f"账号,折前月消费,{name}\nA,1200,{said}\n").code == 0
