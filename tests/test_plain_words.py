"""Lines that were hard to read: gaps, marks, names and sentences."""

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
