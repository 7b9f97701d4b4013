"""Whether what a quote states is what is computed, by its own rule and by that of today."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest

from supportcli.advice.quotation import Certainty, Quotation
from supportcli.core.catalogue import Catalogue
from supportcli.record import NamedTuple

_NOT_COMPUTED = frozenset(
    ("inputs", "recommended", "eligible", "gains", "losses", "not_recorded", "content")
)
"""What is said of an account, of its needs, of what plans contain: the fee's rule does not tell."""


class Difference(NamedTuple):
    """A figure as the quote states it and as it is computed (None: it is not there)."""

    where: str
    stated: object
    computed: object


class Printed(NamedTuple):
    """What came of holding the figures that a page shows against those of the page made anew.

    So many lines and cells with `figures` were compared; `alike` where every line is the same,
    `whole` where all of the page could be made anew: from another catalogue only what hangs on the
    fee's rule can.
    """

    figures: int
    wrong: tuple[Difference, ...]
    alike: bool
    whole: bool


class Today(NamedTuple):
    """The catalogue of today; `same` where it is the quote's, `altered` where it is but what the
    quote carries of it is not. `quoted` is None where it does not have the plans any more.
    """

    catalogue: Catalogue
    same: bool
    altered: bool
    quoted: Quotation | None


class Moved(NamedTuple):
    """What is to be paid for the term after the voucher, by the quote's rule and by today's."""

    reading: str
    role: Certainty
    then: Decimal
    now: Decimal


class Verified(NamedTuple):
    """What came of computing a quote again.

    `whole` says whether the page is as it was written, `sealed` whether the content is; `changed`
    are lines of the page that were not there. `quoted` is what the carried rule gives (None:
    nothing), `today` what the catalogue of today does (None: it is not here). `expired` is the last
    day on which it was valid, where that is past: it is right all the same. `printed` tells of the
    figures of the page (None: the file is the figures alone, or none can be computed).
    """

    number: str
    catalogue: str
    wrong: tuple[Difference, ...]
    whole: bool
    sealed: bool
    changed: tuple[str, ...]
    quoted: Quotation | None
    today: Today | None
    expired: datetime.date | None
    printed: Printed | None = None

    @property
    def right(self) -> bool:
        """Whether nothing tells that anything is not as it was written."""
        altered = self.today is not None and self.today.altered
        shown = () if self.printed is None else self.printed.wrong
        return not (self.wrong or shown) and self.untouched and self.sealed and not altered

    @property
    def moved(self) -> tuple[Moved, ...]:
        """What today's catalogue makes of each total; empty where one of the two is not known."""
        now = None if self.today is None else self.today.quoted
        if self.quoted is None or now is None:
            return ()
        return tuple(
            Moved(old.reading, old.role, old.sums.settlement.to_pay, new.sums.settlement.to_pay)
            for old, new in zip(self.quoted.sides, now.sides, strict=True)
        )

    @property
    def untouched(self) -> bool:
        """Whether the page is as it was written, or one reads the same on it."""
        return self.whole or (self.printed is not None and self.printed.alike)


def differences(stated: object, computed: object, where: str = "") -> Iterator[Difference]:
    """Every value that differs, in the order of what is computed."""
    if isinstance(stated, Mapping) and isinstance(computed, Mapping):
        for name in dict.fromkeys((*computed, *stated)):
            if name not in _NOT_COMPUTED:
                below = f"{where}.{name}" if where else name
                yield from differences(stated.get(name), computed.get(name), below)
    elif isinstance(stated, list) and isinstance(computed, list):
        for number, pair in enumerate(zip_longest(stated, computed)):
            yield from differences(*pair, f"{where}[{number}]")
    elif stated != computed or type(stated) is not type(computed):
        yield Difference(where, stated, computed)
