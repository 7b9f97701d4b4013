"""`--what-if`: other fees for one run, in every verb that has them, and never in a file."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from supportcli.core.piecewise import scale
from supportcli.core.schedule import normalise, scaled
from supportcli.errors import ExitCode, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import TODAY, run_cli
from tests.test_parity import schedules
from tests.test_structured import SCHEMA

HUAWEI, SCALEWAY = "huawei-cloud-intl", "scaleway"
HEADER = "account,spend,response,tam,tickets,region"
CUSTOMERS = f"""\
{HEADER}
a,120000,10m,,40,north
b,20000,10m,,40,north
c,300000,,yes,,south
d,5000,,,,south
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(CUSTOMERS, encoding="utf-8")


def fee(name: str, plan: str, what_if: str, spend: int = 120_000) -> Fraction:
    catalogue = load_catalogue(name, [what_if])
    fees = catalogue.plan(plan).fees
    assert fees is not None
    return fees[catalogue.default_reading].total(Fraction(spend))


@given(schedules, st.fractions(0, 3))
def test_a_schedule_is_scaled_as_its_fee_is(schedule, factor) -> None:  # type: ignore[no-untyped-def]
    assert normalise(scaled(schedule, factor)) == scale(normalise(schedule), factor)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_share_scales_every_fee_of_every_day(name: str) -> None:
    plain, other = load_catalogue(name), load_catalogue(name, ["fees -12.5%"])
    assert [plan.id for plan in other.plans] == [plan.id for plan in plain.plans]
    for one, lower in zip(plain.plans, other.plans, strict=True):
        rules = [(one.fees, lower.fees)]
        rules += [(a.fees, b.fees) for a, b in zip(one.history, lower.history, strict=True)]
        for fees, less in rules:
            assert (fees is None) == (less is None)
            for reading, each in (fees or {}).items():
                assert (less or {})[reading].total == scale(each.total, Fraction(7, 8))
                now = (less or {})[reading].prepaid
                assert now == (each.prepaid and scale(each.prepaid, Fraction(7, 8)))
    assert other.file == plain.file
    assert (plain.what_if, other.what_if) == ((), ("fees -12.5%",))


@pytest.mark.parametrize(
    ("name", "plan", "what_if", "amount"),
    [
        ("alibaba-cloud-cn", "enterprise", "enterprise.monthly=26250", "38250"),  # + 12,000
        ("alibaba-cloud-cn", "enterprise", "企业级.monthly = 2.6万", "38000"),
        ("alibaba-cloud-cn", "enterprise", "enterprise.usage=8%", "34600"),  # 25,000 + 9,600
        ("alibaba-cloud-cn", "business", "business.monthly=9000", "9000"),  # a known price now
        ("alibaba-cloud-cn", "basic", "basic.usage=1%", "1200"),  # free till then
        ("aws", "aws-business", "aws-business.2.rate=6%", "7200"),  # 1,000 + 4,200 + 2,000
        ("azure", "azure-standard", "azure-standard.flat=120.125", "120.125"),
        (SCALEWAY, "scw-enterprise", "scw-enterprise.table.percent=25%", "30000"),
        ("yandex-cloud", "yandex-business", "yandex-business.base=30", "6030"),  # + 5 %
        (HUAWEI, "huawei-intl-enterprise-onramp", "huawei-intl-enterprise-onramp.flat=500", "500"),
    ],
)
def test_one_number_of_a_fee(name: str, plan: str, what_if: str, amount: str) -> None:
    assert fee(name, plan, what_if) == Fraction(amount)


def test_a_minimum_that_is_prepaid_is_so_afterwards_too() -> None:
    catalogue = load_catalogue(HUAWEI, ["huawei-intl-business.flat=80"])
    fees = catalogue.plan("huawei-intl-business").fees
    assert fees is not None
    [business] = fees.values()
    assert business.prepaid is not None
    assert {business.total(Fraction(500)), business.prepaid(Fraction(500))} == {Fraction(80)}


