"""Words that say what amounts are in, wherever they stand in a text.

Nothing is read from them: where a text has one that its readers did not account for, somebody is
to be asked. Titles have such words in names too (万科, Q1 2026, M plan): in a text that is no name
of a column of spend, a scale counts beside a unit, alone, or at an end, and a letter only where
the text speaks of amounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from supportcli.core.currencies import SIGNS, currencies_meant, is_currency
from supportcli.inputs.values.texts import half_width
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_LONGEST = 1000
NO_CODES = frozenset("all top try cup pen mop cop mad sos ang".split())
"""Words in small letters that are codes of currencies too; only behind a key are they meant so."""

_HAN = {"十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9} | {
    "万": 10**4,
    "千": 1000,
    "亿": 10**8,
}
_LETTERS = {
    **dict.fromkeys("k ths thsd tsd thd".split(), 1000),
    **dict.fromkeys("w wan".split(), 10**4),
    **dict.fromkeys("m mm mn mio mil mln".split(), 10**6),
    "t": 1000,
    "bn": 10**9,
    "cr": 10**7,
}
_WORDS = {"thousand": 1000, "million": 10**6, "billion": 10**9, "lakh": 10**5, "crore": 10**7}
_FEW = {"百": 100, "十": 10, "hundred": 100, "dozen": 12, "h": 100, "c": 100}
_MAJOR = (
    "usd eur gbp hkd jpy sgd twd ntd aud cad chf krw inr myr thb idr vnd aed sar brl mxn rub nzd "
    "zar sek nok dkk pln cny rmb cnh"
)
_SPOKEN = (
    "dollars? euros? pounds? yen yuan renminbi ringgit baht rupees? rupiah dirhams? francs? "
    "sterling pesos? rubles?"
)
_FOREIGN = (
    "外币|泰铢|卢比|令吉|林吉特|越南盾|印尼盾|比索|雷亚尔|里亚尔|迪拉姆|法郎|"
    "澳币|加币|韩币|日币|美刀"
)
_HAN_SIGNS = "|".join(
    sorted((s.sign for s in SIGNS if not s.sign[0].isascii() and len(s.sign) > 1), key=len)[::-1]
)
_ALIKE = {"ntd": "TWD", "cnh": "CNY"}

_HAN_SCALE = "(?P<han>十万|百万|千万|十亿|万|千|亿)"
_NO_NUMBER = "(?<![0-9.十百千一二两三四五六七八九几数])"
_OF_MONEY = "元|块|美元|美金|港币|港元|欧元|日元|英镑|人民币"
_LETTER_SCALE = f"(?P<letters>{'|'.join(sorted(_LETTERS, key=len)[::-1])})"
_WORD_SCALE = f"(?P<word>{'|'.join(_WORDS)})s?"
_POWER = "(?P<power>1,?000|10,?000|100,?000|1,?000,?000)"
_CODES = "|".join(_MAJOR.split())
_SCALES = tuple(
    map(
        regex,
        (
            rf"{_NO_NUMBER}{_HAN_SCALE}(?={_OF_MONEY})",
            rf"{_HAN_SCALE}(?=倍)",
            r"(?<![0-9])10\^(?P<tenth>[1-9])(?![0-9])",
            r"(?:(?<!\w)|单位[:=]?\s*)(?P<part>[分角])(?!\w)|(?<![a-z])(?P<cents>cents?)(?![a-z])",
            rf"(?<!\w){_HAN_SCALE}(?!\w)",
            rf"(?:单位|[以按为是:=]|消费|金额|费用|[额价表]){_HAN_SCALE}(?=\W|计|为|$)",
            rf"(?<![a-z0-9])(?P<tens>ten|hundred)?\s*(?<![0-9]\s){_WORD_SCALE}(?![a-z])",
            r"(?<![0-9.,])['’](?P<zeros>0000?)s?(?![0-9a-z])",
            r"(?<![0-9a-z.,])(?P<zeros>0000?)s?(?![0-9a-z])",
            rf"(?<![0-9a-z.,]){_POWER}s(?![a-z])",
            rf"(?<![0-9a-z])[x×*]\s*{_POWER}(?![0-9])",
            rf"(?<![a-z]){_LETTER_SCALE}(?:{_CODES})(?![a-z])",
            rf"(?:(?<![a-z])(?:{_CODES})|[$€£¥]\s*){_LETTER_SCALE}(?![a-z])",
        ),
    )
)
_BESIDE = r"(?:^|[(,;:=/、，；]|(?<![a-z])(?:in|unit|units|scale)(?![a-z]))\s*"
_BEHIND = rf"\s*(?:$|[),;.、，；]|元|{_CODES})"
_SCALES_OF_AMOUNTS = (
    regex(rf"{_BESIDE}{_LETTER_SCALE}(?=(?:{_BEHIND}))"),
    regex(rf"(?<![a-z0-9])(?:{_CODES})\s+{_LETTER_SCALE}(?![a-z0-9])"),
)
_SCALES_OF_SPEND = (
    regex(rf"(?<![a-z0-9'’]){_LETTER_SCALE}(?![a-z0-9])"),
    regex(rf"{_HAN_SCALE}(?=月|消费|金额|费用)"),
    regex(r"(?P<few>[百十])(?=元|块|\W|_|$)|(?<![a-z])(?P<few_more>hundred|dozen)s?(?![a-z])"),
    regex(r"(?<=[(【\[])(?P<few_letter>[hc])(?=[)】\]])"),
    regex(r"(?<![a-z0-9])[x×*]\s*(?P<power>100?)(?![0-9])"),
    regex(rf"(?<![0-9.,/-])(?P<power>100?)(?:'?s(?![a-z])|\s*(?:元|{_CODES}|yuan))"),
)
_POWERS = tuple(
    map(
        regex,
        (
            rf"(?<![0-9.,]){_POWER}(?![0-9]|,[0-9]|\.[0-9])",
            rf"(?<![0-9.,])(?P<of>10?0?)\s*(?:{_HAN_SCALE}|{_LETTER_SCALE}(?![a-z])|{_WORD_SCALE})",
        ),
    )
)
PART = 0
UNSURE = ("h", "c")
"""Letters that may say hundreds, or nothing of the unit."""
_AMOUNTS = regex(
    f"消费|金额|费用|[价额币元]|单位|{_CODES}|amount|figure|value|spen[dt]|number|price|cost|charge|bill|"
    "unit|scale|currenc|invoic"
)
_UNITS = regex("单位|(?<![a-z])(?:units?|scale|in)(?![a-z])|[x×]")
_CURRENCIES = regex(
    rf"(?<![a-z])(?:{'|'.join(_LETTERS)})?(?P<code>{_CODES})(?:{'|'.join(_LETTERS)})?(?![a-z])|"
    rf"(?<![a-z])(?P<spoken>{'|'.join(_SPOKEN.split())}|foreign currenc(?:y|ies))(?![a-z])|"
    r"(?P<sign>(?:(?<![a-z])(?:us|hk|nt|s|a|c))?\$|cn¥|[€£¥₩₹฿₽₫円])|"
    rf"(?<![更创革平增生])(?P<han>{_HAN_SIGNS}|{_FOREIGN})(?![种素旦])|"
    r"(?<![单多公纪状美欧日港新韩澳加])(?P<yuan>元)(?=\W|$)"
)
_CODE = regex("(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_CAMEL = regex("(?<=[a-z])(?=[A-Z])")


class MoneyWords(NamedTuple):
    """Scales with how many they are, and other currencies than the plans'.

    Parts of a unit, like cents, are 0: no amount is to be in them.
    """

    scales: Mapping[str, int]
    currencies: tuple[str, ...]


def speaks_of_amounts(plain: str) -> bool:
    """Whether a text speaks of amounts; it is in small letters and half-width forms."""
    return _AMOUNTS.search(plain) is not None


def money_words(text: str, currency: str, of_spend: bool = False) -> MoneyWords:
    """Those in a text.

    Args:
        text: any.
        currency: of the plans, which a sign like $ stands for where it can.
        of_spend: whether it is the name of a column of spend, in which every word counts.
    """
    written = _CAMEL.sub(" ", half_width(text[:_LONGEST]))
    plain = written.casefold()
    of_amounts = of_spend or speaks_of_amounts(plain)
    scales = dict(_scales(plain, of_amounts, of_spend))
    currencies = dict.fromkeys(_currencies(plain, currency))
    if of_amounts:
        currencies |= dict.fromkeys(_codes(written, currency))
    return MoneyWords(scales, tuple(currencies))


def _scales(plain: str, of_amounts: bool, of_spend: bool) -> Iterator[tuple[str, int]]:
    forms = [
        *_SCALES,
        *(_SCALES_OF_AMOUNTS if of_amounts else ()),
        *(_SCALES_OF_SPEND if of_spend else ()),
        *(_POWERS if of_spend or _UNITS.search(plain) else ()),
    ]
    for form in forms:
        for found in form.finditer(plain):
            yield found[0].strip(" (,;:=/、，；"), _factor(found.groupdict())


_SAID = (
    *(("han", _HAN), ("letters", _LETTERS), ("word", _WORDS)),
    *(("few", _FEW), ("few_more", _FEW), ("few_letter", _FEW)),
)


def _factor(said: Mapping[str, str | None]) -> int:
    """How many a scale is, by the part of it that was found."""
    times = {"ten": 10, "hundred": 100}.get(said.get("tens") or "", int(said.get("of") or 1))
    power = said.get("power")
    if power:
        return int(power.replace(",", ""))
    if said.get("zeros") or said.get("tenth"):
        return int(f"1{said.get('zeros') or '0' * int(said['tenth'] or 0)}")
    for name, known in _SAID:
        found = said.get(name)
        if found:
            return times * known[found]
    return PART


def _currencies(plain: str, currency: str) -> Iterator[str]:
    for found in _CURRENCIES.finditer(plain):
        word = next(filter(None, found.groups()))
        meant = currencies_meant(_ALIKE.get(word, word))
        if currency not in meant:
            yield word


def _codes(written: str, currency: str) -> Iterator[str]:
    """Codes in capitals of currencies that are less used."""
    for code in _CODE.findall(written):
        if is_currency(code) and code != currency and code.casefold() not in (*NO_CODES, "amd"):
            yield code
