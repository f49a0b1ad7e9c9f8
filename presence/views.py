"""Presence over HTTP: the JSON states, and the first paint for templates."""

from flask import Blueprint, current_app, jsonify, request

blueprint = Blueprint("presence", __name__)


@blueprint.get("/presence")
def states():
    """The states of a place's topics, as the sockets get them: `{"states": [presence_state, …]}`, outermost first.

    401 for guests, 404 for a place that does not exist, 304 when nothing has changed since the ETag that was sent.
    """
    presence = current_app.extensions["presence"]
    if presence.identify() is None:
        return jsonify(error="login required"), 401
    place = presence.locate(request.args.get("place", ""))
    if place is None:
        return jsonify(error=f"No place at {request.args['place']!r}."), 404
    response = jsonify(states=presence.states(place.path))
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
