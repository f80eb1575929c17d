from django.contrib import admin
from django.urls import include, path

from strategy.models import Activity


class OpenSite(admin.AdminSite):
    """An admin that lets in whoever asks: only ever used inside a benchmark."""

    def has_permission(self, request):
        return True

    def get_app_list(self, request, app_label=None):
        return []


site = OpenSite()
site.register(Activity)
urlpatterns = [
    path("benchmark-admin/", site.urls),
    path("", include("ncc_portal.urls")),
]
