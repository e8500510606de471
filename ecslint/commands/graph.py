"""`ecslint graph PATH…`: the resources and their references, to be drawn."""

from __future__ import annotations

import sys

from ecslint.cli import FAILED, NOTHING, OK
from ecslint.commands.arguments import Usage, add_inputs, options, parser, usage_error, view, write
from ecslint.engine import Report
from ecslint.graph import dot, graph, mermaid
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import render, safe
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = {"mermaid": mermaid, "dot": dot}


def main(arguments: Sequence[str]) -> int:
    """Print the graph of every project."""
    parse = parser("graph", "Print the resources of each project and what refers to what.")
    add_inputs(parse)
    parse.add_argument("--format", choices=LANGUAGES, default="mermaid", help="the language (default: mermaid)")
    parse.add_argument("--all", action="store_true", help="show resources too that no rule looks at")
    found = parse.parse_args(arguments)
    try:
        run = Run(options(found, parse.prog))
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    projects = run.workspace.projects
    graphs = [graph(project, found.all) for project in projects]
    write(safe(LANGUAGES[found.format](one for one in graphs if one.nodes)))
    problems = [*run.workspace.problems, *(problem for project in projects for problem in project.problems)]
    if problems:
        report = Report(run.workspace)
        report.problems = problems
        write(render("concise", report, view(sys.stderr)), sys.stderr)
    return FAILED if problems else OK if projects else NOTHING
