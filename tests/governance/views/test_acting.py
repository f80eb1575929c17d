"""A form that arrives twice, one with fields nobody asked for, and one to be kept."""

import logging
import uuid

import pytest
from django.core.exceptions import BadRequest

from governance.actions.drafts import once
from governance.errors import Conflict, Refused
from governance.forms.base import ReasonForm
from governance.forms.comments import CommentForm
from governance.models import Comment, Document, Draft, HeldText, Submission
from governance.views.acting import carry_out
from tests.governance.views.test_comments import (
    add_url,
    enter,
    give,
    plenary,
    typed,
    url,
)
from tests.governance.views.test_comments import world as circulated

pytestmark = pytest.mark.django_db
world = circulated


def fields_of(response):
    keep = response.context["keep"]
    return {
        "once": str(keep.once),
        "window": str(keep.window),
        "seal": keep.seal,
    } | keep.filled_from


def shown(client, address):
    return fields_of(client.get(address))


def test_a_form_sent_twice_is_carried_out_once(client, world):
    address = add_url(world, plenary(world))
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)

    first, second = client.post(address, sent), client.post(address, sent)

    assert Comment.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_the_second_is_told_that_it_counts_once(client, world):
    address = add_url(world)
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)
    client.post(address, sent)
    client.get("/")  # the first message is read

    response = client.post(address, sent, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "This was sent twice; it was saved once."
    ]


def test_it_has_its_answer_after_what_it_acted_on_is_gone(client, world):
    """Withdrawn, a comment has no form any more; the answer is still the first one."""
    comment = give(world)
    address = url("comment-withdraw", comment.pk)
    enter(client, world, "member_b")
    sent = shown(client, address) | {"reason": "A mistake."}

    answers = [client.post(address, sent) for _n in range(3)]

    assert [(r.status_code, r.url) for r in answers] == [
        (302, comment.get_absolute_url())
    ] * 3


def test_other_words_under_the_same_key_are_not_swallowed(client, world):
    """Somebody went back, typed on and sent again: that is another comment."""
    address = add_url(world)
    enter(client, world, "member_b")
    sent = shown(client, address)

    client.post(address, sent | typed(world))
    client.post(address, sent | typed(world, body="Something else."))

    assert sorted(Comment.objects.values_list("body", flat=True)) == [
        "Decide, do not only write.",
        "Something else.",
    ]


def test_what_was_not_valid_may_be_sent_again(client, world):
    address = add_url(world)
    enter(client, world, "member_b")
    sent = shown(client, address)

    wrong = client.post(address, sent | typed(world, body=""))
    right = client.post(address, sent | typed(world))

    assert (wrong.status_code, right.status_code) == (422, 302)


def test_a_key_is_one_person_s_own(client, world):
    address = add_url(world)
    enter(client, world, "member_b")
    sent = shown(client, address)
    client.post(address, sent | typed(world))

    enter(client, world, "member_c")
    mine = typed(world, institution=world.institutions["C"].pk)
    client.post(address, sent | mine)

    assert Comment.objects.count() == 2


def test_without_a_key_a_form_is_carried_out_as_ever(client, world):
    enter(client, world, "member_b")

    client.post(add_url(world), typed(world))
    client.post(add_url(world), typed(world))

    assert Comment.objects.count() == 2
    assert not Submission.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "0" * 33])
def test_a_key_that_is_none_does_no_harm(client, world, key):
    enter(client, world, "member_b")

    response = client.post(add_url(world), typed(world) | {"once": key})

    assert response.status_code == 302


@pytest.mark.parametrize(
    "name", ["role", "committee", "rev", "validated_at", "is_staff"]
)
def test_a_field_nobody_asked_for_is_refused_and_logged(client, world, caplog, name):
    enter(client, world, "member_b")
    before = list(Document.objects.values())

    with caplog.at_level(logging.WARNING, "governance"):
        response = client.post(add_url(world), typed(world) | {name: "chair"})

    assert response.status_code == 400
    assert f"unexpected field {name}" in caplog.messages
    assert "Nothing was changed" in response.content.decode()
    assert (Comment.objects.count(), list(Document.objects.values())) == (0, before)


def test_a_file_nobody_asked_for_is_refused(client, world, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("text")
    enter(client, world, "member_b")

    with path.open("rb") as file:
        response = client.post(add_url(world), typed(world) | {"scan": file})

    assert response.status_code == 400


def test_a_name_in_the_log_stays_on_its_line(caplog):
    form = ReasonForm({"reason": "a", "x\ny": "b"})

    with caplog.at_level(logging.WARNING, "governance"), pytest.raises(BadRequest):
        form.is_valid()

    assert caplog.messages == ["unexpected field x\\ny"]


def test_save_as_my_draft_keeps_even_what_is_not_valid(client, world):
    address = add_url(world, plenary(world))
    user = world.person("member_b")
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world, body="", quote="The plenary")

    response = client.post(address, sent | {"keep": "1"})

    draft = Draft.objects.get()
    assert (draft.user, draft.address) == (user, address)
    assert draft.values["quote"] == ["The plenary"]
    assert not set(draft.values) & {"once", "seal", "window", "keep"}
    assert response.url == f"{address}&draft={draft.pk}"
    assert Comment.objects.count() == 0


def test_a_form_that_keeps_no_text_has_no_draft(client, world):
    address = url("comment-withdraw", give(world).pk)
    enter(client, world, "member_b")

    response = client.post(address, {"reason": "x", "keep": "1"})

    assert response.status_code == 302
    assert not Draft.objects.exists()


def test_filling_shows_what_was_typed_and_judges_nothing():
    form = CommentForm()

    form.fill({"body": ["Words"], "severity": ["no such severity"], "role": ["chair"]})

    assert (form["body"].value(), form["severity"].value()) == (
        "Words",
        "no such severity",
    )
    assert form["type"].value() == "technical"
    assert form.errors == {}


def test_a_save_by_script_is_done_once_for_a_key(secretary):
    done, key = [], uuid.uuid4()

    def do():
        done.append(1)
        return f"answer {len(done)}"

    assert [once(secretary, key, do), once(secretary, key, do)] == ["answer 1"] * 2


def test_a_refused_save_may_be_tried_again_and_keeps_what_it_set_aside(world):
    user, key = world.person("member_b"), uuid.uuid4()
    row = plenary(world)

    def refuse():
        HeldText(
            document=row.document,
            provision_uid=row.uid,
            base_revision=1,
            values={"mandate": "Mine."},
            at=row.document.committee.now(),
            by=user,
        ).save()
        raise Conflict("Somebody else was first.")

    with pytest.raises(Refused):
        once(user, key, refuse)

    assert once(user, key, lambda: "done") == "done"
    assert [row.values for row in HeldText.objects.all()] == [{"mandate": "Mine."}]


def test_what_a_conflict_set_aside_survives_and_the_key_is_given_back(rf, world):
    """Both are written in the transaction of the act, which is not undone."""
    user, row = world.person("rapporteur"), plenary(world)
    request = rf.post("/", {"once": str(uuid.uuid4()), "reason": "Because."})
    request.user = user
    form = ReasonForm(request.POST)

    def refuse(data):
        HeldText(
            document=row.document,
            provision_uid=row.uid,
            base_revision=1,
            values=data,
            at=row.document.committee.now(),
            by=user,
        ).save()
        raise Conflict("Somebody else was first.")

    answer = carry_out(request, form, refuse, "/done/")

    assert (answer, form.refused) == ("", True)
    assert [text.values for text in HeldText.objects.all()] == [{"reason": "Because."}]
    assert not Submission.objects.exists()
