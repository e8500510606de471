"""Log groups of CloudWatch.

Source: the documentation of the AWS provider for `aws_cloudwatch_log_group`; its `arn` has no `:*` behind it.
"""

from __future__ import annotations

from ecslint.frontends.terraform.resources.lowering import called, number, tags, text
from ecslint.frontends.terraform.resources.type import looked_up, made

_ATTRIBUTES = {"arn": "arn", "id": "name", "name": "name"}

TYPES = {
    "aws_cloudwatch_log_group": made(
        "LogGroup", _ATTRIBUTES, called("logGroupName"), number("retention_in_days"), text("kms_key_id"), tags()
    ),
    "data.aws_cloudwatch_log_group": looked_up("LogGroup", _ATTRIBUTES, text("name", "logGroupName")),
}
