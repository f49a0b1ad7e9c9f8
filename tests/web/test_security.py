import pytest
from werkzeug.exceptions import TooManyRequests

from tests.helpers.app import make_sample_app, make_small_app
from tests.helpers.clients import WebClient, words
from web import security, security_headers
from web.db import db


@pytest.fixture
def site(tmp_path):
    site = make_sample_app(tmp_path)
    site.add_url_rule("/broken", view_func=broken)
    site.add_url_rule("/busy", view_func=busy)
    site.add_url_rule("/forbidden", view_func=forbidden)
    return site


def broken():
    db.session.execute(db.text("INSERT INTO users (id) VALUES (1)"))


def busy():
    raise TooManyRequests(retry_after=60)


def forbidden():
    security.flask.abort(403)


@pytest.fixture
def visitor(site):
    return WebClient(site)


@pytest.mark.parametrize("path", ["/", "/login", "/account", "/nope", "/broken", "/static/avatars/ada.svg"])
def test_every_response_has_the_security_headers(visitor, path):
    response = visitor.get(path)
    for name, value in security_headers.HEADERS.items():
        assert response.headers[name] == value


def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(visitor):
    policy = visitor.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("/nope", 404, "There is no page at this address."),
        ("/forbidden", 403, "You are not allowed to see this page."),
        ("/broken", 500, "Something broke on our side."),
        ("/busy", 429, "Wait a minute and try again."),
        ("/logout", 405, "This address doesn't accept that kind of request."),
    ],
)
def test_error_is_a_page_with_a_sentence(visitor, path, code, sentence):
    response = visitor.get(path)
    assert response.status_code == code
    assert response.mimetype == "text/html"
    assert sentence in words(response)


def test_error_keeps_the_headers_that_belong_to_it(visitor):
    assert visitor.get("/busy").headers["Retry-After"] == "60"
    assert "POST" in visitor.get("/logout").headers["Allow"]


def test_error_page_that_breaks_itself_is_still_a_page(site, visitor, monkeypatch):
    monkeypatch.setattr("web.errors.render_template", lambda *_, **__: 1 / 0)
    response = visitor.get("/nope")
    assert response.status_code == 404
    assert "There is no page at this address." in words(response)


def test_site_goes_on_after_an_error(visitor):
    visitor.get("/broken")
    assert visitor.sign_in().status_code == 303


def test_request_that_is_too_large_is_refused(visitor):
    response = visitor.post("/login", username="ada", password="x" * security.LARGEST_REQUEST)
    assert response.status_code == 413
    assert "larger than this site accepts" in words(response)
    assert 'href="/login"' in response.text, "The error page itself failed."


@pytest.mark.parametrize("fields", ["a=&" * 20_000, "a=&" * 150_000, "a=" + "x" * 20_000, "&" * 60_000])
def test_a_form_of_thousands_of_fields_is_refused_before_it_is_read(visitor, fields):
    visitor.sign_in()
    for path in ("/account", "/logout", "/courses/web/basics/first/completion"):
        answer = visitor.client.post(path, data=fields, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 413


def test_forms_without_a_token_fill_no_log(visitor, caplog):
    caplog.set_level("INFO")
    for path in ("/login", "/signup", "/courses/web/basics/first/completion"):
        assert visitor.client.post(path, data={"csrf_token": "x"}).status_code == 400
        assert visitor.client.post(path).status_code == 400
    assert not caplog.records


@pytest.mark.parametrize("path", ["/login", "/logout", "/signup", "/account", "/courses/web/basics/first/completion"])
def test_every_form_needs_its_token(visitor, path):
    visitor.sign_in()
    response = visitor.client.post(path, data={"form": "profile", "name": "Changed", "csrf_token": "made.up.token"})
    assert response.status_code == 400
    assert "signed in" in words(response)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "localhost"},
        {"Origin": "http://localhost:1234"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
def test_form_sent_by_another_site_is_refused_even_with_a_token(visitor, headers):
    response = visitor.sign_in(headers=headers)
    assert response.status_code == 400
    assert not visitor.is_signed_in()


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}])
def test_form_of_this_site_is_taken(visitor, headers):
    assert visitor.sign_in(headers=headers).status_code == 303


def flags(response):
    return {cookie.split("=")[0]: cookie for cookie in response.headers.getlist("Set-Cookie")}


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(visitor):
    cookies = flags(visitor.sign_in(remember="y"))
    assert set(cookies) == {"session", "remember_token", "device"}
    for cookie in cookies.values():
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie


def test_cookies_are_secure_over_https(site):
    cookies = flags(WebClient(site, "https://localhost").sign_in(remember="y"))
    assert len(cookies) == 3
    assert all("Secure" in cookie for cookie in cookies.values())


