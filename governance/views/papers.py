"""Signatures on paper: entered with their scan, confirmed or refused by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import paper_signatures
from governance.forms.base import ActionForm, ReasonForm
from governance.forms.signoffs import PaperForm, signatories
from governance.models import PaperSignature, Version
from governance.permissions import Permission, can, require
from governance.views.acting import act
from governance.views.serving import stored_file

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

FORM = ["GET", "HEAD", "POST"]


def sign_off_page(candidate: Version) -> str:
    return reverse("governance:sign-off", args=[candidate.report_id])


@require_http_methods(FORM)
def paper_signature_add(request: MemberRequest, pk: int) -> HttpResponse:
    candidate = get_object_or_404(
        Version.objects.visible_to(request.user)
        .filter(kind=Version.Kind.CANDIDATE)
        .select_related("committee", "report__committee"),
        pk=pk,
    )
    require(request.user, Permission.RECORD_PAPER_SIGNATURE, candidate.committee)
    people = signatories(candidate).exclude(pk=request.user.pk)
    return act(
        request,
        PaperForm(request.POST or None, request.FILES or None, people=people),
        lambda data: paper_signatures.record_paper(candidate, by=request.user, **data),
        done=sign_off_page(candidate),
        title=_("Record a signature on paper"),
        button=_("Record the signature"),
        said=_("Recorded. It counts when a second person has confirmed it."),
        text=_(
            "Enter what the paper for version %s says, and attach its scan. A second"
            " person of the secretariat compares the two and confirms."
        )
        % candidate.number,
        template="governance/paper_signature_add.html",
        multipart=True,
        report=candidate.report,
        committee=candidate.committee,
        candidate=candidate,
    )


def found(request: MemberRequest, pk: int) -> PaperSignature:
    """A paper of the person's own committee, by those who record and confirm them."""
    paper = get_object_or_404(
        PaperSignature.objects.visible_to(request.user).select_related(
            "committee", "candidate__report", "person", "recorded_by", "confirmed_by"
        ),
        pk=pk,
    )
    require(request.user, Permission.RECORD_PAPER_SIGNATURE, paper.committee)
    return paper


@require_safe
def paper_signature(request: MemberRequest, pk: int) -> HttpResponse:
    paper = found(request, pk)
    context = about(paper) | {
        "title": _("Signature of %s on paper") % paper.person,
        "may_decide": may_decide(request, paper),
    }
    return render(request, "governance/paper_signature.html", context)


def about(paper: PaperSignature) -> dict[str, Any]:
    return {
        "section": "documents",
        "committee": paper.committee,
        "report": paper.candidate.report,
        "paper": paper,
        "states": PaperSignature.State,
        "lapsed": lapsed(paper),
    }


def lapsed(paper: PaperSignature) -> bool:
    """Whether it is of a text that is not the one being signed any more."""
    report = paper.candidate.report
    signable = report.is_validated or report.state == report.State.SIGNING
    return not signable or report.candidate.pk != paper.candidate_id


def may_decide(request: MemberRequest, paper: PaperSignature) -> bool:
    """A second person: neither who entered it nor who signed."""
    concerned = {paper.recorded_by_id, paper.person_id}
    return (
        paper.state == PaperSignature.State.RECORDED
        and not lapsed(paper)
        and can(request.user, Permission.RECORD_PAPER_SIGNATURE, paper.committee)
        and request.user.pk not in concerned
    )


@require_http_methods(FORM)
def paper_signature_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    paper = found(request, pk)
    return act(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        lambda data: paper_signatures.confirm_paper(paper, by=request.user),
        done=sign_off_page(paper.candidate),
        title=_("Confirm the signature of %s") % paper.person,
        button=_("Confirm the signature"),
        said=_("Confirmed. The signature counts."),
        template="governance/paper_signature_confirm.html",
        **about(paper),
    )


@require_http_methods(FORM)
def paper_signature_refuse(request: MemberRequest, pk: int) -> HttpResponse:
    paper = found(request, pk)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: paper_signatures.refuse_paper(
            paper, by=request.user, reason=data["reason"]
        ),
        done=sign_off_page(paper.candidate),
        title=_("Refuse the signature of %s") % paper.person,
        button=_("Refuse the signature"),
        said=_("Refused. It does not count; the entry stays."),
        text=_("Say what the scan does not show. The entry stays on record."),
        **about(paper),
    )


@require_safe
def paper_signature_scan(request: MemberRequest, pk: int) -> HttpResponse:
    """The stored scan, to be kept and looked at; nothing of it runs here."""
    paper = found(request, pk)
    kind = str(paper.scan).rpartition(".")[2]
    name = f"{paper.candidate.report.reference}-signature-{paper.pk}.{kind}"
    return stored_file(request, paper.scan, paper.scan_sha256, name)
