"""What is done with an action of the roadmap, by its lead, the secretariat, the Chair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import roadmap as actions
from governance.actions import roadmap_changes
from governance.forms import roadmap as forms
from governance.models import Committee, Report, RoadmapAction
from governance.permissions import Permission, require
from governance.views.acting import act

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import User

METHODS = ["GET", "HEAD", "POST"]
P = Permission


def found(user: User, pk: int, permission: Permission) -> RoadmapAction:
    """The action, for somebody who may do this with it."""
    action = get_object_or_404(
        RoadmapAction.objects.visible_to(user).select_related(
            "committee", "report", "resolution", "lead"
        ),
        pk=pk,
    )
    require(user, permission, action.committee)
    own = permission == P.REPORT_PROGRESS_OWN
    if own and not actions.may_report(action, user):
        raise PermissionDenied(actions.who_reports(action))
    return action


def moved(
    request: MemberRequest,
    action: RoadmapAction,
    form: Any,
    do: Callable[..., Any],
    *,
    title: str,
    button: str,
    **context: Any,
) -> HttpResponse:
    """The page of one move: its form, and the action's own page once it is done."""
    said = _("%s is updated.") % action.number
    shown: dict[str, Any] = {
        "said": said,
        "done": action,
        "crumb": action,
        "section": "roadmap",
    }
    return act(
        request,
        form,
        lambda data: do(action, by=request.user, **data),
        title=title % action.number,
        button=button,
        committee=action.committee,
        **shown | context,
    )


@require_http_methods(METHODS)
def roadmap_action_add(request: MemberRequest, pk: int) -> HttpResponse:
    own = Committee.objects.visible_to(request.user)
    reports = Report.objects.filter(committee__in=own).select_related("committee")
    report = get_object_or_404(reports, pk=pk)
    require(request.user, P.CREATE_ROADMAP_ACTION, report.committee)
    form = forms.ActionAddForm(request.POST or None, report=report)
    made: list[RoadmapAction] = []
    return act(
        request,
        form,
        lambda data: made.append(actions.add_action(report, by=request.user, **data)),
        done=lambda: made[0],
        title=_("Add an action to the roadmap"),
        button=_("Add the action"),
        said=_("The action is in the roadmap."),
        committee=report.committee,
        report=report,
        section="roadmap",
    )


@require_http_methods(METHODS)
def roadmap_action_start(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.REPORT_PROGRESS_OWN)
    form = forms.StartForm(request.POST or None)
    words = {"title": _("Start %s"), "button": _("Start the action")}
    return moved(request, action, form, actions.start, **words)


@require_http_methods(METHODS)
def roadmap_action_report(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.REPORT_PROGRESS_OWN)
    form = forms.ProgressForm(request.POST or None, request.FILES or None)
    words = {"title": _("Report progress on %s"), "button": _("Report progress")}
    return moved(
        request, action, form, actions.report_progress, multipart=True, **words
    )


@require_http_methods(METHODS)
def roadmap_action_claim_done(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.REPORT_PROGRESS_OWN)
    form = forms.ClaimForm(request.POST or None, request.FILES or None)
    words = {
        "title": _("Report %s as done"),
        "button": _("Report it as done"),
        "text": _("The secretariat verifies it against the evidence."),
    }
    return moved(request, action, form, actions.claim_done, multipart=True, **words)


@require_http_methods(METHODS)
def roadmap_action_verify(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.VERIFY_ROADMAP_ACTION)
    form = forms.VerifyForm(request.POST or None)
    words = {
        "title": _("Verify %s"),
        "button": _("Verify the action"),
        "text": _("Evidence: %s") % action.evidence if action.evidence else "",
    }
    return moved(request, action, form, actions.verify, **words)


@require_http_methods(METHODS)
def roadmap_action_send_back(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.VERIFY_ROADMAP_ACTION)
    form = forms.SendBackForm(request.POST or None)
    words = {"title": _("Send %s back"), "button": _("Send the action back")}
    return moved(request, action, form, actions.send_back, **words)


@require_http_methods(METHODS)
def roadmap_action_block(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.REPORT_PROGRESS_OWN)
    form = forms.BlockForm(request.POST or None, action=action)
    words = {"title": _("Report %s as blocked"), "button": _("Report it as blocked")}
    return moved(request, action, form, actions.block, **words)


@require_http_methods(METHODS)
def roadmap_action_revise_due(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.CHANGE_DEADLINE)
    form = forms.ReviseDueForm(request.POST or None)
    words = {
        "title": _("Change the deadline of %s"),
        "button": _("Change the deadline"),
        "text": _("The deadlines before it stay visible, with the reason."),
    }
    return moved(request, action, form, roadmap_changes.revise_due, **words)


@require_http_methods(METHODS)
def roadmap_action_carry_forward(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.CHANGE_DEADLINE)
    form = forms.CarryForwardForm(request.POST or None)
    words = {"title": _("Carry %s forward"), "button": _("Carry the action forward")}
    return moved(request, action, form, roadmap_changes.carry_forward, **words)


@require_http_methods(METHODS)
def roadmap_action_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.STOP_ROADMAP_ACTION)
    form = forms.CancelForm(request.POST or None)
    words = {"title": _("Cancel %s"), "button": _("Cancel the action")}
    return moved(request, action, form, roadmap_changes.cancel, **words)


@require_http_methods(METHODS)
def roadmap_action_transfer(request: MemberRequest, pk: int) -> HttpResponse:
    action = found(request.user, pk, P.STOP_ROADMAP_ACTION)
    form = forms.TransferForm(request.POST or None, action=action)
    words = {
        "title": _("Let another institution lead %s"),
        "button": _("Transfer the action"),
        "text": _("A new action goes on where this one ends; both name each other."),
    }
    return moved(request, action, form, roadmap_changes.transfer, **words)
