"""Two plans side by side: what is gained, what is lost, and what nobody says."""

from collections.abc import Iterable

import pytest

from supportcli.advice.contrast import Contrast, contrast
from supportcli.advice.recommendation import recommend
from supportcli.core.catalogue import ContentItem
from supportcli.core.plan import Plan, ServiceLevel, Tam, Unstated
from supportcli.needs.registry import Needs
from tests.builders import (
    CITE,
    LEVEL_CITE,
    catalogue,
    every_month,
    flat,
    level,
    limit,
    plan,
    share,
    text,
)

URGENT = limit("urgent", 10, "10 urgent upgrades a month")
WITHOUT_TICKETS = Needs(without_channels=frozenset({"ticket"}))
NO_NEEDS = Needs()

Levels = list[ServiceLevel]


def held(left: Plan, right: Plan, needs: Needs = NO_NEEDS) -> Contrast:
    """What taking the left plan instead of the right one changes."""
    advice = recommend(catalogue(left, right), needs, every_month("100"))
    by_id = {entry.plan.id: entry for entry in advice.plans}
    return contrast(advice, by_id["left"], by_id["right"])


def left(*levels: ServiceLevel) -> Plan:
    return plan("left", 1, flat("1"), levels=levels)


def right(*levels: ServiceLevel) -> Plan:
    return plan("right", 2, flat("2"), levels=levels)


def words(messages: Iterable[object]) -> list[str]:
    return list(map(str, messages))


def down(target: str, channel: str = "ticket", within: str | None = None) -> ServiceLevel:
    return level(target, channel, "down", within)


def said(rest: str, severity: str = "down") -> str:
    told, _, more = rest.partition(" (for ")
    targets = "targets" if "instead" in rest else "target"
    whole = f'first response to "{severity}" within {told} ({targets})'
    return f"{whole} (for {more}" if more else whole


def test_the_difference_in_money_goes_both_ways() -> None:
    """50 + 10 % of 100 is 60 a month, and 40: 12 x 20 a year."""
    dear, cheap = plan("left", 1, share("10", "50")), plan("right", 2, flat("40"))
    assert str(held(dear, cheap).extra) == "CNY 240.00"
    dear, cheap = dear._replace(id="right", tier=2), cheap._replace(id="left", tier=1)
    assert str(held(cheap, dear).extra) == "CNY -240.00"
    assert held(plan("left", 1), right()).extra is None


@pytest.mark.parametrize(
    ("mine", "its", "gained", "lost"),
    [
        pytest.param([level("1h")], [level("1h")], [], [], id="alike"),
        pytest.param([], [], [], [], id="no target on either side"),
        pytest.param([down("10m")], [], [said("10m")], [], id="no target on the other"),
        pytest.param(
            [down("10m"), level("4h", severity="question")],
            [level("2h")],
            [said("10m instead of 2h")],
            [said("4h instead of 2h", "question")],
            id="gains and loses",
        ),
        pytest.param(
            [down("1bh")], [down("1h")], [], [said("1bh instead of 1h")], id="business hours"
        ),
        pytest.param(
            [down("1h")],
            [down("8bh")],
            [said("1h instead of 8bh")],
            [],
            id="an hour of the day is over before eight business hours are",
        ),
        pytest.param(
            [down("8h")],
            [down("1bh")],
            [],
            [],
            id="around the clock: nobody can say which is sooner",
        ),
        pytest.param(
            [down("2h"), down("1h", "phone")],
            [down("90m")],
            [said("1h instead of 90m")],
            [],
            id="by any channel",
        ),
    ],
)
def test_the_fastest_target_counts(
    mine: Levels, its: Levels, gained: list[str], lost: list[str]
) -> None:
    found = held(left(*mine), right(*its))
    assert (words(found.gains), words(found.losses)) == (gained, lost)


@pytest.mark.parametrize(
    ("mine", "its", "gained"),
    [
        pytest.param(
            [down("1h")],
            [down("2h"), down("10m", "group", "urgent")],
            ["1h instead of 2h (10m within a limit)"],
            id="the other is faster within a limit",
        ),
        pytest.param(
            [down("1h")],
            [down("2h"), down("30m", "group", "urgent"), down("10m", "ticket", "urgent")],
            ["1h instead of 2h (10m within a limit)"],
            id="the fastest within a limit",
        ),
        pytest.param(
            [down("1h")],
            [down("2h"), level("10m", "group", None, "urgent")],
            ["1h instead of 2h (10m within a limit)"],
            id="within a limit for every severity",
        ),
        pytest.param(
            [down("1h")],
            [down("2h"), level("10m", "group", "question", "urgent")],
            ["1h instead of 2h"],
            id="within a limit for another severity",
        ),
        pytest.param(
            [down("1h")],
            [down("2h"), down("2h", "group", "urgent"), down("1bh", "group", "urgent")],
            ["1h instead of 2h"],
            id="no faster within a limit",
        ),
        pytest.param(
            [down("10m", "group", "urgent")],
            [down("2h")],
            ["10m (limited) instead of 2h"],
            id="only within a limit",
        ),
        pytest.param(
            [down("10m")],
            [down("2h", "group", "urgent")],
            ["10m instead of 2h (limited)"],
            id="the other only within a limit",
        ),
    ],
)
def test_a_target_within_a_limit_is_told_as_one(
    mine: Levels, its: Levels, gained: list[str]
) -> None:
    one, other = left(*mine)._replace(limits=(URGENT,)), right(*its)._replace(limits=(URGENT,))
    gains = words(held(one, other).gains)
    assert [each for each in gains if '"down"' in each] == list(map(said, gained))


