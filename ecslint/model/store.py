"""Where images, secrets, objects, logs and data lie."""

from __future__ import annotations

from ecslint.model.noun import Child, Field, Noun, Scalars


class Repository(Noun):
    """A private ECR repository."""

    __slots__ = ()

    repository_name = Field("repositoryName")
    image_tag_mutability = Field("imageTagMutability")


class GeneratedSecret(Noun):
    """A password that Secrets Manager makes, put under a key of a JSON template, or alone without one."""

    __slots__ = ()

    secret_string_template = Field("secretStringTemplate")
    generate_string_key = Field("generateStringKey")


class Secret(Noun):
    """A secret of Secrets Manager."""

    __slots__ = ()

    name = Field("name")
    secret_string = Field("secretString")
    generate_secret_string = Child("generateSecretString", GeneratedSecret)
    kms_key_id = Field("kmsKeyId")


class SecretVersion(Noun):
    """A value of a secret that stands apart from it."""

    __slots__ = ()

    secret_id = Field("secretId")
    secret_string = Field("secretString")


class SecretAttachment(Noun):
    """A secret tied to a database, which adds the keys of the connection to it."""

    __slots__ = ()

    secret_id = Field("secretId")
    target_id = Field("targetId")
    target_type = Field("targetType")


class Parameter(Noun):
    """A parameter of Systems Manager."""

    __slots__ = ()

    name = Field("name")
    type = Field("type")
    value = Field("value")


class LogGroup(Noun):
    """A log group of CloudWatch."""

    __slots__ = ()

    log_group_name = Field("logGroupName")
    retention_in_days = Field("retentionInDays")


class Bucket(Noun):
    """A bucket of S3."""

    __slots__ = ()

    bucket_name = Field("bucketName")


class CacheCluster(Noun):
    """A cache: ElastiCache (cluster, replication group or serverless) or MemoryDB."""

    __slots__ = ()

    engine = Field("engine")
    port = Field("port")
    transit_encryption_enabled = Field("transitEncryptionEnabled")
    security_group_ids = Scalars("securityGroupIds")
    serverless = Field("serverless")


class Database(Noun):
    """A database: an RDS instance, an Aurora or DocumentDB cluster, or a proxy before one."""

    __slots__ = ()

    engine = Field("engine")
    port = Field("port")
    master_username = Field("masterUsername")
    manage_master_user_password = Field("manageMasterUserPassword")
    security_group_ids = Scalars("securityGroupIds")


class FileSystem(Noun):
    """A file system of EFS."""

    __slots__ = ()

    encrypted = Field("encrypted")


class PosixUser(Noun):
    """The user as whom an access point works."""

    __slots__ = ()

    uid = Field("uid")
    gid = Field("gid")


class CreationInfo(Noun):
    """With which owner an access point makes its root folder."""

    __slots__ = ()

    owner_uid = Field("ownerUid")
    owner_gid = Field("ownerGid")
    permissions = Field("permissions")


class RootDirectory(Noun):
    """The root folder of an access point."""

    __slots__ = ()

    path = Field("path")
    creation_info = Child("creationInfo", CreationInfo)


class AccessPoint(Noun):
    """An access point of EFS."""

    __slots__ = ()

    file_system_id = Field("fileSystemId")
    posix_user = Child("posixUser", PosixUser)
    root_directory = Child("rootDirectory", RootDirectory)


class MountTarget(Noun):
    """A mount target of EFS."""

    __slots__ = ()

    file_system_id = Field("fileSystemId")
    subnet_id = Field("subnetId")
    security_groups = Scalars("securityGroups")


class EncryptionKey(Noun):
    """A key of KMS."""

    __slots__ = ()

    key_policy = Field("keyPolicy")
