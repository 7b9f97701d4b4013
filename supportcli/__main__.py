"""The program's entry: answers --version at once and hands everything else to the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run supportcli and leave with its exit code."""
    try:
        from supportcli import interruption

        interruption.obey()
    except KeyboardInterrupt:
        sys.exit(130)
    if sys.argv[1:] == ["--version"] and sys.stdout is not None and _told_the_version():
        return
    import gc

    gc.set_threshold(50_000)  # a run is short: collecting while it loads costs a tenth of its time
    from supportcli.cli.app import run

    code = run(sys.argv[1:])
    interruption.ignore()
    sys.exit(code)


def _told_the_version() -> bool:
    from supportcli import __version__

    try:
        print(f"supportcli {__version__}", flush=True)  # noqa: T201
    except OSError:
        return False  # the long way says what is wrong
    return True


if __name__ == "__main__":
    main()
