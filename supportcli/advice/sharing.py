"""Which plan for each account where a plan's fee is one for all accounts that have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, product
from math import prod

from supportcli.advice.deal import Account
from supportcli.advice.price_terms import NOTHING, PriceTerms
from supportcli.advice.purchases import Candidate, whole_quote
from supportcli.advice.quote import is_pooled
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.core.period import ONE
from supportcli.core.piecewise import ZERO
from supportcli.record import NamedTuple

MOST_TRIED = 1000
"""Up to so many ways to give each account a plan, all of them are looked at."""
_FEW = 30
"""Up to so many accounts, one after the other is tried with another plan."""

Way = tuple[PlanAdvice | None, ...]
"""A plan for each account, by its place in the deal."""


class Sharing(NamedTuple):
    """The advice for each account with the plan that it takes beside the others.

    `all_tried` where no other way to give each account a plan costs less together.
    """

    advices: tuple[Advice, ...]
    all_tried: bool


def sharing(accounts: Sequence[Account], advices: Sequence[Advice], agreed: PriceTerms) -> Sharing:
    """The plans that cost the accounts the least together, where some of them pool spend.

    An account's own cheapest plan stays unless another one lowers the sum of the whole term after
    a discount. Accounts whose plan hangs on a spend that is not known keep theirs.
    """
    options = [_options(advice) for advice in advices]
    if all(len(each) == 1 for each in options):
        return Sharing(tuple(advices), all_tried=True)
    readings = [reading.id for reading in advices[0].catalogue.readings]
    searches = {r: _Search(accounts, advices, agreed, r) for r in readings}
    best = {reading: search.best(options) for reading, search in searches.items()}
    way = best[advices[0].reading]
    return Sharing(
        tuple(
            _taking(advice, way[place], {r: found[place] for r, found in best.items()})
            for place, advice in enumerate(advices)
        ),
        prod(map(len, options)) <= MOST_TRIED or searches[advices[0].reading].is_free(way),
    )


def _options(advice: Advice) -> Way:
    """The plans that an account may take: its own cheapest one first, and those that pool."""
    own = advice.recommended
    if own is None or not advice.usage.spend_known:
        return (own,)
    pooled = [e for e in advice.plans if e.recommendable and is_pooled(e.plan)]
    if not pooled:
        return (own,)
    alone = [e for e in advice.plans if e.recommendable and not is_pooled(e.plan)]
    costs = [(cost, e) for e in alone if (cost := advice.term_cost(e)) is not None]
    cheapest = [min(costs, key=lambda each: (each[0], -each[1].plan.tier))[1]] if costs else []
    return (own, *(each for each in (*cheapest, *pooled) if each is not own))


def _taking(
    advice: Advice, entry: PlanAdvice | None, by_reading: Mapping[str, PlanAdvice | None]
) -> Advice:
    """The advice with the plan that the account takes beside the others."""
    if entry is advice.recommended or entry is None:
        return advice
    return advice._replace(
        recommended=entry,
        reason=ReasonCode.SHARED,
        tied=(),
        fallback=None,
        by_reading={**advice.by_reading, **by_reading},
    )


class _Search:
    """Ways to give each account a plan, and what each way costs under one reading."""

    def __init__(
        self,
        accounts: Sequence[Account],
        advices: Sequence[Advice],
        agreed: PriceTerms,
        reading: str,
    ) -> None:
        self.accounts = accounts
        self.advices = advices
        self.agreed = agreed
        self.reading = reading
        self.known: dict[tuple[str, tuple[int, ...]], Decimal | None] = {}

    def best(self, options: Sequence[Way]) -> Way:
        """The way that costs least; of equal ones the one that is looked at first."""
        if prod(map(len, options)) <= MOST_TRIED:
            return self._least(product(*options))
        gains = [self._gain(place, each[0]) for place, each in enumerate(options)]
        ranked = sorted(range(len(options)), key=lambda place: gains[place], reverse=True)
        paying = sum(gain > 0 for gain in gains)
        starts = _starts(options, ranked, paying)
        return self._least(self._improved(way, options, ranked) for way in starts)

    def _improved(self, way: Way, options: Sequence[Way], ranked: Sequence[int]) -> Way:
        """A way with changes, as long as there is one that makes it cost less."""
        while True:
            better = self._least(chain([way], _gathered(way, options, ranked)))
            if better is way and len(options) <= _FEW:
                better = self._least(chain([way], _one_moved(way, options)))
            if better is way:
                return way
            way = better

    def _gain(self, place: int, own: PlanAdvice | None) -> Fraction:
        """What its own plan costs an account for each unit of spend, which leaving it spares."""
        quote = own and own.quotes[self.reading]
        usage = self.advices[place].usage
        spend = sum((month.spend_held for month in usage.months), ZERO) * usage.accounts
        cost = self.agreed.net_term(quote) if quote else NOTHING
        return Fraction(cost) / max(spend, ONE)

    def is_free(self, way: Way) -> bool:
        """Whether a way costs nothing, so that none costs less."""
        return self._cost(way) == 0

    def _least(self, ways: Iterable[Way]) -> Way:
        found, *others = ways
        least = self._cost(found)
        for way in others:
            cost = self._cost(way)
            if cost is not None and (least is None or cost < least):
                found, least = way, cost
        return found

    def _cost(self, way: Way) -> Decimal | None:
        """What all accounts pay in the whole term; None where that of one cannot be told."""
        groups: dict[tuple[str, int], list[int]] = {}
        for place, entry in enumerate(way):
            if entry is not None:
                apart = -1 if is_pooled(entry.plan) else place
                groups.setdefault((entry.plan.id, apart), []).append(place)
        costs = [self._group(plan, tuple(places), way) for (plan, _), places in groups.items()]
        known = [cost for cost in costs if cost is not None]
        return sum(known, NOTHING) if len(known) == len(costs) else None

    def _group(self, plan: str, places: tuple[int, ...], way: Way) -> Decimal | None:
        if (plan, places) not in self.known:
            asked = [
                Candidate(self.accounts[place], self.advices[place], entry)
                for place in places
                if (entry := way[place]) is not None
            ]
            quote = whole_quote(asked, self.reading)
            self.known[plan, places] = None if quote is None else self.agreed.net_term(quote)
        return self.known[plan, places]


def _starts(options: Sequence[Way], ranked: Sequence[int], paying: int) -> Iterator[Way]:
    """Each account's own cheapest plan; then every plan that pools with all that may take it.

    With all of them, and without those whose own plan is free.
    """
    own = tuple(each[0] for each in options)
    yield own
    for plan in _pooled(options):
        yield _with(plan, own, options, ranked)
        yield _with(plan, own, options, ranked[:paying])


def _pooled(options: Sequence[Way]) -> list[str]:
    return sorted({e.plan.id for each in options for e in each if e and is_pooled(e.plan)})


def _with(plan: str, way: Way, options: Sequence[Way], places: Iterable[int]) -> Way:
    """The way with a plan for those of the accounts that may take it."""
    found = list(way)
    for place in places:
        found[place] = next((e for e in options[place] if e and e.plan.id == plan), way[place])
    return tuple(found)


def _gathered(way: Way, options: Sequence[Way], ranked: Sequence[int]) -> Iterator[Way]:
    """Every plan that pools with other accounts: always those that gain the most by it.

    The fee of each further unit of spend falls as spend grows, so of all that may take the plan
    none gains by it that spares less for each unit of spend than one that stays with its own.
    """
    for plan in _pooled(options):
        may = [place for place in ranked if any(e and e.plan.id == plan for e in options[place])]
        without = tuple(
            each[0] if entry and entry.plan.id == plan else entry
            for entry, each in zip(way, options, strict=True)
        )
        present = sum(entry is not None and entry.plan.id == plan for entry in way)
        for count in _counts(present, len(may)):
            yield _with(plan, without, options, may[:count])


def _counts(present: int, most: int) -> Iterable[int]:
    """How many accounts to try with a plan: of many, so many more or fewer, ever twice as many."""
    if most <= _FEW:
        return range(most + 1)
    steps = [2**power for power in range(most.bit_length())]
    tried = {present + step for step in steps} | {present - step for step in steps} | {present}
    return sorted(count for count in tried if 0 <= count <= most)


def _one_moved(way: Way, options: Sequence[Way]) -> Iterator[Way]:
    """All ways in which one account takes another plan."""
    for place, each in enumerate(options):
        for entry in each:
            if entry is not way[place]:
                yield (*way[:place], entry, *way[place + 1 :])
