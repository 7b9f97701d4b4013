"""Files out: written beside, then renamed, so a file is the old one or the new one, never half."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from supportcli.errors import Message, OutputError, Problem, fault
from supportcli.safe import safe


def write_file(path: Path, text: str, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Write the text as UTF-8; a link is followed, the mode is as the umask says.

    Raises:
        OutputError: the file exists and may not be replaced, is one of the inputs (by whatever
            name), or cannot be written.
    """
    with replacing(path, force, inputs) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


@contextlib.contextmanager
def replacing(path: Path, force: bool, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A file beside the one that is named, to be written; it takes that name if all goes well.

    Raises:
        OutputError: as for `write_file`.
    """
    check_target(path, force, inputs)
    temporary: Path | None = None
    try:
        final = Path(os.path.realpath(path))
        mode = final.stat().st_mode & 0o777 if final.exists() else 0o666 & ~_umask()
        _clean(final.parent)
        descriptor, made = tempfile.mkstemp(dir=final.parent, prefix=f"{_PREFIX}{os.getpid()}-")
        os.close(descriptor)
        temporary = Path(made)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(final)
    except (OSError, ValueError) as error:
        _forget(temporary)
        _refuse(path, Message("cannot be written ({reason})", reason=fault(error)))
    except BaseException:
        _forget(temporary)
        raise


def check_target(path: Path, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Refuse a name that must not be written to, before anything is done.

    Raises:
        OutputError: it exists and may not be replaced, is one of the inputs, or is no regular file.
    """
    try:
        if os.path.lexists(path) and not force:
            _refuse(path, Message("exists already; give --force to replace it"))
        if any(path.exists() and other.exists() and path.samefile(other) for other in inputs):
            _refuse(path, Message("is read in the same run and would be lost; name another"))
        if path.exists() and not path.is_file():
            _refuse(path, Message("is not a regular file; name another"))
    except (OSError, ValueError) as error:
        _refuse(path, Message("cannot be written ({reason})", reason=fault(error)))


_PREFIX = ".supportcli-"


def _clean(folder: Path) -> None:
    """Remove what runs that were killed left behind; never what a living one is writing."""
    for left in folder.glob(f"{_PREFIX}*-*"):
        number = left.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not _lives(int(number)):
            _forget(left)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _forget(temporary: Path | None) -> None:
    if temporary is not None:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _refuse(path: Path, message: Message) -> NoReturn:
    raise OutputError([Problem(safe(str(path)), message)])


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
