"""The line of a Python program that a person would edit: the argument, the variable, the statement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from support import run, write

from ecslint.source import Route, authored

if TYPE_CHECKING:
    from pathlib import Path

STACK = """class AppStack(Stack):
    def __init__(self, scope, id):
{body}

AppStack(scope=app, id="App")
"""
TASK = "AWS::ECS::TaskDefinition"
SERVICE = "AWS::ECS::Service"


def _place(folder: Path, body: str, type: str, properties: dict[str, Any], *keys: str | int, **more: str) -> str:
    """The author's place of a property of the construct `App/Thing`, as `file:line:text`."""
    text = STACK.format(body="\n".join(f"        {line}" for line in body.splitlines()))
    resource = {"Type": type, "Properties": properties, "Metadata": {"aws:cdk:path": "App/Thing/Resource"}}
    app = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "App.template.json"}}
    files = {
        "cdk.json": "{}",
        "app.py": text,
        "cdk.out/manifest.json": json.dumps({"version": "36.0.0", "artifacts": {"App": app}}),
        "cdk.out/App.template.json": json.dumps({"Resources": {"Thing": resource, "Other": {"Type": SERVICE}}}),
    }
    (project,) = run(write(folder, files | {f"{name}.py": text for name, text in more.items()})).workspace.projects
    place = project.resources[0].place
    assert isinstance(place, Route)
    found = authored(Route(place.file, ("Resources", "Thing", "Properties", *keys)))
    assert found is not None
    line, _ = found.span.file.position(found.span.start)
    return f"{found.span.file.path}:{line}:{found.span.text}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Task(self, 'Thing',\n  cpu='300')", "app.py:4:'300'"),
        ("Task(scope=self, id='Thing',\n  cpu='300')", "app.py:4:'300'"),
        ("Task(self, 'Thing', cpu=300)", "app.py:3:300"),
        ("Task(self, 'Thing', cpu=size)", "app.py:3:size"),
        # Something else has set it: an override, an aspect.
        ("Task(self, 'Thing', cpu=256)", "app.py:3:Task"),
        ("Task(self, 'Thing', memory=300)", "app.py:3:Task"),
        ("Task(self, 'Thing', **sizes)", "app.py:3:Task"),
    ],
)
def test_an_argument(body: str, expected: str, tmp_path: Path) -> None:
    assert _place(tmp_path, body, TASK, {"Cpu": "300"}, "Cpu") == expected


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("deployment_configuration={'maximumPercent': most}", "most"),
        ("deployment_configuration={'MaximumPercent': most}", "most"),
        ("deployment_configuration=DeploymentConfigurationProperty(maximum_percent=most)", "most"),
        ("deployment_configuration=given", "given"),
        ("max_healthy_percent=most", "most"),
        ("min_healthy_percent=least", "FargateService"),
    ],
)
def test_a_part_of_an_argument(argument: str, expected: str, tmp_path: Path) -> None:
    properties = {"DeploymentConfiguration": {"MaximumPercent": 100}}
    keys = ("DeploymentConfiguration", "MaximumPercent")
    place = _place(tmp_path, f"ecs.FargateService(self, 'Thing', {argument})", SERVICE, properties, *keys)
    assert place.rpartition(":")[2].rpartition(".")[2] == expected


@pytest.mark.parametrize(
    ("list", "expected"),
    [
        ("[{'name': 'b'}, {'name': 'a', 'image': 'x:1'}]", "'x:1'"),
        ("[first, Container(name='a', image='x:1')]", "'x:1'"),
        ("[*others, {'name': 'a', 'image': 'x:1'}]", "[*others, {'name': 'a', 'image': 'x:1'}]"),
        ("[only]", "[only]"),
    ],
)
def test_an_item_of_a_list(list: str, expected: str, tmp_path: Path) -> None:
    properties = {"ContainerDefinitions": [{"Name": "b", "Image": "y:1"}, {"Name": "a", "Image": "x:1"}]}
    body = f"CfnTask(self, 'Thing', container_definitions={list})"
    assert _place(tmp_path, body, TASK, properties, "ContainerDefinitions", 1, "Image") == f"app.py:3:{expected}"


VARIABLE = {"ContainerDefinitions": [{"Name": "a", "Environment": [{"Name": "KEY", "Value": "x"}]}]}


