"""A number in a sheet means what the sheet shows: currency, unit, scale, zeros, fifteen digits."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.sheet_columns import sheet_columns
from supportcli.inputs.customers.spend import DecimalMark
from supportcli.inputs.tables.column_use import ColumnUse, FoundHeader
from supportcli.inputs.tables.open import Prepared, TableOptions, prepare
from tests.raw_workbook import HEADER, number, row, sheet, styles, word, workbook
from tests.test_tables import rejects_of, rows_of

MEANINGS = {"account": "account", "spend": "monthly_spend"}


def read(
    tmp_path: Path,
    codes: tuple[str, ...],
    *rows: str,
    factor: int = 1,
    currency: str = "CNY",
    decimal: DecimalMark | None = None,
    keep_totals: bool = False,
    header: str = HEADER,
    meanings: dict[str, str] = MEANINGS,
) -> Prepared:
    """A table of accounts and spends, in styles with these formats."""

    def uses(found: FoundHeader) -> list[ColumnUse]:
        columns = [
            Column(name, at, meanings.get(name), factor if name == "spend" else 1)
            for at, name in enumerate(found.names)
        ]
        return sheet_columns(columns, currency, decimal)

    path = workbook(tmp_path / "a.xlsx", sheet(header, *rows), {"xl/styles.xml": styles(*codes)})
    options = TableOptions(
        wanted={"account", "spend"}.__contains__,
        uses=uses,
        typed=decimal == "comma",
        keep_totals=keep_totals,
    )
    return prepare(path, tmp_path, options)


def spend(tmp_path: Path, code: str, stored: str, **said: object) -> str:
    """The text of a spend that is stored so and shown in a format."""
    done = read(tmp_path, (code,), row(2, word("a"), number(stored, 1)), **said)  # type: ignore[arg-type]
    refused = [f"{reject.code}: {reject.text}" for reject in rejects_of(done)]
    return refused[0] if refused else rows_of(done)[2][1]


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("General", "10000", "10000"),
        ('"¥"#,##0.00', "10000", "10000"),
        ("[$¥-804]#,##0.00", "10000.5", "10000.5"),
        ('#,##0.00"元"', "10000", "10000"),
        ('#,##0"元/月"', "10000", "10000"),
        ('"RMB "0', "10000", "10000"),
        ("[$CNY] #,##0", "10000", "10000"),
        ('_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "0", "0"),
        # Another currency is for who reads texts: it is refused there.
        ("[$$-409]#,##0.00", "10000", "USD10000"),
        ('"US$"#,##0', "10000", "US$10000"),
        ("#,##0.00 [$€-407]", "10000", "10000 €"),
        ("[$¥-411]#,##0", "10000", "JPY10000"),
        # A unit counts as if it were written; what only scales the view changes nothing.
        ('0.00"万元"', "12.5", "125000"),
        ('0.0"k"', "12.5", "12500"),
        ('"¥"0.00"万"', "12.5", "125000"),
        ('0"."0,"万元"', "125000", "125000"),
        ('0!.0,"万"', "125000", "125000"),
        ('0.00,,"M"', "12500000", "12500000"),
        ("#,##0,", "12500", "12500"),
        ('0.0,"万"', "12500", "125000"),  # shows 12.5万 of 12,500: what is shown counts
        # What is shown and not understood is for who reads texts.
        ("0%", "0.07", "7%"),
        ('0" 台"', "5", "5 台"),
        ('0"万美元"', "5", "5万美元"),
        ('0;-0;"待定"', "0", "待定"),
        ('0;-0;"-"', "0", "0"),
        ("-0.0", "12.5", "-12.5"),
        ("(0)", "12", "(12)"),
        (";;;", "12", "12"),
        # Fifteen digits, as the sheet shows.
        ("General", "98765.430000000008", "98765.43"),
        ("General", "0.30000000000000004", "0.3"),
        ("0.00", "1234567890.1099999", "1234567890.11"),
        ("General", "1E+21", "number_too_long: 1E+21"),
        ("General", "1234567890123456", "number_too_long: 1234567890123456"),
        # More than six decimals are rounded where the sheet shows fewer, to the cent at least.
        ("#,##0.00", "1234.5666666666666", "1234.57"),
        ("#,##0", "1234.5666666666666", "1234.57"),
        ("0.0000", "1234.5666666666666", "1234.5667"),
        ("0.00", "1.8189894035458565E-12", "0"),
        ("0.00", "0.12500000000000003", "0.125"),
        ("0.00", "2.6749999999999998", "2.675"),
        ("0.00", "0.0049999999", "0"),
        ("0.00", "0.0050000001", "0.01"),
        ("General", "1234.5666666666666", "1234.56666666667"),
        ("0.00E+00", "1234.5666666666666", "1234.56666666667"),
        ('0.0000"万元"', "12.34567891234", "123456.79"),
    ],
)
def test_an_amount_is_what_the_sheet_shows(
    code: str, stored: str, text: str, tmp_path: Path
) -> None:
    assert spend(tmp_path, code, stored) == text


@pytest.mark.parametrize(
    ("code", "stored", "factor", "text"),
    [
        ("General", "12.5", 10_000, "12.5"),
        ('0.00"万元"', "12.5", 10_000, "12.5"),  # the same unit twice is one
        ('0!.0,"万"', "125000", 10_000, "12.5"),  # shows 12.5万 in a column in 万
        ("#,##0,", "125000", 1000, "125"),
        ("#,##0,", "125000", 10_000, "ambiguous_number: 125"),
        ('0.0"k"', "12.5", 10_000, "ambiguous_number: 12.5k"),
        ('0.00"亿"', "12.5", 10_000, "ambiguous_number: 12.5亿"),
        ('"¥"0.00', "12.5", 10_000, "12.5"),
        ('#,##0"元"', "120000", 10_000, "ambiguous_number: 120000元"),
        ('0"元/月"', "120000", 1000, "ambiguous_number: 120000元/月"),
        ("0.00", "12.3456789012", 10_000, "12.345679"),  # to the cent: six decimals of 10,000
    ],
)
def test_the_unit_of_the_column_and_that_of_the_format(
    code: str, stored: str, factor: int, text: str, tmp_path: Path
) -> None:
    assert spend(tmp_path, code, stored, factor=factor) == text


@pytest.mark.parametrize(
    ("currency", "code", "text"),
    [
        ("USD", "[$$-409]0", "5"),
        ("USD", '"$"0', "5"),
        ("USD", "[$$-C09]0", "AUD5"),
        ("AUD", '"$"0', "5"),
        ("JPY", '"¥"0', "5"),
        ("JPY", "[$¥-804]0", "CNY5"),
        ("USD", '"¥"0', "¥5"),
    ],
)
def test_a_sign_is_of_the_plans_currency_unless_its_language_says_another(
    currency: str, code: str, text: str, tmp_path: Path
) -> None:
    assert spend(tmp_path, code, "5", currency=currency) == text


def test_numbers_in_cells_have_no_decimal_mark_to_be_told(tmp_path: Path) -> None:
    """Where texts have a comma, 123.456 in a number's cell is not 123,456."""
    rows = [
        row(2, word("a"), number("123.456")),
        row(3, word("b"), number("1234.5", formula="C2*2")),
        row(4, word("c"), word("1.234,5")),
        row(5, word("d"), number("98765.430000000008", 1)),
    ]
    done = read(tmp_path, ('"¥"0.00',), *rows, decimal="comma")
    assert [cells[1] for cells in rows_of(done).values()] == [
        "123,456",
        "1234,5",
        "1.234,5",
        "98765,43",
    ]


