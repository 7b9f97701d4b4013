"""What a customer needs, as a value that is never changed in place."""

import pytest

from supportcli.advice.needs import Needs
from supportcli.advice.recommendation import recommend
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
