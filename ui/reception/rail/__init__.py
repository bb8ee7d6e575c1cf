"""The left column: ticket, calling, the queue."""
