"""Parquet has the rules of CSV and XLSX: a number is exact or refused, a cell can be read again."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from supportcli.batch.engine import Batch
from supportcli.errors import ExitCode
from tests.runner import TODAY, run_cli

SINGLE = (
    "column 'monthly_spend' is of single precision, which does not hold every cent; write it as "
    "DECIMAL or DOUBLE from where the amounts are exact"
)
CARRIED = "supportcli: columns that are carried and not read: "
DAMAGED = "supportcli: in.parquet: is a damaged Parquet file; write it again\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(columns: str, *options: str) -> bytes:
    """A file of one row, or of the rows of a query."""
    query = columns if columns.startswith("SELECT") else f"SELECT {columns}"
    duckdb.sql(f"COPY ({query}) TO 'in.parquet' ({', '.join(['FORMAT parquet', *options])})")
    return Path("in.parquet").read_bytes()


def batch(name: str = "in.parquet", *flags: str) -> tuple[int, str]:
    """How it ended, and what was told on standard error."""
    done = run_cli("batch", name, "--out", "out.csv", "--force", *TODAY, *flags)
    return done.code, done.err


def rows(name: str = "out.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What a cell says


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("12500.5::DOUBLE", "12500.5"),
        ("12500::DOUBLE", "12500"),
        ("9999999.99::DOUBLE", "9999999.99"),
        ("999999999999.99::DOUBLE", "999999999999.99"),
        ("-0.0::DOUBLE", "0"),
        ("98765.430000000008::DOUBLE", "98765.43"),  # fifteen digits, as a spreadsheet shows it
        ("0.1::DOUBLE + 0.2::DOUBLE", "0.3"),
        ("123456789012.3456::DOUBLE", "123456789012.346"),
        ("1000::DECIMAL(38, 10)", "1000.00"),
        ("1000.5::DECIMAL(38, 18)", "1000.50"),
        ("0.00001::DOUBLE", "0.00001"),
        ("12500::HUGEINT", "12500"),  # DuckDB stores it as DOUBLE
        ("12500::UBIGINT", "12500"),
        ("100::TINYINT", "100"),
        ("12500.10::DECIMAL(9, 2)", "12500.10"),
        ("12500.1234::DECIMAL(18, 4)", "12500.1234"),
        ("12500.5::DECIMAL(38, 9)", "12500.50"),  # BigQuery's NUMERIC
        ("12500.123456::DECIMAL(38, 9)", "12500.123456"),
        ("100::DECIMAL(38, 9)", "100.00"),
        ("'12,500.00'", "12,500.00"),
        ("'12万'::ENUM('12万', 'x')", "12万"),
    ],
)
def test_an_exact_spend_is_quoted_as_from_csv(cell: str, text: str) -> None:
    written(f"'a' AS account, {cell} AS monthly_spend")
    assert batch("in.parquet", "--response=10m") == (ExitCode.DONE, "")
    [found] = rows()
    assert found["monthly_spend"] == text
    Path("in.csv").write_text(f'account,monthly_spend\na,"{text}"\n', encoding="utf-8")
    batch("in.csv", "--response=10m")
    assert rows() == [found]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "code", "text"),
    [
        ("NULL::DOUBLE", "spend_missing", ""),
        ("NULL", "spend_missing", ""),
        ("'NaN'::DOUBLE", "spend_not_understood", "nan"),
        ("'-Infinity'::DOUBLE", "spend_not_understood", "-inf"),
        ("100000::DOUBLE / 3", "too_many_digits", "33333.3333333333"),
        ("1e-16::DOUBLE", "number_too_long", "1e-16"),
        ("-98765.430000000008::DOUBLE", "spend_negative", "-98765.43"),
        ("1e16::DOUBLE", "number_too_long", "1e+16"),
        ("1e15::DOUBLE", "too_many_digits", "1000000000000000"),
        ("0.0000001::DOUBLE", "too_many_digits", "0.0000001"),
        ("-5.00::DECIMAL(9, 2)", "spend_negative", "-5.00"),
        ("1.1234567::DECIMAL(38, 9)", "too_many_digits", "1.1234567"),
        ("18446744073709551615::UBIGINT", "too_many_digits", "18446744073709551615"),
        ("TRUE", "spend_not_understood", "true"),
        ("DATE '2026-01-31'", "spend_not_understood", "2026-01-31"),
        ("TIMESTAMP '2026-01-31 10:00:00'", "spend_not_understood", "2026-01-31 10:00:00"),
        ("INTERVAL 3 DAY", "spend_not_understood", "3 days"),
    ],
)
def test_a_spend_that_is_none_refuses_its_row(cell: str, code: str, text: str) -> None:
    query = f"SELECT 'a' AS account, {cell} AS monthly_spend UNION ALL SELECT 'b', NULL"
    written(query)
    assert batch()[0] == ExitCode.ROWS_REFUSED
    assert rows() == []
    found = rows("out.rejects.csv")[0]
    assert (found["line"], found["code"], found["text"]) == ("1", code, text)


def test_numbers_of_other_meanings_are_whole_as_in_a_workbook() -> None:
    """1234567890123456 is below 2^53, up to which a float keeps every whole number."""
    written(
        "1234567890123456::DOUBLE AS account, 100 AS monthly_spend, 5::DOUBLE AS tickets, "
        "2::TINYINT AS accounts, 12::DECIMAL(4, 0) AS months, TRUE AS tam, 2.5::DOUBLE AS ratio"
    )
    assert batch() == (ExitCode.DONE, CARRIED + "'ratio'\n")
    [row] = rows()
    shown = (row["account"], row["tickets"], row["accounts"], row["ratio"], row["plan"])
    assert shown == ("1234567890123456", "5", "2", "2.5", "premier")


def test_accounts_that_a_float_has_rounded_are_refused() -> None:
    cells = "(9007199254740993::DOUBLE), (123456789012345678::DOUBLE), (0.1::DOUBLE + 0.2::DOUBLE)"
    written(f"SELECT x AS account, 100 AS monthly_spend FROM (VALUES {cells}) t(x)")
    batch()
    assert [(row["column"], row["code"]) for row in rows("out.rejects.csv")] == [
        ("account", "number_too_long")
    ] * 3


def test_what_is_only_carried_is_written_as_the_engine_writes_it() -> None:
    written(
        "'00000000-0000-0000-0000-000000000001'::UUID AS account, 100 AS monthly_spend, "
        "[1, 2] AS list, {'a': 1} AS struct, MAP {'k': 2} AS map, 'a\\x00\\xFF'::BLOB AS bytes, "
        "0.1::FLOAT AS single, 0.1::DOUBLE + 0.2::DOUBLE AS double, DATE '2026-01-31' AS day, "
        "INTERVAL 3 DAY AS time"
    )
    carried = "'list', 'struct', 'map', 'bytes', 'single', 'double', 'day', 'time'"
    assert batch() == (ExitCode.DONE, f"{CARRIED}{carried}\n")
    [row] = rows()
    names = ("list", "struct", "map", "bytes", "single", "double", "day", "time")
    assert tuple(row[name] for name in names) == (
        "[1, 2]", "{'a': 1}", "{k=2}", r"a\x00\xFF", "0.1", "0.30000000000000004", "2026-01-31",
        "3 days",
    )  # fmt: skip
    assert row["account"] == "00000000-0000-0000-0000-000000000001"


def test_times_are_of_utc_wherever_the_run_is() -> None:
    written(
        "1 AS account, 100 AS monthly_spend, TIMESTAMPTZ '2026-01-31 10:00:00+08' AS at, "
        "[TIMESTAMPTZ '2026-01-31 10:00:00+08'] AS several"
    )
    code = "import sys; from supportcli.cli.app import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "batch", "in.parquet", "--out", "out.csv", "--quiet"]
    environment = {
        **os.environ,
        "TZ": "Asia/Shanghai",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    subprocess.run(command, env=environment, check=True)
    [row] = rows()
    assert (row["at"], row["several"]) == ("2026-01-31 02:00:00+00", "['2026-01-31 02:00:00+00']")


def test_a_dictionary_and_several_row_groups_make_no_difference() -> None:
    """Refused rows are told by their numbers in the file, with several threads too."""
    query = "SELECT i AS account, CASE i % 2500 WHEN 0 THEN 'x' ELSE '5' END AS monthly_spend"
    written(f"{query} FROM range(1, 10001) t(i)", "ROW_GROUP_SIZE 2048")
    batch("in.parquet", "--threads=2")
    assert [row["line"] for row in rows("out.rejects.csv")] == ["2500", "5000", "7500", "10000"]
    assert [row["account"] for row in rows()][:3] == ["1", "2", "3"]


# What a column may not be


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            "'a' AS account, 9999999.99::FLOAT AS monthly_spend",
            SINGLE,
        ),
        (
            "16777217::FLOAT AS account, 5 AS monthly_spend",
            "column 'account' holds FLOAT; write it as text or as exact numbers",
        ),
        (
            "'a' AS account, '5'::BLOB AS monthly_spend",
            "column 'monthly_spend' holds BLOB; write it as text or as exact numbers",
        ),
        (
            "'a' AS account, [5] AS monthly_spend",
            "column 'monthly_spend' holds INTEGER[]; write it as text or as exact numbers",
        ),
        (
            "'a' AS account, {'x': 5} AS monthly_spend",
            "column 'monthly_spend' holds STRUCT(x INTEGER); write it as text or as exact numbers",
        ),
        (
            "'a' AS account, 5 AS monthly_spend, MAP {'x': 5} AS tickets",
            "column 'tickets' holds MAP(VARCHAR, INTEGER); write it as text or as exact numbers",
        ),
    ],
)
def test_a_column_that_holds_no_exact_values_is_refused(columns: str, told: str) -> None:
    written(columns)
    assert batch() == (ExitCode.FAILED, f"supportcli: in.parquet: {told}\n")
    assert not Path("out.csv").exists()


def test_all_such_columns_are_told_at_once() -> None:
    written("1::FLOAT AS account, 2::FLOAT AS monthly_spend, [3] AS tickets")
    assert [line.split("'")[1] for line in batch()[1].splitlines() if "column" in line] == [
        "account",
        "monthly_spend",
        "tickets",
    ]


@pytest.mark.parametrize("column", ["monthly_spend", "budget", "nested"])
def test_decimals_wider_than_the_engine_has_are_refused(column: str) -> None:
    """Another program's DECIMAL(50, 2), which the engine would read as the nearest float."""
    value = "1.5::DECIMAL(38, 2)"
    value = f"{{'inside': {value}}}" if column == "nested" else value
    usual = "" if column == "monthly_spend" else "5 AS monthly_spend, "
    whole = written(f"'a' AS account, {usual}{value} AS {column}")
    length = int.from_bytes(whole[-8:-4], "little")
    data, footer, end = whole[: -8 - length], whole[-8 - length : -8], whole[-8:]
    precision, wider = b"\x15\x4c", b"\x15\x64"  # 38 and 50 as a number of Thrift's compact form
    assert precision in footer
    Path("in.parquet").write_bytes(data + footer.replace(precision, wider) + end)
    told = f"column '{column}' has decimals of more than 38 digits; write it as DECIMAL(38, 6)"
    assert batch() == (ExitCode.FAILED, f"supportcli: in.parquet: {told} or less\n")


