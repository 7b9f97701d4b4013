"""Lines that were hard to read: gaps, marks, names and sentences."""

from pathlib import Path

from tests.runner import run_cli

DAY = ("--date", "2026-11-28")


def advise(*flags: str) -> str:
    return run_cli("advise", *DAY, *flags, "-o", "text").out


def screen(*flags: str) -> str:
    return run_cli("advise", *DAY, *flags, "--width", "120").out


def test_an_amount_beside_a_span_begins_where_the_span_begins() -> None:
    """Premier: 50,000 at least; 10% of 30,000 and of 100,000 added: 53,000 and 60,000."""
    lines = screen("--spend", "30000..100000", "--tam").splitlines()
    (most,) = (line for line in lines if line.startswith("at most "))
    (likely,) = (line for line in lines if line.startswith("probably "))
    assert most.index("¥53,000..¥60,000 a month") == likely.index("¥50,000 a month")
    assert most.index("¥636,000") == likely.index("¥600,000")


def test_plans_that_cost_the_same_are_told_so_and_the_chart_names_its_reading() -> None:
    """Premier and Enterprise are both 10% of spend from 50,000 / 10% = 500,000 on."""
    told = screen("--spend", "100000", "--explain", "thresholds")
    assert "Enterprise; from ¥500,000 on Premier = Enterprise." in " ".join(told.split())
    assert "Fee a month against monthly spend, probably: prepaid counts" in told


def test_the_mark_of_a_row_is_one_cell_wide_in_every_terminal() -> None:
    for topic in ("fees", "readings"):
        told = screen("--spend", "100000", "--tam", "--explain", topic)
        assert "\n> " in told
        assert "▶" not in told


def test_a_month_in_part_and_fees_for_one_run_are_told_in_few_words() -> None:
    told = screen("--spend", "100000", "--response", "10m", "--start", "2026-12-15")
    assert "Part months: the spend that counts by days." in told
    supposed = screen("--spend", "100000", "--what-if", "fees +5%")
    assert "For this answer only; the catalogue is unchanged." in " ".join(supposed.split())


def test_of_plans_without_a_price_it_is_not_said_that_none_fits() -> None:
    """Business and Enterprise answer within 15 minutes; only their price is not recorded."""
    asked = ("--plans", "aiven", "--response", "1h")
    for form in ("text", "chat"):
        one = run_cli("advise", *DAY, *asked, "--spend", "120000", "-o", form).out
        assert "No plan with a known price fits all of these needs" in one
        two = ("--account", "a=120000", "--account", "b=unknown")
        both = run_cli("advise", *DAY, *asked, *two, "-o", form).out
        assert "No plan with a known price fits any of 2 accounts" in both
    assert "No plan fits all of these needs" in advise(
        "--plans", "aiven", "--response", "1m", "--spend", "120000"
    )


def test_a_deal_with_an_unknown_spend_is_told_in_whole_sentences() -> None:
    two = ("--account", "a=unknown", "--account", "b=50000")
    assert "2 accounts, spend not known of 1; 12 months" in advise(*two)
    assert "2 个账号，其中 1 个账号月消费未知；" in advise(*two, "--lang", "zh")
    told = run_cli("advise", *DAY, *two, "-o", "chat").out
    assert "a (spend not known), b (¥50,000 a month)" in told
    alone = advise("--account", "a=unknown", "--lang", "zh")
    assert "其中" not in alone
    assert "月消费未知；自 2026 年" in alone


def test_beside_a_plan_without_a_price_the_amounts_of_the_others_are_explained() -> None:
    """Their prices are of the third-party copy, and their two columns are two readings."""
    for plan in ("zhuoyue", "Business"):
        told = screen("--plan", plan, "--spend", "100000")
        assert "1 Does prepaid count towards postpaid?" in told
        assert "2 What does" in told
        assert "ask 2" in told
        assert "Prices: third-party copy, undated." in told


def test_the_readings_that_a_difference_names_are_explained(tmp_path: Path) -> None:
    shipped = Path("plans.yaml").read_text(encoding="utf-8")
    changed = tmp_path / "new.yaml"
    changed.write_text(shipped.replace("50000", "52000"), encoding="utf-8")
    told = run_cli("plans", "diff", "plans.yaml", str(changed)).out
    assert told.count("Readings of the fee rule:") == 1
    assert "Flat reading (only the prepaid part is charged)." in told
    same = run_cli("plans", "diff", "plans.yaml", "plans.yaml").out
    assert "Readings of the fee rule" not in same


def test_a_mark_that_stands_alone_is_explained_too() -> None:
    """Of Zhuoyue neither response nor TAM is known; nothing else of this answer is assumed."""
    told = screen("--spend", "100000", "--tam", "--plans", "alibaba-cloud-cn")
    assert "  ?  " in told
    assert "? unsure." in told
