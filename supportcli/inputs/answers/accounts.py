"""Several accounts by name, each with its spend and needs, from the texts of flags or a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.answers.sources import OF_AN_ACCOUNT, REPEATED, SHORT_NAMES, Given, Layers
from supportcli.inputs.values.texts import half_width
from supportcli.needs.registry import SHORT_FOR, SWITCHES
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
    **SHORT_NAMES,
}
_LONG = (*SHORT_NAMES.values(), *SWITCHES)
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


def is_account(text: str) -> bool:
    """Whether a text names an account: prod=300000."""
    return "=" in half_width(text)


def named_in(text: str) -> tuple[str, ...]:
    """The accounts of one answer: prod=300000 test=20000, with blanks or semicolons between."""
    return tuple(part for part in re.split(r"[\s;；、]+", half_width(text)) if part)


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
    name = next((short for short, long in SHORT_NAMES.items() if long == field), field)
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
            problems += [Problem(wanted.origin, problem.message) for problem in error.problems]


def _account(text: str, origin: str) -> NamedAccount:
    """One account: NAME=SPEND, then response=10m, tam, order=… and so on, after commas.

    A part with a comma of its own stands in quotes.
    """
    first, *rest = (part.strip() for part in _parts(text))
    name, _, spend = (" ".join(part.split()) for part in first.partition("="))
    where = f"{origin} {safe(name)}"
    texts: dict[str, list[str]] = {"spend": [spend]} if spend else {}
    for part in rest:
        field, value = _field(part)
        texts.setdefault(field, []).append(value)
    if not name or not any(known in texts for known in _SPENDS):
        raise _no_account(text)
    for field, values in texts.items():
        if len(values) > 1 and field not in REPEATED:
            raise UsageError(Message("{name} is given twice; keep one", name=quoted(field)))
    return NamedAccount(name, _layers(texts.items(), where))


def _layers(texts: Iterable[tuple[str, list[str]]], where: str) -> Layers:
    return {field: Given(tuple(values), where) for field, values in texts}


def _parts(text: str) -> list[str]:
    import csv  # with several accounts alone

    rows = list(csv.reader([text], skipinitialspace=True))
    if len(rows) != 1 or not rows[0]:
        raise _no_account(text)
    return rows[0]


def _field(part: str) -> tuple[str, str]:
    """What a part says: a word alone (tam), or a field and its value (response=10m)."""
    name, equals, value = (each.strip() for each in part.partition("="))
    if not equals and name in _WORDS:
        return _WORDS[name]
    if not equals or name not in _KNOWN:
        shorter = (*SHORT_NAMES, *(word for word, field in _KNOWN.items() if field not in _LONG))
        raise UsageError(
            Message(
                "{part} is not said of one account (no commas within an amount); what is: {known}",
                part=quoted(part),
                known=(*(f"{known}=" for known in sorted(shorter)), *sorted(_WORDS)),
            )
        )
    return _KNOWN[name], value


def _no_account(text: str) -> UsageError:
    return UsageError(
        Message(
            "{text} is not an account; write it like prod=300000,response=10m,tam (no commas "
            "within an amount)",
            text=quoted(text),
        )
    )
