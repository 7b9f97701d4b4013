"""Bills, which are no lists of customers: told by their columns, with what to sum up by what.

The names are those of FOCUS 1.0, of the Cost and Usage Report of AWS in both its forms, and of the
three headers that Alibaba Cloud gives its bills.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.values.texts import normal
from supportcli.record import NamedTuple

_ENOUGH = 3  # columns of single charges; a list that was summed up from a bill has hardly one


class BillForm(NamedTuple):
    """A form of bill: the columns of single charges alone, and those to sum up, best first.

    One column among the `kinds` of charges is enough beside an amount: a row of tax or of credit
    is no customer. `lists` are amounts before discount, `paid` those after it.
    """

    name: str
    kinds: frozenset[str]
    charges: frozenset[str]
    lists: tuple[str, ...]
    paid: tuple[str, ...]
    accounts: tuple[str, ...]
    months: tuple[str, ...]
    list_name: str

    @property
    def amounts(self) -> tuple[str, ...]:
        """All columns of amounts."""
        return self.lists + self.paid


def _bill(
    name: str, kinds: str, charges: str, lists: str, paid: str, accounts: str, months: str
) -> BillForm:
    before, after, by, in_months = (
        tuple(map(normal, names.split(";"))) for names in (lists, paid, accounts, months)
    )
    single = _keys(kinds)
    every = single | _keys(charges)
    return BillForm(name, single, every, before, after, by, in_months, list_name=lists)


def _keys(names: str) -> frozenset[str]:
    return frozenset(map(normal, names.split(";"))) - {""}


_BILLS = (
    _bill(
        "FOCUS",
        """ChargeCategory; ChargeClass; ChargeDescription; ChargeFrequency; ChargePeriodStart;
        ChargePeriodEnd""",
        """SkuId; SkuPriceId; PricingUnit; PricingQuantity; PricingCategory;
        ConsumedQuantity; ConsumedUnit; ResourceId; ResourceName; ResourceType; ListUnitPrice;
        ContractedUnitPrice; CommitmentDiscountId; ServiceCategory; ServiceName""",
        "ListCost",
        "ContractedCost; EffectiveCost; BilledCost",
        "SubAccountId; BillingAccountId; SubAccountName; BillingAccountName",
        "BillingPeriodStart; ChargePeriodStart; BillingPeriodEnd",
    ),
    _bill(
        "cost export",
        "ResourceId; InstanceId; MeterId; MeterName; Meter",
        """UsageDate; UsageQuantity; MeterCategory; MeterSubCategory; ResourceGroup;
        ResourceGroupName; ResourceLocation; UnitOfMeasure; UnitPrice""",
        "Cost; PreTaxCost; Costs; Charge; Charges; 费用",
        "",
        "SubscriptionId; SubscriptionName; AccountId; AccountName; Account",
        "Date; UsageDate; Month; BillingMonth",
    ),
    _bill(
        "AWS CUR",
        "lineItem/LineItemType; lineItem/LineItemDescription; lineItem/UsageType",
        """identity/LineItemId; identity/TimeInterval;
        lineItem/Operation; lineItem/ProductCode; lineItem/UsageStartDate; lineItem/UsageEndDate;
        lineItem/UsageAmount; lineItem/UnblendedRate; lineItem/ResourceId;
        pricing/RateCode; pricing/unit; product/sku""",
        "pricing/publicOnDemandCost",
        "lineItem/UnblendedCost; lineItem/NetUnblendedCost; lineItem/BlendedCost",
        "lineItem/UsageAccountId; bill/PayerAccountId",
        "bill/BillingPeriodStartDate; lineItem/UsageStartDate",
    ),
    _bill(
        "Alibaba Cloud",
        "",
        """ProductDetail; ProductType; PaymentTime; UsageStartTime; UsageEndTime; ServicePeriod;
        RecordID; InstanceID; DeductedByCoupons; DeductedByCashCoupons; DeductedByPrepaidCard;
        OutstandingAmount; BillingItem; SubscriptionType; InvoiceDiscount""",
        "PretaxGrossAmount",
        "PretaxAmount; PaymentAmount",
        "AccountID; OwnerID; AccountName; OwnerAccountName",
        "BillingCycle; BillingDate; UsageStartTime",
    ),
    _bill(
        "Alibaba Cloud",
        "实例ID; 计费项",
        """账单类型; 订单号/账单号; 账单开始时间; 账单结束时间; 产品明细; 产品明细Code; 消费类型;
        计费方式; 实例昵称; 实例规格; 实例配置; 服务时长; 单价单位; 用量单位;
        资源包抵扣; 代金券抵扣; 储值卡支付金额""",
        "原价",
        "应付金额; 现金支付",
        "账号ID; 账号; Owner账号",
        "账期; 账单开始时间",
    ),
    _bill(
        "Alibaba Cloud",
        "",
        """标识信息/账单明细ID; 标识信息/订单号; 账单信息/费用类型; 账单信息/交易类型;
        账单信息/服务开始时间; 账单信息/服务结束时间; 产品信息/产品Code; 产品信息/商品Code;
        产品信息/计费项Code; 资源信息/实例ID（出账粒度）; 资源信息/地域; 用量信息/用量;
        用量信息/用量单位; 定价信息/官网目录价; 费用信息/计费公式""",
        "费用信息/目录总价",
        "优惠信息/优惠后金额; 应付信息/应付金额（含税）",
        "身份信息/资源归属账号ID; 身份信息/资源购买账号ID",
        "账单信息/账单月份; 账单信息/账单日期",
    ),
)
_CHARGES = frozenset[str]().union(*(bill.charges for bill in _BILLS))


def is_of_bill(name: str) -> bool:
    """Whether a column is one that only single charges of a bill have."""
    return normal(name) in _CHARGES


def is_bill(header: Iterable[str]) -> bool:
    """Whether a header is that of a bill."""
    return _found({normal(name): name for name in header}) is not None


def bill_message(header: Sequence[str]) -> Message | None:
    """Why a bill is refused and how it becomes a list, by the columns that it has itself.

    None where the header is not that of a bill.
    """
    names = {normal(name): name for name in reversed(header)}
    bill = _found(names)
    if bill is None:
        return None
    amount, paid = _first(bill.lists, names), _first(bill.paid, names)
    if paid and not amount:
        return Message(
            "this is a bill ({form}), not a list of customers, and it lacks {lists}, the amounts "
            "before discount: export it with them, or sum {amount}, which is after discounts, by "
            "{account} and month ({month}), and give --basis paid with one row for each account",
            form=bill.name,
            lists=quoted(bill.list_name),
            amount=paid,
            **_by(bill, names),
        )
    return Message(
        "this is a bill ({form}), not a list of customers: sum {amount} by {account} and month "
        "({month}) first, and give one row for each account",
        form=bill.name,
        amount=amount or Message("the amounts before discount"),
        **_by(bill, names),
    )


def _by(bill: BillForm, names: Mapping[str, str]) -> dict[str, str | Message]:
    """What the amounts of a bill are to be summed up by."""
    return {
        "account": _first(bill.accounts, names) or Message("the account"),
        "month": _first(bill.months, names) or Message("that of the bill"),
    }


def _found(names: Iterable[str]) -> BillForm | None:
    """The form of bill that has most of these columns, if they are enough."""
    keys = set(names)
    best = max(_BILLS, key=lambda bill: (_is_single(bill, keys), len(bill.charges & keys)))
    whole = (best.charges, best.months, best.lists, best.paid)
    sure = _is_single(best, keys) or not any(keys.isdisjoint(names) for names in whole)
    return best if sure or len(best.charges & keys) >= _ENOUGH else None


def _is_single(bill: BillForm, keys: set[str]) -> bool:
    """Whether a column says of which charge a row is, beside an amount."""
    return bool(bill.kinds & keys) and not keys.isdisjoint(bill.amounts)


def _first(wanted: Iterable[str], names: Mapping[str, str]) -> str | None:
    return next((quoted(names[key]) for key in wanted if key in names), None)
