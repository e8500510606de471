"""What each type of resource is to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from templates import project, resource, shown

from ecslint.frontends.cloudformation.resources import FAMILIES, OTHER, resource_type
from ecslint.value import Mapping

if TYPE_CHECKING:
    from pathlib import Path

TASK = "\n  Task: {Type: AWS::ECS::TaskDefinition}\n"

CASES: list[tuple[str, str, str, object]] = [
    # type, properties, kind, document
    (
        "ECS::TaskDefinition",
        """{
          ContainerDefinitions: [{Name: a, DockerLabels: {Com.Example: x},
            FirelensConfiguration: {Options: {Enable-X: y}},
            LogConfiguration: {LogDriver: awslogs, Options: {Mode: z}, SecretOptions: [{Name: n, ValueFrom: v}]}}],
          Volumes: [
            {EFSVolumeConfiguration: {FilesystemId: fs-1, AuthorizationConfig: {IAM: ENABLED, AccessPointId: a}}},
            {FSxWindowsFileServerVolumeConfiguration: {FileSystemId: fs-2}},
            {S3FilesVolumeConfiguration: {FileSystemArn: r}},
            {DockerVolumeConfiguration: {DriverOpts: {O: p}, Labels: {L: m}}}],
          ProxyConfiguration: {ContainerName: e, ProxyConfigurationProperties: [{Name: n, Value: v}]},
          IpcMode: task, EnableFaultInjection: true}""",
        "TaskDefinition",
        {
            "containerDefinitions": [
                {
                    "name": "a",
                    "dockerLabels": {"Com.Example": "x"},
                    "firelensConfiguration": {"options": {"Enable-X": "y"}},
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {"Mode": "z"},
                        "secretOptions": [{"name": "n", "valueFrom": "v"}],
                    },
                }
            ],
            "volumes": [
                {
                    "efsVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "authorizationConfig": {"iam": "ENABLED", "accessPointId": "a"},
                    }
                },
                {"fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-2"}},
                {"s3filesVolumeConfiguration": {"fileSystemArn": "r"}},
                {"dockerVolumeConfiguration": {"driverOpts": {"O": "p"}, "labels": {"L": "m"}}},
            ],
            "proxyConfiguration": {"containerName": "e", "properties": [{"name": "n", "value": "v"}]},
            "ipcMode": "task",
            "enableFaultInjection": True,
        },
    ),
    (
        "ECS::Service",
        "{PlacementStrategies: [{Type: spread, Field: host}], EnableECSManagedTags: true, DesiredCount: 2,"
        " ServiceConnectConfiguration: {LogConfiguration: {Options: {Aa: b}}},"
        " VolumeConfigurations: [{ManagedEBSVolume: {SizeInGiB: 20}}]}",
        "Service",
        {
            "placementStrategy": [{"type": "spread", "field": "host"}],
            "enableECSManagedTags": True,
            "desiredCount": 2,
            "serviceConnectConfiguration": {"logConfiguration": {"options": {"Aa": "b"}}},
            "volumeConfigurations": [{"managedEBSVolume": {"sizeInGiB": 20}}],
            "waitForSteadyState": True,
        },
    ),
    ("ECS::Service", "{}", "Service", {"desiredCount": 1, "waitForSteadyState": True}),
    (
        "ECS::Service",
        "{SchedulingStrategy: DAEMON}",
        "Service",
        {"schedulingStrategy": "DAEMON", "waitForSteadyState": True},
    ),
    ("ECS::Cluster", "{ClusterSettings: [{Name: a}]}", "Cluster", {"settings": [{"name": "a"}]}),
    (
        "ECS::TaskSet",
        "{NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [a]}}}",
        "TaskSet",
        {"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["a"]}}},
    ),
    (
        "IAM::Role",
        "{AssumeRolePolicyDocument: {Statement: {Effect: Allow, NotAction: x}}, ManagedPolicyArns: [a]}",
        "Role",
        {
            "assumeRolePolicyDocument": {"statement": {"effect": "Allow", "notAction": "x"}},
            "managedPolicyArns": ["a"],
        },
    ),
    ("IAM::Policy", "{Roles: [!Ref X]}", "Policy", {"roles": ["<X.id>"]}),
    ("IAM::RolePolicy", "{RoleName: !Ref X, PolicyName: p}", "Policy", {"policyName": "p", "roles": ["<X.id>"]}),
    (
        "EC2::SecurityGroupIngress",
        "{GroupId: g, IpProtocol: tcp, SourcePrefixListId: pl}",
        "SecurityGroupRule",
        {"groupId": "g", "ipProtocol": "tcp", "prefixListId": "pl", "direction": "ingress"},
    ),
    (
        "EC2::SecurityGroupEgress",
        "{GroupId: g, DestinationSecurityGroupId: d}",
        "SecurityGroupRule",
        {"groupId": "g", "destinationSecurityGroupId": "d", "direction": "egress"},
    ),
    ("EC2::VPCEndpoint", "{ServiceName: s}", "VpcEndpoint", {"serviceName": "s", "vpcEndpointType": "Gateway"}),
    (
        "EC2::VPCEndpoint",
        "{VpcEndpointType: Interface}",
        "VpcEndpoint",
        {"vpcEndpointType": "Interface"},
    ),
    (
        "ElasticLoadBalancingV2::TargetGroup",
        "{TargetGroupAttributes: [{Key: stickiness.enabled, Value: 'false'},"
        " {Key: deregistration_delay.timeout_seconds, Value: '30'}]}",
        "TargetGroup",
        {
            "targetGroupAttributes": [
                {"key": "stickiness.enabled", "value": "false"},
                {"key": "deregistration_delay.timeout_seconds", "value": "30"},
            ],
            "deregistrationDelay": "30",
        },
    ),
    ("ElasticLoadBalancingV2::TargetGroup", "{Port: 80}", "TargetGroup", {"port": 80}),
    (
        "ElasticLoadBalancingV2::LoadBalancer",
        "{SubnetMappings: [{SubnetId: a, AllocationId: x}, {SubnetId: b}]}",
        "LoadBalancer",
        {"subnetMappings": [{"subnetId": "a", "allocationId": "x"}, {"subnetId": "b"}], "subnets": ["a", "b"]},
    ),
    ("S3::BucketPolicy", "{Bucket: b, PolicyDocument: {}}", "ResourcePolicy", {"policyDocument": {}, "resource": "b"}),
    (
        "SecretsManager::ResourcePolicy",
        "{SecretId: s, ResourcePolicy: {}}",
        "ResourcePolicy",
        {"resource": "s", "policyDocument": {}},
    ),
    (
        "ElastiCache::CacheCluster",
        "{Engine: redis, VpcSecurityGroupIds: [a]}",
        "CacheCluster",
        {"engine": "redis", "securityGroupIds": ["a"]},
    ),
    (
        "ElastiCache::ServerlessCache",
        "{Engine: valkey}",
        "CacheCluster",
        {"engine": "valkey", "serverless": True, "transitEncryptionEnabled": True},
    ),
    ("ElastiCache::ReplicationGroup", "{}", "CacheCluster", {"engine": "redis"}),
    ("MemoryDB::Cluster", "{}", "CacheCluster", {"transitEncryptionEnabled": True, "engine": "redis"}),
    (
        "MemoryDB::Cluster",
        "{TLSEnabled: false, Engine: valkey}",
        "CacheCluster",
        {"transitEncryptionEnabled": False, "engine": "valkey"},
    ),
    (
        "RDS::DBInstance",
        "{VPCSecurityGroups: [a], DBName: d, Engine: postgres}",
        "Database",
        {"DBName": "d", "engine": "postgres", "securityGroupIds": ["a"], "databaseName": "d"},
    ),
    (
        "RDS::DBProxy",
        "{EngineFamily: POSTGRESQL, VpcSecurityGroupIds: [a]}",
        "Database",
        {"engineFamily": "POSTGRESQL", "securityGroupIds": ["a"], "engine": "postgres"},
    ),
    ("DocDB::DBCluster", "{Port: 1}", "Database", {"port": 1, "engine": "docdb"}),
    (
        "CodeDeploy::DeploymentGroup",
        "{ECSServices: [{ClusterName: c}]}",
        "DeploymentGroup",
        {"ecsServices": [{"clusterName": "c"}]},
    ),
]


@pytest.mark.parametrize(("type", "properties", "kind", "document"), CASES)
def test_a_document(type: str, properties: str, kind: str, document: object, tmp_path: Path) -> None:
    text = f"Resources:\n  X: {{Type: Custom::Other}}\n  It: {{Type: 'AWS::{type}', Properties: {properties}}}{TASK}"
    found = resource(project(tmp_path, text), "It")
    assert (found.kind, shown(found.document)) == (kind, document)


@pytest.mark.parametrize(("type", "properties", "kind", "document"), CASES)
def test_a_document_of_choices(type: str, properties: str, kind: str, document: object, tmp_path: Path) -> None:
    """The same document, where every property may also be absent."""
    text = (
        "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\n"
        f"Resources:\n  X: {{Type: Custom::Other}}\n  It:\n    Type: 'AWS::{type}'\n"
        f"    Properties: !If [C, {properties}, {{}}]\n{TASK}"
    )
    found = shown(resource(project(tmp_path, text), "It").document)
    assert found[1] == document


def test_what_is_unknown_stays_unknown(tmp_path: Path) -> None:
    """No document of an unknown mapping says that anything is absent."""
    for number, (type, *_) in enumerate(CASES):
        text = f"Resources:\n  It: {{Type: 'AWS::{type}', Properties: {{'Fn::Transform': {{Name: Mine}}}}}}{TASK}"
        document = resource(project(tmp_path / str(number), text), "It").document
        assert not document.get("anything").absent.yes
        assert not isinstance(document.data, Mapping)


GROUP = """
Parameters: {{Other: {{Type: "AWS::EC2::SecurityGroup::Id"}}}}
Conditions: {{Maybe: !Equals [!Ref Other, sg-1]}}
Resources:
  Task: {{Type: AWS::ECS::TaskDefinition}}
  Group: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupName: g, {properties}}}}}
  {more}
