"""An account whose plans hang on those of others: what its amounts are of, and other plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.instead import Instead, beside_others, instead
from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.to_pay import ToPay, to_pay
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Heading, paragraph
from supportcli.outputs.document.money_table import MoneyRow, money_table
from supportcli.outputs.document.whatif import more_or_less
from supportcli.outputs.document.wording import columns


def beside_blocks(
    found: Portfolio, member: Member, language: Language, with_plans: bool
) -> Iterator[Block]:
    """What all pay where the account takes another plan, and that the rest is told for it alone.

    Nothing where what it pays does not hang on the others.
    """
    if not beside_others(found, member):
        return
    if with_plans:
        yield from _plans(instead(found, member) or (), member, language)
    yield paragraph(map(language.say, _basis(found, member)), language)


def _plans(told: Sequence[Instead], member: Member, language: Language) -> Iterator[Block]:
    if told:
        title = Message(
            "All accounts, with another plan for {account}", account=member.account.name
        )
        yield Heading(language.say(title))
        plan, gap, fits = columns(language, Message("Plan"), Message("Difference"), Message("Fits"))
        [year] = columns(language, Message("a year, all accounts"), figures=True)
        rows = (_row(one, language) for one in told)
        currency = member.advice.catalogue.currency
        yield money_table((plan, year, gap, fits), rows, currency, language)


def _basis(found: Portfolio, member: Member) -> Iterator[Message]:
    others, alone = found.sharing(member), to_pay(member.advice, member.advice.taken)
    if others and member.share is not None and alone is not None:
        yield Message(
            "One fee with {others}: {part} a year are its part; alone it would be {alone}.",
            others=others,
            part=_year(member.share.to_pay),
            alone=_year(alone),
        )
    yield Message("Below, what other plans, needs and spends cost is told for this account alone.")


def _row(one: Instead, language: Language) -> MoneyRow:
    fits = Message("yes") if one.entry.fits else Message("no")
    gap = more_or_less(_year(one.more), language)
    return MoneyRow((language.text(one.entry.plan.name), one.whole.annual, gap, language.say(fits)))


def _year(paid: ToPay) -> Money:
    return Money(paid.annual, paid.currency)
