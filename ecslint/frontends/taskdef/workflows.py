"""What workflows do to task definitions before they register them.

`aws-actions/amazon-ecs-render-task-definition` writes the `image` of one container of a file, which a later step may
render again. `aws-actions/amazon-ecs-deploy-task-definition` leaves out what only a description has, and what is empty.
What stands in the file is never deployed, so it is nothing that a rule may read. Source: `action.yml` and `index.js` of
both; paths are those of the repository.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from ecslint.files import Refused
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.files import Files

WORKFLOWS = ".github/workflows"
RENDER = "amazon-ecs-render-task-definition"
DEPLOY = "amazon-ecs-deploy-task-definition"

DESCRIBED = frozenset(
    "compatibilities taskDefinitionArn requiresAttributes revision status registeredAt deregisteredAt "
    "registeredBy".split()
)
"""The keys that the action leaves out, with a warning in its log."""

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_OUTPUT = re.compile(r"\$\{\{\s*steps\.([\w-]+)\.outputs\.task-definition\s*\}\}")


class Step(NamedTuple):
    """A step that renders or deploys: patterns of the file and of the container's name, and its workflow.

    One that only deploys has no container.
    """

    file: str
    container: str | None
    workflow: str


def steps(files: Files) -> list[Step]:
    """All steps of the workflows that render or deploy a task definition of the repository."""
    found: list[Step] = []
    if not files.is_dir(WORKFLOWS):
        return found
    for entry in files.entries(WORKFLOWS):
        if entry.is_dir or not entry.name.endswith((".yml", ".yaml")):
            continue
        try:
            content = files.read_bytes(entry.path)
            if RENDER.encode() in content or DEPLOY.encode() in content:
                found += _of_workflow(entry.path, files)
        except Refused:
            continue
    return found


def _of_workflow(path: str, files: Files) -> Iterator[Step]:
    from ecslint import yamltext
    from ecslint.jsontext import TooDeep

    try:
        workflow, _ = yamltext.read(files.read(path))
    except TooDeep:
        return
    # A composite action has its steps under `runs`.
    jobs = [job for _, job in workflow.get("jobs").entries()] or [workflow.get("runs")]
    for job in jobs:
        rendered: dict[str, str] = {}
        for step in job.get("steps").items():
            uses = step.get("uses").string or ""
            if RENDER not in uses and DEPLOY not in uses:
                continue
            given = step.get("with")
            scopes = [step.get("env"), job.get("env"), workflow.get("env")]
            before = _OUTPUT.fullmatch((given.get("task-definition").string or "").strip())
            file = rendered.get(before[1], "*") if before else _pattern(given.get("task-definition"), scopes)
            container = _pattern(given.get("container-name"), scopes) if RENDER in uses else None
            if container is not None:
                rendered[step.get("id").string or ""] = file
            yield Step(file.removeprefix("./"), container, path)


def _pattern(value: Value, scopes: list[Value]) -> str:
    """The text with the variables of the workflow in it, and `*` for what is known at run time only."""

    def known(expression: str) -> str:
        kind, _, name = expression.partition(".")
        texts = [scope.get(name).string for scope in scopes] if kind == "env" else []
        text = next((text for text in texts if text is not None), None)
        return "*" if text is None or "${{" in text else _literal(text)

    # The texts between expressions, and what each expression says.
    parts = _EXPRESSION.split((value.string or "${{ }}").strip())
    return "".join(known(part) if at % 2 else _literal(part) for at, part in enumerate(parts))


def _literal(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)


def deployed(path: str, task: Value, steps: list[Step]) -> Value:
    """The task definition of a file as its workflows register it; images that are put in at deployment are unknown."""
    mine = [step for step in steps if fnmatchcase(path, step.file)]
    containers = task.get("containerDefinitions")
    if not mine or not isinstance(task.data, Mapping) or not isinstance(containers.data, Sequence):
        return task
    items = [_container(item, mine) for item in containers.data.items]
    made = Value(Sequence(items, containers.data.open), containers.place, containers.key)
    kept = [(key, value) for key, value in task.data.entries if key.name not in DESCRIBED and not _is_empty(value)]
    entries = [(key, made if value is containers else value) for key, value in kept]
    return Value(Mapping(entries, task.data.open), task.place, task.key)


def _is_empty(value: Value) -> bool:
    return value.data is None or value.data == ""


def _container(container: Value, steps: list[Step]) -> Value:
    name = container.get("name").string
    renders = [(step, step.container) for step in steps if step.container is not None]
    step = next((step for step, pattern in renders if name is None or fnmatchcase(name, pattern)), None)
    if step is None or not isinstance(container.data, Mapping):
        return container
    written = container.get("image")
    key = written.key or Key("image")
    image = Value(Unknown(f"{step.workflow} puts the image in"), written.place or container.place, key)
    entries = [(key, value) for key, value in container.data.entries if key.name != "image"]
    return Value(Mapping([*entries, (image.key or key, image)], container.data.open), container.place, container.key)
