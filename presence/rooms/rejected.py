"""The answer to a client that asked for something impossible. Pure."""


class Rejected(Exception):
    """A call cannot be done; the message is a sentence for the client."""
