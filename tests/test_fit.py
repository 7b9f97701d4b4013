"""Whether a plan meets a need: by which channel, by which fact, and in which words."""

import pytest

from supportcli.core.duration import parse_duration
from supportcli.core.plan import Plan, Tam, Unstated
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.need import NeedResult, Status
from supportcli.needs.registry import Needs, fit
from supportcli.needs.response import ResponseNeed, fastest_level, without_target
from tests.builders import (
    CITE,
    LEVEL_CITE,
    LIMIT_CITE,
    TAM_CITE,
    catalogue,
    level,
    limit,
    plan,
    shipped,
    within,
)

QUOTA = limit("quota", 3, "3 urgent tickets a month")
KNOWN = {"ticket": True, "group": True}


def judged(each: Plan, needs: Needs, *others: Plan) -> NeedResult:
    """How a plan of a small catalogue stands to its only need."""
    (result,) = fit(catalogue(each, *others), each, needs)
    return result


def response(each: Plan, time: str, *without: str, severity: str = "down") -> NeedResult:
    needs = Needs(response=(within(time, severity),), without_channels=frozenset(without))
    return judged(each, needs)


def in_shipped(plan_id: str, time: str, severity: str, *without: str) -> NeedResult:
    need = ResponseNeed(severity, parse_duration(time))
    needs = Needs(response=(need,), without_channels=frozenset(without))
    (result,) = fit(shipped(), shipped().plan(plan_id), needs)
    return result


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        (Status.MET, True),
        (Status.ASSUMED, True),
        (Status.MET_WITHIN_LIMIT, True),
        (Status.UNKNOWN, False),
        (Status.NOT_MET, False),
    ],
)
def test_unknown_does_not_count_as_met(status: Status, counts: bool) -> None:
    assert status.counts_as_met is counts


def test_no_need_no_result() -> None:
    """A TAM that nobody wants, or that nobody was heard on, is not judged."""
    each = plan("plan")
    assert fit(catalogue(each), each, Needs()) == ()
    assert fit(catalogue(each), each, Needs(tam=False)) == ()


def test_needs_stand_in_the_order_response_tam_tickets() -> None:
    each = plan("plan", levels=[level("1h")])
    needs = Needs(response=(within("1h", "question"), within("1h")), tam=True, tickets=0)
    assert [result.need for result in fit(catalogue(each), each, needs)] == [
        "response:question",
        "response:down",
        "tam",
        "tickets",
    ]


# Response times: the best usable channel (facts, section 1.4)


@pytest.mark.parametrize(
    ("plan_id", "severity", "time", "channel"),
    [
        ("enterprise", "unavailable", "10m", "dingtalk-group"),
        ("enterprise", "problem", "40m", "ticket"),  # the group's 1 h is slower
        ("enterprise", "enquiry", "40m", "ticket"),  # the group's 16 h is far slower
        ("basic", "enquiry", "16h", "ticket"),
    ],
)
def test_the_fastest_channel_answers(plan_id: str, severity: str, time: str, channel: str) -> None:
    result = in_shipped(plan_id, time, severity)
    assert result.status is Status.MET
    assert result.level is not None
    assert result.level.channel == channel
    assert result.cite == result.level.cite
    assert str(result.why).endswith(f" by {shipped().channel(channel).name} (target)")
    assert result.wanted == ResponseNeed(severity, parse_duration(time))


def test_without_the_group_the_ticket_answers_but_too_slowly() -> None:
    result = in_shipped("enterprise", "10m", "unavailable", "dingtalk-group")
    assert result.status is Status.NOT_MET
    assert str(result.why) == ("first response within 40m by ticket (target), needed 10m")


def test_a_target_equal_to_the_need_meets_it_and_a_minute_more_does_not() -> None:
    each = plan("plan", levels=[level("40m")], channels=KNOWN)
    assert response(each, "40m").status is Status.MET
    assert response(each, "39m").status is Status.NOT_MET


