"""What a role may do, among many roles and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import lint, write

from ecslint.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

BUCKET = """
resource "aws_s3_bucket" "code" {
  bucket = "chatbot-code"
}
resource "aws_iam_role" "task" {
  name               = "chatbot-task"
  assume_role_policy = jsonencode({ Statement = [] })
}
"""
WRONG = """
resource "aws_iam_KIND" "code" {
  ROLE
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.code.arn }]
  })
}
"""
INLINE = WRONG.replace("KIND", "role_policy").replace("ROLE", "role = aws_iam_role.task.name")
MANAGED = (
    WRONG.replace("KIND", "policy").replace("ROLE", 'name = "code"')
    + """
resource "aws_iam_role_policy_attachment" "code" {
  role       = aws_iam_role.task.name
  policy_arn = aws_iam_policy.code.arn
}
"""
)
UNRELATED = """
variable "wanted_{0}" {{
  type = bool
}}
resource "aws_iam_role" "other_{0}" {{
  count              = var.wanted_{0} ? 1 : 0
  name               = "other-{0}"
  assume_role_policy = jsonencode({{ Statement = [] }})
}}
resource "aws_iam_role_policy" "other_{0}" {{
  count  = var.wanted_{0} ? 1 : 0
  role   = aws_iam_role.other_{0}[0].name
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "sqs:*", Resource = "*" }}] }})
}}
resource "aws_iam_role_policy_attachment" "other_{0}" {{
  count      = var.wanted_{0} ? 1 : 0
  role       = aws_iam_role.other_{0}[0].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}}
"""


def test_roles_that_may_not_exist_do_not_make_another_uncertain(tmp_path: Path) -> None:
    others = "".join(UNRELATED.format(each) for each in range(20))
    for name, text in (("inline", INLINE), ("managed", MANAGED)):
        report = lint(write(tmp_path / name, {"main.tf": BUCKET + text + others}))
        found = [finding for finding in report.findings if finding.rule == "s3-object-action-on-bucket-arn"]
        assert [(finding.severity, finding.address) for finding in found] == [
            (Severity.ERROR, f"aws_iam_{'role_policy' if name == 'inline' else 'policy'}.code/policy/Statement[0]")
        ]
        assert "if `" not in found[0].message


def test_a_policy_that_a_role_carries_is_judged_with_the_role(tmp_path: Path) -> None:
    rest = """
resource "aws_iam_role_policy" "more" {
  role   = aws_iam_role.task.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.code.arn}/*" }]
  })
}
"""
    report = lint(write(tmp_path, {"main.tf": BUCKET + MANAGED + rest}))
    assert not [finding for finding in report.findings if finding.stage == "run"]


def test_a_policy_that_only_may_be_attached_is_judged_by_itself(tmp_path: Path) -> None:
    attached = MANAGED.replace(
        "role       = aws_iam_role.task.name", "count = var.attach\n  role = aws_iam_role.task.name"
    )
    report = lint(write(tmp_path, {"main.tf": f'{BUCKET}{attached}variable "attach" {{\n  type = number\n}}\n'}))
    found = [finding for finding in report.findings if finding.rule == "s3-object-action-on-bucket-arn"]
    assert [finding.severity for finding in found] == [Severity.WARNING]


def test_what_is_unknown_alike_in_two_places_is_one_bucket(tmp_path: Path) -> None:
    grant = """
resource "aws_iam_policy" "code" {
  name   = "code"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = ["arn:aws:s3:::code-${WHICH}", "arn:aws:s3:::code-${WHICH}/*"]
    }]
  })
}
variable "accounts" {
  type = map(object({ name = string }))
}
variable "prefix" {
  default = null
}
locals {
  known   = { dev = { name = "dev" }, prod = { name = "prod" } }
  account = local.known[terraform.workspace]
}
"""
    for which in ("var.undeclared", "var.prefix", "local.account.name", "var.accounts[terraform.workspace].name"):
        report = lint(write(tmp_path, {"main.tf": grant.replace("WHICH", which)}))
        assert not [finding for finding in report.findings if finding.stage == "run"], which
