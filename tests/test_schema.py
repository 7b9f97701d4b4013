"""The schema of catalogues for editors: it takes and refuses what the loader takes and refuses."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Collection, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import supportcli
from supportcli.core.amount_text import parse_amount, parse_rate
from supportcli.core.currencies import is_currency
from supportcli.core.duration import parse_duration
from supportcli.core.period import parse_date
from supportcli.core.quantity import QuantityUnit, parse_quantity
from supportcli.errors import SupportCliError
from supportcli.inputs.catalogue.conditions import _parse_span
from supportcli.inputs.catalogue.fields import is_id
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar

PACKAGE = Path(supportcli.__file__).parent
TESTS = Path(__file__).parent
SCHEMA = json.loads((PACKAGE / "schemas" / "catalogue.json").read_text(encoding="utf-8"))
DEFS = SCHEMA["$defs"]
SHIPPED = [PACKAGE.parent / "plans.yaml", *sorted((PACKAGE / "catalogues").glob("*.yaml"))]
SHAPES = [path for path in [TESTS / "cases" / "shapes.yaml"] if path.exists()]

# Every kind of entry and every shape: on spend, on a counted quantity, and in a reading's rule.
EVERYTHING = """\
id: acme
name: {en: Acme support, zh: 甲方支持, de: Acme}
currency: USD
vendor: {en: Acme, zh: 甲方}
vendor_short: {en: Acme, zh: 甲方}
about: A vendor made up for this test.
spend: One month's charges
review_after: 2027-01-31
sources:
  - {id: site, title: Price page, level: vendor, date: 2026-01-15, note: read on that day,
     url: "https://acme.example/support"}
severities:
  - {id: down, name: service down, severity_class: {is: outage, source: site}}
channels:
  - {id: mail, name: mail, targets: true, note: at night too, source: site}
  - {id: phone, name: phone, targets: "false"}
terms:
  scope: {is: pooled, text: all accounts, source: site}
  basis: {is: net, source: site}
  excludes: {text: taxes, source: site}
  counts: {text: service fees, source: site}
  minimum_term: {is: 30 days, source: site}
  proration: {is: fee, unit: second, change_day: new, text: by seconds, source: site}
  spreading: {is: by_day, source: site}
  refund: {is: none, source: site}
  tax: {is: excluded, source: site}
readings:
  - {id: added, name: added up, role: ceiling, brief: they add up, question: "Do they add up?",
     total: {sum: [monthly, usage]}, prepaid: monthly,
     support: a, source: site}
  - id: odd
    name: every shape
    support: 2
    source: site:2
    prepaid: {discount: {of: monthly, by: 20%}}
    total:
      sum:
        - {greater_of: [monthly, {flat: "1,000"}, usage]}
        - {lesser_of: [monthly, {percent: 3%}]}
        - {line: {base: 5, rate: 0.01}}
        - {excess: {over: 1000, rate: 1%}}
        - {graduated: [{up_to: 1000, rate: 2%}, {rate: 1%}]}
        - {volume: [{below: 1000, rate: 1%}, {rate: 2%}]}
        - {tiers: [{up_to: 1000, base: 1, rate: 1%}, {base: 11, rate: 2%}]}
        - monthly
default_reading: odd
likeliest_reading: added
quantities:
  - {id: seats, name: seats, unit: count}
  - {id: support-hours, name: hours, unit: hours}
  - {id: marketplace, name: marketplace, unit: money}
