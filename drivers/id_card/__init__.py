"""Readers of resident identity cards and the cards that look like them."""
