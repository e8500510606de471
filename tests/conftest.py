"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run and machine, and no clock: a test that fails sometimes teaches nothing.
settings.register_profile("ecslint", derandomize=True, deadline=None, database=None, max_examples=150)
settings.load_profile("ecslint")
