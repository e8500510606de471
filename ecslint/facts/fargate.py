"""Which sizes Fargate has.

Source: `RegisterTaskDefinition` in botocore's model of Amazon ECS (`cpu`), the same in cfn-lint's `fargate_cpu_memory`
and in aws-cdk-lib's `FargateTaskDefinitionProps`. Only an emulator knows of 32768 units, so nothing is said of them.
"""

from __future__ import annotations

import re

MEMORY: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: (1024, 2048, 3072, 4096),
    1024: tuple(range(2048, 8193, 1024)),
    2048: tuple(range(4096, 16385, 1024)),
    4096: tuple(range(8192, 30721, 1024)),
    8192: tuple(range(16384, 61441, 4096)),
    16384: tuple(range(32768, 122881, 8192)),
}
"""MiB of memory by units of cpu."""

UNCONFIRMED_CPU = frozenset({32768})

WINDOWS_CPU = frozenset({1024, 2048, 4096})
"""Windows needs a whole vCPU, and 8 or 16 vCPU need Linux."""

NEEDS_PLATFORM = frozenset({8192, 16384})
"""Units of cpu that need platform version 1.4.0 of Linux."""

OLD_PLATFORMS = ("1.0.0", "1.1.0", "1.2.0", "1.3.0")
"""The platform versions before that. Source: the developer guide, "Fargate platform versions for Linux"."""

_CPU = re.compile(r"(?P<units>\d+)|(?P<vcpu>\d*\.?\d+) ?vcpu", re.IGNORECASE)
_MEMORY = re.compile(r"(?P<mib>\d+)|(?P<gb>\d*\.?\d+) ?gb", re.IGNORECASE)


UNCONFIRMED_MEMORY = 61440
"""MiB from which the sizes with an unconfirmed number of units of cpu may begin."""


def never(memory: int) -> bool:
    """Whether no number of units of cpu goes with some MiB of memory."""
    return memory < UNCONFIRMED_MEMORY and all(memory not in some for some in MEMORY.values())


def cpu_units(text: str) -> int | None:
    """Units of cpu from `256`, `.25 vCPU` or `1 vcpu`; None where ECS cannot read it."""
    found = _CPU.fullmatch(text.strip())
    if not found or len(text) > 12:
        return None
    return int(found["units"]) if found["units"] else int(float(found["vcpu"]) * 1024)


def memory_mib(text: str) -> int | None:
    """MiB of memory from `512`, `1GB` or `0.5 GB`; None where ECS cannot read it."""
    found = _MEMORY.fullmatch(text.strip())
    if not found or len(text) > 12:
        return None
    return int(found["mib"]) if found["mib"] else int(float(found["gb"]) * 1024)


def sizes(values: tuple[int, ...]) -> str:
    """A row of sizes as a person reads it: all of a short one, the bounds and the step of a long one."""
    if len(values) <= 5:
        return ", ".join(map(str, values))
    return f"{values[0]} to {values[-1]} in steps of {values[1] - values[0]}"
