"""The sign-off page, signing, signatures on paper and the rule: through the door."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import signoffs
from governance.models import Event, PaperSignature, Report, Signature, SignOffRule
from governance.permissions import Permission, can
from tests import world as worlds
from tests.governance.signed import kept, text_of
from tests.world import PASSWORD

SCAN = b"%PDF-1.4 a page with ink"


@pytest.fixture(scope="module")
def signing(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, "signing") as world:
        yield world


@pytest.fixture
def world(signing, db):
    return signing.fresh()


@pytest.fixture
def enter(world):
    def as_person(name):
        client = Client()
        client.force_login(world.person(name))
        return client

    return as_person


def address(world, name="sign"):
    key = world.report.pk if name == "sign-off" else world.candidate.pk
    return reverse(f"governance:{name}", args=[key])


def filled(page, **changes):
    """What a browser sends of the sign page, as a signatory fills it."""
    return {
        "token": page.context["token"],
        "digest": page.context["candidate"].digest,
        "position": "signed",
        "text": "",
        "read": "on",
        "password": PASSWORD,
    } | changes


def sign(client, world, **changes):
    page = client.get(address(world))
    return client.post(address(world), filled(page, **changes))


def said(answer):
    return [str(message) for message in answer.wsgi_request._messages]


def test_looking_at_the_page_writes_nothing(world, enter):
    before = Event.objects.count()

    page = enter("member_c").get(address(world))

    assert (page.status_code, Event.objects.count(), Signature.objects.count()) == (
        200,
        before,
        0,
    )
    assert "I have read the text, or had it read to me" in text_of(page)


def test_a_member_signs_for_the_institution(world, enter):
    with world.on("2022-02-01", "15:42"):
        answer = sign(enter("member_c"), world)

    signature = Signature.objects.get()
    assert (answer.status_code, answer.url) == (302, address(world, "sign-off"))
    assert said(answer) == ["You signed at 15:42."]
    assert (
        signature.person,
        signature.institution.code,
        signature.capacity,
        signature.candidate_digest,
        signature.mode,
    ) == (
        world.people["member_c"],
        "C",
        "institution",
        world.candidate.digest,
        "in_app",
    )


def test_a_second_press_gives_the_first_answer(world, enter):
    client = enter("member_c")
    form = filled(client.get(address(world)))
    with world.on("2022-02-01", "15:42"):
        client.post(address(world), form)
    with world.on("2022-02-01", "15:43"):
        again = client.post(address(world), form)

    assert (said(again)[-1], Signature.objects.count()) == ("You signed at 15:42.", 1)
    assert "You signed at 15:42" in text_of(client.get(address(world)))


def test_another_position_after_the_first_is_refused_on_the_page(world, enter):
    client = enter("member_c")
    form = filled(client.get(address(world)))
    with world.on("2022-02-01", "15:42"):
        client.post(address(world), form | {"position": "declined", "text": "No."})
        again = client.post(address(world), form)

    assert again.status_code == 409
    assert (
        f"You have declined to sign version {world.candidate.number} on 1 February 2022;"
        " what you said of it cannot be changed." in text_of(again)
    )
    assert Signature.objects.get().position == "declined"


def test_a_wrong_password_signs_nothing_and_keeps_what_was_typed(world, enter):
    answer = sign(
        enter("member_c"),
        world,
        password="not mine",
        position="reservation",
        text="Article 4 is too wide.",
    )

    text = answer.content.decode()
    assert (answer.status_code, Signature.objects.count()) == (409, 0)
    assert "The password is not right. Nothing was signed." in text
    assert "Article 4 is too wide." in text
    assert "<title>Error:" in text


def test_after_five_wrong_passwords_the_right_one_waits_too(world, enter):
    client = enter("member_c")
    for _try in range(5):
        sign(client, world, password="not mine")

    answer = sign(client, world)
    other = sign(enter("member_d"), world)

    assert answer.status_code == 409
    assert "There were too many failed tries. Wait 5 minutes" in text_of(answer)
    assert [s.person for s in Signature.objects.all()] == [world.people["member_d"]]
    assert other.status_code == 302


def test_what_is_refused_for_another_reason_is_no_failed_try(world, enter):
    client = enter("member_c")
    for _try in range(6):
        sign(client, world, digest="0" * 64)

    assert sign(client, world).status_code == 302


def test_a_form_captured_in_one_session_is_worth_nothing_in_another(world, enter):
    mine, other = enter("member_c"), enter("member_c")
    form = filled(mine.get(address(world)))

    answer = other.post(address(world), form)

    assert (answer.status_code, Signature.objects.count()) == (409, 0)
    assert "not made for this sign-in and this text" in text_of(answer)


@pytest.mark.parametrize("token", ["", "forged", "a:b:c"])
def test_a_forged_form_is_refused(world, enter, token):
    answer = sign(enter("member_c"), world, token=token)

    assert (answer.status_code, Signature.objects.count()) == (409, 0)


def test_a_form_of_ten_minutes_ago_is_refused_and_a_fresh_one_is_there(world, enter):
    client = enter("member_c")
    with time_machine.travel(dt.datetime(2022, 2, 1, 9, tzinfo=dt.UTC), tick=False):
        form = filled(client.get(address(world)))
    with time_machine.travel(dt.datetime(2022, 2, 1, 9, 11, tzinfo=dt.UTC), tick=False):
        late = client.post(address(world), form)
        fresh = client.post(address(world), filled(late))

    assert (late.status_code, fresh.status_code) == (409, 302)
    assert "older than ten minutes" in text_of(late)


def test_after_sign_out_a_captured_form_leads_to_sign_in(world, enter):
    client = enter("member_c")
    form = filled(client.get(address(world)))
    client.logout()

    answer = client.post(address(world), form)

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/sign-in/")


def test_a_new_candidate_makes_the_old_form_worthless(world, enter):
    client = enter("member_c")
    old = address(world)
    form = filled(client.get(old))
    sign(enter("member_d"), world)
    again(world)

    replayed = client.post(old, form)
    elsewhere = client.post(address(world), form)

    assert (replayed.status_code, elsewhere.status_code) == (409, 409)
    assert Signature.objects.filter(person=world.people["member_c"]).count() == 0


def again(world):
    """The candidate is withdrawn, and a next one is called."""
    with world.on("2022-02-02"):
        signoffs.withdraw(world.report, by=world.person("secretary"), reason="A gap.")
    with world.on("2022-02-03"):
        signoffs.submit_for_signature(
            world.fresh().report, by=world.person("secretary")
        )
    return world.fresh()


def test_signatures_on_an_earlier_candidate_stay_and_count_for_nothing(world, enter):
    sign(enter("member_d"), world)
    number = world.candidate.number
    again(world)

    page = enter("member_c").get(address(world, "sign-off"))

    assert (
        f"Member D of world, for a member institution: signed; for version {number};"
        " no longer counts"
    ) in text_of(page)
    assert page.context["counts"] == [("Absent", 1), ("No answer", 4)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"position": ""}, "Choose one of the three positions."),
        ({"position": "reservation"}, "Write the reservation word for word."),
        ({"position": "declined"}, "Say why you decline."),
        ({"text": "But not so."}, "You wrote a reservation: choose"),
        ({"read": ""}, "Read the text, or have it read to you, and say so."),
        ({"password": ""}, "Type your password."),
    ],
)
def test_what_is_missing_is_said(world, enter, changes, sentence):
    answer = sign(enter("member_c"), world, **changes)

    assert (answer.status_code, Signature.objects.count()) == (422, 0)
    assert sentence in text_of(answer)


def test_who_holds_two_capacities_chooses_one(world, enter):
    page = enter("member_b").get(address(world))

    assert [c for c, _i in page.context["capacities"]] == ["institution", "vice_chair"]
    unsaid = sign(enter("member_b"), world)
    chosen = sign(enter("member_b"), world, capacity="vice_chair")

    assert (unsaid.status_code, chosen.status_code) == (422, 302)
    assert Signature.objects.get().capacity == "vice_chair"


def test_the_last_signature_validates_and_the_page_says_what_is_next(world, enter):
    sign(enter("member_c"), world)
    sign(enter("member_d"), world, position="reservation", text="<b>Not</b> clause 4.")
    sign(enter("chair"), world)

    page = enter("secretary").get(address(world, "sign-off"))

    text = text_of(page)
    assert Report.objects.get(pk=world.report.pk).state == "validated"
    assert f"Reference {world.report.reference}." in text
    assert "the secretariat proposes the release, the Chair releases" in text
    assert "&lt;b&gt;Not&lt;/b&gt; clause 4." in page.content.decode()
    assert page.context["counts"] == [
        ("Signed", 1),
        ("Signed with a reservation", 1),
        ("Absent", 1),
        ("No answer", 2),
    ]


def test_the_sheet_lists_every_voting_institution_once_and_adds_up(world, enter):
    sign(enter("member_c"), world)

    page = enter("member_e").get(address(world, "sign-off"))

    names = [line["name"] for line in page.context["lines"]]
    assert names == [f"Institution {code}" for code in worlds.CODES]
    assert sum(n for _label, n in page.context["counts"]) == len(names)
    assert [str(item) for item in page.context["owed"]] == [
        "One signature is missing: as the Chair.",
        "1 member institution more must sign: 1 of the 2 needed have.",
    ]


@pytest.mark.parametrize(
    ("name", "signs", "records"),
    [
        ("member_c", True, False),
        ("chair", True, False),
        ("secretary", True, True),
        ("rapporteur", True, False),
    ],
)
def test_only_open_steps_are_offered(world, enter, name, signs, records):
    page = enter(name).get(address(world, "sign-off"))

    assert (page.context["may_sign"], page.context["may_record"]) == (signs, records)


@pytest.mark.parametrize(
    ("name", "reads"), [("member_e", True), ("official", False), ("observer", False)]
)
def test_names_on_the_sheet_are_for_those_inside(world, enter, name, reads):
    sign(enter("member_c"), world)
    sign(enter("chair"), world)
    type(world.report).objects.update(
        shared_with_officials=True, shared_with_observers=True
    )

    page = enter(name).get(address(world, "sign-off"))

    signatories = ["Member C of world", "Chair of world"]
    assert [person in text_of(page) for person in signatories] == [reads, reads]
    assert page.context["sheet"]["counts"]["signed"] == 1


def test_before_there_is_a_candidate_the_page_says_who_makes_one(db, client):
    other = worlds.at_stage("amending", slug="other")
    client.force_login(other.person("member_c"))

    page = client.get(reverse("governance:sign-off", args=[other.report.pk]))

    assert "the secretariat submits the amended text for signature" in text_of(page)


def test_the_page_asks_the_same_number_of_questions_however_many_signed(world, enter):
    client, counted = enter("secretary"), []
    client.get(address(world, "sign-off"))
    for names in (["member_c"], ["member_d", "member_e"]):
        for name in names:
            worlds.sign(world, name)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(world, "sign-off"))
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_neighbours_find_nothing_and_officials_do_not_sign(world, enter, secretary):
    """`secretary` is the fixture's: of another committee."""
    stranger = Client()
    stranger.force_login(secretary)

    addresses = [address(world, n) for n in ("sign", "sign-off", "paper-signature-add")]
    assert [stranger.get(a).status_code for a in addresses] == [404, 404, 404]
    assert enter("official").get(address(world)).status_code == 404


