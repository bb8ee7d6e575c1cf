"""Displays that show a called number at the window."""