plans:
  - {id: free, name: Free, tier: 1, fee: free, fee_text: nothing, valid_to: 2025-12-31,
     valid_from: 2020-01-01, closed_to_new: 2025-06-30, successor: pro, source: site}
  - {id: secret, name: Secret, tier: 2, fee: unknown, terms: unknown, source: site}
  - id: pro
    name: Pro
    short: Pro
    gets: an answer within ten minutes
    tier: 3
    fee: {monthly: {flat: 100}, usage: {percent: 7%}}
    fee_text: 100 and 7%
    source: site:3
    history:
      - until: 2024-12-31
        fee:
          monthly:
            sum:
              - {line: {base: 50, rate: 7.5%}}
              - {excess: {over: 1000, rate: 1%}}
              - {discount: {of: {percent: 1%}, by: 20%}}
          usage:
            greater_of:
              - {graduated: [{up_to: 1000, rate: 2%}, {rate: 1%}]}
              - {volume: [{below: 1000, rate: 1%}, {rate: 2%}]}
              - {tiers: [{up_to: 1000, base: 1, rate: 1%}, {base: 11, rate: 0}]}
              - {lesser_of: [{flat: 9}, {percent: 1%}]}
        fee_text: dearer
        source: site
    included: {support-hours: 12.5}
    extras:
      - {id: set-up, name: set-up, price: {flat: 200}, per: year, prepaid: true, source: site}
      - {id: market, name: marketplace, quantity: marketplace, price: {percent: 5%}, source: site}
      - {id: packs, name: packs, quantity: seats, price: {each: 10}, pack: 10, source: site}
      - id: seats
        name: seats
        quantity: seats
        optional: true
        per: month
        source: site
        price:
          sum:
            - {line: {base: 50, each: 7.5}}
            - {excess: {over: 5, each: 1}}
            - {discount: {of: {each: 1}, by: 20%}}
            - greater_of:
                - {graduated: [{up_to: 10, each: 2}, {each: 1}]}
                - {volume: [{below: 10, each: 1}, {each: 2}]}
                - {tiers: [{up_to: 10, base: 1, each: 1}, {base: 11, each: 0}]}
                - {lesser_of: [{flat: 9}, {each: 1}]}
    terms: {minimum_term: {is: 1 month, source: site}}
    channels: {mail: true, phone: false}
    response:
      - {channel: mail, severity: down, target: 10m, hours: 24x7, engineers: senior, limit: urgent,
         note: fast, source: site}
      - {channel: mail, target: unknown, source: site}
    tam:
      {kind: add_on, note: dearer, dedicated_extra: true, assumed: true,
       contested: false, source: site}
    limits:
      - {id: urgent, per_month: 10, text: ten urgent cases, source: site}
    availability: {text: may be gone, since: 2026-06-16, source: site}
  - id: gold
    name: Gold
    tier: 4
    fee: {monthly: {flat: 200}, usage: {percent: 7%}}
    like: {plan: pro, assumption: guess}
    apart: add_on
    source: site
content:
  - {id: docs, name: documentation, plans: {free: all of it, pro: {en: all of it}}, source: site}
services:
  - id: review
    name: yearly review
    aliases: [audit]
    plans: {free: not_included, pro: {is: limited, note: twice a year, assumed: true}}
    source: site
facts:
  - {id: billing, title: Billing, items: [Paid monthly.], shown: [Never late.], source: site}
open_points:
  - {id: guess, kind: assumption, text: Gold is like Pro., brief: a guess, confirm: Gold's service,
     plans: [gold], headline: true, source: site}
examples:
  - {plan: pro, reading: added, spend: 1000, quantities: {seats: 25, marketplace: 100}, fee: 170,
     as_of: 2026-01-01, worked: 100 + 70, source: site}
