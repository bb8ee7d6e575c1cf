"""The technician's window: find the devices, try each, save them, check them."""
