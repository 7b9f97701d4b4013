"""What a need would cost that nobody spoke of yet, told beside the question about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from supportcli.advice.portfolio import DealAnswer, answered
from supportcli.advice.reasons import proposals
from supportcli.advice.recommendation import Advice
from supportcli.cli.run.understand import Understanding, understand
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money
from supportcli.errors import Message, UsageError
from supportcli.inputs.answers.sources import Layers
from supportcli.needs.need import Need
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.telling import told_readings


def need_prices(settings: Settings, catalogue: Catalogue, given: Layers) -> Iterable[Message]:
    """What is to be paid for all accounts, at the upper end of a range.

    Nothing where that cannot be told.
    """
    try:
        understood = understand(settings, catalogue, given)
    except UsageError:  # what was answered so far does not go with a flag, which is told later
        return ()
    found = _answered(settings, catalogue, understood)
    advice, named = found.shown.members[0].advice, "reading" in settings.given
    most = bool(found.ends) or (advice.usage.spend_known and len(told_readings(advice, named)) > 1)
    if found.deal.named:
        return tuple(_of_all(settings, catalogue, understood, found, most))
    return proposals(advice, partial(_price, advice, most))


def _price(advice: Advice, most: bool, price: Message) -> Message:
    """A price, with of how many accounts it is and whether it may be less."""
    price = _at_most(price, most)
    count = advice.usage.accounts
    return (
        price if count == 1 else Message("{price} (all {count} accounts)", price=price, count=count)
    )


def _at_most(price: Message, most: bool) -> Message:
    return Message("at most {words}", words=price) if most else price


def _answered(settings: Settings, catalogue: Catalogue, understood: Understanding) -> DealAnswer:
    deal, reading = understood.deal, understood.asked_reading
    return answered(catalogue, deal, reading, settings.as_of, settings.include_doubtful)


def _of_all(
    settings: Settings,
    catalogue: Catalogue,
    understood: Understanding,
    found: DealAnswer,
    most: bool,
) -> Iterator[Message]:
    """What all accounts cost together if each had the need."""
    for kind in KINDS:
        wanted = [kind.proposed(account.needs) for account in found.deal.accounts]
        need = next(filter(None, wanted), None)
        if need is None:
            continue
        with_it = _answered(settings, catalogue, _needing(understood, wanted)).most
        if with_it is not None and found.most is not None:
            annual = Message("{amount} a year", amount=Money(with_it.annual, with_it.currency))
            yield Message(
                "With {need} for each account: {annual} together, {extra} more.",
                need=need.words(catalogue),
                annual=_at_most(annual, most),
                extra=Money(with_it.annual - found.most.annual, with_it.currency),
            )


def _needing(understood: Understanding, wanted: Iterable[Need | None]) -> Understanding:
    """The same with a need more for each account that has not spoken of it."""
    deal = understood.deal
    accounts = tuple(
        account if need is None else account._replace(needs=account.needs.with_need(need))
        for account, need in zip(deal.accounts, wanted, strict=True)
    )
    said = understood.said._replace(deal=deal._replace(accounts=accounts))
    return understood._replace(said=said)
