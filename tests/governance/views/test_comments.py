"""Commenting for an institution, answering, and the thread under the text."""

import datetime as dt

import pytest
from django.urls import reverse

from governance.actions import answers, comments, decisions, documents, editing, placing
from governance.errors import Refused
from governance.models import (
    Amendment,
    Body,
    ChangeMade,
    Comment,
    HeldText,
    Objection,
    Response,
)
from tests import world as w

pytestmark = pytest.mark.django_db
NEW_TEXT = "The plenary meets and decides."


@pytest.fixture
def world():
    return w.at_stage("circulated")


def plenary(world):
    return Body.objects.get(document=world.document, name="Plenary")


def give(world, by="member_b", on="2021-11-10", **facts):
    """A comment on the plenary, of the institution of a member."""
    row = facts.pop("row", plenary(world))
    with world.on(on):
        return comments.comment_on(
            world.document,
            row.uid if row else None,
            institution=world.institutions[by[-1].upper()],
            by=world.person(by),
            **{"body": "Say it.", "type": "technical", "severity": "substantive"}
            | facts,
        )


def answer(world, comment, disposition="accepted", by="rapporteur", **facts):
    with world.on("2021-11-30"):
        return answers.respond(
            Comment.objects.get(pk=comment.pk),
            disposition,
            by=world.person(by),
            **facts,
        )


def enter(client, world, name):
    client.force_login(world.person(name))
    return client


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


def add_url(world, row=None):
    base = url("comment-add", world.document.pk)
    return f"{base}?provision={row.uid}" if row else base


def typed(world, **facts):
    return {
        "institution": world.institutions["B"].pk,
        "type": "technical",
        "severity": "blocking",
        "body": "Decide, do not only write.",
        "quote": "",
        "suggested_wording": "",
    } | facts


def page(response):
    return response.content.decode()


def test_a_member_comments_on_a_provision_for_its_institution(client, world):
    row = plenary(world)
    enter(client, world, "member_b")

    with world.on("2021-11-10"):
        response = client.post(
            add_url(world, row),
            typed(world, quote="writes", suggested_wording=NEW_TEXT),
        )

    comment = Comment.objects.get()
    assert response.url == f"{world.document.get_absolute_url()}#p{str(row.uid)[:8]}"
    assert {
        "institution": comment.institution.code,
        "uid": comment.provision_uid,
        "text": comment.provision_text,
        "section": comment.section,
        "quote": comment.quote,
        "suggested": comment.suggested_wording,
        "severity": comment.severity,
        "channel": comment.channel,
        "late": comment.is_late,
        "received": comment.received_on,
    } == {
        "institution": "B",
        "uid": row.uid,
        "text": "The plenary meets and writes.",
        "section": "1 Plenary",
        "quote": "writes",
        "suggested": NEW_TEXT,
        "severity": "blocking",
        "channel": "written",
        "late": False,
        "received": dt.date(2021, 11, 10),
    }


def test_without_a_provision_the_comment_is_on_the_document_as_a_whole(client, world):
    enter(client, world, "member_b").post(add_url(world), typed(world))

    assert Comment.objects.get().provision_uid is None


def test_a_member_cannot_choose_another_institution(client, world):
    enter(client, world, "member_b")

    response = client.post(
        add_url(world), typed(world, institution=world.institutions["C"].pk)
    )

    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_the_secretariat_comments_on_behalf_in_another_channel(client, world):
    enter(client, world, "secretary").post(
        add_url(world), typed(world, channel="plenary")
    )

    comment = Comment.objects.get()
    assert (comment.institution.code, comment.on_behalf, comment.channel) == (
        "B",
        True,
        "plenary",
    )


def test_present_words_are_put_into_the_suggestion_without_losing_the_comment(
    client, world
):
    enter(client, world, "member_b")

    response = client.post(
        add_url(world, plenary(world)), typed(world, fill="1", body="Half a thought")
    )

    form = response.context["form"]
    assert form.initial["suggested_wording"] == "The plenary meets and writes."
    assert "Half a thought" in page(response)
    assert not Comment.objects.exists()


def test_an_empty_comment_is_shown_again_with_the_rest(client, world):
    enter(client, world, "member_b")

    response = client.post(
        add_url(world, plenary(world)), typed(world, body="", quote="writes")
    )

    assert response.status_code == 422
    assert "<title>Error: " in page(response)
    assert "Write the comment." in page(response)
    assert response.context["form"]["quote"].value() == "writes"


