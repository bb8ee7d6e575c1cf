"""The locked screen of the clerk's window, and the watch on keys and pointer that keeps it away."""
