"""Catalogues side by side: exact conversion, one rounding, severities by class, needs unknown."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from supportcli.advice.comparison import AskedOfAll, Known, compared, matched, strictest
from supportcli.core.catalogue import SeverityClass
from supportcli.core.exchange import Rate
from supportcli.core.period import Month
from supportcli.errors import CatalogueError, ExitCode, Problem, UsageError
from supportcli.inputs.answers.comparison import known_needs
from supportcli.inputs.answers.sources import Given
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.values.rates import read_currency, read_rate
from supportcli.needs.response import ResponseNeed
from supportcli.text_width import cell_width
from tests.conftest import Golden
from tests.runner import TODAY, run_cli
from tests.test_structured import SCHEMA

HUAWEI, CN = "huawei-cloud-intl", "alibaba-cloud-cn"
ASKED = AskedOfAll(
    Fraction(50000),
    "CNY",
    (Rate("USD", Fraction("7.1"), datetime.date(2026, 11, 28)), Rate("EUR", Fraction("7.8"))),
    Month(2026, 12),
)


def needs_of(*names: str, **given: str) -> tuple[tuple[Known, ...], list[Problem]]:
    """What the catalogues of those names know of needs."""
    problems: list[Problem] = []
    layers = {field: Given(tuple(texts.split(";")), f"--{field}") for field, texts in given.items()}
    return known_needs(layers, [load_catalogue(name) for name in names], problems), problems


@pytest.mark.parametrize(
    ("name", "response", "plan", "monthly", "annual", "mine"),
    [
        # 50,000 / 7.1 = 7,042.2535…; 9% of it is 633.8028…, rounded 633.80; twelve are 7,605.60;
        # times 7.1 is 53,999.76. (9% of 50,000 twelve times would be 54,000.00.)
        ("aws", "1h", "aws-business-plus", "633.80", "7605.60", "53999.76"),
        # 10% of 7,042.2535… is 704.2253…, so 704.23; twelve are 8,450.76; times 7.1: 60,000.396.
        ("google-cloud", "1h", "gcp-enhanced", "704.23", "8450.76", "60000.40"),
        # 10% of 50,000 / 7.8 = 641.0256…, so 641.03; twelve are 7,692.36; times 7.8: 60,000.408.
        ("scaleway", "1h", "scw-business", "641.03", "7692.36", "60000.41"),
        # A flat 100: 1,200 a year, times 7.1 is 8,520.
        ("azure", "1h", "azure-standard", "100.00", "1200.00", "8520.00"),
        # The gravest severity is the core system, an hour only on the dearest plan.
        (
            "huawei-cloud-intl",
            "1h",
            "huawei-intl-enterprise",
            "13500.00",
            "162000.00",
            "1150200.00",
        ),
        # So it is by class: Business has no time for a core system. 12 x 13,500; times 7.1.
        (HUAWEI, "outage=1h", "huawei-intl-enterprise", "13500.00", "162000.00", "1150200.00"),
        # A production system that is impaired in 4 h; a lesser one, of the same class, in 12 h.
        ("aws", "degraded=4h", "aws-business-plus", "633.80", "7605.60", "53999.76"),
    ],
)
def test_the_fee_is_rounded_in_its_own_currency_and_once_more_when_it_is_converted(
    name: str, response: str, plan: str, monthly: str, annual: str, mine: str
) -> None:
    (known,), problems = needs_of(name, response=response)
    row = compared(load_catalogue(name), known, ASKED)
    assert not problems
    assert row.entry
    assert row.entry.plan.id == plan
    assert row.is_converted
    assert (str(row.monthly and row.monthly.amount), str(row.annual and row.annual.amount)) == (
        monthly,
        annual,
    )
    converted = row.converted(row.annual)
    assert converted
    assert (str(converted.amount), converted.currency) == (mine, "CNY")


def test_without_a_rate_the_spend_of_a_row_is_not_known() -> None:
    known = needs_of("aws", response="1h")[0][0]
    row = compared(load_catalogue("aws"), known, ASKED._replace(rates=()))
    assert (row.spend, row.rate, row.is_converted) == (None, None, False)
    assert (row.monthly, row.annual, row.converted(row.annual)) == (None, None, None)


def test_a_flat_fee_is_the_same_at_any_spend_and_needs_no_rate() -> None:
    known = needs_of("azure", response="1h")[0][0]
    row = compared(load_catalogue("azure"), known, ASKED._replace(rates=()))
    assert row.annual
    assert (str(row.annual.amount), row.annual.currency) == ("1200.00", "USD")
    assert row.converted(row.annual) is None


def test_the_users_own_currency_needs_no_rate_and_is_not_converted() -> None:
    asked = ASKED._replace(currency="USD", rates=())
    row = compared(load_catalogue("azure"), needs_of("azure", response="1h")[0][0], asked)
    assert row.rate == Rate("USD", Fraction(1))
    assert not row.is_converted
    assert row.converted(row.annual) == row.annual


def test_where_no_plan_fits_there_is_no_amount() -> None:
    known = needs_of("azure", response="1m")[0][0]
    row = compared(load_catalogue("azure"), known, ASKED)
    assert (row.entry, row.monthly, row.annual, row.converted(row.annual)) == (None,) * 4


def test_a_class_is_the_gravest_of_its_severities() -> None:
    aws, one = load_catalogue("aws"), load_catalogue("scaleway")
    found = [matched(aws, each) for each in SeverityClass]
    assert [each and each.held.id for each in found] == [
        "business-critical-down",
        "production-impaired",
        "general-guidance",
    ]
    only = [matched(one, each) for each in SeverityClass]
    assert [each and each.severities for each in only] == [one.severities] * 3
    assert matched(load_catalogue("google-cloud"), SeverityClass.QUESTION) is None


def test_every_severity_of_several_has_a_class_that_says_who_says_so() -> None:
    for name in ("alibaba-cloud-cn", "aws", "huawei-cloud-intl", "ibm-cloud"):
        for severity in load_catalogue(name).severities:
            assert severity.classed
            assert severity.classed.assumed


def test_of_two_times_for_one_severity_the_shorter_counts() -> None:
    times = [ResponseNeed.of(text) for text in ("a=4h", "a=1h", "b=1h", "b=2h", "c=8h", "c=4bh")]
    kept, left = strictest(times)
    assert [need.given for need in kept] == ["a=1h", "b=1h", "c=8h"]
    assert [need.given for need in left] == ["c=4bh"]  # fewer business hours: not compared


def test_what_one_catalogue_does_not_know_is_told_and_what_none_does_is_a_mistake() -> None:
    (cn, google), problems = needs_of(
        "alibaba-cloud-cn",
        "google-cloud",
        response="outage=1h,question=24h",
        service="cost-analysis",
    )
    assert not problems
    assert (cn.unheld, len(cn.needs.needs)) == ((), 3)
    assert google.unheld == ("--response question=24h", "--service cost-analysis")
    assert (cn.untold, google.untold) == ((), ())
    _, problems = needs_of(CN, "google-cloud", response="soon;p9=1h", service="magic")
    assert {problem.where for problem in problems} == {"--response", "--service"}
    assert len(problems) == 3
    _, problems = needs_of("google-cloud", response="question=1h")
    assert [p.message.text for p in problems] == ["{name} is the class of no severity here"]


def rows_of(*flags: str) -> dict[str, Any]:
    """The rows of a comparison as JSON, which the schema describes, by catalogue."""
    told = json.loads(run_cli("compare", "--spend", "50000", *flags, *TODAY, "-o", "json").out)
    Draft202012Validator(SCHEMA).validate(told)
    return {row["catalogue"]["id"]: row for row in told["result"]["rows"]}


@pytest.mark.parametrize(
    ("name", "need", "words"),
    [
        ("google-cloud", "--response question=1h", "first response in 1 h (question)"),
        ("cloud-gov", "--response degraded=4h", "first response in 4 h (degraded)"),
        ("google-cloud", "--service cost-analysis", "cloud cost analysis"),
    ],
)
def test_no_plan_is_known_to_fit_a_need_that_its_catalogue_does_not_record(
    name: str, need: str, words: str
) -> None:
    flags = ("--currency", "USD", *need.split(), "--plans", name, "--plans", CN)
    row = rows_of(*flags)[name]
    assert (row["recommended"], row["annual"], row["reason_code"]) == (None, None, "no_plan_fits")
    assert (row["not_known"], row["ask_first"]) == ([need], [])
    out = run_cli("compare", "--spend", "50000", *flags, *TODAY, "-o", "text").out
    assert ": Plan none known to fit; Notes" in out
    assert f"not recorded here, so no plan is known to fit: {words}" in out


def test_what_is_not_held_is_told_as_it_was_meant_of_a_class() -> None:
    """Two business hours and three hours of one severity: neither is the shorter."""
    times = ("--response", "business-critical-down=2bh", "--response", "outage=3h")
    flags = ("--currency", "USD", *times, "--plans", "aws")
    assert rows_of(*flags)["aws"]["not_known"] == ["--response outage=3h"]
    out = run_cli("compare", "--spend", "50000", *flags, *TODAY, "-o", "text").out
    assert "so no plan is known to fit: first response in 3 h (outage)" in out


def test_where_nothing_else_fits_either_there_is_none() -> None:
    """cloud.gov answers in 3 business hours at the soonest; it has no severity that is degraded."""
    flags = ("--currency", "USD", "--response", "outage=1h,degraded=4h", "--plans", "cloud-gov")
    out = run_cli("compare", "--spend", "1", *flags, "--plans", "aws", *TODAY, "-o", "text").out
    assert "cloud.gov: Plan none fits" in out


def test_a_question_is_no_request_for_a_higher_quota_alone() -> None:
    """Yandex Cloud: a quota in 30 minutes on every plan, a standard request on Basic in 24 h."""
    plans = ("--plans", "yandex-cloud")
    found = [rows_of("--response", f"question={t}", *plans)["yandex-cloud"] for t in ("24h", "1h")]
    assert [row["recommended"] and row["recommended"]["id"] for row in found] == [
        "yandex-basic",
        None,
    ]
    assert found[0]["classes"] == [
        {
            "class": "question",
            "severities": ["normal"],
            "held_against": "normal",
            "not_known_to_hold_for": [],
            "assumed": True,
        }
    ]
    assert found[0]["response"][0]["severity_class"]["is"] == "question"


def test_a_contradicted_rule_is_told_where_accounts_are_counted_together(tmp_path: Path) -> None:
    """Huawei Cloud's billing page sums accounts up, its service statement says per account."""
    out = run_cli("compare", "--spend", "50000", *TODAY, "-o", "text", "--plans", HUAWEI).out
    assert "2 all accounts' spend counts together; 3 on that: the service statement says per" in out
    table = tmp_path / "customers.csv"
    table.write_text("account,spend\na,20000\nb,20000\n")
    need = ("--response", "production-unavailable=1h", "--out", str(tmp_path / "out.csv"))
    done = run_cli("batch", str(table), "--plans", HUAWEI, *need, *TODAY)
    assert done.out.count("As to one fee: the service statement says per account.") == 1


