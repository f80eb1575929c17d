"""Reads the rows of a world and gives them to the oracle, one question an invariant."""

from governance.models import (
    AttendanceEvent,
    Body,
    Event,
    HeldText,
    PaperSignature,
    Participant,
    PartOutcome,
    Proposal,
    Rendering,
    Report,
    Resolution,
    Response,
    Revision,
    RoadmapAction,
    Signature,
    Validation,
    Version,
)
from governance.models.attendance import presence_at
from tests.stateful import oracle as o
from tests.stateful.oracle import must


def local(moment, committee):
    return moment.astimezone(committee.zone)


def check(machine):
    """Every invariant, on what the database holds now."""
    committee, oracle = machine.world.committee, machine.oracle
    report = Report.objects.select_related("committee").get(pk=machine.world.report.pk)
    events = list(Event.objects.filter(committee=committee).order_by("seq"))
    o.check_history(oracle, events)
    o.check_path(report, events)
    check_text(oracle, report)
    check_signing(oracle, report)
    check_room(oracle, report)
    check_two_people(report, events)


def check_text(oracle, report):
    document = report.documents.get()
    rows = {str(row.uid): row for row in Body.objects.filter(document=document)}
    revisions = list(
        Revision.objects.filter(document=document).order_by(
            "provision_uid", "provision_revision"
        )
    )
    removed = {str(r.provision_uid) for r in revisions if r.action == "removed"}
    o.check_comments(oracle, report.comments.all(), rows, removed)
    o.check_chain(oracle, rows, revisions, HeldText.objects.filter(document=document))


def check_signing(oracle, report):
    versions = list(Version.objects.filter(report=report).order_by("major", "minor"))
    new = [v for v in versions if v.pk not in oracle.versions]
    signatures = list(
        Signature.objects.filter(candidate__report=report)
        .select_related("institution")
        .order_by("pk")
    )
    o.check_versions(oracle, report, versions)
    o.check_signatures(report, versions, signatures)
    check_frozen(report, new)
    validation = Validation.objects.filter(report=report).first()
    must(bool(validation) == report.is_validated, "I04", "validated without validation")
    if validation:
        candidates = [v for v in versions if v.kind == "candidate"]
        renderings = Rendering.objects.filter(report=report).order_by("pk")
        mine = [s for s in signatures if s.candidate_id == validation.candidate_id]
        o.check_validation(oracle, validation, candidates, mine, renderings)


def check_frozen(report, new):
    """I16: papers without an unanswered comment, a candidate with all changes in it."""
    kinds = {version.kind for version in new}
    states = set(report.comments.values_list("state", flat=True))
    if "tabled" in kinds:
        open_ones = states & {"received", "assigned", "contested"}
        must(not open_ones, "I16", f"tabled with {open_ones}")
    if "candidate" in kinds:
        owing = report.comments.filter(
            state__in=["responded", "contested"],
            responses__disposition__in=["accepted", "accepted_modified"],
            changes=None,
        )
        for comment in owing:
            last = comment.responses.order_by("pk").last()
            must(
                not last.disposition.startswith("accepted"),
                "I16",
                f"{comment} owes text",
            )
        unsettled = states & {"received", "assigned", "contested", "plenary"}
        must(not unsettled, "I16", f"candidate with {unsettled}")
    silent = Response.objects.filter(disposition="not_accepted", reason="")
    must(not silent.exists(), "I16", "not accepted, without a reason")


def check_room(oracle, report):
    zone = report.committee
    entries = list(
        AttendanceEvent.objects.filter(workshop__report=report)
        .select_related("institution", "workshop__committee")
        .order_by("pk")
    )
    for entry in entries:
        entry.at = local(entry.at, zone)
    by_workshop = {e.workshop_id: [] for e in entries}
    for entry in entries:
        by_workshop[entry.workshop_id].append(entry)
    participants = Participant.objects.filter(workshop__report=report)
    o.check_attendance(
        oracle,
        entries,
        participants.values_list("workshop", "user", "institution"),
    )
    for rows in by_workshop.values():
        last = rows[-1]
        codes = o.there(rows, last.at) & o.VOTING
        found = presence_at(last.workshop, last.at).present
        must(found == sorted(codes), "I10", f"present are {codes}, not {found}")
    decisions = {
        f"outcome {row.pk}": (
            row.workshop_id,
            local(row.decided_at, zone),
            row.presence,
        )
        for row in PartOutcome.objects.filter(workshop__report=report)
    }
    for row in Resolution.objects.filter(report=report, decided_at__isnull=False):
        key = f"resolution {row.pk} {row.decided_at}"
        decisions[key] = (row.workshop_id, local(row.decided_at, zone), row.presence)
    o.check_decisions(oracle, decisions, by_workshop)
    check_adopted(report)


def check_adopted(report):
    """I18: an adopted resolution has a lead and an action due after the meeting."""
    adopted = Resolution.objects.filter(report=report, state="adopted")
    for row in adopted.select_related("workshop"):
        actions = RoadmapAction.objects.filter(resolution=row)
        dated = [a for a in actions if a.due_on > row.workshop.ends_on and a.lead_id]
        must(dated, "I18", f"{row} was adopted without an action")
        must(row.lead_id, "I18", f"{row} has no lead")


def check_two_people(report, events):
    """I14: nobody confirms what they proposed, nor answers their own comment."""
    for answer in Response.objects.filter(comment__report=report).select_related(
        "comment"
    ):
        own = answer.comment.author_id == answer.by_id and not answer.comment.on_behalf
        must(not own, "I14", f"{answer.comment} was answered by its author")
    for paper in PaperSignature.objects.filter(candidate__report=report):
        if paper.state == "confirmed":
            pair = {paper.recorded_by_id, paper.person_id}
            must(paper.confirmed_by_id not in pair, "I14", "one person confirmed alone")
    made = {}
    for proposal in Proposal.objects.filter(report=report):
        made.setdefault((proposal.act, proposal.digest), set()).add(proposal.made_by_id)
    for event in events:
        if event.subject == "governance.Report" and event.verb == "release":
            makers = {
                pk
                for (act, _d), found in made.items()
                if act == "release"
                for pk in found
            }
            must(makers - {event.by_id}, "I14", "released by who proposed it")
    for version in Version.objects.filter(report=report, kind="candidate"):
        makers = made.get(("submit_for_signature", version.digest), set())
        alone = makers and not makers - {version.frozen_by_id}
        must(not alone, "I14", "submitted by who confirmed it")
    claims, verified = {}, {}
    for event in events:
        if event.subject == "governance.RoadmapAction":
            if event.verb == "claim_done":
                claims[event.subject_pk] = event.by_id
            if event.verb == "verify":
                verified[event.subject_pk] = (claims[event.subject_pk], event.by_id)
    must(all(a != b for a, b in verified.values()), "I14", "verified by who claimed it")
