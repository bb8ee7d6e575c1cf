"""Printers of documents on A4: IPP, the system's queues."""