"""
ALL = [{"ipProtocol": "-1", "cidrIp": "0.0.0.0/0"}]
RULE = "Rule: {{Type: AWS::EC2::SecurityGroupEgress, {condition} Properties: {{GroupId: {group}, IpProtocol: tcp}}}}"


@pytest.mark.parametrize(
    ("properties", "more", "egress"),
    [
        ("", "", ALL),
        ("SecurityGroupEgress: []", "", ALL),
        (
            "SecurityGroupEgress: [{IpProtocol: tcp, CidrIp: 10.0.0.0/8}]",
            "",
            [{"ipProtocol": "tcp", "cidrIp": "10.0.0.0/8"}],
        ),
        ("SecurityGroupEgress: [{IpProtocol: icmp, CidrIp: 255.255.255.255/32}]", "", []),
        ("", RULE.format(condition="", group="!GetAtt Group.GroupId"), []),
        ("", RULE.format(condition="", group="!Ref Group"), []),
        ("", RULE.format(condition="Condition: Maybe,", group="!Ref Group"), ["..."]),
        ("", RULE.format(condition="", group="!Ref Other"), ["..."]),
        ("", RULE.format(condition="", group="sg-0f"), ["..."]),
        ("SecurityGroupEgress: !If [Maybe, [], !Ref AWS::NoValue]", "", ("`Other` is `sg-1`", ALL, ALL)),
    ],
)
def test_what_a_security_group_lets_out(properties: str, more: str, egress: object, tmp_path: Path) -> None:
    found = resource(project(tmp_path, GROUP.format(properties=properties, more=more)), "Group").document
    assert shown(found.get("egress")) == egress
    assert shown(found.get("groupName")) == "g"


def test_a_gateway_knows_its_vpc(tmp_path: Path) -> None:
    text = f"""
