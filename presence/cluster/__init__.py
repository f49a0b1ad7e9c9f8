"""Several processes that share one log of changes through Redis."""
