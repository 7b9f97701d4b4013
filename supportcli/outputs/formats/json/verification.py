"""Whether a quote's figures are right, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.advice.quotation import Quotation
from supportcli.advice.verification import Difference, Moved, Printed, Today, Verified
from supportcli.language import Language
from supportcli.outputs.formats.json.quotation import figures_json
from supportcli.outputs.formats.json.values import Json, amount, day, document


def verification_json(found: Verified, language: Language) -> Json:
    """The verdict; every figure that is wrong; what the catalogue of today makes of it."""
    return document(
        "verify",
        {
            "number": found.number,
            "right": found.right,
            "whole": found.whole,
            "sealed": found.sealed,
            "wrong": _wrong(found.wrong),
            "page": found.printed and _page(found.printed),
            "changed_lines": list(found.changed),
            "expired": day(found.expired),
            "today": found.today and _today(found, found.today, language),
        },
    )


def _wrong(wrong: Iterable[Difference]) -> list[Json]:
    return [{"where": one.where, "stated": one.stated, "computed": one.computed} for one in wrong]


def _page(printed: Printed) -> Json:
    return {
        "compared": printed.figures,
        "wrong": _wrong(printed.wrong),
        "same_text": printed.alike,
        "made_whole": printed.whole,
    }


def _today(found: Verified, today: Today, language: Language) -> Json:
    costs = figures_json(today.quoted, language)["costs"] if today.quoted else None
    return {
        "id": today.catalogue.id,
        "sha256": today.catalogue.sha256,
        "same": today.same,
        "altered": today.altered,
        "costs": costs,
        "totals": [_moved(each) for each in found.moved],
        "totals_of": today.quoted and _basis(today.quoted),
    }


def _moved(each: Moved) -> Json:
    return {
        "reading": each.reading,
        "role": each.role.value,
        "then": amount(each.then),
        "now": amount(each.now),
        "more": amount(each.now - each.then),
    }


def _basis(quoted: Quotation) -> Json:
    """What the totals are of and after."""
    agreed = quoted.found.agreed
    return {
        "months": quoted.answer.deal.term.months,
        "after_discount": agreed.discount is not None,
        "with_tax": agreed.tax is not None,
        "after_voucher": bool(agreed.voucher),
    }
