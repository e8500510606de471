"""One deployment in every format: a task definition and a service in the API's words, written as each tool takes them.

`<HOLE>` stands for what nobody knows, as a whole text or in one: a placeholder in JSON, a parameter in a template, a
variable in a module. `<TASK>` is the task definition beside a service.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from root_module import HOLE, THE_TASK, NotWritable, as_heredoc, as_templatefile, as_terraform

from ecslint.facts.cloudformation_names import NAMES
from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, Type, structure

__all__ = ["DECODED", "FORMATS", "HOLE", "REFUSED_BY_TOOLS", "SPELLED", "THE_TASK", "NotWritable"]


def as_json(task: dict[str, Any] | None, service: dict[str, Any] | None) -> dict[str, str]:
    """What the command line takes: a file for each request."""
    files = {}
    if task is not None:
        files["task-definition.json"] = json.dumps(task, indent=2)
    if service is not None:
        named = {**service}
        if named.get("taskDefinition") == THE_TASK:
            named["taskDefinition"] = (task or {}).get("family")
        files["service-definition.json"] = json.dumps(named, indent=2)
    return files


def as_cloudformation(task: dict[str, Any] | None, service: dict[str, Any] | None) -> dict[str, str]:
    """A template."""
    return {"template.yaml": yaml.safe_dump(_template(task, service), sort_keys=False, width=1000)}


def as_cdk(task: dict[str, Any] | None, service: dict[str, Any] | None) -> dict[str, str]:
    """A cloud assembly."""
    return assembly(_template(task, service))


def assembly(template: dict[str, Any]) -> dict[str, str]:
    """A template as the one stack of a cloud assembly, each resource in a construct of its own."""
    resources = {
        name: {**resource, "Metadata": {"aws:cdk:path": f"Checkout/{name}/Resource", **resource.get("Metadata", {})}}
        if "Type" in resource
        else resource
        for name, resource in template.get("Resources", {}).items()
    }
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Checkout.template.json"}}
    manifest = {
        "version": "48.0.0",
        "artifacts": {"Checkout": {**stack, "environment": "aws://unknown-account/unknown-region"}},
    }
    return {
        "cdk.out/cdk.out": '{"version":"48.0.0"}',
        "cdk.out/manifest.json": json.dumps(manifest, indent=1),
        "cdk.out/Checkout.template.json": json.dumps({**template, "Resources": resources}, indent=1),
    }


def _template(task: dict[str, Any] | None, service: dict[str, Any] | None) -> dict[str, Any]:
    resources: dict[str, Any] = {}
    if task is not None:
        resources["Task"] = {
            "Type": "AWS::ECS::TaskDefinition",
            "Properties": _properties(task, Type("structure", TASK_DEFINITION)),
        }
    if service is not None:
        resources["Service"] = {
            "Type": "AWS::ECS::Service",
            "Properties": _properties(service, Type("structure", SERVICE)),
        }
    template: dict[str, Any] = {"Resources": resources}
    if HOLE in json.dumps([task, service]):
        template["Parameters"] = {"Hole": {"Type": "String"}}
    return template


def _properties(value: Any, type: Type | None) -> Any:
    """A value as CloudFormation writes it; what has no type here is written as an object of the API would be."""
    if isinstance(value, list):
        return [_properties(item, type.item if type is not None else None) for item in value]
    if isinstance(value, dict):
        if type is not None and type.kind in {"map", "document"}:
            return {key: _properties(item, None) for key, item in value.items()}
        members = structure(type.name).members if type is not None and type.kind == "structure" else {}
        names = NAMES.get(type.name, {}) if type is not None else {}
        return {
            names.get(key) or key[:1].upper() + key[1:]: _properties(
                item, members[key].type if key in members else None
            )
            for key, item in value.items()
        }
    if value == THE_TASK:
        return {"Ref": "Task"}
    if isinstance(value, str) and HOLE in value:
        return {"Ref": "Hole"} if value == HOLE else {"Fn::Sub": re.sub(HOLE, "${Hole}", value)}
    return value


class Long(yaml.SafeLoader):
    """Templates in YAML as they are in JSON: short forms of functions as their long ones, dates as text."""


def _function(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        argument: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        argument = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        argument = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(argument, str):
        argument = argument.split(".", 1)
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": argument}


def _text(loader: yaml.SafeLoader, node: yaml.Node) -> str:
    assert isinstance(node, yaml.ScalarNode)
    return str(loader.construct_scalar(node))


Long.add_multi_constructor("!", _function)
Long.add_constructor("tag:yaml.org,2002:timestamp", _text)


FORMATS = {"json": as_json, "cloudformation": as_cloudformation, "cdk": as_cdk, "terraform": as_terraform}
"""Every rule's cases are run in these."""

DECODED = {"heredoc": as_heredoc, "templatefile": as_templatefile}
"""Other ways in Terraform, which matter to the rules about how a document is spelled."""

SPELLED = {"malformed-value", "required-key-missing", "unknown-key", "unknown-value", "wrong-type"}
"""Rules about how a file is written, which each tool takes in its own way."""

REFUSED_BY_TOOLS = {"environment-entry-uses-value-from", "secrets-entry-uses-value"}
"""Rules about what the tool refuses before it asks ECS, each in its own words."""