def test_after_comments_closed_a_written_one_is_late(client):
    world = w.at_stage("consolidating")
    enter(client, world, "member_b")

    shown = page(client.get(add_url(world, plenary(world))))
    client.post(add_url(world, plenary(world)), typed(world))

    assert "marked as late" in shown
    assert Comment.objects.get().is_late


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("drafting", "Comments open when the secretariat circulates the report."),
        ("amending", "Comments ended with the workshop."),
        ("validated", "The report is validated."),
    ],
)
def test_while_closed_the_page_says_why_and_keeps_what_is_sent(client, stage, sentence):
    world = w.at_stage(stage)
    enter(client, world, "member_b")

    shown = client.get(add_url(world, plenary(world)))
    sent = client.post(add_url(world, plenary(world)), typed(world))

    assert sentence in page(shown)
    assert "Post comment" not in page(shown)
    assert sent.status_code == 409
    assert "Decide, do not only write." in page(sent)


def test_an_official_who_reads_the_report_does_not_comment(client):
    world = w.at_stage("validated")

    response = enter(client, world, "official").get(add_url(world))

    assert response.status_code == 403


def test_threads_stand_under_their_provision(client, world):
    comment = give(world, suggested_wording=NEW_TEXT, quote="meets")
    give(world, by="member_c", row=None, body="Too short as a whole.")

    shown = page(
        enter(client, world, "member_d").get(world.document.get_absolute_url())
    )

    under = shown.split('id="bodies"')[1].split("Secretariat</h3>")[0]
    assert 'id="c1"' in under
    assert f'<a href="#t{str(comment.provision_uid)[:8]}">1 comment</a>' in under
    assert "meets and <del>writes</del><ins>decides</ins>." in under
    assert 'id="c2"' in shown.split('id="whole"')[1]


def test_the_thread_is_filtered_by_open_and_by_my_institution(client, world):
    give(world)
    answer(world, give(world, by="member_c"), "noted")
    enter(client, world, "member_c")
    address = world.document.get_absolute_url()

    found = {
        key: [n for n in (1, 2) if f'id="c{n}"' in page(client.get(address, query))]
        for key, query in {
            key: {"comments": key} for key in ("all", "open", "mine", "none")
        }.items()
    }

    assert found == {"all": [1, 2], "open": [1], "mine": [2], "none": []}


def test_an_observer_sees_its_own_institutions_comments_only(client, world):
    documents.share_report(
        world.report,
        officials=True,
        observers=True,
        reviewers=False,
        by=world.person("secretary"),
    )
    give(world)
    observer = enter(client, world, "observer")
    observer.post(
        add_url(world), typed(world, institution=world.institutions["OBS"].pk)
    )
    address = world.document.get_absolute_url()

    theirs = page(observer.get(address))
    official = page(enter(client, world, "official").get(address))

    assert ('id="c1"' in theirs, 'id="c2"' in theirs) == (False, True)
    assert [word for word in ("cmt", "acts", "talk") if word in official] == []


def test_the_reading_page_asks_the_same_queries_for_one_and_three_comments(
    client, world, django_assert_num_queries
):
    enter(client, world, "member_d")
    address = world.document.get_absolute_url()
    answer(world, give(world), "not_accepted", reason="No.")

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    client.get(address)
    one = count()
    answer(world, give(world, by="member_c"), "not_accepted", reason="No.")
    give(world, by="member_e", row=None)

    with django_assert_num_queries(one):
        client.get(address)


def test_the_page_of_a_comment_shows_the_words_commented_on_after_they_changed(client):
    world = w.at_stage("circulated")
    comment = give(world, quote="writes", suggested_wording=NEW_TEXT)
    w.consolidate(world)
    with world.on("2021-12-01"):
        row = plenary(world)
        editing.edit_provision(
            row, base=0, by=world.person("rapporteur"), mandate="It meets."
        )

    shown = page(enter(client, world, "member_d").get(comment.get_absolute_url()))

    assert "The words you quoted have changed since." in shown
    assert "Show the old text" in shown
    assert "The plenary meets and writes." in shown


def test_a_comment_on_a_removed_provision_keeps_its_old_text(client):
    world = w.at_stage("circulated")
    comment = give(world)
    w.consolidate(world)
    with world.on("2021-12-01"):
        placing.remove_provision(
            plenary(world), by=world.person("rapporteur"), why="Not needed."
        )
    enter(client, world, "member_d")

    shown = page(client.get(comment.get_absolute_url()))
    document = page(client.get(world.document.get_absolute_url()))

    assert "Removed from the text" in shown
    assert "The plenary meets and writes." in shown
    assert "Removed provisions with comments" in document
    assert url("provision", world.document.pk, comment.provision_uid) in document


