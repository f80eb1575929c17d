"""The story of Lesotho, section 9: the comments matrix."""

import pytest

from governance.matrix import matrix
from governance.models import Comment
from governance.snapshot import walk

pytestmark = pytest.mark.once

WRITTEN, GROUP, PLENARY = "written", "group", "plenary"
BLOCKING = "technical", "blocking"
SUBSTANTIVE = "technical", "substantive"
EDITORIAL = "editorial", "editorial"
CLARIFICATION = "clarification", "substantive"


COMMENTS = [
    (
        "C01",
        "I",
        "AGC",
        WRITTEN,
        *BLOCKING,
        "Text lets a Cabinet decision bind private employers; only statute can.",
        "Agreed; phase 1 covers public bodies, phase 2 needs an Act.",
        "Accepted",
        "1.3 split",
        "0.4",
    ),
    (
        "C02",
        "I",
        "MoSD",
        WRITTEN,
        *SUBSTANTIVE,
        "Social development is missing from the voting list.",
        "Added to Schedule.",
        "Accepted",
        "Schedule",
        "0.4",
    ),
    (
        "C03",
        "I",
        "MoLE",
        GROUP,
        *SUBSTANTIVE,
        "Two-thirds quorum will stop meetings.",
        "More than half, and Chair or Vice-Chair present.",
        "Accepted with changes",
        "Art. 9",
        "0.4",
    ),
    (
        "C04",
        "I",
        "NUL",
        PLENARY,
        *EDITORIAL,
        "Mission runs to four lines; shorten.",
        "Cut to one sentence.",
        "Accepted",
        "4.3",
        "0.4",
    ),
    (
        "C05",
        "I",
        "BOS",
        GROUP,
        *SUBSTANTIVE,
        "A data group already exists; do not create another.",
        "Existing group becomes TWG1.",
        "Accepted",
        "4.5",
        "0.4",
    ),
    (
        "C06",
        "I",
        "MoF",
        WRITTEN,
        *BLOCKING,
        "Fixed sitting allowances are not provided for.",
        "Amounts removed; public service rules apply.",
        "Accepted with changes",
        "Art. 12",
        "0.4",
    ),
    (
        "C07",
        "I",
        "CHE",
        WRITTEN,
        *EDITORIAL,
        "Mission statement too long.",
        "See C04.",
        "Duplicate of C04",
        "",
        "",
    ),
    (
        "C08",
        "II",
        "BOS",
        GROUP,
        *SUBSTANTIVE,
        "Indicators lack baseline year and split by sex.",
        "Baseline 2021/22; sex and district added.",
        "Accepted",
        "5.2",
        "0.4",
    ),
    (
        "C09",
        "II",
        "MoPPS",
        GROUP,
        *SUBSTANTIVE,
        "All 16 posts in year 1 is not feasible.",
        "Phased 4, 10, 16.",
        "Accepted",
        "5.2",
        "0.4",
    ),
    (
        "C10",
        "II",
        "MoDP",
        PLENARY,
        *SUBSTANTIVE,
        "Costs not linked to budget ceilings.",
        "Marked indicative; joint review by 31 Mar 2022.",
        "Accepted with changes",
        "6",
        "0.4",
    ),
    (
        "C11",
        "II",
        "IOM",
        WRITTEN,
        *EDITORIAL,
        'Replace "illegal migrants".',
        'Now "migrants in an irregular situation".',
        "Accepted",
        "global",
        "0.4",
    ),
    (
        "C12",
        "III",
        "DIS",
        GROUP,
        *CLARIFICATION,
        "Does the connection cover districts?",
        "Year 1 covers Maseru only.",
        "Noted",
        "",
        "",
    ),
    (
        "C13",
        "III",
        "MoH",
        GROUP,
        *SUBSTANTIVE,
        "Add health screening of migrants.",
        "Service delivery, outside the coordinating role; listed for TWG3 in year 2.",
        "Not accepted",
        "",
        "",
    ),
    (
        "C14",
        "III",
        "MoFAIR",
        WRITTEN,
        *SUBSTANTIVE,
        "Q2 too early for diaspora consultation.",
        "Moved to Q4, with a desk note in Q2.",
        "Accepted with changes",
        "6",
        "0.4",
    ),
    (
        "C15",
        "IV",
        "WRK",
        PLENARY,
        *SUBSTANTIVE,
        "Migrant workers are not an audience.",
        "AUD7 added.",
        "Accepted",
        "7",
        "0.4",
    ),
    (
        "C16",
        "IV",
        "LNDC",
        WRITTEN,
        *SUBSTANTIVE,
        "Promise tax incentives to diaspora investors.",
        "Tax policy; referred to MoF.",
        "Out of scope",
        "",
        "",
    ),
]


