"""Whether a file is still the one that was opened: its identity, its size, when it was written."""

from __future__ import annotations

import os
from pathlib import Path

from supportcli.errors import Message

CHANGED = Message("changed while it was read; run again")


def same_file(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether nothing tells that a file was written to, replaced or cut in between."""
    return _marks(before) == _marks(after)


class FileWatch:
    """Remembers a file as it is now; None, or a file that is not there, never changes."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._before = self._look()

    def changed(self) -> bool:
        """Whether it is another file by now, or has other content."""
        return self._look() != self._before

    def _look(self) -> tuple[int, ...]:
        if self.path is None:
            return ()
        try:
            return _marks(self.path.stat())
        except (OSError, ValueError):
            return ()


def _marks(of: os.stat_result) -> tuple[int, ...]:
    return of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns
