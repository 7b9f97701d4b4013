"""A quote as PDF: printed by a browser that is there, every sign in it drawn, or nothing at all."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from supportcli.errors import ExitCode, OutputError
from supportcli.outputs import browser
from supportcli.outputs.formats.pdf import lost_characters
from tests.runner import TODAY, Done, run_cli

ONE = ("--spend", "120000", "--response", "10m")
NO_CHINESE = Path("/usr/share/fonts/truetype/dejavu")


def found() -> bool:
    try:
        browser.browser()
    except OutputError:
        return False
    return True


WITH_A_BROWSER = pytest.mark.skipif(
    not found(), reason="no Chromium, Chrome or Edge is installed: PDF is not printed"
)
posix = pytest.mark.skipif(os.name == "nt", reason="a script stands in for the browser")


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser but those on PATH."""

    def usual(*_: object) -> Iterator[Path]:
        yield from ()

    monkeypatch.setattr(browser, "_usual", usual)


def quote(target: Path, *words: str, **environment: str) -> Done:
    given = ("quote", *ONE, "--out", str(target), *TODAY, *words)
    return run_cli(*given, environment=environment)


def test_a_pdf_goes_into_a_file() -> None:
    done = run_cli("quote", *ONE, "-o", "pdf", *TODAY)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err == "supportcli: --output: pdf goes into a file; name it with --out\n"


@pytest.mark.usefixtures("alone")
def test_without_a_browser_it_is_said_what_to_install(tmp_path: Path) -> None:
    done = quote(tmp_path / "quote.pdf", PATH=str(tmp_path))
    assert done.code == ExitCode.FAILED
    assert "install Chromium, Google Chrome or Microsoft Edge" in done.err
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "the browser chromium printed no PDF (exit code 3)"),
        ('for w; do case $w in --print-to-pdf=*) echo x >"${w#*=}";; esac; done', "be checked"),
        ("exec /bin/sleep 600", "had not printed the PDF after 1 seconds"),
    ],
)
def test_what_a_browser_does_not_print_is_no_quote(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_SECONDS", 1)
    stand_in, folder = tmp_path / "chromium", tmp_path / "out"
    stand_in.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    folder.mkdir()
    done = quote(folder / "quote.pdf", PATH=str(tmp_path))
    assert done.code == ExitCode.FAILED
    assert said in done.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("system", "environment", "place"),
    [
        ("linux", {}, "/opt/google/chrome/chrome"),
        ("darwin", {"HOME": "/me"}, "/me/Applications/Google Chrome.app/Contents/MacOS"),
        ("win32", {"PROGRAMFILES(X86)": "/x86"}, "/x86/Microsoft/Edge/Application/msedge.exe"),
    ],
)
def test_browsers_are_looked_for_where_systems_keep_them(
    system: str, environment: dict[str, str], place: str
) -> None:
    places = [path.as_posix() for path in browser._usual(system, environment)]
    assert any(path.startswith(place) for path in places)
    assert list(browser._usual("win32", {})) == []


def pdf(kind: str, shown: str) -> bytes:
    """A page that shows codes in a font, made without a browser."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    font = DictionaryObject({NameObject("/Subtype"): NameObject(kind)})
    fonts = DictionaryObject({NameObject("/F1"): font})
    part = StreamObject()
    part.set_data(f"BT /F1 9 Tf {shown} ET".encode())
    part[NameObject("/Type")] = NameObject("/XObject")
    part[NameObject("/Subtype")] = NameObject("/Form")
    part[NameObject("/BBox")] = ArrayObject(NumberObject(n) for n in (0, 0, 9, 9))
    part[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    parts = DictionaryObject({NameObject("/X1"): writer._add_object(part)})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): fonts, NameObject("/XObject"): parts}
    )
    content = StreamObject()
    content.set_data(b"BT /F1 9 Tf <0102> Tj ET /X1 Do")
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


NAMED = "/Span <</ActualText <FEFF4E0A> >> BDC {} EMC"


@pytest.mark.parametrize(
    ("kind", "shown", "lost"),
    [
        ("/Type0", "<00140015> Tj", None),
        ("/Type3", "<14> Tj", None),
        ("/Type0", "[<0014> -20 <0100>] TJ", None),
        ("/Type0", "[<0014> -20 <0000>] TJ", ""),
        ("/Type3", "<1400> Tj", ""),
        ("/Type0", NAMED.format("<0000> Tj"), "上"),
        ("/Type0", NAMED.format("<0001> Tj"), None),
    ],
)
def test_a_sign_without_a_glyph_is_found(kind: str, shown: str, lost: str | None) -> None:
    """Code 0 is the box; two bytes are a code in a composite font, one in others."""
    assert lost_characters(pdf(kind, shown)) == lost


def text_of(target: Path) -> str:
    """Its text; one glyph is of a Chinese character and of its radical, so as the character."""
    pages = PdfReader(target).pages
    return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in pages))


@pytest.mark.slow
@WITH_A_BROWSER
def test_a_printed_quote_has_the_text_and_figures(tmp_path: Path) -> None:
    one, again = tmp_path / "one.pdf", tmp_path / "again.pdf"
    assert quote(one, "--for", "Example Ltd").code == ExitCode.DONE
    assert quote(again, "--for", "Example Ltd").code == ExitCode.DONE
    assert one.read_bytes() == again.read_bytes()
    shown = text_of(one)
    costs = json.loads(run_cli("quote", *ONE, *TODAY, "-o", "json").out)["result"]["costs"]
    for side in costs:
        assert f"¥{float(side['to_pay']['annual']):,.2f}" in shown
    assert "Example Ltd" in shown
    assert {round(float(page.mediabox.width)) for page in PdfReader(one).pages} == {595}  # A4


@pytest.mark.slow
@WITH_A_BROWSER
@pytest.mark.skipif(not NO_CHINESE.is_dir(), reason="no folder of fonts without Chinese is known")
def test_chinese_is_text_or_the_font_that_is_missing_is_named(tmp_path: Path) -> None:
    words = ("--for", "上海示例有限公司", "--lang", "zh")
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{NO_CHINESE}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    given = ("quote", *ONE, *TODAY, "--out", str(tmp_path / "a.pdf"), *words)
    done = run_cli(*given, environment={"FONTCONFIG_FILE": str(fonts)})
    assert done.code == ExitCode.FAILED
    assert "apt install fonts-noto-cjk" in done.err
    assert not (tmp_path / "a.pdf").exists()
    done = run_cli(*given)
    if done.code:  # on a machine without such a font: told as well
        assert "fonts-noto-cjk" in done.err
    else:
        assert "上海示例有限公司" in text_of(tmp_path / "a.pdf")
