"""Command lines that are nearly right: what was meant is said, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import find_catalogue
from tests.runner import TODAY, run_cli


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("plan", "there is no command 'plan'; did you mean plans?"),
        ("advice", "there is no command 'advice'; did you mean advise?"),
        ("break-even", "there is no command 'break-even'; did you mean breakeven?"),
        ("quotes", "there is no command 'quotes'; did you mean quote?"),
        ("catalogs", "there is no command 'catalogs'; did you mean plans?"),
        ("报价", "there is no command '报价'; did you mean quote?"),
        ("复核", "there is no command '复核'; did you mean verify?"),
        ("quote 120000", "'120000' is not expected here; did you mean --spend 120000?"),
        ("plans compare", "there is no command 'compare'; did you mean diff?"),
        ("plans validate", "there is no command 'validate'; did you mean check?"),
        ("plans shw premier", "there is no command 'shw'; did you mean show?"),
        ("120000", "there is no command '120000'; did you mean advise --spend 120000?"),
        ("advise 120000", "'120000' is not expected here; did you mean --spend 120000?"),
        ("advise 12万", "'12万' is not expected here; did you mean --spend 12万?"),
        ("advise $500", "'$500' is not expected here; did you mean --spend $500?"),
        ("breakeven 10-15万", "'10-15万' is not expected here; did you mean --spend 10-15万?"),
        ("advise now", "'now' is not expected here; see --help"),
        (
            "plans show enterprice",
            "no shipped catalogue has a plan 'enterprice'; did you mean enterprise?",
        ),
        (
            "plans show premeir --plans alibaba-cloud-cn",
            "'premeir' is not in the catalogue; did you mean Premier?",
        ),
    ],
)
def test_a_near_miss_is_met_with_what_was_meant(words: str, said: str) -> None:
    done = run_cli(*words.split())
    assert (done.code, done.out, done.err) == (ExitCode.USAGE, "", f"supportcli: {said}\n")


@pytest.mark.parametrize("name", ["顶级", "Premier", "PREMIER", "premier"])
def test_a_plan_is_shown_by_any_of_its_names(name: str) -> None:
    assert run_cli("plans", "show", name).out == run_cli("plans", "show", "premier").out


def test_a_catalogue_is_listed_by_its_name_alone() -> None:
    listed = run_cli("plans", "list", "aws")
    assert (listed.code, listed.out) == (0, run_cli("plans", "list", "--plans", "aws").out)
    assert run_cli("plans", "list", "aws", "--plans", "azure").err == (
        "supportcli: aws: contradicts --plans; give one of them\n"
    )


VERBS = {
    "advise": ("--spend", "1"),
    "breakeven": (),
    "batch": ("in.csv", "--out", "out.csv"),
    "sql": ("--dialect", "duckdb", "--table", "t"),
    "plans list": (),
    "plans show": ("premier",),
    "plans check": ("aws",),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("form", ["--plans {}", "--plans={}"])
def test_a_flag_with_one_value_is_refused_where_it_is_given_twice(verb: str, form: str) -> None:
    flag = "--out" if verb == "plans check" else "--plans"
    twice = [
        word
        for name in ("aws", "azure")
        for word in form.format(name).replace("--plans", flag).split()
    ]
    needed = [word for word in VERBS[verb] if flag != "--out" or word != "--out"]
    done = run_cli(*verb.split(), *needed, *twice)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err == f"supportcli: {flag}: is given twice; keep one\n"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("--spend 100 --spend 120000", "--spend: is given twice; keep one"),
        ("--spend 1 -o json --output text", "--output: is given twice; keep one"),
        ("--spend 1 --lang zh --lang=en", "--lang: is given twice; keep one"),
        ("--spend 1 --tam --no-tam", "--no-tam: contradicts --tam; give one of them"),
    ],
)
def test_no_last_one_wins(flags: str, said: str) -> None:
    done = run_cli("advise", *flags.split())
    assert (done.code, done.err) == (ExitCode.USAGE, f"supportcli: {said}\n")


@pytest.mark.parametrize(
    "flags", ["--response 10m --response enquiry=2h", "-q -q", "--tam --tam", "--date 2026-11-23"]
)
def test_what_may_be_repeated_still_may_be(flags: str) -> None:
    date = () if "--date" in flags else TODAY
    assert run_cli("advise", "--spend", "120000", *flags.split(), *date).code == 0


@pytest.mark.parametrize("ending", [".odt", ".docx", ".xls", ".foo", ".XLS"])
@pytest.mark.parametrize(
    "command",
    ["advise --spend 1", "advise --spend 1 -o json", "breakeven", "plans list", "plans schema"],
)
def test_a_file_with_an_ending_of_no_form_is_refused(
    command: str, ending: str, tmp_path: Path
) -> None:
    out = tmp_path / f"x{ending}"
    done = run_cli(*command.split(), "--out", str(out))
    assert (done.code, done.out, out.exists()) == (ExitCode.USAGE, "", False)
    assert "has an ending that is not one of: " in done.err


def test_a_statement_goes_into_files_that_hold_text(tmp_path: Path) -> None:
    asked = ("sql", "--dialect", "duckdb", "--table", "t", "--out")
    for name, code in (("a.sql", 0), ("a.txt", 0), ("a", 0), ("a.pdf", 2), ("a.json", 2)):
        assert run_cli(*asked, str(tmp_path / name)).code == code, name


def test_a_file_without_an_ending_has_the_form_that_is_asked_for(tmp_path: Path) -> None:
    for form, first in (("json", "{"), ("table", "R")):
        out = tmp_path / form
        assert run_cli("advise", "--spend", "120000", "-o", form, "--out", str(out)).code == 0
        assert out.read_text(encoding="utf-8").startswith(first)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("AWS", "aws"),
        ("阿里云", "alibaba-cloud-cn"),
        ("华为云", "huawei-cloud-intl"),
        ("GCP", "google-cloud"),
    ],
)
def test_a_shipped_catalogue_goes_by_its_names(name: str, found: str) -> None:
    assert run_cli("plans", "list", name).out == run_cli("plans", "list", found).out


def test_a_catalogue_that_is_not_there_is_met_with_the_nearest() -> None:
    assert run_cli("plans", "list", "azur").err == (
        "supportcli: there is no catalogue 'azur'; did you mean azure?\n"
    )


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Standard", "azure-standard, clouddigit-standard, gcp-standard"),
        ("Developer", "aws-developer, azure-developer, huawei-intl-developer"),
        ("Premium", "cloudgov-premium, gcp-premium, ibm-premium, yandex-premium"),
    ],
)
def test_a_plan_of_several_catalogues_is_not_guessed(name: str, known: str) -> None:
    done = run_cli("plans", "show", name)
    assert (done.code, done.err) == (
        ExitCode.USAGE,
        f"supportcli: '{name}' could be any of: {known}; name one of them\n",
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("顶级（premier）", "Premier (premier)"),
        ("Premier (premier)", "Premier (premier)"),
        ("Standard (azure-standard)", "Standard (azure-standard)"),
    ],
)
def test_a_plan_goes_by_the_heading_of_its_own_screen(name: str, title: str) -> None:
    done = run_cli("plans", "show", name)
    assert (done.code, done.out.splitlines()[0]) == (ExitCode.DONE, title)


@pytest.mark.parametrize("words", ["plans list 顶级", "advise --spend 5 --plans 微软"])
def test_a_name_that_no_catalogue_has_is_met_with_those_that_there_are(words: str) -> None:
    done = run_cli(*words.split())
    assert (done.code, done.out) == (ExitCode.CATALOGUE, "")
    name = words.rsplit(maxsplit=1)[-1]
    known = "alibaba-cloud-cn, aiven, aws, azure, cloud-digit, "
    said = f"supportcli: there is no catalogue '{name}'; the shipped ones are: {known}"
    assert done.err.startswith(said)


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("batch a.csv --voucher 5", "advise, quote"),
        ("batch a.csv --growth 3%/month", "advise, quote"),
        ("breakeven --voucher 5", "advise, quote"),
    ],
)
def test_a_flag_of_another_verb_is_told_to_be_its(words: str, verbs: str) -> None:
    flag = next(word for word in words.split() if word.startswith("--"))
    done = run_cli(*words.split())
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err == f"supportcli: there is no flag {flag} here; it belongs to: {verbs}\n"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            "--beside aws-enterprise",
            "--beside: Enterprise (until 2025-12-01) is in force until 2025-12-01 only",
        ),
        (
            "--plan aws-unified-operations --as-of 2025-01-01",
            "--plan: Unified Operations is in force from 2025-12-02 on only",
        ),
        ("--plan aws-pls", "--plan: Partner-Led Support is for the vendor's partners; name"),
        ("--plan aws-idr", "--plan: Incident Detection and Response is an addition to another"),
        ("--plans vshn --plan vshn-basic", "when it ended is not known"),
    ],
)
def test_a_plan_that_cannot_be_named_is_told_why(flags: str, words: str) -> None:
    spend = () if "--account" in flags else ("--spend", "100")
    plans = () if "--plans" in flags else ("--plans", "aws")
    done = run_cli("advise", *plans, *spend, *flags.split(), *TODAY)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.err


def test_a_plan_for_a_time_between_two_days_is_told_both(tmp_path: Path) -> None:
    path = tmp_path / "plans.yaml"
    text = find_catalogue("azure")[0].read_text(encoding="utf-8")
    days = "    valid_from: 2026-01-01\n    valid_to: 2026-06-30\n"
    path.write_text(text.replace("    fee: {flat: 100}\n", f"    fee: {{flat: 100}}\n{days}"))
    flags = ("--plans", str(path), "--spend", "1", "--plan", "azure-standard")
    done = run_cli("advise", *flags, *TODAY)
    assert "Standard is in force from 2026-01-01 to 2026-06-30 only" in done.err


def test_a_list_refuses_a_plan_of_today_that_is_no_longer_in_force(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("spend,today\n12000,aws-business\n", encoding="utf-8")
    flags = ("--plans", "aws", "--start", "2027-02", "--out", str(tmp_path / "out.csv"))
    told = run_cli("batch", str(table), *flags, "--current-plan", "today", *TODAY)
    assert "the catalogue has no such plan in force" in told.out
    told = run_cli("batch", str(table), *flags, "--force", "--current-plan", "Business", *TODAY)
    assert (told.code, told.out) == (ExitCode.USAGE, "")
    assert "Business is in force until 2026-12-31 only" in told.err


@pytest.mark.parametrize(
    ("flags", "plan", "successor"),
    [
        ("--spend 100 --current-plan aws-enterprise-onramp", "On-Ramp", "Enterprise Support"),
        ("--account a=5,current=Developer", "Developer", "Business Support+"),
    ],
)
def test_a_plan_of_today_that_ends_before_the_term_is_told_of(
    flags: str, plan: str, successor: str
) -> None:
    for verb in ("advise", *(["breakeven"] if "--account" not in flags else [])):
        done = run_cli(verb, "--plans", "aws", *flags.split(), "--start", "2027-02", *TODAY)
        told = " ".join((done.out + done.err).split())
        assert f"{plan} ends on 2026-12-31; its successor is {successor}." in told