def test_what_was_scaled_and_rounded_is_told_and_counted(tmp_path: Path) -> None:
    rows = [
        row(2, word("a"), number("12.5", 1)),
        row(3, word("b"), number("13", 1)),
        row(4, word("c"), number("0.1234567", 2)),
    ]
    done = read(tmp_path, ('0.00"万元"', "0.00"), *rows)
    scaled, rounded = map(str, done.notes)
    assert scaled == (
        "amounts in column 'spend' that the sheet shows in '万元', and that were read so: 2"
    )
    assert rounded == (
        "amounts in column 'spend' with more than 6 decimals that were rounded as the sheet "
        "shows them, to the cent at least: 1"
    )


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("0000000000", "12345", "0000012345"),
        ("000-0000", "1234567", "123-4567"),
        ("000-0000", "12345", "001-2345"),
        ("00-00", "123456", "1234-56"),
        ('"AC-"00000', "123", "AC-00123"),
        ('"AC"0', "123", "AC123"),
        ("[<=9999999]000-0000;(000) 000-0000", "1234567", "123-4567"),
        ("[<=9999999]000-0000;000 000-0000", "1234567890", "123 456-7890"),
        ("General", "123456789012345", "123456789012345"),
        ("#,##0.00", "12345", "12345"),
        ('"¥"#,##0', "12345", "12345"),
        ("0.00E+00", "123456789012", "123456789012"),
        ("General", "1234567890123456", "number_too_long: 1234567890123456"),
        ("General", "12345.000000000002", "number_too_long: 12345.000000000002"),
        ("General", "1.5", "1.5"),
    ],
)
def test_an_account_has_the_digits_that_are_shown(
    code: str, stored: str, text: str, tmp_path: Path
) -> None:
    done = read(tmp_path, (code,), row(2, number(stored, 1), number("5")))
    refused = [f"{reject.code}: {reject.text}" for reject in rejects_of(done)]
    assert (refused or [rows_of(done)[2][0]]) == [text]


