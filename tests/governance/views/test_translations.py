"""The list of translations of a document, and the editor with two texts side by side."""

import uuid

import pytest

from governance.actions import editing, placing
from governance.actions.translations import translate, translation_of
from governance.models import (
    Assignment,
    Body,
    CommitteeLanguage,
    HeldText,
    Report,
    Revision,
)
from tests import world as w
from tests.governance.views.test_comments import enter, page, plenary, url

pytestmark = pytest.mark.django_db

WORDS = {"name": "Kopano", "mandate": "Kopano e a kopana."}
WHOLE = WORDS | {"meeting_frequency": "Hane ka selemo"}


def speaking(world):
    CommitteeLanguage.objects.create(
        committee=world.committee, code="st-LS", name="Sesotho"
    )
    return world


@pytest.fixture
def world():
    return speaking(w.at_stage("drafting"))


def say(world, row, values=WORDS, *, base=0, **facts):
    by = world.person("rapporteur")
    with world.on("2021-11-01"):
        return translate(
            world.document,
            row.uid,
            "st-LS",
            values,
            base=base,
            read=row.revision,
            by=by,
            **facts,
        )


def change(world, row, **facts):
    row.refresh_from_db()
    with world.on("2021-11-01"):
        editing.edit_provision(
            row, base=row.revision, by=world.person("rapporteur"), **facts
        )


def listing(world, code="st-LS"):
    return url("translate", world.document.pk, code)


def address(world, row, code="st-LS"):
    return url("translate-provision", world.document.pk, code, row.uid)


def typed(values=WORDS, **facts):
    """What the form sends, with `facts` instead."""
    texts = {f"text_{name}": text for name, text in values.items()}
    return texts | {"saved": 0, "read": 0, "state": "draft", "why": ""} | facts


def test_the_list_says_how_far_it_is_and_which_language_decides(client, world):
    shown = page(enter(client, world, "member_b").get(listing(world)))

    assert "Where the languages differ, the English text decides." in shown
    assert "0 of 2 provisions translated" in shown
    assert shown.count("Not translated: to be provided by a translator.") == 2


def test_the_list_shows_every_standing(client, world):
    first, second = Body.objects.filter(document=world.document).order_by("position")
    say(world, first, WHOLE, state="checked")
    say(world, second)
    change(world, first, mandate="It decides.")

    shown = page(enter(client, world, "rapporteur").get(listing(world)))

    assert "2 of 2 provisions translated" in shown
    assert "1 of them with a changed source" in shown
    assert '<span class="tag warn">Source changed</span>' in shown
    assert '<span class="tag info">Draft</span>' in shown
    assert '<div dir="auto" lang="st-LS"><p>Kopano e a kopana.</p></div>' in shown


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("missing", ["Secretariat"]),
        ("draft", ["Plenary"]),
        ("checked", []),
        ("changed", []),
        ("", ["Plenary", "Secretariat"]),
        ("nonsense", ["Plenary", "Secretariat"]),
    ],
)
def test_the_list_is_filtered_by_state(client, world, state, names):
    say(world, plenary(world))

    response = enter(client, world, "rapporteur").get(listing(world), {"state": state})

    found = [entry.node["heading"] for entry in response.context["page"].object_list]
    assert found == names


def grow(world, count):
    for number in range(count):
        Body.objects.create(
            document=world.document,
            level="bureau",
            name=f"Bureau {number}",
            mandate="It meets.",
            position=10 + number,
        )


def test_the_list_has_25_provisions_a_page_and_costs_the_same(
    client, world, django_assert_num_queries
):
    enter(client, world, "rapporteur")
    say(world, plenary(world))
    client.get(listing(world))
    with django_assert_num_queries(13):
        client.get(listing(world))
    grow(world, 40)

    with django_assert_num_queries(13):
        response = client.get(listing(world))

    assert (len(response.context["page"]), response.context["counts"]["total"]) == (
        25,
        42,
    )


def test_all_is_on_one_page_to_print(client, world):
    grow(world, 40)

    response = enter(client, world, "rapporteur").get(listing(world), {"all": 1})

    assert len(response.context["page"]) == 42


