"""The roadmap's pages: the list, an action and its moves, the file, the centres."""

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.actions import adoption, centres, resolutions, roadmap, roadmap_changes
from governance.models import ActionReport, Centre, CentreRequest, RoadmapAction
from tests.governance.shared import shared_world

built, world = shared_world("session")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
LATER = "2022-04-16"  # sixteen days after the deadline of RM01


@pytest.fixture
def ask(client, world):
    def asking(name, page, of, data=None, on=LATER, query=None):
        client.force_login(world.person(name))
        url = reverse(f"governance:{page}", args=[of])
        with world.on(on):
            if data is None:
                return client.get(url, query or {})
            return client.post(url, data)

    return asking


@pytest.fixture
def action(world):
    """RM01, led by C, due on 31 March 2022."""
    with world.on("2021-12-07", "11:00"):
        resolution = resolutions.propose(
            world.workshop,
            by=world.person("secretary"),
            verb="REQUESTS",
            text="institution C to write the protocol",
            lead=world.institutions["C"],
            due_on=dt.date(2022, 3, 31),
            deliverable="Protocol",
        )
        adoption.adopt(resolution, by=world.person("chair"), mode="consensus")
    return RoadmapAction.objects.get()


def add(world, title, lead="D", phase="second", due=dt.date(2022, 6, 30), **fields):
    with world.on("2022-01-10"):
        return roadmap.add_action(
            world.report,
            by=world.person("secretary"),
            title=title,
            lead=world.institutions[lead],
            phase=phase,
            due_on=due,
            reason="Asked for by the Minister",
            **fields,
        )


def text(response):
    return " ".join(response.content.decode().split())


def numbers(response):
    return [row["action"].number for row in response.context["rows"]]


def test_an_empty_roadmap_says_where_actions_come_from(ask, world):
    page = text(ask("official", "roadmap", "world"))

    assert "Actions appear here when resolutions are adopted" in page
    assert "Add an action" not in page


@pytest.mark.parametrize("name", ["official", "observer", "member_d", "chair"])
def test_every_role_reads_what_is_overdue_in_words(ask, world, action, name):
    page = text(ask(name, "roadmap", "world"))

    assert "1 action: 1 overdue." in page
    assert '<span class="tag bad">Overdue 16 days</span>' in page
    assert "31 March 2022" in page


def test_on_the_day_itself_it_is_not_overdue(ask, world, action):
    page = text(ask("official", "roadmap", "world", on="2022-03-31"))

    assert "1 action: 1 not started." in page
    assert "Overdue" not in page.replace("Overdue only", "")


def test_a_revised_deadline_shows_the_first_one_and_the_reason(ask, world, action):
    with world.on("2022-02-01"):
        roadmap_changes.revise_due(
            action,
            due_on=dt.date(2022, 6, 30),
            reason="Late nominations",
            by=world.person("secretary"),
        )

    page = text(ask("official", "roadmap", "world"))

    assert "<s>31 March 2022</s><br>30 June 2022" in page
    assert "Late nominations</span>" in page
    assert "1 action: 1 not started." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["RM01", "RM03", "RM02"]),
        ({"lead": "D"}, ["RM03", "RM02"]),
        ({"phase": "third"}, ["RM02"]),
        ({"state": "in_progress"}, ["RM03"]),
        ({"overdue": "1"}, ["RM01"]),
        ({"q": "review"}, ["RM02"]),
        ({"quarter": "2022-1"}, ["RM03"]),
        ({"quarter": "2021-4"}, ["RM01"]),
        ({"order": "number"}, ["RM01", "RM02", "RM03"]),
        ({"order": "due"}, ["RM01", "RM03", "RM02"]),
        ({"order": "state"}, ["RM01", "RM02", "RM03"]),
        ({"lead": "C", "phase": "third"}, []),
        ({"lead": "XYZ"}, ["RM01", "RM03", "RM02"]),
    ],
)
def test_the_roadmap_is_narrowed_and_ordered(ask, world, action, query, found):
    add(world, "Mid-term review", phase="third", due=dt.date(2023, 9, 30))
    third = add(world, "Train officers")
    with world.on("2022-02-01"):
        roadmap.start(third, by=world.person("member_d"))

    assert numbers(ask("member_c", "roadmap", "world", query=query)) == found


