from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model import Parameter, Secret
from ecslint.model.dynamic import dynamic_references
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, SecretReference
    from ecslint.value import Value

PARAMETER_NAME = "/?[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)?|/[A-Za-z0-9_./-]+(:[A-Za-z0-9_.-]+)?"
"""A parameter's name with an optional version or label; one with a slash inside begins with one.

Source: PutParameter, `Name`: "a-zA-Z0-9_.-" and slashes, fully qualified where it is in a hierarchy.
"""

STORES = {"Database": "a database", "CacheCluster": "a cache"}
PLACES = {"host", "port", "endpoint", "readerHost"}
"""The attributes of a store that say where it is, alone or in a text."""
NAMES = {"id", "username", "database"}
"""Its attributes that may be a part of a parameter's name. Another may be the ARN of the secret with its password."""

VALUES = {
    # kind and attribute: what it is, and how sure it is that it names nothing
    ("Parameter", "value"): ("the value of a parameter", Confidence.MEDIUM),
    ("SecretVersion", "secretString"): ("the value of a secret", Confidence.MEDIUM),
    ("RandomText", "text"): ("a random text", Confidence.HIGH),
}


class ValueFromIsNoReference(Rule):
    """`valueFrom` holds something else than a secret or a parameter: a name, a value, a database's attribute.

    Everything that is no ARN is the name of a parameter of Systems Manager to ECS. So a secret of Secrets Manager cannot be
    given by its name; a parameter's name with a slash inside begins with one; and the value of a parameter
    (`data.aws_ssm_parameter.x.value`, `{{resolve:…}}`), a generated password or an attribute of a database is taken for a name as well, and ends
    in the open in the task definition.

    A name is an error where the project itself makes a secret of that name, or where no parameter could have it. The value
    of a parameter may be the ARN of a secret: it is a warning, and none where the parameter's name says ARN.

    Source: `agent/ssm/ssm.go` of the ECS agent (`invalid parameters`); botocore's model of Amazon ECS, `Secret`; the naming
    rules of PutParameter.

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [{"name": "DATABASE_URL", "valueFrom": "checkout/DATABASE_URL"}]
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [
          {"name": "DATABASE_URL", "valueFrom": "/checkout/DATABASE_URL"},
          {"name": "API_KEY", "valueFrom": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/api-AbCdEf"}
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
        "unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: {name}",
        "Fetching secret data from SSM Parameter Store in {region}: invalid parameters: {name}",
    )
    covers = ("secret-name-not-arn",)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the secrets of the container and of its log driver."""
        for secret in [*container.secrets, *container.log_configuration.secret_options]:
            found = [*self._fetched(secret, secret.value_from)]
            yield from found or self._named(secret, secret.value_from)

    def _named(self, secret: SecretReference, value: Value) -> Iterator[Finding]:
        """What ECS takes for the name of a parameter."""
        kind = value.kind
        if kind in {"object", "array"} or not value.present.yes or not value.starts_with("arn:").no:
            return
        project = secret.project
        found = project.find(Secret, value).noun
        if found is not None and project.find(Parameter, value).answer.no:
            yield self._secret(secret, found)
        elif value.matches(PARAMETER_NAME).no:
            yield self._name(secret, value)

    def _fetched(self, secret: SecretReference, value: Value) -> Iterator[Finding]:
        """What may be text of any kind, but certainly names nothing that can be fetched."""
        ref = value.ref
        store = _store(value)
        what, confidence = VALUES.get((ref.resource.kind, ref.attribute) if ref is not None else ("", ""), ("", None))
        if store:
            yield self._value(secret, store, Confidence.HIGH)
        elif _may_be_arn(secret, value):
            return
        elif confidence is not None:
            yield self._value(secret, what, confidence)
        elif any(found.service for found in dynamic_references(value)):
            yield self._value(secret, "a value that is put here at deployment", Confidence.MEDIUM)

    def _value(self, secret: SecretReference, what: str, confidence: Confidence) -> Finding:
        return self.finding(
            secret,
            f"`valueFrom` is {what}, not a reference to it",
            at=secret.value_from,
            label="ECS takes this for the name of a parameter",
            help="give the ARN of a secret or of a parameter that holds the value",
            symptom=self.says(0, name="…"),
            confidence=confidence,
            row="value",
        )

    def _secret(self, secret: SecretReference, noun: Secret) -> Finding:
        return self.finding(
            secret,
            "`valueFrom` names a secret of Secrets Manager by its name; ECS takes the name of a parameter",
            at=secret.value_from,
            label="the name of a secret",
            related=[(noun.place, "the secret")],
            help="give the ARN of the secret",
            symptom=self.says(0, name=secret.value_from.string or "…"),
            row="secret-name",
        )

    def _name(self, secret: SecretReference, value: Value) -> Finding:
        relative = value.matches("[A-Za-z0-9_.-][A-Za-z0-9_./-]*/[A-Za-z0-9_./-]*").yes
        return self.finding(
            secret,
            "`valueFrom` is neither an ARN nor the name of a parameter",
            at=value,
            label="a name with a slash begins with one" if relative else "no parameter can have this name",
            help="write `/…` before the name of a parameter; a secret of Secrets Manager is given by its ARN"
            if relative
            else "put the value into Secrets Manager or Parameter Store and give its ARN",
            symptom=self.says(0, name=value.string or "…") if relative else None,
            row="name",
        )


def _may_be_arn(secret: SecretReference, value: Value) -> bool:
    """Whether the parameter that is fetched is said to hold an ARN, or known to."""
    names = [found.target.string or "" for found in dynamic_references(value) if found.service != "secretsmanager"]
    parameter = secret.project.find(Parameter, value).noun
    if parameter is not None:
        names += [parameter.local_address, parameter.name.string or ""]
    return value.starts_with("arn:").yes or any("arn" in name.lower() for name in names)


def _store(value: Value) -> str:
    """What of a database or a cache stands in a text; empty where nothing of one does."""
    whole = value.ref is not None
    for ref in value.refs if whole or value.starts_with("/").no else ():
        store = STORES.get(ref.resource.kind)
        if store is not None and (ref.attribute in PLACES or (whole and ref.attribute in NAMES)):
            return f"the {ref.attribute} of {store}"
    return ""
