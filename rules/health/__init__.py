"""The gate `health`: health checks pass."""
