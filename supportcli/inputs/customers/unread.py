"""Columns that are not understood: those that look like a need stop a run, others are told.

A name that says nothing but a need is enough (SLA等级); of others (SLA penalty) the texts tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.customers.aliases import NAMES, stem_of
from supportcli.inputs.customers.suggestions import NEEDED, nearest
from supportcli.inputs.values.texts import folded, normal
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.needs.registry import KINDS
from supportcli.patterns import regex

_MOST_LOOKED_AT = 100
_LONG = 6


def _words(texts: str) -> re.Pattern[str]:
    """Any of the texts: as a word of its own where it ends in a letter of the alphabet."""
    found = (f"(?<![a-z]){one.strip()}(?![a-z])" for one in texts.split(";"))
    return regex("|".join(found))


_REST = regex(
    r"\b(?:needs?|needed|required?|requirements?|requested|wanted|targets?|expected|contract(?:ed)?"
    r"|dedicated|named|shared|times?|levels?|tier|class|degree|type|grade|hours?|minutes?|mins?"
    r"|peak|max|min|average|avg|business|monthly|per|month|a|an|the|in|of|for|is|number|count|no"
    r"|customers?|support|services?|agreement|yes|k|h|m|n|y|p[0-9])\b"
    "|需求|要求|需要|是否|级别|等级|水平|时[间限效长段]|目标|标准|客户|类型|程度|专属|首次|最[大高低]"
    "|速度|月均|平均|每月|高峰|数量?|量|期望|约定|合同|当前|现有|支持|服务|分钟|小时|档|[0-9\\W_]"
)
"""What a name may say beside a need without speaking of anything else."""
_TOLD = regex(
    r"[0-9]\s*(?:m|min|minutes?|mins|h|hrs?|hours?|bd|days?)\b|[0-9半]个?(?:分|小时|工作日|天)"
    r"|7\s*[x×*]\s*24|24\s*[x×*]\s*7|^(?:p|s|sev|l|tier)[ -]?[0-5]$"
    "|^(?:gold|silver|bronze|platinum|premium|standard|金牌?|银牌?|铜牌?|白金|[一二三四五特]级)$"
)
_WISHES = regex("要求|需求|诉求|期望|requirement|requested|wish|expectation", re.IGNORECASE)
"""Names of what a customer wants, without a word of what it is."""
_AVAILABLE = regex(r"[^0-9]*(?:[≥>]=?\s*)?(?:9[0-9](?:\.[0-9]+)?\s*%|0?\.9[0-9]*|100\s*%)[^0-9]*")
_TAM = regex("tam|technical account manager|技术服务经理|技术客户经理")
_SPOKEN = {kind.column: _words(kind.spoken) for kind in KINDS if kind.column}


def like_needs(names: Sequence[str], meant: Collection[str]) -> Iterator[Message]:
    """A refusal for each column whose name says a need which nothing else in the table says.

    Of an agreement the texts tell whether it is one.

    Args:
        names: of the columns that have no meaning.
        meant: what the other columns mean.
    """
    for name in names:
        need = need_like(name, meant)
        if need and _says_only(name, need) and not says_agreement(name):
            yield like_need(name, need)


def like_need(name: str, need: str) -> Message:
    """The refusal of a column that looks like a need."""
    return Message(
        "column {name} looks like a need of the customer and is not understood; give "
        "--map {need}={name}, or --ignore-column {name} to do without it",
        name=quoted(name),
        need=need,
    )


def says_agreement(name: str) -> bool:
    """Whether a name says only that there is an agreement, which may be on availability: SLA."""
    return "sla" in normal(name) and _says_only(name, "response")


def are_available(texts: Collection[str]) -> bool:
    """Whether texts under such a name say how much a service is available: 99.95%."""
    return bool(texts) and all(_AVAILABLE.fullmatch(folded(text)) for text in texts)


def available(name: str) -> Message:
    """What is said of a column of such texts."""
    return Message(
        "column {name} says an availability, which is no need that a support plan meets; it is "
        "carried through unread",
        name=quoted(name),
    )


def says_wish(name: str) -> bool:
    """Whether a name says that something is wanted: 业务要求."""
    return _WISHES.search(name) is not None


def wish_in(texts: Iterable[str], meant: Collection[str]) -> str | None:
    """The need that texts under such a name say; none of those that other columns mean."""
    plain = [folded(text) for text in texts]
    found = (("response", _TOLD), ("tam", _TAM))
    return next(
        (need for need, said in found if need not in meant and any(map(said.search, plain))), None
    )


def tells_need(text: str) -> bool:
    """Whether a text says a need in words that its reader may not know: P1, in 10 minutes."""
    if _TOLD.search(folded(text)):
        return True
    try:
        return read_yes_no(text) and not text.strip().isdigit()
    except UsageError:
        return False


def nearly_known(names: Sequence[str], meant: Collection[str]) -> Iterator[Message]:
    """What is said of columns whose names are nearly those of something else that we know."""
    for name in islice(names, _MOST_LOOKED_AT):
        meaning = _meaning_of(name)
        if meaning and meaning not in meant and not says_agreement(name):
            yield Message(
                "column {name} is carried through unread; "
                "if it is {meaning}, give --map {meaning}={name}",
                name=quoted(name),
                meaning=meaning,
            )


def need_like(name: str, meant: Collection[str]) -> str | None:
    """The need that a column may be, if none of those `meant`; a short name may be a word: team."""
    short = len(normal(name)) < _LONG
    need = NAMES.get(stem_of(name)) or _need_in(name) if short else _meaning_of(name)
    return need if need in NEEDED and need not in meant else None


def _says_only(name: str, need: str) -> bool:
    """Whether a name is one of a need, but for brackets, or speaks of nothing else."""
    words = _SPOKEN[need].sub(" ", _spoken(name))
    return NAMES.get(stem_of(name)) == need or (_need_in(name) == need and not _REST.sub("", words))


def _meaning_of(name: str) -> str | None:
    """What a column may be: by its name without brackets, a slip of the pen, or its words."""
    return NAMES.get(stem_of(name)) or nearest(normal(name), NAMES) or _need_in(name)


def _need_in(name: str) -> str | None:
    """The column of a need of which a name speaks in one of its words: TAM degree, 响应要求."""
    text = _spoken(name)
    return next((column for column, words in _SPOKEN.items() if words.search(text)), None)


def _spoken(name: str) -> str:
    return folded(name).replace("_", " ")
