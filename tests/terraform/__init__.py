"""Tests of the Terraform frontend; the real `terraform` is the oracle where it is on the machine."""
