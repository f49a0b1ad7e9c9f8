"""Shared parts of every page: settings, database, errors, security, static files, logs, health."""
