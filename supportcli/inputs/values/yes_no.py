"""Yes and no in the ways that people write and tick them."""

from __future__ import annotations

from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.texts import folded

_WORDS = {
    **dict.fromkeys("是 有 要 需要 对 √ ✓ ✔ y yes true on 1".split(), True),
    **dict.fromkeys("否 无 不 不是 没有 不要 不需要 × ✗ ✘ n no false off 0".split(), False),
}


def read_yes_no(text: str) -> bool:
    """Yes or no; an x is refused, it ticks and it crosses.

    Raises:
        UsageError: neither.
    """
    answer = _WORDS.get(folded(text))
    if answer is None:
        raise UsageError(Message("{text} is not yes or no; write one", text=quoted(text)))
    return answer
