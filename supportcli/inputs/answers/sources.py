"""What was given under each name by flags, files, variables and the configuration, and where."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from supportcli.errors import (
    CatalogueError,
    Message,
    Problem,
    SupportCliError,
    UsageError,
    contradicts,
    quoted,
)
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, parse, read_bytes
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.needs.registry import FIELDS, KINDS, SHORT_FOR, SWITCHES
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.system import config_folder

# The questions, by the name that stands for each in an answers file; flags have hyphens instead.
QUESTIONS = (*FIELDS, "accounts", "quantity", "spend")
CONTRACT = (
    "months",
    "start",
    "growth",
    "spend_series",
    "order",
    "spreading",
    "proration",
    "days",
    "account",
    "paid",
    "paid_discount",
    "discount",
    "discount_on",
    "voucher",
    "tax",
    "tax_rate",
    "bought_for",
    "current_plan",
    "plan",
    "beside",
    "what_if",
    "customer",
    "valid_until",
)
OF_AN_ACCOUNT = (
    *FIELDS,
    "quantity",
    "spend",
    "spend_series",
    "order",
    "paid",
    "paid_discount",
    "current_plan",
)
"""What can be said of one account of several; the rest is said of all."""
SHORT_OF_AN_ACCOUNT = {"current": "current_plan", "series": "spend_series"}
RULES = ("plans", "as_of", "reading", "include_doubtful")
SETTINGS = (*RULES, "lang", "output", "width", "date", "explain", "no_color", "quiet")
SPEND_SAID = ("spend", "spend_series", "paid", "order", "account")
"""Each of them says what is spent."""
OF_THE_ANSWER = ("confirmed_by", "fail_if_over", "lang", "explain")
"""What an answers file has beside the answers, so that it gives the same answer again."""
OF_A_LETTER = ("number", "prepared_by", "note", "because", "for_whom")
"""What a quote says around its figures."""
HOUSE = "quote"
OF_THE_HOUSE = (
    *("company", "logo", "colour", "footer", "prepared_by", "valid_until"),
    *("discount", "discount_on", "tax", "tax_rate"),
)
_SHORT_OF_THE_HOUSE = {"by": "prepared_by", "valid": "valid_until"}
"""What the configuration file says of all quotes, under `quote:`."""
NOT_SAID = "unknown"
NOT_NEEDED = "none"
OF_A_QUESTION = "?"
"""Where the answer to a question comes from."""
PREFIX = "SUPPORTCLI_"

Parsed = TypeVar("Parsed")


class Given(NamedTuple):
    """A value as text (several for a flag that may be repeated) and the place it came from.

    `groups` are the accounts of an answers file that are written field by field: the name of each,
    where it stands, and what is said of it.
    """

    texts: tuple[str, ...]
    origin: str
    groups: tuple[tuple[str, str, Mapping[str, Given]], ...] = ()


Layers = Mapping[str, Given]
"""What was given under each name, the strongest source already chosen."""


def layered(*layers: Layers) -> dict[str, Given]:
    """One value for each name, from the first of the layers that has it."""
    found: dict[str, Given] = {}
    for layer in layers:
        for name, given in layer.items():
            found.setdefault(name, given)
    return found


def from_flags(flags: Mapping[str, object]) -> Layers:
    """The flags that were given: text, several texts, or a switch that was set.

    Raises:
        UsageError: two flags that contradict each other.
    """
    found: dict[str, Given] = {}
    for name, value in flags.items():
        if value in (None, ()) or (value is False and name not in SWITCHES):
            continue
        texts = value if isinstance(value, tuple) else (_as_text(value),)
        field, origin = name, flag_name(name, value)
        if name in SHORT_FOR:
            field, text = SHORT_FOR[name]
            texts = (text,)
        if field in found:
            raise UsageError([Problem(origin, contradicts(found[field].origin))])
        found[field] = Given(texts, origin)
    return found


def flag_name(name: str, value: object = None) -> str:
    """How the flag of a question is written: --without-channel, --no-tam."""
    hyphened = name.replace("_", "-")
    return f"--no-{hyphened}" if value is False else f"--{hyphened}"


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def from_environment(environment: Mapping[str, str]) -> Layers:
    """SUPPORTCLI_SPEND, SUPPORTCLI_LANG and so on; several values are separated by semicolons.

    Blanks separate NAME=VALUE pairs too; what else may stand between needs their own reader knows.
    A flag that stands for a text of another one has a variable that is yes or no.

    Raises:
        UsageError: two variables that contradict each other, or one that is neither yes nor no.
    """
    found = {}
    for name in _WITH_A_VARIABLE:
        variable = PREFIX + name.upper()
        value = environment.get(variable, "")
        if value:
            texts = _values(value, name) if name in REPEATED else (value,)
            found[name] = Given(texts, variable)
    for short, (name, text) in _SWITCHED_ON.items():
        variable = PREFIX + short.upper()
        if not _is_set(environment, variable):
            continue
        if name in found:
            raise UsageError([Problem(variable, contradicts(found[name].origin))])
        found[name] = Given((text,), variable)
    return found


def unknown_variables(environment: Mapping[str, str]) -> Iterator[Message]:
    """What is said of variables of ours that nothing reads."""
    known = [name.upper() for name in (*_WITH_A_VARIABLE, *_SWITCHED_ON)]
    for name in sorted(environment):
        rest = name.removeprefix(PREFIX)
        if rest == name or rest in known:
            continue
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(rest, known, n=1, cutoff=0.7)
        if near:
            meant = PREFIX + near[0]
            yield Message("{name} is not read; did you mean {near}?", name=name, near=meant)
        else:
            yield Message("{name} is not read: there is no such variable", name=name)


def _is_set(environment: Mapping[str, str], variable: str) -> bool:
    text = environment.get(variable, "")
    try:
        return bool(text) and read_yes_no(text)
    except SupportCliError as error:
        raise UsageError([Problem(variable, p.message) for p in error.problems]) from error


def contradiction(given: Layers, name: str, other: str) -> Problem:
    """What was given under a name excludes the other: which, by the names that stand there."""
    origin, itself = given[name].origin, _stands_as(given, name)
    where = origin if itself == origin else f"{origin}: {itself}"
    return Problem(where, contradicts(_stands_as(given, other)))


def _stands_as(given: Layers, name: str) -> str:
    """A flag or a variable; a field of an account or of a file by its name."""
    origin = given[name].origin if name in given else flag_name(name)
    if origin.startswith(PREFIX) or origin == flag_name(name):
        return origin
    shorter = {long: short for short, long in SHORT_OF_AN_ACCOUNT.items()}
    return shorter.get(name, name) if origin.startswith(flag_name("account")) else name


# But for what is supposed in one run alone.
_WITH_A_VARIABLE = tuple(n for n in (*QUESTIONS, *CONTRACT, *SETTINGS) if n != "what_if")
_SWITCHED_ON = {**SHORT_FOR, **{f"no_{name}": (name, "false") for name in SWITCHES}}


def _values(text: str, name: str) -> tuple[str, ...]:
    """The values of one variable, at least one."""
    listed = re.split("[;；]", text)
    if len(listed) == 1:
        listed = _BETWEEN[name].split(text.strip()) if name in _BETWEEN else [text]
    return tuple(part.strip() for part in listed if part.strip()) or (text,)


def config_path(environment: Mapping[str, str]) -> Path:
    """The user's configuration file, where the system has such files."""
    return config_folder(environment) / "supportcli" / "config.yaml"


