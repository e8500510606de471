from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Permissions


class S3OperationIsNoAction(Rule):
    """A policy allows an operation of S3 that is no action of IAM, which grants nothing.

    Programs call `ListObjectsV2` and `HeadObject`; IAM asks whether they may `s3:ListBucket` and `s3:GetObject`. IAM
    takes a policy with an action that does not exist, and says nothing.

    Source: "Required permissions for Amazon S3 API operations"; the service authorization reference, "Actions,
    resources, and condition keys for Amazon S3". Nothing is said where the right action is allowed as well.

    ```hcl bad
    # resource "aws_iam_role" "task" {
    #   name               = "chatbot-task"
    #   assume_role_policy = jsonencode({ Statement = [] })
    # }
    resource "aws_iam_role_policy" "code" {
      role = aws_iam_role.task.name
      policy = jsonencode({
        Statement = [{
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:ListObjects"]
          Resource = ["arn:aws:s3:::chatbot-code", "arn:aws:s3:::chatbot-code/*"]
        }]
      })
    }
    ```

    ```hcl good
    # resource "aws_iam_role" "task" {
    #   name               = "chatbot-task"
    #   assume_role_policy = jsonencode({ Statement = [] })
    # }
    resource "aws_iam_role_policy" "code" {
      role = aws_iam_role.task.name
      policy = jsonencode({
        Statement = [{
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:ListBucket"]
          Resource = ["arn:aws:s3:::chatbot-code", "arn:aws:s3:::chatbot-code/*"]
        }]
      })
    }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = ("because no identity-based policy allows the {action} action",)

    def permissions(self, permissions: Permissions) -> Iterator[Finding]:
        """Look for the names of operations, and for what they need."""
        from ecslint.facts.s3 import OPERATIONS

        for statement in permissions.statements:
            for action in statement.actions if statement.effect.equals("Allow").yes else ():
                service, _, name = (action.string or "").lower().partition(":")
                needed = OPERATIONS.get(name, ()) if service == "s3" else ()
                missing = [one for one in needed if not self._allowed(permissions, one)]
                if missing:
                    yield self.finding(
                        statement,
                        f"`{action.string}` is no action of IAM, and grants nothing",
                        at=action,
                        label="an operation of the API, no action" if name != "listobject" else "no action",
                        help=f"allow {' and '.join(f'`{one}`' for one in missing)}",
                        symptom=self.says(action=missing[0]),
                        confidence=Confidence.MEDIUM if permissions.open else None,
                    )

    @staticmethod
    def _allowed(permissions: Permissions, action: str) -> bool:
        """Whether an action is or may be allowed on anything."""
        return any(
            not statement.names_action(action.lower()).no
            for statement in permissions.statements
            if not statement.effect.equals("Deny").yes
        )
