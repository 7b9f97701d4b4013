"""Calendar months and dates."""

import calendar
import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.period import Month, Term, months_later, parse_date, parse_start
from supportcli.errors import ExitCode, UsageError
from tests.builders import day

quick = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("start", "months", "shown"),
    [
        (Month(2026, 1), 0, "2026-01"),
        (Month(2026, 1), 1, "2026-02"),
        (Month(2026, 11), 1, "2026-12"),
        (Month(2026, 12), 1, "2027-01"),
        (Month(2026, 12), 12, "2027-12"),
        (Month(2026, 1), 59, "2030-12"),
        (Month(2026, 1), -1, "2025-12"),
        (Month(987, 1), 0, "0987-01"),
    ],
)
def test_a_month_so_many_later(start: Month, months: int, shown: str) -> None:
    assert str(start.plus(months)) == shown


@quick
@given(st.integers(1900, 2200), st.integers(1, 12), st.integers(0, 60))
def test_months_later_agree_with_counting_one_by_one(year: int, number: int, months: int) -> None:
    expected_year, expected_number = year, number
    for _ in range(months):
        expected_number += 1
        if expected_number == 13:
            expected_year, expected_number = expected_year + 1, 1
    assert Month(year, number).plus(months) == Month(expected_year, expected_number)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (datetime.date(2026, 1, 1), Month(2026, 2)),
        (datetime.date(2026, 1, 31), Month(2026, 2)),
        (datetime.date(2024, 2, 29), Month(2024, 3)),
        (datetime.date(2026, 12, 31), Month(2027, 1)),
    ],
)
def test_term_starts_with_the_first_whole_month(day: datetime.date, month: Month) -> None:
    assert Month.after(day) == month


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (Month(2026, 1), 31),
        (Month(2026, 2), 28),
        (Month(2024, 2), 29),
        (Month(2000, 2), 29),
        (Month(1900, 2), 28),
        (Month(2026, 4), 30),
        (Month(2026, 12), 31),
    ],
)
def test_first_and_last_day(month: Month, last: int) -> None:
    assert month.first_day == datetime.date(month.year, month.number, 1)
    assert month.last_day == datetime.date(month.year, month.number, last)


@quick
@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_ends_the_day_before_the_next_begins(year: int, number: int) -> None:
    month = Month(year, number)
    assert month.last_day.day == calendar.monthrange(year, number)[1]
    assert month.last_day + datetime.timedelta(days=1) == month.plus(1).first_day


@quick
@given(
    st.integers(1990, 2050),
    st.integers(1, 12),
    st.lists(st.dates(datetime.date(1990, 1, 1), datetime.date(2050, 12, 31)), max_size=4),
)
def test_the_shares_of_a_month_cut_into_terms_make_the_whole(
    year: int, number: int, cuts: list[datetime.date]
) -> None:
    month, one = Month(year, number), datetime.timedelta(days=1)
    begins = [datetime.date(1980, 1, 1), *sorted(set(cuts))]
    ends = [*(begin - one for begin in begins[1:]), datetime.date(2060, 12, 31)]
    shares = [month.share(begin, end) for begin, end in zip(begins, ends, strict=True)]
    assert sum(shares) == 1
    assert all(0 <= share <= 1 for share in shares)
    assert month.share(month.first_day, month.last_day) == 1


def test_the_last_month_of_the_calendar_has_a_last_day() -> None:
    assert Month(9999, 12).last_day == datetime.date.max


def test_months_are_in_the_order_of_time() -> None:
    months = [Month(2027, 1), Month(2026, 12), Month(2026, 2)]
    assert sorted(months) == [Month(2026, 2), Month(2026, 12), Month(2027, 1)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-12-31", datetime.date(2026, 12, 31)),
        ("2024-02-29", datetime.date(2024, 2, 29)),
        ("2000-02-29", datetime.date(2000, 2, 29)),
        ("1900-01-01", datetime.date(1900, 1, 1)),
        ("2199-12-31", datetime.date(2199, 12, 31)),
    ],
)
def test_date_is_understood(text: str, date: datetime.date) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        *("01/02/2024", "24-02-03", "2024-2-3", "20240203", "2024-W05-6", "10", "", "tomorrow"),
        *("2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "0000-01-01"),
        *("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"),
        *("2024-02-03\n", " 2024-02-03", "2024-02-03T00:00", "２０２４-02-03", "٢٠٢٤-02-03"),
    ],
)
def test_other_text_is_no_date(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_date(text)
    assert str(caught.value) == f"{text!r} is not a date; write it like 2026-12-31"
    assert caught.value.exit_code is ExitCode.USAGE


starts = st.dates(datetime.date(1990, 1, 1), datetime.date(2050, 12, 31))
terms = st.builds(Term, starts, st.integers(1, 60))


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        ("2026-01-31", 0, "2026-01-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 2, "2026-03-31"),  # not 28 March: never step by step
        ("2026-01-31", 3, "2026-04-30"),
        ("2026-01-31", 12, "2027-01-31"),
        ("2026-01-31", 25, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-03-15", 12, "2027-03-15"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2199-12-31", 60, "2204-12-31"),
    ],
)
def test_the_same_day_months_later(start: str, months: int, later: str) -> None:
    assert months_later(day(start), months) == day(later)


