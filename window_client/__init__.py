"""The service counter without a screen. No Qt in here."""

__version__ = "0.1.0"
