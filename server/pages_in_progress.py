"""The pages that are being made, by the client addresses that asked for them. Each holds one of a few places."""

from collections import Counter

from greenlet import getcurrent, greenlet

MAX_PAGES = 24
MAX_PAGES_OF_ADDRESS = 12


class PagesInProgress:
    """A page belongs to the greenlet that makes it."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()
        self._address_of: dict[greenlet, str] = {}

    def __len__(self) -> int:
        return self._held.total()

    def has_place(self, address: str) -> bool:
        """Whether one more page of an address may be made."""
        return len(self) < MAX_PAGES and self._held[address] < MAX_PAGES_OF_ADDRESS

    def address(self) -> str | None:
        """The client address of the current page; None outside a page."""
        return self._address_of.get(getcurrent())

    def begin(self, address: str) -> None:
        """Begin the current page, and hold a place for it."""
        self._address_of[getcurrent()] = address
        self.hold(address)

    def end(self) -> None:
        """End the current page. Its place is released by `release`."""
        del self._address_of[getcurrent()]

    def hold(self, address: str) -> None:
        self._held[address] += 1

    def release(self, address: str) -> None:
        self._held[address] -= 1
        if not self._held[address]:
            del self._held[address]