# On paper


def paper(world, **changes):
    return {
        "person": world.people["member_c"].pk,
        "capacity": "institution",
        "signed_on": "1 February 2022",
        "position": "signed",
        "text": "",
        "authority": "",
        "scan": SimpleUploadedFile("scan.pdf", SCAN),
    } | changes


def record(world, enter, **changes):
    return enter("secretary").post(
        address(world, "paper-signature-add"), paper(world, **changes)
    )


def move(row, name):
    return reverse(f"governance:paper-signature-{name}", args=[row.pk])


def test_a_paper_counts_when_a_second_person_confirms(world, enter):
    record(world, enter)
    row = PaperSignature.objects.get()
    waiting = text_of(enter("member_e").get(address(world, "sign-off")))
    own = enter("secretary").post(move(row, "confirm"), {})

    done = enter("officer").post(move(row, "confirm"), {})

    signature = Signature.objects.get()
    assert "Member C of world for a member institution does not count yet" in waiting
    assert (own.status_code, done.status_code) == (409, 302)
    assert (signature.mode, signature.institution.code) == ("wet_ink", "C")
    assert "A second person confirms what you entered." in text_of(own)


def test_a_refused_paper_does_not_count_and_stays(world, enter):
    record(world, enter)
    row = PaperSignature.objects.get()

    enter("officer").post(move(row, "refuse"), {"reason": "It is version 0.3."})

    row.refresh_from_db()
    assert (row.state, Signature.objects.count()) == ("refused", 0)
    page = text_of(
        enter("officer").get(reverse("governance:paper-signature", args=[row.pk]))
    )
    assert "Not confirmed" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"scan": SimpleUploadedFile("scan.pdf", b"<html>")},
            "The name “scan.pdf” and the content of the file disagree.",
        ),
        (
            {"scan": SimpleUploadedFile("scan.pdf", b"%PDF-" + b"x" * 3 * 1024**2)},
            "The file is larger than 3 MB.",
        ),
        ({"scan": ""}, "“Scan of the signed page” is missing: choose a file."),
        ({"capacity": "chair"}, "does not sign this report in that capacity."),
        ({"signed_on": "yesterday"}, "This is not a date."),
    ],
)
def test_what_a_paper_lacks_is_said_and_the_rest_stays(world, enter, changes, sentence):
    answer = record(
        world, enter, position="reservation", text="Clause 4 is too wide.", **changes
    )

    assert answer.status_code in {409, 422}
    assert sentence in text_of(answer)
    assert "Clause 4 is too wide." in answer.content.decode()
    assert PaperSignature.objects.count() == 0