def test_people_of_another_committee_and_officials_find_no_comment(client, world):
    comment = give(world)
    other = w.build(slug="other", country_code="LS")

    statuses = [
        enter(client, who, name).get(comment.get_absolute_url()).status_code
        for who, name in [(world, "official"), (world, "observer"), (other, "chair")]
    ]

    assert statuses == [404, 404, 404]


def offered(client, world, name, comment):
    enter(client, world, name)
    response = client.get(comment.get_absolute_url())
    return [n.removeprefix("governance:comment-") for n, _ in response.context["acts"]]


def test_each_person_is_offered_what_is_open_to_them(client, world):
    comment = give(world)

    assert {
        name: offered(client, world, name, comment)
        for name in ["member_b", "member_c", "rapporteur", "chair"]
    } == {
        "member_b": ["change", "withdraw"],
        "member_c": [],
        "rapporteur": ["respond", "assign"],
        "chair": [],
    }


def test_the_institution_changes_its_comment_until_it_is_answered(client, world):
    comment = give(world)
    enter(client, world, "member_b")
    words = {"type": "editorial", "severity": "editorial", "body": "Say it better."}

    client.post(url("comment-change", comment.pk), words)
    answer(world, comment, "noted")
    again = client.post(url("comment-change", comment.pk), words | {"body": "More"})

    assert Comment.objects.get().body == "Say it better."
    assert again.status_code == 409
    assert "More</textarea>" in page(again)


@pytest.mark.parametrize("move", ["change", "withdraw", "contest"])
def test_another_institution_neither_changes_nor_withdraws_nor_contests(
    client, world, move
):
    comment = give(world)

    response = enter(client, world, "member_c").get(url(f"comment-{move}", comment.pk))

    assert response.status_code == 403


def test_the_institution_withdraws_its_comment(client, world):
    comment = give(world)

    enter(client, world, "member_b").post(
        url("comment-withdraw", comment.pk), {"reason": "Settled."}
    )

    assert Comment.objects.get().state == "withdrawn"


def test_the_rapporteur_answers_and_the_institution_is_not_satisfied_once(
    client, world
):
    comment = give(world)
    enter(client, world, "rapporteur").post(
        url("comment-respond", comment.pk),
        {"disposition": "not_accepted", "reason": "It writes."},
    )
    enter(client, world, "member_b")
    client.post(url("comment-contest", comment.pk), {"text": "It decides too."})
    again = client.post(url("comment-contest", comment.pk), {"text": "Again."})

    assert [r.reason for r in Response.objects.all()] == ["It writes."]
    assert [o.text for o in Objection.objects.all()] == ["It decides too."]
    assert again.status_code == 409
    assert Comment.objects.get().state == "contested"


def test_not_accepted_without_a_reason_is_asked_again(client, world):
    comment = give(world)

    response = enter(client, world, "rapporteur").post(
        url("comment-respond", comment.pk), {"disposition": "not_accepted"}
    )

    assert response.status_code == 422
    assert "Say why the comment is not accepted." in page(response)
    assert not Response.objects.exists()


def test_a_duplicate_names_the_other_comment(client, world):
    first, second = give(world), give(world, by="member_c")

    enter(client, world, "rapporteur").post(
        url("comment-respond", second.pk),
        {"disposition": "duplicate", "duplicate_of": first.pk},
    )

    assert Response.objects.get().duplicate_of == first


@pytest.mark.parametrize("move", ["respond", "assign", "apply", "map"])
def test_a_member_does_not_answer(client, world, move):
    comment = give(world)

    response = enter(client, world, "member_c").get(url(f"comment-{move}", comment.pk))

    assert response.status_code == 403


def test_a_comment_is_given_to_somebody_who_answers(client, world):
    comment = give(world)
    rapporteur = world.person("rapporteur")

    enter(client, world, "secretary").post(
        url("comment-assign", comment.pk), {"to": rapporteur.pk}
    )

    comment = Comment.objects.get()
    assert (comment.state, comment.assigned_to) == ("assigned", rapporteur)


def accepted(world, **facts):
    comment = give(world, suggested_wording=NEW_TEXT, **facts)
    answer(world, comment)
    return comment


