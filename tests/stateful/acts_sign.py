"""Sign-off and release."""

from governance.actions import (
    paper_signatures,
    releases,
    renderings,
    sign_off_rules,
    signoffs,
)
from governance.files import store
from governance.models import PaperSignature, Rendering, Signature
from governance.pdf import Printed
from tests.stateful.acts import CHAIR, COMMENTERS, EVERY, LEADERS, SECRETARIAT, act
from tests.world import PASSWORD

TAKING = {"signing", "validated", "released"}
SCAN = ("scan.pdf", b"%PDF-1.7 a scan\n%%EOF\n")


@act({"rapporteur"}, {"amending"})
def confirm_amendments(m):
    signoffs.confirm_amendments(m.report, by=m.by)


@act(SECRETARIAT, {"amending"})
def submit(m):
    signoffs.submit_for_signature(m.report, by=m.by)


@act(SECRETARIAT, {"signing"})
def withdraw(m):
    signoffs.withdraw(m.report, by=m.by, reason="A word is missing.")


@act(LEADERS, EVERY - {"signing"})
def set_rule(m):
    sign_off_rules.set_rule(
        m.world.committee,
        by=m.by,
        starts_on=m.today,
        seats=["chair"],
        threshold="number",
        fixed_number=2,
    )


def the_candidate(m, *, old=False):
    found = list(m.report.versions.filter(kind="candidate").order_by("minor"))
    return m.one(found[:-1] if old else found[-1:])


@act(COMMENTERS, TAKING)
def sign(m):
    """As it should be done, or with one thing wrong; a repeat is the same answer."""
    how = m.pick(["right"] * 8 + WRONG, "how")
    candidate = the_candidate(m, old=how == "old candidate")
    nonces = sorted(m.oracle.nonces)
    nonce = m.words("nonce")
    if how == "used nonce":
        nonce = m.one(nonces)
    position = m.pick(["signed"] * 4 + ["reservation", "declined"], "position")
    before = Signature.objects.filter(candidate=candidate, person=m.by).first()
    given = signoffs.sign(
        candidate,
        by=m.by,
        password="wrong" if how == "wrong password" else PASSWORD,
        text_digest="0" * 64
        if how == "other digest"
        else candidate.digest[: m.pick([16, 64], "digits")],
        position=position,
        text="" if position == "signed" else "In these words.",
        capacity=m.pick(["", "", "", "", "chair", "institution"], "capacity"),
        nonce=nonce,
    )
    if before:
        m.must(given.pk == before.pk, "I11", "a repeat made another signature")
        m.nothing()
    broken = {"used nonce": "I11", "other digest": "I06", "old candidate": "I06"}
    m.must(how == "right", broken.get(how, "rights"), f"signed with: {how}")
    m.must(given.nonce == nonce, "I11", "the nonce was not kept")
    m.oracle.nonces[nonce] = given.pk


WRONG = ["other digest", "old candidate", "wrong password", "used nonce"]


@act(SECRETARIAT, TAKING)
def record_paper(m):
    person = m.world.people[m.pick(sorted(m.world.people), "person")]
    paper_signatures.record_paper(
        the_candidate(m), person, scan=SCAN, signed_on=m.today, by=m.by
    )


@act(SECRETARIAT, TAKING)
def confirm_paper(m):
    row = m.one(PaperSignature.objects.order_by("pk"))
    paper_signatures.confirm_paper(row, by=m.by)


@act(SECRETARIAT)
def refuse_paper(m):
    row = m.one(PaperSignature.objects.order_by("pk"))
    paper_signatures.refuse_paper(row, by=m.by, reason="Nobody signed it.")


@act({"worker"}, {"validated", "released"})
def print_edition(m):
    """What the worker does once the report is validated, without the printing."""
    row = m.one(Rendering.objects.filter(progress="queued"))
    data = b"%PDF-1.7 printed\n"
    renderings.finish(row, store(f"drafts/{row.pk}.pdf", data), Printed(data, 1))


@act(SECRETARIAT, {"validated"})
def propose_release(m):
    releases.propose_release(m.report, by=m.by)


@act(CHAIR, {"validated"})
def release(m):
    releases.release(m.report, by=m.by)
