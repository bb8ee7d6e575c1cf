"""Step 6."""
