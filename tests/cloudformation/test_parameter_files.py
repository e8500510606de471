"""`--parameters FILE`: the forms that it takes, what wins, and what is said of a file that means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import command, lint, run, write
from templates import resource, shown

from ecslint.reporters import View, render

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.finding import Problem

TEMPLATE = """
Parameters:
  Tag: {Type: String, Default: latest}
  Token: {Type: String, NoEcho: true, Default: ''}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: checkout
      ContainerDefinitions:
        - Name: app
          Image: !Sub 111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:${Tag}
          Environment: [{Name: X, Value: !Ref Token}, {Name: X, Value: a}]
"""

FORMS = [
    '[{"ParameterKey": "Tag", "ParameterValue": "3f2a91c"}]',
    '["Tag=3f2a91c"]',
    '{"Parameters": {"Tag": "3f2a91c"}}',
    "Parameters:\n  Tag: 3f2a91c\n",
]


def _image(folder: Path, **options: object) -> object:
    (found,) = run(folder, ["template.yaml"], **options).workspace.projects
    assert not found.problems, found.problems
    (container,) = resource(found, "Task").document.get("containerDefinitions").items()
    return shown(container.get("image"))


@pytest.mark.parametrize("prefix", ["", "file://"])
@pytest.mark.parametrize("text", FORMS)
def test_every_form_of_the_aws_cli_gives_the_value(text: str, prefix: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"template.yaml": TEMPLATE, "live.params": text})
    values = [("parameters", f"{prefix}{folder / 'live.params'}")]
    assert _image(folder, values=values) == "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:3f2a91c"


def test_the_command_line_wins_and_of_two_files_the_later(tmp_path: Path) -> None:
    files = {"a.json": '["Tag=a"]', "b.json": '["Tag=b"]', ".ecslint.yml": "cloudformation: {parameters: {Tag: c}}\n"}
    folder = write(tmp_path, {"template.yaml": TEMPLATE, **files})
    assert str(_image(folder)).endswith(":c")
    values = [("parameters", str(folder / name)) for name in ("a.json", "b.json")]
    assert str(_image(folder, values=values)).endswith(":b")
    assert str(_image(folder, values=values[::-1])).endswith(":a")


def test_a_file_may_lie_outside_the_boundary(tmp_path: Path) -> None:
    folder = write(tmp_path / "inside", {"template.yaml": TEMPLATE})
    (tmp_path / "live.json").write_text('["Tag=live"]')
    assert str(_image(folder, values=[("parameters", str(tmp_path / "live.json"))])).endswith(":live")


def _problems(folder: Path, text: str | None) -> list[Problem]:
    write(folder, {"template.yaml": TEMPLATE, **({"live.json": text} if text is not None else {})})
    values = [("parameters", str(folder / "live.json"))]
    return run(folder, ["template.yaml"], values=values).workspace.projects[0].problems


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (None, "unreadable", "the parameters cannot be read: "),
        ("{", "json-syntax", ""),
        ('"Tag=a"', "configuration", "this is no list and no object"),
        ('["Tag"]', "configuration", "`Tag` has no `=`"),
        ('[{"Key": "Tag", "Value": "a"}]', "configuration", "this entry has no `ParameterKey`"),
        ('[{"ParameterKey": "Tag"}]', "configuration", "the entry of `Tag` has no `ParameterValue`"),
        ('{"Parameters": ["Tag=a"]}', "configuration", "`Parameters` is no object"),
        ('{"Parameters": {"Tag": ["a"]}}', "configuration", "the value of `Tag` is no text"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_once(text: str | None, kind: str, message: str, tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, text)
    assert problem.kind == kind
    assert problem.message.startswith(message)
    assert problem.path.endswith("live.json")
    assert (problem.place is not None) == (text is not None)
    assert problem.help.startswith("a parameter file is") == (kind == "configuration")


def test_a_value_of_a_pipeline_is_unknown(tmp_path: Path) -> None:
    text = '{"Parameters": {"Tag": {"Fn::GetParam": ["Build", "tag.json", "Tag"]}}}'
    folder = write(tmp_path, {"template.yaml": TEMPLATE, "live.json": text})
    assert str(_image(folder, values=[("parameters", str(folder / "live.json"))])).endswith(":?")


def test_a_parameter_that_no_template_has_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, {"template.yaml": TEMPLATE, "live.json": '["Tagg=a", "Token=b"]'})
    (notice,) = lint(folder, ["template.yaml"], values=[("parameters", str(folder / "live.json"))]).workspace.notices
    assert notice.message == "no template that was read has a parameter `Tagg`"
    assert notice.help == "did you mean `Tag`?"


def test_a_given_value_that_nobody_may_see_is_masked(tmp_path: Path) -> None:
    folder = write(tmp_path, {"template.yaml": TEMPLATE, "live.json": '[\n"Token=abc"\n]'})
    report = lint(
        folder,
        ["template.yaml"],
        values=[("parameters", str(folder / "live.json"))],
        select=["duplicate-environment-name"],
    )
    assert report.findings
    assert [mask.span().text for mask in report.masks()] == ["abc"]
    assert "abc" not in render("text", report, View(str(folder)))


def test_the_command_line_takes_it(tmp_path: Path) -> None:
    write(tmp_path, {"template.yaml": TEMPLATE, "live.json": FORMS[0], "bad.json": "[1]"})
    select = ("--select", "mutable-image-tag", "--fail-on", "warning")
    assert command(tmp_path, "template.yaml", *select).status == 1
    assert command(tmp_path, "template.yaml", *select, "--parameters", "live.json").status == 0
    broken = command(tmp_path, "template.yaml", *select, "--parameters", "bad.json")
    assert broken.status == 2
    assert "bad.json" in broken.out
    assert "this entry has no `ParameterKey`" in broken.out
