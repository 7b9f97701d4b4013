"""Workbooks written part by part, as programs other than our packages write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEADER = '<row r="1"><c r="A1" t="str"><v>account</v></c><c r="B1" t="str"><v>spend</v></c></row>'


def row(number: int, *cells: str) -> str:
    """A row of cells written as XML, their places left out."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def word(text: str) -> str:
    """A cell with a text of its own."""
    return f'<c t="str"><v>{text}</v></c>'


def number(value: str, style: int = 0, formula: str = "") -> str:
    """A cell with a number."""
    stored = f"<f>{formula}</f>" if formula else ""
    return f'<c s="{style}">{stored}<v>{value}</v></c>'


def sheet(*rows: str, tail: str = "", head: str = "", space: str = MAIN) -> str:
    """A sheet's part."""
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f'<worksheet xmlns="{space}">{head}{data}{tail}</worksheet>'


def styles(*codes: str, space: str = MAIN) -> str:
    """Styles 1, 2, ... with these number formats."""
    formats = "".join(
        f'<numFmt numFmtId="{at}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for at, code in enumerate(codes, 164)
    )
    used = "".join(f'<xf numFmtId="{at + 164}"/>' for at in range(len(codes)))
    return (
        f'<styleSheet xmlns="{space}"><numFmts>{formats}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def workbook(
    path: Path,
    sheets: Mapping[str, str] | str,
    parts: Mapping[str, str | bytes] | None = None,
    *,
    main: str = "xl/workbook.xml",
    office: str = OFFICE,
    related: Sequence[str] = ("styles", "sharedStrings"),
    space: str = MAIN,
    book: str = "",
    states: Mapping[str, str] | None = None,
) -> Path:
    """A workbook of sheets by name (or one called S) and of other parts by their places.

    `related` are the kinds of parts that it says it has, whether it does or not; `book` is put
    into its main part.
    """
    named = {"S": sheets} if isinstance(sheets, str) else sheets
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{(states or {}).get(name, "visible")}" '
        f'r:id="s{at}"/>'
        for at, name in enumerate(named)
    )
    relations = [(f"s{at}", "worksheet", f"worksheets/s{at}.xml") for at in range(len(named))]
    relations += [(kind, kind, f"{kind}.xml") for kind in related]
    folder = main.rpartition("/")[0]
    name = main.rpartition("/")[2]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations([("m", "officeDocument", main)], office))
        archive.writestr(
            main,
            f'<workbook xmlns="{space}" xmlns:r="{office}">{book}<sheets>{listed}</sheets>'
            "</workbook>",
        )
        archive.writestr(f"{folder}/_rels/{name}.rels", _relations(relations, office))
        for at, content in enumerate(named.values()):
            archive.writestr(f"{folder}/worksheets/s{at}.xml", content)
        for place, part in (parts or {}).items():
            archive.writestr(place, part)
    return path


def _relations(entries: Sequence[tuple[str, str, str]], office: str) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kind}" Target="{target}"/>'
        for name, kind, target in entries
    )
    return f"<Relationships>{inside}</Relationships>"