@pytest.mark.parametrize(
    ("target", "wanted", "status"),
    [
        ("15m", "15bm", Status.MET),
        ("15bm", "15bm", Status.MET),
        ("16bm", "15bm", Status.NOT_MET),
        ("15bm", "15m", Status.NOT_MET),
        ("24h", "24bh", Status.MET),
        ("25h", "24bh", Status.NOT_MET),
        ("24bh", "24bh", Status.MET),
        ("25bh", "24bh", Status.NOT_MET),
        ("1bh", "24h", Status.NOT_MET),
        ("24bh", "24h", Status.NOT_MET),
    ],
)
def test_business_hours_meet_only_a_need_in_business_hours(
    target: str, wanted: str, status: Status
) -> None:
    """Product, section 2: a calendar target meets either kind if it has no more hours."""
    each = plan("plan", levels=[level(target)], channels=KNOWN)
    assert response(each, wanted).status is status


def test_another_severity_has_its_own_target() -> None:
    each = plan("plan", levels=[level("10m", severity="down")], channels=KNOWN)
    assert response(each, "10m").status is Status.MET
    result = response(each, "10m", severity="question")
    assert result.status is Status.NOT_MET
    assert result.level is None


def test_what_is_taken_over_from_another_plan_is_assumed() -> None:
    model = plan("gold", 2, levels=[level("1h")])
    each = plan("trial", 1, levels=[level("1h")], like="gold")
    result = judged(each, Needs(response=(within("1h"),)), model)
    assert result.status is Status.ASSUMED
    assert str(result.why) == ("first response within 1h by ticket (target) (assumed)")


def test_a_quota_limits_the_answer() -> None:
    each = plan("plan", levels=[level("2h"), level("10m", limit="quota")], limits=[QUOTA])
    result = response(each, "10m")
    assert result.status is Status.MET_WITHIN_LIMIT
    assert str(result.why) == (
        "first response within 10m by ticket (target), limit: 3 urgent tickets a month"
    )
    assert result.cite == LEVEL_CITE


def test_a_target_without_a_quota_comes_before_a_faster_one_with_a_quota() -> None:
    each = plan("plan", levels=[level("10m", limit="quota"), level("1h")], limits=[QUOTA])
    result = response(each, "1h")
    assert result.status is Status.MET
    assert result.level == level("1h")


def test_fastest_level_prefers_calendar_hours_then_the_shortest_then_no_quota() -> None:
    quick, slow = level("1h", "group"), level("2h")
    business, quota = level("1bh"), level("10m", limit="quota")
    each = plan("plan", levels=[quota, business, slow, quick], limits=[QUOTA])
    assert fastest_level(each, "down", Needs()) == quota
    alike = level("1h", limit="quota")
    each = plan("plan", levels=[alike, business, slow, quick], limits=[QUOTA])
    assert fastest_level(each, "down", Needs()) == quick
    without = Needs(without_channels=frozenset({"group"}))
    assert fastest_level(each, "down", without) == alike
    assert fastest_level(plan("plan", levels=[quota, business]), "down", Needs()) == quota
    nothing = Needs(without_channels=frozenset({"group", "ticket"}))
    assert fastest_level(each, "down", nothing) is None


# What is not stated is unknown, never "no"


def test_a_channel_that_is_not_described_may_be_faster() -> None:
    each = plan("plan", levels=[level("2h")], channels={"ticket": True})
    result = response(each, "10m")
    assert result.status is Status.UNKNOWN
    assert str(result.why) == (
        "first response within 2h by ticket (target), needed 10m; "
        "whether another channel is faster is not recorded here"
    )
    assert result.cite == LEVEL_CITE


def test_a_channel_that_cannot_be_used_makes_nothing_unknown() -> None:
    each = plan("plan", levels=[level("2h")], channels={"ticket": True})
    assert response(each, "10m", "group").status is Status.NOT_MET


def test_a_channel_without_targets_makes_nothing_unknown() -> None:
    """The phone has no published targets, so that it is not described says nothing."""
    each = plan("plan", levels=[level("2h")], channels=KNOWN)
    assert response(each, "10m").status is Status.NOT_MET


def test_the_severity_is_named_where_there_are_several() -> None:
    each = plan("plan", levels=[level("2h")], channels=KNOWN)
    needs = Needs(response=(within("2h"), within("1d", "question")))
    why = [str(result.why) for result in fit(catalogue(each), each, needs)]
    assert why == [
        'first response to "down" within 2h by ticket (target)',
        'first response to "question" within 2h by ticket (target)',
    ]


