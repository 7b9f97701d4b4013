"""Several accounts by name, each with its spend and needs, from the texts of flags or a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.answers.sources import (
    CONTRACT,
    OF_AN_ACCOUNT,
    REPEATED,
    SHORT_OF_AN_ACCOUNT,
    Given,
    Layers,
    flag_name,
)
from supportcli.inputs.values.texts import folded, half_width, is_unknown
from supportcli.needs.registry import SHORT_FOR, SWITCHES
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.safe import safe


class NamedAccount(NamedTuple):
    """An account's name and what was said of it, as the texts of flags."""

    name: str
    given: Layers


_WORDS = {
    **{name: (name, "true") for name in SWITCHES},
    **{f"no-{name}": (name, "false") for name in SWITCHES},
    **{name.replace("_", "-"): said for name, said in SHORT_FOR.items()},
}
_KNOWN = {
    **{name.replace("_", "-"): name for name in OF_AN_ACCOUNT},
    **SHORT_OF_AN_ACCOUNT,
}
_LONG = (*SHORT_OF_AN_ACCOUNT.values(), *SWITCHES)
_COMMA = regex(r'("[^"]*")|，')
_THOUSANDS_BEFORE = regex(r"(?s).*[=\s]\d{1,3}(,\d{3})*")
_THOUSANDS = regex(r"\d{3}(?!\d)[^=]*")
_AROUND = regex(r"\s*([=,])\s*")
_NEXT = regex(r",([^=,;、\s]+)=")
_A_SPEND = regex(r"\s*[0-9.]+\s*[万亿kKwW].*|\s*[0-9]{4,}.*")
_SPENDS = ("spend", "spend_series", "paid", "order")


def read_accounts(given: Layers, problems: list[Problem]) -> tuple[NamedAccount, ...]:
    """The accounts that were named, each with what was said of it; mistakes are noted."""
    wanted = given.get("account")
    if wanted is None:
        return ()
    found: dict[str, NamedAccount] = {}
    for account in _all(wanted, problems):
        if account.name in found:
            message = Message("{name} is given twice; keep one", name=quoted(account.name))
            problems.append(Problem(wanted.origin, message))
        found[account.name] = account
    if not (wanted.groups or wanted.texts):
        problems.append(Problem(wanted.origin, Message("lists no account; list one")))
    return tuple(found.values())


def without_spend(given: Layers) -> tuple[str, ...]:
    """The accounts whose spend is said to be unknown; the one that nobody named has no name."""
    named = read_accounts(given, []) if "account" in given else (NamedAccount("", given),)
    return tuple(one.name for one in named if is_spend_unknown(one.given))


def is_spend_unknown(given: Layers) -> bool:
    """Whether it was said of an account that its spend is not known."""
    return "spend" in given and all(map(is_unknown, given["spend"].texts))


def is_account(text: str) -> bool:
    """Whether a text names an account: prod=300000."""
    return "=" in half_width(text)


def named_in(text: str) -> tuple[str, ...]:
    """The accounts of one answer: prod=300000 test=20000, with blanks or any marks between.

    A comma before what is said of one account, such as tam, or in a number parts none.
    """
    plain = half_width(text)
    plain = plain if "=" in plain else plain.replace(":", "=")
    plain = _AROUND.sub(r"\1", plain)
    plain = _NEXT.sub(lambda found: found[0] if _known(found[1]) else f" {found[1]}=", plain)
    return tuple(part for part in re.split(r"[\s;、]+", plain.strip(" ,")) if part)


def account_text(account: NamedAccount) -> str:
    """The account as `--account` takes it."""
    spend = account.given["spend"].texts[0] if "spend" in account.given else None
    parts = [account.name if spend is None else f"{account.name}={spend}"]
    for field, given in account.given.items():
        parts += (_part(field, text) for text in given.texts if field != "spend")
    import csv
    import io

    page = io.StringIO()
    csv.writer(page, lineterminator="").writerow(parts)
    return page.getvalue()


def _part(field: str, text: str) -> str:
    word = next((word for word, said in _WORDS.items() if said == (field, text)), None)
    name = next((short for short, long in SHORT_OF_AN_ACCOUNT.items() if long == field), field)
    return word or f"{name.replace('_', '-')}={text}"