def from_config(environment: Mapping[str, str], of_quotes: bool = False) -> Layers:
    """The user's configuration file, if there is one; with what it says of quotes, or without."""
    path = config_path(environment)
    if not os.path.exists(path):  # noqa: PTH110 - false, not an error, where it cannot be looked at
        return {}
    found = from_file(path, (*SETTINGS, HOUSE))
    house = found.pop(HOUSE, None)
    return {**found, **house.groups[0][2]} if house and of_quotes else found


def from_file(
    path: Path, known: Iterable[str] = (*QUESTIONS, *CONTRACT, *RULES, *OF_THE_ANSWER, *OF_A_LETTER)
) -> dict[str, Given]:
    """An answers file or a configuration file: names and values, as the flags take them.

    Raises:
        UsageError: the file is missing, unreadable or wrong; every mistake with its place.
    """
    shown = str(path)
    reader = Reader(shown)
    try:
        root = parse(read_bytes(path, shown), shown)
    except CatalogueError as error:
        raise UsageError(error.problems) from error
    found = {}
    for name, node in (reader.fields(root, tuple(known)) if root else {}).items():
        where = f"{shown}:{node.line}"
        if name in ("account", "accounts") and isinstance(node, Items):
            if "account" in found:
                reader.note(node, Message("accounts are listed twice; keep one of the two"))
            found["account"] = _accounts(reader, node, where)
            continue
        if name == HOUSE:
            found[name] = Given((), where, (("", where, _house(reader, node)),))
            continue
        texts = _texts(reader, name, node)
        if texts:
            found[name] = Given(texts, where)
    reader.refuse_if_any(Message("the file has mistakes:"), UsageError)
    return found


