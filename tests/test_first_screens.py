"""The first screen of every shipped catalogue, case and language fits into a small terminal."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import DEFAULT, SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES
from supportcli.text_width import cell_width
from tests.runner import run_cli

DAY = ("--date", "2026-11-28")
FAST = (DEFAULT, "aws")
NAMES = [pytest.param(name, marks=[] if name in FAST else [pytest.mark.slow]) for name in SHIPPED]
MOST = {"60": (23, 59), "80": (22, 79), "100": (22, 99), "140": (22, 99)}
AGREED = ("--discount", "15%", "--tax", "added", "--tax-rate", "6%", "--voucher", "5000")
DEAL = ("--account", "prod=300000,response=1h,tam=yes", "--account", "test=20000")


def accounts(count: int) -> tuple[str, ...]:
    """More than the nine that a screen has at most."""
    return tuple(
        text
        for i in range(1, count + 1)
        for text in ("--account", f"a-long-account-name-{i}={i}0000")
    )


CASES = {
    "recommended": ("--spend", "120000", "--response", "1h"),
    "no need": ("--spend", "120000"),
    "none fits": ("--spend", "120000", "--response", "1m", "--tam", "--tickets", "5000"),
    "not known": ("--spend", "unknown", "--response", "1h"),
    "tam": ("--spend", "unknown", "--tam"),
    "range": ("--spend", "80000-2000000", "--response", "1h"),
    "tie": ("--spend", "600000", "--response", "10m"),
    "tax": ("--spend", "120000", "--response", "1h", *AGREED),
    "worst": (
        *("--spend", "1234567.89", "--response", "15m", "--tam", "--tickets", "40"),
        *("--months", "24", "--growth", "3%/month", *AGREED),
    ),
    "deal": (*DEAL, "--account", "dev=60000,response=2h"),
    "large deal": (*accounts(12), "--months", "24", *AGREED),
    "forty accounts": (*accounts(40), "--months", "24", *AGREED),
    "reading": ("--spend", "120000", "--reading", "LIKELY"),
    "renewal": ("--spend", "120000", "--response", "1h", "--current-plan", "HIGHEST"),
    "asked": ("--spend", "1234567.89", "--response", "1h", "--plan", "HIGHEST", *AGREED),
    "asked deal": (*DEAL, "--account", "dev=60000,response=2h", "--plan", "HIGHEST"),
    "renewed deal": (
        *("--account", "prod=300000,response=1h,tam=yes,current=HIGHEST"),
        *("--account", "test=80000-200000,current=HIGHEST", *AGREED),
    ),
}


def screen(name: str, case: str, *flags: str) -> list[str]:
    catalogue = load_catalogue(name)
    sold = [p.id for p in catalogue.plans if p.validity.valid_to is None and not p.apart]
    likely = catalogue.likeliest_reading
    arguments = (
        word.replace("LIKELY", likely).replace("HIGHEST", sold[-1]) for word in CASES[case]
    )
    done = run_cli("advise", *DAY, "--plans", name, *arguments, *flags)
    assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN), done.err
    assert len(done.err.splitlines()) <= 1
    return done.out.splitlines()


TRIED = [case for case in CASES if case != "forty accounts"]
SEEN = list(product(LANGUAGES, [("60", "140"), ("80", "100")]))
EVERY = list(product(SHIPPED, TRIED, SEEN))
"""Not by pairs: that every screen is short is what is promised."""


@pytest.mark.parametrize(
    ("name", "case", "seen"),
    [pytest.param(*row, marks=[] if row[0] in FAST else [pytest.mark.slow]) for row in EVERY],
)
def test_a_screen_has_few_and_short_lines(
    name: str, case: str, seen: tuple[str, tuple[str, ...]]
) -> None:
    """And names, no ids; and no letter of a width that terminals set differently in a column."""
    code, widths = seen
    for width in widths:
        lines, cells = MOST[width]
        found = screen(name, case, "--lang", code, "--width", width)
        assert len(found) <= lines
        assert max(map(cell_width, found)) <= cells
        assert ids_in(name, found) == []
        assert found[-2].endswith(("Bill prevails.", "以账单为准。"))
        if width == "80":
            assert {unicodedata.east_asian_width(each) for each in "".join(aligned(found))} & {
                "A"
            } == set()


def ids_in(name: str, lines: list[str]) -> list[str]:
    catalogue = load_catalogue(name)
    called = {catalogue.id, *(plan.id for plan in catalogue.plans if "-" in plan.id)}
    called |= {severity.id for severity in catalogue.severities if "-" in severity.id}
    return [each for each in called if re.search(rf"\b{each}\b", "\n".join(lines))]


def aligned(lines: list[str]) -> list[str]:
    """What stands in columns, with the lines of what it costs."""
    start = max(i for i, line in enumerate(lines) if not line)  # the small print
    table = [line for line in lines[:start] if line.startswith(("  ", "> "))]
    return [line for line in (*lines[1:3], *table) if not line.startswith("    ")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "width", "code"),
    [(name, *seen) for name, seen in product(SHIPPED, (("60", "zh"), ("80", "en")))],
)
def test_forty_accounts_fit_too(name: str, width: str, code: str) -> None:
    """Where a fee is shared they are more than are tried in every way."""
    found = screen(name, "forty accounts", "--lang", code, "--width", width)
    assert len(found) <= MOST[width][0]
    assert max(map(cell_width, found)) <= MOST[width][1]


def test_every_account_is_explained() -> None:
    """The first screen sums up those that cost less; the explanations have all of them."""
    first = screen("alibaba-cloud-cn", "forty accounts", "--width", "80")
    assert len(first) <= MOST["80"][0]
    assert sum("a-long-account" in line for line in first) <= 9
    whole = "\n".join(screen("alibaba-cloud-cn", "forty accounts", "--explain", "all"))
    assert all(f"a-long-account-name-{i}" in whole for i in range(1, 41))


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (
            ("--plans", "huawei-cloud-intl"),
            (
                "costs     each month 10% up to 135,000, 7% up to 450,000, 5% up to 900,000, 3%\n"
                "          above; at least 13,500, which is prepaid\n"
            ),
        ),
        (
            ("--plans", "aws", "--lang", "zh"),
            (
                "服务费    每月 29 与分段累进服务费取较高者：10,000 以内 9%，至 80,000 为 7%，\n"
                "          至 250,000 为 5%，以上 3%\n\n"
            ),
        ),
        (("--plans", "yandex-cloud"), "costs     $24 + 5% of spend a month\n\n"),
        (
            ("--plans", "scaleway", "--accounts", "2"),
            "from EUR 2,500 on 20% of spend a month (spend: of each account)\n",
        ),
    ],
)
def test_a_fee_in_brackets_is_told_in_its_published_words_where_no_spend_is_known(
    flags: tuple[str, ...], told: str
) -> None:
    """Two accounts of EUR 250 or 10% each are EUR 500 or 20% of the spend of one, in no source."""
    done = run_cli("advise", *DAY, "--spend", "unknown", "--response", "1h", *flags)
    assert told in done.out