Resources:
  Vpc: {{Type: AWS::EC2::VPC}}
  Gateway: {{Type: AWS::EC2::InternetGateway}}
  Loose: {{Type: AWS::EC2::InternetGateway}}
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {{VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}{TASK}"""
    found = project(tmp_path, text)
    assert shown(resource(found, "Gateway").document) == {"vpcId": "<Vpc.id>"}
    assert shown(resource(found, "Loose").document) == {}


def test_another_groups_rule_is_not_ones_own(tmp_path: Path) -> None:
    more = f"Second: {{Type: AWS::EC2::SecurityGroup}}\n  {RULE.format(condition='', group='!Ref Second')}"
    found = project(tmp_path, GROUP.format(properties="", more=more))
    assert shown(resource(found, "Group").document.get("egress")) == ALL
    assert shown(resource(found, "Second").document.get("egress")) == []


def test_an_attachment_is_its_secret(tmp_path: Path) -> None:
    text = """
Parameters: {Imported: {Type: String}}
Resources:
  Secret: {Type: AWS::SecretsManager::Secret}
  Known: {Type: AWS::SecretsManager::SecretTargetAttachment, Properties: {SecretId: !Ref Secret}}
  Unknown: {Type: AWS::SecretsManager::SecretTargetAttachment, Properties: {SecretId: !Ref Imported}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: !Ref Known, PidMode: !Ref Unknown}}
