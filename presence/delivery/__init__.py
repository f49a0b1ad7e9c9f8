"""Decides what each socket is sent, and when."""
