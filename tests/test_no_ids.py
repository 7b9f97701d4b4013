"""No id of a catalogue where people read: every verb but those that list the ids themselves.

The shipped catalogues are rewritten with ids that no sentence can hold by chance; an id may stand
in a command to type, such as `supportcli plans show ID` or `--quantity ID=N`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from supportcli.inputs.catalogue.bundled import SHIPPED, find_catalogue
from supportcli.language import LANGUAGES
from supportcli.outputs.formats.forms import VERB_FORMS
from tests.runner import run_cli
from tests.test_first_screens import FAST, NAMES
from tests.thorough import crossed

MARK = "zq-"
LISTS = (
    *("sources", "severities", "channels", "readings", "quantities", "plans", "content"),
    *("services", "facts", "open_points"),
)
TO_TYPE = re.compile(r"(?:supportcli [^\n]*|--[a-z-]+[ =][^ ;；。）)]+)")
FOR_PEOPLE = [form for form in VERB_FORMS["advise"] if form not in ("json", "csv")]
FOR_PLANS = [form for form in VERB_FORMS["plans test"] if form != "json"]
OF_PLANS = [
    pytest.param(name, *row, marks=[] if name in FAST else [pytest.mark.slow])
    for name, *row in crossed(list(SHIPPED), FOR_PLANS, list(LANGUAGES))
]
TODAY = ("--date", "2026-11-28")
DEAL = ("--account", "prod=300000,response=1h", "--account", "test=20000")
VERBS: Mapping[str, tuple[str, ...]] = {
    "spend": ("advise", "--spend", "120000", *TODAY),
    "needs": ("advise", "--spend", "120000", "--response", "1h", "--tickets", "40", *TODAY),
    "tam": ("advise", "--spend", "120000", "--tam", *TODAY),
    "none": ("advise", "--spend", "120000", "--response", "1m", "--tam", *TODAY),
    "unknown": ("advise", "--spend", "unknown", *TODAY),
    "range": ("advise", "--spend", "80000..200000", "--response", "1h", *TODAY),
    "deal": ("advise", *DEAL, *TODAY),
    "terms": (
        "advise",
        "--spend",
        "120000",
        "--discount",
        "7折",
        "--tax",
        "added",
        "--tax-rate",
        "6%",
        *TODAY,
    ),
    "explain": ("advise", "--spend", "120000", "--response", "1h", "--explain", "all", *TODAY),
    "explain-deal": ("advise", *DEAL, "--explain", "all", *TODAY),
    "past": ("advise", "--spend", "120000", "--explain", "all", "--start", "2022-06", *TODAY),
    "topics": ("advise", "--spend", "120000", "--explain", *TODAY),
    "breakeven": ("breakeven", *TODAY),
    "breakeven-all": ("breakeven", "--explain", "all", *TODAY),
    "breakeven-at": ("breakeven", "--response", "1h", "--spend", "120000", *TODAY),
}


def marked(catalogue: Any) -> Any:
    """The catalogue with a mark before each id, where it is defined and where it is named."""
    known = {each["id"] for name in LISTS for each in catalogue.get(name, ())}
    for plan in catalogue["plans"]:
        known |= {each["id"] for name in ("limits", "extras") for each in plan.get(name, ())}

    def walked(value: Any, key: str) -> Any:
        if isinstance(value, dict) and not set(value) <= {"en", "zh"}:
            return {
                (MARK + name if name in known and key in NAMING else name): walked(inner, name)
                for name, inner in value.items()
            }
        if isinstance(value, list):
            return [walked(inner, "" if isinstance(inner, dict) else key) for inner in value]
        if not isinstance(value, str) or key not in VALUES:
            return value
        first, colon, rest = value.partition(":") if key in CITES else (value, "", "")
        return MARK + first + colon + rest if first in known else value

    return {
        "id": f"{MARK}{catalogue['id']}",
        **{name: walked(value, name) for name, value in catalogue.items() if name != "id"},
    }


# Mappings whose keys are ids, and fields whose values are.
NAMING = ("plans", "channels", "by_reading", "quantities", "included")
CITES = ("source", "part_source", "validity_source")
VALUES = (
    *(*CITES, "id", "plan", "plans", "reading", "default_reading", "likeliest_reading"),
    *("severity", "channel", "limit", "like", "assumption", "successor", "quantity", "counts"),
)


@pytest.fixture(scope="module", params=NAMES)
def catalogue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = find_catalogue(request.param)[0]
    text = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    own = tmp_path_factory.mktemp("marked") / "own.yaml"
    own.write_text(yaml.safe_dump(marked(text), allow_unicode=True), encoding="utf-8")
    return str(own)


def has_form(verb: str, form: str, _code: str) -> bool:
    return form in VERB_FORMS[VERBS[verb][0]]


def ids_in(out: str) -> Iterator[str]:
    for line in TO_TYPE.sub("", out).splitlines():
        if MARK in line:
            yield line


@pytest.mark.parametrize(
    ("verb", "form", "code"),
    [row for row in crossed(list(VERBS), FOR_PEOPLE, list(LANGUAGES)) if has_form(*row)],
)
def test_no_id_stands_where_people_read(verb: str, form: str, code: str, catalogue: str) -> None:
    given = (*VERBS[verb], "--plans", catalogue, "-o", form, "--lang", code)
    done = run_cli(*given, environment={"COLUMNS": "200"})
    assert done.code in (0, 4), done.err
    assert list(ids_in(done.out + done.err)) == []


@pytest.mark.parametrize(("catalogue", "form", "code"), OF_PLANS, indirect=["catalogue"])
def test_no_id_stands_in_examples_and_differences(form: str, code: str, catalogue: str) -> None:
    more = ("-o", form, "--lang", code)
    for words in (
        ("plans", "test", catalogue),
        ("plans", "diff", catalogue, catalogue, "--spend", "5"),
        ("plans", "diff", "scaleway", catalogue, "--spend", "5000"),
        ("plans", "diff", catalogue, "scaleway", "--spend", "5000"),
    ):
        out = run_cli(*words, *more).out.replace(catalogue, "")
        assert list(ids_in(out)) == []


@pytest.mark.parametrize(("catalogue", "form", "code"), OF_PLANS, indirect=["catalogue"])
def test_no_id_stands_in_the_summary_of_a_batch(
    form: str, code: str, catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(
        "account,monthly_spend,response\na,120000,1h\nb,20000,\nc,x,\nd,5000,1m\n", encoding="utf-8"
    )
    given = ("batch", "in.csv", "--out", "out.csv", "--force", "--plans", catalogue)
    done = run_cli(*given, "--lang", code, "-o", form, *TODAY)
    assert done.code in (0, 6), done.err
    assert list(ids_in(done.out + done.err)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_id_stands_in_the_reports_of_facts_and_of_a_change(
    code: str, catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the catalogue's in the title of its facts, and findings, which quote its lines."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("account,monthly_spend\na,120000\nb,20000\n", encoding="utf-8")
    more = ("-o", "text", "--lang", code)
    facts = run_cli("plans", "check", "--facts", catalogue, *more)
    told = [line for line in facts.out.splitlines()[1:] if f"{catalogue}:" not in line]
    assert list(ids_in("\n".join(told))) == []
    supposed = ("--what-if", "fees +5%", "--impact", "in.csv", *TODAY)
    change = run_cli("plans", "diff", catalogue, catalogue, *supposed, *more)
    assert (facts.code, change.code) == (0, 0), change.err
    assert list(ids_in(change.out.replace(catalogue, ""))) == []


def test_no_id_stands_where_a_plan_is_named(catalogue: str) -> None:
    text = yaml.load(Path(catalogue).read_text(encoding="utf-8"), yaml.CBaseLoader)
    plans = [plan["id"] for plan in text["plans"]]
    flags = ("--current-plan", "--plan", "--beside")
    for form, plan, flag, code in crossed(FOR_PEOPLE, plans, flags, list(LANGUAGES)):
        given = ("advise", "--plans", catalogue, "--spend", "120000", "-o", form, "--lang", code)
        done = run_cli(*given, flag, plan, *TODAY)
        if done.code != 2:  # a plan that is no longer there
            assert list(ids_in(done.out + done.err)) == [], (form, plan, flag, code)


def test_an_id_is_found() -> None:
    """The check can fail: the list of plans has the ids."""
    path = find_catalogue("azure")[0]
    text = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    assert marked(text)["plans"][0]["id"] == "zq-azure-basic"
    assert list(ids_in("Basic (zq-azure-basic)\nsee supportcli plans show zq-azure-basic")) == [
        "Basic (zq-azure-basic)"
    ]
