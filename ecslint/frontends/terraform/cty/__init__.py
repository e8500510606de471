"""Terraform's values and types, as go-cty defines them."""
