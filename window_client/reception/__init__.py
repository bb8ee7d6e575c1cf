"""The reception desk: what one clerk at one window can do, and the state that every screen shows."""
