"""Commands of health checks that are made to be slow, and texts that have no place."""

from __future__ import annotations

import time

import pytest
from support import SOON

from ecslint.facts.check_commands import LONGEST, mistake


@pytest.mark.parametrize(
    "text", ["-" * 50_000, "curl - f " + "-o" * 50_000, "curl " * 20_000, "| " * 50_000, "'" * 99_999]
)
def test_long_commands_are_read_soon(text: str) -> None:
    start = time.perf_counter()
    mistake(["CMD-SHELL", text])
    mistake(["CMD", "curl", *text.split()])
    mistake(["CMD-SHELL", text[:LONGEST]])
    assert time.perf_counter() - start < SOON


def test_no_command_is_no_mistake() -> None:
    for words in ([], ["CMD"], ["NONE"], ["curl - f x"], ["/healthcheck", "curl - f x"]):
        assert mistake(words) is None