def test_the_resolution_narrows_and_the_numbers_of_the_headline_add_up(
    ask, world, action
):
    for title in ("Train officers", "Print", "Translate"):
        add(world, title)

    page = ask("official", "roadmap", "world")
    narrowed = ask(
        "official", "roadmap", "world", query={"resolution": action.resolution_id}
    )

    assert page.context["headline"] == "4 actions: 1 overdue, 3 not started."
    assert numbers(narrowed) == ["RM01"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    ask, world, action, count, django_assert_num_queries
):
    for n in range(count):
        made = add(world, f"Action {n}")
        with world.on("2022-02-01"):
            roadmap.start(made, by=world.person("member_d"))
            roadmap_changes.revise_due(
                made,
                due_on=dt.date(2022, 8, 1),
                reason="x",
                by=world.person("secretary"),
            )
    page = ask("member_c", "roadmap", "world")

    with django_assert_num_queries(11):
        page.client.get(reverse("governance:roadmap", args=["world"]))
    with django_assert_num_queries(7):
        page.client.get(reverse("governance:roadmap-xlsx", args=["world"]))


def test_25_rows_are_on_a_page(ask, world, action):
    RoadmapAction.objects.bulk_create(
        RoadmapAction(
            committee=world.committee,
            report=world.report,
            serial=n,
            reason="x",
            phase="first",
            title=f"Action {n}",
            lead=world.institutions["C"],
            due_on=dt.date(2022, 5, 1),
        )
        for n in range(2, 28)
    )

    page = ask("official", "roadmap", "world", query={"page": 2})

    assert numbers(page) == ["RM26", "RM27"]
    assert page.context["headline"] == "27 actions: 1 overdue, 26 not started."