def test_parts_of_a_plan_without_a_price_are_joined() -> None:
    both = ["business.monthly=9000", "business.usage=8%"]
    fees = load_catalogue(None, both).plan("business").fees
    assert fees is not None
    assert fees["additive"].total(Fraction(120_000)) == 9_000 + 9_600
    assert fees["floor"].total(Fraction(120_000)) == 9_600
    onramp = "huawei-intl-enterprise-onramp"
    fees = load_catalogue(HUAWEI, [f"{onramp}.flat=500", f"{onramp}.percent=3%"]).plan(onramp).fees
    assert fees is not None
    assert [each.total(Fraction(1000)) for each in fees.values()] == [530]


@pytest.mark.parametrize(
    ("name", "what_if", "words"),
    [
        (None, ["fees up"], 'write it like "fees +5%" or enterprise.monthly=26250'),
        (None, ["fees +5"], "supposes nothing that is known"),
        (None, ["enterprise=5"], "supposes nothing that is known"),
        (None, ["fees +5%", "fees +5%"], "stands alone"),
        (None, ["fees +5%", "enterprise.monthly=1"], "stands alone"),
        (None, ["enterprize.monthly=1"], "did you mean Enterprise?"),
        (
            None,
            ["enterprise.flat.x=1"],
            "not a number under the fee of enterprise; these are: monthly, usage",
        ),
        (None, ["business.flat=1"], "these are: monthly, usage"),
        (
            "aws",
            ["aws-business.rate=1%"],
            "these are: flat, 1.up_to, 1.rate, 2.up_to, 2.rate, 3.up_to, 3.rate, 4.rate",
        ),
        (SCALEWAY, ["scw-enterprise.flat=1"], "table.flat, table.percent, example.flat"),
        (None, ["enterprise.monthly=much"], "'much' is not an amount"),
        (None, ["enterprise.usage=8"], "'8' is not a rate"),
        ("aws", ["aws-business.1.up_to=90000"], "brackets must ascend"),
    ],
)
def test_what_supposes_nothing_is_refused(name: str | None, what_if: list[str], words: str) -> None:
    with pytest.raises(UsageError) as refused:
        load_catalogue(name, what_if)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "arguments",
    [
        ("advise", "--spend", "5"),
        ("breakeven",),
        ("batch", "in.csv", "--out", "out.csv"),
        ("plans", "diff", "aws", "alibaba-cloud-cn"),
    ],
)
def test_a_refusal_names_the_flag(arguments: tuple[str, ...]) -> None:
    date = () if arguments[0] == "plans" else TODAY
    done = run_cli(*arguments, *date, "--what-if", "enterprise.monthly=x")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith("supportcli: --what-if: 'x' is not an amount")


def test_an_advice_says_what_was_supposed() -> None:
    """26,250 and 10.5 % of 120,000: 38,850."""
    flags = ("--spend", "120000", "--response", "10m", *TODAY, "--what-if", "fees +5%")
    answer = json.loads(run_cli("advise", *flags, "-o", "json").out)
    assert answer["catalogue"]["what_if"] == ["fees +5%"]
    plans = {plan["id"]: plan for plan in answer["result"]["plans"]}
    assert plans["enterprise"]["monthly"]["total"] == "38850.00"
    assert any("What if: fees +5%." in words for words in answer["warnings"])
    screen = " ".join(run_cli("advise", *flags).out.split())
    assert "What if: fees +5%." in screen
    assert "what_if" not in run_cli("advise", *flags[:-2], "-o", "json").out


def test_it_is_in_the_answers_file_and_in_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    flags = ("--spend", "120000", "--response", "10m", *TODAY, "-o", "json")
    supposed = ("--what-if", "enterprise.monthly=1", "--what-if", "premier.monthly=2")
    first = run_cli("advise", *flags, *supposed, "--save-answers", "a.yaml")
    assert run_cli("advise", "--answers", "a.yaml", *TODAY, "-o", "json").out == first.out
    monkeypatch.setenv("SUPPORTCLI_WHAT_IF", "enterprise.monthly=1")
    assert "what_if" not in run_cli("advise", *flags).out


