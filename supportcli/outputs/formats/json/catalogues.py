"""The catalogues and their plans as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.language import Language
from supportcli.outputs.document.catalogues import fee_rule
from supportcli.outputs.formats.json.values import Json, cited, day, document, validity_json


def listing_json(
    catalogues: Sequence[Catalogue], language: Language, as_of: datetime.date | None
) -> Json:
    """The catalogues with their plans, and the day that counts where one was named."""
    result = {"catalogues": [_catalogue(catalogue, language) for catalogue in catalogues]}
    return document("plans list", result, as_of=day(as_of))


def _catalogue(catalogue: Catalogue, language: Language) -> Json:
    return {
        "id": catalogue.id,
        "name": language.text(catalogue.name),
        "vendor": language.text(catalogue.vendor_name),
        "currency": catalogue.currency,
        "checked": day(catalogue.checked),
        "review_after": day(catalogue.review_after),
        "sha256": catalogue.sha256,
        "readings": [reading.id for reading in catalogue.readings],
        "severities": [severity.id for severity in catalogue.severities],
        "channels": [channel.id for channel in catalogue.channels],
        "quantities": [quantity.id for quantity in catalogue.quantities],
        "plans": [_plan(catalogue, plan, language) for plan in catalogue.plans],
    }


def _plan(catalogue: Catalogue, plan: Plan, language: Language) -> Json:
    return {
        "id": plan.id,
        "name": language.text(plan.name),
        "apart": plan.apart.value if plan.apart else None,
        "tier": plan.tier,
        "published": plan.fees is not None,
        "fee": fee_rule(catalogue, plan, language),
        **validity_json(plan.validity),
        "source": cited(plan.cite),
        "level": catalogue.source(plan.cite.source).level if plan.cite.source else None,
    }
