"""Names of columns that say what the amounts of others are in: 单位：万元, Amounts in USD."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from supportcli.inputs.customers.aliases import other_of, spend_of
from supportcli.inputs.customers.context import said_alone
from supportcli.inputs.customers.money_words import money_words
from supportcli.inputs.customers.months import month_in, unit_named
from supportcli.inputs.values.texts import folded, normal
from supportcli.patterns import regex

_STATES = regex(
    r"(?:金额|货币|计量|计价|数据)?单\s*位|币\s*种|币别|货币|(?<![a-z])(?:currency|units?|scale)(?![a-z])|"
    r"(?<![a-z])(?:amounts?|figures?|values?|numbers?|all)(?![a-z]).*(?<![a-z])in(?![a-z])|"
    r"^\W*in(?![a-z])"
)
_OF_NO_AMOUNT = regex(
    r"客户|账号|账户|备注|说明|序号|(?<![a-z])(?:account|customer|remark|note|comment)s?(?![a-z])"
)
_AN_AMOUNT = regex(
    "[额费价款金]|消费|成本|收入|营收|预算|余额|利润|资本|规模|产值|支出|"
    "spend|cost|price|charge|revenue|budget|balance|income|sales|limit|credit|profit|fee|gmv"
)
_OPTIONS = regex("[/、|]|或|(?<![a-z])or(?![a-z])")


def statements(header: Sequence[str], known: Collection[str], currency: str) -> Iterator[str]:
    """The names in a header that say what the amounts beside them are in.

    A column of other amounts may say so of its own.

    Args:
        header: the names.
        known: those of columns that the user named for a spend, or left out.
        currency: of the plans.
    """
    keys = {normal(name) for name in known}
    for name in header:
        if normal(name) not in keys and not _is_known(name, currency) and _states(name, currency):
            yield name


def _is_known(name: str, currency: str) -> bool:
    spend = spend_of(normal(name)) or spend_of(unit_named(name, currency).stem)
    return bool(spend or other_of(name)) or month_in(name, currency) is not None


def _states(name: str, currency: str) -> bool:
    text = folded(name)
    if _is_choice(text):
        return False
    if said_alone(name, currency) is not None:
        return True
    states = _STATES.search(text)
    before = text[: states.start()] if states else text
    if _AN_AMOUNT.search(before) or not (states or _OF_NO_AMOUNT.search(text)):
        return False
    words = money_words(text, currency)
    return bool(words.scales or words.currencies)


def _is_choice(text: str) -> bool:
    """Whether a text says what the cells below it may say: currency (CNY/USD), 单位（元/万元）."""
    several = len(money_words(text, "").currencies) > 1 or text.count("元") > 1
    return several and _OPTIONS.search(text) is not None
