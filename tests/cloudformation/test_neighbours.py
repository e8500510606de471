"""Templates that are deployed one by one, and import from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import lint, run, write

if TYPE_CHECKING:
    from pathlib import Path

DATA = """
Resources:
  Files: {Type: AWS::S3::Bucket}
Outputs:
  Files: {Value: !GetAtt Files.Arn, Export: {Name: shop-files}}
"""
SERVICE = """
Parameters:
  Shop: {Type: String, Default: shop}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: ecs-tasks.amazonaws.com}}]
      Policies:
        - PolicyName: files
          PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: !ImportValue shop-files}]}
"""
RULE = "s3-object-action-on-bucket-arn"


def _told(folder: Path, files: dict[str, str], *paths: str) -> list[list[str]]:
    """The files that the labels of each finding lie in."""
    report = lint(write(folder, files), paths or (".",), select=[RULE])
    assert not report.problems
    return [sorted({label.place.span().file.path for label in found.labels}) for found in report.findings]


@pytest.mark.parametrize(
    "service",
    [
        SERVICE,
        SERVICE.replace("!ImportValue shop-files", "{'Fn::ImportValue': !Sub '${Shop}-files'}"),
        SERVICE.replace("!ImportValue shop-files", "{'Fn::ImportValue': !Join ['-', [!Ref Shop, files]]}"),
    ],
)
def test_a_template_of_the_same_folder_exports(service: str, tmp_path: Path) -> None:
    files = {"service.yaml": service, "data.yaml": DATA, "notes.yaml": "Resources, Outputs, Export: [\n"}
    assert _told(tmp_path, files) == [["data.yaml", "service.yaml"]]
    assert _told(tmp_path, files, "service.yaml") == [["data.yaml", "service.yaml"]]


def test_what_is_imported_is_read(tmp_path: Path) -> None:
    (project,) = run(write(tmp_path, {"service.yaml": SERVICE, "data.yaml": DATA})).workspace.projects
    lint(tmp_path)
    assert project.files == ["service.yaml"]
    for resource in project.resources:
        assert resource.document is not None
    assert "data.yaml" in project.reads


def test_templates_of_other_folders_export_where_they_are_linted_too(tmp_path: Path) -> None:
    cluster = DATA.replace("Outputs:", "  Cluster: {Type: AWS::ECS::Cluster}\nOutputs:")
    files = {"service/template.yaml": SERVICE, "data/template.yaml": cluster}
    assert _told(tmp_path, files) == [["data/template.yaml", "service/template.yaml"]]
    assert _told(tmp_path, files, "service/template.yaml") == []


def test_of_two_that_export_one_name_the_nearer_is_meant(tmp_path: Path) -> None:
    cluster = DATA.replace("Outputs:", "  Cluster: {Type: AWS::ECS::Cluster}\nOutputs:")
    files = {
        f"{stage}/{name}": text
        for stage in ("dev", "live")
        for name, text in (("service.yaml", SERVICE), ("data.yaml", cluster))
    }
    assert _told(tmp_path, files) == [["dev/data.yaml", "dev/service.yaml"], ["live/data.yaml", "live/service.yaml"]]
    files = {"service.yaml": SERVICE, "data.yaml": DATA, "old.yaml": DATA}
    assert _told(tmp_path / "1", files) == []


@pytest.mark.parametrize(
    ("service", "data"),
    [
        (SERVICE.replace("ImportValue shop-files", "ImportValue other"), DATA),
        (
            SERVICE.replace(", Default: shop", "").replace("!ImportValue shop-files", "{'Fn::ImportValue': !Ref Shop}"),
            DATA,
        ),
        (SERVICE, DATA.replace("Name: shop-files", "Name: !Sub '${AWS::StackName}-files'")),
    ],
)
def test_a_name_that_is_not_known_is_not_guessed(service: str, data: str, tmp_path: Path) -> None:
    assert _told(tmp_path, {"service.yaml": service, "data.yaml": data}) == []


def _link(number: int, of: int) -> str:
    """A template that hands on what the next one exports."""
    imported = f"!ImportValue 'x{(number + 1) % of}'"
    return (
        f"Resources: {{C: {{Type: AWS::ECS::Cluster, Properties: {{ClusterName: {imported}}}}}}}\n"
        f"Outputs: {{O: {{Value: {imported}, Export: {{Name: x{number}}}}}}}\n"
    )


@pytest.mark.parametrize("length", [1, 2, 90])
def test_a_circle_ends(length: int, tmp_path: Path) -> None:
    report = lint(write(tmp_path, {f"{number}.yaml": _link(number, length) for number in range(length)}))
    assert not report.problems
    assert not report.findings


SECRETS = """
Resources:
  Database:
    Type: AWS::SecretsManager::Secret
    Properties: {GenerateSecretString: {SecretStringTemplate: '{"username": "shop"}', GenerateStringKey: password}}
  Attachment:
    Type: AWS::SecretsManager::SecretTargetAttachment
    Properties: {SecretId: !Ref Database, TargetId: db, TargetType: AWS::RDS::DBInstance}
Outputs:
  Database: {Value: !Ref Database, Export: {Name: shop-database}}
"""
READER = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: shop
      ExecutionRoleArn: arn:aws:iam::111122223333:role/execution
      ContainerDefinitions:
        - Name: app
          Image: public.ecr.aws/nginx/nginx:1.27
          Memory: 256
          Secrets: [{Name: A, ValueFrom: !Join ['', [!ImportValue shop-database, ':KEY::']]}]
"""


@pytest.mark.parametrize(
    ("key", "told"), [("password", 0), ("username", 0), ("host", 0), ("pass", 1), ("jwt_secret", 1)]
)
def test_the_keys_of_a_secret_of_another_template(key: str, told: int, tmp_path: Path) -> None:
    """What else may be done to the secret beside it, such as attaching it to a database, is not known here."""
    files = {"service.yaml": READER.replace("KEY", key), "data.yaml": SECRETS}
    assert len(lint(write(tmp_path, files), select=["secret-json-key-missing"]).findings) == told


INGRESS = """
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-0a1b2c3d, TargetType: ip, HealthCheckPath: /}
Outputs:
  Targets: {Value: !Ref Targets, Export: {Name: targets}}
"""
BEHIND = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: shop
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: public.ecr.aws/nginx/nginx:1.27
          Memory: 256
          PortMappings: [{ContainerPort: 80}]
          HealthCheck: {Command: [CMD-SHELL, curl -f http://localhost/PATH]}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-0a1b2c3d]}}
      LoadBalancers: [{ContainerName: app, ContainerPort: 80, TargetGroupArn: !ImportValue targets}]
"""


@pytest.mark.parametrize(
    ("path", "group", "told"),
    [
        ("", "", []),
        ("health", "", ["health-check-path-mismatch"]),
        ("", ", TargetType: ip", ["network-mode-mismatch"]),
    ],
)
def test_the_target_group_of_another_template(path: str, group: str, told: list[str], tmp_path: Path) -> None:
    """It is judged by what it says of itself; who forwards to it is the other template's business."""
    files = {"service.yaml": BEHIND.replace("PATH", path), "ingress.yaml": INGRESS.replace(group, "", bool(group))}
    report = lint(write(tmp_path, files))
    assert [found.rule for found in report.findings if found.severity] == told