@pytest.mark.parametrize(
    ("mine", "its", "gained", "lost"),
    [
        pytest.param(
            [down("4h"), down("10m", "group", "urgent")],
            [down("2h")],
            [],
            ["4h (10m within a limit) instead of 2h"],
            id="the usual target is worse",
        ),
        pytest.param(
            [down("2h")],
            [down("4h"), down("10m", "group", "urgent")],
            ["2h instead of 4h (10m within a limit)"],
            [],
            id="the same from the other side",
        ),
        pytest.param(
            [down("2h"), down("10m", "group", "urgent")],
            [down("2h")],
            ["10m (limited) instead of 2h"],
            [],
            id="the usual target is alike",
        ),
        pytest.param(
            [down("2h")],
            [down("2h"), down("10m", "group", "urgent")],
            [],
            ["2h instead of 10m (limited)"],
            id="the usual target is alike, and the limited one is lost",
        ),
        pytest.param(
            [down("2bh"), down("10m", "group", "urgent")],
            [down("8h")],
            ["10m (limited) instead of 8h"],
            [],
            id="nobody can say which usual target is worse",
        ),
    ],
)
def test_a_target_within_a_limit_makes_up_for_no_worse_usual_one(
    mine: Levels, its: Levels, gained: list[str], lost: list[str]
) -> None:
    one, other = left(*mine)._replace(limits=(URGENT,)), right(*its)._replace(limits=(URGENT,))
    found = held(one, other)
    assert words(found.gains) == list(map(said, gained))
    assert words(found.losses) == list(map(said, lost))


def test_a_target_within_a_limit_by_a_channel_that_cannot_be_used_is_not_told() -> None:
    other = right(down("2h"), down("10m", "group", "urgent"))
    needs = Needs(without_channels=frozenset({"group"}))
    assert words(held(left(down("1h")), other, needs).gains) == [said("1h instead of 2h")]


def test_what_is_assumed_is_said() -> None:
    sure = plan("left", 1, flat("1"), levels=[down("10m")], tam=Tam.DEDICATED)
    guess = plan(
        "left",
        1,
        flat("1"),
        levels=[down("10m", within="urgent")],
        limits=[URGENT],
        tam=Tam.DEDICATED,
        like="right",
    )
    assert words(held(guess, right(down("2h"))).gains) == [
        said("10m (limited) (assumed) instead of 2h"),
        "a dedicated TAM (assumed)",
    ]
    guessed = plan("right", 2, flat("2"), levels=[down("2h")], like="left")
    assert words(held(sure, guessed).gains) == [
        said("10m instead of 2h (assumed)"),
        "a dedicated TAM",
    ]


@pytest.mark.parametrize(
    ("channels", "unstated", "needs", "gained"),
    [
        ({"ticket": True, "group": False}, [], NO_NEEDS, "10m"),
        ({"ticket": True}, [], NO_NEEDS, "10m (for Right: not recorded)"),
        ({"group": False}, [], WITHOUT_TICKETS, "1h"),  # what cannot be used does not matter
        ({"ticket": True, "group": True}, ["down"], NO_NEEDS, "10m (for Right: not recorded)"),
        ({"ticket": True, "group": True}, [None], NO_NEEDS, "10m (for Right: not recorded)"),
        ({"ticket": True, "group": True}, ["question"], NO_NEEDS, "10m"),
        ({"ticket": True, "group": True}, ["down"], WITHOUT_TICKETS, "1h"),
    ],
)
def test_a_target_that_is_not_stated_is_not_taken_for_none(
    channels: dict[str, bool], unstated: list[str | None], needs: Needs, gained: str
) -> None:
    """The other plan has no target; whether its tickets, or a channel never named, have one..."""
    other = plan("right", 2, flat("2"), channels=channels)._replace(
        unstated=tuple(Unstated("ticket", severity, LEVEL_CITE) for severity in unstated)
    )
    found = held(left(down("10m"), down("1h", "group")), other, needs)
    assert words(found.gains) == [said(gained)]
    assert found.losses == ()


