"""Step 5."""
