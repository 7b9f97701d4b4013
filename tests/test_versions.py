"""The lock of development: it pins what pyproject.toml asks for, on every system."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.versions import LOCK, ROOT, pinned

LINES = (ROOT / LOCK).read_text(encoding="utf-8").splitlines()
CONFIGURED: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    *CONFIGURED["build-system"]["requires"],
    *CONFIGURED["project"]["dependencies"],
    *CONFIGURED["project"]["optional-dependencies"]["dev"],
]


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_pinned_within_its_bounds(asked: str) -> None:
    requirement = Requirement(asked)
    locked = pinned("\n".join(LINES))[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(locked)


@pytest.mark.parametrize("asked", ASKED)
def test_every_package_has_a_floor_and_a_cap(asked: str) -> None:
    assert {one.operator for one in Requirement(asked).specifier} >= {">=", "<"}


def test_the_build_backend_is_asked_for_alike_in_both_places() -> None:
    [backend] = CONFIGURED["build-system"]["requires"]
    assert backend in CONFIGURED["project"]["optional-dependencies"]["dev"]


def test_the_lock_holds_nothing_but_versions_and_what_a_system_needs() -> None:
    pin = r"[a-z0-9.-]+==[0-9][\w.]*( ; [a-z_]+ [!=]= '\w+'( or [a-z_]+ == '\w+')?)?"
    assert [line for line in LINES if not re.fullmatch(rf"#.*|{pin}", line)] == []
    assert any("win32" in line for line in LINES)
    assert not any("//" in line or ":\\" in line for line in LINES)


def test_each_cap_has_the_day_on_which_it_was_looked_at() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("\ndependencies = [\n")[1].split("\n]\n")[0]
    reasons = re.findall(r"((?:^ *#.*\n)*)^ *\"", block, re.MULTILINE)
    assert len(reasons) == len(CONFIGURED["project"]["dependencies"])
    assert [reason for reason in reasons if not re.match(r" *# \d{4}-\d\d-\d\d: ", reason)] == []
