"""The portal's settings, without what only makes tests slow."""

from ncc_portal.settings import *  # noqa: F403 -- the same settings, a few replaced

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {  # noqa: F405 -- from the star
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]  # noqa: F405 -- as above
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
