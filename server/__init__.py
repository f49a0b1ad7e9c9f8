"""The process that serves an app: listening socket, request timeouts, start and graceful shutdown."""

from .arguments import parse_arguments
from .listener import BindError, local_url
from .serve import serve

__all__ = ["BindError", "local_url", "parse_arguments", "serve"]
