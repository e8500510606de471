"""What log drivers must be told."""

from __future__ import annotations

from ecslint.facts.row import Row

REQUIRED = {
    # driver: options. Source: RegisterTaskDefinition (awslogs), botocore's model, `options` (splunk).
    "awslogs": ("awslogs-group", "awslogs-region"),
    "splunk": ("splunk-token", "splunk-url"),
}

PREFIX = "awslogs-stream-prefix"

REGION = "[a-z]+(-[a-z]+)+-[0-9]"
"""The form of a region; an availability zone has a letter behind it."""


MISSING = Row(
    "options",
    "a log driver without an option that it requires",
    "Log driver {driver} requires options: {options}",
    peers=("cfn-lint: E3046", "cdk-preflight: pf-ecs-awslogs-missing-group"),
)
NO_PREFIX = Row(
    "stream-prefix",
    "awslogs on Fargate without `awslogs-stream-prefix`",
    "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    peers=("cdk-preflight: pf-ecs-awslogs-fargate-missing-stream-prefix",),
)
BAD_REGION = Row(
    # TechToSpeech/terraform-aws-serverless-static-wordpress#74.
    "region",
    "an `awslogs-region` that is no region",
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to "
    "create Cloudwatch log stream: MissingEndpoint: 'Endpoint' configuration is required for this service",
)
MULTILINE = Row(
    # botocore, `awslogs-datetime-format`: "You cannot configure both".
    "multiline",
    "both `awslogs-datetime-format` and `awslogs-multiline-pattern`",
)
NO_ROUTER = Row(
    "firelens-router",
    "awsfirelens without a log router in the task",
    "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified",
    peers=("cdk-preflight: pf-ecs-awsfirelens-without-router",),
)
TWO_ROUTERS = Row(
    # The developer guide: a task has one log router.
    "firelens-routers",
    "two log routers in one task",
)
ROWS = (MISSING, NO_PREFIX, BAD_REGION, MULTILINE, NO_ROUTER, TWO_ROUTERS)
