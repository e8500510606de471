"""`ecslint files PATH…`: what would be linted, by which frontend, and what is skipped."""

from __future__ import annotations

import json
import sys

from ecslint.cli import FAILED, NOTHING, OK
from ecslint.commands.arguments import Usage, add_inputs, options, parser, usage_error, view, write
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """List the files."""
    parse = parser("files", "List what would be linted, and what is skipped.")
    add_inputs(parse)
    parse.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    found = parse.parse_args(arguments)
    try:
        run = Run(options(found, parse.prog))
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    look = view(sys.stdout)

    def path(name: str) -> str:
        return shown_path(name, run.files.boundary, look)

    claimed = [
        {"path": path(name), "frontend": project.frontend, "project": path(project.path)}
        for project in run.workspace.projects
        for name in project.files
    ]
    taken = {entry["path"] for entry in claimed}
    skipped = [path(name) for name in run.skipped() if path(name) not in taken]
    problems = run.workspace.problems + [item for project in run.workspace.projects for item in project.problems]
    if found.format == "json":
        broken = [{"path": path(item.path), "kind": item.kind, "message": item.message} for item in problems]
        data = {"boundary": run.files.boundary, "files": claimed, "skipped": skipped, "problems": broken}
        write(json.dumps(data, ensure_ascii=False, indent=2) + "\n", sys.stdout)
    else:
        lines = [f"{entry['path']}  {entry['frontend']}" for entry in claimed]
        lines += [f"{name}  skipped" for name in skipped]
        lines += [f"{path(item.path)}  problem[{item.kind}]: {item.message}" for item in problems]
        write("".join(f"{safe(line)}\n" for line in dict.fromkeys(lines)), sys.stdout)
    return FAILED if problems else OK if claimed else NOTHING
