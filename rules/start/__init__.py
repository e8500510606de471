"""The gate `start`: the task reaches RUNNING."""
