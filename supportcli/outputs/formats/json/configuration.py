"""Where the configuration file is, and what is set, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supportcli.outputs.document.configuration import Configured
from supportcli.outputs.formats.json.values import Json, document


def path_json(path: Path, there: bool) -> Json:
    """Where the file is looked for."""
    return document("config path", {"path": str(path), "exists": there})


def configuration_json(path: Path, there: bool, settings: Sequence[Configured]) -> Json:
    """Every setting with what says it; no texts where it is not set."""
    told = [
        {
            "name": one.name,
            "texts": list(one.texts),
            "origin": one.origin.value,
            "where": one.where,
        }
        for one in settings
    ]
    return document("config show", {"path": str(path), "exists": there, "settings": told})
