"""Quotes read again: what stands around the figures, pages, what other programs saved."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from supportcli.advice.letter import Edition
from supportcli.advice.printed import PageLine, compared
from supportcli.core.duration import Duration
from supportcli.errors import ExitCode, UsageError
from supportcli.inputs.quotes.letter import quoted_letter, quoted_needs
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed
from supportcli.seal import in_markdown
from supportcli.sheet_cells import sheet_texts
from tests.runner import TODAY, run_cli
from tests.test_quotations import ONE, quote

PLANS = Path(__file__).parent.parent / "plans.yaml"
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def told() -> Any:
    return json.loads(quote(*ONE, "--for", "Example Ltd", "--no-tam").out)


def put(told: Any, path: str, value: object) -> Any:
    found = copy.deepcopy(told)
    *steps, last = path.split(".")
    inner = found
    for step in steps:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    inner[last] = value
    return found


def test_what_stands_around_the_figures_is_read_as_it_was_written(told: Any) -> None:
    letter = quoted_letter(told)
    assert (letter.customer, letter.edition, letter.note) == ("Example Ltd", Edition.CUSTOMER, None)
    [needs] = quoted_needs(told)
    assert needs == Needs([ResponseNeed("unavailable", Duration(10, False))], False)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("quote", None),
        ("quote", []),
        ("quote.customer", 5),
        ("quote.note", ["x"]),
        ("quote.valid_until", "tomorrow"),
        ("quote.valid_until", "2026-02-30"),
        ("quote.for_whom", "nobody"),
        ("quote.for_whom", None),
    ],
)
def test_a_letter_that_quote_does_not_write_is_refused(path: str, value: object, told: Any) -> None:
    with pytest.raises(UsageError, match="is not a quote as it was written"):
        quoted_letter(put(told, path, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("response", None),
        ("response", {"unavailable": "10m"}),
        ("response", {"unavailable": 10}),
        ("response", {"unavailable": "PT123456M"}),
        ("response", {"other": "PT10M"}),
        ("response_hours", None),
        ("response_hours", {}),
        ("tam", "yes"),
        ("tam_degree", 1),
        ("services", "x"),
        ("services", [1]),
        ("without_channels", None),
        ("current_plan", 7),
        ("hours", 24),
    ],
)
def test_needs_that_quote_does_not_write_are_refused(name: str, value: object, told: Any) -> None:
    strange = put(told, f"result.accounts.0.inputs.{name}", value)
    if name == "tam_degree":
        strange = put(strange, "result.accounts.0.inputs.tam", True)
    with pytest.raises(UsageError, match="is not a quote as it was written"):
        quoted_needs(strange)


def line(text: str, label: str = "Fee") -> PageLine:
    return PageLine("What it costs", label, text)


def test_amounts_that_only_one_of_two_pages_has_are_named_where_all_can_be_made() -> None:
    page, anew = (
        [line("Fee ¥5.00"), line("You owe ¥7.00")],
        [line("Fee ¥5.00"), line("Tax ¥3.00 more")],
    )
    found = compared(page, anew, strictly=True)
    assert [(each.stated, each.computed) for each in found.wrong] == [
        ("¥7.00", None),
        (None, "¥3.00"),
    ]
    assert (found.figures, found.alike, found.whole) == (1, False, True)
    loose = compared(page, anew, strictly=False)
    assert (loose.wrong, loose.alike, loose.whole) == ((), False, False)


def test_an_amount_that_stands_elsewhere_and_a_line_of_words_are_nobodys_fault() -> None:
    page = [line("Fee ¥5.00"), line("in all ¥5.00")]
    found = compared(page, [line("Fee ¥5.00"), line("words alone")], strictly=True)
    assert (found.wrong, found.alike) == ((), False)
    cell = compared([line("5")], [line("6 = x")], strictly=True)
    assert [(each.stated, each.computed) for each in cell.wrong] == [("5", None), (None, "6")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("quote.date", "soon"),
        ("quote.number", None),
        ("quote.language", None),
        ("warnings", None),
        ("result.accounts.0.inputs.hours", 5),
    ],
)
def test_where_no_page_can_be_made_anew_none_is_compared(
    path: str, value: object, tmp_path: Path
) -> None:
    page = quote(*ONE, form="md").out
    start, end = page.index('{"schema_version"'), page.rindex("\n-->")
    bare = page[: page.rindex("\n<!-- supportcli", 0, start)]
    strange = json.dumps(put(json.loads(page[start:end]), path, value), ensure_ascii=False)
    file = tmp_path / "quote.md"
    file.write_text(in_markdown(bare, strange), encoding="utf-8")
    done = run_cli("verify", str(file), "-o", "json", *TODAY)
    assert done.code in (ExitCode.FAILED, ExitCode.USAGE)
    assert "internal error" not in done.err
    assert done.code == ExitCode.USAGE or json.loads(done.out)["result"]["page"] is None


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "The catalogue here is another, older or newer."),
        ("zh", "此处的价目库不是报价时的那一份（较旧或较新）。"),
    ],
)
def test_where_the_carried_rule_gives_nothing_no_total_is_compared(
    lang: str, sentence: str, told: Any, tmp_path: Path
) -> None:
    plans, file = tmp_path / "plans.yaml", tmp_path / "quote.json"
    text = PLANS.read_text(encoding="utf-8")
    plans.write_text(f"{text}\n# later\n", encoding="utf-8")
    [plan] = [n for n, each in enumerate(told["rules"]["plans"]) if each["id"] == "enterprise"]
    file.write_text(json.dumps(put(told, f"rules.plans.{plan}.id", "other")), encoding="utf-8")
    words = ("verify", str(file), "--plans", str(plans), *TODAY)
    done = run_cli(*words, "--lang", lang)
    assert done.code == ExitCode.FAILED
    assert sentence in " ".join(done.out.split())
    today = json.loads(run_cli(*words, "-o", "json").out)["result"]["today"]
    assert (today["totals"], today["totals_of"]["months"]) == ([], 12)


def resealed(file: Path, old: bytes, new: bytes) -> None:
    """The workbook with another value in a cell, sealed anew by somebody who knows how."""
    before = sheet_texts(file.read_bytes()).carried.replace("\n", "")
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    [*_, sheet] = [name for name in parts if "worksheets/sheet" in name and old in parts[name]]
    parts[sheet] = parts[sheet].replace(old, new, 1)
    write(file, parts)
    texts = sheet_texts(file.read_bytes())
    carried = texts.carried.strip("\n")
    body = carried[carried.index("\n{") + 1 : carried.rindex("\n-->")]
    after = in_markdown(texts.seen, body)[len(texts.seen) + 1 :].replace("\n", "")
    assert len(after) == len(before)
    shared = parts["xl/sharedStrings.xml"].decode()
    for start in range(0, len(before), 8000):
        one, other = (escape(text[start : start + 8000]) for text in (before, after))
        assert one in shared
        shared = shared.replace(one, other)
    write(file, {**parts, "xl/sharedStrings.xml": shared.encode()})


def write(file: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def test_a_cell_of_a_workbook_that_was_sealed_anew_is_named(tmp_path: Path) -> None:
    """120,000 a month: 25,000 + 10 % of it = 37,000, twelve times 444,000."""
    file = tmp_path / "quote.xlsx"
    assert run_cli("quote", *ONE, *TODAY, "--out", str(file)).code == ExitCode.DONE
    resealed(file, b"<v>444000.00</v>", b"<v>344000.00</v>")
    done = run_cli("verify", str(file), "-o", "json", *TODAY)
    result = json.loads(done.out)["result"]
    assert (done.code, result["whole"], result["sealed"]) == (ExitCode.FAILED, True, True)
    [wrong] = result["page"]["wrong"]
    assert wrong["stated"].startswith("344000")
    assert wrong["computed"].startswith("444000")
    assert wrong["where"].startswith("At most!")


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_that_a_browser_saved_is_verified(lang: str, tmp_path: Path) -> None:
    page, saved = tmp_path / "quote.html", tmp_path / "saved.html"
    words = ("--for", "某某 & Co <b>", "--lang", lang)
    assert run_cli("quote", *ONE, *words, *TODAY, "--out", str(page)).code == ExitCode.DONE
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [str(CHROMIUM), *flags, "--dump-dom", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved.write_bytes(done.stdout)
    assert saved.read_bytes() != page.read_bytes()
    assert run_cli("verify", str(saved), *TODAY).code == ExitCode.DONE
    text = done.stdout.decode()
    assert text.count("444,000.00") > 1
    saved.write_text(text.replace("444,000.00", "344,000.00", 1), encoding="utf-8")
    assert run_cli("verify", str(saved), *TODAY).code == ExitCode.FAILED
