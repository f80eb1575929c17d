import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from ncc_portal.whole import only_whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ncc_portal.settings")
try:
    application = only_whole(get_wsgi_application())
except ImproperlyConfigured as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(3)  # gunicorn's "worker failed to boot": it ends and does not try again
