"""Labels and figures in every form that is drawn."""

from supportcli.language import Language
from supportcli.outputs.console import Surface
from supportcli.outputs.document.model import Figure, Figures, Pair, Pairs
from supportcli.outputs.formats.forms import in_form

PAIRS = Pairs((Pair("For", "*Acme*"), Pair("Valid until", "2026-12-28 at the latest")))
FIGURES = Figures((Figure("at most", "¥144,000.00", "a year"), Figure("probably", "¥9,600.00")))


def drawn(form: str, width: int | None = 80) -> str:
    return in_form(form, (PAIRS, FIGURES), Language(), Surface(width))


def test_as_text_a_label_stands_before_what_is_told_of_it() -> None:
    assert drawn("text").splitlines() == [
        "For: *Acme*",
        "Valid until: 2026-12-28 at the latest",
        "at most: ¥144,000.00, a year",
        "probably: ¥9,600.00",
    ]


def test_in_markdown_they_are_lists_with_bold_labels() -> None:
    assert drawn("md").splitlines() == [
        "- **For**: \\*Acme\\*",
        "- **Valid until**: 2026-12-28 at the latest",
        "",
        "- **at most**: ¥144,000.00, a year",
        "- **probably**: ¥9,600.00",
    ]


def test_on_a_terminal_labels_and_amounts_are_aligned() -> None:
    assert drawn("table").splitlines() == [
        "  For          *Acme*",
        "  Valid until  2026-12-28 at the latest",
        "  at most   ¥144,000.00  a year",
        "  probably    ¥9,600.00",
    ]


def test_on_a_narrow_one_nothing_is_broken() -> None:
    assert drawn("table", 24).splitlines() == [
        "  For       *Acme*",
        "  Valid     2026-12-28",
        "  until     at the",
        "            latest",
        "  at most   ¥144,000.00",
        "            a year",
        "  probably  ¥9,600.00",
    ]
