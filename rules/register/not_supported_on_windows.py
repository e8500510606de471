from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import WINDOWS_CONTAINER, WINDOWS_TASK
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, TaskDefinition


class NotSupportedOnWindows(SupportRule):
    """A task for Windows asks for something that only Linux has.

    ARM64 is refused. What becomes of the other settings nobody has told: the API documents them as not supported for Windows
    containers, so they are refused or do nothing, and the finding is a warning.

    Source: botocore's model of Amazon ECS, "This parameter is not supported for Windows containers"; ARM64 as
    cdk-preflight says.

    ```json bad
      {
        "family": "checkout-api",
        "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "ARM64"},
    #   "containerDefinitions": [{"name": "app", "image": "mcr.microsoft.com/windows/servercore/iis:latest", "memory": 512}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"},
    #   "containerDefinitions": [{"name": "app", "image": "mcr.microsoft.com/windows/servercore/iis:latest", "memory": 512}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (*WINDOWS_TASK, *WINDOWS_CONTAINER)
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "Windows"
    otherwise = "run on Linux"
    covers = (
        "windows-arm64",
        "linuxparams-windows",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at what the task asks for."""
        if task.windows.yes:
            yield from self.unsupported(task, WINDOWS_TASK)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at what a container asks for."""
        if container.task.windows.yes:
            yield from self.unsupported(container, WINDOWS_CONTAINER)
