"""The part of presence that decides what each socket is sent, and when."""
