"""Ignores that stand in templates: comments in YAML, and `Metadata` of a template or a resource.

Metadata:
  ecslint:
    ignore:
      mutable-image-tag: the canary follows latest on purpose

A CDK program says the same by `addMetadata('ecslint', {ignore: …})`, of a resource or of the node of any construct.
"""

from __future__ import annotations

from ecslint.finding import Suppression
from ecslint.lean import TYPE_CHECKING
from ecslint.source import Span
from ecslint.suppress import comments, reasoned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.deployment import Deployment
    from ecslint.frontends.cloudformation.template import Template
    from ecslint.model import Project
    from ecslint.value import Value

NAME = "ecslint"


def suppressions(deployment: Deployment, project: Project) -> Iterator[Suppression]:
    """All ignores in the templates of a deployment."""
    seen: set[str] = set()
    for stack in deployment.stacks:
        template = stack.template
        if NAME not in template.file.text:
            continue
        if template.file.path not in seen:
            seen.add(template.file.path)
            yield from _comments(template)
        yield from in_metadata(template.part("Metadata"), stack.scope or "*", project)
        for declared in stack.declared.values():
            resource = declared.resource
            yield from in_metadata(declared.declaration.part("Metadata"), resource.address, project, resource.local)


def in_metadata(metadata: Value, address: str, project: Project, local: str = "") -> Iterator[Suppression]:
    """The ignores in the metadata of what has an address."""
    for name, block in metadata.entries():
        if name.written == NAME:
            yield from of(block, address, project, local)


def of(block: Value, address: str, project: Project, local: str) -> Iterator[Suppression]:
    """The ignores that are said of what has an address; they cover all below it."""
    for key, value in block.get("ignore").entries():
        place = key.place or value.place
        if place is not None:
            reason, until = reasoned(value.string or "")
            yield Suppression(
                rule=key.written,
                reason=reason,
                by="metadata",
                place=place.span(),
                address=address,
                until=until,
                project=project.path,
                local=local,
            )


def _comments(template: Template) -> Iterator[Suppression]:
    """The comments of a YAML template. One above a block covers all of it."""
    if template.is_json:
        return
    blocks: dict[int, int] | None = None
    for found in comments(template.file):
        covers = found.covers
        if covers is None:
            continue
        if blocks is None:
            blocks = _blocks(template)
        first = template.file.position(covers.start)[0]
        last = template.file.position(max(covers.end - 1, covers.start))[0]
        end = blocks.get(last, covers.end) if last > first else covers.end
        yield found._replace(covers=Span(covers.file, covers.start, max(end, covers.end)))


def _blocks(template: Template) -> dict[int, int]:
    """Where the outermost block ends that begins on a line, by line."""
    found: dict[int, int] = {}
    todo = [template.whole]
    while todo:
        value = todo.pop()
        children = [(key.place, item) for key, item in value.entries()] + [(item.place, item) for item in value.items()]
        for begins, item in children:
            if begins is not None and item.place is not None:
                line = template.file.position(begins.span().start)[0]
                found[line] = max(found.get(line, 0), item.place.span().end)
            todo.append(item)
    return found
