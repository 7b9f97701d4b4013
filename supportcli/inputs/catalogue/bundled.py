"""Where catalogues are: the shipped ones by name, others by path."""

from __future__ import annotations

from pathlib import Path

from supportcli.errors import CatalogueError, Message, Problem, quoted
from supportcli.inputs.catalogue.fields import is_id

DEFAULT = "alibaba-cloud-cn"
_OTHERS = (
    "aws",
    "azure",
    "google-cloud",
    "huawei-cloud-intl",
    "ibm-cloud",
    "scaleway",
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
    if is_id(name) and not Path(name).exists():
        message = Message(
            "there is no catalogue {name}; the shipped ones are: {known}; "
            "or give the path of a YAML file",
            name=quoted(name),
            known=tuple(SHIPPED),
        )
        raise CatalogueError([Problem("", message)])
    return Path(name), name
