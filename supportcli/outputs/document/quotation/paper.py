"""A quote to be handed over: its figures, whom it is for, and what it takes to compute it again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from supportcli.advice.letter import Letter
from supportcli.advice.quotation import Quotation
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.record import NamedTuple


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
