"""Times of a video in words. static/js/live/watching/words.js says the same on the page."""


def duration(seconds: float) -> str:
    """Minutes and seconds as `1:34`, with hours as `1:02:05`."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
