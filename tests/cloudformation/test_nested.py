"""Nested stacks: what goes in, what comes out, and what is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import run, write
from templates import resource, shown

if TYPE_CHECKING:
    from pathlib import Path

PARENT = """
Parameters:
  Tag: {Type: String, Default: v1}
Resources:
  Secret: {Type: AWS::SecretsManager::Secret}
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: inner/network.yaml}
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./inner/app.json
      Parameters:
        Secret: !Ref Secret
        Tag: !Ref Tag
        Subnets: !Join [",", [!GetAtt Network.Outputs.One, !GetAtt Network.Outputs.Two]]
"""
NETWORK = """
Resources:
  SubnetOne: {Type: AWS::EC2::Subnet}
  SubnetTwo: {Type: AWS::EC2::Subnet}
Outputs:
  One: {Value: !Ref SubnetOne}
  Two: {Value: !Ref SubnetTwo, Export: {Name: two}}
"""
APP = """{
"Parameters": {"Secret": {"Type": "String"}, "Tag": {"Type": "String"}, "Cpu": {"Type": "String", "Default": "256"},
  "Subnets": {"Type": "CommaDelimitedList"}},
"Resources": {
  "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Cpu": {"Ref": "Cpu"}, "ContainerDefinitions": [
    {"Name": "app", "Image": {"Fn::Sub": "app:${Tag}"}, "Secrets": [
      {"Name": "KEY", "ValueFrom": {"Fn::Join": ["", [{"Ref": "Secret"}, ":key::"]]}}]}]}},
  "Service": {"Type": "AWS::ECS::Service", "Properties": {"NetworkConfiguration": {"AwsvpcConfiguration":
    {"Subnets": [{"Fn::ImportValue": "two"}]}}}}
}}"""
FILES = {"parent.yaml": PARENT, "inner/network.yaml": NETWORK, "inner/app.json": APP}


def test_a_parameter_map_and_outputs(tmp_path: Path) -> None:
    (found,) = run(write(tmp_path, FILES)).workspace.projects
    assert found.files == ["inner/app.json", "inner/network.yaml", "parent.yaml"]
    assert not found.open
    task = resource(found, "App/Task")
    assert task.local == "Task"
    (container,) = task.document.get("containerDefinitions").items()
    assert shown(task.document.get("cpu")) == "256"
    assert shown(container.get("image")) == "app:v1"
    (secret,) = container.get("secrets").items()
    assert shown(secret.get("valueFrom")) == "<Secret.arn>:key::"
    hops = [hop.text for hop in secret.get("valueFrom").hops or ()]
    assert hops == []
    service = resource(found, "App/Service").document
    network = service.get("networkConfiguration").get("awsvpcConfiguration")
    assert shown(network) == {"subnets": ["<Network/SubnetTwo.id>"]}


def test_a_value_tells_how_it_was_passed(tmp_path: Path) -> None:
    files = {**FILES, "inner/app.json": APP.replace('{"Fn::Sub": "app:${Tag}"}', '{"Ref": "Tag"}')}
    (found,) = run(write(tmp_path, files)).workspace.projects
    (container,) = resource(found, "App/Task").document.get("containerDefinitions").items()
    image = container.get("image")
    assert image.string == "v1"
    assert [hop.text for hop in image.hops or ()] == [
        "the parameter `Tag` is used here",
        "passed to the nested stack `App` here",
        "the parameter `Tag` is used here",
    ]
    paths = [hop.place.file.path for hop in image.hops or () if hop.place]
    assert paths == ["inner/app.json", "parent.yaml", "parent.yaml"]


@pytest.mark.parametrize(
    "url", ["https://example.com/app.json", "!Sub 's3://${Tag}/x'", "../../outside.yaml", "gone.yaml"]
)
def test_what_is_not_read_leaves_the_project_open(url: str, tmp_path: Path) -> None:
    write(tmp_path / "outside.yaml", {})
    files = {**FILES, "parent.yaml": PARENT.replace("./inner/app.json", url)}
    projects = run(write(tmp_path / "repo", files)).workspace.projects
    parent = next((item for item in projects if item.path == "parent.yaml"), None)
    # The parent has no ECS resource of its own then, and concerns nobody.
    assert parent is None
    assert [item.path for item in projects] == ["inner/app.json"]
    concerned = files["parent.yaml"] + "  Task: {Type: AWS::ECS::TaskDefinition}\n"
    projects = run(write(tmp_path / "repo", {**files, "parent.yaml": concerned})).workspace.projects
    parent = next(item for item in projects if item.path == "parent.yaml")
    assert parent.open == "the nested stack `App` is not read"


def test_one_template_nested_twice(tmp_path: Path) -> None:
    twice = PARENT + "  Again:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: inner/app.json}\n"
    (found,) = run(write(tmp_path, {**FILES, "parent.yaml": twice})).workspace.projects
    tasks = [item for item in found.resources if item.kind == "TaskDefinition"]
    assert [(item.address, item.local) for item in tasks] == [("App/Task", "Task"), ("Again/Task", "Task")]
    (container,) = tasks[1].document.get("containerDefinitions").items()
    assert shown(container.get("image")) == "app:?"


@pytest.mark.parametrize(
    "files",
    [
        {"a.yaml": "a.yaml"},
        {"a.yaml": "b.yaml", "b.yaml": "a.yaml"},
        {"a.yaml": "b.yaml", "b.yaml": "c.yaml", "c.yaml": "b.yaml"},
    ],
)
def test_a_circle_of_stacks(files: dict[str, str], tmp_path: Path) -> None:
    text = (
        "Resources:\n  Task: {{Type: AWS::ECS::TaskDefinition}}\n"
        "  Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}}}}}\n"
    )
    projects = run(write(tmp_path, {name: text.format(inner) for name, inner in files.items()})).workspace.projects
    assert [item.path for item in projects] == ["a.yaml"]
    assert projects[0].open == "the nested stack `Inner` nests itself"


def test_stacks_that_explode_are_cut_short(tmp_path: Path) -> None:
    files = {}
    for level in range(8):
        inner = "".join(
            f"  Inner{index}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: t{level + 1}.yaml}}}}\n"
            for index in range(8)
        )
        files[f"t{level}.yaml"] = f"Resources:\n{inner}  Task: {{Type: AWS::ECS::TaskDefinition}}\n"
    files["t8.yaml"] = "Resources:\n  Task: {Type: AWS::ECS::TaskDefinition}\n"
    (found,) = run(write(tmp_path, files)).workspace.projects
    assert found.open
    assert len(found.resources) < 5000


def test_a_project_knows_what_it_looked_for(tmp_path: Path) -> None:
    files = {**FILES, "parent.yaml": PARENT.replace("inner/network.yaml", "inner/gone.yaml")}
    projects = run(write(tmp_path, files)).workspace.projects
    found = next(item for item in projects if item.path == "parent.yaml")
    assert found.reads >= {"parent.yaml", "inner/app.json", "inner/gone.yaml"}


def test_an_application_of_sam(tmp_path: Path) -> None:
    """A template by a local path, one from the repository of applications, and a table that a variable refers to."""
    parent = """
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 3}}
Resources:
  Orders: {Type: AWS::Serverless::SimpleTable}
  Near:
    Type: AWS::Serverless::Application
    Properties: {Location: inner/near.yaml, Parameters: {Table: !Ref Orders}}
"""
    location = "{ApplicationId: a, SemanticVersion: 1.0.0}"
    far = f"  Far: {{Type: AWS::Serverless::Application, Properties: {{Location: {location}}}}}"
    near = """
Parameters: {Table: {Type: String}}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: app, Environment: [{Name: TABLE, Value: !Ref Table}]}]}
"""
    (found,) = run(write(tmp_path / "a", {"sam.yaml": parent, "inner/near.yaml": near})).workspace.projects
    (container,) = resource(found, "Near/Task").document.get("containerDefinitions").items()
    (variable,) = container.get("environment").items()
    assert shown(variable.get("value")) == "<Orders.name>"
    assert not found.open
    (found,) = run(write(tmp_path / "b", {"sam.yaml": parent + far, "inner/near.yaml": near})).workspace.projects
    assert found.open
