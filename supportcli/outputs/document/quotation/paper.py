"""A quote to be handed over: its figures, whom it is for, and what it takes to compute it again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from supportcli.advice.quotation import Quotation
from supportcli.errors import Message
from supportcli.language import Language


class Edition(Enum):
    """Who reads it: the customer, or colleagues who want to know every doubt."""

    CUSTOMER = "customer"
    INTERNAL = "internal"


class Letter(NamedTuple):
    """What stands around the figures.

    `number` is None where nobody chose one, `because` says why it is not the recommended plan.
    """

    customer: str | None = None
    number: str | None = None
    valid_until: datetime.date | None = None
    prepared_by: str | None = None
    company: str | None = None
    note: str | None = None
    because: str | None = None
    edition: Edition = Edition.CUSTOMER


class QuotePaper(NamedTuple):
    """A quote with everything that its forms say, of one day and in one language.

    `as_of` is the day of the rules, `notes` what the figures rest on beside them; `rules` are the
    part of the catalogue that the figures follow.
    """

    quotation: Quotation
    language: Language
    letter: Letter
    date: datetime.date
    as_of: datetime.date
    confirmed_by: str | None
    notes: tuple[Message, ...]
    rules: Mapping[str, object]

    @property
    def internal(self) -> bool:
        """Whether colleagues read it."""
        return self.letter.edition is Edition.INTERNAL
