"""Catalogues side by side: exact conversion, one rounding, severities by class, needs unknown."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from supportcli.advice.comparison import AskedOfAll, compared, severity_of, strictest
from supportcli.core.catalogue import SeverityClass
from supportcli.core.exchange import Rate
from supportcli.core.period import Month
from supportcli.errors import CatalogueError, Problem, UsageError
from supportcli.inputs.answers.comparison import Known, known_needs
from supportcli.inputs.answers.sources import Given
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.values.rates import read_currency, read_rate
from supportcli.needs.response import ResponseNeed

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
        # By class it is a production system that is down: 10% of 7,042.2535… is 704.23.
        (HUAWEI, "outage=1h", "huawei-intl-business", "704.23", "8450.76", "60000.40"),
    ],
)
def test_the_fee_is_rounded_in_its_own_currency_and_once_more_when_it_is_converted(
    name: str, response: str, plan: str, monthly: str, annual: str, mine: str
) -> None:
    (known,), problems = needs_of(name, response=response)
    row = compared(load_catalogue(name), known.needs, ASKED, known.untold)
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


def test_without_a_rate_a_row_stays_in_its_own_currency() -> None:
    row = compared(load_catalogue("azure"), needs_of("azure")[0][0].needs, ASKED._replace(rates=()))
    assert (row.spend, row.rate, row.is_converted) == (Fraction(50000), None, False)
    assert row.annual
    assert row.annual.currency == "USD"
    assert row.converted(row.annual) is None


def test_the_users_own_currency_needs_no_rate_and_is_not_converted() -> None:
    asked = ASKED._replace(currency="USD", rates=())
    row = compared(load_catalogue("azure"), needs_of("azure", response="1h")[0][0].needs, asked)
    assert row.rate == Rate("USD", Fraction(1))
    assert not row.is_converted
    assert row.converted(row.annual) == row.annual


def test_where_no_plan_fits_there_is_no_amount() -> None:
    known = needs_of("azure", response="1m")[0][0]
    row = compared(load_catalogue("azure"), known.needs, ASKED)
    assert (row.entry, row.monthly, row.annual, row.converted(row.annual)) == (None,) * 4


def test_a_class_is_the_least_grave_of_its_severities() -> None:
    aws, one = load_catalogue("aws"), load_catalogue("scaleway")
    found = [severity_of(aws, each) for each in SeverityClass]
    assert [each and each.id for each in found] == [
        "production-down",
        "system-impaired",
        "general-guidance",
    ]
    assert [severity_of(one, each) for each in SeverityClass] == [one.severities[0]] * 3
    assert severity_of(load_catalogue("google-cloud"), SeverityClass.QUESTION) is None


def test_every_severity_of_several_has_a_class_that_says_who_says_so() -> None:
    for name in ("alibaba-cloud-cn", "aws", "huawei-cloud-intl", "ibm-cloud", "yandex-cloud"):
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
    assert (cn.untold, len(cn.needs.needs)) == ((), 3)
    assert google.untold == ("--response question=24h", "--service cost-analysis")
    _, problems = needs_of(CN, "google-cloud", response="soon;p9=1h", service="magic")
    assert {problem.where for problem in problems} == {"--response", "--service"}
    assert len(problems) == 3
    _, problems = needs_of("google-cloud", response="question=1h")
    assert [p.message.text for p in problems] == ["{name} is the class of no severity here"]


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


@pytest.mark.parametrize("said", ["{is: outage}", "{is: outage, source: docs, assumed: true}"])
def test_a_class_has_a_source_or_is_assumed(said: str, tmp_path: Path) -> None:
    text = load_catalogue("yandex-cloud").file.decode()
    path = tmp_path / "plans.yaml"
    path.write_text(text.replace("{is: outage, assumed: true}", said), encoding="utf-8")
    with pytest.raises(CatalogueError, match="a severity_class has a source, or else"):
        load_catalogue(path)
