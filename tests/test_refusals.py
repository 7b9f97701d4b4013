"""One list of refusal codes: the schema, the printed SQL, the summary and the README have those."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

import supportcli
from supportcli.advice.refusals import REFUSALS, CellCode, OthersCode, RowCode
from tests.conftest import GOLDEN

README = Path(__file__).parent.parent / "README.md"
SCHEMA = Path(supportcli.__file__).parent / "schemas" / "output.json"


def test_every_code_belongs_to_one_kind_and_has_words_of_its_own() -> None:
    codes = [*get_args(CellCode), *get_args(RowCode), *get_args(OthersCode)]
    assert sorted(codes) == sorted(REFUSALS)
    assert len({words.text for words in REFUSALS.values()}) == len(REFUSALS)


def test_the_schema_lists_the_codes() -> None:
    listed = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["reject_code"]["enum"]
    assert sorted(listed) == sorted(REFUSALS)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("sql-*.sql")), ids=lambda path: path.stem)
def test_the_printed_sql_refuses_with_codes_of_the_list(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cases = re.search(r"CASE (.*) END AS refused", text)
    assert cases is not None
    codes = re.findall(r"THEN '(\w+)'", cases[1])
    assert "spend_missing" in codes
    assert set(codes) <= set(REFUSALS)


def test_the_readme_shows_refused_rows_in_the_words_of_the_list() -> None:
    """Codes are for programs: they stand in the file of rejects."""
    text = README.read_text(encoding="utf-8").split("\nRefused rows\n")[1].split("```")[0]
    shown = re.findall(r"^ • (.+): \d+$", text, re.MULTILINE)
    assert shown
    assert {each.text for each in REFUSALS.values()} >= set(shown)
