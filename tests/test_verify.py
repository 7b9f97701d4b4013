"""Quotes computed again: right ones, tampered ones, outdated ones, and files that are none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from supportcli.errors import ExitCode
from supportcli.seal import in_html, in_markdown
from tests.runner import TODAY, Done, run_cli
from tests.test_quotations import DEAL, ONE, SCHEMA, quote

PLANS = Path(__file__).parent.parent / "plans.yaml"


def verify(file: Path, *more: str) -> Done:
    return run_cli("verify", str(file), *more, *TODAY)


def written(folder: Path, text: str, ending: str = "json") -> Path:
    file = folder / f"quote.{ending}"
    file.write_text(text, encoding="utf-8")
    return file


def amounts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where amounts stand."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from amounts(each, (*path, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from amounts(each, (*path, number))
    elif isinstance(value, str) and value.count(".") == 1 and value.replace(".", "")[-3:].isdigit():
        yield path


def changed(value: Any, path: tuple[str | int, ...], to: object) -> Any:
    copy = json.loads(json.dumps(value))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return copy


def test_a_tampered_figure_is_found_wherever_it_stands(tmp_path: Path) -> None:
    whole = json.loads(quote(*ONE).out)
    places = [
        path for path in amounts(whole["result"], ("result",)) if path[1] in ("costs", "next_plans")
    ]
    assert len(places) > 100
    for path in places[:: len(places) // 12]:
        file = written(tmp_path, json.dumps(changed(whole, path, "1.23")))
        done = verify(file, "-o", "json")
        assert done.code == ExitCode.FAILED
        found = json.loads(done.out)
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)] == []
        [wrong] = found["result"]["wrong"]
        assert wrong["stated"] == "1.23"
        assert found["result"]["sealed"] is False


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("quote", "customer"), "Somebody else"),
        (("quote", "valid_until"), "2036-01-01"),
        (("quote", "valid_until"), "2036"),
        (("inputs", "months"), 13),
        (("inputs", "discount", "rate"), "31%"),
        (("result", "accounts", 0, "inputs", "monthly_spend"), "300001.00"),
        (("rules", "plans", 0, "fee", "monthly", "flat"), "50001"),
        (("result", "costs"), []),
        (("result", "accounts", 0, "plan"), "premier-2030"),
    ],
)
def test_whatever_else_is_tampered_with_is_found(
    path: tuple[str | int, ...], to: object, tmp_path: Path
) -> None:
    whole = json.loads(quote(*DEAL, "--for", "Example Ltd", "--valid", "30d").out)
    if path[0] == "rules":
        [at] = [i for i, plan in enumerate(whole["rules"]["plans"]) if plan["id"] == "premier"]
        path = (*path[:2], at, *path[3:])
    done = verify(written(tmp_path, json.dumps(changed(whole, path, to))))
    assert done.code in (ExitCode.FAILED, ExitCode.USAGE)
    assert "every amount follows from the rule" not in done.out


def test_figures_and_rule_that_were_changed_together_are_found(tmp_path: Path) -> None:
    """The quote of a cheaper rule, sealed anew, under the name of the shipped catalogue."""
    cheaper = tmp_path / "cheaper.yaml"
    text = PLANS.read_text(encoding="utf-8")
    cheaper.write_text(text.replace("{flat: 25000}", "{flat: 24000}"), encoding="utf-8")
    other = json.loads(quote(*ONE, "--plans", str(cheaper)).out)
    real = json.loads(quote(*ONE).out)["catalogue"]["sha256"]
    done = verify(written(tmp_path, json.dumps(changed(other, ("catalogue", "sha256"), real))))
    assert done.code == ExitCode.FAILED
    assert "The rule in the file is not that of the catalogue that it names." in done.out


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_tampered_page_is_found(form: str, tmp_path: Path) -> None:
    page = quote(*ONE, form=form).out
    assert verify(written(tmp_path, page, form)).code == ExitCode.DONE
    assert verify(written(tmp_path, page.replace("\n", "\r\n"), form)).code == ExitCode.DONE
    head, _, rest = page.partition("444,000.00")
    done = verify(written(tmp_path, f"{head}440,000.00{rest}", form), "-o", "json")
    assert done.code == ExitCode.FAILED
    [line] = json.loads(done.out)["result"]["changed_lines"]
    assert "440,000.00" in line


def resealed(page: str, form: str, old: str, new: str) -> str:
    """The page with another figure, sealed anew by somebody who knows how."""
    start, end = (
        page.index('{"schema_version"'),
        page.index("</script>" if form == "html" else "\n-->"),
    )
    told, seal = page[start:end], {"html": in_html, "md": in_markdown}[form]
    opening = page.rindex("<script" if form == "html" else "\n<!-- supportcli", 0, start)
    closing = "</script>" if form == "html" else "\n-->\n"
    bare = page[:opening] + page[end + len(closing) :]
    assert seal(bare, told) == page
    assert old in bare
    return seal(bare.replace(old, new, 1), told)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_figure_of_a_page_that_was_sealed_anew_is_named(
    form: str, lang: str, tmp_path: Path
) -> None:
    """120,000 a month: 25,000 + 10 % of it = 37,000 a month, 444,000 a year."""
    page = quote(*ONE, "--lang", lang, form=form).out
    forged = resealed(page, form, "444,000.00", "300,000.00")
    file = written(tmp_path, forged, form)
    done, told = verify(file, "--lang", lang), json.loads(verify(file, "-o", "json").out)
    assert done.code == ExitCode.FAILED
    assert (told["result"]["whole"], told["result"]["sealed"]) == (True, True)
    [wrong] = told["result"]["page"]["wrong"]
    assert (wrong["stated"], wrong["computed"]) == ("¥300,000.00", "¥444,000.00")
    assert wrong["where"]
    assert ("the page says" if lang == "en" else "页面所写") in done.out
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(told)] == []
    second = done.out.splitlines()[1]
    assert ("a seal is no signature" if lang == "en" else "封印不是签名") in second


def test_an_amount_that_was_added_or_taken_away_is_named(tmp_path: Path) -> None:
    page = quote(*ONE, form="md").out
    added = resealed(page, "md", "## What you get", "You owe ¥9,876.00 more.\n\n## What you get")
    [wrong] = json.loads(verify(written(tmp_path, added, "md"), "-o", "json").out)["result"][
        "page"
    ]["wrong"]
    assert (wrong["stated"], wrong["computed"]) == ("¥9,876.00", None)


def test_a_page_that_another_program_saved_is_right_where_one_reads_the_same(
    tmp_path: Path,
) -> None:
    page = quote(*ONE, form="html").out
    saved = page.replace("<p class=", "<p  class=").replace("<td>", "<td >")
    assert saved != page
    done = verify(written(tmp_path, saved, "html"))
    assert done.code == ExitCode.DONE
    assert "saved by another program" in done.out
    assert verify(written(tmp_path, saved.replace("12 months", "24 months", 1), "html")).code == 1


def test_a_page_of_another_catalogue_is_compared_as_far_as_its_rule_leads(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    text = PLANS.read_text(encoding="utf-8")
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("{flat: 25000}", "{flat: 26000}"), encoding="utf-8")
    page = quote(*ONE, "--plans", str(old), form="md").out
    done = verify(written(tmp_path, page, "md"), "--plans", str(new))
    assert done.code == ExitCode.DONE
    assert "as far as the rule in the file leads" in " ".join(done.out.split())
    forged = resealed(page, "md", "444,000.00", "300,000.00")
    done = verify(written(tmp_path, forged, "md"), "--plans", str(new))
    assert done.code == ExitCode.FAILED
    assert "300,000.00" in done.out


def test_a_page_of_another_encoding_is_whole(tmp_path: Path) -> None:
    """A stream that cannot hold Chinese gets references."""
    words = ("quote", *ONE, "--for", "某某公司 &#65; &#20;", "--lang", "zh", "-o", "html", *TODAY)
    page = run_cli(*words, encoding="ascii").out
    assert "&#26576;" in page
    assert verify(written(tmp_path, page, "html")).code == ExitCode.DONE


def test_a_catalogue_that_changed_since_is_said_with_what_it_does(tmp_path: Path) -> None:
    """26,000 instead of 25,000 a month: 12,000 more in a term of twelve."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    text = PLANS.read_text(encoding="utf-8")
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("{flat: 25000}", "{flat: 26000}"), encoding="utf-8")
    file = written(tmp_path, quote(*ONE, "--plans", str(old)).out)
    done = verify(file, "--plans", str(new))
    assert done.code == ExitCode.DONE
    # probably: the greater of 25,000 and 12,000, so that 25,000 x 12 become 26,000 x 12
    said = " ".join(done.out.split())
    assert (
        "by it the term costs at most ¥456,000.00 instead of ¥444,000.00, probably ¥312,000.00 "
        "instead of ¥300,000.00. The term is of 12 months."
    ) in said
    words = text.replace("25,000 a month, prepaid + postpaid", "25,000 a month (prepaid, postpaid)")
    new.write_text(words, encoding="utf-8")
    assert "the total is the same" in verify(file, "--plans", str(new)).out
    told = json.loads(file.read_text(encoding="utf-8"))
    other = changed(told, ("catalogue", "id"), "acme")
    done = verify(written(tmp_path, json.dumps(other)))
    assert "There is no catalogue acme here to compare with" in done.out


