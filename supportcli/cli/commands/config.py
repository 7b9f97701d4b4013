"""`supportcli config`: where the configuration file is, and what is set.

Annotations are evaluated as they are written: as text they would be evaluated at every start.
"""

from typing import Annotated

import typer

from supportcli.cli.commands.plans import CheckOut
from supportcli.cli.flags import common as options
from supportcli.errors import translatable

HELP = translatable("The configuration file: where it is, and what is set there and elsewhere.")

PathOutput = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FORM", help=translatable("The form: text or json.")),
]


def path(
    context: typer.Context,
    output: PathOutput = None,
    out: CheckOut = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is each flag's own help."""
    from supportcli.cli.run.config import told_path

    return told_path(context.params, context.obj)


def show(
    context: typer.Context,
    output: options.Output = None,
    out: options.Out = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    width: options.Width = None,
    debug: options.Debug = False,
) -> int:
    """Hand the flags over; what they mean is each flag's own help."""
    from supportcli.cli.run.config import told_settings

    return told_settings(context.params, context.obj)


COMMANDS = {
    "path": (path, translatable("Where the configuration file is looked for.")),
    "show": (show, translatable("What is set, and where: flag, variable, file or default.")),
}
