"""What a nearly right command line was meant to be, and flags that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer.core

from supportcli.errors import Message, Problem, SupportCliError, contradicts, quoted

_SPEND = "--spend"
_SAME_MEANING = {
    name: verb
    for verb, names in {
        "advise": """price recommend suggest choose estimate calculate cost costs fee
            推荐 建议 选型 估算""",
        "quote": "quotes quotation offer proposal document 报价 报价单",
        "verify": "recompute recalculate 复核 核对 验证",
        "batch": "prices bulk many csv xlsx import 批量 批量报价",
        "breakeven": "threshold thresholds crossover 平衡点 盈亏平衡",
        "sql": "query statement database 语句",
        "plans": "catalog catalogs catalogue catalogues vendors tiers 套餐 目录",
        "list": "ls all 列表",
        "show": "view info describe cat display 查看",
        "diff": "compare changes 对比",
        "check": "lint validate verify test 检查",
    }.items()
    for name in names.split()
}
"""What people call a verb."""


def given_twice(
    command: typer.core.TyperCommand | typer.core.TyperGroup, words: Sequence[str]
) -> list[Problem]:
    """The flags that take one value and are given another; none of the two would be obeyed."""
    problems: dict[str, Problem] = {}
    seen: dict[str, str] = {}
    for option, word in _options(command, words):
        name = option.opts[0]
        before = seen.get(name)
        if before is not None and before != word:
            problems[name] = Problem(word, contradicts(before))
        elif before is not None and not option.is_flag:
            problems[name] = Problem(name, Message("is given twice; keep one"))
        seen[name] = word
    return [*problems.values()]


def _options(
    command: typer.core.TyperCommand | typer.core.TyperGroup, words: Sequence[str]
) -> Iterator[tuple[typer.core.TyperOption, str]]:
    """Each option that takes one value or is a switch, with the word that it is given by."""
    options = {
        name: param
        for param in command.params
        if isinstance(param, typer.core.TyperOption)
        for name in (*param.opts, *param.secondary_opts)
    }
    rest = iter(words)
    for word in rest:
        if word == "--":
            return
        name = word.partition("=")[0] if word.startswith("--") else word[:2]
        option = options.get(name)
        if option is None:
            continue
        if not option.is_flag and name == word:
            next(rest, None)  # its value, which may look like a flag
        if not option.multiple:
            yield option, name if option.secondary_opts else option.opts[0]


def meant(word: str, commands: Sequence[str]) -> Message | None:
    """What a word that is no command was meant to be, if it is like one."""
    from difflib import get_close_matches

    known = {name: verb for name, verb in _SAME_MEANING.items() if verb in commands}
    known |= {command: command for command in commands}
    near = get_close_matches(word.casefold(), known, n=1)
    if near:
        return Message(
            "there is no command {word}; did you mean {near}?",
            word=quoted(word),
            near=known[near[0]],
        )
    if "advise" in commands and _is_spend(word):
        return Message(
            "there is no command {word}; did you mean {near}?",
            word=quoted(word),
            near=f"advise {_SPEND} {word}",
        )
    return None


def meant_as_spend(word: str, command: object) -> Message | None:
    """That a lone amount is to be given by its flag, where the command has it."""
    params = getattr(command, "params", ())
    if not any(_SPEND in getattr(param, "opts", ()) for param in params) or not _is_spend(word):
        return None
    return Message(
        "{word} is not expected here; did you mean {flag} {amount}?",
        word=quoted(word),
        flag=_SPEND,
        amount=word,
    )


def _is_spend(word: str) -> bool:
    """Whether the text is an amount, in whichever currency."""
    from supportcli.inputs.values.amount import read_spend  # only after a mistake

    try:
        read_spend(word, "CNY")
    except SupportCliError as error:
        return any("given" in problem.message.values for problem in error.problems)
    return True
