"""The lines of a first screen that hold amounts: month and year, today's plan."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.amounts import monthly_words
from supportcli.advice.quote import Quote
from supportcli.advice.reasons import giving_way
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.renewal import Renewal, renewal
from supportcli.advice.to_pay import ToPay
from supportcli.core.money import Money, round_up, whole
from supportcli.core.successor import and_successor
from supportcli.errors import Message
from supportcli.outputs.document.figures import aligned
from supportcli.outputs.document.first_screen import AmountLine, TextLine
from supportcli.outputs.document.telling import Telling, in_a_row

_MONTHS = 12
_TO = ".."


def amounts(telling: Telling, entry: PlanAdvice) -> Iterator[AmountLine | TextLine]:
    """A line for each reading that is told; the fee as a rule where no amount is known."""
    found = told_figures(telling, entry)
    if all(found):
        yield from amount_lines(telling, found, ends_of(telling.quotes(entry)))
        return
    if not entry.plan.priced:
        yield TextLine(
            telling.say(Message("costs")), (telling.say(Message("price not known to us")),)
        )
        return
    for label, reading in zip(_labels(telling), telling.readings, strict=True):
        words = monthly_words(telling.advice, entry.plan, reading, in_short=True)
        if telling.advice.usage.accounts > 1:
            words = Message("{rule} (spend: of each account)", rule=words)
        yield TextLine(label, (telling.say(words),))


def amount_lines(
    telling: Telling,
    found: Sequence[Sequence[ToPay]],
    ends: datetime.date | None = None,
    every: bool = False,
) -> Iterator[AmountLine]:
    """A line for each reading: an amount, or those from the lowest to the highest spend.

    Of a plan that `ends` within the year it is what can be bought until then.
    Where all readings come to the same there is one, but where there is to be `every` line.
    """
    amounts = {tuple((cost.monthly, telling.cost(cost)) for cost in line) for line in found}
    same = len(found) > 1 and len(amounts) == 1 and not every
    found = found[:1] if same else found
    months = _column([span_words(telling, [each.monthly for each in line]) for line in found])
    years = _column([span_words(telling, list(map(telling.cost, line))) for line in found])
    labels = _labels(telling) if len(found) > 1 else [telling.say(Message("costs"))]
    lines = zip(labels, telling.readings, found, months, years, strict=False)
    for label, reading, costs, month, year in lines:
        yield AmountLine(
            label,
            telling.say(_month(telling, costs, month, ends)),
            telling.say(told_cost(telling, year, ends)),
            "" if same else _reason(telling, reading),
        )


def ends_of(quotes: Sequence[Quote]) -> datetime.date | None:
    """The last day of a plan of which there is no whole year."""
    return next((quote.ends for quote in quotes if quote.ends), None)


def a_year(amount: object, ends: datetime.date | None) -> Message:
    """What a year costs, or what there is of it until a plan's last day."""
    if ends is None:
        return Message("{amount} a year", amount=amount)
    return Message("{amount} until {date}", amount=amount, date=ends)


def told_cost(telling: Telling, amount: object, ends: datetime.date | None = None) -> Message:
    """What a year costs, the first one, a shorter term, or what there is until a last day."""
    if _until(telling, ends) is not None:
        return a_year(amount, ends)
    return Message("{amount} {when}", amount=amount, when=telling.when)


def _until(telling: Telling, ends: datetime.date | None) -> datetime.date | None:
    """The last day, where it is within what the amounts are of."""
    within = ends and (not telling.in_part or ends < telling.advice.usage.last_day)
    return ends if within else None


def told_title(telling: Telling, quotes: Sequence[Quote]) -> Message:
    """Over such amounts."""
    ends = _until(telling, ends_of(quotes))
    return Message("until {date}", date=ends) if ends else telling.period


def year_title(quotes: Sequence[Quote]) -> Message:
    """Over amounts of a year, or of what there is of it."""
    ends = ends_of(quotes)
    return Message("until {date}", date=ends) if ends else Message("a year")


