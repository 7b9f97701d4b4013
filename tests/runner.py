"""Runs the program as a user would, in this process, with streams of a given encoding."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from unittest.mock import patch

from supportcli.cli.app import run

TODAY = ("--date", "2026-11-23")


@dataclass(frozen=True)
class Done:
    """How a run ended and what it wrote."""

    code: int
    out: str
    err: str


def run_cli(
    *arguments: str,
    encoding: str = "utf-8",
    environment: Mapping[str, str] | None = None,
    words_encoding: str | None = None,
) -> Done:
    """Run with nothing of the surroundings but what is given; nobody is at the terminal.

    `words_encoding` is that of standard error, where it is another.
    """
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    err = io.TextIOWrapper(io.BytesIO(), encoding=words_encoding or encoding)
    surroundings = {"HOME": "/nonexistent", **(environment or {})}
    with (
        patch.dict(os.environ, surroundings, clear=True),
        patch.object(sys, "stdin", io.StringIO()),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        code = run(arguments)
    return Done(int(code), _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(stream.encoding)