def test_only_channels_that_can_be_used_count() -> None:
    """Tickets are faster here, the group there; without tickets there is nothing here."""
    mine, its = left(down("10m"), down("4h", "group")), right(down("2h"), down("1h", "group"))
    found = held(mine, its)
    assert (words(found.gains), words(found.losses)) == ([said("10m instead of 1h")], [])
    found = held(mine, its, WITHOUT_TICKETS)
    assert (words(found.gains), words(found.losses)) == ([], [said("4h instead of 1h")])
    found = held(left(down("10m")), its, WITHOUT_TICKETS)
    assert (words(found.gains), words(found.losses)) == ([], [said("1h")])


@pytest.mark.parametrize(
    ("mine", "its", "gained"),
    [
        (Tam.DEDICATED, Tam.NONE, ["a dedicated TAM"]),
        (Tam.DEDICATED, Tam.ADD_ON, ["a dedicated TAM"]),
        (Tam.DEDICATED, Tam.POOL, ["a dedicated TAM"]),
        (Tam.DEDICATED, Tam.UNKNOWN, ["a dedicated TAM (for Right: not recorded)"]),
        (Tam.DEDICATED, Tam.DEDICATED, []),
        (Tam.POOL, Tam.NONE, []),
        (Tam.UNKNOWN, Tam.NONE, []),
    ],
)
def test_a_dedicated_tam_is_a_difference(mine: Tam, its: Tam, gained: list[str]) -> None:
    found = held(plan("left", 1, flat("1"), tam=mine), plan("right", 2, flat("2"), tam=its))
    assert words(found.gains) == gained


def test_a_source_that_contradicts_itself_on_the_other_plan_is_told_both_ways() -> None:
    """Whether Right has none is in doubt; so is what is gained, or lost, by the other one."""
    one, other = plan("left", 1, flat("1"), tam=Tam.DEDICATED), right()
    other = other._replace(tam=other.tam._replace(contested=True))
    assert words(held(one, other).gains) == [
        "a dedicated TAM (whether Right has it too: the source says both)"
    ]
    swapped = held(other._replace(id="left", tier=1), one._replace(id="right", tier=2))
    assert words(swapped.losses) == [
        "a dedicated TAM (whether Right has it too: the source says both)"
    ]
    assert (swapped.gains, held(one, other).losses) == ((), ())


def test_a_limit_that_comes_is_a_new_limit_and_nothing_is_lost() -> None:
    tickets, fewer = limit("tickets", 30, "30 tickets"), limit("tickets", 10, "10 tickets")
    bound, free = left()._replace(limits=(URGENT, tickets)), right()
    found = held(bound, free)
    assert found.gains == ()
    assert found.losses == ()
    assert words(found.limits) == [
        "a new limit: 10 urgent upgrades a month",
        "a new limit: 30 tickets",
    ]
    found = held(bound, free._replace(limits=(fewer,)))
    assert words(found.worse) == ["a new limit: 10 urgent upgrades a month"]


def test_a_limit_that_falls_away_is_a_gain_and_one_of_its_kind_is_none() -> None:
    tickets, fewer = limit("tickets", 30, "30 tickets"), limit("tickets", 10, "10 tickets")
    free, bound = left(), right()._replace(limits=(URGENT, tickets))
    found = held(free, bound)
    assert words(found.gains) == [
        "no limit stated such as: 10 urgent upgrades a month",
        "no limit stated such as: 30 tickets",
    ]
    assert found.losses == ()
    found = held(free._replace(limits=(fewer,)), bound)
    assert words(found.gains) == ["no limit stated such as: 10 urgent upgrades a month"]
    assert found.losses == ()


def test_content_that_differs_is_told_both_ways() -> None:
    rows = {
        "same": {"left": "a", "right": "a"},
        "other": {"left": "a", "right": "b"},
        "more": {"left": "a"},
        "less": {"right": "b"},
        "none": {},
    }
    content = tuple(
        ContentItem(name, text(name), {each: text(says) for each, says in by_plan.items()}, CITE)
        for name, by_plan in rows.items()
    )
    whole = catalogue(left(), right())._replace(content=content)
    advice = recommend(whole, NO_NEEDS, every_month("1"))
    mine, its = advice.plans

    def told(found: Contrast) -> list[tuple[str, ...]]:
        return [(str(c.name), str(c.before or "-"), str(c.after or "-")) for c in found.content]

    assert told(contrast(advice, mine, its)) == [
        ("other", "b", "a"),
        ("more", "-", "a"),
        ("less", "b", "-"),
    ]
    assert told(contrast(advice, its, mine)) == [
        ("other", "a", "b"),
        ("more", "a", "-"),
        ("less", "-", "b"),
    ]


def test_a_shorter_target_within_a_limit_is_told_once() -> None:
    """10m within a limit against 2h always: gained by who takes the one, lost by nobody."""
    one = left(down("10m", "group", "urgent"))._replace(limits=(URGENT,))
    other = right(down("2h"))._replace(limits=(URGENT,))
    told = held(one, other)
    assert [words(told.gains), words(told.losses)] == [[said("10m (limited) instead of 2h")], []]