@pytest.mark.parametrize(
    ("words", "lang", "sentence", "totals"),
    [
        (
            (*ONE, "--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000"),
            "en",
            # 30 % off 37,000 and 38,000, with 6 % tax, twelve times, less 60,000:
            # 25,900 x 1.06 = 27,454 and 26,600 x 1.06 = 28,196; 17,500 x 1.06 = 18,550 and
            # 18,200 x 1.06 = 19,292
            (
                "by it the term costs at most ¥278,352.00 instead of ¥269,448.00, probably "
                "¥171,504.00 instead of ¥162,600.00. The term is of 12 months, "
                "amounts are after the discount, amounts are with the tax, "
                "what the voucher pays is taken off."
            ),
            [
                ("at_most", "269448.00", "278352.00", "8904.00"),
                ("probably", "162600.00", "171504.00", "8904.00"),
            ],
        ),
        (
            (*ONE, "--months", "3", "--discount", "7折"),
            "zh",
            (
                "按此期内共最多 ¥79,800.00（原报价 ¥77,700.00），"
                "大概率 ¥54,600.00（原报价 ¥52,500.00）。"
                " 期限为 3 个月，金额为折后。"
            ),
            [
                ("at_most", "77700.00", "79800.00", "2100.00"),
                ("probably", "52500.00", "54600.00", "2100.00"),
            ],
        ),
        (
            # at 600,000 the greater of 25,000 or 26,000 and 60,000 is 60,000: as before
            ("--spend", "600000", "--plan", "enterprise"),
            "en",
            (
                "by it the term costs at most ¥1,032,000.00 instead of ¥1,020,000.00, probably "
                "¥720,000.00 as before. The term is of 12 months."
            ),
            [
                ("at_most", "1020000.00", "1032000.00", "12000.00"),
                ("probably", "720000.00", "720000.00", "0.00"),
            ],
        ),
        (
            (*ONE, "--reading", "additive", "--confirmed-by", "W. Li", "--voucher", "444001"),
            "en",
            (
                "by it the term costs ¥11,999.00 instead of ¥0.00. The term is of 12 months, what "
                "the voucher pays is taken off."
            ),
            [("only", "0.00", "11999.00", "11999.00")],
        ),
    ],
)
def test_each_total_that_a_changed_catalogue_moves_is_said_with_what_it_is_of(
    words: tuple[str, ...],
    lang: str,
    sentence: str,
    totals: list[tuple[str, ...]],
    tmp_path: Path,
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    text = PLANS.read_text(encoding="utf-8")
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("{flat: 25000}", "{flat: 26000}"), encoding="utf-8")
    file = written(tmp_path, quote(*words, "--plans", str(old)).out)
    done = verify(file, "--plans", str(new), "--lang", lang)
    assert done.code == ExitCode.DONE
    assert sentence in " ".join(done.out.split())
    told = json.loads(verify(file, "--plans", str(new), "-o", "json").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(told)] == []
    today = told["result"]["today"]
    names = ("role", "then", "now", "more")
    assert [tuple(each[name] for name in names) for each in today["totals"]] == totals
    assert [each["term_to_pay"] for each in today["costs"]] == [each[2] for each in totals]
    assert today["totals_of"] == {
        "months": 3 if "--months" in words else 12,
        "after_discount": "--discount" in words,
        "with_tax": "--tax" in words,
        "after_voucher": "--voucher" in words,
    }


