"""Both languages, on every screen: complete, fresh, unmixed, whole at every width."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import PYTHON_FORMAT, Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import supportcli
from supportcli.errors import ExitCode, Message
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES, load_language, preferred_language
from supportcli.text_width import cell_width
from tests.conftest import Golden
from tests.runner import Done, run_cli
from tests.test_advise import SCREENS, advise

PACKAGE = Path(supportcli.__file__).parent
KEYWORDS: dict[str, Any] = {"Message": None, "translatable": None}
TRANSLATED = [code for code in LANGUAGES if code != "en"]
WIDTHS = ("40", "60", "80", "100", "140", "200")
AMOUNT = re.compile(r"(?:¥|CNY )[0-9][0-9,]*(?:\.[0-9]{2})?")
YEAR = re.compile(f"{AMOUNT.pattern}(?= a year)|(?<=全年 ){AMOUNT.pattern}")
CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
# What stays Latin in Chinese: names, identifiers and flags, units of files and standards.
LATIN = re.compile(
    r"--plan (?:\"[^\"]+\"|\S+)|--[a-z-]+"
    r"|supportcli[^，。；）]*|[a-z]+(?:-[a-z0-9]+)+(?::[0-9,-]+)?|page:[0-9,-]+"
    r"|\b(?:TAM|IM"
    r"|API|SDK|AK|FAQ|Advisor|SLA|AccessKey|CNY|YAML|UTF|GBK|ISO|MiB|Enter|Esc|page|estimate|Latin"
    r"|AMOUNT|TOPIC|FILE|NAME|TEXT|FORM|TIME|SEVERITY|CHANNEL|COMMAND|FLAG|YYYY|MM|DD|N|json|table|text|md|html|chat"
    r"|txt|aiven|vshn|additive|floor|flat|enquiry|unknown|advise|quote|verify|compare|breakeven|batch|sql|config|formula|SQL|DuckDB|PostgreSQL|Spark|SQLite|CSV|TSV|XLSX|Parquet|en|zh|UID|aws|azure|scaleway|plans|seats"
    r"|JSON|Schema|catalogue|output|PLAN|OLD|NEW|month|year|off|from|for|months|prod|response|tam|order|current|enterprise"
    r"|all|plans|calendar|fee|minimum|spend|none|csv|RATE|AMOUNTS|ORDER|DATE|DISCOUNT|postpaid|included|added|by|business|SPEND)\b"
)
CURVES = re.compile(r"[A-G]{3,}|\b([A-G])\1\b")  # of a chart: a letter for each plan


def po(code: str) -> Catalog:
    with (PACKAGE / "locales" / f"{code}.po").open("rb") as file:
        return read_po(file)


@cache
def messages() -> frozenset[str]:
    """Every text in the code that is marked for translation."""
    found = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return frozenset(text for _, _, text, _, _ in found if isinstance(text, str))


def blanks(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_there_are_two_languages_at_least() -> None:
    assert LANGUAGES[0] == "en"
    assert "zh" in LANGUAGES


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_message_lacks_its_translation_and_none_is_left_over(code: str) -> None:
    translated = {str(message.id): str(message.string) for message in po(code) if message.id}
    assert set(translated) == set(messages())
    assert [text for text, said in translated.items() if not said] == []
    assert not any(message.fuzzy for message in po(code) if message.id)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_fills_the_same_blanks(code: str) -> None:
    for message in po(code):
        if message.id:
            assert blanks(str(message.string)) == blanks(str(message.id)), message.id


def test_no_text_looks_like_a_percent_format() -> None:
    """Babel takes "7% or" for one, and holds the translation to the same "% o".

    What cannot be said otherwise, such as an example to write, goes in as a value: "{one} or".
    """
    assert [text for text in messages() if PYTHON_FORMAT.search(text)] == []


def test_chinese_sentences_use_full_width_punctuation() -> None:
    for message in po("zh"):
        said = re.sub(r"\{[^{}]*\}", "0", str(message.string))
        assert not re.search("[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", said), said


def test_a_gap_stands_before_a_figure_and_none_between_two_chinese_words() -> None:
    chinese, day = load_language("zh"), datetime.date(2026, 12, 31)
    six = Message("{amount} {when}", amount="¥6", when="6 个月")
    assert chinese.say(Message("at most {words}", words=six)) == "最多 6 个月 ¥6"
    until = Message("{amount} until {date}", amount="¥5", date=day)
    assert chinese.say(until) == "至 2026 年 12 月 31 日共 ¥5"


# What a native writes instead: 支持计划 (方案 in 推荐方案 alone), 价目库, 服务费 (费用 in fixed
# terms), 来源 or 本工具未收录, RAM 用户, 少了, 计费口径.
AVOIDED = re.compile(
    "(?<!推荐)方案|套餐|(?<!预计全年)费用(?!相同|持平点)|资料|子账号|账户(?!余额)|失去|读法|解读|被支配"
)


def test_chinese_messages_use_the_words_of_the_trade() -> None:
    shown = {str(message.id): str(message.string) for message in po("zh")}
    assert {text: said for text, said in shown.items() if AVOIDED.search(said)} == {}


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh-Hans"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], code: str) -> None:
    assert preferred_language(environment) == code
    out = run_cli("advise", "--spend", "1", "-o", "text", environment=environment).out
    assert out.startswith("推荐方案" if code == "zh" else "Recommended")


def test_a_flag_a_variable_and_the_configuration_choose_the_language(tmp_path: Path) -> None:
    config = tmp_path / "supportcli" / "config.yaml"
    config.parent.mkdir()
    config.write_text("lang: zh\n", encoding="utf-8")

    def said(*arguments: str, **environment: str) -> str:
        surroundings = {"XDG_CONFIG_HOME": str(tmp_path), **environment}
        return run_cli("advise", "--spend", "1", *arguments, environment=surroundings).out

    assert said().startswith("推荐方案")
    assert said(SUPPORTCLI_LANG="en").startswith("Recommended")
    assert said("--lang", "zh", SUPPORTCLI_LANG="en").startswith("推荐方案")


def chinese(*arguments: str, **options: Any) -> Done:
    return advise(*arguments, "--lang", "zh", **options)


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize("name", SCREENS)
def test_chinese_screen(name: str, width: str, golden: Golden) -> None:
    golden(f"advise-{name}.zh.{width}.txt", chinese(*SCREENS[name], "--width", width).out)


@pytest.mark.parametrize("name", ["trial", "no-plan"])
def test_chinese_explanation_and_text(name: str, golden: Golden) -> None:
    golden(
        f"explain-{name}.zh.txt", chinese(*SCREENS[name], "--explain", "all", "--width", "100").out
    )
    golden(f"advise-{name}.zh.plain.txt", chinese(*SCREENS[name], "-o", "text").out)


ADDRESS = re.compile(r"https://\S+")  # the page of a source

REFUSALS = (
    ("--spend", "1e9"),
    ("--spend", "$5"),
    ("--spend", "-3", "--tickets", "x", "--reading", "foo", "--width", "w"),
    ("--spnd", "3"),
    ("--spend",),
    ("--spend", "1", "--plans", "/"),
    ("--spend", "1", "--plans", "nowhere"),
    ("--spend", "1", "--fail-if-over", "9", "--tam"),
    (),
)


def everything_said(code: str) -> str:
    """Answers, explanations, help, refusals and words about the answer, in one language."""
    runs = [
        advise(*arguments, "--explain", "all", "--lang", code) for arguments in SCREENS.values()
    ]
    runs += [advise(*arguments, "-o", "text", "--lang", code) for arguments in SCREENS.values()]
    runs += [advise(*arguments, "--lang", code) for arguments in REFUSALS]
    runs += [run_cli("--lang", code), run_cli("advise", "--help", "--lang", code)]
    return "\n".join(run.out + run.err for run in runs)


@pytest.mark.slow
def test_there_is_no_english_in_chinese_output() -> None:
    said = CURVES.sub("", everything_said("zh").replace("Li Lei, 2026-11-20", ""))
    said = LATIN.sub("", ADDRESS.sub("", said))
    assert re.findall(r"[A-Za-z]{2,}", re.sub(r"'[^']*'", "", said)) == []


def test_there_is_no_chinese_in_english_output() -> None:
    said = re.sub(r"12万|7折|企业级|顶级|卓越级|基础级", "", everything_said("en"))
    lines = [line for line in said.splitlines() if CHINESE.search(line)]
    assert lines == []


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_no_width_breaks_an_amount_or_exceeds_the_screen(name: str, code: str, width: str) -> None:
    wide = advise(*SCREENS[name], "--lang", code).out
    done = advise(*SCREENS[name], "--lang", code, "--width", width)
    assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN)
    assert max(map(cell_width, done.out.splitlines())) <= int(width)
    assert "…" not in done.out
    told = set(AMOUNT.findall(done.out))
    assert told <= set(AMOUNT.findall(wide))  # those of a month give way, none is broken
    assert set(YEAR.findall(wide)) <= told


@pytest.mark.parametrize("width", ["20", "25", "30"])
def test_a_very_narrow_screen_keeps_its_amounts(width: str) -> None:
    big = advise("--spend", "999999999", "--tam", "--width", width).out
    # 10% of 999,999,999 is 99,999,999.90, and 50,000.00 on top; twelve of 100,049,999.90
    assert "¥1,200,599,998.80" in big
    assert "¥444,000" in advise(*SCREENS["trial"], "--width", width).out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp936", "gb18030", "utf-8"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_encoding_gets_every_amount(code: str, encoding: str) -> None:
    plain = AMOUNT.findall(advise(*SCREENS["trial"], "--lang", code).out)
    done = advise(*SCREENS["trial"], "--lang", code, encoding=encoding)
    assert done.code == ExitCode.DONE
    found = [amount.replace("CNY ", "¥") for amount in AMOUNT.findall(done.out)]
    assert found == plain
    if code == "zh" and encoding == "cp936":
        assert "推荐方案：企业级 " in done.out
        wide = advise(*SCREENS["trial"], "--lang", code).out
        assert done.out.count("?") == wide.count("?")


HOSTILE = [
    *("[bold]", "Acme [/] Ltd", "[/INST]", "[link=file:///etc/passwd]x[/link]", ":smiley:"),
    *("\x1b[31mred", "\x1b]0;pwn\x07", "\x1b]52;c;eA==\x07", "\x9b2J", "100\b\b\b999", "a\x00b"),
    *("\u202eevil\u202c", "\u2066x\u2069", "a\u200bb", "e" + "\u0301" * 200, "a\nb", "a\tb\r"),
    *("{plan}", "%s %n", "𠮷野家", "👩‍💻", "<script>", "=1+1", "'; DROP", "\ufeff", "\u2028"),
]
NAMES = [f"{a} {b}"[:80] for a in HOSTILE for b in HOSTILE[:8]]


@pytest.mark.slow
def test_hostile_names_are_harmless_in_every_form() -> None:
    assert len(NAMES) >= 200
    for index, name in enumerate(NAMES):
        form = ("table", "text", "json")[index % 3]
        code = LANGUAGES[index % len(LANGUAGES)]
        given = ("--spend", "1", "--reading", "floor", "--confirmed-by", name)
        done = advise(*given, "-o", form, "--lang", code, "--width", "100")
        assert done.code == ExitCode.DONE, name
        shown = json.loads(done.out)["catalogue"]["confirmed_by"] if form == "json" else done.out
        harmful = re.findall(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", shown
        )
        assert harmful == [], name


def test_names_in_a_catalogue_of_the_users_own_are_shown_as_written(tmp_path: Path) -> None:
    shipped = (Path(__file__).parent.parent / "plans.yaml").read_text(encoding="utf-8")
    for name in ("Gold [beta] [/] :smiley:", "A|B {plan} <b>", "𠮷 100%"):
        own = tmp_path / "own.yaml"
        own.write_text(
            shipped.replace("{en: Premier, zh: 顶级}", json.dumps(name, ensure_ascii=False)),
            encoding="utf-8",
        )
        for form in ("table", "text", "json"):
            out = advise("--spend", "1", "--tam", "--plans", str(own), "-o", form).out
            plans = json.loads(out)["result"]["plans"] if form == "json" else []
            named = [plan["name"] for plan in plans if plan["id"] == "premier"]
            assert name in (named or out)


def test_every_text_of_the_catalogue_is_in_both_languages() -> None:
    catalogue = load_catalogue()
    zh = load_language("zh")
    assert zh.text(catalogue.plan("premier").name) == "顶级"
    assert zh.text(catalogue.spend) == "单个账号一个月的云产品消费（折前），不含支持计划费"
