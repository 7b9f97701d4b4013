"""A need of one thing that the catalogue lists: what the kinds of such needs have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar, Self

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.core.text import NamedThing
from supportcli.errors import Message
from supportcli.inputs.values.names import id_of
from supportcli.needs.need import Asked, Named, Need, NeedResult
from supportcli.record import dataclass, replace


@dataclass(frozen=True, slots=True)
class ListedNeed(Need):
    """A service, a channel or the like, by its id.

    `noun` says in words what it is, `argument` names all needs of the kind in the library and in
    results.
    """

    id: str

    noun: ClassVar[Message]
    argument: ClassVar[str]

    @classmethod
    @abstractmethod
    def listed(cls, catalogue: Catalogue) -> tuple[NamedThing, ...]:
        """All things of that sort that the catalogue has."""

    @property
    def key(self) -> str:
        return f"{self.field}:{self.id}"

    @property
    def asks(self) -> bool:
        return True

    def named(self, catalogue: Catalogue) -> Named | None:
        return Named(self.id, self._ids(catalogue), self.noun)

    def place(self, catalogue: Catalogue) -> int:
        return self._ids(catalogue).index(self.id)

    def in_catalogue(self, catalogue: Catalogue) -> Self:
        return replace(self, id=id_of(self.id, self.listed(catalogue)))

    def dropped(self) -> Need | None:
        return None

    def eased(self, plan: Plan, result: NeedResult) -> Need | None:
        return None

    def told_apart(self, words: Message, catalogue: Catalogue, asked: Asked) -> Message:
        return words

    def flag(self) -> tuple[str, ...]:
        return "--" + self.field.replace("_", "-"), self.id

    @classmethod
    def answers(cls, asked: Asked) -> Iterator[str]:
        found = asked.each(cls)
        yield from [f"{cls.field}:"] if found else []
        yield from (f"  - {need.id}" for need in found)

    @classmethod
    def arguments(cls, asked: Asked) -> Mapping[str, object]:
        found = asked.each(cls)
        return {cls.argument: [need.id for need in found]} if found else {}

    @classmethod
    def inputs(cls, asked: Asked) -> Mapping[str, object]:
        return {cls.argument: [need.id for need in asked.each(cls)]}

    @classmethod
    def _ids(cls, catalogue: Catalogue) -> tuple[str, ...]:
        return tuple(one.id for one in cls.listed(catalogue))
