"""What differs between the systems that the program runs on: folders, names, links, languages."""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from supportcli.patterns import regex

WINDOWS = sys.platform == "win32"

_DEVICE = regex(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)

_BARE = regex(r'"[\w%@+=:,./\\~-]+"')


def config_folder(environment: Mapping[str, str]) -> Path:
    """Where a user's configuration is kept: %APPDATA% on Windows, elsewhere as XDG says."""
    if WINDOWS:
        home = Path(environment.get("USERPROFILE") or "/")
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    named = environment.get("XDG_CONFIG_HOME", "")
    return Path(named) if named.startswith("/") else Path(environment.get("HOME") or "/", ".config")


def system_language() -> str:
    """The code of the language that Windows is set to; empty where variables are the place for it.

    Windows calls a locale `Chinese (Simplified)_China` or `zh_CN`, as its age may be.
    """
    if not WINDOWS:
        return ""
    import locale

    try:
        name = (locale.getlocale()[0] or "").lower()
    except ValueError:  # one that Python has no name for
        return ""
    return "zh" if name.startswith(("zh", "chinese")) else name[:2]


def owned_by_us(found: os.stat_result) -> bool:
    """Whether a file is of the user who runs this; on Windows the folder for such is the user's."""
    ours = getattr(os, "getuid", None)
    return ours is None or found.st_uid == ours()


def lives(process: int) -> bool | None:
    """Whether a process of that number runs; None where asking would interrupt it (Windows)."""
    if WINDOWS:
        return None
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def end_with_children(process: int) -> None:
    """End a process that leads a group, with its group; on Windows the process alone.

    Raises:
        OSError: it has ended already.
    """
    if sys.platform == "win32":
        os.kill(process, signal.SIGTERM)
    else:
        os.killpg(process, signal.SIGKILL)


def is_no_file_name(name: str) -> bool:
    """Whether Windows takes the name for a device or a stream, or makes another one of it."""
    return WINDOWS and bool(_DEVICE.fullmatch(name) or ":" in name or name[-1:] in (".", " "))


def command_line(words: Iterable[str]) -> str:
    """The words as they are typed in the system's shell; those of Windows know double quotes."""
    if not WINDOWS:
        import shlex

        return shlex.join(words)
    quoted = ('"' + word.replace('"', '\\"') + '"' for word in words)
    return " ".join(word[1:-1] if _BARE.fullmatch(word) else word for word in quoted)


def in_rows(command: str, width: int | None, before: int) -> str:
    """A command in rows that may be typed as they are, each of which begins with a flag.

    `before` is what stands before it in the first row; on Windows it stays in one.
    """
    if WINDOWS or width is None or before + len(command) <= width:
        return command
    import shlex

    rows = [""]
    room = width - before
    for flag in _with_values(shlex.split(command)):
        if rows[-1] and len(rows[-1]) + len(flag) + 3 > room:
            rows.append("")
            room = width - 2
        rows[-1] = f"{rows[-1]} {flag}".lstrip()
    return " \\\n  ".join(rows)


def _with_values(words: Iterable[str]) -> Iterator[str]:
    """The flags of a command with their values, as they are typed."""
    import shlex

    flags: list[list[str]] = [[]]
    for word in words:
        if word.startswith("--"):
            flags.append([])
        flags[-1].append(word)
    return map(shlex.join, flags)


def same_place(one: Path, other: Path) -> bool:
    """Whether two names lead to one place, with a file there or not."""
    first, second = (os.path.normcase(os.path.realpath(path)) for path in (one, other))
    return first == second


def reader_left(error: OSError) -> bool:
    """Whether a write failed because nobody reads any more; Windows has no error for that."""
    return isinstance(error, BrokenPipeError) or (WINDOWS and error.errno == errno.EINVAL)


def stand_in(path: Path, name: Path) -> None:
    """Make a file readable by another name: by a link, or a copy where no link may be made.

    Raises:
        OSError: not even a copy can be written.
    """
    target = path.resolve()
    for link in (name.symlink_to, name.hardlink_to):
        try:
            link(target)
        except OSError:
            continue
        return
    import shutil

    shutil.copyfile(target, name)
