"""`ecslint why "TEXT" [PATH…]`: from what was printed when a deployment failed to the rules, and to the places."""

from __future__ import annotations

import json
import sys

from ecslint import manual, registry
from ecslint.cli import FAILED, FOUND, OK
from ecslint.commands.arguments import (
    Usage,
    add_boundary,
    options,
    parser,
    read_stdin,
    usage_error,
    view,
    write,
)
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import render, safe, shown_path
from ecslint.run import Run
from ecslint.why import Match, why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.engine import Report
    from ecslint.reporters import View
    from ecslint.rule import Rule

MOST = 5
"""The most rules and the most unknown values that are named."""


def main(arguments: Sequence[str]) -> int:
    """Name the rules. The status is 0 if there are any, else 1; 2 if something in the paths could not be read."""
    parse = parser("why", "Find the rules about a text that ECS, CloudFormation, Terraform or an action printed.")
    parse.add_argument("text", metavar="TEXT", help="what was printed; `-` is standard input")
    parse.add_argument("paths", nargs="*", metavar="PATH", help="show what these rules find there")
    add_boundary(parse)
    parse.add_argument("--format", choices=("text", "json"), default="text", help="how to tell it (default: text)")
    found = parse.parse_args(arguments)
    text = read_stdin(parse.prog) if found.text == "-" else found.text
    if not text.strip():
        usage_error(parse.prog, "there is no text to look for")
    try:
        run = Run(options(found, parse.prog)) if found.paths else None
        report = run.report() if run is not None else None
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    known = run.registry if run is not None else registry.load()
    rules = [rule for rule in known.rules.values() if rule.symptoms and not rule.replaced_by]
    matches = why(text, rules)[:MOST]
    if report is not None:
        ids = {match.rule.id for match in matches}
        report.findings = [finding for finding in [*report.findings, *report.withheld] if finding.rule in ids]
        report.suppressed = [item for item in report.suppressed if item.finding.rule in ids]
        report.withheld = []
    look = view(sys.stdout)
    write(_json(matches, len(rules), report, look) if found.format == "json" else _text(matches, rules, report, look))
    if report is not None and report.problems:
        return FAILED
    return OK if matches else FOUND


def _text(matches: list[Match], rules: list[type[Rule]], report: Report | None, look: View) -> str:
    parts = [_one(match) for match in matches]
    if not matches:
        stages = [f"{sum(rule.stage == stage for rule in rules)} of {stage}" for stage in registry.STAGES]
        parts.append(
            f"No rule knows this text. The texts of {len(rules)} rules were looked at: {', '.join(stages)}.\n"
            "`ecslint rule` lists all rules.\n"
        )
    if report is not None:
        if report.findings or report.problems:
            parts.append(render("text", report, look))
        else:
            parts.append(_nothing(matches, report, look))
    return "\n".join(parts)


def _one(match: Match) -> str:
    rule = match.rule
    heard = "" if match.share == 1 else f" (of which {match.share:.0%} was heard)"
    return (
        f"{rule.id} ({rule.stage}, {rule.severity.word}): {manual.title(rule)}\n"
        f"  says: {match.symptom}{heard}\n"
        f"  `ecslint rule {rule.id}` explains it\n"
    )


def _nothing(matches: list[Match], report: Report, look: View) -> str:
    """What is said where the rules found nothing: how much of it was looked at, and what nobody could know."""
    files = len(report.workspace.files)
    who = "These rules find" if len(matches) > 1 else "This rule finds" if matches else "There is"
    lines = [f"{who} nothing in {files} file{'' if files == 1 else 's'}."]
    hidden = len(report.suppressed)
    if hidden:
        lines[0] += f" {hidden} of {'its' if len(matches) == 1 else 'their'} findings there are suppressed."
    unknown = sorted({(*item.position(), item.what, item.why) for item in report.unevaluated})
    if unknown:
        lines.append("What could not be evaluated may hide it:")
    for path, line, what, reason in unknown[:MOST]:
        lines.append(f"  {safe(shown_path(path, report.workspace.root, look))}:{line}: {safe(what)}: {safe(reason)}")
    if len(unknown) > MOST:
        lines.append(f"  and {len(unknown) - MOST} more")
    return "\n".join(lines) + "\n"


def _json(matches: list[Match], looked_at: int, report: Report | None, look: View) -> str:
    data = {
        "schema": 1,
        "matches": [
            {
                "rule": match.rule.id,
                "stage": match.rule.stage,
                "severity": match.rule.severity.word,
                "title": manual.title(match.rule),
                "symptom": match.symptom,
                "share": round(match.share, 2),
            }
            for match in matches
        ],
        "rules": looked_at,
        "report": json.loads(render("json", report, look)) if report is not None else None,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
