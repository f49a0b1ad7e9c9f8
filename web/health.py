"""For whoever runs the site: `GET /healthz` (alive), `GET /healthz/ready` (send people here) and `GET /metrics`."""

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from presence.metrics import Collector
from web import db

blueprint = Blueprint("operations", __name__)


def init_app(app) -> None:
    registry = CollectorRegistry()
    registry.register(Collector(app.extensions["presence"]))
    app.extensions["metrics"] = registry
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz():
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/healthz/ready")
def ready():
    """Whether new people should be sent to this process: 200, or 503 and why not.

    A process whose Redis is away is ready: its pages work, the others are no better, and it says so itself.
    """
    if why := _why_not_ready():
        return {"status": why}, 503
    return {"status": "ready", "presence": "paused" if current_app.extensions["presence"].log.away else "live"}


def _why_not_ready() -> str:
    if current_app.extensions.get("stopping"):
        return "stopping"
    try:
        with db.db.engine.connect() as connection:
            connection.execute(select(1))
    except SQLAlchemyError:
        return "the database does not answer"
    if not db.usable():
        return "the database has no tables"
    return "" if current_app.extensions["presence"].log.ready else "starting"


@blueprint.get("/metrics")
def metrics():
    """Prometheus text, for this machine or for whoever has METRICS_TOKEN."""
    if not may_read_metrics():
        abort(403, "The metrics are for this machine, or for those who send METRICS_TOKEN as a bearer token.")
    return Response(generate_latest(current_app.extensions["metrics"]), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics() -> bool:
    """Whether whoever sends this request may learn how many sockets there are, those of the hidden included."""
    if token := current_app.config["METRICS_TOKEN"]:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    # A proxy on this machine makes everybody look local; unless it is configured, nobody behind it is.
    address = request.remote_addr or "::"
    return not request.headers.get("X-Forwarded-For") and ip_address(address).is_loopback