def test_a_contested_fact_says_so() -> None:
    each = plan("plan", levels=[level("2h")], channels=KNOWN)
    each = each._replace(tam=each.tam._replace(contested=True))
    result = fit(catalogue(each), each, Needs(tam=True))[0]
    assert str(result.why) == "dedicated TAM: no (the source contradicts itself)"


def test_no_usable_channel_has_a_target() -> None:
    each = plan("plan", levels=[level("2h")], channels=KNOWN)
    result = response(each, "2h", "ticket")
    assert result.status is Status.NOT_MET
    assert str(result.why) == (
        "first response (target) needed within 2h; "
        "none of the channels that you can use has a target"
    )
    assert result.level is None
    assert result.cite is None


def test_no_target_at_all_where_every_channel_can_be_used() -> None:
    result = response(plan("plan", channels=KNOWN), "2h")
    assert result.status is Status.NOT_MET
    assert str(result.why) == (
        "first response (target) needed within 2h; the plan has no target for it"
    )
    assert result.cite is None


# A target that the source names but leaves open

OPEN_FOR_ALL = Unstated("ticket", None, CITE)
OPEN_FOR_DOWN = Unstated("ticket", "down", CITE)
OPEN_FOR_QUESTION = Unstated("ticket", "question", CITE)


@pytest.mark.parametrize(
    ("unstated", "without", "status"),
    [
        ([], (), Status.NOT_MET),
        ([OPEN_FOR_ALL], (), Status.UNKNOWN),
        ([OPEN_FOR_DOWN], (), Status.UNKNOWN),
        ([OPEN_FOR_QUESTION], (), Status.NOT_MET),
        ([OPEN_FOR_QUESTION, OPEN_FOR_DOWN], (), Status.UNKNOWN),
        ([OPEN_FOR_ALL], ("group",), Status.UNKNOWN),
        ([OPEN_FOR_ALL], ("ticket",), Status.NOT_MET),
        ([Unstated("group", None, CITE), OPEN_FOR_ALL], ("ticket",), Status.UNKNOWN),
    ],
)
def test_a_target_left_open_by_a_usable_channel_is_unknown(
    unstated: list[Unstated], without: tuple[str, ...], status: Status
) -> None:
    each = plan("plan", channels=KNOWN)._replace(unstated=tuple(unstated))
    assert response(each, "2h", *without).status is status
    needs = Needs(without_channels=frozenset(without))
    assert without_target(catalogue(each), each, "down", needs) is status


def test_a_target_left_open_takes_nothing_from_one_that_is_stated() -> None:
    each = plan("plan", levels=[level("2h")], channels=KNOWN)._replace(unstated=(OPEN_FOR_ALL,))
    assert response(each, "2h").status is Status.MET
    slower = response(each, "1h")
    assert slower.status is Status.UNKNOWN
    assert str(slower.why) == (
        "first response within 2h by ticket (target), needed 1h; "
        "whether another channel is faster is not recorded here"
    )


def test_a_target_left_open_is_told_as_not_stated() -> None:
    each = plan("plan", channels=KNOWN)._replace(unstated=(OPEN_FOR_ALL,))
    result = response(each, "2h")
    assert " not recorded here; needed within " in str(result.why)
    assert result.cite == CITE


@pytest.mark.parametrize(
    ("channels", "status"), [(KNOWN, Status.NOT_MET), ({"ticket": True}, Status.UNKNOWN)]
)
def test_without_a_target_a_channel_that_is_not_described_leaves_it_open(
    channels: dict[str, bool], status: Status
) -> None:
    each = plan("plan", channels=channels)
    assert without_target(catalogue(each), each, "down", Needs()) is status


def test_no_target_known_is_not_shown_as_no_target() -> None:
    """Product, section 2: `unknown` is never shown as no."""
    result = response(plan("plan", channels={}), "2h")
    assert result.status is Status.UNKNOWN
    assert result.cite == CITE
    assert " not recorded here; needed within " in str(result.why)


def test_business_without_tickets_is_not_known_to_have_no_target() -> None:
    """Whether Business has a group is not in the source: page:110-113 has no row on one."""
    result = in_shipped("business", "10m", "unavailable", "ticket", "urgent-ticket")
    assert result.status is Status.UNKNOWN
    assert " not recorded here; needed within " in str(result.why)