# What a cell may not hold


def test_a_cell_that_no_table_may_hold_refuses_its_row() -> None:
    """U+0085 is let through as it is from CSV; a tab and a line break may stand in a cell."""
    cells = [
        "('a', 'x' || chr(27) || '[31m')",
        "('b' || chr(0), 'x')",
        "('c', repeat('x', 131073))",
        "('d', [chr(7)]::VARCHAR)",
        "('e', 'x' || chr(9) || chr(10) || chr(133))",
    ]
    values = f"(VALUES {', '.join(cells)}) t(account, note)"
    written(f"SELECT account, 5 AS monthly_spend, note FROM {values}")
    assert batch()[0] == ExitCode.ROWS_REFUSED
    assert [row["account"] for row in rows()] == ["e"]
    assert [(r["column"], r["code"], r["message"]) for r in rows("out.rejects.csv")] == [
        ("note", "control_character", "holds the control character U+001B; remove it"),
        ("account", "control_character", "holds the control character U+0000; remove it"),
        ("note", "field_too_long", "a cell is longer than 131072 characters; shorten it"),
        ("note", "control_character", "holds the control character U+0007; remove it"),
    ]
    assert run_cli("batch", "out.csv", "--out", "again.csv", *TODAY).code == ExitCode.DONE


def test_a_control_character_in_what_is_nested_is_found() -> None:
    written("'a' AS account, 5 AS monthly_spend, {'x': ['y' || chr(1)]} AS note")
    batch()
    assert [row["code"] for row in rows("out.rejects.csv")] == ["control_character"]


