"""The policy of a lesson that shows a YouTube video: frames of youtube-nocookie.com are allowed on that page alone.

No script of theirs runs on our pages; the frame is made by a click, because it tells YouTube the reader's address.
"""

from flask import Flask, Response, request

from web.security import policy

from .videos import Videos

YOUTUBE = "https://www.youtube-nocookie.com"


def init_app(app: Flask, videos: Videos) -> None:
    app.after_request(lambda response: allow_frames(response, videos))


def allow_frames(response: Response, videos: Videos) -> Response:
    """Let the lesson that is shown have frames, if it shows a video of YouTube."""
    if request.endpoint == "courses.lesson" and response.status_code == 200:
        place = "/".join((request.view_args or {}).values())
        if any(video.youtube for video in videos.at(place).values()):
            response.headers["Content-Security-Policy"] = policy(frame_src=YOUTUBE)
    return response