def sheet(data):
    """The rows of the first sheet of an XLSX file, as text."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = [
            "".join(t.text or "" for t in entry.iter(f"{space}t"))
            for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [
        [
            strings[int(cell[0].text)] if cell.get("t") == "s" else cell[0].text
            for cell in row
            if len(cell)
        ]
        for row in page.iter(f"{space}row")
    ]


def test_the_file_has_the_columns_of_the_roadmap(ask, world, action):
    with world.on("2022-02-01"):
        roadmap_changes.revise_due(
            action,
            due_on=dt.date(2022, 4, 10),
            reason="Late nominations",
            by=world.person("secretary"),
        )

    answer = ask("official", "roadmap-xlsx", "world")

    assert answer["Content-Disposition"] == (
        'attachment; filename="world-roadmap-2022-04-16.xlsx"'
    )
    assert sheet(answer.content) == [
        [
            "No.", "Resolution", "Phase", "Action", "Lead", "Start", "Due (original)",
            "Revised due", "Reason", "Status", "Overdue days", "Deliverable", "Evidence",
        ],
        [
            "RM01", "RES/2021/01", "0–3 months", "Protocol", "C", "44651", "44661",
            "Late nominations", "Not started", "6", "Protocol", "",
        ],
    ]  # fmt: skip


def test_the_file_holds_what_the_filters_let_pass(ask, world, action):
    add(world, "Train officers")

    rows = sheet(ask("official", "roadmap-xlsx", "world", query={"lead": "D"}).content)

    assert [row[0] for row in rows] == ["No.", "RM02"]


def test_the_lead_goes_from_start_to_done_with_a_file(ask, world, action):
    ask("member_c", "roadmap-action-start", action.pk, {"note": "Group met"})
    ask(
        "member_c",
        "roadmap-action-report",
        action.pk,
        {"note": "Half is written", "evidence": ""},
    )
    answer = ask(
        "member_c",
        "roadmap-action-claim-done",
        action.pk,
        {"evidence": "Protocol", "file": SimpleUploadedFile("../p.png", PNG)},
    )
    ask("secretary", "roadmap-action-verify", action.pk, {"note": "Read"})

    row = ActionReport.objects.get(state="done_claimed")
    file = ask("official", "evidence-file", row.pk)
    assert (answer.status_code, answer.url) == (302, action.get_absolute_url())
    assert b"".join(file.streaming_content) == PNG
    assert (file["Content-Disposition"], file["X-Content-Type-Options"]) == (
        f'attachment; filename="RM01-2022-04-16-{row.pk}.png"',
        "nosniff",
    )
    page = text(ask("official", "roadmap-action", action.pk))
    assert list(action.progress.values_list("state", "note")) == [
        ("in_progress", "Group met"),
        ("in_progress", "Half is written"),
        ("done_claimed", ""),
        ("verified", "Read"),
    ]
    assert "institution C to write the protocol" in page
    assert "Download the file of 16 April 2022</a>" in page
    assert "<summary>History</summary>" not in page
    assert "<summary>History</summary>" in text(
        ask("chair", "roadmap-action", action.pk)
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("p.png", b"<svg>", "The name “p.png” and the content of the file disagree."),
        ("p.svg", b"<svg>", "Web pages and SVG drawings are not accepted"),
        ("p.png", PNG + b"0" * 3 * 1024 * 1024, "at most 3 MB are accepted."),
    ],
)
def test_a_bad_file_is_said_under_the_field_and_the_text_stays(
    ask, world, action, name, data, said
):
    answer = ask(
        "member_c",
        "roadmap-action-claim-done",
        action.pk,
        {
            "evidence": "Protocol",
            "note": "Long",
            "file": SimpleUploadedFile(name, data),
        },
    )

    (error,) = answer.context["form"].errors["file"]
    assert answer.status_code == 422
    assert said in error
    assert 'value="Protocol"' in answer.content.decode()
    assert ">\nLong</textarea>" in answer.content.decode()
    assert not ActionReport.objects.exists()


OWN = ["start", "report", "claim-done", "block"]
KEPT = ["revise-due", "carry-forward"]
CHAIRED = ["cancel", "transfer"]
SECRETARIAT = ["verify", "send-back"]
RIGHTS = {
    "member_c": OWN,
    "member_d": [],
    "secretary": OWN + KEPT + SECRETARIAT,
    "chair": KEPT + CHAIRED,
    "official": [],
    "observer": [],
}


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("end", OWN + KEPT + CHAIRED + SECRETARIAT)
def test_a_page_of_a_move_opens_for_those_who_may(ask, world, action, name, end):
    answer = ask(name, f"roadmap-action-{end}", action.pk)

    assert answer.status_code == (200 if end in RIGHTS[name] else 403)


def test_a_member_of_another_institution_is_told_who_reports(ask, world, action):
    answer = ask("member_d", "roadmap-action-start", action.pk, {"note": "x"})

    assert answer.status_code == 403
    assert (
        "RM01 is reported on by Institution C, or by the secretariat for it."
        in text(answer)
    )


def test_buttons_are_the_open_moves_of_the_person(ask, world, action):
    def buttons(name):
        page = ask(name, "roadmap-action", action.pk)
        return [move["label"] for move in page.context["moves"]]

    own = [
        "Report progress",
        "Report it as done",
        "Start the action",
        "Report it as blocked",
    ]
    kept = ["Change the deadline", "Carry the action forward"]
    assert buttons("member_c") == own
    assert buttons("member_d") == []
    assert buttons("secretary") == own + kept
    assert buttons("chair") == [
        *kept,
        "Let another institution lead",
        "Cancel the action",
    ]
    ask("secretary", "roadmap-action-claim-done", action.pk, {"evidence": "Protocol"})
    assert buttons("secretary") == [
        "Report progress",
        "Send the action back",
        "Change the deadline",
    ]
    assert buttons("officer")[0] == "Verify the action"


def test_the_moves_of_secretariat_and_chair_keep_their_words(ask, world, action):
    other = add(world, "Train officers")
    ask("secretary", "roadmap-action-claim-done", action.pk, {"evidence": "Protocol"})
    ask("officer", "roadmap-action-send-back", action.pk, {"reason": "No signature"})
    ask("member_c", "roadmap-action-block", action.pk, {"blocked_by": other.pk})
    page = text(ask("official", "roadmap-action", action.pk))
    ask(
        "secretary",
        "roadmap-action-revise-due",
        action.pk,
        {"due_on": "30 June 2022", "reason": "Elections", "decision": "Minute 4"},
    )
    ask(
        "chair",
        "roadmap-action-carry-forward",
        action.pk,
        {"due_on": "31 March 2023", "reason": "Next estimates", "evidence": "Letter"},
    )
    ask(
        "chair",
        "roadmap-action-transfer",
        action.pk,
        {"to": world.institutions["E"].pk, "reason": "Mandate", "decision": "Minute 8"},
    )
    ask(
        "chair",
        "roadmap-action-cancel",
        other.pk,
        {"reason": "Overtaken", "decision": "Minute 9"},
    )

    assert "waits for RM02 Train officers" in page
    assert list(
        RoadmapAction.objects.values_list("serial", "state", "lead__code", "due_on")
    ) == [
        (1, "transferred", "C", dt.date(2022, 3, 31)),
        (2, "cancelled", "D", dt.date(2022, 6, 30)),
        (3, "not_started", "E", dt.date(2023, 3, 31)),
    ]
    page = text(ask("official", "roadmap-action", action.pk))
    assert "31 March 2022, as first decided" in page
    assert "decided on 16 April 2022, Minute 4" in page
    assert "RM03 Protocol</a>" in page


@pytest.mark.parametrize(
    ("end", "by", "data", "errors"),
    [
        ("claim-done", "member_c", {"evidence": ""}, ["evidence"]),
        ("report", "member_c", {"note": "", "evidence": ""}, ["note"]),
        ("block", "member_c", {"reason": ""}, ["reason"]),
        ("revise-due", "chair", {"due_on": "soon", "reason": ""}, ["due_on", "reason"]),
        ("cancel", "chair", {"reason": "x", "decision": ""}, ["decision"]),
        ("transfer", "chair", {"reason": "x", "decision": "y"}, ["to"]),
    ],
)
def test_what_is_missing_is_said_under_its_field(
    ask, world, action, end, by, data, errors
):
    answer = ask(by, f"roadmap-action-{end}", action.pk, data)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, errors)
    assert "<title>Error: " in answer.content.decode()
    assert RoadmapAction.objects.get().state == "not_started"


def test_a_refusal_is_shown_in_the_form_with_what_was_typed(ask, world, action):
    answer = ask(
        "secretary",
        "roadmap-action-carry-forward",
        action.pk,
        {"due_on": "1 March 2022", "reason": "Next estimates"},
    )

    assert answer.status_code == 409
    assert "An action is carried forward to a later day." in text(answer)
    assert 'value="Next estimates"' in answer.content.decode()


def test_an_action_is_added_with_its_ground(ask, world, action):
    data = {
        "title": "Train officers",
        "lead": world.institutions["D"].pk,
        "phase": "second",
        "due_on": "30 June 2022",
    }

    refused = ask("rapporteur", "roadmap-action-add", world.report.pk, data)
    answer = ask(
        "rapporteur",
        "roadmap-action-add",
        world.report.pk,
        data | {"resolution": action.resolution_id},
    )

    made = RoadmapAction.objects.get(serial=2)
    assert list(refused.context["form"].errors) == ["resolution"]
    assert (answer.url, made.resolution, made.lead.code) == (
        made.get_absolute_url(),
        action.resolution,
        "D",
    )


@pytest.mark.parametrize(
    ("name", "status"), [("member_c", 403), ("official", 403), ("admin", 404)]
)
def test_who_may_not_add_an_action(ask, world, name, status):
    assert ask(name, "roadmap-action-add", world.report.pk).status_code == status


@pytest.mark.parametrize("page", ["roadmap", "roadmap-xlsx"])
def test_who_has_no_role_here_finds_no_roadmap(ask, world, page):
    assert ask("admin", page, "world").status_code == 404


def test_who_has_no_role_here_finds_no_action_and_no_file(ask, world, action):
    with world.on("2022-03-01"):
        row = roadmap.claim_done(
            action, by=world.person("member_c"), evidence="x", file=("p.png", PNG)
        )

    assert [
        ask("admin", "roadmap-action", action.pk).status_code,
        ask("admin", "evidence-file", row.pk).status_code,
        ask("official", "evidence-file", row.pk + 1).status_code,
    ] == [404, 404, 404]


@pytest.fixture
def asked(world):
    centre = Centre.objects.create(
        code="AMO",
        name="Observatory",
        seat="Rabat",
        established="2018",
        description="Data",
    )
    with world.on("2022-01-10"):
        return centres.plan_request(
            world.committee,
            by=world.person("secretary"),
            centre=centre,
            purpose="Review of data",
            lead=world.institutions["C"],
            needed_by=dt.date(2022, 9, 30),
        )


def test_a_centre_page_shows_the_requests_with_their_steps(ask, world, asked):
    before = text(ask("official", "centre", asked.centre_id))
    answer = ask(
        "secretary",
        "centre-request-step",
        asked.pk,
        {"name": "send", "on": "10 March 2022", "reference": "NV 12/2022"},
    )

    page = text(ask("official", "centre", asked.centre_id))
    assert '<span class="tag ">Planned</span>' in before
    assert answer.url == asked.centre.get_absolute_url()
    assert '<span class="tag info">Letter sent</span>' in page
    assert "<strong>Letter sent</strong>, 10 March 2022" in page
    assert "NV 12/2022" in page
    assert "Record a step" not in page
    assert "Record a step" in text(ask("chair", "centre", asked.centre_id))


def test_a_step_that_is_refused_stays_typed(ask, world, asked):
    answer = ask(
        "secretary",
        "centre-request-step",
        asked.pk,
        {"name": "send", "on": "10 March 2022", "note": "By post"},
    )

    assert answer.status_code == 409
    assert "Cite the letter that was sent." in text(answer)
    assert ">\nBy post</textarea>" in answer.content.decode()
    assert CentreRequest.objects.get().state == "planned"


@pytest.mark.parametrize("name", ["member_c", "rapporteur", "official"])
def test_who_records_no_steps(ask, world, asked, name):
    assert ask(name, "centre-request-step", asked.pk).status_code == 403