def test_the_screen_says_which_severities_are_of_the_class() -> None:
    flags = ("compare", "--spend", "50000", "--response", "degraded=4h", *TODAY, "-o", "text")
    out = run_cli(*flags, "--plans", "aws", "--plans", "scaleway", "--plans", "azure").out
    assert "degraded is taken as AWS: production system impaired; Microsoft: severity B" in out
    assert "Scaleway:" not in out.partition("degraded is taken as")[2]


def test_a_row_says_for_which_lesser_cases_of_the_class_the_time_does_not_hold() -> None:
    """AWS Business Support+: production impaired 4 h, system impaired 12 h."""
    flags = ("--currency", "USD", "--plans", "aws", "--response")
    words = "that time is not known to hold for: system impaired"
    for time, lesser in (("4h", ["system-impaired"]), ("12h", [])):
        (found,) = rows_of(*flags, f"degraded={time}")["aws"]["classes"]
        assert (found["held_against"], found["not_known_to_hold_for"]) == (
            "production-impaired",
            lesser,
        )
        out = run_cli("compare", "--spend", "9", *flags, f"degraded={time}", *TODAY).out
        assert (words in " ".join(out.split())) is bool(lesser)


@pytest.mark.parametrize(
    ("plans", "words"),
    [
        ("vshn --response 1h", "counts there: VSHN's own service fees, no cloud spend"),
        ("ibm-cloud --response 1h", "before or after discounts not recorded here"),
        ("azure --response 1h", "flat fee"),
    ],
)
def test_a_row_says_of_which_spend_its_fee_is(plans: str, words: str) -> None:
    flags = ("compare", "--spend", "50000", *TODAY, "-o", "text", "--plans")
    out = run_cli(*flags, *plans.split()).out
    assert words in out
    assert ("discounts" in out) is (plans == "ibm-cloud --response 1h")


