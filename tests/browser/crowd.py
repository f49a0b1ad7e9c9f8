"""A site with 300 people in it who have no browser, for photographs and tests: `python -m tests.browser.crowd`.

Their connections belong to a process of another name, so that this one's sweep leaves them alone.
"""

from web import concurrency

if __name__ == "__main__":
    concurrency.patch()

import itertools
import time

import app as site
from presence import User
from presence.core.changes import Enter
from server import serve
from tests.helpers.server import RunningSite

LESSON = "realtime/present/tabs"
PEOPLE, ON_THE_LESSON = 300, 40
# What names are made of, and not who they are: 80 letters, right to left, several code points a letter.
NAMES = [
    "A name of eighty letters, which is as long as the site lets anybody's name become",
    "اسم يُكتب من اليمين إلى اليسار",
    "🦊🌿 Émoji 👩🏽‍🚀",
    "名前のある人",
    "X",
    "Onewordthatgoesonandonwithoutanyplacetobreakitsothatitmustbecutsomewhere",
]


class CrowdedSite(RunningSite):
    program = ["-m", "tests.browser.crowd"]


def fill(presence, places: list[str]) -> None:
    lessons = [place for place in places if place.count("/") == 2 and place != LESSON]
    around = itertools.cycle(lessons)
    began = time.time()
    for number in range(PEOPLE):
        name = NAMES[number][:80] if number < len(NAMES) else f"Learner {number}"
        user = User(id=f"crowd-{number}", name=name, visibility="anonymous" if number % 12 == 11 else "everyone")
        place = LESSON if number < ON_THE_LESSON else next(around)
        status = "away" if number % 5 == 4 else "active"
        presence.node.append(Enter(f"crowd/{number}", user, place, since=began - 60 * (PEOPLE - number), status=status))


def main() -> None:
    app = site.create_app()
    site._prepare(app)
    fill(app.extensions["presence"], [place for place in app.jinja_env.globals["place_titles"] if place])
    serve(app, lambda: print(site._startup_message(app), flush=True))


if __name__ == "__main__":
    main()
