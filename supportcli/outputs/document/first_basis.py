"""What an answer rests on in its first lines: spend, term, needs, the prices' source, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.recommendation import Advice
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Basis
from supportcli.core.money import exact_money, whole
from supportcli.core.plan import Plan
from supportcli.errors import Message, translatable
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.first_screen import Clauses, ScreenTable, SmallPrint
from supportcli.outputs.document.plan_words import prices_brief, prices_note
from supportcli.outputs.document.telling import Telling, currency_name, for_customer, in_a_row
from supportcli.outputs.document.wording import months_words
from supportcli.patterns import regex

_NOTES = 2  # lines
_UNSURE = regex(r"(^| )\?")  # assumed behind a text, not known alone
_LESSER = regex(r"\([0-9]")
_LEFT_OPEN = {
    False: translatable("no requirement: {names}"),
    True: translatable("unsure: {names}"),
    None: translatable("not asked: {names}"),
}
"""Nothing is required, it is not known what is, nobody said."""
_BEFORE = {
    Basis.LIST: translatable("{spend} a month before discounts"),
    Basis.NET: translatable("{spend} a month after discounts"),
    None: translatable("{spend} a month"),
}


def whose_words(telling: Telling) -> str:
    """Whose plans they are, and the currency of all amounts."""
    vendor, currency = telling.advice.catalogue.vendor_name, currency_name(telling.currency)
    return telling.say(Message("{vendor}, {currency}", vendor=vendor, currency=currency))


def spend_basis(catalogue: Catalogue, spend: object) -> Message:
    """A spend of a month, and whether it is before discounts."""
    basis = catalogue.terms.basis
    return Message(_BEFORE[basis.value if basis else None], spend=spend)


def with_orders(telling: Telling, spend: object, ordered: Fraction) -> object:
    """A spend that counts, and what of it is ordered."""
    if not ordered:
        return spend
    part = whole(exact_money(ordered, telling.currency))
    return Message("{spend} ({part} ordered)", spend=spend, part=part)


def counted_words(spends: Sequence[Fraction], currency: str, *, cents: bool = False) -> object:
    """A spend, or from the lowest to the highest of several; `cents` also where they are 0."""
    ends = [exact_money(of(spends), currency) for of in (min, max)]
    low, high = ends if cents else map(whole, ends)
    return low if low == high else Message("{low} to {high}", low=low, high=high)


def term_words(telling: Telling) -> Message:
    """How many months from when on."""
    usage = telling.advice.usage
    start = usage.first_day
    month = usage.months[0].month if start.day == 1 else start
    return Message("{months} from {month}", months=months_words(telling.months), month=month)


def note_lines(telling: Telling, notes: Sequence[Message]) -> Iterator[Clauses]:
    """What else is to be known, as far as there is room."""
    if notes:
        parts = tuple(telling.say(_unlabelled(note)) for note in notes)
        yield Clauses(telling.say(Message("note")), parts, telling.gap, _NOTES)


def _unlabelled(note: Message) -> Message:
    """A note beside the label that calls it one."""
    if note.text == translatable("Note: {words}."):
        return Message("{words}.", words=note.values["words"])
    return note


def small_print(telling: Telling, table: ScreenTable) -> SmallPrint:
    """Whose copy the prices are, what the times are, and what prevails.

    In fewer words the signs that stand in the table are told all the same.
    """
    told = [cell.text for row in table.rows for cell in row.cells]
    assumed, lesser = (any(_UNSURE.search(text) for text in told), any(map(_LESSER.match, told)))
    prices, times, prevails = prices_words(telling, assumed)
    brief = telling.say(
        Message("{words}.", words=prices_brief(telling.advice.catalogue, _of(telling)))
    )
    marks = (telling.say(Message("(): for lesser severities.")),) if lesser else ()
    legend = (telling.say(Message("? unsure.")),) if assumed else ()
    versions = (
        (prices, times, *marks, prevails),
        (brief, times, *marks, prevails),
        (brief, *legend, *marks, prevails),
        (brief, *legend, prevails),
    )
    return SmallPrint(versions, telling.gap, 1 + len(marks))


def prices_words(telling: Telling, assumed: bool = False) -> tuple[str, str, str]:
    """The sentences of the small print; `assumed` where a time is marked so."""
    times = Message("Times: targets, ? unsure.") if assumed else Message("Times: targets.")
    prices = Message("{words}.", words=prices_note(telling.advice.catalogue, _of(telling)))
    return telling.say(prices), telling.say(times), telling.say(Message("Bill prevails."))


def _of(telling: Telling) -> Plan:
    """The plan whose prices are told: the one spoken of, else one that has amounts."""
    advice = telling.advice
    found = [e.plan for e in (telling.entry, advice.recommended, *advice.plans) if e is not None]
    return next((plan for plan in found if plan.priced), found[0])


def next_commands(telling: Telling, *commands: str) -> Clauses:
    """What to type next."""
    return Clauses(telling.say(Message("next")), commands, "   ")


def spend_words(telling: Telling) -> str:
    """Whom the answer is for, the spend, and the term."""
    words = Message("{spend}, {term}", spend=_level(telling), term=term_words(telling))
    return telling.say(for_customer(telling, words))


def _level(telling: Telling) -> Message:
    usage, currency = telling.advice.usage, telling.currency
    if telling.ranged:
        words = _basis(telling, counted_words(telling.spends_counted, currency))
    elif usage.spend_counted is None:
        if usage.accounts > 1:
            return Message("{count} accounts, the spend of each not known", count=usage.accounts)
        return Message("spend not known")
    else:
        words = _basis(telling, counted_words(usage.series or (usage.spend_counted,), currency))
    if usage.accounts > 1:
        words = Message("{count} accounts, each {words}", count=usage.accounts, words=words)
    return words


def _basis(telling: Telling, spend: object) -> Message:
    return spend_basis(
        telling.advice.catalogue, with_orders(telling, spend, telling.advice.usage.ordered)
    )


def needs_words(telling: Telling) -> Message:
    """What is asked for, what was left open, and of what nobody spoke."""
    first, *others = [*_asked(telling), *_left_open(telling)]
    for other in others:
        first = Message("{first}; {second}", first=first, second=other)
    return first


def _asked(telling: Telling) -> Iterator[Message]:
    """What is asked for; that it is nothing only where nobody said so."""
    words = asked_words(telling)
    if words is not None or not telling.left_open:
        yield words or Message("no needs named")


def _left_open(telling: Telling) -> Iterator[Message]:
    catalogue, needs = telling.advice.catalogue, telling.advice.needs
    named: dict[bool | None, list[Message]] = {False: [], True: [], None: []}
    for kind in KINDS:
        if kind.left_open(catalogue, needs):
            named[telling.left_open.get(kind.field)].append(kind.title(catalogue))
    for state, names in named.items():
        if names:
            yield Message(_LEFT_OPEN[state], names=tuple(names))


def asked_words(telling: Telling) -> Message | None:
    """What is asked for; None where nothing is."""
    return asked_of(telling.advice)


def asked_of(advice: Advice) -> Message | None:
    """The same of an advice."""
    catalogue, needs = advice.catalogue, advice.needs
    asked = [words for n in needs.needs if (words := n.in_brief(catalogue, needs)) is not None]
    return in_a_row(asked) if asked else None
