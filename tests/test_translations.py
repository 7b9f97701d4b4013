"""Translated texts: read as Babel reads them, made by the build, and never stale."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.pofile import read_po as read_with_babel

from supportcli import translations
from supportcli.language import LANGUAGES
from supportcli.translations import LOCALES, load_translations, read_po

TRANSLATED = [code for code in LANGUAGES if code != "en"]


def as_babel_reads(content: bytes) -> dict[str, str]:
    return {
        str(message.id): str(message.string)
        for message in read_with_babel(io.BytesIO(content))
        if message.id and message.string and not message.fuzzy
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_shipped_texts_are_read_as_babel_reads_them(code: str) -> None:
    content = (LOCALES / f"{code}.po").read_bytes()
    assert read_po(content) == as_babel_reads(content)


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_shipped_texts_compile_with_babel(code: str, tmp_path: Path) -> None:
    """For whoever uses its tools: they check the blanks of each translation."""
    files = ["-i", str(LOCALES / f"{code}.po"), "-o", str(tmp_path / "out.mo")]
    babel = [sys.executable, "-m", "babel.messages.frontend", "compile", *files]
    done = subprocess.run(babel, check=False, capture_output=True, text=True)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


ODD = r"""# A comment.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"

#, python-brace-format, fuzzy
#| msgid "was"
msgid "is {fuzzy}"
msgstr "no"

#: supportcli/a.py:1
msgid "close"
msgstr "nah"
msgid "close behind"
msgstr "dicht\n\t\"dahinter\" \\n\r"
# Another.
msgid ""
"on two "
"lines"
msgstr ""
"auf zwei "
"Zeilen"

msgid "not yet"
msgstr ""

msgid "between lines"
msgstr "zwischen"

#, fuzzy
#~ msgid "gone"
#~ msgstr "weg"

msgid "last"
msgstr "zuletzt"
""".replace(r"\u2028", "\u2028")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_odd_file_is_read_as_babel_reads_it(ending: str) -> None:
    for text in (ODD, ODD.rstrip("\n")):
        content = text.replace("\n", ending).encode()
        assert read_po(content) == as_babel_reads(content)
    assert len(read_po(content)) == 5


def build_hook() -> ModuleType:
    path = LOCALES.parent.parent / ".ci" / "build_hook.py"
    spec = importlib.util.spec_from_file_location("build_hook", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_the_build_makes_of_the_texts_says_the_same(code: str, tmp_path: Path) -> None:
    build_hook().make(tmp_path)
    made: dict[str, Any] = {}
    exec((tmp_path / f"messages_{code}.py").read_text(encoding="utf-8"), made)
    content = (LOCALES / f"{code}.po").read_bytes()
    assert made["SAID"] == as_babel_reads(content)
    assert made["SOURCE"] == sha256(content).hexdigest()


def test_what_was_made_counts_while_its_source_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "zh.po"
    source.write_text('msgid "a"\nmsgstr "read"\n', encoding="utf-8")
    monkeypatch.setattr(translations, "LOCALES", tmp_path)
    made: Any = ModuleType("supportcli.made.messages_zh")
    made.SOURCE = sha256(source.read_bytes()).hexdigest()
    made.SAID = {"a": "made"}
    monkeypatch.setitem(sys.modules, made.__name__, made)
    assert load_translations("zh")("a") == "made"
    source.write_text('msgid "a"\nmsgstr "edited"\n', encoding="utf-8")
    assert load_translations("zh")("a") == "edited"
    assert load_translations("zh")("b") == "b"


def test_without_anything_made_the_texts_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qq.po").write_text('msgid "a"\nmsgstr "read"\n', encoding="utf-8")
    monkeypatch.setattr(translations, "LOCALES", tmp_path)
    assert load_translations("qq")("a") == "read"
