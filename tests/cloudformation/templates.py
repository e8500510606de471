"""What the tests of this frontend share: projects of texts, and values of expressions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from support import run, write

from ecslint.value import Choice, Encoded, Mapping, Ref, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.model import Project, Resource

TASK = """
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: {expression}
"""


def project(folder: Path, text: str, name: str = "template.yaml", **more: str) -> Project:
    """The one project of a template; `more` are other files."""
    files = {name: text, **{path.replace("__", "/").replace("_", "."): body for path, body in more.items()}}
    found = run(write(folder, files)).workspace.projects
    assert len(found) == 1, found
    return found[0]


def resource(of: Project, address: str, kind: str | None = None) -> Resource:
    """The one resource of an address."""
    found = [item for item in of.resources if item.address == address and kind in {None, item.kind}]
    assert len(found) == 1, [item.address for item in of.resources]
    return found[0]


def value(folder: Path, expression: str, sections: str = "", resources: str = "") -> Value:
    """What an expression means as a property; `sections` and `resources` are YAML beside it."""
    text = f"{sections}\nResources:\n{resources}\n{TASK.format(expression=expression)}"
    return resource(project(folder, text), "Task").document.get("family")


def shown(of: Value) -> Any:
    """A value as plain data that reads well: references as `<Address.attribute>`, unknown as `?`, choices as tuples."""
    data = of.data
    if isinstance(data, Choice):
        return (data.condition.text, shown(data.then), shown(data.other))
    if isinstance(data, Mapping):
        members = {key.name: shown(item) for key, item in data.entries}
        return {**members, **({"...": data.open} if data.open else {})}
    if isinstance(data, Sequence):
        return [*(shown(item) for item in data.items), *(["..."] if data.open else [])]
    if isinstance(data, Text):
        return "".join(_part(part) for part in data.parts)
    if isinstance(data, Unknown):
        return "?"
    return data


def _part(part: object) -> str:
    if isinstance(part, Ref):
        return f"<{part.resource.address}.{part.attribute}>"
    if isinstance(part, Encoded):
        return f"<json {json.dumps(shown(part.value))}>"
    return "?" if isinstance(part, Unknown) else str(part)
