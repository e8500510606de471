"""`ecslint show PATH`: the resources as they were evaluated, or what expressions mean there."""

from __future__ import annotations

import json
import sys

from ecslint.cli import FAILED, NOTHING, OK
from ecslint.commands.arguments import Usage, add_inputs, options, parser, usage_error, view, write
from ecslint.commands.tree import Tree
from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path
from ecslint.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecslint.model import Project, Resource


def main(arguments: Sequence[str]) -> int:
    """Print what was evaluated."""
    parse = parser("show", "Print the resources as they were evaluated, and what could not be, and why.")
    add_inputs(parse)
    parse.add_argument("--expr", metavar="EXPRESSION", help="evaluate this here; `-` reads one a line from stdin")
    parse.add_argument("--all", action="store_true", help="show also the resources that no rule looks at")
    found = parse.parse_args(arguments)
    try:
        run = Run(options(found, parse.prog))
        if found.expr is not None:
            evaluate = _console(run)
            write("".join(_answers(evaluate, _expressions(found.expr))), sys.stdout)
        else:
            write("".join(f"{line}\n" for line in _page(run, found.all)), sys.stdout)
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    problems = run.workspace.problems or any(project.problems for project in run.workspace.projects)
    return FAILED if problems else OK if run.workspace.projects else NOTHING


def _page(run: Run, every: bool) -> Iterator[str]:
    """The projects with their resources; those that no rule looks at by name only where all are asked for."""
    look = view(sys.stdout)
    tree = Tree(lambda path: shown_path(path, run.files.boundary, look))
    for project in run.workspace.projects:
        yield f"{safe(shown_path(project.path, run.files.boundary, look))}  {project.frontend}"
        if project.open:
            yield f"  # there may be more resources: {safe(project.open)}"
        for problem in project.problems:
            where = tree.where(problem.place) or safe(shown_path(problem.path, run.files.boundary, look))
            yield f"  # problem[{problem.kind}]: {safe(problem.message)}  {where}"
        for resource in project.resources:
            if resource.kind or every:
                yield ""
                yield from _resource(tree, resource)
        yield ""
    unevaluated = run.report().unevaluated
    if unevaluated:
        yield "not evaluated"
    for item in sorted(unevaluated, key=lambda item: (*item.position(), item.what)):
        path, line = item.position()
        where = f"{safe(shown_path(path, run.files.boundary, look))}:{line}"
        yield f"  {where}  {safe(item.what)}: {safe(item.why)}"


def _resource(tree: Tree, resource: Resource) -> Iterator[str]:
    kind = f"{resource.type}, {resource.kind}" if resource.kind else resource.type
    place = tree.where(resource.place)
    yield f"{safe(resource.address)}  ({safe(kind)})" + (f"  # {place}" if place else "")
    if not resource.exists.true.yes:
        yield from tree.lines(resource.exists, "exists: ", 1)
    yield from tree.lines(resource.document, "", 0)


def _console(run: Run) -> Project:
    """The project whose language the expressions are in. Raises `Usage` where there is not exactly one."""
    able = [project for project in run.workspace.projects if project.evaluate is not None]
    named = [project for project in able if project.path in run.arguments]
    found = named if len(named) == 1 else able
    if len(found) == 1:
        return found[0]
    if found:
        folders = ", ".join(f"`{project.path}`" for project in found[:5])
        raise Usage("expressions are evaluated in one project, and here are more", f"name one of {folders}")
    raise Usage("there is no project here whose format has expressions")


def _expressions(given: str) -> list[str]:
    if given != "-":
        return [given]
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").split("\n")
    return [line.rstrip("\r") for line in lines if line.strip()]


def _answers(project: Project, expressions: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each expression; what is known stands there as the format writes it."""
    assert project.evaluate is not None
    for expression in expressions:
        kind, said = project.evaluate(expression)
        said = said if kind == "known" else json.dumps(said, ensure_ascii=False)
        yield f'{{"{kind}": {"".join(map(_escaped, _masked(said, expression)))}}}\n'


def _masked(text: str, expression: str) -> str:
    """The text without credentials, but for what the expression spells out itself."""
    hidden = [found for found in credentials.every(text) if text[found.start : found.end] not in expression]
    return credentials.blanked(text, ((found.start, found.end) for found in hidden))


def _escaped(char: str) -> str:
    """A character of JSON, escaped where it would steer a terminal."""
    return char if char.isprintable() else json.dumps(char)[1:-1]