MORE = (
    '<row r="1"><c r="A1" t="str"><v>account</v></c><c r="B1" t="str"><v>spend</v></c>'
    '<c r="C1" t="str"><v>more</v></c></row>'
)


@pytest.mark.parametrize(
    ("meaning", "code", "stored", "text"),
    [
        ("response", '0"小时"', "2", "2小时"),
        ("response", '0.0"h"', "0.5", "0.5h"),
        ("response", "General", "2", "2"),
        ("paid_discount", '0.0"折"', "7", "7折"),
        ("paid_discount", "0%", "0.7", "70%"),
        ("tickets", '0"个"', "5", "5"),
        ("months", '0" months"', "12", "12"),
        (None, "00000", "123", "00123"),
        (None, '0"人"', "5", "5"),
        (None, '"¥"0.00', "5", "5"),
        (None, "General", "0.12345678901234568", "0.123456789012346"),
        (None, "General", "1.2345678901234567E+18", "1.2345678901234567E+18"),
    ],
)
def test_other_columns(
    meaning: str | None, code: str, stored: str, text: str, tmp_path: Path
) -> None:
    meanings = {**MEANINGS, **({"more": meaning} if meaning else {})}
    cells = row(2, word("a"), number("5"), number(stored, 1))
    done = read(tmp_path, (code,), cells, header=MORE, meanings=meanings)
    assert rows_of(done)[2][2] == text


def test_a_fault_in_a_column_that_is_only_carried_refuses_no_row(tmp_path: Path) -> None:
    faults = [
        '<c t="e"><v>#N/A</v></c>',
        '<c t="e"><f>VLOOKUP(A3,X:Y,2,0)</f><v>#REF!</v></c>',
        "<c><f>1+1</f></c>",
        '<c t="str"><v>one_x0001_two</v></c>',
        "<c><v>1234567890123456789</v></c>",
        "<c><v>NaN</v></c>",
    ]
    rows = [row(at, word(f"a{at}"), number("5"), cell) for at, cell in enumerate(faults, 2)]
    done = read(tmp_path, (), *rows, header=MORE)
    assert [cells[2] for cells in rows_of(done).values()] == [
        "#N/A",
        "#REF!",
        "",
        "one_x0001_two",
        "1234567890123456789",
        "NaN",
    ]
    assert not rejects_of(done)
    [note] = map(str, done.notes)
    assert note.endswith("were carried as they are stored: 6 ('more')")


def test_the_same_faults_refuse_a_row_where_the_column_is_read(tmp_path: Path) -> None:
    rows = [
        row(2, word("a"), '<c t="e"><v>#N/A</v></c>'),
        row(3, word("b"), "<c><f>1+1</f></c>"),
        row(4, word("c_x0001_"), number("5")),
        row(5, word("d"), number("6")),
    ]
    done = read(tmp_path, (), *rows)
    assert [reject[:4] for reject in rejects_of(done)] == [
        (2, "spend", "error_cell", "#N/A"),
        (3, "spend", "formula_without_value", "=1+1"),
        (4, "account", "control_character", "c\x01"),
    ]
    assert rows_of(done) == {5: ("d", "6")}


