"""The committee: its work, its people and institutions, its settings, how it is set up."""

from django.urls import path

from governance.views import (
    centre_requests,
    history,
    home,
    join,
    joining,
    members,
    people,
    reference,
    search,
    settings,
    setup,
)

urlpatterns = [
    path("", home.my_work, name="my-work"),
    path("committees/<slug:slug>/", home.committee, name="committee"),
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
    path("committees/<slug:slug>/history/", history.history, name="history"),
    path(
        "centre-requests/<int:pk>/step/",
        centre_requests.centre_request_step,
        name="centre-request-step",
    ),
    path("setup/", setup.setup, name="setup"),
    path("committees/<slug:slug>/setup/", setup.setup_tasks, name="setup-tasks"),
    path(
        "committees/<slug:slug>/reports/start/",
        setup.report_start,
        name="report-start",
    ),
    path("committees/<slug:slug>/settings/", settings.settings, name="settings"),
    path(
        "committees/<slug:slug>/settings/facts/",
        settings.settings_facts,
        name="settings-facts",
    ),
    path(
        "committees/<slug:slug>/settings/languages/",
        settings.settings_languages,
        name="settings-languages",
    ),
    path(
        "committees/<slug:slug>/settings/calendar/",
        settings.settings_calendar,
        name="settings-calendar",
    ),
    path(
        "committees/<slug:slug>/settings/colour/",
        settings.settings_colour,
        name="settings-colour",
    ),
    path(
        "committees/<slug:slug>/institutions/add/",
        members.institution_add,
        name="institution-add",
    ),
    path(
        "committees/<slug:slug>/institutions/paste/",
        members.institutions_paste,
        name="institutions-paste",
    ),
    path(
        "institutions/<int:pk>/change/",
        members.institution_change,
        name="institution-change",
    ),
    path("committees/<slug:slug>/seats/", members.seats, name="seats"),
    path("committees/<slug:slug>/people/", people.people, name="people"),
    path("roles/<int:pk>/end/", people.role_end, name="role-end"),
    path(
        "committees/<slug:slug>/people/<int:pk>/suspend/",
        people.person_suspend,
        name="person-suspend",
    ),
    path(
        "committees/<slug:slug>/people/<int:pk>/restore/",
        people.person_restore,
        name="person-restore",
    ),
    path(
        "committees/<slug:slug>/people/invite/",
        joining.joining_add,
        name="joining-add",
    ),
    path(
        "committees/<slug:slug>/people/invite-list/",
        joining.joinings_paste,
        name="joinings-paste",
    ),
    path(
        "committees/<slug:slug>/people/confirm/",
        joining.joinings_confirm,
        name="joinings-confirm",
    ),
    path(
        "invitations/<int:pk>/new-code/",
        joining.joining_reissue,
        name="joining-reissue",
    ),
    path(
        "invitations/<int:pk>/withdraw/",
        joining.joining_withdraw,
        name="joining-withdraw",
    ),
    path("join/", join.join, name="join"),
    path("join/<text:code>/", join.join_code, name="join-code"),
    path("join/<text:code>/sign-in/", join.join_new, name="join-new"),
]
