"""Which support plan, and what will it cost? The library behind the command line."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know the name; importing it would cost --version a tenth
if TYPE_CHECKING:
    from supportcli.advice.contrast import contrast
    from supportcli.advice.matching import Status
    from supportcli.advice.needs import Needs, ResponseNeed
    from supportcli.advice.quote import Quote, price
    from supportcli.advice.recommendation import Advice, recommend
    from supportcli.advice.sensitivity import scenarios, turns
    from supportcli.advice.thresholds import break_even
    from supportcli.advice.usage import Usage
    from supportcli.advice.whatif import demands, need_costs, savings, staircase
    from supportcli.core.duration import Duration
    from supportcli.core.period import Month
    from supportcli.errors import SupportCliError
    from supportcli.inputs.catalogue.loader import load_catalogue

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
    "break_even",
    "contrast",
    "demands",
    "load_catalogue",
    "need_costs",
    "price",
    "recommend",
    "savings",
    "scenarios",
    "staircase",
    "turns",
]

_HOMES = {
    "break_even": "supportcli.advice.thresholds",
    "contrast": "supportcli.advice.contrast",
    "demands": "supportcli.advice.whatif",
    "need_costs": "supportcli.advice.whatif",
    "savings": "supportcli.advice.whatif",
    "scenarios": "supportcli.advice.sensitivity",
    "staircase": "supportcli.advice.whatif",
    "turns": "supportcli.advice.sensitivity",
    "Advice": "supportcli.advice.recommendation",
    "Duration": "supportcli.core.duration",
    "Month": "supportcli.core.period",
    "Needs": "supportcli.advice.needs",
    "ResponseNeed": "supportcli.advice.needs",
    "Usage": "supportcli.advice.usage",
    "load_catalogue": "supportcli.inputs.catalogue.loader",
    "Quote": "supportcli.advice.quote",
    "Status": "supportcli.advice.matching",
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
