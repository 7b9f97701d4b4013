"""How far a long run is, in words."""

from supportcli.cli.run.progress import Pace
from supportcli.errors import Message

FIRST, SECOND = Message("looking"), Message("quoting")


def test_rows_rate_and_time_left() -> None:
    """A quarter of 1,000,000 in 2 s: 125,000 a second, 6 s for the rest."""
    pace = Pace(1_000_000)
    assert str(pace.words(FIRST, -1, 10.0)) == "looking ..."
    assert str(pace.words(FIRST, 25, 12.0)) == (
        "looking: 250,000 of 1,000,000 rows, 125,000 a second, 6 s left"
    )
    assert str(pace.words(FIRST, 100, 18.0)) == (
        "looking: 1,000,000 of 1,000,000 rows, 125,000 a second, 0 s left"
    )


def test_each_stage_begins_afresh() -> None:
    pace = Pace(100)
    pace.words(FIRST, 50, 10.0)
    assert str(pace.words(SECOND, 0, 20.0)) == "quoting ..."
    assert str(pace.words(SECOND, 50, 21.0)) == "quoting: 50 of 100 rows, 50 a second, 1 s left"