def test_a_row_whose_amount_sums_up_the_column_is_no_customer(tmp_path: Path) -> None:
    rows = [
        row(2, word("a"), number("5", formula="SUM(D2:O2)")),
        row(3, word("b"), number("6")),
        row(4, word("all"), number("11", formula="SUM(B2:B3)")),
        row(5, word("mean"), '<c t="n"><f>SUBTOTAL(1,B2:B3)</f></c>'),
    ]
    done = read(tmp_path, (), *rows)
    assert rows_of(done) == {2: ("a", "5"), 3: ("b", "6")}
    assert [reject[:4] for reject in rejects_of(done)] == [
        (4, "spend", "total_row", "11"),
        (5, "spend", "total_row", "=SUBTOTAL(1,B2:B3)"),
    ]
    kept = read(tmp_path, (), *rows, keep_totals=True)
    assert rows_of(kept)[4] == ("all", "11")
    assert [reject.code for reject in rejects_of(kept)] == ["formula_without_value"]


@pytest.mark.parametrize("formula", ["SUM(B2:B2)", "SUBTOTAL(9,B2:B2)", "SUM(B2)"])
def test_so_is_the_sum_of_a_single_customer(formula: str, tmp_path: Path) -> None:
    done = read(
        tmp_path, (), row(2, word("a"), number("5")), row(3, word(""), number("5", formula=formula))
    )
    assert rows_of(done) == {2: ("a", "5")}


def test_a_sum_that_was_filled_to_the_right_is_one_in_each_column(tmp_path: Path) -> None:
    """The second cell has but the number of the formula that it shares."""
    header = HEADER.replace("</row>", '<c r="C1" t="str"><v>spend_2</v></c></row>')
    first = '<c r="B4"><f t="shared" ref="B4:C4" si="0">SUM(B2:B3)</f><v>3</v></c>'
    second = '<c r="C4"><f t="shared" si="0"/><v>7</v></c>'
    rows = [
        row(2, word("a"), number("1"), number("3")),
        row(3, word("b"), number("2"), number("4")),
        row(4, word("x"), first, second),
    ]
    meanings = {"account": "account", "spend_2": "monthly_spend"}
    done = read(tmp_path, (), *rows, header=header, meanings=meanings)
    assert [reject[:4] for reject in rejects_of(done)] == [(4, "spend_2", "total_row", "7")]


def test_the_row_of_totals_of_a_sheets_table(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        sheet(
            HEADER,
            row(2, word("a"), number("5")),
            row(3, word("b"), number("6", formula="SUMIFS(Other[spend],Other[id],A3)")),
            row(4, word("?"), number("11", formula="SUBTOTAL(109,Book[spend])")),
        ),
        {
            "xl/worksheets/_rels/s0.xml.rels": '<Relationships><Relationship Id="t" '
            'Type="http://x/table" Target="../tables/t1.xml"/></Relationships>',
            "xl/tables/t1.xml": '<table displayName="Book" ref="A1:B4" totalsRowCount="1"/>',
        },
    )
    columns = [Column("account", 0, "account"), Column("spend", 1, "monthly_spend")]
    options = TableOptions(uses=lambda header: sheet_columns(columns, "CNY", None))
    done = prepare(path, tmp_path, options)
    assert rows_of(done) == {2: ("a", "5"), 3: ("b", "6")}
    assert [reject.code for reject in rejects_of(done)] == ["total_row"]


@pytest.mark.parametrize("text", ["12.500", "12.345", "¥120.000", "12.500 元"])
def test_a_text_with_a_point_that_nothing_explains_is_refused(tmp_path: Path, text: str) -> None:
    stored = row(2, word("a"), word(text))
    [reject] = rejects_of(read(tmp_path, (), stored))
    assert (reject.code, reject.column, reject.text) == ("ambiguous_number", "spend", text)
    told: tuple[DecimalMark, ...] = ("comma", "point")
    for decimal in told:
        assert rows_of(read(tmp_path, (), stored, decimal=decimal))[2] == ("a", text)


@pytest.mark.parametrize("stored", ["12.5", "12.345", "1234.567", "120", "0.125"])
def test_a_number_has_a_point_that_needs_no_word(tmp_path: Path, stored: str) -> None:
    assert spend(tmp_path, "General", stored) == stored


@pytest.mark.parametrize("text", ["12.50", "1234.567", "0.125", "12,345.678", "1.234万", "12.3456"])
def test_a_text_with_another_point_is_for_who_reads_texts(tmp_path: Path, text: str) -> None:
    assert rows_of(read(tmp_path, (), row(2, word("a"), word(text))))[2] == ("a", text)
