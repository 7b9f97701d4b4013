"""What the build makes of the sources: Python that loads faster than they are read.

It is made when the wheel is built and at an editable install, stands in `supportcli/made/` and not
in git. Each module says in SOURCE which bytes it was made of; the package uses it only if the
source still has these, so that what was edited since, or never made, is read as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.parent
FOLDER = "supportcli/made"


def messages(content: bytes) -> str:
    """The translated texts of a language."""
    from supportcli.translations import read_po

    lines = (f"    {text!r}: {said!r},\n" for text, said in read_po(content).items())
    return f"SAID = {{\n{''.join(lines)}}}\n"


# What is made: of which files, the names of the modules, and what is in them.
MADE: tuple[tuple[str, str, Callable[[bytes], str]], ...] = (
    ("supportcli/locales/*.po", "messages_{}", messages),
)


def make(folder: Path) -> None:
    """Write every module into the folder."""
    sys.path.insert(0, str(ROOT))  # an isolated build has our sources, not our package
    try:
        for pattern, name, module_of in MADE:
            for source in sorted(ROOT.glob(pattern)):
                content = source.read_bytes()
                head = f'"""Made by the build of {source.name}."""\n\n'
                text = f'{head}SOURCE = "{sha256(content).hexdigest()}"\n{module_of(content)}'
                (folder / f"{name.format(source.stem)}.py").write_text(text, encoding="utf-8")
    finally:
        sys.path.remove(str(ROOT))


class BuildHook(BuildHookInterface[Any]):
    """Hatchling's hook of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the modules: for an editable install beside the sources, else for the wheel."""
        if version == "editable":
            folder = ROOT / FOLDER
            folder.mkdir(exist_ok=True)
            make(folder)
        else:
            self.away = TemporaryDirectory()
            make(Path(self.away.name))
            build_data["force_include"][self.away.name] = FOLDER

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the wheel holds by now."""
        if version != "editable":
            self.away.cleanup()
