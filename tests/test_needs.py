"""What a customer needs, as a value that is never changed in place."""

from supportcli.advice.needs import Needs
from tests.builders import within


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
