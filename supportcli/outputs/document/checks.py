"""Reports on catalogues as blocks: whether the examples hold, and what differs between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from supportcli.advice.amounts import extra_words, fee_words
from supportcli.advice.change import Change, ChangeKind
from supportcli.advice.change_names import NamedIds, Names, Place
from supportcli.advice.difference import FeeChange
from supportcli.advice.examples import ExampleOutcome
from supportcli.advice.plan_changes import LimitTerms, Target
from supportcli.core.catalogue import Catalogue, Example, PointKind
from supportcli.core.conditions import Clause
from supportcli.core.money import Money, exact_decimal, exact_money, round_up
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import TICKETS, Apart, TamFact, Unstated
from supportcli.core.quantity import Extra
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.tam import tam_words
from supportcli.needs.targets import target_words
from supportcli.outputs.document.comparison import known_amount
from supportcli.outputs.document.figures import column_of
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Sentence,
    TableColumn,
    Weight,
)
from supportcli.outputs.document.money_table import MoneyCell, MoneyRow, money_table
from supportcli.outputs.document.plan_words import reading_words
from supportcli.outputs.document.wording import clause_words, columns

_WORDS: dict[object, Message] = {
    True: Message("yes"),
    False: Message("no"),
    Apart.PARTNER: Message("for partners"),
    Apart.ADD_ON: Message("an addition to another plan"),
    Apart.OLDER: Message("of an older edition"),
    PointKind.ASSUMPTION: Message("assumption"),
    PointKind.CONTRADICTION: Message("contradiction"),
    PointKind.NOT_STATED: Message("not stated or not recorded"),
}
KIND_WORDS = {
    ChangeKind.PLAN: Message("plan"),
    ChangeKind.FEE: Message("fee"),
    ChangeKind.PREPAID: Message("prepaid part"),
    ChangeKind.EXTRA: Message("extra charge"),
    ChangeKind.INCLUDED: Message("included"),
    ChangeKind.LIMIT: Message("limit"),
    ChangeKind.RESPONSE: Message("first response"),
    ChangeKind.CHANNEL: Message("channel"),
    ChangeKind.TAM: Message("TAM"),
    ChangeKind.TERMS: Message("condition"),
    ChangeKind.VALIDITY: Message("validity"),
    ChangeKind.TEXT: Message("text"),
    ChangeKind.SOURCE: Message("source"),
}


def examples_report(
    catalogue: Catalogue, outcomes: Sequence[ExampleOutcome], language: Language
) -> Iterator[Block]:
    """Every example with what came out; those that fail are marked."""
    held = sum(outcome.holds for outcome in outcomes)
    verdict = Message("{held} of {count} examples hold", held=held, count=len(outcomes))
    if not outcomes:
        verdict = Message("no examples")
    title = Message("{name}: {verdict}", name=catalogue.name, verdict=verdict)
    bad = held < len(outcomes)
    yield Sentence(language.say(title), Weight.CAUTION if bad else Weight.STRONG)
    if outcomes:
        names = (Message("Plan"), Message("Given"))
        figures = (Message("Spend"), Message("Expected"), Message("Found"))
        heads = (
            *columns(language, *names),
            *columns(language, *figures, figures=True),
            TableColumn(language.say(Message("Holds"))),
        )
        rows = [_example_row(catalogue, outcome, language) for outcome in outcomes]
        yield money_table(heads, rows, catalogue.currency, language)


def _example_row(catalogue: Catalogue, outcome: ExampleOutcome, language: Language) -> MoneyRow:
    example = outcome.example
    cells = (
        language.text(catalogue.plan(example.plan).name),
        language.text(given_words(catalogue, example)),
        exact_decimal(example.spend, catalogue.currency),
        known_amount(outcome.expected, language),
        _found(catalogue, outcome, language),
        language.say(Message("yes") if outcome.holds else Message("no")),
    )
    return MoneyRow(cells, not outcome.holds)


def _found(catalogue: Catalogue, outcome: ExampleOutcome, language: Language) -> MoneyCell:
    """What came out under each reading, what is the same once."""
    missing = tuple(catalogue.quantity(each).name for each in lacking(catalogue, outcome.example))
    if missing:
        return language.say(Message("needs {names}", names=missing))
    amounts = [*{*outcome.found.values()}]
    if len(amounts) == 1:
        return known_amount(amounts[0], language)
    unknown = language.say(Message("not recorded"))
    return " / ".join(sorted(column_of(amounts, unknown, language)))


def given_words(catalogue: Catalogue, example: Example) -> tuple[object, ...]:
    """What an example goes by besides its spend: reading, quantities, day."""
    told: list[object] = []
    if example.reading is not None and len(catalogue.readings) > 1:
        told.append(catalogue.reading(example.reading).name)
    for quantity, number in example.quantities.items():
        name = catalogue.quantity(quantity).name
        told.append(Message("{quantity}={number}", quantity=name, number=number))
    if example.as_of is not None:
        told.append(Message("as of {date}", date=example.as_of))
    return tuple(told)


def lacking(catalogue: Catalogue, example: Example) -> tuple[str, ...]:
    """The quantities that an example needs and does not give."""
    return catalogue.plan(example.plan).with_quantities(example.quantities).lacking


def difference_report(
    old: Catalogue, new: Catalogue, changes: Sequence[Change], language: Language
) -> Iterator[Block]:
    """What differs, a heading for each plan and a point for each change."""
    if not changes:
        yield Sentence(language.say(Message("Nothing differs.")), Weight.STRONG)
    names = plan_names(old, new, language)
    for index, plan in enumerate(dict.fromkeys(change.plan for change in changes)):
        title = Message("The catalogue") if plan is None else Message("{name}", name=names[plan])
        yield Heading(language.say(title), apart=bool(index))
        told = (c for c in changes if c.plan == plan)
        yield Points(tuple(_change_words(change, old, new, language) for change in told))
    about = [each for change in changes for each in change.about]
    said = Names(old, new)
    named = [reading_words(r) for r in new.readings if said.words("readings", r.id) in about]
    if len(named) > 1:
        told_apart = Message("Readings of the fee rule: {names}.", names=tuple(named))
        yield Sentence(language.say(told_apart), Weight.QUIET)


def plan_names(old: Catalogue, new: Catalogue, language: Language) -> Mapping[str, str]:
    """Each plan's name by its id; with its vendor where two plans are called alike."""
    vendors = {plan.id: each.vendor_name for each in (old, new) for plan in each.plans}
    names = {plan.id: language.text(plan.name) for each in (old, new) for plan in each.plans}
    told = Counter(names.values())
    return {
        plan: name
        if told[name] == 1
        else language.say(Message("{plan} ({vendor})", plan=name, vendor=vendors[plan]))
        for plan, name in names.items()
    }


