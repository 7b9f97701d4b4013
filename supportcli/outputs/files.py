"""Files out: written beside, then renamed, so a file is the old one or the new one, never half."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from supportcli import interruption
from supportcli.errors import Message, OutputError, Problem, fault
from supportcli.safe import safe
from supportcli.system import is_no_file_name, lives, owned_by_us


def write_file(
    path: Path,
    content: str | bytes,
    force: bool,
    inputs: Collection[Path] = (),
    swept: bool = False,
) -> None:
    """Write a text as UTF-8, bytes as they are; a link is followed, the mode is as the umask says.

    In a folder that is `swept` already nothing is looked for that a killed run left behind.

    Raises:
        OutputError: the file exists and may not be replaced, is one of the inputs (by whatever
            name), or cannot be written.
    """
    with replacing(path, force, inputs, swept) as temporary:
        if isinstance(content, str):
            temporary.write_text(content, encoding="utf-8", newline="\n")
        else:
            temporary.write_bytes(content)


@contextlib.contextmanager
def replacing(
    path: Path, force: bool, inputs: Collection[Path] = (), swept: bool = False
) -> Iterator[Path]:
    """A file beside the one that is named, to be written; it takes that name if all goes well.

    Raises:
        OutputError: as for `write_file`.
    """
    check_targets([path], force, inputs)
    try:
        final = Path(os.path.realpath(path))
        mode = final.stat().st_mode & 0o777 if final.exists() else 0o666 & ~_umask()
        if not swept:
            _clean(final.parent)
        with _beside(final) as temporary:
            yield temporary
            with temporary.open("r+b") as file:  # Windows flushes only what may be written to
                os.fsync(file.fileno())
            with interruption.Held():
                temporary.chmod(mode)
                temporary.replace(final)
                interruption.wrote()
    except (OSError, ValueError) as error:
        _refuse(path, Message("cannot be written ({reason})", reason=fault(error)))


@contextlib.contextmanager
def folder_for(path: Path) -> Iterator[None]:
    """A folder for files to come, swept; one that is made for them goes where none came into it.

    Raises:
        OutputError: it cannot be made.
    """
    made = not path.exists()
    try:
        path.mkdir(exist_ok=True)
        _clean(path)
    except (OSError, ValueError) as error:
        _refuse(
            path, Message("cannot be made ({reason}); name another folder", reason=fault(error))
        )
    try:
        yield
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder of our own, gone at the end, however the run ends.

    Raises:
        OutputError: there is no place for one.
    """
    try:
        with interruption.Held():
            place = Path(tempfile.gettempdir())
            _sweep(place)
            folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-", dir=place))
            remove = functools.partial(shutil.rmtree, folder, ignore_errors=True)
            interruption.unfinished(remove)
    except OSError as error:
        message = Message(
            "no temporary folder can be made ({reason}); make room, or set TMPDIR",
            reason=fault(error),
        )
        raise OutputError(message) from error
    try:
        yield folder
    finally:
        remove()
        interruption.finished(remove)


@contextlib.contextmanager
def _beside(final: Path) -> Iterator[Path]:
    """A file in the same folder; gone at the end unless it has become the final one."""
    with interruption.Held():
        temporary = _temporary(final.parent)
        remove = functools.partial(_forget, temporary)
        interruption.unfinished(remove)
    try:
        yield temporary
    finally:
        remove()
        interruption.finished(remove)


def check_targets(paths: Iterable[Path], force: bool, inputs: Collection[Path] = ()) -> None:
    """Refuse what must not or cannot be written, before anything is done.

    Raises:
        OutputError: with every such path: it exists and may not be replaced, is one of the inputs
            (by whatever name), is no regular file, or no file can be made in its folder.
    """
    problems: dict[Problem, None] = {}
    for path in paths:
        try:
            _check(path, force, inputs)
            _check_folder(_folder(path))
        except OutputError as error:
            problems.update(dict.fromkeys(error.problems))
        except (OSError, ValueError) as error:
            message = Message("cannot be written ({reason}); name another", reason=fault(error))
            problems[Problem(safe(str(path)), message)] = None
    if problems:
        raise OutputError(tuple(problems))


