"""What one currency is worth in another: the user's own figure, never one that we ship."""

from __future__ import annotations

import datetime
from fractions import Fraction

from supportcli.record import NamedTuple


class Rate(NamedTuple):
    """What one unit of a currency is worth in the user's own; `date` is None where none is said."""

    currency: str
    worth: Fraction
    date: datetime.date | None = None
