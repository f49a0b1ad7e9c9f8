"""People who are present at places of the site: their pages are open, and they do nothing but answer pings."""

import selectors
import threading
from collections.abc import Iterable
from contextlib import suppress

from page import Page
from websocket import WebSocketException


class Readers:
    """`url` and `cookies` are the site's; `places` are taken by turns. A context manager: the end closes all pages."""

    def __init__(self, url: str, cookies: list[str], places: list[str]) -> None:
        self._url, self._cookies, self._places = url, cookies, places
        self._pages: list[Page] = []
        self._selector = selectors.DefaultSelector()
        self._done = threading.Event()
        self._listener = threading.Thread(target=self._listen)

    def __enter__(self) -> "Readers":
        self._listener.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._listener.join()
        for page in self._pages:
            page.vanish()

    def grow_to(self, people: int) -> None:
        """Open pages until there are this many."""
        for number in range(len(self._pages), people):
            page = Page(self._url, self._cookies[number], self._places[number % len(self._places)])
            self._pages.append(page)
            self._selector.register(page, selectors.EVENT_READ, page)

    def _listen(self) -> None:
        while not self._done.is_set():
            for page in _ready(self._selector):
                with suppress(WebSocketException, OSError):
                    page.read()


def _ready(selector: selectors.BaseSelector) -> Iterable[Page]:
    # A selector without a file waits on some systems for ever, so this one never waits long.
    return [key.data for key, _ in selector.select(0.05)]
