"""`supportcli plans`: what it lists, shows, checks, tests, compares and prints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.advice.change import field_words
from supportcli.cli.app import VERBS, build
from supportcli.core.conditions import Conditions, Validity
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED, find_catalogue
from tests.conftest import Golden
from tests.runner import Done, run_cli

SCHEMAS = Path(supportcli.__file__).parent / "schemas"
MINE = """\
id: mine
name: Mine
currency: USD
plans:
  - {id: small, name: Small, tier: 1, fee: free}
  - {id: large, name: Large, tier: 2, fee: {greater_of: [{flat: 100}, {percent: 5%}]}}
"""


def plans(*arguments: str, **options: Any) -> Done:
    return run_cli("plans", *arguments, **options)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes catalogues into a folder of the test and gives their names."""
    monkeypatch.chdir(tmp_path)

    def to(name: str, text: str) -> str:
        Path(name).write_text(text, encoding="utf-8")
        return name

    return to


def with_names(text: str, *, fee: str = "100", extra: str = "") -> str:
    return text.replace("flat: 100", f"flat: {fee}") + extra


# list


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_list(width: str, code: str, golden: Golden) -> None:
    done = plans("list", "--width", width, "--lang", code)
    assert (done.code, done.err) == (ExitCode.DONE, "")
    golden(f"plans-list.{code}.{width}.txt", done.out)


def test_list_names_every_shipped_catalogue_and_every_plan_of_it() -> None:
    document = json.loads(plans("list", "-o", "json").out)
    found = {c["id"]: [p["id"] for p in c["plans"]] for c in document["result"]["catalogues"]}
    assert list(found) == list(SHIPPED)
    assert found["azure"] == ["azure-basic", "azure-developer", "azure-standard", "azure-prodirect"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-06-01", ["yandex-standard-2022", "yandex-business-2022"]),
        ("2023-09-30", ["yandex-standard-2022", "yandex-business-2022"]),
        ("2023-10-01", ["yandex-business"]),
    ],
)
def test_list_as_of_a_day_has_what_is_in_force(day: str, expected: list[str]) -> None:
    out = plans("list", "--plans", "yandex-cloud", "--as-of", day, "-o", "json").out
    [catalogue] = json.loads(out)["result"]["catalogues"]
    assert [plan["id"] for plan in catalogue["plans"]] == [
        "yandex-basic",
        *expected,
        "yandex-premium",
    ]


# show

SHOWN = [
    "premier",
    "aws-business",
    "aws-unified-operations",
    "aws-pls",
    "gcp-enhanced",
    "huawei-intl-enterprise-onramp",
    "ibm-basic",
    "scw-enterprise",
    "scw-gold",
    "zhuoyue",
    "enterprise-trial",
    "yandex-basic",
    "yandex-premium",
    "gcp-premium",
    "aws-enterprise-onramp",
    "aws-business-plus",
    "aws-developer",
    "aws-idr",
    "aws-countdown-premium",
    "scw-silver",
    "clouddigit-enterprise",
    "vshn-priority",
    "cloudgov-basic",
    "aiven-priority-2022",
]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("plan", SHOWN)
def test_show(plan: str, code: str, golden: Golden) -> None:
    done = plans("show", plan, "--width", "80", "--lang", code)
    assert (done.code, done.err) == (ExitCode.DONE, "")
    golden(f"plans-show-{plan}.{code}.txt", done.out)


CLASSED = """
sources:
  - {id: site, title: Price page, level: vendor, date: 2026-01-15}
severities:
  - {id: down, name: service down, severity_class: {is: outage, source: "site:7"}}
  - {id: slow, name: slow, severity_class: {is: [degraded, question], assumed: true}}
  - {id: other, name: other}
"""
"""Three severities: of a source, of our own judgement, of nobody."""


