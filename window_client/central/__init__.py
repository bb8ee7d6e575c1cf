"""The central services, seen through one contract: messages, client, courier, feed, and a reference service."""
