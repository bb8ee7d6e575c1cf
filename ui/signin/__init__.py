"""Signing in, with the check of devices and line before work (picture 08)."""
