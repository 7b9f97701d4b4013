"""What a catalogue says, as a customer reads it: terms, without where they were read."""

from __future__ import annotations

import re

from supportcli.errors import Message, translatable
from supportcli.patterns import regex

_OF_SOURCES = regex(
    r"\bour source|\bthe source|\binferred\b|\bassumed\b|\bnot stated\b|\bis stated\b|advertis|"
    r"\b(?:its|our) (?:first|lines)|\blines? \d|\bnot recorded\b|"
    r"来源未|来源只|来源说|推断|假设|行号|第 ?\d+ ?行|文章宣传|广告|未记录|未说明",
    re.IGNORECASE,
)
_ASIDE = regex(r"\s?[(（][^()（）]*[)）]")
_CLAUSES = regex(r"(?<=[;.])(?= )|(?<=[；。])")


def terms_only(text: str) -> str:
    """The text without asides and clauses that speak of sources; empty where it begins so."""
    bare = _ASIDE.sub(lambda found: "" if _OF_SOURCES.search(found[0]) else found[0], text)
    first, *rest = _CLAUSES.split(bare)
    if _OF_SOURCES.search(first):
        return ""
    kept = "".join(clause for clause in rest if not _OF_SOURCES.search(clause))
    whole = f"{first}{kept}".rstrip()
    ended = whole.rstrip(";；")
    return whole if ended == whole else f"{ended}{'。' if whole[-1] == '；' else '.'}"


_IN_TERMS = {
    translatable("{words} (whether {plan} has it too: the source says both)"): Message(
        "{words} (whether {plan} has it too is to be confirmed)"
    ),
    translatable("no limit stated such as: {limit}"): Message(
        "no limit such as: {limit} (to be confirmed)"
    ),
}


def in_terms(words: Message) -> Message:
    """What changes, with what is to be confirmed of it instead of what a source says."""
    terms = _IN_TERMS.get(words.text)
    return Message(terms.text, **words.values) if terms else words