def _change_words(
    change: Change, old_one: Catalogue, new_one: Catalogue, language: Language
) -> str:
    about = _about(change)
    if change.kind is ChangeKind.PLAN:
        gone = change.new is None
        return language.say(Message("no longer there") if gone else Message("new"))
    old, new = value_words(change.old, old_one), value_words(change.new, new_one)
    named = {language.text(each) for each in change.about}
    if change.old is None and language.text(new) in named:
        words = Message("{about}: added", about=about)
    elif change.new is None and language.text(old) in named:
        words = Message("{about}: removed", about=about)
    elif language.text(old) == language.text(new) in named:
        words = Message("{about}: changed", about=about)
    elif change.old is None:
        words = Message("{about}: added: {value}", about=about, value=new)
    elif change.new is None:
        words = Message("{about}: removed: {value}", about=about, value=old)
    elif language.text(old) == language.text(new):
        words = Message("{about}: changed: {value}", about=about, value=new)
    else:
        words = Message("{about}: {old} -> {new}", about=about, old=old, new=new)
    if change.since:
        since = Money(round_up(change.since, new_one.currency), new_one.currency)
        words = Message("{words}, from a spend of {since} on", words=words, since=since)
    return language.say(words)


def _about(change: Change) -> Message:
    """What sort of thing changed, and which; a field's own name says both."""
    kind = KIND_WORDS[change.kind]
    if not change.about:
        return kind
    if change.kind is ChangeKind.TEXT:
        first, *others = change.about
        return _with(Message("{text}", text=first), tuple(others))
    return _with(kind, change.about)