def test_show_says_who_puts_a_severity_beside_those_of_others(write: Callable[..., str]) -> None:
    write("mine.yaml", MINE + CLASSED)
    out = plans("show", "small", "--plans", "mine.yaml", "-o", "text").out
    told = out.split("severities beside other vendors' (in compare)\n")[1].splitlines()
    assert [line.strip(" •-") for line in told[:3]] == [
        "service down: outage [1:7]",
        "slow: degraded, question (assumed: our own judgement)",
        "",
    ]
    assert "1. Price page" in out
    done = json.loads(plans("show", "small", "--plans", "mine.yaml", "-o", "json").out)
    assert [each["severity_class"] for each in done["result"]["severities"]] == [
        {"is": ["outage"], "source": "site:7", "assumed": False},
        {"is": ["degraded", "question"], "source": None, "assumed": True},
        None,
    ]


def test_show_says_nothing_of_classes_where_severities_are_not_told_apart() -> None:
    assert "beside other vendors" not in plans("show", "scw-business").out
    assert "beside other vendors" not in plans("show", "aws-idr").out  # stands in no comparison


def test_show_a_plan_of_a_past_day() -> None:
    out = plans("show", "gcp-standard", "--as-of", "2024-10-31", "-o", "json").out
    segments = json.loads(out)["result"]["segments"]["published"]
    [segment] = segments
    assert (segment["from"], segment["base"], segment["rate"]) == ("0.00", "29.00", "3%")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("show", "nowhere"),
            "no shipped catalogue has a plan 'nowhere'; see supportcli plans list",
        ),
        (("show", "premier", "--plans", "azure"), "'premier' is not in the catalogue, which has"),
        (("show",), "PLAN is missing; see --help"),
        (("shwo",), "there is no command 'shwo'; did you mean show?"),
        (("schema", "--kind", "x"), "--kind: 'x' is not one of: catalogue, output"),
        (("diff", "aws", "azure", "--spend", "x"), "--spend: 'x' is not an amount"),
        (("list", "-o", "csv"), "--output: 'csv' is not one of: table, text, md, html, json"),
        (("list", "--as-of", "yesterday"), "--as-of: 'yesterday' is not a date"),
    ],
)
def test_a_usage_mistake_is_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = plans(*arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith(f"supportcli: {words}")
    assert done.err.count("\n") == 1


# check


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_catalogues_have_no_mistakes_and_no_findings(name: str) -> None:
    done = plans("check", name, "--strict")
    assert (done.code, done.out) == (ExitCode.DONE, f"{name}: 0 mistakes, 0 findings\n")


def test_check_tells_every_mistake_and_then_every_finding(write: Callable[..., str]) -> None:
    name = write("mine.yaml", with_names(MINE, fee="-3").replace("tier: 1", "tier: one"))
    done = plans("check", name)
    assert done.code == ExitCode.CATALOGUE
    assert done.out.splitlines() == [
        "mine.yaml:5:36: 'one' is not a whole number; write it like 30",
        "mine.yaml:6:65: '-3' is below zero; write an amount of 0 or more",
        "mine.yaml:5:5: finding: no source; name where this comes from, as source: ID",
        "mine.yaml:6:5: finding: no source; name where this comes from, as source: ID",
        "mine.yaml: 2 mistakes, 2 findings",
    ]


FINDINGS = [
    (
        "mine.yaml:1:1: finding: no review_after; "
        "give the day when the prices are to be looked at again"
    ),
    "mine.yaml:5:5: finding: no source; name where this comes from, as source: ID",
    "mine.yaml:6:5: finding: no source; name where this comes from, as source: ID",
    "mine.yaml:6:5: finding: no example checks the fee of 'large'; add one",
    "mine.yaml: 0 mistakes, 4 findings",
]


@pytest.mark.parametrize(("flags", "code"), [((), 0), (("--strict",), 3)])
def test_findings_are_mistakes_only_where_that_is_asked(
    flags: tuple[str, ...], code: int, write: Callable[..., str]
) -> None:
    done = plans("check", write("mine.yaml", MINE), *flags)
    assert (done.code, done.out.splitlines()) == (code, FINDINGS)


def test_a_number_in_the_words_on_a_fee_that_it_does_not_have_is_a_finding(
    write: Callable[..., str],
) -> None:
    words = "fee_text: {en: '5.5% of spend (was 7% in 2024), 2 more', zh: 100 或 5% 或 0.2万}"
    name = write("mine.yaml", MINE.replace("{percent: 5%}]}}", "{percent: 5%}]}, " + words + "}"))
    found = [line for line in plans("check", name).out.splitlines() if "words on the fee" in line]
    assert [line.partition("name ")[2].partition(",")[0] for line in found] == [
        "'5.5%'",
        "'2'",
        "'0.2万'",
    ]


def test_a_jump_a_source_without_a_date_and_a_missing_language_are_findings(
    write: Callable[..., str],
) -> None:
    text = MINE.replace(
        "{greater_of: [{flat: 100}, {percent: 5%}]}",
        "{volume: [{below: 1000, rate: 10%}, {rate: 5%}]}",
    ).replace("name: Mine", "name: {en: Mine}")
    sources = "sources:\n  - {id: page, title: Page, level: vendor}\n"
    told = plans("check", write("mine.yaml", text + sources)).out
    assert "mine.yaml:2:7: finding: the words are missing in zh" in told
    assert "mine.yaml:8:5: finding: no date and no note; say when it was written or read" in told
    assert (
        "mine.yaml:6:44: finding: under reading 'published' the fee of 'large' jumps from $100 "
        "to $50 at a spend of $1,000; check that it is meant"
    ) in told


def test_check_of_what_is_no_catalogue_at_all(write: Callable[..., str]) -> None:
    done = plans("check", write("mine.yaml", "a: ["))
    assert (done.code, done.out) == (ExitCode.CATALOGUE, "")
    assert "mine.yaml" in done.err


def test_an_answer_never_overwrites_the_file_it_is_about(write: Callable[..., str]) -> None:
    name = write("mine.txt", MINE)
    for arguments in (("check", name), ("test", name), ("diff", name, name)):
        done = plans(*arguments, "--out", name, "--force")
        assert done.code == ExitCode.FAILED
        assert "is read in the same run" in done.err
    assert Path(name).read_text(encoding="utf-8") == MINE


# test


@pytest.mark.parametrize("name", SHIPPED)
def test_the_examples_of_every_shipped_catalogue_hold(name: str) -> None:
    done = plans("test", name, "-o", "json")
    result = json.loads(done.out)["result"]
    assert (done.code, result["holds"]) == (ExitCode.DONE, True)
    priced = {
        plan["id"]
        for catalogue in json.loads(plans("list", "--plans", name, "-o", "json").out)["result"][
            "catalogues"
        ]
        for plan in catalogue["plans"]
        if plan["published"] and plan["fee"] != "free" and not plan["fee"].startswith("free ")
    }
    assert {example["plan"] for example in result["examples"]} == priced


@pytest.mark.parametrize("fee", ["149.99", "150.01", "1500"])
def test_an_example_that_does_not_hold_is_shown_with_what_came_out(
    fee: str, write: Callable[..., str]
) -> None:
    examples = f"examples:\n  - {{plan: large, spend: 3000, fee: {fee}}}\n"  # 5% of 3,000 is 150
    done = plans("test", write("mine.yaml", MINE + examples), "-o", "text")
    assert done.code == ExitCode.CATALOGUE
    assert done.out.startswith("Mine: 0 of 1 examples hold\n")
    assert "Spend 3,000" in done.out
    assert "Found 150; Holds no" in done.out


def test_an_example_without_a_price_does_not_hold(write: Callable[..., str]) -> None:
    text = MINE.replace("fee: free", "fee: unknown")
    examples = "examples:\n  - {plan: small, spend: 3000, fee: 0}\n"
    done = plans("test", write("mine.yaml", text + examples), "-o", "text")
    assert done.code == ExitCode.CATALOGUE
    assert "Found not recorded; Holds no" in done.out


def test_no_examples_is_said(write: Callable[..., str]) -> None:
    done = plans("test", write("mine.yaml", MINE))
    assert (done.code, done.out) == (ExitCode.DONE, "Mine: no examples\n")
    assert "the catalogue has no examples; add some under examples" in done.err


# diff


def changed(write: Callable[..., str], old: str, new: str, *flags: str) -> Done:
    return plans("diff", write("old.yaml", old), write("new.yaml", new), *flags)


def test_a_catalogue_does_not_differ_from_itself() -> None:
    for name in SHIPPED:
        assert plans("diff", name, name).out == "Nothing differs.\n"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_diff_in_rules_and_in_money(code: str, write: Callable[..., str], golden: Golden) -> None:
    path, _ = find_catalogue("aws")
    old = path.read_text(encoding="utf-8")
    new = (
        old.replace("fee: {greater_of: [{flat: 29}, {percent: 3%}]}", "fee: {flat: 31}")
        .replace("severity: production-down, target: 1h", "severity: production-down, target: 2h")
        .replace("kind: pool", "kind: dedicated")
        .replace("valid_to: 2025-12-01", "valid_to: 2025-12-31")
        .replace("minimum_term: {is: 90 days", "minimum_term: {is: 1 month")
        .replace("phone: true, chat: true", "phone: true, chat: false")
        .replace("{en: 1 contact,", "{en: 2 contacts,")
    )
    done = changed(write, old, new, "--spend", "12000", "--lang", code, "--width", "100")
    assert done.code == ExitCode.DONE
    golden(f"plans-diff.{code}.txt", done.out)


def test_diff_finds_the_spend_from_which_a_fee_differs(write: Callable[..., str]) -> None:
    """5% passes 100.00 at 2,000 and 200.00 at 4,000: up to 2,000 the fees are 100 and 200."""
    old = MINE.replace("percent: 5%", "graduated: [{up_to: 8000, rate: 5%}, {rate: 4%}]")
    new = MINE.replace("percent: 5%", "graduated: [{up_to: 8000, rate: 5%}, {rate: 3%}]")
    out = changed(write, old, new, "--spend", "9000", "-o", "json").out
    result = json.loads(out)["result"]
    [change] = result["changes"]
    assert (change["plan"], change["kind"], change["from_spend"]) == ("large", "fee", "8000.00")
    # 400 + 4% of 1,000 = 440; 400 + 3% of 1,000 = 430
    expected = {"plan": "large", "reading": "published", "old": "440.00", "new": "430.00"}
    assert result["fees"] == [expected]


def test_diff_tells_plans_that_came_and_went(write: Callable[..., str]) -> None:
    lines = MINE.splitlines(keepends=True)
    out = changed(write, "".join(lines[:-1]), "".join((*lines[:-2], lines[-1])), "-o", "text").out
    assert "Large\n- new" in out
    assert "Small\n- no longer there" in out


def test_diff_at_a_spend_where_nothing_changes(write: Callable[..., str]) -> None:
    old = MINE.replace("percent: 5%", "percent: 4%")
    out = changed(write, old, MINE, "--spend", "2000", "-o", "text").out
    assert out.endswith("A month at a spend of $2,000\nNo fee differs.\n")


DIFFERENT = """\
id: mine
name: Mine
currency: USD
sources: [{id: site, title: Our site, level: vendor, date: 2026-01-01}]
severities: [{id: sev-x, name: all is down}]
channels: [{id: chan-x, name: hot line, targets: true}, {id: chan-y, name: mail, targets: false}]
readings:
  - {id: read-x, name: Cautious, support: a, source: site}
  - {id: read-y, name: Likely, support: b, source: site}
default_reading: read-x
likeliest_reading: read-y
quantities: [{id: seat-x, name: seats}]
plans:
  - {id: plan-x, name: Small, tier: 1, fee: free, source: site}
  - id: plan-y
    name: Large
    tier: 2
    fee: {by_reading: {read-x: {flat: 100}, read-y: {flat: 90}}}
    source: site:1
    channels: {chan-x: true, chan-y: true}
    response: [{channel: chan-x, severity: sev-x, target: 1h, note: quick, source: site}]
    limits: [{id: limit-x, per_month: 3, text: three cases, source: site}]
    valid_to: 2027-01-01
    successor: plan-x
content: [{id: cont-x, name: documents, plans: {plan-y: all}, source: site}]
services: [{id: serv-x, name: review, plans: {plan-y: included}, source: site}]
facts: [{id: fact-x, title: Billing, items: [Paid monthly.], source: site}]
open_points: [{id: point-x, kind: not_stated, text: Tax is not stated., source: site}]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("default_reading: read-x", "default_reading: read-y", "in use: Cautious -> Likely"),
        ("successor: plan-x", "closed_to_new: 2026-12-01", "validity (successor): removed: Small"),
        ("flat: 90", "flat: 80", "fee (Likely): $90 -> $80"),
        ("target: 1h", "target: 2h", "response (all is down, hot line): < 1 h -> < 2 h"),
        ("note: quick", "note: slow", "remark (all is down, hot line): quick -> slow"),
        ("chan-y: true", "chan-y: false", "channel (mail): yes -> no"),
        ("per_month: 3, text: three", "per_month: 4, text: four", "three cases -> 4 a month: four"),
        ("plan-y: all", "plan-y: most", "documents: all -> most"),
        ("plan-y: included", "plan-y: not_included", "review: included -> not included"),
        ("Paid monthly", "Paid yearly", "Billing, sentence 1: Paid monthly. -> Paid yearly."),
        ("Tax is not", "Rebate is not", "point: Tax is not stated. -> Rebate is not stated."),
        ("source: site:1", "source: site:2", "source: Our site, 1 -> Our site, 2"),
        ("name: Large", "name: Large\n    apart: partner", "kind of plan: added: for partners"),
        ("name: Large", "name: Large\n    short: L", "short name: added: L"),
        ("name: Mine", "name: Mine\nvendor: Me", "vendor: added: Me"),
        ("name: Mine", "name: Mine\nvendor_short: Me", "vendor in a sentence: added: Me"),
        ("title: Our site", "title: Their site", "source (Their site): Our site -> Their site"),
    ],
)
def test_diff_speaks_in_names(old: str, new: str, told: str, write: Callable[..., str]) -> None:
    changed_to = DIFFERENT.replace(old, new)
    out = changed(write, DIFFERENT, changed_to, "--spend", "5", "-o", "text").out
    assert told in out
    assert re.findall(r"\b[a-z]+-[xy]\b", out) == []
    document = json.loads(changed(write, DIFFERENT, changed_to, "-o", "json").out)
    assert document["result"]["changes"] != []


def test_json_of_a_difference_keeps_its_ids(write: Callable[..., str]) -> None:
    new = DIFFERENT.replace("default_reading: read-x", "default_reading: read-y")
    new = new.replace("source: site:1", "source: site:2")
    document = json.loads(changed(write, DIFFERENT, new, "-o", "json").out)
    first, second = document["result"]["changes"]
    assert (first["field"], first["old"], first["new"]) == ("default_reading", "read-x", "read-y")
    assert (second["old"], second["new"]) == ("site:1", "site:2")


# export


@pytest.mark.parametrize("name", SHIPPED)
def test_export_writes_the_catalogue_byte_for_byte(name: str, tmp_path: Path) -> None:
    packaged = find_catalogue(name)[0].read_bytes()
    assert plans("export", name).out.encode() == packaged
    out = tmp_path / "my.yaml"
    done = plans("export", name, "--out", str(out))
    assert (done.code, done.out, done.err) == (ExitCode.DONE, "", "")
    assert out.read_bytes() == packaged


def test_export_is_utf_8_whatever_standard_output_holds() -> None:
    packaged = find_catalogue("azure")[0].read_bytes()
    assert plans("export", "azure", encoding="latin-1").out.encode("latin-1") == packaged


def test_what_was_exported_gives_the_same_advice(tmp_path: Path) -> None:
    out = tmp_path / "my.yaml"
    plans("export", "阿里云", "--out", str(out))
    given = ("advise", "--spend", "120000", "--tam", "-o", "json", "--date", "2026-11-28")
    assert run_cli(*given, "--plans", str(out)).out == run_cli(*given).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("awz",), "there is no catalogue 'awz'; did you mean aws?"),
        (("/etc/passwd",), "there is no catalogue '/etc/passwd'; the shipped ones are: alibaba"),
    ],
)
def test_export_of_what_is_not_shipped(arguments: tuple[str, ...], words: str) -> None:
    done = plans("export", *arguments)
    assert (done.code, done.out) == (ExitCode.CATALOGUE, "")
    assert done.err.startswith(f"supportcli: {words}")


def test_export_keeps_the_usual_rules_of_files(tmp_path: Path) -> None:
    out = tmp_path / "my.yaml"
    out.write_text("mine", encoding="utf-8")
    assert "exists already" in plans("export", "aws", "--out", str(out)).err
    assert out.read_text(encoding="utf-8") == "mine"
    assert plans("export", "aws", "--out", str(out), "--force").code == ExitCode.DONE
    wrong = plans("export", "aws", "--out", str(tmp_path / "my.csv"))
    assert (wrong.code, wrong.err.count("\n")) == (ExitCode.USAGE, 1)
    assert "is not one of: .yaml, .yml" in wrong.err


# quiet


def test_every_command_takes_quiet() -> None:
    tree = build(VERBS)
    commands = [
        inner
        for command in tree.commands.values()
        for inner in getattr(command, "commands", {"": command}).values()
    ]
    assert len(commands) > len(VERBS)
    for command in commands:
        flags = {name for option in command.params for name in getattr(option, "opts", ())}
        assert {"-q", "--quiet"} <= flags, command.name


@pytest.mark.parametrize("words", ["list azure", "show premier", "diff aws aws"])
def test_quiet_leaves_words_about_the_answer_out(words: str) -> None:
    told = plans(*words.split(), "--lang", "zh", encoding="ascii")
    quiet = plans(*words.split(), "--lang", "zh", "-q", encoding="ascii")
    assert "cannot hold the language" in told.err
    assert (quiet.out, quiet.err) == (told.out, "")


# schema


@pytest.mark.parametrize(("flags", "kind"), [((), "catalogue"), (("--kind", "output"), "output")])
def test_schema_is_the_file(flags: tuple[str, ...], kind: str) -> None:
    done = plans("schema", *flags)
    assert done.out == (SCHEMAS / f"{kind}.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(done.out))


# JSON


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--plans", "aws", "--as-of", "2026-02-01"),
        *(("show", plan) for plan in ("basic", "business", "premier", "gcp-premium")),
        ("show", "yandex-business-2022"),
        ("check", "aws"),
        ("test", "alibaba-cloud-cn"),
        ("diff", "aws", "google-cloud", "--spend", "12000"),
    ],
)
def test_json_fits_the_schema(arguments: tuple[str, ...]) -> None:
    document = json.loads(plans(*arguments, "-o", "json").out)
    schema = json.loads((SCHEMAS / "output.json").read_text(encoding="utf-8"))
    assert document["command"] == f"plans {arguments[0]}"
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(document)]
    assert errors == []


# help


@pytest.mark.parametrize("code", ["en", "zh"])
def test_help(code: str, golden: Golden) -> None:
    for arguments in ((), ("--help",)):
        golden(f"plans-help.{code}.txt", plans(*arguments, "--lang", code).out)
    golden(f"plans-show-help.{code}.txt", plans("show", "--help", "--lang", code).out)


# what was once shown wrong

QUANTITIES = """\
id: seated
name: Seated
currency: USD
quantities:
  - {id: seats, name: seats}
  - {id: hours, name: hours, unit: hours}
plans:
  - id: team
    name: Team
    tier: 1
    fee: {flat: 10}
    prepaid: {flat: 10}
    extras:
      - {id: seat, name: Seat, quantity: seats, price: {each: 100}, prepaid: true}
      - {id: support, name: Support hours, quantity: hours, price: {excess: {over: 10, each: 250}}}
      - {id: packs, name: Pack, quantity: seats, price: {each: 2200}, pack: 10, optional: true}
      - {id: year, name: Yearly, price: {flat: 2500}, per: year, prepaid: true}
examples:
  - {plan: team, quantities: {seats: 5, hours: 12}, fee: 5710, worked: 10 + 500 + 500 + 2200 + 2500}
  - {plan: team, quantities: {seats: 5}, fee: 1}
"""


def test_prices_of_pieces_are_told_as_such(write: Callable[..., str]) -> None:
    name = write("seated.yaml", QUANTITIES)
    out = plans("show", "team", "--plans", name, "-o", "text").out
    assert "Seat: $100 for each; by seats (--quantity seats=N)" in out
    assert "Support hours: $0; from 10 on $250 for each above it; by hours" in out
    assert "Pack: $2,200 for each pack of 10, optional; by seats" in out
    assert "Yearly: $2,500, once a year" in out
    assert "Without what seats, hours cost." in out
    listed = plans("list", "--plans", name, "-o", "text").out
    assert "Fee a month $10 + Seat, Support hours, Pack, Yearly" in listed


def test_an_example_shows_its_quantities_and_what_it_lacks(write: Callable[..., str]) -> None:
    done = plans("test", write("seated.yaml", QUANTITIES), "-o", "text")
    assert done.code == ExitCode.CATALOGUE
    first, second = done.out.splitlines()[2:4]  # below what the amounts are in
    assert "Given seats=5, hours=12" in first
    assert first.endswith("Expected 5,710; Found 5,710; Holds yes")
    assert second.endswith("Found needs hours; Holds no")


def test_diff_of_quantities_needs_them_and_tells_so(write: Callable[..., str]) -> None:
    new = QUANTITIES.replace("each: 100}", "each: 120}")
    done = changed(write, QUANTITIES, new, "--spend", "1", "-o", "text")
    assert "extra charge: Seat: $100 for each -> Seat: $120 for each" in done.out
    assert "Some fees need a quantity: --quantity hours=N, --quantity seats=N." in done.out
    flags = ("--spend", "1", "--quantity", "seats=5", "--quantity", "hours=0", "-o", "text")
    # 5 seats at 100 and at 120, beside 10 and the yearly 2,500 and a pack of 2,200
    assert "Old 5,210; New 5,310" in changed(write, QUANTITIES, new, *flags).out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("currency: USD", "currency: EUR", "\n- currency: USD -> EUR"),
        ("tier: 2", "tier: 3", "\n- tier: 2 -> 3"),
    ],
)
def test_diff_of_other_fields(old: str, new: str, told: str, write: Callable[..., str]) -> None:
    done = changed(write, MINE, MINE.replace(old, new), "--spend", "1", "-o", "text")
    assert told in done.out
    if "currency" in old:
        assert "The currencies differ; amounts cannot be compared." in done.out


TARGETS = MINE.replace(
    "{percent: 5%}]}}",
    "{percent: 5%}]}, response: [{target: 1h}], tam: {kind: dedicated}}",
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: dedicated", "kind: dedicated, assumed: true", "TAM: dedicated -> dedicated (assum"),
        (
            "target: 1h",
            "target: unknown",
            "first response (any request, support case): < 1 h -> not recorded",
        ),
        (
            "target: 1h",
            "target: none",
            "first response (any request, support case): < 1 h -> no target",
        ),
        (
            "target: 1h",
            "target: 30m",
            "first response (any request, support case): < 1 h -> < 30 min",
        ),
    ],
)
def test_diff_of_the_service(old: str, new: str, told: str, write: Callable[..., str]) -> None:
    assert told in changed(write, TARGETS, TARGETS.replace(old, new), "-o", "text").out


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("aws-basic", "production system down: Target not offered"),
        ("yandex-basic", "critical problem: Channel support case; Target not recorded"),
        ("ibm-premium", "TAM: dedicated (assumed)"),
    ],
)
def test_what_is_not_offered_is_told_apart_from_what_is_not_stated(plan: str, told: str) -> None:
    assert told in plans("show", plan, "-o", "text").out


def test_a_fee_that_changed_has_its_days() -> None:
    flags = ("list", "--plans", "google-cloud", "-o", "text")
    assert "gcp-standard: Name Standard; Fee a month the greater of 29 and 3%" in plans(*flags).out
    assert "In force from 2024-11-01" in plans(*flags).out
    assert "In force until 2024-10-31" in plans(*flags, "--as-of", "2024-10-31").out


def test_the_language_may_stand_anywhere() -> None:
    expected = plans("list", "--lang", "zh").out
    assert run_cli("--lang", "zh", "plans", "list").out == expected
    assert run_cli("plans", "--lang=zh", "list").out == expected


@pytest.mark.parametrize("name", [*Conditions._fields, *Validity._fields[:4]])
def test_every_condition_of_a_plan_has_a_name_where_two_catalogues_differ(name: str) -> None:
    assert len(field_words(name)) == 1


@pytest.mark.parametrize("code", ["en", "zh"])
def test_fees_at_round_spends_are_one_table_at_80_columns(code: str) -> None:
    """At 10,000 Enterprise is 25,000 + 1,000, or the 25,000 alone: 260% of the spend at most."""
    out = run_cli("plans", "show", "enterprise", "--width", "80", "--lang", code).out
    row = r" 10,000 +26,000 +25,000 +25,000 +260%"
    assert re.search(row, out)
    assert ("of the fee under the Additive reading" if code == "en" else "叠加口径下") in out


@pytest.mark.parametrize(
    ("language", "listed", "shown"),
    [
        (
            "en",
            "Prices were due for review after 2020-01-01 and may have changed.",
            "the catalogue was due for review after 2020-01-01; prices may have changed",
        ),
        (
            "zh",
            "价格应在 2020 年 1 月 1 日之后重新核对，现已过期，可能已有变化。",
            "2020 年 1 月 1 日",
        ),
    ],
)
def test_a_catalogue_past_its_review_day_says_so(
    tmp_path: Path, language: str, listed: str, shown: str
) -> None:
    old = tmp_path / "old.yaml"
    text = find_catalogue("aiven")[0].read_text(encoding="utf-8")
    old.write_text(
        re.sub(r"review_after: [\d-]+", "review_after: 2020-01-01", text), encoding="utf-8"
    )
    lang = ("--lang", language)
    assert listed in run_cli("plans", "list", str(old), *lang).out
    first = run_cli("plans", "show", "aiven-basic", "--plans", str(old), *lang).out.splitlines()[0]
    assert shown in first
    as_json = run_cli("plans", "show", "aiven-basic", "--plans", str(old), "-o", "json", *lang)
    assert shown in as_json.err


def test_a_doubt_without_a_day_has_none_and_a_plan_that_always_holds_says_so() -> None:
    shown = run_cli("plans", "show", "aiven-priority-2022", "--as-of", "2023-01-01").out
    assert "this rule is of 2022 (Aiven, support tiers of May 2024)" in " ".join(shown.split())
    advised = run_cli("advise", "--plans", "aiven", "--spend", "12000", "--plan", "priority")
    assert "2024-05-01" not in shown + advised.out
    document = run_cli("advise", "--plans", "aiven", "--spend", "12000", "-o", "json").out
    plans = {plan["id"]: plan for plan in json.loads(document)["result"]["plans"]}
    assert plans["aiven-priority-2022"]["availability"]["since"] is None
    assert "In force throughout [1]" in run_cli("plans", "show", "yandex-premium").out


def test_a_free_plan_has_no_tables_of_nothing_and_a_year_s_package_its_price() -> None:
    for plan in ("aws-basic", "cloudgov-basic", "cloudgov-supplemental"):
        assert "0.00%" not in run_cli("plans", "show", plan).out
    assert (
        "a year's package: $2,500, once a year [1]"
        in run_cli("plans", "show", "cloudgov-basic").out
    )


def test_what_the_vendor_printed_and_our_sum_are_told_apart() -> None:
    """76.923078 + 125.64 + 25 = 227.563078 on the page; 7% of 1,794.87 is 125.6409: 227.563978."""
    shown = " ".join(run_cli("plans", "show", "yandex-business-2022").out.split())
    assert "the page: 76.923078 + 125.64 + 500 × 5% = 227.563078; by our sum" in shown


def test_what_came_out_under_several_readings_stands_side_by_side(
    write: Callable[..., str],
) -> None:
    """Premier of 120,000: 62,000 where the parts add up, else 50,000."""
    text = (Path(__file__).parent.parent / "plans.yaml").read_text(encoding="utf-8")
    before, _, _ = text.partition("\nexamples:\n")
    example = "\nexamples:\n  - {plan: premier, spend: 120000, fee: 62000}\n"
    done = plans("test", write("mine.yaml", before + example), "-o", "text")
    assert "* Premier: Spend 120,000; Expected 62,000; Found 50,000 / 62,000; Holds no" in done.out
