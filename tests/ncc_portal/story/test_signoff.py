"""The story of Lesotho, section 11: the sign-off."""

import hashlib

import pytest

from governance.models import PaperSignature, Signature
from governance.signing import sign_off_sheet
from ncc_portal.demo.story.signoff import scan

pytestmark = pytest.mark.once


def test_the_sheet_adds_up_to_the_24_members(report):
    sheet = sign_off_sheet(report.candidate)
    by_status = {}
    for line in sheet["institutions"]:
        by_status.setdefault(line["status"], []).append(line["code"])

    assert {status: len(codes) for status, codes in by_status.items()} == {
        "signed": 15,
        "reservation": 1,
        "by_alternate": 1,
        "no_answer": 1,
        "absent": 6,
    }
    assert sorted(by_status["absent"]) == sorted(
        ["CHE", "EMP", "LNDC", "MTEC", "MoGYSR", "NSS"]
    )
    assert (
        by_status["reservation"],
        by_status["by_alternate"],
        by_status["no_answer"],
    ) == (["MoF"], ["MoET"], ["MoPS"])


def test_the_chair_signed_last_and_that_validated_the_report(report):
    on_the_day = Signature.objects.filter(is_late=False).order_by("pk")
    last = on_the_day.last()

    assert (last.person.username, last.capacity, last.signed_at) == (
        "ncc.chair",
        "chair",
        report.validated_at,
    )
    assert report.validated_at.isoformat() == "2022-02-28T13:00:00+00:00"
    assert [
        (s.person.username, s.capacity, s.position, s.text, s.authority)
        for s in on_the_day
        if s.capacity != "institution" or s.text or s.is_alternate
    ] == [
        ("focal.mof", "institution", "reservation", "subject to budget ceilings", ""),
        (
            "alternate.moet",
            "institution",
            "signed",
            "",
            "Letter NCC/ALT/MoET (illustrative)",
        ),
        ("au.reviewer", "witness", "signed", "", ""),
        ("ncc.chair", "chair", "signed", "", ""),
    ]


def test_two_signatures_came_after_the_validation(report):
    late = Signature.objects.filter(is_late=True).order_by("pk")
    paper = PaperSignature.objects.get()

    assert [
        (s.person.username, s.capacity, s.mode, s.signed_at.date().isoformat())
        for s in late
    ] == [
        ("focal.mops", "institution", "in_app", "2022-03-10"),
        ("minister.office", "transmittal", "wet_ink", "2022-03-15"),
    ]
    assert (
        paper.state,
        paper.recorded_by.username,
        paper.confirmed_by.username,
        paper.signed_on.isoformat(),
        paper.scan_sha256,
    ) == (
        "confirmed",
        "secretariat.officer",
        "secretariat.records",
        "2022-03-15",
        hashlib.sha256(scan()).hexdigest(),
    )
