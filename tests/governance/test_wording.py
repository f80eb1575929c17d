"""Advice on the wording of a draft resolution: what is wanting, and no false alarms."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.wording import remarks

pytestmark = pytest.mark.once

COMPLETE = {
    "verb": "REQUESTS",
    "text": "the host ministry to assign at least two officers to the Secretariat",
    "lead": "Ministry of Home Affairs",
    "due": dt.date(2022, 3, 31),
    "trigger": "",
    "deliverable": "two officers in post",
    "means_of_verification": "posting letters",
}

# As adopted on 8 December 2021, with the result and the evidence their road-map names.
ADOPTED = [
    (
        "ADOPTS, subject to amendments",
        'the report "Strengthening Migration Governance in Lesotho" as recorded in the comments matrix',
        "Secretariat",
        "2022-01-31",
        "v0.4 of the report, with the agreed amendments",
        "v0.4 and matrix",
    ),
    (
        "REQUESTS",
        "member institutions to sign the amended report through their focal points, and the Chair to send it to the Minister",
        "MoHA",
        "2022-02-28",
        "v1.0 signed and sent to the Minister",
        "signature sheet; transmittal letter",
    ),
    (
        "ENDORSES",
        "a two-phase legal route: Cabinet decision first, statute second; drafting instructions to issue",
        "MoHA",
        "2022-06-30",
        "drafting instructions and an options paper",
        "instructions",
    ),
    (
        "MANDATES",
        "the Chair to lodge a Cabinet memorandum with a finance note",
        "MoHA",
        "2022-09-30",
        "Cabinet memorandum lodged",
        "draft memorandum",
    ),
    (
        "DECIDES",
        "to work under the new ToR on an interim basis from 1 Jan 2022; each member to name a focal point and an alternate office",
        "all members",
        "2022-01-31",
        "nomination letters for focal points and alternates",
        "24 letters",
    ),
    (
        "REQUESTS",
        "the host ministry to assign at least two officers to the Secretariat",
        "MoHA",
        "2022-03-31",
        "two officers in post",
        "posting letters",
    ),
    (
        "URGES",
        "the ministry responsible for finance to provide a budget line, or a reallocation, for 2022/23",
        "MoF",
        "2022-02-28",
        "a decision on the budget line",
        "letter",
    ),
    (
        "APPROVES",
        "the strategic plan and year-1 activity plan as working documents; costing to be checked",
        "MoDP",
        "2022-03-31",
        "joint costing check",
        "costing note",
    ),
    (
        "ESTABLISHES",
        "four technical working groups, with ToR to the first ordinary meeting",
        "TWG leads",
        "2022-04-30",
        "ToR and first sitting of four TWGs",
        "four ToR",
    ),
    (
        "CALLS UPON",
        "data-holding institutions to agree a data-sharing protocol convened by the Bureau of Statistics",
        "BOS",
        "2022-09-30",
        "protocol signed by six institutions",
        "protocol text",
    ),
    (
        "REQUESTS",
        "formal letters to AMO, ACSRM and COC setting out the support sought",
        "MoFAIR",
        "2022-03-31",
        "letters to the three centres",
        "three notes verbales",
    ),
    (
        "DIRECTS",
        "the Secretariat to report each quarter on these resolutions, first report at the end of March 2022, and to start the advocacy strategy by 30 June 2022",
        "DIS",
        "2022-03-31",
        "quarterly follow-up reports",
        "four reports issued",
    ),
]


def not_one(lead):
    return f"“{lead}” is not one lead: name one institution, the others in support."


def vague(words):
    return f"“{words}” is not a time: give a date, or the event it waits for."


def activity(words):
    return f"“{words}” is an activity; name what exists once it is done."


NO_TIME = "It has neither a date nor an event it waits for."


def on(**changes):
    return remarks(**COMPLETE | changes)


def test_complete_wording_draws_no_remark():
    assert on() == []


def test_of_the_resolutions_of_2021_only_two_without_one_lead_draw_a_remark():
    fields = ("verb", "text", "lead", "due", "deliverable", "means_of_verification")
    said = {}
    for number, row in enumerate(ADOPTED, start=1):
        fields_of = dict(zip(fields, row, strict=True)) | {
            "due": dt.date.fromisoformat(row[3])
        }
        said[number] = remarks(trigger="", **fields_of)

    assert {number: r for number, r in said.items() if r} == {
        5: [not_one("all members")],
        9: [not_one("TWG leads")],
    }


def test_an_empty_draft_lacks_everything_in_the_order_of_a_resolution():
    empty = dict.fromkeys(COMPLETE, " ") | {"due": None}

    assert remarks(**empty) == [
        "It has no operative verb, such as ADOPTS, DECIDES or REQUESTS.",
        "It has no operative text.",
        "It names no lead institution.",
        NO_TIME,
        "It names no deliverable: what exists once it is carried out.",
        "It does not say what will prove that it was carried out.",
    ]


@pytest.mark.parametrize(
    "verb",
    [
        "adopts",
        "ADOPTS, subject to amendments",
        "FURTHER REQUESTS",
        "Also strongly urges",
        "CALLS UPON",
        "Calls on",
        "TAKES NOTE",
        "AUTHORIZES",
        "REQUESTS AND MANDATES",
    ],
)
def test_an_operative_verb_passes(verb):
    assert on(verb=verb) == []


@pytest.mark.parametrize(
    "verb", ["ADOPT", "Noting", "CONSIDERS", "CALLS", "SHOULD", "FURTHER", "1."]
)
def test_any_other_verb_is_quoted(verb):
    assert on(verb=verb) == [
        f"“{verb}” is not an operative verb, such as ADOPTS, DECIDES or REQUESTS."
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "Secretariat",
        "MoHA",
        "Chair",
        "Ministry of Foreign Affairs and International Relations",
        "Ministry of Justice, Law, Constitutional Affairs and Human Rights",
        "Ministry of Gender, Youth, Sports and Recreation",
        "Ministry of Police and Public Safety",
        "Ministry of Local Government, Chieftainship, Home Affairs and Police (MoLGCHAP)",
        "Council on Higher Education",
        "Employers' side, through NACOLA",
        "Department of Immigration Services (migration coordination)",
        "Immigration and Passport Services",
        "Office of the Attorney-General (law drafting)",
        "African Union Commission and its centres",
        "International Organization for Migration",
    ],
)
def test_one_lead_passes_even_with_and_in_its_name(lead):
    assert on(lead=lead) == []


@pytest.mark.parametrize(
    "lead",
    [
        "all",
        "All members",
        "all NCC institutions",
        "TWG leads",
        "Member institutions",
        "TBD",
        ",",
        "MoHA and MoF",
        "MoHA, MoF",
        "MoHA / MoF",
        "MoHA or the Secretariat",
        "MoHA & AGC",
        "Ministry of Home Affairs and Ministry of Finance",
        "Ministry of Home Affairs jointly with the Bureau of Statistics",
        "Secretariat and Bureau of Statistics",
        "Ministry of Finance and Planning and MoHA",
    ],
)
def test_several_leads_or_nobody_in_particular_are_quoted(lead):
    assert on(lead=lead) == [not_one(lead)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("soon", "the Secretariat to call the members soon"),
        (
            "As soon as possible",
            "As soon as possible the Chair to write to the Minister",
        ),
        ("ASAP", "the Chair to lodge the memorandum ASAP"),
        ("in due course", "the Secretariat to report in due course"),
        ("in the near future", "the Chair to convene the members in the near future"),
        ("shortly", "the Chair to write shortly to the three centres"),
    ],
)
def test_a_vague_time_is_quoted_even_beside_a_date(words, text):
    assert on(text=text) == [vague(words)]


def test_a_vague_trigger_is_no_event():
    assert on(due=None, trigger="as soon as possible") == [vague("as soon as possible")]


def test_the_same_vague_words_are_quoted_once():
    assert on(text="to meet soon and report soon", due=None) == [vague("soon"), NO_TIME]


def test_timely_is_vague_only_where_no_date_stands_beside_it():
    text = "member institutions to provide timely data to the Bureau of Statistics"

    assert [on(text=text), on(text=text, due=None)] == [[], [vague("timely"), NO_TIME]]


@pytest.mark.parametrize(
    "trigger",
    [
        "as soon as the Act is in force",
        "30 days after Royal Assent",
        "the first ordinary meeting",
    ],
)
def test_an_event_stands_for_a_date(trigger):
    assert on(due=None, trigger=trigger) == []


@pytest.mark.parametrize(
    "text",
    [
        "strengthen coordination",
        "improve",
        "enhance data management and inter-agency cooperation",
    ],
)
def test_text_without_an_act_is_quoted(text):
    assert on(text=text) == [f"“{text}” does not say what is to be done; name the act."]


def test_an_actor_does_not_make_an_aim_an_act():
    assert on(text="member institutions to strengthen coordination.") == [
        "“strengthen coordination” does not say what is to be done; name the act."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the Secretariat to strengthen coordination by a monthly meeting of focal points",
        "to improve the register of members' offices",
        "the new ToR",
    ],
)
def test_text_with_an_act_or_an_object_passes(text):
    assert on(text=text) == []


@pytest.mark.parametrize(
    "deliverable",
    [
        "Hold four meetings",
        "to organise a workshop",
        "Organize training for officers",
        "Continue to lobby Parliament",
        "Continued support to the Secretariat",
        "Follow up on the letters",
        "Strengthening coordination",
        "Training of officers",
        "Review the ToR",
        "Support the TWGs",
    ],
)
def test_an_activity_is_no_deliverable(deliverable):
    assert on(deliverable=deliverable) == [activity(deliverable)]


@pytest.mark.parametrize(
    "deliverable",
    [
        "Improved coordination",
        "Increased public awareness",
        "Enhanced institutional capacity.",
    ],
)
def test_a_change_is_no_deliverable(deliverable):
    assert on(deliverable=deliverable) == [
        f"“{deliverable}” is a change that may follow; name what exists once it is done."
    ]


@pytest.mark.parametrize(
    "deliverable",
    [
        "draft bill",
        "drafting instructions",
        "training manual",
        "review of the ToR",
        "report on the workshop",
        "monitoring report",
        "meeting minutes",
        "follow-up reports",
        "holding-centre rules",
        "supporting documents",
        "coordinating committee in place",
        "implementing regulations",
        "work plan for 2022/23",
        "lead institution named",
        "improved register of members",
        "signed protocol",
    ],
)
def test_a_thing_that_exists_afterwards_is_a_deliverable(deliverable):
    assert on(deliverable=deliverable) == []


@given(st.text(max_size=60))
def test_any_text_anywhere_is_answered_in_sentences(text):
    said = remarks(
        verb=text,
        text=text,
        lead=text,
        due=None,
        trigger=text,
        deliverable=text,
        means_of_verification=text,
    )

    assert [s for s in said if not s.endswith(".")] == []
