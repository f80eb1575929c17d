"""One furnished committee with an object for every address, and a person of every role."""

import datetime as dt

from governance.actions import (
    centres,
    documents,
    joining,
    notes,
    paper_signatures,
    people,
    roadmap,
    writing,
)
from governance.models import (
    ActionReport,
    Amendment,
    Body,
    Centre,
    Import,
    LegalInstrument,
    LegalStatus,
    PartOutcome,
    SignOffRule,
    User,
)
from governance.permissions import Role
from tests import world as w
from tests.stateful import starts

ROLES = {
    "own": "member_c",
    "other": "member_d",
    "rapporteur": "rapporteur",
    "secretariat": "secretary",
    "chair": "chair",
    "official": "official",
    "observer": "observer",
    "reviewer": "reviewer",
    "administrator": "admin",
    "neighbour": "neighbour",
}
SCAN = ("scan.pdf", b"%PDF-1.7 a scan\n%%EOF\n")


def build():
    """At signing, with the workshop still in session; the draft is shared with all."""
    world, _moment = starts.at("signing")
    secretary = world.person("secretary")
    reviewer = people.register(
        world.committee, username="stage.reviewer", name="Reviewer", by=None
    )
    people.give_role(
        reviewer, world.committee, Role.REVIEWER, starts_on=w.SINCE, by=None
    )
    world.people["reviewer"] = User.objects.get(pk=reviewer.pk)
    with world.on("2022-02-01", "10:00"):
        documents.share_report(
            world.report, officials=True, observers=True, reviewers=True, by=secretary
        )
    return world, objects_of(world)


def objects_of(world):
    """What the addresses name, by the kind of their argument."""
    secretary, committee = world.person("secretary"), world.committee
    with world.on("2022-02-01", "10:00"):
        action = roadmap.add_action(
            world.report,
            by=secretary,
            title="A register",
            lead=world.institutions["C"],
            phase="second",
            due_on=dt.date(2022, 9, 1),
            reason="Asked for.",
        )
        paper = paper_signatures.record_paper(
            world.candidate,
            world.person("member_e"),
            scan=SCAN,
            signed_on=dt.date(2022, 2, 1),
            by=world.person("officer"),
        )
        group = notes.add_group(world.workshop, by=secretary, name="Group 1", part=1)
        request = centres.plan_request(
            committee,
            by=secretary,
            centre=Centre.objects.create(code="ACSRM", name="Centre", seat="Sale"),
            purpose="Training.",
            needed_by=dt.date(2022, 6, 1),
            lead=world.institutions["C"],
        )
        signed = roadmap.claim_done(
            action, by=world.person("member_c"), evidence="A letter.", file=SCAN
        )
        roadmap.send_back(action, by=secretary, reason="It is not signed.")
    assert ActionReport.objects.get(pk=signed.pk).file
    rule = SignOffRule(
        committee=committee,
        starts_on=dt.date(2022, 3, 1),
        threshold="two_thirds",
        set_by=secretary,
    )
    rule.save()
    outcome = PartOutcome.objects.first()
    amendment = Amendment(
        outcome=outcome, position=1, document=world.document, text="Shorter."
    )
    amendment.save()
    body = Body.objects.filter(document=world.document).order_by("position").first()
    committee.languages.create(code="st-LS", name="Sesotho")
    workshop = world.workshop
    assignment = writing.assign(
        world.document, world.institutions["C"], body.uid, by=secretary
    )
    legal = LegalStatus(committee=committee, report=world.report, title="Legal status")
    legal.save()
    instrument = LegalInstrument(
        document=legal, route="legal_notice", title="A notice", position=1
    )
    instrument.save()
    added = world.document.revisions.get(provision_uid=body.uid, action="added")
    brought = Import(committee=committee, document_id=world.document.pk, table="body")
    brought.at, brought.by = added.at, world.person("member_c")
    brought.save()
    return {
        "import": (brought.pk,),
        "assignment": (world.document.pk, assignment.pk),
        "instrument": (legal.pk, instrument.uid),
        "change": (world.document.pk, body.uid, added.number),
        "table": (world.document.pk, "body"),
        "part": (world.report.pk, 1),
        "slug": (committee.slug,),
        "report": (world.report.pk,),
        "document": (world.document.pk,),
        "provision": (world.document.pk, body.uid),
        "language": (world.document.pk, "st-LS"),
        "translation": (world.document.pk, "st-LS", body.uid),
        "version": (world.candidate.pk,),
        "comment": (world.report.comments.order_by("number").first().pk,),
        "amendment": (amendment.pk,),
        "workshop": (workshop.pk,),
        "item": (workshop.agenda.order_by("pk").first().pk,),
        "group": (group.pk,),
        "participant": (workshop.participants.order_by("pk").first().pk,),
        "entry": (workshop.attendance.order_by("pk").first().pk,),
        "resolution": (workshop.resolutions.filter(state="proposed").first().pk,),
        "action": (action.pk,),
        "evidence": (signed.pk,),
        "paper": (paper.pk,),
        "rule": (rule.pk,),
        "request": (request.pk,),
        "reference": (world.report.reference,),
        "institution": (world.institutions["E"].pk,),
        "joining": (invited(world).pk,),
        "role": (world.people["member_e"].role_assignments.get().pk,),
        "person": (committee.slug, world.people["member_e"].pk),
    }


def invited(world):
    """An invitation that still waits for its second person."""
    wanted = [joining.Wanted("Invited", Role.OFFICIAL)]
    joining.invite(world.committee, wanted, on_paper=True, by=world.person("secretary"))
    return joining.waiting(world.committee).get()
