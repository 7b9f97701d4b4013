"""The merged areas of a sheet, which its part tells only after all of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from supportcli.inputs.workbook.places import COLUMN_NUMBERS
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_PLACE = rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_AREA = regex(
    rb"(?<=[<:])mergeCell\s[^<>]*?\bref\s*=\s*[\"']" + _PLACE + rb":" + _PLACE + rb"[\"']"
)
_LONGEST = 200


class MergedArea(NamedTuple):
    """The first column of an area, from 1, its last row, and how many columns it covers."""

    column: int
    last: int
    width: int = 1


def merged_areas(pieces: Iterable[bytes]) -> Mapping[int, list[MergedArea]]:
    """The areas by their first rows.

    They are found without a parser: all of the part has to be gone through before its first row.

    Args:
        pieces: of the sheet's part, unpacked.
    """
    found: dict[int, list[MergedArea]] = {}
    kept = b""
    for piece in pieces:
        text = kept + piece.replace(b"\0", b"")  # UTF-16
        end = 0
        for area in _AREA.finditer(text):
            end = area.end()
            _add(found, area)
        kept = text[max(end, len(text) - _LONGEST) :]
    return found


def _add(found: dict[int, list[MergedArea]], area: re.Match[bytes]) -> None:
    first, last = int(area[2]), int(area[4])
    try:
        column, right = (COLUMN_NUMBERS[area[group].decode()] for group in (1, 3))
    except ValueError:
        return
    found.setdefault(first, []).append(MergedArea(column, last, right - column + 1))
