"""Services and what they are attached to, in the words of CreateService.

Source of the members: botocore's model of Amazon ECS (`CreateServiceRequest`) and of Elastic Load Balancing v2.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.noun import Child, Children, Collection, Field, Noun, Scalars
from ecslint.model.task import (
    EnvironmentVariable,
    LogConfiguration,
    PlacementConstraint,
    SecretReference,
    Tag,
    TaskDefinition,
)
from ecslint.value import MAYBE, NO, Answer, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model.project import Found
    from ecslint.model.task import Container


FARGATE_PROVIDERS = ("FARGATE", "FARGATE_SPOT")
"""The capacity providers that AWS itself keeps."""


class CapacityProviderStrategyItem(Noun):
    """A share of a service's tasks that a capacity provider gets."""

    __slots__ = ()

    capacity_provider = Field("capacityProvider")
    weight = Field("weight")
    base = Field("base")


class DeploymentCircuitBreaker(Noun):
    """Whether ECS gives up on a deployment that cannot succeed, and goes back."""

    __slots__ = ()

    enable = Field("enable")
    rollback = Field("rollback")
    reset_on_healthy_task = Field("resetOnHealthyTask")


class DeploymentAlarms(Noun):
    """The CloudWatch alarms that fail a deployment."""

    __slots__ = ()

    alarm_names = Scalars("alarmNames")
    enable = Field("enable")
    rollback = Field("rollback")


class CanaryConfiguration(Noun):
    """How much goes first; `canary_bake_time_in_minutes` in minutes."""

    __slots__ = ()

    canary_percent = Field("canaryPercent")
    canary_bake_time_in_minutes = Field("canaryBakeTimeInMinutes")


class LinearConfiguration(Noun):
    """How much goes at a time; `step_bake_time_in_minutes` in minutes."""

    __slots__ = ()

    step_percent = Field("stepPercent")
    step_bake_time_in_minutes = Field("stepBakeTimeInMinutes")


class DeploymentConfiguration(Noun):
    """How a deployment replaces tasks. Percentages of the desired count; `bake_time_in_minutes` in minutes."""

    __slots__ = ()

    deployment_circuit_breaker = Child("deploymentCircuitBreaker", DeploymentCircuitBreaker)
    maximum_percent = Field("maximumPercent")
    minimum_healthy_percent = Field("minimumHealthyPercent")
    alarms = Child("alarms", DeploymentAlarms)
    strategy = Field("strategy")
    bake_time_in_minutes = Field("bakeTimeInMinutes")
    canary_configuration = Child("canaryConfiguration", CanaryConfiguration)
    linear_configuration = Child("linearConfiguration", LinearConfiguration)


class DeploymentController(Noun):
    """Who deploys: ECS, CODE_DEPLOY or EXTERNAL."""

    __slots__ = ()

    type = Field("type")


class AwsvpcConfiguration(Noun):
    """The network of tasks that have an interface of their own."""

    __slots__ = ()

    subnets = Scalars("subnets")
    security_groups = Scalars("securityGroups")
    assign_public_ip = Field("assignPublicIp")


class NetworkConfiguration(Noun):
    """The network of a service's tasks."""

    __slots__ = ()

    awsvpc_configuration = Child("awsvpcConfiguration", AwsvpcConfiguration)


class PlacementStrategy(Noun):
    """How tasks are spread over instances."""

    __slots__ = ()

    type = Field("type")
    field = Field("field")


class ServiceRegistry(Noun):
    """A Cloud Map service that the tasks register with."""

    __slots__ = ()

    registry_arn = Field("registryArn")
    port = Field("port")
    container_name = Field("containerName")
    container_port = Field("containerPort")


class ClientAlias(Noun):
    """A name and port under which clients reach a Service Connect service."""

    __slots__ = ()

    port = Field("port")
    dns_name = Field("dnsName")


