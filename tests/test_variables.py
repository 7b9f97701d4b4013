"""Variables that hold several values: which blanks part them and which belong to a value."""

from __future__ import annotations

import json

import pytest

from supportcli.inputs.answers.sources import from_environment
from tests.runner import run_cli


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("response", "10 min", ("10 min",)),
        ("response", "10m", ("10m",)),
        ("response", "outage=10 min normal=2 hours", ("outage=10 min normal=2 hours",)),
        ("response", "业务不可用=10m; normal=2h", ("业务不可用=10m", "normal=2h")),
        ("quantity", "seats=25 nodes=3", ("seats=25", "nodes=3")),
        ("without_channel", "phone chat", ("phone chat",)),  # which its reader parts
        ("without_channel", "online chat; phone", ("online chat", "phone")),
        ("order", "1200 from 2026-03-15 for 12 months", ("1200 from 2026-03-15 for 12 months",)),
        ("account", "a=120000,tam b=5", ("a=120000,tam", "b=5")),
        ("response", " ", (" ",)),  # refused as empty where settings are read
    ],
)
def test_a_variable_is_one_value_or_several(name: str, text: str, values: tuple[str, ...]) -> None:
    variable = f"SUPPORTCLI_{name.upper()}"
    (given,) = from_environment({variable: text}).values()
    assert (given.texts, given.origin) == (values, variable)


def spoken(language: str = "en", **variables: str) -> tuple[int, str, str]:
    surroundings = {f"SUPPORTCLI_{name}": value for name, value in variables.items()}
    flags = ("--spend=2000", "--plans=google-cloud", "--date=2026-11-23", f"--lang={language}")
    done = run_cli("advise", *flags, "-o", "json", environment=surroundings)
    return done.code, done.out, done.err


@pytest.mark.parametrize(
    ("name", "value", "degree"),
    [
        ("NAMED_TAM", "1", "named"),
        ("NAMED_TAM", "yes", "named"),
        ("NAMED_TAM", "no", None),
        ("TAM", "named", "named"),
        ("TAM", "yes", "dedicated"),
        ("NO_TAM", "1", None),
    ],
)
def test_a_switch_has_a_variable(name: str, value: str, degree: str | None) -> None:
    _, out, err = spoken(**{name: value})
    assert json.loads(out)["inputs"]["tam_degree"] == degree
    assert "SUPPORTCLI" not in err


def test_variables_that_contradict_each_other_are_refused() -> None:
    code, _, err = spoken(NAMED_TAM="1", TAM="yes")
    assert code == 2
    assert err == (
        "supportcli: SUPPORTCLI_NAMED_TAM: contradicts SUPPORTCLI_TAM; give one of them\n"
    )
    code, _, err = spoken(NAMED_TAM="perhaps")
    assert code == 2
    assert err.startswith("supportcli: SUPPORTCLI_NAMED_TAM: 'perhaps' is not")


def test_a_variable_that_nothing_reads_is_named() -> None:
    code, _, err = spoken(FOO="3", SPNED="1", HOURS="24x7")
    assert code == 0
    assert err.splitlines()[:2] == [
        "supportcli: SUPPORTCLI_FOO is not read: there is no such variable",
        "supportcli: SUPPORTCLI_SPNED is not read; did you mean SUPPORTCLI_SPEND?",
    ]
    assert "SUPPORTCLI_FOO 未被读取" in spoken("zh", FOO="3")[2]
    assert "HOURS" not in err


def test_every_need_has_a_variable() -> None:
    """The flag and its variable are the same need."""
    for name, value in {
        "RESPONSE": "10m",
        "HOURS": "24x7",
        "TICKETS": "5",
        "TAM": "yes",
        "NAMED_TAM": "yes",
    }.items():
        flag = f"--{name.lower().replace('_', '-')}"
        given = (flag,) if value == "yes" else (flag, value)
        flags = ("--spend=2000", "--plans=google-cloud", "--date=2026-11-23", "-o", "json")
        told = json.loads(run_cli("advise", *flags, *given).out)["inputs"]
        assert json.loads(spoken(**{name: value})[1])["inputs"] == told
