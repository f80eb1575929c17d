import re

import pytest
from django.urls import reverse

from governance.actions import settings as actions
from governance.errors import Refused
from governance.models import Event
from tests import world as worlds

FACTS = {
    "name": "National Committee",
    "short_name": "NC",
    "country": "Botswana",
    "country_code": "BW",
    "currency": "BWP",
    "currency_symbol": "P",
}
LANGUAGES = [{"code": "en", "name": "English"}, {"code": "tn", "name": "Setswana"}]


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def manager(world, client):
    client.force_login(world.person("secretary"))
    return client


def change(client, part, **form):
    url = reverse(f"governance:settings-{part}", args=["world"])
    return client.post(url, form)


def fresh(world):
    return type(world.committee).objects.get(pk=world.committee.pk)


def test_the_name_changes_and_history_says_from_what(world, manager):
    before = world.committee.name

    response = change(manager, "facts", **FACTS)

    assert response.status_code == 302
    event = Event.objects.filter(committee=world.committee).order_by("seq").last()
    assert (event.verb, event.note) == (
        "settings changed",
        f"official name: {before} → National Committee; short name: NCC → NC",
    )


def test_nothing_changed_leaves_no_line(world, manager):
    change(manager, "colour", colour="#0B5A3C")

    assert not Event.objects.filter(verb="settings changed").exists()


REFUSED = {
    "country": (
        ("facts", FACTS | {"country": "Lesotho"}),
        "The country stands in the reference BW-NCC-2021-001 and cannot be changed any"
        " more.",
    ),
    "colour": (
        ("colour", {"colour": "#ffff00"}),
        "White text cannot be read on this colour.",
    ),
    "time zone": (
        ("calendar", {"time_zone": "Gaborone", "fiscal_year_starts": "4"}),
        "This is not a time zone, like Africa/Maseru.",
    ),
    "twice": (
        ("languages", {"languages": "en English\nEN English"}),
        "Line 2: “EN” is no language code. Write it like en or st-LS.",
    ),
    "no name": (
        ("languages", {"languages": "en"}),
        "Line 1: write the name of the language after its code, in at most 40 letters.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_said_in_one_sentence(manager, case):
    (part, form), said = REFUSED[case]

    response = change(manager, part, **form)

    errors = response.context["form"].errors
    assert [e for found in errors.values() for e in found] == [said]


def test_the_first_language_prevails(world, manager):
    change(manager, "languages", languages="tn Setswana\nen English")

    rows = world.committee.languages.values_list("code", "prevails")
    assert list(rows) == [("tn", True), ("en", False)]


def test_which_language_prevails_stays_once_a_report_left_drafting(world):
    worlds.consolidate(worlds.circulate(world))
    secretary = world.person("secretary")

    with pytest.raises(Refused, match="has left drafting"):
        actions.set_languages(world.committee, LANGUAGES, prevails="tn", by=secretary)
    actions.set_languages(world.committee, LANGUAGES, prevails="en", by=secretary)

    assert world.committee.languages.count() == 2


@pytest.mark.parametrize("facts", [{"name": "Other"}, {"currency": "LSL"}])
def test_what_is_part_of_the_text_freezes_with_it(world, facts):
    worlds.circulate(world)

    with pytest.raises(Refused, match="Circulated for comment"):
        actions.change_facts(world.committee, by=world.person("secretary"), **facts)


def test_the_fiscal_year_changes_only_before_a_plan_is_written(world):
    from governance.actions import documents
    from strategy.models import StrategicPlan

    secretary = world.person("secretary")
    actions.change_facts(world.committee, by=secretary, fiscal_year_starts=7)
    documents.add_document(
        StrategicPlan, world.report, by=secretary, title="Plan", first_year=2022
    )

    with pytest.raises(Refused, match="“Plan” is written in fiscal years"):
        actions.change_facts(world.committee, by=secretary, fiscal_year_starts=1)
    assert fresh(world).fiscal_year_starts == 7


def test_a_language_with_translations_stays(world):
    from governance.models import Translation

    secretary = world.person("secretary")
    actions.set_languages(world.committee, LANGUAGES, prevails="en", by=secretary)
    Translation.objects.create(
        document=world.document,
        provision_uid=world.document.bodies.first().uid,
        language="tn",
    )

    with pytest.raises(Refused, match="translations in Setswana: it stays"):
        actions.set_languages(
            world.committee, LANGUAGES[:1], prevails="en", by=secretary
        )


@pytest.mark.parametrize("person", ["member_c", "secretary"])
def test_everybody_reads_and_managers_find_the_way_to_change(world, client, person):
    client.force_login(world.person(person))
    response = client.get(reverse("governance:settings", args=["world"]))

    links = b"/settings/facts/" in response.content
    assert (response.status_code, links) == (200, person == "secretary")


def test_the_rules_are_read_in_words(world, manager):
    page = manager.get(reverse("governance:settings", args=["world"]))

    said = re.findall(r"<dt>(?:Sign-off rule|Quorum)</dt><dd>(.*?)</dd>", page.text)
    assert said == [
        "2 voting members; also as the Chair",
        "There is no rule yet. It is part of the terms of reference and changes with"
        " their text.",
    ]
