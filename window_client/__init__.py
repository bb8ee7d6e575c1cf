"""The service counter without a screen. No Qt in here."""
