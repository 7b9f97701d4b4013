"""Which questions are asked: those whose answer could change the advice."""

import shlex
from functools import partial

import pytest

from supportcli.advice.recommendation import recommend
from supportcli.core.catalogue import Catalogue
from supportcli.core.duration import parse_duration
from supportcli.core.plan import Plan
from supportcli.core.schedule import GreaterOf
from supportcli.errors import AmountError
from supportcli.inputs.answers.accounts import named_in
from supportcli.inputs.answers.choosing import taken
from supportcli.inputs.answers.prompt import Terminal
from supportcli.inputs.answers.questionnaire import Questionnaire
from supportcli.inputs.answers.steps import QuestionSteps
from supportcli.inputs.values.amount import read_spend
from supportcli.language import Language
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.registry import Needs, eligible
from supportcli.needs.response import ResponseNeed, response_choices
from supportcli.needs.tickets import TicketsNeed
from supportcli.system import in_rows
from tests.builders import (
    ONLY,
    apiece,
    catalogue,
    every_month,
    extra,
    flat,
    level,
    limit,
    numbers,
    plan,
    share,
    shipped,
    within,
)
from tests.runner import run_cli

THIRTY = limit("tickets", 30, "at most 30 tickets a month")


def deciding_channels(whole: Catalogue, needs: Needs) -> list[str]:
    """The channels that are asked about."""
    asked = ChannelNeed.questions(whole, needs, partial(eligible, whole))
    return [question.choices[1].text for question in asked]


def tickets_matter(whole: Catalogue, needs: Needs) -> bool:
    """Whether the tickets are asked for."""
    return any(TicketsNeed.questions(whole, needs, partial(eligible, whole)))


def down(time: str) -> Needs:
    return Needs(response=(ResponseNeed("unavailable", parse_duration(time)),))


# Response times


def test_choices_for_the_gravest_severity_and_their_channels() -> None:
    """Facts, section 1.4: 10 min by group, 40 min and 120 min by ticket.

    The upgraded ticket, which has a quota, is not named beside the group, which has none.
    """
    choices = [
        (str(choice.within), [channel.id for channel in choice.channels])
        for choice in response_choices(shipped())
    ]
    assert choices == [
        ("10m", ["dingtalk-group"]),
        ("40m", ["ticket"]),
        ("2h", ["ticket"]),
    ]


def test_choices_leave_out_lesser_severities_and_put_business_hours_last() -> None:
    one = plan("one", 1, levels=[level("1bh"), level("2h"), level("5m", severity="question")])
    two = plan("two", 2, levels=[level("2h", "group"), level("1h", severity="down")])
    choices = response_choices(catalogue(one, two))
    assert [str(choice.within) for choice in choices] == ["1h", "2h", "1bh"]
    assert [channel.id for channel in choices[1].channels] == ["ticket", "group"]


# Channels


@pytest.mark.parametrize(
    ("needs", "channels"),
    [
        # only the group answers in 10 min at a plan with a price
        (down("10m"), ["dingtalk-group"]),
        # the group answers in 10 min, tickets in 40: either will do
        (down("40m"), []),
        # Basic answers by ticket only; Enterprise answers in the group without them
        (down("2h"), ["ticket"]),
        (Needs(), []),
        (Needs(tam=True), []),
        # nobody is that fast, so no channel decides
        (down("1m"), []),
    ],
)
def test_deciding_channels(needs: Needs, channels: list[str]) -> None:
    assert deciding_channels(shipped(), needs) == channels


def test_a_channel_given_up_already_decides_no_more() -> None:
    needs = down("10m").with_need(ChannelNeed("dingtalk-group"))
    assert deciding_channels(shipped(), needs) == []


def test_an_unpriced_plan_makes_no_channel_decide() -> None:
    """It is never recommended, so whether it fits asks no question."""
    whole = catalogue(plan("unpriced", levels=[level("10m")]), plan("slow", 2, flat("1")))
    assert deciding_channels(whole, Needs(response=(within("10m"),))) == []


# Tickets


@pytest.mark.parametrize(
    ("needs", "matter"),
    [
        (down("10m"), True),  # the trial edition would be the cheapest
        (down("40m"), True),
        (down("2h"), False),  # Basic does, without a limit
        (Needs(), False),
        (Needs(tam=True), False),  # the trial edition has none
        (down("10m").with_need(ChannelNeed("dingtalk-group")), False),  # no plan with a price fits
    ],
)
def test_tickets_matter(needs: Needs, matter: bool) -> None:
    assert tickets_matter(shipped(), needs) is matter


