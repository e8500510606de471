"""EC2: VPCs, subnets, routes, gateways, endpoints and security groups."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import Names, edited, rename
from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, MAYBE, NO, YES, Choice, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.value import Answer

EGRESS = "AWS::EC2::SecurityGroupEgress"
ATTACHMENT = "AWS::EC2::VPCGatewayAttachment"

_RULE = Names(renamed={"SourcePrefixListId": "prefixListId", "DestinationPrefixListId": "prefixListId"})


def _security_group(declared: Declared) -> Value:
    """A group with what it allows.

    A group that says nothing of egress allows all of it, unless a rule of its own stands beside it: then nothing but
    such rules does. CDK writes a rule that matches nothing where it means nothing. Source: `AWS::EC2::SecurityGroup`
    in the template reference, and `allowAllOutbound` of aws-cdk-lib's `SecurityGroup`.
    """

    def change(group: Value) -> Iterator[tuple[str, Value]]:
        yield "securityGroupIngress", Value(ABSENT)
        yield "securityGroupEgress", Value(ABSENT)
        yield "ingress", rename(group.get("securityGroupIngress"), _RULE)
        yield "egress", _egress(declared, rename(group.get("securityGroupEgress"), _RULE), group)

    return edited(declared.properties, change)


def _egress(declared: Declared, rules: Value, group: Value) -> Value:
    data = rules.data
    if isinstance(data, Choice):
        then, other = _egress(declared, data.then, group), _egress(declared, data.other, group)
        return Value(Choice(data.condition, then, other), rules.place, rules.key)
    if rules.absent.yes or (isinstance(data, Sequence) and not data.items and not data.open):
        return _default_egress(declared, group)
    if isinstance(data, Sequence):
        real = [item for item in data.items if not _matches_nothing(item)]
        return Value(Sequence(real, data.open), rules.place, rules.key)
    return rules


def _matches_nothing(rule: Value) -> bool:
    """Whether this is CDK's "Disallow all traffic": ICMP of a type that does not exist, to the broadcast address."""
    return rule.get("cidrIp").string == "255.255.255.255/32" and rule.get("ipProtocol").string == "icmp"


def _default_egress(declared: Declared, group: Value) -> Value:
    """What a group allows that lists no rule of its own."""
    beside = _beside(declared, EGRESS, "GroupId", "id")
    if beside.yes:
        return Value(Sequence(()), group.place)
    if beside.maybe:
        return Value(Sequence((), "a rule beside the group may be the only one that it has"), group.place)
    names = {"ipProtocol": "-1", "cidrIp": "0.0.0.0/0"}
    rule = Mapping([(Key(name), Value(text, group.place, Key(name))) for name, text in names.items()])
    return Value(Sequence([Value(rule, group.place)]), group.place)


def _beside(declared: Declared, type: str, property: str, attribute: str) -> Answer:
    """Whether a resource of a type, in any stack of the deployment, names this one in a property."""
    own = declared.resource.ref(attribute)
    answer = MAYBE if declared.stack.deployment.open else NO
    for other in declared.stack.deployment.of_type(type):
        answer |= other.evaluated(property).equals(own) & (YES if other.resource.exists.data is True else MAYBE)
    return answer


def _rule(direction: str) -> Callable[[Declared], Value]:
    """A rule that stands apart from its group."""

    def lower(declared: Declared) -> Value:
        return edited(rename(declared.properties, _RULE), lambda _: [("direction", Value(direction))])

    return lower


def _internet_gateway(declared: Declared) -> Value:
    """A gateway with the VPC that an attachment ties it to."""
    own = declared.resource.ref("id")
    vpc = Value(ABSENT)
    for other in declared.stack.deployment.of_type(ATTACHMENT):
        same = other.evaluated("InternetGatewayId").equals(own)
        if same.yes:
            vpc = other.evaluated("VpcId")
            break
        if same.maybe:
            vpc = Value(Unknown("an attachment may be that of this gateway"))
    return edited(declared.properties, lambda _: [("vpcId", vpc)])


def _endpoint(declared: Declared) -> Value:
    """An endpoint; one of no type is a gateway."""

    def change(endpoint: Value) -> Iterator[tuple[str, Value]]:
        kind = endpoint.get("vpcEndpointType")
        yield "vpcEndpointType", Value("Gateway", endpoint.place) if kind.absent.yes else kind

    return edited(declared.properties, change)


TYPES = {
    "EC2::EgressOnlyInternetGateway": ResourceType("EgressOnlyInternetGateway", "id", {"Id": "id"}),
    "EC2::InternetGateway": ResourceType("InternetGateway", "id", {"InternetGatewayId": "id"}, _internet_gateway),
    "EC2::NatGateway": ResourceType("NatGateway", "id", {"NatGatewayId": "id"}),
    "EC2::Route": ResourceType("Route"),
    "EC2::RouteTable": ResourceType("RouteTable", "id", {"RouteTableId": "id"}),
    "EC2::SecurityGroup": ResourceType(
        "SecurityGroup", "id", {"GroupId": "id", "Id": "id", "VpcId": "vpcId"}, _security_group
    ),
    "EC2::SecurityGroupEgress": ResourceType("SecurityGroupRule", lower=_rule("egress")),
    "EC2::SecurityGroupIngress": ResourceType("SecurityGroupRule", lower=_rule("ingress")),
    "EC2::Subnet": ResourceType("Subnet", "id", {"SubnetId": "id", "VpcId": "vpcId"}),
    "EC2::SubnetRouteTableAssociation": ResourceType("RouteTableAssociation", "id", {"Id": "id"}),
    "EC2::VPC": ResourceType("Vpc", "id", {"VpcId": "id", "CidrBlock": "cidr"}),
    "EC2::VPCEndpoint": ResourceType("VpcEndpoint", "id", {"Id": "id"}, _endpoint),
}
