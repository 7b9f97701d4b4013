"""Messages and values said in one language; the only place that knows how an amount is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from supportcli.core.currencies import sign_of
from supportcli.core.duration import BUSINESS_DAY, Duration
from supportcli.core.money import Money, Off, ShortMoney, finite, format_rate, whole
from supportcli.core.period import Month
from supportcli.core.text import Text
from supportcli.errors import Message, Problem, translatable
from supportcli.patterns import regex
from supportcli.safe import safe
from supportcli.system import system_language
from supportcli.translations import LOCALES, load_translations

LANGUAGES = ("en", *sorted(path.stem for path in LOCALES.glob("*.po")))

# A stream that can hold the translation of it can hold the language.
PURPOSE = translatable("Which cloud support plan, and what will it cost?")
_HOUR = 60


class Language:
    """One language: its code and what it makes of the English message texts.

    `symbols` is false where the output cannot hold currency signs: then ¥ is written CNY. Without
    `cents` an amount has some only where they are not 0: ¥300,000, ¥0.50.
    """

    def __init__(
        self,
        code: str = "en",
        translate: Callable[[str], str] = str,
        symbols: bool = True,
        cents: bool = True,
    ) -> None:
        self.code = code
        self.translate = translate
        self.symbols = symbols
        self.cents = cents

    def without_cents(self) -> Language:
        """The same language as screens speak it; documents and data tell cents that are 0 too."""
        return Language(self.code, self.translate, self.symbols, cents=False)

    def say(self, message: Message) -> str:
        """The sentence in this language with its values filled in."""
        values = {name: self.text(value) for name, value in message.values.items()}
        said = self.translate(message.text)
        return (_spaced(said, values) if self.code == "zh" else said).format_map(values)

    def text(self, value: object) -> str:
        """Any value that may stand in a sentence, as this language writes it."""
        match value:
            case Message():
                return self.say(value)
            case Text():
                return safe(value.in_language(self.code))
            case Money() | ShortMoney():
                return self.money(value)
            case Duration() | Off():
                return self.discount(value) if isinstance(value, Off) else self.duration(value)
            case tuple() if type(value) is tuple:  # not one of our own records
                return self.translate(translatable(", ")).join(map(self.text, value))
            case Fraction():
                return f"{Decimal(value.numerator) / Decimal(value.denominator):,f}"
            case datetime.date() | Month():
                return self.date(value)
            case _:
                return safe(str(value))

    def money(self, money: Money | ShortMoney) -> str:
        """A rounded amount with its currency: ¥12,000.00, without cents ¥12,000."""
        shown = money if self.cents or isinstance(money, ShortMoney) else whole(money)
        symbol = sign_of(money.currency) if self.symbols else None
        sign = "-" if money.amount < 0 else ""
        return f"{sign}{symbol or money.currency + ' '}{shown.digits}"

    def number(self, amount: Decimal) -> str:
        """An amount without its currency: 12,000.00."""
        return f"{amount:,f}"

    def date(self, day: datetime.date | Month) -> str:
        """A day or a month: 2026-12-31, 2026-12."""
        if isinstance(day, Month):
            form = self.translate(translatable("{year}-{month:02}"))
            return form.format(year=day.year, month=day.number)
        form = self.translate(translatable("{year}-{month:02}-{day:02}"))
        return form.format(year=day.year, month=day.month, day=day.day)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other, with the gap that the language leaves between them."""
        text = ""
        for sentence in sentences:
            pair = Message("{first} {second}", first=text, second=sentence)
            text = self.say(pair) if text else sentence
        return text

    def duration(self, duration: Duration) -> str:
        """A time in minutes, hours or business days: 10 min, 2 h, 24 business hours."""
        hours, minutes = divmod(duration.minutes, _HOUR)
        if duration.days:
            return self.say(_business_days(duration.minutes // BUSINESS_DAY))
        if duration.business:
            return self.say(_business_time(hours, minutes))
        if minutes:
            return self.say(Message("{count} min", count=duration.minutes))
        return self.say(Message("{count} h", count=hours))

    def discount(self, off: Off) -> str:
        """A share taken off: 30% off; in Chinese the tenths left to pay, 7折, if any are."""
        if self.code == "zh" and 0 < off.rate < 1:
            return f"{finite((1 - off.rate) * 10):f}折"
        return self.say(Message("{rate} off", rate=format_rate(off.rate)))

    def problem(self, problem: Problem) -> str:
        """A mistake with its place."""
        said = self.say(problem.message)
        return f"{safe(problem.where)}: {said}" if problem.where else said


def _business_days(count: int) -> Message:
    return (
        Message("1 business day") if count == 1 else Message("{count} business days", count=count)
    )


def _business_time(hours: int, minutes: int) -> Message:
    """A time of business hours: in minutes where it is no whole number of hours."""
    if not minutes:
        whole = Message("{count} business hours", count=hours)
        return Message("1 business hour") if hours == 1 else whole
    count = hours * _HOUR + minutes
    whole = Message("{count} business minutes", count=count)
    return Message("1 business minute") if count == 1 else whole


_AFTER_HAN = regex(r"(?<=[\u4e00-\u9fff])\{(\w+)\}")
_BEFORE_HAN = regex(r"\{(\w+)\}(?=[\u4e00-\u9fff])")
_LATIN_FIRST = regex("[A-Za-z0-9]")
_LATIN_LAST = regex("[A-Za-z][+]?$")


def _spaced(said: str, values: Mapping[str, str]) -> str:
    """A sentence with a gap beside a Latin word, and before a figure, put at a Chinese one."""

    def after(blank: re.Match[str]) -> str:
        return f" {blank[0]}" if _LATIN_FIRST.match(values.get(blank[1], "")) else blank[0]

    def before(blank: re.Match[str]) -> str:
        return f"{blank[0]} " if _LATIN_LAST.search(values.get(blank[1], "")) else blank[0]

    return _BEFORE_HAN.sub(before, _AFTER_HAN.sub(after, said))


def load_language(code: str, symbols: bool = True) -> Language:
    """The language of that code; only that one's texts are loaded."""
    if code == "en":
        return Language(symbols=symbols)
    return Language(code, load_translations(code), symbols)


def preferred_language(environment: Mapping[str, str]) -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG asks for, if we have it; else English.

    Where none is set it is the language of the system, which on Windows stands elsewhere.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            code = value.replace("-", "_").partition("_")[0].partition(".")[0].lower()
            return code if code in LANGUAGES else "en"
    code = system_language()
    return code if code in LANGUAGES else "en"
