"""Services, in the words of CreateService.

Source of the members: botocore's model of Amazon ECS (`CreateServiceRequest`).
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.capacity import FARGATE_PROVIDERS, CapacityProvider, CapacityProviderStrategyItem
from ecslint.model.cluster import Cluster
from ecslint.model.connect import ServiceConnectConfiguration
from ecslint.model.deployment import DeploymentConfiguration, DeploymentController
from ecslint.model.loadbalancing import TargetGroup
from ecslint.model.noun import Child, Children, Field, Noun, Scalars
from ecslint.model.task import PlacementConstraint, Tag, TaskDefinition
from ecslint.value import MAYBE, Answer

if TYPE_CHECKING:
    from ecslint.model.container import Container
    from ecslint.model.project import Found


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


class TaskSet(Noun):
    """A set of tasks of a service that somebody else than ECS deploys."""

    __slots__ = ()

    service = Field("service")
    cluster = Field("cluster")
    task_definition_name = Field("taskDefinition")
    launch_type = Field("launchType")
    network_configuration = Child("networkConfiguration", NetworkConfiguration)
    load_balancers = Children("loadBalancers", ServiceLoadBalancer)
