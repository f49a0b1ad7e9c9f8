"""The process that serves an app: listening socket, request timeouts, start and graceful shutdown."""

from .listener import BindError, local_url
from .serve import serve

__all__ = ["BindError", "local_url", "serve"]