def test_only_other_languages_of_the_committee_have_a_page(client, world):
    enter(client, world, "rapporteur")

    codes = ["st-LS", "en", "fr", "st-ls", "st-LS%00"]
    found = {code: client.get(listing(world, code)).status_code for code in codes}

    assert found == {"st-LS": 200, "en": 404, "fr": 404, "st-ls": 404, "st-LS%00": 404}


def test_who_reads_the_list_and_who_writes(client, world):
    Report.objects.update(shared_with_officials=True)
    row = plenary(world)
    people = ["rapporteur", "secretary", "member_b", "chair", "official", "observer"]

    found = {}
    for name in people:
        enter(client, world, name)
        addresses = (listing(world), address(world, row))
        found[name] = [client.get(each).status_code for each in addresses]

    assert found == {
        "rapporteur": [200, 200],
        "secretary": [200, 200],
        "member_b": [200, 403],
        "chair": [200, 403],
        "official": [403, 403],
        "observer": [404, 404],
    }


def test_a_member_is_led_to_what_is_assigned_to_the_institution(client, world):
    row = plenary(world)
    Assignment.objects.create(
        document=world.document,
        provision_uid=row.uid,
        institution=world.institutions["B"],
        at=world.committee.now(),
        by=world.person("secretary"),
    )
    enter(client, world, "member_b")

    response = client.get(listing(world))
    saved = client.post(address(world, row), typed())

    assert response.context["open"] == {str(row.uid)}
    assert saved.status_code == 302
    assert translation_of(world.document, row.uid, "st-LS").values == WORDS


def test_a_member_is_not_led_to_what_others_write(client, world):
    response = enter(client, world, "member_b").get(listing(world))

    assert response.context["open"] == set()
    assert "Translate Plenary" not in page(response)


def test_source_and_translation_stand_side_by_side(client, world):
    row = plenary(world)
    say(world, row)

    shown = page(enter(client, world, "rapporteur").get(address(world, row)))

    assert '<div dir="auto" lang="en"><p>The plenary meets and writes.</p>' in shown
    assert 'lang="st-LS" dir="auto"' in shown
    assert "Kopano e a kopana.</textarea>" in shown
    assert "Where the languages differ, the English text decides." in shown


def test_codes_are_not_translated(client, world):
    row = plenary(world)
    change(world, row, short_name="PL")

    form = enter(client, world, "rapporteur").get(address(world, row)).context["form"]

    own = [name for name in form.fields if name.startswith("text_")]
    assert own == ["text_name", "text_mandate", "text_meeting_frequency"]


def test_saving_goes_on_to_the_next_that_waits(client, world):
    first, second = Body.objects.filter(document=world.document).order_by("position")
    enter(client, world, "rapporteur")

    saved = client.post(address(world, first), typed(why="From the Act."))
    last = client.post(address(world, second), typed())

    assert saved.url == address(world, second)
    assert last.url == f"{listing(world)}#p{str(second.uid)[:8]}"
    revision = Revision.objects.get(provision_uid=first.uid, language="st-LS")
    assert (revision.why, revision.by_name) == ("From the Act.", "Rapporteur of world")


def test_the_editor_leads_to_the_nearest_that_wait(client, world):
    first, second = Body.objects.filter(document=world.document).order_by("position")

    context = enter(client, world, "rapporteur").get(address(world, second)).context

    assert (context["previous"].uid, context["next"]) == (str(first.uid), None)


def test_what_changed_in_the_source_is_shown_word_by_word(client, world):
    row = plenary(world)
    say(world, row)
    change(world, row, mandate="The plenary meets and decides.")

    shown = page(enter(client, world, "rapporteur").get(address(world, row)))

    assert "Show what changed in the source" in shown
    assert "meets and <del>writes</del><ins>decides</ins>." in shown
    assert "The translation follows the source as it is now" in shown


def test_what_was_checked_before_its_source_changed_is_not_checked_by_default(
    client, world
):
    row = plenary(world)
    say(world, row, WHOLE, state="checked")
    enter(client, world, "rapporteur")
    before = client.get(address(world, row)).context["form"]["state"].value()
    change(world, row, mandate="It decides.")

    after = client.get(address(world, row)).context["form"]["state"].value()

    assert (before, after) == ("checked", "draft")


