"""From texts to a deal: what holds for all accounts, and what each of them spends and needs."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from supportcli.advice.deal import Account, Deal
from supportcli.advice.rules import BOUNDS
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.inputs.answers.accounts import NamedAccount, is_spend_unknown, read_accounts
from supportcli.inputs.answers.contract import ContractReader
from supportcli.inputs.answers.modes import Mode, refusals
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import Layers
from supportcli.inputs.answers.spends import SpendReader
from supportcli.inputs.values.count import read_count
from supportcli.needs.registry import Needs
from supportcli.record import NamedTuple

_OF_EACH = ("spend", "spend_series", "paid", "paid_discount", "order", "quantity")
"""What is said of each account itself: that of one would be wrong for another."""


class SaidDeal(NamedTuple):
    """A deal as it was understood, and what is to be told of how it was.

    `general` are the needs that hold for the accounts that name none.
    """

    deal: Deal
    general: Needs
    understood: tuple[Message, ...] = ()
    cautions: tuple[Message, ...] = ()


class DealReader:
    """Reads a deal for one catalogue, noting every mistake in `problems`."""

    def __init__(
        self,
        catalogue: Catalogue,
        as_of: datetime.date,
        verb: Mode | None = None,
        today: datetime.date | None = None,
    ) -> None:
        """A verb that gives no advice is a mode of its own; `today` a customer has its plan."""
        self.today = today
        self.catalogue = catalogue
        self.as_of = as_of
        self.verb = verb
        self.problems: list[Problem] = []
        self.understood: list[Message] = []
        self.cautions: list[Message] = []

    def read(self, given: Layers) -> SaidDeal:
        """The whole deal; what cannot be understood is in `problems`."""
        contract = ContractReader(self.catalogue, given, self.as_of)
        self.whole, self.growth = contract.read(), contract.growth()
        alike = contract.one("accounts", _accounts) or 1
        if "account" in given:
            deal, general = self._several(given)
        else:
            account = self._account(NamedAccount("", given))
            quantities = account.quantities
            deal = self.whole._replace(
                accounts=(account._replace(alike=alike, quantities={}),), quantities=quantities
            )
            general = account.needs
        self._tell("", contract.problems, (), contract.cautions)
        self._refuse(self._modes(deal, given), given, deal)
        return SaidDeal(deal, general, tuple(self.understood), tuple(self.cautions))

    def _several(self, given: Layers) -> tuple[Deal, Needs]:
        """Named accounts: what is not said of one is as the flags say of all."""
        named = read_accounts(given, self.problems)
        reader = AnswerReader(self.catalogue, self.today)
        general = reader.read({name: g for name, g in given.items() if name != "spend"})
        self._tell("", reader.problems, (), ())
        shared = {name: one for name, one in given.items() if name not in (*_OF_EACH, "account")}
        accounts = tuple(
            self._account(one._replace(given={**shared, **one.given})) for one in named
        )
        deal = self.whole._replace(quantities=general.quantities)
        return deal._replace(accounts=accounts) if accounts else deal, general.needs

    def _account(self, one: NamedAccount) -> Account:
        if "spend_series" in one.given:
            self._refuse([Mode.SERIES], one.given)
        answers_of = AnswerReader(self.catalogue, self.today)
        answers = answers_of.read(one.given)
        spends_of = SpendReader(self.catalogue, one.given, self.whole.term, self.growth)
        spends = spends_of.read(answers.spend)
        problems = (*answers_of.problems, *spends_of.problems)
        self._tell(one.name, problems, answers.understood, (*answers.cautions, *spends_of.cautions))
        if is_spend_unknown(one.given) and self.verb is None and not spends.series:
            self._refuse_unknown(one)
        return Account(
            one.name,
            answers.needs,
            spends,
            spends_of.orders,
            answers.quantities,
            span=answers.span,
            estimated=spends_of.estimated or answers.estimated,
        )

    def _modes(self, deal: Deal, given: Layers) -> list[Mode]:
        modes = [] if self.verb is None else [self.verb]
        if "account" in given:
            modes.append(Mode.NAMED)
        elif deal.accounts[0].alike > 1:
            modes.append(Mode.ALIKE)
        return modes

    def _refuse(self, modes: Collection[Mode], given: Layers, deal: Deal | None = None) -> None:
        """What means nothing in one of the modes, unless it is a mistake already."""
        noted = {problem.where for problem in self.problems}
        besides = ["range"] if deal is not None and deal.ends else []
        if is_spend_unknown(given) and given["spend"].origin == "--spend":
            besides.append("unknown")
        found = refusals(modes, given, besides)
        self.problems += (problem for problem in found if problem.where not in noted)

    def _refuse_unknown(self, one: NamedAccount) -> None:
        """What hangs on a spend that is said to be unknown, and whose that is."""
        if not one.name:
            self._refuse([Mode.UNKNOWN], one.given)
            return
        words = Message(
            "means nothing without the spend of {account}; give it, {account}=AMOUNT",
            account=one.name,
        )
        found = (Problem(each.where, words) for each in refusals([Mode.UNKNOWN], one.given))
        noted = {problem.where for problem in self.problems}
        self.problems += (problem for problem in found if problem.where not in noted)

    def _tell(
        self,
        name: str,
        problems: Iterable[Problem],
        understood: Iterable[Message],
        cautions: Iterable[Message],
    ) -> None:
        """What is to be told, each thing once, and of which account it is said."""
        self.problems += (problem for problem in problems if problem not in self.problems)
        self.understood += (_of(name, words) for words in understood)
        self.cautions += (_of(name, words) for words in cautions)


def _of(name: str, words: Message) -> Message:
    return Message("{account}: {why}", account=name, why=words) if name else words


def _accounts(text: str) -> int:
    return read_count(text, "accounts", BOUNDS["accounts"])
