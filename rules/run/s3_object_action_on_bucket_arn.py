from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Permissions, Statement
    from ecslint.value import Value

_OBJECT = "arn:[^:]*:s3:::[^/]+/.*"
_BUCKET = "arn:[^:]*:s3:::[^/*]+"


class S3ObjectActionOnBucketArn(Rule):
    """An action on S3 objects is granted on the ARN of the bucket, which grants nothing.

    `s3:GetObject` and `s3:PutObject` are authorised on `arn:aws:s3:::bucket/key`. On the bucket's own ARN, without `/*`,
    they match no object, and the first request fails. All statements of the role count: another one that grants the
    objects makes this one harmless. Where only actions such as `s3:PutObjectAcl` are concerned, which a program may never
    ask for, it is a warning.

    Source: the service authorization reference for Amazon S3; row A1 of the incidents, a service down for thirteen
    minutes.

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
          Action   = ["s3:GetObject"]
          Resource = [aws_s3_bucket.code.arn]
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
          Action   = ["s3:GetObject"]
          Resource = ["${aws_s3_bucket.code.arn}/*"]
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
        "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden",
    )

    def permissions(self, permissions: Permissions) -> Iterator[Finding]:
        """Judge every statement that allows something on S3."""
        for statement in permissions.statements:
            if statement.effect.equals("Allow").yes and statement.not_actions.value.absent.yes:
                yield from self._judge(permissions, statement)

    def _judge(self, permissions: Permissions, statement: Statement) -> Iterator[Finding]:
        from ecslint.facts.s3 import OBJECT, expand, level

        actions = [action for action in statement.actions if level(action.string or "") == OBJECT]
        buckets = [arn for arn in statement.resources if arn.matches(_BUCKET).yes and not arn.may_match(_OBJECT)]
        named = [(action, expand(action.string or "")) for action in actions]
        gaps = permissions.gaps(named, [(arn, arn) for arn in buckets], "/.+")
        if gaps.pairs:
            yield self._told(statement, gaps.pairs, Confidence.HIGH if gaps.certain else Confidence.MEDIUM)

    def _told(self, statement: Statement, wrong: list[tuple[Value, Value]], confidence: Confidence) -> Finding:
        from ecslint.facts.s3 import EVERYDAY, expand

        names = list(dict.fromkeys(action.string or "" for action, _ in wrong))
        everyday = not EVERYDAY.isdisjoint(meant for name in names for meant in expand(name))
        arns = list({id(arn): arn for _, arn in wrong}.values())
        buckets = list(dict.fromkeys(ref.resource for arn in arns for ref in arn.refs))
        operation = names[0].partition(":")[2].replace("*", "")
        granted = f"` and {len(names) - 1} more are granted" if len(names) > 1 else "` is granted"
        return self.finding(
            statement,
            f"`{names[0]}{granted} on a bucket, not on its objects",
            at=arns[0].use or statement.resources.value,
            label="this is the bucket; its objects are `…/*`",
            origin=arns[0],
            related=[
                (wrong[0][0], "works on objects"),
                *((bucket.place, "the bucket") for bucket in buckets[:3]),
            ],
            help="append `/*` to the ARN for these actions, and keep the bare ARN for `s3:ListBucket`",
            symptom=f"{self.says(0, operation=operation)}: … {self.says(1, action=names[0])}",
            severity=Severity.ERROR if everyday else Severity.WARNING,
            confidence=confidence,
        )
