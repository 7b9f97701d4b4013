"""A technical account manager: of one's own, or by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal, Self, assert_never

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan, Tam, TamFact
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.names import leaves_open
from supportcli.inputs.values.texts import normal
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.needs.need import (
    Asked,
    Case,
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
    Unrecorded,
)
from supportcli.patterns import regex
from supportcli.record import dataclass

Degree = Literal[Tam.DEDICATED, Tam.NAMED]
"""What can be asked for."""
PresentTam = Literal[Tam.DEDICATED, Tam.NAMED, Tam.POOL, Tam.ADD_ON, Tam.UNKNOWN]
_RANK = {Tam.NONE: 0, Tam.ADD_ON: 1, Tam.POOL: 2, Tam.NAMED: 3, Tam.DEDICATED: 4}
_ENOUGH: Mapping[Degree, tuple[Tam, ...]] = {
    Tam.DEDICATED: (Tam.DEDICATED,),
    Tam.NAMED: (Tam.DEDICATED, Tam.NAMED),
}
_CODE = "tam_not_understood"
_DEGREES: Mapping[str, Degree] = {
    **dict.fromkeys(("dedicated", "专属"), Tam.DEDICATED),
    **dict.fromkeys(("named", "namedshared", "指定", "指定多客户共用"), Tam.NAMED),
    **dict.fromkeys(("指定可多客户共用", "指定一位即可可与其他客户共用"), Tam.NAMED),
    "onebynamewilldosharedwithothercustomers": Tam.NAMED,
}
_NOT_ASKED_FOR = frozenset(
    "pool shared 共享团队 共享 共用 团队 paidextra extra addon 另行付费 另购 需另购 付费".split()
)
"""What a plan may have that nobody can ask for, or what could be either of two degrees."""
_THE_THING = regex("^an?(?=named|dedicated|pool)|,|tam$|tam(?=[,可])|技术服务经理")
_WORDS = {
    Tam.DEDICATED: Message("dedicated"),
    Tam.NAMED: Message("named, shared"),
    Tam.POOL: Message("pool"),
    Tam.ADD_ON: Message("paid extra"),
    Tam.NONE: Message("none"),
    Tam.UNKNOWN: Message("not recorded"),
}


_BRIEF = {  # under the heading TAM English needs no more than yes or no, Chinese says which
    Tam.DEDICATED: Text({"en": "yes", "zh": "专属"}),
    Tam.NAMED: Text({"en": "named", "zh": "指定"}),
    Tam.POOL: Text({"en": "pool", "zh": "共享团队"}),
    Tam.ADD_ON: Text({"en": "extra", "zh": "另购"}),
    Tam.NONE: Text({"en": "no", "zh": "无"}),
    Tam.UNKNOWN: Text({"en": "?", "zh": "?"}),
}


@dataclass(frozen=True, slots=True)
class TamNeed(Need):
    """Which TAM is needed: a dedicated or a named one; None says that none is."""

    degree: Degree | None

    field: ClassVar[str] = "tam"
    repeated: ClassVar[bool] = False
    switch: ClassVar[bool] = True
    short: ClassVar[Mapping[str, str]] = {"named_tam": "named", "unsure_tam": "unknown"}
    column: ClassVar[str] = "tam"
    aliases: ClassVar[str] = """tam; need tam; needs tam; tam needed; tam required; dedicated tam;
        需要TAM; 是否需要TAM; 专属TAM; 需要专属TAM; 是否需要专属TAM; 专属技术服务经理;
        专属技术服务经理（TAM）; 是否需要专属技术服务经理; 是否需要专属技术服务经理（TAM）"""
    spoken: ClassVar[str] = "tam; technical account manager; 技术服务经理; 技术客户经理; 专属服务"
    row: ClassVar[tuple[RowColumn, ...]] = (
        RowColumn("tam", "BOOLEAN", _CODE),
        RowColumn("named_tam", "BOOLEAN", _CODE),
    )

    @property
    def key(self) -> str:
        return "tam"

    @property
    def asks(self) -> bool:
        return self.degree is not None

    def named(self, catalogue: Catalogue) -> Named | None:
        return None

    def place(self, catalogue: Catalogue) -> int:
        return 0

    def in_catalogue(self, catalogue: Catalogue) -> Self:
        return self

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        fact, wanted = plan.tam, self.degree or Tam.DEDICATED
        why, apart = _held_against(fact.kind, wanted), None
        if fact.kind not in _ENOUGH[wanted] and fact.dedicated_extra:
            status, apart = Status.UNKNOWN, _one(Tam.DEDICATED)
            why = Message("{need}: a paid extra, price not recorded here", need=_name(wanted))
        elif fact.kind is Tam.UNKNOWN:
            status = Status.UNKNOWN
        elif fact.kind is Tam.NAMED and wanted is Tam.DEDICATED and fact.assumed:
            status = Status.UNKNOWN
            why = Message(
                "{need}: whether the TAM serves other customers too is not recorded here",
                need=_name(wanted),
            )
        elif fact.kind not in _ENOUGH[wanted]:
            status = Status.NOT_MET
        else:
            status = Status.ASSUMED if fact.assumed else Status.MET
        if fact.contested:
            why = Message("{words} (the source contradicts itself)", words=why)
        if fact.assumed and status is not Status.UNKNOWN:
            why = Message("{words} (assumed)", words=why)
        return NeedResult(self, status, why, fact.cite, apart=apart)

    def words(self, catalogue: Catalogue) -> Message:
        return _one(self.degree or Tam.DEDICATED)

    def dropped(self) -> Need | None:
        return TamNeed(None)

    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        return TamNeed(Tam.NAMED if plan.tam.kind is Tam.NAMED else None)

    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        return Message("do without {need}", need=self.words(catalogue))

    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        return words

    def flag(self) -> tuple[str, ...]:
        match self.degree:
            case Tam.DEDICATED:
                return ("--tam",)
            case Tam.NAMED:
                return ("--named-tam",)
            case None:
                return ("--no-tam",)
            case _:
                assert_never(self.degree)

    def in_rows(self, catalogue: Catalogue) -> bool:
        return True

    @classmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        return cls(degree_of(text))

    @classmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        for need in asked.each(cls):
            words = {Tam.DEDICATED: "true", Tam.NAMED: "named", None: "false"}
            yield f"tam: {words[need.degree]}"

    @classmethod
    def arguments(cls, asked: Asked) -> Mapping[str, object]:
        words = {Tam.DEDICATED: True, Tam.NAMED: "named", None: False}
        found = next(iter(asked.each(cls)), None)
        return {} if found is None else {"tam": words[found.degree]}

    @classmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        found = next(iter(asked.each(cls)), None)
        return {
            "tam": None if found is None else found.asks,
            "tam_degree": found.degree.value if found and found.degree else None,
        }

    @classmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {"tam": plan.tam.kind.value}

    @classmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        return {"tam": plan.tam.kind.value, "tam_assumed": plan.tam.assumed}

    @classmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        shared = Choice(Message("one by name will do, shared with other customers"), "named")
        yield Question(
            Message("Do you need a dedicated TAM?"),
            Message("A technical account manager who knows your systems and meets you regularly."),
            (
                Choice(Message("yes"), "true", "yY是"),
                Choice(Message("no"), "false", "nN否"),
                *([shared] if any(plan.tam.kind is Tam.NAMED for plan in catalogue.plans) else []),
                Choice(Message("not sure"), "unknown"),
            ),
        )

    @classmethod
    def proposed(cls, asked: Asked) -> Need | None:
        return None if asked.each(cls) else cls(Tam.DEDICATED)

    @classmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        degrees = [need.degree for need in asked.each(cls)]
        if not any(degrees):
            named = any(plan.tam.kind is Tam.NAMED for plan in plans)
            yield iter([*([cls(Tam.NAMED)] if named else []), cls(Tam.DEDICATED)])
        elif degrees == [Tam.NAMED]:
            yield iter([cls(Tam.DEDICATED)])

    @classmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        mine, its = plan.tam.kind, other.tam.kind
        if (mine is not Tam.DEDICATED and mine is not Tam.NAMED) or its in _ENOUGH[mine]:
            return
        words = _one(mine)
        if its is Tam.NAMED:
            words = Message("{words} instead of a named one", words=words)
        if plan.tam.assumed:
            words = Message("{words} (assumed)", words=words)
        if other.tam.contested:
            words = Message(
                "{words} (whether {plan} has it too: the source says both)",
                words=words,
                plan=other.name,
            )
        if its is Tam.UNKNOWN:
            words = Unrecorded(words, other, Message("TAM"))
        yield words

    @classmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        mine, its = plan.tam.kind, other.tam.kind
        if mine is Tam.NONE or its is Tam.DEDICATED:
            return True
        return _RANK.get(mine, len(_RANK)) <= _RANK.get(its, -1)

    @classmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
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

    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        return self.words(catalogue) if self.asks else None

    def in_a_word(self, catalogue: Catalogue) -> Message:
        return Message("TAM by name") if self.degree is Tam.NAMED else Message("TAM")

    @classmethod
    def title(cls, catalogue: Catalogue) -> Message:
        return Message("TAM")

    @classmethod
    def left_open(cls, catalogue: Catalogue, asked: Asked) -> bool:
        return not asked.each(cls)

    @classmethod
    def brief_cell(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> Message | None:
        words = Message("{text}", text=_BRIEF[plan.tam.kind])
        return Message("{target} ?", target=words) if plan.tam.assumed else words

    @classmethod
    def remark(cls, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message | None:
        return None

    @classmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        return _booleans(next((need.degree for need in asked.each(cls)), None))

    @classmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        return _booleans(degree_of(text))

    @classmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return ()

    @classmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        for column, wanted in zip(cls.row, _ENOUGH, strict=True):
            value = cell(column.name)
            if plan.tam.kind not in _ENOUGH[wanted] and value != "FALSE":
                yield f"NOT {value}"

    @classmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        return (
            Case(cell(column.name), cls(wanted))
            for column, wanted in zip(cls.row, _ENOUGH, strict=True)
        )


def degree_of(text: str) -> Degree | None:
    """The degree that a text asks for: yes, no, named; None for none.

    Raises:
        UsageError: another text; a pool and a paid extra are no degrees that are asked for.
    """
    word = _THE_THING.sub("", normal(text))
    if word in _DEGREES:
        return _DEGREES[word]
    if leaves_open(text):
        return None
    if word in _NOT_ASKED_FOR:
        raise UsageError(
            Message(
                "{text} is not a TAM to be asked for; write yes (one of your own), named (one by "
                "name, who may serve other customers too) or no",
                text=quoted(text),
            )
        )
    try:
        return Tam.DEDICATED if read_yes_no(text) else None
    except UsageError:
        raise UsageError(
            Message("{text} is not yes, no or named; write one of them", text=quoted(text))
        ) from None


def _booleans(degree: Degree | None) -> RowValues:
    """Whether a dedicated one, whether one by name is needed."""
    return degree is Tam.DEDICATED, degree is Tam.NAMED


def _name(wanted: Degree) -> Message:
    match wanted:
        case Tam.DEDICATED:
            return Message("dedicated TAM")
        case Tam.NAMED:
            return Message("named TAM")
        case _:
            assert_never(wanted)


def _one(wanted: Degree) -> Message:
    match wanted:
        case Tam.DEDICATED:
            return Message("a dedicated TAM")
        case Tam.NAMED:
            return Message("a named TAM")
        case _:
            assert_never(wanted)


def _held_against(kind: Tam, wanted: Degree) -> Message:
    """What a sentence says of a plan's TAM and the one that is wanted."""
    if kind is Tam.NONE:
        return Message("{need}: no", need=_name(wanted))
    return Message("{need}: {had}", need=_name(wanted), had=_had(kind, wanted))


def _had(kind: PresentTam, wanted: Degree) -> Message:
    """What a plan has, held against what is wanted."""
    match kind:
        case Tam.DEDICATED if wanted is Tam.NAMED:
            return Message("included, a dedicated one")
        case Tam.DEDICATED:
            return Message("included")
        case Tam.NAMED if wanted is Tam.NAMED:
            return Message("included, shared with other customers")
        case Tam.NAMED:
            return Message("no, a named one who serves several customers")
        case Tam.POOL:
            return Message("no, a pool of TAMs")
        case Tam.ADD_ON:
            return Message("no, a paid extra")
        case Tam.UNKNOWN:
            return Message("not recorded here")
        case _:
            assert_never(kind)


def tam_words(fact: TamFact) -> Message:
    """What a plan has by way of a TAM, and whether that is assumed."""
    words = _WORDS[fact.kind]
    return Message("{words} (assumed)", words=words) if fact.assumed else words
