"""The catalogue loader: what it accepts, what it refuses and in which words, what it survives."""

import hashlib
import os
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.catalogue import Catalogue, PointKind
from supportcli.core.duration import Duration
from supportcli.core.piecewise import PiecewiseLinear, lesser
from supportcli.core.plan import Plan, Tam
from supportcli.errors import CatalogueError, ExitCode
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.strict_yaml import tree as yaml_tree
from tests.conftest import Golden

ERRORS = Path(__file__).parent / "errors"
MIB = 1024 * 1024

MINIMAL = """\
id: acme
name: Acme support
currency: USD
about: A vendor made up for this test.
spend: One month's charges
sources:
  - {id: site, title: Price page, level: vendor}
severities:
  - {id: down, name: service down}
channels:
  - {id: mail, name: mail, targets: true}
plans:
  - id: pro
    name: Pro
    tier: 1
    fee: {flat: 29}
    source: site:2
"""

FULL = """\
id: acme
name: {en: Acme support, zh: 甲方支持}
currency: USD
about: {zh: 仅供测试}
spend: One month's charges
review_after: 2027-01-31
sources:
  - {id: site, title: Price page, level: vendor, date: 2026-01-15}
severities:
  - {id: down, name: service down}
channels:
  - {id: mail, name: mail, targets: true}
  - {id: phone, name: phone, targets: false}
readings:
  - {id: added, name: added up, total: {sum: [monthly, usage]}, prepaid: monthly, support: a,
     source: site}
  - {id: least, name: at least, total: {greater_of: [monthly, usage]}, support: b, source: site}
default_reading: least
open_points:
  - {id: guess, kind: assumption, text: As Pro., plans: [gold], headline: true, source: site}
plans:
  - id: gold
    name: Gold
    tier: 3
    fee: {monthly: {flat: 100}, usage: {percent: 7%}}
    source: site:3
    like: {plan: pro, assumption: guess}
  - id: free
    name: Free
    tier: 1
    fee: free
    source: site
  - id: pro
    name: Pro
    tier: 2
    fee: {monthly: {flat: 29}, usage: {graduated: [{up_to: 10000, rate: 10%}, {rate: 0.07}]}}
    source: site:2
    channels: {mail: true, phone: false}
    response:
      - {channel: mail, severity: down, target: 8bh, limit: urgent, source: site}
    tam: {kind: pool, source: site}
    limits:
      - {id: urgent, per_month: 10, text: ten urgent cases, source: site}
    availability: {text: may be gone, since: 2026-06-16, source: site}
content:
  - {id: docs, name: documents, source: site, plans: {pro: all, gold: all}}
facts:
  - {id: terms, title: Terms, source: site, items: [Paid monthly.], shown: [Read this.]}
"""

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write plans.yaml into the current folder, an empty one, so that messages hold no path."""
    monkeypatch.chdir(tmp_path)

    def to_file(content: str | bytes) -> Path:
        path = Path("plans.yaml")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file


def with_fee(fee: str) -> str:
    return MINIMAL.replace("{flat: 29}", fee)


def mistakes(path: Path | str) -> list[str]:
    """What the loader says about the file, a line for each mistake."""
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    assert caught.value.exit_code is ExitCode.CATALOGUE
    return [str(problem) for problem in caught.value.problems]


def total(plan: Plan, reading: str = "published") -> PiecewiseLinear:
    assert plan.fees is not None
    return plan.fees[reading].total


# The gallery: one mistake a file, and the words it earns


@pytest.mark.parametrize("path", sorted(ERRORS.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_mistake_is_explained(
    path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ERRORS)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path.name)
    golden(f"../errors/{path.stem}.txt", f"{caught.value}\n")


@pytest.mark.parametrize("path", sorted(ERRORS.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_mistake_is_found_without_libyaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", yaml.BaseLoader)
    assert mistakes(path)


def test_the_gallery_has_words_for_each_file_and_no_others() -> None:
    assert {p.stem for p in ERRORS.glob("*.txt")} == {p.stem for p in ERRORS.glob("*.yaml")}


def test_many_mistakes_are_told_up_to_a_hundred(write: Write) -> None:
    unknown = "".join(f"zz{number}: x\n" for number in range(130))
    told = mistakes(write(MINIMAL + unknown))
    assert len(told) == 101
    assert told[0].startswith("plans.yaml:18:1: unknown field 'zz0'; the fields here are: id, ")
    assert told[-1] == "plans.yaml: and 30 more"


# Hostile files


def bomb(levels: int, line: Callable[[int], str]) -> str:
    return "".join(line(level) for level in range(levels))


CONTENTS = {
    "Y1 alias bomb": (
        bomb(9, lambda n: f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 9)}]\n"),
        ":1:5: an anchor (&) is not read; write the value out",
    ),
    "Y2 merge-key bomb": (
        "a: {<<: {b: 1}}\n",
        ":1:5: a merge key (<<) is not read; write the fields out",
    ),
    "Y3 brackets": ("[" * 100_000, ":1:21: nested deeper than 20 levels; make it flatter"),
    "Y3 brackets behind a name": (
        f"id: 名\nname: {'[' * 2000}",
        ":2:26: nested deeper than 20 levels; make it flatter",
    ),
    "Y3 brackets, all closed": (
        "[" * 1001 + "]" * 1001,
        ":1:21: nested deeper than 20 levels; make it flatter",
    ),
    "Y3 brackets and braces": (
        "[{a: " * 2000,
        ":1:51: nested deeper than 20 levels; make it flatter",
    ),
    "Y3 braces": ("{a: " * 20_000, ":1:81: nested deeper than 20 levels; make it flatter"),
    "Y3 items on one line": ("- " * 20_000, ":1:41: nested deeper than 20 levels; make it flatter"),
    "Y4 larger than 1 MiB": (
        b"#" * (MIB + 1),
        ": is larger than 1 MiB, the most that is read; make it smaller",
    ),
    "Y10 a million hexadecimal digits": (
        "id: 0x" + "f" * 1_000_000,
        ":1:5: longer than 1000 characters; shorten it",
    ),
    "Y11 GBK": (
        MINIMAL.replace("Acme support", "甲方支持").encode("gbk"),
        ":2: byte 15 is not UTF-8 (it looks like GBK); save the file as UTF-8",
    ),
    "Y11 Latin-1": (
        MINIMAL.replace("Acme support", "Caf\u00e9").encode("latin-1"),
        ":2: byte 18 is not UTF-8 (it looks like Latin-1); save the file as UTF-8",
    ),
    "Y11 UTF-16": (
        MINIMAL.encode("utf-16"),
        ": is not UTF-8 (it looks like UTF-16); save it as UTF-8",
    ),
    "Y11 UTF-16, big end first": (
        b"\xfe\xff" + MINIMAL.encode("utf-16-be"),
        ": is not UTF-8 (it looks like UTF-16); save it as UTF-8",
    ),
    "Y11 a byte-order mark inside": (
        MINIMAL.replace("spend: One", "\ufeffspend: One"),
        ":5:1: holds the control character U+FEFF; remove it",
    ),
    "Y20 an alias to itself": (
        "&a [1, *a]",
        ":1:1: an anchor (&) is not read; write the value out",
    ),
    "binary": (
        bytes(range(256)) * 8,
        ": is not a text file; give the path of a YAML file",
    ),
    "a spreadsheet": (
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        ": is not a text file; give the path of a YAML file",
    ),
}


@pytest.mark.parametrize(("content", "words"), CONTENTS.values(), ids=CONTENTS)
def test_hostile_content_earns_one_clear_line(
    write: Write, content: str | bytes, words: str
) -> None:
    assert mistakes(write(content)) == [f"plans.yaml{words}"]


def test_a_file_of_exactly_one_mebibyte_is_read(write: Write) -> None:
    filler = "#" * (MIB - len(MINIMAL) - 1) + "\n"
    assert load_catalogue(write(filler + MINIMAL)).id == "acme"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(write: Write) -> None:
    plain = load_catalogue(write(FULL))
    dressed = load_catalogue(write(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()))
    assert without_hash(dressed) == without_hash(plain)


def test_a_missing_file(write: Write) -> None:
    write(MINIMAL)
    assert mistakes("no/plans.yaml") == ["no/plans.yaml: there is no such file; check the path"]


def test_a_word_that_is_neither_a_catalogue_nor_a_file(write: Write) -> None:
    write(MINIMAL)
    assert mistakes("alibaba") == [
        "there is no catalogue 'alibaba'; did you mean alibaba-cloud-cn?"
    ]
    [told] = mistakes("acme")
    assert told == (
        "there is no catalogue 'acme'; the shipped ones are: alibaba-cloud-cn, aiven, aws, azure, "
        "cloud-digit, cloud-gov, google-cloud, huawei-cloud-intl, ibm-cloud, scaleway, vshn, "
        "yandex-cloud; "
        "or give the path of a YAML file"
    )


def test_a_file_named_like_a_catalogue_is_read_from_the_current_folder(write: Write) -> None:
    write(MINIMAL).rename("acme")
    assert load_catalogue("acme").id == "acme"


NOT_A_FILE = "is not a file; give the path of a YAML file"


def test_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plans.yaml").mkdir()
    assert mistakes("plans.yaml") == [f"plans.yaml: {NOT_A_FILE}"]


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("plans.yaml")
    assert mistakes("plans.yaml") == [f"plans.yaml: {NOT_A_FILE}"]


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device(device: str) -> None:
    assert mistakes(device) == [f"{device}: {NOT_A_FILE}"]


def test_a_link_to_a_file_is_followed(write: Write) -> None:
    Path("link.yaml").symlink_to(write(MINIMAL))
    assert load_catalogue("link.yaml").id == "acme"


def test_a_link_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plans.yaml").symlink_to("gone.yaml")
    assert mistakes("plans.yaml") == ["plans.yaml: there is no such file; check the path"]


def test_a_link_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plans.yaml").symlink_to("plans.yaml")
    told = mistakes("plans.yaml")
    assert told == ["plans.yaml: cannot be read (its links lead in a circle)"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(write: Write) -> None:
    path = write(MINIMAL)
    path.chmod(0)
    assert mistakes(path) == ["plans.yaml: cannot be read (Permission denied)"]


def test_names_that_no_file_can_have() -> None:
    assert mistakes("a\0b.yaml")[0].endswith(": cannot be read (the name cannot be used)")
    assert mistakes("x" * 5000 + ".yaml")[0].endswith(": cannot be read (the name is too long)")


# What it accepts


def test_the_smallest_catalogue_has_one_reading_the_fee_as_published(write: Write) -> None:
    catalogue = load_catalogue(write(MINIMAL))
    assert [reading.id for reading in catalogue.readings] == ["published"]
    assert catalogue.default_reading == catalogue.likeliest_reading == "published"
    assert [r.id for r in catalogue.headline_readings("published")] == ["published"]
    [plan] = catalogue.plans
    assert plan.fees is not None
    assert plan.fees["published"].total == PiecewiseLinear.line(Fraction(29))
    assert plan.fees["published"].prepaid is None
    assert (plan.tam.kind, plan.levels, plan.limits) == (Tam.UNKNOWN, (), ())
    assert (catalogue.review_after, catalogue.content, catalogue.facts) == (None, (), ())


def test_everything_that_can_be_said_is_read(write: Write) -> None:
    catalogue = load_catalogue(write(FULL))
    assert [plan.id for plan in catalogue.plans] == ["free", "pro", "gold"]
    assert catalogue.review_after == date(2027, 1, 31)
    assert (catalogue.default_reading, catalogue.likeliest_reading) == ("least", "least")
    pro = catalogue.plan("pro")
    assert pro.channels == {"mail": True, "phone": False}
    [level] = pro.levels
    assert (level.channel, level.severity, level.limit) == ("mail", "down", "urgent")
    assert level.target == Duration(480, business=True)
    assert pro.tam.kind is Tam.POOL
    assert pro.availability is not None
    assert pro.availability.since == date(2026, 6, 16)
    assert (pro.cite.source, pro.cite.where) == ("site", "2")
    [limit] = pro.limits
    assert (limit.id, limit.per_month) == ("urgent", 10)
    [point] = catalogue.open_points
    assert (point.kind, point.plans, point.headline) == (PointKind.ASSUMPTION, ("gold",), True)
    assert set(catalogue.content[0].by_plan) == {"pro", "gold"}
    assert str(catalogue.facts[0].shown[0]) == "Read this."


def test_a_plan_that_is_like_another_takes_over_its_service_not_its_fee(write: Write) -> None:
    catalogue = load_catalogue(write(FULL))
    gold, pro = catalogue.plan("gold"), catalogue.plan("pro")
    assert gold.channels == pro.channels
    assert gold.levels == tuple(level._replace(assumed=True) for level in pro.levels)
    assert gold.tam == pro.tam._replace(assumed=True)
    assert gold.limits == pro.limits  # the quota that a level taken over holds within
    assert gold.availability is None
    assert total(gold, "added")(Fraction(1000)) == 170


def test_a_free_plan_costs_nothing_under_every_reading(write: Write) -> None:
    free = load_catalogue(write(FULL)).plan("free")
    nothing = PiecewiseLinear.line()
    assert free.fees is not None
    assert {key: (fee.total, fee.prepaid) for key, fee in free.fees.items()} == {
        "added": (nothing, nothing),
        "least": (nothing, nothing),
    }


def test_a_price_that_is_unknown_is_never_zero(write: Write) -> None:
    [plan] = load_catalogue(write(with_fee("unknown"))).plans
    assert (plan.fees, plan.published) == (None, None)


@pytest.mark.parametrize(
    ("spend", "added", "least"),
    [
        (0, 29, 29),
        (290, 58, 29),
        (291, Fraction("58.1"), Fraction("29.1")),
        (10_000, 1029, 1000),
        (20_000, 1729, 1700),
    ],
)
def test_readings_join_the_parts_of_the_fee(
    write: Write, spend: int, added: Fraction, least: Fraction
) -> None:
    pro = load_catalogue(write(FULL)).plan("pro")
    assert (total(pro, "added")(Fraction(spend)), total(pro, "least")(Fraction(spend))) == (
        added,
        least,
    )


@pytest.mark.parametrize(
    ("fee", "spend", "expected"),
    [
        ("{flat: 010}", 0, Fraction(10)),
        ("{flat: 007.50}", 0, Fraction(15, 2)),
        ("{flat: 1.10}", 0, Fraction(11, 10)),
        ("{flat: 0.1}", 0, Fraction(1, 10)),
        ('{flat: "12,500.00"}', 0, Fraction(12_500)),
        ("\n      flat: 12,500", 0, Fraction(12_500)),
        ("{flat: $29}", 0, Fraction(29)),
        ("{flat: 999999999999.99}", 0, Fraction(99_999_999_999_999, 100)),
        ("{percent: 0.07}", 1, Fraction(7, 100)),
        ("{percent: 7%}", 1, Fraction(7, 100)),
        ("{percent: 2.5%}", 1, Fraction(25, 1000)),
        ("{percent: 0.000001}", 1, Fraction(1, 10**6)),
        ("{percent: 100%}", 3, Fraction(3)),
        ("{line: {base: 29, rate: 3%}}", 100, Fraction(32)),
        ("{excess: {over: 1000, rate: 3%}}", 1500, Fraction(15)),
        ("{excess: {over: 1000, rate: 3%}}", 1000, Fraction(0)),
        ("{volume: [{below: 10000, rate: 10%}, {rate: 7%}]}", 10_000, Fraction(700)),
        ("{graduated: [{up_to: 10000, rate: 10%}, {rate: 7%}]}", 10_001, Fraction("1000.07")),
        ("{sum: [{flat: 1}, {flat: 2}, {flat: 4}]}", 0, Fraction(7)),
        ("{greater_of: [{flat: 29}, {percent: 3%}]}", 1000, Fraction(30)),
        ("{lesser_of: [{flat: 29}, {percent: 3%}, {flat: 20}]}", 1000, Fraction(20)),
        ("{lesser_of: [{flat: 50}, {sum: [{flat: 9}, {percent: 1%}]}]}", 1000, Fraction(19)),
    ],
)
def test_fees_are_exact(write: Write, fee: str, spend: int, expected: Fraction) -> None:
    [plan] = load_catalogue(write(with_fee(fee))).plans
    assert total(plan)(Fraction(spend)) == expected


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        ("Acme support", "Acme support", "Acme support"),
        ("{en: Acme, zh: 甲方}", "Acme", "甲方"),
        ("{zh: 甲方}", "甲方", "甲方"),
        ("{en: Acme}", "Acme", "Acme"),
        ("{fr: Société, en: Acme}", "Acme", "Acme"),
        ('"no"', "no", "no"),
        ("no", "no", "no"),
        ('"~"', "~", "~"),
        ("1_000", "1_000", "1_000"),
        ('"two\\nlines"', "two\nlines", "two\nlines"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
    ],
)
def test_words_are_plain_or_in_one_or_more_languages(
    write: Write, words: str, en: str, zh: str
) -> None:
    name = load_catalogue(write(MINIMAL.replace("Acme support", words))).name
    assert (name.in_language("en"), name.in_language("zh")) == (en, zh)


def test_the_catalogue_knows_the_hash_of_its_file(write: Write) -> None:
    assert load_catalogue(write(FULL)).sha256 == hashlib.sha256(FULL.encode()).hexdigest()


@pytest.mark.parametrize("content", [MINIMAL, FULL], ids=["minimal", "full"])
def test_without_libyaml_the_catalogue_is_the_same(
    write: Write, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = load_catalogue(write(content))
    monkeypatch.setattr(yaml_tree, "_LOADER", yaml.BaseLoader)
    assert load_catalogue(write(content)) == with_it


def test_without_libyaml_the_shipped_catalogue_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = load_catalogue()
    monkeypatch.setattr(yaml_tree, "_LOADER", yaml.BaseLoader)
    assert load_catalogue() == with_it


# Anything at all either loads, and then holds together, or is refused in words


def without_hash(catalogue: Catalogue) -> Catalogue:
    return catalogue._replace(file=b"")


def assert_sound(catalogue: Catalogue) -> None:
    """What every other part of the program relies on."""
    readings = [reading.id for reading in catalogue.readings]
    assert catalogue.default_reading in readings
    assert catalogue.likeliest_reading in readings
    assert catalogue.plans
    assert len({plan.tier for plan in catalogue.plans}) == len(catalogue.plans)
    for plan in catalogue.plans:
        assert plan.cite.source in ["", *(source.id for source in catalogue.sources)]
        assert plan.fees is None or list(plan.fees) == readings
        for fee in (plan.fees or {}).values():
            assert fee.prepaid is None or lesser(fee.prepaid, fee.total) == fee.prepaid
            assert fee.total(Fraction(0)) >= 0
        for level in plan.levels:
            assert catalogue.channel(level.channel)
            assert level.severity is None or catalogue.severity(level.severity)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "plans.yaml"


def check_loads_or_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    problems: list[str] | None = None
    try:
        assert_sound(load_catalogue(path))
    except CatalogueError as error:
        problems = list(map(str, error.problems))
    assert problems != []
    for problem in problems or []:
        assert problem.startswith(str(path))
        assert not {"Cc", "Cs"} & set(map(unicodedata.category, problem))


quick = settings(deadline=None, max_examples=200)
LOADERS = pytest.mark.parametrize(
    "loader", [yaml_tree._LOADER, yaml.BaseLoader], ids=["libyaml", "pure-python"]
)
FULL_BYTES = FULL.encode()


@LOADERS
def test_any_change_of_one_byte_loads_or_is_refused(
    scratch: Path, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)

    @quick
    @given(st.integers(0, len(FULL_BYTES) - 1), st.integers(0, 255))
    def check(place: int, byte: int) -> None:
        changed = FULL_BYTES[:place] + bytes([byte]) + FULL_BYTES[place + 1 :]
        check_loads_or_is_refused(scratch, changed)

    check()


SCALARS = [word for word in FULL.replace("{", " ").replace("}", " ").split() if word.isalnum()]
ODD = st.sampled_from(
    "~ null [] {} [[]] {a: b} '' \"\" - ? : :: ! !! & * << <<: | > % @ ` # --- ... "
    "0 -1 1e999999999 .nan .inf 0x1F 010 12:30 1_000 10% 700% 9999999999999 2024-02-30 yes no "
    '"\\0" "\\U99999999" "\\ud800" "\\x" !!int !!timestamp'.split()
)


@pytest.mark.slow
@LOADERS
def test_any_value_in_any_place_loads_or_is_refused(
    scratch: Path, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)

    @quick
    @given(st.sampled_from(SCALARS), ODD | st.text(max_size=12))
    def check(word: str, other: str) -> None:
        changed = FULL.replace(word, other, 1)
        check_loads_or_is_refused(scratch, changed.encode("utf-8", "surrogatepass"))

    check()


@LOADERS
def test_any_text_or_bytes_are_refused(
    scratch: Path, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)
    tokens = st.lists(ODD | st.sampled_from([" ", "\n", "\t", "\n- ", "\n  ", ": ", ", "]))

    @quick
    @given(st.text().map(str.encode) | st.binary() | tokens.map("".join).map(str.encode))
    def check(content: bytes) -> None:
        check_loads_or_is_refused(scratch, content)

    check()
