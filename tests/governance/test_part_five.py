"""Part V and the annexes in print: what stands there is what was frozen."""

import pytest
from bs4 import BeautifulSoup

from governance.printing import report_html
from tests.governance.printed_proceedings import NAMES, edition

pytestmark = pytest.mark.once


@pytest.fixture(scope="module", params=["public", "internal"])
def printed(request):
    content = edition(request.param)
    return content, BeautifulSoup(report_html(content, "report.css"), "html.parser")


def said(tag):
    return " ".join(tag.get_text(" ").split())


def rows(table):
    return [
        [said(cell) for cell in row.find_all(["th", "td"])]
        for row in table.tbody.find_all("tr")
    ]


def test_the_cover_says_that_it_is_validated_and_how_to_check_it(printed):
    content, page = printed

    cover = said(page.select_one("section.cover"))

    proceedings = content["proceedings"]
    for words in [
        "Version 1.0 – validated on 28 February 2022",
        "LS-NCC-2021-001",
        proceedings["fingerprint"],
        " ".join(proceedings["read_aloud"]),
        f"{content['print_edition'].title()} edition",
    ]:
        assert words in cover, words
    assert page.select_one("[data-watermark]")["data-watermark"] == ""


def test_every_resolution_is_printed_word_for_word(printed):
    content, page = printed

    found = [
        (said(block.h3), said(block.select_one(".operative")))
        for block in page.select(".resolution")
    ]

    assert found == [
        (
            row["number"] + ("†" if row["demonstration"] else ""),
            f"{row['verb']} {row['text']}",
        )
        for row in content["proceedings"]["resolutions"]
    ]


def test_every_reservation_is_printed_word_for_word(printed):
    content, page = printed
    text = said(page)

    for row in content["proceedings"]["resolutions"]:
        for reservation in row["reservations"]:
            assert " ".join(reservation["text"].split()) in text


def test_the_roadmap_is_printed_in_phases_with_first_and_revised_dates(printed):
    content, page = printed

    found = [row for row in rows(page.select_one("table.roadmap")) if len(row) > 1]

    actions = {row["number"]: row for row in content["proceedings"]["roadmap"]}
    assert {row[0] for row in found} == set(actions)
    for row in found:
        action = actions[row[0]]
        assert action["title"] in row[2]
        assert row[1] == (action["resolution"] or "–")
        assert action["state_name"] in row[7]
        assert (action["revision_reason"] or "–") in row[6]


def test_the_sheet_has_every_institution_once_and_the_numbers_add_up(printed):
    content, page = printed
    sheet = content["proceedings"]["sheet"]

    lines = rows(page.select_one("table.signatures"))
    counts = rows(page.select_one("table.counts"))

    assert sorted(line[0] for line in lines) == sorted(
        f"{row['name']} ({row['code']})" for row in sheet["institutions"]
    )
    *statuses, total = counts
    assert total == ["Total", str(sheet["voting"])]
    assert sum(int(n) for _name, n in statuses) == sheet["voting"]


def test_agenda_and_versions_are_printed(printed):
    content, page = printed
    text = said(page.select_one(".annexes"))

    for item in content["proceedings"]["workshops"][0]["agenda"]:
        assert f"{item['time']} {item['title']}" in text
    for version in content["proceedings"]["versions"]:
        assert version["fingerprint"] in text


def test_the_attendance_is_printed_in_figures(printed):
    content, page = printed
    attendance = content["proceedings"]["workshops"][0]["attendance"]

    *groups, total = rows(page.select_one("table.attendance"))

    assert [(row[0], *map(int, row[1:])) for row in groups] == [
        (g["group"], g["women"], g["men"], g["total"]) for g in attendance["groups"]
    ]
    assert int(total[-1]) == len(attendance["participants"])


def test_a_day_says_the_most_present_and_with_how_many_the_quorum_was_first_met():
    content = edition("public")
    day = content["proceedings"]["workshops"][0]["attendance"]["days"][1]
    day["first_met"] = day["presence"] | {
        "at": "2021-12-08T08:40:00+02:00",
        "count": 17,
    }

    page = BeautifulSoup(report_html(content, "report.css"), "html.parser")

    assert [
        row[1].split(": ")[0] for row in rows(page.select_one("table.quorum"))[:2]
    ] == [
        "17 of 24 institutions with a vote, 13 needed, quorum met (09:45)",
        "18 of 24 institutions with a vote, 13 needed, quorum met"
        " (14:30; first met with 17 at 08:40)",
    ]


def test_names_and_comments_are_in_the_internal_edition_only(printed):
    content, page = printed
    text = said(page)
    is_internal = content["print_edition"] == "internal"

    assert any(name in text for name in NAMES) is is_internal
    assert ("the text says too little on costs" in text) is is_internal
    assert ("Disposition of comments" in text) is is_internal


def test_part_five_and_the_annexes_are_in_the_contents(printed):
    _content, page = printed

    contents = said(page.select_one("table.toc"))

    for title in ["Part V", "Resolutions", "Roadmap", "Agenda", "Sign-off sheet"]:
        assert title in contents