LIMITED = plan("limited", 2, flat("10"), limits=[THIRTY])


@pytest.mark.parametrize(
    ("plans", "matter"),
    [
        pytest.param([LIMITED], True, id="the limited plan is the only one"),
        pytest.param(
            [LIMITED, plan("dear", 3, flat("11"))], True, id="the rival is dearer everywhere"
        ),
        pytest.param(
            [LIMITED, plan("above", 3, flat("10"))], False, id="a higher tier costs the same"
        ),
        pytest.param(
            [plan("below", 1, flat("9")), LIMITED], False, id="a lower tier is cheaper everywhere"
        ),
        pytest.param(
            [LIMITED, plan("share", 3, GreaterOf(flat("5"), share("1")))],
            True,
            id="the rival is dearer from some spend on",
        ),
        pytest.param([LIMITED, plan("unpriced", 3)], True, id="the rival has no price"),
        pytest.param(
            [LIMITED, plan("twin", 3, flat("10"), limits=[THIRTY])],
            True,
            id="the rival is limited itself",
        ),
        pytest.param([plan("free", 1, flat("0"))], False, id="no plan is limited"),
    ],
)
def test_tickets_matter_only_where_the_limited_plan_could_be_taken(
    plans: list[Plan], matter: bool
) -> None:
    assert tickets_matter(catalogue(*plans), Needs()) is matter


def test_one_reading_under_which_the_limited_plan_is_cheaper_is_enough() -> None:
    both = {ONLY: flat("10"), "other": flat("10")}
    rival = plan("rival", 3, {ONLY: flat("9"), "other": flat("11")})
    whole = catalogue(
        plan("limited", 2, both, limits=[THIRTY]), rival, readings=(ONLY, "other"), likeliest=ONLY
    )
    assert tickets_matter(whole, Needs())


@pytest.mark.parametrize("lower", ["10", "9.999"], ids=["exactly", "by the rounded invoice"])
def test_tickets_matter_where_the_limited_plan_wins_a_tie(lower: str) -> None:
    """A tie goes to the higher tier (product, section 3): 31 tickets change the plan."""
    whole = catalogue(plan("below", 1, flat(lower)), LIMITED)
    plans = [
        recommend(whole, Needs(tickets=count), every_month("0")).recommended for count in (30, 31)
    ]
    assert [entry.plan.id for entry in plans if entry] == ["limited", "below"]
    assert tickets_matter(whole, Needs())


# Extras: once counted they are a part of the fee

SEATS = extra("seats", apiece("1"), "seats")


@pytest.mark.parametrize(
    ("seats", "matter"),
    [
        ("0", False),  # 9 is less than 10 at every spend
        ("1", True),  # 9 + 1 is a tie, which goes to the limited plan of the higher tier
        ("25", True),  # 9 + 25
    ],
)
def test_a_rival_with_seats_beats_the_limited_plan_only_with_few_of_them(
    seats: str, matter: bool
) -> None:
    whole = catalogue(plan("seats", 1, flat("9"), extras=[SEATS]), LIMITED)
    assert tickets_matter(whole.with_quantities(numbers(seats=seats)), Needs()) is matter


def test_a_rival_whose_seats_are_not_known_beats_nothing() -> None:
    whole = catalogue(plan("seats", 1, flat("1"), extras=[SEATS]), LIMITED).with_quantities({})
    assert tickets_matter(whole, Needs())


@pytest.mark.parametrize(
    ("yearly", "matter"),
    [
        ("11.88", False),  # 9 + 0.99 a month: a cent cheaper
        ("12", True),  # 9 + 1: the same
        ("120", True),
    ],
)
def test_a_yearly_charge_counts_by_its_twelfth(yearly: str, matter: bool) -> None:
    visit = extra("visit", flat(yearly), yearly=True)
    whole = catalogue(plan("visit", 1, flat("9"), extras=[visit]), LIMITED)
    assert tickets_matter(whole.with_quantities({}), Needs()) is matter


def test_a_yearly_charge_of_the_limited_plan_counts_too() -> None:
    """9 + 120 / 12 = 19 a month is dearer than 10, which 9 alone is not."""
    visit = extra("visit", flat("120"), yearly=True)
    limited = plan("limited", 2, flat("9"), limits=[THIRTY], extras=[visit])
    whole = catalogue(plan("rival", 1, flat("10")), limited)
    assert not tickets_matter(whole.with_quantities({}), Needs())


