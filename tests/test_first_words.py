"""What a catalogue says for the first lines of an answer, and what stands in where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from supportcli.core.catalogue import Catalogue
from supportcli.errors import CatalogueError, ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES, load_language
from supportcli.outputs.document.model import Weight
from supportcli.outputs.document.plan_words import gets_words, prices_note, question_words
from supportcli.outputs.formats.chart import COLOURS
from supportcli.outputs.formats.screen_spans import Role
from supportcli.outputs.formats.terminal import _CURVES, _ROLES, _STYLES
from supportcli.text_width import cell_width
from tests.runner import run_cli

OWN = """\
id: own
name: Own support plans
currency: USD
severities: [{id: down, name: all down}, {id: slow, name: it is slow}]
channels: [{id: ticket, name: ticket, targets: true}, {id: phone, name: phone, targets: false}]
plans:
  - {id: free, name: Free, tier: 1, fee: free}
  - id: gold
    name: Gold
    tier: 2
    fee: {flat: 100}
    channels: {ticket: true, phone: true}
    response: [{channel: ticket, severity: down, target: 1h},
      {channel: ticket, severity: slow, target: 24bh}]
    tam: {kind: none}
    limits: [{id: tickets, most: 30, per: month, text: 30 tickets a month}]
  - {id: resold, name: Resold, tier: 3, fee: {flat: 1}, tam: {kind: dedicated}, apart: partner}
  - {id: watch, name: Watch, tier: 4, fee: {flat: 2}, tam: {kind: dedicated}, apart: add_on}
