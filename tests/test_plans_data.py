"""Lint of the shipped plans.yaml against the facts of its source, written out here by hand."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from supportcli.core.catalogue import Catalogue, PointKind
from supportcli.core.piecewise import PiecewiseLinear, greater, plus
from supportcli.core.plan import Fee, Plan, Tam
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import run_cli

LAST_LINE = 139
PRICED = ("enterprise-trial", "enterprise", "premier")
MONTHLY = {"enterprise-trial": 5_000, "enterprise": 25_000, "premier": 50_000}


@cache
def shipped() -> Catalogue:
    return load_catalogue()


def parts(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value inside the catalogue, each with the way to it."""
    yield path, value
    if isinstance(value, tuple):
        names = getattr(value, "_fields", range(len(value)))
        for name, item in zip(names, value, strict=True):
            yield from parts(item, f"{path}.{getattr(item, 'id', name)}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name), f"{path}.{field.name}")
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from parts(item, f"{path}.{key}")


PARTS = dict(parts(shipped(), "catalogue"))
TEXTS = {path: value for path, value in PARTS.items() if isinstance(value, Text)}
CITES = {path: value for path, value in PARTS.items() if isinstance(value, Cite)}
CHINESE = {
    path: text.by_language.get("zh", "")
    for path, text in TEXTS.items()
    if not re.fullmatch("[0-9,+ ]+", str(text))  # the arithmetic of an example is no language
}


def fee(plan_id: str, reading: str) -> Fee:
    fees = shipped().plan(plan_id).fees
    assert fees is not None
    return fees[reading]


def targets(plan: Plan) -> dict[tuple[str, str | None], str]:
    """First-response targets by channel and severity; a pair that comes twice is an error."""
    found = {(level.channel, level.severity): str(level.target) for level in plan.levels}
    assert len(found) == len(plan.levels)
    return found


# The plans


def test_the_plans_their_names_and_their_order() -> None:
    assert [
        (plan.tier, plan.id, plan.name.in_language("en"), plan.name.in_language("zh"))
        for plan in shipped().plans
    ] == [
        (1, "basic", "Basic", "基础服务"),
        (2, "business", "Business", "商业级"),
        (3, "enterprise-trial", "Enterprise (trial edition)", "企业级-体验版"),
        (4, "enterprise", "Enterprise", "企业级"),
        (5, "premier", "Premier", "顶级"),
        (6, "zhuoyue", "Zhuoyue (卓越级)", "卓越级"),
    ]


def test_the_fee_table_calls_basic_by_another_name() -> None:
    assert "基础级" in CHINESE["catalogue.plans.basic.fee_text"]


def test_the_currency() -> None:
    assert shipped().currency == "CNY"
    assert {plan.currency for plan in shipped().plans} == {"CNY"}


@pytest.mark.parametrize("reading", ["additive", "floor", "flat"])
def test_basic_is_free_under_every_reading(reading: str) -> None:
    nothing = PiecewiseLinear.line()
    assert fee("basic", reading) == Fee(nothing, nothing)


def test_the_price_of_business_is_unknown_not_zero() -> None:
    business = shipped().plan("business")
    assert (business.fees, business.published) == (None, None)


def test_the_readings() -> None:
    catalogue = shipped()
    assert [
        (reading.id, reading.name.in_language("zh"), str(reading.role or ""))
        for reading in catalogue.readings
    ] == [
        ("additive", "叠加口径", "budget ceiling"),
        ("floor", "保底口径", "likelier on the bill"),
        ("flat", "仅预付口径", ""),
    ]
    assert catalogue.default_reading == "additive"
    assert catalogue.likeliest_reading == "floor"
    shown = [reading.id for reading in catalogue.headline_readings("flat")]
    assert shown == ["flat", "additive", "floor"]


@pytest.mark.parametrize("plan_id", PRICED)
def test_the_fee_for_every_spend(plan_id: str) -> None:
    monthly = PiecewiseLinear.line(Fraction(MONTHLY[plan_id]))
    tenth = PiecewiseLinear.line(rate=Fraction(1, 10))
    assert fee(plan_id, "additive") == Fee(plus(monthly, tenth), monthly)
    assert fee(plan_id, "floor") == Fee(greater(monthly, tenth), monthly)
    assert fee(plan_id, "flat") == Fee(monthly, monthly)
    assert fee(plan_id, "additive").postpaid == tenth
    assert fee(plan_id, "flat").postpaid == PiecewiseLinear.line()


# spend: what the three plans cost in order (total), by reading
FIGURES = {
    30_000: {
        "additive": (8_000, 28_000, 53_000),
        "floor": (5_000, 25_000, 50_000),
        "flat": (5_000, 25_000, 50_000),
    },
    100_000: {
        "additive": (15_000, 35_000, 60_000),
        "floor": (10_000, 25_000, 50_000),
        "flat": (5_000, 25_000, 50_000),
    },
    250_000: {
        "additive": (30_000, 50_000, 75_000),
        "floor": (25_000, 25_000, 50_000),
        "flat": (5_000, 25_000, 50_000),
    },
    600_000: {
        "additive": (65_000, 85_000, 110_000),
        "floor": (60_000, 60_000, 60_000),
        "flat": (5_000, 25_000, 50_000),
    },
}
# max(0, 10% of spend less the monthly amount), for the three plans in order
FLOOR_POSTPAID = {
    30_000: (0, 0, 0),
    100_000: (5_000, 0, 0),
    250_000: (20_000, 0, 0),
    600_000: (55_000, 35_000, 10_000),
}
ROWS = [
    pytest.param(plan_id, reading, spend, total, id=f"{plan_id} {reading} @ {spend}")
    for spend, by_reading in FIGURES.items()
    for reading, totals in by_reading.items()
    for plan_id, total in zip(PRICED, totals, strict=True)
]


@pytest.mark.parametrize(("plan_id", "reading", "spend", "total"), ROWS)
def test_the_figures_of_the_evidence_table(
    plan_id: str, reading: str, spend: int, total: int
) -> None:
    postpaid = {
        "additive": spend // 10,
        "floor": FLOOR_POSTPAID[spend][PRICED.index(plan_id)],
        "flat": 0,
    }
    charged = fee(plan_id, reading)
    assert charged.prepaid is not None
    assert charged.postpaid is not None
    assert charged.total(Fraction(spend)) == total
    assert charged.prepaid(Fraction(spend)) == MONTHLY[plan_id]
    assert charged.postpaid(Fraction(spend)) == postpaid[reading]


@pytest.mark.parametrize(
    ("left", "right", "meeting"),
    [("enterprise-trial", "enterprise", 250_000), ("enterprise", "premier", 500_000)],
)
def test_under_the_floor_reading_plans_meet(left: str, right: str, meeting: int) -> None:
    lower, upper = fee(left, "floor").total, fee(right, "floor").total
    cent = Fraction(1, 100)
    assert lower(meeting - cent) < upper(meeting - cent)
    assert lower(Fraction(meeting)) == upper(Fraction(meeting))
    assert lower(meeting + cent) == upper(meeting + cent)


def test_the_limits() -> None:
    assert {
        plan.id: [(limit.id, limit.per_month) for limit in plan.limits] for plan in shipped().plans
    } == {
        "basic": [],
        "business": [("urgent-upgrades", 10)],
        "enterprise-trial": [("tickets", 30)],
        "enterprise": [],
        "premier": [],
        "zhuoyue": [],
    }
    assert "按次版" in CHINESE["catalogue.plans.business.limits.urgent-upgrades.text"]


GROUP = {
    ("ticket", None): "40m",
    ("dingtalk-group", "unavailable"): "10m",
    ("dingtalk-group", "problem"): "1h",
    ("dingtalk-group", "enquiry"): "16h",
}


@pytest.mark.parametrize(
    ("plan_id", "expected"),
    [
        ("basic", {("ticket", None): "2h"}),
        ("business", {("ticket", None): "2h", ("urgent-ticket", None): "10m"}),
        ("enterprise-trial", GROUP),
        ("enterprise", GROUP),
        ("premier", GROUP),
    ],
)
def test_first_response_targets(plan_id: str, expected: dict[tuple[str, str | None], str]) -> None:
    assert targets(shipped().plan(plan_id)) == expected


def test_targets_run_round_the_clock() -> None:
    levels = [level for plan in shipped().plans for level in plan.levels]
    assert {str(level.hours) for level in levels} == {"24x7"}
    assert not any(level.target.business for level in levels)


def test_who_answers_and_what_it_costs() -> None:
    urgent = shipped().plan("business").levels[1]
    assert urgent.limit == "urgent-upgrades"
    assert urgent.engineers is not None
    assert urgent.engineers.in_language("zh").startswith("高级售后工程师")
    assert "every hour" in str(urgent.note)
    others = {
        str(level.engineers)
        for plan in shipped().plans
        for level in plan.levels
        if level.channel == "ticket"
    }
    assert others == {"after-sales engineers"}


def test_a_task_force_stands_behind_the_gravest_cases() -> None:
    for plan_id in ("enterprise", "premier"):
        notes = {
            level.severity: str(level.note)
            for level in shipped().plan(plan_id).levels
            if level.channel == "dingtalk-group" and level.note
        }
        assert notes == {"unavailable": "with a task force"}


ALL_CHANNELS = {"hotline": True, "chat": True, "ticket": True, "dingtalk-group": True}


def test_the_channels_that_each_plan_has() -> None:
    assert {plan.id: dict(plan.channels) for plan in shipped().plans} == {
        "basic": {**ALL_CHANNELS, "dingtalk-group": False},
        "business": {"ticket": True, "urgent-ticket": True},
        "enterprise-trial": ALL_CHANNELS,
        "enterprise": ALL_CHANNELS,
        "premier": ALL_CHANNELS,
        "zhuoyue": {},
    }


def test_severities_from_the_gravest_down() -> None:
    assert [
        (severity.id, severity.name.in_language("zh")) for severity in shipped().severities
    ] == [("unavailable", "业务不可用"), ("problem", "一般问题"), ("enquiry", "一般咨询")]


def test_only_premier_has_a_tam() -> None:
    assert {plan.id: plan.tam.kind for plan in shipped().plans} == {
        "basic": Tam.NONE,
        "business": Tam.UNKNOWN,
        "enterprise-trial": Tam.NONE,
        "enterprise": Tam.NONE,
        "premier": Tam.DEDICATED,
        "zhuoyue": Tam.UNKNOWN,
    }


def test_doubt_about_what_is_still_on_sale() -> None:
    doubts = {plan.id: plan.availability for plan in shipped().plans if plan.availability}
    assert set(doubts) == {"business", "enterprise-trial"}
    for doubt in doubts.values():
        assert doubt.since == date(2025, 6, 16)
        assert str(doubt.text) == "may no longer be on sale"
        assert shipped().source(doubt.cite.source).level == "vendor"


def test_the_trial_edition_is_taken_to_be_like_enterprise() -> None:
    likes = {plan.id: plan.like for plan in shipped().plans if plan.like}
    assert set(likes) == {"enterprise-trial"}
    assert likes["enterprise-trial"].plan == "enterprise"
    assert likes["enterprise-trial"].assumption == "trial-as-enterprise"


# The words: what the source says, in a phrase or two of each fact


@pytest.mark.parametrize(
    ("path", "phrases"),
    [
        ("facts.charging-mode", "预付费+后付费 折前 大约 10% 以实际账单为准 账户余额充足"),
        ("facts.charging", "包年包月 均摊到每月 上月 折算成天 不再退还 一个账号"),
        ("facts.trial-limit", "30 个工单"),
        ("facts.charging", "不支持 按上月收取 据此推断"),
        ("facts.targets", "尽一切合理努力 目标值 并非保证 尽快解决 不作承诺 据此推断"),
        ("facts.targets", "提交问题时选择的案例严重性"),
        ("how_to_buy", "官网 服务与支持 支持计划 购买"),
        ("facts.scope-in", "最佳实践 故障处置 SDK 管理控制台 财务 合同 第三方软件 附录 架构"),
        ("facts.scope-out", "代运维 代码开发 附录 未经认证 补丁更新 故障诊断 开发者社区 云市场"),
        ("facts.preconditions", "购买服务后 场地 峰值 技术接口人和运维团队 最小权限集 授权"),
        ("facts.duties", "技术接口人 非生产环境 审核 业务架构 第三方厂商"),
        ("facts.dingtalk", "软件类型由阿里云指定 SLA"),
        ("facts.tam-work", "最佳实践 稳定性 定期现场 未说明"),
        ("facts.self-service", "对客户免费 统一入口 编写代码来调用 API"),
        ("facts.scope-out", "免费咨询 经验丰富的个人开发者"),
        ("facts.self-service", "产品文档 视频教程 订阅 产品消息 故障消息 服务消息 活动消息"),
        ("facts.vouchers", "代金券 满减 学生 抵扣金 不降低"),
        ("content.channels", "热线电话 IM 工单 专属企业钉钉群 推荐使用 专属技术服务经理"),
        ("content.tickets", "120 分钟 10 分钟 40 分钟 高级售后工程师 每小时 按次版"),
        ("content.hotline", "7×24 小时 95187 400-80-13260 咨询"),
        ("content.chat", "智能客服 7×24 小时 7×15 小时 9:00 24:00"),
        ("content.dingtalk-group", "自动预警 故障处理 疑难专项会诊 疑难应急会诊 与工单一致"),
        ("content.reminders", "站内信 短信 邮件"),
        ("content.third-party-software", "配置指导 故障排除"),
        ("content.tam", "不支持 专属技术服务经理（TAM）"),
        ("content.health-check", "免费 Advisor 一键巡检 优化建设方案 风险治理方案"),
        ("content.key-account", "专属技术保障通道 远程保障经理 专家会诊 风险预警"),
        ("content.key-account", "故障应急 关键时刻保障 业务监控设计 用云成本分析 AK 及子账号治理"),
        ("content.key-account", "快速响应，组织应急，实时同步止血"),
        ("content.key-account", "紧急问题特殊通道 专属技术保障通道 来源两处中仅一处列出"),
        ("terms.scope", "不支持多个账号共用"),
        ("channels.hotline", "95187 400-80-13260"),
        ("channels.dingtalk-group", "由阿里云指定 无法使用钉钉"),
    ],
)
def test_what_the_source_says_is_there(path: str, phrases: str) -> None:
    words = " ".join(zh for where, zh in CHINESE.items() if where.startswith(f"catalogue.{path}."))
    for phrase in phrases.split():
        assert phrase in words


def test_what_must_always_be_shown_to_the_customer() -> None:
    shown = {group.id: group.shown for group in shipped().facts if group.shown}
    assert set(shown) == {"preconditions"}
    [sentence] = shown["preconditions"]
    assert "authorises" in str(sentence)


def test_only_premier_has_optimisation_and_tam_services() -> None:
    by_plan = {item.id: item.by_plan for item in shipped().content}
    assert str(by_plan["key-account"]["basic"]) == "not supported"
    assert str(by_plan["tam"]["enterprise"]) == "not supported"
    assert "remote assurance manager" in str(by_plan["key-account"]["enterprise"])
    assert "cost analysis" not in str(by_plan["key-account"]["enterprise"])
    assert "optimisation plan" in str(by_plan["health-check"]["premier"])
    for plan in ("basic", "enterprise", "premier"):
        assert "one-click inspection" in str(by_plan["health-check"][plan])
    for plan in ("enterprise", "premier"):
        assert "several experts" in str(by_plan["dingtalk-group"][plan])
    assert "fast response" in str(by_plan["key-account"]["premier"])
    assert "optimisation plan" not in str(by_plan["health-check"]["enterprise"])


def test_a_plan_without_a_column_in_the_table_has_no_content() -> None:
    described = {plan_id for item in shipped().content for plan_id in item.by_plan}
    assert described == {"basic", "business", "enterprise", "premier"}
    assert [item.id for item in shipped().content if "business" in item.by_plan] == ["tickets"]


def test_the_trial_edition_contains_what_enterprise_does_as_assumed() -> None:
    catalogue = shipped()
    trial, enterprise = (
        catalogue.contents(catalogue.plan(p)) for p in ("enterprise-trial", "enterprise")
    )
    assert [(i.id, text, True) for i, text, _ in enterprise] == [(i.id, t, a) for i, t, a in trial]


# Open points


KNOWN = ("basic", "business", "enterprise-trial", "enterprise", "premier")  # all but zhuoyue
OPEN = {
    "combination": (PointKind.CONTRADICTION, PRICED),
    "about-10-percent": (PointKind.ASSUMPTION, PRICED),
    "trial-postpaid": (PointKind.ASSUMPTION, ("enterprise-trial",)),
    "premier-postpaid": (PointKind.ASSUMPTION, ("premier",)),
    "severity-chosen": (PointKind.ASSUMPTION, KNOWN),
    "enterprise-channels": (PointKind.CONTRADICTION, ("enterprise", "enterprise-trial")),
    "business-price": (PointKind.NOT_STATED, ("business",)),
    "trial-as-enterprise": (PointKind.ASSUMPTION, ("enterprise-trial",)),
    "enterprise-tam": (PointKind.CONTRADICTION, ("enterprise", "enterprise-trial")),
    "premier-includes-enterprise": (PointKind.ASSUMPTION, ("premier",)),
    "day-conversion": (PointKind.ASSUMPTION, PRICED),
    "spend-exclusions": (PointKind.ASSUMPTION, PRICED),
    "zhuoyue-contents": (PointKind.NOT_STATED, ("zhuoyue",)),
    "ticket-limit": (PointKind.NOT_STATED, ("enterprise-trial",)),
    "third-party-software": (PointKind.CONTRADICTION, KNOWN),
    "not-stated": (PointKind.NOT_STATED, KNOWN),
    "on-sale": (PointKind.NOT_STATED, ("business", "enterprise-trial")),
}


@pytest.mark.parametrize("point_id", OPEN)
def test_each_open_point_is_there(point_id: str) -> None:
    point = shipped().open_point(point_id)
    assert (point.kind, point.plans) == OPEN[point_id]
    assert point.confirm is not None


@pytest.mark.parametrize(
    ("point_id", "phrases"),
    [
        ("combination", "抵扣 哪一笔"),
        ("about-10-percent", "大约 10% 封顶 阶梯 四舍五入"),
        ("trial-postpaid", "体验版 后付 136"),
        ("premier-postpaid", "顶级 后付 136"),
        ("severity-chosen", "提交问题时 严重性 107 工单"),
        ("enterprise-channels", "44 一个通道 4.6 两个通道"),
        ("business-price", "商业级 价格"),
        ("trial-as-enterprise", "SLA 体验版 企业级"),
        ("enterprise-tam", "远程保障经理 配置专属技术服务经理 为准"),
        ("premier-includes-enterprise", "顶级 两个通道"),
        ("day-conversion", "折算成天 自然日 整月 30"),
        ("spend-exclusions", "云市场 专业服务 不计入"),
        ("zhuoyue-contents", "2025-06-16 未收录 音译 高于顶级"),
        ("ticket-limit", "30 群内"),
        ("third-party-software", "21 41 26 129"),
        ("not-stated", "最短购买期限 续费 变更 税 16 自然小时"),
        ("on-sale", "2025-06-16 卓越级 商业级 体验版 10–12"),
    ],
)
def test_what_is_open_is_said(point_id: str, phrases: str) -> None:
    words = " ".join(
        zh for path, zh in CHINESE.items() if path.startswith(f"catalogue.open_points.{point_id}.")
    )
    for phrase in phrases.split():
        assert phrase in words


def test_what_stands_on_the_first_screen() -> None:
    headlines = {point.id for point in shipped().open_points if point.headline}
    assert {"combination", "about-10-percent", "on-sale"} <= headlines


# Sources


def test_the_sources() -> None:
    assert {source.id: (source.level, source.date) for source in shipped().sources} == {
        "page": ("secondary", None),
        "vendor-37231": ("vendor", date(2025, 6, 16)),
        "vendor-intl-42471": ("vendor", date(2017, 3, 7)),
        "estimate": ("assumed", None),
        "by-hand": ("derived", None),
    }


def test_everything_published_names_its_source() -> None:
    catalogue = shipped()
    cites: list[Cite | None] = [
        *(plan.cite for plan in catalogue.plans),
        *(reading.cite for reading in catalogue.readings),
        *(item.cite for item in catalogue.content),
        *(group.cite for group in catalogue.facts),
        *(point.cite for point in catalogue.open_points),
    ]
    for cite in cites:
        assert cite is not None
        assert cite.source
        assert cite.where or cite.source != "page", "a page is cited with its lines"


@pytest.mark.parametrize("path", CITES)
def test_cited_lines_are_lines_of_the_source(path: str) -> None:
    cite = CITES[path]
    if cite.source != "page":
        assert cite.where == ""
        return
    for span in cite.where.split(","):
        match = re.fullmatch(r"([1-9][0-9]*)(?:-([1-9][0-9]*))?", span)
        assert match, cite
        first, last = int(match[1]), int(match[2] or match[1])
        assert 1 <= first <= last <= LAST_LINE
        assert match[2] is None or first < last


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("plans.basic.cite", "10,96-98"),
        ("plans.business.cite", "107-114"),
        ("plans.enterprise.cite", "11,96-98,136"),
        ("plans.premier.cite", "12,96-98,136"),
        ("plans.enterprise-trial.limits.tickets.cite", "102"),
        ("plans.business.limits.urgent-upgrades.cite", "111"),
        ("plans.premier.tam.cite", "42"),
        ("facts.charging.cite", "100-101,104-105"),
        ("facts.charging-mode.cite", "136"),
        ("facts.trial-limit.cite", "102"),
        ("facts.duties.cite", "88-93"),
        ("facts.preconditions.cite", "28-33"),
        ("open_points.enterprise-tam.cite", "44,58"),
    ],
)
def test_where_the_facts_stand(path: str, lines: str) -> None:
    assert CITES[f"catalogue.{path}"] == Cite("page", lines)


def test_the_catalogue_says_what_it_is_and_when_to_read_it_again() -> None:
    about = shipped().about
    assert about is not None
    assert "undated third-party page" in str(about)
    assert "未注明日期" in about.in_language("zh")
    assert isinstance(shipped().review_after, date)


# Language


@pytest.mark.parametrize("path", TEXTS)
def test_every_text_is_there_in_both_languages(path: str) -> None:
    assert set(TEXTS[path].by_language) == {"en", "zh"}
    for words in TEXTS[path].by_language.values():
        assert words == words.strip()
        assert words
        assert "  " not in words


HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
LATIN = r"[A-Za-z0-9]"
WIDE = r"[，。：；、！？（）“”]"


@pytest.mark.parametrize("path", CHINESE)
def test_chinese_is_set_as_chinese(path: str) -> None:
    words = CHINESE[path]
    assert re.search(HAN, words)
    assert not re.search(f"{HAN} ?[,;:?!()]|[,;:?!()] ?{HAN}", words), "full-width punctuation"
    assert not re.search(f"{HAN}[.]|[\"']", words), "full-width punctuation"
    assert not re.search(f"{HAN}{LATIN}|{LATIN}{HAN}", words), "a space beside Latin"
    assert not re.search(f"{HAN} {HAN}|{WIDE} | {WIDE}", words), "no other space"


