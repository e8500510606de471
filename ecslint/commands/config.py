"""`ecslint config [PATH…]`: the settings in force, or the JSON Schema of `.ecslint.yml`."""

from __future__ import annotations

import json
import sys

from ecslint import schema
from ecslint.cli import FAILED, OK
from ecslint.commands.arguments import Usage, add_inputs, complain, options, parser, usage_error, view, write
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import shown_path
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Print the settings that a run over the paths would have."""
    parse = parser("config", "Print the settings in force, or the JSON Schema of the configuration.")
    add_inputs(parse)
    parse.add_argument("--schema", action="store_true", help="print the JSON Schema of .ecslint.yml")
    found = parse.parse_args(arguments)
    if found.schema:
        write(json.dumps(schema.configuration(), indent=2) + "\n", sys.stdout)
        return OK
    found.paths = found.paths or ["."]
    try:
        run = Run(options(found, parse.prog))
        rules = run.selected()
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    look = view(sys.stdout)
    data = {
        "boundary": run.files.boundary,
        "file": shown_path(run.settings.path, run.files.boundary, look) if run.settings.path else None,
        "settings": run.settings.data,
        "rules": rules,
    }
    write(json.dumps(data, ensure_ascii=False, indent=2) + "\n", sys.stdout)
    complain(run)
    return FAILED if run.problems else OK
