from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from ecslint.model import Container, EnvironmentVariable


class DuplicateEnvironmentName(Rule):
    """A name stands twice in one container's `environment`.

    ECS accepts it, and the container gets one of the two values; which one, nothing promises. Somebody who changes
    the other one wonders why nothing happens.

    Source: failures.md §1.3 (accepted by RegisterTaskDefinition; unconfirmed, therefore a warning). cfn-lint reports it
    since version 1 (aws-cloudformation/cfn-lint#2930).

    ```json bad
    # {"family": "checkout-api", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "environment": [
          {"name": "LOG_LEVEL", "value": "info"},
          {"name": "REGION", "value": "eu-west-1"},
          {"name": "LOG_LEVEL", "value": "debug"}
        ]
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "environment": [
          {"name": "LOG_LEVEL", "value": "debug"},
          {"name": "REGION", "value": "eu-west-1"}
        ]
      }
    # ]}
    ```
    """

    severity = Severity.WARNING
    since = "0.1"

    def container(self, container: Container) -> Iterator[Finding]:
        """Compare every variable with those before it."""
        seen: dict[Hashable, EnvironmentVariable] = {}
        for variable in container.environment:
            first = seen.setdefault(variable.name.identity, variable)
            if first is variable or variable.name.identity is None:
                continue
            name = variable.name.string or "the same name"
            yield self.finding(
                variable,
                f"`{name}` stands twice in `environment`",
                at=variable.name,
                label="again here",
                related=[(first.name, "first set here")],
                help="keep the entry that is meant",
            )
