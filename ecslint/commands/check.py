"""`ecslint PATH…`: lint."""

from __future__ import annotations

import os
import sys

from ecslint.cli import FAILED, FOUND, NOTHING, OK
from ecslint.commands.arguments import Usage, add_inputs, add_rules, options, parser, usage_error, view, write
from ecslint.config import SEVERITIES
from ecslint.files import Refused
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import FORMATS, View, render
from ecslint.run import Run

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ecslint.engine import Report

_ANNOTATED = ("text", "concise")
"""The formats beside which annotations come by themselves under GitHub Actions."""

_COUNTED = ("text", "json")
"""The formats of `--statistics`."""

_TOPS = {"github": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR", "markdown": "GITHUB_WORKSPACE"}
"""Where a service keeps the folder that its paths are relative to."""


def main(arguments: Sequence[str]) -> int:
    """Lint what the arguments name, and say what was found."""
    parse = parser("check", "Say what in these files AWS would refuse, and what would fail after that.")
    add_inputs(parse)
    add_rules(parse)
    _add_outputs(parse)
    _add_statuses(parse)
    found = parse.parse_args(arguments)
    outputs = [_output(text, parse.prog) for text in found.output]
    if found.statistics and found.format not in _COUNTED:
        usage_error(parse.prog, f"--statistics comes as {' or '.join(_COUNTED)}")
    try:
        run = Run(options(found, parse.prog))
        report = run.report()
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    try:
        if found.write_baseline:
            _write_baseline(run, report, found.write_baseline)
        for format, path in outputs:
            run.files.write(path, render(format, report, _file_view(format)))
    except Refused as refused:
        usage_error(parse.prog, f"`{refused.path}` cannot be written: {refused}")
    write(_shown(found, report), sys.stdout)
    given = status(report, found.exit_zero)
    return OK if given == NOTHING and found.allow_nothing else given


def _add_outputs(parse: argparse.ArgumentParser) -> None:
    parse.add_argument("--format", choices=FORMATS, default="text", help="how to tell it (default: text)")
    parse.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", default=[], help="also write this report; repeatable"
    )
    parse.add_argument("--statistics", action="store_true", help="only count the findings of each rule")
    parse.add_argument(
        "--no-annotations", action="store_true", help="under GitHub Actions, do not annotate beside the text"
    )


def _add_statuses(parse: argparse.ArgumentParser) -> None:
    parse.add_argument("--baseline", metavar="FILE", help="do not show the findings in this file")
    parse.add_argument("--write-baseline", metavar="FILE", help="write all findings there, to be hidden from now on")
    parse.add_argument("--fail-on", choices=SEVERITIES, help="the least severity that gives status 1 (default: error)")
    parse.add_argument("--exit-zero", action="store_true", help="give status 0 for findings of any severity")
    parse.add_argument("--allow-nothing", action="store_true", help="give status 0 where there is nothing to lint")


def _output(text: str, prog: str) -> tuple[str, str]:
    """The two halves of an `--output`."""
    format, _, path = text.partition("=")
    if format not in FORMATS or not path:
        usage_error(prog, f"--output takes FORMAT=FILE, not `{text}`", f"the formats are {', '.join(FORMATS)}")
    return format, path


def _file_view(format: str) -> View:
    """How a report is looked at that a service reads."""
    top = os.environ.get(_TOPS.get(format, ""), "")
    # GitHub's code scanning knows no `suppressions`: it would open an alert for each (github/codeql-action#1230).
    return View(top or os.getcwd(), suppressed=not _on_github())


def _on_github() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _write_baseline(run: Run, report: Report, path: str) -> None:
    """Write the findings to a file, and take them out of the report as that file will do from now on."""
    from ecslint import baseline
    from ecslint.finding import Severity, Suppressed

    if report.fail_on is Severity.NOTE:
        # Notes that are not shown would fail the next run all the same.
        report.findings, report.withheld = [*report.findings, *report.withheld], []
    run.files.write(path, baseline.write(report.findings))
    report.suppressed += [Suppressed(finding, "", "baseline") for finding in report.findings]
    report.findings = []


def _shown(found: argparse.Namespace, report: Report) -> str:
    """What goes to standard output."""
    if found.statistics:
        from ecslint.reporters import statistics

        return statistics.render_text(report) if found.format == "text" else statistics.render_json(report)
    look = view(sys.stdout) if found.format in {"text", "concise", "json"} else _file_view(found.format)
    text = render(found.format, report, look)
    if found.format not in _ANNOTATED or not _on_github():
        return text
    # The runner takes commands from any line. What a file says must not be one, so it is told to hold its ears shut
    # until a word comes that no file can know.
    word = os.urandom(16).hex()
    annotations = "" if found.no_annotations else render("github", report, _file_view("github"))
    return f"::stop-commands::{word}\n{text}::{word}::\n{annotations}"


def status(report: Report, exit_zero: bool) -> int:
    """The exit status that a report deserves."""
    if report.problems:
        return FAILED
    if not report.workspace.files:
        return NOTHING
    every = [*report.findings, *report.withheld]
    return FOUND if not exit_zero and any(finding.severity >= report.fail_on for finding in every) else OK
