"""A page of HTML: its structure, that it says what the text says, that it asks for nothing else."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from supportcli.core.piecewise import PiecewiseLinear, Segment
from supportcli.language import Language
from supportcli.outputs.document.model import (
    Block,
    Chart,
    ChartMark,
    Curve,
    Figure,
    Figures,
    Heading,
    Pair,
    Pairs,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
    Weight,
)
from supportcli.outputs.formats.html import HtmlPage, as_html
from supportcli.outputs.formats.svg import BROAD, NARROW, picture
from supportcli.seal import in_html
from tests.conftest import Golden
from tests.runner import TODAY, run_cli

VOID = {"meta", "link", "img", "line", "circle", "path", "polyline", "rect"}
HOSTILE = (
    "<script>alert(1)</script>\" onload='x' {{ 7*7 }} \u202egnp.exe \x1b[2J & javascript:alert(1)"
)
ONE = ("--spend", "120000", "--response", "10m")
CSV = "account,monthly_spend\n<b>a</b>,120000\nb,none\n"
VERBS = {
    "advise": ("advise", *ONE, *TODAY),
    "everything": ("advise", *ONE, "--explain", "all", *TODAY),
    "deal": ("advise", "--account", "a=300000,tam", "--account", "b=5", *TODAY),
    "breakeven": ("breakeven", "--spend", "100000", "--explain", "all", *TODAY),
    "compare": ("compare", "--spend", "50000", *TODAY),
    "batch": ("batch", "in.csv", "--out", "out.csv", "--force", *TODAY),
    "list": ("plans", "list"),
    "show": ("plans", "show", "developer", "--plans", "aws"),
    "test": ("plans", "test", "aws"),
    "diff": ("plans", "diff", "aws", "azure"),
}


class Reader(HTMLParser):
    """The elements of a page, each closed in its turn, and the rows of its tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.rows: list[list[str]] = []
        self.texts: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open) & {"h1", "h2", "script", "title", "dd", "li", "p"}:
            self.texts[tag][-1] += data
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.seen if name == tag]


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def made(*blocks: Block, page: HtmlPage = HtmlPage()) -> Reader:  # noqa: B008 - it never changes
    return read(as_html(blocks, Language(), page))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(CSV, encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_page_is_whole_has_one_title_and_asks_for_nothing_else(verb: str, lang: str) -> None:
    done = run_cli(*VERBS[verb], "-o", "html", "--lang", lang)
    page = read(done.out)
    assert [page.named("html")[0]["lang"]] == [{"en": "en", "zh": "zh-CN"}[lang]]
    assert len(page.named("h1")) == 1
    assert len(page.named("main")) == 1
    assert page.named("script") == []
    for tag, attributes in page.seen:
        assert not {"style", "onload", "onclick", "srcset"} & set(attributes)
        for name in {"src", "href"} & set(attributes):
            assert tag == "a" or attributes[name].startswith("data:")
    assert not re.search(r"url\(|@import|<iframe|<object", done.out)


@pytest.mark.parametrize("verb", ["advise", "everything", "deal", "compare", "test", "list"])
def test_the_rows_of_its_tables_are_those_of_the_markdown(verb: str) -> None:
    page = read(run_cli(*VERBS[verb], "-o", "html").out)
    lines = run_cli(*VERBS[verb], "-o", "md").out.splitlines()
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("| ")]
    plain = [
        [_unmarked(cell) for cell in row] for row in rows if not set("".join(row)) <= set(" -:")
    ]
    assert page.rows == plain


def _unmarked(cell: str) -> str:
    """A cell of Markdown as it is shown."""
    text = re.sub(r"^\*\*(.*)\*\*$", r"\1", cell.strip())
    return re.sub(r"\\(.)", r"\1", re.sub(r"<(https?://[^>]*)>", r"\1", text))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_in_each_language(lang: str, golden: Golden) -> None:
    out = run_cli("advise", *ONE, *TODAY, "-o", "html", "--lang", lang).out
    golden(f"advise-page.{lang}.html", out[out.index("<body>") :])


