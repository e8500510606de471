"""`ecslint PATH…`: lint."""

from __future__ import annotations

import sys

from ecslint.cli import FAILED, FOUND, NOTHING, OK
from ecslint.commands.arguments import Usage, add_inputs, add_rules, options, parser, usage_error, view, write
from ecslint.config import SEVERITIES
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import FORMATS, render
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.engine import Report
    from ecslint.finding import Severity


def main(arguments: Sequence[str]) -> int:
    """Lint what the arguments name, and say what was found."""
    parse = parser("check", "Say what in these files AWS would refuse, and what would fail after that.")
    add_inputs(parse)
    add_rules(parse)
    parse.add_argument("--format", choices=FORMATS, default="text", help="how to tell it (default: text)")
    parse.add_argument("--fail-on", choices=SEVERITIES, help="the least severity that gives status 1 (default: error)")
    parse.add_argument("--exit-zero", action="store_true", help="give status 0 for findings of any severity")
    found = parse.parse_args(arguments)
    try:
        run = Run(options(found, parse.prog))
        report = run.report()
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    write(render(found.format, report, view(sys.stdout)), sys.stdout)
    fail_on = SEVERITIES[found.fail_on] if found.fail_on else run.settings.fail_on
    return status(report, fail_on, found.exit_zero)


def status(report: Report, fail_on: Severity, exit_zero: bool) -> int:
    """The exit status that a report deserves."""
    if report.problems:
        return FAILED
    if not report.workspace.files:
        return NOTHING
    every = [*report.findings, *report.withheld]
    return FOUND if not exit_zero and any(finding.severity >= fail_on for finding in every) else OK
