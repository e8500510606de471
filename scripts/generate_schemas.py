"""Write JSON Schemas of task definitions and services, for editors: `python scripts/generate_schemas.py`.

They stand in `docs/schema` and are made of the same facts that the rules about shapes read: botocore's model, and the
tables of ranges, limits, formats and what ECS requires. They say what those rules call an error, so a value that AWS
may have added to an enumeration is fine; a null is not, as the command line refuses it. Draft 7 is what editors know.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from ecslint.facts.enumerations import BESIDES, CLOSED  # noqa: E402  # the checkout, wherever this is run
from ecslint.facts.formats import FORMATS, LONGEST, Format  # noqa: E402
from ecslint.facts.limits import LIMITS  # noqa: E402
from ecslint.facts.ranges import RANGES  # noqa: E402
from ecslint.facts.required import ALTERNATIVES, OF_COMMAND_LINES, REQUIRED_BY_ECS  # noqa: E402
from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, Member, Type, structure  # noqa: E402

FOLDER = TOP / "docs" / "schema"
ADDRESS = "https://github.com/ecslint/ecslint/blob/main/docs/schema/"

ROOTS = {
    "task-definition": (TASK_DEFINITION, "The input of RegisterTaskDefinition"),
    "service-definition": (SERVICE, "The input of CreateService"),
}

TYPES = {"integer": "integer", "number": "number", "string": "string", "boolean": "boolean"}


def schema(name: str, root: str, title: str) -> dict[str, Any]:
    """The schema of a request."""
    definitions: dict[str, Any] = {}
    made = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{ADDRESS}{name}.schema.json",
        "title": title,
        **_structure(root, definitions),
    }
    return {**made, "definitions": dict(sorted(definitions.items()))}


def _structure(name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    shape = structure(name)
    own = {row.member for row in REQUIRED_BY_ECS if row.structure == name}
    required = sorted({key for key, member in shape.members.items() if member.required} | own)
    alternatives = [key for key in required if (name, key) in ALTERNATIVES]
    made: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _member(name, member, definitions) for key, member in shape.members.items()},
    }
    certain = [key for key in required if key not in OF_COMMAND_LINES and key not in alternatives]
    if certain:
        made["required"] = certain
    for key in alternatives:
        made["anyOf"] = [{"required": [key]}, {"required": [ALTERNATIVES[name, key]]}]
    return made


def _member(name: str, member: Member, definitions: dict[str, Any]) -> dict[str, Any]:
    made = _type(member.type, definitions)
    if any((row.structure, row.member) == (name, member.name) for row in REQUIRED_BY_ECS):
        made |= {"list": {"minItems": 1}, "string": {"minLength": 1}}.get(member.type.kind, {})
    for limit in LIMITS:
        if (limit.structure, limit.member) == (name, member.name):
            made["maxItems"] = limit.most
    for bounds in RANGES:
        if (bounds.structure, bounds.member, bounds.on, bounds.severity) == (name, member.name, "", "error"):
            made |= _bounds(bounds.least, bounds.most, "minimum", "maximum")
    judged = [form for form in FORMATS if (form.structure, form.member) == (name, member.name)]
    forms = [_form(form) for form in judged if form.severity == "error"]
    if forms:
        made |= forms[0] if len(forms) == 1 else {"allOf": forms}
    if (name, member.name) in LONGEST:
        made["maxLength"] = LONGEST[name, member.name]
    return made


def _form(form: Format) -> dict[str, Any]:
    """The form of a text; an empty one is judged elsewhere, and what was to be replaced is no error."""
    if form.matches:
        return {"pattern": f"^({'|'.join(filter(None, (form.matches, form.replaced)))})?$"}
    never = {"not": {"type": "string", "pattern": f"^({form.never})$"}}
    return {"anyOf": [{"pattern": f"^({form.unless})$"}, never]} if form.unless else never


def _type(type: Type, definitions: dict[str, Any]) -> dict[str, Any]:
    if type.kind == "document":
        return {}
    if type.kind == "structure":
        if type.name not in definitions:
            definitions[type.name] = {}
            definitions[type.name] = _structure(type.name, definitions)
        return {"$ref": f"#/definitions/{type.name}"}
    if type.kind == "list":
        assert type.item is not None
        return {"type": "array", "items": _type(type.item, definitions)}
    if type.kind == "map":
        assert type.item is not None
        return {"type": "object", "additionalProperties": _type(type.item, definitions)}
    made: dict[str, Any] = {"type": TYPES[type.kind]}
    if type.values:
        # An empty text is none; and what is not closed is for completion only.
        known = {"enum": [*type.values, *BESIDES.get(type.name, ())]}
        made["anyOf"] = [known, {"maxLength": 0} if type.name in CLOSED else {}]
    if type.is_bounded:
        names = ("minLength", "maxLength") if type.is_text else ("minimum", "maximum")
        made |= _bounds(type.least, type.most, *names)
    return made


def _bounds(least: float | None, most: float | None, *names: str) -> dict[str, float]:
    return {name: bound for name, bound in zip(names, (least, most), strict=True) if bound is not None}


def outputs() -> dict[Path, str]:
    """Every file that this script writes, with its text."""
    return {
        FOLDER / f"{name}.schema.json": json.dumps(schema(name, root, title), indent=2) + "\n"
        for name, (root, title) in ROOTS.items()
    }


def main() -> None:
    """Write all of it."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in outputs().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
