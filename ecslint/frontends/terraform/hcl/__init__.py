"""HCL: its syntax, and what its expressions mean."""