@pytest.mark.parametrize(
    ("day", "said"), [("2026-12-23", None), ("2026-12-24", "2026-12-23"), (None, None)]
)
def test_a_quote_past_its_validity_says_so_and_is_right(
    day: str | None, said: str | None, tmp_path: Path
) -> None:
    """Valid for 30 days from 2026-11-23: until 2026-12-23, that day too."""
    until = () if day is None else ("--valid", "30d")
    file = written(tmp_path, quote(*ONE, *until).out)
    then = ("verify", str(file), "--date", day or "2036-01-01")
    page, told = run_cli(*then), json.loads(run_cli(*then, "-o", "json").out)
    assert (page.code, told["result"]["right"]) == (ExitCode.DONE, True)
    assert told["result"]["expired"] == said
    assert ("expired on 2026-12-23" in page.out) is (said is not None)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(told)] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"command": "advise"}',
        b'{"command": "quote"}',
        b"# A page\n",
        b"<!-- supportcli sha256=" + b"0" * 64 + b" lines=\n{}\n-->",
        b"{" * 100_000,
    ],
)
def test_what_is_no_quote_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "quote.json"
    file.write_bytes(content)
    done = verify(file)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert str(file) in done.err


def test_a_pdf_is_refused_with_the_forms_that_can_be_verified(tmp_path: Path) -> None:
    file = tmp_path / "quote.pdf"
    file.write_bytes(b"%PDF-1.4\n...")
    done = verify(file)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    said = " ".join(done.err.split())
    assert "a PDF carries no rule" in said
    assert "JSON, HTML, Markdown or XLSX" in said


