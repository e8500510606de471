"""What refers to what, drawn."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from support import run, write

from ecslint.cli import main
from ecslint.graph import Edge, Graph, dot, graph, mermaid

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """
Resources:
  Role: {Type: AWS::IAM::Role}
  Thing: {Type: AWS::Events::Rule, Properties: {RoleArn: !GetAtt Role.Arn}}
  Secret: {Type: AWS::SecretsManager::Secret}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ExecutionRoleArn: !If [A, !GetAtt Role.Arn, !Ref "AWS::NoValue"]
      ContainerDefinitions: [{Name: a, Image: "a:1", Secrets: [{Name: A, ValueFrom: !Sub "${Secret}:key::"}]}]
  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task}}
Conditions: {A: !Equals [!Ref "AWS::Region", eu-west-1]}
"""


def drawn(top: Path, every: bool = False) -> Graph:
    (project,) = run(write(top, {"a.yaml": TEMPLATE})).workspace.projects
    return graph(project, every)


def test_references_are_edges(tmp_path: Path) -> None:
    found = drawn(tmp_path)
    assert found.nodes == {"Role": "Role", "Secret": "Secret", "Service": "Service", "Task": "TaskDefinition"}
    assert [(edge.source, edge.target) for edge in found.edges] == [
        ("Service", "Task"),
        ("Task", "Role"),
        ("Task", "Secret"),
    ]
    assert {edge.key.lower() for edge in found.edges} == {"taskdefinition", "executionrolearn", "valuefrom"}


def test_what_no_rule_looks_at_may_be_shown(tmp_path: Path) -> None:
    assert drawn(tmp_path, every=True).nodes["Thing"] == "AWS::Events::Rule"


ODD = Graph('a "b"', {'x"<y>': "Kind", "z\\": "Other"}, [Edge('x"<y>', "k", "z\\")])


def test_mermaid_takes_any_name() -> None:
    assert mermaid([ODD]).splitlines() == [
        "flowchart LR",
        '  subgraph p0["a &quot;b&quot;"]',
        '    n0_0["x&quot;&lt;y&gt;<br>Kind"]',
        '    n0_1["z\\<br>Other"]',
        '    n0_0 -- "k" --> n0_1',
        "  end",
    ]


def test_dot_takes_any_name() -> None:
    text = dot([ODD])
    assert 'n0_0 [label="x\\"<y>\\nKind"];' in text
    assert 'n0_1 [label="z\\\\\\nOther"];' in text
    assert 'n0_0 -> n0_1 [label="k"];' in text
    if shutil.which("dot"):
        subprocess.run(["dot", "-Tsvg"], input=text, text=True, check=True, capture_output=True)


@pytest.mark.parametrize("format", ["mermaid", "dot"])
def test_the_command_prints_it(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = write(tmp_path, {"a.yaml": TEMPLATE})
    assert main(["graph", str(top), "--format", format]) == 0
    assert "n0_2" in capsys.readouterr().out


@pytest.mark.parametrize(("files", "status"), [({}, 3), ({"a.json": '{"containerDefinitions": [{]}'}, 2)])
def test_the_command_says_how_it_went(files: dict[str, str], status: int, tmp_path: Path) -> None:
    assert main(["graph", str(write(tmp_path, files))]) == status
