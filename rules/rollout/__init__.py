"""The gate `rollout`: a deployment converges, rolls back, and ships what was built."""