def test_every_part_that_is_missing_or_strange_is_refused_without_a_fault(tmp_path: Path) -> None:
    whole = json.loads(quote(*DEAL).out)
    for path in (("inputs",), ("result",), ("rules",), ("catalogue",), ("quote",)):
        strange: list[object] = [None, [], "x", {}, 5]
        for to in strange:
            done = verify(written(tmp_path, json.dumps(changed(whole, path, to))))
            assert done.code in (ExitCode.USAGE, ExitCode.FAILED), (path, to)
            assert "internal error" not in done.err


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "is no quote"), (tmp_path / "nowhere.json", "cannot be read")):
        done = verify(path)
        assert done.code == ExitCode.USAGE
        assert said in done.err


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("early", ["</script ><b>1.00</b>", "</SCRIPT>", "--> **1.00** <!--"])
def test_what_would_end_the_carried_figures_early_is_found(
    early: str, form: str, tmp_path: Path
) -> None:
    page = quote(*ONE, form=form).out
    forged = page.replace('{"schema_version"', f'{{"command":"{early}","schema_version"', 1)
    assert forged != page
    done = verify(written(tmp_path, forged, form))
    assert done.code in (ExitCode.FAILED, ExitCode.USAGE)


def test_what_is_said_twice_is_refused(tmp_path: Path) -> None:
    text = quote(*ONE).out.replace(
        '"valid_until": null', '"valid_until": "2030-01-01", "valid_until": null'
    )
    done = verify(written(tmp_path, text))
    assert (done.code, done.out) == (ExitCode.USAGE, "")


def test_the_figures_of_another_quote_do_not_fit_the_page(tmp_path: Path) -> None:
    """Each is right by itself."""
    page, other = (quote("--spend", spend, form="html").out for spend in ("120000", "20000"))
    start, end = page.index('{"schema_version"'), page.index("</script>")
    at, to = other.index('{"schema_version"'), other.index("</script>")
    swapped = page[:start] + other[at:to] + page[end:]
    assert verify(written(tmp_path, swapped, "html")).code == ExitCode.FAILED


@pytest.mark.parametrize("number", ["Q-20261123-00000000", "approved at 1.00", None, ["Q"]])
def test_a_number_that_was_changed_is_found(number: object, tmp_path: Path) -> None:
    for words in (ONE, (*ONE, "--number", "17")):
        told = json.loads(quote(*words).out)
        done = verify(written(tmp_path, json.dumps(changed(told, ("quote", "number"), number))))
        assert done.code == ExitCode.FAILED


def test_empty_lines_around_a_page_are_nobodys(tmp_path: Path) -> None:
    page = quote(*ONE, form="html").out
    for text in (f"\n{page}\n\n", page.rstrip(), page.replace("\n", "\r")):
        assert verify(written(tmp_path, text, "html")).code == ExitCode.DONE


def test_the_catalogue_of_another_vendor_is_refused(tmp_path: Path) -> None:
    done = verify(written(tmp_path, quote(*ONE).out), "--plans", "aws")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "is the catalogue aws; the quote is of alibaba-cloud-cn" in done.err
