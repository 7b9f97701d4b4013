"""A first-response target is said in the same words and the same order everywhere."""

import pytest

from supportcli.core.duration import Duration
from supportcli.core.plan import ServiceLevel
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.targets import level_words, marked, target_words
from tests.runner import TODAY, run_cli

TEN = Duration(10)
PHONE = Text({"en": "phone", "zh": "电话"})


def said(words: Message) -> str:
    return Language().say(words)


@pytest.mark.parametrize(
    ("limited", "assumed", "ending"),
    [
        (False, False, ""),
        (True, False, " (limited)"),
        (False, True, " (assumed)"),
        (True, True, " (limited) (assumed)"),
    ],
)
def test_what_a_target_hangs_on_stands_behind_it_in_one_order(
    limited: bool, assumed: bool, ending: str
) -> None:
    cite = Cite("S1", "")
    limit = "tickets" if limited else None
    level = ServiceLevel("phone", None, TEN, None, None, limit, None, cite, assumed)
    marks = {"limited": limited, "assumed": assumed}
    assert said(level_words(level)) == "< 10 min" + ending
    assert said(level_words(level, PHONE)) == "< 10 min, phone" + ending
    assert said(target_words(TEN, PHONE, **marks)) == "< 10 min, phone" + ending
    assert said(marked(Message("{target}", target=TEN), **marks)) == "10 min" + ending


@pytest.mark.parametrize("need", [(), ("--response", "10m"), ("--response", "5m")])
def test_the_fastest_first_response_is_shown_whatever_is_asked(need: tuple[str, ...]) -> None:
    """Business answers a ticket in 2 h and one with an urgent upgrade in 10 min, ten a month."""
    told = run_cli("advise", "--spend", "120000", *need, "--lang", "en", *TODAY).out
    [row] = [line for line in told.splitlines() if line.startswith("  Business ")]
    assert " 10 min " in row
