"""What is said of a column that was understood in another way than its name alone says."""

from __future__ import annotations

from supportcli.errors import Message, quoted


def taken_as(name: str, meaning: str) -> Message:
    """A column has another name than ours; a discount could be on what is paid, too."""
    if meaning == "discount":
        return Message(
            "column {name} is taken as the discount off the support plan's fee", name=quoted(name)
        )
    return Message("column {name} is taken as {meaning}", name=quoted(name), meaning=meaning)
