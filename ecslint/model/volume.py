"""The volumes of a task definition.

Source of the members: botocore's model of Amazon ECS (`Volume`).
"""

from __future__ import annotations

from ecslint.model.noun import Child, Entries, Field, Noun


class HostVolume(Noun):
    """A folder of the host."""

    __slots__ = ()

    source_path = Field("sourcePath")


class DockerVolume(Noun):
    """A volume that Docker makes."""

    __slots__ = ()

    scope = Field("scope")
    autoprovision = Field("autoprovision")
    driver = Field("driver")
    driver_opts = Entries("driverOpts")
    labels = Entries("labels")


class VolumeAuthorization(Noun):
    """How a file system is entered: by access point and IAM, or by credentials and domain."""

    __slots__ = ()

    access_point_id = Field("accessPointId")
    iam = Field("iam")
    credentials_parameter = Field("credentialsParameter")
    domain = Field("domain")


class FileSystemVolume(Noun):
    """A volume on EFS, S3 Files or FSx for Windows."""

    __slots__ = ()

    file_system_id = Field("fileSystemId")
    file_system_arn = Field("fileSystemArn")
    access_point_arn = Field("accessPointArn")
    root_directory = Field("rootDirectory")
    transit_encryption = Field("transitEncryption")
    transit_encryption_port = Field("transitEncryptionPort")
    authorization_config = Child("authorizationConfig", VolumeAuthorization)


class Volume(Noun):
    """A volume of the task."""

    __slots__ = ()

    name = Field("name")
    host = Child("host", HostVolume)
    configured_at_launch = Field("configuredAtLaunch")
    docker_volume_configuration = Child("dockerVolumeConfiguration", DockerVolume)
    efs_volume_configuration = Child("efsVolumeConfiguration", FileSystemVolume)
    s3files_volume_configuration = Child("s3filesVolumeConfiguration", FileSystemVolume)
    fsx_volume_configuration = Child("fsxWindowsFileServerVolumeConfiguration", FileSystemVolume)

    @property
    def segment(self) -> str:
        return self.labelled(self.name)