def test_break_even_is_that_of_the_other_fees() -> None:
    """A percentage less: 25,000 + 10 % meets 40,000 + 6 % at 375,000."""
    what_if = ("--what-if", "premier.monthly=40000", "--what-if", "premier.usage=6%")
    answer = run_cli("breakeven", *TODAY, "--response", "10m", *what_if, "-o", "json")
    assert answer.code == ExitCode.DONE
    assert '"375000.00"' in answer.out
    assert "What if: premier.monthly=40000" in run_cli("breakeven", *TODAY, *what_if).out


def test_two_catalogues_are_compared_with_the_other_fees() -> None:
    same = ("plans", "diff", "alibaba-cloud-cn", "alibaba-cloud-cn")
    done = run_cli(*same, "--spend", "120000", "--what-if", "fees +5%", "-o", "json")
    fees = {(f["plan"], f["reading"]): f for f in json.loads(done.out)["result"]["fees"]}
    old_new = fees["enterprise", "additive"]
    assert (old_new["old"], old_new["new"]) == ("37000.00", "38850.00")
    assert "What if: fees +5%." in run_cli(*same, "--what-if", "fees +5%").out
    done = run_cli(*same, "--what-if", "fees +5%", "--lang", "zh")
    assert done.out.startswith("假设：服务费 +5%。")


BATCH = ("batch", "in.csv", "--out", "out.csv", *TODAY)


def shifts(*arguments: str) -> dict[tuple[str, str | None], tuple[object, ...]]:
    done = run_cli(*BATCH, "--force", *arguments, "-o", "json")
    assert done.code == ExitCode.DONE, done.err
    keys = ("customers", "before", "after", "percent", "pay_more", "pay_less")
    found = json.loads(done.out)["result"]["shifts"]
    return {(each["by"], each["name"]): tuple(each[key] for key in keys) for each in found}


def test_a_price_rise_for_all_customers() -> None:
    """By hand: a 37,000, b 27,000 (enterprise), c 80,000 (premier), d nothing a month."""
    assert shifts("--what-if", "fees +5%", "--group-by", "region") == {
        ("all", None): (4, "1728000.00", "1814400.00", "+5%", 3, 0),
        ("group", "north"): (2, "768000.00", "806400.00", "+5%", 2, 0),
        ("group", "south"): (2, "960000.00", "1008000.00", "+5%", 1, 0),
        ("plan", "basic"): (1, "0.00", "0.00", None, 0, 0),
        ("plan", "enterprise"): (2, "768000.00", "806400.00", "+5%", 2, 0),
        ("plan", "premier"): (1, "960000.00", "1008000.00", "+5%", 1, 0),
    }
    screen = run_cli(*BATCH, "--force", "--what-if", "fees +5%", "-o", "text").out
    assert "What if: fees +5%." in screen
    assert "Against the fees as they are: ¥1,728,000 a year before" in screen


