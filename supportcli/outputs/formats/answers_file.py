"""The answers again, as a command line and as an answers file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction

from supportcli.core.money import exact_decimal
from supportcli.needs.registry import IN_QUESTIONS, SHORT_FOR, Needs
from supportcli.record import NamedTuple
from supportcli.system import command_line

_NOT_ANSWERS = ("--output", "--date")
HEADER = "# supportcli advise --answers FILE\n"


class Replay(NamedTuple):
    """What an advice was asked for: the needs, the spend, other flags as given.

    The spend is one amount, the three of a range, or (empty) unknown; a text as it was given, or
    None where none was. `left_open` are the kinds of needs of which it was said that nothing is
    required, or that it is not known, with the text that says so.
    """

    needs: Needs
    spend: tuple[Fraction, ...] | str | None
    quantities: tuple[str, ...]
    currency: str
    settings: tuple[tuple[str, str], ...] = ()
    left_open: tuple[tuple[str, str], ...] = ()

    def command_line(self) -> str:
        """The command that gives the same advice without a question."""
        words = ["supportcli", "advise"]
        words += [] if self.spend is None else ["--spend", self._spend(self.spend)]
        for kind in IN_QUESTIONS:
            words += (word for need in self.needs.each(kind) for word in need.flag())
        words += (word for name, text in self.left_open for word in _left_open(name, text))
        for quantity in self.quantities:
            words += ["--quantity", quantity]
        for name, value in self.settings:
            words += [name, value] if value else [name]
        return command_line(words)

    def answers_file(self) -> str:
        """The same as YAML for `--answers`."""
        lines = [] if self.spend is None else [_quoted("spend", self._spend(self.spend))]
        lines += (line for kind in IN_QUESTIONS for line in kind.answers(self.needs))
        lines += (_quoted(name, text) for name, text in self.left_open)
        lines += _block("quantity", (f"- {text}" for text in self.quantities))
        for name in dict.fromkeys(name for name, _ in self.settings if name not in _NOT_ANSWERS):
            values = [_value(value) for other, value in self.settings if other == name]
            key = name.removeprefix("--").replace("-", "_")
            lines += (
                [f"{key}: {values[0]}"]
                if len(values) == 1
                else _block(key, (f"- {value}" for value in values))
            )
        return HEADER + "".join(f"{line}\n" for line in lines)

    def _spend(self, spend: tuple[Fraction, ...] | str) -> str:
        if isinstance(spend, str):
            return spend
        low, high = spend[:1], spend[-1:]
        halfway = len(spend) > 1 and 2 * spend[1] == low[0] + high[0]
        shown = (*low, *high) if halfway else spend
        return "..".join(_shortest(each, self.currency) for each in shown) or "unknown"


def _left_open(name: str, text: str) -> tuple[str, ...]:
    """A need that was left open, as words of a command line; a switch has no text."""
    short = next((flag for flag, said in SHORT_FOR.items() if said == (name, text)), None)
    return (
        (f"--{name.replace('_', '-')}", text)
        if short is None
        else (f"--{short.replace('_', '-')}",)
    )


def _value(value: str) -> str:
    """A value as YAML; a flag without one is a switch that was set."""
    return json.dumps(value, ensure_ascii=False) if value else "true"


def _shortest(spend: Fraction, currency: str) -> str:
    if spend.denominator == 1:
        return str(spend.numerator)
    return f"{exact_decimal(spend, currency):f}"


def _quoted(name: str, text: str) -> str:
    return f"{name}: {json.dumps(text, ensure_ascii=False)}"


def _block(name: str, lines: Iterable[str]) -> list[str]:
    inner = [f"  {line}" for line in lines]
    return [f"{name}:", *inner] if inner else []
