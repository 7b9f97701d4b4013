"""An installed Chromium, Chrome or Edge, which prints a page; nothing of the user's is touched."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from supportcli import interruption
from supportcli.errors import Message, OutputError, fault
from supportcli.outputs.files import scratch
from supportcli.system import end_with_children

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_LINUX = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/snap/bin/chromium",
)
_MACOS = tuple(
    f"Applications/{name}.app/Contents/MacOS/{name}"
    for name in ("Google Chrome", "Microsoft Edge", "Chromium")
)
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
_SECONDS = 60
# Without a display, a network, or anything of the profile of the person who runs it.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_NONE = Message(
    "no browser was found that could print a PDF; install Chromium, Google Chrome or Microsoft "
    "Edge (Debian, Ubuntu: apt install chromium), or write HTML"
)
_TOO_SLOW = Message(
    "the browser {file} had not printed the PDF after {count} seconds and was ended; try again, or "
    "write HTML"
)
_PRINTED_NOTHING = Message(
    "the browser {file} printed no PDF (exit code {number}); where it came as a snap it sees no "
    "temporary folder: set TMPDIR to a folder in your home, or install another one"
)


def browser() -> Path:
    """The program that prints: what PATH has, else where systems keep it.

    Raises:
        OutputError: there is none; with what to install.
    """
    named = (shutil.which(name) for name in _NAMES)
    for path in (*(Path(name) for name in named if name), *_usual(sys.platform, os.environ)):
        if path.is_file() and os.access(path, os.X_OK):
            return path
    raise OutputError(_NONE)


def _usual(system: str, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where browsers are on a system, in the order in which they are taken."""
    if system == "darwin":
        homes = ("/", environment.get("HOME") or "/")
        yield from (Path(root, name) for root in homes for name in _MACOS)
    elif system == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        roots = tuple(filter(None, map(environment.get, variables)))
        yield from (Path(root, name) for root in roots for name in _WINDOWS)
    else:
        yield from map(Path, _LINUX)


def printed(page: str) -> bytes:
    """A page of HTML as PDF.

    Raises:
        OutputError: there is no browser, it printed nothing, or not within a minute.
    """
    program = browser()
    with scratch() as folder:
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(page, encoding="utf-8", newline="\n")
        words = [*_FLAGS, *_as_root(), f"--user-data-dir={folder / 'profile'}"]
        code = _run([str(program), *words, f"--print-to-pdf={target}", source.as_uri()], program)
        try:
            return target.read_bytes()
        except OSError:
            raise OutputError(
                Message(_PRINTED_NOTHING.text, file=program.name, number=code)
            ) from None


def _as_root() -> tuple[str, ...]:
    """Chromium refuses to run as root with its sandbox; nobody else goes without."""
    user = getattr(os, "geteuid", None)
    return ("--no-sandbox",) if user is not None and user() == 0 else ()


def _run(command: list[str], program: Path) -> int:
    """Its exit code; what it says goes nowhere, and all its processes end with the run."""
    try:
        with interruption.Held():
            process = subprocess.Popen(  # noqa: S603 - no shell, and a program of a known name
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            end = functools.partial(_end, process)
            interruption.unfinished(end)
    except OSError as error:
        message = Message("{file} cannot be run ({reason})", file=program.name, reason=fault(error))
        raise OutputError(message) from None
    try:
        return process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise OutputError(Message(_TOO_SLOW.text, file=program.name, count=_SECONDS)) from None
    finally:
        end()
        interruption.finished(end)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the browser, with the processes that it started where the system knows groups."""
    with contextlib.suppress(OSError):
        end_with_children(process.pid)
    process.wait()
