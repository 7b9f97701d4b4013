"""The README's pictures show what the program says today."""

from __future__ import annotations

import hashlib
import json
import runpy
from pathlib import Path

import pytest

from tests.runner import run_cli

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / ".github" / "pictures"


@pytest.mark.skipif(not PICTURES.exists(), reason="pictures are of a checkout, not of an sdist")
def test_the_pictures_are_of_today() -> None:
    """Where this fails, `.venv-dev/bin/python .ci/pictures` makes them again: look at them."""
    words = runpy.run_path(str(ROOT / ".ci" / "pictures"))["QUOTE"]
    shown = json.loads((PICTURES / "shown.json").read_text(encoding="utf-8"))
    assert sorted(shown) == ["en", "zh"]
    for language, digest in shown.items():
        page = run_cli(*words, "--lang", language).out
        assert hashlib.sha256(page.encode("utf-8")).hexdigest() == digest
        assert f"pictures/quote.{language}.png" in (ROOT / "README.md").read_text(encoding="utf-8")
