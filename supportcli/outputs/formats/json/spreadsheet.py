"""A plan's fee for a spreadsheet, as JSON."""

from __future__ import annotations

from supportcli.advice.lookup import LOOKUP_COLUMNS
from supportcli.language import Language
from supportcli.outputs.document.spreadsheet import SheetFee
from supportcli.outputs.formats.json.values import Json, document, nearest, rules_json


def sheet_fee_json(found: SheetFee, language: Language) -> Json:
    """The formula with names and with places, and the table in the cells' own words."""
    plan, yearly = found.plan, found.fee.yearly
    return document(
        "formula",
        {
            "plan": plan.id,
            "name": language.text(plan.name),
            "app": found.app,
            "currency": plan.currency,
            "spend": language.text(found.catalogue.spend),
            "formula": found.formula,
            "formula_with_places": found.placed_formula,
            "table": [dict(zip(LOOKUP_COLUMNS, row.cells, strict=True)) for row in found.rows],
            "yearly": nearest(yearly, plan.currency),
        },
        catalogue=rules_json(found.catalogue, found.day, found.reading.id),
        warnings=[language.say(words) for words in found.notes],
    )
