"""Which files are templates, and which templates are projects."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from support import SOON, lint, run, write

from ecslint.frontends.cloudformation import claims

if TYPE_CHECKING:
    from pathlib import Path

ECS = "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", ECS),
        ("a.yml", f"AWSTemplateFormatVersion: '2010-09-09'\n{ECS}"),
        ("a.template", ECS),
        ("a.template", '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition"}}}'),
        ("a.json", '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition"}}}'),
        ("a.json", '{"Resources":{"T":{"Type":"AWS::IAM::Role","P":"ecs-tasks.amazonaws.com"}}}'),
        ("a.yaml", "'Resources' :\n  X: {'Type': 'AWS::CloudFormation::Stack'}\n"),
        ("a.yaml", '"Resources":\n  X: {Type: "AWS::Serverless::Application"}\n'),
        ("a.yaml", '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition"}}}'),
        ("a.yaml", "\ufeff" + ECS),
        ("a.yaml", "{Resources: {T: {Type: 'AWS::ECS::TaskDefinition'}}}"),
        ("a.yaml", "\n{Metadata: {},\r\n 'Resources' : {T: {Type: AWS::ECS::TaskDefinition}}}"),
    ],
)
def test_a_template_is_claimed(path: str, text: str) -> None:
    assert claims(path, text.encode())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        # other services
        ("a.yaml", "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"),
        ("a.json", '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}'),
        # Kubernetes, compose, OpenAPI, workflows, the Serverless Framework
        ("a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {annotations: {x: 'AWS::ECS::Service'}}\n"),
        ("compose.yaml", "services:\n  web:\n    image: nginx\n    labels: ['AWS::ECS::Service']\n"),
        ("a.yaml", "openapi: 3.0.0\npaths: {}\n"),
        ("serverless.yml", "service: x\nresources:\n  Resources:\n    T:\n      Type: AWS::ECS::TaskDefinition\n"),
        # an AppSpec file
        ("appspec.yaml", "version: 0.0\nResources:\n  # one\n  - TargetService:\n      Type: AWS::ECS::Service\n"),
        ("appspec.yaml", "Resources:\n- TargetService:\n    Type: AWS::ECS::Service\n"),
        # a schema, a constructs tree, prose
        ("a.json", '{"ResourceTypes": {"AWS::ECS::Service": {}}}'),
        ("tree.json", '{"version": "tree-0.1", "tree": {"aws:cdk:cloudformation:type": "AWS::ECS::Service"}}'),
        ("a.yaml", "# Resources: AWS::ECS::Service\n"),
        ("a.yaml", "resources: {Resources: {T: {Type: 'AWS::ECS::TaskDefinition'}}}\n"),
        ("a.yaml", ""),
    ],
)
def test_anything_else_is_not(path: str, text: str) -> None:
    assert not claims(path, text.encode())


def test_a_template_that_nests_nothing_of_ecs_is_no_project(tmp_path: Path) -> None:
    files = {
        "parent.yaml": "Resources:\n  X: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}\n",
        "b.yaml": "Resources:\n  B: {Type: AWS::S3::Bucket}\n",
    }
    made = run(write(tmp_path, files))
    assert made.workspace.projects == []
    assert made.skipped() == ["b.yaml", "parent.yaml"]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.yaml", f"{ECS}    Properties: [\n", "yaml-syntax"),
        ("a.json", '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition"', "json-syntax"),
        ("a.template", '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition"', "json-syntax"),
        ("a.template", "{Resources: {T: {Type: 'AWS::ECS::TaskDefinition'", "yaml-syntax"),
        ("a.json", '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": NaN}}}', "json-syntax"),
        ("a.yaml", f"{ECS}    Properties: {'[' * 300}{']' * 300}\n", "limit"),
        (
            "a.json",
            '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "X": ' + "[" * 5000 + "]" * 5000 + "}}}",
            "limit",
        ),
        ("a.yaml", f"{ECS}    Properties:\n      Family: {'x' * 9_000_000}\n", "limit"),
        ("a.yaml", f"{ECS}\x00", "yaml-syntax"),
    ],
)
def test_what_is_wrong_with_a_template_is_a_problem(name: str, text: str, kind: str, tmp_path: Path) -> None:
    report = lint(write(tmp_path, {name: text}))
    assert [problem.kind for problem in report.problems] == [kind]
    assert report.problems[0].path == name


def test_what_can_be_read_of_a_broken_template_is_linted(tmp_path: Path) -> None:
    text = """Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Environment: [{Name: A, Value: x}]
          Secrets: [{Name: A, ValueFrom: arn:aws:ssm:eu-west-1:111122223333:parameter/a}]
  Other: {]
"""
    report = lint(write(tmp_path, {"a.yaml": text}), select=["name-in-environment-and-secrets"])
    assert [problem.kind for problem in report.problems] == ["yaml-syntax"]
    assert [finding.address for finding in report.findings] == ["Task/app/secrets[A]"]
    (found,) = run(tmp_path).workspace.projects
    assert found.open


def test_a_template_of_another_service_is_no_problem_when_it_is_broken(tmp_path: Path) -> None:
    report = lint(write(tmp_path, {"a.yaml": "Resources:\n  B:\n    Type: AWS::S3::Bucket\n  X: [\n"}))
    assert not report.problems
    assert not report.workspace.files


@pytest.mark.parametrize(
    ("text", "told"),
    [("{{ if .Family }}\n      Family: a\n{{ end }}\n", True), ("Family: '{{resolve:ssm:/a}}'\n    b: [\n", False)],
)
def test_a_template_of_another_tool_is_told_as_one(text: str, told: bool, tmp_path: Path) -> None:
    (problem,) = lint(write(tmp_path, {"a.yaml": f"{ECS}    Properties:\n      {text}"})).problems
    assert problem.kind == "yaml-syntax"
    assert bool(problem.help) is told


@pytest.mark.parametrize("tail", ["##" * 200_000, " \n" * 200_000, "#\n" * 200_000, "\nResources:" * 20_000])
def test_the_sieve_is_quick_whatever_it_is_given(tail: str) -> None:
    start = time.perf_counter()
    claims("a.yaml", f"Type: AWS::ECS::Service\nResources:{tail}".encode())
    assert time.perf_counter() - start < SOON
