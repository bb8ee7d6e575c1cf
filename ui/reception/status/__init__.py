"""The status bar and the top bar."""
