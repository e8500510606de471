"""Loops, JSON text and macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from templates import project, resource, shown, value

from ecslint.value import Mapping, Text

if TYPE_CHECKING:
    from pathlib import Path

LOOP = """
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: "web,job"}
  Unknown: {Type: CommaDelimitedList}
Resources:
  Fn::ForEach::Tasks:
    - Name
    - !Ref Names
    - "${Name}Task":
        Type: AWS::ECS::TaskDefinition
        Properties:
          Family: !Sub "${Name}-${AWS::Region}"
          PidMode: !Ref Name
          ContainerDefinitions: [{Name: "${Name}-&{Name}!", Image: !GetAtt ["${Name}Repo", RepositoryUri]}]
      "${Name}Repo": {Type: AWS::ECR::Repository}
  Cluster:
    Type: AWS::ECS::Cluster
    Properties:
      ClusterName: !Ref webTask
      Fn::ForEach::Settings:
        - Key
        - [One, Two]
        - "Setting${Key}": !Ref Key
Outputs:
  Fn::ForEach::Out:
    - Name
    - [a]
    - "Of${Name}": {Value: !Ref Name, Export: {Name: !Sub "out-${Name}"}}
"""


def test_a_loop_makes_resources(tmp_path: Path) -> None:
    found = project(tmp_path, LOOP)
    assert [item.address for item in found.resources] == ["webTask", "webRepo", "jobTask", "jobRepo", "Cluster"]
    document = shown(resource(found, "webTask").document)
    assert document == {
        "family": "web-?",
        "pidMode": "web",
        "containerDefinitions": [{"name": "web-web!", "image": "<webRepo.url>"}],
    }
    assert shown(resource(found, "Cluster").document) == {
        "clusterName": "<webTask.arn>",
        "settingOne": "One",
        "settingTwo": "Two",
    }


@pytest.mark.parametrize(
    "loop",
    [
        "[Name, !Ref Unknown, {'${Name}Task': {Type: 'AWS::ECS::TaskDefinition'}}]",
        "[Name, nothing, {'${Name}Task': {Type: 'AWS::ECS::TaskDefinition'}}]",
        "[Name, [a]]",
        "Name",
    ],
)
def test_a_loop_over_something_unknown_leaves_the_project_open(loop: str, tmp_path: Path) -> None:
    text = LOOP.replace("Fn::ForEach::Tasks:", f"Fn::ForEach::More: {loop}\n  Fn::ForEach::Tasks:")
    assert project(tmp_path, text).open
    assert not project(tmp_path / "closed", LOOP).open


def test_a_loop_in_properties_over_something_unknown_leaves_them_open(tmp_path: Path) -> None:
    found = resource(project(tmp_path, LOOP.replace("[One, Two]", "!Ref Unknown")), "Cluster").document
    assert isinstance(found.data, Mapping)
    assert found.data.open
    assert not found.get("settingOne").absent.yes


def test_loops_in_loops(tmp_path: Path) -> None:
    inner = "{'Fn::ForEach::B': [B, [1, 2], {'X${A}${B}': {Type: 'AWS::ECS::Cluster'}}]}"
    text = f"Resources:\n  Fn::ForEach::A: [A, [a, b], {inner}]\n  T: {{Type: AWS::ECS::TaskDefinition}}\n"
    assert [item.address for item in project(tmp_path, text).resources] == ["Xa1", "Xa2", "Xb1", "Xb2", "T"]


def test_loops_that_explode_are_cut_short(tmp_path: Path) -> None:
    body = "{'X${A}${B}${C}': {Type: 'AWS::ECS::Cluster'}}"
    numbers = list(range(40))
    for variable in "CBA":
        body = f"{{'Fn::ForEach::L{variable}': [{variable}, {numbers}, {body}]}}"
    found = project(tmp_path, f"Resources: {body}\n")
    assert found.open
    assert len(found.resources) < 1000


def test_json_text_keeps_its_structure(tmp_path: Path) -> None:
    resources = "  Bucket: {Type: AWS::S3::Bucket}"
    found = value(tmp_path, '{"Fn::ToJsonString": {name: [1, true, null, x]}}', resources=resources)
    assert found.string == '{"name":[1,true,null,"x"]}'
    symbolic = value(tmp_path / "1", '!Sub ["a${b}", {b: {"Fn::ToJsonString": [!Ref Bucket]}}]', resources=resources)
    assert isinstance(symbolic.data, Text)
    assert symbolic.string is None
    assert shown(symbolic) == 'a<json ["<Bucket.name>"]>'


MACRO = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {Family: app, ContainerDefinitions: [{Name: app, MACRO}]}
"""


@pytest.mark.parametrize("transform", ["Mine", "[AWS::LanguageExtensions, Mine]", "{Name: Mine}"])
def test_a_macro_may_rewrite_everything(transform: str, tmp_path: Path) -> None:
    found = project(tmp_path, f"Transform: {transform}\n{MACRO.replace(', MACRO', '')}")
    assert found.open
    assert shown(resource(found, "Task").document) == "?"


@pytest.mark.parametrize("transform", ["AWS::Serverless-2016-10-31", "[AWS::LanguageExtensions]"])
def test_what_aws_transforms_stays(transform: str, tmp_path: Path) -> None:
    found = project(tmp_path, f"Transform: {transform}\n{MACRO.replace(', MACRO', '')}")
    assert not found.open
    assert shown(resource(found, "Task").document)["family"] == "app"


def test_a_macro_inside_takes_what_is_around_it(tmp_path: Path) -> None:
    include = "'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://b/k}}"
    found = resource(project(tmp_path, MACRO.replace("MACRO", include)), "Task").document
    assert shown(found)["containerDefinitions"] == [{"name": "app", "...": "an include may add to this"}]
    mine = "'Fn::Transform': {Name: Mine}"
    found = resource(project(tmp_path / "1", MACRO.replace("MACRO", mine)), "Task").document
    assert shown(found)["containerDefinitions"] == ["?"]
