from governance.urls import comments, committees, reports, workshops, writing

app_name = "governance"
urlpatterns = [
    *committees.urlpatterns,
    *reports.urlpatterns,
    *writing.urlpatterns,
    *comments.urlpatterns,
    *workshops.urlpatterns,
]
