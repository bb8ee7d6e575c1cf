"""Step 1."""