# Names


def test_a_name_that_no_header_may_have_is_refused() -> None:
    written(f'5 AS monthly_spend, 1 AS "x{chr(1)}y"')
    code, words = batch()
    assert (code, "a control character stands in the header" in words) == (ExitCode.FAILED, True)


def test_a_column_without_a_name_is_carried_under_a_made_one() -> None:
    written('5 AS monthly_spend, 7 AS " ", 8 AS column_2')
    code, words = batch()
    assert (code, "a name that hold text are called: 'column_2_'" in words) == (0, True)
    assert (rows()[0]["column_2_"], rows()[0]["column_2"]) == ("7", "8")


@pytest.mark.parametrize("other", ["note", "Note"])
def test_names_that_are_the_same_are_refused(other: str) -> None:
    """DuckDB would call the second note_1."""
    whole = written("5 AS monthly_spend, 1 AS note, 2 AS nota")
    Path("in.parquet").write_bytes(whole.replace(b"nota", other.encode()))
    told = f"the header repeats '{other}'; rename or remove a column"
    assert batch() == (ExitCode.FAILED, f"supportcli: in.parquet: {told}\n")


def test_names_mean_what_they_mean_in_csv() -> None:
    """Quotes, the engine's own names, a line break, a unit; what is told of them is told too."""
    names = ["file_row_number", "line", "c0", 'x"y', "it's", "折前消费（\n万元）"]
    listed = ", ".join(
        '{} AS "{}"'.format(n, name.replace('"', '""')) for n, name in enumerate(names)
    )
    written(listed)
    with Path("in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, range(len(names))])
    of_parquet = run_cli("batch", "in.parquet", "--out", "out.csv", *TODAY)
    found = rows()
    of_csv = run_cli("batch", "in.csv", "--out", "out.csv", "--force", *TODAY)
    assert found == rows()
    assert of_parquet == of_csv
    assert "stands on several lines" in of_csv.err


# Files


def test_a_file_without_rows_is_refused() -> None:
    written("SELECT 5 AS monthly_spend WHERE FALSE")
    told = "has a header and no rows; add a row"
    assert batch() == (ExitCode.FAILED, f"supportcli: in.parquet: {told}\n")


def test_an_encrypted_file_is_refused() -> None:
    """By its first letters; DuckDB writes none without a further library."""
    Path("in.parquet").write_bytes(b"PARE" + bytes(100) + b"PARE")
    told = "is an encrypted Parquet file; write it without encryption"
    assert batch() == (ExitCode.FAILED, f"supportcli: in.parquet: {told}\n")


@pytest.mark.parametrize("left", [4, 12, 0.5, -8, -1])
def test_a_file_that_was_cut_off_is_refused(left: float) -> None:
    whole = written("SELECT i AS account, 5 AS monthly_spend FROM range(1000) t(i)")
    end = int(len(whole) * left) if 0 < left < 1 else int(left)
    Path("in.parquet").write_bytes(whole[:end])
    assert batch() == (ExitCode.FAILED, DAMAGED)


@pytest.mark.slow
def test_damage_within_is_no_fault_of_ours() -> None:
    """What damages only values cannot be told, as the file has no checksums."""
    query = "SELECT i AS account, i * 1.5 AS monthly_spend, md5(i::VARCHAR) AS note"
    whole = written(f"{query} FROM range(3000) t(i)", "COMPRESSION snappy")
    chance = random.Random(1)
    outcomes = []
    for _ in range(40):
        broken = bytearray(whole)
        for _ in range(chance.choice([1, 4, 40])):
            broken[chance.randrange(4, len(whole) - 8)] ^= chance.randrange(1, 256)
        Path("in.parquet").write_bytes(broken)
        outcomes.append(batch())
    assert {code for code, _ in outcomes} <= {
        ExitCode.DONE,
        ExitCode.FAILED,
        ExitCode.USAGE,
        ExitCode.ROWS_REFUSED,
    }
    told = [words for code, words in outcomes if code == ExitCode.FAILED]
    assert len(told) > 10
    assert not [words for words in told if "internal error" in words]


@pytest.mark.parametrize("column", ["account", "note"])
def test_text_that_is_none_is_damage_whenever_it_is_found(column: str) -> None:
    """That of `note` is read only while the results are written."""
    letters = {"account": "abcdef", "note": "ghijkl"}
    columns = ", ".join(f"'{text}' AS {name}" for name, text in letters.items())
    whole = written(f"5 AS monthly_spend, {columns}", "COMPRESSION uncompressed")
    broken = whole.replace(letters[column].encode(), b"\xff\xfe\xff\xfe\xff\xfe")
    Path("in.parquet").write_bytes(broken)
    assert batch() == (ExitCode.FAILED, CARRIED + "'note'\n" + DAMAGED)
    assert [path.name for path in Path().iterdir()] == ["in.parquet"]


def test_a_disk_that_fails_is_no_damage_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> int:
        raise duckdb.IOException('Could not write file "x": Input/output error')

    written("5 AS monthly_spend")
    monkeypatch.setattr(Batch, "write", fails)
    code, words = batch()
    assert (code, "cannot write" in words) == (ExitCode.FAILED, True)
