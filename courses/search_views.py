"""`GET /search`: a page with a form and its results, which works without a script; `part=results` is the results alone.

A blueprint of its own: the page repeats what the link says, so it is not compressed for users (compression.py).
"""

from flask import Blueprint, render_template, request

from .current import current_index

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search() -> str:
    query = " ".join(request.args.get("q", "").split())
    template = "courses/_results.html" if request.args.get("part") == "results" else "courses/search.html"
    return render_template(template, place="", query=query, results=current_index().find(query))
