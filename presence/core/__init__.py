"""The pure core: standard library only, and the clock is a parameter."""
