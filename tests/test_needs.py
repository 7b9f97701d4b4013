"""What a customer needs, as a value that is never changed in place."""

from dataclasses import replace

import pytest

from supportcli.advice.needs import Needs, ResponseNeed
from supportcli.advice.recommendation import recommend
from supportcli.core.duration import parse_duration
from supportcli.errors import UsageError
from tests.builders import every_month, shipped, within


def test_nothing_is_needed_unless_said() -> None:
    assert Needs() == Needs(response=(), tam=None, tickets=None, without_channels=frozenset())


def test_with_a_tam_besides() -> None:
    needs = Needs(response=(within("10m"),), tickets=3)
    assert needs.with_tam() == Needs(response=(within("10m"),), tam=True, tickets=3)
    assert needs.tam is None


def test_without_one_channel_more() -> None:
    needs = Needs(without_channels=frozenset({"phone"}))
    assert needs.without_channel("group").without_channels == {"phone", "group"}
    assert needs.without_channels == {"phone"}


@pytest.mark.parametrize(
    ("severity", "time", "expected"),
    [
        ("down", "2h", (within("8h", "question"), within("2h"))),
        ("down", None, (within("8h", "question"),)),
        ("question", "1h", (within("10m"), within("1h", "question"))),
        ("other", "1h", (within("10m"), within("8h", "question"), within("1h", "other"))),
        ("other", None, (within("10m"), within("8h", "question"))),
    ],
)
def test_with_another_response_time(
    severity: str, time: str | None, expected: tuple[ResponseNeed, ...]
) -> None:
    needs = Needs(response=(within("10m"), within("8h", "question")), tam=True)
    wanted = None if time is None else parse_duration(time)
    assert needs.with_response(severity, wanted) == Needs(response=expected, tam=True)
    assert needs.response == (within("10m"), within("8h", "question"))


ALL = Needs((within("10m"),), True, 3, frozenset({"phone", "group"}), "gold")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (ALL.with_tickets(4), replace(ALL, tickets=4)),
        (ALL.with_tickets(0), replace(ALL, tickets=0)),
        (ALL.with_tickets(None), replace(ALL, tickets=None)),
        (ALL.with_tam(), ALL),
        (ALL.without_tam(), replace(ALL, tam=False)),
        (Needs().without_tam(), Needs(tam=False)),
        (ALL.with_channel("phone"), replace(ALL, without_channels=frozenset({"group"}))),
        (ALL.with_channel("ticket"), ALL),
        (ALL.without_channel("phone"), ALL),
        (
            ALL.without_channel("ticket"),
            replace(ALL, without_channels=frozenset({"phone", "group", "ticket"})),
        ),
    ],
)
def test_one_answer_changed_and_the_others_kept(changed: Needs, expected: Needs) -> None:
    assert changed == expected


def test_tickets_are_changed_to_what_can_be() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        ALL.with_tickets(-1)


def test_needs_that_contradict_themselves_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Needs(tickets=-1)
    with pytest.raises(ValueError, match="one response time"):
        Needs(response=(within("1h"), within("2h")))


@pytest.mark.parametrize(
    ("needs", "reading", "words"),
    [
        (Needs(response=(within("1h", "fire"),)), None, "there is no severity 'fire'"),
        (Needs(without_channels=frozenset({"fax"})), None, "there is no channel 'fax'"),
        (Needs(), "nope", "there is no reading 'nope'"),
    ],
)
def test_an_id_that_the_catalogue_lacks_is_refused(
    needs: Needs, reading: str | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        recommend(shipped(), needs, every_month("1"), reading)
