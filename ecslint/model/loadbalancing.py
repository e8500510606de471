"""Target groups and what sends traffic to them, in the words of Elastic Load Balancing v2.

Source of the members: botocore's model of Elastic Load Balancing v2.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.noun import Child, Children, Collection, Field, Noun, Scalars
from ecslint.value import MAYBE, NO, Answer

if TYPE_CHECKING:
    from collections.abc import Iterator


class Matcher(Noun):
    """Which answers are healthy."""

    __slots__ = ()

    http_code = Field("httpCode")
    grpc_code = Field("grpcCode")


class TargetGroup(Noun):
    """A target group. Intervals and delays in seconds."""

    __slots__ = ()

    name = Field("name")
    port = Field("port")
    protocol = Field("protocol")
    protocol_version = Field("protocolVersion")
    target_type = Field("targetType")
    vpc_id = Field("vpcId")
    health_check_enabled = Field("healthCheckEnabled")
    health_check_path = Field("healthCheckPath")
    health_check_port = Field("healthCheckPort")
    health_check_protocol = Field("healthCheckProtocol")
    health_check_interval_seconds = Field("healthCheckIntervalSeconds")
    health_check_timeout_seconds = Field("healthCheckTimeoutSeconds")
    healthy_threshold_count = Field("healthyThresholdCount")
    unhealthy_threshold_count = Field("unhealthyThresholdCount")
    matcher = Child("matcher", Matcher)
    deregistration_delay = Field("deregistrationDelay")

    def forwarders(self) -> Iterator[tuple[Listener | ListenerRule, Answer]]:
        """All listeners and rules of the project, with whether they forward to the group.

        One that exists under a condition may even where that is not met: its maker knows when it is.
        """
        for resource in self.project.of_kind("Listener"):
            listener = self.project.noun(Listener, resource)
            yield listener, self._forwarded(listener, listener.default_actions)
        for resource in self.project.of_kind("ListenerRule"):
            rule = self.project.noun(ListenerRule, resource)
            yield rule, self._forwarded(rule, rule.actions)

    def _forwarded(self, noun: Noun, actions: Collection[ListenerAction]) -> Answer:
        answer = actions.any(lambda action: action.forwards_to(self))
        return answer if answer.no or self.project.exists(noun.resource).yes else answer & MAYBE

    def is_of_type(self, type: str) -> Answer:
        """Whether targets are of a type; they are instances unless the group says otherwise.

        Source: CreateTargetGroup, `TargetType`; the provider and CloudFormation send none of their own.
        """
        default = self.target_type.absent if type == "instance" else NO
        return self.target_type.equals(type) | default

    @property
    def checks_http(self) -> Answer:
        """Whether health checks are HTTP requests; they are of the group's protocol unless they say otherwise.

        Source: CreateTargetGroup, `HealthCheckProtocol`: HTTP for the HTTP and HTTPS protocols, else TCP.
        """
        own = self.health_check_protocol
        http = own.one_of(("HTTP", "HTTPS")) | (own.absent & self.protocol.one_of(("HTTP", "HTTPS")))
        return http & ~self.protocol_version.equals("GRPC")

    @property
    def patience(self) -> int | None:
        """After how many seconds of failed checks a target is unhealthy; None where nobody knows.

        Source: CreateTargetGroup, `HealthCheckIntervalSeconds` (default 30) and `UnhealthyThresholdCount` (default 2).
        """
        interval, threshold = self.health_check_interval_seconds, self.unhealthy_threshold_count
        seconds = 30 if interval.absent.yes else interval.integer
        count = 2 if threshold.absent.yes else threshold.integer
        return seconds * count if seconds is not None and count is not None else None


class WeightedTargetGroup(Noun):
    """A target group of a forward action."""

    __slots__ = ()

    target_group_arn = Field("targetGroupArn")
    weight = Field("weight")


class ForwardConfig(Noun):
    """The target groups of a forward action."""

    __slots__ = ()

    target_groups = Children("targetGroups", WeightedTargetGroup)


class ListenerAction(Noun):
    """What a listener or a rule does with a request."""

    __slots__ = ()

    type = Field("type")
    target_group_arn = Field("targetGroupArn")
    forward_config = Child("forwardConfig", ForwardConfig)

    def forwards_to(self, group: TargetGroup) -> Answer:
        """Whether the action forwards to a target group."""
        arn = group.resource.ref("arn")
        targets = self.forward_config.target_groups
        return self.target_group_arn.equals(arn) | targets.any(lambda item: item.target_group_arn.equals(arn))


class ListenerCertificate(Noun):
    """A certificate of a listener, in it or apart from it; then `listener_arn` says of which."""

    __slots__ = ()

    listener_arn = Field("listenerArn")
    certificate_arn = Field("certificateArn")


class Listener(Noun):
    """A listener of a load balancer."""

    __slots__ = ()

    load_balancer_arn = Field("loadBalancerArn")
    port = Field("port")
    protocol = Field("protocol")
    certificates = Children("certificates", ListenerCertificate)
    default_actions = Children("defaultActions", ListenerAction)


class ListenerRule(Noun):
    """A rule of a listener."""

    __slots__ = ()

    listener_arn = Field("listenerArn")
    actions = Children("actions", ListenerAction)


class LoadBalancer(Noun):
    """A load balancer."""

    __slots__ = ()

    name = Field("name")
    type = Field("type")
    scheme = Field("scheme")
    security_groups = Scalars("securityGroups")
    subnets = Scalars("subnets")


class Certificate(Noun):
    """A certificate of ACM."""

    __slots__ = ()

    domain_name = Field("domainName")
    validation_method = Field("validationMethod")
    domain_validation_options = Scalars("domainValidationOptions")


class CertificateValidation(Noun):
    """Something that waits until a certificate is validated."""

    __slots__ = ()

    certificate_arn = Field("certificateArn")
