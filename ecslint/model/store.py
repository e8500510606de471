"""Where images, secrets, objects, logs and data lie."""

from __future__ import annotations

from ecslint.jsontext import TooDeep, read_value
from ecslint.model.noun import Child, Field, Noun, Scalars
from ecslint.value import MAYBE, NO, YES, Answer, Key, Mapping, Unknown, Value


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

    @property
    def content(self) -> Value:
        """The template with the generated key in it; a random text where there is no template."""
        template, key = self.secret_string_template, self.generate_string_key.string
        if template.absent.yes:
            return Value("…", self.place)
        parsed = _parsed(template)
        if key is None or not isinstance(parsed.data, Mapping):
            return Value(Unknown("how it is generated is not known"), self.place)
        generated = (Key(key), Value(Unknown("it is generated"), self.generate_string_key.place))
        return Value(Mapping([*parsed.data.entries, generated], parsed.data.open), parsed.place)


class Secret(Noun):
    """A secret of Secrets Manager."""

    __slots__ = ()

    name = Field("name")
    secret_string = Field("secretString")
    generate_secret_string = Child("generateSecretString", GeneratedSecret)
    kms_key_id = Field("kmsKeyId")

    @property
    def contents(self) -> list[Value]:
        """What the project puts into the secret: an object with keys, a text, or something unknown.

        More than one where versions stand apart from it; none where the project gives it no value.
        """
        return self.project.memo((Secret, "contents", id(self.resource)), self._contents)

    def _contents(self) -> list[Value]:
        found = [] if self.secret_string.absent.yes else [_parsed(self.secret_string)]
        if self.generate_secret_string.present.yes:
            found.append(self.generate_secret_string.content)
        elif self.generate_secret_string.present.maybe:
            found.append(Value(Unknown("it may be generated"), self.generate_secret_string.place))
        for version in self.project.all(SecretVersion):
            if not version.resource.managed:
                continue
            same = self.project.find(Secret, version.secret_id)
            if same.noun is not None and same.noun.resource is self.resource:
                found.append(version.content)
            elif same.answer.maybe:
                found.append(Value(Unknown(f"{version.address} may be a version of it"), version.place))
        return found

    @property
    def is_text(self) -> bool:
        """Whether all that the project puts into the secret is text that is no JSON object."""
        return all(content.kind == "string" for content in self.contents)

    def holds(self, key: str) -> Answer:
        """Whether a key of the JSON in the secret is there. MAYBE where the project does not say what is in it."""
        answer = MAYBE if not self.resource.managed or not self.contents else NO
        if key in ATTACHED_KEYS and self._may_be_attached():
            answer |= MAYBE
        for content in self.contents:
            answer |= content.get(key).present if content.kind != "string" else NO
        for attachment in self.project.all(SecretAttachment) if key in ATTACHED_KEYS else ():
            found = self.project.find(Secret, attachment.secret_id)
            if found.noun is not None:
                answer |= YES if found.noun.resource is self.resource else NO
            else:
                answer |= found.answer & MAYBE
        return answer

    def _may_be_attached(self) -> bool:
        """Whether something that this project does not know may attach the secret to a database."""
        return bool(self.project.handed_out(self.resource)) or not self.project.owns(self.resource)


ATTACHED_KEYS = frozenset(
    "engine host port dbname username password dbInstanceIdentifier dbClusterIdentifier masterarn".split()
)
"""The keys that attaching a secret to a database adds. Source: `AWS::SecretsManager::SecretTargetAttachment`."""


class SecretVersion(Noun):
    """A value of a secret that stands apart from it; `ignore_changes` names what the project sets only once."""

    __slots__ = ()

    secret_id = Field("secretId")
    secret_string = Field("secretString")
    ignore_changes = Scalars("ignoreChanges")

    @property
    def content(self) -> Value:
        """What the version holds. What the project sets only once may have been changed since."""
        if not self.ignore_changes.any(lambda name: name.one_of(("secretString", "all"))).no:
            return Value(Unknown("it is set once and changed elsewhere"), self.secret_string.place)
        return _parsed(self.secret_string)


def _parsed(text: Value) -> Value:
    """The JSON in a text as a value tree, or the text itself where it is none."""
    made_up = text.ref is not None or isinstance(text.data, Unknown)
    if made_up and text.contains('"').no:
        # Whatever it is, it is no JSON that has a key.
        return Value("…", text.place, None, text.hops)
    if text.place is None or text.kind != "string":
        return text if text.kind != "absent" else Value(Unknown("it has no value in the files"), text.place)
    if text.ref is not None:
        return Value(Unknown(f"it is {text.ref.resource.address}'s {text.ref.attribute}"), text.place)
    try:
        parsed, errors = read_value(text, text.place.span(), "this is not known")
    except TooDeep:
        return Value(Unknown("it nests too deep"), text.place)
    return text if errors or not isinstance(parsed.data, Mapping) else parsed.through(text.hops)


class SecretAttachment(Noun):
    """A secret tied to a database, which adds the keys of the connection to it."""

    __slots__ = ()

    secret_id = Field("secretId")
    target_id = Field("targetId")
    target_type = Field("targetType")


class Parameter(Noun):
    """A parameter of Systems Manager; `ignore_changes` names what the project sets only once."""

    __slots__ = ()

    identities = ("arn", "name")

    name = Field("name")
    type = Field("type")
    value = Field("value")
    ignore_changes = Scalars("ignoreChanges")


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
    transit_encryption_mode = Field("transitEncryptionMode")
    replication_group_id = Field("replicationGroupId")
    security_group_ids = Scalars("securityGroupIds")
    serverless = Field("serverless")

    @property
    def takes_tls(self) -> Answer:
        """Whether clients may speak TLS. Where nothing is said, a cache that is no Redis alone may do as it likes."""
        enabled = self.transit_encryption_enabled
        if enabled.absent.yes and not (self.engine.equals("redis").yes and self.replication_group_id.absent.yes):
            return MAYBE
        return enabled.true

    @property
    def takes_plain(self) -> Answer:
        """Whether clients may speak without TLS: where there is none, or in the mode for going over to it."""
        return ~self.transit_encryption_enabled.true | self.transit_encryption_mode.equals("preferred")


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


class Queue(Noun):
    """A queue of SQS."""

    __slots__ = ()

    queue_name = Field("queueName")


class Topic(Noun):
    """A topic of SNS."""

    __slots__ = ()

    topic_name = Field("topicName")


class Table(Noun):
    """A table of DynamoDB."""

    __slots__ = ()

    table_name = Field("tableName")
