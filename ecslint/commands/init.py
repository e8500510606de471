"""`ecslint init [PATH]`: a configuration to begin with, and how to run ecslint where people work."""

from __future__ import annotations

import os

from ecslint import baseline, scaffold
from ecslint.cli import OK
from ecslint.commands.arguments import Usage, add_boundary, options, parser, usage_error, write
from ecslint.config import NAME
from ecslint.files import Refused
from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.model import TaskDefinition
from ecslint.reporters import safe
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.engine import Report

_KINDS = {
    "taskdef": ("task definition", "task definitions"),
    "terraform": ("Terraform root", "Terraform roots"),
    "cloudformation": ("template or CDK assembly", "templates or CDK assemblies"),
}


def main(arguments: Sequence[str]) -> int:
    """Write `.ecslint.yml` into the folder, unless there is one, and print what to do next."""
    parse = parser("init", "Write a commented .ecslint.yml, and show how to run ecslint where people work.")
    parse.add_argument("paths", nargs="?", metavar="PATH", default=".", help="the folder (default: this one)")
    add_boundary(parse)
    parse.add_argument("--baseline", action="store_true", help=f"also write {scaffold.BASELINE} with what is found now")
    parse.add_argument("--print", action="store_true", help="write nothing; print the configuration alone")
    parse.add_argument("--force", action="store_true", help="write over files that are there")
    found = parse.parse_args(arguments)
    folder = found.paths
    if not os.path.isdir(folder):
        usage_error(parse.prog, f"`{folder}` is no folder")
    found.paths = [folder]
    found.write_baseline = True
    try:
        run = Run(options(found, parse.prog))
        report = run.report()
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    text = _configuration(run, folder, found.baseline)
    if found.print:
        write(text)
        return OK
    written = {NAME: text}
    if found.baseline:
        written[scaffold.BASELINE] = baseline.write(report.findings)
    for name, content in written.items():
        path = os.path.join(folder, name)
        try:
            run.files.write_new(path, content, found.force)
        except Refused as refused:
            usage_error(parse.prog, f"`{path}` cannot be written: {refused}", "--force writes over it")
        write(f"wrote {os.path.normpath(path)}\n")
    write("".join(f"{line}\n" for line in _told(run, report, folder, found.baseline)))
    return OK


def _configuration(run: Run, folder: str, with_baseline: bool) -> str:
    """The configuration for what the folder holds."""
    families = [task.family.string for project in run.workspace.projects for task in project.all(TaskDefinition)]
    top = run.files.relative(folder)
    beside = [os.path.relpath(path, top or ".").replace(os.sep, "/") for path in run.skipped()]
    return scaffold.configuration(
        sorted({safe(family) for family in families if family}),
        [path for path in beside if path.endswith(".tfvars")],
        [path for path in beside if "parameters" in path and path.endswith(".json")],
        with_baseline,
    )


def _told(run: Run, report: Report, folder: str, with_baseline: bool) -> Iterator[str]:
    """What was found, and what to do next."""
    yield ""
    frontends = [project.frontend for project in run.workspace.projects]
    here = [_many(frontends.count(name), *words) for name, words in _KINDS.items() if name in frontends]
    if here:
        errors = _many(report.count(Severity.ERROR), "error", "errors")
        warnings = _many(report.count(Severity.WARNING), "warning", "warnings")
        yield f"Found {', '.join(here)}, with {errors} and {warnings}."
    else:
        yield "Found nothing to lint here; `ecslint files` lists what was looked at."
    path = os.path.normpath(folder).replace(os.sep, "/")
    if report.findings and not with_baseline:
        file = os.path.normpath(os.path.join(folder, scaffold.BASELINE)).replace(os.sep, "/")
        yield f"To begin with what is new only: `ecslint {path} --write-baseline {file}`, and `baseline:` in {NAME}."
    has = run.files.lies_there
    verb = "Add to" if has(".pre-commit-config.yaml") else "For a pre-commit hook, write"
    yield f"\n{verb} .pre-commit-config.yaml:\n"
    if verb != "Add to":
        yield "repos:"
    yield scaffold.hook(path)
    if has(".gitlab-ci.yml"):
        yield "Add to .gitlab-ci.yml:\n"
        yield scaffold.gitlab_job(path)
    else:
        yield "For annotations on pull requests, write .github/workflows/ecslint.yml:\n"
        yield scaffold.workflow(path)


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