def test_a_person_has_one_paper_and_it_lapses_with_its_text(world, enter):
    record(world, enter)

    again = record(world, enter)
    paper = PaperSignature.objects.get()
    page = reverse("governance:paper-signature", args=[paper.pk])
    before = text_of(enter("officer").get(page))
    with world.on("2022-02-10"):
        signoffs.withdraw(
            world.report, by=world.person("secretary"), reason="A word is missing."
        )
    after = text_of(enter("officer").get(page))
    work = text_of(enter("officer").get(reverse("governance:my-work")))

    assert "waits for its second person already." in text_of(again)
    assert "Confirm the signature" in before
    assert "it is of a text that is not being signed any more" in after
    assert "Confirm the signature" not in after + work


def test_the_scan_is_an_attachment_that_runs_nothing(world, enter):
    record(world, enter)
    row = PaperSignature.objects.get()

    answer = enter("officer").get(move(row, "scan"))

    name = f"{world.report.reference}-signature-{row.pk}.pdf"
    assert answer.content == SCAN
    assert (
        answer["Content-Type"],
        answer["Content-Disposition"],
        answer["Content-Security-Policy"],
        answer["X-Content-Type-Options"],
    ) == (
        "application/pdf",
        f'attachment; filename="{name}"',
        "sandbox; default-src 'none'",
        "nosniff",
    )


