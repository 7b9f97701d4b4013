"""Where what a quote states is not what is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

NOT_COMPUTED = ("inputs", "recommended", "eligible")
"""What is said of an account or of its needs, which the rule of the fee does not tell."""


class Difference(NamedTuple):
    """A figure as the quote states it and as it is computed (None: it is not there)."""

    where: str
    stated: object
    computed: object


def differences(stated: object, computed: object, where: str = "") -> Iterator[Difference]:
    """Every value that differs, in the order of what is computed."""
    if isinstance(stated, Mapping) and isinstance(computed, Mapping):
        for name in dict.fromkeys((*computed, *stated)):
            if name not in NOT_COMPUTED:
                below = f"{where}.{name}" if where else name
                yield from differences(stated.get(name), computed.get(name), below)
    elif isinstance(stated, list) and isinstance(computed, list):
        for number, pair in enumerate(zip_longest(stated, computed)):
            yield from differences(*pair, f"{where}[{number}]")
    elif stated != computed or type(stated) is not type(computed):
        yield Difference(where, stated, computed)
