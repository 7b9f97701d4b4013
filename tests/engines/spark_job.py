"""Run by a Python that has pyspark: tables and statements of a folder to files of results."""

from __future__ import annotations

import csv
import decimal
import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession  # type: ignore[import-not-found,unused-ignore]


def main() -> None:
    """Each table as a view called customers, each statement's rows as text."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    schema = ", ".join(f"{n} {'STRING' if k == 'TEXT' else k}" for n, k in columns.items())
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .getOrCreate()
    )
    for index in range(count):
        table = spark.read.csv(str(folder / f"{index}.csv"), schema=schema, header=True)
        table.createOrReplaceTempView("customers")
        statement = (folder / f"{index}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
        found = spark.sql(statement)
        types = {str(field.dataType) for field in found.schema.fields}
        assert not [kind for kind in types if "Double" in kind or "Float" in kind], types
        with (folder / f"{index}.out.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(found.columns)
            writer.writerows([_text(cell) for cell in row] for row in found.collect())
    spark.stop()


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else f"{cell:f}" if isinstance(cell, decimal.Decimal) else str(cell)


if __name__ == "__main__":
    main()