def test_its_style_is_the_one_that_its_policy_allows() -> None:
    out = as_html([Sentence("x")], Language(), HtmlPage(accent="#ff6a00"))
    styles = re.findall(r"(?s)<style>(.*?)</style>", out)
    digests = [b64encode(sha256(style.encode()).digest()).decode() for style in styles]
    policy = next(each for each in read(out).named("meta") if "http-equiv" in each)
    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}' 'sha256-{digests[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert styles[1] == ":root { --accent: #ff6a00; }\n"
    assert styles[0].isascii()  # a reference to another character would be none in it


def test_what_names_hold_is_text_and_nothing_else() -> None:
    table = Table((TableColumn(HOSTILE), TableColumn("n", True)), (Row((HOSTILE, "1"), True),))
    blocks: tuple[Block, ...] = (
        Sentence(HOSTILE, Weight.STRONG),
        Heading(HOSTILE),
        Points((HOSTILE,)),
        Pairs((Pair(HOSTILE, HOSTILE),)),
        Figures((Figure(HOSTILE, HOSTILE, HOSTILE),)),
        table,
    )
    edges = HtmlPage(HOSTILE, HOSTILE, footer=(HOSTILE,), fingerprint=(HOSTILE,))
    out = as_html(blocks, Language(), edges)
    page = read(out)
    assert page.named("script") == []
    assert all("onload" not in attributes for _, attributes in page.seen)
    assert not set("\u202e\x1b") & set(out)
    assert "{{ 7*7 }}" in page.rows[1][0]
    shown = HOSTILE.replace("\u202e", "<U+202E>").replace("\x1b", "\\x1b")
    assert page.texts["h1"] == [shown]
    assert page.rows == [[shown, "n"], [shown, "1"]]


def test_only_addresses_of_the_web_are_links() -> None:
    text = "see https://a.example/b?c=<d>&e, javascript:alert(1) and http://x.example/y."
    links = made(Sentence(text)).named("a")
    assert [link["href"] for link in links] == ["https://a.example/b?c=", "http://x.example/y"]
    assert {link["rel"] for link in links} == {"noopener noreferrer"}


def test_what_a_page_carries_cannot_leave_its_element() -> None:
    value = {"name": "</script><script>alert(1)</script><!-- 企业 \u2028 😀 &amp;"}
    whole = in_html(as_html([Sentence("x")], Language()), json.dumps(value, ensure_ascii=False))
    page = Reader()
    page.feed(whole)
    [attributes] = page.named("script")
    assert (attributes["type"], attributes["id"]) == ("application/json", "supportcli")
    assert json.loads(page.texts["script"][0]) == value


def luminance(colour: str) -> float:
    """As WCAG 2 defines it, of a colour in six digits."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_and_every_curve_can_be_told_from_what_is_behind_it(scheme: int) -> None:
    style = as_html([Sentence("x")], Language())
    colours = dict(re.findall(r"--([a-z0-9-]+): (#\w{6});", style.split(":root {")[1 + scheme]))
    grounds = {
        "paper": {"ink", "soft", "caution"},
        "wash": {"ink"},
        "caution-wash": {"ink", "soft", "caution"},
    }
    grounds["paper"] |= {name for name in colours if re.fullmatch(r"k\d", name)}
    for ground, inks in grounds.items():
        for ink in inks:
            dark, light = sorted(luminance(colours[each]) for each in (ground, ink))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)


@pytest.mark.parametrize(
    "page",
    [
        HtmlPage(accent="red"),
        HtmlPage(accent="#fff;} body{background:url(x)"),
        HtmlPage(logo="https://x.example/logo.png"),
        HtmlPage(logo="data:text/html,x"),
    ],
)
def test_an_accent_is_a_colour_and_a_logo_is_in_the_page(page: HtmlPage) -> None:
    with pytest.raises(ValueError, match=r"colour|logo"):
        as_html([Sentence("x")], Language(), page)


def test_the_edges_of_a_page() -> None:
    logo = "data:image/png;base64,AAAA"
    edges = HtmlPage("Quote", "Acme", logo, footer=("one",), fingerprint=("SHA-256 0",))
    page = made(Sentence("Title", Weight.STRONG), page=edges)
    assert page.texts["title"] == ["Quote"]
    assert page.texts["h1"] == ["Title"]
    assert page.named("img") == [{"src": logo, "alt": "Acme"}]
    assert page.texts["p"][-2:] == ["one", "SHA-256 0"]


@pytest.mark.parametrize(
    ("blocks", "heading"),
    [
        ((Heading("a"), Sentence("b")), "a"),
        ((Heading("a"), Heading("b")), "Support plans"),
        ((Sentence("a", Weight.STRONG), Heading("b")), "a"),
        ((), "Support plans"),
    ],
)
def test_the_heading_of_a_page(blocks: tuple[Block, ...], heading: str) -> None:
    page = made(*blocks)
    assert page.texts["h1"] == [heading]
    assert page.texts["title"] == [heading]


def test_of_amounts_the_figure_is_large_and_of_sentences_none() -> None:
    out = as_html(
        [
            Figures(
                (Figure("a", "¥1,200.50 a year"), Figure("b", "from ¥1 to ¥2"), Figure("c", "-$3"))
            )
        ],
        Language(),
    )
    assert re.findall(r'<dd class="(.*)">(.*)</dd>', out) == [
        ("amount", "<b>¥1,200.50</b> a year"),
        ("amount words", "from ¥1 to ¥2"),
        ("amount", "<b>-$3</b>"),
    ]


def test_headers_name_columns_and_rows_and_the_marked_row_says_so() -> None:
    columns = TableColumn("Plan"), TableColumn("Fee", True)
    page = made(Heading("x"), Heading("Fees"), Table(columns, (Row(("a", "1"), True),)))
    heads = [(head.get("scope"), head.get("class")) for head in page.named("th")]
    assert heads == [("col", None), ("col", "n"), ("row", "w")]
    assert page.named("td") == [{"class": "n", "data-label": "Fee"}]
    assert page.named("tr")[1] == {"class": "marked", "aria-current": "true"}
    assert len(page.named("caption")) == 1


def test_a_stream_that_is_not_in_utf_8_gets_references() -> None:
    wide = run_cli(*VERBS["advise"], "-o", "html", "--lang", "zh")
    for encoding in ("ascii", "cp936", "latin-1"):
        done = run_cli(*VERBS["advise"], "-o", "html", "--lang", "zh", encoding=encoding)
        assert (done.out.isascii(), done.err) == (True, "")
        assert read(done.out).texts == read(wide.out).texts


# A chart: fees of 0 + 10 % and of 20, up to a spend of 400; equal at 200.
FLAT = PiecewiseLinear.line(Fraction(20))
RISING = PiecewiseLinear.line(rate=Fraction(1, 10))
JUMPING = PiecewiseLinear(
    (
        Segment(Fraction(0), Fraction(10), Fraction(0)),
        Segment(Fraction(100), Fraction(30), Fraction(0)),
    )
)


def chart(*fees: PiecewiseLinear, here: int | None = 100, cheapest: str = "cheapest") -> Chart:
    marks = [ChartMark(Fraction(amount), str(amount)) for amount in (0, 20, 40)]
    spends = [ChartMark(Fraction(amount), f"{amount:,}") for amount in (0, 200, 202, 400)]
    return Chart(
        tuple(Curve(f"plan {number}", fee) for number, fee in enumerate(fees)),
        Fraction(400),
        tuple(marks),
        tuple(spends),
        (spends[1],),
        None if here is None else ChartMark(Fraction(here), "you are here"),
        cheapest,
        "several",
        "others",
        ("1 more",),
        ("0: plan 0 0",),
    )


def test_the_places_of_a_chart() -> None:
    # 720 wide, 400 high; the longest name takes 2 x 7 + 10 at the left, letters 22 at the right,
    # 26 above and 58 below: across 24 to 698, up from 342 to 26.
    drawn = picture(chart(RISING, FLAT, cheapest="-"), BROAD)
    assert (drawn.left, drawn.right, drawn.top, drawn.bottom) == ("24", "698", "26", "342")
    assert picture(chart(RISING, FLAT), BROAD).left == "66"  # of cheapest: 8 x 7 + 10
    assert [(curve.letter, curve.points) for curve in drawn.curves] == [
        ("A", "24,342 698,26"),
        ("B", "24,184 698,184"),
    ]
    assert [tick.at for tick in drawn.fees] == ["342", "184", "26"]
    assert drawn.here == "192.5"  # a quarter of 674, and 24
    assert [(tick.at, tick.text) for tick in drawn.thresholds] == [("361", "1")]
    assert [tick.text for tick in drawn.spends] == ["0", "200", "400"]  # no room for 202
    stretches = [(part.start, part.length, part.letter) for part in drawn.cheapest]
    assert stretches == [("24", "337", "A"), ("361", "337", "B")]


def test_a_jump_is_upright_and_letters_at_one_end_are_apart() -> None:
    drawn = picture(chart(JUMPING, JUMPING, here=None, cheapest=""), NARROW)
    assert drawn.here == ""
    assert drawn.cheapest == ()
    xs = [point.partition(",")[0] for point in drawn.curves[0].points.split()]
    assert (len(xs), xs[1]) == (4, xs[2])
    first, second = (Fraction(curve.end) for curve in drawn.curves)
    assert second - first == 13


def test_a_chart_says_in_words_what_it_shows() -> None:
    out = as_html([Heading("x"), Heading("Fees"), chart(RISING, FLAT)], Language())
    page = read(out)
    pictures = [svg for svg in page.named("svg") if svg.get("role") == "img"]
    assert [svg["aria-label"] for svg in pictures] == ["Fees", "Fees"]
    assert out.count("<desc>0: plan 0 0 </desc>") == 2
    assert [text.strip() for text in page.texts["li"]] == [
        "A plan 0",
        "B plan 1",
        "1 200",
        "you are here",
        "1 more",
        "0: plan 0 0",
    ]


def test_no_word_of_a_table_is_broken_and_a_short_table_is_printed_whole() -> None:
    """Words of at most 20 cells; a longer one may be broken, else it would widen the page."""
    columns = (TableColumn("Account"), TableColumn("Plan"))
    rows = [Row((name, "Premier")) for name in ("x" * 20, "y" * 21, "生产环境账号名称二十格")]
    page = as_html([Table(columns, tuple(rows[:2]))], Language())
    assert '<div class="scroll short">' in page
    assert f'<th scope="row" class="w">{"x" * 20}</th>' in page
    assert f'<th scope="row">{"y" * 21}</th>' in page
    assert page.count('<td class="w" data-label="Plan">Premier</td>') == 2
    long = as_html([Table(columns, tuple(rows * 3))], Language())
    assert '<div class="scroll">' in long
    assert '<th scope="row">生产环境账号名称二十格</th>' in long


def test_whoever_prints_a_page_chooses_the_paper() -> None:
    """A4 and Letter alike: no size is fixed but where a PDF is made of it."""
    assert " size:" not in as_html([Sentence("x")], Language())