def test_the_matrix_has_the_sixteen_comments(report):
    comments = report.comments.complete()
    rows = matrix(comments, list(report.versions.all()))

    assert [
        (
            row["number"],
            row["part_name"],
            row["institution"],
            row["channel"],
            comment.type,
            row["severity"],
            row["body"],
            row["response"],
            row["disposition_name"],
            row["change"],
            row["change_version"],
        )
        for row, comment in zip(rows, comments, strict=True)
    ] == COMMENTS


def test_written_comments_came_in_november_and_the_others_in_the_workshop(report):
    months = {
        comment.number: (comment.received_on.isoformat()[:7], comment.version.number)
        for comment in report.comments.select_related("version")
    }
    late = report.comments.filter(is_late=True)

    written = {1, 2, 6, 7, 11, 14, 16}
    assert months == {
        n: ("2021-11", "0.2") if n in written else ("2021-12", "0.3")
        for n in range(1, 17)
    }
    assert not late.exists()


def test_nobody_answered_their_own_comment(report):
    answers = [
        (comment.author.username, response.by.username)
        for comment in report.comments.complete()
        for response in comment.responses.all()
        if not comment.on_behalf
    ]

    assert all(author != by for author, by in answers)
    assert [c.number for c in report.comments.filter(on_behalf=False)] == [1, 2, 7, 12]


def test_the_duplicate_was_first_referred_to_the_plenary(report):
    comment = report.comments.complete().get(number=7)

    assert [
        (row.disposition, row.at.date().isoformat()) for row in comment.responses.all()
    ] == [("referred", "2021-11-30"), ("duplicate", "2021-12-08")]


def test_an_accepted_comment_is_in_the_text_and_names_its_change(report):
    accepted = report.comments.complete().filter(state="incorporated")

    assert {
        comment.number: {change.revision.action for change in comment.changes.all()}
        for comment in accepted
    } == {n: {"changed"} for n in (1, 3, 4, 5, 6, 8, 9, 10, 11, 14)} | {
        2: {"moved"},
        15: {"moved"},
    }
    assert not Comment.objects.unanswered().exists()


@pytest.mark.parametrize(
    ("heading", "before", "after"),
    [
        ("Quorum and decisions", "Two-thirds of voting members", "More than half"),
        ("Finance", "a sitting allowance of M500", "under public service rules"),
        ("Words", "illegal migrants", "migrants in an irregular situation"),
        ("Costs", "what the plan asks of the budget", "indicative"),
        ("Mission", "to raise awareness and to mobilise", "track delivery, so that"),
    ],
)
def test_the_text_of_the_papers_differs_from_the_signed_one(
    report, heading, before, after
):
    tabled, signed = (
        next(
            node["body"]
            for document in report.versions.get(kind=kind).content["documents"]
            for node, _depth in walk(document["provisions"])
            if node["heading"] == heading
        )
        for kind in ("tabled", "validated")
    )

    assert (before in tabled, before in signed) == (True, False)
    assert (after in tabled, after in signed) == (False, True)
