import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from governance.actions import documents, setup
from governance.countries import BY_CODE, COUNTRIES
from governance.errors import Refused
from governance.models import (
    Clause,
    Committee,
    Document,
    Institution,
    Report,
    Seat,
    User,
)
from governance.models.committees import known_time_zone
from governance.permissions import Role
from governance.setup_work import setup_work
from tests import world as worlds

FORM = {
    "name": "National Consultative Committee on Migration",
    "short_name": "NCC",
    "slug": "lesotho",
    "country": "Lesotho",
    "country_code": "LS",
    "currency": "LSL",
    "currency_symbol": "M",
    "time_zone": "Africa/Maseru",
    "fiscal_year_starts": "4",
    "languages": "en English\nst-LS Sesotho",
    "person": "'Mamello Thabane",
    "username": "mamello",
    "email": "mamello@example.org",
    "password": worlds.PASSWORD,
    "again": worlds.PASSWORD,
}


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def world(db):
    return worlds.build()


def test_there_are_fifty_five_member_states():
    assert len(BY_CODE) == len(COUNTRIES) == 55
    for country in COUNTRIES:
        known_time_zone(country.time_zone)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/sign-in/"])
def test_an_empty_portal_leads_to_set_up(client, path):
    response = client.get(path, follow=True)

    assert response.redirect_chain[-1] == (reverse("governance:setup"), 302)


@pytest.mark.django_db
def test_the_country_fills_in_money_time_zone_and_languages(client):
    response = client.get(reverse("governance:setup"), {"country": "LS"})

    form = response.context["form"]
    names = ("slug", "currency", "currency_symbol", "time_zone", "languages")
    assert {name: form[name].value() for name in names} == {
        "slug": "lesotho",
        "currency": "LSL",
        "currency_symbol": "M",
        "time_zone": "Africa/Maseru",
        "languages": "en English\nst-LS Sesotho",
    }


@pytest.mark.django_db
def test_set_up_makes_the_committee_and_signs_its_first_person_in(client):
    response = client.post(reverse("governance:setup"), FORM)

    committee, user = Committee.objects.get(), User.objects.get()
    assert response.url == reverse("governance:setup-tasks", args=["lesotho"])
    assert client.session["device"] == "shared"
    assert user.roles == {committee.pk: {Role.SECRETARIAT}}
    languages = committee.languages.values_list("code", "name", "prevails")
    assert list(languages) == [("en", "English", True), ("st-LS", "Sesotho", False)]
    assert client.get(response.url).status_code == 200


@pytest.mark.django_db
def test_after_set_up_the_page_is_there_for_nobody(client):
    client.post(reverse("governance:setup"), FORM)
    url = reverse("governance:setup")

    found = [client.get(url).status_code, client.post(url, FORM).status_code]
    client.logout()
    found += [client.get(url).status_code, client.post(url, FORM).status_code]

    assert found == [404] * 4
    assert Committee.objects.count() == 1