def test_a_source_changed_meanwhile_brings_its_translator_back(client, world):
    row = plenary(world)
    enter(client, world, "rapporteur")
    change(world, row, mandate="It decides.")

    response = client.post(address(world, row), typed(WHOLE, state="checked"))
    shown = page(client.get(response.url))

    assert response.url == address(world, row)
    assert '<span class="tag warn">Source changed</span>' in shown


def test_who_saves_second_sees_both_texts_and_decides(client, world):
    row = plenary(world)
    say(world, row, {"mandate": "Ea bobeli."})
    enter(client, world, "secretary")

    first = client.post(address(world, row), typed())
    form = first.context["form"]
    second = client.post(address(world, row), typed(WHOLE, saved=form["saved"].value()))

    assert (first.status_code, second.status_code) == (409, 302)
    assert form.both() == [
        ("Name", "", "Kopano"),
        ("Task", "Ea bobeli.", "Kopano e a kopana."),
    ]
    assert "Kopano e a kopana.</textarea>" in page(first)
    assert [(h.language, h.values) for h in HeldText.objects.all()] == [
        ("st-LS", WORDS | {"meeting_frequency": ""})
    ]
    assert translation_of(world.document, row.uid, "st-LS").values == WHOLE


def test_a_text_whose_source_was_emptied_meanwhile_is_saved(client, world):
    row = plenary(world)
    change(world, row, meeting_frequency="")

    enter(client, world, "rapporteur").post(address(world, row), typed(WHOLE))

    assert translation_of(world.document, row.uid, "st-LS").values == WHOLE


def test_checked_asks_for_every_text(client, world):
    row = plenary(world)

    response = enter(client, world, "rapporteur").post(
        address(world, row), typed(state="checked")
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "text_meeting_frequency": [
            "This text is not translated: translate it, or save as a draft."
        ]
    }


def test_a_closed_report_shows_the_texts_and_keeps_what_was_typed(client):
    world = speaking(w.at_stage("circulated"))
    enter(client, world, "rapporteur")
    row = plenary(world)

    shown = page(client.get(address(world, row)))
    response = client.post(address(world, row), typed())

    assert "<textarea" not in shown
    assert response.status_code == 409
    assert "What you wrote is kept for you; it is not in the document." in page(
        response
    )
    assert "Kopano e a kopana.</textarea>" in page(response)
    assert [h.reason for h in HeldText.objects.all()] == ["closed"]


def test_a_text_for_a_removed_provision_is_kept_and_shown(client, world):
    row = plenary(world)
    with world.on("2021-11-01"):
        placing.remove_provision(row, by=world.person("secretary"))
    enter(client, world, "rapporteur")

    read = client.get(address(world, row))
    sent = client.post(address(world, row), typed())

    assert (read.status_code, sent.status_code) == (200, 409)
    assert "The provision was removed" in page(read)
    assert "What you wrote is kept for you." in page(sent)
    assert [h.values for h in HeldText.objects.all()] == [WORDS]


def test_an_unknown_provision_is_not_found(client, world):
    enter(client, world, "rapporteur")
    somewhere = url("translate-provision", world.document.pk, "st-LS", uuid.uuid4())

    assert client.get(somewhere).status_code == 404


def test_hostile_text_is_inert(client, world):
    row = plenary(world)
    say(world, row, {"mandate": "<script>alert(1)</script> [x](javascript:alert(1))"})

    enter(client, world, "rapporteur")
    for each in (listing(world), listing(world) + "?all=1", address(world, row)):
        shown = page(client.get(each))
        assert "<script>alert" not in shown
        assert 'href="javascript' not in shown


def test_every_provision_of_lesotho_waits_for_a_translator(sign_in, lesotho):
    world = Report.objects.filter(committee__slug="lesotho").order_by("edition").last()
    client = sign_in("secretariat.officer")

    found = {}
    for document in world.chapters():
        response = client.get(url("translate", document.pk, "st-LS"))
        counts = response.context["counts"]
        found[document.title] = (counts["translated"], counts["missing"] > 0)

    assert set(found.values()) == {(0, True)}
