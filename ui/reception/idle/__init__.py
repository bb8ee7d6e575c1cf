"""The centre while nobody is served."""