"""

ONE_PLAN = """\
id: acme
name: Acme support
currency: USD
quantities: [{{id: seats, name: seats}}]
plans: [{{id: pro, name: Pro, tier: 1, fee: {fee}, extras: [{extra}]}}]
"""

# Files in tests/errors that are wrong in what an editor can see, and where.
WRONG = {
    "amount-negative": "$.plans[1].fee",
    "amount-percent": "$.plans[1].fee",
    "amount-two-points": "$.plans[1].fee",
    "brackets-none": "$.plans[1].fee",
    "brackets-not-a-list": "$.plans[1].fee",
    "currency-lower-case": "$.currency",
    "currency-unknown": "$.currency",
    "date-day-first": "$.sources[0].date",
    "duration-half-hour": "$.plans[0].response[0].target",
    "duration-no-unit": "$.plans[0].response[0].target",
    "fee-bare-number": "$.plans[1].fee",
    "fee-bare-word": "$.plans[1].fee",
    "fee-bare-word-in-sum": "$.plans[1].fee",
    "fee-empty-mapping": "$.plans[1].fee",
    "fee-sum-of-one": "$.plans[1].fee",
    "fee-two-shapes": "$.plans[1].fee",
    "field-empty-channels": "$.channels[0]",
    "field-empty-plans": "$.plans",
    "field-empty-quotes": "$.plans[1].name",
    "field-missing": "$.plans[1]",
    "field-missing-currency": "$",
    "field-missing-in-fee": "$.plans[1].fee",
    "field-missing-in-reading": "$.readings[0]",
    "field-missing-plans": "$",
    "field-unknown-cyrillic-look-alike": "$.plans[1].fee",
    "field-unknown-shape": "$.plans[1].fee",
    "file-list": "$",
    "file-scalar": "$",
    "kind-id-with-capitals": "$.plans[1].id",
    "kind-language-not-two-letters": "$.name",
    "kind-level-unknown": "$.sources[0].level",
    "kind-list-for-mapping": "$.plans[1].fee",
    "kind-list-for-text": "$.plans[1].name",
    "kind-mapping-for-amount": "$.plans[1].fee",
    "kind-mapping-for-list": "$.sources",
    "kind-text-for-list": "$.channels",
    "kind-text-for-plan": "$.plans[0]",
    "kind-tier-not-whole": "$.plans[1].tier",
    "rate-above-one": "$.plans[1].fee",
    "rate-above-one-hundred": "$.plans[1].fee",
    "rate-seven": "$.plans[1].fee",
}

# How single values are written, some of them wrongly.
TEXTS = """\
0;5000;12,500.00;1.2万;3亿;¥12,500;12500元;US$5;USD5;USD 5;5 USD;５０００;５，０００．５;.5;12.5;
1.0;1.0000000;-29;10%;12345678901234;1.234.567;1,23;1e3;0x1F;.inf;no;12:30;1_000;5 000;$;;1;7;
0.07;.07;７％;2.5%;10 %;100%;100.5%;110%;-1%;1.1;%;10m;10 m;16h;24bh;1d;2H;0m;1.5h;24;
123456h;d;2026-12-31;2026-13-01;2026-00-10;31-01-2026;2026/02/03;2026-1-1;pro;pro-2;Pro;pro-;-pro;
p_ro;pró;24x7;30 days;1 month;7 months;0 days;1 year; """.replace("\n", "").split(";")


TRUTH, DATE = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"


class EditorLoader(yaml.SafeLoader):
    """Values as the YAML language server has them: `off` is a name, a date is text (YAML 1.2)."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag not in (TRUTH, DATE)]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver(TRUTH, re.compile("^(?:true|false)$"), list("tf"))


def as_text(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


def as_values(text: str) -> Any:
    return yaml.load(text, EditorLoader)


BOTH = pytest.mark.parametrize("read", [as_text, as_values])


def refused(value: Any, schema: dict[str, Any] = SCHEMA) -> list[str]:
    """Where the value does not fit; the schema may be a piece of ours."""
    whole = Draft202012Validator({**schema, "$defs": DEFS})
    return sorted({error.json_path for error in whole.iter_errors(value)})


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    target = DEFS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}
    return {**target, **schema}


def fields_of_all() -> Iterator[Any]:
    for name, definition in {"catalogue": SCHEMA, **DEFS}.items():
        fields = definition.get("properties", {})
        for field, schema in [*fields.items(), *definition.get("patternProperties", {}).items()]:
            yield pytest.param(schema, id=f"{name}.{field}")
            if isinstance(schema.get("additionalProperties"), dict):
                yield pytest.param(schema["additionalProperties"], id=f"{name}.{field}.*")


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    path = tmp_path / "everything.yaml"
    path.write_text(EVERYTHING, encoding="utf-8")
    return path


