"""Blocks in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supportcli.cli.settings import Settings

if TYPE_CHECKING:
    from supportcli.outputs.document.model import Block


def drawn(blocks: Iterable[Block], settings: Settings) -> str:
    """The blocks as text or as the terminal's table; Rich is loaded only for the latter."""
    if settings.form == "text":
        from supportcli.outputs.formats.text import as_text

        return as_text(blocks, settings.language)
    from supportcli.outputs.formats.terminal import draw

    return draw(blocks, settings.surface)