class ServiceConnectService(Noun):
    """A named port that is offered through Service Connect."""

    __slots__ = ()

    port_name = Field("portName")
    discovery_name = Field("discoveryName")
    client_aliases = Children("clientAliases", ClientAlias)
    ingress_port_override = Field("ingressPortOverride")


class ServiceConnectConfiguration(Noun):
    """What a service offers and finds through Service Connect."""

    __slots__ = ()

    enabled = Field("enabled")
    namespace = Field("namespace")
    services = Children("services", ServiceConnectService)
    log_configuration = Child("logConfiguration", LogConfiguration)


class ManagedVolume(Noun):
    """An EBS volume that ECS makes for each task; sizes in GiB, throughput in MiB a second."""

    __slots__ = ()

    role_arn = Field("roleArn")
    size_in_gib = Field("sizeInGiB")
    snapshot_id = Field("snapshotId")
    encrypted = Field("encrypted")
    kms_key_id = Field("kmsKeyId")
    filesystem_type = Field("filesystemType")
    volume_type = Field("volumeType")
    iops = Field("iops")
    throughput = Field("throughput")


class VpcLatticeConfiguration(Noun):
    """A named port behind a target group of VPC Lattice."""

    __slots__ = ()

    role_arn = Field("roleArn")
    target_group_arn = Field("targetGroupArn")
    port_name = Field("portName")


class VolumeConfiguration(Noun):
    """The volume for a task definition's `configuredAtLaunch` volume."""

    __slots__ = ()

    name = Field("name")
    managed_ebs_volume = Child("managedEBSVolume", ManagedVolume)


class AdvancedConfiguration(Noun):
    """The second target group of a blue/green service."""

    __slots__ = ()

    alternate_target_group_arn = Field("alternateTargetGroupArn")
    production_listener_rule = Field("productionListenerRule")
    test_listener_rule = Field("testListenerRule")
    role_arn = Field("roleArn")


class ServiceLoadBalancer(Noun):
    """A container and port of a service behind a load balancer."""

    __slots__ = ()

    target_group_arn = Field("targetGroupArn")
    load_balancer_name = Field("loadBalancerName")
    container_name = Field("containerName")
    container_port = Field("containerPort")
    advanced_configuration = Child("advancedConfiguration", AdvancedConfiguration)

    @property
    def service(self) -> Service:
        assert isinstance(self.parent, Service)
        return self.parent

    @property
    def target_group(self) -> Found[TargetGroup]:
        """The target group that is meant, of this project or of one that it imports from."""
        return self.project.find_anywhere(TargetGroup, self.target_group_arn)

    @property
    def container(self) -> Container | None:
        """The container that traffic goes to; None where it is not certainly one of this project."""
        task = self.service.task.noun
        return task.named(self.container_name) if task is not None else None