@BOTH
@pytest.mark.parametrize("path", [*SHIPPED, *SHAPES], ids=lambda path: path.stem)
def test_every_catalogue_fits(path: Path, read: Callable[[str], Any]) -> None:
    assert refused(read(path.read_text(encoding="utf-8"))) == []


@BOTH
def test_a_catalogue_of_everything_fits(read: Callable[[str], Any]) -> None:
    assert refused(read(EVERYTHING)) == []


@BOTH
@pytest.mark.parametrize(("name", "place"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_does_not_fit(name: str, place: str, read: Callable[[str], Any]) -> None:
    text = (TESTS / "errors" / f"{name}.yaml").read_text(encoding="utf-8")
    assert refused(read(text)) == [place]


@pytest.mark.parametrize("name", ["field-empty-nothing", "field-empty-null", "field-empty-tilde"])
def test_nothing_does_not_fit(name: str) -> None:
    text = (TESTS / "errors" / f"{name}.yaml").read_text(encoding="utf-8")
    assert refused(as_values(text)) == ["$.plans[1].name"]


@BOTH
@pytest.mark.parametrize(
    ("fee", "extra", "place"),
    [
        ("{each: 5}", "", "$.plans[0].fee"),
        ("{line: {base: 5, each: 5}}", "", "$.plans[0].fee"),
        ("{annual: 5%}", "", "$.plans[0].fee"),
        ("{by_reading: {published: {flat: 5}}, monthly: {flat: 5}}", "", "$.plans[0].fee"),
        (
            "free",
            "{id: a, name: a, quantity: seats, price: {sum: [{each: 1}, {percent: 1%}]}}",
            "$.plans[0].extras[0].price",
        ),
        ("free", "{id: a, name: a, price: {flat: 5}, pack: 0}", "$.plans[0].extras[0].pack"),
        ("free", "{id: a, name: a, price: {flat: 5}, per: week}", "$.plans[0].extras[0].per"),
    ],
)
def test_a_wrong_fee_does_not_fit_and_does_not_load(
    fee: str, extra: str, place: str, read: Callable[[str], Any], tmp_path: Path
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(ONE_PLAN.format(fee=fee, extra=extra), encoding="utf-8")
    assert refused(read(path.read_text(encoding="utf-8"))) == [place]
    with pytest.raises(SupportCliError):
        load_catalogue(path)


def test_the_schema_names_the_fields_that_the_loader_knows(
    everything: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[int, tuple[Node, frozenset[str], frozenset[str]]] = {}
    original = Reader.fields

    def recorded(
        self: Reader, node: Node, known: Collection[str], required: Collection[str] = ()
    ) -> dict[str, Node]:
        asked[id(node)] = (node, frozenset(known), frozenset(required))
        return original(self, node, known, required)

    monkeypatch.setattr(Reader, "fields", recorded)
    named: set[str] = set()
    for path in [*SHIPPED, everything]:
        asked.clear()
        load_catalogue(path)
        root = next(iter(asked.values()))[0]
        described = definitions_by_node(SCHEMA, root, "catalogue")
        for node, known, required in asked.values():
            names = described.get(id(node), set())
            fitting = {name for name in names if fields_of(name) == (known, required)}
            assert fitting, f"{path.name}:{node.line}: {names} but {sorted(known)}"
            named |= fitting
    closed = {name for name, schema in DEFS.items() if schema.get("additionalProperties") is False}
    assert named == {"catalogue", *closed} - {"by_reading", "languages"}  # these have free names


def test_the_schema_names_the_words_that_the_loader_knows(
    everything: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[frozenset[str]] = set()
    original = Reader.choice

    def recorded(self: Reader, node: Node | None, known: Collection[str]) -> str | None:
        asked.add(frozenset(known))
        return original(self, node, known)

    monkeypatch.setattr(Reader, "choice", recorded)
    load_catalogue(everything)
    fields = [field for schema in DEFS.values() for field in schema.get("properties", {}).values()]
    lists = [way["items"] for field in fields for way in field.get("anyOf", ()) if "items" in way]
    assert asked == {frozenset(field["enum"]) for field in (*fields, *lists) if "enum" in field}


def fields_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    schema = SCHEMA if name == "catalogue" else DEFS[name]
    assert schema["additionalProperties"] is False
    return frozenset(schema["properties"]), frozenset(schema.get("required", ()))


def definitions_by_node(schema: dict[str, Any], node: Node, name: str) -> dict[int, set[str]]:
    """The definitions that hold for each mapping in the tree, by the mapping's identity."""
    found: dict[int, set[str]] = {}
    todo = [(schema, node, name)]
    while todo:
        schema, node, name = todo.pop()
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
        schema = resolved(schema)
        branches = schema.get("anyOf", ())
        if "if" in schema:
            branches = [schema["else" if refused(plain(node), schema["if"]) else "then"]]
        todo.extend((one, node, name) for one in branches if not refused(plain(node), one))
        if isinstance(node, Items) and "items" in schema:
            todo.extend((schema["items"], item, name) for item in node.items)
        elif isinstance(node, Fields) and not branches:
            found.setdefault(id(node), set()).add(name)
            others = schema.get("additionalProperties") or {}
            known = schema.get("properties", {})
            todo.extend((known.get(key.text, others), value, name) for key, value in node.entries)
    return found


def plain(node: Node) -> Any:
    match node:
        case Fields():
            return {key.text: plain(value) for key, value in node.entries}
        case Items():
            return list(map(plain, node.items))
        case Scalar():
            return node.text
        case _:
            raise AssertionError(node)


def taken(parse: Callable[[str], object], text: str) -> bool:
    try:
        return bool(parse(text)) or True
    except SupportCliError:
        return False


@pytest.mark.parametrize(
    ("name", "parse"),
    [
        ("amount", lambda text: parse_amount(text, "CNY" if {*text} & {*"¥元"} else "USD")),
        ("number", lambda text: parse_quantity(text, QuantityUnit.HOURS, "USD")),
        ("rate", parse_rate),
        ("duration", parse_duration),
        ("date", parse_date),
        ("span", _parse_span),
    ],
)
def test_a_single_value_fits_where_its_parser_takes_it(
    name: str, parse: Callable[[str], object]
) -> None:
    fitting = [text for text in TEXTS if not refused(text, DEFS[name])]
    assert fitting == [text for text in TEXTS if taken(parse, text)]


def test_minutes_may_be_written_out() -> None:
    assert not refused("90 min", DEFS["duration"])
    assert parse_duration("90 min") == parse_duration("90m")


def test_an_id_fits_where_the_loader_takes_it() -> None:
    assert [text for text in TEXTS if not refused(text, DEFS["id"])] == list(filter(is_id, TEXTS))


def test_the_currencies_are_those_that_we_know() -> None:
    codes = map("".join, product(string.ascii_uppercase, repeat=3))
    assert DEFS["currency"]["enum"] == list(filter(is_currency, codes))


def test_the_schema_is_one_and_is_read_without_the_network() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    text = json.dumps(SCHEMA)
    assert "$id" not in SCHEMA
    assert [ref for ref in re.findall('"\\$ref": "([^"]*)"', text) if "://" in ref] == []
    assert SCHEMA["$schema"].startswith("https://json-schema.org/")


@BOTH
@pytest.mark.parametrize("schema", list(fields_of_all()))
def test_every_field_says_how_it_is_written(
    schema: dict[str, Any], read: Callable[[str], Any]
) -> None:
    said, _, example = schema["description"].partition("; write it like ")
    assert said[0].isupper()
    assert example
    assert refused(read(example), schema) == []
