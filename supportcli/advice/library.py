"""One door for programs: the advice for an account, or the answer for a deal."""

from __future__ import annotations

import datetime
from typing import overload

from supportcli.advice import recommendation
from supportcli.advice.deal import Deal
from supportcli.advice.portfolio import DealAnswer, answered
from supportcli.advice.price_terms import AS_PUBLISHED, PriceTerms
from supportcli.advice.recommendation import Advice
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, UsageError
from supportcli.needs.registry import Needs


@overload
def recommend(
    catalogue: Catalogue,
    needs: Deal,
    *,
    reading: str | None = None,
    as_of: datetime.date | None = None,
    include_doubtful: bool = False,
) -> DealAnswer: ...
@overload
def recommend(
    catalogue: Catalogue,
    needs: Needs,
    usage: Usage,
    reading: str | None = None,
    as_of: datetime.date | None = None,
    agreed: PriceTerms = AS_PUBLISHED,
    include_doubtful: bool = False,
) -> Advice: ...


def recommend(
    catalogue: Catalogue,
    needs: Needs | Deal,
    usage: Usage | None = None,
    reading: str | None = None,
    as_of: datetime.date | None = None,
    agreed: PriceTerms = AS_PUBLISHED,
    include_doubtful: bool = False,
) -> Advice | DealAnswer:
    """The advice for the needs and the usage of one account, or the answer for a whole deal.

    A deal has its own accounts, term and price, and is answered as the command line does: for each
    account and together. The plans and fees are those in force on a day (default: the first of the
    term); for the rest see `Advice` and `DealAnswer`.

    Raises:
        UsageError: needs without a usage, or a name that the catalogue does not have.
    """
    if isinstance(needs, Deal):
        day = as_of or needs.term.start
        return answered(catalogue.in_force(day), needs, reading, day, include_doubtful)
    if usage is None:
        raise UsageError(Message("needs are advised on with a usage; give one"))
    return recommendation.recommend(
        catalogue, needs, usage, reading, as_of, agreed, include_doubtful
    )
