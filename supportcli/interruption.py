"""Ctrl-C and the signals that end a run, obeyed at any moment: one line, and nothing left behind.

What a handler raises can land in an import, a destructor or an engine, which make another error of
it or lose it. So ours raises nothing: it removes what is unfinished, says so, and leaves. It is in
place before anything else is loaded, which is why this module imports next to nothing.
"""

from __future__ import annotations

# `signal` itself makes enums, in which a Ctrl-C becomes a RuntimeError.
import _signal  # type: ignore[import-not-found]
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

# Exit codes by signal; the last two names are not known to every system.
_CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 143, "SIGBREAK": 143}
_STDERR = 2


class _Run:
    """What the handler knows of the run."""

    def __init__(self) -> None:
        self.code = 0
        self.held = 0
        self.wrote = False
        self.words = ("cancelled, nothing was written", "cancelled")
        self.unfinished: list[Callable[[], object]] = []
        self.asking: Callable[[], bool] | None = None


_run = _Run()


def obey() -> None:
    """From now on the signals end the run; one that is ignored (nohup) stays so."""
    for number in _numbers():
        if _signal.getsignal(number) != _signal.SIG_IGN:
            _signal.signal(number, _told)


def ignore() -> None:
    """The work is done: nothing is to be cancelled any more."""
    for number in _numbers():
        _signal.signal(number, _signal.SIG_IGN)


def say(nothing_written: str, written: str) -> None:
    """The words for who cancels: before the first byte of an answer is written, and after it."""
    _run.words = nothing_written, written


def code() -> int:
    """The exit code for the signal that came last; 0 where none came."""
    return _run.code


def wrote() -> None:
    """Part of the answer is where it was to go."""
    _run.wrote = True


def has_written() -> bool:
    """Whether part of an answer is where it was to go."""
    return _run.wrote


def unfinished(undo: Callable[[], object]) -> None:
    """Something was made that must not be left behind: `undo` removes it."""
    _run.unfinished.append(undo)


def finished(undo: Callable[[], object]) -> None:
    """What `undo` would remove is in its place, or gone."""
    _run.unfinished.remove(undo)


class Held:
    """While inside, a signal waits: for what is done whole or not at all."""

    def __enter__(self) -> None:
        _run.held += 1

    def __exit__(self, *_: object) -> None:
        _run.held -= 1
        if _run.code and not _run.held:
            _leave()


class Asking:
    """While inside, `end` is called on a signal; it says whether it will end what is asking."""

    def __init__(self, end: Callable[[], bool]) -> None:
        self.end = end

    def __enter__(self) -> None:
        _run.asking = self.end

    def __exit__(self, *_: object) -> None:
        _run.asking = None


def _numbers() -> dict[int, int]:
    """The signals of this system, and the exit code of each."""
    known = ((getattr(_signal, name, None), code) for name, code in _CODES.items())
    return {number: code for number, code in known if number is not None}


def _told(number: int, frame: object) -> None:
    _run.code = _numbers()[number]
    if not _run.held and not (_run.asking and _run.asking()):
        _leave()


def _leave() -> NoReturn:
    code = _run.code
    _run.held += 1  # another signal finds that the run is ending already
    for undo in reversed(_run.unfinished):
        try:  # noqa: SIM105 - contextlib may be what was being loaded
            undo()
        except (OSError, RuntimeError, ValueError):
            pass
    _tell()
    os._exit(code)


def _tell() -> None:
    line = f"supportcli: {_run.words[_run.wrote]}\n"
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except RuntimeError:  # the signal came within a write to it
        os.write(_STDERR, line.encode(sys.stderr.encoding, "replace"))
    except (OSError, ValueError):
        pass
