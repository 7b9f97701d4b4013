"""Which plan to take: the cheapest by invoice that meets every need, and what that rests on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from supportcli.advice.breakeven import SpendRange, cheapest_ranges
from supportcli.advice.known_names import check_names
from supportcli.advice.price_terms import AS_PUBLISHED, PriceTerms
from supportcli.advice.quote import Quote, price, priced_throughout
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Reading
from supportcli.core.piecewise import ZERO
from supportcli.core.plan import Plan
from supportcli.errors import Message, UsageError
from supportcli.needs.need import NeedResult, Status
from supportcli.needs.registry import KINDS, Needs, fit
from supportcli.record import NamedTuple


class ReasonCode(Enum):
    """Why the advice is what it is; a closed list."""

    CHEAPEST = "cheapest"
    ONLY_FIT = "only_fit"
    TIE_HIGHER_TIER = "tie_higher_tier"
    TIE_NEVER_DEARER = "tie_never_dearer"
    DEPENDS_ON_SPEND = "depends_on_spend"
    NO_PLAN_FITS = "no_plan_fits"
    ONLY_DOUBTFUL_FITS = "only_doubtful_fits"
    SHARED = "shared"


class Bar(Enum):
    """Why a plan cannot be taken, however well it fits."""

    CLOSED_TO_NEW = "closed_to_new"
    ENDS_WITHIN_TERM = "ends_within_term"


class PlanAdvice(NamedTuple):
    """One plan held against the needs, with its quote under every reading (None: unknown).

    `doubtful` where its sale is in doubt on the day, and that was not to be overlooked; `last_day`
    is the plan's last one, where that is within the term.
    """

    plan: Plan
    needs: tuple[NeedResult, ...]
    quotes: Mapping[str, Quote | None]
    bar: Bar | None = None
    doubtful: bool = False
    last_day: datetime.date | None = None

    def __repr__(self) -> str:
        """The plan and how it stands to the needs."""
        return f"<PlanAdvice {self.plan.id}: {'fits' if self.fits else 'does not fit'}>"

    @property
    def fits(self) -> bool:
        """Whether every need counts as met; the price plays no part."""
        return all(result.status.counts_as_met for result in self.needs)

    @property
    def eligible(self) -> bool:
        """Whether it fits, its price is known, and it can be taken unless its sale is in doubt."""
        return self.fits and self.bar is None and self.plan.priced

    @property
    def recommendable(self) -> bool:
        """Whether the plan may be recommended: it is eligible, and its sale is not in doubt."""
        return self.eligible and not self.doubtful

    @property
    def firm(self) -> bool:
        """Whether nothing about the fit is assumed, limited or in doubt."""
        return self.plan.availability is None and all(
            result.status is Status.MET for result in self.needs
        )

    @property
    def unmet(self) -> tuple[NeedResult, ...]:
        """The needs that would have to give way."""
        return tuple(result for result in self.needs if not result.status.counts_as_met)

    @property
    def sold_apart(self) -> tuple[Message, ...]:
        """All that would have to be bought beside it for it to fit; empty where it lacks more."""
        found = [result.apart for result in self.unmet if result.apart is not None]
        return tuple(found) if len(found) == len(self.unmet) else ()


class Advice(NamedTuple):
    """The answer: every plan, the recommended one, and how far the recommendation carries.

    `tied` cost the same as the recommended plan; `fallback` is the plan to take where what the
    recommendation rests on does not hold; `closest` is named where no plan fits; `proposed`
    holds by kind the advice's plan if there were a need that nobody spoke of; `ranges` tell the
    cheapest plan by spend where the spend is not known. `asked` is the plan that the answer is to
    be about, whether or not it is recommended.
    """

    catalogue: Catalogue
    needs: Needs
    usage: Usage
    reading: str
    reason: ReasonCode
    plans: tuple[PlanAdvice, ...]
    recommended: PlanAdvice | None
    tied: tuple[PlanAdvice, ...]
    fallback: PlanAdvice | None
    closest: PlanAdvice | None
    proposed: Mapping[str, PlanAdvice | None]
    by_reading: Mapping[str, PlanAdvice | None]
    ranges: tuple[SpendRange, ...]
    agreed: PriceTerms = AS_PUBLISHED
    include_doubtful: bool = False
    reading_given: bool = False
    asked: PlanAdvice | None = None

    def __repr__(self) -> str:
        """The plan, the reason and the rules; everything else is a name away."""
        plan = self.recommended.plan.id if self.recommended else None
        rules = f"{self.catalogue.id}, {self.reading}"
        return f"<Advice {plan}: {self.reason.value} ({rules}; {len(self.plans)} plans)>"

    @property
    def taken(self) -> PlanAdvice | None:
        """The plan that the answer is about: the one that was asked for, else the recommended."""
        return self.asked or self.recommended

    @property
    def other_asked(self) -> bool:
        """Whether the answer is about another plan than the recommended one."""
        return self.asked is not None and self.asked is not self.recommended

    def about(self, plan: str | None) -> Advice:
        """The same advice, its answer about the plan of that id; None: the recommended one."""
        return self._replace(asked=next((e for e in self.plans if e.plan.id == plan), None))

    @property
    def holds_under_all_readings(self) -> bool:
        """Whether every reading gives the same recommendation."""
        return len({entry.plan.id if entry else None for entry in self.by_reading.values()}) == 1

    @property
    def headline_readings(self) -> tuple[Reading, ...]:
        """The reading in use and, at equal weight, those that may tell another amount."""
        return self.catalogue.headline_readings(self.reading)

    @property
    def fits_none(self) -> bool:
        """Whether no plan may be recommended, whatever the spend."""
        return self.reason in (ReasonCode.NO_PLAN_FITS, ReasonCode.ONLY_DOUBTFUL_FITS)

    def term_cost(self, entry: PlanAdvice) -> Decimal | None:
        """What a plan is ranked by: its cost of the whole term after a discount."""
        quote = entry.quotes[self.reading]
        return None if quote is None else self.agreed.net_term(quote)

    @property
    def beginning(self) -> Mapping[datetime.date, tuple[Plan, ...]]:
        """The plans that cannot be had yet but begin within the term, by their first day."""
        found: dict[datetime.date, tuple[Plan, ...]] = {}
        for plan in self.catalogue.left_out:
            begins = plan.validity.valid_from
            if begins is None or plan.apart is not None:
                continue
            if self.usage.first_day <= begins <= self.usage.last_day:
                found[begins] = (*found.get(begins, ()), plan)
        return dict(sorted(found.items()))

    @property
    def unpriced_fits(self) -> tuple[PlanAdvice, ...]:
        """Plans that would meet the needs but whose price cannot be told."""
        return tuple(
            entry
            for entry in self.plans
            if entry.fits and entry.bar is None and not entry.plan.priced
        )


def recommend(
    catalogue: Catalogue,
    needs: Needs,
    usage: Usage,
    reading: str | None = None,
    as_of: datetime.date | None = None,
    agreed: PriceTerms = AS_PUBLISHED,
    include_doubtful: bool = False,
) -> Advice:
    """The advice for one account under a reading (default: the catalogue's own).

    The plans and fees are those in force on a day (default: the first of the term); a plan that is
    closed to new customers that day, or ends within the term, is held against the needs but never
    recommended. Nor is one whose sale is in doubt that day, unless those are to be included.

    Plans are ranked by what is invoiced over the whole term, after a discount; a tie goes to the
    higher tier. A plan without a known price is never recommended. Where the spend is not known, a
    plan is recommended only if it is the cheapest at every spend.
    """
    used = reading or catalogue.default_reading
    needs = needs.of(catalogue, usage.quantities)
    check_names(catalogue, needs, used)
    day = as_of or usage.first_day
    catalogue = _rules_of(catalogue, day, usage)
    plans = _held_against(catalogue, needs, usage, day)
    if not include_doubtful:
        plans = tuple(e._replace(doubtful=e.plan.availability is not None) for e in plans)
    best = _best(plans, used, usage, agreed)
    recommended = best[0] if best else None
    candidates = [entry for entry in plans if entry.recommendable]
    ranges = () if usage.spend_known else _ranges(candidates, used, usage, agreed)
    return Advice(
        catalogue=catalogue,
        needs=needs,
        usage=usage,
        reading=used,
        reason=_reason(plans, best),
        plans=plans,
        recommended=recommended,
        tied=best[1:],
        fallback=fallback_of(plans, recommended, used, usage, agreed),
        closest=None if candidates else _closest(plans, used),
        proposed=_proposed(catalogue, needs, plans, used, usage, agreed),
        by_reading={
            other.id: next(iter(_best(plans, other.id, usage, agreed)), None)
            for other in catalogue.readings
        },
        ranges=ranges,
        agreed=agreed,
        include_doubtful=include_doubtful,
        reading_given=reading is not None,
    )


def choice(advice: Advice, needs: Needs) -> PlanAdvice | None:
    """The plan that the same advice gives for other needs; None where it gives no single one."""
    plans = _refitted(advice.catalogue, advice.plans, needs)
    return next(iter(_best(plans, advice.reading, advice.usage, advice.agreed)), None)


def has_choice(advice: Advice, needs: Needs) -> bool:
    """Whether any plan that may be recommended meets those needs."""
    return any(entry.recommendable for entry in _refitted(advice.catalogue, advice.plans, needs))


def meets(advice: Advice, entry: PlanAdvice, needs: Needs) -> bool:
    """Whether a plan meets other needs."""
    return all(each.status.counts_as_met for each in fit(advice.catalogue, entry.plan, needs))


def choice_at(
    advice: Advice, usage: Usage, reading: str, kept: PlanAdvice | None = None
) -> PlanAdvice | None:
    """The plan that the same advice gives at other spends under a reading, and its quote.

    Of those that cost the same the one that is to be kept, if it is among them.
    """
    plans = tuple(
        entry._replace(quotes={reading: price(entry.plan, usage, reading)})
        for entry in advice.plans
        if entry.recommendable
    )
    best = _best(plans, reading, usage, advice.agreed)
    of_it = (entry for entry in best if kept is not None and entry.plan == kept.plan)
    return next(of_it, next(iter(best), None))


def _rules_of(catalogue: Catalogue, day: datetime.date, usage: Usage) -> Catalogue:
    """The plans in force on the day, each with its extras counted in.

    A plan whose price of a later month is unknown has no known price for the term.
    """
    rules = catalogue.in_force(day).with_quantities(usage.quantities)
    rules = rules._replace(plans=tuple(priced_throughout(plan, usage) for plan in rules.plans))
    if not rules.plans:
        raise UsageError(
            Message("no plan of the catalogue is in force on {date}; give another day", date=day)
        )
    return rules


def _held_against(
    catalogue: Catalogue, needs: Needs, usage: Usage, day: datetime.date
) -> tuple[PlanAdvice, ...]:
    return tuple(
        PlanAdvice(
            plan,
            fit(catalogue, plan, needs),
            {reading.id: price(plan, usage, reading.id) for reading in catalogue.readings},
            _bar(plan, usage, needs, day),
            last_day=plan.validity.valid_to if plan.validity.ends_before(usage.last_day) else None,
        )
        for plan in catalogue.plans
    )


def _bar(plan: Plan, usage: Usage, needs: Needs, day: datetime.date) -> Bar | None:
    if plan.validity.closed_on(day) and plan.id != needs.current_plan:
        return Bar.CLOSED_TO_NEW
    ends = plan.validity.ends_before(usage.last_day)
    return Bar.ENDS_WITHIN_TERM if ends else None


def _ranges(
    entries: list[PlanAdvice], reading: str, usage: Usage, agreed: PriceTerms
) -> tuple[SpendRange, ...]:
    return cheapest_ranges([entry.plan for entry in entries], reading, usage, agreed)


def _best(
    plans: tuple[PlanAdvice, ...], reading: str, usage: Usage, agreed: PriceTerms
) -> tuple[PlanAdvice, ...]:
    """The cheapest that may be recommended, and those that cost the same, higher tiers first."""
    candidates = [entry for entry in plans if entry.recommendable]
    if not usage.spend_known:
        ranges = _ranges(candidates, reading, usage, agreed)
        cheapest = ranges[0].plans if len(ranges) == 1 else ()
        return tuple(entry for plan in cheapest for entry in candidates if entry.plan is plan)
    invoiced = [
        (agreed.net_term(quote), entry)
        for entry in candidates
        if (quote := entry.quotes[reading]) is not None
    ]
    ranked = sorted(invoiced, key=lambda ranking: (ranking[0], -ranking[1].plan.tier))
    return tuple(entry for total, entry in ranked if total == ranked[0][0])


def _reason(plans: tuple[PlanAdvice, ...], best: tuple[PlanAdvice, ...]) -> ReasonCode:
    candidates = sum(entry.recommendable for entry in plans)
    if not candidates:
        doubtful = any(entry.eligible for entry in plans)
        return ReasonCode.ONLY_DOUBTFUL_FITS if doubtful else ReasonCode.NO_PLAN_FITS
    if not best:
        return ReasonCode.DEPENDS_ON_SPEND
    if len(best) > 1:
        return ReasonCode.TIE_HIGHER_TIER
    return ReasonCode.CHEAPEST if candidates > 1 else ReasonCode.ONLY_FIT


def fallback_of(
    plans: tuple[PlanAdvice, ...],
    recommended: PlanAdvice | None,
    reading: str,
    usage: Usage,
    agreed: PriceTerms,
) -> PlanAdvice | None:
    """The cheapest plan of which nothing is assumed, where that cannot be said of the chosen."""
    if recommended is None or recommended.firm:
        return None
    firm = tuple(entry for entry in plans if entry.firm)
    return next(iter(_best(firm, reading, usage, agreed)), None)


def _proposed(
    catalogue: Catalogue,
    needs: Needs,
    plans: tuple[PlanAdvice, ...],
    reading: str,
    usage: Usage,
    agreed: PriceTerms,
) -> Mapping[str, PlanAdvice | None]:
    found: dict[str, PlanAdvice | None] = {}
    for kind in KINDS:
        need = kind.proposed(needs)
        if need is not None:
            refitted = _refitted(catalogue, plans, needs.with_need(need))
            found[kind.field] = next(iter(_best(refitted, reading, usage, agreed)), None)
    return found


def _refitted(
    catalogue: Catalogue, plans: tuple[PlanAdvice, ...], needs: Needs
) -> tuple[PlanAdvice, ...]:
    """The same plans and quotes held against other needs."""
    return tuple(entry._replace(needs=fit(catalogue, entry.plan, needs)) for entry in plans)


def _closest(plans: tuple[PlanAdvice, ...], reading: str) -> PlanAdvice | None:
    """Of the plans to be had the one with the fewest unmet needs, the smallest gap, the price.

    Those that something sold beside it would meet count only among plans that lack as many others.
    One whose sale is in doubt only where the others leave more needs unmet or go without more.
    """

    def distance(entry: PlanAdvice) -> tuple[int | bool | Fraction | Decimal, ...]:
        gaps = [result.gap for result in entry.unmet]
        known = [gap for gap in gaps if gap is not None]
        quote = entry.quotes[reading]
        cost = quote.annual.total if quote else Decimal(0)
        unknown = len(gaps) - len(known)
        without = sum(result.lacking for result in entry.unmet)
        slow = unknown, sum(known, ZERO)
        alone = sum(result.apart is None for result in entry.unmet)
        return (
            alone,
            len(gaps),
            without,
            entry.doubtful,
            *slow,
            quote is None,
            cost,
            entry.plan.tier,
        )

    lacking = (e for e in plans if e.plan.priced and e.bar is None and e.unmet)
    return min(lacking, key=distance, default=None)
