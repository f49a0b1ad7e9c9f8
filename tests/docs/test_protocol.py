"""docs/protocol.md, line by line: its conversation is held, its tables are tried out."""

import importlib
import json
import re

import pytest
import websocket

from tests.docs.document import ROOT, blocks, table, text
from tests.helpers.server import RunningSite
from tests.presence.rooms.examples import Lamp

DOCUMENT = text("protocol.md")


class Conversation:
    """Plays the blocks of a conversation on one site. `tokens` are what differs from run to run: keys and epochs."""

    def __init__(self, site) -> None:
        self.site, self.tokens = site, {}
        self.tabs, self.browsers, self.unread, self.answers = {}, {}, {}, {}

    def play_all(self, kind: str) -> None:
        """Play the blocks of a kind, of which there are some."""
        for block in (found := blocks(DOCUMENT, kind)):
            for line in lines(block.text):
                self.play(line)
        assert found
        self.end()

    def play(self, line: str) -> None:
        if line.startswith("--"):
            self._settle()
            return self._do(*line.removeprefix("--").split())
        who, mark, rest = re.fullmatch(r"(\w+) +([<=>]) (.*)", line, re.DOTALL).groups()
        return {">": self._say, "<": self._hear, "=": self._check_answer}[mark](who, rest)

    def end(self) -> None:
        """Whatever came and is not on the page would be a message that the page hides."""
        for who, tab in self.tabs.items():
            self.unread[who] += tab.frames()
            assert not self.unread[who], f"The page does not say that {who} is told {self.unread[who]}."

    def _settle(self) -> None:
        self.end()
        self.site.clock.advance(1)

    def _say(self, who: str, rest: str) -> None:
        if self.tabs:
            self._settle()
        if who not in self.tabs:
            self.browsers[who], self.unread[who] = self.site.browser(who), []
            self.tabs[who] = self.site.tab(self.browsers[who])
        event, payload = rest.split(maxsplit=1)
        self.answers[who] = self.tabs[who].emit(event, json.loads(payload))

    def _hear(self, who: str, rest: str) -> None:
        self.unread[who] += self.tabs[who].frames()
        if rest == "…":
            return self.unread[who].clear()
        event, payload = rest.split(maxsplit=1)
        wanted = json.loads(payload)
        found = [got for got in self.unread[who] if got[0] == event and about(got[1]) == about(wanted)]
        assert found, f"{who} is told nothing like {rest}"
        self.unread[who].remove(found[0])
        assert self._named(found[0][1]) == wanted
        return None

    def _named(self, payload: dict) -> dict:
        """A payload with the page's keys and epoch in place of the real ones."""
        names = {"Ada": "5db2bda5e464086ce906", "Grace": "c6b588162b11452ff11e"}
        for person in people_in(payload):
            assert re.fullmatch("[0-9a-f]{20}", person["key"])
            self.tokens[person["key"]] = names[person["name"]]
        line = json.dumps(payload).replace(self.site.presence.node.id, "607f6be8")
        for token, name in self.tokens.items():
            line = line.replace(token, name)
        return json.loads(line)

    def _check_answer(self, who: str, rest: str) -> None:
        assert self.answers[who] == json.loads(rest)

    def _do(self, who: str, what: str, *rest: str) -> None:
        if what == "closes":
            self.tabs.pop(who).close()
        elif what == "becomes":
            self.site.choose_visibility(self.browsers[who], *rest)
            self.site.clock.advance(1)
            self.site.presence.tick()
        elif what == "signs":
            self.site.sign_out(self.browsers[who])
        else:
            # One second has passed before this line already.
            self.site.clock.advance(int(who) - 1)
            self.site.presence.tick()


def about(payload: dict) -> tuple:
    return payload.get("topic"), payload.get("room")


def people_in(payload: dict) -> list[dict]:
    """Everyone that a payload names: a list in a topic, faces by slot in a room."""
    people = payload.get("people", [])
    listed = list(people.values()) if isinstance(people, dict) else people
    return [person for person in listed + payload.get("joins", []) + payload.get("updates", []) if person]


def lines(block: str) -> list[str]:
    """The lines of a conversation; what is indented belongs to the line before."""
    return [line.rstrip() for line in re.split(r"\n(?! )", block) if line.strip()]


