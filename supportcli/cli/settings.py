"""Flags, variables and the configuration file to the settings of one run."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from supportcli.cli.topics import read_topics
from supportcli.core.period import Month
from supportcli.errors import Message, Problem, SupportCliError, UsageError, quoted
from supportcli.inputs.answers.sources import (
    Layers,
    from_config,
    from_environment,
    from_file,
    from_flags,
    layered,
    read_each,
    unknown_variables,
)
from supportcli.inputs.catalogue.bundled import find_catalogue
from supportcli.inputs.values.dates import read_date, read_start
from supportcli.inputs.values.yes_no import read_yes_no
from supportcli.language import Language
from supportcli.outputs.console import (
    Surface,
    in_english,
    spoken_on,
    surface_of,
    write_out,
    write_words,
)
from supportcli.outputs.formats.forms import (
    FILES_ALONE,
    VERB_ENDINGS,
    VERB_FORMS,
    ending_of,
    endings_of,
    fits,
    form_of,
    goes_by_stream,
    is_drawn,
    is_form,
)
from supportcli.record import NamedTuple
from supportcli.system import same_place

Value = TypeVar("Value")
_OF_DOCUMENTS = ("quote", "verify")


class Settings(NamedTuple):
    """How the run speaks and writes; everything but the answers themselves.

    `asked` is the language that was asked for, which every file is in; `language` that of the
    answer, which may go where only English can. `looks_back` where the rules of a past day
    are asked for a term that begins later.
    """

    given: Layers
    asked: Language
    language: Language
    form: str
    out: Path | None
    force: bool
    quiet: bool
    verbose: bool
    explain: tuple[str, ...]
    include_doubtful: bool
    today: datetime.date
    as_of: datetime.date
    looks_back: bool
    surface: Surface
    colour: bool
    problems: tuple[Problem, ...]

    def text(self, name: str) -> str | None:
        """A value that was given somewhere, as text."""
        given = self.given.get(name)
        return given.texts[0] if given else None

    def tell(self, message: Message) -> None:
        """Words about the answer, unless they were asked to stay away."""
        if not self.quiet:
            self.warn(message)

    def warn(self, message: Message) -> None:
        """Words that money hangs on, which are never asked to stay away."""
        write_words(f"supportcli: {self.words.say(message)}")

    @property
    def words(self) -> Language:
        """The language of the words about the answer."""
        return spoken_on(sys.stderr, self.asked).without_cents()

    def aside(self) -> Settings:
        """For an answer that goes to standard error, beside other results."""
        width = _width(self.given["width"].texts[0]) if "width" in self.given else None
        surface = surface_of(sys.stderr, os.environ, width, not self.colour)
        return self._replace(language=self.words, surface=surface)

    def measured(self) -> Settings:
        """The same as wide as the terminal of the answer is now."""
        width = _width(self.given["width"].texts[0]) if "width" in self.given else None
        return self._replace(surface=surface_of(sys.stdout, os.environ, width, not self.colour))

    def deliver(self, content: str | bytes, read: Iterable[Path] = ()) -> None:
        """The answer, to the file that was named or to standard output, where it is text."""
        if self.out is not None:
            self.save(self.out, content, read)
            return
        if isinstance(content, bytes):
            raise TypeError("bytes go into a file")
        if self.language.code != self.asked.code:
            self.tell(in_english())
        write_out(content, self.form)

    def save(self, path: Path, content: str | bytes, read: Iterable[Path] = ()) -> None:
        """A file, whole or not at all; it must not be one of those that were read."""
        from supportcli.outputs.files import write_file

        write_file(path, content, self.force, [*read, *self._read()])

    def look(self) -> None:
        """Refuse files that cannot be written while there is no answer yet.

        Raises:
            OutputError: with each of them.
        """
        saved = self.text("save_answers")
        if self.out is None and saved is None:
            return
        from supportcli.outputs.files import check_targets

        targets = filter(None, (self.out, Path(saved) if saved else None))
        check_targets(targets, self.force, self._read())

    def _read(self) -> list[Path]:
        answers = self.text("answers")
        read = [find_catalogue(self.text("plans"))[0]]
        return [*read, Path(answers)] if answers else read


def read_settings(flags: Mapping[str, object], language: Language, verb: str) -> Settings:
    """The settings by precedence: flags, answers file, variables, configuration file, defaults.

    What is wrong is in `problems`, to be told together with the mistakes in the answers. Which
    forms there are depends on the verb.

    Raises:
        UsageError: an answers file or the configuration file cannot be read.
    """
    answers_file = flags.get("answers")
    said = from_flags(flags)
    kept = from_file(Path(str(answers_file))) if answers_file else {}
    house: Layers = {}
    if verb != "config path":  # which tells where the file is, whatever is in it
        house = from_config(os.environ, of_quotes=_of_quotes(flags, verb))
    given = layered(said, kept, from_environment(os.environ), house)
    reader = _SettingsReader(given, verb)
    reader.refuse_empty()
    reader.refuse_no_names()
    reader.refuse_one_file_for_two()
    out = reader.out()
    width = reader.read("width", _width)
    form, quiet = reader.form(out), reader.switch("quiet")
    explain = reader.read("explain", read_topics) or ()
    include_doubtful = reader.switch("include_doubtful")
    today = reader.read("date", read_date) or local_day()
    first_day = reader.rules_day(today)
    as_of = reader.read("as_of", read_date) or first_day
    no_color = reader.switch("no_color")
    settings = Settings(
        given=given,
        asked=language,
        language=_answering(language, verb, form, out),
        form=form,
        out=out,
        force=bool(flags.get("force")),
        quiet=quiet,
        verbose=bool(flags.get("verbose")),
        explain=explain,
        include_doubtful=include_doubtful,
        today=today,
        as_of=as_of,
        looks_back=as_of < min(today, first_day),
        surface=Surface(width)
        if out is not None
        else surface_of(sys.stdout, os.environ, width, no_color),
        colour=not no_color,
        problems=tuple(reader.problems),
    )
    for message in unknown_variables(os.environ):
        settings.tell(message)
    if answers_file:
        _tell_replaced(settings, said, kept, str(answers_file))
    return settings


def _answering(language: Language, verb: str, form: str, out: Path | None) -> Language:
    """The language of the answer; what is drawn tells no cents that are 0, unless a customer is
    handed it or it is held against what was.
    """
    spoken = spoken_on(sys.stdout, language) if out is None and goes_by_stream(form) else language
    screen = verb not in _OF_DOCUMENTS and is_drawn(form)
    return spoken.without_cents() if screen else spoken


def _of_quotes(flags: Mapping[str, object], verb: str) -> bool:
    """Whether what the house says of its quotes is wanted."""
    return verb in ("quote", "config show") or flags.get("documents") is not None


def _tell_replaced(settings: Settings, said: Layers, kept: Layers, name: str) -> None:
    """What flags put in the place of the answers that were saved."""
    from supportcli.inputs.answers.replaced import lists_replaced, values_replaced

    for message in values_replaced(said, kept, name):
        settings.tell(message)
    for message in lists_replaced(said, kept, name):
        settings.warn(message)


def local_day() -> datetime.date:
    """The day where the user is."""
    return datetime.date.today()  # noqa: DTZ011 - no other zone is meant


def checked_settings(flags: Mapping[str, object], language: Language, verb: str) -> Settings:
    """The settings of a command with no answers to read: every mistake in them is told at once."""
    settings = read_settings(flags, language, verb)
    if settings.problems:
        raise UsageError(settings.problems)
    return settings


class _SettingsReader:
    def __init__(self, given: Layers, verb: str) -> None:
        self.given = given
        self.forms = VERB_FORMS[verb]
        self.endings = VERB_ENDINGS.get(verb, ())
        self.problems: list[Problem] = []

    def read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        return next(iter(read_each(self.given.get(name), parse, self.problems)), None)

    def refuse_empty(self) -> None:
        """An empty text is no value: an unset variable in a script must not pass for a choice."""
        for given in self.given.values():
            if not all(text.strip() for text in given.texts):
                self.problems.append(Problem(given.origin, Message("is empty; give it a value")))

    def refuse_no_names(self) -> None:
        """A name that cannot be a file's would be taken for that of another."""
        for name in ("out", "save_answers"):
            given = self.given.get(name)
            if given is None or (name == "out" and given.texts[0] == "-"):
                continue
            if wrong := no_name(given.texts[0]):
                self.problems.append(Problem(given.origin, wrong))

    def refuse_one_file_for_two(self) -> None:
        """The answer and the saved answers must not overwrite each other."""
        out, saved = self.out(), self.given.get("save_answers")
        if out and saved and same_place(out, Path(saved.texts[0])):
            message = Message("is the file of --out too; name another")
            self.problems.append(Problem(saved.origin, message))

    def rules_day(self, today: datetime.date) -> datetime.date:
        """The day whose rules count: the first of the term, unless another is asked for."""
        given = self.given.get("start")
        try:
            return read_start(given.texts[0]) if given else Month.after(today).first_day
        except SupportCliError:
            return today  # told where the contract is read

    def switch(self, name: str) -> bool:
        return self.read(name, read_yes_no) or False

    def out(self) -> Path | None:
        given = self.given.get("out")
        return Path(given.texts[0]) if given and given.texts[0] != "-" else None

    def form(self, out: Path | None) -> str:
        told = self._told_by(out)
        given = None if self.endings else self.given.get("output")  # of one form: no choice
        form = given.texts[0] if given else told
        if given and given.origin != "--output" and form not in self.forms and is_form(form):
            return told  # what was said for all runs is a form of other commands
        if given and out and form in self.forms and not fits(form, ending_of(out)):
            if given.origin != "--output":
                return told  # what was said for all runs gives way to what is said of this one
            message = Message(
                "{form} is not what {file} says; leave one of them out",
                form=quoted(form),
                file=quoted(str(out)),
            )
            self.problems.append(Problem(given.origin, message))
        if form in FILES_ALONE and out is None and form in self.forms:
            message = Message("{form} goes into a file; name it with --out", form=form)
            self.problems.append(Problem(given.origin if given else "--out", message))
        if form not in self.forms:
            self.problems.append(
                Problem(
                    given.origin if given else "--out",
                    Message("{text} is not one of: {known}", text=quoted(form), known=self.forms),
                )
            )
        return form

    def _told_by(self, out: Path | None) -> str:
        """The form that the file's ending tells; the usual one where it tells none."""
        ending = ending_of(out) if out else ""
        known = self.endings or endings_of(self.forms)
        told = (not self.endings and form_of(ending)) or self.forms[0]
        if ending and (ending not in self.endings if self.endings else form_of(ending) is None):
            message = Message(
                "{text} has an ending that is not one of: {known}",
                text=quoted(str(out)),
                known=known,
            )
            self.problems.append(Problem("--out", message))
            return self.forms[0]
        if told in self.forms:
            return told
        message = Message(
            "the form {ending} is not there for this command; choose one of: {known}",
            ending=quoted(ending),
            known=self.forms,
        )
        self.problems.append(Problem("--out", message))
        return self.forms[0]


def no_name(text: str) -> Message | None:
    """Why a text is no name for a file to be written; None where it can be one."""
    if text == "-":
        return Message("- is standard output, which has the answer; name a file")
    if text.endswith(("/", os.sep)):
        return Message("{text} is the name of a folder; add that of a file", text=quoted(text))
    return None


def _width(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("9999")):
        raise UsageError(
            Message("{text} is not a number of columns; write it like 100", text=quoted(text))
        )
    return int(text)


def origins(given: Layers, reading: str, catalogue: str) -> list[Message]:
    """Where each value came from, for -v; what nobody gave comes from the defaults."""
    defaults = {"plans": catalogue, "reading": reading, "output": "table"}
    lines = [
        Message(
            "{name} = {texts} (from {origin})", name=name, texts=value.texts, origin=value.origin
        )
        for name, value in given.items()
        if name not in ("verbose", "debug")
    ]
    return lines + [
        Message("{name} = {text} (default)", name=name, text=text)
        for name, text in defaults.items()
        if name not in given
    ]
