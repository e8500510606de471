from __future__ import annotations

from ecslint.facts.deployers import CLI, deployer
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container
    from ecslint.model.container import EnvironmentVariable


class EnvironmentEntryUsesValueFrom(Rule):
    """An entry of `environment` has `valueFrom`, which only `secrets` takes.

    The AWS CLI and the SDKs refuse the key. Terraform's provider drops it, registers the entry without a value, and the
    variable is empty in the container.

    Source: botocore's model of Amazon ECS (`KeyValuePair` has `name` and `value` only); the text is that of the AWS SDK
    for JavaScript in aws-actions/amazon-ecs-deploy-task-definition#44. The commonest mistake of its kind in public
    histories.

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "environment": [
          {"name": "DATABASE_USER", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/db-user"}
        ]
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [
          {"name": "DATABASE_USER", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/db-user"}
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "Unexpected key 'valueFrom' found in params.containerDefinitions[{container}].environment[{entry}]",
        'Unknown parameter in containerDefinitions[{container}].environment[{entry}]: "valueFrom", must be one of: name, value',
        "extraneous key [ValueFrom] is not permitted",
    )
    peers = ("cfn-lint: E3002",)
    covers = ("valuefrom-in-environment",)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at each entry for the key."""
        for variable in container.environment:
            if variable.value_from.present.yes:
                name = variable.name.string or "this entry"
                key = variable.value_from.key
                yield self.finding(
                    variable,
                    f"`{name}` in `environment` has `valueFrom`",
                    at=key.place if key and key.place else variable.value_from,
                    label="only `secrets` takes this key",
                    help=f"move `{name}` to `secrets`, or give its `value` here",
                    symptom=self._symptom(variable) or None,
                )

    def _symptom(self, variable: EnvironmentVariable) -> str:
        """What the tool that reads the file says, where it says anything."""
        container = variable.parent
        tool = deployer(variable.project.frontend, variable.resource.type)
        if tool is CLI and container is not None:
            return self.says(container=container.index, entry=variable.index)
        return tool.refuses.format(key="ValueFrom")
