"""The comparison table: every plan, the unpriced ones too, against the needs."""

from __future__ import annotations

from supportcli.advice.amounts import fee_words
from supportcli.advice.fit import Status, fastest_level
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.money import Money
from supportcli.core.plan import ServiceLevel, Tam
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.blocks import Column, Row, Table

STATUS_WORDS = {
    Status.MET: Message("met"),
    Status.NOT_MET: Message("not met"),
    Status.MET_WITHIN_LIMIT: Message("met within a limit"),
    Status.UNKNOWN: Message("not stated"),
    Status.ASSUMED: Message("met, assumed"),
}
TAM_WORDS = {
    Tam.DEDICATED: Message("dedicated"),
    Tam.POOL: Message("pool"),
    Tam.NONE: Message("none"),
    Tam.UNKNOWN: Message("not stated"),
}
_FITS_WORDS = (
    (Status.NOT_MET, Message("no")),
    (Status.UNKNOWN, Message("not stated")),
    (Status.MET_WITHIN_LIMIT, Message("within a limit")),
    (Status.ASSUMED, Message("yes, assumed")),
)


def comparison(advice: Advice, language: Language) -> Table:
    """A row for each plan in the order of the tiers; the recommended one is marked."""
    severities = tuple(need.severity for need in advice.needs.response)
    severities = severities or (advice.catalogue.severities[0].id,)
    names = [advice.catalogue.severity(severity).name for severity in severities]
    titles = [Message("First response: {severity}", severity=name) for name in names]
    if len(titles) == 1:
        titles = [Message("First response")]
    columns = (
        Column(language.say(Message("Plan"))),
        *fee_columns(advice, language),
        *(Column(language.say(title)) for title in titles),
        Column(language.say(Message("TAM"))),
        Column(language.say(Message("Limits"))),
        Column(language.say(Message("Fits"))),
    )
    return Table(
        columns, tuple(_row(advice, entry, severities, language) for entry in advice.plans)
    )


def fee_columns(advice: Advice, language: Language) -> tuple[Column, ...]:
    """The headings over `fee_cells`; figures where the spend is known, else rules in words."""
    known = all(month.spend is not None for month in advice.usage.months)
    titles = (
        Message("Monthly fee"),
        Message("prepaid"),
        Message("postpaid"),
        Message("Annual cost"),
    )
    return tuple(Column(language.say(title), figures=known) for title in titles)


def charge_cells(quote: Quote, language: Language) -> tuple[str, ...]:
    """Monthly total, prepaid, postpaid and the year's total."""
    month = quote.monthly
    amounts = (month.total, month.prepaid, month.postpaid, quote.annual.total)
    return tuple(language.text(Money(amount, quote.plan.currency)) for amount in amounts)


def fee_cells(entry: PlanAdvice, reading: str, language: Language) -> tuple[str, ...]:
    """The charge under a reading; without a spend the rule in words, without a price so said."""
    quote = entry.quotes[reading]
    if quote is not None:
        return charge_cells(quote, language)
    if entry.plan.fees is None:
        unknown = language.say(Message("unknown"))
        return (language.say(Message("not in our source")), unknown, unknown, unknown)
    fee = entry.plan.fees[reading]
    parts = (fee.total, fee.prepaid, fee.postpaid)
    words = tuple(language.say(fee_words(part, entry.plan.currency)) for part in parts)
    return (*words, language.say(Message("by spend")))


def response_words(advice: Advice, level: ServiceLevel) -> Message:
    """A target with its channel, and whether it is assumed or limited."""
    words = Message(
        "< {target}, {channel}",
        target=level.target,
        channel=advice.catalogue.channel(level.channel).name,
    )
    if level.assumed:
        words = Message("{words} (assumed)", words=words)
    if level.limit is not None:
        words = Message("{words} (limited)", words=words)
    return words


def _row(advice: Advice, entry: PlanAdvice, severities: tuple[str, ...], language: Language) -> Row:
    limits = tuple(limit.text for limit in entry.plan.limits)
    tam = TAM_WORDS[entry.plan.tam.kind]
    cells = (
        language.text(entry.plan.name),
        *fee_cells(entry, advice.reading, language),
        *(_response_cell(advice, entry, severity, language) for severity in severities),
        language.say(Message("{words} (assumed)", words=tam) if entry.plan.tam.assumed else tam),
        language.text(limits) if limits else language.say(Message("none stated")),
        _fits_cell(entry, language),
    )
    return Row(cells, entry is advice.recommended)


def _response_cell(advice: Advice, entry: PlanAdvice, severity: str, language: Language) -> str:
    """The target by which the need is judged, else the fastest one."""
    judged = [r for r in entry.needs if r.wanted and r.wanted.severity == severity]
    level = judged[0].level if judged else fastest_level(entry.plan, severity, advice.needs)
    if level is not None:
        return language.say(response_words(advice, level))
    if judged and judged[0].status is Status.NOT_MET:
        return language.say(Message("none by your channels"))
    return language.say(Message("not stated"))


def _fits_cell(entry: PlanAdvice, language: Language) -> str:
    statuses = {result.status for result in entry.needs}
    for status, words in _FITS_WORDS:
        if status in statuses:
            return language.say(words)
    return language.say(Message("yes"))
