"""Where catalogues are: the shipped ones by name, others by path."""

from __future__ import annotations

import os
from pathlib import Path

from supportcli.errors import CatalogueError, Message, Problem, quoted
from supportcli.inputs.catalogue.fields import is_id
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar, parse, read_bytes
from supportcli.inputs.values.names import nearest
from supportcli.inputs.values.texts import normal

DEFAULT = "alibaba-cloud-cn"
_OTHERS = (
    "aiven",
    "aws",
    "azure",
    "cloud-digit",
    "cloud-gov",
    "google-cloud",
    "huawei-cloud-intl",
    "ibm-cloud",
    "scaleway",
    "vshn",
    "yandex-cloud",
)
SHIPPED = {DEFAULT: "plans.yaml", **{name: f"catalogues/{name}.yaml" for name in _OTHERS}}

_PACKAGE = Path(__file__).resolve().parent.parent.parent


def find_catalogue(wanted: str | Path | None) -> tuple[Path, str]:
    """Where the file is, and how to name it in messages."""
    name = DEFAULT if wanted is None else str(wanted)
    if name in SHIPPED:
        file = SHIPPED[name]
        packaged = _PACKAGE / file
        return (packaged if packaged.exists() else _PACKAGE.parent / file), file
    if os.path.exists(name):  # noqa: PTH110 - false, not an error, for what can be no name
        return Path(name), name
    shipped = _called(name)
    if shipped is not None:
        return find_catalogue(shipped)
    if is_id(name) or not (Path(name).suffix or Path(name).name != name):
        raise CatalogueError([Problem("", _unknown(name, or_path=True))])
    return Path(name), name


def find_shipped(name: str) -> tuple[Path, str]:
    """Where the shipped catalogue of that id, name or alias is, and how to name it in messages.

    Raises:
        CatalogueError: there is none; with what was perhaps meant.
    """
    shipped = name if name in SHIPPED else _called(name)
    if shipped is None:
        raise CatalogueError([Problem("", _unknown(name))])
    return find_catalogue(shipped)


def _unknown(name: str, or_path: bool = False) -> Message:
    near = nearest(name, {normal(one): one for one in SHIPPED})
    if near is not None:
        return Message(
            "there is no catalogue {name}; did you mean {near}?", name=quoted(name), near=near
        )
    known = tuple(SHIPPED)
    if or_path:
        return Message(
            "there is no catalogue {name}; the shipped ones are: {known}; "
            "or give the path of a YAML file",
            name=quoted(name),
            known=known,
        )
    return Message(
        "there is no catalogue {name}; the shipped ones are: {known}",
        name=quoted(name),
        known=known,
    )


def _called(name: str) -> str | None:
    """The shipped catalogue with that id, name or alias in any form; their files are looked into
    only where there is no such file.
    """
    wanted = normal(name)
    for one in SHIPPED:
        if normal(one) == wanted:
            return one
    if Path(name).suffix in (".yaml", ".yml") or not wanted:
        return None
    return next((one for one in SHIPPED if wanted in _names(one)), None)


def _names(shipped: str) -> set[str]:
    path, shown = find_catalogue(shipped)
    root = parse(read_bytes(path, shown), shown)
    nodes = [
        node
        for key, value in (root.entries if isinstance(root, Fields) else [])
        if key.text in ("name", "aliases")
        for node in (
            [inner for _, inner in value.entries] if isinstance(value, Fields) else _items(value)
        )
    ]
    return {normal(node.text) for node in nodes if isinstance(node, Scalar)}


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Items) else [node]


def paths_of(*names: str) -> list[Path]:
    """The files of catalogues that are read, which an answer must not overwrite."""
    return [find_catalogue(name)[0] for name in names]