def _with(words: Message, others: Sequence[object]) -> Message:
    if not others:
        return words
    return Message("{kind} ({field})", kind=words, field=tuple(others))


def value_words(value: object, catalogue: Catalogue) -> object:
    """A value of a catalogue in words: a fee as a rule, an entry by its text or name."""
    currency = catalogue.currency
    match value:
        case PiecewiseLinear():
            return fee_words(value, currency)
        case Clause():
            return clause_words(value)
        case Extra():
            units = {quantity.id: quantity.unit for quantity in catalogue.quantities}
            price = extra_words(value, units.get(value.quantity or ""), currency)
            return Message("{name}: {price}", name=value.name, price=price)
        case TamFact():
            return tam_words(value)
        case LimitTerms() | Target() | Unstated() | Example():
            return _record_words(value, catalogue)
        case Place(cite, title):
            return Message("{name}, {place}", name=title, place=cite.where) if cite.where else title
        case bool() | Apart() | PointKind():
            return _WORDS[value]
        case _:
            return _named(value)


def _record_words(value: LimitTerms | Target | Unstated | Example, catalogue: Catalogue) -> Message:
    if isinstance(value, Example):
        return Message("{value}", value=exact_money(value.fee, catalogue.currency))
    if isinstance(value, Unstated):
        return Message("no target") if value.none else Message("not recorded")
    if isinstance(value, Target):
        return target_words(value.target, assumed=value.assumed)
    return _limit_words(value, catalogue)


def _limit_words(limit: LimitTerms, catalogue: Catalogue) -> Message:
    words = Message("{text}", text=limit.text)
    if limit.allowed is not None and limit.yearly:
        words = Message("{number} a year: {text}", number=limit.allowed, text=limit.text)
    elif limit.allowed is not None:
        words = Message("{number} a month: {text}", number=limit.allowed, text=limit.text)
    if limit.counts is None:
        return words
    if limit.counts == TICKETS:
        return Message("{words} (counts tickets)", words=words)
    name = catalogue.quantity(limit.counts).name
    return Message("{words} (counts {what})", words=words, what=name)


def _named(value: object) -> object:
    """A record by its words, several by their names; anything else by itself."""
    if isinstance(value, NamedIds):
        return Message("{names}", names=tuple(entry.name for entry in value.entries))
    if not isinstance(value, tuple):
        return value
    named = (getattr(value, name, None) for name in ("text", "title", "name"))
    return next((words for words in named if words is not None), value)


def money_report(
    old: Catalogue,
    new: Catalogue,
    spend: Fraction,
    changes: Sequence[FeeChange],
    language: Language,
) -> Iterator[Block]:
    """What the changes do to the fees at one spend."""
    if old.currency != new.currency:
        words = Message("The currencies differ; amounts cannot be compared.")
        yield Sentence(language.say(words), Weight.CAUTION)
        return
    shown = exact_money(spend, new.currency)
    yield Heading(language.say(Message("A month at a spend of {spend}", spend=shown)))
    needed = {
        extra.quantity
        for plan in (*old.plans, *new.plans)
        for extra in plan.extras
        if extra.quantity and not extra.optional
    }
    if needed:
        flags = tuple(f"--quantity {quantity}=N" for quantity in sorted(needed))
        words = Message("Some fees need a quantity: {flags}.", flags=flags)
        yield Sentence(language.say(words))
    if not changes:
        yield Sentence(language.say(Message("No fee differs.")))
        return
    figures = (Message("Old"), Message("New"), Message("Change"), Message("a year"))
    heads = (
        *columns(language, Message("Plan"), Message("Reading")),
        *columns(language, *figures, figures=True),
    )
    rows = [_money_row(old, new, change, language) for change in changes]
    yield money_table(heads, rows, new.currency, language, apart=False)


def _money_row(old: Catalogue, new: Catalogue, change: FeeChange, language: Language) -> MoneyRow:
    gap = None if change.old is None or change.new is None else change.new - change.old
    year = None if gap is None else gap * 12
    plan = plan_names(old, new, language)[change.plan]
    reading = language.text(Names(old, new).of("readings", change.reading))
    none = language.say(Message("none"))
    amounts = (none if each is None else each for each in (change.old, change.new, gap, year))
    return MoneyRow((plan, reading, *amounts))
