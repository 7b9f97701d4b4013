"""Which support plan, and what will it cost? The library behind the command line."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know the name; importing it would cost --version a tenth
if TYPE_CHECKING:
    from supportcli.advice.fit import Status
    from supportcli.advice.needs import Needs, ResponseNeed
    from supportcli.advice.quote import Quote, price
    from supportcli.advice.recommendation import Advice, recommend
    from supportcli.advice.usage import Usage
    from supportcli.core.duration import Duration
    from supportcli.core.period import Month
    from supportcli.errors import SupportCliError
    from supportcli.inputs.catalogue import load_catalogue

__version__ = "0.1.0"

__all__ = [
    "Advice",
    "Duration",
    "Month",
    "Needs",
    "Quote",
    "ResponseNeed",
    "Status",
    "SupportCliError",
    "Usage",
    "load_catalogue",
    "price",
    "recommend",
]

_HOMES = {
    "Advice": "supportcli.advice.recommendation",
    "Duration": "supportcli.core.duration",
    "Month": "supportcli.core.period",
    "Needs": "supportcli.advice.needs",
    "ResponseNeed": "supportcli.advice.needs",
    "Usage": "supportcli.advice.usage",
    "load_catalogue": "supportcli.inputs.catalogue",
    "Quote": "supportcli.advice.quote",
    "Status": "supportcli.advice.fit",
    "SupportCliError": "supportcli.errors",
    "price": "supportcli.advice.quote",
    "recommend": "supportcli.advice.recommendation",
}


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first used, so that `--version` loads nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'supportcli' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
