"""`batch --documents`: the quote of each row as a file, and the workbook that leads to them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from supportcli.cli.commands.batch import batch
from supportcli.errors import ExitCode
from supportcli.outputs import files
from supportcli.outputs.file_names import numbered_name
from tests.runner import TODAY, Done, run_cli
from tests.test_structured import SCHEMA

LIST = "customer,monthly_spend,response\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def documents(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    named = flags if "--documents" in flags else ("--documents", "d", *flags)
    return run_cli("batch", "in.csv", *named, *TODAY)


def made() -> list[str]:
    return sorted(path.name for path in Path("d").iterdir())


def index() -> list[tuple[object, ...]]:
    [first, *_] = load_workbook("d/index.xlsx").worksheets
    return list(first.iter_rows(min_row=2, values_only=True))


# The same as the quote

NEEDS = "customer,monthly_spend,response,tam,tickets,hours,service"
AGREED = "months,accounts,current_plan,plan,discount,discount_on,tax_mode,tax_rate,reading"
ROWS = {
    "A,120000.50,10m,,,,,,,,,,,,,": ("--spend", "120000.50", "--response", "10m"),
    "B,12万,-,named,40,business,,24,3,,,,,,,": (
        *("--spend", "120000", "--named-tam", "--tickets", "40", "--hours", "business"),
        *("--months", "24", "--accounts", "3"),
    ),
    "C,300000,,no,,,,,,premier,,7折,postpaid,added,6%,": (
        *("--spend", "300000", "--response", "2h", "--no-tam", "--current-plan", "premier"),
        *("--discount", "30% off", "--discount-on", "postpaid", "--tax", "added"),
        *("--tax-rate", "6%"),
    ),
    "D,5000,,,,,,,,,premier,无,,included,6%,floor": (
        *("--spend", "5000", "--response", "2h", "--plan", "premier"),
        *("--tax", "included", "--tax-rate", "6%", "--reading", "floor"),
    ),
}


def test_each_document_is_the_quote_of_the_same_flags() -> None:
    """Blank cells stand for the flags of the run, here a response of two hours."""
    text = "\n".join([f"{NEEDS},{AGREED}", *ROWS, ""])
    flags = ("--response", "2h", "--tax", "added", "--tax-rate", "0%", "--form", "json")
    assert documents(text, *flags).code == ExitCode.DONE
    for line, (row, said) in enumerate(ROWS.items(), 2):
        same_as_quote(f"{line:04}-{row[0]}.json", "--for", row[0], *said)


def same_as_quote(name: str, *said: str) -> None:
    out = f"quote{Path(name).suffix}"
    done = run_cli("quote", *said, "--out", out, "--force", *TODAY)
    assert done.code == ExitCode.DONE, done.err
    assert Path("d", name).read_bytes() == Path(out).read_bytes()


def test_months_of_their_own_and_what_is_paid() -> None:
    """A term of four months of which three have columns: the last one holds on."""
    text = "account,spend_01,spend_02,spend_03\nA,1000,20000.125,300000\n"
    assert documents(text, "--months", "4").code == ExitCode.DONE
    series = "1000 20000.1250 300000 300000"
    same_as_quote("0002-A.html", "--spend-series", series, "--months", "4", "--for", "A")
    paid = ("--basis", "paid", "--paid-discount", "7折", "--form", "md", "--force")
    assert documents("account,monthly_spend\nA,84000\n", *paid).code == ExitCode.DONE
    same_as_quote("0002-A.md", "--paid", "84000", "--paid-discount", "7折", "--for", "A")


def test_what_the_house_says_of_its_quotes_is_in_the_documents_and_in_the_results() -> None:
    """6 % on 37,000 (25,000 and 10 % of 120,000) are 39,220 a month, as the quote has them."""
    home = Path("home/supportcli")
    home.mkdir(parents=True)
    said = "quote:\n  company: Example Ltd\n  valid: 30d\n  tax: added\n  tax_rate: 6%\n"
    (home / "config.yaml").write_text(said)
    Path("in.csv").write_text(f"{LIST}A,120000,10m\n")
    house = dict.fromkeys(("XDG_CONFIG_HOME", "APPDATA", "HOME"), str(Path("home").resolve()))
    words = ("in.csv", "--documents", "d", "--form", "md", "--out", "out.csv", *TODAY)
    assert run_cli("batch", *words, environment=house).code == ExitCode.DONE
    document = Path("d/0002-A.md").read_text(encoding="utf-8")
    assert all(words in document for words in ("Example Ltd", "2026-12-23", "39,220.00"))
    assert ",39220.00," in Path("out.csv").read_text()


# Every flag of the run

SAID_OF_ALL: tuple[tuple[str, ...], ...] = (
    ("--response", "2h", "--without-channel", "hotline", "--tam", "--hours", "business"),
    (
        "--service",
        "advisor",
        "--named-tam",
        "--tickets",
        "40",
        "--accounts",
        "2",
        "--months",
        "24",
    ),
    ("--start", "2027-02", "--discount", "30% off", "--discount-on", "all", "--reading", "floor"),
    ("--tax", "added", "--tax-rate", "6%", "--as-of", "2026-11-01", "--lang", "zh"),
    ("--by", "Li", "--valid", "30d", "--note", "Thanks", "--for-whom", "internal"),
    ("--plans", "aws", "--include-doubtful", "--response", "1h", "--valid-until", "2026-12-31"),
    ("--plans", "cloud-gov", "--quantity", "support hours=2"),
)
"""Flags that hold for all rows, and are those of the quote too."""
OF_THE_LIST = """input_ map_ basis paid_discount decimal unit missing_months encoding sheet
current_plan ignore_column ignore_plan_column group_by duplicates sum_by keep_totals strict
dry_run limit threads against against_reading rejects out documents form output force quiet
no_color width date debug"""
"""How it is read, and where what is told of it goes: the same with documents and without."""
REFUSED = """order number because customer what_if all_plans readings excel labels"""
"""Alone with documents they would change nothing, or say what is not so."""


def _words(*names: object) -> set[str]:
    """The ways to write a flag; typer has the first of them for its default."""
    return {word for name in names if isinstance(name, str) for word in name.split("/")}


def test_every_flag_of_a_batch_is_heeded_by_documents_or_refused() -> None:
    hints = get_type_hints(batch, include_extras=True)
    infos = {name: get_args(hint)[-1] for name, hint in hints.items() if get_args(hint)}
    flags = {name: _words(each.default, *(each.param_decls or ())) for name, each in infos.items()}
    given = {word for said in SAID_OF_ALL for word in said if word.startswith("--")}
    heeded = {name for name, words in flags.items() if given.intersection(words)}
    assert heeded | {*OF_THE_LIST.split(), *REFUSED.split()} == {*flags}
    assert not heeded & {*OF_THE_LIST.split(), *REFUSED.split()}


@pytest.mark.parametrize("said", SAID_OF_ALL, ids=lambda said: said[0])
def test_a_flag_for_all_rows_is_in_each_document(said: tuple[str, ...]) -> None:
    spend = ("--spend", "120000") if "cloud-gov" not in said else ("--spend", "1")
    done = documents(f"account,monthly_spend\nA,{spend[1]}\n", *said, "--form", "json")
    assert done.code == ExitCode.DONE, done.err
    same_as_quote("0002-A.json", "--for", "A", *spend, *said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("--number", "Q-1"), "--number: each document makes its own number; leave it out"),
        (("--because", "x"), "--because: is a reason for one quote; give it to quote"),
        (("--customer", "x"), "--for: each row says whom its document is for; leave it out"),
        (("--order", "10000"), "--order: "),
        (("--what-if", "fees +10%"), "--what-if: a quote is of the fees as they are; leave it out"),
        *(
            ((flag,), f"{flag}: means nothing without --out; give both")
            for flag in ("--all-plans", "--readings", "--excel", "--labels")
        ),
        (("--readings", "--rejects", "r.csv"), "--readings: means nothing without --out"),
    ],
)
def test_what_no_document_can_heed_is_refused(said: tuple[str, ...], words: str) -> None:
    done = documents(f"{LIST}A,5000,2h\n", *said)
    assert done.code == ExitCode.USAGE
    assert words in done.err
    assert not Path("d").exists()


def test_what_is_of_the_results_is_taken_where_there_are_some() -> None:
    flags = ("--excel", "--labels", "--all-plans", "--readings")
    done = documents(f"{LIST}A,5000,2h\n", *flags, "--out", "out.csv")
    assert done.code == ExitCode.DONE, done.err
    done = documents(f"{LIST}A,5000,2h\nB,x,\n", *flags[:2], "--rejects", "r.csv", "--force")
    assert done.code == ExitCode.ROWS_REFUSED, done.err
    assert documents(f"{LIST}A,5000,2h\n", *flags, "--dry-run").code == ExitCode.DONE


def test_flags_of_documents_mean_nothing_without_them() -> None:
    Path("in.csv").write_text(f"{LIST}A,5000,2h\n", encoding="utf-8")
    said = {"--form": "md", "--by": "Li", "--valid": "30d", "--note": "x", "--for-whom": "internal"}
    words = [word for pair in said.items() for word in pair]
    done = run_cli("batch", "in.csv", "--out", "out.csv", *words, *TODAY)
    assert done.code == ExitCode.USAGE
    for flag in said:
        assert f"{flag}: means nothing without --documents; give both" in done.err


# Names

HOSTILE = [
    *("", " ", ".", "..", "../../etc/passwd", "/etc/passwd", "C:\\Windows\\x", "a/b\\c", "~root"),
    *("CON", "con.txt", "NUL", "COM1", "lpt9.html", "aux .", "name.", "name ", ".hidden", "-rf"),
    *(
        "ACME",
        "acme",
        "Acme",
        "ACME\u0301",
        "ACMÉ",
        "acme.html",
        "index.xlsx",
        "0002",
        "a:b",
        "a|b",
    ),
    *("<script>", '"q"', "'q'", "a?b*c", "%2e%2e%2f", "a#b", "a&b=c", "=1+1", "@x", "+1", "$(id)"),
    *(
        "שלום בע״מ",
        "شركة المثال",
        "\u202eexe.cod",
        "a\u200fb",
        "a\u2066b\u2069",
        "\ufeffx",
        "\u0000x",
    ),
    *(
        "a\nb",
        "a\r\nb",
        "a\tb",
        "\x1b[31m",
        "\x7f",
        "上海（浦东）有限公司",
        "株式会社",
        "😀",
        "👩‍👩‍👧",
    ),
    *("x" * 300, "字" * 300, "é" * 99, "a" + "\u0301" * 300, "\ud800", "\U000f0000", "ﷺ" * 50),
]
NAMES = [f"{name}{more}" for name in HOSTILE for more in ("", " ", ".", "\u202e/")][:240]


def test_two_hundred_hostile_names_are_files_of_their_folder_and_no_two_are_the_same() -> None:
    found = [numbered_name(line, name, ".html") for line, name in enumerate(NAMES, 2)]
    assert len({name.casefold() for name in found}) == len(NAMES) > 200
    for name in found:
        assert re.fullmatch(r"\d{4,}(-[^/\\:*?\"<>|.#%\x00-\x1f]*[^ .\-])?\.html", name), name
        assert len(name.encode()) < 144
        assert not set(name) & set("\u200f\u202e\u2066\u2069\ufeff\x7f")
        assert (Path("d") / name).resolve().parent == Path("d").resolve()


def test_names_keep_what_people_read_in_them() -> None:
    assert numbered_name(12, "上海（浦东） A&B Ltd.", ".pdf") == "0012-上海-浦东- A-B Ltd.pdf"
    assert numbered_name(123456, "Société (Paris)", ".md") == "123456-Société (Paris).md"
    assert numbered_name(3, "../..", ".md") == "0003.md"
    assert numbered_name(3, "字" * 40, ".md") == f"0003-{'字' * 33}.md"  # 99 bytes of 100
    assert numbered_name(3, "A", ".md", "10/01") == "0003-A-10-01.md"
    assert numbered_name(3, "/", ".md", "1001") == "0003-1001.md"
    assert numbered_name(3, "字" * 40, ".md", "1001") == f"0003-{'字' * 32}-1001.md"  # 96 and 4
    assert len(numbered_name(3, "x" * 400, ".md", "y" * 400)) == len("0003-") + 101 + len(".md")


# Which row has which


@pytest.mark.parametrize(
    ("language", "whose"), [("en", "Example Ltd, account 1002"), ("zh", "Example Ltd（账号 1002）")]
)
def test_two_accounts_of_a_customer_are_told_apart_in_names_and_in_documents(
    language: str, whose: str
) -> None:
    lines = "1001,Example Ltd,5000\n1002,Example Ltd,120000\nsolo,solo,5\n1004,,5\n"
    done = documents(
        f"account,customer,monthly_spend\n{lines}", "--form", "json", "--lang", language
    )
    assert done.code == ExitCode.DONE
    first = "0002-Example Ltd-1001.json"
    assert made() == [
        first, "0003-Example Ltd-1002.json", "0004-solo.json", "0005-1004.json", "index.xlsx"
    ]  # fmt: skip
    same_as_quote(
        *("0003-Example Ltd-1002.json", "--for", whose, "--spend", "120000", "--lang", language)
    )
    same_as_quote("0004-solo.json", "--for", "solo", "--spend", "5", "--lang", language)
    same_as_quote("0005-1004.json", "--for", "1004", "--spend", "5", "--lang", language)


def test_the_workbook_leads_from_each_row_to_its_document() -> None:
    """At 120,000 Enterprise is 25,000 + 12,000 a month, 444,000 a year."""
    done = documents(
        f"{LIST}../Ä,120000,10m\nB,abc,10m\nc/d,0,1m\n../Ä,120000,10m\n", "--duplicates", "keep"
    )
    assert done.code == ExitCode.ROWS_REFUSED
    assert made() == ["0002-Ä.html", "0005-Ä.html", "index.xlsx"]
    assert [(*row[:2], *row[3:6]) for row in index()] == [
        ("2", "../Ä", "Enterprise", 444000, "0002-Ä.html"),
        ("4", "c/d", None, None, None),
        ("5", "../Ä", "Enterprise", 444000, "0005-Ä.html"),
    ]
    assert str(index()[1][6]).endswith("; a column called plan can name one")
    book = load_workbook("d/index.xlsx")
    links = [cell.hyperlink and cell.hyperlink.target for cell in book.worksheets[0]["F"]]
    assert links == [None, "0002-Ä.html", None, "0005-Ä.html"]
    assert [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)] == ["3"]
    assert "None" not in done.err
    assert "documents in d: 2; index.xlsx leads" in done.err
    assert "rows without a document: 2; index.xlsx says why" in done.err


# Never over another file


def test_a_run_that_was_killed_is_gone_on_with_and_no_other_file_is_replaced() -> None:
    text = f"{LIST}A,120000,10m\nB,5000,2h\nC,5000,2h\n"
    assert documents(text).code == ExitCode.DONE
    again = documents(text)
    assert (again.code, "index.xlsx: exists already" in again.err) == (ExitCode.FAILED, True)
    for name in ("index.xlsx", "0003-B.html"):
        Path("d", name).unlink()
    Path("d/0004-C.html").write_text("mine")
    done = documents(text)
    assert done.code == ExitCode.FAILED
    assert "documents that were there already, the same: 1" in done.err
    assert "another file of the name is there: 1; give --force" in done.err
    assert Path("d/0004-C.html").read_text() == "mine"
    assert [(row[5], str(row[6])[:17]) for row in index()] == [
        ("0002-A.html", "was there already"),
        ("0003-B.html", "None"),
        (None, "another file is t"),
    ]
    assert documents(text, "--force").code == ExitCode.DONE
    assert Path("d/0004-C.html").read_text(encoding="utf-8") != "mine"


KILLED = """
import os, sys
from pathlib import Path
from supportcli.__main__ import main
write, KILL = Path.write_bytes, 9
def half(path, content):
    if len([*Path("d").glob("0*")]) == 2:
        write(path, content[: len(content) // 2])
        os.kill(os.getpid(), KILL)
    return write(path, content)
Path.write_bytes = half
main()
"""


def test_a_run_that_is_killed_within_a_document_leaves_whole_ones_and_the_next_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed with half of the third document on the disk, under a name of its own."""
    monkeypatch.setenv("TMPDIR", str(Path.cwd()))
    text = f"{LIST}A,120000,10m\nB,5000,2h\nC,5000,2h\n"
    assert documents(text, "--form", "md").code == ExitCode.DONE
    whole = {path.name: path.read_bytes() for path in Path("d").glob("*.md")}
    Path("d").rename("first")
    words = ("batch", "in.csv", "--documents", "d", "--form", "md", *TODAY)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", KILLED, *words], env=environment, check=False)
    assert done.returncode != 0
    documents_there = [name for name in made() if not name.startswith(".supportcli-")]
    assert len(made()) > len(documents_there)
    assert documents_there == ["0002-A.md", "0003-B.md"]
    assert all(Path("d", name).read_bytes() == whole[name] for name in documents_there)
    again = documents(text, "--form", "md")
    assert again.code == ExitCode.DONE
    assert "documents that were there already, the same: 2; index.xlsx says which" in again.err
    assert made() == [*sorted(whole), "index.xlsx"]
    assert all(Path("d", name).read_bytes() == whole[name] for name in whole)
    assert [row[6] is not None for row in index()] == [True, True, False]


def test_what_is_there_of_other_runs_is_told_and_left() -> None:
    """B is no longer in the list, F has no document now, two are of another form; four in all."""
    Path("d").mkdir()
    others = ["0003-B.html", "0009-X.html", "0002-A.pdf", "0003.md", "0004-F.html"]
    kept = ["index.html", "notes.md", "12-C.html", "0005-D.txt"]
    for name in (*others, *kept):
        Path("d", name).write_text("mine")
    Path("d/0007-folder.md").mkdir()
    Path("in.csv").write_text(f"{LIST}A,120000,10m\nG,5000,2h\nF,0,1m\n", encoding="utf-8")
    words = ("in.csv", "--documents", "d", "--rejects", "d/2026-refused.md.csv", *TODAY)
    done = run_cli("batch", *words, "--out", "d/2026-list.xlsx", "-o", "json")
    assert done.code == ExitCode.DONE
    assert "not of this run: 5 (0002-A.pdf, 0003-B.html, 0003.md, …); they were left" in done.err, (
        done.err
    )
    Draft202012Validator(SCHEMA).validate(json.loads(done.out))
    assert json.loads(done.out)["result"]["documents"] == {
        "folder": "d",
        "index": str(Path("d/index.xlsx")),
        "written": 2,
        "already_there": 0,
        "other_file_there": 0,
        "rows_without": 1,
        "stale": {"count": 5, "first": sorted(others)},
    }
    stale = load_workbook("d/index.xlsx")["Not of this run"]
    assert [row[0].value for row in stale.iter_rows(min_row=2)] == sorted(others)
    assert all(Path("d", name).read_text() == "mine" for name in (*others, *kept))
    again = run_cli("batch", *words, "--out", "d/2026-list.xlsx", "--force", "--lang", "zh")
    assert "非本次生成的文档：5 份（0002-A.pdf、0003-B.html" in again.err.replace(", ", "、")


def test_a_run_into_a_folder_of_its_own_says_nothing_of_others() -> None:
    """Neither of the list, which stands there, nor of its own results of an earlier time."""
    Path("d").mkdir()
    Path("d/2026-list.xlsx").touch()
    Path("in.csv").write_text(f"{LIST}A,5000,2h\n", encoding="utf-8")
    words = ("in.csv", "--documents", "d", "--out", "d/2026-list.xlsx", "--force", *TODAY)
    done = run_cli("batch", *words, "-o", "json")
    assert done.code == ExitCode.DONE
    assert json.loads(done.out)["result"]["documents"]["stale"] == {"count": 0, "first": []}
    assert load_workbook("d/index.xlsx").sheetnames == ["Documents", "Not quoted"]
    assert "not of this run" not in done.err
    plain = run_cli("batch", "in.csv", "--out", "out.csv", "-o", "json", *TODAY)
    assert "documents" not in json.loads(plain.out)["result"]


def test_what_killed_runs_left_is_looked_for_once_however_many_documents_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once for the folder and once for its index; 40 rows look as often as one."""
    looked = list[Path]()
    clean = files._clean

    def counted(folder: Path) -> None:
        looked.append(folder)
        clean(folder)

    monkeypatch.setattr(files, "_clean", counted)
    Path("d").mkdir()
    Path("d/.supportcli-999999999-x").touch()
    rows = "".join(f"A{at},5000,2h\n" for at in range(40))
    assert documents(f"{LIST}{rows}").code == ExitCode.DONE
    assert [path.name for path in looked] == ["d", "d"]
    assert not Path("d/.supportcli-999999999-x").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_no_link_is_followed_out_of_the_folder() -> None:
    Path("d").mkdir()
    Path("outside").write_text("mine")
    Path("d/0002-A.html").symlink_to("../outside")
    Path("d/0003-B.html").symlink_to("../nowhere")
    assert documents(f"{LIST}A,5000,2h\nB,5000,2h\n", "--force").code == ExitCode.FAILED
    assert Path("outside").read_text() == "mine"
    assert not Path("nowhere").exists()


def test_what_cannot_be_is_told_and_nothing_is_made() -> None:
    one = f"{LIST}A,5000,2h\n"
    Path("file").touch()
    for flags, words in {
        ("--documents", "file"): "file: cannot be made",
        ("--documents", "no/d"): "d: cannot be made",
        ("--documents", ""): "--documents: is empty",
        ("--documents", "d", "--form", "csv"): "--form: 'csv' is not one of: html, pdf, xlsx",
        ("--documents", "d", "--out", "d/index.xlsx"): "--out: is the list of the documents",
    }.items():
        done = documents(one, *flags)
        assert done.code in (ExitCode.FAILED, ExitCode.USAGE)
        assert words in done.err
    assert documents(f"{LIST}A,abc,2h\n", "--strict").code == ExitCode.FAILED
    assert not Path("d").exists()
    alone = run_cli("batch", "in.csv", "--out", "out.csv", "--form", "html", *TODAY)
    assert "--form: means nothing without --documents; give both" in alone.err
