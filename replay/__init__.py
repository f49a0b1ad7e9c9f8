"""A recording of the class.

RECORDING=recording python app.py                 records what happens, without names (presence/recording.py)
"""

from presence.recording_file import Recording


def init_app(app) -> None:
    if path := app.config["RECORDING"]:
        app.extensions["recording"] = Recording(app.extensions["presence"], path)
