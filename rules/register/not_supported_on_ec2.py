from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import EC2_SERVICE, EC2_TASK, PUBLIC_IP, PUBLIC_IP_BY_DEFAULT
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service, TaskDefinition


class NotSupportedOnEc2(SupportRule):
    """A task definition for EC2 alone, or a service of launch type EC2, asks for what only Fargate has.

    Ephemeral storage of a chosen size and platform versions belong to Fargate; a public IP address cannot be given to the
    network interface of a task on EC2. Nothing is said where `requiresCompatibilities` is left out, or names more than EC2.
    A service that says neither its launch type nor its capacity providers runs on EC2 as well, if its cluster has no
    default strategy; that is a warning.

    Source: RegisterTaskDefinition and CreateService, as cdk-preflight quotes them from real deployments; the text about
    public IP addresses from public threads. That `assignPublicIp` must be DISABLED whenever ECS itself deploys, as
    botocore's model says, is wrong.

    ```json bad
      {
        "family": "checkout-api",
        "requiresCompatibilities": ["EC2"],
        "ephemeralStorage": {"sizeInGiB": 50},
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "requiresCompatibilities": ["FARGATE"],
        "ephemeralStorage": {"sizeInGiB": 50},
    #   "networkMode": "awsvpc", "cpu": "256", "memory": "512",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (*EC2_TASK, *EC2_SERVICE, PUBLIC_IP_BY_DEFAULT)
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "EC2"
    otherwise = "run on Fargate"
    covers = (
        "ephemeral-ec2",
        "assign-public-ip-ec2",
        "assign-public-ip-provider",
        "assign-public-ip-default",
        "platform-version-ec2",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at a task definition that is for EC2 and nothing else."""
        asked_for = task.requires_compatibilities
        if asked_for.empty.no and asked_for.all(lambda value: value.equals("EC2")).yes:
            yield from self.unsupported(task, EC2_TASK)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at a service of this launch type, by its own words, those of its capacity providers, or by default."""
        if service.launch_type.equals("EC2").yes:
            yield from self.unsupported(service, EC2_SERVICE)
        elif service.on_instances.yes:
            yield from self.unsupported(service, (PUBLIC_IP,))
        elif service.left_to_ecs.yes:
            yield from self.unsupported(service, (PUBLIC_IP_BY_DEFAULT,))
