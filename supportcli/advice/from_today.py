"""What the quoted plans change against those of today; of accounts alike in that, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.contrast import Contrast
from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.renewal import Renewal, renewal
from supportcli.advice.to_pay import ToPay, together
from supportcli.advice.today import against_today
from supportcli.record import NamedTuple


class FromToday(NamedTuple):
    """Accounts that have the same plan today and take the same one: what that changes.

    `more` is what is to be paid more under each reading that is told (below zero: less), of all
    these accounts together; empty where that cannot be said. `renewal` is that of the first one:
    its content is that of all.
    """

    accounts: tuple[str, ...]
    member: Member
    renewal: Renewal
    taken: PlanAdvice
    more: tuple[ToPay, ...]

    @property
    def stays(self) -> bool:
        """Whether the plan of today is the one that is taken."""
        return self.taken.plan.id == self.renewal.current.plan.id


def from_today(found: Portfolio, readings: Sequence[str]) -> Iterator[FromToday]:
    """In the order of the accounts; nothing of those of which no plan of today is known."""
    groups = _alike(found)
    told = [against_today(found, reading=reading).accounts for reading in readings if groups]
    for change, taken, places in groups:
        members = [found.members[place] for place in places]
        of_each = [[side[place] for place in places] for side in told]
        more = () if taken.last_day else tuple(_sums(of_each))
        names = tuple(member.account.name for member in members)
        yield FromToday(names, members[0], change, taken, more)


def _alike(found: Portfolio) -> list[tuple[Renewal, PlanAdvice, list[int]]]:
    """The places of accounts that change alike, with the change of the first one."""
    groups: list[tuple[Renewal, PlanAdvice, list[int]]] = []
    for place, member in enumerate(found.members):
        change, taken = renewal(member.advice), member.advice.taken
        if change is None or taken is None:
            continue
        same = (places for one, to, places in groups if _key(one, to) == _key(change, taken))
        places = next(same, None)
        if places is None:
            groups.append((change, taken, [place]))
        else:
            places.append(place)
    return groups


def _key(change: Renewal, taken: PlanAdvice) -> tuple[str, str, Contrast]:
    """Both plans, and what differs but for the money."""
    return change.current.plan.id, taken.plan.id, change.change._replace(extra=None)


def _sums(sides: Sequence[Sequence[ToPay | None]]) -> Iterator[ToPay]:
    """The sum under each reading; nothing under any where one of its parts is not known."""
    for parts in sides:
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return
        yield together(known)


def all_from_today(found: Portfolio, changes: Sequence[FromToday]) -> tuple[ToPay, ...]:
    """What all accounts together pay more under each reading; empty where one is not known."""
    told = sum(len(change.accounts) for change in changes if change.more)
    if told < len(found.members):
        return ()
    return tuple(map(together, zip(*(change.more for change in changes), strict=True)))
