"""What log drivers must be told."""

from __future__ import annotations

from ecslint.facts.row import Row

REQUIRED = {
    # driver: options. Source: RegisterTaskDefinition (awslogs), botocore's model, `options` (splunk).
    "awslogs": ("awslogs-group", "awslogs-region"),
    "splunk": ("splunk-token", "splunk-url"),
}

PREFIX = "awslogs-stream-prefix"

OF_AWSLOGS = frozenset(
    # The developer guide, "Send Amazon ECS logs to CloudWatch", and Docker's driver, `ValidateLogOpt` in moby. ECS
    # takes fewer than Docker, and more of them every few years.
    {
        *("awslogs-create-group", "awslogs-create-stream", "awslogs-credentials-endpoint", "awslogs-datetime-format"),
        *("awslogs-endpoint", "awslogs-force-flush-interval-seconds", "awslogs-format", "awslogs-group"),
        *("awslogs-max-buffered-events", "awslogs-multiline-pattern", "awslogs-region", "awslogs-stream", PREFIX),
        *("mode", "max-buffer-size", "tag", "labels", "labels-regex", "env", "env-regex"),
        *("cache-disabled", "cache-max-file", "cache-max-size", "cache-compress"),
    }
)
"""The options that `awslogs` has somewhere."""

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
UNKNOWN = Row(
    # aws-samples/amazon-ecs-firelens-examples#83, aws/amazon-ecs-agent#872. A warning, because the list grows.
    "unknown-option",
    "an option of another log driver, or a misspelt one",
    "Log driver awslogs disallows options: {option}",
    severity="warning",
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
ROWS = (MISSING, NO_PREFIX, BAD_REGION, UNKNOWN, MULTILINE, NO_ROUTER, TWO_ROUTERS)