def test_a_dedicated_tam_for_an_unknown_price_is_not_known_to_be_lacking() -> None:
    """Google Cloud's Premium: named, a dedicated one a paid extra. Microsoft's plans have none."""
    flags = ("--spend", "20000", "--tam", *TODAY, "-o", "text", "--plans")
    out = run_cli("compare", *flags, "google-cloud", "--plans", "azure").out
    assert "Google Cloud: Plan none known to fit" in out
    assert "Microsoft: Plan none fits" in out
    told = json.loads(run_cli("advise", *flags[:-3], "-o", "json", "--plans", "google-cloud").out)
    found = {plan["id"]: plan["needs"][0]["status"] for plan in told["result"]["plans"]}
    assert (found["gcp-enhanced"], found["gcp-premium"]) == ("not_met", "unknown")


def test_a_plan_without_a_price_that_fits_is_to_be_asked_about_where_no_other_does() -> None:
    """Aiven's Enterprise (2022) has no published price; its first response is within the hour."""
    flags = ("compare", "--spend", "50000", "--currency", "USD", "--response", "1h", *TODAY)
    out = run_cli(*flags, "-o", "text", "--plans", "aiven").out
    assert "Aiven: Plan none known to fit" in out
    assert "ask first: a plan in doubt or unpriced fits" in out
    assert "may cost less" not in out