def _month(
    telling: Telling, costs: Sequence[ToPay], amount: str, ends: datetime.date | None
) -> Message:
    """What a month costs: each of a year, or the first one where others cost more or less.

    Of a term that begins within a month it is the first whole one.
    """
    months = min(_MONTHS, telling.months)
    until = _until(telling, ends)
    if until is not None:
        months = len(telling.advice.usage.until(until).first_year)
    if all(cost.monthly * months == telling.cost(cost) for cost in costs):
        return Message("{amount} a month", amount=amount)
    if telling.advice.usage.first_day.day > 1:
        return Message("{amount} the first full month", amount=amount)
    return Message("{amount} the first month", amount=amount)


def _labels(telling: Telling) -> list[str]:
    if len(telling.readings) == 1:
        return [telling.say(Message("costs"))]
    return [telling.say(words) for words in (Message("at most"), Message("probably"))]


def told_figures(telling: Telling, entry: PlanAdvice) -> list[list[ToPay]]:
    """What is to be paid under each reading that is told; see `_figures`."""
    return [_figures(telling, entry, reading) for reading in telling.readings]


def _figures(telling: Telling, entry: PlanAdvice, reading: str) -> list[ToPay]:
    """At the spend that is known, or at both ends of a range; none where one cannot be told."""
    if telling.ranged:
        found = [telling.figure_at(entry, reading, spend) for spend in telling.spends]
    else:
        found = [telling.figure(entry, reading)]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else []


def span_words(telling: Telling, found: Sequence[Decimal]) -> str:
    """An amount, or from that of the lowest spend to that of the highest."""
    return _TO.join(dict.fromkeys(map(telling.short, found)))


def _column(texts: Sequence[str]) -> list[str]:
    """Amounts one below the other, but not beside a span, which would leave a gap before them."""
    return list(texts) if any(_TO in text for text in texts) else aligned(texts)


def _reason(telling: Telling, reading: str) -> str:
    """What makes the amounts so, where there are two or one was asked for."""
    if len(telling.readings) == 1 and not telling.named:
        return ""
    return telling.language.text(telling.advice.catalogue.reading(reading).in_brief)


def range_words(telling: Telling) -> Iterator[str]:
    """From which spend which plan is the cheapest."""
    currency = telling.currency
    for part in telling.advice.ranges:
        start = whole(Money(round_up(part.start, currency), currency))
        names = tuple(plan.short_name for plan in part.plans)
        words = Message("{plans} from {spend} a month on", plans=names, spend=start)
        yield telling.say(words)


def closest_words(telling: Telling, entry: PlanAdvice) -> Iterator[str]:
    """The plan that lacks least, if it is sold at all, what it lacks, and what it costs a year."""
    steps = in_a_row([*giving_way(telling.advice, entry)])
    name = Message("{name}", name=telling.name(entry))
    if entry.plan.availability is not None:
        year = telling.advice.catalogue.year_named(entry.plan)
        words = Message("{plan} (if still sold as in {year})") if year else None
        words = words or Message("{plan} (if still sold)")
        name = Message(words.text, plan=name, year=str(year))
    yield telling.say(Message("{plan}: {text}", plan=name, text=steps))
    yield from (telling.say(words) for words in _closest_cost(telling, entry))


def _closest_cost(telling: Telling, entry: PlanAdvice) -> Iterator[Message]:
    """What it costs a year, without what would have to be bought beside it."""
    without = any(result.apart for result in entry.unmet)
    figures = filter(None, told_figures(telling, entry))
    found = [span_words(telling, list(map(telling.cost, line))) for line in figures]
    if len(found) > 1:
        words = Message("{most} {when} at most, probably {likely}")
        most, likely = found
        told = Message(words.text, most=most, when=telling.when, likely=likely)
    elif found:
        told = told_cost(telling, found[0])
    else:
        return
    yield Message("{words} without it", words=told) if without else told


def today(telling: Telling) -> Iterator[TextLine]:
    """Today's plan, where the customer has one; alone where there is none to hold against it."""
    found, needs = renewal(telling.advice), telling.advice.needs
    label = telling.say(Message("today"))
    if found is not None:
        yield TextLine(label, (telling.say(_change(telling, found)),))
    elif needs.current_plan is not None:
        held = (e for e in telling.advice.plans if e.plan.id == needs.current_plan)
        yield from (TextLine(label, (telling.say(_held(telling, entry)),)) for entry in held)


