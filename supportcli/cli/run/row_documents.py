"""The document of each row of a list: the quote that its own flags would give."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.letter import Letter
from supportcli.batch.request import BatchRequest
from supportcli.batch.row_answers import INDEX, Documents, Placed, RowAnswers
from supportcli.cli.run.batch_request import RequestReader
from supportcli.cli.run.decide import decided_on
from supportcli.cli.run.quote import document_of
from supportcli.cli.run.understand import understand
from supportcli.cli.settings import Settings
from supportcli.errors import Message, SupportCliError
from supportcli.inputs.answers.letter import read_letter
from supportcli.inputs.answers.sources import OF_A_LETTER, OF_THE_HOUSE, Layers, from_flags
from supportcli.outputs.console import Surface
from supportcli.outputs.document.inquiries import fits_none_words
from supportcli.outputs.file_names import numbered_name
from supportcli.outputs.files import write_file
from supportcli.outputs.formats.forms import VERB_FORMS, endings_of
from supportcli.patterns import regex
from supportcli.safe import safe
from supportcli.system import same_place

if TYPE_CHECKING:
    from supportcli.outputs.formats.json.batch import MadeDocuments

_FORMS = VERB_FORMS["batch --form"]


def row_documents(reader: RequestReader) -> RowDocuments | None:
    """What makes them, where they were asked for; what is wrong is noted."""
    folder, form = reader.text("documents"), reader.choice("form", _FORMS)
    _refuse(reader)
    settings = reader.settings
    letter = read_letter(settings.given, settings.asked.code, reader.problems)
    if folder is None:
        return None
    if not folder.strip():
        reader.note("--documents", Message("is empty; give it a value"))
    out = reader.text("out")
    if out and same_place(Path(out), Path(folder) / INDEX):
        reader.note("--out", Message("is the list of the documents; name another file"))
    return RowDocuments(Path(folder), form or _FORMS[0], settings, reader, letter)


def _refuse(reader: RequestReader) -> None:
    """Note what no document can say of itself, and what there is nothing for."""
    for name, (flag, words) in _OF_ONE.items():
        if reader.text(name) is not None:
            reader.note(flag, words)
    flags, idle = reader.flags, Message("means nothing without {flag}; give both").text
    if flags["documents"] is None:
        for name, flag in _OF_DOCUMENTS.items():
            if flags[name] is not None:
                reader.note(flag, Message(idle, flag="--documents"))
        return
    if "what_if" in reader.settings.given:
        reader.note("--what-if", Message("a quote is of the fees as they are; leave it out"))
    if flags["out"] is None and not flags["dry_run"]:
        for name in _OF_RESULTS if flags["rejects"] is None else _OF_RESULTS[:2]:
            if flags[name]:
                reader.note(f"--{name.replace('_', '-')}", Message(idle, flag="--out"))


class RowDocuments:
    """Makes documents row by row, and counts what became of them."""

    def __init__(
        self, folder: Path, form: str, settings: Settings, reader: RequestReader, letter: Letter
    ) -> None:
        self._folder = folder
        self._settings = settings._replace(
            form=form, language=settings.asked, surface=Surface(), quiet=True
        )
        self._catalogue = reader.catalogue
        self._letter = letter
        self._ending = endings_of([form])[0]
        names = (*reader.flags, *OF_A_LETTER, *OF_THE_HOUSE)
        self._same = {name: one for name, one in settings.given.items() if name in names}
        self._counts = Counter[str]()
        self._others = dict[str, str]()

    def asked(self, request: BatchRequest) -> Documents:
        """What the run of the list is to be given; it looks what is in the folder.

        Raises:
            OutputError: they are to be PDFs, and no browser is there.
        """
        if self._settings.form == "pdf":
            from supportcli.outputs.browser import browser

            browser()
        with contextlib.suppress(OSError):  # no folder yet, or none that can be one: told later
            self._others = {
                _key(each.name): each.name
                for each in self._folder.iterdir()
                if _NUMBERED.fullmatch(each.name) and not each.is_dir()
            }
        for path in filter(None, (*request.files, request.targets.out, request.targets.rejects)):
            if same_place(path.parent, self._folder):
                self._others.pop(_key(path.name), None)
        return Documents(self._folder, self._make, lambda: self.stale)

    @property
    def stale(self) -> list[str]:
        """The documents there that are not of this run."""
        return sorted(self._others.values())

    def made(self, refused: int) -> MadeDocuments:
        """What became of them, to be told as JSON."""
        from supportcli.outputs.formats.json.batch import MadeDocuments

        counts = self._counts
        return MadeDocuments(
            str(self._folder),
            str(self._folder / INDEX),
            counts["made"],
            counts["there"],
            counts["other"],
            counts["none"] + refused,
            self.stale,
        )

    @property
    def complete(self) -> bool:
        """Whether no file was in the way of a document."""
        return not self._counts["other"]

    def told(self, refused: int) -> Iterator[Message]:
        """How many there are, and how many rows have none."""
        counts = self._counts
        yield Message(
            "documents in {folder}: {count}; {index} leads from each row to its own",
            count=counts["made"] + counts["there"],
            folder=safe(str(self._folder)),
            index=INDEX,
        )
        for name, words in _TOLD.items():
            if counts[name]:
                yield Message(words.text, count=counts[name], index=INDEX)
        lacking = counts["none"] + refused
        if lacking:
            words = Message("rows without a document: {count}; {index} says why")
            yield Message(words.text, count=lacking, index=INDEX)
        stale = self.stale
        if stale:
            shown = (*map(safe, stale[:_SHOWN]), *(["…"] if len(stale) > _SHOWN else []))
            yield Message(
                "documents there that are not of this run: {count} ({names}); they were left",
                count=len(stale),
                names=shown,
            )

    def _make(self, row: RowAnswers) -> Placed:
        try:
            content = self._document(row)
        except SupportCliError as error:
            content = error.problems[0].message
        if isinstance(content, Message):
            self._counts["none"] += 1
            return Placed(None, content)
        name = numbered_name(row.line, row.called, self._ending, row.one_of)
        self._others.pop(_key(name), None)
        standing = self._put(self._folder / name, content)
        self._counts[standing] += 1
        return Placed(None if standing == "other" else name, _REMARKS.get(standing))

    def _document(self, row: RowAnswers) -> bytes | Message:
        """The quote; why there is none where no plan fits."""
        given = self._given(row)
        settings = self._settings._replace(given=given)
        understood = understand(settings, self._catalogue, given)
        decided = decided_on(settings, self._catalogue, given, understood)
        if not any(member.advice.taken for member in decided.found.portfolio.members):
            why = fits_none_words(decided.found.portfolio.members[0].advice)
            return Message("{words}; a column called plan can name one", words=why)
        content = document_of(settings, decided, self._letter, self._catalogue)
        return content if isinstance(content, bytes) else content.encode()

    def _given(self, row: RowAnswers) -> Layers:
        """What holds for all rows, and in its place what the row says."""
        said = dict(row.said)
        if row.one_of:
            whose = Message(
                "{customer}, account {account}", customer=row.customer, account=row.one_of
            )
            said["customer"] = self._settings.language.say(whose)
        same = {name: one for name, one in self._same.items() if name not in said}
        return {**same, **from_flags(said)}

    def _put(self, path: Path, content: bytes) -> str:
        """Write it, unless it is there; another file of that name is left, and no link followed."""
        force = self._settings.force
        if path.is_symlink() or (path.exists() and not force):
            same = not path.is_symlink() and path.read_bytes() == content
            return "there" if same else "other"
        write_file(path, content, force, swept=True)
        return "made"


def _key(name: str) -> str:
    """The same for names that a system may hold for the same."""
    return unicodedata.normalize("NFC", name).casefold()


_OF_ONE: Mapping[str, tuple[str, Message]] = {
    "number": ("--number", Message("each document makes its own number; leave it out")),
    "because": ("--because", Message("is a reason for one quote; give it to quote")),
    "customer": ("--for", Message("each row says whom its document is for; leave it out")),
}
_OF_DOCUMENTS = {
    "form": "--form",
    "prepared_by": "--by",
    "valid_until": "--valid",
    "note": "--note",
    "for_whom": "--for-whom",
}
_OF_RESULTS = ("all_plans", "readings", "excel", "labels")
"""What columns the results have; the last two are of the file of refused rows too."""
_SHOWN = 3
_NUMBERED = regex(rf"[0-9]{{4,}}(-.*)?({'|'.join(map(re.escape, endings_of(_FORMS)))})")
_REMARKS: Mapping[str, Message] = {
    "there": Message("was there already, the same"),
    "other": Message("another file is there already and was left; give --force to replace it"),
}
_TOLD: Mapping[str, Message] = {
    "there": Message("documents that were there already, the same: {count}; {index} says which"),
    "other": Message(
        "documents not written because another file of the name is there: {count}; give --force"
    ),
}
