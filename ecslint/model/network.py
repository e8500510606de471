"""Networks, in the words of EC2. What is *allowed* is said, not what was written: a frontend knows the defaults."""

from __future__ import annotations

from ecslint.model.noun import Children, Field, Noun, Scalars


class TrafficRule(Noun):
    """One rule of a security group: a protocol, ports and the other side. `-1` is every protocol."""

    __slots__ = ()

    ip_protocol = Field("ipProtocol")
    from_port = Field("fromPort")
    to_port = Field("toPort")
    cidr_ip = Field("cidrIp")
    cidr_ipv6 = Field("cidrIpv6")
    source_security_group_id = Field("sourceSecurityGroupId")
    destination_security_group_id = Field("destinationSecurityGroupId")
    prefix_list_id = Field("prefixListId")


class SecurityGroup(Noun):
    """A security group with the rules that stand in it.

    Where a format means "everything" by leaving `egress` out, as CloudFormation does, the frontend lists that rule.
    """

    __slots__ = ()

    group_name = Field("groupName")
    vpc_id = Field("vpcId")
    ingress = Children("ingress", TrafficRule)
    egress = Children("egress", TrafficRule)


class SecurityGroupRule(TrafficRule):
    """A rule that stands apart from its group; `direction` is `ingress` or `egress`."""

    __slots__ = ()

    group_id = Field("groupId")
    direction = Field("direction")


class Vpc(Noun):
    """A VPC."""

    __slots__ = ()

    cidr_block = Field("cidrBlock")


class Subnet(Noun):
    """A subnet."""

    __slots__ = ()

    vpc_id = Field("vpcId")
    cidr_block = Field("cidrBlock")
    availability_zone = Field("availabilityZone")
    map_public_ip_on_launch = Field("mapPublicIpOnLaunch")


class Route(Noun):
    """A route, in a table or apart from it."""

    __slots__ = ()

    route_table_id = Field("routeTableId")
    destination_cidr_block = Field("destinationCidrBlock")
    destination_ipv6_cidr_block = Field("destinationIpv6CidrBlock")
    gateway_id = Field("gatewayId")
    nat_gateway_id = Field("natGatewayId")
    transit_gateway_id = Field("transitGatewayId")
    network_interface_id = Field("networkInterfaceId")
    vpc_peering_connection_id = Field("vpcPeeringConnectionId")
    vpc_endpoint_id = Field("vpcEndpointId")
    egress_only_internet_gateway_id = Field("egressOnlyInternetGatewayId")


class RouteTable(Noun):
    """A route table with the routes that stand in it; `main` where it is the VPC's main one."""

    __slots__ = ()

    vpc_id = Field("vpcId")
    routes = Children("routes", Route)
    main = Field("main")


class RouteTableAssociation(Noun):
    """A subnet tied to a route table."""

    __slots__ = ()

    subnet_id = Field("subnetId")
    route_table_id = Field("routeTableId")


class InternetGateway(Noun):
    """An internet gateway."""

    __slots__ = ()

    vpc_id = Field("vpcId")


class EgressOnlyInternetGateway(Noun):
    """A gateway that lets IPv6 out and nothing in."""

    __slots__ = ()

    vpc_id = Field("vpcId")


class NatGateway(Noun):
    """A NAT gateway."""

    __slots__ = ()

    subnet_id = Field("subnetId")
    connectivity_type = Field("connectivityType")


class VpcEndpoint(Noun):
    """An endpoint of an AWS service in a VPC."""

    __slots__ = ()

    vpc_id = Field("vpcId")
    service_name = Field("serviceName")
    vpc_endpoint_type = Field("vpcEndpointType")
    subnet_ids = Scalars("subnetIds")
    security_group_ids = Scalars("securityGroupIds")
    route_table_ids = Scalars("routeTableIds")
    private_dns_enabled = Field("privateDnsEnabled")
