"""Regular expressions that are compiled when they are first used.

To the type checker `regex` is `re.compile`. A run loads two hundred expressions and uses a tenth
of them; compiling all of them took a sixth of its time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    regex = re.compile
else:

    class Later:
        """An expression to be; from its first use on its methods are those of the compiled one."""

        _METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")
        __slots__ = (*_METHODS, "flags", "pattern")

        def __init__(self, written: str | bytes, flags: int = 0) -> None:
            self.pattern, self.flags = written, flags

        def __getattr__(self, name: str) -> Any:
            if name not in self._METHODS:
                raise AttributeError(name)
            compiled = re.compile(self.pattern, self.flags)
            for method in self._METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)

    regex = Later
