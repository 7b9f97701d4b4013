"""A first-response target is said in the same words and the same order everywhere."""

import pytest

from supportcli.core.duration import Duration
from supportcli.core.plan import ServiceLevel
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.targets import level_words, marked, target_words

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
