"""An app that a program lets go of takes all that it holds with it: a process may make one after the other."""

import gc
import weakref

from tests.helpers.app import Site


def test_a_dropped_app_is_collected(tmp_path):
    site = Site(tmp_path)
    site.tab("ada", site.lessons[0])
    app = weakref.ref(site.app)
    del site
    gc.collect()
    assert app() is None
