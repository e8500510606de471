"""Write what the documentation takes from the program: `python scripts/generate_docs.py`.

The marked parts (`<!-- begin: NAME -->` to `<!-- end: NAME -->`) of README.md and docs/integrations.md, docs/rules.md,
a page for each rule, rules/index.py, and ecslint.schema.json. A test holds that they are current.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import redirect_stdout, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from ecslint import config, manual, registry  # noqa: E402  # the checkout, wherever this is run
from ecslint.cli import main as ecslint  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.rule import Rule

_INDEX = '''"""The kinds of resources that each built-in rule begins with. Written by scripts/generate_docs.py.

A rule of which a run has nothing to look at is not read; one that is missing here always is.
"""
'''
_HEAD = "<!-- Written by scripts/generate_docs.py. -->\n\n"


def outputs() -> dict[Path, str]:
    """Every file that this script writes, with its text."""
    rules = list(registry.load().rules.values())
    readme = TOP / "README.md"
    shown = finding("fixtures/deployments/chatbot", "s3-object-action-on-bucket-arn")
    parts = {"finding": shown, "rules": table(rules, "docs/rules/"), "help": help_text()}
    guide = TOP / "docs" / "integrations.md"
    made = {
        readme: filled(readme.read_text(encoding="utf-8"), parts),
        guide: filled(guide.read_text(encoding="utf-8"), {"inputs": inputs(), "hooks": hooks()}),
        TOP / "docs" / "rules.md": index(rules),
        TOP / "rules" / "index.py": starts(rules),
        TOP / "ecslint.schema.json": json.dumps(config.schema(), indent=2) + "\n",
    }
    made |= {TOP / "docs" / "rules" / f"{rule.id}.md": _HEAD + manual.page(rule) for rule in rules}
    return made


def filled(text: str, parts: dict[str, str]) -> str:
    """A text with its marked parts written anew. Raises `KeyError` for a mark that means nothing."""

    def part(found: re.Match[str]) -> str:
        return f"{found.group(1)}\n{parts[found.group(2)]}\n{found.group(3)}"

    return re.sub(r"(<!-- begin: (\w+) -->)\n.*?(<!-- end: \2 -->)", part, text, flags=re.DOTALL)


def starts(rules: list[type[Rule]]) -> str:
    """The module that says what each rule begins with, for those that may be left unread."""
    lines = [
        f'    "{rule.id}": "{" ".join(kinds)}",' for rule in rules if (kinds := rule.starts()) and not rule.replaced_by
    ]
    return "\n".join([_INDEX, "STARTS = {", *lines, "}\n"])


def table(rules: list[type[Rule]], folder: str) -> str:
    """The rules by stage."""
    lines = []
    for stage in (*registry.STAGES, registry.META_STAGE):
        mine = [rule for rule in rules if rule.stage == stage]
        if mine:
            lines += [f"**`{stage}`**: {_gate(stage)}", "", "| rule | severity | what it finds |", "|---|---|---|"]
            lines += [
                f"| {_link(rule, folder)} | {rule.severity.word} | {_cell(manual.title(rule))} |" for rule in mine
            ]
            lines.append("")
    return "\n".join(lines)


def _gate(stage: str) -> str:
    """What must be so for a deployment to pass a gate, as the stage's own docstring says."""
    if stage == registry.META_STAGE:
        return "ignores and baselines hide what they say."
    return (import_module(f"ecslint.rules.{stage}").__doc__ or "").partition(": ")[2]


def index(rules: list[type[Rule]]) -> str:
    """The page of all rules: by stage, and by what ECS says."""
    said = sorted((symptom.lower(), rule.id, symptom, rule) for rule in rules for symptom in rule.symptoms)
    rows = [f"| {_quoted(symptom)} | {_link(rule, 'rules/')} |" for _, _, symptom, rule in said]
    parts = [
        "# Rules",
        "A rule belongs to the gate at which a deployment would stop. `ecslint rule` prints this list, and "
        "`ecslint rule ID` a rule's page.",
        table(rules, "rules/").strip(),
        "## By what ECS says",
        "What is in braces varies. `ecslint why TEXT` looks a text up, with all that CloudFormation or Terraform put "
        "around it.",
        "\n".join(["| text | rule |", "|---|---|", *rows]),
    ]
    return _HEAD + "\n\n".join(parts) + "\n"


def _link(rule: type[Rule], folder: str) -> str:
    return f"[`{rule.id}`]({folder}{rule.id}.md)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _quoted(text: str) -> str:
    """A text of ECS as code in a table."""
    mark = "``" if "`" in text else "`"
    return f"{mark}{_cell(text)}{mark}"


def inputs() -> str:
    """The inputs of the action."""
    action = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
    rows = []
    for name, entry in action["inputs"].items():
        default = (
            "the commit before the change" if name == "base" else f"`{entry['default']}`" if entry["default"] else ""
        )
        rows.append(f"| `{name}` | {default} | {_cell(entry['description'])} |")
    return "\n".join(["| input | default | |", "|---|---|---|", *rows])


def hooks() -> str:
    """The hooks for pre-commit."""
    offered = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    rows = [f"| `{hook['id']}` | {_cell(hook['description'])} |" for hook in offered]
    return "\n".join(["| hook | |", "|---|---|", *rows])


def finding(path: str, rule: str) -> str:
    """What a rule finds there, without the count in the end."""
    return _fenced(_printed([path, "--select", rule]).rpartition("\n\n")[0])


def help_text() -> str:
    return _fenced(_printed(["--help"]))


def _printed(arguments: list[str]) -> str:
    """What ecslint prints on a terminal of 100 columns."""
    os.environ.update(COLUMNS="100", NO_COLOR="1")
    os.chdir(TOP)
    printed = StringIO()
    with redirect_stdout(printed), suppress(SystemExit):
        ecslint(arguments)
    return printed.getvalue()


def _fenced(text: str) -> str:
    return f"```\n{text.rstrip()}\n```"


def leftovers(made: dict[Path, str]) -> Iterator[Path]:
    """Pages of rules that are no more."""
    for path in (TOP / "docs" / "rules").glob("*.md"):
        if path not in made:
            yield path


def main() -> None:
    """Write all of it."""
    made = outputs()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in leftovers(made):
        path.unlink()


if __name__ == "__main__":
    main()
