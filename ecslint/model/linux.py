"""What a container asks of the kernel.

Source of the members: botocore's model of Amazon ECS (`LinuxParameters` and its neighbours in `ContainerDefinition`).
"""

from __future__ import annotations

from ecslint.model.noun import Child, Children, Field, Noun, Scalars


class Capabilities(Noun):
    """Linux capabilities, added and dropped."""

    __slots__ = ()

    add = Scalars("add")
    drop = Scalars("drop")


class Device(Noun):
    """A device of the host."""

    __slots__ = ()

    host_path = Field("hostPath")
    container_path = Field("containerPath")
    permissions = Scalars("permissions")


class Tmpfs(Noun):
    """A file system in memory; `size` in MiB."""

    __slots__ = ()

    container_path = Field("containerPath")
    size = Field("size")
    mount_options = Scalars("mountOptions")


class LinuxParameters(Noun):
    """What is particular to Linux. `shared_memory_size` and `max_swap` in MiB."""

    __slots__ = ()

    capabilities = Child("capabilities", Capabilities)
    devices = Children("devices", Device)
    init_process_enabled = Field("initProcessEnabled")
    shared_memory_size = Field("sharedMemorySize")
    tmpfs = Children("tmpfs", Tmpfs)
    max_swap = Field("maxSwap")
    swappiness = Field("swappiness")


class Ulimit(Noun):
    """A limit of the container's processes."""

    __slots__ = ()

    name = Field("name")
    soft_limit = Field("softLimit")
    hard_limit = Field("hardLimit")


class SystemControl(Noun):
    """A kernel parameter of the container."""

    __slots__ = ()

    namespace = Field("namespace")
    value = Field("value")

    @property
    def segment(self) -> str:
        return self.labelled(self.namespace)


class HostEntry(Noun):
    """A line of `/etc/hosts`."""

    __slots__ = ()

    hostname = Field("hostname")
    ip_address = Field("ipAddress")
