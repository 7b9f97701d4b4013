"""`supportcli config`: where the file is, what prevails, and every mistake in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from supportcli.errors import ExitCode
from tests.runner import Done, run_cli
from tests.test_quotations import SCHEMA

HOUSE = """\
plans: aws
width: 90
quote:
  company: Example House
  valid: 30d
  tax_rate: 6%
  tax: added
"""


def configured(folder: Path, text: str) -> dict[str, str]:
    (folder / "supportcli").mkdir()
    (folder / "supportcli" / "config.yaml").write_text(text, encoding="utf-8")
    return {"XDG_CONFIG_HOME": str(folder)}


def told(done: Done) -> dict[str, tuple[list[str], str, str | None]]:
    assert (done.code, done.err) == (ExitCode.DONE, "")
    found = json.loads(done.out)
    errors = Draft202012Validator(SCHEMA).iter_errors(found)
    assert [error.message for error in errors] == []
    settings = found["result"]["settings"]
    return {one["name"]: (one["texts"], one["origin"], one["where"]) for one in settings}


def test_where_the_file_is_looked_for(tmp_path: Path) -> None:
    place = tmp_path / "supportcli" / "config.yaml"
    done = run_cli("config", "path", environment={"XDG_CONFIG_HOME": str(tmp_path)})
    said = "supportcli: there is no such file yet\n"
    assert (done.code, done.out, done.err) == (0, f"{place}\n", said)
    broken = configured(tmp_path, "nonsense: [")
    assert run_cli("config", "path", environment=broken) == Done(0, f"{place}\n", "")
    found = json.loads(run_cli("config", "path", "-o", "json", environment=broken).out)
    assert not list(Draft202012Validator(SCHEMA).iter_errors(found))
    assert found["result"] == {"path": str(place), "exists": True}


def test_what_prevails_is_shown_with_its_place(tmp_path: Path) -> None:
    house = configured(tmp_path, HOUSE)
    file = tmp_path / "supportcli" / "config.yaml"
    variables = {"SUPPORTCLI_WIDTH": "80", "SUPPORTCLI_SPEND": "5000", "SUPPORTCLI_TAX_RATE": "7%"}
    done = run_cli("config", "show", "-o", "json", "--lang", "en", environment=house | variables)
    found = told(done)
    assert found["lang"] == (["en"], "flag", "--lang")
    assert found["width"] == (["80"], "variable", "SUPPORTCLI_WIDTH")
    assert found["plans"] == (["aws"], "file", f"{file}:1")
    assert found["quote.company"] == (["Example House"], "file", f"{file}:4")
    assert found["quote.tax_rate"] == (["7%"], "variable", "SUPPORTCLI_TAX_RATE")
    assert found["reading"][1:] == ("default", None)
    assert found["quote.logo"] == ([], "default", None)
    assert found["spend"] == (["5000"], "variable", "SUPPORTCLI_SPEND")
    assert found["quote.valid_until"][0] == ["30d"]


@pytest.mark.parametrize(("code", "said"), [("en", "Example House"), ("zh", "配置文件：")])
def test_it_is_shown_in_words(code: str, said: str, tmp_path: Path) -> None:
    done = run_cli("config", "show", "--lang", code, environment=configured(tmp_path, HOUSE))
    assert said in done.out
    assert done.code == ExitCode.DONE


def test_every_mistake_of_the_file_is_told(tmp_path: Path) -> None:
    text = (
        "plans: nowhere.yaml\nwidth: wide\nno_color: perhaps\n"
        "quote: {colour: red, logo: none.png, discount: much, valid: soon}\n"
    )
    done = run_cli("config", "show", environment=configured(tmp_path, text))
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    for word in ("nowhere.yaml", "'wide'", "'perhaps'", "'red'", "cannot be read"):
        assert word in done.err
    plans = text.replace("nowhere.yaml", "aws")
    (tmp_path / "supportcli" / "config.yaml").write_text(plans, encoding="utf-8")
    done = run_cli("config", "show", environment={"XDG_CONFIG_HOME": str(tmp_path)})
    for word in ("'wide'", "'perhaps'", "'red'", "cannot be read", "'much'", "'soon'"):
        assert word in done.err