# A TAM


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (Tam.DEDICATED, Status.MET, "dedicated TAM: included"),
        (Tam.POOL, Status.NOT_MET, "dedicated TAM: no, a pool of TAMs"),
        (Tam.ADD_ON, Status.NOT_MET, "dedicated TAM: no, a paid extra"),
        (Tam.NONE, Status.NOT_MET, "dedicated TAM: no"),
        (Tam.UNKNOWN, Status.UNKNOWN, "dedicated TAM: not recorded here"),
    ],
)
def test_tam(kind: Tam, status: Status, words: str) -> None:
    result = judged(plan("plan", tam=kind), Needs(tam=True))
    assert result.status is status
    assert str(result.why) == words
    assert result.cite == (None if kind is Tam.UNKNOWN else TAM_CITE)


@pytest.mark.parametrize(
    ("name", "plan_id"),
    [("yandex-cloud", "yandex-premium"), ("cloud-digit", "clouddigit-enterprise")],
)
def test_whether_a_named_tam_serves_others_is_not_known_where_nobody_says(
    name: str, plan_id: str
) -> None:
    """Both vendors say "personal" or "named", and not whether for one customer alone."""
    whole = load_catalogue(name)
    dedicated, named = (
        fit(whole, whole.plan(plan_id), needs)[0] for needs in (Needs(tam=True), Needs(tam="named"))
    )
    assert (dedicated.status, str(dedicated.why)) == (
        Status.UNKNOWN,
        "dedicated TAM: whether the TAM serves other customers too is not recorded here",
    )
    assert named.status is Status.ASSUMED
    google = load_catalogue("google-cloud")  # of which the vendor says that several share one
    words = str(fit(google, google.plan("gcp-premium"), Needs(tam=True))[0].why)
    assert words == "dedicated TAM: a paid extra, price not recorded here"


@pytest.mark.parametrize(
    ("name", "plan_id", "point"),
    [
        ("aiven", "aiven-enterprise-2022", "tam-yes"),
        ("aws", "aws-enterprise", "tam-designated"),
        ("cloud-digit", "clouddigit-enterprise", "tam-named"),
        ("huawei-cloud-intl", "huawei-intl-enterprise", "tam-yes"),
        ("ibm-cloud", "ibm-premium", "tam-yes"),
        ("scaleway", "scw-enterprise", "tam-yes"),
        ("vshn", "vshn-priority", "priority-manager"),
        ("yandex-cloud", "yandex-premium", "tam-personal"),
    ],
)
def test_every_assumed_tam_is_a_question_to_the_vendor(name: str, plan_id: str, point: str) -> None:
    whole = load_catalogue(name)
    (found,) = (each for each in whole.open_points if each.id == point)
    assert plan_id in found.plans
    assert found.confirm is not None
    assert found.contract is not None


def test_a_tam_by_likeness_is_assumed() -> None:
    each = plan("trial", tam=Tam.DEDICATED, like="gold")
    assert judged(each, Needs(tam=True), plan("gold", 2)).status is Status.ASSUMED


# Tickets


def test_tickets_at_the_limit_fit_and_one_more_does_not() -> None:
    each = plan("plan", limits=[limit("tickets", 30, "at most 30 tickets a month")])
    fits, exceeds = (judged(each, Needs(tickets=count)) for count in (30, 31))
    assert (fits.status, exceeds.status) == (Status.MET, Status.NOT_MET)
    assert str(exceeds.why) == "31 tickets in the busiest month: at most 30 tickets a month"
    assert fits.cite == exceeds.cite == LIMIT_CITE


def test_without_a_limit_every_number_of_tickets_fits() -> None:
    each = plan("plan", limits=[QUOTA], levels=[level("10m", limit="quota")])
    result = judged(each, Needs(tickets=999999))
    assert result.status is Status.MET
    assert str(result.why) == "999999 tickets in the busiest month: no limit on tickets stated"
    assert result.cite is None


def test_a_limit_that_depends_on_the_order_is_told() -> None:
    """As with Business' per-use edition (facts, 1.1): a limit is stated, only not its number."""
    each = plan("plan", limits=[limit("tickets", None, "as many tickets as were bought")])
    result = judged(each, Needs(tickets=5))
    assert "as many tickets as were bought" in str(result.why)
    assert result.cite == LIMIT_CITE
