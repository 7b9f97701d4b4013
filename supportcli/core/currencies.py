"""Currencies: their codes and minor units (ISO 4217), and the signs that people mark them with."""

from __future__ import annotations

from supportcli.record import NamedTuple

# The currencies whose minor unit is not a hundredth, then all the others.
_UNUSUAL_DIGITS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
_HUNDREDTHS = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON
    RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
    TZS UAH USD UYU UZS VED VES WST YER ZAR ZMW ZWG""".split()
)
CURRENCIES = _HUNDREDTHS | _UNUSUAL_DIGITS.keys()
"""Every code that we know the minor unit of."""


class CurrencySign(NamedTuple):
    """A sign or a word and the currencies that it can stand for, the usual one first.

    It may stand `before` or `after` the number of an amount; neither where only the name of a
    column says it. An amount in one of the currencies in `shown` is written with it,
    which has the same width in every terminal: that of € is not.
    """

    sign: str
    meant: tuple[str, ...]
    before: bool = False
    after: bool = False
    shown: tuple[str, ...] = ()


_DOLLARS = ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN")
SIGNS = (
    CurrencySign("¥", ("CNY", "JPY"), before=True, after=True, shown=("CNY", "JPY")),
    CurrencySign("$", _DOLLARS, before=True, after=True, shown=("USD",)),
    CurrencySign("€", ("EUR",), before=True, after=True),
    CurrencySign("£", ("GBP",), before=True, after=True, shown=("GBP",)),
    CurrencySign("US$", ("USD",), before=True),
    CurrencySign("HK$", ("HKD",), before=True),
    CurrencySign("NT$", ("TWD",), before=True),
    CurrencySign("S$", ("SGD",), before=True),
    CurrencySign("A$", ("AUD",), before=True),
    CurrencySign("C$", ("CAD",), before=True),
    CurrencySign("CN¥", ("CNY",), before=True),
    CurrencySign("RMB", ("CNY",), before=True, after=True),
    CurrencySign("人民币", ("CNY",), before=True, after=True),
    CurrencySign("元", ("CNY",), after=True),
    CurrencySign("円", ("JPY",), after=True),
    CurrencySign("美元", ("USD",), after=True),
    CurrencySign("欧元", ("EUR",), after=True),
    CurrencySign("瑞士法郎", ("CHF",)),
    CurrencySign("瑞郎", ("CHF",)),
    CurrencySign("孟加拉塔卡", ("BDT",)),
    CurrencySign("日元", ("JPY",)),
    CurrencySign("YUAN", ("CNY",)),
    CurrencySign("RENMINBI", ("CNY",)),
    CurrencySign("DOLLAR", _DOLLARS),
    CurrencySign("DOLLARS", _DOLLARS),
    CurrencySign("EURO", ("EUR",)),
    CurrencySign("EUROS", ("EUR",)),
    CurrencySign("POUND", ("GBP",)),
    CurrencySign("POUNDS", ("GBP",)),
    CurrencySign("美金", ("USD",)),
    CurrencySign("港元", ("HKD",)),
    CurrencySign("港币", ("HKD",)),
    CurrencySign("英镑", ("GBP",)),
    CurrencySign("新元", ("SGD",)),
    CurrencySign("新币", ("SGD",)),
    CurrencySign("韩元", ("KRW",)),
    CurrencySign("澳元", ("AUD",)),
    CurrencySign("加元", ("CAD",)),
    CurrencySign("卢布", ("RUB",)),
    CurrencySign("台币", ("TWD",)),
    CurrencySign("新台币", ("TWD",)),
)
_MEANT = {each.sign: each.meant for each in SIGNS}
_SHOWN = {currency: each.sign for each in SIGNS for currency in each.shown}


def is_currency(code: str) -> bool:
    """Whether the code is an ISO 4217 currency that we know the minor unit of."""
    return code in CURRENCIES


def minor_digits(currency: str) -> int:
    """How many decimals the currency's minor unit has (ISO 4217): 2 for CNY, 0 for JPY."""
    return _UNUSUAL_DIGITS.get(currency, 2)


def currencies_meant(mark: str) -> tuple[str, ...]:
    """What a sign, a word or a code (in small letters too) can stand for; none if unknown."""
    key = "".join(each.upper() if each.isascii() else each for each in mark)
    return _MEANT.get(key) or ((key,) if is_currency(key) else ())


def sign_of(currency: str) -> str | None:
    """The sign that amounts in the currency are written with, if they are."""
    return _SHOWN.get(currency)
