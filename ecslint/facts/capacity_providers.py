"""How the capacity providers of a strategy go together."""

from __future__ import annotations

from ecslint.facts.row import Row

BASE = Row(
    "several-bases",
    "a base for more than one capacity provider",
    "There are multiple capacity providers in the specified capacity provider strategy with a base value defined",
)
WEIGHT = Row(
    # A weight that is left out is 0.
    "no-weight",
    "no weight above zero for any of its capacity providers",
    "There are no capacity providers in the capacity provider strategy with a weight value greater than zero",
)
MIXED = Row(
    # aws/aws-cdk#23955, from the developer guide: a strategy cannot have providers of both kinds.
    "mixed",
    "Fargate beside an Auto Scaling group",
    severity="warning",
)
NOT_ASSOCIATED = Row(
    # The text is known of a cluster's default strategy. Fargate's own providers were refused so in 2021
    # (dask/dask-cloudprovider#328), but are in use today in clusters that name no provider at all.
    "not-associated",
    "a capacity provider that its cluster does not have",
    severity="warning",
)

ROWS = (BASE, WEIGHT, MIXED, NOT_ASSOCIATED)
