"""`ecslint rule [ID]`: the list of rules, or one rule's manual page, those of the nearest configuration included."""

from __future__ import annotations

import json
import sys

from ecslint import manual
from ecslint.cli import FAILED, OK
from ecslint.commands.arguments import Options, complain, parser, usage_error, write
from ecslint.lean import TYPE_CHECKING
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.rule import Rule


def main(arguments: Sequence[str]) -> int:
    """Print the manual."""
    parse = parser("rule", "List the rules, or explain one.")
    parse.add_argument("rule", nargs="?", metavar="ID", help="the rule to explain")
    parse.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    found = parse.parse_args(arguments)
    run = Run(Options(["."]))
    known = run.registry
    complain(run)
    status = FAILED if run.problems else OK
    if found.rule is None:
        rules = list(known.rules.values())
        write(_list(rules) if found.format == "text" else _json([_facts(rule) for rule in rules]), sys.stdout)
        return status
    name = known.resolve(found.rule)
    if name not in known.rules:
        close = known.close(found.rule)
        usage_error(parse.prog, f"there is no rule `{found.rule}`", f"did you mean `{close}`?" if close else "")
    rule = known.rules[name]
    write(manual.page(rule) if found.format == "text" else _json(_facts(rule)), sys.stdout)
    return status


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _list(rules: list[type[Rule]]) -> str:
    lines: list[str] = []
    width = max(len(rule.id) for rule in rules)
    stage = ""
    for rule in rules:
        if rule.stage != stage:
            lines += ["", rule.stage] if lines else [rule.stage]
            stage = rule.stage
        lines.append(f"  {rule.id:{width}}  {rule.severity.word:7}  {manual.title(rule)}")
    return "\n".join(lines) + "\n"


def _facts(rule: type[Rule]) -> dict[str, object]:
    return {
        "id": rule.id,
        "stage": rule.stage,
        "severity": rule.severity.word,
        "confidence": rule.confidence.word,
        "since": rule.since,
        "deprecated": rule.deprecated or None,
        "replaced_by": rule.replaced_by or None,
        "title": manual.title(rule),
        "symptoms": list(rule.symptoms),
        "peers": list(rule.peers),
        "options": dict(rule.options),
        "manual": manual.page(rule),
    }