@pytest.mark.parametrize(
    ("body", "more", "expected"),
    [
        ("Task(self, 'Thing').add_container('a', environment={'KEY': 'x'})", "", "app.py:3:KEY"),
        ("t = Task(self, 'Thing')\nc = t.add_container(id='a')\nc.add_environment('KEY', 'x')", "", "app.py:5:'KEY'"),
        ("Task(self, 'Thing')", "env = {}\nenv['KEY'] = value", "config.py:2:'KEY'"),
        ("Task(self, 'Thing')", "env = dict(\n  KEY='x')", "config.py:2:'x'"),
        ("Task(self, 'Thing')", "A = {'KEY': 'y'}\nB = {'KEY': 'x'}", "config.py:2:'KEY'"),
        ("Task(self, 'Thing').add_container('a', environment=env)", "env = {'KEY': 'x'}", "config.py:1:'KEY'"),
        # Either may be meant, or neither.
        ("Task(self, 'Thing')", "A = {'KEY': x}\nB = {'KEY': y}", "app.py:3:Task"),
        ("Task(self, 'Thing')", "A = {'KEY': 'other'}", "app.py:3:Task"),
        ("Task(self, 'Thing')", "Other(tags={'KEY': x})", "app.py:3:Task"),
        ("Task(self, 'Thing')", "print(env['KEY'], 'KEY')", "app.py:3:Task"),
    ],
)
def test_a_variable(body: str, more: str, expected: str, tmp_path: Path) -> None:
    keys = ("ContainerDefinitions", 0, "Environment", 0, "Value")
    assert _place(tmp_path, body, TASK, VARIABLE, *keys, config=more) == expected


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("PolicyStatement(actions=['s3:PutObject', 's3:GetObject'], resources=[arn])", "[arn]"),
        ("PolicyStatement(actions=['s3:GetObject'], resources=[arn])", "Policy"),
        ("PolicyStatement(actions=[action, 's3:GetObject'], resources=[arn])", "Policy"),
        ("PolicyStatement(actions=['s3:GetObject', 's3:PutObject'], resources=[a])," * 2, "Policy"),
    ],
)
def test_a_statement(statements: str, expected: str, tmp_path: Path) -> None:
    statement = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::uploads"}
    properties = {"PolicyDocument": {"Statement": [statement]}, "PolicyName": "x", "Roles": ["x"]}
    body = f"Policy(self, 'Thing', statements=[{statements}])"
    keys = ("PolicyDocument", "Statement", 0, "Resource")
    assert _place(tmp_path, body, "AWS::IAM::Policy", properties, *keys) == f"app.py:3:{expected}"


def test_an_id_that_the_stack_shares(tmp_path: Path) -> None:
    body = "LoadBalancer(self, 'App')\nTask(self, 'Thing',\n  cpu=300)"
    assert _place(tmp_path, body, TASK, {"Cpu": "300"}, "Cpu") == "app.py:5:300"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("t = Task(self, 'Thing')\nt.node.default_child.add_property_override('Cpu', '300')", "app.py:4:'300'"),
        (
            "t = Task(self, 'Thing', cpu=256)\nc = t.node.default_child\nc.add_override('Properties.Cpu', 300)",
            "app.py:5:300",
        ),
        (
            "t = Task(self, 'Thing')\nc: Cfn = cast(Cfn, t.node.default_child)\nc.add_property_override('Cpu', x)",
            "app.py:5:x",
        ),
        ("self.t = Task(self, 'Thing')\nself.t.node.default_child.add_override('Properties.Cpu', x)", "app.py:4:x"),
        # What is overridden otherwise, elsewhere, or of another construct is not it.
        ("t = Task(self, 'Thing')\nt.node.default_child.add_property_override('Cpu', '256')", "app.py:3:Task"),
        ("t = Task(self, 'Thing')\nt.node.default_child.add_property_override('Memory', '300')", "app.py:3:Task"),
        ("t = Task(self, 'Thing')\nu.node.default_child.add_property_override('Cpu', '300')", "app.py:3:Task"),
        ("t = Task(self, 'Thing')\nt = x()\nt.node.default_child.add_property_override('Cpu', '300')", "app.py:3:Task"),
    ],
)
def test_an_override(body: str, expected: str, tmp_path: Path) -> None:
    assert _place(tmp_path, body, TASK, {"Cpu": "300"}, "Cpu") == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ("c.add_port_mappings(P(container_port=1))\nc.add_port_mappings(P(container_port=2))", "app.py:5:2"),
        ("c.add_port_mappings(first, second)", "app.py:4:second"),
        ("c.add_port_mappings(*both)", "app.py:3:add_container"),
        ("for p in both: c.add_port_mappings(p)", "app.py:3:add_container"),
    ],
)
def test_what_is_added(calls: str, expected: str, tmp_path: Path) -> None:
    ports = [{"ContainerPort": 1}, {"ContainerPort": 2}]
    properties = {"ContainerDefinitions": [{"Name": "a", "PortMappings": ports}]}
    body = "t = Task(self, 'Thing'); c = t.add_container('a')\n" + calls
    keys = ("ContainerDefinitions", 0, "PortMappings", 1, "ContainerPort")
    assert _place(tmp_path, body, TASK, properties, *keys) == expected


def test_a_program_as_deep_as_can_be(tmp_path: Path) -> None:
    keys = ("ContainerDefinitions", 0, "Environment", 0, "Value")
    deep = "x" + ".x" * 2500 + "('KEY', 1)"
    assert _place(tmp_path, "Task(self, 'Thing')", TASK, VARIABLE, *keys, config=deep) == "app.py:3:Task"
