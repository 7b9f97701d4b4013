"""Another currency in the lines above a header that none of them says amounts are in: USD desk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from supportcli.core.currencies import currencies_meant
from supportcli.inputs.customers.context import NO_CODES, Above
from supportcli.inputs.values.texts import half_width

_CURRENCY = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{3}|(?i:dollars?|euros?|pounds?))(?![A-Za-z0-9])"
    r"|(?:US|HK|NT|[SAC])\$|[$€£]|美元|美金|欧元|港元|港币|英镑|日元"
)
_LONGEST = 1000
_NAMES = frozenset({*NO_CODES, "amd"})


def other_currency_in(above: Above, currency: str) -> tuple[str, str] | None:
    """The shortest text above a header that names another currency than the plans', and that."""
    found = [
        (cell.strip(), other) for row in above for cell in row for other in _others(cell, currency)
    ]
    return min(found, key=lambda each: len(each[0]), default=None)


def _others(text: str, currency: str) -> Iterator[str]:
    for match in _CURRENCY.finditer(half_width(text[:_LONGEST])):
        meant = () if match[0].lower() in _NAMES else currencies_meant(match[0])
        if meant and currency not in meant:
            yield meant[0]
