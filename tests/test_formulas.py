"""Which formulas sum up the column that they stand in: their rows are no customers."""

from __future__ import annotations

import pytest

from supportcli.inputs.workbook.cells import Formula
from supportcli.inputs.workbook.formulas import SheetNames, sums_its_column


@pytest.mark.parametrize(
    "text",
    [
        "SUM(B2:B13)",
        "sum(b2:b13)",
        "SUM($B$2:$B$13)",
        "SUBTOTAL(9,B2:B13)",
        "SUBTOTAL(109, B2:B13)",
        "AGGREGATE(9,5,B2:B13)",
        "ROUND(SUM(B2:B13),2)",
        "SUM(B2:B13)/10000",
        "AVERAGE(B2:B13)",
        "MAX(B2:B13)",
        "COUNTA(B2:B13)",
        'SUMIF(A2:A13,"华东",B2:B13)',
        "SUMIFS(B2:B13,A2:A13,A14)",
        "SUM(A2:C13)",
        "SUM(B2:B6,B8:B13)",
        "SUM(B13:B13)",  # of a list of one customer
        "SUBTOTAL(9,B13:B13)",
        "SUBTOTAL(109,$B$13)",
        "SUM(B13)",
        "SUM(B15:B40)",  # the sum stands above
        "B2+B3+B4",
        "+B5+B9",
        "SUM(B5,B9)",
        "SUBTOTAL(109,Book[spend])",
        "SUM(book[ spend ])",
        "SUM(Book[[#Data],[spend]])",
        "SUBTOTAL(109,[spend])",  # as XlsxWriter writes it
        "SUM('my list'!B2:B13)",
    ],
)
def test_a_sum_over_its_own_column(text: str) -> None:
    assert sums_its_column(Formula(text, 14, 2), "spend", SheetNames("My list", {"book"}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SUM(C14:N14)",  # of the row: the customer's twelve months
        "SUM(C2:C13)",
        "SUM(Detail!B2:B13)",
        "SUM('Another list'!B2:B13)",
        "SUM([other.xlsx]S!B2:B13)",
        "SUMIFS(Detail!B:B,Detail!A:A,A14)",
        "SUMIFS(Detail[spend],Detail[account],A14)",
        "SUM(Book[other])",
        "SUM(Book[@spend])",
        "VLOOKUP(A14,A2:B13,2,FALSE)",
        "INDEX(B2:B13,3)",
        "B13*1.1",
        "B13",
        "C2+C3",
        "B13+C14",
        "B14+B13",
        'IF(A14="SUM(B2:B13)",1,2)',
        "MYSUM(B2:B13)",
        "SUM(B14)",
        "SUM(C13)",
        "SUM(B2:B20)",  # a circle: no spreadsheet keeps it
        "SUM(AB2:AB13)",
        "SUM(_B2:B13)",
    ],
)
def test_no_sum_over_its_own_column(text: str) -> None:
    assert not sums_its_column(Formula(text, 14, 2), "spend", SheetNames("My list", {"book"}))


def test_a_name_with_blanks() -> None:
    assert sums_its_column(
        Formula("SUM(T[monthly spend])", 14, 2), "monthly spend", SheetNames(tables={"t"})
    )


def test_a_long_formula_is_looked_at_up_to_a_bound() -> None:
    assert not sums_its_column(Formula("1+" * 10_000 + "SUM(B2:B13)", 14, 2))