def test_a_changed_scan_is_not_served(world, enter):
    record(world, enter)
    row = PaperSignature.objects.get()
    with row.scan.storage.open(row.scan.name, "wb") as file:
        file.write(SCAN + b"!")

    answer = enter("officer").get(move(row, "scan"))

    assert (answer.status_code, SCAN in answer.content) == (503, False)


@pytest.mark.parametrize("name", ["member_c", "chair", "rapporteur", "official"])
def test_only_the_secretariat_sees_papers(world, enter, name):
    record(world, enter)
    row = PaperSignature.objects.get()
    addresses = [
        reverse("governance:paper-signature", args=[row.pk]),
        *(move(row, verb) for verb in ("confirm", "refuse", "scan")),
    ]

    assert {enter(name).get(a).status_code for a in addresses} == {403}


def test_the_official_transmittal_is_recorded_too(world, enter):
    answer = record(
        world, enter, person=world.people["official"].pk, capacity="transmittal"
    )

    assert answer.status_code == 302
    assert PaperSignature.objects.get().person == world.people["official"]


# The rule


def rule_address(world):
    return reverse("governance:sign-off-rule", args=[world.committee.slug])


RULE = {
    "seats": ["chair", "rapporteur"],
    "threshold": "two_thirds",
    "fixed_number": "",
    "starts_on": "1 March 2022",
}


