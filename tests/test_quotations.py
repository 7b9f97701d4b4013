"""Quotes: what they say in every form, by a deal that is worked by hand, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.core.catalogue import PointKind
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.outputs.document.fee_chart import QuotedCurve, quoted_chart
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli
from tests.test_help import COMMANDS

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)
# Premier for a of 300,000: 50,000 + 10 % are 80,000 a month, 56,000 after 30 % off, 59,360 with 6 %
# tax; twelve of them 712,320, of which a voucher pays 20,000. If prepaid counts the greater of
# 50,000 and 30,000: 35,000 and 37,100, 445,200 a year. b and c are content with Basic, free.
DEAL = (
    *("--account", "a=300000,response=10m,tam", "--account", "b=20000"),
    *("--account", "c=60000,response=2h", "--discount", "7折", "--tax", "added"),
    *("--tax-rate", "6%", "--voucher", "20000"),
)
ONE = ("--spend", "120000", "--response", "10m")
NUMBERED = ("--number", "Q-1", "--for", "Example Ltd", "--by", "Li Lei", "--valid", "30d")
USUAL = {
    "one": ONE,
    "deal": DEAL,
    "alike": (*ONE, "--accounts", "3"),
    "growing": (*ONE, "--growth", "3%/month", "--months", "24"),
    "falling": (*ONE, "--growth", "-3%/year", "--months", "60"),
    "series": ("--spend-series", " ".join(map(str, range(1000, 13000, 1000))), "--tam"),
    "ordered": (*ONE, "--order", "1200000 from 2026-12-10 for 12 months", "--spreading", "by-day"),
    "in part": (
        *ONE,
        "--start",
        "2026-12-15",
        "--months",
        "3",
        "--proration",
        "fee",
        "--days",
        "30",
    ),
    "paid": ("--paid", "84000", "--paid-discount", "7折", "--response", "10m"),
    "postpaid off": (*ONE, "--discount", "30%", "--discount-on", "postpaid"),
    "tax within": (*ONE, "--tax", "included", "--tax-rate", "6%"),
    "another plan": (*ONE, "--plan", "premier", "--because", "TAM from March on"),
    "doubtful": (*ONE, "--include-doubtful"),
    "confirmed": (*ONE, "--reading", "floor", "--confirmed-by", "Ms Wang"),
    "renewed": (*ONE, "--current-plan", "premier"),
    "ending": ("--plans", "aws", "--spend", "5000", "--plan", "aws-business"),
    "seats": ("--plans", "google-cloud", "--spend", "3000", "--response", "4h"),
    "bought": ("--plans", "huawei-cloud-intl", "--spend", "9000", "--tam", "--bought-for", "12"),
}
RUNS = {
    **USUAL,
    **{name: ("--plans", name, "--spend", "20000", "--response", "24h") for name in SHIPPED},
}


def quote(*words: str, form: str = "json", **more: Any) -> Done:
    return run_cli("quote", *words, "-o", form, "-q", *TODAY, **more)


def told(*words: str) -> dict[str, Any]:
    return dict(json.loads(quote(*words).out))


@pytest.mark.parametrize("name", RUNS)
def test_a_quote_fits_the_schema_and_is_right(name: str, tmp_path: Path) -> None:
    file = tmp_path / "quote.json"
    done = quote(*RUNS[name])
    assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN)
    if done.code == ExitCode.NO_PLAN:
        assert (done.out, "nothing to quote" in done.err) == ("", True)
        return
    errors = Draft202012Validator(SCHEMA).iter_errors(json.loads(done.out))
    assert [error.message for error in errors] == []
    file.write_text(done.out, encoding="utf-8")
    verified = run_cli("verify", str(file), *TODAY)
    assert (verified.code, verified.err) == (ExitCode.DONE, "")
    assert "every amount follows from the rule" in verified.out


def test_what_is_worked_by_hand() -> None:
    most, likely = told(*DEAL)["result"]["costs"]
    assert [side["role"] for side in (most, likely)] == ["at_most", "probably"]
    for side, month, year, term in (
        (most, "59360.00", "712320.00", "692320.00"),
        (likely, "37100.00", "445200.00", "425200.00"),
    ):
        paid = side["to_pay"]
        assert (paid["monthly"], paid["annual"], side["term_to_pay"]) == (month, year, term)
        assert sum(float(each["to_pay"]["annual"]) for each in side["accounts"]) == float(year)
    [up, down] = [(each["next"], each["accounts"]) for each in told(*DEAL)["result"]["next_plans"]]
    assert up == ("enterprise", ["a"])
    assert down == ("enterprise", ["b", "c"])


def headline(*words: str) -> list[str]:
    """What stands large, under each reading, with what stands below it."""
    lines = quote(*words, form="text").out.splitlines()
    return [line for line in lines if re.match("(A year|The term).*: ¥", line)]


def test_what_stands_large_is_to_be_paid_after_the_voucher() -> None:
    """712,320 less 20,000, in the first month 59,360 less 20,000; likely 445,200 and 37,100."""
    most, likely = headline(*DEAL)
    assert most.startswith(
        "A year, at most, after the voucher: ¥692,320.00, "
        "the first month ¥39,360.00, then ¥59,360.00 a month, "
    )
    way = "list price ¥960,000.00, 30% off -¥288,000.00, 6% tax +¥40,320.00, voucher -¥20,000.00"
    assert most.endswith(way)
    assert likely.startswith("A year, probably, after the voucher: ¥425,200.00, ")
    assert "the first month ¥17,100.00, then ¥37,100.00 a month" in likely
    page = quote(*DEAL, form="text").out
    sums = page.partition("Account by account")[2].partition("What is charged when")[0]
    assert "Sum: A month, at most ¥59,360.00; A year, at most ¥712,320.00" in sums
    assert "* To pay: A year, at most ¥692,320.00; A year, probably ¥425,200.00" in sums


def test_a_voucher_of_more_than_a_month_and_of_two_years() -> None:
    """37,000 a month at most, 444,000 a year, 888,000 in two; 25,000, 300,000 and 600,000.

    Where the spend grows by 3 % a month the months are not alike: 37,000 is that of the first.
    """
    two_years = (*ONE, "--months", "24", "--voucher", "400000")
    most, likely = headline(*two_years)
    assert most.startswith("The term, at most, after the voucher: ¥488,000.00, ")
    assert "¥37,000.00 a month before the voucher, the first year ¥44,000.00" in most
    assert "¥25,000.00 a month before the voucher, the first year ¥0.00" in likely
    grown, _ = headline(*ONE, "--growth", "3%/month", "--voucher", "5000")
    assert "¥37,000.00 in the first month before the voucher" in grown
    page = quote(*ONE, "--growth", "3%/month", "--voucher", "5000", form="text").out
    assert "2026-12: Due, at most ¥37,000.00; Due, probably ¥25,000.00" in page
    off, _ = headline(*ONE, "--discount", "30%", "--discount-on", "postpaid")
    # 30 % of 12,000 are 3,600 a month, 43,200 a year.
    assert off.endswith("list price ¥444,000.00, 30% off postpaid -¥43,200.00")
    within, _ = headline(*USUAL["tax within"], "--discount", "30%")
    # 37,000 less 30 % are 25,900 with tax, 24,433.96 without: 1,466.04 a month.
    assert within.endswith("30% off -¥133,200.00, 6% tax of ¥17,592.48 included")


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_deal_worked_by_hand_as_a_page(form: str, code: str, golden: Golden) -> None:
    page = quote(*DEAL, *NUMBERED, "--lang", code, form=form).out
    page = re.sub(r"\b[0-9a-f]{64}\b", "SHA256", page)
    page = re.sub(
        r"(<script.*?>|<!-- supportcli .*?\n).*?(</script>|\n-->)", "", page, flags=re.DOTALL
    )
    page = re.sub("<style>.*</style>|sha256-[^']+", "", page, flags=re.DOTALL)
    golden(f"quote-deal.{code}.{form}", page)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_page_has_the_figures_of_the_json(form: str) -> None:
    page = quote(*DEAL, form=form).out
    for side in told(*DEAL)["result"]["costs"]:
        for amount in (*list(side["to_pay"].values())[:3], side["term_to_pay"]):
            assert f"¥{float(amount):,.2f}" in page


def test_the_same_day_and_words_give_the_same_bytes() -> None:
    assert quote(*DEAL, form="html").out == quote(*DEAL, form="html").out
    one, other = (told(*ONE, "--for", name)["quote"]["number"] for name in ("A", "B"))
    assert one != other
    assert re.fullmatch(r"Q-20261123-[0-9A-F]{8}", one)
    assert told(*ONE, "--number", "2026/17")["quote"]["number"] == "2026/17"


@pytest.mark.parametrize("name", ["deal", "renewed", "ordered", "doubtful"])
def test_one_offer_has_one_number(name: str) -> None:
    """In each language, edition and form; another spend or another day until which it holds not."""
    words = (*USUAL[name], "--note", "x", "--valid", "30d")
    numbers = {
        match
        for code in ("en", "zh")
        for whom in ("customer", "internal")
        for form in ("json", "text", "md", "html", "csv", "chat")
        for match in re.findall(
            r"Q-\d{8}-[0-9A-F]{8}\b",
            quote(*words, "--lang", code, "--for-whom", whom, form=form).out,
        )
    }
    assert len(numbers) == 1
    for other in (("--valid", "31d"), ("--months", "13"), ("--note", "y")):
        flags = [*USUAL[name], *("--note", "x", "--valid", "30d", "--months", "12")]
        flags[flags.index(other[0]) + 1] = other[1]
        assert told(*flags)["quote"]["number"] not in numbers


def test_until_when_it_is_valid() -> None:
    assert told(*ONE, "--valid", "30d")["quote"]["valid_until"] == "2026-12-23"
    assert told(*ONE, "--valid", "2027-01-31")["quote"]["valid_until"] == "2027-01-31"


@pytest.mark.parametrize("text", ["30", "soon", "0d", "2026-02-30"])
def test_what_is_no_validity_says_how_to_write_it(text: str) -> None:
    """Together with every other mistake."""
    done = quote(*ONE, "--valid", text, "--note", "x" * 2001)
    words = f"--valid-until: '{text}' is neither days nor a date; write 30d or 2026-12-31\n"
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.count(words) == 1
    assert "is longer than 2000 characters" in done.err


def test_a_customer_reads_terms_and_no_lines_of_a_source() -> None:
    """The catalogue's `contract` words; colleagues read its doubt with the place in the source."""
    words = ("--spend", "120000", "--response", "10m")
    customer = quote(*words, form="text").out.replace("\n", " ")
    internal = quote(*words, "--for-whom", "internal", form="text").out.replace("\n", " ")
    term = "The first-response time by ticket holds for tickets of every severity"
    assert term in customer
    assert "(line 107)" not in customer
    assert term not in internal
    assert "(line 107)" in internal


