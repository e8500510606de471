"""No template makes ecslint crash, hang or guess."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import lint, write
from templates import project, resource, shown, value

from ecslint.frontends.cloudformation.intrinsics import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.value import Value

TASK = "  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: FAMILY}}\n"


def _lint(folder: Path, text: str, name: str = "a.yaml") -> None:
    """Lint within a time that no template may exceed."""
    begin = time.process_time()
    report = lint(write(folder, {name: text}))
    assert not [problem for problem in report.problems if problem.kind == "internal"]
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    "text",
    [
        # a resource that is named after itself, and two after each other
        "Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref A}}\n"
        + TASK.replace("FAMILY", "!Ref A"),
        "Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Select [0, !Split ['-', !Ref B]]}}\n"
        "  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Select [0, !Split ['-', !Ref A]]}}\n"
        + TASK.replace("FAMILY", "!Ref A"),
        "Resources:\n  A: {Type: AWS::SecretsManager::SecretTargetAttachment, Properties: {SecretId: !Ref A}}\n"
        + TASK.replace("FAMILY", "!Ref A"),
        # an output that is exported as itself
        "Resources:\n"
        + TASK.replace("FAMILY", "!ImportValue a")
        + "Outputs: {A: {Value: !ImportValue a, Export: {Name: a}}}\n",
        "Resources:\n"
        + TASK.replace("FAMILY", "!ImportValue a")
        + "Outputs: {A: {Value: !ImportValue b, Export: {Name: a}}, B: {Value: !ImportValue a, Export: {Name: b}}}\n",
        "Resources:\n" + TASK.replace("FAMILY", "x") + "Outputs: {A: {Value: x, Export: {Name: !ImportValue a}}}\n",
        # a condition, a mapping and a parameter that go round
        "Conditions: {A: !Condition B, B: !Or [!Condition A, !Condition B]}\nResources:\n"
        + TASK.replace("FAMILY", "!If [A, 1, 2]"),
        "Mappings: {M: {a: {b: !FindInMap [M, a, b]}}}\nResources:\n" + TASK.replace("FAMILY", "!FindInMap [M, a, b]"),
        "Parameters: {P: {Default: !Ref P}}\nResources:\n" + TASK.replace("FAMILY", "!Ref P"),
        # loops over their own variable, and loops that are no loops
        "Resources:\n  'Fn::ForEach::A': [X, !Ref X, {'${X}': {Type: AWS::S3::Bucket}}]\n"
        + TASK.replace("FAMILY", "a"),
        "Resources:\n  'Fn::ForEach::A': {Type: AWS::ECS::Cluster}\n" + TASK.replace("FAMILY", "a"),
        "Resources:\n  'Fn::ForEach::A': [X, ['${X}'], {'${X}${X}': {'Fn::ForEach::B': [X, ['${X}'], {}]}}]\n"
        + TASK.replace("FAMILY", "a"),
    ],
)
def test_circles(text: str, tmp_path: Path) -> None:
    _lint(tmp_path, text)


def test_a_name_that_needs_itself_is_unknown(tmp_path: Path) -> None:
    found = value(tmp_path, "!ImportValue a", "Outputs: {A: {Value: !ImportValue a, Export: {Name: a}}}")
    assert shown(found) == "?"


def _nested(depth: int, wrap: Any, inner: Any) -> Any:
    for _ in range(depth):
        inner = wrap(inner)
    return inner


@pytest.mark.parametrize("depth", [10, 60, 80, 180])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: {"Fn::Join": ["", [inner, inner]]},
        lambda inner: {"Fn::Sub": ["${a}${a}", {"a": inner}]},
        lambda inner: {"Fn::Select": [0, [inner]]},
        lambda inner: {"Fn::If": ["C", inner, inner]},
        lambda inner: {"a": inner},
        lambda inner: [inner],
        lambda inner: {"Fn::ToJsonString": inner},
    ],
    ids=["join", "sub", "select", "if", "object", "list", "json"],
)
def test_depth(depth: int, wrap: Any, tmp_path: Path) -> None:
    """Deep values, in texts that share what they nest so that they do not explode by themselves."""
    levels = min(depth, 12) if wrap({}) in ({"Fn::If": ["C", {}, {}]}, {"Fn::Join": ["", [{}, {}]]}) else depth
    family = _nested(levels, wrap, {"Ref": "AWS::Region"})
    template = {
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "x"]}},
        "Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": family}}},
    }
    _lint(tmp_path, json.dumps(template), "a.json")


def test_texts_that_explode(tmp_path: Path) -> None:
    """Each level doubles the text of the one below."""
    family = "x" * 100
    lines = "".join(f"  - &a{level} !Sub ['${{a}}${{a}}', {{a: *a{level - 1}}}]\n" for level in range(1, 50))
    text = f"Anchors:\n  - &a0 {family}\n{lines}Resources:\n{TASK.replace('FAMILY', '*a49')}"
    _lint(tmp_path, text)
    found = resource(project(tmp_path / "small", text.replace("*a49", "*a3")), "Task").document
    assert found.get("family").string == family * 8


def test_aliases_that_explode(tmp_path: Path) -> None:
    lines = "".join(f"  a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 12))
    _lint(tmp_path, f"Anchors:\n  a0: &a0 x\n{lines}Resources:\n{TASK.replace('FAMILY', '*a11')}")


def test_conditions_that_explode(tmp_path: Path) -> None:
    parameters = "".join(f"  P{number}: {{Type: String, AllowedValues: [a, b, c, d]}}\n" for number in range(12))
    text = "".join(f"${{P{number}}}" for number in range(12))
    found = value(tmp_path, f"!Sub '{text}'", f"Parameters:\n{parameters}")
    assert "?" in repr(shown(found))
    clauses = "".join(f"!Equals [!Ref P{number}, a], " for number in range(10))
    sections = f"Parameters:\n{parameters}Conditions:\n  C0: !Or [{clauses}]\n"
    sections += "".join(f"  C{n}: !And [!Condition C{n - 1}, !Not [!Condition C{n - 1}]]\n" for n in range(1, 40))
    assert value(tmp_path / "1", "!If [C39, 1, 2]", sections).data is not None


def test_a_huge_template(tmp_path: Path) -> None:
    container = {
        "Name": "a",
        "Environment": [{"Name": f"N{n}", "Value": {"Fn::Sub": "${AWS::Region}-x"}} for n in range(50)],
    }
    task = {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [container] * 5}}
    template = {"Resources": {f"Task{number}": task for number in range(100)}}
    text = json.dumps(template)
    assert len(text) > 1_000_000
    _lint(tmp_path, text, "a.json")


# Every function with every kind of wrong argument

_SCALARS = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "a", "A.B", "${A}", "{{resolve:ssm:a", "}}", "C", "Task", "\x00"]
)
_ARGUMENTS = st.recursive(
    _SCALARS
    | st.sampled_from([{"Ref": "P"}, {"Ref": "AWS::NoValue"}, {"Ref": "AWS::Region"}, {"Fn::If": ["C", 1, 2]}]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*FUNCTIONS, "a", "Fn::ForEach::X", "Name", "DefaultValue"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(FUNCTIONS)), _ARGUMENTS, min_size=1, max_size=1), _ARGUMENTS, _ARGUMENTS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_argument(tmp_path: Path, expression: Any, condition: Any, default: Any) -> None:
    template = {
        "Parameters": {"P": {"Type": "CommaDelimitedList", "Default": default}, "Q": default},
        "Conditions": {"C": condition},
        "Mappings": {"M": {"a": default}},
        "Resources": {
            "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": expression}, "Condition": "C"},
            "Service": {"Type": "AWS::ECS::Service", "Properties": expression, "DependsOn": default},
            "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupEgress": expression}},
            "X": {"Type": "AWS::CloudFormation::Stack", "Properties": default, "Metadata": condition},
        },
        "Outputs": {"O": {"Value": expression, "Export": {"Name": expression}}},
    }
    _lint(tmp_path, json.dumps(template), "a.json")


TEMPLATE = """
Parameters: {Stage: {Type: String, AllowedValues: [a, b]}, Names: {Type: CommaDelimitedList, Default: "x,y"}}
Conditions: {C: !Equals [!Ref Stage, a]}
Mappings: {M: {a: {n: 1}, b: {n: 2}}}
Resources:
  Fn::ForEach::L: [N, !Ref Names, {"${N}Bucket": {Type: AWS::S3::Bucket}}]
  Role:
    Type: AWS::IAM::Role
    Properties: {Policies: [{PolicyDocument: {Statement: [{Resource: !Sub "${xBucket.Arn}/*"}]}}]}
  Task:
    Type: AWS::ECS::TaskDefinition
    Condition: C
    Metadata: {ecslint: {ignore: {mutable-image-tag: none}}}
    Properties:
      TaskRoleArn: !GetAtt Role.Arn
      Cpu: !FindInMap [M, !Ref Stage, n]
      ContainerDefinitions:
        - Name: app
          Image: !Join [":", [app, !Ref Stage]]
          Environment: [!If [C, {Name: A, Value: "{{resolve:ssm:a}}"}, !Ref AWS::NoValue]]
          LogConfiguration: {Options: {a: !Select [0, !Split [",", "a,b"]]}}
  Group: {Type: AWS::EC2::SecurityGroup}
  Gate: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !Ref Group}}
  Service: {Type: AWS::ECS::Service, DependsOn: Task, Properties: {TaskDefinition: !Ref Task}}
