"""The commands of ``python -m drivers``, by topic."""
