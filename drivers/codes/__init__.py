"""Hand-held code scanners: USB-COM (virtual serial), HID-POS, and keyboard wedges told from typing."""
