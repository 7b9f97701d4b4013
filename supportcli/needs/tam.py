"""A technical account manager of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan, Tam, TamFact
from supportcli.core.source import Cite
from supportcli.errors import Message
from supportcli.needs.need import (
    Asked,
    Cell,
    Choice,
    Eligible,
    Named,
    Need,
    NeedResult,
    Question,
    RowColumn,
    RowValues,
    Status,
    TextReader,
)

_RANK = {Tam.NONE: 0, Tam.ADD_ON: 1, Tam.POOL: 2, Tam.DEDICATED: 3}
_WORDS = {
    Tam.DEDICATED: Message("dedicated"),
    Tam.POOL: Message("pool"),
    Tam.ADD_ON: Message("paid extra"),
    Tam.NONE: Message("none"),
    Tam.UNKNOWN: Message("not stated"),
}


@dataclass(frozen=True, slots=True)
class TamNeed(Need):
    """Whether a dedicated TAM is needed."""

    wanted: bool

    field: ClassVar[str] = "tam"
    repeated: ClassVar[bool] = False
    switch: ClassVar[bool] = True
    column: ClassVar[str] = "tam"
    aliases: ClassVar[str] = """tam; need tam; needs tam; tam needed; tam required; dedicated tam;
        需要TAM; 是否需要TAM; 专属TAM; 需要专属TAM; 是否需要专属TAM; 专属技术服务经理;
        专属技术服务经理（TAM）; 是否需要专属技术服务经理; 是否需要专属技术服务经理（TAM）"""
    row: ClassVar[tuple[RowColumn, ...]] = (RowColumn("tam", "BOOLEAN", "tam_not_understood"),)

    @property
    def key(self) -> str:
        return "tam"

    @property
    def asks(self) -> bool:
        return self.wanted

    def named(self, catalogue: Catalogue) -> Named | None:
        return None

    def place(self, catalogue: Catalogue) -> int:
        return 0

    def in_catalogue(self, catalogue: Catalogue) -> Self:
        return self

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        fact = plan.tam
        match fact.kind:
            case Tam.DEDICATED:
                status = Status.ASSUMED if fact.assumed else Status.MET
                why = Message("dedicated TAM: included")
            case Tam.POOL:
                status, why = Status.NOT_MET, Message("dedicated TAM: no, a pool of TAMs")
            case Tam.ADD_ON:
                status, why = Status.NOT_MET, Message("dedicated TAM: no, a paid extra")
            case Tam.NONE:
                status, why = Status.NOT_MET, Message("dedicated TAM: no")
            case _:
                status, why = Status.UNKNOWN, Message("dedicated TAM: not stated in our source")
        if fact.contested:
            why = Message("{words} (the source contradicts itself)", words=why)
        if fact.assumed:
            why = Message("{words} (assumed)", words=why)
        return NeedResult(self, status, why, fact.cite)

    def words(self, catalogue: Catalogue) -> Message:
        return Message("a dedicated TAM")

    def dropped(self) -> Need | None:
        return TamNeed(False)

    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        return TamNeed(False)

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        return Message("do without a dedicated TAM")

    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        return words

    def flag(self) -> tuple[str, ...]:
        return ("--tam" if self.wanted else "--no-tam",)

    def in_rows(self, catalogue: Catalogue) -> bool:
        return True

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        return cls(reader.yes_no(text))

    @classmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        for need in asked.each(cls):
            yield f"tam: {'true' if need.wanted else 'false'}"

    @classmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        return {"tam": next((need.wanted for need in asked.each(cls)), None)}

    @classmethod
    def of_plan(cls, plan: Plan) -> Mapping[str, object]:
        return {"tam": plan.tam.kind.value}

    @classmethod
    def sheet(cls, plan: Plan) -> Mapping[str, object]:
        return {"tam": plan.tam.kind.value, "tam_assumed": plan.tam.assumed}

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        yield Question(
            Message("Do you need a dedicated TAM (technical account manager)?"),
            Message("Knows your systems, plans their stability, meets you regularly."),
            (
                Choice(Message("no"), "false"),
                Choice(Message("yes"), "true"),
                Choice(Message("not sure: show the price"), ""),
            ),
        )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None if asked.each(cls) else cls(True)

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        if not any(need.asks for need in asked.each(cls)):
            yield iter([cls(True)])

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        if plan.tam.kind is not Tam.DEDICATED or other.tam.kind is Tam.DEDICATED:
            return
        words = Message("a dedicated TAM")
        if plan.tam.assumed:
            words = Message("{words} (assumed)", words=words)
        if other.tam.contested:
            words = Message(
                "{words} (for {plan} the source contradicts itself)", words=words, plan=other.name
            )
        if other.tam.kind is Tam.UNKNOWN:
            words = Message("{words} (for {plan}: not stated)", words=words, plan=other.name)
        yield words

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        mine, its = plan.tam.kind, other.tam.kind
        if mine is Tam.NONE or its is Tam.DEDICATED:
            return True
        return _RANK.get(mine, len(_RANK)) <= _RANK.get(its, -1)

    @classmethod
    def in_doubt(cls, plan: Plan) -> bool:
        return plan.tam.assumed or plan.tam.contested

    @classmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        return (Message("TAM"),)

    @classmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        return (tam_words(plan.tam),)

    @classmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        words = Message("TAM: {kind}", kind=tam_words(plan.tam))
        if plan.tam.note is not None:
            words = Message("{words} ({note})", words=words, note=plan.tam.note)
        yield words, plan.tam.cite

    @classmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        return (any(need.asks for need in asked.each(cls)),)

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        return (reader.yes_no(text),)

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        if plan.tam.kind is not Tam.DEDICATED:
            yield f"NOT {cell('tam')}"


def tam_words(fact: TamFact) -> Message:
    """What a plan has by way of a TAM, and whether that is assumed."""
    words = _WORDS[fact.kind]
    return Message("{words} (assumed)", words=words) if fact.assumed else words
