"""What CloudFormation makes before a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from templates import project, resource

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.model import Project

LISTENER = "{Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {Port: 80}}"


def _before(found: Project, address: str) -> list[str] | None:
    awaits = resource(found, address).awaits
    assert awaits is not None
    before = awaits()
    return None if before is None else sorted(item.address for item in before)


@pytest.mark.parametrize(
    "service",
    [
        "DependsOn: Listener",
        "DependsOn: [Topic, Listener]",
        "Properties: {ServiceName: !Ref Listener}",
        "Properties: {ServiceName: !GetAtt Listener.ListenerArn}",
        "Properties: {ServiceName: !Sub 'api-${Listener.ListenerArn}'}",
        "Properties: {ServiceName: !Sub ['api-${Name}', {Name: !Ref Listener}]}",
        "Properties: {ServiceName: !If [Never, !Ref Listener, x]}",
        "DependsOn: Wait",
    ],
)
def test_a_reference_is_a_dependency(service: str, tmp_path: Path) -> None:
    text = f"""
Conditions: {{Never: !Equals [a, b]}}
Resources:
  Listener: {LISTENER}
  Topic: {{Type: AWS::SNS::Topic}}
  Wait: {{Type: AWS::CloudFormation::WaitConditionHandle, DependsOn: Listener}}
  Service:
    Type: AWS::ECS::Service
    {service}
"""
    before = _before(project(tmp_path, text), "Service")
    assert before is not None
    assert "Listener" in before


def test_what_nobody_refers_to_may_come_later(tmp_path: Path) -> None:
    service = "{Type: AWS::ECS::Service, Properties: {ServiceName: Listener}}"
    text = f"Resources:\n  Listener: {LISTENER}\n  Service: {service}"
    assert _before(project(tmp_path, text), "Service") == []


def test_a_circle_ends(tmp_path: Path) -> None:
    text = """
Resources:
  One: {Type: AWS::ECS::Service, DependsOn: Two}
  Two: {Type: AWS::ECS::Service, DependsOn: One}
"""
    assert _before(project(tmp_path, text), "One") == ["Two"]


def test_a_nested_stack_is_one_resource(tmp_path: Path) -> None:
    parent = f"""
Resources:
  Listener: {LISTENER}
  Balancing: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: ./balancing.yaml}}}}
  App:
    Type: AWS::CloudFormation::Stack
    DependsOn: Listener
    Properties:
      TemplateURL: ./app.yaml
      Parameters: {{Group: !GetAtt Balancing.Outputs.Group}}
"""
    balancing = f"""
Resources:
  Group: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup}}
  Inner: {LISTENER}
Outputs: {{Group: {{Value: !Ref Group}}}}
"""
    app = "Parameters: {Group: {Type: String}}\nResources: {Service: {Type: AWS::ECS::Service}}"
    found = project(tmp_path, parent, balancing_yaml=balancing, app_yaml=app)
    assert _before(found, "App/Service") == ["Balancing", "Balancing/Group", "Balancing/Inner", "Listener"]
    assert _before(found, "Balancing/Group") == []


def test_what_is_rewritten_has_no_order(tmp_path: Path) -> None:
    text = f"Transform: Ours\nResources:\n  Listener: {LISTENER}\n  Service: {{Type: AWS::ECS::Service}}"
    assert _before(project(tmp_path, text), "Service") is None
