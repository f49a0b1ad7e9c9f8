"""The clients of a test site: a browser without JavaScript, and one open page with its socket."""

import html
import re
import secrets

from itsdangerous import URLSafeTimedSerializer

import accounts
from presence.testing import Page

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class WebClient:
    """A browser: keeps cookies, and sends each form with the token of the page it stands on."""

    def __init__(self, app, base="http://localhost"):
        self.site, self.base = app, base
        self.client = app.test_client()

    def get(self, path, **options):
        return self.client.get(path, base_url=self.base, **options)

    def post(self, path, page="/login", **fields):
        headers = fields.pop("headers", {})
        token = token_of(self.get(page, follow_redirects=True))
        return self.client.post(path, base_url=self.base, headers=headers, data={"csrf_token": token, **fields})

    def sign_in(self, username="ada", password=accounts.sample_users.PASSWORD, **fields):
        return self.post("/login", username=username, password=password, **fields)

    def sign_up(self, username="newcomer", name="New Comer", password="long enough", **fields):
        return self.post("/signup", "/signup", username=username, name=name, password=password, **fields)

    def is_signed_in(self):
        return self.get("/account").status_code == 200

    def cookies(self):
        return {name: self.client.get_cookie(name) for name in ("session", "remember_token")}


def token_of(response) -> str:
    """The form token on a page."""
    found = TOKEN.search(response.text)
    assert found, "There is no form token on the page."
    return html.unescape(found[1])


def without_tokens(text: str) -> str:
    """A page without its form tokens, which are random letters and now and then hold a short name."""
    return TOKEN.sub("", text)


def words(response) -> str:
    """The text of a page, without tags and with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def post(browser, url: str, **fields):
    """Send a form as a browser does: with the token of a page it has read."""
    token = token_of(browser.get("/account" if url == "/logout" else url))
    return browser.post(url, data={"csrf_token": token, **fields})


def first_token(app, browser) -> str:
    """The form token of a browser that has read no page yet, as its first page would hold it."""
    with browser.session_transaction() as session:
        secret = session["csrf_token"] = secrets.token_hex(20)
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(secret)


class SocketClient(Page):
    """One open page of a test site."""

    def __init__(self, site, browser) -> None:
        super().__init__(site.app, browser)
        self.site, self.browser = site, browser

    frames = Page.events


def choose_flag(browser, code: str) -> None:
    assert post(browser, "/account", form="profile", flag=code).status_code == 303
