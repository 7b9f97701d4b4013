"""What was agreed on price, as people say it: a tax included or added, a discount on what."""

from __future__ import annotations

from supportcli.inputs.values.names import read_choice

_TAX = {"included": True, "added": False}
_TAX_WORDS = {
    **dict.fromkeys(
        "含税 已含税 价税合计 价内税 内含 tax_included including_tax incl".split(), True
    ),
    **dict.fromkeys("不含税 未税 未含税 税另计 另计 外加 价外税 tax_added plus_tax".split(), False),
    **dict.fromkeys("excluded excluding_tax excl".split(), False),
}
_ON = {"all": True, "postpaid": False}
_ON_WORDS = {"全部": True, "全额": True, "后付": False, "后付费": False}


def read_tax(text: str) -> bool:
    """Whether the fee includes the tax; else it is added.

    Raises:
        UsageError: the text says neither.
    """
    return read_choice(text, _TAX, _TAX_WORDS)


def read_discount_on(text: str) -> bool:
    """Whether what is prepaid is discounted too; else only what is postpaid.

    Raises:
        UsageError: the text says neither.
    """
    return read_choice(text, _ON, _ON_WORDS)