WRONG = {
    "country_code": ("lso", "Write 2 capital letters of the alphabet."),
    "currency": ("m2x", "Write 3 capital letters of the alphabet."),
    "time_zone": ("Maseru", "This is not a time zone, like Africa/Maseru."),
    "fiscal_year_starts": ("", "Choose the month."),
    "languages": (
        "Sesotho",
        "Line 1: “Sesotho” is no language code. Write it like en or st-LS.",
    ),
    "password": (
        "short",
        "This password is too short. It must contain at least 12 characters.",
    ),
    "again": ("another one, longer", "The two passwords are not the same."),
    "username": ("", "Choose a user name."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_once_and_nothing_is_saved(client, name):
    value, said = WRONG[name]

    response = client.post(reverse("governance:setup"), FORM | {name: value})

    assert response.status_code == 422
    assert said in response.context["form"].errors[name]
    assert not User.objects.exists()


@pytest.mark.django_db
def test_with_a_code_in_the_settings_it_is_asked_first(client, settings):
    settings.SETUP_CODE = "open, please"
    url = reverse("governance:setup")

    refused = client.post(url, {"code": "a guess"})
    before = client.post(url, {"code": "another"} | {})
    client.post(url, {"code": "open, please"})

    assert (refused.status_code, before.status_code) == (422, 422)
    assert "country" in client.get(url).context["form"].fields


@pytest.mark.django_db
def test_after_twenty_wrong_codes_the_right_one_waits_too(client, settings):
    settings.SETUP_CODE = "open, please"
    url = reverse("governance:setup")
    for number in range(20):
        client.post(url, {"code": f"guess {number}"})

    response = client.post(url, {"code": "open, please"})

    assert response.status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection in memory")
def test_two_at_once_make_one_committee():
    ends, start = [], threading.Barrier(2)

    def press(slug):
        facts = {k: FORM[k] for k in ("name", "short_name", "country", "country_code")}
        facts |= {"currency": "LSL", "currency_symbol": "M", "slug": slug}
        person = {"name": slug, "username": slug, "password": worlds.PASSWORD}
        try:
            start.wait()
            setup.establish_first(facts=facts, languages=[], person=person)
            ends.append("passed")
        except Refused:
            ends.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[slug]) for slug in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["passed", "refused"]
    assert Committee.objects.count() == 1


@pytest.mark.django_db
def test_whoever_comes_second_is_refused(client):
    client.post(reverse("governance:setup"), FORM)

    with pytest.raises(Refused, match="set up this portal already"):
        setup.establish_first(facts={}, languages=[], person={})


@pytest.fixture
def secretariat(client, db):
    client.post(reverse("governance:setup"), FORM)
    return client


def statuses(client):
    response = client.get(reverse("governance:setup-tasks", args=["lesotho"]))
    return [str(task.status) for task in response.context["tasks"]]


def test_at_first_two_tasks_are_done_and_the_rest_waits_in_order(secretariat):
    assert statuses(secretariat) == [
        "Completed",
        "Completed",
        "Not yet started",
        "Cannot start yet",
        "Cannot start yet",
        "Only one can manage",
        "Cannot start yet",
        "Cannot start yet",
        "Cannot start yet",
    ]


def test_my_work_leads_to_the_tasks_until_a_report_is_circulated(world):
    secretary, url = world.person("secretary"), "/committees/world/setup/"

    before = setup_work(secretary, world.committee)
    worlds.circulate(world)

    assert [(item.title, item.url) for item in before] == [
        ("Set up the committee", url)
    ]
    assert setup_work(secretary, world.committee) == []
    assert setup_work(world.person("member_c"), world.committee) == []


PASTED = "Code\tInstitution\tCategory\r\nMoLE\tMinistry of Labour\tMinistry\r\nIOM\t'IOM Lesotho\tDevelopment partner"


def paste(client, rows, **step):
    url = reverse("governance:institutions-paste", args=["lesotho"])
    return client.post(url, {"rows": rows, **step})


def test_pasted_institutions_are_shown_before_they_are_saved(secretariat):
    response = paste(secretariat, PASTED)

    assert response.context["preview"] == [
        ["MoLE", "Ministry of Labour", "Ministry"],
        ["IOM", "'IOM Lesotho", "Development partner"],
    ]
    assert not Institution.objects.exists()


def test_then_all_of_them_are_saved(secretariat):
    paste(secretariat, PASTED, step="add")

    rows = Institution.objects.values_list("code", "name", "category")
    assert sorted(rows) == [
        ("IOM", "'IOM Lesotho", "partner"),
        ("MoLE", "Ministry of Labour", "ministry"),
    ]


def test_institutions_are_typed_with_semicolons_too(secretariat):
    paste(secretariat, "MoLE; Ministry of Labour; ministry", step="add")

    assert str(Institution.objects.get()) == "Ministry of Labour (MoLE)"


def test_every_wrong_row_is_named_and_none_is_saved(secretariat):
    rows = "MoLE\tLabour\tMinistry\nmole\tAgain\tMinistry\nX\tNo such\tKingdom\n\tNo code\tMinistry"

    response = paste(secretariat, rows, step="add")

    errors = response.context["form"].errors["rows"]
    assert [error.split(":")[0] for error in errors] == ["Row 2", "Row 3", "Row 4"]
    assert "the code mole is there already" in errors[0]
    assert not Institution.objects.exists()


def seat_form(**changes):
    rows = {row.code: row.pk for row in Institution.objects.all()}
    form = {"since": "1 April 2026"}
    for name, value in changes.items():
        field, code = name.split("_")
        form[f"{field}_{rows[code]}"] = value
    return form


def test_seats_and_votes_are_given_in_one_table(secretariat):
    paste(secretariat, PASTED, step="add")
    url = reverse("governance:seats", args=["lesotho"])

    form = seat_form(kind_MoLE="chair", votes_MoLE="on", kind_IOM="observer")
    secretariat.post(url, form)

    rows = Seat.objects.values_list(
        "institution__code", "kind", "is_voting", "starts_on"
    )
    assert [(*row[:3], str(row[3])) for row in rows] == [
        ("IOM", "observer", False, "2026-04-01"),
        ("MoLE", "chair", True, "2026-04-01"),
    ]


def test_an_observer_has_no_vote(secretariat):
    paste(secretariat, PASTED, step="add")
    url = reverse("governance:seats", args=["lesotho"])

    response = secretariat.post(url, seat_form(kind_IOM="observer", votes_IOM="on"))

    assert response.status_code == 422
    assert "IOM: who sits as “Observer” has no vote; untick it." in text_of(response)


def test_a_seat_that_changes_later_keeps_its_past(world):
    from governance.actions.institutions import Place, set_seats

    row, day = world.institutions["C"], worlds.dt.date(2026, 4, 1)

    n = set_seats(
        world.committee,
        [Place(row, "observer")],
        since=day,
        by=world.person("secretary"),
    )

    seats = Seat.objects.filter(institution=row).order_by("starts_on")
    assert (n, [(s.kind, str(s.starts_on), str(s.ends_on)) for s in seats]) == (
        1,
        [
            ("member", "2021-01-01", "2026-03-31"),
            ("observer", "2026-04-01", "None"),
        ],
    )


def start(client, **changes):
    url = reverse("governance:report-start", args=["lesotho"])
    form = {"title": "First report", "dated_on": "1 April 2026", "first_year": "2026"}
    return client.post(url, form | changes)


def test_the_template_has_every_document_with_headings_and_guidance(secretariat):
    start(secretariat)

    titles = [str(document) for document in Report.objects.get().chapters()]
    assert titles == [
        "Legal status",
        "Vision, mission and strategic objectives",
        "Terms of reference",
        "Structure",
        "Strategic plan 2026/27–2028/29",
        "Activity plan 2026/27",
        "Advocacy strategy",
    ]
    clauses = Clause.objects.all()
    assert {d.pk for d in Document.objects.all()} == {c.document_id for c in clauses}
    assert all(c.heading and c.guidance and not c.body for c in clauses)


def test_a_fresh_template_says_what_each_document_needs(secretariat):
    start(secretariat)

    for document in Report.objects.get().chapters():
        headings = [clause.heading for clause in document.clauses.all()]
        problems = document.problems()
        assert [f"“{heading}” has no text yet." for heading in headings] == problems[
            : len(headings)
        ]


def test_one_report_is_worked_on_at_a_time(secretariat):
    start(secretariat)

    response = start(secretariat, title="Second report")

    assert response.status_code == 409
    assert "“First report” is being worked on: open that report." in text_of(response)
    assert Report.objects.count() == 1


def test_every_page_of_a_fresh_report_can_be_read(secretariat):
    start(secretariat)

    for document in Document.objects.all():
        assert secretariat.get(document.get_absolute_url()).status_code == 200


def test_a_report_is_started_by_those_who_edit(world):
    with pytest.raises(Exception, match="This is done by"):
        documents.start_report(
            world.committee,
            title="x",
            dated_on=worlds.SINCE,
            first_year=2026,
            by=world.person("member_c"),
        )
