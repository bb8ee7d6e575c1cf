"""The reception desk's window: each part has a pure model (state in, what to show) and a view that decides nothing."""
