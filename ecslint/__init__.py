"""ecslint: says before you deploy what Amazon ECS would refuse, and what would fail after that."""

__version__ = "0.1.0.dev0"
