"""The process that serves the site: listening socket, request timeouts, start and graceful shutdown."""
