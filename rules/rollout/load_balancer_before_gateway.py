from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model import LoadBalancer
from ecslint.model.network import Subnet
from ecslint.rule import Finding, Rule, Severity
from ecslint.value import NO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Project, Resource
    from ecslint.value import Answer

ATTACHMENT = "AWS::EC2::VPCGatewayAttachment"


class LoadBalancerBeforeGateway(Rule):
    """The public load balancer does not wait until its VPC has an internet gateway.

    The load balancer refers to its subnets, not to the attachment of the gateway, so CloudFormation makes both at the same
    time, and an internet-facing load balancer in a VPC without a gateway is refused. Terraform ties a gateway to its VPC in
    one short call, so nothing is said of it there.

    Source: the template reference of CloudFormation, "DependsOn attribute", "When a DependsOn attribute is required".

    ```yaml bad
    Resources:
    #   Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
    #   Gateway: {Type: AWS::EC2::InternetGateway}
    #   Task: {Type: AWS::ECS::TaskDefinition}
    #   One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
    #   Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
      Attachment:
        Type: AWS::EC2::VPCGatewayAttachment
        Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
      Balancer:
        Type: AWS::ElasticLoadBalancingV2::LoadBalancer
        Properties: {Subnets: [!Ref One, !Ref Two]}
    ```

    ```yaml good
    Resources:
    #   Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
    #   Gateway: {Type: AWS::EC2::InternetGateway}
    #   Task: {Type: AWS::ECS::TaskDefinition}
    #   One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
    #   Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
      Attachment:
        Type: AWS::EC2::VPCGatewayAttachment
        Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
      Balancer:
        Type: AWS::ElasticLoadBalancingV2::LoadBalancer
        DependsOn: Attachment
        Properties: {Subnets: [!Ref One, !Ref Two]}
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    kinds = ("LoadBalancer",)
    symptoms = ("VPC {id} has no internet gateway",)

    def project(self, project: Project) -> Iterator[Finding]:
        """Look for load balancers in the VPC of each attachment."""
        attachments = [item for item in project.resources if item.type == ATTACHMENT and not project.exists(item).no]
        for balancer in project.all(LoadBalancer) if attachments else ():
            inside = balancer.scheme
            if (inside.absent | inside.equals("internet-facing")).yes and not balancer.type.equals("gateway").yes:
                yield from self._attached(balancer, attachments)

    def _attached(self, balancer: LoadBalancer, attachments: list[Resource]) -> Iterator[Finding]:
        project = balancer.project
        there = [(item, _of_network(balancer, item)) for item in attachments]
        sure = [item for item, answer in there if answer.yes]
        if sure and all(project.awaits(balancer.resource, item).no for item, answer in there if not answer.no):
            yield self.finding(
                balancer,
                "The load balancer does not wait for the internet gateway of its VPC",
                at=balancer.place or balancer.document,
                label=f"may be made before `{sure[0].address}`",
                related=[(sure[0].place, "gives the VPC its internet gateway")],
                help=f"let it depend on the attachment: `DependsOn: {sure[0].local}`",
                symptom=self.says(id="vpc-…"),
            )


def _of_network(balancer: LoadBalancer, attachment: Resource) -> Answer:
    """Whether an attachment is that of the VPC in which the load balancer is."""
    answer = NO
    for value in balancer.subnets:
        subnet = balancer.project.find(Subnet, value).noun
        if subnet is not None:
            answer |= subnet.vpc_id.equals(balancer.project.world.resolve(attachment.document.get("vpcId")))
    return answer