@pytest.mark.parametrize(("proxies", "secure"), [(0, False), (1, True)])
def test_scheme_named_by_a_proxy_counts_only_when_proxies_are_trusted(tmp_path, proxies, secure):
    site = make_small_app(tmp_path, TRUSTED_PROXIES=proxies)
    response = WebClient(site).get("/login", headers={"X-Forwarded-Proto": "https"})
    assert ("Secure" in flags(response)["session"]) is secure


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("example.org", 200),
        ("EXAMPLE.org:8080", 200),
        ("www.example.net", 200),
        ("localhost", 400),
        ("example.org.evil.example", 400),
        ("evil.example#example.org", 400),
        ("example.org:port", 400),
        ("", 400),
    ],
)
@pytest.mark.parametrize("path", ["/login", "/static/css/base.css", "/socket.io/?EIO=4&transport=websocket"])
def test_only_the_hosts_of_the_setting_are_answered(tmp_path, host, status, path):
    site = make_small_app(tmp_path, ALLOWED_HOSTS="example.org, .example.net")
    response = site.test_client().get(path, headers={"Host": host}, environ_overrides={"REMOTE_ADDR": "10.0.0.9"})
    refused = response.get_data(as_text=True) == "This site does not answer to that host.\n"
    assert refused is (status == 400)
    if refused:
        assert response.status_code == 400
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_without_the_setting_any_host_is_answered(visitor):
    assert visitor.get("/login", headers={"Host": "anything.example"}).status_code == 200


def test_behind_a_proxy_the_host_is_the_one_it_names(tmp_path):
    site = make_small_app(tmp_path, ALLOWED_HOSTS="example.org", TRUSTED_PROXIES=1)
    names = {"X-Forwarded-Host": "example.org", "Host": "127.0.0.1:5000"}
    assert site.test_client().get("/login", headers=names).status_code == 200
    site = make_small_app(tmp_path, ALLOWED_HOSTS="example.org")
    assert site.test_client().get("/login", headers=names).status_code == 400


def test_pages_for_a_signed_in_user_are_stored_nowhere(visitor):
    visitor.sign_in()
    for path in ("/", "/account", "/nope", "/courses/web/basics/first"):
        assert visitor.get(path).headers["Cache-Control"] == "private, no-store"


def test_pages_for_a_guest_are_kept_by_no_cache_that_others_use(visitor):
    assert visitor.get("/login").headers["Cache-Control"] == "private, no-cache"


def test_static_files_are_checked_by_etag_also_for_a_signed_in_user(visitor):
    visitor.sign_in()
    first = visitor.get("/static/avatars/ada.svg")
    assert "no-store" not in first.headers["Cache-Control"]
    again = visitor.get("/static/avatars/ada.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/healthz", "/healthz/ready", "/login", "/metrics"])
def test_a_caller_on_this_machine_is_answered_by_its_address_whatever_the_hosts(tmp_path, path):
    browser = make_small_app(tmp_path, ALLOWED_HOSTS="example.org").test_client()
    assert browser.get(path, headers={"Host": "127.0.0.1:5000"}).status_code == 200
    assert browser.get("/login", headers={"Host": "127.0.0.1", "X-Forwarded-For": "10.0.0.9"}).status_code == 400


def test_a_health_check_is_answered_by_any_address(tmp_path):
    browser = make_small_app(tmp_path, ALLOWED_HOSTS="example.org").test_client()
    headers, elsewhere = {"Host": "10.0.0.5:5000"}, {"REMOTE_ADDR": "10.0.0.9"}
    assert browser.get("/healthz", headers=headers, environ_overrides=elsewhere).status_code == 200
    assert browser.get("/metrics", headers=headers, environ_overrides=elsewhere).status_code == 400


def test_browsers_are_told_to_stay_with_https_once_they_use_it(visitor, site):
    assert "Strict-Transport-Security" not in visitor.get("/login").headers
    assert "max-age=" in WebClient(site, "https://localhost").get("/login").headers["Strict-Transport-Security"]


def test_only_the_sites_of_the_setting_may_frame_a_page(tmp_path):
    site = make_small_app(tmp_path, FRAME_ANCESTORS="https://lms.example.org, https://*.example.net")
    policy = WebClient(site).get("/courses/web/basics/first").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://lms.example.org https://*.example.net" in policy


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/login/", "/login"),
        ("/courses/web/", "/courses/web"),
        ("/courses/web/basics/first/?a=1", "/courses/web/basics/first?a=1"),
        ("/courses/a%0d%0aSet-Cookie:%20x=y/", "/courses/a%0D%0ASet-Cookie%3A%20x%3Dy"),
        ("/courses/a%3fb%23c/", "/courses/a%3Fb%23c"),
    ],
)
def test_an_address_with_a_slash_too_many_leads_to_the_page(visitor, path, leads):
    response = visitor.get(path)
    assert (response.status_code, response.headers["Location"]) == (308, leads)
    assert visitor.get("/nope/").status_code == 404
    assert visitor.get("//evil.example/login/").status_code in (308, 404)
    assert not visitor.get("//evil.example/login/").headers.get("Location", "").startswith("//evil")


@pytest.mark.parametrize("name", ["x" * 256, "x" * 5000, "a\0b", "css/" + "y" * 300, "../app.py", "css"])
def test_a_name_that_no_file_can_have_is_not_found(visitor, name):
    assert visitor.get(f"/static/{name}").status_code == 404


def test_two_sites_on_one_host_name_keep_their_cookies_apart(tmp_path):
    other = make_sample_app(tmp_path, COOKIE_PREFIX="other_")
    cookies = flags(WebClient(other).sign_in(remember="y"))
    assert set(cookies) == {"other_session", "other_remember_token", "other_device"}
