"""Text from outside cannot move, colour or reorder the screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportcli.safe import safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme [/] Ltd :smiley:", "Acme [/] Ltd :smiley:"),
        ("阿里云（中国站）", "阿里云（中国站）"),
        ("Fee 100\x1b[1K", "Fee 100\\x1b[1K"),
        ("A\x1b]0;pwn\x07B", "A\\x1b]0;pwn\\x07B"),
        ("\x9b31m", "\\x9b31m"),
        ("100\b\b\b999", "100\\x08\\x08\\x08999"),
        ("a\nb\tc\x00\x7f", "a↵b\\x09c\\x00\\x7f"),
        ("\u202eevil", "<U+202E>evil"),
        ("\u2066x\u2069\u200f", "<U+2066>x<U+2069><U+200F>"),
        ("\u2028", "<U+2028>"),
        ("A\udcff", "A\\udcff"),
        ("e" + "\u0301" * 200, "e\u0301\u0301"),
        ("👩\u200d💻 ☎\ufe0f", "👩\u200d💻 ☎\ufe0f"),
    ],
)
def test_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_harmful_is_left_and_a_second_time_changes_nothing(text: str) -> None:
    shown = safe(text)
    assert safe(shown) == shown
    harmful = {"Cc", "Cs", "Zl", "Zp"}
    assert not harmful & {unicodedata.category(character) for character in shown}
    bidi = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    assert not set(bidi) & set(shown)