class Service(Noun):
    """A service. Times in seconds.

    `wait_for_steady_state` is about the deployer: whether it waits until the service is stable. `ignore_changes` names
    what the project sets only once.
    """

    __slots__ = ()

    service_name = Field("serviceName")
    cluster_name = Field("cluster")
    task_definition_name = Field("taskDefinition")
    desired_count = Field("desiredCount")
    launch_type = Field("launchType")
    capacity_provider_strategy = Children("capacityProviderStrategy", CapacityProviderStrategyItem)
    platform_version = Field("platformVersion")
    role = Field("role")
    deployment_configuration = Child("deploymentConfiguration", DeploymentConfiguration)
    deployment_controller = Child("deploymentController", DeploymentController)
    load_balancers = Children("loadBalancers", ServiceLoadBalancer)
    network_configuration = Child("networkConfiguration", NetworkConfiguration)
    health_check_grace_period_seconds = Field("healthCheckGracePeriodSeconds")
    scheduling_strategy = Field("schedulingStrategy")
    placement_constraints = Children("placementConstraints", PlacementConstraint)
    placement_strategy = Children("placementStrategy", PlacementStrategy)
    enable_execute_command = Field("enableExecuteCommand")
    service_registries = Children("serviceRegistries", ServiceRegistry)
    service_connect_configuration = Child("serviceConnectConfiguration", ServiceConnectConfiguration)
    volume_configurations = Children("volumeConfigurations", VolumeConfiguration)
    vpc_lattice_configurations = Children("vpcLatticeConfigurations", VpcLatticeConfiguration)
    availability_zone_rebalancing = Field("availabilityZoneRebalancing")
    tags = Children("tags", Tag)
    propagate_tags = Field("propagateTags")
    enable_ecs_managed_tags = Field("enableECSManagedTags")
    wait_for_steady_state = Field("waitForSteadyState")
    ignore_changes = Scalars("ignoreChanges")

    @property
    def task(self) -> Found[TaskDefinition]:
        """The task definition of this project that the service runs: by ARN, or by family, maybe with a revision."""
        name = self.task_definition_name
        return self.project.find(TaskDefinition, name if name.starts_with("arn:").yes else name.before(":"))

    @property
    def on_fargate(self) -> Answer:
        """Whether the tasks run on Fargate, by the launch type or by all providers of the service's own strategy."""
        items = self.capacity_provider_strategy
        by_strategy = ~items.empty & items.all(lambda item: item.capacity_provider.one_of(FARGATE_PROVIDERS))
        return self.launch_type.equals("FARGATE") | by_strategy

    @property
    def on_instances(self) -> Answer:
        """Whether the tasks run on instances, by the launch type or by providers on Auto Scaling groups alone."""

        def has_group(item: CapacityProviderStrategyItem) -> Answer:
            found = self.project.find(CapacityProvider, item.capacity_provider)
            return found.noun.auto_scaling_group_provider.present if found.noun is not None else found.answer & MAYBE

        items = self.capacity_provider_strategy
        return self.launch_type.equals("EC2") | (~items.empty & items.all(has_group))

    @property
    def left_to_ecs(self) -> Answer:
        """Whether neither the service nor a cluster of this project says where the tasks run: that means EC2."""
        cluster = self.cluster.noun
        if cluster is None or not cluster.resource.managed:
            return MAYBE
        return self.launch_type.absent & self.capacity_provider_strategy.empty & ~cluster.has_default_strategy

    @property
    def is_daemon(self) -> Answer:
        """Whether one task runs on each instance, instead of a number of them."""
        return self.scheduling_strategy.equals("DAEMON")

    @property
    def rolls(self) -> Answer:
        """Whether ECS itself replaces the tasks step by step, which it does by default."""
        controller, strategy = self.deployment_controller.type, self.deployment_configuration.strategy
        by_ecs = controller.absent | controller.equals("ECS")
        return by_ecs & (strategy.absent | strategy.equals("ROLLING"))

    @property
    def is_judged(self) -> Answer:
        """Whether a load balancer or a container's health check could tell that a deployment failed."""
        answer = ~self.load_balancers.empty
        task = self.task.noun
        if task is not None:
            answer |= task.containers.any(lambda container: container.health_check.present)
        return answer

    @property
    def cluster(self) -> Found[Cluster]:
        """The cluster of this project that the service runs in."""
        return self.project.find(Cluster, self.cluster_name)