def test_a_class_with_two_times_and_nothing_beside_something_are_mistakes() -> None:
    _, problems = needs_of("aws", response="outage=1h;outage=2h")
    assert [p.message.text for p in problems] == ["{name} is given twice; keep one"]
    _, problems = needs_of("aws", response="none;1h")
    assert problems


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("USD=7.1", Rate("USD", Fraction(71, 10))),
        ("usd = 7.1 @ 2026-11-28", Rate("USD", Fraction(71, 10), datetime.date(2026, 11, 28))),
        ("美元=7.1", Rate("USD", Fraction(71, 10))),
        ("ＥＵＲ=7.8", Rate("EUR", Fraction(39, 5))),
    ],
)
def test_a_rate_is_exact(text: str, rate: Rate) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("USD=0", "has no rate above 0"),
        ("USD=0.000", "has no rate above 0"),
        ("USD=-7", "has no rate above 0"),
        ("USD=seven", "has no rate above 0"),
        ("USD=1e3", "has no rate above 0"),
        ("USD", "is no rate"),
        ("USD=7=8", "is no rate"),
        ("XXX=7", "is no currency"),
        ("¥=7", "is no currency"),  # of two
        ("USD=7@2026-02-30", ""),
    ],
)
def test_what_is_no_rate_is_refused(text: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_rate(text)
    assert words in str(refused.value)


def test_a_currency_is_a_code_or_a_word_for_one() -> None:
    assert [read_currency(text) for text in ("cny", "人民币", "€")] == ["CNY", "CNY", "EUR"]


def test_a_severity_of_no_class_says_nothing_at_all(tmp_path: Path) -> None:
    text = load_catalogue("yandex-cloud").file.decode()
    path = tmp_path / "plans.yaml"
    path.write_text(text.replace("is: [degraded, question]", "is: []"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="a value is missing"):
        load_catalogue(path)


@pytest.mark.parametrize("said", ["{is: outage}", "{is: outage, source: docs, assumed: true}"])
def test_a_class_has_a_source_or_is_assumed(said: str, tmp_path: Path) -> None:
    text = load_catalogue("yandex-cloud").file.decode()
    path = tmp_path / "plans.yaml"
    path.write_text(text.replace("{is: outage, assumed: true}", said), encoding="utf-8")
    with pytest.raises(CatalogueError, match="a severity_class has a source, or else"):
        load_catalogue(path)


# The verb

FLAGS = ("compare", "--spend", "50000", "--currency", "CNY", "--response", "1h", *TODAY)
RATES = ("--rate", "USD=7.1@2026-11-28", "--rate", "EUR=7.8")
EIGHT = [
    word
    for name in (
        CN,
        "aws",
        "azure",
        "google-cloud",
        HUAWEI,
        "ibm-cloud",
        "scaleway",
        "yandex-cloud",
    )
    for word in ("--plans", name)
]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screen(lang: str, golden: Golden) -> None:
    """Two vendors, one of them converted: 162,000 USD at 7.1 are 1,150,200 CNY."""
    plans = ("--plans", CN, "--plans", HUAWEI, "--width", "80", "--lang", lang)
    golden(f"compare.{lang}.txt", run_cli(*FLAGS, *RATES[:2], *plans).out)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("response", ["1h", "outage=1h"])
def test_all_shipped_vendors_stand_on_one_screen_and_nothing_is_cut(
    response: str, width: int, lang: str
) -> None:
    needs = ("--response", response, *TODAY)
    flags = ("compare", "--spend", "50000", "--currency", "CNY", *needs)
    out = run_cli(*flags, *RATES, "--width", str(width), "--lang", lang).out
    lines = out.splitlines()
    assert max(map(cell_width, lines)) <= width
    assert width == 60 or len(lines) <= (24 if response == "1h" else 30)  # and what is an outage
    for amount in ("USD 7,605.60", "~53,999.76", "~60,000.41", "CNY 360,000.00", " 360,000.00"):
        assert amount in out


def test_the_forms_tell_the_same_and_others_are_refused() -> None:
    for form in ("table", "text", "md", "html"):
        out = run_cli(*FLAGS, *RATES, *EIGHT, "-o", form).out
        assert "53,999.76" in out
        assert "2026-11-28" in out
    done = run_cli(*FLAGS, "-o", "csv")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "'csv' is not one of: table, text, md, html, json" in done.err


def test_json_has_each_amount_with_its_currency_and_its_rate() -> None:
    done = run_cli(*FLAGS, *RATES, *EIGHT, "--response", "question=24h", "-o", "json")
    told = json.loads(done.out)
    Draft202012Validator(SCHEMA).validate(told)
    rows = {row["catalogue"]["id"]: row for row in told["result"]["rows"]}
    aws = rows["aws"]
    assert aws["rate"] == {"currency": "USD", "worth": "7.1", "date": "2026-11-28"}
    assert (aws["spend"], aws["annual"], aws["basis"]) == ("7042.25", "7605.60", "list")
    # 633.80 times 7.1 is 4,499.98.
    assert aws["converted"] == {
        "currency": "CNY",
        "is_converted": True,
        "monthly": "4499.98",
        "annual": "53999.76",
        "likely_annual": "53999.76",
    }
    assert rows["google-cloud"]["not_known"] == ["--response question=24h"]
    assert rows[CN]["converted"]["is_converted"] is False
    assert rows["scaleway"]["basis"] == "net"
    assert rows[HUAWEI]["scope"] == "pooled"
    assert (rows["yandex-cloud"]["tax"], rows["aws"]["tax"]) == ("excluded", None)
    assert aws["response"][1]["severity_class"] == {
        "is": "question",
        "source": None,
        "assumed": True,
    }


def test_a_row_says_that_its_amounts_are_without_tax() -> None:
    flags = ("compare", "--spend", "5000", "--currency", "EUR", "-o", "text")
    assert "before tax" in run_cli(*flags, "--plans", "scaleway").out
    assert "tax" not in run_cli(*flags, "--plans", "ibm-cloud").out


def test_without_a_rate_the_row_says_so_and_it_is_no_mistake() -> None:
    done = run_cli(*FLAGS, "--plans", "aws", "-o", "text")
    assert done.code == 0
    assert "AWS: Plan Business Support+; A year by spend; In CNY no rate; Notes" in done.out
    assert "no rate (USD): not converted" in done.out
    assert "Nothing is converted" in done.out
    told = json.loads(run_cli(*FLAGS, "--plans", "aws", "-o", "json").out)
    Draft202012Validator(SCHEMA).validate(told)
    row = told["result"]["rows"][0]
    assert [row[key] for key in ("spend", "rate", "monthly", "annual", "converted")] == [None] * 5


def test_a_plan_that_hangs_on_the_spend_without_a_rate_is_not_one_that_is_lacking() -> None:
    done = run_cli(*FLAGS, "--plans", "ibm-cloud", "-o", "text")
    assert done.code == 0
    assert "Plan depends on the spend" in done.out


def test_what_is_merely_not_known_to_fit_is_not_said_to_lack() -> None:
    done = run_cli(*FLAGS, "--tam", "--plans", "vshn", "--plans", "azure", "-o", "text")
    assert done.code == ExitCode.NO_PLAN
    assert "VSHN: Plan none known to fit" in done.out
    assert "Microsoft: Plan none fits" in done.out


def test_a_class_that_we_matched_ourselves_is_said_to_be_so_and_only_there() -> None:
    words = "which severity counts as outage there is assumed here"
    flags = ("compare", "--spend", "50000", *TODAY, "-o", "text", "--plans")
    assert words in run_cli(*flags, CN, "--response", "outage=1h").out
    assert words not in run_cli(*flags, CN, "--response", "1h").out
    assert words not in run_cli(*flags, "scaleway", "--response", "outage=1h").out  # has but one
    lesser = run_cli(*flags, CN, "--response", "degraded=1h").out
    assert words.replace("outage", "degraded") in lesser
    assert words not in lesser


def test_a_fee_that_every_reading_gives_is_not_called_the_most() -> None:
    # Basic costs nothing under every reading; of Enterprise's 30,000 a month 5,000 are postpaid
    # only where prepaid does not count towards postpaid.
    flags = ("compare", "--spend", "50000", *TODAY, "-o", "text", "--plans", CN)
    assert "at most" not in run_cli(*flags).out
    assert "at most" in run_cli(*flags, "--response", "10m").out


def test_where_nothing_is_to_be_converted_no_rate_is_spoken_of() -> None:
    flags = ("compare", "--spend", "50000", *TODAY, "-o", "text", "--plans", CN)
    assert "rate" not in run_cli(*flags).out


def test_a_plan_to_ask_about_is_told_where_it_may_cost_less() -> None:
    words = "ask first: a plan in doubt or unpriced may cost less"
    flags = ("compare", "--spend", "50000", *TODAY, "-o", "text", "--plans", CN)
    assert words in run_cli(*flags, "--response", "10m").out
    assert words not in run_cli(*flags).out
    told = json.loads(
        run_cli(*FLAGS[:-4], *TODAY, "--response", "10m", "--plans", CN, "-o", "json").out
    )
    Draft202012Validator(SCHEMA).validate(told)
    (row,) = told["result"]["rows"]
    assert row["ask_first"][0] == {"id": "enterprise-trial", "name": "Enterprise (trial edition)"}
    assert row["may_cost_less"] is True


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ("", "no needs named"),
        ("--response 1h", "first response in 1 h (gravest)"),
        ("--response degraded=4h --tam", "first response in 4 h (degraded), a dedicated TAM"),
        (
            "--response sev-b=4h --tickets 3",
            "first response in 4 h (severity B), 3 tickets a month",
        ),
        ("--response none", "no needs named"),
        ("--quantity support-hours=4", "engineers' hours a year: 4"),
    ],
)
def test_the_heading_repeats_the_needs_in_words(needs: str, words: str) -> None:
    plans = ("--plans", "azure", "--plans", "cloud-gov")
    flags = ("compare", "--spend", "5", *plans, *needs.split(), *TODAY, "-o", "text")
    assert run_cli(*flags).out.splitlines()[0].partition(" from 2026-12, ")[2] == words


