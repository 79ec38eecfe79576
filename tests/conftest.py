"""Settings for all tests: the same examples each time, and no example judged by the clock of a busy machine."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
