"""What a need is: everything that each kind of need must say of itself.

A kind is a class, and one need of that kind is a value of it. All methods are abstract: a kind that
forgets one cannot stand in the registry, and mypy says so.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import ClassVar, Literal, Protocol, Self, TypeVar

from supportcli.core.catalogue import Catalogue
from supportcli.core.duration import Duration
from supportcli.core.plan import Limit, Plan, ServiceLevel
from supportcli.core.source import Cite
from supportcli.core.text import NamedThing
from supportcli.errors import Message, SupportCliError, translatable
from supportcli.inputs.values.names import wanted
from supportcli.inputs.values.texts import parted
from supportcli.patterns import regex
from supportcli.record import NamedTuple, dataclass

_BEFORE_NAMES = regex(r"\s+(?=[^\s=]+\s*=)")


class Status(Enum):
    """How a plan stands to a need."""

    MET = "met"
    NOT_MET = "not_met"
    MET_WITHIN_LIMIT = "met_within_limit"
    UNKNOWN = "unknown"
    ASSUMED = "assumed"

    @property
    def counts_as_met(self) -> bool:
        """Whether a plan of this status may be recommended; a caution goes with the weaker ones."""
        return self in (Status.MET, Status.MET_WITHIN_LIMIT, Status.ASSUMED)


class NeedResult(NamedTuple):
    """How a plan stands to one need: the status, the catalogue's fact in words, its source.

    `level` is the first-response target that it was held against, `limits` the limits; `gap` says
    how many times too little the plan gives (None: that cannot be said), `lacking` that it gives
    nothing of the kind; `apart` what is sold beside it, at an unknown price, and would meet it.
    """

    wanted: Need
    status: Status
    why: Message
    cite: Cite | None
    level: ServiceLevel | None = None
    limits: tuple[Limit, ...] = ()
    gap: Fraction | None = None
    lacking: bool = False
    apart: Message | None = None

    @property
    def need(self) -> str:
        """The name of the need: tam, response:outage."""
        return self.wanted.key

    @property
    def rests_on_assumption(self) -> bool:
        """Whether the status, or the target that it goes by, is assumed."""
        assumed = self.level is not None and self.level.assumed
        return self.status is Status.ASSUMED or assumed


class Unrecorded(Message):
    """What a plan has, and of which nobody says whether another has it; `about` says of what."""

    __slots__ = ("about",)

    def __init__(self, words: Message, other: Plan, about: Message) -> None:
        text = translatable("{words} (for {plan}: not recorded)")
        super().__init__(text, words=words, plan=other.name)
        self.about = about


class Named(NamedTuple):
    """An id of the catalogue's that a need names, those that there are, and what they are."""

    name: str
    known: tuple[str, ...]
    kind: Message


class Choice(NamedTuple):
    """An answer that can be chosen, and the letters that do it; the empty text stands for none."""

    words: Message
    text: str
    keys: str = ""


class Question(NamedTuple):
    """A question to a person: choices, of which `several` may be ticked, or a text to be typed."""

    title: Message
    hint: Message
    choices: tuple[Choice, ...] = ()
    several: bool = False


class TextReader(Protocol):
    """How texts are read where they were given: one reader for each meaning."""

    def duration(self, text: str) -> Duration | None:
        """A time; None where the text says that none is needed."""

    def count(self, text: str) -> int | None:
        """A whole number in a month; None where the text says that it is not known."""

    def name(self, text: str, things: Iterable[NamedThing]) -> str:
        """The id of one of a catalogue's things, by any of its names."""


RowValue = bool | int | str | None
"""What a row of customers says of a need, as an engine holds it."""
RowValues = tuple[RowValue, ...]


class RowColumn(NamedTuple):
    """A value that rows of customers may say of a need, as an engine holds it.

    `code` is that of a refused value; `least` and `most` bound a number. Of a column with `belongs`
    the value counts only where that one has one; one of `several` holds ids between commas.
    """

    name: str
    type: Literal["INTEGER", "BOOLEAN", "TEXT"]
    code: str
    least: int = 0
    most: int = 0
    belongs: str = ""
    several: bool = False


Cell = Callable[[str], str]
"""The SQL of a row's value, by the name of its column; NULL or a literal where all say the same."""


class Case(NamedTuple):
    """The SQL of when a row has a need, the need, and what the same rows need beside it."""

    when: str
    need: Need
    beside: tuple[Need, ...] = ()

    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        """How a plan stands to the need of such rows, where all rows have some needs."""
        for need in self.beside:
            asked = asked.with_need(need)
        return self.need.held_against(catalogue, plan, asked)


Eligible = Callable[["Asked"], tuple[Plan, ...]]
"""The plans with a known price that meet some needs."""


