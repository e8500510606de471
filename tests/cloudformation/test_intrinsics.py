"""Every intrinsic function, in its long and its short form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from templates import TASK, project, resource, shown, value

from ecslint.value import ABSENT

if TYPE_CHECKING:
    from pathlib import Path

RESOURCES = """
  Bucket: {Type: AWS::S3::Bucket}
  Named: {Type: AWS::S3::Bucket, Properties: {BucketName: assets}}
  Repo: {Type: AWS::ECR::Repository}
  Logs: {Type: AWS::Logs::LogGroup}
  Secret: {Type: AWS::SecretsManager::Secret}
  Role: {Type: AWS::IAM::Role}
  Queue: {Type: AWS::SQS::Queue}
  Other: {Type: Custom::Thing}
"""
SECTIONS = """
Parameters:
  Stage: {Type: String, Default: test}
  Tag: {Type: String}
  Zone: {Type: String, AllowedValues: [a, b]}
  Subnets: {Type: List<AWS::EC2::Subnet::Id>}
  Names: {Type: CommaDelimitedList, Default: "one, two"}
Mappings:
  Sizes: {test: {cpu: "256"}, live: {cpu: "512"}}
  Regions: {eu-west-1: {ami: ami-1}, us-east-1: {ami: ami-2}}
"""

CASES = [
    # Ref and Fn::GetAtt
    ("!Ref Bucket", "<Bucket.name>"),
    ("{Ref: Secret}", "<Secret.arn>"),
    ("!Ref Stage", "test"),
    ("!Ref Tag", "?"),
    ("!Ref Names", ["one", "two"]),
    ("!Ref Nothing", "?"),
    ("!Ref Other", "<Other.id>"),
    ("!GetAtt Bucket.Arn", "<Bucket.arn>"),
    ("!GetAtt [Bucket, Arn]", "<Bucket.arn>"),
    ('{"Fn::GetAtt": "Bucket.Arn"}', "<Bucket.arn>"),
    ('{"Fn::GetAtt": [Bucket, Arn]}', "<Bucket.arn>"),
    ("!GetAtt Logs.Arn", "<Logs.arn>:*"),
    ("!GetAtt Repo.RepositoryUri", "<Repo.url>"),
    ("!GetAtt Other.Some.Attribute", "<Other.some.Attribute>"),
    ("!GetAtt Nothing.Arn", "?"),
    ("!GetAtt [Bucket]", "?"),
    # Fn::Join
    ('!Join ["", [!GetAtt Bucket.Arn, "/*"]]', "<Bucket.arn>/*"),
    ("!Join ['-', [a, !Ref Stage, 1, true]]", "a-test-1-true"),
    ("!Join [',', !Ref Names]", "one,two"),
    ("!Join [',', !Ref Subnets]", "?"),
    ("!Join ['', [a, {b: c}]]", "?"),
    ("!Join [a]", "?"),
    ("!Join ['-', [a, !Ref AWS::NoValue, b]]", "a-b"),
    # Fn::Sub
    ("!Sub plain", "plain"),
    ('!Sub "${Bucket.Arn}/*"', "<Bucket.arn>/*"),
    ('!Sub "${Stage}-${Tag}-${!Literal}"', "test-?-${Literal}"),
    ('{"Fn::Sub": ["${a}:${Stage}", {a: !Ref Bucket}]}', "<Bucket.name>:test"),
    ('!Sub ["${Stage}", {Stage: mine}]', "mine"),
    ('!Sub "${ Stage }"', "test"),
    ('!Sub "$${Stage}"', "$test"),
    ('!Sub "${Unclosed"', "${Unclosed"),
    ("!Sub [1, 2, 3]", "?"),
    # Fn::Select and Fn::Split
    ("!Select [1, [a, b]]", "b"),
    ("!Select ['0', !Split ['-', 'x-y']]", "x"),
    ("!Select [1, !Ref Names]", "two"),
    ("!Select [0, !Ref Subnets]", "?"),
    ("!Select [7, [a]]", "?"),
    ("!Select [0, !Split [':', !Ref Tag]]", "?"),
    ("!Split [',', 'a,b']", ["a", "b"]),
    ("!Select [2, !Split [':', !GetAtt Bucket.Arn]]", "s3"),
    ("!Select [5, !Split [':', !GetAtt Bucket.Arn]]", "<Bucket.name>"),
    ("!Select [5, !Split [':', !GetAtt Repo.Arn]]", "repository/<Repo.name>"),
    ("!Select [6, !Split [':', !Ref Secret]]", "<Secret.name>-?"),
    ("!Select [0, !Split ['-', !Select [6, !Split [':', !Ref Secret]]]]", "?"),
    # Fn::FindInMap
    ("!FindInMap [Sizes, !Ref Stage, cpu]", "256"),
    ("!FindInMap [Sizes, nowhere, cpu]", "?"),
    ("!FindInMap [Sizes, nowhere, cpu, {DefaultValue: none}]", "none"),
    ("!FindInMap [Nowhere, a, b]", "?"),
    ("!FindInMap [Regions, !Ref AWS::Region, ami]", "?"),
    # the others
    ("!Base64 text", "dGV4dA=="),
    ("!Base64 {Ref: Tag}", "?"),
    ("!ImportValue elsewhere", "?"),
    ("!GetStackOutput {StackName: a, OutputName: b}", "?"),
    ("!Cidr ['10.0.0.0/16', 2, 8]", ["10.0.0.0/24", "10.0.1.0/24"]),
    ("!Cidr [!Ref Tag, 2, 8]", "?"),
    ("!Cidr ['nonsense', 2, 8]", "?"),
    ("!GetAZs ''", "?"),
    ("!Select [0, !GetAZs '']", "?"),
    ("!Transform {Name: AWS::Include, Parameters: {Location: s3://b/k}}", "?"),
    ("!Unheard [1]", "?"),
    ('{"Fn::Length": [1, 2, 3]}', 3),
    ('{"Fn::Length": !Ref Subnets}', "?"),
    ('{"Fn::ToJsonString": {a: [1, !Ref Bucket]}}', '<json {"a": [1, "<Bucket.name>"]}>'),
]


@pytest.mark.parametrize(("expression", "expected"), CASES, ids=[case[0] for case in CASES])
def test_an_expression_means(expression: str, expected: object, tmp_path: Path) -> None:
    assert shown(value(tmp_path, expression, SECTIONS, RESOURCES)) == expected


@pytest.mark.parametrize(
    ("expression", "shape", "other"),
    [
        ("!Select [0, !Ref Subnets]", "subnet-0a", "sg-0a"),
        ("!Select [0, !GetAZs '']", "eu-west-1a", "eu-west-1"),
        ("!FindInMap [Regions, !Ref AWS::Region, ami]", "ami-2", "ami-3"),
        ("!Select [4, !Split [':', !GetAtt Repo.Arn]]", "111122223333", "eu-west-1"),
        ("!Sub 'arn:${AWS::Partition}:s3:::x'", "arn:aws-cn:s3:::x", "arn:x:s3:::x"),
        ("!Ref AWS::URLSuffix", "cloud.adc-e.uk", "example.com"),
        ("!Ref AWS::StackName", "my-stack", "1"),
        ("!Select [0, !Cidr [!Ref Tag, 2, 8]]", "10.0.0.0/24", "ten"),
        ("!Base64 {Ref: Tag}", "dGV4dA==", "te xt"),
    ],
)
def test_what_is_unknown_still_has_a_shape(expression: str, shape: str, other: str, tmp_path: Path) -> None:
    found = value(tmp_path, expression, SECTIONS, RESOURCES)
    assert found.equals(shape).maybe
    assert found.equals(other).no


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("!Ref Tag", '!Sub "${Tag}"'),
        ("!Select [0, !Ref Subnets]", "!Select ['0', !Ref Subnets]"),
        ('!Sub "${AWS::AccountId}:${Bucket}"', '!Join [":", [!Ref AWS::AccountId, !Ref Bucket]]'),
        ("!FindInMap [Regions, !Ref AWS::Region, ami]", "!FindInMap [Regions, !Sub '${AWS::Region}', ami]"),
        ("!ImportValue elsewhere", "!ImportValue {'Fn::Sub': elsewhere}"),
        ("!ImportValue {'Fn::Sub': \"${Tag}-x\"}", "!ImportValue {'Fn::Sub': \"${Tag}-x\"}"),
        ("'{{resolve:ssm:/a}}'", "!Join [':', ['{{resolve:ssm', '/a}}']]"),
    ],
)
def test_one_unknown_thing_is_equal_to_itself(one: str, two: str, tmp_path: Path) -> None:
    found = value(tmp_path, f"[{one}, {two}]", SECTIONS, RESOURCES)
    first, second = found.items()
    assert first.equals(second).yes


def test_the_image_of_a_repository_is_its_url(tmp_path: Path) -> None:
    field = "!Select [{index}, !Split [':', !GetAtt Repo.Arn]]"
    account, region = field.format(index=4), field.format(index=3)
    joined = f"!Join ['', [{account}, .dkr.ecr., {region}, '.', !Ref AWS::URLSuffix, /, !Ref Repo, ':1.4']]"
    written = "!Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Repo}:1.4'"
    for number, expression in enumerate((joined, written)):
        assert shown(value(tmp_path / str(number), expression, SECTIONS, RESOURCES)) == "<Repo.url>:1.4"
    elsewhere = "!Sub '111122223333.dkr.ecr.${AWS::Region}.amazonaws.com/${Repo}:1.4'"
    assert shown(value(tmp_path / "2", elsewhere, SECTIONS, RESOURCES)) == (
        "111122223333.dkr.ecr.?.amazonaws.com/<Repo.name>:1.4"
    )


def test_the_name_in_a_secrets_arn_is_put_together_again(tmp_path: Path) -> None:
    """What `Secret.fromSecretNameV2(secret.secretName)` of aws-cdk-lib renders."""
    field = "!Select [{index}, !Split ['-', !Select [6, !Split [':', !Ref Secret]]]]"
    fields = [field.format(index=index) for index in range(3)]
    found = value(tmp_path / "0", f"!Join ['-', [{fields[0]}, {fields[1]}]]", SECTIONS, RESOURCES)
    assert shown(found) == "<Secret.name>"
    for number, wrong in enumerate(([fields[1], fields[0]], [fields[0]], fields), 1):
        found = value(tmp_path / str(number), f"!Join ['-', [{', '.join(wrong)}]]", SECTIONS, RESOURCES)
        assert found.string is None
        assert found.ref is None


def test_no_value_takes_away(tmp_path: Path) -> None:
    found = value(tmp_path, "{a: !Ref AWS::NoValue, b: [1, !Ref AWS::NoValue, 2]}")
    assert shown(found) == {"b": [1, 2]}
    assert found.get("a").data is ABSENT


def test_a_value_tells_its_way(tmp_path: Path) -> None:
    found = value(tmp_path, "!FindInMap [Sizes, !Ref Stage, cpu]", SECTIONS)
    assert found.place is not None
    assert found.place.span().text == '"256"'
    assert [hop.text for hop in found.hops or ()] == ["looked up in the mapping `Sizes` here"]
    passed = value(tmp_path / "1", "!Ref Stage", SECTIONS)
    assert passed.place is not None
    assert passed.place.span().text == "test"
    assert [hop.text for hop in passed.hops or ()] == ["the parameter `Stage` is used here"]


def test_parts_of_a_text_have_places(tmp_path: Path) -> None:
    found = value(tmp_path, '!Sub "${Bucket.Arn}/some/${Tag}"', SECTIONS, RESOURCES)
    place = found.part("/some/")
    assert place is not None
    assert place.span().text == "/some/"


def test_json_and_yaml_say_the_same(tmp_path: Path) -> None:
    yaml = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: !Sub "${AWS::Region}-x"
      Cpu: 256
      Volumes: [{Name: v, EFSVolumeConfiguration: {FilesystemId: fs-1}}]
"""
    json = """{"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
      "Family": {"Fn::Sub": "${AWS::Region}-x"}, "Cpu": 256,
      "Volumes": [{"Name": "v", "EFSVolumeConfiguration": {"FilesystemId": "fs-1"}}]}}}}"""
    names = ("a.yaml", "a.json", "a.template", "b.template")
    documents = [
        resource(project(tmp_path / name, text, name), "Task").document
        for name, text in zip(names, (yaml, json, yaml, json), strict=True)
    ]
    assert [shown(document) for document in documents] == [shown(documents[0])] * 4
    places = [document.get("cpu").place for document in documents]
    assert [place.span().text for place in places if place is not None] == ["256"] * 4


@pytest.mark.parametrize(
    "image",
    ['!Sub "shop.example.com/shop:${TagOfTheShop}"', '!Join [":", [shop.example.com/shop, !Ref TagOfTheShop]]'],
)
def test_a_text_made_of_a_default_tells_where_that_is_written(image: str, tmp_path: Path) -> None:
    parameters = "Parameters:\n  TagOfTheShop: {Type: String, Default: latest}\n"
    text = f"{parameters}Resources:\n{TASK.format(expression=image)}"
    found = resource(project(tmp_path, text), "Task").document.get("family")
    assert found.string == "shop.example.com/shop:latest"
    assert found.way is not None
    hops = [(hop.place.span().text if hop.place is not None else "", hop.text) for hop in found.way]
    assert hops[0][1] == "the parameter `TagOfTheShop` is used here"
    assert hops[1] == ("latest", "part of the text is written here")
    place = found.part(":latest")
    assert place is not None
    assert place.span().text == image
