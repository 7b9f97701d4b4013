"""The program's entry: answers --version at once and hands everything else to the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run supportcli and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        from supportcli import __version__

        print(f"supportcli {__version__}")  # noqa: T201
        return
    import gc

    gc.set_threshold(50_000)  # a run is short: collecting while it loads costs a tenth of its time
    from supportcli.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
