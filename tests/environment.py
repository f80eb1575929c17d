"""The environment of the tests, set before Django reads its settings."""

import os

os.environ.update(DEBUG="false", DEMO="true", HTTPS="false", LOG_LEVEL="ERROR")
os.environ["SECRET_KEY"] = "only for the tests"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
# Playwright's synchronous API runs inside an event loop of its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
