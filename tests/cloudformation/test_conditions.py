"""Conditions and parameters: what is decided, what is a choice, and that one parameter has one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import lint, run, write
from templates import project, resource, shown, value

from ecslint.reporters import View, render
from ecslint.value import Choice
from ecslint.world import World, explore

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.value import Value

SECTIONS = """
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Size: {Type: String, Default: small}
  Cert: {Type: String, Default: ""}
  Name: {Type: String}
  Other: {Type: String}
  Vpc: {Type: "AWS::EC2::VPC::Id"}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Equals [test, !Ref Stage]
  NotLive: !Not [!Condition IsLive]
  Both: !And [!Condition IsLive, !Equals [!Ref Size, large]]
  Either: !Or [!Condition IsLive, !Equals [!Ref Size, large]]
  HasCert: !Not [!Equals [!Ref Cert, ""]]
  Always: !Equals [a, a]
  Never: !Equals [!Ref "AWS::Region", nowhere]
  Europe: !Equals [!Ref "AWS::Region", eu-west-1]
  Named: !Equals [!Ref Name, special]
  Same: !Equals [!Ref Other, !Ref Vpc]
  Round: !Condition Circle
  Circle: !Not [!Condition Round]
  Odd: {"Fn::Unheard": [1]}
"""
LIVE, CERT, LARGE = "`Stage` is `test`", "`Cert` is empty", "`Size` is `large`"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Always", "yes"),
        ("Never", "no"),
        ("IsLive", (LIVE, "no", "yes")),
        ("IsTest", (LIVE, "yes", "no")),
        ("NotLive", (LIVE, "yes", "no")),
        ("Both", (LIVE, "no", (LARGE, "yes", "no"))),
        ("Either", (LIVE, (LARGE, "yes", "no"), "yes")),
        ("HasCert", (CERT, "no", "yes")),
        ("Europe", ("`AWS::Region` is `eu-west-1`", "yes", "no")),
        ("Named", ("`Name` is `special`", "yes", "no")),
        ("Same", ("the condition `Same` is met", "yes", "no")),
        ("Round", ("the condition `Round` is met", "no", "yes")),
        ("Odd", ("the condition `Odd` is met", "yes", "no")),
        ("Undeclared", ("the condition `Undeclared` is met", "yes", "no")),
    ],
)
def test_a_condition(condition: str, expected: object, tmp_path: Path) -> None:
    assert shown(value(tmp_path, f"!If [{condition}, 'yes', 'no']", SECTIONS)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!Ref Stage", (LIVE, "test", "live")),
        ("!Ref Size", (LARGE, "large", "small")),
        ("!Ref Cert", (CERT, "", "?")),
        ("!Sub '${Stage}-${Cert}'", (LIVE, (CERT, "test-", "test-?"), (CERT, "live-", "live-?"))),
        ("!Join ['/', [a, !If [IsLive, b, !Ref AWS::NoValue], c]]", (LIVE, "a/c", "a/b/c")),
        ("!Select [0, [!If [IsLive, b, !Ref AWS::NoValue], c]]", (LIVE, "c", "b")),
        ("[1, !If [IsLive, 2, !Ref AWS::NoValue]]", [1, (LIVE, None, 2)]),
        ("!If [IsLive, !Ref AWS::NoValue, {a: 1}]", (LIVE, {"a": 1}, None)),
        ("!If [IsLive, !If [IsTest, 1, 2], 3]", (LIVE, 3, (LIVE, 1, 2))),
        ("!If [Always, 1, 2]", 1),
        ("!If [Always, 1]", "?"),
        ("!If [Odd]", "?"),
    ],
)
def test_a_choice(expression: str, expected: object, tmp_path: Path) -> None:
    assert _plain(shown(value(tmp_path, expression, SECTIONS))) == expected


def _plain(data: object) -> object:
    """What is absent as None."""
    if isinstance(data, (list, tuple)):
        return type(data)(_plain(item) for item in data)
    return None if repr(data) == "ABSENT" else data


def test_a_parameter_has_one_value_in_every_world(tmp_path: Path) -> None:
    """No world has a live stage and a condition that says otherwise."""
    expression = "[!Ref Stage, !If [IsLive, live, test], !If [NotLive, test, live], !If [Both, live, !Ref Stage]]"
    found = value(tmp_path, expression, SECTIONS)

    def read(world: World) -> list[str | None]:
        return [_deep(world, item) for item in found.items()]

    worlds, complete = explore(read)
    assert complete
    assert {tuple(texts) for _, texts in worlds} == {("test",) * 4, ("live",) * 4}


def _deep(world: World, of: Value) -> str | None:
    resolved = world.resolve(of)
    assert not isinstance(resolved.data, Choice)
    return resolved.string


def test_a_resource_exists_under_its_condition(tmp_path: Path) -> None:
    text = (
        SECTIONS
        + """
Resources:
  Live: {Type: AWS::ECS::Cluster, Condition: IsLive}
  Never: {Type: AWS::ECS::Cluster, Condition: Never}
  Plain: {Type: AWS::ECS::Cluster}
