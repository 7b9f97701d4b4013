"""The styles of a workbook, as far as they say how numbers are shown."""

from __future__ import annotations

from supportcli.inputs.workbook.number_format import (
    GENERAL,
    NumberFormat,
    known_format,
    read_format,
)
from supportcli.inputs.workbook.package import Package, local


class Styles:
    """The number format of each style that a cell may name; each is read when it is asked for."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._numbers: list[int] = []
        self._formats: dict[int, NumberFormat] = {}
        self._styles: dict[str, NumberFormat] = {}

    def load(self, package: Package, part: str) -> None:
        """The styles of a part.

        Raises:
            BrokenError: it is damaged.
        """
        listed = False

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal listed
            match local(name):
                case "numFmt":
                    self._codes.setdefault(int(given["numFmtId"]), given.get("formatCode", ""))
                case "xf" if listed:
                    self._numbers.append(int(given.get("numFmtId") or 0))
                case "cellXfs":
                    listed = True
                case "cellStyles" | "dxfs" | "cellStyleXfs":
                    listed = False

        package.parse(part, start)

    def format(self, style: str | None) -> NumberFormat:
        """How a cell of that style shows a number; without a style, or one that is not there,
        as it is.

        Raises:
            ValueError: the style is no number.
        """
        if not style:
            return GENERAL
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = self._read(int(style))
        return found

    def _read(self, style: int) -> NumberFormat:
        number = self._numbers[style] if 0 <= style < len(self._numbers) else 0
        if number not in self._formats:
            code = self._codes.get(number)
            self._formats[number] = known_format(number) if code is None else read_format(code)
        return self._formats[number]
