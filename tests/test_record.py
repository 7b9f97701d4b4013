"""Records behave as the standard library's own do, which are made beside them here."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
import sys
import typing
from types import ModuleType

import pytest

from supportcli import patterns, record

BOTH = """
from __future__ import annotations

class Pair(NamedTuple):
    '''Two.'''

    left: int
    right: str = "r"

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"

@dataclass(frozen=True, slots=True)
class Base:
    '''Some.'''

    kind: ClassVar[str] = "base"
    size: int
    days: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError("too small")

class Same(Base):
    __slots__ = ()

@dataclass(frozen=True, slots=True)
class More(Base):
    name: str = "n"
"""


def made_of(source: object) -> ModuleType:
    module = sys.modules["both_records"] = ModuleType("both_records")
    names = {
        n: getattr(source, n, None) or getattr(dataclasses, n, None) for n in ("dataclass", "field")
    }
    names["NamedTuple"] = getattr(source, "NamedTuple")  # noqa: B009
    module.__dict__.update(names, ClassVar=typing.ClassVar)
    exec(BOTH, module.__dict__)
    return module


OURS, THEIRS = made_of(record), made_of(typing)
DID: dict[str, typing.Callable[[ModuleType], object]] = {
    "shown": lambda m: repr(
        [m.Pair(1), m.Pair(left=1, right="x"), m.Base(2), m.Same(2, True), m.More(3)]
    ),
    "parts": lambda m: [
        m.Pair(1)[0],
        m.Pair(1).right,
        *m.Pair(2),
        m.Pair(3).both,
        m.More(1, name="x").name,
    ],
    "about tuples": lambda m: (
        m.Pair._fields,
        m.Pair._field_defaults,
        m.Pair.__match_args__,
        m.Pair.__doc__,
    ),
    "about classes": lambda m: (
        m.More.__match_args__,
        m.Base.__doc__,
        m.More.kind,
        m.Base.__slots__,
    ),
    "changed": lambda m: (m.Pair(1)._replace(left=2), m.Pair(1)._asdict(), m.Pair._make([1, "s"])),
    "equal": lambda m: [
        m.Base(2, True) == m.Base(2),
        m.Base(2) == m.Same(2),
        m.Pair(1) == (1, "r"),
        m.More(1) != 1,
    ],
    "hashed": lambda m: [
        hash(m.Base(2, True)) == hash(m.Base(2)),
        len({m.More(1), m.More(1, name="n")}),
    ],
    "copied": lambda m: [copy.copy(m.Pair(1)), repr(copy.deepcopy(m.More(3, True)))],
    "matched": lambda m: [(x.left, x.right) for x in [m.Pair(5, "five")]],
    "told apart": lambda m: [isinstance(m.Same(1), m.Base), isinstance(m.Pair(1), tuple)],
    "annotated": lambda m: typing.get_type_hints(m.Pair),
}
WRONG: dict[str, typing.Callable[[ModuleType], object]] = {
    "too few": lambda m: m.Pair(),
    "too many": lambda m: m.Pair(1, "r", 3),
    "unknown": lambda m: m.Pair(1, middle=2),
    "changed to the unknown": lambda m: m.Pair(1)._replace(middle=2),
    "made of too few": lambda m: m.Pair._make([1]),
    "without a size": lambda m: m.Base(),
    "too small": lambda m: m.More(0),
    "set": lambda m: setattr(m.Base(1), "size", 2),
    "deleted": lambda m: delattr(m.Base(1), "size"),
    "new attribute": lambda m: setattr(m.Pair(1), "other", 2),
}


@pytest.mark.parametrize("name", DID)
def test_a_record_does_what_the_library_s_own_does(name: str) -> None:
    assert DID[name](OURS) == DID[name](THEIRS)


@pytest.mark.parametrize("name", WRONG)
def test_a_record_refuses_what_the_library_s_own_refuses(name: str) -> None:
    with pytest.raises((AttributeError, TypeError, ValueError)) as theirs:
        WRONG[name](THEIRS)
    with pytest.raises((AttributeError, TypeError, ValueError)) as ours:
        WRONG[name](OURS)
    assert issubclass(theirs.type, ours.type)


def test_a_record_with_other_values_in_some_fields() -> None:
    changed = record.replace(OURS.More(3, True), name="x")
    assert (changed.size, changed.days, changed.name) == (3, True, "x")


def test_records_are_frozen_and_have_slots() -> None:
    loose = typing.cast("typing.Any", record.dataclass)
    with pytest.raises(TypeError, match="records are frozen and have slots"):
        loose(frozen=False, slots=True)
    assert not hasattr(OURS.Base(1), "__dict__")


def test_a_record_is_pickled_and_restored() -> None:
    from supportcli.core.duration import Duration
    from supportcli.core.schedule import Bracket

    for value in (Duration(480, business=True), Bracket(None, rate=3)):  # type: ignore[arg-type]
        assert pickle.loads(pickle.dumps(value)) == value


def test_an_expression_is_compiled_when_it_is_first_used() -> None:
    found = patterns.regex("(?P<word>[a-z]+)", re.IGNORECASE)
    assert not hasattr(type(found), "match") or "match" in type(found).__slots__  # type: ignore[attr-defined]
    assert found.fullmatch("Word") is not None
    assert found.sub("x", "a1b") == "x1x"
    assert found.pattern == "(?P<word>[a-z]+)"
    with pytest.raises(AttributeError):
        found.unknown  # type: ignore[attr-defined]  # noqa: B018


def test_every_expression_compiles() -> None:
    """What is compiled late is found wrong here, not by a user."""
    import importlib
    import pkgutil

    import supportcli

    later = type(patterns.regex(""))
    for found in pkgutil.walk_packages(supportcli.__path__, "supportcli."):
        if found.name != "supportcli.__main__":
            importlib.import_module(found.name)
    import gc

    made = [thing for thing in gc.get_objects() if type(thing) is later]
    assert len(made) > 150
    assert all(re.compile(each.pattern, each.flags) for each in made)
