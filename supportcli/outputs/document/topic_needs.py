"""The topic of needs: why this plan, how each plan meets each need, what the needs cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.cautions import cautions
from supportcli.advice.reasons import reasons, why
from supportcli.advice.recommendation import PlanAdvice
from supportcli.errors import Message
from supportcli.needs.need import NeedResult
from supportcli.needs.response import asked_severities
from supportcli.outputs.document.comparison import STATUS_WORDS, comparison
from supportcli.outputs.document.model import Block, Heading, Points, Table, Weight
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.whatif import need_prices
from supportcli.outputs.document.wording import cite_words, cited_words, columns, targets


def need_blocks(subject: Subject) -> Iterator[Block]:
    """The reasons, then every need of every plan, then what the catalogue says of service."""
    advice, language = subject.advice, subject.language
    yield from _why(subject)
    yield from _each_need(subject)
    yield from need_prices(advice, language)
    if subject.in_full:
        yield from _service(subject)


def _service(subject: Subject) -> Iterator[Block]:
    """What every plan gives, whatever was asked for."""
    advice, language = subject.advice, subject.language
    yield subject.heading(_asked(subject))
    yield comparison(advice, language)
    plans = tuple(entry.plan for entry in advice.plans)
    marked = advice.taken.plan if advice.taken else None
    table = targets(advice.catalogue, plans, marked, language)
    if table.rows:
        yield subject.heading(Message("First-response targets"))
        yield table


def _why(subject: Subject) -> Iterator[Block]:
    advice, language = subject.advice, subject.language
    if advice.asked is not None:
        yield subject.heading(Message("Asked for: {plan}", plan=advice.asked.plan.name))
        yield subject.points([why(advice, advice.asked)])
    elif advice.recommended is None:
        yield subject.heading(Message("Plan by plan"))
        yield subject.points(
            Message("{plan}: {why}", plan=entry.plan.name, why=why(advice, entry))
            for entry in advice.plans
        )
    else:
        yield subject.heading(Message("Why"))
        yield subject.points(reasons(advice))
    warnings = tuple(map(language.say, cautions(advice)))
    if warnings:
        yield Heading(language.say(Message("Take care")), apart=False)
        yield Points(warnings, Weight.CAUTION)


def _each_need(subject: Subject) -> Iterator[Block]:
    """Every need of every plan; in short of those that one would take instead."""
    advice = subject.advice
    if not any(entry.needs for entry in advice.plans):
        return
    if subject.in_full:
        yield subject.heading(Message("Every need, every plan"))
        yield _needs(subject)
    elif advice.recommended is not None:
        others = [entry for entry in subject.plans if entry is not advice.recommended]
        if others:
            yield subject.heading(Message("Other plans"))
            yield Points(tuple(_met(subject, *each) for each in _results(others)))


def _met(subject: Subject, entry: PlanAdvice, result: NeedResult) -> str:
    """How a plan meets a need, in a line."""
    status = STATUS_WORDS[result.status]
    words = Message(
        "{plan}, {status}: {why}", plan=entry.plan.short_name, status=status, why=result.why
    )
    return cited_words(words, result.cite, subject.advice.catalogue, subject.language)


def _results(plans: Sequence[PlanAdvice]) -> Iterator[tuple[PlanAdvice, NeedResult]]:
    for entry in plans:
        for result in entry.needs:
            yield entry, result


def _asked(subject: Subject) -> Message:
    """The title of a comparison: what its response times hold for."""
    catalogue = subject.advice.catalogue
    shown = asked_severities(catalogue, subject.advice.needs)
    severity = tuple(catalogue.severity(name).name for name in shown)
    return Message('All plans, response for "{severity}"', severity=severity)


def _needs(subject: Subject) -> Table:
    advice, language = subject.advice, subject.language
    titles = (
        Message("Plan"),
        Message("Status"),
        Message("What the catalogue says"),
        Message("Source"),
    )
    rows = (
        subject.row(
            entry,
            language.say(STATUS_WORDS[result.status]),
            language.say(result.why),
            cite_words(result.cite, advice.catalogue),
        )
        for entry, result in _results(advice.plans)
    )
    return subject.table(columns(language, *titles), rows)
