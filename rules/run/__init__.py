"""The gate `run`: the application can do its work."""
