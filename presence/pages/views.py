"""Presence over HTTP: the JSON states, and the first paint for templates."""

from flask import Blueprint, current_app, jsonify, request

from ..core.people import Person, person

blueprint = Blueprint("presence", __name__)


@blueprint.get("/presence")
def states():
    """The states of a place's topics, as the sockets get them: `{"states": [presence_state, …]}`, outermost first.

    401 for guests, 404 for a place that does not exist, 304 when nothing has changed since the ETag that was sent.
    """
    presence = current_app.extensions["presence"]
    if presence.identify() is None:
        return jsonify(error="login required"), 401
    path = request.args.get("place", "")
    place = presence.locate(path)
    if place is None:
        return jsonify(error=f"No place at {path!r}."), 404
    response = jsonify(states=presence.states(place.path))
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@blueprint.app_context_processor
def for_templates():
    return {"seen_by_others": seen_by_others}


def seen_by_others() -> Person | None:
    """Whoever sends this request as others get them now, wherever they are; None when others get nothing."""
    presence = current_app.extensions["presence"]
    user = presence.identify()
    with presence.lock:
        member = presence.roster.members.get(user.id) if user else None
        if member is None:
            return None
        return person(member.user, member.key, member.places, member.status, member.since, member.company)
