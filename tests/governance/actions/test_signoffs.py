"""The exact text, signed by who must, validated by the rule and by nobody."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import editing, paper_signatures, sign_off_rules, signoffs
from governance.errors import Refused
from governance.flow import move
from governance.models import Body, Signature, Validation, Version
from tests import world as worlds

pytestmark = pytest.mark.django_db
SCAN = ("scan.pdf", b"%PDF-1.7 a scan\n%%EOF\n")


@pytest.fixture
def world():
    return worlds.at_stage("signing")


def sign(world, name, **facts):
    candidate = facts.pop("candidate", None) or world.candidate
    facts = {"text_digest": candidate.digest, "password": worlds.PASSWORD} | facts
    with world.on("2022-02-28"):
        return signoffs.sign(candidate, by=world.person(name), **facts)


def test_the_last_signature_that_the_rule_asks_for_validates(world):
    for name in ("member_c", "member_d"):
        sign(world, name)
    assert world.fresh().report.state == "signing"

    sign(world, "chair")

    validation = Validation.objects.get()
    assert world.fresh().report.state == "validated"
    assert (validation.version.number, validation.version.digest) == (
        "1.0",
        validation.candidate.digest,
    )
    assert validation.version.content == validation.candidate.content


def test_every_institution_stands_once_on_the_sheet_and_the_numbers_add_up(world):
    sign(world, "member_c")
    sign(world, "member_d", position="reservation", text="On article 2.")
    sign(world, "member_b", position="declined", text="No mandate.")
    sign(world, "member_e")
    sign(world, "chair")

    sheet = Validation.objects.get().sheet
    lines = {line["code"]: line["status"] for line in sheet["institutions"]}
    assert lines == {
        "A": "no_answer",
        "B": "declined",
        "C": "signed",
        "D": "reservation",
        "E": "signed",
    }
    assert sum(sheet["counts"].values()) == sheet["voting"] == 5


def test_a_repeat_is_the_same_signature(world):
    first = sign(world, "member_c", nonce="form")

    assert sign(world, "member_c", nonce="form").pk == first.pk
    assert Signature.objects.count() == 1


def test_a_form_is_used_by_one_person_once(world):
    sign(world, "member_c", nonce="form")

    with pytest.raises(Refused, match="used already"):
        sign(world, "member_d", nonce="form")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"password": "wrong"}, "password is not right"),
        ({"text_digest": "0" * 64}, "another text"),
        ({"text_digest": ""}, "another text"),
        ({"text": "But."}, "choose “signs with a reservation”"),
        ({"position": "reservation"}, "word for word"),
        ({"position": "declined"}, "why you decline"),
        ({"position": "perhaps"}, "Say whether"),
        ({"capacity": "chair"}, "in that capacity"),
    ],
)
def test_what_is_not_right_signs_nothing(world, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        sign(world, "member_c", **facts)
    assert not Signature.objects.exists()


def test_the_first_sixteen_digits_are_enough_to_say_which_text(world):
    digits = world.candidate.digest[:16].upper()
    assert sign(world, "member_c", text_digest=f"{digits[:8]} {digits[8:]}")


def test_a_changed_text_is_a_new_candidate_and_old_signatures_count_for_nothing(world):
    old = world.candidate
    for name in ("member_c", "member_d"):
        sign(world, name)
    with world.on("2022-03-01"):
        signoffs.withdraw(world.report, by=world.person("secretary"), reason="A word.")
        row = Body.objects.order_by("position").first()
        by = world.person("rapporteur")
        editing.edit_provision(row, base=0, by=by, mandate="Another word.")
        signoffs.confirm_amendments(world.report, by=by)
        new = signoffs.submit_for_signature(world.report, by=world.person("secretary"))

    with pytest.raises(Refused, match="a newer candidate"):
        sign(world, "member_e", candidate=old)
    sign(world, "chair")

    assert world.fresh().report.state == "signing"
    assert (old.signatures.count(), new.signatures.count()) == (2, 1)


def test_the_text_is_submitted_by_another_than_who_confirmed_it():
    world = worlds.at_stage("amending")
    with world.on("2022-01-31"):
        with pytest.raises(Refused, match="has not confirmed"):
            signoffs.submit_for_signature(world.report, by=world.person("secretary"))
        with pytest.raises(PermissionDenied):
            signoffs.confirm_amendments(world.report, by=world.person("secretary"))
        signoffs.confirm_amendments(world.report, by=world.person("rapporteur"))
        with pytest.raises(Refused, match="already"):
            signoffs.confirm_amendments(world.report, by=world.person("rapporteur"))

        row = Body.objects.order_by("position").first()
        editing.edit_provision(
            row, base=0, by=world.person("secretary"), mandate="Slipped in."
        )
        with pytest.raises(Refused, match="has not confirmed"):
            signoffs.submit_for_signature(world.report, by=world.person("secretary"))


@pytest.mark.parametrize("name", ["chair", "secretary", "admin"])
def test_nobody_validates(world, name):
    with pytest.raises(PermissionDenied):
        move(world.report, "validate", by=world.person(name))
    with pytest.raises(Refused, match="must sign"):
        move(world.report, "validate", by=None)
    assert world.fresh().report.state == "signing"


def test_a_late_signature_is_kept_and_changes_nothing():
    world = worlds.at_stage("validated")
    sheet = Validation.objects.get().sheet

    late = sign(world, "member_e")

    assert late.is_late
    assert Validation.objects.get().sheet == sheet
    assert Version.objects.filter(kind="validated").count() == 1


def test_a_signature_on_paper_counts_when_a_second_person_has_compared_it(world):
    secretary, officer = world.person("secretary"), world.person("officer")
    with world.on("2022-02-28"):
        paper = paper_signatures.record_paper(
            world.candidate,
            world.person("member_e"),
            scan=SCAN,
            signed_on=dt.date(2022, 2, 27),
            by=secretary,
        )
        with pytest.raises(Refused, match="second person"):
            paper_signatures.confirm_paper(paper, by=secretary)
        assert not Signature.objects.exists()

        signature = paper_signatures.confirm_paper(paper, by=officer)

    assert (signature.person, signature.mode) == (world.people["member_e"], "wet_ink")


def test_a_signature_on_paper_is_of_the_day_on_the_paper(world):
    def enter(day):
        return paper_signatures.record_paper(
            world.candidate,
            world.person("member_e"),
            scan=SCAN,
            signed_on=dt.date.fromisoformat(day),
            by=world.person("secretary"),
        )

    with world.on("2022-02-28"):
        for day in ("2022-01-30", "2022-03-01"):  # before the text was frozen, tomorrow
            with pytest.raises(Refused, match="between 31 January 2022, when the text"):
                enter(day)
        paper = enter("2022-02-27")
        signature = paper_signatures.confirm_paper(paper, by=world.person("officer"))

    at = signature.signed_at.astimezone(world.committee.zone)
    assert at.isoformat() == "2022-02-27T12:00:00+02:00"


def test_a_signature_on_paper_never_stands_beside_one_in_the_portal(world):
    with world.on("2022-02-28"):
        paper = paper_signatures.record_paper(
            world.candidate,
            world.person("member_e"),
            scan=SCAN,
            signed_on=dt.date(2022, 2, 27),
            by=world.person("secretary"),
        )
    sign(world, "member_e")

    with (
        world.on("2022-03-01"),
        pytest.raises(Refused, match="signed this text already"),
    ):
        paper_signatures.confirm_paper(paper, by=world.person("officer"))


def test_the_rule_does_not_change_while_a_report_is_being_signed(world):
    with world.on("2022-02-28"), pytest.raises(Refused, match="being signed"):
        sign_off_rules.set_rule(
            world.committee,
            by=world.person("chair"),
            starts_on=dt.date(2022, 2, 28),
            seats=[],
            threshold="number",
            fixed_number=1,
        )
