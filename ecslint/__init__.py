"""ecslint: says before you deploy what Amazon ECS would refuse, and what would fail after that."""

try:
    from ecslint._version import __version__ as __version__
except ImportError:
    # A checkout that was never installed.
    __version__ = "0.1.0.dev0"

HOME = "https://github.com/ecslint/ecslint"
"""Where the source, the manual and the hooks are published."""