@quick
@given(starts, st.integers(0, 60))
def test_the_day_months_later_is_the_same_or_the_last_of_its_month(
    start: datetime.date, months: int
) -> None:
    found = months_later(start, months)
    assert Month(found.year, found.month) == Month(start.year, start.month).plus(months)
    assert found.day == min(start.day, calendar.monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-03-01", 12, "2027-02-28"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2026-03-15", 12, "2027-03-14"),
        ("2026-01-31", 1, "2026-02-27"),
        ("2026-01-31", 2, "2026-03-30"),
        ("2026-03-15", 60, "2031-03-14"),
        ("2026-03-01", 1, "2026-03-31"),
    ],
)
def test_the_last_day_of_a_term(start: str, months: int, end: str) -> None:
    assert Term(day(start), months).end == day(end)


@pytest.mark.parametrize(
    ("start", "months", "thirty", "parts"),
    [
        ("2026-03-01", 2, False, {"2026-03": "1", "2026-04": "1"}),
        ("2026-03-01", 2, True, {"2026-03": "1", "2026-04": "1"}),
        # 15 to 31 March are 17 days; 1 to 14 April, May
        ("2026-03-15", 1, False, {"2026-03": "17/31", "2026-04": "14/30"}),
        ("2026-03-15", 2, False, {"2026-03": "17/31", "2026-04": "1", "2026-05": "14/31"}),
        # 16 of thirty days are left, the other 14 are the last part
        ("2026-03-15", 1, True, {"2026-03": "16/30", "2026-04": "14/30"}),
        ("2026-03-30", 1, True, {"2026-03": "1/30", "2026-04": "29/30"}),
        # 31 January to 27 February; in a leap year to 28 February
        ("2026-01-31", 1, False, {"2026-01": "1/31", "2026-02": "27/28"}),
        ("2028-01-31", 1, False, {"2028-01": "1/31", "2028-02": "28/29"}),
        ("2028-02-15", 1, False, {"2028-02": "15/29", "2028-03": "14/31"}),
        ("2027-02-15", 1, False, {"2027-02": "14/28", "2027-03": "14/31"}),
    ],
)
def test_the_parts_of_a_term(start: str, months: int, thirty: bool, parts: dict[str, str]) -> None:
    found = Term(day(start), months).parts(thirty)
    assert {str(month): share for month, share in found} == {
        month: Fraction(share) for month, share in parts.items()
    }


@quick
@given(terms)
def test_the_parts_of_a_term_are_its_days(term: Term) -> None:
    parts = term.parts()
    assert len(parts) == term.months + (term.start.day > 1)
    assert [month for month, _ in parts] == [parts[0][0].plus(i) for i in range(len(parts))]
    assert sum(share * month.days for month, share in parts) == (term.end - term.start).days + 1
    assert all(0 < share <= 1 for _, share in parts)
    assert all(share == 1 for _, share in parts[1:-1])
    for month, share in parts:
        assert share == month.share(term.start, term.end)


@quick
@given(terms)
def test_thirty_day_parts_add_up_to_the_months(term: Term) -> None:
    parts = term.parts(thirty=True)
    assert sum(share for _, share in parts) == term.months
    assert all(0 <= share <= 1 for _, share in parts)
    if term.start.day > 1:
        assert parts[0][1] == Fraction(max(31 - term.start.day, 1), 30)  # the 31st is the 30th


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2026-12", "2026-12-01"),
        ("2026-12-15", "2026-12-15"),
        ("2028-02-29", "2028-02-29"),
        ("1900-01", "1900-01-01"),
        ("2199-12", "2199-12-01"),
    ],
)
def test_start_is_understood(text: str, start: str) -> None:
    assert parse_start(text) == day(start)


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-13", "2026-00", "2026-02-29", "2026-1", "12/2026", "", "2026-12\n", "1899-12"],
)
def test_other_text_is_no_start(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_start(text)
    words = f"{text!r} is no start; write it like 2026-12 or 2026-12-15"
    assert str(caught.value) == words
