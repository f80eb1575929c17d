"""Comments: for one's institution, answered with a reason, never lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from governance.actions import answers, comments, editing, placing
from governance.errors import Refused
from governance.models import Body, Comment
from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.at_stage("circulated")


def write(world, code="C", by=None, **facts):
    row = Body.objects.order_by("position").first()
    with world.on("2021-11-10"):
        return comments.comment_on(
            world.document,
            row.uid,
            institution=world.institutions[code],
            by=world.person(by or f"member_{code.lower()}"),
            **{"body": "Why?", "type": "technical", "severity": "substantive"} | facts,
        )


def answer(world, row, disposition="noted", by="rapporteur", **facts):
    with world.on("2021-11-29"):
        return answers.respond(row, disposition, by=world.person(by), **facts)


def test_a_comment_keeps_what_its_author_saw(world):
    row = write(world)

    assert (row.code, row.section, row.provision_text, row.version.number) == (
        "C01",
        "1 Plenary",
        "The plenary meets and writes.",
        "0.2",
    )
    assert (row.institution.code, row.author_name) == ("C", "Member C of world")


def test_a_member_comments_for_its_own_institution_only(world):
    with pytest.raises(PermissionDenied):
        write(world, "D", by="member_c")


def test_the_secretariat_enters_a_comment_on_behalf_and_it_says_so(world):
    assert write(world, "D", by="secretary").on_behalf
    assert not write(world, "D").on_behalf


@pytest.mark.parametrize("stage", ["drafting", "amending", "signing", "validated"])
def test_comments_are_open_from_circulation_to_the_workshop_only(stage):
    with pytest.raises(Refused, match="Comments are not open"):
        write(worlds.at_stage(stage, "closed"))


def test_ones_own_comment_is_changed_until_it_is_answered(world):
    row = write(world)
    comments.change_comment(row, by=world.person("member_c"), body="How?")
    assert Comment.objects.get().body == "How?"
    assert "Why?" in row.events.first().note

    answer(world, row)
    with pytest.raises(Refused, match="was answered"):
        comments.change_comment(row, by=world.person("member_c"), body="When?")
    with pytest.raises(Refused, match="is not possible there"):
        comments.withdraw(row, by=world.person("member_c"))


def test_another_institution_does_not_change_or_withdraw_it(world):
    row = write(world)

    with pytest.raises(PermissionDenied, match="is a comment of Institution C"):
        comments.change_comment(row, by=world.person("member_d"), body="How?")
    with pytest.raises(PermissionDenied, match="is a comment of Institution C"):
        comments.withdraw(row, by=world.person("member_d"))


def test_a_withdrawn_comment_stays_on_record(world):
    row = write(world)

    comments.withdraw(row, by=world.person("member_c"), reason="Seen.")

    assert Comment.objects.get().state == "withdrawn"
    assert write(world).number == 2


def test_who_does_not_accept_says_why(world):
    row = write(world)
    with pytest.raises(Refused, match="Say why"):
        answer(world, row, "not_accepted", reason=" ")
    assert (
        answer(world, row, "not_accepted", reason="It is law.").reason == "It is law."
    )


@pytest.mark.parametrize("name", ["member_c", "chair", "official", "observer"])
def test_only_rapporteur_and_secretariat_answer(world, name):
    with pytest.raises(PermissionDenied):
        answer(world, write(world), by=name)


def test_nobody_answers_their_own_comment(world):
    row = write(world)
    Comment.objects.update(author=world.person("rapporteur"))
    row.refresh_from_db()

    with pytest.raises(Refused, match="Somebody else"):
        answer(world, row)
    assert answer(world, row, by="secretary").disposition == "noted"


def test_a_duplicate_names_another_comment_of_the_report(world):
    first, second = write(world), write(world, "D")
    with pytest.raises(Refused, match="Name the comment"):
        answer(world, second, "duplicate")
    with pytest.raises(Refused, match="no duplicate of itself"):
        answer(world, second, "duplicate", duplicate_of=second)
    assert answer(world, second, "duplicate", duplicate_of=first).duplicate_of == first


def test_a_duplicate_is_of_a_comment_that_has_an_answer_of_its_own(world):
    first, second, third, gone = (write(world) for _ in range(4))
    with world.on("2021-11-11"):
        comments.withdraw(gone, by=world.person("member_c"))
    answer(world, second, "duplicate", duplicate_of=first)

    with pytest.raises(Refused, match="C02 is a duplicate of C01: name that one"):
        answer(world, third, "duplicate", duplicate_of=second)
    with pytest.raises(Refused, match="C04 is withdrawn"):
        answer(world, third, "duplicate", duplicate_of=gone)
    with pytest.raises(Refused, match="it needs an answer of its own"):
        answer(world, first, "duplicate", duplicate_of=third)
    with pytest.raises(Refused, match="it needs an answer of its own"):
        comments.withdraw(first, by=world.person("member_c"))


def test_the_words_that_are_quoted_stand_in_the_provision(world):
    assert write(world, quote="the plenary, **meets** and").quote
    with pytest.raises(ValidationError, match="These words are not in the provision"):
        write(world, quote="words that are not there")


def test_the_author_institution_is_not_satisfied_once(world):
    row = write(world)
    answer(world, row)
    answers.contest(row, by=world.person("member_c"), text="That is no answer.")
    assert Comment.objects.get().state == "contested"

    answer(world, row, "not_accepted", reason="It is law.")
    with pytest.raises(Refused, match="once"):
        answers.contest(row, by=world.person("member_c"), text="Still not.")


def test_an_accepted_wording_goes_into_the_text_and_the_answer_points_there(world):
    row = write(world, suggested_wording="The plenary decides.")
    worlds.consolidate(world)
    answer(world, row, "accepted")

    revision = answers.apply_suggestion(row, by=world.person("rapporteur"))

    assert Body.objects.get(uid=row.provision_uid).mandate == "The plenary decides."
    row = Comment.objects.get()
    assert (row.state, row.changes.get().revision) == ("incorporated", revision)


def test_a_wording_for_a_text_that_has_changed_is_looked_at_once_more(world):
    row = write(world, suggested_wording="The plenary decides.")
    worlds.consolidate(world)
    answer(world, row, "accepted")
    by = world.person("rapporteur")
    body = Body.objects.get(uid=row.provision_uid)
    editing.edit_provision(body, base=0, by=by, mandate="Another text.")

    with pytest.raises(Refused, match="has changed since"):
        answers.apply_suggestion(row, by=by)

    assert answers.apply_suggestion(row, by=by, over_changed_text=True)


def test_a_comment_keeps_its_provision_when_that_is_moved_and_removed(world):
    row = write(world)
    worlds.consolidate(world)
    by = world.person("rapporteur")
    body = Body.objects.get(uid=row.provision_uid)

    placing.move_provision(body, to=2, by=by)
    placing.remove_provision(body, by=by)

    kept = Comment.objects.get()
    assert (kept.provision_uid, kept.provision_text) == (
        row.provision_uid,
        "The plenary meets and writes.",
    )


def test_an_accepted_comment_is_not_closed_before_the_text_shows_it(world):
    row = write(world)
    worlds.consolidate(world)
    answer(world, row, "accepted")
    by = world.person("rapporteur")

    with pytest.raises(Refused, match="no change in the text"):
        answers.close(row, by=by)
    with pytest.raises(Refused, match="No change"):
        answers.incorporate(row, by=by)

    body = Body.objects.get(uid=row.provision_uid)
    editing.edit_provision(body, base=0, by=by, answers=[row], mandate="New.")
    answers.incorporate(row, by=by)
    answers.close(row, by=by)
    assert Comment.objects.get().state == "closed"


def test_a_suggested_wording_too_long_for_its_place_is_refused(world):
    Body.objects.update(mandate="")

    with pytest.raises(ValidationError) as refused:
        write(world, suggested_wording="x" * 151)

    assert refused.value.message_dict == {
        "suggested_wording": ["It has 151 characters; 150 fit."]
    }


def test_a_suggestion_for_a_name_is_one_line(world):
    Body.objects.update(mandate="")

    assert write(world, suggested_wording="The\nPlenary").suggested_wording == (
        "The Plenary"
    )
