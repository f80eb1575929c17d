import pytest
from django.urls import reverse

from governance.actions import editing
from governance.models import Version
from tests import world as worlds
from tests.tampering import unguarded

pytestmark = pytest.mark.django_db


def changed_world():
    """A version was circulated; since then one task was worded anew."""
    world = worlds.at_stage("consolidating")
    body = world.document.bodies.get(name="Plenary")
    with world.on("2021-12-01"):
        editing.edit_provision(
            body,
            base=body.revision,
            by=world.person("rapporteur"),
            mandate="The plenary meets and decides.",
        )
    return world


def test_versions_are_listed_with_their_fingerprint(client):
    world = worlds.at_stage("amending")
    client.force_login(world.people["member_c"])

    response = client.get(reverse("governance:versions", args=[world.report.pk]))

    assert [
        (v.number, v.kind, v.fingerprint.replace(" ", ""))
        for v in response.context["versions"]
    ] == [
        (v.number, v.kind, v.digest[:16])
        for v in Version.objects.order_by("-major", "-minor")
    ]


@pytest.mark.parametrize("view", ["inline", "side"])
def test_a_changed_word_is_shown_in_its_place(client, view):
    world = changed_world()
    client.force_login(world.people["member_c"])
    url = reverse("governance:compare", args=[world.report.pk])

    response = client.get(
        url, {"a": Version.objects.get().pk, "b": "now", "view": view}
    )

    [change] = response.context["changes"]
    assert [(p.kind, p.text) for p in change.pieces] == [
        ("same", "The plenary meets and "),
        ("del", "writes"),
        ("ins", "decides"),
        ("same", "."),
    ]
    page = response.content.decode()
    assert "<del>writes</del>" in page
    assert "<ins>decides</ins>" in page


def test_a_version_of_another_report_cannot_be_compared(client):
    world, other = changed_world(), worlds.at_stage("circulated", "other")
    client.force_login(world.people["member_c"])
    theirs = other.report.versions.get()

    response = client.get(
        reverse("governance:compare", args=[world.report.pk]),
        {"a": theirs.pk, "b": "now"},
    )

    assert "changes" not in response.context
    assert "Choose one of the versions of this report." in response.content.decode()


def test_a_version_that_was_altered_says_so(client):
    world = worlds.at_stage("circulated")
    version = Version.objects.get()
    content = version.content
    content["title"] += "."
    with unguarded():
        Version.objects.filter(pk=version.pk).update(content=content)
    client.force_login(world.people["member_c"])

    page = client.get(version.get_absolute_url()).content.decode()

    assert "The stored text is not the one that was frozen" in page


def test_a_version_shows_the_frozen_text_and_not_the_present_one(client):
    world = changed_world()
    client.force_login(world.people["member_c"])

    page = client.get(Version.objects.get().get_absolute_url()).content.decode()

    assert "The plenary meets and writes." in page
    assert "The plenary meets and decides." not in page


def test_versions_cost_the_same_however_many(client, django_assert_max_num_queries):
    world = worlds.at_stage("amending")
    client.force_login(world.people["member_c"])

    with django_assert_max_num_queries(9):
        client.get(reverse("governance:versions", args=[world.report.pk]))
