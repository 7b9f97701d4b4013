"""The same needs for several catalogues: what each of them knows, and what it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from supportcli.advice.comparison import CLASS_WORDS, Known, Matched, matched, strictest
from supportcli.core.catalogue import Catalogue, Severity, SeverityClass
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import Given, Layers, flag_name
from supportcli.inputs.values.names import wanted
from supportcli.inputs.values.texts import half_width, normal, parted
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.need import Need
from supportcli.needs.registry import KINDS, SHORT_FOR, SWITCHES, Needs
from supportcli.needs.response import ResponseNeed
from supportcli.record import NamedTuple

_QUANTITY = "quantity"
_CLASSES = {
    **{one.value: one for one in SeverityClass},
    "宕机": SeverityClass.OUTAGE,
    "受损": SeverityClass.DEGRADED,
    "咨询": SeverityClass.QUESTION,
}


_SHORT = {
    **{text: f"--{name.replace('_', '-')}" for name, (_, text) in SHORT_FOR.items()},
}


class _Said(NamedTuple):
    """One need as a text, and where it was given."""

    field: str
    text: str
    origin: str

    def __str__(self) -> str:
        """As flags that ask for the same."""
        if self.field in SWITCHES:
            return _SHORT.get(self.text, flag_name(self.field, self.text != "false"))
        return f"--{self.field.replace('_', '-')} {self.text}"

    @property
    def is_demand(self) -> bool:
        """Whether a plan has to give something for it."""
        return self.field not in (_QUANTITY, ChannelNeed.field)

    @property
    def severity(self) -> str:
        """What stands before the time."""
        return normal(self.text.rpartition("=")[0])


class _Understood(NamedTuple):
    """What a text is to a catalogue: needs or a quantity, else the problems why it is neither."""

    needs: tuple[Need, ...] = ()
    quantities: Mapping[str, Fraction] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()


def known_needs(
    given: Layers, catalogues: Sequence[Catalogue], problems: list[Problem]
) -> tuple[Known, ...]:
    """The needs for each catalogue in turn; what none of them knows is a problem.

    A response time without a severity is for the gravest of each catalogue; one for a class
    (outage, degraded, question) is for the severity that stands for that class.
    """
    said = _said(given, problems)
    problems += _given_twice(said)
    table = [[_read(one, catalogue) for one in said] for catalogue in catalogues]
    for column in zip(*table, strict=True):
        if all(read.problems for read in column):
            problems += (each for each in column[0].problems if each not in problems)
    return tuple(
        _known(said, row)._replace(matched=_matched(said, catalogue))
        for row, catalogue in zip(table, catalogues, strict=True)
    )


def as_given(given: Layers) -> tuple[str, ...]:
    """The needs one by one, as flags that ask for the same."""
    return tuple(map(str, _said(given, [])))


def in_words(given: Layers, catalogues: Sequence[Catalogue]) -> Mapping[str, Message]:
    """The same in words by those flags, in those of the first catalogue that knows what was meant.

    What only says that nothing is needed is not among them.
    """
    told = {str(one): _in_words(one, catalogues) for one in _said(given, [])}
    return {flags: words for flags, words in told.items() if words is not None}


def _in_words(one: _Said, catalogues: Sequence[Catalogue]) -> Message | None:
    """None where it only says that nothing is needed."""
    reads = ((catalogue, _read(one, catalogue)) for catalogue in catalogues)
    catalogue, read = next(each for each in reads if not each[1].problems)
    for name, number in read.quantities.items():
        return Message("{name}: {count}", name=catalogue.quantity(name).name, count=str(number))
    for need in read.needs:
        if isinstance(need, ResponseNeed):
            whose = _case_words(one, catalogue.severity(need.severity))
            return Message("first response in {within} ({whose})", within=need.within, whose=whose)
        return need.in_brief(catalogue, Needs.from_asked([need]))
    return None


def _case_words(one: _Said, severity: Severity) -> Message:
    """For which cases a response time is asked."""
    if not one.severity:
        return Message("gravest")
    asked = _CLASSES.get(one.severity)
    return Message("{name}", name=severity.name) if asked is None else CLASS_WORDS[asked]


def _said(given: Layers, problems: list[Problem]) -> list[_Said]:
    fields = (*(kind.field for kind in KINDS), _QUANTITY)
    return [one for field in fields for one in _each(given.get(field), field, problems)]


def _each(given: Given | None, field: str, problems: list[Problem]) -> Iterator[_Said]:
    """Needs one by one; several response times may stand in one text."""
    if given is None:
        return
    try:
        if field != _QUANTITY:
            wanted(given.texts)
    except UsageError as error:
        problems += [Problem(given.origin, each.message) for each in error.problems]
    for text in given.texts:
        several = field == ResponseNeed.field and "=" in half_width(text)
        parts = parted(text, ResponseNeed.between) if several else [text]
        yield from (_Said(field, half_width(part), given.origin) for part in parts)


def _given_twice(said: Sequence[_Said]) -> Iterator[Problem]:
    """A severity or a class with two response times, a quantity with two numbers."""
    times = [one for one in said if one.field == ResponseNeed.field]
    counts = Counter(one.severity for one in times)
    for severity, count in counts.items():
        if count > 1:
            first = next(one for one in times if one.severity == severity)
            name = quoted(severity or first.text)
            yield Problem(first.origin, Message("{name} is given twice; keep one", name=name))
    numbered = [one for one in said if one.field == _QUANTITY]
    for name, count in Counter(one.text.partition("=")[0] for one in numbered).items():
        if count > 1:
            twice = Message("{name} is given twice; keep one", name=quoted(name))
            yield Problem(numbered[0].origin, twice)


def _read(one: _Said, catalogue: Catalogue) -> _Understood:
    text, asked = one.text, _CLASSES.get(one.severity)
    if one.field == ResponseNeed.field and asked is not None:
        found = matched(catalogue, asked)
        if found is None:
            words = Message("{name} is the class of no severity here", name=quoted(asked.value))
            return _Understood(problems=(Problem(one.origin, words),))
        text = f"{found.held.id}={text.rpartition('=')[2]}"
    reader = AnswerReader(catalogue)
    answers = reader.read({one.field: Given((text,), one.origin)})
    return _Understood(tuple(answers.needs.needs), answers.quantities, tuple(reader.problems))


def _matched(said: Sequence[_Said], catalogue: Catalogue) -> tuple[Matched, ...]:
    """The severities for the classes among the response times."""
    asked = (_CLASSES.get(one.severity) for one in said if one.field == ResponseNeed.field)
    found = (matched(catalogue, each) for each in asked if each is not None)
    return tuple(each for each in found if each is not None)


def _known(said: Sequence[_Said], row: Sequence[_Understood]) -> Known:
    told = [read for read in row if not read.problems]
    needs = [need for read in told for need in read.needs]
    times, left = strictest(need for need in needs if isinstance(need, ResponseNeed))
    others = {need.key: need for need in needs if not isinstance(need, ResponseNeed)}
    each = [*zip(said, row, strict=True)]
    refused = [one for one, read in each if read.problems]
    unheld = [*(str(one) for one in refused if one.is_demand)]
    unheld += (str(one) for one, read in each if any(need in left for need in read.needs))
    untold = tuple(str(one) for one in refused if not one.is_demand)
    quantities = {name: number for read in told for name, number in read.quantities.items()}
    asked = Needs.from_asked([*times, *others.values()])
    return Known(asked, tuple(unheld), untold, quantities=quantities)
