"""The gate `secure`: nothing leaks, and nobody gets more than they need."""