def _all(wanted: Given, problems: list[Problem]) -> Iterator[NamedAccount]:
    for name, where, layers in wanted.groups:
        if not any(known in layers for known in _SPENDS):
            problems.append(Problem(where, Message("has no spend; give it one, or unknown")))
        yield NamedAccount(name, layers)
    for text in wanted.texts:
        try:
            yield _account(text, wanted.origin)
        except UsageError as error:
            problems += (
                problem._replace(where=problem.where or wanted.origin) for problem in error.problems
            )


def _account(text: str, origin: str) -> NamedAccount:
    """One account: NAME=SPEND, then response=10m, tam, order=… and so on, after commas.

    A part with a comma of its own stands in quotes, but for thousands: 1,200,000.
    """
    first, *rest = (part.strip() for part in _parts(text))
    name, spend = _name_and_spend(first)
    where = f"{origin} {safe(name)}"
    problems: list[Problem] = []
    texts: dict[str, list[str]] = {}
    for part in (*([spend] if spend else ()), *rest):
        try:
            field, value = _field(part)
        except UsageError as error:
            problems += (Problem(where, problem.message) for problem in error.problems)
            continue
        if field in texts and field not in REPEATED:
            message = Message("{name} is given twice; keep one", name=quoted(field))
            problems.append(Problem(where, message))
        texts.setdefault(field, []).append(value)
    if problems:
        raise UsageError(problems)
    if not name or not any(known in texts for known in _SPENDS):
        raise _no_account(text)
    return NamedAccount(name, _layers(texts.items(), where))


def _name_and_spend(text: str) -> tuple[str, str]:
    """The name of an account, and its spend as a field of it: series=… and so on, or an amount."""
    name, _, spend = (" ".join(part.split()) for part in _equals(text).partition("="))
    if spend and _known(spend.partition("=")[0]) is None:
        spend = f"spend={spend}"
    return name, spend


def _equals(text: str) -> str:
    return text.replace("＝", "=")


def _layers(texts: Iterable[tuple[str, list[str]]], where: str) -> Layers:
    return {field: Given(tuple(values), where) for field, values in texts}


def _parts(text: str) -> list[str]:
    import csv  # with several accounts alone

    plain = _COMMA.sub(lambda found: found[1] or ",", text)
    rows = list(csv.reader([plain], skipinitialspace=True))
    if len(rows) != 1 or not rows[0]:
        raise _no_account(text)
    parts: list[str] = []
    for part in rows[0]:
        if parts and _THOUSANDS.fullmatch(part) and _THOUSANDS_BEFORE.fullmatch(parts[-1]):
            parts[-1] += f",{part}"  # three digits alone say nothing of an account
        else:
            parts.append(part)
    return parts


def _field(part: str) -> tuple[str, str]:
    """What a part says: a word alone (tam), or a field and its value (response=10m)."""
    name, equals, value = (each.strip() for each in _equals(part).partition("="))
    word, known = _WORDS.get(_hyphened(name)), _known(name)
    if not equals and word is not None:
        return word
    if not equals or known is None:
        raise UsageError(_not_of_one(part, _hyphened(name).replace("-", "_")))
    return known, value


def _hyphened(name: str) -> str:
    return folded(name).replace("_", "-")


def _known(name: str) -> str | None:
    return _KNOWN.get(_hyphened(name))


def _not_of_one(part: str, name: str) -> Message:
    """Why a part says nothing of one account, and what does."""
    if name in (*CONTRACT, "accounts") and name not in OF_AN_ACCOUNT:
        return Message(
            "{part} holds for all accounts together; give {flag} instead",
            part=quoted(part),
            flag=flag_name(name),
        )
    if half_width(part)[:1].isdigit():
        return Message(
            "{part} after a comma is no part of a number; write the number without commas",
            part=quoted(part),
        )
    if _A_SPEND.fullmatch(half_width(part).partition("=")[2]):
        words = Message(
            "{part} is not said of one account; another one has an --account of its own"
        )
        return Message(words.text, part=quoted(part))
    shorter = (*SHORT_OF_AN_ACCOUNT, *(word for word, f in _KNOWN.items() if f not in _LONG))
    return Message(
        "{part} is not said of one account; what is: {known}",
        part=quoted(part),
        known=(*(f"{known}=" for known in sorted(shorter)), *sorted(_WORDS)),
    )


def _no_account(text: str) -> UsageError:
    return UsageError(
        Message(
            "{text} is not an account; write it like prod=300000,response=10m,tam or "
            "prod=series=100000 200000,tam",
            text=quoted(text),
        )
    )
