from django.urls import include, path

urlpatterns = [
    path("", include("governance.account_urls")),
    path("", include("governance.urls")),
    path("", include("strategy.urls")),
    path("api/", include("ncc_portal.api")),
]

handler400 = "governance.views.errors.bad_request"
handler403 = "governance.views.errors.permission_denied"
handler404 = "governance.views.errors.not_found"
handler500 = "governance.views.errors.server_error"
handler429 = "governance.views.errors.too_many_requests"
