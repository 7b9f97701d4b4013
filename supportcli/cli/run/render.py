"""Blocks in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from supportcli.cli.settings import Settings
from supportcli.outputs.formats.forms import in_form

if TYPE_CHECKING:
    from supportcli.outputs.document.model import Block


def drawn(blocks: Iterable[Block], settings: Settings) -> str:
    """The blocks as text or as the terminal's table; quietly, without what to type next."""
    if settings.quiet:
        blocks = _without_commands(blocks)
    return in_form(settings.form, blocks, settings.language, settings.surface)


def _without_commands(blocks: Iterable[Block]) -> Iterator[Block]:
    from supportcli.outputs.document.first_screen import FirstScreen

    for block in blocks:
        yield block.without_commands() if isinstance(block, FirstScreen) else block
