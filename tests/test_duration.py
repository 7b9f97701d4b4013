"""Response times: reading them, writing them, and which target meets which wish."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.duration import Duration, parse_duration
from supportcli.errors import AmountError, ExitCode
from supportcli.language import load_language

quick = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("text", "minutes", "business"),
    [
        ("10m", 10, False),
        ("10min", 10, False),
        ("10 m", 10, False),
        (" 10M ", 10, False),
        ("90m", 90, False),
        ("1h", 60, False),
        ("16h", 960, False),
        ("1d", 1440, False),
        ("24bh", 1440, True),
        ("15bm", 15, True),
        ("90 BM", 90, True),
        ("1bd", 480, True),  # eight business hours
        ("3 BD", 1440, True),
        ("24 BH", 1440, True),
        ("99999d", 99999 * 1440, False),
        ("0010m", 10, False),
        ("10m".rjust(20), 10, False),
    ],
)
def test_time_is_understood(text: str, minutes: int, business: bool) -> None:
    assert parse_duration(text) == Duration(minutes, business)


@pytest.mark.parametrize("text", ["10", " 10 ", "0", "9" * 20])
def test_bare_number_has_no_unit(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_duration(text)
    assert str(caught.value) == (
        f"{text!r} has no unit; write it like 10m, 2h or 24bh (business hours)"
    )
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "m", "-10m", "+10m", "1.5h", "1h30m", "PT10M", "10s", "2w", "10 mins"),
        *("10m\x00", "１０m", "١٠m", "100000m", "1_0m", "1e2m", "10db", "9" * 19 + "h"),
    ],
)
def test_other_text_is_no_time(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_duration(text)
    assert str(caught.value) == (
        f"{text!r} is not a time; write it like 10m, 2h or 24bh (business hours)"
    )


def test_long_text_is_no_time_and_is_shortened() -> None:
    with pytest.raises(AmountError) as caught:
        parse_duration("1" * 5000)
    assert str(caught.value) == (
        f"'{'1' * 37}...' is not a time; write it like 10m, 2h or 24bh (business hours)"
    )


@pytest.mark.parametrize("text", ["0m", "0h", "00000d", "0bh", "0bm"])
def test_no_time_at_all(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_duration(text)
    assert str(caught.value) == f"{text!r} is no time at all; write at least 1m"


@pytest.mark.parametrize(
    ("target", "wanted", "met"),
    [
        ("10m", "10m", True),
        ("10m", "11m", True),
        ("10m", "9m", False),
        ("1h", "60m", True),
        ("16h", "1d", True),
        ("12bh", "12bh", True),
        ("12bh", "24bh", True),
        ("24bh", "12bh", False),
        ("1bd", "8bh", True),
        ("8bh", "1bd", True),
        ("2bd", "15bh", False),
        ("24h", "24bh", True),  # calendar hours pass at least as fast
        ("25h", "24bh", False),
        ("15bm", "1bh", True),
        ("15m", "15bm", True),
        ("61bm", "1bh", False),
        ("15bm", "15m", False),
        ("1bh", "99999d", False),  # nobody says how long a business hour takes
    ],
)
def test_target_meets_wish(target: str, wanted: str, met: bool) -> None:
    assert parse_duration(target).within(parse_duration(wanted)) is met


@pytest.mark.parametrize(
    ("text", "iso", "shown"),
    [
        ("10m", "PT10M", "10m"),
        ("16h", "PT16H", "16h"),
        ("90m", "PT1H30M", "90m"),
        ("120m", "PT2H", "2h"),
        ("1d", "PT24H", "24h"),
        ("24bh", "PT24H", "24bh"),
        ("15bm", "PT15M", "15bm"),
        ("90bm", "PT1H30M", "90bm"),
        ("120bm", "PT2H", "2bh"),
        ("3bd", "PT24H", "3bd"),
    ],
)
def test_time_is_written(text: str, iso: str, shown: str) -> None:
    assert parse_duration(text).iso() == iso
    assert str(parse_duration(text)) == shown


@quick
@given(st.integers(1, 99_999), st.sampled_from(["m", "h", "bm", "bh", "bd"]))
def test_time_shown_can_be_typed_in_again(count: int, unit: str) -> None:
    duration = parse_duration(f"{count}{unit}")
    assert parse_duration(str(duration)) == duration


@quick
@given(st.text() | st.text("0123456789mhbdin "))
def test_every_text_is_a_time_or_a_mistake(text: str) -> None:
    try:
        duration = parse_duration(text)
    except AmountError:
        return
    assert duration.minutes >= 1


@pytest.mark.parametrize(("minutes", "business"), [(0, False), (-1, False), (0, True)])
def test_a_duration_that_nobody_can_write_cannot_be_made(minutes: int, business: bool) -> None:
    with pytest.raises(ValueError, match="at least a minute"):
        Duration(minutes, business)


@pytest.mark.parametrize(("minutes", "business"), [(480, False), (60, True)])
def test_business_days_are_whole_days_of_business_hours(minutes: int, business: bool) -> None:
    with pytest.raises(ValueError, match="business days are whole days"):
        Duration(minutes, business, days=True)


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("1bd", "1 business day", "1 个工作日"),
        ("3bd", "3 business days", "3 个工作日"),
        ("1bh", "1 business hour", "1 个工作小时"),
        ("12bh", "12 business hours", "12 个工作小时"),
        ("1bm", "1 business minute", "工作时间 1 分钟"),
        ("15bm", "15 business minutes", "工作时间 15 分钟"),
        ("90bm", "90 business minutes", "工作时间 90 分钟"),
    ],
)
def test_business_time_is_said_as_such(text: str, en: str, zh: str) -> None:
    assert load_language("en").duration(parse_duration(text)) == en
    assert load_language("zh").duration(parse_duration(text)) == zh
