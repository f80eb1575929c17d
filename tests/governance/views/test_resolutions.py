"""The resolutions' pages: drafting, the decision in the session, and who sees what."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from governance.actions import adoption, attendance, resolutions
from governance.errors import Refused
from governance.models import FollowUp, Resolution, RoadmapAction
from governance.models.resolutions import Phase
from tests.governance.shared import shared_world

built, world = shared_world("session")
DAY = "2021-12-07"
CONSENSUS = {"mode": "consensus"}


@pytest.fixture
def ask(client, world):
    def asking(name, page, of, data=None, at="11:00", query=None):
        client.force_login(world.person(name))
        url = reverse(f"governance:{page}", args=[of])
        with world.on(DAY, at):
            if data is None:
                return client.get(url, query or {})
            return client.post(url, data)

    return asking


def draft(world, by="secretary", **fields):
    fields = {
        "verb": "REQUESTS",
        "text": "institution C to write the protocol",
        "lead": world.institutions["C"],
        "due_on": dt.date(2022, 3, 31),
        "deliverable": "Protocol",
    } | fields
    with world.on(DAY, "10:00"):
        return resolutions.propose(world.workshop, by=world.person(by), **fields)


def adopted(world, **fields):
    resolution = draft(world, **fields)
    with world.on(DAY, "10:30"):
        return adoption.adopt(resolution, by=world.person("chair"), mode="consensus")


def text(response):
    return " ".join(response.content.decode().split())


def test_an_empty_list_says_who_does_the_next_step(ask, world):
    page = text(ask("member_c", "resolutions", "world"))

    assert "No resolution is proposed yet." in page
    assert "Propose a resolution</a>" in page


def test_the_list_shows_the_standing_and_is_narrowed(ask, world):
    adopted(world)
    draft(world, lead=world.institutions["D"], verb="NOTES")

    def numbers(**query):
        page = ask("official", "resolutions", "world", query=query)
        return [
            (row.number, row.standing()) for row in page.context["page"].object_list
        ]

    both = [("RES/2021/01", "Adopted, not started"), ("RES/2021/02", "Proposed")]
    assert numbers() == both
    assert numbers(state="adopted") == both[:1]
    assert numbers(lead="D") == both[1:]
    assert numbers(workshop=world.workshop.pk) == both
    assert numbers(q="nothing of this") == []
    assert numbers(lead="XYZ") == both


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    ask, world, count, django_assert_num_queries
):
    for _ in range(count):
        adopted(world)
    url = reverse("governance:resolutions", args=["world"])
    client_page = ask("member_c", "resolutions", "world")
    assert len(client_page.context["rows"]) == count

    client = client_page.client
    with django_assert_num_queries(10):
        client.get(url)


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        ("12 500", "12500.00"),
        ("12 500.00", "12500.00"),
        ("12,500.50", "12500.50"),
        ("", "None"),
        ("12,500", "“12,500” can be read in two ways. Write 12500 or 12.5."),
        ("-5", "“-5” is below zero."),
        ("much", "“much” is not a number. Write it like 12 500 or 12 500.50."),
    ],
)
def test_a_cost_is_read_as_the_portal_writes_it(ask, world, cost, said):
    answer = ask(
        "member_c",
        "resolution-add",
        world.workshop.pk,
        {"verb": "URGES", "text": "a budget line", "cost": cost},
    )

    if answer.status_code == 302:
        assert str(Resolution.objects.get().cost) == said
    else:
        assert answer.context["form"].errors["cost"] == [said]


def test_proposing_keeps_all_that_was_typed(ask, world):
    body = world.document.bodies.first()

    answer = ask(
        "member_c",
        "resolution-add",
        world.workshop.pk,
        {
            "verb": "CALLS UPON",
            "text": "data holders to agree a protocol",
            "lead": world.institutions["D"].pk,
            "lead_as": "TWG1",
            "support": [world.institutions["A"].pk, world.institutions["B"].pk],
            "support_as": "all leads",
            "deliverable": "Signed protocol",
            "due_on": "30 September 2022",
            "trigger": "",
            "means_of_verification": "Six signatures",
            "cost": "1500.50",
            "funded_by": "IOM",
            "provision_uid": str(body.uid),
            "linked_to": "A3.1.1",
        },
    )

    made = Resolution.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert [
        made.number,
        made.verb,
        made.text,
        made.lead_name,
        made.support_name,
        sorted(i.code for i in made.support.all()),
        made.deliverable,
        made.due_on,
        made.means_of_verification,
        str(made.cost),
        made.funded_by,
        made.provision_uid,
        made.linked_to,
        made.state,
    ] == [
        "RES/2021/01",
        "CALLS UPON",
        "data holders to agree a protocol",
        "TWG1",
        "all leads",
        ["A", "B"],
        "Signed protocol",
        dt.date(2022, 9, 30),
        "Six signatures",
        "1500.50",
        "IOM",
        body.uid,
        "A3.1.1",
        "proposed",
    ]
    page = text(ask("member_c", "resolution", made.pk))
    link = reverse("governance:provision", args=[world.document.pk, body.uid])
    assert f'href="{link}"' in page
    assert "P1 500.50, IOM" in page


def test_a_draft_with_errors_is_shown_again_with_what_was_typed(ask, world):
    c = world.institutions["C"]

    answer = ask(
        "secretary",
        "resolution-add",
        world.workshop.pk,
        {
            "verb": "",
            "text": "Long text",
            "lead": c.pk,
            "support": [c.pk],
            "relation": "amends",
        },
    )

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {
        "verb": ["Begin with an operative verb."],
        "support": ["The lead institution does not support itself."],
        "earlier": ["Name the earlier resolution."],
    }
    page = text(answer)
    assert "<title>Error: Propose a resolution" in page
    assert ">\nLong text</textarea>" in answer.content.decode()
    assert not Resolution.objects.exists()


@pytest.mark.parametrize("key", ["9" * 5000, str(2**63), "+9_" + "9" * 20, "-1", "x"])
def test_an_institution_that_cannot_be_is_no_choice(ask, world, key):
    sent = {"verb": "ASKS", "text": "Long text", "support": [key]}

    answer = ask("secretary", "resolution-add", world.workshop.pk, sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (
        422,
        ["support"],
    )
    assert ">\nLong text</textarea>" in answer.content.decode()
    assert not Resolution.objects.exists()


def test_the_advice_quotes_the_words(ask, world):
    made = draft(world, verb="HOPES", text="to act soon", due_on=None, deliverable="")

    page = text(ask("secretary", "resolution", made.pk))

    assert "“HOPES” is not an operative verb" in page
    assert "“soon” is not a time" in page
    assert "RES/2021/01 has neither a date nor a trigger." in page
    assert "“HOPES”" not in text(ask("official", "resolution", made.pk))


def test_changing_writes_only_what_differs(ask, world):
    made = draft(world, support=[world.institutions["A"]])
    page = ask("rapporteur", "resolution-change", made.pk)
    shown = page.context["form"].initial
    data = {k: v for k, v in shown.items() if v is not None}
    data |= {"lead": made.lead_id, "due_on": "31 March 2022"}

    answer = ask(
        "rapporteur",
        "resolution-change",
        made.pk,
        data | {"text": "C to sign the protocol"},
    )

    made.refresh_from_db()
    assert answer.status_code == 302
    assert (made.text, made.state, made.due_on, made.support.count()) == (
        "C to sign the protocol",
        "amended",
        dt.date(2022, 3, 31),
        1,
    )


def test_an_adopted_text_has_no_change_button_and_offers_a_later_one(ask, world):
    made = adopted(world)

    page = text(ask("chair", "resolution", made.pk))
    answer = ask(
        "chair",
        "resolution-change",
        made.pk,
        {"verb": "NOTES", "text": "something else", "lead": made.lead_id},
    )

    made.refresh_from_db()
    add = reverse("governance:resolution-add", args=[world.workshop.pk])
    assert f'href="{add}?earlier={made.pk}&amp;relation=amends"' in page
    assert "Adopted text is never edited." in page
    assert reverse("governance:resolution-change", args=[made.pk]) not in page
    assert (answer.status_code, made.text) == (
        409,
        "institution C to write the protocol",
    )
    assert "something else" in text(answer)


def rows_of(*rows, total=5, **more):
    data = {"rows-TOTAL_FORMS": total, "rows-INITIAL_FORMS": 0} | more
    for i, row in enumerate(rows):
        data |= {f"rows-{i}-{name}": value for name, value in row.items()}
    return data


def test_the_rows_filled_in_become_the_actions(ask, world):
    made = draft(world)
    i = world.institutions

    answer = ask(
        "rapporteur",
        "resolution-follow-ups",
        made.pk,
        rows_of(
            {"title": "Write", "lead": i["C"].pk, "due_on": "31 January 2022"},
            {},
            {
                "title": "Sign",
                "lead": i["D"].pk,
                "lead_as": "TWG1",
                "phase": "recurring",
                "starts_on": "1 February 2022",
                "due_on": "30 June 2023",
                "deliverable": "Six signatures",
                "number": "15",
            },
        ),
    )

    assert answer.status_code == 302
    assert list(
        FollowUp.objects.values_list(
            "position", "title", "lead__code", "lead_as", "phase", "starts_on", "due_on",
            "deliverable", "number",
        )
    ) == [
        (1, "Write", "C", "", Phase.FIRST, None, dt.date(2022, 1, 31), "", None),
        (
            2, "Sign", "D", "TWG1", Phase.RECURRING, dt.date(2022, 2, 1),
            dt.date(2023, 6, 30), "Six signatures", 15,
        ),
    ]  # fmt: skip


def test_one_row_more_keeps_what_was_typed_and_saves_nothing(ask, world):
    made = draft(world)

    answer = ask(
        "secretary",
        "resolution-follow-ups",
        made.pk,
        rows_of({"title": "Write", "due_on": "some day"}, more="1"),
    )

    page = answer.content.decode()
    assert (answer.status_code, len(answer.context["form"].rows.forms)) == (200, 6)
    assert 'value="Write"' in page
    assert 'value="some day"' in page
    assert not FollowUp.objects.exists()


def test_a_wrong_row_is_marked_and_all_rows_stay(ask, world):
    made = draft(world)

    answer = ask(
        "secretary",
        "resolution-follow-ups",
        made.pk,
        rows_of(
            {"title": "Write", "starts_on": "1 May 2022", "due_on": "1 April 2022"}
        ),
    )

    assert answer.status_code == 422
    assert [dict(e) for e in answer.context["form"].rows.errors if e] == [
        {
            "lead": ["Name the one institution that leads."],
            "due_on": ["The deadline is before the start."],
        }
    ]
    assert 'value="Write"' in answer.content.decode()


def test_the_rows_set_before_are_shown_and_can_be_emptied(ask, world):
    made = draft(world)
    row = {"title": "Write", "lead": world.institutions["C"].pk, "due_on": "31/1/22"}
    ask("secretary", "resolution-follow-ups", made.pk, rows_of(row))

    page = ask("secretary", "resolution-follow-ups", made.pk).content.decode()
    ask(
        "secretary",
        "resolution-follow-ups",
        made.pk,
        rows_of({}) | {"rows-INITIAL_FORMS": 1},
    )

    assert 'value="Write"' in page
    assert 'value="31 January 2022"' in page
    assert not FollowUp.objects.exists()


def test_the_chair_records_a_consensus_with_a_reservation(ask, world):
    made = draft(world)
    c = world.institutions["C"]

    page = text(ask("chair", "resolution-adopt", made.pk))
    answer = ask(
        "chair",
        "resolution-adopt",
        made.pk,
        CONSENSUS | {f"reservation_{c.pk}": "Subject to <b>budget</b> ceilings."},
    )

    made.refresh_from_db()
    assert "4 of 5 institutions with a vote are present (3 needed)." in page
    assert (answer.status_code, made.state) == (302, "adopted")
    shown = text(ask("official", "resolution", made.pk))
    assert "Subject to &lt;b&gt;budget&lt;/b&gt; ceilings." in shown
    assert "7 December 2021, 11:00" in shown
    assert "RM01" in shown
    assert "Focal point" not in shown


def test_more_votes_than_institutions_present_are_said_under_the_field(ask, world):
    made = draft(world)

    answer = ask(
        "chair",
        "resolution-adopt",
        made.pk,
        {"mode": "hands", "votes_for": "4", "votes_against": "1", "abstentions": "0"},
    )

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {
        "votes_for": ["5 votes were counted, but 4 institutions are present."]
    }
    assert 'value="4"' in answer.content.decode()
    assert Resolution.objects.get().state == "proposed"


def test_a_roll_call_asks_everybody_present_and_is_shown(ask, world):
    made = draft(world)
    pks = {code: world.institutions[code].pk for code in "ABCD"}
    votes = {f"vote_{pks[code]}": "for" for code in "ABC"}

    short = ask("chair", "resolution-adopt", made.pk, {"mode": "roll_call"} | votes)
    answer = ask(
        "chair",
        "resolution-adopt",
        made.pk,
        {"mode": "roll_call", f"vote_{pks['D']}": "against"} | votes,
    )

    assert dict(short.context["form"].errors) == {
        f"vote_{pks['D']}": ["Say how D voted."]
    }
    assert answer.status_code == 302
    shown = text(ask("member_c", "resolution", made.pk))
    assert "Roll call: 3 for, 1 against, 0 abstaining" in shown
    assert "<li>D: Against</li>" in shown


def test_a_refusal_keeps_what_was_typed(ask, world):
    made = draft(world)

    answer = ask(
        "chair",
        "resolution-adopt",
        made.pk,
        {"mode": "hands", "votes_for": "2", "votes_against": "2", "abstentions": "0"},
    )

    assert answer.status_code == 409
    assert "2 for and 2 against is not enough to adopt RES/2021/01." in text(answer)
    assert answer.content.decode().count('value="2"') == 2


def test_without_a_quorum_the_button_is_a_sentence(ask, world):
    made = draft(world)
    with world.on(DAY, "10:40"):
        for person in world.workshop.participants.all()[:2]:
            attendance.leave(person, by=world.person("secretary"))

    shown = ask("chair", "resolution", made.pk)
    page = text(ask("chair", "resolution-adopt", made.pk))
    answer = ask("chair", "resolution-adopt", made.pk, CONSENSUS)

    assert "The decision cannot be recorded now." in text(shown)
    assert [move["label"] for move in shown.context["moves"]] == [
        "Change the draft",
        "Set the actions",
        "Withdraw the resolution",
    ]
    assert "The decision cannot be recorded now." in page
    assert "Adopt the resolution</button>" not in page
    assert (answer.status_code, RoadmapAction.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("page", "by", "state"),
    [
        ("resolution-defer", "chair", "deferred"),
        ("resolution-reject", "chair", "rejected"),
        ("resolution-withdraw", "secretary", "withdrawn"),
    ],
)
def test_it_is_decided_otherwise_with_the_reason(ask, world, page, by, state):
    made = draft(world)

    empty = ask(by, page, made.pk, {"reason": " "})
    answer = ask(by, page, made.pk, {"reason": "No finance note"})

    made.refresh_from_db()
    assert (empty.status_code, answer.status_code) == (422, 302)
    assert (made.state, made.decision_note) == (state, "No finance note")
    assert "No finance note" in text(ask("official", "resolution", made.pk))


def test_a_deferred_one_is_put_on_the_table_again(ask, world):
    made = draft(world)
    ask("chair", "resolution-defer", made.pk, {"reason": "No finance note"})

    page = text(ask("member_c", "resolution", made.pk))
    ask("member_c", "resolution-take-up", made.pk, {"workshop": world.workshop.pk})

    assert "Put on the table again</a>" in page
    assert Resolution.objects.get().state == "proposed"


def test_buttons_are_the_open_moves_of_the_person(ask, world):
    made = draft(world)

    def buttons(name):
        page = ask(name, "resolution", made.pk)
        return [move["label"] for move in page.context["moves"]]

    drafting = ["Change the draft", "Set the actions"]
    assert buttons("chair") == [
        "Record the decision",
        *drafting,
        "Defer the resolution",
        "Reject the resolution",
        "Withdraw the resolution",
    ]
    assert buttons("member_c") == []
    assert buttons("official") == []
    assert buttons("rapporteur") == [*drafting, "Withdraw the resolution"]


def test_a_member_words_what_its_own_institution_proposed(ask, world):
    own = draft(world, by="member_c")
    other = draft(world, by="member_d")

    page = ask("member_c", "resolution", own.pk)
    ask("member_c", "resolution-withdraw", own.pk, {"reason": "Not now."})
    refused = ask("member_c", "resolution-withdraw", other.pk, {"reason": "Not now."})

    assert [move["label"] for move in page.context["moves"]] == [
        "Change the draft",
        "Set the actions",
        "Withdraw the resolution",
    ]
    assert refused.status_code == 409
    assert [r.state for r in Resolution.objects.order_by("serial")] == [
        "withdrawn",
        "proposed",
    ]


FORMS = [
    "resolution-change",
    "resolution-follow-ups",
    "resolution-adopt",
    "resolution-defer",
    "resolution-reject",
    "resolution-withdraw",
    "resolution-take-up",
]


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize(
    ("name", "status"), [("official", 403), ("observer", 403), ("admin", 404)]
)
def test_who_only_reads_is_told_who_does_this(ask, world, page, name, status):
    made = draft(world)

    assert ask(name, page, made.pk).status_code == status
    assert ask(name, page, made.pk, {"reason": "x"}).status_code == status
    assert Resolution.objects.get().state == "proposed"


@pytest.mark.parametrize("page", FORMS[2:5])
def test_the_secretariat_records_no_decision(ask, world, page):
    made = draft(world)

    answer = ask("secretary", page, made.pk, CONSENSUS | {"reason": "x"})

    assert answer.status_code == 403
    assert "This is done by: Chair." in text(answer)


def test_what_was_typed_for_somebody_who_left_is_shown_and_nothing_is_adopted(
    ask, world
):
    made = draft(world)
    pk = world.institutions["D"].pk
    person = world.workshop.participants.get(institution=pk)
    with world.on(DAY, "10:50"):
        attendance.leave(person, by=world.person("secretary"))

    answer = ask(
        "chair",
        "resolution-adopt",
        made.pk,
        CONSENSUS | {f"reservation_{pk}": "Subject to budget ceilings."},
    )

    assert dict(answer.context["form"].errors) == {
        f"reservation_{pk}": [
            "D is not present with a vote any more. Record that it is back, or clear"
            " what is written here for it."
        ]
    }
    assert "Subject to budget ceilings.</textarea>" in answer.content.decode()
    assert Resolution.objects.get().state == "proposed"


def test_a_vote_of_somebody_who_left_is_refused_once(ask, world):
    made = draft(world)
    pks = {code: world.institutions[code].pk for code in "ABCD"}
    person = world.workshop.participants.get(institution=pks["D"])
    with world.on(DAY, "10:50"):
        attendance.leave(person, by=world.person("secretary"))
    votes = {"mode": "roll_call"} | {f"vote_{pks[code]}": "for" for code in "ABC"}

    first = ask(
        "chair", "resolution-adopt", made.pk, votes | {f"vote_{pks['D']}": "against"}
    )
    again = ask("chair", "resolution-adopt", made.pk, votes)

    assert first.context["form"].non_field_errors() == [
        "D is not present with a vote any more: its vote is left out. Record that it is"
        " back, or press the button again."
    ]
    assert f'name="vote_{pks["D"]}"' not in first.content.decode()
    assert again.status_code == 302


def test_the_form_of_an_adopted_resolution_says_that_it_is_adopted(ask, world):
    made = adopted(world)

    page = text(ask("secretary", "resolution-change", made.pk))

    assert "RES/2021/01 is at “Adopted”: its text is not changed any more." in page


def test_a_number_that_is_in_the_roadmap_is_not_reserved_again(world):
    adopted(world)
    second = draft(world, text="institution D to write the minutes")
    row = {
        "title": "Write them",
        "lead": world.institutions["D"],
        "due_on": dt.date(2022, 3, 31),
        "number": 1,
    }

    with world.on(DAY, "11:00"), pytest.raises(Refused) as refused:
        resolutions.set_follow_ups(second, [row], by=world.person("secretary"))

    assert str(refused.value) == (
        "RM01 is in the roadmap already: give “Write them” another number, or leave it"
        " empty for the next that is free."
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"provision_uid": uuid.uuid4()}, "The report has no such provision"),
        ({"relation": "amends"}, "Name the earlier resolution"),
    ],
)
def test_what_a_resolution_rests_on_is_there(world, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        draft(world, **fields)
