"""For the operator: `GET /healthz` (alive), `GET /healthz/ready` (send users here) and `GET /metrics` (Prometheus).

app.py hands over what this package cannot know: the collector of the metrics, and the state of presence.
"""

import hmac
from collections.abc import Callable

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from web import db, lifecycle
from web.own_calls import is_own_call

blueprint = Blueprint("health", __name__)


def init_app(app: Flask, collector: Collector, presence_state: Callable[[], str]) -> None:
    """Add the routes. `presence_state()` returns `starting`, `live` or `paused` (Redis is away)."""
    registry = CollectorRegistry()
    registry.register(collector)
    app.extensions["metrics"], app.extensions["presence_state"] = registry, presence_state
    app.register_blueprint(blueprint)


def registry(app: Flask) -> CollectorRegistry:
    """The registry to which a package adds its own metrics."""
    return app.extensions["metrics"]


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/healthz/ready")
def ready() -> ResponseReturnValue:
    """Whether a load balancer may send users to this process: 200, or 503 and the reason.

    A process whose Redis is away is ready: its pages work, and the other processes are no better off.
    """
    if problem := readiness_problem():
        return {"status": problem}, 503
    return {"status": "ready", "presence": current_app.extensions["presence_state"]()}


def readiness_problem() -> str:
    """The reason why this process must not get users now; empty when it may."""
    if lifecycle.of(current_app).stopping:
        return "stopping"
    try:
        # `SELECT 1` would touch neither a missing nor a broken file, and an open connection reads from its cache.
        with db.db.engine.connect(), db.fresh_engine().connect() as connection:
            problem = db.problem(connection)
            for table in db.db.metadata.sorted_tables:
                connection.execute(select(table).limit(1)).first()
    except SQLAlchemyError:
        return "the database does not answer"
    if problem:
        return "the database has no tables"
    return "starting" if current_app.extensions["presence_state"]() == "starting" else ""


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus text, for this machine or for a caller with METRICS_TOKEN."""
    if not may_read_metrics():
        abort(403, "The metrics are for this machine, or for callers that send METRICS_TOKEN as a bearer token.")
    return Response(generate_latest(registry(current_app)), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics() -> bool:
    """Whether this request may read the metrics. They count hidden users' sockets too."""
    if token := current_app.config["METRICS_TOKEN"]:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return is_own_call(request.environ)