def _change(telling: Telling, found: Renewal) -> Message:
    """Today's plan with its price, and what the recommended one costs more or less."""
    chosen = telling.advice.taken
    if chosen is None or chosen.plan == found.current.plan:
        return Message("{plan}: renew it, fee and content stay", plan=telling.name(found.current))
    olds, news = (told_figures(telling, each) for each in (found.current, chosen))
    now = _held(telling, found.current)
    if found.ends is not None or not (all(olds) and all(news)):
        return now
    gaps = [
        [telling.cost(new.less(old)) for new, old in zip(after, before, strict=True)]
        for after, before in zip(news, olds, strict=True)
    ]
    return Message("{first}; {second}", first=now, second=both_gaps(telling, chosen, gaps))


def _held(telling: Telling, entry: PlanAdvice) -> Message:
    """The plan of today with what it costs, at most and probably."""
    plan, costs = telling.name(entry), told_figures(telling, entry)
    if entry.last_day is not None:
        return ending_words(telling, entry, costs[0])
    if not entry.plan.priced:
        return Message("{first}, {second}", first=plan, second=Message("price not known to us"))
    if not all(costs):
        return Message("{plan}", plan=plan)
    years = [span_words(telling, list(map(telling.cost, each))) for each in costs]
    cost = told_cost(telling, years[0])
    if len(set(years)) == 1:
        return Message("{first}, {second}", first=plan, second=cost)
    now = Message("{first}, {second}", first=plan, second=Message("at most {words}", words=cost))
    return Message("{words}, probably {amount}", words=now, amount=years[-1])


def both_gaps(telling: Telling, chosen: PlanAdvice, gaps: Sequence[Sequence[Decimal]]) -> Message:
    """What a plan costs more or less than today's, under each reading that is told."""
    words = gap_words(telling, chosen, gaps[0])
    if gaps[-1] == gaps[0]:
        return words
    return Message("{words}, probably {gap}", words=words, gap=more_words(telling, gaps[-1]))


def more_words(telling: Telling, gaps: Sequence[Decimal]) -> Message:
    """A difference with its direction: once, or at both ends of a range."""
    if falls(gaps):
        return at_ends(*(more_words(telling, [gap]) for gap in gaps))
    if not any(gaps):
        return Message("the same")
    words = Message("{amount} more") if max(gaps) > 0 else Message("{amount} less")
    return Message(words.text, amount=span_words(telling, list(map(abs, gaps))))


def ending_words(telling: Telling, entry: PlanAdvice, cost: Sequence[ToPay]) -> Message:
    """Today's plan that ends within the term, what it costs a month until then, what follows."""
    plan, date = telling.name(entry), entry.last_day
    words = Message("{plan} ends {date}, within the term", plan=plan, date=date)
    if cost:
        words = Message(
            "{plan} ends {date}, within the term; {amount} a month until then",
            plan=plan,
            date=date,
            amount=span_words(telling, [each.monthly for each in cost]),
        )
    return and_successor(words, telling.advice.catalogue, entry.plan)


def gap_words(telling: Telling, chosen: PlanAdvice, gaps: Sequence[Decimal]) -> Message:
    """What a plan costs more or less a year than today's: once, or at both ends of a range."""
    if falls(gaps):
        return at_ends(*(gap_words(telling, chosen, [gap]) for gap in gaps))
    name = telling.name(chosen)
    if not any(gaps):
        return Message("{plan} costs the same", plan=name)
    more = max(gaps) > 0
    words = Message("{plan} is {amount} more {when}")
    if not more:
        words = Message("{plan} is {amount} less {when}")
    amount = span_words(telling, list(map(abs, gaps)))
    return Message(words.text, plan=name, amount=amount, when=telling.when)


def falls(gaps: Sequence[Decimal]) -> bool:
    """Whether the upper end has the smaller difference, or the other direction."""
    return min(gaps) < 0 < max(gaps) or abs(gaps[0]) > abs(gaps[-1])


def at_ends(low: Message, high: Message) -> Message:
    """What holds at one end of a range, and what at the other."""
    return Message("{low} at the lower end, {high} at the upper end", low=low, high=high)
