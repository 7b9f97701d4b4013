"""A first-response target in words, the same wherever it is said."""

from __future__ import annotations

from supportcli.core.duration import Duration
from supportcli.core.plan import ServiceLevel
from supportcli.core.text import Text
from supportcli.errors import Message


def target_words(
    target: Duration, channel: Text | None = None, *, limited: bool = False, assumed: bool = False
) -> Message:
    """A target as a bound, with its channel where that is to be said: < 10 min, phone (limited)."""
    words = Message("< {target}", target=target)
    if channel is not None:
        words = Message("< {target}, {channel}", target=target, channel=channel)
    return marked(words, limited=limited, assumed=assumed)


def level_words(level: ServiceLevel, channel: Text | None = None) -> Message:
    """A plan's target as a bound, with what it hangs on."""
    limited = level.limit is not None
    return target_words(level.target, channel, limited=limited, assumed=level.assumed)


def marked(words: Message, *, limited: bool = False, assumed: bool = False) -> Message:
    """What is said of a target, and that it holds within a limit or is assumed."""
    if limited:
        words = Message("{words} (limited)", words=words)
    return Message("{words} (assumed)", words=words) if assumed else words