def no_file(path: Path) -> Message | None:
    """What is there instead of a file, and what to write; None for a file or nothing."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    return None if stat.S_ISREG(mode) else _NO_FILE.get(stat.S_IFMT(mode), _DEVICE)


def _check(path: Path, force: bool, inputs: Collection[Path]) -> None:
    if is_no_file_name(path.name):
        _refuse(path, Message("is no name for a file on Windows; name another"))
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink() and _folder(path).is_dir() and not force:
            _refuse(path, _LINK_TO_NOTHING)
        return
    if other_kind := no_file(path):
        _refuse(path, other_kind)
    if any(other.exists() and path.samefile(other) for other in inputs):
        _refuse(path, Message("is read in the same run and would be lost; name another"))
    if not force:
        _refuse(path, Message("exists already; give --force to replace it"))


def _check_folder(folder: Path) -> None:
    """Refuse a folder where no file can be made; that is told by nothing but making one."""
    if folder.is_file():
        _refuse(folder, Message("is a file and no folder; name another"))
    if not folder.is_dir():
        _refuse(folder, Message("there is no such folder; make it, or name another"))
    try:
        with interruption.Held():
            _forget(_temporary(folder))
    except OSError as error:
        message = Message(
            "no file can be made there ({reason}); name another folder", reason=fault(error)
        )
        _refuse(folder, message)


def _folder(path: Path) -> Path:
    """Where the file is to be; a link is followed."""
    return (Path(os.path.realpath(path)) if path.is_symlink() else path).parent


_NO_FILE = {
    stat.S_IFDIR: Message("is a folder; name a file in it"),
    stat.S_IFIFO: Message("is a pipe, which cannot be replaced; name a file"),
    stat.S_IFSOCK: Message("is a socket, which cannot be replaced; name a file"),
}
_DEVICE = Message("is a device, which cannot be replaced; name a file")
_LINK_TO_NOTHING = Message("is a link to a file that is not there; give --force to make that file")
_PREFIX = ".supportcli-"
_FOLDER = "supportcli-"
_AN_HOUR = 60 * 60
_A_DAY = 24 * _AN_HOUR


def _temporary(folder: Path) -> Path:
    """An empty file of ours."""
    descriptor, made = tempfile.mkstemp(dir=folder, prefix=f"{_PREFIX}{os.getpid()}-")
    os.close(descriptor)
    return Path(made)


def _clean(folder: Path) -> None:
    """Remove what runs that were killed left behind; never what a living one is writing."""
    for left in folder.glob(f"{_PREFIX}*-*"):
        number = left.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not _in_use(left, int(number)):
            _forget(left)


def _sweep(place: Path) -> None:
    """Remove the folders that runs of ours left behind when they were killed.

    Ours by their owner; an hour old at least, since a run in a container can look dead from here.
    """
    for left in place.glob(f"{_FOLDER}*"):
        number = left.name.removeprefix(_FOLDER).partition("-")[0]
        alive = lives(int(number)) if number.isdigit() else None
        with contextlib.suppress(OSError):
            found = left.lstat()
            old = time.time() - found.st_mtime > (_A_DAY if alive is None else _AN_HOUR)
            if old and not alive and stat.S_ISDIR(found.st_mode) and owned_by_us(found):
                shutil.rmtree(left, ignore_errors=True)


def _in_use(left: Path, process: int) -> bool:
    """Whether its run lives; where that cannot be asked, whether it was touched within a day."""
    alive = lives(process)
    if alive is not None:
        return alive
    try:
        return left.stat().st_mtime > time.time() - _A_DAY
    except OSError:
        return False


def _forget(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        temporary.unlink()


def _refuse(path: Path, message: Message) -> NoReturn:
    raise OutputError([Problem(safe(str(path)), message)])


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
