"""ecslint: says before you deploy what Amazon ECS would refuse, and what would fail after that."""

__version__ = "0.1.0.dev0"

HOME = "https://github.com/ecslint/ecslint"
"""Where the source, the manual and the hooks are published."""
