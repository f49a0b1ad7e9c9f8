"""A request that is refused: a sentence for the user, and the HTTP status that goes with it.

A room tells the sentence to the client that called, a view shows it on a page.
"""

from presence.rooms import Rejected


class Refused(Rejected):
    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.status = status