def test_the_conversation_is_what_is_said(site):
    Conversation(site).play_all("conversation")


def test_the_conversation_in_a_room_is_what_is_said(site):
    Lamp(site.presence)
    Conversation(site).play_all("room_conversation")


def test_every_error_of_the_table_is_the_answer(site):
    Lamp(site.presence)
    ada = site.tab("ada", "web/rooms/intro")
    for event, payload, error in table(DOCUMENT, "event", "payload", "error"):
        site.advance(1)
        assert ada.emit(event, json.loads(payload)) == {"ok": False, "error": error}


@pytest.mark.parametrize("columns", [("event", "payload", "what it does"), ("event", "payload", "when")])
def test_the_events_are_those_of_readme(columns):
    readme = (ROOT / "README.md").read_text()
    direction = "to the server" if columns[2] == "what it does" else "to the client"
    known = set(re.findall(rf"^\| `(\w+)` \| {direction} \|", readme, re.MULTILINE))
    assert {row[0] for row in table(DOCUMENT, *columns)} == known


def test_every_limit_is_the_number_in_the_code():
    for limit, value, _, name in table(DOCUMENT, "limit", "value", "what happens above it", "in the code"):
        module, constant = name.rsplit(".", 1)
        number = float(re.match(r"[\d.,]+", value)[0].replace(",", ""))
        assert number == getattr(importlib.import_module(module), constant), limit


def test_every_route_is_in_the_table_and_the_reverse(site):
    named = {
        route.strip().strip("`")
        for row in table(DOCUMENT, "route", "what it is")
        for route in re.split(r"`, `", row[0])
    }
    rules = site.app.url_map.iter_rules()
    there = {f"{method} {rule}".replace("<path:filename>", "<path>").replace("<path:path>", "<path>")
             for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}  # fmt: skip
    assert named == there


def test_the_sentences_of_presence_over_http(site):
    browser = site.browser("ada")
    assert site.browser().get("/presence").json == {"error": "login required"}
    assert browser.get("/presence?place=web/nowhere").json == {"error": "No place at 'web/nowhere'."}
    assert [state["topic"] for state in browser.get("/presence?place=web/rooms/intro").json["states"]] == [
        "",
        "web",
        "web/rooms",
    ]
    assert len(browser.get("/presence").json["states"]) == 1


def test_every_sentence_in_the_text_is_in_the_code():
    code = "".join(
        path.read_text()
        for folder in ("presence", "accounts")
        for path in sorted((ROOT / folder).rglob("*.py"))
    )  # fmt: skip
    code = code.replace("{EVENTS_REFUSED_ABOVE}", "20").replace("{CONNECTIONS_OF_ONE_USER}", "20")
    outside = re.sub(r"```.*?```", "", DOCUMENT, flags=re.DOTALL)
    sentences = re.findall(r"`([A-Z][^`]* [^`]*\.)`", outside)
    assert len(sentences) >= 10
    assert [sentence for sentence in sentences if sentence not in code] == []


def test_a_guest_is_answered_before_the_upgrade(site):
    answer = site.browser().get("/socket.io/?EIO=4&transport=websocket")
    assert (answer.status_code, answer.text) == (401, "login required")


def test_what_is_on_the_wire(tmp_path):
    site = RunningSite(tmp_path)
    try:
        browser = site.browser("ada")
        for line, got in zip(*wire(site, browser), strict=True):
            pattern = re.escape(line).replace(re.escape("[…]"), r"\[.*\]").replace("…", r"[^\"]+")
            assert re.fullmatch(pattern, got), got
    finally:
        site.stop()


def wire(site, browser):
    """(what the page says that the server sends, what it has sent) in the exchange on the page."""
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    address = site.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    raw = websocket.create_connection(address, cookie=cookie, origin=site.url, timeout=10)
    wanted, got = [], []
    for line in blocks(DOCUMENT, "wire")[0].text.splitlines():
        mark, said = line.split(maxsplit=1)
        if mark == ">":
            raw.send(said)
        else:
            wanted.append(said)
            got.append(raw.recv())
    raw.close()
    return wanted, got
