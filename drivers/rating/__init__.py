"""Rating pads (评价器): five keys on the counter."""
