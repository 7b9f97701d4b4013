"""What stands around the figures of a quote: whom it is for, who wrote it, how it looks."""

from __future__ import annotations

import datetime
from enum import Enum

from supportcli.record import NamedTuple


class Edition(Enum):
    """Who reads it: the customer, or colleagues who want to know every doubt."""

    CUSTOMER = "customer"
    INTERNAL = "internal"


class Letter(NamedTuple):
    """What is said beside the figures.

    `number` is None where nobody chose one, `because` says why it is not the recommended plan;
    `footer` is in the language of the quote. `logo` is a data URI, `colour` like #ff6a00 (empty:
    none was named); both are of pages alone.
    """

    customer: str | None = None
    number: str | None = None
    valid_until: datetime.date | None = None
    prepared_by: str | None = None
    company: str | None = None
    note: str | None = None
    because: str | None = None
    footer: str | None = None
    edition: Edition = Edition.CUSTOMER
    logo: str = ""
    colour: str = ""

    @property
    def internal(self) -> bool:
        """Whether colleagues read it."""
        return self.edition is Edition.INTERNAL
