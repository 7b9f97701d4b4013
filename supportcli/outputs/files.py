"""Files out: written beside, then renamed, so a file is the old one or the new one, never half."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from supportcli.errors import Message, OutputError, Problem, fault
from supportcli.safe import safe


def write_file(path: Path, text: str, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Write the text as UTF-8; a link is followed, the mode is as the umask says.

    Raises:
        OutputError: the file exists and may not be replaced, is one of the inputs (by whatever
            name), or cannot be written.
    """
    try:
        if os.path.lexists(path) and not force:
            _refuse(path, Message("exists already; give --force to replace it"))
        if any(path.exists() and other.exists() and path.samefile(other) for other in inputs):
            _refuse(path, Message("is read in the same run and would be lost; name another"))
        if path.exists() and not path.is_file():
            _refuse(path, Message("is not a regular file; name another"))
        _replace(Path(os.path.realpath(path)), text)
    except (OSError, ValueError) as error:
        _refuse(path, Message("cannot be written ({reason})", reason=fault(error)))


def _refuse(path: Path, message: Message) -> None:
    raise OutputError([Problem(safe(str(path)), message)])


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".supportcli-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
