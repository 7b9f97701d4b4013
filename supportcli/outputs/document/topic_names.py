"""What can be explained of an advice: the topics, what they are called, what each one tells."""

from __future__ import annotations

from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.record import NamedTuple

LIST, ALL, ACCOUNTS = "topics", "all", "accounts"
FULL = "full"
"""Among what is to be explained: nothing of a topic is left out."""


class Topic(NamedTuple):
    """A topic by its id, its name in each language, and what else people call it."""

    id: str
    name: Text
    aliases: tuple[str, ...]
    tells: Message


def _topic(topic: str, chinese: str, aliases: str, tells: Message) -> Topic:
    return Topic(topic, Text({"en": topic, "zh": chinese}), tuple(aliases.split()), tells)


TOPICS = (
    _topic(
        "fees",
        "服务费",
        "fee price prices 费用 价格 计费",
        Message("each fee as published, what is made of it, discount and tax, conditions"),
    ),
    _topic(
        "needs",
        "需求",
        "need why service 服务需求 理由 服务",
        Message("why this plan, how each plan meets each need, what each need costs"),
    ),
    _topic(
        "readings",
        "口径",
        "reading 计费口径",
        Message("how the fee rule can be read, and what each way comes to"),
    ),
    _topic(
        "months",
        "月份",
        "month payments 逐月 按月 月 付款",
        Message("month by month, and what is charged on which day"),
    ),
    _topic(
        "sources",
        "来源",
        "source assumptions 出处 资料 假设",
        Message("where prices and service come from, what is assumed, what is open"),
    ),
    _topic(
        "whatif",
        "假如",
        "what-if alternatives 如果 变化 其他计划",
        Message("the other plans, other needs, other spends: what would change"),
    ),
    _topic(
        "thresholds",
        "临界点",
        "threshold breakeven chart 临界消费额 持平点 费用持平点 图",
        Message("from which spend which plan is the cheapest, a chart, and what proves it"),
    ),
    _topic(
        ACCOUNTS, "账号", "account 全部账号", Message("every account, and what they cost together")
    ),
    _topic(
        ALL,
        "全部",
        "everything 所有",
        Message("the first screen and all of these; after a topic, all of it"),
    ),
    _topic(LIST, "主题", "topic list help 目录 列表", Message("this list")),
)
OF_ONE = tuple(topic.id for topic in TOPICS if topic.id != ACCOUNTS)
OF_DEAL = tuple(topic.id for topic in TOPICS)
OF_BREAKEVEN = ("thresholds", "fees", "needs", "readings", "sources", ALL, LIST)
"""Which answer has which topics, in the order in which they are told."""


def told(asked: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """What is asked for in short; with what stands for all of it, in full."""
    if ALL not in asked:
        return asked
    named = tuple(topic for topic in asked if topic not in (ALL, LIST))
    if named:
        return (*named, FULL)
    return (ALL, *(topic for topic in known if topic not in (ALL, LIST)), FULL)