"""
    )
    found = project(tmp_path, text)
    assert found.exists(resource(found, "Plain")).yes
    assert found.exists(resource(found, "Never")).no
    condition = resource(found, "Live").exists.data
    assert isinstance(condition, Choice)
    assert shown(resource(found, "Live").exists) == (LIVE, False, True)


def test_many_conditions_are_one(tmp_path: Path) -> None:
    """A condition that would have more branches than can be told apart is known by its name only."""
    regions = ", ".join(f"!Equals [!Ref 'AWS::Region', xx-west-{number}]" for number in range(1, 10))
    sections = f"Conditions:\n  Some: !Or [!Or [{regions}], !Or [{regions.replace('xx', 'yy')}]]\n"
    assert shown(value(tmp_path, "!If [Some, 1, 2]", sections)) == ("the condition `Some` is met", 1, 2)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("{Type: String, Default: a}", "a"),
        ("{Type: Number, Default: 3}", 3),
        ("{Type: String, AllowedValues: [a]}", "a"),
        ("{Type: String, AllowedValues: [a, b, c]}", ("`P` is `a`", "a", ("`P` is `b`", "b", "c"))),
        ("{Type: String, AllowedValues: [a, b, c, d, e]}", "?"),
        ("{Type: String, AllowedValues: [a, b, c, d, e], Default: c}", "c"),
        ("{Type: CommaDelimitedList, Default: 'a,b'}", ["a", "b"]),
        ("{Type: List<Number>}", "?"),
        ("{Type: AWS::SSM::Parameter::Value<String>, Default: /a/b}", "?"),
        ("{Type: AWS::SSM::Parameter::Value<List<String>>, Default: /a/b}", "?"),
        ("{Type: String, NoEcho: true, Default: hunter22}", "hunter22"),
        ("{}", "?"),
    ],
)
def test_a_parameter(declared: str, expected: object, tmp_path: Path) -> None:
    assert shown(value(tmp_path, "!Ref P", f"Parameters:\n  P: {declared}\n")) == expected


@pytest.mark.parametrize(
    ("type", "fits", "other"),
    [
        ("AWS::EC2::VPC::Id", "vpc-0a1b", "subnet-0a1b"),
        ("AWS::EC2::Subnet::Id", "subnet-0a1b", "vpc-1"),
        ("Number", "12", "twelve"),
        ("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "ami-0a", "/aws/service/ami"),
    ],
)
def test_an_unknown_parameter_has_the_shape_of_its_type(type: str, fits: str, other: str, tmp_path: Path) -> None:
    found = value(tmp_path, "!Ref P", f"Parameters:\n  P: {{Type: '{type}'}}\n")
    assert found.equals(fits).maybe
    assert found.equals(other).no


def test_the_values_allowed_are_a_shape(tmp_path: Path) -> None:
    found = value(tmp_path, "!Ref P", "Parameters:\n  P: {Type: String, AllowedValues: [a.b, b, c, d, e]}\n")
    assert found.equals("a.b").maybe
    assert found.equals("axb").no


TEMPLATE = """
Parameters:
  Tag: {Type: String, Default: latest}
  Names: {Type: CommaDelimitedList}
  Stage: {Type: String, AllowedValues: [test, live]}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {Family: !Ref Tag, Volumes: !Ref Names, PidMode: !Ref Stage}
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "p.json",
            '[{"ParameterKey": "Tag", "ParameterValue": "v1"}, {"ParameterKey": "Names", "ParameterValue": "a,b"}]',
        ),
        ("p.json", '["Tag=v1", "Names=a,b"]'),
        ("p.json", '{"Parameters": {"Tag": "v1", "Names": "a,b"}, "Tags": {"Tag": "no"}}'),
        ("p.json", '{"Tag": "v1", "Names": "a,b"}'),
        ("p.yaml", "Parameters:\n  Tag: v1\n  Names: a,b\n"),
    ],
)
def test_a_parameter_file(name: str, text: str, tmp_path: Path) -> None:
    config = f"cloudformation:\n  parameter-files: [{name}]\n  parameters: {{Stage: live}}\n"
    write(tmp_path, {"template.yaml": TEMPLATE, ".ecslint.yml": config, name: text})
    (found,) = run(tmp_path).workspace.projects
    assert not found.problems
    document = shown(resource(found, "Task").document)
    assert document == {"family": "v1", "volumes": ["a", "b"], "pidMode": "live"}
    place = resource(found, "Task").document.get("family").place
    assert place is not None
    assert place.span().file.path == name
    assert place.span().text.strip('"').endswith("v1")


def test_a_parameter_that_keeps_its_value_is_unknown(tmp_path: Path) -> None:
    text = '[{"ParameterKey": "Tag", "UsePreviousValue": true}]'
    config = "cloudformation: {parameter-files: [p.json]}\n"
    write(tmp_path, {"template.yaml": TEMPLATE, ".ecslint.yml": config, "p.json": text})
    (found,) = run(tmp_path).workspace.projects
    assert shown(resource(found, "Task").document.get("family")) == "?"


@pytest.mark.parametrize(("text", "kind"), [("{", "json-syntax"), (None, "unreadable"), ("[" * 300, "limit")])
def test_a_parameter_file_that_cannot_be_read_is_a_problem(text: str | None, kind: str, tmp_path: Path) -> None:
    config = "cloudformation: {parameter-files: [p.json]}\n"
    write(tmp_path, {"template.yaml": TEMPLATE, ".ecslint.yml": config, **({"p.json": text} if text else {})})
    (found,) = run(tmp_path).workspace.projects
    assert [problem.kind for problem in found.problems] == [kind]


@pytest.mark.parametrize("no_echo", ["true", "'true'", "false"])
def test_what_nobody_may_see_is_masked(no_echo: str, tmp_path: Path) -> None:
    """A default that is a value and looks like nothing; the excerpt of another fault shows its line."""
    text = f"""
Parameters: {{P: {{Type: String, NoEcho: {no_echo}, Default: abc}}}}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{{Name: a, Environment: [{{Name: !Ref P, Value: x}}, {{Name: abc, Value: y}}]}}]
"""
    report = lint(write(tmp_path, {"a.yaml": text}), select=["duplicate-environment-name"])
    assert report.findings
    shown_text = render("text", report, View(str(tmp_path)))
    assert ("Default: ***" in shown_text) == (no_echo != "false")
    assert ("Default: abc" in shown_text) == (no_echo == "false")
