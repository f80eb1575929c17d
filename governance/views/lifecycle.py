"""The steps of a report's life, each on a page that says what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance import gate
from governance.actions import circulation, editions, releases, signoffs
from governance.actions import versions as version_actions
from governance.errors import Owed
from governance.forms.base import ActionForm, ReasonForm
from governance.forms.lifecycle import CirculateForm, CloseCommentsForm, NoteForm
from governance.models import Report
from governance.permissions import Permission, require
from governance.views.acting import act

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

FORM = ["GET", "HEAD", "POST"]


def found(request: MemberRequest, pk: int, permission: Permission) -> Report:
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    require(request.user, permission, report.committee)
    return report


@require_http_methods(FORM)
def report_circulate(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.CIRCULATE)
    return act(
        request,
        CirculateForm(request.POST or None),
        lambda data: circulation.circulate(report, by=request.user, **data),
        done=report,
        title=_("Circulate for comment"),
        button=_("Circulate"),
        said=_(
            "Circulated. The members find it in their work, and get a mail where they"
            " have an address."
        ),
        text=_(
            "The text is frozen as a version, and every institution can comment on it"
            " until the day you name. Meanwhile nobody edits it."
        ),
        owed=gate.owed_to_circulate(report),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_close_comments(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.CLOSE_COMMENTS)
    return act(
        request,
        CloseCommentsForm(request.POST or None),
        lambda data: circulation.close_comments(report, by=request.user, **data),
        done=report,
        title=_("Close comments"),
        button=_("Close comments"),
        said=_("Comments are closed. The text can be edited again."),
        text=_(
            "A comment that comes later is accepted and marked as late. The rapporteur"
            " and the secretariat then consolidate the text."
        ),
        owed=gate.owed_to_close_comments(report),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_table(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.TABLE)
    return act(
        request,
        NoteForm(request.POST or None),
        lambda data: circulation.table(report, by=request.user, **data),
        done=report,
        title=_("Table the report"),
        button=_("Table"),
        said=_("Tabled. The members have the papers of the workshop."),
        text=_(
            "The text is frozen as the papers of the workshop. It is the text on which"
            " the workshop decides; it does not change before."
        ),
        owed=gate.owed_to_table(report) + gate.owed_to_circulate(report),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_keep_draft(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.EDIT_DOCUMENTS)
    return act(
        request,
        NoteForm(request.POST or None),
        lambda data: version_actions.keep_draft(report, by=request.user, **data),
        done=report,
        title=_("Keep this draft as a version"),
        button=_("Keep version"),
        said=_("The version was kept."),
        text=_("You can compare later texts with it. Nothing else changes."),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_confirm_amendments(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.CONFIRM_AMENDMENTS)
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: signoffs.confirm_amendments(report, by=request.user),
        done=report,
        title=_("Confirm that the amendments are in the text"),
        button=_("Confirm"),
        said=_("Confirmed. The secretariat can submit this text for signature."),
        text=_(
            "You say of the text as it stands now that every accepted comment and every"
            " agreed amendment is in it. A later edit takes a new confirmation."
        ),
        owed=gate.owed_changes(report),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_submit(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.SUBMIT_FOR_SIGNATURE)
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: signoffs.submit_for_signature(report, by=request.user),
        done=report,
        title=_("Submit for signature"),
        button=_("Submit for signature"),
        said=_(
            "Submitted. The signatories find it in their work, and get a mail where they"
            " have an address."
        ),
        text=_(
            "The text is frozen as the candidate with one digest, and the signatories"
            " sign exactly that. Any change makes a new candidate, and the signatures"
            " given then count for nothing."
        ),
        owed=gate.owed_to_submit(report, request.user),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.SUBMIT_FOR_SIGNATURE)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: signoffs.withdraw(report, by=request.user, **data),
        done=report,
        title=_("Withdraw from signature"),
        button=_("Withdraw"),
        said=_("Withdrawn. The text can be amended again."),
        text=_(
            "The text goes back to be amended. The signatures given so far stay on record"
            " and count for nothing: everybody signs the new candidate."
        ),
        danger=True,
        report=report,
        committee=report.committee,
    )


@require_POST
def report_propose_release(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.PROPOSE_RELEASE)
    releases.propose_release(report, by=request.user)
    messages.success(request, _("Proposed. The Chair releases the report."))
    return redirect(report)


@require_http_methods(FORM)
def report_release(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.RELEASE)
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: releases.release(report, by=request.user),
        done=report,
        title=_("Release to the public"),
        button=_("Release"),
        said=_("Released. Everybody can read and download the report."),
        text=_(
            "The public page opens without a sign-in. What is public stays public: a"
            " later edition replaces it, nothing removes it."
        ),
        owed=gate.owed_to_release(report, request.user),
        report=report,
        committee=report.committee,
    )


@require_http_methods(FORM)
def report_new_edition(request: MemberRequest, pk: int) -> HttpResponse:
    report = found(request, pk, Permission.EDIT_DOCUMENTS)
    started: list[Report] = []
    newer = report.committee.reports.filter(edition__gt=report.edition).first()
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: started.append(editions.start_edition(report, by=request.user)),
        done=lambda: started[0],
        title=_("Start a new edition"),
        button=_("Start edition"),
        said=_("The new edition begins with the validated text."),
        text=_(
            "The documents are copied and can be edited; this edition stays as it is, and"
            " stays valid until the new one is released."
        ),
        owed=[
            Owed(_("There is a newer edition already."), url=newer.get_absolute_url())
        ]
        if newer
        else [],
        back=report.get_absolute_url(),
        report=report,
        committee=report.committee,
    )
