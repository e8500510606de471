"""How long one clean task definition takes, against the bare interpreter: interleaved runs, medians.

    python benchmarks/start.py [--runs N] [COMMAND …]

Without a command the `ecslint` of this interpreter's environment is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

CLEAN = {
    "family": "checkout-api",
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "256",
    "memory": "512",
    "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
    "containerDefinitions": [
        {
            "name": "app",
            "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
            "essential": True,
            "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
            "environment": [{"name": f"SETTING_{index}", "value": f"value-{index}"} for index in range(20)],
            "secrets": [
                {
                    "name": f"SECRET_{index}",
                    "valueFrom": f"arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/{index}",
                }
                for index in range(10)
            ],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/ecs/checkout-api",
                    "awslogs-region": "eu-west-1",
                    "awslogs-stream-prefix": "app",
                },
            },
        }
    ],
}


def _milliseconds(command: list[str], folder: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("command", nargs="*")
    found = parser.parse_args()
    command = found.command or [os.path.join(os.path.dirname(sys.executable), "ecslint")]
    bare = [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, ".git"))
        with open(os.path.join(folder, "checkout-api.json"), "w", encoding="utf-8") as stream:
            json.dump(CLEAN, stream, indent=2)
        times: dict[str, list[float]] = {"bare": [], "ecslint": []}
        for index in range(found.runs + 3):
            for name, line in (("bare", bare), ("ecslint", [*command, "checkout-api.json"])):
                taken = _milliseconds(line, folder)
                if index >= 3:
                    times[name].append(taken)
    interpreter, linter = median(times["bare"]), median(times["ecslint"])
    print(f"bare interpreter {interpreter:.1f} ms, ecslint {linter:.1f} ms: {linter / interpreter:.2f} times")


if __name__ == "__main__":
    main()
