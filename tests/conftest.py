"""What several test modules share: golden files and the option that rewrites them."""

import datetime
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

if sys.platform == "win32":
    # They need the shell, the terminals or the signals of POSIX.
    collect_ignore = [
        *("test_questionnaire.py", "test_signals.py", "test_streams.py", "test_terminal_screens.py")
    ]

Golden = Callable[[str, str], None]

# Nothing hangs on how busy the machine is.
settings.register_profile("supportcli", deadline=None)
settings.load_profile("supportcli")

# A shell that starts the suite in the background, or nohup, has these ignored, and programs that
# the tests start would inherit that. Windows has not all of them.
NEEDED = ("SIGHUP", "SIGINT", "SIGQUIT")
for number in signal.Signals:
    if number.name in NEEDED and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the golden files, for review in the diff",
    )


UNMEASURED = frozenset(
    """deal_screens first_screens first_thresholds modes no_ids parity pollution streams""".split()
)
"""Modules whose slow tests run the program over and over: counting for coverage they take twice
as long, and other tests reach what they reach."""


SWEEPS = {
    "batch": ("test_other_files_are_read_alike", "test_other_forms_say_the_same"),
    "deal_screens": (),
    "first_screens": (),
    "impact": (),
    "no_ids": (),
    "out_again": ("test_a_workbook_read_again_says_the_same_amounts",),
    "questionnaire": (
        "test_a_few_answers_give_the_advice_and_the_line_that_repeats_it",
        "test_one_goes_back_to_the_former_answer_and_changes_it",
        "test_several_services_are_ticked",
        "test_a_key_after_the_answer_changes_one_thing",
        "test_a_question_fits_the_terminal_and_is_drawn_anew_in_another",
        "test_ctrl_d_after_text_and_odd_keys_do_no_harm",
    ),
}
"""Modules that try the program's words over and over, and their tests that try a library.

On other versions of the libraries only the latter are run.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        module = item.path.stem.removeprefix("test_")
        if item.get_closest_marker("slow") and module in UNMEASURED:
            item.add_marker("no_cover")
        if module in SWEEPS and item.name.split("[")[0] not in SWEEPS[module]:
            item.add_marker("sweep")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process where files are rewritten: several examples stand in one README."""
    return 0 if config.getoption("--update-golden") else None


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare text with tests/golden/NAME; --update-golden rewrites it for review in the diff."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.resolve().mkdir(parents=True, exist_ok=True)
            path.resolve().write_text(text, encoding="utf-8", newline="\n")
        assert text == path.resolve().read_text(encoding="utf-8")

    return check


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer changes when a shipped catalogue's review day is past."""
    monkeypatch.setattr("supportcli.cli.settings.local_day", lambda: datetime.date(2026, 11, 28))
