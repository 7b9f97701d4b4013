"""Several accounts by name, each with its spend and needs, from the texts of flags."""

from __future__ import annotations

from typing import NamedTuple

from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.answers.sources import Given, Layers
from supportcli.needs.registry import KINDS, SHORT_FOR, SWITCHES
from supportcli.safe import safe


class NamedAccount(NamedTuple):
    """An account's name and what was said of it, as the texts of flags."""

    name: str
    given: Layers


_ACCOUNT_WORDS = {
    **{name: (name, "true") for name in SWITCHES},
    **{f"no-{name}": (name, "false") for name in SWITCHES},
    **{name.replace("_", "-"): said for name, said in SHORT_FOR.items()},
}
_ACCOUNT_FIELDS = tuple(kind.field.replace("_", "-") for kind in KINDS if not kind.switch)


def read_accounts(given: Layers, problems: list[Problem]) -> tuple[NamedAccount, ...]:
    """The accounts that were named, each with its own spend and needs; mistakes are noted."""
    wanted = given.get("account")
    found: dict[str, NamedAccount] = {}
    for text in wanted.texts if wanted else ():
        origin = wanted.origin if wanted else ""
        try:
            account = _account(text, origin)
        except UsageError as error:
            problems += [Problem(origin, problem.message) for problem in error.problems]
            continue
        if account.name in found:
            message = Message("{name} is given twice; keep one", name=quoted(account.name))
            problems.append(Problem(origin, message))
        found[account.name] = account
    return tuple(found.values())


def _account(text: str, origin: str) -> NamedAccount:
    """One account: NAME=SPEND, then response=10m, tam, tickets=40 and so on, after commas."""
    first, *rest = (part.strip() for part in text.split(","))
    name, equals, spend = first.partition("=")
    if not (equals and name.strip() and spend.strip()):
        raise _no_account(text)
    where = f"{origin} {safe(name.strip())}"
    texts: dict[str, list[str]] = {"spend": [spend.strip()]}
    for part in rest:
        field, sign, value = part.partition("=")
        if not sign and part in _ACCOUNT_WORDS:
            field, value = _ACCOUNT_WORDS[part]
        elif sign and field in SWITCHES:
            value = value.strip()
        elif not sign or field not in _ACCOUNT_FIELDS:
            raise _no_account(text)
        texts.setdefault(field.replace("-", "_"), []).append(value)
    return NamedAccount(
        name.strip(), {field: Given(tuple(values), where) for field, values in texts.items()}
    )


def _no_account(text: str) -> UsageError:
    return UsageError(
        Message(
            "{text} is not an account; write it like prod=300000,response=10m,tam (no commas "
            "within an amount)",
            text=quoted(text),
        )
    )
