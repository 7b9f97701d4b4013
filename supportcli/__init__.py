"""Which support plan, and what will it cost? The library behind the command line."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know the name; importing it would cost --version a tenth
if TYPE_CHECKING:
    from supportcli.advice.contrast import contrast
    from supportcli.advice.deal import Account, Deal
    from supportcli.advice.letter import Edition, Letter
    from supportcli.advice.library import recommend
    from supportcli.advice.portfolio import DealAnswer
    from supportcli.advice.quote import Quote, price
    from supportcli.advice.recommendation import Advice
    from supportcli.advice.sensitivity import scenarios, turns
    from supportcli.advice.thresholds import break_even
    from supportcli.advice.usage import Order, Usage
    from supportcli.advice.whatif import demands, need_costs, savings, staircase
    from supportcli.batch.quote_table import quote_table
    from supportcli.core.amount_text import parse_amount
    from supportcli.core.duration import Duration, parse_duration
    from supportcli.core.period import Month
    from supportcli.errors import SupportCliError
    from supportcli.inputs.catalogue.loader import load_catalogue
    from supportcli.needs.need import Status
    from supportcli.needs.registry import Needs
    from supportcli.needs.response import ResponseNeed
    from supportcli.outputs.formats.json.results import to_json
    from supportcli.quotes.document import quote_document
    from supportcli.quotes.paper import quote
    from supportcli.quotes.verify import verify_quote
    from supportcli.sql.library import sql_statement

__version__ = "0.1.0"

__all__ = [
    "Account",
    "Advice",
    "Deal",
    "DealAnswer",
    "Duration",
    "Edition",
    "Letter",
    "Month",
    "Needs",
    "Order",
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
    "parse_amount",
    "parse_duration",
    "price",
    "quote",
    "quote_document",
    "quote_table",
    "recommend",
    "savings",
    "scenarios",
    "sql_statement",
    "staircase",
    "to_json",
    "turns",
    "verify_quote",
]

_HOMES = {
    "advice.contrast": ("contrast",),
    "advice.quote": ("Quote", "price"),
    "advice.deal": ("Account", "Deal"),
    "advice.letter": ("Edition", "Letter"),
    "advice.library": ("recommend",),
    "advice.portfolio": ("DealAnswer",),
    "advice.recommendation": ("Advice",),
    "advice.sensitivity": ("scenarios", "turns"),
    "advice.thresholds": ("break_even",),
    "advice.usage": ("Order", "Usage"),
    "advice.whatif": ("demands", "need_costs", "savings", "staircase"),
    "batch.quote_table": ("quote_table",),
    "core.duration": ("Duration", "parse_duration"),
    "core.amount_text": ("parse_amount",),
    "core.period": ("Month",),
    "errors": ("SupportCliError",),
    "inputs.catalogue.loader": ("load_catalogue",),
    "outputs.formats.json.results": ("to_json",),
    "quotes.document": ("quote_document",),
    "quotes.paper": ("quote",),
    "quotes.verify": ("verify_quote",),
    "sql.library": ("sql_statement",),
    "needs.need": ("Status",),
    "needs.registry": ("Needs",),
    "needs.response": ("ResponseNeed",),
}


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first used, so that `--version` loads nothing."""
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"supportcli.{home}"), name)
    raise AttributeError(f"module 'supportcli' has no attribute {name!r}")