"""


def _mutations(text: str) -> Iterator[str]:
    """The text with a line gone, doubled, cut off, or changed in its indentation, and with characters gone."""
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        before, after = lines[:index], lines[index + 1 :]
        yield "".join([*before, *after])
        yield "".join([*before, line, line, *after])
        yield "".join([*before, "  " + line, *after])
        yield "".join([*before, line.replace("[", "{", 1), *after])
        yield "".join([*before, line.replace("!", "", 1), *after])
        yield "".join([*before, line.replace("a", "*", 1), *after])
    for cut in range(0, len(text), 17):
        yield text[:cut]
        yield text[:cut] + text[cut + 1 :]


def test_no_mutation_raises(tmp_path: Path) -> None:
    for number, text in enumerate(_mutations(TEMPLATE)):
        report = lint(write(tmp_path, {"a.yaml": text}))
        assert not [problem for problem in report.problems if problem.kind == "internal"], number


def test_unknown_never_becomes_absent(tmp_path: Path) -> None:
    """Every value of the template made unknown in turn: nothing that was there is then said to be absent."""
    whole = project(tmp_path, TEMPLATE)
    before = {item.address: set(_present(item.document)) for item in whole.resources if item.kind}
    expressions = [
        "app",
        '{Name: A, Value: "{{resolve:ssm:a}}"}',
        "!GetAtt Role.Arn",
        "!Ref Task",
        "1",
        "[app, !Ref Stage]",
    ]
    for number, expression in enumerate(expressions):
        assert expression in TEMPLATE
        text = TEMPLATE.replace(expression, "!Transform {Name: Mine}")
        after = project(tmp_path / str(number), text)
        for item in after.resources:
            for keys in before.get(item.address, ()):
                assert not _follow(item.document, keys).absent.yes, (expression, item.address, keys)


def _present(of: Value, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, inner in of.entries():
        if not inner.absent.yes:
            yield (*keys, key.name)
            yield from _present(inner, (*keys, key.name))


def _follow(of: Value, keys: tuple[str, ...]) -> Value:
    for key in keys:
        of = of.get(key)
    return of
