"""The gate `register`: the ECS API accepts the task definition and the service."""
