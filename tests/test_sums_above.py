"""A row whose name leaves open whether it sums up others: its amounts tell, and nothing is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return run_cli("batch", "in.csv", "--out", "out.csv", "--force", *TODAY, *flags)


def accounts() -> list[str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def codes() -> list[tuple[str, str]]:
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["code"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    "name", ["Total East", "Total Energies", "Sum of all", "All of us", "华东合计含税", "全部甲方"]
)
def test_a_name_with_the_sum_of_the_rows_above_is_no_customer(name: str) -> None:
    done = batch(f"id,spend\nA,100.10\nB,200\n{name},300.10\nC,7\n")
    assert (done.code, accounts(), codes()) == (6, ["A", "B", "C"], [("4", "total_row")])


@pytest.mark.parametrize("amount", ["299", "300.01"])
def test_with_another_amount_it_is_a_customer_and_told(amount: str) -> None:
    done = batch(f"id,spend\nA,100\nB,200\nTotal Energies,{amount}\n")
    assert (done.code, accounts()) == (0, ["A", "B", "Total Energies"])
    assert "others, which their amounts do not: 1 ('Total Energies')" in done.err


@pytest.mark.parametrize("number", ["id", "customer no.", "Account No.", "客户编号（CRM）"])
def test_a_customer_with_a_number_may_be_called_total(number: str) -> None:
    header = f"customer,{number},spend"
    done = batch(f"{header}\nAcme,17,100\nTotal,18,5000\nGrand Total Ltd,19,70\n合计,20,9\n")
    assert done.code == 0
    assert "others, which their amounts do not: 3 ('Total', 'Grand Total Ltd', '合计')" in done.err


def test_what_can_be_done_for_a_customer_without_an_account_that_looks_like_a_sum() -> None:
    done = batch("id,spend\nA,100\nB,200\n,300\n")
    assert (done.code, "if each row is a customer, give it an account" in done.err) == (2, True)
    table = "id,customer,spend\n1,A,100\n2,B,200\n{},Total Foods,300\n"
    assert batch(table.format("")).code == 6
    row = Path("out.rejects.csv").read_text(encoding="utf-8").splitlines()[1]
    assert "if it is a customer, give it an account of its own, or --keep-totals" in row
    assert batch(table.format(3)).code == batch(table.format(""), "--keep-totals").code == 0


def test_a_number_beside_an_account_is_carried() -> None:
    done = batch("客户ID,客户编号,spend\nA,17,100\n")
    assert (done.code, "not read: '客户编号'" in done.err) == (0, True)


def test_each_group_has_its_sum_and_the_whole_one() -> None:
    """1 + 2 = 3, 4 + 5 = 9, 3 + 9 = 12, and a customer named Total counts in them: 4 + 5."""
    batch("id,spend\nA,1\nB,2\nTotal East,3\nC,4\nTotal Foods,5\nTotal West,9\nTotal all,12\n")
    assert accounts() == ["A", "B", "C", "Total Foods"]
    assert codes() == [("4", "total_row"), ("7", "total_row"), ("8", "total_row")]


def test_below_a_sum_that_is_one_by_name_another_group_begins() -> None:
    batch("id,spend\nA,1\nB,2\n小计,\nC,4\nD,5\nTotal West,9\n")
    assert codes() == [("4", "total_row"), ("7", "total_row")]


def test_one_row_above_with_the_same_amount_says_nothing() -> None:
    assert batch("id,spend\nA,100\nTotal Energies,100\n").code == 0
    assert accounts() == ["A", "Total Energies"]


def test_of_a_series_every_month_must_be_the_sum() -> None:
    header = "id,spend_01,spend_02,spend_03\nA,1,2,3\nB,1,2,3\n"
    assert batch(f"{header}Total East,2,4,6\n").code == 6
    assert batch(f"{header}Total East,2,4,7\n").code == 0


def test_a_name_in_another_column_where_the_account_is_blank() -> None:
    text = "id,region,spend\nA,x,1\nB,x,2\n,Total East,3\n"
    assert batch(text, "--sum-by", "row").code == 6
    assert codes() == [("4", "total_row")]


def test_they_are_kept_where_asked() -> None:
    done = batch("id,spend\nA,1\nB,2\nTotal East,3\nAll customers,3\n", "--keep-totals")
    assert (done.code, accounts()) == (0, ["A", "B", "Total East", "All customers"])


def test_a_part_of_another_row_is_told_as_that() -> None:
    batch("id,spend\nA,3\n其中：教育网,1\n")
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["code"] == "total_row"
    assert row["message"].startswith("is a part of another row")


TOGETHER = ("--sum-by", "account")


def spends() -> list[tuple[str, str]]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [(row["id"], row["spend"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        ("A,ECS,100\nB,ECS,5\nA,OSS,200\nA,小计,300\n", [5]),
        ("A,小计,300\nA,ECS,100\nB,ECS,5\nA,OSS,200\n", [2]),
        ("A,ECS,100\nB,ECS,5\nA,OSS,200\nA,,300\n", [5]),
        # 60 + 40 = 100, 150 + 50 = 200, and 300 for both
        ("A,ECS,60\nA,EIP,40\nA,小计,100\nB,ECS,5\nA,OSS,150\nA,CDN,50\nA,小计,200\nA,合计,300\n",
         [4, 8, 9]),
    ],
)  # fmt: skip
def test_a_sum_beside_an_account_is_of_its_rows_wherever_they_stand(
    rows: str, sums: list[int]
) -> None:
    batch(f"id,产品,spend\n{rows}", *TOGETHER)
    assert codes() == [(str(line), "total_row") for line in sums]
    assert spends() == [("A", "300"), ("B", "5")]


def test_another_amount_beside_an_account_is_added_and_told_so() -> None:
    done = batch("id,产品,spend\nA,ECS,100\nA,OSS,200\nA,小计,301\n", *TOGETHER)
    assert (done.code, spends()) == (0, [("A", "601")])
    assert "rows added to their customer's that may say that they sum up others" in done.err
    assert "taken as customers" not in done.err


@pytest.mark.parametrize(
    "word", ["合计（含税）", "Sum", "Ｔｏｔａｌ", "ＴＯＴＡＬ：", "总额", "汇总"]
)
def test_words_for_sums_of_accounts_are_ones_beside_an_account_too(word: str) -> None:
    batch(f"id,产品,spend\nA,ECS,100\nA,OSS,200\nA,{word},300\n", *TOGETHER)
    assert (spends(), codes()) == ([("A", "300")], [("4", "total_row")])


@pytest.mark.parametrize("name", ["Ｔｏｔａｌ　Ｅａｓｔ", "Ｓｕｍ：East", "Ａｌｌ"])
def test_names_in_full_width_with_the_sum_of_the_rows_above_are_no_customers(name: str) -> None:
    batch(f"id,spend\nA,100\nB,200\n{name},300\n")
    assert (accounts(), codes()) == (["A", "B"], [("4", "total_row")])


@pytest.mark.parametrize("word", ["Ｔｏｔａｌ", "ＳＵＭ"])
def test_full_width_words_for_sums_where_no_account_stands(word: str) -> None:
    batch(f"部门,id,spend\nx,A,100\ny,B,200\n{word},,300\n")
    assert codes() == [("4", "total_row")]


def test_a_column_that_is_not_to_be_read_calls_no_row_with_an_account_a_sum() -> None:
    text = "id,产品,spend\nA,ECS,100\nA,OSS,200\nA,小计,300\n"
    assert batch(text, *TOGETHER, "--ignore-column", "产品").code == 0
    assert spends() == [("A", "600")]
    assert batch("产品,spend\nECS,1\nOSS,2\n小计,3\n", "--ignore-column", "产品").code == 0


def test_it_still_tells_of_a_row_without_an_account() -> None:
    batch("月,id,spend\n1,A,100\n2,B,200\n合计,,300\n", "--ignore-column", "月")
    assert (accounts(), codes()) == (["A", "B"], [("4", "total_row")])


def test_a_column_without_a_name_is_carried_and_its_words_tell() -> None:
    done = batch("id,,spend,\nA,,100,\nB,,200,\n,Total East,300,\nC,x,7,\n", "--sum-by", "row")
    assert (done.code, accounts(), codes()) == (6, ["A", "B", "C"], [("4", "total_row")])
    assert "a name that hold text are called: 'column_2'\n" in done.err
    done = batch("id,,region\nA,100,x\n")
    assert (done.code, "the columns are: 'id', 'column_2', 'region'" in done.err) == (2, True)
    assert batch("id,,region\nA,100,x\n", "--map", "monthly_spend=column_2").code == 0
