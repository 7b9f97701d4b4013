"""`--explain TOPIC`: one topic of an answer, the list of them, what refuses one."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from supportcli.core.money import Money
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import Language
from supportcli.outputs.document.topic_names import OF_BREAKEVEN, OF_DEAL, TOPICS
from tests.runner import TODAY, Done, run_cli

SPEND = ("--spend", "120000", "--response", "10m")
DEAL = ("--account", "prod=300000,response=10m", "--account", "test=20000")
OF_ONE = tuple(topic for topic in OF_DEAL if topic not in ("accounts", "all", "topics"))
MARKS = {
    "fees": "What each plan costs",
    "needs": "Price by response time",
    "readings": "How the fee rule can be read",
    "months": "Month by month",
    "sources": "Assumptions and open points",
    "whatif": "Instead of",
    "thresholds": "Fee a month against monthly spend",
}


def advise(*words: str, **surroundings: str) -> Done:
    return run_cli("advise", *words, *TODAY, environment=surroundings)


@pytest.mark.parametrize(
    "words",
    [
        (*SPEND, "--explain"),
        ("--explain", *SPEND),
        (*SPEND, "--explain", "--lang", "en"),
        (*SPEND, "--lang", "en", "--explain"),
        (*SPEND, "--explain=topics"),
        (*SPEND, "--explain", "topics"),
    ],
    ids=" ".join,
)
def test_the_flag_alone_lists_the_topics(words: tuple[str, ...]) -> None:
    done = advise(*words)
    assert (done.code, done.err) == (0, "")
    assert re.search("^--explain TOPIC .*\n.*\nfees ", done.out, re.MULTILINE)
    assert done.out.startswith("Recommended: Enterprise\n")


def test_the_flag_alone_before_a_form() -> None:
    done = run_cli("advise", *SPEND, *TODAY, "--explain", "-o", "text")
    assert "fees: What it tells each fee as published" in done.out


def test_the_list_names_the_three_topics_that_matter_for_this_answer() -> None:
    told = advise(*SPEND, "--explain", "-o", "text").out.partition("For this answer\n")[2]
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "- readings",
        "- needs",
        "- whatif",
    ]
    told = advise(*DEAL, "--explain", "-o", "text").out.partition("For this answer\n")[2]
    assert told.startswith("- accounts:")


@pytest.mark.parametrize("topic", OF_ONE)
def test_a_topic_stands_on_a_screen_of_its_own(topic: str) -> None:
    done = advise(*SPEND, "--explain", topic)
    assert done.out.startswith("Recommended: Enterprise\n")
    found = [one for one, title in MARKS.items() if title in done.out]
    assert found == [topic]
    assert "\nprobably  " not in done.out  # of the first screen


@pytest.mark.parametrize("code", ["en", "zh"])
def test_all_is_the_first_screen_and_every_topic(code: str) -> None:
    first = advise(*SPEND, "--lang", code).out
    whole = advise(*SPEND, "--lang", code, "--explain", "all").out
    assert whole.startswith(first.rstrip("\n"))
    for topic in OF_ONE:
        told = advise(*SPEND, "--lang", code, "--explain", f"{topic},all").out
        blocks = told.partition("\n")[2]
        assert blocks.strip("\n") in whole


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic.id in OF_ONE], ids=str)
def test_a_topic_goes_by_all_of_its_names(topic: object) -> None:
    assert isinstance(topic, type(TOPICS[0]))
    told = advise(*SPEND, "--explain", topic.id).out
    for name in (*topic.name.by_language.values(), *topic.aliases):
        assert advise(*SPEND, "--explain", name).out == told, name


@pytest.mark.parametrize("text", ["fees,needs", "fees needs", "费用，需求", "服务费、需求"])
def test_several_topics_are_told_in_the_order_asked_for(text: str) -> None:
    out = advise(*SPEND, "--explain", text).out
    assert 0 < out.index("What each plan costs") < out.index("Price by response time")


def test_a_topic_that_is_none_is_refused_with_what_was_meant() -> None:
    done = advise(*SPEND, "--explain", "fess")
    assert (done.code, done.out) == (2, "")
    assert done.err == "supportcli: --explain: 'fess' is no topic; did you mean fees?\n"
    known = ", ".join(topic.id for topic in TOPICS)
    done = advise(*SPEND, "--explain", "xyzzy")
    assert done.err == f"supportcli: --explain: 'xyzzy' is no topic; there are: {known}\n"


def test_accounts_is_a_topic_of_several_accounts() -> None:
    done = advise(*SPEND, "--explain", "accounts")
    assert done.code == 2
    assert "--explain: accounts is of several accounts; name them: --account prod=" in done.err
    out = advise(*DEAL, "--explain", "accounts").out
    assert "A plan for each of 2 accounts" in out
    assert "Together" in out


@pytest.mark.parametrize("topic", OF_ONE)
def test_a_deal_has_each_topic_of_each_account(topic: str) -> None:
    out = advise(*DEAL, "--explain", topic).out
    assert MARKS[topic].replace("each plan", "each account") in out
    assert "prod" in out
    assert "test" in out


def test_a_variable_and_a_configuration_file_say_it_for_all_runs(tmp_path: Path) -> None:
    fees = advise(*SPEND, "--explain", "fees").out
    assert advise(*SPEND, SUPPORTCLI_EXPLAIN="fees").out == fees
    assert advise(*SPEND, SUPPORTCLI_EXPLAIN="服务费").out == fees
    assert advise(*SPEND, SUPPORTCLI_EXPLAIN="yes").out == advise(*SPEND, "--explain").out
    assert advise(*SPEND, "--explain", "no", SUPPORTCLI_EXPLAIN="fees").out == advise(*SPEND).out
    (tmp_path / "supportcli").mkdir()
    (tmp_path / "supportcli" / "config.yaml").write_text("explain: fees\n")
    assert advise(*SPEND, XDG_CONFIG_HOME=str(tmp_path)).out == fees


@pytest.mark.parametrize("verb", ["batch in.csv", "plans list", "sql"])
def test_another_verb_refuses_it_by_name(verb: str) -> None:
    done = run_cli(*verb.split(), "--explain")
    assert done.code == 2
    assert (
        done.err
        == "supportcli: there is no flag --explain here; it belongs to: advise, breakeven\n"
    )


@pytest.mark.parametrize("topic", OF_BREAKEVEN)
def test_break_even_has_the_topics_that_need_no_spend(topic: str) -> None:
    done = run_cli("breakeven", "--response", "10m", "--explain", topic, *TODAY)
    assert (done.code, done.err) == (0, "")
    assert MARKS.get(topic, "--explain TOPIC") in done.out or topic == "all"
    assert ("\nnext " in done.out) is (topic == "all")


def test_break_even_refuses_the_others_by_name() -> None:
    done = run_cli("breakeven", "--explain", "months", *TODAY)
    known = ", ".join(OF_BREAKEVEN)
    assert done.code == 2
    assert done.err == f"supportcli: --explain: months is no topic here; there are: {known}\n"
    quiet = run_cli("breakeven", *TODAY, environment={"SUPPORTCLI_EXPLAIN": "months"})
    assert quiet.out == run_cli("breakeven", *TODAY).out


def test_markdown_has_the_first_screen_above_the_topic() -> None:
    out = advise(*SPEND, "--explain", "sources", "-o", "md").out
    assert out.startswith("# Recommended: Enterprise\n")
    assert "\n| Plan, CNY a year | at most |" in out
    assert "\n## Sources\n" in out
    assert "<https://www.alibabacloud.com/help/faq-detail/42471.htm>" in out


@pytest.mark.parametrize("topic", [*OF_ONE, "topics"])
@pytest.mark.parametrize("spend", ["120000", "unknown", "80000..200000"])
@pytest.mark.parametrize("plans", SHIPPED)
def test_every_topic_says_something_of_every_catalogue(plans: str, spend: str, topic: str) -> None:
    done = advise("--plans", plans, "--spend", spend, "--tam", "--explain", topic, "-o", "text")
    assert done.code in (0, 4)
    assert len(done.out.splitlines()) > 1


@pytest.mark.parametrize("spend", ["120000", "unknown"])
def test_a_fact_that_is_not_in_the_catalogue_is_never_shown_as_no(spend: str) -> None:
    """Business states no TAM and no price; what it costs and has is not known, not none."""
    out = advise("--spend", spend, "--explain", "fees,needs,all", "-o", "text").out
    [fees, service] = [line for line in out.splitlines() if line.startswith("Business: ")][::2][:2]
    assert "¥0" not in fees
    assert "unpriced" in fees
    assert "not recorded" in out.partition("All plans")[2].partition("\nEnterprise")[0]
    assert service


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_help_names_every_topic(code: str) -> None:
    text = "".join(run_cli("advise", "--help", "--lang", code).out.split())
    joined = "、".join if code == "zh" else ",".join
    named = (next(t for t in TOPICS if t.id == one).name for one in OF_ONE)
    assert joined(name.in_language(code) for name in named) in text


MOST = {("ibm-cloud", "thresholds"): 24}
"""Lines of the longest topic; of all others 23: the prompt then stands on the same screen."""


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_topic_fits_onto_a_screen(name: str, code: str) -> None:
    flags = ("--plans", name, "--lang", code, "--response", "1h")
    for topic in OF_ONE:
        lines = advise(*flags, "--spend", "120000", "--explain", topic, COLUMNS="80").out
        assert len(lines.splitlines()) <= MOST.get((name, topic), 23), topic


@pytest.mark.parametrize("name", ["alibaba-cloud-cn", "aws", "ibm-cloud", "huawei-cloud-intl"])
@pytest.mark.parametrize("needs", ["--spend 120000", "--spend unknown --response 10m"])
def test_a_topic_fits_onto_a_screen_whatever_was_asked(name: str, needs: str) -> None:
    for topic in OF_ONE:
        done = advise("--plans", name, *needs.split(), "--explain", topic, COLUMNS="80")
        assert len(done.out.splitlines()) <= MOST.get((name, topic), 23), topic


@pytest.mark.parametrize(
    ("topic", "short", "more"),
    [
        ("fees", "Premier", "Each fee as published"),
        ("needs", "Premier, met", "First-response targets"),
        ("readings", "Floor reading", "Flat reading"),
        ("sources", "page on Alibaba Cloud's", "Worked by hand"),
        ("whatif", "You would gain: a dedicated TAM", "Zhuoyue"),
        ("thresholds", "Fee a month against monthly spend", "Each fee as a rule"),
    ],
)
def test_a_topic_is_told_in_short_and_with_all_in_full(topic: str, short: str, more: str) -> None:
    told = advise(*SPEND, "--explain", topic).out
    assert told.endswith(f"In short; all of it: --explain {topic},all\n")
    assert short in told
    assert more not in told
    for text in (f"{topic},all", f"全部 {topic}"):
        full = advise(*SPEND, "--explain", text).out
        assert more in full
        assert "In short" not in full
        assert full.startswith("Recommended: Enterprise\n")
        assert "\nprobably  " not in full  # of the first screen


def test_what_is_told_whole_says_nothing_of_more() -> None:
    assert "In short" not in advise(*SPEND, "--explain", "months").out
    out = advise(*DEAL, "--explain", "fees,months").out
    assert out.count("In short; all of it: --explain fees,all") == 1


def test_where_no_spend_is_known_the_next_plan_is_that_of_the_next_tier() -> None:
    flags = ("--plans", "aws", "--spend", "unknown", "--response", "1h", "--explain", "whatif")
    told = advise(*flags, "-o", "text").out.partition("Instead of Business Support+\n")[2]
    assert told.startswith("- Enterprise Support: fits too")


def test_of_accounts_that_rest_on_the_same_it_is_told_once() -> None:
    accounts = (*DEAL, "--account", "dev=60000")
    out = advise(*accounts, "--explain", "sources").out
    assert out.count("Our own judgement (assumed)") == 1
    assert ' • prod: The source says "prepaid + postpaid"' in out
    out = advise(*accounts, "--explain", "months").out
    assert out.count("\ntest, dev: Basic costs nothing in any month.") == 1
    assert out.count("Month by month: ") == 1
    assert "Month by month: Enterprise (prod)" in out


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_fee_of_every_plan_is_told_in_short_too(name: str, code: str) -> None:
    """Those that are free or without a known price in a line, the others in the table."""
    flags = ("--plans", name, "--spend", "120000", "--lang", code, *TODAY)
    found = json.loads(run_cli("advise", *flags, "-o", "json").out)["result"]["plans"]
    plans = load_catalogue(name).plans
    out = run_cli("advise", *flags, "--explain", "fees", environment={"COLUMNS": "80"}).out
    told = out.partition("\n\n")[0]
    for plan in found:
        [short] = [each.short_name for each in plans if each.id == plan["id"]]
        assert short.in_language(code).split()[-1] in told


def test_free_and_unpriced_plans_share_a_line() -> None:
    out = advise("--spend", "120000", "--response", "10m", "--explain", "fees").out
    assert "\nBasic: free. Business, Zhuoyue: unpriced.\n" in out
    rows = re.findall("^>? ?([A-Z][a-z]+.*?)  +[0-9,]+  +[0-9,]+$", out, re.MULTILINE)
    assert rows == ["Enterprise (trial)", "Enterprise", "Premier"]
    free = advise("--spend", "120000", "--explain", "fees", "--lang", "zh").out
    assert "\n商业级、卓越级：待询。\n" in free


def test_a_free_plan_has_no_sum() -> None:
    told = advise("--spend", "5", "--explain", "fees").out.partition("How the fee")[2]
    assert told.startswith(" comes about: Basic\n • free (the fee table calls the plan 基础级) [")
    assert "¥" not in told


def test_of_accounts_alike_spends_and_rules_say_that_they_are_of_one() -> None:
    """3 x (50,000 + 10% of 350,000) = 255,000 stand beside the spend of one of them."""
    alike = ("advise", *TODAY, "--spend", "350000", "--tam", "--accounts", "3", "-o", "text")
    every = run_cli(*alike, "--explain", "all").out
    assert "each of 12: Spend of each 350,000; Fee 255,000" in every
    assert "+10%: Monthly spend of each, CNY 385,000" in every
    assert "Each fee as a rule, of one account, list prices: prepaid and postpaid add up" in every
    one = ("advise", *TODAY, "--spend", "350000", "--tam", "-o", "text", "--explain", "all")
    assert "Each fee as a rule: prepaid and postpaid add up" in run_cli(*one).out
    after = run_cli(*one, "--discount", "7折").out
    assert "Each fee as a rule, list prices: prepaid and postpaid add up" in after


def test_thresholds_where_one_is_below_and_plans_cost_the_same_have_a_screen_too() -> None:
    """The headline has the spend and the plan already."""
    asked = ("--plans", "ibm-cloud", "--response", "1h", "--spend", "120000")
    told = run_cli("breakeven", *asked, "--explain", "thresholds", "--width", "80", *TODAY).out
    assert len(told.splitlines()) <= 23
    assert "The threshold below, $100,000, is $20,000 away." in told
    assert told.startswith("Cheapest at $120,000 a month: Premium")


@pytest.mark.parametrize(
    ("amount", "currency", "screen", "document"),
    [
        ("300000.00", "CNY", "¥300,000", "¥300,000.00"),
        ("-0.50", "CNY", "-¥0.50", "-¥0.50"),
        ("0.00", "USD", "$0", "$0.00"),
        ("1500", "JPY", "¥1,500", "¥1,500"),
        ("333.2267", "USD", "$333.2267", "$333.2267"),
    ],
)
def test_screens_leave_out_cents_that_are_0_and_documents_have_them(
    amount: str, currency: str, screen: str, document: str
) -> None:
    money, language = Money(Decimal(amount), currency), Language()
    assert language.without_cents().text(money) == screen
    assert language.text(money) == document


def test_screens_leave_out_cents_that_are_0_in_every_sentence() -> None:
    # 12 x (25,000 + 12,000) is 444,000; no amount of it has cents
    flags = ("--spend", "120000", "--response", "10m")
    explained = run_cli("advise", *flags, "--explain", "all", "-o", "text")
    assert "¥444,000 a year" in explained.out
    assert ".00" not in explained.out + explained.err
    page = run_cli("quote", *flags, "-o", "md").out
    assert "¥444,000.00, ¥37,000.00 a month" in page
    reasons = json.loads(run_cli("advise", *flags, "-o", "json").out)["result"]["reasons"]
    assert any("¥300,000.00" in words for words in reasons)
