"""Translations over the API: to read, for those who work on the text."""

import pytest

from governance.actions import editing
from governance.actions.translations import translate
from governance.models import CommitteeLanguage
from tests.ncc_portal.validation import get, rows, world_at

drafting = world_at("drafting")
WORDS = {"name": "Kopano", "mandate": "Kopano e a kopana."}
NOW = {
    "name": "Plenary",
    "mandate": "The plenary meets and writes.",
    "meeting_frequency": "Four times a year",
}


@pytest.fixture
def world(drafting, db):
    with drafting.on("2021-11-01"):
        CommitteeLanguage.objects.create(
            committee=drafting.committee, code="st-LS", name="Sesotho"
        )
        yield drafting


@pytest.fixture
def body(world):
    found = world.document.bodies.get(name="Plenary")
    by = world.person("rapporteur")
    translate(world.document, found.uid, "st-LS", WORDS, base=0, read=0, by=by)
    return found


def test_a_translation_is_read_with_the_words_it_translates(world, body):
    [row] = rows(world, "member_b", "translations", language="st-LS")

    assert row == {
        "id": row["id"],
        "document": world.document.pk,
        "provision_uid": str(body.uid),
        "language": "st-LS",
        "values": WORDS,
        "source": NOW,
        "state": "draft",
        "revision": 1,
    }


@pytest.mark.parametrize("name", ["official", "observer", "admin"])
def test_others_find_no_translation(world, body, name):
    assert get(world, name, "translations")["count"] == 0


def test_a_change_says_of_which_language_it_is(world, body):
    asked = {"provision": str(body.uid), "language": "st-LS"}

    [row] = rows(world, "member_b", "revisions", **asked)

    assert (row["language"], row["after"]) == ("st-LS", WORDS | {"state": "draft"})


def test_the_snapshot_says_that_the_source_changed(world, body):
    by = world.person("rapporteur")
    editing.edit_provision(body, base=0, by=by, mandate="It decides.")

    answer = get(world, "member_b", f"documents/{world.document.pk}/snapshot")

    node = answer["content"]["provisions"][0]
    assert node["translations"] == {
        "st-LS": {"name": "Sesotho", "state": "changed", "text": WORDS}
    }