INTERNAL = re.compile(
    r"\bour source|\bthe source|\binferred|\blines? \d|\bits lines|advertis|% likely|"
    "来源未|来源说|据来源|推断|行号|第 ?\\d+ ?行|广告"
)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_customer_reads_nothing_of_how_we_came_to_know(name: str, code: str) -> None:
    for words in (("--response", "24h"), ("--tam",)):
        flags = ("--plans", name, "--spend", "300000", *words, "--lang", code)
        for form in ("text", "json"):
            page = quote(*flags, form=form).out
            if form == "json" and page:
                page = json.dumps(json.loads(page)["rules"].get("readings"), ensure_ascii=False)
            assert INTERNAL.findall(page) == []


def test_a_customer_is_told_which_of_two_amounts_holds_when() -> None:
    """Colleagues have it among what to ask; where somebody has confirmed it there is one amount."""
    words = (
        "¥300,000.00 is to be paid for the year if prepaid counts towards postpaid, otherwise "
        "¥444,000.00; Alibaba Cloud is to confirm which, and its bill decides."
    )
    page = quote(*ONE, form="text").out
    top, asked = page.partition("What you get")[0], page.partition("To be confirmed by")[2]
    assert words in top
    assert words in asked
    assert "prepaid offset" not in asked
    assert "\n- Alibaba Cloud is to confirm: rate, cap, rounding, term, renewal" in asked
    term = quote(*ONE, "--months", "24", form="text").out
    assert "¥600,000.00 is to be paid for the term if prepaid counts" in term
    internal = quote(*ONE, "--for-whom", "internal", form="text").out
    assert words not in internal
    assert "prepaid offset" in internal
    for flags in ((*ONE, "--reading", "floor", "--confirmed-by", "Ms Wang"), ("--spend", "12")):
        assert "is to confirm which" not in quote(*flags, form="text").out


