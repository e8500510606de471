"""Counts what ecslint knows of repositories on disk, and for what reasons it does not know the rest.

    python benchmarks/attributes.py FOLDER             print the tables
    python benchmarks/attributes.py FOLDER --write     write them into attributes.md
    python benchmarks/attributes.py FOLDER --reason R  print the places that are not known for that reason

FOLDER holds one folder a repository, named `owner+name`. Those with a file of ECS resources in Terraform are read.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

PAGE = Path(__file__).parent / "attributes.md"

REASONS = {
    "variable without a value": r"the variable `.*` has no value here|may give the variable `",
    "workspace": r"the workspace is chosen when Terraform runs",
    "looked up in the account": r"it is looked up, so the files do not say|of `[^`]*data\.[^`]*` is known only",
    "account, region or partition": r"the (account|region|partition|suffix) is known only when Terraform runs",
    "module not on disk": r"the module `.*` is not on disk",
    "made up by AWS or the provider": r"known only after it is made|made up when it is made|adds attributes of its own",
    "refused by Terraform, too": r"cannot be evaluated|Reference to undeclared|result is null|Unsuitable|The given |"
    r"must not be null|Terraform refuses",
    "a condition that is not known": r"it depends on whether|a condition is not known|^`[^`]*`$|may not be there",
    "known only after apply": r"it is known only after apply|known only while Terraform runs|gives another result",
    "where Terraform runs": r"where Terraform will run is not known",
    "placeholder": r"is a placeholder|template engine",
    "changed by others": r"changes of it are ignored",
}
OTHER = "other"


def reason(why: str) -> str:
    """The group that the reason for which something is not known belongs to."""
    return next((name for name, pattern in REASONS.items() if re.search(pattern, why)), OTHER)


def _lint(folder: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "ecslint", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    report: dict[str, object] = json.loads(done.stdout) if done.returncode in {0, 1, 2} else {}
    return report


def _of_interest(folder: Path) -> bool:
    """Whether a repository has an ECS resource in Terraform."""
    return any(b"aws_ecs_" in path.read_bytes() for path in folder.rglob("*.tf") if path.is_file())


def _page(attributes: dict[str, dict[str, int]], reasons: Counter[str]) -> str:
    total = {key: sum(row[key] for row in attributes.values()) for key in ("known", "symbolic", "unknown")}
    lines = [
        "# What is known of public Terraform repositories",
        "",
        "Made by `benchmarks/attributes.py`: the attributes of all resources that the model has a noun for.",
        "*Symbolic* is text that holds a reference or a hole, *unknown* is a whole value.",
        "",
        "| repository | known | symbolic | unknown | unknown, % |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, row in [*sorted(attributes.items()), ("**all**", total)]:
        share = 100 * row["unknown"] / (sum(row.values()) or 1)
        lines.append(f"| {name} | {row['known']} | {row['symbolic']} | {row['unknown']} | {share:.1f} |")
    lines += [
        "",
        "## For what reason",
        "",
        "Every place that is not known, holes in text and collections that may hold more among them.",
        "",
        "| reason | places | % |",
        "| --- | ---: | ---: |",
    ]
    places = sum(reasons.values()) or 1
    lines += [f"| {name} | {count} | {100 * count / places:.1f} |" for name, count in reasons.most_common()]
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the tables into attributes.md")
    parser.add_argument("--reason", help="print the places that are not known for this reason")
    given = parser.parse_args()
    attributes: dict[str, dict[str, int]] = {}
    reasons: Counter[str] = Counter()
    for folder in sorted(path for path in given.folder.iterdir() if path.is_dir() and _of_interest(path)):
        report = _lint(folder)
        if not report:
            continue
        name = folder.name.replace("+", "/")
        attributes[name] = report["summary"]["attributes"]  # type: ignore[index]
        for place in report["unevaluated"]:  # type: ignore[attr-defined]
            reasons[reason(place["why"])] += 1
            if given.reason == reason(place["why"]):
                print(f"{place['path']}:{place['line']}  {place['what']}: {place['why']}")
    if given.write:
        PAGE.write_text(_page(attributes, reasons), encoding="utf-8")
    elif not given.reason:
        print(_page(attributes, reasons))


if __name__ == "__main__":
    main()