"""
    document = resource(project(tmp_path, text), "Task").document
    assert shown(document) == {"family": "<Secret.arn>", "pidMode": "?"}
    assert document.get("pidMode").starts_with("arn:").yes


def test_policies_that_stand_in_their_resource(tmp_path: Path) -> None:
    text = f"""
Resources:
  Repo: {{Type: AWS::ECR::Repository, Properties: {{RepositoryPolicyText: {{Statement: []}}}}}}
  Plain: {{Type: AWS::ECR::Repository}}
  Key: {{Type: AWS::KMS::Key, Properties: {{KeyPolicy: {{Statement: []}}}}}}
  Cert: {{Type: AWS::CertificateManager::Certificate, Properties: {{DomainValidationOptions: [{{HostedZoneId: Z1}}]}}}}
  Manual: {{Type: AWS::CertificateManager::Certificate, Properties: {{DomainValidationOptions: [{{A: d}}]}}}}{TASK}"""
    found = project(tmp_path, text)
    policies = [item for item in found.resources if item.kind == "ResourcePolicy"]
    assert [(item.address, shown(item.document)) for item in policies] == [
        ("Repo", {"resource": "<Repo.name>", "policyDocument": {"statement": []}}),
        ("Key", {"resource": "<Key.id>", "policyDocument": {"statement": []}}),
    ]
    validated = [item for item in found.resources if item.kind == "CertificateValidation"]
    assert [shown(item.document) for item in validated] == [{"certificateArn": "<Cert.arn>"}]


def test_what_a_resource_waits_for(tmp_path: Path) -> None:
    text = f"""
Resources:
  Service: {{Type: AWS::ECS::Service, DependsOn: [Listener, Nothing]}}
  Listener: {{Type: AWS::ElasticLoadBalancingV2::Listener, DependsOn: Service}}{TASK}"""
    found = project(tmp_path, text)
    service, listener = resource(found, "Service"), resource(found, "Listener")
    assert service.awaits is not None
    assert listener.awaits is not None
    assert service.awaits() == (listener,)
    assert listener.awaits() == (service,)


def test_every_family_has_its_types() -> None:
    """A module is there for each service, and knows a type of it."""
    from importlib import import_module

    from ecslint.frontends.cloudformation import resources

    for service, family in FAMILIES.items():
        types = import_module(f"{resources.__name__}.{family}").TYPES
        vendor, prefix = ("Custom", "") if service == "Custom" else ("AWS", f"{service}::")
        own = [name for name in types if name.startswith(prefix)]
        assert own, service
        assert all(resource_type(f"{vendor}::{name}") is types[name] for name in own)
    for type in ("AWS::Nothing::Here", "AWS::ECS::Nothing", "Custom::Thing", "", "AWS"):
        assert resource_type(type) is OTHER
