"""Readers of chip cards by PC/SC."""
