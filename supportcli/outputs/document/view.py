"""What the user asked to see of an advice."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from supportcli.advice.sensitivity import Scenario
from supportcli.errors import Message
from supportcli.record import NamedTuple


class View(NamedTuple):
    """What the user asked to see, who confirmed the reading in use (None: nobody), notes on what
    the answer rests on, and the advice at other spends that were asked about.

    `topics` are what is to be explained, `whole` says whether the first screen stands above them.
    `named` says whether the reading in use was asked for, `span` are the ends of a range of spends,
    `customer` is for whom the answer is. `left_open` are the kinds of needs of which it was said
    that nothing is required, or that this is not known (True).
    With `keys` a line of keys stands below, which do what commands would.
    """

    topics: tuple[str, ...] = ()
    confirmed_by: str | None = None
    notes: tuple[Message, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    named: bool = False
    span: tuple[Fraction, ...] = ()
    whole: bool = False
    customer: str | None = None
    left_open: Mapping[str, bool] = MappingProxyType({})
    keys: bool = False
