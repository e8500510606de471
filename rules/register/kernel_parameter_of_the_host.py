from __future__ import annotations

from ecslint.facts.unsupported import HOST_IPC_CONTAINER, HOST_NETWORK_CONTAINER
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container


class KernelParameterOfTheHost(SupportRule):
    """A container sets a kernel parameter of a namespace that it shares with the host.

    With the network mode `host` the parameters under `net.` are the host's, with the IPC mode `host` those of message
    queues and shared memory. `systemControls` sets those of a container's own namespaces only.

    Source: botocore's model of Amazon ECS, `SystemControl` and `ipcMode` ("not supported"). Whether registration refuses
    it or the container does not start is not known, so it is a warning.

    ```json bad
      {
        "family": "checkout-api",
        "networkMode": "host",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}]
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}]
          }
        ]
      }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    rows = (*HOST_NETWORK_CONTAINER, *HOST_IPC_CONTAINER)
    subject = "A container in the host's namespace"
    otherwise = "give the task a namespace of its own"
    covers = (
        "systemcontrols-host-ns",
        "systemcontrols-ipc-host",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the parameters of each namespace that the task shares with the host."""
        if container.task.network_mode.equals("host").yes:
            yield from self.unsupported(container, HOST_NETWORK_CONTAINER)
        if container.task.ipc_mode.equals("host").yes:
            yield from self.unsupported(container, HOST_IPC_CONTAINER)
