"""The pure part of presence: standard library only, and the clock is a parameter."""