def test_a_plan_that_lacks_a_quantity_makes_no_channel_decide() -> None:
    seats = plan("seats", fee=flat("1"), levels=[level("10m")], extras=[SEATS])
    whole = catalogue(seats, plan("slow", 2, flat("1")))
    needs = Needs(response=(within("10m"),))
    assert deciding_channels(whole.with_quantities({}), needs) == []
    decided = deciding_channels(whole.with_quantities(numbers(seats="1")), needs)
    assert decided == ["ticket"]


def test_the_only_channel_with_targets_is_not_asked_about() -> None:
    gold = plan("gold", 1, flat("1"), levels=[level("1h")])
    found = catalogue(gold)
    one = found._replace(
        channels=tuple(c._replace(has_targets=c.id == "ticket") for c in found.channels)
    )
    needs = Needs((within("1h"),))
    assert deciding_channels(found, needs) == ["ticket"]
    assert deciding_channels(one, needs) == []


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("生产=30万，测试=2万", ("生产=30万", "测试=2万")),
        ("生产=30万；测试=2万", ("生产=30万", "测试=2万")),
        ("生产 = 30万、 测试=2万，", ("生产=30万", "测试=2万")),
        ("生产：30万，测试：2万", ("生产=30万", "测试=2万")),
        (
            "prod=1,200,000, tam, test=20k,response=10m",
            ("prod=1,200,000,tam", "test=20k,response=10m"),
        ),
    ],
)
def test_accounts_of_one_answer_are_parted_by_any_mark(
    text: str, accounts: tuple[str, ...]
) -> None:
    assert named_in(text) == accounts


def test_another_account_within_a_flag_is_told_to_have_its_own() -> None:
    ran = run_cli("advise", "--account", "生产=30万，测试=2万")
    assert ran.code == 2
    assert "another one has an --account of its own" in ran.err


@pytest.mark.parametrize(
    ("group", "words"),
    [("without_channel", "taken as: yes"), ("accounts", "taken as: one"), ("tam", "")],
)
def test_not_known_is_an_answer_and_what_it_is_taken_for_is_said(group: str, words: str) -> None:
    steps = QuestionSteps(shipped(), {}, lambda said: ())
    step = next(steps.of(group, {"response:0": ("10m",)}))
    found = taken(step, Language().say, "不清楚")
    [choice] = [step.question.choices[place] for place in found.places]
    assert Language().text(found.words) == words
    assert choice.text == ("unknown" if group == "tam" else "")


def test_an_unknown_number_of_accounts_is_one() -> None:
    replies = {"accounts": ("alike",), "accounts:alike": ("不清楚",)}
    steps = QuestionSteps(shipped(), {}, lambda said: ())
    _, number = steps.of("accounts", replies)
    assert Language().text(number.read("不清楚")) == "taken as: one"
    assert "accounts" not in steps.said(replies)


def test_nobody_is_asked_more_than_six_questions() -> None:
    """Alibaba Cloud has six, the channel counted with the response; seven with hours of service."""
    replies = {"response:0": ("10m",), "without_channel:0": (), "tam:0": ("false",)}
    asking = Questionnaire(QuestionSteps(shipped(), {}, lambda said: ()), Terminal(Language()))
    asking.replies = {"spend": (), **replies}
    groups, asked = tuple(asking.steps.groups()), tuple(asking.replies)
    assert [step.name for step in asking._left(groups, asked)] == [
        "service:0",
        "tickets:0",
        "accounts",
    ]
    left = asking._left(groups, (*asked, "hours:0"))
    assert [step.name for step in left] == ["tickets:0", "accounts"]


def test_services_can_be_asked_for_whatever_else_was_said() -> None:
    """With a dedicated TAM one plan fits, and no service parts it from another."""
    steps = QuestionSteps(shipped(), {}, lambda said: ())
    replies = {"tam:0": ("true",)}
    assert not list(steps.of("service", replies))
    anew, _ = steps.without(("service",))
    assert list(anew.of("service", replies))


def test_what_is_paid_needs_its_discount() -> None:
    with pytest.raises(AmountError, match="write the discount after it"):
        read_spend("paid 84k", "CNY")


def test_a_command_is_broken_between_flags_into_rows_that_can_be_typed() -> None:
    command = "supportcli advise --spend 120000 --account 'a b=1' --tam"
    rows = in_rows(command, 50, 24)
    assert rows == "supportcli advise \\\n  --spend 120000 --account 'a b=1' --tam"
    assert shlex.split(rows.replace("\\\n", "")) == shlex.split(command)
    assert in_rows(command, 80, 10) == command