@pytest.mark.parametrize("path", TEXTS)
def test_english_holds_no_full_width_punctuation(path: str) -> None:
    assert not re.search(WIDE, TEXTS[path].in_language("en"))


AVOIDED = ("解决时间", "套餐", "盈亏平衡点", "被支配", "读法", "未公布", "目录", "拒绝")


@pytest.mark.parametrize("path", CHINESE)
def test_the_words_that_a_professional_avoids(path: str) -> None:
    assert not [word for word in AVOIDED if word in CHINESE[path]]
    assert "账户" not in CHINESE[path].replace("账户余额", "")


def test_the_terms_of_a_plan_that_the_source_does_not_have_are_not_recorded() -> None:
    """The page is older than 卓越级: what it says of all plans is not said of that one."""
    page = run_cli("plans", "show", "zhuoyue").out
    assert "How it is charged is not recorded here." in page
    assert "fees once taken are not refunded" not in page
    premier = run_cli("plans", "show", "premier").out
    assert "fees once taken are not refunded" in premier
    assert "How it is charged is not recorded here." not in premier


@pytest.mark.parametrize("name", SHIPPED)
def test_words_about_a_fee_tell_its_share_of_spend(name: str) -> None:
    """Else a plan of 25,000 and 10% of spend reads as one of 25,000."""
    for plan in load_catalogue(name).plans:
        fees = (plan.fees or {}).values()
        if plan.fee_text is not None and any(part.rate for f in fees for part in f.total.segments):
            for language in ("en", "zh"):
                assert "%" in plan.fee_text.in_language(language), plan.id
