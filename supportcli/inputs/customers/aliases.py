"""The names that columns of a list of customers go by, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.inputs.values.texts import folded, normal
from supportcli.needs.registry import KINDS
from supportcli.patterns import regex

COLUMNS = (
    "account",
    "monthly_spend",
    *(kind.column for kind in KINDS if kind.column),
    "accounts",
    "months",
    "plan",
    "reading",
    "paid_discount",
    "current_plan",
    "discount",
    "discount_on",
    "tax_mode",
    "tax_rate",
    "currency",
    "unit",
)
BESIDE_AMOUNTS = ("currency", "unit")
"""Columns that say what the amounts beside them are; a line above a header may begin so too."""

Says = Literal["own", "list", "open"]
"""What the name of a column of spend says: it is ours, it is before discount, or neither."""

_OTHERS = {
    "account": """account; id; account id; account uid; account name; account no; account no.;
        account number; uid; sub account id; sub account name; usage account id;
        customer; customer id; customer uid; customer name; 账号; 账号ID; 账号UID; 账号名称;
        主账号;
        主账号ID; 主账号UID; 云账号; 客户; 客户ID; 客户UID; 客户名; 客户名称;
        行标签; row labels""",
    **{kind.column: kind.aliases for kind in KINDS if kind.column},
    "accounts": """accounts; account count; number of accounts; 账号数; 账号数量; 账号个数;
        主账号数; 主账号数量; UID数; 账户数; 账户数量; 账户个数;
        no. of accounts; no of accounts; account qty""",
    "months": """months; term; term months; number of months; 月数; 服务期; 合同期限; 合同期;
        服务月数; 服务期月数""",
    "plan": "plan; support plan; recommended plan; 方案; 支持计划; 支持方案; 推荐方案",
    "reading": "reading; fee reading; 计费口径; 口径",
    "paid_discount": """paid discount; cloud discount; spend discount; 实付折扣; 消费折扣; 产品折扣;
        云产品折扣; 云消费折扣""",
    "discount": """discount; fee discount; support discount; 折扣; 服务费折扣; 支持计划折扣;
        支持折扣""",
    "discount_on": "discount on; 折扣范围",
    "tax_mode": "tax mode; 计税方式; 含税方式",
    "tax_rate": "tax rate; vat rate; 税率; 增值税率; 增值税税率",
    "currency": """currency; ccy; currency code; billing currency; spend currency; amount currency;
        cost currency; 币种; 币别; 货币; 货币代码; 币种代码; 货币种类; 结算币种; 计费币种; 计价币种;
        账单币种; 消费币种""",
    "unit": """unit; units; amount unit; spend unit; unit of amount; currency unit; 单位; 金额单位;
        货币单位; 消费单位; 计价单位; 数量级""",
    "current_plan": """current plan; current support plan; 当前方案; 现有方案; 在用方案;
        当前支持计划; 现有支持计划""",
}
_SPENDS: dict[Says, str] = {
    "own": "monthly_spend; spend",
    "list": """list spend; monthly list spend; list price; list cost; list amount; spend list;
        spend list price; monthly spend list; monthly spend list price; spend before discount;
        spend before discounts; monthly spend before discount; monthly spend before discounts;
        cost before discount; amount before discount; pretax gross amount; 折前; 折前消费;
        月折前消费; 折前月消费; 消费折前; 月消费折前; 每月消费折前; 消费金额折前; 月消费金额折前;
        云产品消费折前; 云产品月消费折前; 月云产品消费折前; 折前金额; 折前费用; 金额折前;
        原价; 月原价; 月消费原价; 消费原价; 原价消费; 原价金额; 目录价; 目录总价; 费用信息/目录总价;
        官网目录价; 官网价; 列表价; 刊例价""",
    "open": """amount; monthly amount; cost; costs; monthly cost; charge; charges; monthly charges;
        bill; monthly bill; billed; billed cost; billed amount; invoice amount; invoiced amount;
        payable; payable amount; amount payable; amount due; paid; paid amount; amount paid;
        monthly paid; payment; payment amount; monthly payment; net; net spend; monthly net spend;
        net monthly spend; net cost; net amount; spend net; monthly spend net; spend paid;
        monthly spend paid; spend after discount; monthly spend after discount; discounted spend;
        effective cost; pretax amount; cloud spend; monthly cloud spend; average spend;
        average monthly spend; 消费; 月消费; 消费额; 月消费额; 消费金额; 月消费金额; 每月消费;
        月均消费; 平均月消费; 云消费; 月云消费; 云产品消费; 云产品月消费; 月云产品消费; 金额; 费用;
        月费用; 账单金额; 月账单; 月账单金额; 应付; 应付金额; 应付总额; 实付; 实付金额; 实际支付;
        实际支付金额; 支付金额; 付款金额; 现金支付; 现金支付金额; 折后; 折后价; 折后消费; 消费折后;
        月消费折后; 折后月消费; 折后金额; 优惠后金额; 净消费""",
}
# What may stand in brackets after a name without making it another: plan (current) is not plan.
_HINTS = frozenset(
    map(
        normal,
        """optional; required; yes/no; y/n; uid; hours; minutes; months; h; min; per month; target;
        可选; 选填; 必填; 是/否; 有/无; 个; 个月; 月; 个/月; 每月; 小时; 分钟; 目标值; 折""".split(
            ";"
        ),
    )
)
_BRACKETED = regex(r"(?P<name>[^(【\[]+)[(【\[](?P<hint>[^()【】\[\]]*)[)】\]]")


def _by_key(table: Mapping[str, str]) -> dict[str, str]:
    return {normal(name): of for of, names in table.items() for name in names.split(";")}


ALIASES = _by_key(_OTHERS)
NOT_BY_ROW = _by_key(
    {
        "order": """order; orders; prepaid order; prepaid orders; 订单; 预付订单; 预付费订单;
            包年包月; 包年包月订单""",
        "voucher": "voucher; vouchers; coupon; 代金券; 优惠券; 抵扣券",
        "growth": """growth; growth rate; monthly growth; annual growth; spend growth; 增长; 增长率;
            月增长; 月增长率; 年增长; 年增长率; 消费增长; 消费增长率""",
    }
)
"""Names of columns with what is agreed in one contract and cannot be said of a row."""
OWN, LIST, OPEN = (frozenset(map(normal, names.split(";"))) for names in _SPENDS.values())
NAMES: Mapping[str, str] = ALIASES | dict.fromkeys(OWN | LIST, MONTHLY)
"""The names in their normal form that are taken without a word from the user."""
_OF_EITHER = ("discount", "折扣")
_OF_CUSTOMER = frozenset(
    map(
        normal,
        """customer; customer name; account name; sub account name; 客户; 客户名; 客户名称;
        账号名称""".split(";"),
    )
)
_PAYERS = frozenset(
    map(
        normal,
        """billing account id; billing account; bill/PayerAccountId; payer account id;
        payer account; master account id; management account id; 付款账号; 付款账号ID; 付费账号;
        付费账号ID; 结算账号; 结算账号ID""".split(";"),
    )
)
_NUMBERS = frozenset(
    map(
        normal,
        """customer no; customer no.; customer number; customer code; client no; client number;
        client code; 客户编号; 客户号; 客户代码; 客户编码""".split(";"),
    )
)
_OWN_MONTH = regex("spend(0?[1-9]|1[0-2])")


def spend_of(key: str) -> tuple[str, Says] | None:
    """Which spend a name in its normal form stands for, and what it says of discounts."""
    says: Says
    for says, monthly in (("own", OWN), ("list", LIST), ("open", OPEN)):
        if key in monthly:
            return MONTHLY, says
    month = _OWN_MONTH.fullmatch(key)
    return None if month is None else (SERIES[int(month[1]) - 1], "own")


def other_of(name: str) -> str | None:
    """Which other column a name stands for; a hint in brackets after it changes nothing."""
    found = ALIASES.get(normal(name))
    hinted = _BRACKETED.fullmatch(folded(name))
    if found is None and hinted is not None and normal(hinted["hint"]) in _HINTS:
        return ALIASES.get(normal(hinted["name"]))
    return found


def names_payer(name: str) -> bool:
    """Whether a column names who pays: the account, where no other column is it."""
    return normal(name) in _PAYERS


def numbers_customers(name: str) -> bool:
    """Whether a column has the customers' numbers: the account, where others only name them."""
    return stem_of(name) in _NUMBERS


def names_customer(name: str) -> bool:
    """Whether a column that may be the account is its customer's name where another is it too."""
    return stem_of(name) in _OF_CUSTOMER


def is_of_either(name: str) -> bool:
    """Whether a name of a discount does not say what it is off: the fee, or what is paid."""
    return stem_of(name) in _OF_EITHER


def stem_of(name: str) -> str:
    """The normal form of a name without what stands in brackets after it."""
    return normal(re.split(r"[(【\[]", folded(name))[0])
