"""What someone asked for and cannot have: a sentence for them, and the HTTP status that goes with it."""


class Refused(Exception):
    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.status = status