class Need(ABC):
    """One thing that a customer asks for; the methods of the class are about its whole kind.

    `field` is the kind's name in flags, questions and answers files, `between` what parts several
    needs in one text (empty: a text is one need), `short` the flags that stand for a text of it,
    `column` its name in lists of customers (empty: there is none) with the `aliases` that it goes
    by and the words in which other names may have `spoken` of it, `row` what its texts become.
    """

    __slots__ = ()
    field: ClassVar[str]
    repeated: ClassVar[bool]
    between: ClassVar[str] = ""
    switch: ClassVar[bool]
    short: ClassVar[Mapping[str, str]]
    column: ClassVar[str]
    aliases: ClassVar[str]
    spoken: ClassVar[str]
    row: ClassVar[tuple[RowColumn, ...]]

    # One need

    @property
    @abstractmethod
    def key(self) -> str:
        """The name of this need in results; no two needs of a customer have the same."""

    @property
    @abstractmethod
    def asks(self) -> bool:
        """Whether plans are held against it; not where it only says that nothing is needed."""

    @abstractmethod
    def named(self, catalogue: Catalogue) -> Named | None:
        """The id of the catalogue's that it names, if it names one."""

    @abstractmethod
    def place(self, catalogue: Catalogue) -> int:
        """Where it stands among the needs of its kind that were given in no order."""

    @abstractmethod
    def in_catalogue(self, catalogue: Catalogue) -> Self:
        """The same need with what only a catalogue can say filled in."""

    @abstractmethod
    def held_against(self, catalogue: Catalogue, plan: Plan, asked: Asked) -> NeedResult | None:
        """How a plan stands to it; None where it only narrows what counts for the other needs."""

    @abstractmethod
    def words(self, catalogue: Catalogue) -> Message:
        """What is asked for, as part of a sentence."""

    @abstractmethod
    def dropped(self) -> Need | None:
        """What is left where the customer does without it."""

    @abstractmethod
    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        """What is left of it as far as a plan meets it."""

    @abstractmethod
    def giving_way(self, result: NeedResult, catalogue: Catalogue, asked: Asked) -> Message:
        """What the customer would have to accept for a plan that does not meet it."""

    @abstractmethod
    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        """Words on it, with what tells it from other needs of its kind where there are any."""

    @abstractmethod
    def flag(self) -> tuple[str, ...]:
        """It as words of a command line."""

    @abstractmethod
    def in_rows(self, catalogue: Catalogue) -> bool:
        """Whether rows of customers may say something else; it is then a value of a column."""

    # Its kind: in and out

    @classmethod
    @abstractmethod
    def read(cls, text: str, catalogue: Catalogue, reader: TextReader) -> Need | None:
        """The need that a text of a flag, an answer or a file stands for; None for no need."""

    @classmethod
    def read_all(cls, text: str, catalogue: Catalogue, reader: TextReader) -> tuple[Need, ...]:
        """The needs that a text stands for: one, or several between marks or blanks.

        A name may hold marks and blanks itself, so the whole is looked at first.
        """
        marked = parted(text, cls.between)
        blanks = _BEFORE_NAMES.split(text.strip()) if "=" in text else text.split()
        refused = []
        for parts in ([text], marked, blanks if cls.between else marked):
            try:
                asking = parts if len(parts) == 1 else wanted(parts)
                needs = [cls.read(part, catalogue, reader) for part in asking]
            except SupportCliError as error:
                refused.append(error)
            else:
                return tuple(need for need in needs if need is not None)
        raise refused[1]

    @classmethod
    @abstractmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        """The lines of an answers file for the needs of the kind."""

    @classmethod
    @abstractmethod
    def arguments(cls, asked: Asked) -> Mapping[str, object]:
        """What a program gives for the needs of the kind, by the name of the argument."""

    @classmethod
    @abstractmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        """What was asked for, as keys of JSON; times, sources and words are written later."""

    @classmethod
    @abstractmethod
    def of_plan(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        """What a plan has of it, as keys of JSON."""

    @classmethod
    @abstractmethod
    def sheet(cls, catalogue: Catalogue, plan: Plan) -> Mapping[str, object]:
        """The same for the plan's own sheet, where everything about it is told."""

    @classmethod
    @abstractmethod
    def questions(
        cls, catalogue: Catalogue, asked: Asked, eligible: Eligible
    ) -> Iterator[Question]:
        """What is worth asking, given the other answers."""

    # Its kind: plans

    @classmethod
    @abstractmethod
    def proposed(cls, asked: Asked) -> Need | None:
        """The need whose price is told where nobody said whether there is one."""

    @classmethod
    @abstractmethod
    def further(
        cls, catalogue: Catalogue, plans: Sequence[Plan], asked: Asked, met: Sequence[NeedResult]
    ) -> Iterator[Iterator[Need]]:
        """Ever further demands that could lead to another plan than the one with these results."""

    @classmethod
    @abstractmethod
    def better(
        cls, catalogue: Catalogue, plan: Plan, other: Plan, asked: Asked, *, gained: bool
    ) -> Iterator[Message]:
        """What a plan has that another has not, told as gained, or as lost by taking the other.

        `Unrecorded` where nobody says whether the other has it.
        """

    @classmethod
    @abstractmethod
    def gives_no_more(cls, catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
        """Whether all that is stated of a plan is had with another too, as good or better."""

    @classmethod
    @abstractmethod
    def in_doubt(cls, catalogue: Catalogue, plan: Plan) -> bool:
        """Whether what a plan has of it is assumed, or contradicted by its source."""

    # Its kind: tables

    @classmethod
    @abstractmethod
    def titles(cls, catalogue: Catalogue, asked: Asked) -> tuple[Message, ...]:
        """The headings of its columns in the comparison of plans."""

    @classmethod
    @abstractmethod
    def cells(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> tuple[Message, ...]:
        """A plan's cells under them."""

    @classmethod
    @abstractmethod
    def facts(cls, catalogue: Catalogue, plan: Plan) -> Iterator[tuple[Message, Cite | None]]:
        """What a plan has of it, for the plan's own sheet, with the source."""

    # Its kind: the first screen

    @abstractmethod
    def in_brief(self, catalogue: Catalogue, asked: Asked) -> Message | None:
        """What is asked for in a few words; None where it only says that nothing is needed."""

    @abstractmethod
    def in_a_word(self, catalogue: Catalogue) -> Message:
        """The same for a column of needs."""

    @classmethod
    @abstractmethod
    def title(cls, catalogue: Catalogue) -> Message:
        """What the kind is called in a word."""

    @classmethod
    @abstractmethod
    def left_open(cls, catalogue: Catalogue, asked: Asked) -> bool:
        """Whether it is worth saying that nobody spoke of the kind."""

    @classmethod
    @abstractmethod
    def brief_cell(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, met: Sequence[NeedResult]
    ) -> Message | None:
        """What a plan has of it in a word, with ? where that is assumed; None without a column."""

    @classmethod
    @abstractmethod
    def remark(cls, catalogue: Catalogue, plan: Plan, asked: Asked) -> Message | None:
        """What to know of a plan that nobody asked about, in a word or two."""

    # Its kind: rows of customers

    @classmethod
    @abstractmethod
    def row_usual(cls, catalogue: Catalogue, asked: Asked) -> RowValues:
        """What holds for a row that does not say, a value for each of the row columns."""

    @classmethod
    @abstractmethod
    def row_values(cls, text: str, catalogue: Catalogue, reader: TextReader) -> RowValues:
        """What a cell says, a value for each of the row columns."""

    @classmethod
    @abstractmethod
    def row_known(cls, catalogue: Catalogue) -> tuple[str, ...]:
        """The texts that its row column of texts may hold."""

    @classmethod
    @abstractmethod
    def row_tests(cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell) -> Iterator[str]:
        """As SQL what must hold of a row for the plan to meet its needs."""

    @classmethod
    @abstractmethod
    def row_cases(
        cls, catalogue: Catalogue, plan: Plan, asked: Asked, cell: Cell
    ) -> Iterator[Case]:
        """The needs that rows may have and that the plan stands to in different ways.

        Each with the SQL that holds of the rows that have it, or one that the plan stands to alike.
        """


SomeNeed = TypeVar("SomeNeed", bound=Need)


@dataclass(frozen=True, slots=True)
class Asked:
    """Some needs, no two with the same key, and the plan that the customer has today."""

    needs: tuple[Need, ...]
    current_plan: str | None

    def each(self, kind: type[SomeNeed]) -> tuple[SomeNeed, ...]:
        """The needs of one kind."""
        return tuple(need for need in self.needs if isinstance(need, kind))

    def with_need(self, need: Need) -> Self:
        """The same needs and another; it takes the place of one with its key."""
        return self.having([*self.others(need), need])

    def without(self, need: Need, left: Need | None = None) -> Self:
        """The same needs without one of them, or with what is left of it."""
        return self.having([*self.others(need), *([] if left is None else [left])])

    def others(self, need: Need) -> tuple[Need, ...]:
        """The needs but for the one with a need's key."""
        return tuple(other for other in self.needs if other.key != need.key)

    def having(self, needs: Iterable[Need]) -> Self:
        """Other needs and the same plan of today."""
        made = object.__new__(type(self))
        object.__setattr__(made, "needs", tuple(needs))
        object.__setattr__(made, "current_plan", self.current_plan)
        return made
