from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import FARGATE_CONTAINER, FARGATE_SERVICE, FARGATE_TASK, Unsupported
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, Service, TaskDefinition

NETWORK_MODE = Unsupported(
    "network-mode",
    "networkMode",
    "network modes other than awsvpc",
    "Fargate only supports network mode ‘awsvpc’.",
    peers=("cdk-preflight: pf-ecs-fargate-network-mode", "cfn-lint: E3048"),
)


class NotSupportedOnFargate(SupportRule):
    """A task for Fargate, or a service that runs on it, asks for something that Fargate does not have.

    Fargate has no instance of yours: nothing of the host can be reached, every task has a network interface of its own,
    and AWS places it. The task definition is refused as soon as `requiresCompatibilities` names FARGATE, even if it
    names EC2 as well. A file system in memory (`tmpfs`) is no longer among what is refused.

    Source: RegisterTaskDefinition and CreateService, as cdk-preflight quotes them from real deployments; botocore's model
    of Amazon ECS; the developer guide, "Amazon ECS task definition differences for Fargate".

    ```json bad
      {
        "family": "checkout-api",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "privileged": true}
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (NETWORK_MODE, *FARGATE_TASK, *FARGATE_CONTAINER, *FARGATE_SERVICE)
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "Fargate"
    otherwise = "run on EC2"
    covers = (
        "fargate-network-mode",
        "placement-on-fargate",
        "ipc-on-fargate",
        "pid-host-on-fargate",
        "log-driver-fargate",
        "firelens-s3-on-fargate",
        "dns-search-fargate",
        "privileged-fargate",
        "devices-fargate",
        "shm-fargate",
        "swap-fargate",
        "cap-add-fargate",
        "security-opt-fargate",
        "gpu-fargate",
        "volume-docker-fargate",
        "volume-host-fargate",
        "fsx-on-fargate",
        "classic-lb-fargate",
        "fargate-placement-constraints",
        "fargate-placement-strategy",
        "daemon-on-fargate",
        "ebs-standard-on-fargate",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at what the task itself asks for."""
        if not task.fargate.yes:
            return
        if task.awsvpc().no:
            written = task.network_mode.present.yes
            at = task.network_mode if written else next(iter(task.requires_compatibilities))
            yield self.finding(
                task,
                f"Fargate does not support {NETWORK_MODE.what}",
                at=at,
                label="must be `awsvpc`" if written else "the task names no network mode, which means `bridge`",
                help="set `networkMode` to `awsvpc`",
                symptom=NETWORK_MODE.symptom,
                row=NETWORK_MODE.id,
            )
        yield from self.unsupported(task, FARGATE_TASK)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at what a container asks for."""
        if container.task.fargate.yes:
            yield from self.unsupported(container, FARGATE_CONTAINER)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at what a service of this launch type asks for."""
        if service.launch_type.equals("FARGATE").yes:
            yield from self.unsupported(service, FARGATE_SERVICE)
