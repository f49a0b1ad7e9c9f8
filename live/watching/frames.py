"""The policy of a lesson that shows a YouTube video: frames of youtube-nocookie.com are allowed on that page alone.

No script of theirs runs on our pages; the frame is made by a click, because it tells YouTube the reader's address.
"""

from flask import Flask, Response, request

from web.security_headers import policy

from .videos import Videos

YOUTUBE = "https://www.youtube-nocookie.com"


def init_app(app: Flask, videos: Videos) -> None:
    def shows_frames(place: str) -> bool:
        """Whether a lesson shows a video of YouTube."""
        return any(video.youtube for video in videos.at(place).values())

    def allow_frames(response: Response) -> Response:
        """Let the lesson that is shown have frames, if it shows a video of YouTube."""
        is_lesson = request.endpoint == "courses.lesson" and response.status_code == 200
        if is_lesson and shows_frames("/".join((request.view_args or {}).values())):
            response.headers["Content-Security-Policy"] = policy(frame_src=YOUTUBE)
        return response

    app.jinja_env.globals["shows_frames"] = shows_frames
    app.after_request(allow_frames)
