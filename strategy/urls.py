from django.urls import path

from strategy.views import activities, funding, plans

app_name = "strategy"
urlpatterns = [
    path("committees/<slug:slug>/plan/", plans.plan, name="plan"),
    path("committees/<slug:slug>/coverage/", plans.coverage, name="coverage"),
    path(
        "committees/<slug:slug>/funding-sources/",
        funding.funding_sources,
        name="funding-sources",
    ),
    path("strategic-plans/<int:pk>/results/", plans.results, name="results"),
    path("activity-plans/<int:pk>/", activities.activity_plan, name="activity-plan"),
    path("activity-plans/<int:pk>/timeline/", activities.timeline, name="timeline"),
    path("activity-plans/<int:pk>/budget/", activities.budget, name="budget"),
    path("activities/<uuid:uid>/", activities.activity, name="activity"),
]
