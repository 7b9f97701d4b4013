"""A bill is no list of customers: told by its columns, refused with what to sum up by what."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.customers.bills import bill_message
from tests.runner import TODAY, run_cli

FOCUS = (
    *("BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "ChargeCategory"),
    *("ChargeDescription", "ChargePeriodStart", "EffectiveCost", "ListCost", "PricingUnit", "Id"),
    *("ResourceId", "ServiceName", "SkuId", "SubAccountId"),
)
CUR = (
    *("identity/LineItemId", "bill/PayerAccountId", "bill/BillingPeriodStartDate"),
    *("lineItem/UsageAccountId", "lineItem/LineItemType", "lineItem/UsageType"),
    *("lineItem/UnblendedCost", "pricing/publicOnDemandCost"),
)
ATHENA = (
    *("identity_line_item_id", "bill_payer_account_id", "line_item_usage_account_id"),
    *("line_item_line_item_type", "line_item_usage_type", "line_item_unblended_cost"),
)
ENGLISH = (
    *("BillingCycle", "AccountID", "AccountName", "ProductCode", "ProductDetail", "UsageEndTime"),
    *("ServicePeriod", "InstanceID", "PretaxGrossAmount", "PretaxAmount"),
)
OLDER = (
    *(
        "账期",
        "账号ID",
        "账号",
        "产品",
        "产品明细",
        "消费类型",
        "账单类型",
        "实例ID",
        "计费项",
        "原价",
    ),
    *("应付金额", "现金支付"),
)
NEWER = (
    *("标识信息/账单明细ID", "账单信息/账单月份", "账单信息/费用类型", "身份信息/资源购买账号ID"),
    *("产品信息/产品Code", "资源信息/地域", "用量信息/用量", "费用信息/目录总价"),
)
BILLS = [
    pytest.param(FOCUS, "ListCost", "SubAccountId", "BillingPeriodStart", id="FOCUS"),
    pytest.param(
        *(CUR, "pricing/publicOnDemandCost", "lineItem/UsageAccountId"),
        "bill/BillingPeriodStartDate",
        id="AWS",
    ),
    pytest.param(ENGLISH, "PretaxGrossAmount", "AccountID", "BillingCycle", id="Alibaba, English"),
    pytest.param(OLDER, "原价", "账号ID", "账期", id="Alibaba, older"),
    pytest.param(
        *(NEWER, "费用信息/目录总价", "身份信息/资源购买账号ID", "账单信息/账单月份"),
        id="Alibaba, newer",
    ),
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(header: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, [f"{at}" for at, _ in enumerate(header)]])
    return text.getvalue().encode()


@pytest.mark.parametrize(("header", "amount", "account", "month"), BILLS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_bill_is_refused_with_what_to_sum_up(
    header: tuple[str, ...], amount: str, account: str, month: str, encoding: str
) -> None:
    Path("in.csv").write_bytes(table(header).decode().encode(encoding))
    done = run_cli("batch", "in.csv", "--out", "out.csv", *TODAY)
    words = (
        f"not a list of customers: sum {amount!r} by {account!r} and month ({month!r}) first, "
        "and give one row for each account"
    )
    assert (done.code, words in done.err) == (ExitCode.USAGE, True)
    assert not Path("out.csv").exists()


def test_a_bill_names_the_columns_that_it_has() -> None:
    message = bill_message(ATHENA)
    assert message is not None
    said = message.text.format(**message.values)
    assert (
        "it lacks 'pricing/publicOnDemandCost', the amounts before discount: export it with them, "
        "or sum 'line_item_unblended_cost', which is after discounts, by "
        "'line_item_usage_account_id' and month (that of the bill), and give --basis paid"
    ) in said
    without = bill_message(("SkuId", "ChargeCategory", "ResourceId"))
    assert without is not None
    assert "{amount}" in without.text
    assert [str(without.values[name]) for name in ("amount", "account", "month")] == [
        *("the amounts before discount", "the account", "that of the bill"),
    ]


def test_a_mapping_makes_no_list_of_a_bill() -> None:
    Path("in.csv").write_bytes(table(FOCUS))
    mapping = ("--map", "monthly_spend=ListCost", "--map", "account=SubAccountId")
    done = run_cli("batch", "in.csv", "--out", "out.csv", *mapping, *TODAY)
    assert (done.code, "this is a bill" in done.err) == (ExitCode.USAGE, True)


@pytest.mark.parametrize(
    "header",
    [
        ("BillingAccountId", "ChargeCategory", "ListCost"),
        ("SubAccountId", "ListCost", "ChargePeriodStart"),
        ("lineItem/UsageAccountId", "lineItem/LineItemType", "lineItem/UnblendedCost"),
    ],
)
def test_one_column_of_kinds_of_charges_beside_an_amount_is_enough(header: tuple[str, ...]) -> None:
    Path("in.csv").write_text(",".join(header) + "\nA1,Usage,1000\nA1,Tax,60\n")
    done = run_cli("batch", "in.csv", "--out", "out.csv", *TODAY)
    assert (done.code, "this is a bill" in done.err) == (ExitCode.USAGE, True)


def test_who_pays_is_the_account_where_nothing_else_is() -> None:
    """So that two rows of one payer are not two customers."""
    Path("in.csv").write_text("BillingAccountId,ListCost\nA1,1000\nA1,60\n")
    done = run_cli("batch", "in.csv", "--out", "out.csv", *TODAY)
    assert (done.code, "comes twice" in done.out) == (ExitCode.ROWS_REFUSED, True)
    Path("in.csv").write_text("SubAccountId,BillingAccountId,ListCost\nA1,P,1000\nA2,P,60\n")
    done = run_cli("batch", "in.csv", "--out", "out.csv", "--force", *TODAY)
    assert (done.code, "2 quoted" in done.out) == (ExitCode.DONE, True)


@pytest.mark.parametrize(
    "text",
    [
        "SubAccountId,ListCost,ServiceName\n1,12000,x\n",
        "账号ID,原价,账单类型\n1,12000,x\n",
        "AccountID,PretaxGrossAmount,SubscriptionType,BillingCycle\n1,12000,x,2026-01\n",
    ],
)
def test_what_was_summed_up_from_a_bill_is_a_list(text: str) -> None:
    Path("in.csv").write_text(text, encoding="utf-8")
    done = run_cli("batch", "in.csv", "--out", "out.csv", *TODAY)
    assert done.code == ExitCode.DONE, done.err
    assert len(Path("out.csv").read_text(encoding="utf-8").splitlines()) == 2