def test_every_mistake_is_told_at_once() -> None:
    done = run_cli(
        *("compare", "--spend", "much", "--currency", "CNY", "--response", "soon", *TODAY),
        *("--rate", "USD=0", "--rate", "USD=-7", "--rate", "XXX=1", "--rate", "CNY=1"),
        *("--rate", "EUR=7.8", "--rate", "EUR=7.9", "--rate", "JPY=0.05", *EIGHT),
    )
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    for words in (
        "--spend: ",
        "--response: ",
        "'USD=0' has no rate above 0",
        "'USD=-7' has no rate above 0",
        "'XXX' is no currency",
        "CNY is the currency that is converted to; leave it out",
        "'EUR' is given twice; keep one",
        "no catalogue here has amounts in JPY; they are in: CNY, EUR, USD",
    ):
        assert words in done.err


def test_what_money_hangs_on_in_the_spend_is_told_in_the_answer() -> None:
    done = run_cli("compare", "--spend", "约5万", "--plans", CN, "-o", "text", *TODAY)
    assert "Note: '约5万' was taken as exactly ¥50,000." in done.out


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        ("compare", ExitCode.ANSWER_MISSING, "give --spend AMOUNT"),
        # What else is wrong is told with it, as a mistake.
        ("compare --rate USD=0", ExitCode.USAGE, "give --spend AMOUNT"),
        ("compare --rate USD=0", ExitCode.USAGE, "has no rate above 0"),
        ("compare --spend 1 --plans aws --plans aws", ExitCode.USAGE, "'aws' is given twice"),
        ("compare --spend 1 --plans nowhere.yaml", ExitCode.CATALOGUE, "nowhere.yaml"),
        ("compare --spend 1 --currency XXX", ExitCode.USAGE, "'XXX' is no currency"),
        ("compare --spend 1 --plans azure --response 1m", ExitCode.NO_PLAN, ""),
        ("compare --spend 10..20", ExitCode.USAGE, "--spend"),
    ],
)
def test_how_it_ends(flags: str, code: ExitCode, words: str) -> None:
    done = run_cli(*flags.split(), *TODAY)
    assert done.code == code
    assert words in done.err


