"""What ECS Exec needs of a task, and what it does not go with."""

from __future__ import annotations

from ecslint.facts.row import Row

TASK_ROLE = Row(
    # Found in ten public files.
    "task-role",
    "no task role",
    "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your "
    "task definition and try again.",
)
READ_ONLY = Row(
    # The developer guide, "Monitor Amazon ECS containers with ECS Exec": the agent must write to the root file system.
    "read-only-root",
    "a container whose root file system is read-only",
    "The execute command failed due to an internal error. Try again later.",
    severity="warning",
)

ROWS = (TASK_ROLE, READ_ONLY)

WRITTEN_TO = ("/var/lib/amazon", "/var/log/amazon")
"""Where the agent of Systems Manager writes; a volume there, or above, does as well."""
