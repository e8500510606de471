"""Buckets of S3.

Source: the documentation of the AWS provider for `aws_s3_bucket`.
"""

from __future__ import annotations

from ecslint.frontends.terraform.resources.lowering import called, tags, text
from ecslint.frontends.terraform.resources.resource_policy import own_policy
from ecslint.frontends.terraform.resources.type import looked_up, made

_ATTRIBUTES = {
    "arn": "arn",
    "id": "name",
    "bucket": "name",
    "bucket_domain_name": "domain",
    "bucket_regional_domain_name": "regionalDomain",
}

TYPES = {
    "aws_s3_bucket": made(
        "Bucket", _ATTRIBUTES, called("bucketName", "bucket", "bucket_prefix"), tags(), derive=own_policy("name")
    ),
    "data.aws_s3_bucket": looked_up("Bucket", _ATTRIBUTES, text("bucket", "bucketName")),
}