def test_what_is_probable_stands_beside_what_is_paid_at_most() -> None:
    """50,000 / 0.14 is 357,142.857…, 10% of it 35,714.29 a month.

    At most 25,000 are on top: 60,714.29, twelve 728,571.48; times 0.14 102,000.01 (102,000.0072).
    Probably only the larger counts: twelve are 428,571.48; times 0.14 60,000.01 (60,000.0072).
    """
    flags = ("compare", "--spend", "50000", "--currency", "USD", "--response", "1h", *TODAY)
    mine = ("--plans", CN, "--rate", "CNY=0.14")
    out = run_cli(*flags, *mine, "-o", "text").out
    assert "Enterprise, at most; A year CNY 728,571.48; In USD ~102,000.01;" in out
    assert "Enterprise, probably; A year CNY 428,571.48; In USD ~60,000.01;" in out
    told = json.loads(run_cli(*flags, *mine, "-o", "json").out)
    Draft202012Validator(SCHEMA).validate(told)
    (row,) = told["result"]["rows"]
    assert (row["annual"], row["likely_annual"]) == ("728571.48", "428571.48")
    assert row["converted"]["likely_annual"] == "60000.01"


def test_a_quantity_is_of_the_catalogues_that_know_it() -> None:
    (gov, aws), problems = needs_of("cloud-gov", "aws", quantity="support-hours=4")
    assert not problems
    assert (dict(gov.quantities), gov.untold) == ({"support-hours": Fraction(4)}, ())
    assert (dict(aws.quantities), aws.untold) == ({}, ("--quantity support-hours=4",))
    _, problems = needs_of("cloud-gov", quantity="support-hours=4;support-hours=5")
    assert [str(p.message) for p in problems] == ["'support-hours' is given twice; keep one"]
    _, problems = needs_of("aws", "azure", quantity="support-hours=4")
    assert [p.where for p in problems] == ["--quantity"]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("--spend ¥50000 --currency USD", "is in CNY, which contradicts --currency USD"),
        ("--spend $50000 --plans alibaba-cloud-cn", "is in USD; give --currency USD"),
    ],
)
def test_a_mark_of_another_currency_is_told_against_the_flag(flags: str, words: str) -> None:
    done = run_cli("compare", *flags.split(), *TODAY)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.err