"""


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], str]:
    def written(text: str) -> str:
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def note(catalogue: Catalogue, plan: str, code: str = "en") -> str:
    return load_language(code).say(prices_note(catalogue, catalogue.plan(plan)))


@pytest.mark.parametrize(
    ("catalogue", "plan", "english", "chinese"),
    [
        (
            "alibaba-cloud-cn",
            "enterprise",
            "Prices: third-party copy, undated",
            "价格：第三方转载，无日期",
        ),
        (
            "aws",
            "aws-business",
            "Prices: vendor's own page, undated",
            "价格：厂商官方页面，无日期",
        ),
        (
            "aws",
            "aws-business-plus",
            "Prices: third-party copy, undated",
            "价格：第三方转载，无日期",
        ),
        (
            "google-cloud",
            "gcp-premium",
            "Prices: reseller's copy, undated",
            "价格：经销商转载，无日期",
        ),
        (
            "scaleway",
            "scw-business",
            "Prices: vendor's own page, 2025-05-26",
            "价格：厂商官方页面，2025 年 5 月 26 日",
        ),
    ],
)
def test_the_note_on_prices_is_of_the_plan_s_own_source(
    catalogue: str, plan: str, english: str, chinese: str
) -> None:
    loaded = load_catalogue(catalogue)
    assert note(loaded, plan) == english
    assert note(loaded, plan, "zh") == chinese


def test_prices_without_a_source_say_so(own: Callable[[str], str]) -> None:
    assert note(load_catalogue(own(OWN)), "gold") == "Prices: no source named"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_catalogue_has_all_words_of_the_first_lines(name: str, code: str) -> None:
    catalogue = load_catalogue(name)
    assert catalogue.vendor is not None
    assert cell_width(catalogue.vendor_name.in_language(code)) <= 30
    for plan in catalogue.plans:
        assert plan.gets is not None
        assert code in plan.gets.by_language
        assert cell_width(plan.short_name.in_language(code)) <= 20
    if len(catalogue.readings) > 1:
        for reading in catalogue.readings:
            assert reading.brief is not None
            assert reading.question is not None
            assert reading.question.in_language(code).endswith("？" if code == "zh" else "?")


def test_what_is_left_out_is_made_from_what_there_is(own: Callable[[str], str]) -> None:
    catalogue = load_catalogue(own(OWN))
    english, gold = load_language("en"), catalogue.plan("gold")
    assert str(catalogue.vendor_name) == "Own support plans"
    assert str(gold.short_name) == "Gold"
    assert str(catalogue.readings[0].in_brief) == "as published"
    assert english.say(question_words(catalogue.readings[0])) == "Does this hold: as published?"
    assert english.say(gets_words(catalogue, gold)) == (
        "ticket: first response 1 h (all down), then 24 business hours; TAM: none; "
        "30 tickets a month; phone"
    )
    assert english.say(gets_words(catalogue, catalogue.plan("free"))) == (
        "first-response times are not known to us; TAM: not recorded"
    )


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "name: Gold",
            "name: Gold (until the end of 2026)",
            "'gold' has no name of at most 20 cells in en; give one, like short: {en: …, zh: …}",
        ),
        (
            "name: Gold",
            "name: {en: Gold, zh: 一二三四五六七八九十一}",
            "'gold' has no name of at most 20 cells in zh; give one, like short: {en: …, zh: …}",
        ),
        (
            "name: Gold",
            "name: Gold\n    gets: " + "word " * 29,
            "what 'gold' gives (gets) is longer than 2 lines of 69 cells in en",
        ),
    ],
)
def test_check_finds_words_that_do_not_fit(
    own: Callable[[str], str], old: str, new: str, finding: str
) -> None:
    named = run_cli("plans", "check", own(OWN.replace(old, new))).out
    assert finding in named
    assert finding not in run_cli("plans", "check", own(OWN)).out
    assert (
        finding
        not in run_cli("plans", "check", own(OWN.replace(old, f"{old}\n    short: Gold"))).out
    )


@pytest.mark.parametrize("url", ["acme.example", "ftp://acme.example", "https://", "https://a b"])
def test_a_link_that_is_none_is_refused(own: Callable[[str], str], url: str) -> None:
    source = f'sources: [{{id: site, title: Site, level: vendor, url: "{url}"}}]\n'
    with pytest.raises(CatalogueError, match=f"'{url}' is not a link; write it like https://"):
        load_catalogue(own(OWN.replace("plans:\n", source + "plans:\n", 1)))


def test_plans_for_partners_and_add_ons_stand_in_no_comparison(own: Callable[[str], str]) -> None:
    path = own(OWN)
    # Only they have a dedicated TAM, and they cost less than Gold.
    advice = run_cli("advise", "--plans", path, "--spend", "5", "--tam", "-o", "json")
    assert advice.code == ExitCode.NO_PLAN
    found = [plan["id"] for plan in json.loads(advice.out)["result"]["plans"]]
    assert found == ["free", "gold"]
    for words in (
        ("breakeven", "--plans", path),
        ("sql", "--plans", path, "--dialect", "duckdb", "--table", "t"),
        ("advise", "--plans", path, "--spend", "5", "--explain", "all"),
    ):
        out = run_cli(*words).out
        assert "Gold" in out or "gold" in out
        assert "Resold" not in out
        assert "resold" not in out


def test_plans_for_partners_and_add_ons_are_listed_and_shown(own: Callable[[str], str]) -> None:
    path = own(OWN)
    assert "Resold (for partners)" in run_cli("plans", "list", path).out
    assert "resold" in run_cli("plans", "list", path, "--as-of", "2026-11-28").out
    shown = run_cli("plans", "show", "watch", "--plans", path)
    assert "An addition to another plan: it stands in no comparison." in shown.out
    sheet = json.loads(run_cli("plans", "show", "resold", "--plans", path, "-o", "json").out)
    assert sheet["result"]["apart"] == "partner"


@pytest.mark.parametrize("code", LANGUAGES)
def test_show_gives_what_one_gets_and_the_links(code: str) -> None:
    out = run_cli("plans", "show", "enterprise", "--lang", code, "--width", "140").out
    gets = load_catalogue().plan("enterprise").gets
    assert gets is not None
    assert gets.in_language(code) in out
    assert "https://www.alibabacloud.com/help/faq-detail/42471.htm" in out
    sheet = json.loads(run_cli("plans", "show", "enterprise", "-o", "json").out)["result"]
    links = {source["id"]: source["url"] for source in sheet["sources"]}
    assert links["vendor-intl-42471"] == "https://www.alibabacloud.com/help/faq-detail/42471.htm"
    assert links["page"] is None


def test_a_sheet_says_once_what_is_a_channel_and_a_service() -> None:
    out = run_cli("plans", "show", "premier").out
    assert [
        line for line in out.splitlines() if line.startswith((" • hotline:", " • online chat:"))
    ][:2] == [" • hotline: included [1:47-48,80]", " • online chat: included [1:81-83]"]


def test_a_share_of_more_than_all_the_spend_has_no_decimals() -> None:
    """50,000 + 10 % of 1,000 is 50.1 times it; of 200,000 it is 70,000, 35 %."""
    out = run_cli("plans", "show", "premier").out
    shares = {line.split()[0]: line.split()[-1] for line in out.splitlines() if line.endswith("%")}
    assert shares["1,000"] == "5,010%"
    assert shares["200,000"] == "35.00%"
    assert "The share of spend is of the fee under the Additive reading." in out


def test_questions_and_their_rows_can_be_read_on_white() -> None:
    """Not in yellow, which a light terminal hardly shows."""
    assert _ROLES[Role.ASK] == _STYLES[Weight.CAUTION] == "magenta"
    assert "yellow" not in _CURVES
    assert len(_CURVES) == len(set(_CURVES)) == COLOURS
