"""Characters that only look like YAML's: named, wherever they stand and whatever they break."""

from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from tests.runner import TODAY, run_cli

OWN = """\
id: own
name: Own
about: {en: one, zh: 说明：一}
currency: CNY
plans:
  - id: lean
    name: Lean
    tier: 1
    fee: {flat: 10}
"""
COLON, BLANK, WIDE = (
    "full-width colon U+FF1A; write ':'",
    "no-break space U+00A0; write ' '",
    "full-width space U+3000; write ' '",
)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("id: own", "id： own", "1:3", COLON),
        ("id: own", "id：own", "1:3", COLON),
        ("id: own\nname: Own", "id： own\nname： Own", "1:3", COLON),
        ("name: Own", "name：Own", "2:5", COLON),
        ("currency: CNY", "currency： CNY", "4:9", COLON),
        ("plans:", "plans：", "5:6", COLON),
        ("    tier: 1", "    tier：1", "8:9", COLON),
        ("id: own", "id:\u00a0own", "1:4", BLANK),
        ("name: Own", "name:\u00a0Own", "2:6", BLANK),
        ("name: Own", "name:\u3000Own", "2:6", WIDE),
        ("    tier: 1", "    tier:\u00a01", "8:10", BLANK),
        ("    tier: 1", "\u00a0\u00a0\u00a0\u00a0tier: 1", "8:1", BLANK),
        ("    tier: 1", "\u3000\u3000\u3000\u3000tier: 1", "8:1", WIDE),
        ("  - id: lean", "  -\u00a0id: lean", "6:4", BLANK),
        ("{flat: 10}", "{flat： 10}", "9:11", COLON),
        ("{flat: 10}", "{flat:\u00a010}", "9:11", BLANK),
    ],
)
def test_a_catalogue(old: str, new: str, place: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    text = OWN.replace(old, new, 1)
    assert text != OWN
    path.write_text(text, encoding="utf-8")
    done = run_cli("plans", "check", str(path))
    assert done.code == ExitCode.CATALOGUE
    assert f"own.yaml:{place}: {words}" in done.out + done.err


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("spend： 12万\n", "1:6", COLON),
        ("spend：12万\n", "1:6", COLON),
        ("spend： 12万\nresponse： 10m\n", "1:6", COLON),
        ("spend: 12万\nresponse： 10m\n", "2:9", COLON),
        ("response： 10m\nspend: 12万\n", "1:9", COLON),
        ("spend:\u00a012万\n", "1:7", BLANK),
        ("spend:\u300012万\n", "1:7", WIDE),
        ("spend: 12万\n\u00a0response: 10m\n", "2:1", BLANK),
        ("spend: 12万\n\u3000response: 10m\n", "2:1", WIDE),
        ("service:\n\u00a0\u00a0- hotline\nspend: 12万\n", "2:1", BLANK),
    ],
)
def test_an_answers_file(text: str, place: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    done = run_cli("advise", "--answers", str(path), *TODAY)
    assert done.code == ExitCode.USAGE
    assert f"answers.yaml:{place}: {words}" in done.err


@pytest.mark.parametrize("broken", ["  tier: [", "\ttier: 1", "tier: 'x"])
def test_words_with_such_characters_are_not_blamed(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    text = OWN.replace("name: Own", "name: >\n  说明：名\u00a0字\n  其一：二")
    path.write_text(text.replace("    tier: 1", broken), encoding="utf-8")
    done = run_cli("plans", "check", str(path))
    assert done.code == ExitCode.CATALOGUE
    assert "U+" not in done.err
