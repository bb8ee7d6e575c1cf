"""The reference central service: a real one, in one process on SQLite, behind the contract of ``central.contract``."""
