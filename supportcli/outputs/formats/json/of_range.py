"""Which spend of a range the amounts of an answer are of, said in the basis of each."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.advice.deal import ENDS
from supportcli.outputs.formats.json.values import Json

_LOWEST, _MIDDLE, _HIGHEST = ENDS
_PARTS = {"at_spends": (_LOWEST, _HIGHEST), "scenarios": ENDS}
"""Lists with a part for each of these spends, in their order."""


def of_range(told: Json) -> Json:
    """What is told of a range: of its middle, but for the parts that are of its ends."""
    return {name: _below(name, each, _MIDDLE) for name, each in told.items()}


def _below(name: str, found: object, spend: object) -> object:
    if name == "basis" and isinstance(found, dict) and "spend" in found:
        return {**found, "spend": spend}
    spends = _PARTS.get(name, ())
    if isinstance(found, list) and len(found) == len(spends):
        return [_of(each, end) for each, end in zip(found, spends, strict=True)]
    return _of(found, spend)


def _of(found: object, spend: object) -> object:
    if isinstance(found, list):
        return [_of(each, spend) for each in found]
    if not isinstance(found, Mapping):
        return found
    spend = found.get("end", spend)
    return {name: _below(name, each, spend) for name, each in found.items()}
