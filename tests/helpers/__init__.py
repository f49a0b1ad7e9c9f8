"""Builders of test sites, and the clients that use them."""
