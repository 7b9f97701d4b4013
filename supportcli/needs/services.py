"""Services that a plan contains or not, as far as its catalogue lists them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, assert_never

from supportcli.core.catalogue import Catalogue, Offered, Service, ServiceFact
from supportcli.core.plan import Plan
from supportcli.core.source import Cite
from supportcli.errors import Message
from supportcli.inputs.values.names import leaves_open
from supportcli.needs.listed import ListedNeed
from supportcli.needs.need import (
    Asked,
    Case,
    Cell,
    Choice,
    Eligible,
    Need,
    NeedResult,
    Question,
    RowColumn,
    RowValues,
    Status,
    TextReader,
    Unrecorded,
)
from supportcli.record import dataclass

_COLUMN = "services"


@dataclass(frozen=True, slots=True)
class ServiceNeed(ListedNeed):
    """A service, by its id, that the plan must contain."""

    noun: ClassVar[Message] = Message("service")
    argument: ClassVar[str] = "services"
    field: ClassVar[str] = "service"
    repeated: ClassVar[bool] = True
    between: ClassVar[str] = ",，;；、\n"
    switch: ClassVar[bool] = False
    short: ClassVar[Mapping[str, str]] = {}
    column: ClassVar[str] = _COLUMN
    aliases: ClassVar[str] = """services; service; needed services; required services; 服务;
        服务需求; 所需服务; 需要的服务; 增值服务"""
    spoken: ClassVar[str] = "needed services; 所需服务; 服务需求; 服务要求; 增值服务; 护航"
    row: ClassVar[tuple[RowColumn, ...]] = (
        RowColumn(_COLUMN, "TEXT", "service_unknown", several=True),
    )

    @classmethod
    def listed(cls, catalogue: Catalogue) -> tuple[Service, ...]:
        return catalogue.services

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        service = catalogue.service(self.id)
        fact = fact_of(service, plan)
        why = Message("{name}: {text}", name=service.name, text=_in_words(fact))
        return NeedResult(self, _status(fact), why, service.cite)

    def words(self, catalogue: Catalogue) -> Message:
        return Message("{name}", name=catalogue.service(self.id).name)

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        return Message("do without {need}", need=self.words(catalogue))

    def in_rows(self, catalogue: Catalogue) -> bool:
        return True

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        return None if leaves_open(text) else cls(reader.name(text, catalogue.services))

    @classmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {}  # what is asked for stands among the needs, all of it on the plan's sheet

    @classmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        found = {}
        for service in catalogue.services:
            fact = fact_of(service, plan)
            found[service.id] = {
                "name": service.name,
                "offered": fact.offered.value,
                "assumed": fact.assumed,
                "note": fact.note,
                "source": service.cite,
            }
        return {"services": found}

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        """Those that some of the plans have that would do otherwise, and others have not."""
        plans = eligible(asked)
        parting = [service for service in catalogue.services if _parts(service, plans)]
        if parting:
            yield Question(
                Message("Which of these services do you need?"),
                Message("Some plans have them, others have not. Enter for none."),
                tuple(Choice(Message("{name}", name=one.name), one.id) for one in parting),
                several=True,
            )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        """Every other service, where any is asked for: to list them all would bury the rest."""
        named = {need.id for need in asked.each(cls)}
        others = (s.id for s in catalogue.services if named and s.id not in named)
        return (iter([cls(service)]) for service in others)

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        """Those that are asked for one by one, all others together."""
        named = {need.id for need in asked.each(cls)}
        more = []
        for service in catalogue.services:
            mine, its = fact_of(service, plan), fact_of(service, other)
            if mine.offered is not Offered.YES or its.offered is Offered.YES:
                continue
            words = Message("{name}", name=service.name)
            if mine.assumed:
                words = Message("{words} (assumed)", words=words)
            if its.offered is Offered.UNKNOWN and (service.id in named or not gained):
                yield Unrecorded(words, other, _about(service, named))
            elif service.id in named:
                yield words
            elif its.offered is not Offered.UNKNOWN:
                more.append(words)
        if more:
            yield _together(tuple(more))

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        return all(
            _RANK[fact_of(service, plan).offered] <= _ENOUGH[fact_of(service, other).offered]
            for service in catalogue.services
        )

    @classmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
        return any(fact_of(service, plan).assumed for service in catalogue.services)

    @classmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        return tuple(need.words(catalogue) for need in asked.each(cls))

    @classmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        services = (catalogue.service(need.id) for need in asked.each(cls))
        return tuple(_in_words(fact_of(service, plan)) for service in services)

    @classmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        for service in catalogue.services:
            words = _in_words(fact_of(service, plan))
            cite = service.cite if plan.id in service.by_plan else None
            yield Message("{name}: {text}", name=service.name, text=words), cite

    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        return self.words(catalogue)

    def in_a_word(self, catalogue: Catalogue) -> Message:
        return self.words(catalogue)

    @classmethod
    def title(cls, catalogue: Catalogue) -> Message:
        return Message("services")

    @classmethod
    def left_open(cls, catalogue: Catalogue, asked: Asked) -> bool:
        return False

    @classmethod
    def brief_cell(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> Message | None:
        return None

    @classmethod
    def remark(cls, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message | None:
        return None

    @classmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        return (_listed(need.id for need in asked.each(cls)),)

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        needs = cls.read_all(text, catalogue, reader)
        return (_listed(need.id for need in needs if isinstance(need, cls)),)

    @classmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return tuple(service.id for service in catalogue.services)

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        value = cell(_COLUMN)
        for service in catalogue.services:
            if _status(fact_of(service, plan)).counts_as_met:
                continue
            if not value.startswith("'"):
                yield f"{value} NOT LIKE '%,{service.id},%'"
            elif f",{service.id}," in value:
                yield "FALSE"

    @classmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        value = cell(_COLUMN)
        for service in catalogue.services:
            words = f"{value} LIKE '%,{service.id},%'"
            if value.startswith("'"):
                words = "TRUE" if f",{service.id}," in value else "FALSE"
            yield Case(words, cls(service.id))


_RANK = {Offered.NO: 0, Offered.LIMITED: 1, Offered.YES: 2, Offered.UNKNOWN: 2}
_ENOUGH = {Offered.UNKNOWN: 0, Offered.NO: 0, Offered.LIMITED: 1, Offered.YES: 2}


def fact_of(service: Service, plan: Plan) -> ServiceFact:
    """Whether a plan has a service; what is said of the plan that it is assumed to be like."""
    if plan.id in service.by_plan:
        return service.by_plan[plan.id]
    if plan.like is not None and plan.like.plan in service.by_plan:
        return service.by_plan[plan.like.plan]._replace(assumed=True)
    return ServiceFact(Offered.UNKNOWN, None)


def _together(services: tuple[Message, ...]) -> Message:
    if len(services) == 1:
        return Message("service: {names}", names=services)
    return Message("{count} services: {names}", count=len(services), names=services)


def _about(service: Service, named: Collection[str]) -> Message:
    """What is not recorded: a service that is asked for, else services as such."""
    return Message("{name}", name=service.name) if service.id in named else Message("services")


def _parts(service: Service, plans: Sequence[Plan]) -> bool:
    """Whether some of the plans have it and others have not."""
    return len({_status(fact_of(service, plan)).counts_as_met for plan in plans}) > 1


def _status(fact: ServiceFact) -> Status:
    match fact.offered:
        case Offered.YES:
            return Status.ASSUMED if fact.assumed else Status.MET
        case Offered.LIMITED:
            return Status.MET_WITHIN_LIMIT
        case Offered.NO:
            return Status.NOT_MET
        case Offered.UNKNOWN:
            return Status.UNKNOWN
        case _:
            assert_never(fact.offered)


def _in_words(fact: ServiceFact) -> Message:
    words = service_words(fact.offered)
    if fact.note is not None:
        words = Message("{words}: {limit}", words=words, limit=fact.note)
    return Message("{words} (assumed)", words=words) if fact.assumed else words


def service_words(offered: Offered) -> Message:
    """Whether a plan has a service, in a word or two."""
    match offered:
        case Offered.YES:
            return Message("included")
        case Offered.LIMITED:
            return Message("within a limit")
        case Offered.NO:
            return Message("not included")
        case Offered.UNKNOWN:
            return Message("not recorded")
        case _:
            assert_never(offered)


def _listed(services: Iterable[str]) -> str:
    """Ids between commas, and one at either end: ,chat,hotline,"""
    return "".join(f",{service}" for service in services) + ","
