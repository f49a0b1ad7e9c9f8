"""The policy of a lesson that shows a YouTube video: frames of youtube-nocookie.com are allowed on that page alone.

No script of theirs runs on our pages; the frame is made by a click, because it tells YouTube the reader's address.
"""

from flask import Flask, Response, request

from live.lessons import lesson_at
from web.security import policy

from .videos import videos_of

YOUTUBE = "https://www.youtube-nocookie.com"


def init_app(app: Flask) -> None:
    app.after_request(allow_frames)


def allow_frames(response: Response) -> Response:
    if request.endpoint == "courses.lesson" and response.status_code == 200:
        lesson = lesson_at("/".join((request.view_args or {}).values()))
        if any(video.youtube for video in videos_of(lesson).values()):
            response.headers["Content-Security-Policy"] = policy(frame_src=YOUTUBE)
    return response