class Cluster(Noun):
    """A cluster."""

    __slots__ = ()

    cluster_name = Field("clusterName")
    capacity_providers = Scalars("capacityProviders")
    default_capacity_provider_strategy = Children("defaultCapacityProviderStrategy", CapacityProviderStrategyItem)
    service_connect_defaults = Child("serviceConnectDefaults", ServiceConnectConfiguration)

    def is_named(self, value: Value) -> Answer:
        """Whether a value names this cluster, by reference, ARN or name."""
        answer = NO
        for attribute in ("arn", "name"):
            answer |= self.resource.ref(attribute).equals(value)
        return answer

    @property
    def has_default_strategy(self) -> Answer:
        """Whether services that name no capacity provider get those of the cluster: by it, or beside it."""
        answer = ~self.default_capacity_provider_strategy.empty
        for beside in self.project.all(ClusterCapacityProviders):
            answer |= ~beside.default_capacity_provider_strategy.empty & self.is_named(beside.cluster)
        return answer | (MAYBE if self.project.may_grow(self.resource) else NO)

    def offers(self, provider: Value) -> Answer:
        """Whether a capacity provider is associated with the cluster: by it, beside it, or by the provider itself."""
        answer = self.capacity_providers.any(lambda item: item.equals(provider))
        for beside in self.project.all(ClusterCapacityProviders):
            tied = beside.capacity_providers.any(lambda item: item.equals(provider))
            answer |= tied & self.is_named(beside.cluster)
        for own in self.project.all(CapacityProvider):
            if not own.cluster_name.absent.yes or not own.cluster.absent.yes:
                answer |= MAYBE & own.resource.ref("name").equals(provider)
        return answer | (MAYBE if self.project.may_grow(self.resource) else NO)


class ClusterCapacityProviders(Noun):
    """Capacity providers that are tied to a cluster apart from it."""

    __slots__ = ()

    cluster = Field("cluster")
    capacity_providers = Scalars("capacityProviders")
    default_capacity_provider_strategy = Children("defaultCapacityProviderStrategy", CapacityProviderStrategyItem)


class TaskSet(Noun):
    """A set of tasks of a service that somebody else than ECS deploys."""

    __slots__ = ()

    service = Field("service")
    cluster = Field("cluster")
    task_definition_name = Field("taskDefinition")
    launch_type = Field("launchType")
    network_configuration = Child("networkConfiguration", NetworkConfiguration)
    load_balancers = Children("loadBalancers", ServiceLoadBalancer)


class ExpressContainer(Noun):
    """The container of an Express Mode service."""

    __slots__ = ()

    image = Field("image")
    container_port = Field("containerPort")
    environment = Children("environment", EnvironmentVariable)
    secrets = Children("secrets", SecretReference)


class ExpressGatewayService(Noun):
    """An Express Mode service: ECS makes the task definition and everything around it."""

    __slots__ = ()

    service_name = Field("serviceName")
    execution_role_arn = Field("executionRoleArn")
    infrastructure_role_arn = Field("infrastructureRoleArn")
    task_role_arn = Field("taskRoleArn")
    primary_container = Child("primaryContainer", ExpressContainer)
    cpu = Field("cpu")
    memory = Field("memory")
    health_check_path = Field("healthCheckPath")


class DaemonTaskDefinition(Noun):
    """What a daemon runs on every managed instance."""

    __slots__ = ()

    family = Field("family")
    execution_role_arn = Field("executionRoleArn")
    task_role_arn = Field("taskRoleArn")


class Daemon(Noun):
    """A task that runs once on every managed instance."""

    __slots__ = ()

    daemon_task_definition_name = Field("daemonTaskDefinitionArn")
    cluster_name = Field("clusterArn")


class CapacityProvider(Noun):
    """A capacity provider on an Auto Scaling group or managed instances; one on the latter belongs to a cluster."""

    __slots__ = ()

    name = Field("name")
    cluster = Field("cluster")
    cluster_name = Field("clusterName")
    auto_scaling_group_provider = Field("autoScalingGroupProvider")


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

        One that exists under a condition only may: its maker knows when that is met.
        """
        for resource in self.project.of_kind("Listener"):
            listener = self.project.noun(Listener, resource)
            yield listener, self._forwarded(listener, listener.default_actions)
        for resource in self.project.of_kind("ListenerRule"):
            rule = self.project.noun(ListenerRule, resource)
            yield rule, self._forwarded(rule, rule.actions)

    def _forwarded(self, noun: Noun, actions: Collection[ListenerAction]) -> Answer:
        answer = actions.any(lambda action: action.forwards_to(self))
        return answer if noun.resource.exists.data is True else answer & MAYBE

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