def test_the_rule_is_read_with_an_example(world, enter):
    page = text_of(enter("official").get(rule_address(world)))

    assert "these have signed: the Chair;" in page
    assert "so many institutions have signed: 2, a fixed number" in page
    assert "today 5 institutions vote, so 2 of them must sign." in page
    assert "Set a new rule" not in page


def test_the_rule_does_not_change_while_a_report_is_signed(world, enter):
    answer = enter("chair").post(rule_address(world), RULE)

    assert (answer.status_code, SignOffRule.objects.count()) == (409, 1)
    assert "A report is being signed: its rule and the seats" in text_of(answer)
    assert 'value="1 March 2022"' in answer.content.decode()


@pytest.fixture
def proposed(world, enter):
    """A rule that the Chair proposed, after the candidate was withdrawn."""
    with world.on("2022-02-02"):
        signoffs.withdraw(world.report, by=world.person("secretary"), reason="A gap.")
        worlds.conclude(world)
        answer = enter("chair").post(rule_address(world), RULE)
    assert answer.status_code == 302
    return SignOffRule.objects.order_by("-pk").first()


def confirm_address(rule):
    return reverse("governance:sign-off-rule-confirm", args=[rule.pk])


def test_the_chair_proposes_a_rule_that_does_not_count_yet(world, enter, proposed):
    with world.on("2022-02-03"):
        own = text_of(enter("chair").get(rule_address(world)))
        other = enter("secretary").get(rule_address(world))

    assert (
        proposed.seats,
        proposed.threshold,
        proposed.fixed_number,
        proposed.starts_on,
        proposed.is_agreed,
    ) == (["chair", "rapporteur"], "two_thirds", None, dt.date(2022, 3, 1), False)
    assert "Chair of world proposes, from 1 March 2022" in own
    assert "Another person confirms it" in own
    assert confirm_address(proposed) in other.content.decode()


def test_another_person_confirms_it_from_the_list_of_work(world, enter, proposed):
    with world.on("2022-02-03"):
        client = enter("secretary")
        work = client.get("/").content.decode()
        page = text_of(client.get(confirm_address(proposed)))
        answer = client.post(confirm_address(proposed))

    assert confirm_address(proposed) in work
    assert "Chair of world proposes, from 1 March 2022: at least two thirds" in page
    assert answer.url == rule_address(world)
    assert SignOffRule.objects.get(pk=proposed.pk).is_agreed


def test_the_own_rule_is_not_confirmed_and_the_page_says_who_does(
    world, enter, proposed
):
    with world.on("2022-02-03"):
        answer = enter("chair").post(confirm_address(proposed))

    assert answer.status_code == 409
    assert "You proposed this rule; another person confirms it." in text_of(answer)


def test_a_neighbour_does_not_find_the_rule(world, enter, proposed):
    neighbour = worlds.build("other", "ZW")
    client = Client()
    client.force_login(neighbour.person("chair"))

    assert client.post(confirm_address(proposed)).status_code == 404


def test_a_number_must_be_given_where_a_number_is_chosen(world, enter):
    answer = enter("chair").post(rule_address(world), RULE | {"threshold": "number"})

    assert answer.status_code == 422
    assert "Write how many institutions must sign." in text_of(answer)


@pytest.mark.parametrize("name", ["member_c", "official", "rapporteur", "observer"])
def test_others_do_not_set_the_rule(world, enter, name):
    answer = enter(name).post(rule_address(world), RULE)

    assert (answer.status_code, SignOffRule.objects.count()) == (403, 1)
    assert not can(world.person(name), Permission.CHANGE_SETTINGS, world.committee)
