from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Permissions, Statement
    from ecslint.value import Value

_OBJECT = "arn:[^:]*:s3:::.*/.*"
_BUCKET = "arn:[^:]*:s3:::[^/]+"


class S3BucketActionOnObjectArn(Rule):
    """An action on an S3 bucket is granted on the ARN of its objects only, which grants nothing.

    `s3:ListBucket` and `s3:GetBucketLocation` are authorised on `arn:aws:s3:::bucket`, without `/*`. Without
    `s3:ListBucket`, S3 also answers 403 instead of 404 for an object that is not there, and `aws s3 sync` fails. All
    statements of the role count: another one that grants the bucket makes this one harmless. Without `s3:ListBucket`
    among them it is a warning: such actions are often copied from policy to policy, and nothing ever asks for them.

    Source: the service authorization reference for Amazon S3; row A2 of the incidents.

    ```hcl bad
    # resource "aws_s3_bucket" "code" {
    #   bucket = "chatbot-code"
    # }
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
          Resource = "${aws_s3_bucket.code.arn}/*"
        }]
      })
    }
    ```

    ```hcl good
    # resource "aws_s3_bucket" "code" {
    #   bucket = "chatbot-code"
    # }
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
          Resource = [aws_s3_bucket.code.arn, "${aws_s3_bucket.code.arn}/*"]
        }]
      })
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "An error occurred (AccessDenied) when calling the {operation} operation",
        "because no identity-based policy allows the {action} action",
    )

    def permissions(self, permissions: Permissions) -> Iterator[Finding]:
        """Judge every statement that allows something on S3."""
        for statement in permissions.statements:
            if statement.effect.equals("Allow").yes and statement.not_actions.value.absent.yes:
                yield from self._judge(permissions, statement)

    def _judge(self, permissions: Permissions, statement: Statement) -> Iterator[Finding]:
        from ecslint.facts.s3 import BUCKET, expand, level

        actions = [action for action in statement.actions if level(action.string or "") == BUCKET]
        objects = [arn for arn in statement.resources if arn.matches(_OBJECT).yes and not arn.may_match(_BUCKET)]
        named = [(action, expand(action.string or "")) for action in actions]
        gaps = permissions.gaps(named, [(arn, arn.before("/")) for arn in objects], "")
        if gaps.pairs:
            yield self._told(statement, gaps.pairs, Confidence.HIGH if gaps.certain else Confidence.MEDIUM)

    def _told(self, statement: Statement, wrong: list[tuple[Value, Value]], confidence: Confidence) -> Finding:
        from ecslint.facts.s3 import EVERYDAY, expand

        names = list(dict.fromkeys(action.string or "" for action, _ in wrong))
        everyday = not EVERYDAY.isdisjoint(meant for name in names for meant in expand(name))
        arn = wrong[0][1]
        operation = names[0].partition(":")[2].replace("*", "")
        granted = f"` and {len(names) - 1} more are granted" if len(names) > 1 else "` is granted"
        return self.finding(
            statement,
            f"`{names[0]}{granted} on the objects of a bucket, not on the bucket",
            at=arn.use or statement.resources.value,
            label="these are the objects; the bucket has no `/*`",
            origin=arn,
            related=[
                (wrong[0][0], "works on the bucket"),
                *((ref.resource.place, "the bucket") for ref in arn.refs[:1]),
            ],
            help="add the bucket's ARN, without `/*`, for these actions",
            symptom=f"{self.says(0, operation=operation)}: … {self.says(1, action=names[0])}",
            severity=Severity.ERROR if everyday else Severity.WARNING,
            confidence=confidence,
        )
