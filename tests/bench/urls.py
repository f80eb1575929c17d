from django.contrib import admin
from django.urls import include, path


class OpenSite(admin.AdminSite):
    """An admin that lets in whoever asks: only ever used inside a benchmark."""

    def has_permission(self, request):
        return True


site = OpenSite()
urlpatterns = [
    path("benchmark-admin/", site.urls),
    path("", include("ncc_portal.urls")),
]
