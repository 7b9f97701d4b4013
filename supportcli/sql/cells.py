"""What the cells of a table say as SQL: why a row cannot be used, and the values of one that can.

What the table says stands in columns `g_` with the name of what they hold, the values in `v_`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from supportcli.advice.rules import BOUNDS
from supportcli.needs.registry import row_texts, usual_in_rows
from supportcli.sql.dialects.base import Dialect, Fault, literal, text
from supportcli.sql.request import NEEDS, TOGETHER, TYPES, Wanted
from supportcli.sql.terms import UNKNOWN, Terms

_PARTED = ((" ", ""), (";", ","), ("、", ","), ("，", ","), ("；", ","))


class TableCells:
    """The cells of the columns that are mapped, and what holds where none is."""

    def __init__(self, wanted: Wanted, dialect: Dialect) -> None:
        self.wanted = wanted
        self.dialect = dialect
        self.scale = 0 if dialect.whole else wanted.decimals
        self.constants = _constants(wanted)

    def given(self) -> list[str]:
        """What the table says."""
        name, whose = self.dialect.name, "" if self.wanted.form == "function" else "t."
        cells = [f"{whose}{name(key)} AS k{i}" for i, key in enumerate(self.wanted.shown_keys)]
        for meaning, column in self.wanted.columns.items():
            cell = f"{whose}{name(column)}"
            if TYPES.get(meaning) == "TEXT":  # an enumeration's too
                cell = f"CAST({cell} AS {self.dialect.text_type})"
            cells.append(f"{cell} AS g_{meaning}")
        return cells

    # Rows that cannot be used

    def lists(self) -> dict[str, str]:
        """Each list of ids with commas of its own around each id, whatever parts them."""
        return {
            f"l_{name}": _parted(f"g_{name}")
            for name, column in NEEDS.items()
            if column.several and name in self.wanted.columns
        }

    def refusal(self, limit: int) -> str:
        """The code of what is wrong with a row, as `batch` has it, or NULL."""
        found = " ".join(f"WHEN {test} THEN {text(code)}" for test, code in self._faults(limit))
        return f"CASE {found} END"

    def _faults(self, limit: int) -> Iterator[Fault]:
        for spend in self.wanted.spends:
            yield f"g_{spend} IS NULL", "spend_missing"
            yield from self.dialect.wrong_spend(f"g_{spend}", self.scale, limit)
        for meaning in TYPES:
            if meaning in self.wanted.columns:
                yield from self._wrong(meaning, f"g_{meaning}")

    def _wrong(self, meaning: str, cell: str) -> list[Fault]:
        catalogue, need = self.wanted.same.rules.catalogue, NEEDS.get(meaning)
        if need is not None and need.type == "BOOLEAN":
            return self.dialect.wrong_flag(cell, need.code)
        if need is not None and need.several:
            return [(self._holds_others(meaning), need.code)]
        match meaning:
            case "plan" | "current_plan":
                return [self._unknown(cell, [plan.id for plan in catalogue.plans], "plan_unknown")]
            case "reading":
                ids = [reading.id for reading in catalogue.readings]
                return [self._unknown(cell, ids, "reading_unknown")]
            case _:
                least, most = BOUNDS[meaning]
                code = need.code if need else f"{meaning}_not_understood"
                return self.dialect.wrong_count(cell, least, most, code)

    def _unknown(self, cell: str, known: list[str], code: str) -> Fault:
        listed = ", ".join(map(text, known))
        return f"{self.dialect.same_text(cell)} NOT IN ({listed})", code

    def _holds_others(self, meaning: str) -> str:
        """Whether more letters stand in a list than its known ids have.

        A sum, as calls within calls for so many ids are too deep for SQLite.
        """
        cell, known = f"l_{meaning}", row_texts(self.wanted.same.rules.catalogue)[meaning]
        letters = (
            f"LENGTH({cell}) - LENGTH(REPLACE({cell}, {text(f',{one},')}, ',,'))" for one in known
        )
        return f"LENGTH(REPLACE({cell}, ',', '')) > {' + '.join(letters) or '0'}"

    # Rows that can

    def values(self) -> dict[str, str]:
        """Of a refused row there are none: nothing is then computed that could fail."""
        found = {}
        for index, spend in enumerate(self.wanted.spends):
            cell = self.dialect.spend(f"g_{spend}", self.scale)
            found[f"x{index}"] = f"CASE WHEN refused IS NULL THEN {cell} END"
        for meaning, constant in self.constants.items():
            if self._is_said(meaning):
                known = self._known(meaning, constant)
                found[f"v_{meaning}"] = f"CASE WHEN refused IS NULL THEN {known} END"
        return found

    def _known(self, meaning: str, constant: str) -> str:
        """What a row says, or what holds where it says nothing."""
        own = UNKNOWN
        if meaning in self.wanted.columns:
            own = f"l_{meaning}" if self._is_list(meaning) else f"g_{meaning}"
        if TYPES[meaning] == "INTEGER" and own != UNKNOWN:
            own = f"CAST({own} AS INTEGER)"
        said = self._said_in(meaning)
        if said == [meaning]:
            return own if constant == UNKNOWN else f"COALESCE({own}, {constant})"
        if TYPES[meaning] == "BOOLEAN":
            own = "FALSE" if own == UNKNOWN else f"COALESCE({own}, FALSE)"
        unsaid = " AND ".join(f"g_{one} IS NULL" for one in said)
        return f"CASE WHEN {unsaid} THEN {constant} ELSE {own} END"

    def _is_list(self, meaning: str) -> bool:
        return meaning in NEEDS and NEEDS[meaning].several

    def _said_in(self, meaning: str) -> list[str]:
        """The mapped columns of which any replaces what holds for all rows, also in the others."""
        need = NEEDS.get(meaning)
        together = TOGETHER.get(need.belongs or meaning, (meaning,)) if need else (meaning,)
        return [one for one in together if one in self.wanted.columns]

    def terms(self) -> Terms:
        """The value columns, literals where no column is mapped."""
        said = {
            m: f"v_{m}" if self._is_said(m) else constant for m, constant in self.constants.items()
        }
        rules = self.wanted.same.rules
        readings: tuple[str, ...] = (rules.reading,)
        if "reading" in self.wanted.columns:
            every = (reading.id for reading in rules.catalogue.readings)
            readings = tuple(dict.fromkeys([*readings, *every]))
        return Terms(
            spends=tuple(f"x{i}" for i in range(len(self.wanted.spends))),
            scale=self.scale,
            needs={name: said[name] for name in NEEDS},
            accounts=said["accounts"],
            months=said["months"],
            plan=said["plan"],
            reading=said["reading"],
            readings=readings,
            current_plan=said["current_plan"],
        )

    def same(self, mapped: bool) -> tuple[str, ...]:
        """What holds for every row, or where a mapped cell is NULL: names and values as SQL."""
        return tuple(
            f"{meaning} {self.constants[meaning]}"
            for meaning in TYPES
            if self._is_said(meaning) is mapped
        )

    def _is_said(self, meaning: str) -> bool:
        """Whether rows say it themselves, in its own column or in another one of the need.

        A yes of the latter's takes a yes of this one away, and there is none to take.
        """
        other = bool(self._said_in(meaning)) and self.constants[meaning] != "FALSE"
        return meaning in self.wanted.columns or other


def _parted(cell: str) -> str:
    for written, meant in _PARTED:
        cell = f"REPLACE({cell}, {text(written)}, {text(meant)})"
    return f"',' || REPLACE({cell}, ',', ',,') || ','"


def _constants(wanted: Wanted) -> Mapping[str, str]:
    """What holds for a row that does not say."""
    same, needs = wanted.same, wanted.same.needs
    usual = usual_in_rows(same.rules.catalogue, needs)
    return {
        **{name: literal(value) for name, value in usual.items()},
        "accounts": str(same.accounts),
        "months": str(same.months),
        "plan": UNKNOWN,
        "reading": text(same.rules.reading),
        "current_plan": text(needs.current_plan) if needs.current_plan else UNKNOWN,
    }
