"""Nested stacks: templates by a path beside the template that nests them.

CDK says the path in the metadata of the resource, where `TemplateURL` is a hash in a bucket. Where it is told to write
no such metadata, the asset manifest knows the file of that hash. A template that lies in a bucket is not read, and
whatever it declares may be there.
"""

from __future__ import annotations

import posixpath
import re

from ecslint.lean import TYPE_CHECKING
from ecslint.value import Absent, Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.files import Files
    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.frontends.cloudformation.template import Declaration, Template

    Given = Callable[[str], "Value | None"]

TYPES = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""The types that nest a stack, with the property that says where its template lies."""

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HASHED = re.compile(r"/([0-9a-f]{32,128})\.json$")


def template_path(declaration: Declaration, template: Template) -> str | None:
    """The path of the template that a resource nests, relative to the boundary; None where it is no path."""
    property = TYPES.get(declaration.type)
    if property is None:
        return None
    asset = _member(declaration.part("Metadata"), "aws:asset:path")
    named = asset if asset.string is not None else _member(declaration.part("Properties"), property)
    if named.string is None or _ELSEWHERE.match(named.string):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(template.file.path), named.string))


def template_hash(declaration: Declaration) -> str | None:
    """The hash by which CDK names the template that a resource nests in a bucket; None where it names none."""
    property = TYPES.get(declaration.type)
    if property is None:
        return None
    named = _member(declaration.part("Properties"), property)
    pieces = _member(named, "Fn::Join").items()
    last = [text for piece in pieces for text in [piece, *piece.items()] if text.string is not None][-1:]
    found = _HASHED.search(last[0].string or "") if last else None
    return found.group(1) if found else None


def nested_paths(template: Template, files: Files) -> set[str]:
    """The paths of all templates that a template nests and that are there."""
    from ecslint.frontends.cloudformation.template import Declaration

    found = set()
    for entry in template.resources():
        if isinstance(entry, Declaration) and entry.type in TYPES:
            path = template_path(entry, template)
            if path is not None and files.exists(path):
                found.add(path)
    return found


def passed(declared: Declared) -> Given:
    """What a nested stack is given for a parameter, evaluated in the stack around it."""

    def given(name: str) -> Value | None:
        parameters = _member(declared.declaration.part("Properties"), "Parameters")
        if any(key.written == "Ref" or key.written.startswith("Fn::") for key, _ in parameters.entries()):
            parameters = declared.evaluation.value(parameters)
        found = _member(parameters, name)
        if isinstance(found.data, Absent):
            return None
        value = declared.evaluation.value(found)
        return value.hop(
            found.key.place if found.key else None, f"passed to the nested stack `{declared.logical_id}` here"
        )

    return given


def _member(value: Value, name: str) -> Value:
    """The entry that is written so; unknown where there may be one, absent where there is none."""
    found = Value(Unknown(value.open) if value.open else Absent(), value.place)
    for key, item in value.data.entries if isinstance(value.data, Mapping) else ():
        found = item if key.written == name else found
    return found
