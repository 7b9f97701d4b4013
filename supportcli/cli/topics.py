"""`--explain TOPIC`: the flag alone asks for the list of topics, a text names one or several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from supportcli.errors import Message, SupportCliError, UsageError, quoted
from supportcli.inputs.values.names import names_of, nearest
from supportcli.inputs.values.texts import normal
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.outputs.document.topic_names import LIST, TOPICS
from supportcli.patterns import regex

_FLAG = "--explain"
_BETWEEN = regex(r"[\s,;，；、]+")


def with_topic(words: Sequence[str]) -> list[str]:
    """The arguments with the list of topics after a flag that stands alone."""
    found: list[str] = []
    for word, after in zip_longest(words, words[1:], fillvalue="-"):
        found += [word, LIST] if word == _FLAG and after.startswith("-") else [word]
    return found


def read_topics(text: str) -> tuple[str, ...]:
    """The ids of the topics that are named; yes asks for the list of them, no for none.

    Raises:
        UsageError: one of them is no topic; which was probably meant, or all.
    """
    known = names_of(TOPICS)
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    switched = _switched(text)
    if switched is not None:
        return (LIST,) if switched else ()
    unknown = [part for part in parts if normal(part) not in known]
    if unknown:
        raise UsageError(_no_topic(unknown[0]))
    return tuple(dict.fromkeys(known[normal(part)] for part in parts))


def _switched(text: str) -> bool | None:
    """What a text says that only switches the flag on or off, as a file or a variable may."""
    try:
        return read_yes_no(text)
    except SupportCliError:
        return None


def _no_topic(text: str) -> Message:
    near, names = nearest(text, names_of(TOPICS)), {topic.id: topic.name for topic in TOPICS}
    if near:
        words = Message("{text} is no topic; did you mean {near}?")
        return Message(words.text, text=quoted(text), near=names[near])
    known = tuple(names.values())
    return Message("{text} is no topic; there are: {known}", text=quoted(text), known=known)
