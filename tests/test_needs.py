"""What a customer needs, as a value that is never changed in place."""

from fractions import Fraction

import pytest

from supportcli.advice.recommendation import recommend
from supportcli.advice.usage import Usage
from supportcli.core.plan import Tam
from supportcli.errors import SupportCliError, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.need import Need
from supportcli.needs.registry import IN_QUESTIONS, KINDS, Needs
from supportcli.needs.response import ResponseNeed
from supportcli.needs.tam import TamNeed
from supportcli.needs.tickets import TicketsNeed
from tests.builders import every_month, shipped, within
from tests.conftest import Golden
from tests.runner import TODAY, run_cli


def test_nothing_is_needed_unless_said() -> None:
    assert Needs() == Needs(response=(), tam=None, tickets=None, without_channels=frozenset())


def test_with_a_tam_besides() -> None:
    needs = Needs(response=(within("10m"),), tickets=3)
    expected = Needs(response=(within("10m"),), tam=True, tickets=3)
    assert needs.with_need(TamNeed(Tam.DEDICATED)) == expected
    assert needs.tam is None


def test_without_one_channel_more() -> None:
    needs = Needs(without_channels=frozenset({"phone"}))
    assert needs.with_need(ChannelNeed("group")).without_channels == {"phone", "group"}
    assert needs.without_channels == {"phone"}


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (within("2h"), (within("8h", "question"), within("2h"))),
        (within("1h", "question"), (within("10m"), within("1h", "question"))),
        (within("1h", "other"), (within("10m"), within("8h", "question"), within("1h", "other"))),
    ],
)
def test_with_another_response_time(need: ResponseNeed, expected: tuple[ResponseNeed, ...]) -> None:
    needs = Needs(response=(within("10m"), within("8h", "question")), tam=True)
    assert needs.with_need(need) == Needs(response=expected, tam=True)
    assert needs.response == (within("10m"), within("8h", "question"))


TEN = (within("10m"),)
ALL = Needs(TEN, True, 3, {"phone", "group"}, "gold")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (ALL.with_need(TicketsNeed(4)), Needs(TEN, True, 4, {"phone", "group"}, "gold")),
        (ALL.without(TicketsNeed(3)), Needs(TEN, True, None, {"phone", "group"}, "gold")),
        (ALL.without(TicketsNeed(9)), Needs(TEN, True, None, {"phone", "group"}, "gold")),
        (ALL.with_need(TamNeed(Tam.DEDICATED)), ALL),
        (
            ALL.without(TamNeed(Tam.DEDICATED), TamNeed(None)),
            Needs(TEN, False, 3, {"phone", "group"}, "gold"),
        ),
        (ALL.without(within("10m")), Needs((), True, 3, {"phone", "group"}, "gold")),
        (ALL.without(ChannelNeed("phone")), Needs(TEN, True, 3, {"group"}, "gold")),
        (ALL.without(ChannelNeed("ticket")), ALL),
        (ALL.with_need(ChannelNeed("phone")), ALL),
        (
            ALL.with_need(ChannelNeed("ticket")),
            Needs(TEN, True, 3, {"phone", "group", "ticket"}, "gold"),
        ),
    ],
)
def test_one_answer_changed_and_the_others_kept(changed: Needs, expected: Needs) -> None:
    assert changed == expected


def test_needs_are_shown_as_the_call_that_makes_them() -> None:
    channels = "without_channels=['group', 'phone']"
    assert (
        repr(ALL)
        == f"Needs(response=['down=10m'], tam=True, tickets=3, {channels}, current_plan='gold')"
    )
    assert repr(Needs()) == "Needs()"


def test_the_order_of_the_questions_holds_every_kind() -> None:
    assert {*IN_QUESTIONS} == {*KINDS}
    assert len(IN_QUESTIONS) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.field)
def test_a_kind_says_everything_of_itself(kind: type[Need]) -> None:
    """The methods are a matter of types; these are values."""
    names = ("field", "repeated", "switch", "short", "column", "aliases", "row")
    assert all(name in vars(kind) for name in names)
    assert bool(kind.column) is bool(kind.aliases) is bool(kind.row)


@pytest.mark.parametrize("verb", ["advise", "batch", "sql", "breakeven"])
def test_every_need_has_a_flag_in_every_verb_that_takes_needs(verb: str) -> None:
    shown = run_cli(verb, "--help").out
    for kind in KINDS:
        for name in {kind.field, *kind.short} - {"unsure_tam"}:  # which repeats an answer
            assert f"--{name.replace('_', '-')} " in shown.replace(",", " ").replace("/", " ")


@pytest.mark.parametrize("form", ["table", "text", "json"])
@pytest.mark.parametrize("name", SHIPPED)
def test_all_needs_at_once_have_an_answer_in_every_form(name: str, form: str) -> None:
    """Each kind speaks of every plan here, met, not met, assumed or not recorded."""
    every = ("--response", "2h", "--named-tam", "--tickets", "40", "--hours", "24x7")
    services = [flag for each in load_catalogue(name).services for flag in ("--service", each.id)]
    done = run_cli("advise", "--plans", name, "--spend", "12万", *every, *services, "-o", form)
    assert done.code in (0, 4), done.err
    assert done.out


def test_tickets_are_what_can_be() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        TicketsNeed(-1)


def test_needs_that_contradict_themselves_cannot_be_made() -> None:
    with pytest.raises(SupportCliError, match="'-1' is not a whole number"):
        Needs(tickets=-1)
    with pytest.raises(SupportCliError, match="one response time"):
        Needs(response=(within("1h"), within("2h")))
    with pytest.raises(SupportCliError, match="'none' contradicts what stands beside it"):
        Needs(response=("1h", "none"))


@pytest.mark.parametrize(
    "flags",
    [
        ("--service", "hotline", "--service", "none"),
        ("--service", "热线电话、无"),
        ("--response", "1h,none"),
        ("--without-channel", "none", "--without-channel", "hotline"),
    ],
)
def test_nothing_beside_something_is_refused(flags: tuple[str, ...]) -> None:
    done = run_cli("advise", "--spend", "12万", *flags)
    assert done.code == 2
    assert "contradicts what stands beside it; leave it out" in done.err


def test_a_quantity_that_no_catalogue_has_is_refused_by_the_library() -> None:
    usage = Usage.level("120000", "2026-12", quantities={"seats": Fraction(3)})
    with pytest.raises(SupportCliError, match="'seats'"):
        recommend(load_catalogue("alibaba-cloud-cn"), Needs(), usage)


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


SCREENS = {
    "service": (
        "--service=key-moment-assurance",
        "--service=hotline",
        "--spend=120000",
        "--response=10m",
    ),
    "hours": ("--hours=24x7", "--plans=aws", "--spend=5000"),
    "named-tam": ("--named-tam", "--plans=google-cloud", "--spend=20000"),
    "tickets": ("--tickets=40", "--response=10m", "--spend=120000"),
}
"""The newer needs, and tickets against a limit that counts them."""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, code: str, golden: Golden) -> None:
    done = run_cli("advise", *SCREENS[name], *TODAY, "--lang", code, "--width", "100")
    golden(f"need-{name}.{code}.txt", done.out)
