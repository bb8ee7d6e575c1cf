"""The centre while the window is paused, or about to be: reason and time of return."""
