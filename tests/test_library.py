"""The library as its users meet it: names, texts, sentences of refusal, short forms."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import supportcli
from supportcli import (
    Account,
    Deal,
    DealAnswer,
    Duration,
    Letter,
    Month,
    Needs,
    Order,
    ResponseNeed,
    SupportCliError,
    Usage,
    load_catalogue,
    price,
    quote,
    quote_document,
    quote_table,
    recommend,
    sql_statement,
    to_json,
    verify_quote,
)
from tests.runner import run_cli

START = Month(2026, 12)
A_FLOAT: Any = 0.1


def test_dir_lists_the_public_names_and_each_is_there() -> None:
    assert dir(supportcli) == sorted([*supportcli.__all__, "__version__"])
    for name in dir(supportcli):
        assert getattr(supportcli, name) is not None


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="'supportcli' has no attribute 'advise'"):
        _ = supportcli.advise


def test_needs_take_texts() -> None:
    assert Needs("10m", tam=True) == Needs((ResponseNeed("", Duration(10)),), tam=True)
    assert Needs(["outage=10m", "16h"]).response == (
        ResponseNeed("outage", Duration(10)),
        ResponseNeed("", Duration(960)),
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (Needs("半小时"), Needs("30m")),
        (Needs(response="约10分钟"), Needs("10m")),
        (Needs(["about 2 hours"]), Needs("2h")),
        (Needs("不要求"), Needs()),
        (Needs(tam="named"), Needs(tam="named")),
        (Needs(tam="需要"), Needs(tam=True)),
        (Needs(tam="不清楚"), Needs()),
        (Needs(tickets="1,000"), Needs(tickets=1000)),
        (Needs(hours="7×24 小时"), Needs(hours="24x7")),
        (Needs(current_plan="无"), Needs()),
    ],
)
def test_texts_of_needs_are_read_as_those_of_flags(said: Needs, meant: Needs) -> None:
    assert said == meant


def test_names_of_needs_are_looked_up_in_the_catalogue() -> None:
    catalogue = load_catalogue("alibaba-cloud-cn")
    service, channel = catalogue.services[0], catalogue.channels[0]
    gravest = catalogue.severities[0]
    said = Needs(
        f"{gravest.name.in_language('zh')}＝10m",
        services=[service.name.in_language("zh")],
        without_channels=channel.name.in_language("zh"),
        current_plan="顶级",
    )
    meant = Needs(
        f"{gravest.id}=10m",
        services=[service.id],
        without_channels=[channel.id],
        current_plan="premier",
    )
    assert said.of(catalogue) == meant.of(catalogue)
    usage = Usage.level("12万", START)
    assert recommend(catalogue, said, usage) == recommend(catalogue, meant, usage)


@pytest.mark.parametrize(
    ("needs", "written"),
    [
        (Needs(), "Needs()"),
        (Needs("10m"), "Needs(response=['10m'])"),
        (
            Needs(["outage=10m", "16h"], "named", 30, hours="24x7"),
            "Needs(response=['outage=10m', '16h'], hours='24x7', tam='named', tickets=30)",
        ),
        (
            Needs(without_channels="phone", current_plan="premier", services=["onsite"]),
            "Needs(services=['onsite'], without_channels=['phone'], current_plan='premier')",
        ),
        (Needs(tam=False, tickets=0), "Needs(tam=False, tickets=0)"),
    ],
)
def test_needs_are_shown_as_the_call_that_makes_them(needs: Needs, written: str) -> None:
    assert repr(needs) == written
    assert eval(written, {"Needs": Needs}) == needs


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12w", 120000),
        ("约12万", 120000),
        ("10..15万", 125000),  # the middle, (100,000 + 150,000) / 2
        ("10-15万", 125000),
        ("12万/月", 120000),
        ("实付8.4万 7折", 120000),  # 84,000 / 0.7
        ("不清楚", None),
    ],
)
def test_a_spend_has_one_reader(text: str, amount: int | None) -> None:
    assert Usage.level(text, "2026年12月") == Usage.level(amount, START)


def test_a_time_without_a_severity_is_for_the_gravest_of_the_catalogue() -> None:
    catalogue = load_catalogue()
    gravest = catalogue.severities[0].id
    usage = Usage.level("120000", START)
    said = recommend(catalogue, Needs(f"{gravest}=10m"), usage)
    assert recommend(catalogue, Needs("10m"), usage) == said


@pytest.mark.parametrize("spend", ["12万", "120,000", 120000, Decimal("120000.00")])
def test_a_spend_is_taken_as_the_command_line_takes_it(spend: str | int | Decimal) -> None:
    assert Usage.level(spend, "2026-12") == Usage.level(Fraction(120000), START)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Usage.level("1e9", START), "'1e9' "),
        (lambda: Usage.level("$5", START), "'$5' "),
        (
            lambda: Usage.level(A_FLOAT, START),
            "0.1 is not exact; give a text, a Decimal or a Fraction",
        ),
        (lambda: Usage.level("5", "soon"), "'soon' "),
        (lambda: Needs("10"), "'10' has no unit; write it like 10m, 2h or 24bh (business hours)"),
    ],
)
def test_a_bad_value_is_refused_in_the_words_of_the_command_line(
    make: Callable[[], object], words: str
) -> None:
    with pytest.raises(SupportCliError) as caught:
        make()
    assert str(caught.value).startswith(words)


def test_a_table_is_quoted_by_one_call(tmp_path: Path) -> None:
    table, out = tmp_path / "customers.csv", tmp_path / "quotes.csv"
    table.write_text("account,spend,response\na,120000,10m\nb,12万,2h\nc,soon,2h\n")
    found = quote_table(table, out, "2026-12")
    assert (found.read, found.quoted, found.no_plan, found.rejected) == (3, 2, 0, 1)
    assert to_json(found)["command"] == "batch"
    assert found.codes == {"spend_not_understood": 1}
    # 25,000 prepaid and 10 % of 120,000, twelve times; Basic is free.
    assert [row.split(",")[3:8] for row in out.read_text().splitlines()[1:]] == [
        ["enterprise", "37000.00", "25000.00", "12000.00", "444000.00"],
        ["basic", "0.00", "0.00", "0.00", "0.00"],
    ]
    assert "'soon'" in (tmp_path / "quotes.rejects.csv").read_text()
    with pytest.raises(SupportCliError, match="exists already"):
        quote_table(table, out, "2026-12")
    with pytest.raises(SupportCliError, match="has an ending that is not one of"):
        quote_table(table, tmp_path / "quotes.pdf", "2026-12")


def test_a_result_is_the_json_of_the_command_line() -> None:
    catalogue = load_catalogue()
    advice = recommend(catalogue, Needs("10m"), Usage.level("120000", START))
    flags = ("--spend", "120000", "--response", "10m", "--start", "2026-12")
    said = run_cli("advise", *flags, "--as-of", "2026-12-01", "-o", "json", "--date", "2026-12-01")
    assert json.loads(said.out) == json.loads(json.dumps(to_json(advice)))
    listed = run_cli("plans", "list", "--plans", "alibaba-cloud-cn", "-o", "json")
    assert json.loads(listed.out) == json.loads(json.dumps(to_json(catalogue)))


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "sqlite"])
def test_the_statement_is_that_of_the_command_line(dialect: str) -> None:
    flags = ("--table", "customers", "--start", "2026-12", "--as-of", "2026-12-01")
    said = run_cli("sql", "--dialect", dialect, *flags, "--date", "2026-12-01", "--tam")
    given = sql_statement(load_catalogue(), dialect, "2026-12", needs=Needs(tam=True))
    assert given == said.out


ALIBABA = load_catalogue()
LEVEL = Usage.level("5", START)
WRONG: dict[str, Callable[[Any], object]] = {
    "months of a table": lambda _: quote_table("in.csv", "out.csv", START, months=99),
    "accounts of a table": lambda _: quote_table("in.csv", "out.csv", START, accounts=0),
    "a reading of a table": lambda _: quote_table("in.csv", "out.csv", START, reading="x"),
    "threads of a table": lambda _: quote_table("in.csv", "out.csv", START, threads=0),
    "a decimal mark": lambda any_: quote_table("in.csv", "out.csv", START, decimal=any_("foo")),
    "months of a statement": lambda _: sql_statement(ALIBABA, "duckdb", START, months=0),
    "decimals": lambda _: sql_statement(ALIBABA, "duckdb", START, decimals=9),
    "a form": lambda any_: sql_statement(ALIBABA, "duckdb", START, form=any_("tabl")),
    "a form of SQLite": lambda _: sql_statement(ALIBABA, "sqlite", START, form="function"),
    "a reading of a statement": lambda _: sql_statement(ALIBABA, "duckdb", START, reading="x"),
    "a column": lambda _: sql_statement(ALIBABA, "duckdb", START, columns={"spned": "x"}),
    "a TAM": lambda any_: Needs(tam=any_("x")),
    "a TAM that is a number": lambda any_: Needs(tam=any_(1)),
    "tickets": lambda any_: Needs(tickets=any_(1.5)),
    "two times": lambda _: Needs(["10m", f"{ALIBABA.severities[0].id}=5m"]).of(ALIBABA),
    "tickets as text": lambda _: Needs(tickets="50.0"),
    "a language": lambda _: to_json(ALIBABA, "fr"),
    "a value without JSON": lambda any_: to_json(any_(LEVEL)),
    "a reading": lambda _: price(ALIBABA.plan("premier"), LEVEL, "nope"),
    "no months": lambda _: Usage.level("5", START, 0),
    "months that are no whole number": lambda any_: Usage.level("5", START, any_(12.5)),
    "a start": lambda any_: Usage.level("5", any_(202612)),
    "a spend below zero": lambda _: Usage.level(-5, START),
    "a fraction below zero": lambda _: Usage.level(Fraction(-5), START),
    "a truth value for a spend": lambda _: Usage.level(True, START),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_refused_as_the_command_line_does(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("account,spend\na,5\n", encoding="utf-8")
    with pytest.raises(SupportCliError):
        WRONG[name](lambda value: value)
    assert not Path("out.csv").exists()


def test_a_text_alone_is_one_name() -> None:
    alone = sql_statement(
        ALIBABA, "duckdb", START, table="t", keys="account", name="v", form="view"
    )
    assert alone == sql_statement(
        ALIBABA, "duckdb", START, table=["t"], keys=["account"], name=["v"], form="view"
    )
    assert Needs(without_channels="chat") == Needs(without_channels=["chat"])


def test_an_engine_that_there_is_not_is_refused() -> None:
    words = "'oracle' is not one of: duckdb, postgres, spark, sqlite"
    with pytest.raises(SupportCliError, match=words):
        sql_statement(load_catalogue(), "oracle", "2026-12")


def test_what_is_shown_of_a_value_fits_on_a_screen() -> None:
    catalogue = load_catalogue()
    usage = Usage.level("12万", START)
    advice = recommend(catalogue, Needs("10m", tam=True), usage)
    quote = price(catalogue.plan("premier"), usage, "floor")
    assert repr(advice) == "<Advice premier: only_fit (alibaba-cloud-cn, additive; 6 plans)>"
    assert repr(quote) == "<Quote premier, floor: CNY 50000.00 a month, 600000.00 a year>"
    assert repr(usage) == "<Usage 120000 a month, 12 months from 2026-12, 1 accounts>"
    assert repr(catalogue.plan("business")) == "<Plan business: tier 2, CNY, no known price>"
    for value in (advice, quote, usage, catalogue, *advice.plans, *catalogue.plans):
        assert len(repr(value)) < 79 * 3


def test_a_mistake_in_a_statement_is_told_by_the_argument() -> None:
    with pytest.raises(supportcli.SupportCliError) as caught:
        supportcli.sql_statement(
            supportcli.load_catalogue(),
            "postgres",
            "2026-12",
            table="客" * 22,
            keys=("plan", "n" * 64),
            columns={"monthly_spend": "s", "tickets": "S"},
        )
    assert {problem.where for problem in caught.value.problems} == {"table", "keys", "columns"}


# A deal of several accounts

PRICE: Any = {"discount": "7折", "tax": "added", "tax_rate": "6%", "voucher": "6万"}
AS_FLAGS = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000")
ORDERED = "120万 from 2026-12-01 for 12 months"


def a_deal() -> Deal:
    accounts = [
        Account.of("prod", "35万", Needs(tam=True), orders=[ORDERED]),
        Account.of("test", 20000, Needs("10分钟", current_plan="企业级")),
        Account.of("more", "8..20万"),
    ]
    return Deal.of(accounts, start="2026-12", customer="Ours", **PRICE)


def test_a_deal_is_answered_as_the_command_line_does() -> None:
    """Prod and test: 50,000 + 10 % of 450,000, 25,000 + 10 % of 20,000; 122,000 x 0.7 x 1.06."""
    answer = recommend(load_catalogue(), a_deal())
    assert repr(answer) == "<DealAnswer for 3 accounts: prod premier, test enterprise, more basic>"
    total = answer.portfolio.total
    assert total is not None
    assert total.to_pay.annual == Decimal("1086288.00")  # 12 x 90,524
    flags = (
        *("advise", "--account", "prod=350000,tam,order=1200000@2026-12-01/12"),
        *("--account", "test=20000,response=10m,current=enterprise"),
        *("--account", "more=80000..200000", "--customer", "Ours", *AS_FLAGS),
    )
    told = json.loads(run_cli(*flags, "--date", "2026-11-28", "-o", "json").out)
    made = json.loads(json.dumps(to_json(answer)))
    assert made["result"] == told["result"]
    assert made["inputs"] == told["inputs"]


def test_accounts_alike_and_a_nameless_one_have_the_json_of_one() -> None:
    deal = Deal.of([Account.of("", "12万", Needs(tam=True))], start="2026-12", months=24)
    told = run_cli("advise", "--spend", "120000", "--tam", "--months", "24", "-o", "json")
    made = json.loads(json.dumps(to_json(recommend(load_catalogue(), deal))))
    assert made["result"] == json.loads(told.out)["result"]


def test_an_order_may_be_made_first() -> None:
    order = Order.of(ORDERED)
    assert Account.of("a", orders=[order]) == Account.of("a", "0", orders=[ORDERED])
    assert order.listed == 1200000
    assert repr(Account.of("a", "5", orders=[order])) == "<Account a: 5 a month, 1 orders>"
    assert repr(a_deal()) == "<Deal of 3 accounts, 12 months from 2026-12-01>"


def test_months_may_have_a_spend_each() -> None:
    deal = Deal.of([Account.of("a", series=["1万", 20000], growth=None)], "2026-12", months=2)
    usage = deal.usage(deal.accounts[0], load_catalogue())
    assert [month.spend for month in usage.months] == [10000, 20000]
    grown = Deal.of([Account.of("a", 100, growth="每月 3%")], "2026-12", months=2)
    usage = grown.usage(grown.accounts[0], load_catalogue())
    assert [month.spend for month in usage.months] == [100, 103]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Account.of("a", "x"), ["spend: 'x' is not an amount"]),
        (lambda: Account.of("a", A_FLOAT), ["spend: 0.1 is not exact"]),
        (
            lambda: Account.of("a", "1", orders=["soon"], growth="3"),
            ["orders: 'soon' is not an order; write it like", "growth: '3' is not a growth"],
        ),
        (lambda: Order.of("soon"), ["'soon' is not an order; write it like 120000 from"]),
        (
            lambda: Deal.of([Account.of("a", "1")], "soon", months=61, discount="7", tax="maybe"),
            [
                "start: 'soon' is no start",
                "months: '61' is not a whole number from 1 to 60",
                "discount: '7' could be what is paid or what is taken off",
                "tax: 'maybe' is not one of: included, added",
            ],
        ),
        (
            lambda: Deal.of([Account.of("a", "1")], "2026-12", tax="added", discount_on="all"),
            ["discount_on: means nothing without discount", "tax: means nothing without tax_rate"],
        ),
        (lambda: Deal.of([], "2026-12"), ["accounts: lists no account; list one"]),
        (
            lambda: Deal.of([Account.of("a", "1"), Account.of("a", "1")], "2026-12"),
            ["accounts: 'a' is given twice; keep one"],
        ),
        (
            lambda: Deal.of([Account.of("a", "1"), Account.of("", "1")], "2026-12"),
            ["accounts: several accounts need names"],
        ),
        (
            lambda: Deal.of([Account.of("a", series=[1])], "2026-12", months=2),
            ["accounts: a: has 1 amount; the term touches 2 months, 2026-12 to 2027-01"],
        ),
        (
            lambda: recommend(load_catalogue(), Needs()),  # type: ignore[call-overload]
            ["needs are advised on with a usage; give one"],
        ),
    ],
)
def test_a_wrong_deal_is_refused_in_the_command_lines_words(
    make: Callable[[], object], words: list[str]
) -> None:
    with pytest.raises(SupportCliError) as found:
        make()
    told = list(map(str, found.value.problems))
    assert len(told) >= len(words)
    assert [any(each.startswith(one) for each in told) for one in words] == [True] * len(words)


# Quotes

WRITTEN = datetime.date(2026, 11, 28)
LETTER = Letter(prepared_by="Li", note="Thanks", valid_until=datetime.date(2026, 12, 31))


def one_account(spend: str = "120000", customer: str | None = "Example Ltd") -> DealAnswer:
    deal = Deal.of([Account.of("", spend, Needs("10m"))], "2026-12", customer=customer)
    return recommend(load_catalogue(), deal)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["json", "html", "md", "xlsx", "csv"])
def test_a_quote_is_that_of_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said: tuple[str, ...] = ("--spend", "120000", "--response", "10m", "--start", "2026-12")
    said += (
        "--for",
        "Example Ltd",
        "--by",
        "Li",
        "--note",
        "Thanks",
        "--valid",
        "2026-12-31",
        "--lang",
        lang,
    )
    out = Path(f"q.{form}")
    done = run_cli("quote", *said, "--out", str(out), "-o", form, "--date", str(WRITTEN))
    assert done.code == 0, done.err
    made = quote_document(quote(one_account(), LETTER, date=WRITTEN, lang=lang), form)
    assert out.read_bytes() == (made.encode() if isinstance(made, str) else made)


def test_a_deal_of_accounts_is_quoted_as_the_command_line_does(tmp_path: Path) -> None:
    said: tuple[str, ...] = ("--account", "a=120000", "--account", "b=5000", "--for", "A")
    out = tmp_path / "q.json"
    said += ("--start", "2026-12", "--reading", "floor", "--confirmed-by", "Wang")
    assert run_cli("quote", *said, "--out", str(out), "--date", str(WRITTEN)).code == 0
    deal = Deal.of([Account.of("a", "120000"), Account.of("b", "5000")], "2026-12")
    answer = recommend(load_catalogue(), deal, reading="floor")
    paper = quote(answer, Letter(customer="A"), date=WRITTEN, confirmed_by="Wang")
    assert quote_document(paper, "json") == out.read_text(encoding="utf-8")


def test_a_quote_is_computed_again(tmp_path: Path) -> None:
    """25,000 and 10 % of 120,000 are 37,000 a month; one cent more there is found."""
    text = quote_document(quote(one_account(), date=WRITTEN), "json")
    assert isinstance(text, str)
    path = tmp_path / "q.json"
    path.write_text(text, encoding="utf-8")
    found = verify_quote(path, today=WRITTEN)
    assert found.right
    assert found.today is not None
    assert found.today.same
    assert verify_quote(path, "alibaba-cloud-cn", today=WRITTEN, lang="zh").right
    path.write_text(text.replace('"37000.00"', '"37000.01"', 1), encoding="utf-8")
    assert not verify_quote(path, today=WRITTEN).right


def test_what_cannot_be_quoted_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_bytes(Path("plans.yaml").read_bytes() + b"# mine\n")
    unknown = Deal.of([Account.of("", None)], "2026-12")
    of_none = Deal.of([Account.of("", "5", Needs("1m"))], "2026-12")
    paper = quote(one_account(), date=WRITTEN)
    for refused, words in (
        (lambda: quote(recommend(load_catalogue(), unknown), date=WRITTEN), "a quote is of one"),
        (lambda: quote(recommend(load_catalogue(), of_none), date=WRITTEN), "no plan fits"),
        (lambda: quote(one_account(), date=WRITTEN, plans=own), "of another catalogue"),
        (lambda: quote(one_account(), date=WRITTEN, lang="de"), "'de' is not one of"),
        (lambda: quote_document(paper, "chat"), "'chat' is not one of: html, pdf"),
        (lambda: verify_quote(own, today=WRITTEN), "is no quote"),
    ):
        with pytest.raises(SupportCliError, match=words):
            refused()
