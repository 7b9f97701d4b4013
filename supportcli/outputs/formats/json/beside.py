"""Plans side by side as JSON: what differs, in words; amounts and facts stand with each plan."""

from __future__ import annotations

from supportcli.advice.beside import beside_ids
from supportcli.advice.portfolio import DealAnswer
from supportcli.language import Language
from supportcli.outputs.formats.json.values import Json


def with_beside(document: Json, answer: DealAnswer, language: Language, named: bool) -> Json:
    """The document of an advice with the plans side by side, where any were asked for."""
    result = document["result"]
    if not answer.deal.beside or not isinstance(result, dict):
        return document
    return {**document, "result": {**result, "beside": _beside(answer, language, named)}}


def _beside(answer: DealAnswer, language: Language, named: bool) -> Json:
    from supportcli.outputs.document.beside import beside_rows
    from supportcli.outputs.document.deal_answer import answer_telling

    ids = beside_ids(answer)
    rows = beside_rows(answer, answer_telling(answer, language, named))
    return {
        "plans": list(ids),
        "rows": [
            {
                "about": row.about,
                "differs": row.differs,
                "cells": dict(zip(ids, row.cells, strict=True)),
            }
            for row in rows
        ],
    }