def _accounts(reader: Reader, node: Items, where: str) -> Given:
    """The accounts of a deal: each a text as `--account` takes it, or its fields."""
    groups, texts = [], []
    for item in reader.items(node):
        if not isinstance(item, Fields):
            texts += [text for text in (reader.string(item),) if text]
            continue
        known = ("name", *OF_AN_ACCOUNT, *SHORT_OF_AN_ACCOUNT)
        fields = reader.fields(item, known, required=("name",))
        said = {}
        for given, one in fields.items():
            field = SHORT_OF_AN_ACCOUNT.get(given, given)
            if field in said:
                reader.note(one, Message("{name} is given twice; keep one", name=quoted(field)))
            said[field] = _texts(reader, field, one)
        name = " ".join(next(iter(said.pop("name", ())), "").split())
        if "=" in name:
            reader.note(fields["name"], Message("a name of an account holds no ="))
        place = f"{reader.shown}:{item.line}"
        layers = {field: Given(each, place) for field, each in said.items() if each}
        if name:
            groups.append((name, place, layers))
    return Given(tuple(texts), where, tuple(groups))


def _house(reader: Reader, node: Node) -> Layers:
    """What holds for all quotes of a house, by the names of the flags."""
    said = reader.fields(node, (*OF_THE_HOUSE, *_SHORT_OF_THE_HOUSE))
    layers = {}
    for given, one in said.items():
        texts, name = _texts(reader, given, one), _SHORT_OF_THE_HOUSE.get(given, given)
        if name in layers:
            reader.note(one, Message("{name} is given twice; keep one", name=quoted(name)))
        if texts:
            layers[name] = Given(texts, f"{reader.shown}:{one.line}")
    return layers


def _texts(reader: Reader, name: str, node: Node) -> tuple[str, ...]:
    """Severities and quantities may be named; where several values are allowed a list may stand."""
    if name in _NAMED and isinstance(node, Fields):
        pairs = reader.named(node)
        values = ((key, reader.string(value)) for key, (_, value) in pairs.items())
        return tuple(f"{key}={value}" for key, value in values if value)
    nodes = node.items if isinstance(node, Items) and name in REPEATED else [node]
    return tuple(text for text in map(reader.string, nodes) if text)


_NAMED = ("response", "quantity", "footer")
_BEFORE_NAMES = regex(r"\s+(?=[^\s=]+\s*=)")
_BETWEEN = {**dict.fromkeys(("quantity", "account"), _BEFORE_NAMES), "order": regex(r"\n\s*")}
REPEATED = (
    *_NAMED,
    *(kind.field for kind in KINDS if kind.repeated),
    "order",
    "account",
    "beside",
    "what_if",
)
"""What may be given more than once."""


def read_each(
    given: Given | None, read: Callable[[str], Parsed], problems: list[Problem]
) -> list[Parsed]:
    """What each text stands for; a mistake is added to the problems, with where it stands."""
    if given is None:
        return []
    values = []
    for text in given.texts:
        try:
            values.append(read(text))
        except SupportCliError as error:
            problems += [Problem(given.origin, problem.message) for problem in error.problems]
    return values
