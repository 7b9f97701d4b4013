"""What a number format says beside the number: expected values read from the format by hand."""

from __future__ import annotations

import pytest

from supportcli.inputs.workbook.number_format import GENERAL, known_format, read_format

ACCOUNTING = '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "@",
        "0",
        "0.00",
        "#,##0.00",
        "#,##0_);(#,##0)",
        "#,##0;[Red]-#,##0",
        "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * &quot;-&quot;??_ ;_ @_ ".replace("&quot;", '"'),
        "0.00E+00",
        "# ?/?",
        "[DBNum1][$-804]General",
        "[Blue]0.0",
        "",
    ],
)
def test_a_format_that_says_nothing_beside_the_number(code: str) -> None:
    shown = read_format(code)
    assert shown.plain
    assert not shown.dated
    assert not any(shown.section(12.5).words)


@pytest.mark.parametrize(
    ("code", "words", "shift", "decimals"),
    [
        ("[$$-409]#,##0.00", ("USD", ""), 0, 2),
        ("[$$-en-US]#,##0.00", ("USD", ""), 0, 2),
        ("[$$-C09]#,##0", ("AUD", ""), 0, 0),
        ("[$$-1004]0.0", ("SGD", ""), 0, 1),
        ("[$¥-804]#,##0.00", ("CNY", ""), 0, 2),
        ("[$¥-411]#,##0", ("JPY", ""), 0, 0),
        ("[$¥-zh-CN]0", ("CNY", ""), 0, 0),
        ("[$¥-zh-Hans-CN]0", ("CNY", ""), 0, 0),
        ("[$€-2]#,##0", ("€", ""), 0, 0),
        ("#,##0.00 [$€-407]", ("", "€"), 0, 2),
        ("[$USD] #,##0", ("USD", ""), 0, 0),
        ('"US$"#,##0', ("US$", ""), 0, 0),
        ('#,##0.00"元"', ("", "元"), 0, 2),
        ("#,##0.00 USD", ("", "USD"), 0, 2),
        ("0.00\\元", ("", "元"), 0, 2),
        (ACCOUNTING, ("¥", ""), 0, 2),
        ('0.00"万元"', ("", "万元"), 0, 2),
        ('0"."0,"万元"', ("", "万元"), 4, 0),
        ('0!.0,"万"', ("", "万"), 4, 0),
        ('0!.0000"万"', ("", "万"), 4, 0),
        ('0.00,,"M"', ("", "M"), 6, 2),
        ("#,##0,", ("", ""), 3, 0),
        ("0,.00", ("", ""), 3, 2),
        ("0%", ("", "%"), -2, 0),
        ("0.0%", ("", "%"), -2, 1),
        ('G/通用格式"元"', ("", "元"), 0, None),
        ('General"h"', ("", "h"), 0, None),
        ('0"小时"', ("", "小时"), 0, 0),
        ("-0.0", ("-", ""), 0, 1),
    ],
)
def test_words_scale_and_decimals(
    code: str, words: tuple[str, str], shift: int, decimals: int | None
) -> None:
    section = read_format(code).section(12.5)
    assert (section.words, section.shift, section.decimals) == (words, shift, decimals)
    assert not section.plain


def test_a_section_is_for_the_numbers_that_its_condition_says() -> None:
    shown = read_format('[>=100000000]0.00,,"百万";[>=10000]0!.0,"万";0')
    assert shown.section(2e8).words == ("", "百万")
    assert shown.section(10000.0).words == ("", "万")
    assert shown.section(9999.0).words == ("", "")
    assert read_format('0"a";0"b"').section(0.0).words == ("", "a")
    assert read_format('0"a";0"b"').section(-1.0).words == ("", "b")
    assert read_format('0"a";0"b";0"c"').section(0.0).words == ("", "c")
    assert read_format('0"a";0"b";0"c";@"d"').section(0.0).words == ("", "c")
    assert read_format('[=5]"five";[<>6]0"x"').section(5.0).words == ("five", "")
    assert read_format('[<1]0"low";[<2]0"mid"').section(9.0).words == ("", "mid")


def test_a_section_without_places_shows_its_words_alone() -> None:
    assert not read_format(";;;").section(5.0).digits
    assert read_format('0;-0;"免费"').section(0.0).words == ("免费", "")
    assert not read_format('0;-0;"免费"').section(0.0).digits
    assert read_format('0;-0;"-"').section(0.0).plain


@pytest.mark.parametrize(
    ("code", "mask"),
    [
        ("00000", "00000"),
        ("000-0000", "000-0000"),
        ("0,000", "0000"),
        ("?0", "#0"),
        ("0.00", ""),
        ("0E+0", ""),
        ("0%", ""),
    ],
)
def test_the_places_of_digits(code: str, mask: str) -> None:
    assert read_format(code).section(1.0).mask == mask


@pytest.mark.parametrize(
    ("code", "moment"),
    [
        ("yyyy-mm-dd", "day"),
        ('yyyy"年"m"月"d"日"', "day"),
        ("[$-409]mmmm\\ d\\,\\ yyyy;@", "day"),
        ("[$-F800]dddd, mmmm dd, yyyy", "day"),
        ("m/d/yy h:mm", "day"),
        ('e"年"m"月"', "day"),
        ("aaaa", "day"),
        ('yyyy"年"m"月"', "month"),
        ("mmm-yy", "month"),
        ("h:mm", "time"),
        ("h:mm:ss AM/PM", "time"),
        ("上午/下午h:mm", "time"),
        ("mm:ss.0", "time"),
        ("ss.00", "time"),
        ("[h]:mm", "span"),
        ("[mm]:ss", "span"),
        ("General", ""),
        ('0"d"', ""),
        ("0.00 USD", ""),
        ('"day "0', ""),
        ("\\d0", ""),
    ],
)
def test_days_and_times(code: str, moment: str) -> None:
    assert read_format(code).section(45000.5).moment == moment
    assert read_format(code).dated == bool(moment)


@pytest.mark.parametrize(
    ("number", "moment", "words"),
    [
        (0, "", ("", "")),
        (2, "", ("", "")),
        (7, "", ("", "")),  # the sign of whoever opens it: $ here, ¥ there
        (44, "", ("", "")),
        (9, "", ("", "%")),
        (14, "day", ("", "")),
        (17, "month", ("", "")),
        (20, "time", ("", "")),
        (46, "span", ("", "")),
        (31, "day", ("", "")),  # yyyy年m月d日 in China
        (57, "month", ("", "")),
        (32, "time", ("", "")),
        (999, "", ("", "")),
    ],
)
def test_formats_known_by_their_number(number: int, moment: str, words: tuple[str, str]) -> None:
    section = known_format(number).section(1.0)
    assert (section.moment, section.words) == (moment, words)


def test_a_code_that_is_too_long_is_cut_and_costs_nothing() -> None:
    assert read_format("0;" * 1_000_000).plain
    assert read_format('"' + "x" * 10**6).section(1.0) != GENERAL.section(1.0)