def test_a_customer_is_told_that_a_sale_is_in_doubt() -> None:
    page = quote(*ONE, "--plan", "enterprise-trial", form="text").out
    words = "Alibaba Cloud is to confirm that Enterprise (trial edition) can still be bought."
    assert page.count(words) == 2
    assert "For Enterprise (trial edition), Alibaba Cloud is to confirm: postpaid part, " in page
    assert "if still sold" not in page
    assert "can still be bought" not in quote(*ONE, form="text").out


def test_a_customer_counts_the_sources_through() -> None:
    """Colleagues have the numbers of the catalogue, which stand where a source is cited."""
    page = quote(*ONE, form="text").out.partition("\nSources\n")[2].partition("\n\n")[0]
    numbers = re.findall(r"^- (\d+)\. ", page, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert "Our own judgement" not in page
    internal = quote(*ONE, "--for-whom", "internal", form="text").out
    assert "\n- 4. Our own judgement" in internal


@pytest.mark.parametrize("internal", [(), ("--for-whom", "internal")])
@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("plan", ["scw-advanced", "scw-business", "scw-enterprise"])
def test_what_is_contradicted_is_told_of_the_plan_that_it_is_of(
    plan: str, code: str, internal: tuple[str, ...]
) -> None:
    """20 % of 8,000 are 1,600 whichever of Enterprise's minima holds; Business is 10 %: 800."""
    flags = ("--plans", "scaleway", "--spend", "8000", "--plan", plan, "--lang", code)
    page = quote(*flags, *internal, form="md").out.split("<!--")[0]
    told = plan != "scw-advanced"  # Enterprise, or Business, beside which its fee stands
    assert ("990" in page) == told
    assert ("999" in page) == told
    notes = json.loads(quote(*flags, *internal).out)["warnings"]
    assert any("990" in note for note in notes) == told


def test_a_customer_is_told_what_is_assumed_of_the_quoted_plans() -> None:
    """Colleagues are told of every plan, as by advise; what names no plan is of all of them."""
    points = load_catalogue("alibaba-cloud-cn").open_points
    assumed = [point for point in points if point.kind is PointKind.ASSUMPTION]
    mine = [point.id for point in assumed if not point.plans or "enterprise" in point.plans]
    assert 0 < len(mine) < len(assumed)
    assert [each["id"] for each in told(*ONE)["assumptions"]] == mine
    internal = told(*ONE, "--for-whom", "internal")["assumptions"]
    assert [each["id"] for each in internal] == [point.id for point in assumed]


def test_colleagues_read_more_than_the_customer() -> None:
    whole = quote(*ONE, "--for-whom", "internal", form="text").out
    page = quote(*ONE, form="text").out
    assert "Ask first about Enterprise (trial edition)." in whole
    assert "Ask first" not in page
    asked = quote(*ONE, "--plan", "premier", "--for-whom", "internal", form="text").out
    assert "Premier is quoted as asked for; Enterprise is recommended." in asked


# Today: Premier, for 120,000 at most 50,000 + 12,000 a month, 744,000 a year, and 600,000 if
# prepaid counts; for 90,000 at most 59,000, 708,000 a year, and 600,000. Enterprise instead: at
# most 37,000 and 34,000 a month, 444,000 and 408,000 a year; if prepaid counts 300,000 each.
RENEWED = (
    *("--account", "a=120000,response=10m,current=premier"),
    *("--account", "b=90000,response=10m,current=premier", "--account", "c=3000,current=basic"),
)


def test_what_changes_against_the_plans_of_today() -> None:
    """300,000 less a year for a and for b under both readings; Basic stays, and is free."""
    [left, kept] = told(*RENEWED)["result"]["renewals"]
    assert (left["accounts"], left["current"], left["plan"]) == (
        ["a", "b"],
        "premier",
        "enterprise",
    )
    assert [each["annual"] for each in left["difference"]] == ["-600000.00", "-600000.00"]
    assert any("dedicated TAM" in words for words in left["losses"])
    assert kept["difference"][0]["annual"] == "0.00"
    for form in ("text", "md", "html"):
        page = quote(*RENEWED, form=form).out
        assert "a, b: Enterprise instead of Premier: ¥600,000.00 less a year" in page
        assert "c: Basic stays: the same fee" in page
        assert "All accounts compared with today: ¥600,000.00 less a year" in page
    assert told(*ONE)["result"]["renewals"] == []
    assert "today's plan" not in quote(*ONE, form="text").out


def test_a_change_without_a_difference_says_why() -> None:
    """No price of today's plan; today's plan ends within the term; the one that is taken does."""
    said = quote(*ONE, "--current-plan", "business", form="text").out
    assert "Enterprise instead of Business: the price of Business is not known to us" in said
    aws, ends = ("--plans", "aws", "--spend", "5000"), "ends on 2026-12-31, within the term"
    for today, plan, words in (
        (
            "aws-developer",
            "aws-business-plus",
            f"Business Support. instead of Developer: Dev.*{ends}",
        ),
        (
            "aws-business-plus",
            "aws-business",
            f"Business instead of Business Support.: Bus.* {ends}",
        ),
        ("aws-business", "aws-business", f"Business stays: Business {ends}"),
    ):
        flags = (*aws, "--current-plan", today, "--plan", plan)
        [change] = told(*flags)["result"]["renewals"]
        assert change["difference"] == []
        assert re.search(words, quote(*flags, form="text").out)


def test_a_changed_difference_from_today_is_found(tmp_path: Path) -> None:
    found = told(*RENEWED)
    found["result"]["renewals"][0]["difference"][0]["annual"] = "-1.00"
    file = tmp_path / "quote.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    done = run_cli("verify", str(file), "-o", "json", *TODAY)
    [wrong] = json.loads(done.out)["result"]["wrong"]
    assert (wrong["where"], wrong["computed"]) == (
        "result.renewals[0].difference[0].annual",
        "-600000.00",
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--spend", "80000..200000"), ExitCode.USAGE, "a quote is of one spend"),
        (("--spend", "unknown", "--response", "10m"), ExitCode.USAGE, "a quote is of one spend"),
        ((), ExitCode.ANSWER_MISSING, "the spend is missing"),
        (("--spend", "1", "--response", "1m"), ExitCode.NO_PLAN, "nothing to quote"),
        ((*ONE, "--plan", "business"), ExitCode.USAGE, "the price of Business is not known"),
        ((*ONE, "--for-whom", "boss"), ExitCode.USAGE, "not one of: customer, internal"),
        ((*ONE, "--note", "x" * 2001), ExitCode.USAGE, "is longer than 2000 characters"),
        (("120000",), ExitCode.USAGE, "--spend 120000"),
    ],
)
def test_what_is_no_quote_is_refused(words: tuple[str, ...], code: ExitCode, said: str) -> None:
    done = quote(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


HOSTILE = "<script>alert(1)</script> --> | ` [a](javascript:b) =1+1 \u202e {{ 7*7 }} \x1b[2J"


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_words_from_outside_are_harmless(form: str, tmp_path: Path) -> None:
    words = [w for flag in ("--for", "--by", "--note", "--number") for w in (flag, HOSTILE)]
    page = quote(*ONE, *words, form=form).out
    assert "\x1b" not in page
    assert "\u202e" not in page
    if form in ("md", "html"):
        assert "<script>alert" not in page.replace("\\<", "")
    if form != "text":
        file = tmp_path / f"quote.{form}"
        file.write_text(page, encoding="utf-8")
        assert run_cli("verify", str(file), *TODAY).code == ExitCode.DONE


HOUSE = """\
quote:
  company: Example House
  by: Li Lei
  valid: 14d
  discount: 7折
  tax: added
  tax_rate: 6%
  colour: "#FF6A00"
  logo: LOGO
  footer: {en: Thank you., zh: 谢谢惠顾。}
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16


def with_house(folder: Path, house: str, logo: bytes = PNG) -> dict[str, str]:
    (folder / "supportcli").mkdir()
    (folder / "logo.bin").write_bytes(logo)
    config = folder / "supportcli" / "config.yaml"
    config.write_text(house.replace("LOGO", str(folder / "logo.bin")), encoding="utf-8")
    return {"XDG_CONFIG_HOME": str(folder)}


def test_the_house_says_what_is_usual_and_flags_prevail(tmp_path: Path) -> None:
    house = with_house(tmp_path, HOUSE)
    found = json.loads(quote(*ONE, environment=house).out)
    assert found["quote"]["company"] == "Example House"
    assert found["quote"]["prepared_by"] == "Li Lei"
    assert found["quote"]["valid_until"] == "2026-12-07"
    assert found["quote"]["footer"] == "Thank you."
    # 37,000 less 30 % are 25,900, with 6 % tax 27,454.
    assert found["result"]["costs"][0]["to_pay"]["monthly"] == "27454.00"
    other = json.loads(quote(*ONE, "--by", "Han", "--discount", "10%", environment=house).out)
    assert other["quote"]["prepared_by"] == "Han"
    assert other["result"]["costs"][0]["to_pay"]["monthly"] == "35298.00"
    page = quote(*ONE, "--lang", "zh", form="html", environment=house).out
    assert "data:image/png;base64," in page
    assert "#ff6a00" in page
    assert "谢谢惠顾。" in page
    advised = run_cli("advise", *ONE, "-o", "json", *TODAY, environment=house)
    assert json.loads(advised.out)["inputs"]["discount"] is None


@pytest.mark.parametrize(
    ("house", "logo", "said"),
    [
        ("quote: {colour: red}", PNG, "is not a colour"),
        ("quote: {logo: LOGO}", b"GIF89a", "is neither a PNG nor an SVG picture"),
        ("quote: {logo: LOGO}", PNG * 20000, "is larger than 256 KiB"),
        ("quote: {logo: nowhere.png}", PNG, "cannot be read"),
        ("quote: {compny: X}", PNG, "compny"),
        ("quote: {by: A, prepared_by: B}", PNG, "given twice"),
    ],
)
def test_what_is_wrong_with_the_house_is_said(
    house: str, logo: bytes, said: str, tmp_path: Path
) -> None:
    done = quote(*ONE, form="html", environment=with_house(tmp_path, house, logo))
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert said in done.err


def test_an_svg_is_a_logo(tmp_path: Path) -> None:
    svg = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'
    house = with_house(tmp_path, "quote: {logo: LOGO}", svg)
    assert "data:image/svg+xml;base64," in quote(*ONE, form="html", environment=house).out


def test_answers_are_saved_and_quoted_again(tmp_path: Path) -> None:
    file = tmp_path / "deal.yaml"
    first = quote(*DEAL, "--for", "Example Ltd", "--save-answers", str(file))
    again = quote("--answers", str(file))
    assert json.loads(again.out)["result"] == json.loads(first.out)["result"]


def test_a_quote_takes_what_an_advice_takes() -> None:
    """But for what only a screen shows, what is supposed, and a limit that a script sets."""
    advised, quoted = (
        {flag for one in COMMANDS[verb].params for flag in one.opts if not one.hidden}
        for verb in ("advise", "quote")
    )
    assert advised - quoted == {"--beside", "--explain", "--what-if", "--fail-if-over"}
    beside = {"SUPPORTCLI_BESIDE": "premier"}
    assert quote(*ONE, environment=beside).out == quote(*ONE).out


def test_the_lines_of_a_quote_as_rows() -> None:
    """Premier at 300,000: 80,000 a month at most, 24,000 off, 56,000 net, 3,360 tax, 59,360."""
    rows = list(csv.DictReader(io.StringIO(quote(*DEAL, "--number", "Q-1", form="csv").out)))
    assert len(rows) == 2 * 3 * 12  # readings, accounts, months
    first = rows[0]
    assert (first["number"], first["account"], first["month"]) == ("Q-1", "a", "2026-12")
    assert (first["plan"], first["role"], first["spend"]) == ("premier", "at_most", "300000.00")
    lines = [first[name] for name in ("list", "discount", "net", "tax", "gross")]
    assert lines == ["80000.00", "24000.00", "56000.00", "3360.00", "59360.00"]
    for side in told(*DEAL)["result"]["costs"]:
        mine = [row for row in rows if row["reading"] == side["reading"]]
        # 712,320 and 445,200 a year: the voucher pays, and lowers no line.
        assert sum(Decimal(row["gross"]) for row in mine) == Decimal(side["to_pay"]["annual"])


@pytest.mark.parametrize("name", USUAL)
def test_the_rows_add_up_to_the_term(name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(quote(*USUAL[name], form="csv").out)))
    for side in told(*USUAL[name])["result"]["costs"]:
        mine = [row for row in rows if row["reading"] == side["reading"]]
        whole = Decimal(side["term_to_pay"]) + Decimal(side["voucher_used"] or 0)
        assert sum(Decimal(row["gross"]) for row in mine) == whole


def test_rows_and_chats_say_what_they_leave_out() -> None:
    done = run_cli("quote", *DEAL, "--note", "x", "-o", "csv", *TODAY)
    assert "supportcli: --voucher adds nothing to csv" in done.err
    assert "supportcli: --note adds nothing to csv" in done.err
    done = run_cli("quote", *ONE, "--current-plan", "premier", "-o", "csv", *TODAY)
    assert "--current-plan adds nothing to csv" in done.err
    assert (
        "--note adds nothing to chat"
        in run_cli("quote", *ONE, "--note", "x", "-o", "chat", *TODAY).err
    )


def test_an_account_is_no_formula_in_a_row() -> None:
    [row, *_] = csv.DictReader(io.StringIO(quote("--account", "@SUM(1)=5", form="csv").out))
    assert row["account"] == "'@SUM(1)"


@pytest.mark.parametrize("words", [ONE, DEAL])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_quote_for_a_chat(words: tuple[str, ...], code: str) -> None:
    lines = quote(*words, *NUMBERED, "--lang", code, form="chat").out.splitlines()
    assert len(lines) <= 8
    shown = "\n".join(lines)
    assert "Q-1" in shown
    assert {"en": "Valid until 2026-12-23", "zh": "2026 年 12 月 23 日"}[code] in shown


def test_that_a_plan_ends_within_the_term_is_said() -> None:
    """10 % of 5,000 in the one month that is left: 500."""
    page = quote(*USUAL["ending"], form="text").out
    assert (
        "Business ends on 2026-12-31, within the term; its successor is Business Support+. "
        "The amounts are until then."
    ) in page
    assert told(*USUAL["ending"])["result"]["costs"][0]["to_pay"]["term"] == "500.00"


def test_each_table_says_what_its_amounts_are_after() -> None:
    """List prices stand in one table alone, and are named there; of the others it is said below."""
    page = quote(*DEAL, form="text").out
    assert "All amounts but list prices are after the discount and with tax." in page
    assert "All amounts are" not in page
    after = "\nAfter the discount, with the tax, before the voucher.\n"
    assert page.count(after) == 3  # accounts, plans next to them, chart
    assert "\nTax is not included.\n" not in page
    page = quote(*ONE, form="text").out
    assert "\nTax is not included.\n" in page
    assert "before the voucher" not in page
    for flags, words in (
        (("--discount", "7折"), "All amounts but list prices are after the discount."),
        (("--tax", "added", "--tax-rate", "6%"), "All amounts but list prices are with tax."),
    ):
        assert words in quote(*ONE, *flags, form="text").out


def test_orders_are_a_part_of_the_spend() -> None:
    """120,000 and of 1,200,000 in a year what December has from its tenth on: 22 of 31 days."""
    page = quote(*ONE, "--order", "1200000 from 2026-12-10 for 12 months", form="text").out
    assert "¥190,967.74 (¥70,967.74 ordered) a month before discounts" in page
    assert "The spend includes orders of ¥1,200,000.00 at list price, spread " in page
    assert "and added" not in page


def test_what_the_next_plan_changes_is_told_of_each_account_that_it_changes_otherwise_for() -> None:
    """Without the ticket channel b loses none of its response times by ticket."""
    a, b = "a=30000,response=10m", "b=20000,response=10m"
    page = quote("--account", a, "--account", b, form="text").out
    steps = page.partition("One plan up")[2].partition("Fee a month")[0]
    assert "For a:" not in steps
    assert steps.count("You gain: a dedicated TAM") == 1
    page = quote("--account", a, "--account", f"{b},without-channel=ticket", form="text").out
    steps = page.partition("One plan up")[2].partition("Fee a month")[0]
    assert "a, b: Basic instead of Enterprise" in steps
    of_a, of_b = steps.partition("\nFor a:\n")[2].split("\nFor b:\n")
    assert of_a != of_b


def test_the_chart_has_the_quoted_plan_between_the_next_ones() -> None:
    """At 120,000: Basic is free, Enterprise 25,000 + 12,000, Premier 50,000 + 12,000."""
    page = quote(*ONE, form="text").out
    assert "\nFee a month against monthly spend, at most: " in page
    assert "- ¥120,000.00: Basic ¥0.00, Enterprise ¥37,000.00, Premier ¥62,000.00" in page
    page = quote(*ONE, form="html").out
    for name in ("Basic (does not meet the needs)", "Enterprise (in this quote)", "</b> Premier<"):
        assert name in page
    assert "you are here: ¥120,000.00" in page
    assert ">cheapest<" not in page  # of plans that do not all meet the needs


def test_the_chart_of_a_deal_says_whose_it_is() -> None:
    title = "Fee a month against monthly spend, at most: "
    assert f"\nAccount a, which costs most: {title}" in quote(*DEAL, form="text").out
    alone = quote("--account", "a=120000,response=10m", form="text").out
    assert f"\nAccount a: {title}" in alone
    assert title not in quote(*USUAL["growing"], form="text").out


def test_no_chart_of_one_plan_alone() -> None:
    """Of a line alone nobody sees anything; nor is there an advice to ask."""
    nothing: Any = None
    assert [*quoted_chart(nothing, [QuotedCurve(nothing, True, True)], None, nothing)] == []


def test_a_spend_that_changes_is_told_as_that_of_the_first_month() -> None:
    """25,000 + 10 % of 240,000 is 49,000 in the first month, and more in each that follows."""
    page = quote("--spend", "240000", "--growth", "3%/month", "--response", "10m", form="text").out
    assert "¥49,000.00 in the first month" in page
    assert "the spend of the first month; it changes" in page
    assert "¥49,000.00 a month" not in page


@pytest.mark.parametrize("needs", [(), ("--response", "10m")])
def test_an_unknown_spend_is_no_quote(needs: tuple[str, ...]) -> None:
    done = quote("--spend", "unknown", *needs)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "a quote is of one spend" in done.err


def test_a_quote_says_on_top_that_an_enterprise_has_its_highest_plan() -> None:
    """IBM: Premium's 10,000 a month for a, Basic for b; in an enterprise b has Premium too."""
    accounts = ("--account", "a=5000,response=15m", "--account", "b=3000")
    done = run_cli("quote", "--plans", "ibm-cloud", *accounts, *TODAY)
    top = " ".join(done.out.partition("What you get")[0].split())
    assert "$120,000.00" in top
    assert "In one enterprise all accounts have the highest plan, Premium;" in top
    alone = run_cli("quote", "--plans", "ibm-cloud", "--account", "a=5000,response=15m", *TODAY)
    assert "In one enterprise" not in alone.out
