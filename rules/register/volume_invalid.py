from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.setting import follow, given
from ecslint.rule import Finding, Rule, Severity, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, TaskDefinition, Volume
    from ecslint.model.container import MountPoint, VolumeFrom
    from ecslint.value import Value

KINDS = (
    "host.sourcePath",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
)


class VolumeInvalid(Rule):
    """A container mounts a volume that the task does not have, or a volume contradicts itself.

    A volume that is configured at launch must be mounted, and there may be one such; a bind mount that nobody mounts is
    fine. A volume is of one kind: a folder of the host, Docker, EFS, S3 Files or FSx. FSx for Windows File Server is for
    Windows; what becomes of it on Linux nobody has seen, so that is a warning.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; botocore's model of Amazon ECS,
    `Volume`.

    ```json bad
      {
        "family": "checkout-api",
        "volumes": [{"name": "uploads"}],
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "mountPoints": [{"sourceVolume": "upload", "containerPath": "/data"}]
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "volumes": [{"name": "uploads"}],
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "mountPoints": [{"sourceVolume": "uploads", "containerPath": "/data"}]
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "Unknown volume '{name}'.",
        "Invalid 'volumesFrom' setting. Unknown container: '{name}'",
        "Volumes [{name}] are not referenced by any of the containers",
    )
    peers = (
        "cdk-preflight: pf-ecs-mountpoint-source-volume-missing, pf-ecs-volumesfrom-source-container-missing, "
        "pf-ecs-volume-not-referenced",
    )
    covers = (
        "volume-unknown",
        "volumesfrom-unknown",
        "volume-unmounted-launch",
        "volume-launch-max1",
        "volume-kind-exclusive",
        "fsx-on-linux",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Look for the volumes that a container mounts."""
        task = container.task
        volumes = [volume.name for volume in task.volumes]
        containers = [other.name for other in task.containers]
        for mount in container.mount_points:
            if not task.volumes.open and _none_of(volumes, mount.source_volume):
                yield self._unknown(mount)
        for other in container.volumes_from:
            if not task.containers.open and _none_of(containers, other.source_container):
                yield self._nobody(other)

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at the volumes themselves."""
        launched = [volume for volume in task.volumes if volume.configured_at_launch.true.yes]
        for volume in launched:
            yield from self._unmounted(task, volume)
        if len(launched) > 1:
            yield self.finding(
                launched[1],
                f"{len(launched)} volumes are configured at launch, ECS takes one",
                at=key_of(launched[1].configured_at_launch),
                label="again here",
                related=[(launched[0].configured_at_launch, "first here")],
                help="leave one volume that is configured at launch",
                row="launch",
            )
        for volume in task.volumes:
            yield from self._kinds(volume)
            fsx = volume.fsx_volume_configuration
            if fsx.present.yes and task.runtime_platform.operating_system_family.equals("LINUX").yes:
                yield self._not_on_linux(task, volume)

    def _unknown(self, mount: MountPoint) -> Finding:
        name = mount.source_volume.string or "…"
        return self.finding(
            mount,
            f"The task has no volume `{name}`",
            at=mount.source_volume,
            label="not among the task's `volumes`",
            help=f"add `{name}` to the `volumes` of the task, or name one of them",
            symptom=self.says(0, name=name),
            row="unknown",
        )

    def _nobody(self, other: VolumeFrom) -> Finding:
        name = other.source_container.string or "…"
        return self.finding(
            other,
            f"The task has no container `{name}` to take volumes from",
            at=other.source_container,
            label="no container of this task",
            help="name a container of this task definition",
            symptom=self.says(1, name=name),
            row="volumes-from",
        )

    def _unmounted(self, task: TaskDefinition, volume: Volume) -> Iterator[Finding]:
        mounted = task.containers.any(
            lambda container: container.mount_points.any(lambda mount: mount.source_volume.equals(volume.name))
        )
        if mounted.no:
            name = volume.name.string or "…"
            yield self.finding(
                volume,
                f"No container mounts `{name}`, which is configured at launch",
                at=volume.name,
                label="never mounted",
                help="mount it in a container, or take it out",
                symptom=self.says(2, name=name),
                row="unmounted",
            )

    def _not_on_linux(self, task: TaskDefinition, volume: Volume) -> Finding:
        return self.finding(
            volume,
            f"The volume `{volume.name.string or '…'}` is on FSx for Windows File Server, and the task runs on Linux",
            at=key_of(volume.fsx_volume_configuration.document),
            label="for Windows tasks only",
            related=[(task.runtime_platform.operating_system_family, "the task's operating system")],
            help="use EFS, or run the task on Windows",
            severity=Severity.WARNING,
            row="fsx-on-linux",
        )

    def _kinds(self, volume: Volume) -> Iterator[Finding]:
        found = [value for path in KINDS for holder, value in follow(volume, path) if given(holder, value).yes]
        if len(found) > 1:
            yield self.finding(
                volume,
                f"The volume `{volume.name.string or '…'}` is of two kinds",
                at=key_of(found[1]),
                label="and of this kind",
                related=[(key_of(found[0]), "of this kind")],
                help="make two volumes of it, or keep one kind",
                row="kinds",
            )


def _none_of(names: list[Value], wanted: Value) -> bool:
    """Whether something is named that certainly is none of these."""
    return wanted.present.yes and all(name.equals(wanted).no for name in names)