@pytest.mark.parametrize("flags", [("--what-if", "fees +5%"), ("--against", "alibaba-cloud-cn")])
def test_the_plans_of_today_are_priced_at_the_same_fees(flags: tuple[str, ...]) -> None:
    """Premier of 120,000: 62,000 a month, enterprise 37,000; 744,000 and 444,000 a year.

    5 % more are 781,200 and 466,200: 315,000 less.
    """
    text = "account,spend,response,current plan\na,120000,10m,premier\nb,20000,10m,\n"
    Path("in.csv").write_text(text, encoding="utf-8")
    told = "¥744,000 a year before, ¥444,000 now, ¥300,000 less"
    if "--what-if" in flags:
        told = "¥781,200 a year before, ¥466,200 now, ¥315,000 less"
    words = f"Against the plans of today, priced at the fees of this answer too: {told}."
    reading = ("--reading", "additive")
    done = run_cli(*BATCH, *flags, *reading, "-o", "text")
    assert words in " ".join(done.out.split())
    done = run_cli(*BATCH, "--force", *flags, *reading, "-o", "json")
    document = json.loads(done.out)
    kept = re.sub("(¥[0-9,]+)", r"\1.00", words)  # data have the cents that screens leave out
    assert kept in document["warnings"]
    assert not [*Draft202012Validator(SCHEMA).iter_errors(document)]
    result = document["result"]
    assert (result["annual_today"], result["annual_instead_of_today"]) == (
        ("781200.00", "466200.00") if "--what-if" in flags else ("744000.00", "444000.00")
    )
    assert result["not_compared"] == 0
    done = run_cli(*BATCH, "--force", *flags, "-o", "text")
    assert words.replace("too:", "too, at most:") in " ".join(done.out.split())


def test_customers_of_no_group_have_a_row_as_well() -> None:
    """Those of the north above, 37,000 and 27,000 a month, whose cells are blank here."""
    given = Path("in.csv")
    text = given.read_text(encoding="utf-8")
    given.write_text(text.replace("north", "\u3000", 1).replace("north", ""), encoding="utf-8")
    found = shifts("--what-if", "fees +5%", "--group-by", "region")
    assert found["group", None] == (2, "768000.00", "806400.00", "+5%", 2, 0)
    assert sum(int(str(one[0])) for (by, _), one in found.items() if by == "group") == 4
    for form in ("text", "md", "table"):
        done = run_cli(
            *BATCH, "--force", "--what-if", "fees +5%", "--group-by", "region", "-o", form
        )
        assert [one for one in done.out.splitlines() if "none" in one and "768,000" in one]
    done = run_cli(*BATCH, "--force", "--against-reading", "floor", "--group-by", "region")
    assert len([one for one in done.out.splitlines() if one.startswith("none  ")]) == 2


def test_customers_go_where_it_is_cheapest_then() -> None:
    """With 60,000 a month Enterprise costs more than Premier: 62,000 and 52,000 a month."""
    found = shifts("--what-if", "enterprise.monthly=60000")
    assert found["plan", "premier"] == (3, "1728000.00", "2328000.00", "+34.7222%", 2, 0)
    with Path("out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["old_plan"], row["plan"]) for row in rows[:2]] == [("enterprise", "premier")] * 2
    assert rows[0]["annual_difference"] == "300000.00"


def test_the_change_is_in_what_is_to_be_paid() -> None:
    """Half of 37 + 27 + 80 before, of 22 + 12 + 40 after, in thousands a month."""
    found = shifts("--what-if", "premier.monthly=10000", "--discount", "5折")
    assert found["all", None] == (4, "864000.00", "444000.00", "-48.6111%", 0, 3)


def test_another_reading_is_compared_under_the_supposed_fees() -> None:
    """a: 38,850 against the greater of 26,250 and 12,600."""
    done = run_cli(*BATCH, "--what-if", "fees +5%", "--against-reading", "floor", "-o", "text")
    assert "Against another reading" in done.out
    with Path("out.csv").open(newline="", encoding="utf-8") as file:
        [row, *_] = csv.DictReader(file)
    assert (row["monthly_fee"], row["old_monthly_fee"]) == ("38850.00", "26250.00")


def test_the_ten_that_change_most_are_named() -> None:
    lines = [f"c{n:02},{1000 * n},10m,,40,north" for n in range(1, 13)]
    Path("in.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    done = run_cli(*BATCH, "--what-if", "fees +10%", "-o", "json")
    top = json.loads(done.out)["result"]["top_differences"]
    assert [each["account"] for each in top] == [f"c{n:02}" for n in range(12, 2, -1)]
    # c12: 25,000 + 1,200 a month, and a tenth more
    assert (top[0]["before"], top[0]["after"]) == ("314400.00", "345840.00")
