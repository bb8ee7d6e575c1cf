"""One encrypted store per window: what may not be lost, and what must still go out."""
