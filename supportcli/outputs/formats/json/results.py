"""Any result as the documented JSON, for programs."""

from __future__ import annotations

from supportcli.advice.batch_summary import Outcome
from supportcli.advice.bounds import one_of
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.recommendation import Advice
from supportcli.advice.sensitivity import scenarios, scenarios_at
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, UsageError, quoted
from supportcli.language import LANGUAGES, Language, load_language
from supportcli.outputs.formats.json.accounts import accounts_json
from supportcli.outputs.formats.json.advice import advice_json
from supportcli.outputs.formats.json.batch import outcome_json
from supportcli.outputs.formats.json.catalogues import listing_json
from supportcli.outputs.formats.json.values import Json


def to_json(result: Advice | DealAnswer | Outcome | Catalogue, lang: str = "en") -> Json:
    """What the command line writes with `-o json`, as a mapping; its sentences are in `lang`.

    Money is a decimal string, unknown is None; the keys are those of the shipped schema
    (`supportcli plans schema --kind output`). The rules are those of the first day of the term.
    """
    language = load_language(one_of(lang, LANGUAGES))
    match result:
        case Advice():
            day = result.usage.first_day
            return advice_json(result, language, day, found=scenarios(result))
        case DealAnswer():
            return _of_deal(result, language)
        case Outcome():
            return outcome_json(result)
        case Catalogue():
            return listing_json([result], language, None)
        case _:
            message = Message("{text} has no JSON form", text=quoted(type(result).__name__))
            raise UsageError(message)


def _of_deal(answer: DealAnswer, language: Language) -> Json:
    day, member = answer.deal.term.start, answer.portfolio.members[0]
    if answer.deal.named:
        return accounts_json(answer, day, language)
    told = scenarios_at(member.advice, member.account.span) or scenarios(member.advice)
    return advice_json(member.advice, language, day, found=told, deal=answer.deal)
