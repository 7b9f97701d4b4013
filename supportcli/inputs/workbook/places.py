"""The places of cells: columns by their letters."""

from __future__ import annotations

MOST_COLUMNS_OF_A_SHEET = 16_384


class Columns(dict[str, int]):
    """The number of each column from 1, by its letters.

    Raises:
        ValueError: for what is no column.
    """

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z":
                raise ValueError("no column")
            number = 26 * number + ord(letter) - 64
        if not 0 < number <= MOST_COLUMNS_OF_A_SHEET:
            raise ValueError("no column")
        self[letters] = number
        return number


COLUMN_NUMBERS = Columns()


def column_letters(number: int) -> str:
    """The letters of a column from 1: 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
