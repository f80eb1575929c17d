from django.urls import path

from governance.views import documents, home, members, reference, reports, search

app_name = "governance"
urlpatterns = [
    path("", home.my_work, name="my-work"),
    path("committees/<slug:slug>/", home.committee, name="committee"),
    path("committees/<slug:slug>/documents/", documents.documents, name="documents"),
    path("reports/<int:pk>/", documents.report, name="report"),
    path("reports/<int:pk>/pdf/", reports.report_pdf, name="report-pdf"),
    path("renderings/<int:pk>/", reports.rendering, name="rendering"),
    path("renderings/<int:pk>.pdf", reports.rendering_file, name="rendering-file"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("committees/<slug:slug>/members/", members.members, name="members"),
    path(
        "committees/<slug:slug>/institutions/",
        members.institutions,
        name="institutions",
    ),
    path("institutions/<int:pk>/", members.institution, name="institution"),
    path("committees/<slug:slug>/frameworks/", reference.frameworks, name="frameworks"),
    path("frameworks/<int:pk>/", reference.framework, name="framework"),
    path("committees/<slug:slug>/centres/", reference.centres, name="centres"),
    path("centres/<int:pk>/", reference.centre, name="centre"),
    path("search/", search.search, name="search"),
]