def test_an_accepted_suggestion_is_applied_with_one_click(client, world):
    comment = accepted(world)
    w.consolidate(world)
    enter(client, world, "rapporteur")

    client.post(url("comment-apply", comment.pk))

    change = ChangeMade.objects.get()
    assert plenary(world).mandate == NEW_TEXT
    assert (change.comment, change.revision.provision_uid) == (
        comment,
        comment.provision_uid,
    )
    assert Comment.objects.get().state == "incorporated"


def test_over_a_changed_text_the_suggestion_waits_for_a_look(client, world):
    comment = accepted(world)
    w.consolidate(world)
    row = plenary(world)
    with world.on("2021-12-01"):
        editing.edit_provision(
            row, base=0, by=world.person("rapporteur"), mandate="It meets."
        )
    enter(client, world, "rapporteur")

    first = client.post(url("comment-apply", comment.pk))
    second = client.post(url("comment-apply", comment.pk), {"looked": "on"})

    assert (first.status_code, second.status_code) == (409, 302)
    assert "The text has changed since" in page(first)
    assert plenary(world).mandate == NEW_TEXT


def test_an_accepted_comment_is_tied_to_a_change_and_closed(client, world):
    comment = give(world)
    answer(world, comment)
    w.consolidate(world)
    with world.on("2021-12-01"):
        revision = editing.edit_provision(
            plenary(world), base=0, by=world.person("rapporteur"), mandate="It meets."
        )
    enter(client, world, "rapporteur")

    refused = client.post(url("comment-close", comment.pk))
    client.post(
        url("comment-map", comment.pk), {"revision": revision.pk, "note": "Whole text"}
    )
    shown = page(client.get(comment.get_absolute_url()))
    client.post(url("comment-close", comment.pk))

    assert refused.status_code == 302
    assert f"#r{revision.number}" in shown
    assert [c.note for c in Comment.objects.get().changes.all()] == ["Whole text"]
    assert Comment.objects.get().state == "closed"


def test_a_change_from_before_the_comment_is_not_what_it_led_to(client, world):
    comment = give(world)
    answer(world, comment)
    w.consolidate(world)
    earlier = world.document.revisions.order_by("number").first()
    enter(client, world, "rapporteur")

    form = page(client.get(url("comment-map", comment.pk)))
    tied = client.post(url("comment-map", comment.pk), {"revision": earlier.pk})
    with world.on("2021-12-01"), pytest.raises(Refused, match="made before this"):
        editing.map_change(comment, earlier, by=world.person("rapporteur"))

    assert str(earlier) not in form
    assert tied.status_code == 422
    assert not comment.changes.exists()


def test_an_agreed_amendment_is_tied_to_a_change(client):
    world = w.at_stage("session")
    with world.on("2021-12-07", "14:30"):
        decisions.decide(
            world.workshop,
            {
                1: decisions.Decided(
                    "amendments",
                    amendments=[
                        decisions.AgreedAmendment(world.document, "It meets six times.")
                    ],
                )
            },
            by=world.person("chair"),
        )
    amendment = Amendment.objects.get()
    with world.on("2021-12-09"):
        revision = editing.edit_provision(
            plenary(world),
            base=0,
            by=world.person("rapporteur"),
            meeting_frequency="Six times a year",
        )

    response = enter(client, world, "rapporteur").post(
        url("amendment-map", amendment.pk), {"revision": revision.pk}
    )

    assert response.url == world.document.get_absolute_url()
    assert [c.revision for c in amendment.changes.all()] == [revision]


def test_suggestions_are_decided_one_after_another(client, world):
    one = give(world, suggested_wording=NEW_TEXT)
    give(world, by="member_c", suggested_wording="The plenary decides.")
    queue = url("suggestions", world.report.pk)
    enter(client, world, "rapporteur")

    first = client.get(queue)
    answered = client.post(
        f"{url('comment-respond', one.pk)}?queue=1", {"disposition": "accepted"}
    )
    second = client.get(answered.url)

    assert (first.context["total"], first.context["comment"]) == (2, one)
    assert [c.code for c in first.context["rivals"]] == ["C02"]
    assert answered.url == f"{queue}?n=1"
    assert second.context["comment"].code == "C02"
    assert [c.code for c in second.context["unapplied"]] == ["C01"]


def test_an_empty_queue_says_what_it_is_for(client, world):
    shown = page(
        enter(client, world, "rapporteur").get(url("suggestions", world.report.pk))
    )

    assert "No suggestions to decide." in shown


def test_no_text_is_set_aside_by_reading(client, world):
    give(world)

    enter(client, world, "rapporteur").get(world.document.get_absolute_url())

    assert not HeldText.objects.exists()
