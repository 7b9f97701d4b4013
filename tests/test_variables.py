"""Variables that hold several values: which blanks part them and which belong to a value."""

from __future__ import annotations

import pytest

from supportcli.inputs.answers.sources import from_environment


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("response", "10 min", ("10 min",)),
        ("response", "10m", ("10m",)),
        ("response", "outage=10 min normal=2 hours", ("outage=10 min", "normal=2 hours")),
        ("response", "业务不可用=10m; normal=2h", ("业务不可用=10m", "normal=2h")),
        ("quantity", "seats=25 nodes=3", ("seats=25", "nodes=3")),
        ("without_channel", "phone chat", ("phone", "chat")),
        ("without_channel", "online chat; phone", ("online chat", "phone")),
        ("order", "1200 from 2026-03-15 for 12 months", ("1200 from 2026-03-15 for 12 months",)),
        ("account", "a=120000,tam b=5", ("a=120000,tam", "b=5")),
        ("response", " ", (" ",)),  # refused as empty where settings are read
    ],
)
def test_a_variable_is_one_value_or_several(name: str, text: str, values: tuple[str, ...]) -> None:
    variable = f"SUPPORTCLI_{name.upper()}"
    (given,) = from_environment({variable: text}).values()
    assert (given.texts, given.origin) == (values, variable)
