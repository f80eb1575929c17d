"""The portal's settings with Django's admin beside it, to measure against."""

from ncc_portal.settings import *  # noqa: F403 -- the same settings, and three more

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]  # noqa: F405 -- from the star
ROOT_URLCONF = "tests.bench.urls"
SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410"]
STORAGES = STORAGES | {  # noqa: F405 -- from the star
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
