"""What was given under each name, read one by one; every mistake is noted with where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.inputs.answers.sources import Layers, Parsed, read_each
from supportcli.inputs.values.amount import Per, cautions_of, read_amount
from supportcli.inputs.values.names import read_choice


class LayerReader:
    """Reads name by name; `problems` are told at once, `cautions` are what money may hang on."""

    def __init__(self, catalogue: Catalogue, given: Layers) -> None:
        self.currency = catalogue.currency
        self.given = given
        self.problems: list[Problem] = []
        self.cautions: list[Message] = []

    def note(self, name: str, message: Message) -> None:
        """A mistake in what was given under a name."""
        self.problems.append(Problem(self.given[name].origin, message))

    def one(self, name: str, read: Callable[[str], Parsed]) -> Parsed | None:
        """What was given under a name; None where nothing was, or where it is a mistake."""
        return next(iter(self.each(name, read)), None)

    def each(self, name: str, read: Callable[[str], Parsed]) -> Sequence[Parsed]:
        """The same of a name that may be repeated."""
        return read_each(self.given.get(name), read, self.problems)

    def choice(
        self, name: str, known: Mapping[str, Parsed], words: Mapping[str, Parsed]
    ) -> Parsed | None:
        """One of the known values, or of the words for them."""
        return self.one(name, lambda text: read_choice(text, known, words))

    def amount(self, text: str, per: Per | None = None) -> Fraction:
        """An amount of money; one that may be misread is pointed out."""
        parsed = read_amount(text, self.currency, per)
        self.cautions += cautions_of(text, parsed, self.currency)
        return parsed.value

    def belong(self, *pairs: str) -> None:
        """Each first name means something only with the one after it."""
        for name, needed in zip(pairs[::2], pairs[1::2], strict=True):
            if name in self.given and needed not in self.given:
                flag = "--" + needed.replace("_", "-")
                self.note(name, Message("means nothing without {flag}; give both", flag=flag))
