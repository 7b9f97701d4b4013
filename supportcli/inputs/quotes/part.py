"""A part of the JSON of a quote: its values, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from supportcli.advice.rules import BOUNDS
from supportcli.errors import Message, SupportCliError, UsageError

Value = TypeVar("Value")
_MOST = 1000  # accounts, or orders of one


class QuotePart:
    """A mapping within the JSON, and where it stands there."""

    def __init__(self, told: object, where: str) -> None:
        if not isinstance(told, Mapping):
            raise strange(where)
        self.told, self.where = told, where

    def _at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def missing(self, name: str) -> bool:
        """Whether nothing stands there."""
        return self.told.get(name) is None

    def part(self, name: str) -> QuotePart:
        """The mapping that stands there."""
        return QuotePart(self.told.get(name), self._at(name))

    def parts(self, name: str) -> list[QuotePart]:
        """The mappings of a list."""
        return [QuotePart(one, self._at(name)) for one in self._listed(name)]

    def _listed(self, name: str) -> list[object]:
        listed = self.told.get(name)
        if not isinstance(listed, list) or len(listed) > _MOST:
            raise strange(self._at(name))
        return listed

    def texts(self, name: str) -> list[str]:
        """The texts of a list."""
        listed = self._listed(name)
        if not all(isinstance(one, str) for one in listed):
            raise strange(self._at(name))
        return [str(one) for one in listed]

    def text(self, name: str) -> str:
        """The text that stands there."""
        text = self.told.get(name)
        if not isinstance(text, str):
            raise strange(self._at(name))
        return text

    def read(self, name: str, reads: Callable[[str], Value]) -> Value:
        """What a text stands for."""
        text = self.text(name)
        try:
            return reads(text)
        except (SupportCliError, ValueError):
            raise strange(self._at(name)) from None

    def maybe(self, name: str, reads: Callable[[str], Value]) -> Value | None:
        """What a text stands for; None where nothing stands there."""
        return None if self.missing(name) else self.read(name, reads)

    def switch(self, name: str) -> bool:
        """A truth value."""
        value = self.told.get(name)
        if not isinstance(value, bool):
            raise strange(self._at(name))
        return value

    def count(self, name: str, bound: str) -> int:
        """A whole number within the bounds of what it counts."""
        value, (least, most) = self.told.get(name), BOUNDS[bound]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise strange(self._at(name))
        return value


def strange(where: str) -> UsageError:
    """That something there is missing, or is not what `quote` writes."""
    return UsageError(Message("is not a quote as it was written: see {name}", name=where))
