"""What the README says of a warehouse is true: its examples run on real engines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines.engines import postgres, postgres_programs, spark_python
from tests.runner import run_cli

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## In a warehouse\n")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", SECTION, re.DOTALL)


needs_spark = pytest.mark.skipif(
    spark_python() is None, reason="Java, or a Python with pyspark (SPARK_PYTHON), is not here"
)


def surroundings(**more: str) -> dict[str, str]:
    """Where this Python's own programs are found first."""
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    return {**os.environ, **more, "PATH": os.pathsep.join(places)}


def run(script: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_section_has_its_examples() -> None:
    assert [kind for kind, _ in BLOCKS] == ["sh", "text", "sh", "python", "text"]


@pytest.mark.slow
@pytest.mark.skipif(postgres_programs() is None, reason="PostgreSQL's server is not installed here")
def test_the_postgres_example(tmp_path: Path) -> None:
    (_, script), (_, printed) = BLOCKS[:2]
    with postgres() as server:
        found = surroundings(
            PGHOST="127.0.0.1",
            PGPORT=str(server.port),
            PGUSER="tester",
            PGDATABASE="postgres",
        )
        found["PATH"] += os.pathsep + str(server.programs)
        assert run(script, tmp_path, found) == printed


FORMS = """
import sys
from pathlib import Path
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").getOrCreate()
given = ("SELECT * FROM VALUES ('a', 120000BD, true), ('b', 5BD, NULL) "
         "AS v(`ac``c`, `sp end`, `需要`)")
spark.sql(given).write.saveAsTable("customers")
for name in ("view", "function"):
    spark.sql(Path(f"{name}.sql").read_text(encoding="utf-8"))
spark.sql("SELECT `ac``c`, plan, annual_cost FROM advice_view ORDER BY 1").show()
spark.sql("SELECT c.`ac``c`, f.plan, f.annual_cost FROM customers c, "
          "LATERAL advice_function(c.`sp end`, c.`需要`) f ORDER BY 1").show()
"""


@needs_spark
def test_a_view_and_a_function_of_spark(tmp_path: Path) -> None:
    """Premier with a TAM for 50,000 + 12,000 a month; without needs the free plan."""
    for form in ("view", "function"):
        beside = ["--table=customers", "--key=ac`c"] if form == "view" else []
        maps = ["--map=monthly_spend=sp end", "--map=tam=需要"]
        done = run_cli(
            "sql",
            "--dialect=spark",
            f"--as={form}",
            *maps,
            *beside,
            f"--name=advice_{form}",
            "--out",
            str(tmp_path / f"{form}.sql"),
        )
        assert done.code == 0, done.err
    (tmp_path / "forms.py").write_text(FORMS, encoding="utf-8")
    out = run(f"{spark_python()} forms.py", tmp_path, surroundings())
    rows = re.findall(r"\|\s*(\w+)\|\s*([\w-]+)\|\s*([\d.]+)\|", out)
    assert rows == [("a", "premier", "744000.00"), ("b", "basic", "0.00")] * 2


@needs_spark
def test_the_spark_example(tmp_path: Path) -> None:
    (_, script), (_, code), (_, shown) = BLOCKS[2:]
    run(script, tmp_path, surroundings())
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    out = run(f"{spark_python()} example.py", tmp_path, surroundings())
    assert out.strip() == shown.strip()
