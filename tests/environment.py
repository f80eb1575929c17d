"""The environment of the tests, set before Django reads its settings.

Properties are tried with the same examples on every run, so that a run depends on the
code alone; HYPOTHESIS_STEPS=10 looks for new ones, in ten times as many.
"""

import os

from hypothesis import HealthCheck
from hypothesis import settings as properties

os.environ.update(DEBUG="false", DEMO="true", HTTPS="false", LOG_LEVEL="ERROR")
os.environ["SECRET_KEY"] = "only for the tests"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
# Playwright's synchronous API runs inside an event loop of its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

TIMES = int(os.environ.get("HYPOTHESIS_STEPS", "1"))
properties.register_profile(
    "portal",
    deadline=None,
    derandomize=TIMES == 1,
    max_examples=100 * TIMES,
    suppress_health_check=[HealthCheck.too_slow],
)
properties.load_profile("portal")
